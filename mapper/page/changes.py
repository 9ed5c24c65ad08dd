"""What has changed since an earlier map, as the page says it: a kind for each incident, the values that differ, what has gone.

`mapper/frontend/changes.ts` reads it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from mapper.store import Diff
    from mapper.tables import Tables

__all__ = ["Changes", "changes"]

#: Columns whose change a reader is told, in this order, and what the page calls the fact.
_FACTS = {
    "type": "type",
    "title": "title",
    "date_start": "date_start",
    "place_text": "place_text",
    "precision": "precision",
    "launched": "launched",
    "intercepted": "intercepted",
    "hit": "hit",
    "lost": "lost",
    "killed_best": "killed",
    "killed_low": "killed",
    "killed_high": "killed",
    "injured_best": "injured",
    "injured_low": "injured",
    "injured_high": "injured",
    "children_killed": "children_killed",
    "children_injured": "children_injured",
    "status": "status",
    "actor": "attributed",
    "target": "target",
    "weapon": "weapon",
    "notes": "notes",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What is told of the changes since an earlier version.

    Attributes
    ----------
    since
        The last day of a report that the earlier version held, in ISO 8601; empty if there is none.
    kinds
        For each incident that is not as it was one of `mapper.store.diff.KINDS`, by its id.
    values
        For an incident of which a value differs: fact, old and new value, by its id.
    gone
        Title and day of the incidents that are there no more.
    """

    since: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, list[list[str | None]]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """Give it as JSON has it; `Changes(**record)` makes it again."""
        return asdict(self)

    def of_drawing(self, tables: Tables, order: NDArray[np.int64]) -> dict[str, Any]:
        """Give what the layer needs, each incident by its place in the drawing."""
        ids = tables.arrow("incidents")["id"].take(pa.array(order))
        place = {identity: at for at, identity in enumerate(ids.to_pylist()) if identity in self.kinds or identity in self.values}
        kinds: dict[str, list[int]] = {}
        for identity, at in place.items():
            kinds.setdefault(self.kinds.get(identity, "changed"), []).append(at)
        return {"since": self.since, "kinds": kinds, "values": {place[i]: listed for i, listed in self.values.items() if i in place}}


def changes(found: Diff, earlier: Tables, *, tell_gone: bool = True) -> Changes:
    """Tell the changes from a comparison with an earlier version.

    Parameters
    ----------
    tell_gone
        False says nothing of those that are there no more: where rules hide some, these are among them.
    """
    values: dict[str, list[list[str | None]]] = {}
    order = {column: number for number, column in enumerate(_FACTS)}
    for change in sorted(found.changed, key=lambda c: (c.id, order.get(c.column, len(order)))):
        fact = _FACTS.get(change.column)
        if fact and fact not in {told for told, _, _ in values.get(change.id, [])}:
            values.setdefault(change.id, []).append([fact, _text(change.old), _text(change.new)])
    incidents = earlier.arrow("incidents")
    days = pc.max(pc.coalesce(incidents["reported_at"], incidents["date_end"])).as_py()
    gone = incidents.filter(pc.is_in(incidents["id"], pa.array(found.removed if tell_gone else (), pa.string())))
    listed = [", ".join((title, *([str(day.date())] if day else []))) for title, day in _pairs(gone)]
    return Changes(str(days.date()) if days else "", found.kinds, values, listed)


def _pairs(table: pa.Table) -> Any:
    return zip(table["title"].to_pylist(), table["date_start"].to_pylist(), strict=True)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value).removesuffix("T00:00:00")
