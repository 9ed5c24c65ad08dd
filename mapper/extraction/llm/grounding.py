"""What a language model proposes, held against the text: only what stands there becomes a draft."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from mapper.extraction.facts import casualties, counts
from mapper.extraction.facts.casualties import Casualties
from mapper.extraction.facts.counts import Counts
from mapper.extraction.facts.dates import When
from mapper.extraction.facts.drafts import Draft, DraftClaim, DraftPlace
from mapper.extraction.naming import toponyms
from mapper.extraction.wording.numbers import Amount, number_pattern, parse
from mapper.incidents import CASUALTIES, CHILDREN, MAX_QUOTE, PROJECTILES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.extraction.naming.toponyms import Mention
    from mapper.gazetteer.index import Gazetteer
    from mapper.sources.article import Article

__all__ = ["Refusal", "ground"]

_MOST_PLACES = 30
_MOST_WORDS = 120
#: An event that ended longer before the report is background; one longer still is none that the text can report.
_NEWS_DAYS, _MOST_DAYS = 14, 366
_DIGITS = re.compile(r"\d+")
_GROUPS = re.compile(r"(?<=\d)[.,   ](?=\d{3}(?!\d))")


class Refusal(Exception):  # noqa: N818
    """Why a proposed incident is not believed: which field, what stands there, what is wrong."""

    def __init__(self, field: str, value: str, problem: str) -> None:
        super().__init__(field, value, problem)
        self.field = field
        self.value = value
        self.problem = problem


def ground(proposal: Mapping[str, Any], article: Article, passage: tuple[int, int], gazetteer: Gazetteer) -> tuple[Draft, list[Mention]]:
    """Make a draft of a proposal that has the form of the schema, with the mentions of its places.

    Parameters
    ----------
    passage
        The span of the article's text that the model was shown.

    Raises
    ------
    Refusal
        If its quote does not stand in the passage, or anything else not in the quote.
    """
    start, end = _quoted(proposal["quote"], article.text, passage)
    quote = article.text[start:end]
    lang = article.lang or "en"
    mentions = _places(proposal, article.text, (start, end), gazetteer, lang)
    killed, injured = (_amount(proposal, kind, quote, lang) for kind in CASUALTIES)
    toll = casualties.find(quote, lang)
    read, said = counts.find(quote, lang), _numbers(quote, lang)
    dead, hurt = (_children(proposal, kind, said | {getattr(toll, CHILDREN[kind])}) for kind in CASUALTIES)
    numbers = Counts(**{key: _count(proposal, key, said | {getattr(read, key)}) for key in PROJECTILES})
    when = _when(proposal, article)
    shown = article.text[passage[0] : passage[1]]
    claim = DraftClaim(
        by=_copied(proposal, "by", shown),
        status=proposal["status"],
        casualties=Casualties(killed, injured, update=toll.update, children_killed=dead, children_injured=hurt),
        counts=numbers,
        quote=quote,
        start=start,
        end=end,
    )
    old = bool(when and article.published and (article.published - when.end).days > _NEWS_DAYS)
    draft = Draft(
        type=proposal["type"],
        weapons=(proposal["weapon"],) if proposal["weapon"] else (),
        actor=proposal["actor"],
        target=_copied(proposal, "target", quote) or None,
        when=when,
        places=tuple(DraftPlace(m, place["role"]) for m, place in zip(mentions, proposal["places"], strict=True)),
        claims=(claim,),
        tags=(TAG_BACKGROUND,) if old else (),
        section=0,
        heading=False,
    )
    return draft, mentions


def _quoted(quote: str, text: str, passage: tuple[int, int]) -> tuple[int, int]:
    """Find the span of a quote; a line break may stand for a space and the other way round, nothing else may differ."""
    words = quote.split()
    if not words:
        raise Refusal("quote", quote, "is empty")
    found = re.compile(r"\s+".join(map(re.escape, words))).search(text, *passage)
    if found is None:
        raise Refusal("quote", quote, "does not stand in the text")
    if found.end() - found.start() > MAX_QUOTE:
        raise Refusal("quote", quote, f"is longer than {MAX_QUOTE} characters")
    return found.span()


def _places(proposal: Mapping[str, Any], text: str, quote: tuple[int, int], gazetteer: Gazetteer, lang: str) -> list[Mention]:
    places = proposal["places"]
    if not 0 < len(places) <= _MOST_PLACES:
        raise Refusal("places", str(len(places)), f"expected 1 to {_MOST_PLACES} places")
    spans: list[tuple[int, int]] = []
    for place in places:
        name = place["text"]
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        if not name.strip() or not any(c.isalpha() for c in name):
            raise Refusal("places", name, "is no name of a place")
        found = next((m.span() for m in re.compile(pattern).finditer(text, *quote) if m.span() not in spans), None)
        if found is None:
            raise Refusal("places", name, "does not stand in the quote, or not as often as it is given")
        spans.append(found)
    return toponyms.at(text, spans, gazetteer, lang)


def _amount(proposal: Mapping[str, Any], kind: str, quote: str, lang: str) -> Amount:
    """Take a toll whose every number the quote says."""
    said = proposal[kind]
    amount = Amount(said["low"], said["best"], said["high"])
    read: Amount = getattr(casualties.find(quote, lang), kind)
    known = _numbers(quote, lang) | {read.low, read.best, read.high}
    for end in ("low", "best", "high"):
        number = said[end]
        if number is not None and number not in known:
            raise Refusal(f"{kind}.{end}", str(number), "is no number of the quote")
    ends = [n for n in (amount.low, amount.best, amount.high) if n is not None]
    if ends != sorted(ends):
        raise Refusal(kind, "/".join(map(str, ends)), "expected low, best and high in this order")
    return amount


def _count(proposal: Mapping[str, Any], key: str, known: set[int | None]) -> int | None:
    number: int | None = proposal[key]
    if number is not None and number not in known:
        raise Refusal(key, str(number), "is no number of the quote")
    return number


def _children(proposal: Mapping[str, Any], kind: str, known: set[int | None]) -> int | None:
    """Take the children among the killed or injured, who are no more than these."""
    number = _count(proposal, CHILDREN[kind], known)
    most = next((n for n in (proposal[kind][end] for end in ("high", "best")) if n is not None), None)
    if number is not None and most is not None and number > most:
        raise Refusal(CHILDREN[kind], str(number), f"are more than all {kind}: the children are a part of these")
    return number


def _numbers(quote: str, lang: str) -> set[int | None]:
    """Give all numbers that a quote says, in digits or words, with the ends of "more than 20" and "3 to 5"."""
    found: set[int | None] = {int(digits) for digits in _DIGITS.findall(_GROUPS.sub("", quote)) if len(digits) < 8}
    for match in _said(quote, lang):
        amount = parse(match, lang)
        found |= {amount.low, amount.best, amount.high}
    return found - {None}


def _said(quote: str, lang: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(number_pattern(lang), quote, re.IGNORECASE))


def _when(proposal: Mapping[str, Any], article: Article) -> When | None:
    """Take dates that the article can be telling of: from a year before its day to the day after."""
    said = {key: proposal[key] for key in ("date_start", "date_end") if proposal[key] is not None}
    if not said:
        return None
    if len(said) == 1:
        said = dict.fromkeys(("date_start", "date_end"), *said.values())
    days = {}
    for key, value in said.items():
        try:
            days[key] = dt.date.fromisoformat(value)
        except ValueError:
            raise Refusal(key, value, "is no date such as 2024-11-22") from None
    if article.published is None:
        raise Refusal("date_start", said["date_start"], "can't be checked: the article has no day of publication; --published sets it")
    first, last = days["date_start"], days["date_end"]
    if first > last:
        raise Refusal("date_end", said["date_end"], "lies before date_start")
    earliest, latest = article.published - dt.timedelta(days=_MOST_DAYS), article.published + dt.timedelta(days=1)
    if not earliest <= first <= last <= latest:
        raise Refusal("date_start", f"{first} to {last}", f"lies outside {earliest} to {latest}, which an article of that day can tell of")
    length = (last - first).days
    precision = proposal["date_precision"] or ("day" if length == 0 else "range")
    if (precision == "night" and length > 1) or (precision == "day" and length):
        raise Refusal("date_precision", precision, f"does not go with {first} to {last}")
    return When(first, last, precision)


def _copied(proposal: Mapping[str, Any], key: str, text: str) -> str:
    """Take words that stand in the text."""
    words = (proposal[key] or "").split()
    if not words:
        return ""
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    if found is None or len(" ".join(words)) > _MOST_WORDS:
        raise Refusal(key, proposal[key], "does not stand in the text" if found is None else f"is longer than {_MOST_WORDS} characters")
    return " ".join(words)
