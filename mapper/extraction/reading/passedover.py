"""What of an article became no incident though it may be one: sentences that name a place and an attack or victims.

Half of them are rightly passed over, as sanctions on a maker of drones are. That a reader can see them is the point: what a
program does not understand, an editor should not have to guess.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, counts, deeds, roles
from mapper.extraction.naming.passage import AT_WAR
from mapper.extraction.wording import languages, sentences
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import DRAWN_ROLES, MAX_QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.naming.toponyms import Mention
    from mapper.gazetteer.index import Gazetteer
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["PassedOver", "passed_over"]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sentence that gave no incident: `quote` begins at `start` of the article's text, cut at `MAX_QUOTE` characters."""

    path: str
    start: int
    quote: str


def passed_over(
    article: Article, mentions: Sequence[Mention], drafts: Sequence[Draft], taxonomy: Taxonomy, gazetteer: Gazetteer
) -> list[PassedOver]:
    """List the sentences that name where an attack or victims may have been, and in which nothing of any draft stands.

    What is told as history ("since 2014") is not listed, nor what only names weapons in a country at peace.

    Parameters
    ----------
    mentions
        The places that the text names (`toponyms.find`), in the order of the text.
    drafts
        What was made of the article.
    """
    claims = [claim for draft in drafts for claim in draft.claims]
    told = [*(c.start for c in claims), *(at for c in claims for at in c.again), *(p.mention.start for d in drafts for p in d.places)]
    told.sort()
    starts = [mention.start for mention in mentions]
    found = []
    for lang, start, end in _sentences(article):
        if bisect_left(told, start) < bisect_left(told, end):
            continue
        text = article.text[start:end]
        where = [m for m in mentions[bisect_left(starts, start) : bisect_left(starts, end)] if m.kind != "country"]
        if not where or deeds.is_background(text, lang):
            continue
        armed = deeds.weapons(text, taxonomy, lang) and any(_is_at_war(mention, gazetteer) for mention in where)
        if not armed and not _tells(text, lang, taxonomy):
            continue
        # "Moscow accused Kyiv" names no place where anything happened.
        if DRAWN_ROLES.intersection(roles.assign(article.text, start, end, where, (start, start), lang)):
            found.append(PassedOver(article.path, start, _quote(text)))
    return sorted(found, key=lambda one: one.start)


def _sentences(article: Article) -> Iterator[tuple[str, int, int]]:
    """Give the language, start and end of each sentence that is no heading."""
    by_line = None if article.lang else languages.of_lines(article.text)
    for lang in [article.lang] if by_line is None else dict.fromkeys(by_line):
        for sentence in sentences.split(article.text, Vocabulary.load(lang)):
            if not sentence.heading and (by_line is None or by_line[sentence.paragraph] == lang):
                yield lang, sentence.start, sentence.end


def _tells(text: str, lang: str, taxonomy: Taxonomy) -> bool:
    """Tell whether a sentence has words of an attack, its damage, its victims or what fell down."""
    if deeds.find(text, taxonomy, lang) or deeds.has_harm(text, lang) or deeds.is_of_debris(text, lang):
        return True
    return casualties.find(text, lang).hurt or counts.find(text, lang).known


def _is_at_war(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Tell whether a name may be that of a place in a country at war."""
    return any(match.rank < 2 and match.place.country in AT_WAR for match in gazetteer.matches(mention.name))


def _quote(text: str) -> str:
    return text if len(text) <= MAX_QUOTE else f"{text[: MAX_QUOTE - 1].rsplit(' ', 1)[0]}…"
