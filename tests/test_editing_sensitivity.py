"""Sensitivity rules: how they are written, which incidents they mean, and when a delay ends."""

from __future__ import annotations

import datetime as dt

import pytest
from sensitive_sample import COARSEN, INCIDENT, OPEN, REASON, TAXONOMY, guarded, sensitive_tables

from mapper.editing.sensitivity import combined, matching, parse_rules
from mapper.editing.withholding import build_time, due
from mapper.errors import DefinitionError, MapperError
from mapper.page import definition


def parse(*rules):
    return parse_rules(list(rules), "map.toml", TAXONOMY)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"type": "drone_strik", "coarsen": "admin1"}, "rule 1, type: 'drone_strik' is not known; did you mean drone_strike?"),
        ({"typ": "drone_strike", "coarsen": "admin1"}, "typ: unknown setting; did you mean type?"),
        ({"tag": "x", "coarsen": "oblast"}, "coarsen: 'oblast' is not known; expected one of settlement, admin2, admin1, country"),
        ({"tag": "x", "coarsen": "admin"}, "did you mean admin"),
        ({"tag": "x", "delay": "two days"}, 'delay: expected hours or days, such as "48h" or "3d"'),
        ({"tag": "x", "delay": "0h"}, "delay: expected hours or days"),
        ({"tag": "x", "delay": 48}, "delay: expected hours or days"),
        ({"tag": "x", "drop": ["quote"]}, "drop: 'quote' is not known; did you mean quotes?"),
        ({"tag": "x"}, "coarsen: say what to do"),
        ({"coarsen": "admin1"}, "type: say which incidents"),
        ({"column": "targt", "contains": "hospital", "coarsen": "admin1"}, "column: 'targt' is not known; did you mean target?"),
        ({"column": "target", "coarsen": "admin1"}, "column: goes with equals or contains"),
        ({"tag": "x", "contains": "hospital", "coarsen": "admin1"}, "column: goes with equals or contains"),
        ({"tag": [], "coarsen": "admin1"}, "tag: expected text in quotes or a list of such"),
        ({"tag": "x", "delay": "1d", "keep": "quotes"}, "keep: goes with coarsen"),
        ({"tag": "x", "coarsen": "admin1", "keep": "corrections"}, "keep: corrections hold the old places"),
        ({"tag": "x", "coarsen": "admin1", "keep": "quotes", "drop": "names"}, "keep: quotes is under drop too"),
    ],
)
def test_a_wrong_rule_says_what_to_write(rule, told):
    with pytest.raises(DefinitionError) as caught:
        parse(rule | {"reason": REASON})

    assert told in str(caught.value)
    assert str(caught.value).startswith("map.toml: sensitivity, rule 1, ")


def test_a_rule_must_tell_the_reader_why():
    with pytest.raises(DefinitionError, match="reason: tell the reader why"):
        parse({"tag": "x", "coarsen": "admin1"})


def test_rules_stand_in_the_definition(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(f'inputs = ["a"]\n[[sensitivity]]\ntype = "sabotage"\ndelay = "48h"\nreason = "{REASON}"\n', encoding="utf-8")

    (rule,) = definition.read(path).sensitivity

    assert rule.types == ("sabotage",)
    assert rule.delay == dt.timedelta(hours=48)
    path.write_text('inputs = ["a"]\n[sensitivity]\ntype = "sabotage"\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match="two brackets"):
        definition.read(path)


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "missile_strike"},
        {"type": ["sabotage", "missile_strike"]},
        {"tag": "Ward of Doctor Kovalenko"},
        {"sensitivity": "HIGH"},
        {"column": "target", "equals": "Maternity Hospital"},
        {"column": "notes", "contains": ["bunker", "COURTYARD"]},
        {"column": "quote", "contains": "пологового"},
        {"column": "by", "contains": "head doctor"},
        {"column": "target", "contains": "hospital", "country": "ua", "type": "missile_strike"},
    ],
)
def test_a_condition_finds_its_incident_and_no_other(condition):
    (found,) = matching(sensitive_tables(), parse(condition | {"coarsen": "admin1", "reason": REASON}))

    assert found.tolist() == [True, False]


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "missile_strike", "country": "RU"},
        {"type": "missile_strike", "tag": "night"},
        {"column": "target", "equals": "hospital"},
        {"column": "quote", "contains": "hospital"},
    ],
)
def test_all_conditions_must_hold(condition):
    (found,) = matching(sensitive_tables(), parse(condition | {"coarsen": "admin1", "reason": REASON}))

    assert not found.any()


def test_an_incident_over_two_countries_lies_in_each():
    places = [dict(OPEN["places"][0]), OPEN["places"][0] | {"country": "RU", "admin1": "RU-BEL"}]
    tables = sensitive_tables(OPEN | {"id": "i-both", "country": None, "places": places})

    masks = matching(tables, parse(*({"country": code, "delay": "1d", "reason": REASON} for code in ("UA", "RU"))))

    assert [mask.tolist() for mask in masks] == [[True, True, True], [False, False, True]]


def test_of_several_rules_the_strictest_holds():
    rules = parse(
        COARSEN,
        {"tag": "x", "coarsen": "country", "keep": ["quotes", "title"], "delay": "3d", "reason": "Second."},
        {"tag": "x", "coarsen": "settlement", "delay": "48h", "drop": "weapon", "reason": "Second."},
    )

    treatment = combined(rules)

    assert treatment.level == "country"
    assert treatment.delay == dt.timedelta(days=3)
    assert {"quotes", "title", "weapon"} <= treatment.hides
    assert treatment.reason == f"{REASON} Second."


def row(**changes):
    return {
        "reported_at": None,
        "date_start": dt.datetime(2024, 11, 20),
        "date_end": dt.datetime(2024, 11, 20),
        "timezone": "Europe/Kyiv",
    } | changes


@pytest.mark.parametrize(
    ("changes", "moment"),
    [
        # Two hours before Greenwich in winter.
        ({"reported_at": dt.datetime(2024, 11, 21, 9, 30)}, dt.datetime(2024, 11, 23, 7, 30)),
        # Known to the day: from its end.
        ({"reported_at": dt.datetime(2024, 11, 21)}, dt.datetime(2024, 11, 23, 22)),
        ({}, dt.datetime(2024, 11, 22, 22)),
        ({"date_end": dt.datetime(2024, 11, 22, 6, 0)}, dt.datetime(2024, 11, 24, 22)),
        # Over the change to winter time, 48 hours are 48 hours.
        ({"reported_at": dt.datetime(2024, 10, 26, 12)}, dt.datetime(2024, 10, 28, 9)),
        # A zone that nobody knows: where the day ends last.
        ({"timezone": "Europe/Nowhere"}, dt.datetime(2024, 11, 23, 12)),
    ],
)
def test_a_delay_runs_from_the_report_or_from_the_end_of_the_day(changes, moment):
    assert due(row(**changes), dt.timedelta(hours=48)) == moment.replace(tzinfo=dt.UTC)


def test_the_clock_of_the_build_can_be_set(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732233600")
    assert build_time() == dt.datetime(2024, 11, 22, tzinfo=dt.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(MapperError, match="SOURCE_DATE_EPOCH is 'yesterday': expected whole seconds since 1970"):
        build_time()


def test_a_withheld_incident_is_told_of_by_its_moment_only(world):
    rule = {"type": "missile_strike", "delay": "5d", "reason": REASON}
    moment = dt.datetime(2024, 11, 26, 7, 30, tzinfo=dt.UTC)

    before = guarded(world, rule, now=moment - dt.timedelta(seconds=1))
    after = guarded(world, rule, now=moment)

    assert before.hidden == ((INCIDENT["id"], f"withheld until 2024-11-26 07:30 UTC: {REASON}"),)
    assert before.next_release == moment
    assert before.tables.incidents["id"].tolist() == [OPEN["id"]]
    assert before.tables.sources["id"].tolist() == ["s-open00000001"]
    assert after.next_release is None
    assert not after.secrets
    assert after.tables.incidents["id"].tolist() == [INCIDENT["id"], OPEN["id"]]


def test_the_next_release_is_the_first(world):
    other = OPEN | {"id": "i-later", "reported_at": dt.datetime(2024, 11, 25, 9)}
    rule = {"country": "UA", "delay": "9d", "reason": REASON}

    result = guarded(world, rule, tables=sensitive_tables(other))

    assert len(result.hidden) == 3
    assert result.next_release == dt.datetime(2024, 11, 30, 7, 30, tzinfo=dt.UTC)


def test_what_has_no_date_stays_withheld(world):
    tables = sensitive_tables(reported_at=None, date_start=None, date_end=None, date_precision="unknown")

    result = guarded(world, {"type": "missile_strike", "delay": "1h", "reason": REASON}, tables=tables)

    assert result.hidden[0][1].startswith("withheld, since neither it nor its report has a date")
    assert result.next_release is None


def test_after_its_delay_an_incident_is_still_coarsened(world):
    result = guarded(world, COARSEN | {"delay": "1h"})

    assert not result.hidden
    assert result.renamed.keys() == {INCIDENT["id"]}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"column": "target", "contains": "hopsital"}, 'no incident has contains "hopsital": did you mean "hospital"?'),
        ({"column": "target", "equals": "maternity hospitel"}, '"maternity hospitel": did you mean "maternity hospital"?'),
        ({"column": "by", "equals": "mayro"}, 'no incident has equals "mayro": did you mean "mayor"?'),
        ({"sensitivity": "hihg"}, 'no incident has sensitivity "hihg": did you mean "high"?'),
        ({"type": "sabotage"}, "see whether its words are spelt as the incidents have them"),
        ({"tag": "quite another"}, "see whether its words are spelt as the incidents have them"),
    ],
)
def test_a_rule_that_applies_to_nothing_is_told_with_what_it_may_mean(world, rule, told):
    [line] = guarded(world, rule | {"coarsen": "admin1", "reason": REASON}).remarks

    assert line.startswith("sensitivity: rule 1 (")
    assert "applies to no incident and hides nothing" in line
    assert told in line


def test_a_misspelt_word_beside_one_that_is_right_is_told(world):
    rule = {"column": "target", "contains": ["hospital", "matrenity", "school"], "coarsen": "admin1", "reason": REASON}

    [line] = guarded(world, rule).remarks

    assert line.endswith('no incident has contains "matrenity": did you mean "maternity"?')


def test_rules_that_apply_are_not_told(world):
    assert guarded(world, COARSEN, {"sensitivity": "high", "drop": "actor", "reason": REASON}).remarks == ()


def test_two_conditions_that_never_meet_are_told(world):
    [line] = guarded(world, {"sensitivity": "high", "country": "UA", "type": "drone_strike", "drop": "actor", "reason": REASON}).remarks

    assert '(type = "drone_strike", sensitivity = "high", country = "UA") applies to no incident' in line
