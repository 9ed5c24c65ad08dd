"""Counts of what was launched and shot down over a whole country, told apart from one another and from where it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts.drafts import are_one_voice, times_agree
from mapper.extraction.naming.mentions import AREAS, TOWNS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapper.extraction.facts.drafts import Draft, DraftClaim

__all__ = [
    "counted_before",
    "goes_on",
    "is_fought_off",
    "is_next_part",
    "is_one_barrage",
    "is_only_said",
    "is_shared_out",
    "is_shot_down",
    "launched_before",
    "launched_over",
    "of_all",
    "shares_time",
    "whole_of",
    "with_areas",
    "without_shared_out",
]


#: Of how many times as many launched those shot down are most.
_MOST_OF = 2
_KINDS = 2


def is_shot_down(draft: Draft) -> bool:
    """Tell whether a draft counts only what was shot down."""
    counted = draft.claims[-1].counts
    return counted.met and counted.launched is None


def is_one_barrage(current: Draft, draft: Draft) -> bool:
    """Tell whether one party counts first what was launched and then what of it was shot down."""
    launched = [c for c in current.claims if c.counts.launched is not None and not c.counts.met]
    by, counts = draft.claims[0].by, draft.claims[0].counts
    # "Two bombs fell on X. Of 50 drones 35 were shot down, the air force said."
    others = max(counts.launched or 0, counts.intercepted or 0) > max((c.counts.launched or 0 for c in launched), default=0)
    others = others or not times_agree(current.when, draft.when)
    return counts.met and not others and any(not by or c.by in {by, ""} for c in launched)


def is_fought_off(current: Draft, draft: Draft) -> bool:
    """Tell whether all that was launched was shot down and hit nothing: "Five missiles flew at X. All were downed."."""
    launched = next((c.counts.launched for c in current.claims if c.counts.launched is not None), None)
    harmless = not (current.has_toll or current.target or draft.target)
    return harmless and launched is not None and draft.claims[0].counts.intercepted == launched and is_shot_down(draft)


def is_repelled(current: Draft, draft: Draft) -> bool:
    """Tell whether all of an attack on areas of which no more is told was shot down: "Two regions were attacked. All 85 were downed."."""
    areas = bool(current.where) and all(p.mention.kind in AREAS for p in current.where)
    more = current.has_numbers or current.target or current.tags or draft.target or draft.where
    return areas and not more and is_shot_down(draft) and times_agree(current.when, draft.when)


def launched_before(drafts: Sequence[Draft], draft: Draft) -> int | None:
    """Give the draft that counts what was launched at a whole country, of which another says how much was shot down."""
    if not is_shot_down(draft):
        return None
    for index, other in enumerate(drafts):
        counts = [c.counts for c in other.claims if c.counts.known]
        only_launched = bool(counts) and all(c.launched is not None and c.intercepted is None for c in counts)
        if only_launched and not other.heading and not other.tags and other.is_national:
            return index
    return None


def launched_over(drafts: Sequence[Draft], draft: Draft) -> int | None:
    """Give the draft that counts what was launched at a whole country, most of which another says was shot down over regions."""
    shot_down = draft.claims[-1].counts.intercepted
    if not shot_down or draft.tags or not draft.where or any(p.mention.kind != "admin1" for p in draft.where):
        return None
    for index, other in enumerate(drafts):
        claim = other.claims[-1]
        launched = claim.counts.launched if claim.counts.intercepted is None and not other.heading and not other.tags else None
        alike = bool(other.weapons) and set(other.weapons) == set(draft.weapons) and draft.claims[-1].by in {"", claim.by}
        if launched and alike and shot_down <= launched <= _MOST_OF * shot_down and other.is_national and not other.has_toll:
            return index
    return None


def without_shared_out(drafts: list[Draft]) -> list[Draft]:
    """Leave out what was launched of several kinds, of which others tell how many were shot down over regions, kind by kind."""
    shot = [d for d in drafts if is_shot_down(d) and not d.tags and d.where and all(p.mention.kind == "admin1" for p in d.where)]

    def is_told_by_kind(lead: Draft) -> bool:
        launched = lead.claims[-1].counts.launched
        if not launched or lead.claims[-1].counts.intercepted is not None or len(set(lead.weapons)) < _KINDS or not lead.is_national:
            return False
        parts = [d for d in shot if d.claims[0].start > lead.claims[0].start and set(d.weapons) < set(lead.weapons)]
        total = sum(d.claims[-1].counts.intercepted or 0 for d in parts)
        told = {weapon for d in parts for weapon in d.weapons}
        return told == set(lead.weapons) and total <= launched <= _MOST_OF * total

    return [d for d in drafts if d.heading or d.tags or d.has_toll or not is_told_by_kind(d)]


def with_areas(drafts: list[Draft], downing: Collection[str]) -> list[Draft]:
    """Put with a count of what was shot down the areas that it is later said to have been over, wherever they are told.

    "158 drones were downed, the ministry said. ¶ Targets were destroyed over the Kaluga and Tula regions, it added."
    `downing` are the types of what is shot down.
    """
    told = [d for d in drafts if not d.heading and not d.tags]
    totals = [d for d in told if not d.has_toll and d.is_national and any(c.counts.intercepted for c in d.claims)]
    if len(totals) != 1:
        return drafts
    [total] = totals
    areas = [d for d in told if d is not total and _only_says_over_what(d, total, downing)]
    if not areas:
        return drafts
    places = {p.mention: p for d in (total, *areas) for p in d.places}
    whole = replace(total, places=tuple(places.values()), when=total.when or areas[0].when)
    return [whole if d is total else d for d in drafts if d not in areas]


def _only_says_over_what(draft: Draft, total: Draft, downing: Collection[str]) -> bool:
    """Tell whether a draft tells no more than over what areas that was shot down which another counts."""
    if draft.has_numbers or draft.target or draft.claims[0].start < total.claims[0].start:
        return False
    voices = {c.by for c in total.claims if c.by}
    if any(c.by and not any(are_one_voice(c.by, by) for by in voices) for c in draft.claims):
        return False
    over = all(p.mention.kind not in TOWNS and p.mention.kind != "country" for p in draft.where)
    shot = draft.type in downing or all(p.role == "over" for p in draft.where)
    return len(draft.where) > 1 and over and shot and times_agree(draft.when, total.when)


def goes_on(drafts: Sequence[Draft], draft: Draft) -> bool:
    """Tell whether a count without a place only goes on about what a whole country was attacked with: "39 hits were recorded"."""
    counts = draft.claims[-1].counts
    national = (d for d in drafts if not d.heading and not d.tags and d.is_national)
    told = {c.by for d in national for c in d.claims if c.counts.launched is not None and c.counts.intercepted is not None}
    partial = counts.known and (counts.launched is None or counts.intercepted is None)
    if partial and counts.launched is None and counts.intercepted is None:
        # "77 drones were shot down. 20 hits were recorded.", whatever was launched
        told |= {c.by for d in drafts if not d.heading and not d.tags and d.is_national for c in d.claims if c.counts.met}
    return bool(told) and draft.claims[-1].by in {"", *told} and partial


def counted_before(drafts: Sequence[Draft], draft: Draft, here: int | None) -> int | None:
    """Give the draft that counts what was shot down, of which another says over where; `here` is the one being told."""
    claim = draft.claims[-1]
    for index, other in enumerate(drafts):
        totals = [c for c in other.claims if c.counts.intercepted is not None]
        only = bool(totals) and totals[-1].counts.launched is None
        if (other.type != draft.type and only) or other.heading != draft.heading or not (totals and other.is_national):
            continue
        if ("naval" in other.weapons) != ("naval" in draft.weapons):
            continue  # "241 drones were shot down. In the Black Sea, three boats were destroyed."
        part, total = claim.counts.intercepted, totals[-1].counts.intercepted or 0
        if (index == here and only and (part is None or part <= total)) or (part == total and claim.by in {"", totals[-1].by}):
            return index
    return None


def is_shared_out(current: Draft, draft: Draft, on: int) -> bool:
    """Tell whether a draft counts region by region what was shot down over a country: "105 were downed. ¶ 46 over Bryansk, 12 ..."."""
    whole = next((c.counts.intercepted for c in reversed(current.claims) if c.counts.intercepted is not None), None)
    part = draft.claims[-1].counts.intercepted
    regions = [p for p in draft.where if p.mention.kind == "admin1"]
    listed = len(regions) > _KINDS and 2 * (part or 0) > (whole or 0) >= (part or 0)
    return on == 1 and _is_of_one_count(current, draft) and listed and current.is_national and not current.has_toll


def _is_of_one_count(current: Draft, draft: Draft) -> bool:
    """Tell whether nobody else, of no other time, says what may be a part of a count, and no victims are told."""
    by = draft.claims[-1].by
    return by in {"", current.claims[-1].by} and times_agree(current.when, draft.when) and not (draft.tags or draft.has_toll)


def is_next_part(current: Draft, draft: Draft, told: int, on: int) -> bool:
    """Tell whether a draft, `on` paragraphs later, counts over other regions more of those shot down, of which some were `told` before."""
    claim = draft.claims[-1]
    whole = next((c.counts.intercepted for c in reversed(current.claims) if c.counts.intercepted is not None), None)
    part = claim.counts.intercepted
    areas = all(p.mention.kind == "admin1" or p.role == "over" for p in (*current.where, *draft.where)) and not current.names & draft.names
    counted = part is not None or on == 0  # "Another four — over the Moscow region."
    return (
        bool(told and whole and counted) and told + (part or 0) <= (whole or 0) and _is_of_one_count(current, draft) and areas and on <= 1
    )


def whole_of(drafts: Sequence[Draft], kind: str) -> tuple[int, int] | None:
    """Give the last draft that counts what was shot down and says nothing of where, and how many those were."""
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        total = next((c.counts.intercepted for c in draft.claims if c.counts.intercepted is not None), None)
        if draft.type == kind and total and not draft.heading and not draft.tags and draft.is_national:
            return index, total
    return None


def is_only_said(current: Draft, draft: Draft) -> bool:
    """Tell whether of an attack on a town no more is said than with what, which is what was shot down."""
    town = bool(current.where) and all(p.mention.kind in TOWNS for p in current.where)
    silent = not (current.has_numbers or current.tags or current.target or any(c.by for c in current.claims))
    return town and silent and bool(set(current.weapons) & set(draft.weapons) or not draft.weapons)


def shares_time(current: Draft, draft: Draft) -> bool:
    """Tell whether a count that says no time is of the attack being told: "563 drones were downed"."""
    counted = draft.claims[-1].counts.intercepted is not None and not draft.where and draft.when is None
    return counted and current.when is not None and not current.tags and not current.heading


def of_all(claim: DraftClaim, current: Draft) -> DraftClaim:
    """Read "all of them were shot down" as the number launched."""
    launched = next((c.counts.launched for c in current.claims if c.counts.launched is not None), None)
    return claim if claim.counts.known else replace(claim, counts=replace(claim.counts, intercepted=launched))
