"""What a table says of the places of its positions, beside what the gazetteer knows: official names, and contradictions.

A position that contradicts the words beside it is drawn nowhere, for nobody knows which of the two is wrong.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapper.crs import distance_km, great_circle_km
from mapper.gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.gazetteer.place import Named, Place

__all__ = ["Compared", "Contradiction", "Given"]

#: Begins the reason why such an incident is not on the map; the page says it in its language.
_CONTRADICTION = "the position contradicts the words beside it"

#: A position this near to a settlement of the name given is in it, however small it is.
_SAME_KM = 5.0
#: Places of one name that are all farther than this are not meant by the position.
_ELSEWHERE_KM = 100.0
#: Borders are no sharper than this, nor are the positions of what happens on them.
_BORDER_KM = 10.0
#: A gazetteer lacks hamlets of any name. A town of so many people that has its name alone is meant by it all the same.
_TOWN = 10_000


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why a position cannot be that of its row, and the place that the row names, if it is one."""

    reason: str
    named: Place | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The official name of the settlement that each position is in, None where there is none, and contradictions by row."""

    names: NDArray[np.object_]
    contradictions: dict[int, Contradiction]


@dataclass(frozen=True, slots=True)
class Given:
    """Positions of a table, one a row, with the words beside them.

    Parameters
    ----------
    there
        Which rows have a position.
    spots
        Which of these are places, not the middle of an area.
    text, stated
        What each says of its place, and the ISO 3166-1 code that it states; null where it says nothing.
    lon, lat
        Degrees.
    country, admin1
        Codes of the recognised borders that each lies in, None at sea.
    """

    there: NDArray[np.bool_]
    spots: NDArray[np.bool_]
    text: pa.Array
    stated: pa.Array
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    country: NDArray[np.object_]
    admin1: NDArray[np.object_]

    def compare(self, gazetteer: Gazetteer, boundaries: Boundaries) -> Compared:
        """Compare each position with its words; each different name is looked up once."""
        found = Compared(np.full(len(self.lon), None, dtype=object), {})
        stated = self.stated.to_numpy(zero_copy_only=False)
        for text, rows in self._by_text():
            matches, whole = _matches(text, gazetteer)
            if not matches:
                continue
            there = [(match.place.lon, match.place.lat) for match in matches]
            away = distance_km(self.lon[rows][:, None], self.lat[rows][:, None], *zip(*there, strict=True))
            if whole:
                for row, name in _official(matches, rows, away):
                    found.names[row] = name
            for row in self._elsewhere(matches, rows, away):
                if town := _town(matches, stated[row]):
                    km = great_circle_km(self.lon[row], self.lat[row], town.lon, town.lat)
                    reason = f"{_CONTRADICTION}: it is {km:.0f} km from {town.name}, {town.country}"
                    found.contradictions[row] = Contradiction(reason, town)
        for row, lies in self._abroad(stated, boundaries):
            reason = f"it lies in {lies}, not in {stated[row]}"
            known = found.contradictions.get(row)
            found.contradictions[row] = (
                replace(known, reason=f"{known.reason}; {reason}") if known else Contradiction(f"{_CONTRADICTION}: {reason}")
            )
        return found

    def _by_text(self) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Give each text with the spots that have it."""
        encoded = self.text.dictionary_encode()
        codes = np.where(self.spots, encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), -1)
        order = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[order], np.arange(len(encoded.dictionary) + 1))
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            rows = order[starts[number] : starts[number + 1]]
            if len(rows):
                yield text, rows

    def _elsewhere(self, matches: Sequence[Named], rows: NDArray[np.int64], away: NDArray[np.float64]) -> list[int]:
        """Give the rows that are far from all places of their name."""
        beyond = away - [match.place.radius_km for match in matches]
        areas = np.array([match.place.admin1 if match.place.kind == "admin1" else "-" for match in matches])
        inside = areas == self.admin1[rows][:, None]
        found: list[int] = rows[((beyond > _ELSEWHERE_KM) & ~inside).all(axis=1)].tolist()
        return found

    def _abroad(self, stated: NDArray[np.object_], boundaries: Boundaries) -> Iterator[tuple[int, str]]:
        """Give the rows whose position lies in another country than they state, and in which."""
        # Null is none, and nothing at sea is abroad.
        other = self.there & (stated != self.country) & (stated != None) & (self.country != None)  # noqa: E711 - by element
        for code in sorted(set(stated[other])):
            allowed = _counted_with(code)
            own = np.isin(self.admin1.astype(str), allowed) | np.isin(self.country.astype(str), allowed)
            rows = np.flatnonzero(other & (stated == code) & ~own)
            if f"country:{code}" not in boundaries or not len(rows):
                continue
            points = shapely.points(self.lon[rows], self.lat[rows])
            ends = shapely.get_coordinates(shapely.shortest_line(points, boundaries.area(f"country:{code}"))).reshape(-1, 4)
            for row in rows[distance_km(*ends.T) > _BORDER_KM].tolist():
                yield row, str(self.country[row])

    def contradicted(self, row: int, contradiction: Contradiction) -> dict[str, Any]:
        """Give the place of such a row (`incidents.PLACE`): located nowhere, with the place named and the position to choose from."""
        text, stated = self.text[row].as_py(), self.stated[row].as_py()
        lon, lat = float(self.lon[row]), float(self.lat[row])
        position = {"name": f"{lon:.10g}, {lat:.10g}", "country": self.country[row], "lon": lon, "lat": lat}
        named = [contradiction.named] if contradiction.named else []
        listed = [{name: getattr(p, name) for name in ("name", "country", "admin1", "lon", "lat")} | {"place_id": p.id} for p in named]
        listed.append(position)
        return {"text": text, "name": text, "role": "at", "country": stated, "reason": contradiction.reason, "candidates": listed}


def _matches(text: str, gazetteer: Gazetteer) -> tuple[Sequence[Named], bool]:
    """Give the places of a text, or of what stands before its comma; and whether they are those of the whole."""
    for name in dict.fromkeys((text, text.partition(",")[0].strip())):
        if gazetteer.knows(fold(name)):
            return gazetteer.matches(name), name == text
    return (), False


def _official(matches: Sequence[Named], rows: NDArray[np.int64], away: NDArray[np.float64]) -> Iterator[tuple[int, str]]:
    """Give the name of the settlement that each row is in: that whose own name it is before others, then the largest."""
    order = sorted(range(len(matches)), key=lambda at: (matches[at].rank, -matches[at].place.population, matches[at].place.id))
    order = [at for at in order if matches[at].place.kind == "settlement"]
    reach = np.array([max(matches[at].place.radius_km, _SAME_KM) for at in order])
    near = away[:, order] <= reach
    for at in np.flatnonzero(near.any(axis=1)).tolist():
        yield int(rows[at]), matches[order[int(near[at].argmax())]].place.name


def _town(matches: Sequence[Named], stated: str | None) -> Place | None:
    """Give the one town that a name must mean, in the country stated if there is one."""
    own = [match.place for match in matches if match.place.kind == "settlement" and match.rank < 2 and match.via == "name"]
    own = [place for place in own if stated in (None, place.country)]
    return own[0] if len(own) == 1 and own[0].population >= _TOWN else None


@cache
def _counted_with(code: str) -> list[str]:
    """Give the areas and countries that a table may count with a country though they are not of it, or not quite."""
    document = tomllib.loads((files("mapper.gazetteer") / "recognised_borders.toml").read_text(encoding="utf-8"))
    return [area for entry in document["counted"] if entry["with"] == code for area in entry["areas"]]
