"""A map taken apart into files that make it again, to the byte: its tables, its definition, the record of its making.

The record says what the tables alone cannot: what became of every report that was read, which rows were rejected and why,
and which versions the map was made with. It stands in the map's archive and, once unpacked, in a file of JSON. Files are
named in it as seen from the folder of the map, or numbered where a sensitivity rule hides anything.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from mapper import geodata, store
from mapper.errors import DefinitionError, InputError, Rejected
from mapper.page import archive, definition
from mapper.page.changes import Changes
from mapper.pipeline.gathering import Gathered, ordered
from mapper.sources.formats import PAGES
from mapper.store.cache import digest
from mapper.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapper.page.definition import MapDefinition
    from mapper.tables import Tables

__all__ = ["FORMATS", "about", "recorded", "unpack"]

#: Formats that a map is unpacked to, and the endings of their files.
FORMATS = {"geojson": ".geojson", "csv": ".csv", "parquet": ".parquet", "gpkg": ".gpkg"}

_KEPT = ("ledger", "rejected", "versions", "changes")


def about(gathered: Gathered, defined: MapDefinition) -> dict[str, Any]:
    """Say what a map is made by and of, beside its tables: for its archive."""
    folder = defined.output.parent
    drawn = {name: _data(name) for name in ("boundaries", "basemap")} | {"taxonomy": defined.taxonomy.digest()}
    return {
        "definition": defined.dumps(),
        "ledger": json.loads(gathered.ledger_from(folder).dumps()),
        "rejected": [asdict(row) for row in gathered.told_from(folder)],
        "versions": {"read": dict(gathered.versions) or _reading(), "drawn": {"mapper": version("mapper"), **drawn}},
        **({"changes": gathered.changes.record()} if gathered.changes else {}),
    }


def recorded(defined: MapDefinition) -> Gathered:
    """Give what a map was made of as it was then, by the record that its definition names: nothing is read or merged anew.

    Raises
    ------
    DefinitionError
        If the table is not the one that the record was made with.
    InputError
        If one of them cannot be read.
    """
    if defined.record is None:
        raise DefinitionError(defined.path, "record", "is missing")
    if defined.record.suffix.lower() in PAGES:
        unpacked = archive.read(defined.record)
        tables, record = unpacked.tables, unpacked.about
    else:
        tables, record = ordered(store.read(defined.inputs[0])), _read(defined.record)
    folder = defined.output.parent

    def there(file: str) -> str:
        return file if file == "-" else str(folder / file)

    try:
        ledger = Ledger.loads(json.dumps(record["ledger"]))
        rejected = tuple(Rejected(**row) for row in record["rejected"])
        known = Changes(**record["changes"]) if "changes" in record else None
        versions = {str(key): str(value) for key, value in record["versions"]["read"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"is no record of a map ({type(error).__name__}: {error})"
        raise InputError(defined.record, problem, "unpack the map again, or read the table without a record") from None
    _compare(defined, ledger, tables)
    return Gathered(
        tables=tables,
        ledger=Ledger(
            {there(file): counts for file, counts in ledger.files.items()},
            tuple(replace(entry, file=there(entry.file)) for entry in ledger.entries),
            tuple(replace(verdict, file=there(verdict.file)) for verdict in ledger.overrides),
        ),
        merges=(),
        rejected=tuple(replace(row, path=there(row.path)) for row in rejected),
        versions=versions,
        changes=known,
    )


def unpack(page: Path, folder: Path, form: str) -> tuple[Path, ...]:
    """Write the files that `mapper build --maps FOLDER` makes the map of again.

    Parameters
    ----------
    form
        One of `FORMATS`.

    Returns
    -------
    The files written, the definition last.

    Raises
    ------
    InputError
        If the file is no map of ours, or its archive cannot be read.
    DefinitionError
        If a definition stands there that was not unpacked.
    """
    unpacked = archive.read(page)
    name = folder / page.with_suffix("").name
    record, settings = name.with_name(f"{name.name}.record.json"), name.with_name(f"{name.name}.toml")
    if settings.exists() and definition.read(settings).record is None:
        raise DefinitionError(settings, "file", "is there already and was not unpacked from a map; choose another folder")
    document = _settings(page, unpacked.about)
    data = name.with_name(name.name + FORMATS[form])
    defined = definition.of({"inputs": [data.name], "record": record.name} | document, settings)
    written = store.write(unpacked.tables, data, defined.taxonomy)
    kept = {key: unpacked.about[key] for key in _KEPT if key in unpacked.about}
    said = defined.dumps({"inputs": [data.name], "record": record.name})
    store.write_together({record: json.dumps(kept, ensure_ascii=False, indent=1) + "\n", settings: said})
    return (*written, record, settings)


def _settings(page: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    if "definition" not in said:
        raise InputError(page, "was made by a program of its own, without a definition", "name a file, such as -o data.geojson")
    try:
        return tomllib.loads(said["definition"])
    except (TypeError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise InputError(page, f"its definition is damaged ({error})", "get the file again from where it came") from None


def of_map(page: Path, output: Path | None = None) -> MapDefinition:
    """Give the definition that a map was made by, with the map itself as what it is made of.

    Raises
    ------
    InputError
        If the file is no map of ours, or its archive cannot be read.
    """
    document = _settings(page, archive.read(page).about)
    found = definition.of(document, page)
    return replace(found, inputs=(page,), record=page, output=output or page)


def _compare(defined: MapDefinition, ledger: Ledger, tables: Tables) -> None:
    """Hold the record against the table: incidents that were added or taken away are in none of its sums."""
    incidents = tables.incidents
    away = int((incidents.geometry.isna() | incidents.geometry.is_empty).sum())
    now, then = (len(incidents) - away, away), (ledger.totals["mapped"], ledger.totals["unplaced"])
    if now != then:
        counts = f"{then[0]} incidents on the map and {then[1]} not, the table has {now[0]} and {now[1]}"
        raise DefinitionError(defined.path, "record", f"knows of {counts}; take out this setting to read the table as any other")


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(path, "there is no such file", "keep it with the table, or read the table without a record") from None
    except (OSError, ValueError) as error:
        raise InputError(path, f"is no record of a map ({error})", "unpack the map again") from None
    return document if isinstance(document, dict) else {}


def _reading() -> dict[str, str]:
    from mapper.gazetteer import added

    own = [entry.sha256 for entry in added.listed()]
    return {"mapper": version("mapper"), "gazetteer": digest(_data("gazetteer"), *own) if own else _data("gazetteer")}


def _data(folder: str) -> str:
    """Hash the data files of a folder by their checksums."""
    return digest(*(f"{source.path} {source.sha256}" for source in geodata.sources() if source.path.startswith(f"{folder}/")))
