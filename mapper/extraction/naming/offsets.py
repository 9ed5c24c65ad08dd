"""Offsets in words: "12 km north of", "10 Meilen südlich von", "за 5 км на північний схід від"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.words import any_of
from mapper.gazetteer.names import cues

if TYPE_CHECKING:
    import re

__all__ = ["bearing_of", "direction", "distance_of", "offset"]

_MILE_KM = 1.609344


@cache
def _way() -> str:
    return rf"[\w\-]+(?: {any_of('near', 'second_halves')})?"


@cache
def offset() -> str:
    """Write an expression for a number, a unit and a direction, up to the word before the name."""
    unit = rf"(?P<unit>(?P<miles>{any_of('near', 'miles')})|{any_of('near', 'kilometres')})\b"
    way = rf"(?:\s+(?:{any_of('near', 'toward')} )?(?P<direction>{_way()})(?=\s+\S|\s*$))?"
    return rf"(?P<number>\d+(?:[.,]\d+)?)\s*-?{unit}(?:\s*\([^)]*\))?{way}(?:\s+{any_of('near', 'from')})?"


@cache
def direction() -> str:
    """Write an expression for a direction without a number: "northeast of"."""
    return rf"(?P<direction>{_way()}) {any_of('near', 'from')}"


def distance_of(found: re.Match[str]) -> float:
    """Give the kilometres of a match of `offset`."""
    return round(float(found["number"].replace(",", ".")) * (_MILE_KM if found["miles"] else 1.0), 1)


def bearing_of(found: re.Match[str]) -> float | None:
    """Give the bearing of a match in degrees, or None if its direction is not one."""
    directions, said = cues()["near"]["directions"], (found["direction"] or "").lower()
    # "attacked east of"
    bearing = directions.get(said, directions.get(said.rpartition(" ")[2]))
    return None if bearing is None else float(bearing)
