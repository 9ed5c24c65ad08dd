"""When it happened: of the times that a clause names, that of its event.

A time may be only when somebody spoke of it ("said on Friday"), or when what it led to came to an end ("died in hospital
on Friday"): then it is marked as reported, and anything that tells the time of the event is heard before it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.facts.days import When, expressions
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.days import Expression

__all__ = ["When", "find", "frame", "is_frame", "night", "sums_up"]

_DAY = dt.timedelta(days=1)

#: Kinds of expression that may say when somebody spoke.
_OF_THE_REPORT = frozenset({"weekday", "full_date", "numeric", "today", "part_of_day", "yesterday", "ago"})
#: Kinds that name no day: "the third such attack since September".
_VAGUE = frozenset({"month", "this_week", "last_week", "last_month", "last_year"})
#: How far from a time may stand what tells that it is only that of a statement.
_NEAR = 60
#: How many words may stand before a time that a clause opens with.
_OPENING_WORDS = 1
#: How far the hour of a bulletin may stand from "as of".
_NEAR_HOUR = 30
#: From this hour on, a bulletin is of the day that ends.
_EVENING = 15


def find(
    clause: str,
    published: dt.date,
    lang: str = "en",
    *,
    told: When | None = None,
    near: bool = True,
    deed: tuple[int, int] | None = None,
    frame: When | None = None,
) -> When | None:
    """Read the time of its event out of a clause; None where it says nothing.

    Parameters
    ----------
    told
        The time told before, from which "a day earlier" counts.
    near
        Whether it was told in the same paragraph, so that "in the evening" is of that day.
    deed
        The characters of the clause that tell what was done, if any do.
    frame
        The day and more that the report sums up, if it does.

    Examples
    --------
    >>> friday = dt.date(2024, 11, 22)
    >>> find("He said on television Thursday that a missile had been fired.", friday)
    When(start=datetime.date(2024, 11, 21), end=datetime.date(2024, 11, 21), precision='day', reported=True)
    >>> find("It shot down 23 drones overnight.", friday)
    When(start=datetime.date(2024, 11, 21), end=datetime.date(2024, 11, 22), precision='night', reported=False)
    >>> find("He died on Friday of wounds from Wednesday's strike.", friday).start.day
    20
    """
    found = expressions(clause, published, lang, told, near=near, frame=frame)
    if not found:
        return None
    if of_event := _of_an_event(clause, found, lang):
        # "In a similar attack on 12 November, six people were killed."
        return replace(of_event.when, timed=not Vocabulary.load(lang).holds("exclusions", "similar_patterns", clause))
    aftermath = _spans(clause, "aftermath_patterns", lang)
    told_of = [*([deed] if deed else ()), *(_spans(clause, "event_words", lang) if aftermath else ())]
    plain = [one for one in found if not (_is_of_the_report(clause, one, deed, lang) or _is_of_the_aftermath(one, aftermath, told_of))]
    if plain:
        # a bulletin as of a morning: "At 8 a.m. on 18 February, over the past day, ..."
        past = next((one.when for one in plain if one.kind == "past_day" and one.when.end == plain[0].when.end), None)
        return past or plain[0].when
    return replace(found[0].when, reported=True)


def frame(heading: str, published: dt.date, lang: str = "en") -> When | None:
    """Read the time of all that stands below a heading: "as of the morning of 19 June" is the day up to then."""
    when = find(heading, published, lang)
    as_of = Vocabulary.load(lang).pattern("dates", "as_of").search(heading)
    if when and when.precision == "day" and as_of:
        hour = _hour(lang).search(heading, as_of.start(), as_of.end() + _NEAR_HOUR)
        late = hour is not None and int(hour[1]) >= _EVENING
        return When(when.end if late else when.end - _DAY, when.end, "day" if late else "range")
    return when


def night(heading: str, published: dt.date, lang: str = "en") -> When | None:
    """Give the night up to the report, if a heading speaks of it: "The night in figures"."""
    speaks = Vocabulary.load(lang).pattern("dates", "night_words").search(heading)
    return When(published - _DAY, published, "night") if speaks else None


def is_frame(heading: str, when: When, lang: str = "en") -> bool:
    """Tell whether all that stands below a heading is of its time: "as of 22:00", "over the past day"."""
    return sums_up(heading, when, lang) or bool(Vocabulary.load(lang).pattern("dates", "as_of").search(heading))


def sums_up(sentence: str, when: When, lang: str = "en") -> bool:
    """Tell whether a sentence speaks of a day as a whole: "over the past day, 3 March", "during 9 July"."""
    if when.precision == "range":
        return True
    pattern = Vocabulary.load(lang).pattern
    return when.precision == "day" and any(pattern("dates", key).search(sentence) for key in ("past_day", "whole_day"))


def _spans(clause: str, key: str, lang: str) -> list[tuple[int, int]]:
    return [match.span() for match in _listed(lang, key).finditer(clause)]


@cache
def _listed(lang: str, key: str) -> WordList:
    return words(Vocabulary.load(lang).table("dates")[key])


def _of_an_event(clause: str, found: Sequence[Expression], lang: str) -> Expression | None:
    """Give the time that is said to be that of an event: "Saturday's attack", "the shelling of Kherson on 4 March"."""
    events = _spans(clause, "event_patterns", lang)
    before, after = _event_patterns(lang)
    for one in (one for one in found if one.kind not in _VAGUE):
        inside = any(start < one.end and one.start < end for start, end in events)
        if inside or before.search(clause, max(0, one.start - _NEAR), one.start) or after.match(clause, one.end):
            return one
    return None


@cache
def _event_patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = Vocabulary.load(lang).table("dates")
    return (
        re.compile(rf"(?<!\w){alternatives(words['event_before_patterns'])}$", re.IGNORECASE),
        re.compile(rf"{alternatives(words['event_after_patterns'])}(?!\w)", re.IGNORECASE),
    )


def _is_of_the_report(clause: str, time: Expression, deed: tuple[int, int] | None, lang: str) -> bool:
    """Tell whether a day is the one on which somebody said it: "said on Friday", "on Friday confirmed", "as of Friday"."""
    if time.kind not in _OF_THE_REPORT and (deed or time.when.precision != "night"):
        return False
    if any(start <= time.start < end for start, end in _spans(clause, "whole_day", lang)):
        return False  # "During 13 August, the air force counted 80 drones."
    if deed is None and Vocabulary.load(lang).pattern("claims", "attribution_patterns").match(clause):
        return True  # "The analysts wrote of it on the night to Sunday."
    before, after, opening = _report_patterns(lang)
    if before.search(clause, max(0, time.start - _NEAR), time.start) or after.match(clause, time.end):
        return True
    # "On Friday, the governor said that a drone had hit a bus."
    opened = opening.match(clause, time.end) if len(clause[: time.start].split()) <= _OPENING_WORDS else None
    return opened is not None and (deed is None or deed[0] >= opened.end())


def _is_of_the_aftermath(time: Expression, aftermath: Sequence[tuple[int, int]], told_of: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a time is that of what came after the event: "On Friday, a second body was found"."""
    if not aftermath or time.when.precision == "range":
        return False
    return not told_of or min(_distance(time, one) for one in aftermath) < min(_distance(time, one) for one in told_of)


def _distance(time: Expression, span: tuple[int, int]) -> int:
    return max(span[0] - time.end, time.start - span[1])


@cache
def _report_patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    claims = Vocabulary.load(lang).table("claims")
    words = Vocabulary.load(lang).table("dates")
    tells = alternatives(words["tells"])
    speech = alternatives([*claims["speech"], *claims["confirming"], *claims["denying"]])
    as_of, told_in, told = (alternatives(words[key]) for key in ("as_of", "told_in", "told_after_patterns"))
    return (
        re.compile(
            rf"(?<!\w)(?:{speech}(?:\s+(?!{tells}\b)[\w'’-]+){{0,4}}|{told_in}(?:\s+[\w'’-]+){{0,3}}|{as_of}(?:\s+[\w:.]+,?){{0,3}})\s*$",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:\s+{alternatives(claims['trailing'])})?\s+(?:{speech}|{told})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:\s+[\w'’-]+)?,?(?:\s+[\w'’.-]+){{1,6}}?\s+{speech}(?!\w)", re.IGNORECASE),
    )


@cache
def _hour(lang: str) -> re.Pattern[str]:
    """Match the hour of a bulletin."""
    hours = alternatives(Vocabulary.load(lang).table("dates")["hour_patterns"])
    return re.compile(rf"(?<!\d)(\d\d?)(?:[:.][0-5]\d\b(?!\.\d)|\s+{hours})", re.IGNORECASE)
