"""Which files there are to read: folders opened, and in them what is no input passed over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import InputError, printable
from mapper.sources.formats import ENDINGS, PAGES, advice, supported

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OVERRIDES", "Listing", "keep_from", "listed"]

#: What `mapper.store` puts beside a table of incidents; it is not a table of incidents itself.
_COMPANIONS = (".claims", ".sources")
#: The account that stands beside a map, and the record of one that was unpacked; they are no inputs.
_ACCOUNTS = (".ledger.json", ".record.json")

#: Name of the file of an editor's decisions, or its end where each map has its own.
OVERRIDES = "overrides.csv"


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of inputs, folders opened: each once, with what was skipped and what is none."""

    files: tuple[Path | str, ...]
    warnings: tuple[str, ...]
    errors: tuple[InputError, ...]


def listed(sources: Iterable[Path | str]) -> Listing:
    """List the files to read without reading them, those of a folder in the order of their names."""
    warnings: list[str] = []
    errors: list[InputError] = []
    files = []
    for file in _files(sources, warnings, errors):
        if printable(file) == str(file):
            files.append(file)
        else:
            errors.append(InputError(file, "the name is no UTF-8", "rename it"))
    return Listing(tuple(files), tuple(map(printable, warnings)), tuple(errors))


def _files(sources: Iterable[Path | str], warnings: list[str], errors: list[InputError]) -> list[Path | str]:
    """List the files, folders opened; each file once."""
    found: dict[Path | str, None] = {}
    for source in sources:
        path = Path(source)
        if str(source) == "-" or not path.is_dir():
            found[source if str(source) == "-" else path] = None
            continue
        inside = [p for p in _walk(path) if p.is_file()]
        maps = {p for p in inside if p.suffix.lower() in PAGES and _is_own_map(p)}
        good = [p for p in inside if p.suffix.lower() in ENDINGS and p not in maps and not _is_companion(p)]
        others = [p for p in inside if p.suffix.lower() not in ENDINGS]
        convertible = {p: why for p in others if (why := advice(p.suffix.lower()))}
        others = [p for p in others if p not in convertible]
        if good:
            warnings += (f"{p}: skipped: {problem}; {remedy}" for p, (problem, remedy) in convertible.items())
        if not good and convertible:
            errors += (InputError(p, *why) for p, why in convertible.items())
        elif not good:
            errors.append(InputError(path, f"holds no file that can be read among {len(inside)}", supported()))
        elif others:
            shown = ", ".join(p.name for p in others[:3]) + (", …" if len(others) > 3 else "")
            count = "1 file skipped, of another ending" if len(others) == 1 else f"{len(others)} files skipped, of other endings"
            warnings.append(f"{path}: {count}: {shown}")
        if maps:
            count = "1 map made by mapper" if len(maps) == 1 else f"{len(maps)} maps made by mapper"
            warnings.append(f"{path}: {count} skipped: {', '.join(p.name for p in sorted(maps)[:3])}{', …' if len(maps) > 3 else ''}")
        found |= dict.fromkeys(good)
    return list(found)


def keep_from(output: Path, inputs: Iterable[Path | str | None]) -> None:
    """Refuse to write over what is read; a map of ours may be made again in its place.

    Raises
    ------
    InputError
        If `output` is one of the files.
    """
    for path in inputs:
        if path is not None and str(path) != "-" and Path(path).resolve() == output.resolve() and not _is_own_map(output):
            raise InputError(output, "is one of the inputs, which it would replace", "name another output")


def _walk(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _is_own_map(path: Path) -> bool:
    """Tell from its head whether a page is a map of ours; one that cannot be read is left to its reader."""
    from mapper.sources.webpage import is_own_map

    try:
        with path.open("rb") as file:
            return is_own_map(file.read(4_096))
    except OSError:
        return False


def _is_companion(path: Path) -> bool:
    """Tell whether a file is the claims or sources of the table beside it, an account of a map, or an editor's overrides."""
    if path.name.endswith((*_ACCOUNTS, f".{OVERRIDES}")) or path.name == OVERRIDES:
        return True
    name = Path(path.stem)
    return name.suffix in _COMPANIONS and path.with_name(name.stem + path.suffix).exists()
