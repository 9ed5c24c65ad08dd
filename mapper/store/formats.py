"""Choose the format by the ending of a file."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import InputError, SchemaError
from mapper.store.companions import companion
from mapper.store.files import finish

if TYPE_CHECKING:
    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = ["ENDINGS", "dumps", "is_stored", "read", "write"]

#: Endings of the files that can be written and read back.
ENDINGS = (".geojson", ".csv", ".parquet", ".geoparquet", ".gpkg")


def dumps(tables: Tables, form: str, taxonomy: Taxonomy) -> str:
    """Give the tables as text, for standard output: `geojson` with everything, `csv` the incidents alone.

    Raises
    ------
    InputError
        If the format is neither.
    """
    if form == "geojson":
        from mapper.store import geojson

        return geojson.dumps(tables, taxonomy)
    if form == "csv":
        from mapper.store import csvfiles

        return csvfiles.dumps(tables)
    raise InputError("-", f"incidents are not written as {form} to standard output", "supported are geojson csv")


def write(tables: Tables, path: Path | str, taxonomy: Taxonomy) -> tuple[Path, ...]:
    """Write the tables in the format of the file's ending; `read` gives the same tables back.

    Returns
    -------
    The files written: CSV and Parquet have two more beside the one named.

    Raises
    ------
    InputError
        If the ending is none of `ENDINGS`.
    MapperError
        If the file cannot be written.
    """
    path = Path(path)
    match _ending(path):
        case ".geojson":
            from mapper.store.geojson import write_geojson

            return write_geojson(tables, path, taxonomy)
        case ".csv":
            from mapper.store.csvfiles import write_csv

            return write_csv(tables, path)
        case ".gpkg":
            from mapper.store.geopackage import write_geopackage

            return write_geopackage(tables, path)
        case _:
            from mapper.store.parquet import write_parquet

            return write_parquet(tables, path)


def read(path: Path | str) -> Tables:
    """Read tables that `write` wrote.

    Raises
    ------
    InputError
        If there is no such file, it holds something else, or what it holds breaks the data model.
    """
    path = Path(path)
    ending = _ending(path)
    finish(path)
    try:
        return _read(path, ending)
    except SchemaError as error:
        _, *faults = map(str.strip, str(error).split("\n"))
        problem = f"breaks the data model: {'; '.join(faults or [str(error)])}"
        raise InputError(path, problem, "correct it there, or write the file again with mapper") from None


def _read(path: Path, ending: str) -> Tables:
    if not path.is_file():
        near = difflib.get_close_matches(path.name, [p.name for p in path.parent.iterdir()]) if path.parent.is_dir() else []
        raise InputError(path, "there is no such file", f"did you mean {near[0]}?" if near else "check the name")
    match ending:
        case ".geojson":
            from mapper.store.geojson import read_geojson

            return read_geojson(path)
        case ".csv":
            from mapper.store.csvfiles import read_csv

            return read_csv(path)
        case ".gpkg":
            from mapper.store.geopackage import read_geopackage

            return read_geopackage(path)
        case _:
            from mapper.store.parquet import read_parquet

            return read_parquet(path)


def is_stored(path: Path | str) -> bool:
    """Tell whether a file holds tables as `write` writes them, claims and sources and all; without keeping it in memory."""
    path = Path(path)
    if not path.is_file():
        return False
    match path.suffix.lower():
        case ".geojson":
            from mapper.store.geojson import SOURCES_MEMBER

            return _holds(path, SOURCES_MEMBER.encode())
        case ".gpkg":
            import pyogrio

            try:
                return {"incidents", "claims", "sources"} <= {name for name, _ in pyogrio.list_layers(path)}
            except pyogrio.errors.DataSourceError:
                return False  # whoever reads it says what is wrong
        case ".csv" | ".parquet" | ".geoparquet":
            return all(companion(path, name).is_file() for name in ("claims", "sources"))
        case _:
            return False


def _holds(path: Path, wanted: bytes) -> bool:
    """Look for bytes in a file, a megabyte at a time."""
    before = b""
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            if wanted in before + part:
                return True
            before = part[-len(wanted) :]
    return False


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(path, f"incidents are not stored in files ending in {ending or 'nothing'}", f"supported are {' '.join(ENDINGS)}")
    return ending
