"""Building of Ukraine's settlements that GeoNames' list lacks, and of all its raions, out of the official codifier.

The codifier has names and hierarchy, no coordinates. A settlement that GeoNames has too is only told its raion. Any
other is placed at the seat of its hromada, as approximate: it lies somewhere within `radius_km` of there.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mapper.gazetteer.build.codifier import Unit, is_settlement, read_codifier
from mapper.gazetteer.build.districts import UKRAINIAN_CODE
from mapper.gazetteer.layer import NameTable, tables, write
from mapper.gazetteer.names import fold, romanise
from mapper.gazetteer.place import Place
from mapper.gazetteer.spellings import in_latin, likeness, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles
    from mapper.gazetteer.layer import Layer

__all__ = ["Ukraine", "match", "write_villages"]

# A hromada is hardly ever wider than this, so that a namesake farther off is another settlement.
_FARTHEST_KM = 35.0
# Of two namesakes the nearer one is meant only if it is clearly nearer.
_CLEARLY = 2.0
# How far four of five settlements of a hromada lie from its seat, by their number n: 5.3 n^0.35 km, measured on the 3,200
# that GeoNames has beside the seat (7.6 km up to 5 settlements, 13 from 10 to 20, 19 from 40 on); somewhat more, because
# of 1,136 smaller ones with a postal code 72 % lay within 4.9 n^0.35.
_KM, _POWER = 5.3, 0.35
_LEAST_KM, _MOST_KM = 6.0, 24.0
# Where GeoNames lacks the seat too: the middle of the hromada's other settlements, or of the raion's, where four of
# five lie within 37 km.
_NO_SEAT_KM, _RAION_KM = 5.0, 40.0
_SHORT = 4
# Of spellings less like than this one is a new name, which readers may not know yet: `renamed.csv` has those that count.
_SAME_NAME = 0.8


@dataclass(slots=True)
class Ukraine:
    """The codifier set against the settlements of GeoNames.

    Attributes
    ----------
    units
        All units by code.
    exact
        The place of each settlement that GeoNames has, by code.
    centres
        For each hromada the middle as (lon, lat, radius_km) of the circle that its other settlements lie in.
    """

    units: dict[str, Unit]
    exact: dict[str, Place] = field(default_factory=dict)
    centres: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def settlements(self) -> Iterable[Unit]:
        """Give the settlements in the order of the codifier."""
        return (unit for unit in self.units.values() if is_settlement(unit))

    def named(self) -> Iterable[tuple[Place, str]]:
        """Give the settlements that GeoNames has with their Ukrainian names, less those that it knows by another name."""
        for code, place in self.exact.items():
            name = self.units[code].name
            if likeness(fold(in_latin(name)), fold(place.name)) >= _SAME_NAME:
                yield place, name


def match(raw: RawFiles, base: Layer, renamed: Mapping[str, Sequence[tuple[str, int]]], raions: Mapping[str, str]) -> Ukraine:
    """Find the codifier's settlements among those of GeoNames.

    By name, oblast and raion first; where several settlements of a raion share the name, the one nearest to the middle
    of its hromada.

    Parameters
    ----------
    base
        The settlements of GeoNames.
    renamed
        Further names by folded key, as `mapper.gazetteer.curated.read_renamed` gives them.
    raions
        The raion of the settlements of GeoNames, by id, as far as known.
    """
    found = Ukraine({unit.code: unit for unit in read_codifier(raw.codifier)})
    candidates = {unit.code: _candidates(unit, base, renamed, raions) for unit in found.settlements()}
    wanted: dict[str, int] = defaultdict(int)
    for places in candidates.values():
        for place in places:
            wanted[place.id] += 1
    for code, places in candidates.items():
        if len(places) == 1 and wanted[places[0].id] == 1:
            found.exact[code] = places[0]
    _place_hromadas(found)
    _leave_out_far(found)
    _match_by_distance(found, candidates)
    _place_hromadas(found)
    return found


def _candidates(unit: Unit, base: Layer, renamed: Mapping[str, Sequence[tuple[str, int]]], raions: Mapping[str, str]) -> list[Place]:
    raion = f"admin2:{UKRAINIAN_CODE}{unit.raion[2:6]}" if unit.raion else ""
    best: dict[str, tuple[int, Place]] = {}
    for key in (fold(unit.name), *(fold(latin) for latin in romanise(unit.name)[:1])):
        named = base.named(key) + [(place, 1) for place_id, _ in renamed.get(key, ()) if (place := base.identified(place_id))]
        for place, rank in named:
            if place.kind != "settlement" or place.admin1 != unit.admin1:
                continue
            known = raions.get(place.id, "")
            if known and raion and known != raion:
                continue
            best[place.id] = min(best.get(place.id, (9, place)), (rank, place), key=lambda pair: pair[0])
    own = [place for rank, place in best.values() if rank < 2]
    return own or [place for _, place in best.values()]


def _place_hromadas(found: Ukraine) -> None:
    members: dict[str, list[Unit]] = defaultdict(list)
    raions: dict[str, list[Place]] = defaultdict(list)
    for unit in found.settlements():
        members[unit.hromada].append(unit)
        if place := found.exact.get(unit.code):
            raions[unit.raion].append(place)
    for hromada, units in members.items():
        spread = min(_MOST_KM, max(_LEAST_KM, _KM * len(units) ** _POWER))
        known = [place for unit in units if (place := found.exact.get(unit.code))]
        if seat := found.exact.get(units[0].code):
            found.centres[hromada] = (seat.lon, seat.lat, spread)
        elif known:
            found.centres[hromada] = (*_middle(known), spread + _NO_SEAT_KM)
        elif raion := raions[units[0].raion]:
            found.centres[hromada] = (*_middle(raion), _RAION_KM)


def _middle(places: Sequence[Place]) -> tuple[float, float]:
    return sum(place.lon for place in places) / len(places), sum(place.lat for place in places) / len(places)


def _from_centre(found: Ukraine, unit: Unit, place: Place) -> float:
    lon, lat, _ = found.centres[unit.hromada]
    return math.hypot((place.lon - lon) * math.cos(math.radians(lat)), place.lat - lat) * 111.2


def _leave_out_far(found: Ukraine) -> None:
    """Drop matches that lie too far from the rest of their hromada to be in it."""
    for code in list(found.exact):
        unit = found.units[code]
        if unit.hromada in found.centres and _from_centre(found, unit, found.exact[code]) > _FARTHEST_KM:
            del found.exact[code]


def _match_by_distance(found: Ukraine, candidates: Mapping[str, Sequence[Place]]) -> None:
    taken = {place.id for place in found.exact.values()}
    pairs = []
    for code, places in candidates.items():
        unit = found.units[code]
        if code not in found.exact and unit.hromada in found.centres:
            pairs += [(_from_centre(found, unit, place), code, place) for place in places if place.id not in taken]
    near: dict[str, list[float]] = defaultdict(list)
    for km, code, place in pairs:
        near[code].append(km)
        near[place.id].append(km)
    for km, code, place in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[2].id)):
        # Nearer than any other candidate of the settlement, and than any other settlement of the candidate.
        others = [other for key in (code, place.id) for other in near[key] if other != km]
        clear = km <= _FARTHEST_KM and all(km * _CLEARLY <= other or other - km > _FARTHEST_KM for other in others)
        if clear and code not in found.exact and place.id not in taken:
            found.exact[code] = place
            taken.add(place.id)


def write_villages(found: Ukraine, names_of_admin1: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the settlements that GeoNames lacks."""
    places: list[Place] = []
    names = NameTable()
    for unit in found.settlements():
        if unit.code in found.exact or unit.hromada not in found.centres:
            continue
        lon, lat, radius = found.centres[unit.hromada]
        raion = f"admin2:{UKRAINIAN_CODE}{unit.raion[2:6]}" if unit.raion else ""
        place = Place(
            id=f"katottg:{unit.code[2:]}",
            name=in_latin(unit.name),
            kind="settlement",
            country="UA",
            admin1=unit.admin1,
            admin1_name=names_of_admin1.get(unit.admin1, ""),
            lon=round(lon, 3),
            lat=round(lat, 3),
            population=0,
            radius_km=round(radius),
            precision="near",
            admin2=raion,
        )
        places.append(place)
        common = _is_common(unit.name)
        names.add(place.id, unit.name, 2 if common else 0)
        for number, spelling in enumerate(spellings(unit.name)):
            names.add(place.id, spelling, 2 if common or _is_common(spelling) else min(number, 1))
    table, keys = tables(places, names)
    return [write(table, folder / "ukraine_places.parquet"), write(keys, folder / "ukraine_names.parquet")]


def _is_common(name: str) -> bool:
    """Tell whether a name is as likely a word or a person in a running text: "Мир", "Надія", "Slava"."""
    key = fold(name)
    words, endings = _common_words()
    return " " not in key and (len(key) <= _SHORT or key in words or key.endswith(endings))


@cache
def _common_words() -> tuple[frozenset[str], tuple[str, ...]]:
    table = tomllib.loads((files("mapper.gazetteer.build") / "common_words.toml").read_text(encoding="utf-8"))
    words = {fold(form) for word in table["words"] for form in (word, *spellings(word))}
    return frozenset(words), tuple(table["endings"])
