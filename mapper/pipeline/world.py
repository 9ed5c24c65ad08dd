"""What is known of places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapper import geodata
from mapper.store.cache import digest

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer

__all__ = ["FOLDERS", "World", "forget"]

#: Where in `geodata/` what is known of places lies; its articles and tables are inputs.
FOLDERS = ("gazetteer/", "boundaries/", "basemap/")


@dataclass(frozen=True)
class World:
    """What is known of places; each part is read when it is first asked for."""

    directory: Path | None = None

    def __reduce__(self) -> tuple[type[World], tuple[Path | None]]:
        """Leave behind what was read: another process reads it itself."""
        return World, (self.directory,)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names and the places they mean."""
        from mapper.gazetteer.index import Gazetteer

        return Gazetteer.load(self.directory)

    @cached_property
    def boundaries(self) -> Boundaries:
        """Areas and the background of a map."""
        from mapper.gazetteer.boundaries import Boundaries

        return Boundaries.load(self.directory)

    @cached_property
    def digest(self) -> str:
        """Hash of all the data, the user's own places among them, without reading them: by checksum, size and time."""
        from mapper.gazetteer import added

        directory = self.directory or geodata.data_dir()
        files = []
        for source in geodata.sources(self.directory):
            path = directory / source.path
            if source.path.startswith(FOLDERS) and path.is_file():
                files.append(f"{source.path} {source.sha256} {path.stat().st_size} {path.stat().st_mtime_ns}")
        return digest(*files, *(f"{entry.name} {entry.sha256} {entry.tables}" for entry in added.listed()))


def forget() -> None:
    """Let go of the answers of worlds that are no longer in use, which keep their gazetteers in memory."""
    from mapper.geocoding import candidates, conditions, phrases, query

    for answers in (candidates.named, conditions.oblasts, phrases.read_phrase, query.answer):
        answers.cache_clear()
