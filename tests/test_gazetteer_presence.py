"""What is told of a key without a search must be what a search tells."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapper.gazetteer.index import Gazetteer
from mapper.gazetteer.layer import Strings, texts
from mapper.gazetteer.presence import PATIENCE, Presence


@pytest.fixture(scope="module")
def searching():
    return Gazetteer.load()


@pytest.fixture(scope="module")
def quick():
    gazetteer = Gazetteer.load()
    for _ in range(PATIENCE + 1):
        gazetteer.knows("суми")
    assert not gazetteer._presence.may_be_name("жодного місця")
    return gazetteer


@pytest.fixture(scope="module")
def keys(searching):
    return [key for layer in searching._layers for key in layer.keys[::500]]


def test_it_knows_every_name_and_what_names_begin_with(quick, keys):
    assert len(keys) > 1_000
    assert all(quick.knows(key) for key in keys)
    beginnings = {key[:end] for key in keys for end, letter in enumerate(key) if letter == " "}
    assert len(beginnings) > 500
    assert all(quick.starts(beginning) for beginning in beginnings)


def test_it_finds_what_a_search_finds_next_to_names(quick, searching, keys):
    near = {change for key in keys[::5] for change in (key[:-1], f"{key}а", f"{key} а", key[::-1], key.partition(" ")[0], f" {key}")}
    assert [quick.known(key) for key in sorted(near)] == [searching.known(key) for key in sorted(near)]


def test_a_renamed_place_is_known_to_it(quick, searching):
    renamed = list(searching._aliases)
    assert renamed
    assert all(quick.knows(key) for key in renamed)
    assert all(quick.starts(key) for key in searching._alias_starts)


@given(st.text("абв ıa\0", max_size=6))
@example("")
def test_what_it_denies_is_not_there(quick, searching, text):
    assert quick.known(text) == searching.known(text)


def test_it_denies_most_that_is_not_there(quick, keys):
    strangers = [f"{key}щ" for key in keys]
    assert sum(quick._presence.may_be_name(key) for key in strangers) < 0.15 * len(strangers)


def test_few_questions_need_no_table():
    asked = []
    presence = Presence(lambda: asked or asked.append(1) or [Strings(texts(["нова одеса", "суми"]))], patience=2)
    assert [presence.may_be_name("x"), presence.may_begin("x"), asked] == [True, True, []]
    assert [presence.may_be_name("x"), presence.may_begin("x"), presence.may_be_name("суми"), asked] == [False, False, True, [1]]
    assert [presence.may_begin("нова"), presence.may_begin("нова одеса")] == [True, False]


def test_a_column_cut_out_of_another_and_one_without_texts():
    column = pa.StringArray.from_buffers(3, *texts(["а", "суми", "нова одеса"]).buffers()[1:])[1:]
    presence = Presence(lambda: [Strings(column), Strings(texts([]))], patience=0)
    assert [presence.may_be_name(key) for key in ("а", "суми", "нова одеса")] == [False, True, True]


def test_of_many_guesses_those_stay_that_are_names(quick, searching, keys):
    guesses = [guess for key in keys[::5] for guess in (f"{key}щ", key)]
    likely = quick._presence.likely(guesses)
    assert [key for key in likely if searching.knows(key)] == [key for key in guesses if searching.knows(key)]
    assert len(likely) < 0.6 * len(guesses)
    assert list(Presence(list).likely(guesses)) == guesses
