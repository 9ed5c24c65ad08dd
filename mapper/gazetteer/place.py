"""What the gazetteer knows of a place."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mapper.crs import great_circle_km

__all__ = ["GUESSED", "KINDS", "Named", "Place", "apart_km", "radius_of_settlement"]

KINDS = ("settlement", "site", "admin2", "admin1", "region", "water", "country")
#: From this rank of a `Named` on, a name is only like that of a place.
GUESSED = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `lon` and `lat` of an area are a point to hang a label on, never a site. `radius_km` is that of a circle as large as
    the place; `admin1` its ISO 3166-2 code. `population` of an area is the sum of its settlements.

    Parameters
    ----------
    kind
        One of `KINDS`: a site is a plant, port, bridge, airfield or the like; an admin2 a raion; a region has no
        official border ("Donbas"), a water is a sea or bay.
    precision
        How well `lon` and `lat` say where it is, in the words of `mapper.incidents.PRECISIONS`. That of a settlement is
        ``near`` where only the middle of its hromada is known: it lies somewhere within `radius_km`.
    admin2
        Id of the raion or district, where it is known.
    origin
        Where it comes from: empty for GeoNames and Natural Earth, else ``codifier``, ``districts``, ``airfields``,
        ``curated``, ``added`` (a file of the user's) or ``own`` (a table of the user's, which wins over all).
    """

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    admin1_name: str
    lon: float
    lat: float
    population: int
    radius_km: float
    precision: str = ""
    admin2: str = ""
    origin: str = ""

    @property
    def is_approximate(self) -> bool:
        """Whether it is a settlement that is known to lie somewhere in a circle only."""
        return self.kind == "settlement" and self.precision == "near"


@dataclass(frozen=True, slots=True)
class Named:
    """A place found by a name, and how: `rank` 0 by its own name, 1 by another spelling, 2 by another name of it.

    `via` is ``name``, ``inflected``, ``romanised`` or ``respelt``.
    """

    place: Place
    rank: int
    via: str


def apart_km(one: Place, other: Place) -> float:
    """Give the great-circle distance between two places."""
    return great_circle_km(one.lon, one.lat, other.lon, other.lat)


def radius_of_settlement(population: int) -> float:
    """Give the radius in kilometres of the circle that a settlement's built-up area would fill.

    Nordbeck's law (S. Nordbeck, "Urban Allometric Growth", Geografiska Annaler B 53, 1971): the area of a settlement
    grows as the 2/3 power of its population, so its radius as the cube root. The factor 0.087 is ours, set so that
    Sumy gives 5.5 km and Kyiv 12.5. At least 1 km; 1.5 where the population is not known.
    """
    if population <= 0:
        return 1.5
    return round(max(1.0, 0.087 * math.cbrt(population)), 1)
