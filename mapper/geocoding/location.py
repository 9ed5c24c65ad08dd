"""What choosing gives: a `Location`, or `Unlocated` with its reason. Never a coordinate that is a guess."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Candidate", "Location", "Unlocated"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with its share of the evidence (0 to 1) and what speaks for it."""

    place_id: str
    name: str
    kind: str
    country: str
    admin1: str
    admin1_name: str
    lon: float
    lat: float
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Location:
    """Where a name is.

    `precision` is ``settlement``, ``near`` (somewhere within `radius_km` of the point), ``admin1`` or ``country``; for
    the last two `lon` and `lat` are a point to hang a label on, never a site. `score` (0 to 1) says how sure the choice
    is, `method` what decided it.
    """

    text: str
    name: str
    lon: float
    lat: float
    precision: str
    radius_km: float
    country: str
    admin1: str
    admin1_name: str
    place_id: str
    score: float
    method: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocated:
    """A name that cannot be placed; `reason` is a sentence for people."""

    text: str
    reason: str
    candidates: tuple[Candidate, ...] = ()
