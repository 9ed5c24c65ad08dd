"""The inputs of a map as they were at one moment: what is remembered is remembered of these, and not of what came after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.sources.listing import listed
from mapper.store.cache import content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Inputs"]


class Inputs:
    """Files, listed once and hashed once.

    A file may be saved anew after it was hashed and before it is read. So whoever has read one asks whether it is still
    what was hashed, and keeps nothing of it that is not.

    Attributes
    ----------
    listing
        The files, folders opened.
    changed
        Whether one was found to be another.
    """

    def __init__(self, paths: Iterable[Path | str]) -> None:
        self.listing = listed(paths)
        self.changed = False
        self._contents: dict[Path, list[bytes]] = {}

    def content(self, path: Path) -> list[bytes]:
        """Give the hashes of a file, and of what belongs to it, as it was when it was first asked for."""
        if path not in self._contents:
            self._contents[path] = content(path)
        return self._contents[path]

    def is_still(self, path: Path) -> bool:
        """Tell whether a file is what it was."""
        same = content(path) == self.content(path)
        self.changed |= not same
        return same
