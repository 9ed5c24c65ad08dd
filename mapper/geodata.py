"""Where the data files are, and where they come from.

`geodata/` lies at the top of a checkout and inside an installed package; `SOURCES.toml` names the
title, publisher, licence, attribution and checksum of every file in it.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mapper.errors import GeodataError

__all__ = ["Source", "data_dir", "sources", "verify"]

_SETTINGS = ("title", "publisher", "url", "licence", "attribution", "made_by")


@dataclass(frozen=True, slots=True)
class Source:
    """Where one file of `geodata/` comes from; `attribution` is the sentence that a map must show."""

    path: str
    title: str
    publisher: str
    url: str
    licence: str
    attribution: str
    made_by: str
    sha256: str


@cache
def data_dir() -> Path:
    """Give the folder of the data files.

    Raises
    ------
    GeodataError
        If neither the checkout nor the installed package has it.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package.parent / "geodata", package / "geodata"):
        if (candidate / "SOURCES.toml").is_file():
            return candidate
    raise GeodataError(f"no geodata/SOURCES.toml beside or in {package}: install the package again, or check out the whole repository")


@cache
def sources(directory: Path | None = None) -> tuple[Source, ...]:
    """Read `SOURCES.toml`, one entry a file, in the order of the file.

    Raises
    ------
    GeodataError
        If the file is not TOML, or an entry lacks a setting.
    """
    directory = directory or data_dir()
    path = directory / "SOURCES.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GeodataError(f"{path}: {error}") from error
    entries = []
    for name, entry in document.items():
        missing = [key for key in (*_SETTINGS, "sha256") if not entry.get(key)]
        if missing:
            raise GeodataError(f"{path}: [{name!r}] lacks {', '.join(missing)}")
        entries.append(Source(name, *(str(entry[key]) for key in (*_SETTINGS, "sha256"))))
    return tuple(entries)


def verify(directory: Path | None = None) -> list[str]:
    """Compare every file of the folder with its entry; list what differs, one line a fault."""
    directory = directory or data_dir()
    known = {source.path: source for source in sources(directory)}
    found = {p.relative_to(directory).as_posix() for p in directory.rglob("*") if p.is_file()} - {"SOURCES.toml"}
    faults = [f"{name}: in SOURCES.toml, but not there" for name in sorted(set(known) - found)]
    faults += [f"{name}: there, but not in SOURCES.toml" for name in sorted(found - set(known))]
    for name in sorted(found & set(known)):
        digest = hashlib.sha256((directory / name).read_bytes()).hexdigest()
        if digest != known[name].sha256:
            faults.append(f"{name}: sha256 is {digest}, SOURCES.toml has {known[name].sha256}")
    return faults
