"""An article to drafts by a language model: asked passage by passage, its answers kept, its proposals grounded."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapper.errors import InputError, Rejected
from mapper.extraction.facts.drafts import merged
from mapper.extraction.llm import proposals
from mapper.extraction.llm.grounding import Refusal, ground
from mapper.extraction.llm.service import NoAnswer
from mapper.extraction.naming import toponyms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.llm.service import Service
    from mapper.extraction.naming.toponyms import Mention
    from mapper.gazetteer.index import Gazetteer
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["Answers", "LanguageModel", "Proposed"]

#: Characters of a passage: a small model's window holds it with the instructions and an answer.
_PASSAGE = 8_000
_MOST_PASSAGES = 50
#: Articles in a row without an answer after which the service is taken to be down.
_MOST_FAILURES = 3
_MOST_VALUE = 80
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of one article.

    Parameters
    ----------
    drafts, mentions
        What is believed, in the order of the text, and the places of it.
    beside
        All places that the text names, which tell what the mentions mean.
    rejected
        What was refused, each with the reason.
    """

    drafts: tuple[Draft, ...]
    mentions: tuple[Mention, ...]
    beside: tuple[Mention, ...]
    rejected: tuple[Rejected, ...]


@dataclass(slots=True)
class Answers:
    """Answers kept by a hash of what was asked, one file each, so that a second run asks nothing; it may be deleted."""

    folder: Path

    def get(self, key: str) -> str | None:
        """Give the answer kept under a key."""
        try:
            return (self.folder / f"{key}.json").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, key: str, answer: str) -> None:
        """Keep an answer, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{key}.json"
        half = path.with_suffix(f".{os.getpid()}")
        half.write_text(answer, encoding="utf-8")
        half.replace(path)


@dataclass(slots=True)
class LanguageModel:
    """Reads articles by a language model. What it proposes and the text does not bear out is refused and listed.

    An article that gets no answer is rejected with the reason; after three in a row the run stops.
    """

    service: Service
    answers: Answers | None = None
    _failures: int = field(default=0, init=False)

    @property
    def digest(self) -> str:
        """Name the model by its address and name, as far as what it answers hangs on them."""
        return f"{self.service.address} {self.service.model}"

    def read(self, article: Article, gazetteer: Gazetteer, taxonomy: Taxonomy) -> Proposed:
        """Find the incidents that an article tells.

        Raises
        ------
        InputError
            If the service can't be used.
        """
        drafts: list[Draft] = []
        mentions: dict[Mention, None] = {}
        rejected: list[Rejected] = []
        form = proposals.schema(taxonomy)
        number = 0
        try:
            for passage in _passages(article.text):
                for proposal in self._proposed(article, passage, form):
                    number += 1
                    try:
                        if wrong := proposals.fault(proposal, form["properties"]["incidents"]["items"]):
                            raise Refusal(wrong[0], "", wrong[1])  # noqa: TRY301
                        draft, found = ground(proposal, article, passage, gazetteer)
                    except Refusal as refusal:
                        rejected.append(_rejected(article, number, refusal))
                        continue
                    mentions |= dict.fromkeys(found)
                    _add(drafts, draft, taxonomy)
        except NoAnswer as trouble:
            self._failures += 1
            if self._failures >= _MOST_FAILURES:
                problem = f"{trouble}, {_MOST_FAILURES} articles in a row"
                raise InputError(self.service.address, problem, "see to the service and run again: answers so far are kept") from None
            told = f"no incident read: the language model {trouble}; run again, or leave --extractor llm out"
            return Proposed((), (), (), (Rejected(article.path, 0, "", "", told),))
        self._failures = 0
        drafts.sort(key=lambda draft: draft.claims[0].start)
        beside = toponyms.find(article.text, gazetteer, article.lang or "en")
        placed = sorted(mentions, key=lambda m: (m.start, m.end))
        return Proposed(tuple(drafts), tuple(placed), tuple(beside), tuple(rejected))

    def _proposed(self, article: Article, passage: tuple[int, int], form: dict[str, Any]) -> list[Any]:
        """Ask for the incidents of a passage, or take what was answered before."""
        messages = proposals.messages(article, article.text[passage[0] : passage[1]])
        key = _key(self.service.model, messages, form)
        kept = self.answers.get(key) if self.answers else None
        if kept is not None:
            try:
                return proposals.parse(kept)
            except ValueError:
                pass  # damaged since: ask again
        answer = self.service.ask(messages, form)
        try:
            found = proposals.parse(answer)
        except ValueError as error:
            raise NoAnswer(str(error)) from None
        if self.answers:
            self.answers.keep(key, json.dumps({"incidents": found}))
        return found


def _key(model: str, messages: Sequence[dict[str, str]], form: dict[str, Any]) -> str:
    asked = json.dumps([model, messages, form], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text at paragraphs, else at words, into spans that a model can take in."""
    start, count = 0, 0
    while start < len(text):
        end = min(len(text), start + _PASSAGE)
        if end < len(text):
            cuts = (text.rfind(mark, start + 1, end) for mark in ("\n\n", "\n", ". ", " "))
            end = next((cut + 1 for cut in cuts if cut > start + _PASSAGE // 2), end)
        count += 1
        if count > _MOST_PASSAGES:
            raise NoAnswer(f"is not asked for more than {_MOST_PASSAGES * _PASSAGE:,} characters, which this article has")
        if text[start:end].strip():
            yield start, end
        start = end


def _add(drafts: list[Draft], draft: Draft, taxonomy: Taxonomy) -> None:
    """Add a draft, or put it to the one that tells the same event."""
    for index, other in enumerate(drafts):
        kind = taxonomy.compatible(other.type, draft.type)
        if kind and other.may_be(draft):
            drafts[index] = merged(other, draft, kind)
            return
    drafts.append(draft)


def _rejected(article: Article, number: int, refusal: Refusal) -> Rejected:
    value = _UNPRINTABLE.sub(" ", refusal.value)
    value = value if len(value) <= _MOST_VALUE else value[: _MOST_VALUE - 1] + "…"
    where = _UNPRINTABLE.sub(" ", refusal.field) or "incident"
    return Rejected(article.path, number, where, value, f"the language model's incident is refused: {refusal.problem}")
