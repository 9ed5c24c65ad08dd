"""The floor under the geocoder: accuracy on the scored set, and none of the unresolvable ones located."""

from collections import defaultdict

import pytest
from scored_set import judge, news, rows

FLOOR = 0.97
#: A single kind of case may fall somewhat lower than the whole.
KIND_FLOOR = 0.93
NEWS_FLOOR = 0.95
SURE = 0.9
SURE_FLOOR = 0.98


@pytest.fixture(scope="module")
def judged(gazetteer):
    return [judge(row, gazetteer) for row in rows()]


def _failures(judged):
    return [(one.row.get("query") or one.row["text"], one.row["why"], one.result) for one in judged if not one.right]


def test_the_set_is_what_it_says():
    listed = rows()
    assert len(listed) >= 300
    assert sum(row["place"] is None for row in listed) >= 60
    assert {"en", "uk", "ru", "de"} <= {row["lang"] for row in listed}
    assert all(row["why"] and row["kind"] for row in listed)
    assert len({(row.get("query"), row.get("text"), row.get("start"), row.get("country"), row.get("admin1")) for row in listed}) == len(
        listed
    )


def test_accuracy_holds_its_floor(judged):
    right = sum(one.right for one in judged) / len(judged)
    assert right >= FLOOR, _failures(judged)


def test_every_kind_of_case_holds_its_floor(judged):
    kinds = defaultdict(list)
    for one in judged:
        kinds[one.row["kind"]].append(one)
    low = {kind: _failures(group) for kind, group in kinds.items() if sum(one.right for one in group) < KIND_FLOOR * len(group)}
    assert low == {}


def test_none_of_the_unresolvable_is_located(judged):
    assert _failures([one for one in judged if one.row["place"] is None]) == []


def test_news_of_the_world_holds_its_floor(gazetteer):
    judged = news(gazetteer)
    right = sum(one.right for one in judged) / len(judged)
    assert right >= NEWS_FLOOR, [(one.row["text"], one.result) for one in judged if not one.right]


def test_a_high_score_is_right(judged, gazetteer):
    sure = [one for one in [*judged, *news(gazetteer)] if one.score >= SURE]
    assert len(sure) > 100
    assert sum(one.right for one in sure) >= SURE_FLOOR * len(sure), _failures(sure)
