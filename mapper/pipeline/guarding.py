"""What sensitivity rules hide is taken out of all that is published, and the proof that it is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from mapper import geodata, store
from mapper.editing.withholding import build_time
from mapper.pipeline.gathering import ordered

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.page.definition import MapDefinition
    from mapper.pipeline.gathering import Gathered
    from mapper.pipeline.world import World
    from mapper.store.ledger import Ledger
    from mapper.tables import Tables

__all__ = ["full_account", "guard", "proof"]

#: Stands for the reason of a merge, which may name the place.
_MERGED = "told by another report too"

#: Stands for the reason of an editor, which may do so too.
_BY_EDITOR = "hidden by an editor"


def guard(gathered: Gathered, definition: MapDefinition, world: World, now: dt.datetime | None = None) -> Gathered:
    """Apply the sensitivity rules of a definition, at a moment that has a time zone: by default that of the build.

    With rules, what is published names no values of rows that were set aside, and where a rule has hidden anything,
    no files either.
    """
    if not definition.sensitivity or gathered.reports is None:
        return gathered
    # Most maps have no rules, and need nothing of all that applies them.
    from mapper.editing import guarding

    guarded = guarding.apply(
        gathered.tables,
        definition.sensitivity,
        now or build_time(),
        boundaries=world.boundaries,
        gazetteer=world.gazetteer,
        taxonomy=definition.taxonomy,
    )
    published = tuple(replace(row, value="", problem="it cannot be used") for row in gathered.rejected)
    reports = gathered.reports
    tables = guarded.tables
    if guarded.secrets:
        tables = ordered(tables)
        reports = _renamed(reports, guarded.renamed or {})
        reports = reports.set_column(
            reports.column_names.index("reason"), "reason", pc.if_else(pc.is_valid(reports["reason"]), _MERGED, reports["reason"])
        )
    by_editor = dict.fromkeys(gathered.hidden, _BY_EDITOR) if guarded.secrets else dict(gathered.hidden)
    hidden = by_editor | dict(guarded.hidden)
    ledger = store.account(gathered.files, reports, tables, published, hidden, gathered.ledger.overrides)
    return replace(
        gathered,
        tables=tables,
        ledger=ledger,
        published=published,
        warnings=(*gathered.warnings, *guarded.remarks),
        guarded=guarded,
    )


def full_account(gathered: Gathered) -> Ledger:
    """Give the ledger as the desk needs it and nobody else may see it: all files by their names, all reasons as they are."""
    guarded = gathered.guarded
    if not guarded or gathered.reports is None:
        return gathered.ledger
    reports = _renamed(gathered.reports, guarded.renamed or {})
    hidden = dict(gathered.hidden) | dict(guarded.hidden)
    return store.account(gathered.files, reports, gathered.tables, gathered.rejected, hidden, gathered.ledger.overrides)


def proof(outputs: Mapping[str, str | bytes | Tables], gathered: Gathered, definition: MapDefinition, world: World) -> str:
    """Prove that what sensitivity rules hide is in nothing that is to be written; give a line that says so, or an empty one.

    Raises
    ------
    DisclosureError
        If something hidden is found.
    """
    guarded = gathered.guarded
    if not guarded or not guarded.secrets:
        return ""
    from mapper.page.proof import prove

    words = [definition.title, definition.description, definition.as_of, *(rule.reason for rule in definition.sensitivity)]
    words += [label for kind in definition.taxonomy.types.values() for label in kind.label.values()]
    words += geodata.attributions(("gazetteer/", "boundaries/", "basemap/"))
    return prove(outputs, guarded.secrets, gathered.tables, boundaries=world.boundaries, words=words)


def _renamed(reports: pa.Table, renamed: Mapping[str, str]) -> pa.Table:
    ids = reports["id"].combine_chunks()
    where = pc.index_in(ids, pa.array(list(renamed), pa.string()))
    named = pc.coalesce(pa.array(list(renamed.values()), pa.string()).take(where), ids)
    return reports.set_column(reports.column_names.index("id"), "id", named)
