"""Places that the user added: where they are kept, and how a file gets in and out.

They lie in a folder of the user's own, never in the repository: `MAPPER_GAZETTEER` names it, else it is
`mapper/gazetteer` in the place where the system keeps data of programs. `added.json` there lists what holds; each
file's places are two tables in a folder of their own, written whole before the list names them, so that a reader never
meets half a file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from mapper.errors import GeodataError, InputError
from mapper.gazetteer.layer import Layer, tables, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.errors import Rejected

__all__ = ["ENVIRONMENT", "Added", "add", "folder", "layers", "listed", "remove"]

ENVIRONMENT = "MAPPER_GAZETTEER"
_LIST = "added.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was added: its name, what it is, how many places it gave and how many rows were set aside."""

    name: str
    form: str
    places: int
    names: int
    rejected: int
    skipped: int
    sha256: str
    tables: str


def folder() -> Path:
    """Give the folder of the user's own places; it need not be there."""
    if given := os.environ.get(ENVIRONMENT):
        return Path(given).expanduser()
    return user_data_path("mapper", appauthor=False) / "gazetteer"


def listed(directory: Path | None = None) -> tuple[Added, ...]:
    """List what was added, by name.

    Raises
    ------
    GeodataError
        If the list is there and cannot be read.
    """
    path = (directory or folder()) / _LIST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise GeodataError(f"{path}: {error}; remove the folder and add the files again") from error
    try:
        document = json.loads(text)
        entries = [Added(**entry) for entry in document["added"]]
    except (ValueError, KeyError, TypeError) as error:
        raise GeodataError(f"{path}: the list of added places is damaged ({error}); remove the folder and add the files again") from error
    if document.get("version") != _VERSION:
        raise GeodataError(f"{path}: the list is of another version; remove the folder and add the files again")
    return tuple(sorted(entries, key=lambda entry: entry.name))


def layers(directory: Path | None = None) -> list[Layer]:
    """Open what was added.

    Raises
    ------
    GeodataError
        If a table is missing or damaged.
    """
    directory = directory or folder()
    found = []
    for entry in listed(directory):
        remedy = f"run 'mapper gazetteer remove {entry.name}', then add the file again"
        origin = "own" if entry.form == "table" else "added"
        there = directory / entry.tables
        found.append(Layer.read(there / "places.parquet", there / "names.parquet", origin=origin, remedy=remedy))
    return found


def add(path: Path, directory: Path | None = None) -> tuple[Added, Sequence[Rejected]]:
    """Read a file of places and keep it; a file of the same name that was added before is replaced.

    Parameters
    ----------
    path
        A country of GeoNames (``UA.zip``, ``UA.txt``), a postal file of GeoNames, or a table of one's own as CSV.

    Returns
    -------
    tuple
        What was added, and the rows that were set aside with their reasons.

    Raises
    ------
    InputError
        If the file is none of these, or holds no place.
    """
    from mapper.gazetteer import dumps

    directory = directory or folder()
    read = dumps.read(path)
    table, names = tables(read.places, read.names)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    before = {entry.name: entry for entry in listed(directory)}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        there = Path(tempfile.mkdtemp(prefix=f"{path.stem}-", dir=directory))
        there.chmod(0o755)
        write(table, there / "places.parquet")
        write(names, there / "names.parquet")
        entry = Added(path.name, read.form, len(table), len(names), len(read.rejected), read.skipped, digest, there.name)
        _write_list([*(e for e in before.values() if e.name != path.name), entry], directory)
    except OSError as error:
        raise InputError(directory, f"cannot be written ({error})", f"name a folder of yours with {ENVIRONMENT}") from error
    if old := before.get(path.name):
        shutil.rmtree(directory / old.tables, ignore_errors=True)
    return entry, read.rejected


def remove(name: str, directory: Path | None = None) -> Added:
    """Take a file out again, by the name it was added under.

    Raises
    ------
    InputError
        If nothing of that name was added.
    """
    directory = directory or folder()
    before = {entry.name: entry for entry in listed(directory)}
    gone = before.pop(name, None)
    if gone is None:
        raise InputError(name, f"was not added; there are: {', '.join(before) or 'none'}", "see 'mapper gazetteer info'")
    _write_list(list(before.values()), directory)
    shutil.rmtree(directory / gone.tables, ignore_errors=True)
    return gone


def _write_list(entries: Sequence[Added], directory: Path) -> None:
    document = {"version": _VERSION, "added": [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.name)]}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=directory, prefix=".added-", delete=False) as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
    written = Path(file.name)
    written.chmod(0o644)
    written.replace(directory / _LIST)
