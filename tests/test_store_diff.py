"""Two versions of the tables, compared by id."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import shapely

from mapper.store import diff
from mapper.tables import Tables


def make(*rows: dict[str, Any], by: str = "mayor", sources: tuple[str, ...] = ("s-1",)) -> Tables:
    common = {"type": "shelling", "title": "t", "date_precision": "day", "timezone": "Europe/Kyiv", "status": "claimed"}
    shapes = np.array([row.pop("shape", shapely.Point(34.8, 50.92)) for row in rows], dtype=object)
    claims = [{"incident_id": row["id"], "status": "claimed", "source_id": sources[0], "by": by} for row in rows]
    return Tables.from_records([common | {"unplaced": "test"} | row for row in rows], claims, [{"id": s} for s in sources], shapes)


def test_nothing_differs() -> None:
    tables = make({"id": "i-1"}, {"id": "i-2", "shape": None})
    assert not diff(tables, tables)
    assert not diff(tables, make({"id": "i-2", "shape": None}, {"id": "i-1"})), "the order does not matter"
    assert not diff(Tables.empty(), Tables.empty())


def test_added_removed_and_changed_with_null_apart_from_zero() -> None:
    old = make({"id": "i-1"}, {"id": "i-2", "killed_best": 2}, {"id": "i-3"})
    new = make({"id": "i-4"}, {"id": "i-2", "killed_best": 3, "tags": []}, {"id": "i-1", "killed_best": 0}, sources=("s-1", "s-2"))
    found = diff(old, new)
    assert found.added == ("i-4",)
    assert found.removed == ("i-3",)
    assert [(c.id, c.column, c.old, c.new) for c in found.changed] == [
        ("i-2", "killed_best", 2, 3),
        ("i-2", "tags", None, []),
        ("i-1", "killed_best", None, 0),
    ]
    assert (found.sources_added, found.sources_removed) == (("s-2",), ())


def test_geometry_and_claims() -> None:
    old = make({"id": "i-1"}, {"id": "i-2"})
    new = make({"id": "i-1", "shape": shapely.Point(35, 50)}, {"id": "i-2", "shape": None}, by="governor")
    changed = [(c.id, c.column) for c in diff(old, new).changed]
    assert changed == [("i-1", "geometry"), ("i-1", "claims"), ("i-2", "geometry"), ("i-2", "claims")]
    first = diff(old, new).changed[0]
    assert (first.old, first.new) == ("POINT (34.8 50.92)", "POINT (35 50)")
    assert json.dumps(asdict(diff(old, new)))


def test_claims_on_a_page_that_was_saved_again_have_not_changed() -> None:
    old, new = (make({"id": "i-1"}, sources=(f"s-1-{version}",)) for version in "ab")
    assert diff(old, new).changed == ()
    assert [c.column for c in diff(old, make({"id": "i-1"}, sources=("s-2-a",))).changed] == ["claims"]


def test_from_and_to_empty() -> None:
    tables = make({"id": "i-1"})
    assert diff(Tables.empty(), tables).added == ("i-1",)
    assert diff(tables, Tables.empty()).removed == ("i-1",)


def test_what_became_of_an_incident_that_is_not_there_any_more() -> None:
    old = make({"id": "i-1"}, {"id": "i-2"}, {"id": "i-3"}, {"id": "i-4"})
    new = make({"id": "i-1", "merged_from": ["i-2"]}, {"id": "i-9", "merged_from": ["i-3"], "killed_best": 1})
    found = diff(old, new)
    assert [(m.id, m.into) for m in found.merged] == [("i-2", "i-1")]
    assert found.added == ()
    assert found.removed == ("i-4",)
    assert [(c.id, c.column, c.new) for c in found.changed] == [("i-9", "killed_best", 1)], "i-3 is i-9 now, not gone and new"
    assert found.kinds == {"i-1": "changed", "i-9": "changed"}
    assert found.counts == {"new": 0, "changed": 2, "corrected": 0, "retracted": 0, "merged": 1, "gone": 1}


def test_corrections_and_retractions_are_told_apart() -> None:
    correction = {
        "column": "killed_best",
        "old": "2",
        "new": "3",
        "who": "A. Editor",
        "when": "2024-11-23",
        "why": "the mayor's later word",
    }
    old = make({"id": "i-1", "killed_best": 2}, {"id": "i-2"}, {"id": "i-3"})
    new = make({"id": "i-1", "killed_best": 3, "corrections": [correction]}, {"id": "i-2", "status": "retracted"}, {"id": "i-3"})
    found = diff(old, new)
    assert (found.corrected, found.retracted) == (("i-1",), ("i-2",))
    assert [(c.id, c.column) for c in found.changed] == [("i-1", "killed_best"), ("i-2", "status")]
    assert found.counts == {"new": 0, "changed": 0, "corrected": 1, "retracted": 1, "merged": 0, "gone": 0}
