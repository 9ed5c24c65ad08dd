"""Offsets in words: "12 km north of", "10 Meilen südlich von", "за 5 км на північний схід від"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.gazetteer.names import cues

if TYPE_CHECKING:
    import re

__all__ = ["DIRECTION", "OFFSET", "bearing_of", "distance_of"]

_MILE_KM = 1.609344
_WAY = r"[\w\-]+(?: (?:схід|захід|сходу|заходу|east|west))?"
_FROM = r"(?:of|from|away from|von|vom|der|des|від|от|outside)"
#: Number, unit and direction, up to the word before the name.
OFFSET = (
    r"(?P<number>\d+(?:[.,]\d+)?)\s*-?(?P<unit>km|kms|kilomet(?:er|re)s?|mi|miles?|meilen?|км|кілометр\w*|километр\w*|kilometern?)\b"
    rf"(?:\s*\([^)]*\))?(?:\s+(?:to the |в |на |к |до |due )?(?P<direction>{_WAY})(?=\s+\S|\s*$))?(?:\s+{_FROM})?"
)
#: A direction without a number: "northeast of".
DIRECTION = rf"(?P<direction>{_WAY}) {_FROM}"


def distance_of(found: re.Match[str]) -> float:
    """Give the kilometres of a match of `OFFSET`."""
    miles = found["unit"].lower().startswith(("mi", "mei"))
    return round(float(found["number"].replace(",", ".")) * (_MILE_KM if miles else 1.0), 1)


def bearing_of(found: re.Match[str]) -> float | None:
    """Give the bearing of a match in degrees, or None if its direction is not one."""
    directions, said = cues()["near"]["directions"], (found["direction"] or "").lower()
    # "attacked east of"
    bearing = directions.get(said, directions.get(said.rpartition(" ")[2]))
    return None if bearing is None else float(bearing)
