"""Incident tables to a map, and nothing at all where nothing has changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper import geodata
from mapper.editing.withholding import build_time
from mapper.errors import Rejected
from mapper.sources.listing import keep_from
from mapper.store.cache import Cache, digest, program
from mapper.store.files import write_together
from mapper.store.ledger import Ledger

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.page.definition import MapDefinition
    from mapper.pipeline.gathering import Gathered, Progress
    from mapper.pipeline.inputs import Inputs
    from mapper.pipeline.world import World
    from mapper.tables import Tables

__all__ = ["Built", "build", "gathered_for", "ledger_file", "page", "tables_of"]


@dataclass(frozen=True, slots=True)
class Built:
    """A map that was made; `unchanged` if it stood there already, as it would be made.

    `since` counts what has changed since an earlier map, if one was named (see `Diff.counts`); `proved` says what the
    proof of the sensitivity rules has shown, if there are any that hide something.
    """

    output: Path
    ledger: Ledger
    rejected: tuple[Rejected, ...]
    warnings: tuple[str, ...]
    since: Mapping[str, int] | None
    proved: str = ""
    unchanged: bool = False


def ledger_file(output: Path) -> Path:
    """Name the file beside a map that accounts for all that was read for it."""
    return output.with_suffix(".ledger.json")


def build(
    definition: MapDefinition,
    world: World,
    *,
    cache: Cache,
    since: Path | None = None,
    progress: Progress | None = None,
    processes: int = 1,
    **settings: Any,
) -> Built:
    """Make a map and its ledger, unless both are there and nothing that they are made of has changed.

    One of which an input could not be read is always made anew.

    Parameters
    ----------
    since
        An earlier map or data file to say what has changed since.
    settings, progress, processes
        Those of `gather`.
    """
    from mapper.pipeline.inputs import Inputs

    inputs = Inputs(definition.inputs)
    keep_from(definition.output, (*inputs.listing.files, definition.overrides))
    key = _fingerprint(definition, inputs, world, since, settings)
    if built := _standing(definition.output, cache.get(key) if key else None):
        return built
    from mapper.pipeline.guarding import proof

    # Before the output is written, for it may be the same file.
    earlier = tables_of(since) if since else None
    gathered = gathered_for(definition, world, inputs=inputs, cache=cache, progress=progress, processes=processes, **settings)
    # Those that `gather` reads it looks at itself.
    for path in (*_beside(definition, since), *(map(Path, inputs.listing.files) if definition.record else ())):
        inputs.is_still(path)
    counts = None
    if earlier:
        gathered, counts = _compared(gathered, earlier)
    ledger = gathered.ledger_from(definition.output.parent).dumps()
    outputs = {ledger_file(definition.output): ledger, definition.output: page(gathered, definition, world)}
    proved = proof({str(path): text for path, text in outputs.items()}, gathered, definition, world)
    write_together(outputs)
    built = Built(definition.output, gathered.ledger, gathered.rejected, gathered.warnings, counts, proved)
    if key and not inputs.changed and all(row.row for row in built.rejected):
        until = gathered.guarded.next_release if gathered.guarded else None
        cache.put(key, _record(built, until))
    return built


def gathered_for(definition: MapDefinition, world: World, **settings: Any) -> Gathered:
    """Gather the inputs of a map, and guard what its rules hide; or take them as its record has them, which are guarded.

    Parameters
    ----------
    settings
        Those of `gather`.
    """
    if definition.record:
        from mapper.pipeline.unpacking import recorded

        return recorded(definition)
    from mapper.pipeline.gathering import gather
    from mapper.pipeline.guarding import guard

    gathered = gather(definition.inputs, world, definition.taxonomy, overrides=definition.overrides, **settings)
    return guard(gathered, definition, world)


def tables_of(path: Path) -> Tables:
    """Read the tables of a map or a data file.

    Raises
    ------
    InputError
        If it holds none.
    """
    if path.suffix.lower() in {".html", ".htm"}:
        from mapper.page.archive import unpack

        return unpack(path)
    from mapper.store import read

    return read(path)


def page(gathered: Gathered, definition: MapDefinition, world: World) -> str:
    """Make the HTML of a map."""
    from mapper.page.render import PageOptions, render
    from mapper.pipeline.unpacking import about

    folder = definition.output.parent
    options = PageOptions(
        title=definition.title,
        description=definition.description,
        lang=definition.lang,
        bounds=definition.bounds,
        ledger=gathered.ledger.totals | {f"override_{outcome}": count for outcome, count in gathered.ledger.overridden.items()},
        rejected=[str(row) for row in gathered.told_from(folder)],
        attributions=geodata.attributions(("gazetteer/", "boundaries/", "basemap/")),
        made_with=f"mapper {version('mapper')}",
        as_of=definition.as_of,
        archive=definition.archive,
        about=about(gathered, definition),
        tiles=definition.tiles,
        changes=gathered.changes,
    )
    return render(gathered.tables, options, taxonomy=definition.taxonomy, boundaries=world.boundaries)


def _beside(definition: MapDefinition, since: Path | None) -> list[Path]:
    """Name the files that a map is made of beside its inputs."""
    return [path for path in (since, definition.record, definition.overrides) if path]


def _fingerprint(definition: MapDefinition, inputs: Inputs, world: World, since: Path | None, settings: dict[str, Any]) -> str | None:
    """Hash all that a map is made of; None if that cannot be known, as of standard input."""
    listing = inputs.listing
    if "-" in map(str, listing.files):
        return None
    own = [f"{f.name}={getattr(definition, f.name)!r}" for f in fields(definition) if f.name != "taxonomy"]
    asked = [f"{name}={getattr(value, 'digest', value)}" for name, value in sorted(settings.items())]
    files: list[bytes | str] = []
    for path in (*map(Path, listing.files), *_beside(definition, since)):
        files += (str(path), *inputs.content(path))
    said = [*listing.warnings, *map(str, listing.errors)]
    return digest("map", *own, definition.taxonomy.digest(), *asked, *files, *said, program(), world.digest)


def _compared(gathered: Gathered, earlier: Tables) -> tuple[Gathered, dict[str, int]]:
    """Find out what has changed since an earlier version, and count it."""
    from mapper.page.changes import changes
    from mapper.store import diff

    found = diff(earlier, gathered.tables)
    hides = bool(gathered.guarded and gathered.guarded.secrets)
    return replace(gathered, changes=changes(found, earlier, tell_gone=not hides)), found.counts


def _record(built: Built, until: dt.datetime | None) -> bytes:
    """Write down what was built; `until` is when an incident that is withheld may be shown."""
    files = {str(path): _sha256(path) for path in (built.output, ledger_file(built.output))}
    rejected = [asdict(row) for row in built.rejected]
    record = {name: getattr(built, name) for name in ("warnings", "since", "proved")}
    record |= {"files": files, "ledger": built.ledger.dumps(), "rejected": rejected, "until": until.timestamp() if until else None}
    return json.dumps(record).encode()


def _standing(output: Path, record: bytes | None) -> Built | None:
    """Give what was recorded of a map if it still stands there as it was written."""
    if record is None:
        return None
    found = json.loads(record)
    if found["until"] is not None and found["until"] <= build_time().timestamp():
        return None
    if any(not Path(path).is_file() or _sha256(Path(path)) != known for path, known in found["files"].items()):
        return None
    rejected = tuple(Rejected(**row) for row in found["rejected"])
    ledger, warnings = Ledger.loads(found["ledger"]), tuple(found["warnings"])
    return Built(output, ledger, rejected, warnings, found["since"], found["proved"], unchanged=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
