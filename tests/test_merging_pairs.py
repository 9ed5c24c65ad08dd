"""The hand-coded pairs of reports: what the set holds, the floor that merging must keep, and that no order changes it."""

from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.merging import HALVES, articles, pairs, scores
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.merging.events import merge
from mapper.pipeline import articles_to_tables

ALL = [pair for half in HALVES for pair in pairs(half)]


def test_the_set_is_large_enough():
    kinds = Counter(pair["kind"].partition(":")[0] for pair in ALL)
    assert len(ALL) >= 48
    assert kinds["near miss"] >= 20
    assert all(kinds[kind] >= 3 for kind in ("same event", "follow-up", "correction", "denial"))
    assert {report["lang"] for pair in ALL for report in pair["report"]} == {"en", "uk", "ru", "de"}
    assert len({pair["name"] for pair in ALL}) == len(ALL)


@pytest.mark.parametrize("half", HALVES)
def test_each_half_keeps_its_floor(half, world, taxonomy):
    by_kind = scores(half, world, taxonomy)
    assert by_kind["all"].f1_of_read >= 0.95
    assert by_kind["all"].f1 >= 0.93
    assert by_kind["near miss"].merges["false"] == 0
    assert by_kind["all"].told >= 0.85


@pytest.fixture(scope="module")
def told():
    """All reports of all pairs, in one heap."""
    return [article for pair in ALL for article in articles(pair)]


@pytest.fixture(scope="module")
def in_order(told, world, taxonomy):
    return outcome(told, world, taxonomy)


def outcome(told, world, taxonomy):
    merged = merge(articles_to_tables(told, world, taxonomy), taxonomy)
    incidents = sorted(merged.tables.arrow("incidents").to_pylist(), key=lambda row: row["id"])
    claims = sorted(map(str, merged.tables.arrow("claims").to_pylist()))
    return incidents, claims, sorted(map(str, merged.merges))


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_the_order_of_the_inputs_makes_no_difference(data, told, in_order, world, taxonomy):
    assert outcome(data.draw(st.permutations(told)), world, taxonomy) == in_order
