"""The gazetteer: places of the world by name and by id, out of several layers.

The first layer has every settlement of 500 people and more, admin-1 area and country. Beside it lie Ukraine's smaller
settlements, raions and districts, airfields, our own table of places that the others miss, and what the user added. A
name is looked up in all of them; where two know the same place, the better one answers.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

import pyarrow as pa

from mapper.crs import great_circle_km
from mapper.gazetteer import added, curated
from mapper.gazetteer.layer import Layer, Strings, read_table, texts
from mapper.gazetteer.names import fold, nominatives, respellings, romanise
from mapper.gazetteer.place import Named, Place, apart_km
from mapper.gazetteer.presence import Presence
from mapper.gazetteer.spellings import across, russian_keys
from mapper.geodata import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Gazetteer", "Named", "Place"]

# Where a Cyrillic name found elsewhere only ("Сум": Soum in Burkina Faso) is more likely an inflected one of ours.
_AT_WAR = frozenset({"UA", "RU"})
_CYRILLIC_COUNTRIES = frozenset({"UA", "RU", "BY", "KZ", "KG", "BG", "RS", "MK", "MN"})
#: How a Ukrainian or Russian name that is an adjective ends in a case: "у Дробишевому".
_ADJECTIVAL = re.compile("(?:ому|ого|им|ой|ою)$")
_LOCATIVE = re.compile("[сц]ке$", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
#: Which origin is believed where two layers have a settlement of one name at one spot, best first.
_TRUST = {"own": 0, "": 1, "curated": 2, "airfields": 3, "added": 4, "codifier": 5}
_SAME_SPOT_KM = 10.0
_NEAREST_KM = 50.0
_HAMLET, _VILLAGE, _TOWN, _CITY = 1_000, 5_000, 20_000, 100_000
_OF_A_HROMADA = 1.5
#: A place without a raion of its own is in one as far as its circle reaches, and somewhat more: raions are no circles.
_OF_A_RAION = 1.2
#: Layers beside the first: their files are `<name>_places.parquet` and `<name>_names.parquet`.
LAYERS = {"ukraine": "codifier", "districts": "districts", "airfields": "airfields"}


class Gazetteer:
    """Places by name and by id; open it with `Gazetteer.load`.

    Parameters
    ----------
    layers
        The first one holds the countries and admin-1 areas; the order of the others does not matter.
    aliases
        Further names of places: a folded key, and the ids and ranks of the places it stands for.
    parts
        The admin-1 codes that each region without a border of its own is made of, by its id.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        aliases: Mapping[str, Sequence[tuple[str, int]]] | None = None,
        parts: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._layers = tuple(layers)
        self._aliases = aliases or {}
        self._alias_starts = frozenset(key[:end] for key in self._aliases for end in range(len(key)) if key[end] == " ")
        self._presence = Presence(self._key_columns)
        self._parts = parts or {}
        self._found: dict[str, tuple[Named, ...]] = {}
        self._known: dict[str, tuple[bool, bool]] = {}
        self._parents, self.capitals = self._relations()

    @classmethod
    def load(cls, directory: Path | None = None) -> Gazetteer:
        """Open the gazetteer of a folder, by default that of `mapper.geodata` with what the user added to it.

        Raises
        ------
        GeodataError
            If a file is missing, damaged or of another version.
        """
        folder = directory or data_dir() / "gazetteer"
        first = Layer.read(folder / "places.parquet", folder / "names.parquet", needed=("parent", "seat"))
        members = read_table(folder / "members.parquet", ("place", "admin2"))
        first.admin2 = dict(zip(*(members[name].cast(pa.string()).to_pylist() for name in ("place", "admin2")), strict=True))
        first.populations = curated.read_populations(folder / "populations.csv")
        layers = [first]
        for name, origin in LAYERS.items():
            layers.append(Layer.read(folder / f"{name}_places.parquet", folder / f"{name}_names.parquet", origin=origin))
        own_table = curated.read(folder / "places.csv", first)
        layers.append(own_table.layer)
        if directory is None:
            layers += added.layers()
        return cls(layers, aliases=curated.read_renamed(folder / "renamed.csv"), parts=own_table.parts)

    @classmethod
    @cache
    def default(cls) -> Gazetteer:
        """Open the project's own gazetteer, once a process."""
        return cls.load()

    def __len__(self) -> int:
        return sum(len(layer) for layer in self._layers)

    def places(self) -> Iterator[Place]:
        """Give every place, layer by layer in the order of their ids."""
        return (place for layer in self._layers for place in layer.places())

    def counts(self) -> dict[str, int]:
        """Count the places by kind; settlements known to a hromada only stand apart."""
        found: Counter[str] = Counter()
        for layer in self._layers:
            found += layer.counts()
        return dict(sorted(found.items()))

    def place(self, place_id: str) -> Place | None:
        """Give the place of an id (``gn:692194``, ``admin1:UA-59``, ``country:UA``), or None."""
        for layer in self._layers:
            if place := layer.identified(place_id):
                return place
        return None

    def parts(self, region: Place) -> tuple[Place, ...]:
        """Give the admin-1 areas that a region such as Donbas is made of; none for any other place."""
        return tuple(area for code in sorted(self._parts.get(region.id, ())) if (area := self.coded(code)))

    def named(self, name: str) -> tuple[Place, ...]:
        """Give every place of a name, whatever its alphabet, the most populous first; none for an unknown one."""
        return tuple(found.place for found in self.matches(name))

    def matches(self, name: str) -> tuple[Named, ...]:
        """Give the places of a name with how each was found.

        The name as it stands first; if that is unknown, without a Ukrainian or Russian case ending, in Latin letters, or
        in another romanisation. A settlement known by its hromada only does not count as known: a guess that leads to a
        better known place is given beside it.
        """
        key = fold(name)
        found = self._found.get(name)
        if found is None:
            found = self._by_key(key, "name")
            settled = [match for match in found if match.place.country in _CYRILLIC_COUNTRIES and not match.place.is_approximate]
            # "Брянську" is the city and, before "область", its region.
            # "Покровске" is Pokrovske, and in Russian a case of Pokrovsk.
            if all(match.place.kind == "admin1" for match in settled) or _LOCATIVE.search(name):
                for variant in self._presence.likely(nominatives(name)):
                    found += self._by_key(variant, "inflected")
            elif (size := max(match.place.population for match in settled)) < _VILLAGE:
                # "в Россоши": a hamlet by that name, and a case of the name of a town; "Винницы": a village, and a case of a city's name
                least = _TOWN if size < _HAMLET else _CITY
                towns = (match for variant in self._presence.likely(nominatives(name)) for match in self._by_key(variant, "inflected"))
                found += tuple(match for match in towns if match.place.country in _CYRILLIC_COUNTRIES and match.place.population >= least)
            for spelling in romanise(name) if not found else ():
                found += self._by_key(fold(spelling), "romanised")
            if not found and _ADJECTIVAL.search(name):
                # "у Дробишевому": a name that the gazetteer has in Latin letters only, in a case
                spellings = (fold(spelling) for variant in nominatives(name) for spelling in romanise(variant))
                found += tuple(m for key in spellings for m in self._by_key(key, "romanised") if m.place.country in _CYRILLIC_COUNTRIES)
            if all(match.place.country not in _CYRILLIC_COUNTRIES for match in found):
                # "Вильча" is an area of Romania, and in Russian a village near Vovchansk
                found += self._across(name)
            if all(match.place.is_approximate for match in found):
                further = [match for spelling in self._presence.likely(respellings(name)) for match in self._by_key(spelling, "respelt")]
                russian = (match for spelling in russian_keys(name) for match in self._by_key(spelling, "respelt"))
                further += [match for match in russian if match.place.country in _CYRILLIC_COUNTRIES]
                found += tuple(match for match in further if not found or not match.place.is_approximate)
            elif all(match.place.country not in _CYRILLIC_COUNTRIES and match.place.population < _TOWN for match in found):
                # "Borowa": a village in Poland, and how German writes a town in Ukraine
                by_ear = (match for spelling in self._presence.likely(respellings(name)) for match in self._by_key(spelling, "respelt"))
                found += tuple(match for match in by_ear if match.place.country in _AT_WAR and not match.rank)
            unique = {match.place.id: match for match in reversed(found)}
            found = tuple(sorted(_best_known(list(unique.values())), key=lambda match: (-match.place.population, match.place.id)))
            self._found[name] = found
        return found

    def spelt(self, name: str) -> tuple[Named, ...]:
        """Give the places of a name in the nominative, as it stands or else in Latin letters or the other language's spelling."""
        found = self._by_key(fold(name), "name")
        for spelling in romanise(name) if not found else ():
            found += self._by_key(fold(spelling), "romanised")
        return found or self._across(name, inflected=False)

    def knows(self, key: str) -> bool:
        """Tell whether a folded key is a name."""
        return self._presence.may_be_name(key) and (key in self._aliases or any(layer.knows(key) for layer in self._layers_of(key)))

    def starts(self, key: str) -> bool:
        """Tell whether some longer name begins with the words of a folded key."""
        return self._presence.may_begin(key) and (key in self._alias_starts or any(layer.starts(key) for layer in self._layers))

    def known(self, key: str) -> tuple[bool, bool]:
        """Tell whether a folded key is a name, and whether some longer one begins with its words; both are kept."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.knows(key), self.starts(key)
        return found

    def keys_of_country(self, country: str) -> list[str]:
        """List the folded keys of a country's places, aliases left out; one that several layers have comes as often."""
        return [key for layer in self._layers for key in layer.keys_of_country(country)]

    def contains(self, container: Place, place: Place) -> bool:
        """Tell whether a place lies in a country, region, admin-1 or admin-2 area, or in a part of it."""
        if container.id == place.id:
            return False
        if container.kind == "region":
            return place.admin1 in self._parts.get(container.id, ()) and place.kind != "region"
        if container.country != place.country:
            return False
        if container.kind == "country":
            return True
        if container.kind == "admin2":
            if place.kind not in {"settlement", "site"}:
                return False
            if place.admin2 and container.origin != "curated":  # a former raion has no list of its places
                return place.admin2 == container.id
            return place.admin1 == container.admin1 and apart_km(container, place) <= container.radius_km * _OF_A_RAION
        if container.kind != "admin1" or not place.admin1:
            return False
        return container.admin1 in (place.admin1, self._parents.get(place.admin1))

    @cached_property
    def capitals_of(self) -> dict[str, list[Place]]:
        """The capitals of each country and of its admin-1 areas, by the country's code."""
        listed: dict[str, list[Place]] = {}
        for place in filter(None, map(self.place, sorted(self.capitals))):
            listed.setdefault(place.country, []).append(place)
        return listed

    def coded(self, code: str) -> Place | None:
        """Give the area or country of an ISO code (``UA``, ``UA-59``), or None."""
        code = code.strip().upper()
        if not _CODE.fullmatch(code):
            return None
        return self.place(f"admin1:{code}" if "-" in code else f"country:{code}")

    def nearest_settlement(self, lon: float, lat: float) -> Place | None:
        """Give the settlement that a position lies in, the most populous of several; else the one whose middle is nearest.

        Those farther than 50 km, and those known to a hromada only, do not count. A quarter of a town is a settlement of
        its own, which is why it is not always the nearest.
        """
        found = [layer.place(row) for layer in self._layers for row in layer.settlements_around(lon, lat, _NEAREST_KM)]
        away = {place.id: great_circle_km(lon, lat, place.lon, place.lat) for place in found}
        around = [place for place in found if away[place.id] <= place.radius_km]
        if around:
            return min(around, key=lambda place: (-place.population, place.id))
        near = [place for place in found if away[place.id] <= _NEAREST_KM]
        return min(near, key=lambda place: (away[place.id], place.id), default=None)

    def _by_key(self, key: str, via: str) -> tuple[Named, ...]:
        if not key or not self._presence.may_be_name(key):
            return ()
        found = [Named(place, rank, via) for layer in self._layers_of(key) for place, rank in layer.named(key)]
        found += [Named(place, rank, via) for place_id, rank in self._aliases.get(key, ()) if (place := self.place(place_id))]
        best: dict[str, Named] = {}
        for match in found:
            # A place that two layers have under one id is that of the first; its names are those of both.
            known = best.get(match.place.id)
            if known is None or match.rank < known.rank:
                first = known.place if known else self.place(match.place.id) or match.place
                best[match.place.id] = Named(first, match.rank, via)
        return tuple(best.values())

    def _across(self, name: str, *, inflected: bool = True) -> tuple[Named, ...]:
        keys = across(name, inflected=inflected)
        likely = set(self._presence.likely([key for key, _ in keys]))
        found = ((match, country) for key, country in keys if key in likely for match in self._by_key(key, "respelt"))
        return tuple(match for match, country in found if match.place.country == country)

    def _key_columns(self) -> Iterator[Strings]:
        yield from (layer.key_column for layer in self._layers)
        yield Strings(texts(list(self._aliases)))

    def _layers_of(self, key: str) -> Iterable[Layer]:
        """Give the layers that may have a key, in their order: the large ones, and those of the small ones that have it."""
        large, small = self._by_size
        having = small.get(key)
        return large if having is None else (layer for i, layer in enumerate(self._layers) if layer.is_large or having >> i & 1)

    @cached_property
    def _by_size(self) -> tuple[list[Layer], dict[str, int]]:
        """The large layers; and the keys of all small ones, with a bit for each layer that has it."""
        small: dict[str, int] = {}
        for i, layer in enumerate(self._layers):
            if not layer.is_large:
                small.update((key, small.get(key, 0) | 1 << i) for key in layer.keys)
        return [layer for layer in self._layers if layer.is_large], small

    def _relations(self) -> tuple[dict[str, str], frozenset[str]]:
        """Read which larger unit each area belongs to, and which settlements are capitals; areas stand first."""
        first = self._layers[0]
        areas = first.ids.position(b"country;")  # the byte after the colon: the end of the countries
        # As plain texts, for a list of words of a dictionary is slow to make.
        admin1, parent, seats = (first.columns[name].slice(0, areas).cast(pa.string()).to_pylist() for name in ("admin1", "parent", "seat"))
        parents = {code: up.removeprefix("admin1:") for code, up in zip(admin1, parent, strict=True) if up.startswith("admin1:")}
        return parents, frozenset(seat for seat in seats if seat)


def _best_known(found: list[Named]) -> list[Named]:
    """Leave out places that a better known one of the list stands for."""
    if len(found) < 2 or not any(match.place.origin for match in found):
        return found
    best = min(_trust(match.place) for match in found)
    # A place of the most trusted layer is replaced by none but where it was estimated.
    beaten = {
        match.place.id
        for match in found
        if (_trust(match.place) > best or match.place.origin == "added") and any(_stands_for(other.place, match.place) for other in found)
    }
    return [match for match in found if match.place.id not in beaten]


def _trust(place: Place) -> int:
    return _TRUST.get(place.origin, 9)


def _stands_for(better: Place, place: Place) -> bool:
    alike = better.origin == "own" or (better.kind == place.kind and place.kind in {"settlement", "site"})
    if better.id == place.id or better.country != place.country or not alike:
        return False
    if place.is_approximate and place.origin == "added":
        # A postal code that was estimated says less than the hromada of a settlement.
        return apart_km(better, place) <= place.radius_km and better.admin1 == place.admin1
    if _trust(better) >= _trust(place):
        return False
    if place.is_approximate:
        # The codifier's settlements are told from those of the first layer when they are built.
        known = better.origin == "curated" or (better.origin != "" and not better.is_approximate)
        return known and apart_km(better, place) <= place.radius_km * _OF_A_HROMADA
    return apart_km(better, place) <= max(_SAME_SPOT_KM, better.radius_km)
