"""Ids outlive what happens around an incident: another order, a typo mended, another row, another source."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.pipeline import gather

HEADER = "date,type,place,lat,lon,title,killed,publisher,quote\n"
PLACES = [("Sumy", 50.92, 34.80), ("Nikopol", 47.57, 34.40), ("Kherson", 46.64, 32.61)]

row = st.tuples(
    st.integers(18, 22), st.sampled_from(["shelling", "drone_strike"]), st.sampled_from(PLACES), st.sampled_from("AB"), st.integers(0, 2)
)


def line(day, kind, place, title, killed):
    return f"2024-11-{day},{kind},{place[0]},{place[1]},{place[2]},{title},{killed},Desk,They shelled.\n"


@pytest.fixture
def ids(tmp_path, world, taxonomy):
    def read(*lines, articles=()):
        for old in tmp_path.iterdir():
            old.unlink()
        if lines:
            (tmp_path / "rows.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
        for name, text in articles:
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        incidents = gather([tmp_path], world, taxonomy).tables.arrow("incidents").to_pylist()
        return {i["id"]: i for i in incidents}

    return read


def told(publisher, text, published="2024-11-22", title="Attack"):
    return f"---\ntitle: {title}\npublisher: {publisher}\npublished: {published}\nlang: en\n---\n{text}\n"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(row, min_size=1, max_size=12), seed=st.integers(0, 99))
def test_another_order_of_the_rows(ids, rows, seed):
    lines = [line(*r) for r in rows]
    first = ids(*lines)
    lines = [lines[i] for i in sorted(range(len(lines)), key=lambda i: (i * 7919 + seed) % 13)]
    again = ids(*lines)
    assert len(first) == len(rows)
    assert again == first


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(row, min_size=2, max_size=8, unique_by=lambda r: r[:3]), at=st.integers(0, 7))
def test_a_title_or_a_number_mended_in_a_row(ids, rows, at):
    lines = [line(*r) for r in rows]
    first = ids(*lines)
    lines[at % len(lines)] = line(*rows[at % len(lines)][:3], "Mended", 9)
    assert ids(*lines).keys() == first.keys()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(row, min_size=1, max_size=8, unique_by=lambda r: r[:3]), more=row)
def test_another_row_of_another_event(ids, rows, more):
    lines = [line(*r) for r in rows]
    first = ids(*lines)
    apart = more[:3] not in {r[:3] for r in rows}
    again = ids(line(*more), *lines)
    assert len(again) == len(lines) + 1
    if apart:
        assert first.keys() < again.keys()


SUMY = "Russian drones struck a residential area of Sumy on Friday, killing two people and wounding 12, the mayor said."


def test_another_source_joins_whether_it_came_later_or_before(ids):
    [alone] = ids(articles=[("a", told("Wire", SUMY))])
    for published in ("2024-11-22", "2024-11-23"):
        joined = ids(articles=[("a", told("Wire", SUMY)), ("b", told("Desk", SUMY.replace("mayor", "governor"), published))])
        assert [*joined] == [alone]


@pytest.mark.parametrize("city", ["Sumy", "Kharkiv", "Odesa", "Nikopol", "Poltava"])
def test_a_source_of_the_same_day_and_a_later_version_leave_the_id(ids, city):
    page = told("Wire", SUMY.replace("Sumy", city)).replace("lang: en", "lang: en\nurl: https://example.org/1")
    [alone] = ids(articles=[("a", page)])
    assert [*ids(articles=[("a", page), ("b", page.replace("two people", "three people"))])] == [alone]
    assert [*ids(articles=[("a", page), ("b", told("Desk", SUMY.replace("Sumy", city).replace("mayor", "governor")))])] == [alone]


def test_what_was_merged_is_remembered(ids):
    both = ids(articles=[("a", told("Wire", SUMY)), ("b", told("Desk", SUMY.replace("on Friday", "overnight into Friday")))])
    [(kept, incident)] = both.items()
    [other] = incident["merged_from"]
    assert [*ids(articles=[("a", told("Wire", SUMY))])] == [kept]
    assert other != kept


def test_rows_alike_but_for_their_words_keep_the_ids_from_before_the_lost_and_children_were_counted(ids):
    rows = [line(20, "shelling", PLACES[1], title, 1) for title in ("Morning", "Evening", "Night")]
    assert {i["title"]: identity for identity, i in ids(*rows).items()} == {
        "Morning": "i-e1ac2222790b",
        "Evening": "i-6a43852b3768",
        "Night": "i-c19a2adb1428",
    }


def test_two_events_of_one_place_and_day_are_two_incidents_with_ids_of_their_own(ids):
    one = told("Wire", "Shelling of Nikopol on Friday killed one person, the governor said.")
    other = told("Desk", "Shelling of Nikopol on Friday killed 15 people, the mayor said.", "2024-11-23")
    [first] = ids(articles=[("a", one)])
    two = ids(articles=[("a", one), ("b", other)])
    assert len(two) == 2
    assert first in two


def test_the_same_article_saved_twice_is_one_report(ids, tmp_path, world, taxonomy):
    text = told("Wire", SUMY).replace("lang: en", "lang: en\nurl: https://example.org/sumy")
    assert len(ids(articles=[("a", text), ("b", text)])) == 1
    gathered = gather([tmp_path], world, taxonomy)
    assert gathered.ledger.totals == {"read": 2, "mapped": 1, "merged": 1, "unplaced": 0, "rejected": 0, "hidden": 0}
    [entry] = gathered.ledger.entries
    assert (entry.file, entry.reason) == (str(tmp_path / "b.md"), "the same passage in two inputs")
    assert gathered.tables.claims["quote"].is_unique
