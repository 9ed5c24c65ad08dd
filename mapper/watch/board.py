"""What the open pages are told: which maps there are, what was built last, and what went wrong since."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Board", "Shown", "state_of"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A map: `built` tells one state of its file from another and is empty where there is none.

    `problems` are lines; `stale` tells whether they kept it from being built, or it was built without what they name.
    """

    name: str
    title: str
    built: str
    problems: tuple[str, ...] = ()
    stale: bool = False


class Board:
    """Holds the news; whoever waits for them is woken. Safe between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._maps: tuple[Shown, ...] = ()
        self._files: dict[str, Path] = {}
        self._number = 0

    def post(self, maps: Sequence[Shown], files: dict[str, Path]) -> None:
        """Put up new maps, and the file of each by its name."""
        with self._changed:
            self._maps, self._files = tuple(maps), dict(files)
            self._number += 1
            self._changed.notify_all()

    def news(self, since: int, wait: float) -> tuple[int, str]:
        """Wait at most `wait` seconds for news after number `since`; gives the number and the state as JSON, or an empty text."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > since, wait)
            if self._number == since:
                return since, ""
            return self._number, json.dumps([asdict(shown) for shown in self._maps], ensure_ascii=False)

    def file(self, name: str) -> Path | None:
        """Give the file of a map."""
        with self._changed:
            return self._files.get(name)


def state_of(path: Path) -> str:
    """Tell one content of a file from another."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError:
        return ""
