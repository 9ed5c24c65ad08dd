"""The files beside a table of incidents that hold its claims and its sources: `x.csv`, `x.claims.csv`, `x.sources.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["companion", "existing_companion"]


def companion(path: Path, name: str) -> Path:
    """Name the file for the table `claims` or `sources` beside that of the incidents."""
    return path.with_name(f"{path.stem}.{name}{path.suffix}")


def existing_companion(path: Path, name: str) -> Path:
    """Name the same file for reading.

    Raises
    ------
    InputError
        If it is not there.
    """
    beside = companion(path, name)
    if not beside.is_file():
        raise InputError(beside, f"is missing: it holds the {name} of {path.name}", "keep the three files together")
    return beside
