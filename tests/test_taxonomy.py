"""The types: complete, drawable, told apart, and open to a map's own."""

from __future__ import annotations

import re

import pytest

from mapper.errors import DefinitionError
from mapper.taxonomy import LANGUAGES, SHAPES, Taxonomy


def test_every_type_and_group_is_named_in_every_language():
    taxonomy = Taxonomy.load()
    for entry in (*taxonomy.types.values(), *taxonomy.groups.values()):
        assert set(entry.label) == set(LANGUAGES), entry.id


def test_no_two_types_look_the_same():
    types = Taxonomy.load().types.values()
    assert len({t.shape for t in types}) == len(types)
    assert len({t.colour for t in types}) == len(types)
    assert {t.shape for t in types} <= set(SHAPES)


def test_all_words_of_actions_and_weapons_are_regular_expressions():
    taxonomy = Taxonomy.load()
    patterns = [p for words in (*taxonomy.actions.values(), *taxonomy.weapons.values()) for listed in words.values() for p in listed]
    assert len(patterns) > 100
    for pattern in patterns:
        re.compile(pattern)


def luminance(colour):
    def linear(channel):
        value = int(channel, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(c) for c in re.findall(r"[0-9a-f]{2}", colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_colours_stand_out_on_a_light_map():
    for kind in Taxonomy.load().types.values():
        assert 1.05 / (luminance(kind.colour) + 0.05) >= 3, kind.id


@pytest.mark.parametrize(
    ("action", "weapon", "kind"),
    [
        ("strike", "drone", "drone_strike"),
        ("strike", "", "strike"),
        ("intercept", "missile", "interception"),
        ("explode", "mine", "landmine"),
        ("strike", "mine", "landmine"),
        ("", "drone", ""),
    ],
)
def test_action_and_weapon_make_the_type(action, weapon, kind):
    assert Taxonomy.load().type_of(action, weapon) == kind


def test_a_map_adds_a_type_and_changes_a_colour():
    taxonomy = Taxonomy.load(
        {
            "types": {
                "strike": {"colour": "#123456"},
                "arson": {"label": "Arson", "group": "other", "actions": ["sabotage"], "colour": "#654321"},
            }
        }
    )
    assert taxonomy.types["strike"].colour == "#123456"
    assert taxonomy.types["strike"].label["uk"] == Taxonomy.load().types["strike"].label["uk"]
    assert list(taxonomy.types)[-1] == "arson"


def test_a_map_adds_to_what_expressions_have_in_common():
    changes = {"parts": {"flying": {"words": {"en": ["kites?"]}}}, "actions": {"intercept": {"words": {"en": ["caught <<flying>>"]}}}}
    assert Taxonomy.load(changes).actions["intercept"]["en"] == ("caught (?:kites?)",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"types": {"x": {"label": "X", "shape": "flame"}}}, "'flame' is not one of bar, circle"),
        ({"types": {"x": {"label": "X", "colour": "red"}}}, "'red' is not a colour"),
        ({"types": {"x": {"label": {"de": "X"}}}}, "at least 'en'"),
        ({"types": {"x": {"label": "X", "color": "#123456"}}}, "x.color: unknown setting"),
        ({"kinds": {}}, "kinds: expected one of groups"),
        ({"weapons": {"laser": {"words": {"en": ["laser("]}}}}, "laser.words.en"),
        ({"actions": {"dazzle": {"words": {"en": ["dazzled <<floating>>"]}}}}, "no part <<floating>> in this language; there are flying"),
    ],
)
def test_a_wrong_setting_is_named(changes, said):
    with pytest.raises(DefinitionError, match=re.escape(said)):
        Taxonomy.load(changes, path="maps/x.toml")
