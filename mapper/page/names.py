"""What the places of a map are called in the page's languages, once each: incidents have their names in one only.

A table of texts, in the order of its keys. A key is a name with the area and the country that stand beside it, `KEY`
between them, as the blocks of text have them. Beside the places of the incidents there are the candidates that are shown,
with the code of their area, and the areas and countries that these lie in, by name and by code. A language in which a
name is the same is blank. `mapper/frontend/names.ts` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.gazetteer.local_names import LocalNames
from mapper.incidents import whole
from mapper.page.container import Container
from mapper.page.doubt import doubtful
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["KEY", "Names", "names_of"]

#: Between the parts of a key: name, area, country.
KEY = "\x1f"

_BY = ("name", "admin1_name", "admin1", "country", "place_id")
#: Positions of one name farther apart than this, in degrees, are not of one place.
_ONE_SPOT = 0.2


@dataclass(frozen=True, slots=True)
class Names:
    """Names by language of each key."""

    by_key: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def say(self, lang: str, name: str | None, area: str | None = "", country: str | None = "") -> str:
        """Give a name in a language, or as it stands where it is not known in it."""
        return self.by_key.get(_key(name, area, country), {}).get(lang) or name or ""

    def all(self) -> Iterator[str]:
        """Give every name there is."""
        return (name for names in self.by_key.values() for name in names.values())

    def text(self) -> str:
        """Pack it; nothing if there is nothing in it."""
        rows = [(key, names) for key, names in self.by_key.items() if any(name != key.split(KEY)[0] for name in names.values())]
        # As a browser compares texts, for it looks by halving.
        rows.sort(key=lambda row: row[0].encode("utf-16-be"))
        if not rows:
            return ""
        container = Container({"rows": len(rows)})
        _add(container, "key", [key for key, _ in rows])
        for lang in LANGUAGES:
            _add(container, lang, ["" if (name := names.get(lang, "")) == key.split(KEY)[0] else name for key, names in rows])
        return container.text()


def names_of(incidents: pa.Table) -> Names:
    """Find the names of all places of the table of incidents; places that one key cannot tell apart have only those that they share."""
    local = LocalNames.load()
    found: dict[str, Mapping[str, str]] = {}
    countries = set(pc.unique(incidents["country"]).to_pylist())
    areas: set[tuple[str, str | None, str | None]] = set()
    for row in _places(incidents):
        west, east, south, north = (row[name] for name in ("lon_min", "lon_max", "lat_min", "lat_max"))
        one_spot = west is not None and south is not None and max(east - west, north - south) <= _ONE_SPOT
        names = local.of(row["place_id"], row["name"], row["country"], (west, south) if one_spot else None)
        key = _key(row["name"], row["admin1_name"], row["country"])
        found[key] = _shared(found[key], names) if key in found else names
        countries.add(row["country"])
        if row["admin1"]:
            areas.add((row["admin1"], row["admin1_name"], row["country"]))
    for row in _candidates(incidents):
        found[_key(row["name"], row["admin1"], row["country"])] = local.of(row["place_id"])
        countries.add(row["country"])
        if row["admin1"]:
            areas.add((row["admin1"], None, row["country"]))
    for code, name, country in areas:
        names = local.of_area(code)
        found[_key(code)] = names
        for called in filter(None, (name, names.get("en"))):
            found[_key(called, "", country)] = names
    for actor in pc.unique(incidents["actor"]).to_pylist():
        countries.update(filter(None, map(local.country, (actor or "").split("; "))))
    for code in filter(None, countries):
        names = local.of_area(code)
        found[_key(code)] = names
        if names:
            found[_key(names["en"])] = names
    return Names({key: names for key, names in found.items() if names})


def _places(incidents: pa.Table) -> Iterator[Mapping[str, Any]]:
    flat = _flat(incidents)
    edges = [(axis, end) for axis in ("lon", "lat") for end in ("min", "max")]
    distinct = flat.select([*_BY, "lon", "lat"]).group_by([*_BY]).aggregate(edges)
    yield from distinct.filter(pc.is_valid(distinct["name"])).to_pylist()


def _candidates(incidents: pa.Table) -> Iterator[Mapping[str, Any]]:
    """Give the candidates that are shown, each once."""
    flat = _flat(incidents)
    candidates = pa.Table.from_struct_array(pc.list_flatten(whole(flat["candidates"])))
    shown = candidates.select(["name", "admin1", "country", "place_id"]).filter(pa.array(doubtful(flat)))
    yield from shown.group_by(shown.column_names).aggregate([]).sort_by([(name, "ascending") for name in shown.column_names]).to_pylist()


def _flat(incidents: pa.Table) -> pa.Table:
    return pa.Table.from_struct_array(pc.list_flatten(whole(incidents["places"])))


def _shared(names: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    return {lang: name for lang, name in names.items() if others.get(lang) == name}


def _key(name: str | None, area: str | None = "", country: str | None = "") -> str:
    return KEY.join((name or "", area or "", country or ""))


def _add(container: Container, name: str, texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]
    if any(encoded):
        container.add_text(name, np.array([len(text) for text in encoded]), b"".join(encoded))
