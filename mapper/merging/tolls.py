"""The tolls of two reports of what may be one event: whether they can both be of it, and which of them counts now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.extraction.wording.numbers import Amount, envelope
from mapper.incidents import CASUALTIES, CHILDREN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

__all__ = ["Toll", "children", "compare", "current"]


#: Tolls of one event differ between reports of a day by no more than this share, or by this many.
_SHARE, _NUMBER = 0.5, 3

#: A toll told on a later day, without a word that it has risen, is at most so many times as high, and this many more.
_TIMES, _MORE = 4, 5


@dataclass(frozen=True, slots=True)
class Toll:
    """What one report says of the killed and the injured.

    `updates` tells that its figures take the place of earlier ones, `corrects` holds the figures, by kind, that it takes
    back; `by` are the parties that give them, `pages` the articles, whatever their version. The children are a part of the
    killed and of the injured.
    """

    killed: Amount
    injured: Amount
    told: dt.datetime | None
    updates: bool = False
    corrects: frozenset[tuple[str, int]] = frozenset()
    by: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    children_killed: int | None = None
    children_injured: int | None = None

    def number(self, kind: str) -> int | None:
        """Give the killed or injured as one number to compare by."""
        amount: Amount = getattr(self, kind)
        return next((n for n in (amount.low, amount.best, amount.high) if n is not None), None)

    def later_than(self, other: Toll) -> bool:
        """Whether it was told on a later day."""
        return self.told is not None and other.told is not None and self.told > other.told

    def is_version_of(self, other: Toll) -> bool:
        """Whether both are of one article, which says one thing at a time."""
        return bool(self.pages & other.pages)


def compare(one: Toll, other: Toll) -> tuple[float, str] | None:
    """Judge whether two tolls may be of one event.

    Returns
    -------
    How much they speak for it (0 where they say nothing) and why in words; None where they speak against it.
    """
    earlier, later = _in_order(one, other)
    versions = one.is_version_of(other)
    if _is_corrected(earlier, later):
        return 3.0, "the later report corrects the toll of the earlier"
    both = [(kind, a, b) for kind in CASUALTIES if (a := earlier.number(kind)) is not None and (b := later.number(kind)) is not None]
    if not both:
        return None if _miss_each_other(earlier, later) else (0.0, "no toll that both give")
    changes = {kind: b - a for kind, a, b in both}
    if not any(changes.values()):
        return sum(1.0 + (a > 1) for _, a, _ in both if a), f"{_words(both)} in both"
    crossing = min(changes.values()) < 0 < max(changes.values())
    # Injured who have died since are no contradiction.
    if crossing and not versions and not (changes["killed"] > 0 and -changes["injured"] <= changes["killed"] + 1):
        return None
    if all(abs(b - a) <= max(_NUMBER, _SHARE * max(a, b)) for _, a, b in both):
        rises = later.updates or versions or (later.later_than(earlier) and min(changes.values()) >= 0)
        return 0.5, f"the later report raises {_changes(both)}" if rises else f"numbers that differ little: {_changes(both)}"
    grown = min(changes.values()) >= 0 or crossing
    if grown and (later.updates or (later.later_than(earlier) and all(b <= _TIMES * a + _MORE for _, a, b in both))):
        return 0.5, f"the later report raises {_changes(both)}"
    if grown and versions:
        return 0.25, f"the later version raises {_changes(both)}"
    return None


def current(kind: str, tolls: Sequence[Toll]) -> tuple[Amount, bool]:
    """Span the figures that no later one has taken the place of, and tell whether two of them cannot both be right."""
    told = [t for t in tolls if t.number(kind) is not None]
    held: list[Amount] = [getattr(t, kind) for t in told if not any(_supersedes(kind, newer, t) for newer in told)]
    lows, highs = [a.low for a in held if a.low is not None], [a.high for a in held if a.high is not None]
    return envelope(held), bool(lows and highs) and max(lows) > min(highs)


def children(kind: str, tolls: Sequence[Toll]) -> int | None:
    """Give how many of the killed or injured were children, by the last who say it: the number that none of them is below."""
    told = [(t, number) for t in tolls if (number := getattr(t, CHILDREN[kind])) is not None]
    held = [n for t, n in told if not any(newer.later_than(t) or _supersedes(kind, newer, t) for newer, _ in told)]
    return min(held, default=None)


def _in_order(one: Toll, other: Toll) -> tuple[Toll, Toll]:
    """Put the one that was told later behind; of two versions of one day that is the higher, for tolls rise."""
    if one.updates != other.updates:
        return (one, other) if other.updates else (other, one)
    if one.later_than(other) or other.later_than(one) or not one.is_version_of(other):
        return (one, other) if other.later_than(one) else (other, one)
    return (one, other) if _figures(one) < _figures(other) else (other, one)


def _figures(toll: Toll) -> list[int]:
    return [-1 if (number := toll.number(kind)) is None else number for kind in CASUALTIES]


def _supersedes(kind: str, newer: Toll, older: Toll) -> bool:
    now, before = newer.number(kind), older.number(kind)
    if newer is older or now is None or before is None or older.later_than(newer):
        return False
    if (kind, before) in newer.corrects:
        return True
    if newer.is_version_of(older):
        return newer.later_than(older) or now > before
    if newer.updates:
        return not older.updates or now > before
    # "None" is often a side's own word, which stands beside another's.
    return newer.later_than(older) and now > before and (before > 0 or bool(newer.by & older.by))


def _is_corrected(earlier: Toll, later: Toll) -> bool:
    return any((kind, number) in later.corrects for kind in CASUALTIES if (number := earlier.number(kind)) is not None)


def _miss_each_other(earlier: Toll, later: Toll) -> bool:
    """Tell whether one report counts only dead and the other only injured: who tells of injured would tell of dead."""
    dead, hurt = (earlier, later) if earlier.number("killed") else (later, earlier)
    return bool(dead.number("killed")) and bool(hurt.number("injured")) and not (dead.updates or dead.later_than(hurt))


def _words(both: Sequence[tuple[str, int, int]]) -> str:
    return " and ".join(f"{number} {kind}" for kind, number, _ in both)


def _changes(both: Sequence[tuple[str, int, int]]) -> str:
    return ", ".join(f"{kind} {a} and {b}" for kind, a, b in both if a != b)
