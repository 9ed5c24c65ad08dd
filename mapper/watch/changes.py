"""What a map is made of on the disk, and the news that some of it has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from mapper import geodata
from mapper.errors import MapperError
from mapper.gazetteer import added
from mapper.pipeline.building import ledger_file
from mapper.pipeline.world import FOLDERS
from mapper.sources.listing import OVERRIDES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.page.definition import MapDefinition

__all__ = ["Watched", "Watcher"]

#: Milliseconds without a further change after which a change counts as done: editors and copies come in bursts.
_QUIET = 150


@dataclass(frozen=True)
class Watched:
    """Files and folders that maps are made of, as absolute paths: definitions, inputs, places; and what is built of them."""

    definitions: Path
    inputs: frozenset[Path]
    places: frozenset[Path]
    outputs: frozenset[Path]

    @classmethod
    def of(cls, folder: Path, maps: Iterable[MapDefinition]) -> Self:
        """Gather it from the definitions of a folder."""
        maps = list(maps)
        return cls(
            folder.resolve(),
            frozenset(Path(path).resolve() for defined in maps for path in (*defined.inputs, *filter(None, [defined.overrides]))),
            frozenset(path.resolve() for path in (*(geodata.data_dir() / part for part in (*FOLDERS, "SOURCES.toml")), added.folder())),
            frozenset(path.resolve() for defined in maps for path in (defined.output, ledger_file(defined.output))),
        )

    def roots(self) -> set[Path]:
        """Give what the system has to look at; an input that is not there yet is seen by the folder that it will appear in."""
        awaited = {path if path.exists() else path.parent for path in (self.definitions, *self.inputs)}
        return {path for path in awaited | self.places if path.exists()}

    def concerns(self, path: Path) -> bool:
        """Tell whether a changed file can change a map: hidden files and the maps themselves cannot."""
        if path.name.startswith(".") or path in self.outputs:
            return False
        if path.parent == self.definitions and (path.suffix == ".toml" or path.name.endswith(OVERRIDES)):
            return True
        return any(path.is_relative_to(part) for part in (*self.inputs, *self.places))

    def changes_places(self, paths: Iterable[Path]) -> bool:
        """Tell whether what is known of places has changed, so that it must be read anew."""
        return any(path.is_relative_to(part) for path in paths for part in self.places)


class Watcher:
    """Looks from the moment that it is made, in a thread of its own, so that nothing is missed while a map is built."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._stop, self._looking, self._seen = threading.Event(), threading.Event(), threading.Event()
        self._paths: set[Path] = set()
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        self._looking.wait()

    def wait(self) -> set[Path]:
        """Wait until something has changed, and say what; Ctrl-C interrupts it.

        Raises
        ------
        MapperError
            If the system lets nothing be watched.
        """
        while not self._seen.wait(0.5):  # without an end, Windows would not let Ctrl-C through
            pass
        if self._fault:
            remedy = "make the inputs readable, or let fewer folders be watched (or, on Linux, raise fs.inotify.max_user_watches)"
            raise MapperError(f"changes cannot be watched for: {self._fault}; {remedy}") from self._fault
        return self._paths

    def stop(self) -> None:
        """Look no longer."""
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        import watchfiles

        try:
            for changes in watchfiles.watch(
                *self._watched.roots(),
                watch_filter=lambda _, path: self._watched.concerns(Path(path)),
                step=_QUIET,
                rust_timeout=_QUIET,
                yield_on_timeout=True,
                stop_event=self._stop,
                raise_interrupt=False,
            ):
                self._looking.set()
                if changes:
                    self._paths |= {Path(path) for _, path in changes}
                    self._seen.set()
        except FileNotFoundError:  # gone between two looks: that is a change
            self._seen.set()
        except Exception as error:  # noqa: BLE001 - in a thread of its own it would be heard by nobody
            self._fault = error
            self._seen.set()
        finally:
            self._looking.set()
