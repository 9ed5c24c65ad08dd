"""The time of what tells none of its own: a report of a night, or of the past day, tells of then.

A sentence without a time is of the time told before it in its paragraph. Beyond that, a bulletin of a day is so as a
whole, wherever it says it; and what came from the air is of the night that was told of last. Shelling, fighting and
mines go on by day: they are left to the day of the report, as is all that nothing dates.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.extraction.naming.regions import are_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mapper.extraction.facts.dates import When
    from mapper.extraction.facts.drafts import Draft
    from mapper.taxonomy import Taxonomy

__all__ = ["Moment", "framed"]

#: What a night's attack is told of as, unless it is done with what is on the ground.
_ATTACKS = frozenset({"strike", "intercept", "explode"})
_ON_THE_GROUND = frozenset({"artillery", "mine"})


#: What is told on the day on which it is announced.
_ANNOUNCED = "capture"


@dataclass(frozen=True, slots=True)
class Moment:
    """A clause and the time it tells of an event that is news, if any.

    `whole` tells that it sums up a day or more, `total` that it sums up all that is told of it, `leads` that a report or a
    part of it begins with it, `tells` that something befell somebody then: else it holds in its paragraph only, `placeless`
    that no place is told of then but a country: "Russia attacked Ukraine with drones overnight.", `introduces` that it is
    said to be that of what comes next: "His list for 9 July:", `countries` are those not at war that it tells of, `regions`
    those in which something befell somebody then, `downs` that it counts what was shot down.
    """

    at: int
    section: int
    paragraph: int
    when: When | None
    whole: bool = False
    total: bool = False
    leads: bool = False
    tells: bool = True
    placeless: bool = False
    introduces: bool = False
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    downs: bool = False


def framed(
    drafts: Sequence[Draft], title: Moment, moments: Sequence[Moment], taxonomy: Taxonomy, posted: Collection[int] = ()
) -> list[Draft]:
    """Give each draft that tells no time that of its paragraph or of the report.

    Parameters
    ----------
    title
        The article's title, for what nothing below it dates.
    moments
        All clauses in the order of the text. A day on which somebody spoke is no time of what happened.
    posted
        The sections that are entries posted one after the other, which nothing above leads but the title.
    """
    starts = [moment.at for moment in moments]
    result = []
    for draft in drafts:
        if (draft.when is None or draft.when.reported) and not draft.tags:
            here = bisect_right(starts, draft.claims[0].start)
            kind = taxonomy.types[draft.type]
            airborne = bool(_ATTACKS & set(kind.actions)) and kind.weapon not in _ON_THE_GROUND
            told = moments[:here] if "intercept" in kind.actions else _without_downed(title, moments[:here], airborne=airborne)
            when = _time(title, told, moments[here:], draft.regions, airborne=airborne, posted=draft.section in posted)
            # What was told on Thursday did not happen on Friday.
            early = when is None or (draft.when is not None and when.start > draft.when.end)
            # "Daily assessment, 12 December": the taking of a town is of the day on which somebody announced it.
            early = early or (draft.when is not None and _ANNOUNCED in kind.actions)
            result.append(draft if early else replace(draft, when=when))
        else:
            result.append(draft)
    return result


def _without_downed(title: Moment, told: Sequence[Moment], *, airborne: bool) -> Sequence[Moment]:
    """Leave out when drones were shot down in the course of a day that is told of.

    "The report for 6 December: ¶ From 9 a.m. on Saturday to 7 a.m. on Sunday, 48 drones were downed. In X, a man was wounded."
    """
    days = [m for m in (title, *told) if m.when and m.when.precision == "day" and not (m.when.reported or m.downs)]

    def is_aside(moment: Moment) -> bool:
        when = moment.when
        if when is None or not moment.downs or (airborne and when.precision == "night"):
            return False
        over = (m.when for m in days if m.whole or m is title or m.paragraph == moment.paragraph)
        return any(day and when.start <= day.start and day.end < when.end for day in over)

    return [replace(m, when=None) if is_aside(m) else m for m in told]


def _first(leading: Iterable[Moment]) -> list[Moment]:
    """Give of the times that a report begins with the one that it is of."""
    found = list(leading)
    introducing = [m for m in found if m.introduces][-1:]
    # "Terrible news this morning. Over the past day, 10 to 11 February, this was done to us."
    over = [m for m in found if m.paragraph == found[0].paragraph and m.when and m.when.precision == "range"]
    return introducing or over[:1] or found[:1]


def _countries(before: Sequence[Moment], moment: Moment) -> frozenset[str]:
    """Give the countries not at war that the paragraph of a time tells of."""
    return frozenset[str]().union(*(m.countries for m in before if (m.section, m.paragraph) == (moment.section, moment.paragraph)))


def _has_gone_on(told: Iterable[Moment], frame: Moment) -> bool:
    """Tell whether a report has told of another region at a time of its own since it summed up a day.

    "Over the past day, nine people were hurt in the Kherson region. ¶ On Tuesday, a missile hit Dnipro. ¶ In Samar, two died."
    """
    return any(m.at > frame.at and not m.whole and are_apart(m.regions, frame.regions) for m in told)


def _time(
    title: Moment, before: Sequence[Moment], after: Sequence[Moment], regions: Collection[str], *, airborne: bool, posted: bool
) -> When | None:
    """Give the time of what a clause, the last of those before, tells of some regions."""
    own = before[-1]
    told = [m for m in before if m.when and not m.when.reported]
    section = [m for m in told if m.section == own.section]
    if section and section[-1].paragraph == own.paragraph:
        return section[-1].when
    told = [m for m in told if m.tells]
    section = [m for m in section if m.tells]
    lead = [m for m in told if (m.whole or m.placeless) and m.leads]
    here = _first(m for m in lead if m.section == own.section)
    abroad = _countries(before, own)
    first = [] if posted else [m for m in lead[:1] if m.section == before[0].section]
    for moment in (*(m for m in section[-1:] if not m.whole), *here, *first, title):
        if abroad and moment.paragraph != own.paragraph and not abroad & _countries(before, moment):
            continue  # "Drones hit Odesa overnight. ¶ In Romania, a drone fell on a farm."
        if moment.whole and are_apart(regions, moment.regions) and _has_gone_on(told, moment):
            continue
        if moment.when and not moment.when.reported and (moment.whole or (airborne and moment.when.precision == "night")):
            return moment.when
    # "In A, two people were hurt. In B, a house was damaged. In total, over the past day, the region was shelled 38 times."
    later = next((m for m in after if m.when and not m.when.reported), None)
    if told or later is None or not later.whole:
        return None
    # "Six people were hurt. ¶ Over the past day, 22 settlements were attacked."
    return later.when if later.total or (later.leads and later.paragraph <= 1 and later.section == own.section) else None
