"""Build, wait for a change, build again: a map that cannot be built says why and stays as it was."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from mapper.errors import MapperError
from mapper.page import definition
from mapper.pipeline.world import World, forget
from mapper.watch.board import Board, Shown, state_of
from mapper.watch.changes import Watched, Watcher
from mapper.watch.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from mapper.page.definition import MapDefinition

__all__ = ["watch"]


def watch(
    folder: Path,
    names: tuple[str, ...],
    build: Callable[[MapDefinition, World], Sequence[str]],
    *,
    say: Callable[[str], None],
    serving: Callable[[str], object] = str,
    port: int = 0,
) -> None:
    """Serve the maps of a folder and keep them built, until Ctrl-C.

    Parameters
    ----------
    folder, names
        As `mapper.page.definition.find`.
    build
        Writes one map, and gives a line for each input that it could not use.
    say
        Is given lines for the terminal.
    serving
        Is given the address once.
    port
        As `Server`.

    Raises
    ------
    MapperError
        If there is no such map at the start, or the port is taken; later errors are shown and waited out.
    """
    definition.find(folder, names)
    board, world, watcher = Board(), World(), None
    try:
        with Server(board, port) as server:
            say(f"Serving {server.url} on this computer only; Ctrl-C ends it")
            serving(server.url)
            shown: dict[str, Shown] = {}
            files: dict[str, Path] = {}
            while True:
                maps, problems = _read(folder, names, shown)
                watched = Watched.of(folder, maps.values())
                # The new one looks before the old one stops, and both before anything is read.
                before, watcher = watcher, Watcher(watched)
                if before:
                    before.stop()
                for name in shown.keys() - maps.keys() - problems.keys():
                    shown.pop(name)
                    files.pop(name, None)
                for name in {**maps, **problems}:
                    said, stale = _build(build, maps[name], world, say) if name in maps else ((problems[name],), True)
                    if name in maps:
                        files[name] = maps[name].output
                    else:
                        say(f"Error: {said[0]}")
                    if stale:
                        say(f"{name}: waiting for a change; the last good map stays")
                    built = state_of(files[name]) if name in files else ""
                    title = maps[name].title if name in maps else shown[name].title if name in shown else name
                    shown[name] = Shown(name, title, built, said, stale)
                    board.post([shown[key] for key in sorted(shown)], files)
                if watched.changes_places(watcher.wait()):
                    forget()
                    world = World()
    except KeyboardInterrupt:
        say("Stopped")
    finally:
        if watcher:
            watcher.stop()


def _read(folder: Path, names: tuple[str, ...], known: Iterable[str]) -> tuple[dict[str, MapDefinition], dict[str, str]]:
    """Read the definitions; those that cannot be read are given with the reason, and if none can, all that were known."""
    maps: dict[str, MapDefinition] = {}
    problems: dict[str, str] = {}
    try:
        paths = definition.find(folder, names)
    except MapperError as error:
        return maps, dict.fromkeys(known, str(error))
    for path in paths:
        try:
            maps[path.stem] = definition.read(path)
        except MapperError as error:
            problems[path.stem] = str(error)
    return maps, problems


def _build(
    build: Callable[[MapDefinition, World], Sequence[str]], defined: MapDefinition, world: World, say: Callable[[str], None]
) -> tuple[tuple[str, ...], bool]:
    """Build a map; gives what went wrong, and whether that kept it from being built."""
    try:
        return tuple(build(defined, world)), False
    except MapperError as error:
        say(f"Error: {error}")
        return (str(error),), True
    except Exception as error:  # noqa: BLE001 - a fault of ours must not end the watch, and is told in full
        say(traceback.format_exc().rstrip())
        return (f"{type(error).__name__}: {error}; this is a fault in mapper, see the terminal",), True
