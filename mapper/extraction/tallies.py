"""Counts of what was launched and shot down over a whole country, told apart from one another and from where it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.mentions import TOWNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.drafts import Draft, DraftClaim

__all__ = [
    "counted_before",
    "goes_on",
    "is_one_barrage",
    "is_only_said",
    "is_shot_down",
    "launched_before",
    "of_all",
    "shares_time",
    "whole_of",
]


def is_shot_down(draft: Draft) -> bool:
    """Tell whether a draft counts only what was shot down."""
    counted = draft.claims[-1].counts
    return counted.met and counted.launched is None


def is_one_barrage(current: Draft, draft: Draft) -> bool:
    """Tell whether one party counts first what was launched and then what of it was shot down."""
    launched = [c for c in current.claims if c.counts.launched is not None and not c.counts.met]
    by = draft.claims[0].by
    return draft.claims[0].counts.met and any(not by or c.by in {by, ""} for c in launched)


def launched_before(drafts: Sequence[Draft], draft: Draft) -> int | None:
    """Give the draft that counts what was launched at a whole country, of which another says how much was shot down."""
    if not is_shot_down(draft):
        return None
    for index, other in enumerate(drafts):
        counts = [c.counts for c in other.claims if c.counts.known]
        only_launched = bool(counts) and all(c.launched is not None and c.intercepted is None for c in counts)
        if only_launched and not other.heading and not other.tags and _is_national(other):
            return index
    return None


def goes_on(drafts: Sequence[Draft], draft: Draft) -> bool:
    """Tell whether a count without a place only goes on about what a whole country was attacked with: "39 hits were recorded"."""
    counts = draft.claims[-1].counts
    national = (d for d in drafts if not d.heading and not d.tags and _is_national(d))
    told = {c.by for d in national for c in d.claims if c.counts.launched is not None and c.counts.intercepted is not None}
    partial = counts.known and (counts.launched is None or counts.intercepted is None)
    if partial and counts.launched is None and counts.intercepted is None:
        # "77 drones were shot down. 20 hits were recorded.", whatever was launched
        told |= {c.by for d in drafts if not d.heading and not d.tags and _is_national(d) for c in d.claims if c.counts.met}
    return bool(told) and draft.claims[-1].by in {"", *told} and partial


def counted_before(drafts: Sequence[Draft], draft: Draft, here: int | None) -> int | None:
    """Give the draft that counts what was shot down, of which another says over where; `here` is the one being told."""
    claim = draft.claims[-1]
    for index, other in enumerate(drafts):
        totals = [c for c in other.claims if c.counts.intercepted is not None]
        only = bool(totals) and totals[-1].counts.launched is None
        if (other.type != draft.type and only) or other.heading != draft.heading or not (totals and _is_national(other)):
            continue
        part, total = claim.counts.intercepted, totals[-1].counts.intercepted or 0
        if (index == here and only and (part is None or part <= total)) or (part == total and claim.by in {"", totals[-1].by}):
            return index
    return None


def whole_of(drafts: Sequence[Draft], kind: str) -> tuple[int, int] | None:
    """Give the last draft that counts what was shot down and says nothing of where, and how many those were."""
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        total = next((c.counts.intercepted for c in draft.claims if c.counts.intercepted is not None), None)
        if draft.type == kind and total and not draft.heading and not draft.tags and _is_national(draft):
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


def _is_national(draft: Draft) -> bool:
    return all(p.mention.kind == "country" for p in draft.where)
