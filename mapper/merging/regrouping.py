"""What an editor decides about which reports tell one event, over what merging finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.merging.candidates import Report

__all__ = ["Event", "Regrouped", "Regrouping", "regroup"]


@dataclass(slots=True, eq=False)
class Event:
    """The reports of one event, the first one told in front, those that count a part of it, and why each came to it.

    `scores` says how much spoke for it, where anything was weighed.
    """

    reports: list[Report]
    parts: list[Report] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def all(self) -> list[Report]:
        """All reports, the one that gives its id in front."""
        return [*self.reports, *self.parts]


@dataclass(frozen=True, slots=True)
class Regrouping:
    """One decision, over the event that the report `id` tells.

    `together` puts the events of `others` into it, else `others` are taken out, each to be an incident of its own; all but
    the first if none is named. `why` is the reason that a merge is listed with.
    """

    id: str
    others: frozenset[str]
    together: bool
    why: str


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a decision did: which reports it found in one event, as how many incidents it left them, and whether that changed anything."""

    before: tuple[frozenset[str], ...]
    incidents: int
    changed: bool

    @property
    def reports(self) -> frozenset[str]:
        """All reports that it is about."""
        return frozenset().union(*self.before)


def regroup(events: Sequence[Event], decisions: Sequence[Regrouping]) -> tuple[list[Event], tuple[Regrouped, ...]]:
    """Obey decisions in their order; no other event is touched."""
    found = list(events)
    where = {report.id: event for event in events for report in event.all}
    did: list[Regrouped] = []
    for decision in decisions:
        event = where[decision.id]
        if decision.together:
            joining = list(dict.fromkeys(where[other] for other in sorted(decision.others) if where[other] is not event))
            before = tuple(_ids(one) for one in (event, *joining))
            for other in joining:
                event.reports += other.reports
                event.parts += other.parts
                event.scores |= other.scores
                event.reasons |= other.reasons | {other.reports[0].id: decision.why}
                found.remove(other)
                where |= {report.id: event for report in other.all}
            did.append(Regrouped(before, 1, bool(joining)))
            continue
        reports = _ids(event)
        taken = [report for report in event.all if (report.id in decision.others if decision.others else report is not event.reports[0])]
        apart = _apart(event, taken) if len(reports) > 1 and taken else [event]
        found[found.index(event) : found.index(event) + 1] = apart
        where |= {report.id: one for one in apart for report in one.all}
        did.append(Regrouped((reports,), len(apart), len(apart) > 1))
    return found, tuple(did)


def _ids(event: Event) -> frozenset[str]:
    return frozenset(report.id for report in event.all)


def _apart(event: Event, taken: Sequence[Report]) -> list[Event]:
    """Give what is left of an event, and each report taken out of it; parts without their whole are apart, too."""
    left = Event([r for r in event.reports if r not in taken], [r for r in event.parts if r not in taken], event.reasons, event.scores)
    if left.reports:
        return [left, *(Event([report]) for report in taken)]
    return [Event([report]) for report in (*left.parts, *taken)]
