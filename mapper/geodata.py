"""Where the data files are and where they come from, and where what may be deleted is kept.

`geodata/` lies at the top of a checkout and inside an installed package; `SOURCES.toml` names the
title, publisher, licence, attribution and checksum of every file in it.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import GeodataError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Source", "attributions", "cache_dir", "data_dir", "seal", "sources", "stamp", "verify"]

_ENTRY = re.compile(r'\["([^"]+)"\]')
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


def cache_dir() -> Path | None:
    """Give the folder for what is kept between runs and may be deleted: that of `MAPPER_CACHE`, else the user's; None if it is `off`."""
    named = os.environ.get("MAPPER_CACHE")
    if named:
        return None if named == "off" else Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("mapper", appauthor=False)


def sources(directory: Path | None = None) -> tuple[Source, ...]:
    """Read `SOURCES.toml`, one entry a file, in the order of the file; anew only when it has changed.

    Raises
    ------
    GeodataError
        If the file is not TOML, or an entry lacks a setting.
    """
    path = (directory or data_dir()) / "SOURCES.toml"
    return _sources(path, stamp([path]))


def stamp(paths: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Tell files from what stood there at another time, without reading them: by size and time; those that are not there are left out."""
    found = ((path, path.stat()) for path in paths if path.is_file())
    return tuple((str(path), state.st_size, state.st_mtime_ns) for path, state in found)


@lru_cache(maxsize=4)
def _sources(path: Path, _: object) -> tuple[Source, ...]:
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


def attributions(paths: Iterable[str], directory: Path | None = None) -> list[str]:
    """List what a map must say that uses these files, or files of these folders; each sentence once."""
    wanted = tuple(paths)
    return list(dict.fromkeys(s.attribution for s in sources(directory) if s.path.startswith(wanted)))


def seal(directory: Path | None = None) -> None:
    """Write the checksum of every file into its entry of `SOURCES.toml`; the rest of the file stays as it is."""
    directory = directory or data_dir()
    path = directory / "SOURCES.toml"
    name = ""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _ENTRY.fullmatch(line):
            name = match[1]
        stale = line.startswith("sha256 = ") and (directory / name).is_file()
        lines.append(f'sha256 = "{_digest(directory / name)}"' if stale else line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def verify(directory: Path | None = None) -> list[str]:
    """Compare every file of the folder with its entry; list what differs, one line a fault."""
    directory = directory or data_dir()
    known = {source.path: source for source in sources(directory)}
    found = {p.relative_to(directory).as_posix() for p in directory.rglob("*") if p.is_file()} - {"SOURCES.toml"}
    faults = [f"{name}: in SOURCES.toml, but not there" for name in sorted(set(known) - found)]
    faults += [f"{name}: there, but not in SOURCES.toml" for name in sorted(found - set(known))]
    for name in sorted(found & set(known)):
        digest = _digest(directory / name)
        if digest != known[name].sha256:
            faults.append(f"{name}: sha256 is {digest}, SOURCES.toml has {known[name].sha256}")
    return faults


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
