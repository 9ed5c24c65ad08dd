"""Telegram's export of a channel, and what else a file of JSON can be."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError
from mapper.incidents import stable_id
from mapper.sources import Articles, read, read_all
from mapper.sources.rows import IncidentRows
from mapper.sources.telegram import is_export, read_export

if TYPE_CHECKING:
    from pathlib import Path

ENTITIES = [
    {"type": "bold", "text": "❗️ Удар по Сумах"},
    "\n\nУночі дрон влучив у будинок, ",
    {"type": "italic", "text": "двоє людей"},
    " загинули.\n",
    {"type": "link", "text": "https://x.example"},
]


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2024-11-22T01:30:00",
        "date_unixtime": "1732231800",
        "from": "Голова області",
        "from_id": "channel1234567890",
        "text": text,
        "text_entities": [],
    } | more


def channel(*messages: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Голова області", "type": "public_channel", "id": 1234567890, "messages": list(messages)} | more


def saved(path: Path, document: Any) -> Articles:
    path.write_text(json.dumps(document), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Articles)
    return found


def test_messages_of_a_channel(tmp_path: Path) -> None:
    service = {"id": 1, "type": "service", "date": "2024-11-01T00:00:00", "action": "create_channel", "title": "x", "text": ""}
    picture = message(4, "", photo="photos/1.jpg")
    found = saved(tmp_path / "result.json", channel(service, message(2, ENTITIES), message(3, "Відбій тривоги."), picture, picture))
    first, second = found
    assert first.path == f"{tmp_path / 'result.json'}#2"
    assert first.text == "❗️ Удар по Сумах\n\nУночі дрон влучив у будинок, двоє людей загинули.\nhttps://x.example"
    assert (first.title, first.publisher, first.url) == ("Удар по Сумах", "Голова області", "https://t.me/c/1234567890/2")
    assert first.published == date(2024, 11, 22)
    assert first.published_at == datetime(2024, 11, 22, 1, 30, tzinfo=timezone(timedelta(hours=2))), "the two clocks lie two hours apart"
    assert (first.lang, second.lang) == ("uk", "uk")
    assert first.source_id == stable_id("s", "https://t.me/c/1234567890/2")
    assert found.warnings == (f"{tmp_path / 'result.json'}: 1 service message and 2 messages without text skipped",)
    assert found.rejected == ()


def test_a_forwarded_message_is_the_word_of_whom_it_comes_from() -> None:
    (found,) = read_export(channel(message(7, "Загинули двоє людей.", forwarded_from="ДСНС")), "result.json")
    assert (found.publisher, found.url) == ("ДСНС", "https://t.me/c/1234567890/7")


def test_the_name_of_a_channel_makes_the_better_address() -> None:
    (found,) = read_export(channel(message(7, "Text of it"), username="holova"), "x")
    assert found.url == "https://t.me/holova/7"
    (found,) = read_export(channel(message(7, "Text of it"), id=-1001234567890), "x")
    assert found.url == "https://t.me/c/1234567890/7"
    (found,) = read_export(channel(message(7, "Text of it"), type="personal_chat", id=5), "a/x.json")
    assert (found.url, found.source_id) == ("", stable_id("s", "Голова області", "5/7"))


def test_the_export_of_an_account_holds_several_chats() -> None:
    chats = [
        channel(message(1, "Загинули двоє людей.")),
        channel(message(1, "Two people died in the city."), name="B", id=9),
        {"name": "no messages"},
    ]
    found = read_export(
        {"about": "x", "chats": {"about": "y", "list": chats}, "left_chats": {"list": [channel(message(2, "Бій"), id=8)]}}, "r.json"
    )
    assert [(a.path, a.publisher, a.lang) for a in found][:2] == [
        ("r.json#1234567890/1", "Голова області", "uk"),
        ("r.json#9/1", "B", "en"),
    ]
    assert len({a.source_id for a in found}) == 3


@pytest.mark.parametrize(
    ("dates", "published", "moment"),
    [
        ({"date_unixtime": None}, date(2024, 11, 22), None),
        ({"date": None}, date(2024, 11, 21), datetime(2024, 11, 21, 23, 30, tzinfo=UTC)),
        ({"date": "2030-01-01T00:00:00"}, date(2030, 1, 1), datetime(2024, 11, 21, 23, 30, tzinfo=UTC)),
        ({"date": "soon", "date_unixtime": "9" * 30}, None, None),
        ({"date": 5, "date_unixtime": {}}, None, None),
    ],
)
def test_dates_that_lack_or_do_not_fit(dates: dict[str, Any], published: date | None, moment: datetime | None) -> None:
    found = read_export(channel(message(1, "Text of it", **dates)), "x.json")
    assert (found.articles[0].published, found.articles[0].published_at) == (published, moment)
    assert bool(found.warnings) == (published is None)


def test_a_short_message_is_in_the_language_of_its_channel() -> None:
    texts = [
        "Вночі збили дев'ять дронів.",
        "Дрон",
        "Відбій тривоги в області.",
        "The drones were shot down over the region at night by the army.",
    ]
    found = [a.lang for a in read_export(channel(*(message(n, t) for n, t in enumerate(texts[:3]))), "x")]
    assert found == ["uk", "uk", "uk"]
    found = [a.lang for a in read_export(channel(*(message(n, t) for n, t in enumerate(texts))), "x")]
    assert found == ["uk", "", "uk", "en"], "a channel in two languages has no usual one"


def test_odd_messages_are_set_aside_with_their_number() -> None:
    odd = message(1, ["a \ud800", {"text": 5}, None, 7, {"type": "bold", "text": "b\u200f\0"}], forwarded_from=None)
    found = read_export(channel(odd, 3, {"text": "no number"}, name=None, type=None, id=None), "x.json")
    assert [a.text for a in found] == ["a ?b"]
    assert [(r.row, r.problem[:32]) for r in found.rejected] == [
        (2, "is no message: expected an objec"),
        (3, "the message has no number: expec"),
    ]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (channel(), "is a Telegram export with no message: expected messages with text; export the channel again"),
        (channel({"id": 1, "type": "service"}), r"with no text in its 1 message \(1 service message\): expected"),
        ({"a": 1}, "is JSON but no GeoJSON FeatureCollection and no Telegram export; expected"),
        ([1, 2], "is JSON but no GeoJSON FeatureCollection and no Telegram export"),
        (None, "is JSON but no GeoJSON FeatureCollection and no Telegram export"),
        ({"messages": "none"}, "is JSON but no GeoJSON FeatureCollection and no Telegram export"),
    ],
)
def test_what_is_no_export_is_said_in_one_line(tmp_path: Path, document: Any, said: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_json_is_told_apart_by_what_it_holds(tmp_path: Path) -> None:
    place = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [34.8, 50.9]}, "properties": {"type": "shelling"}}
    (tmp_path / "a.json").write_text(json.dumps({"features": [place], "type": "FeatureCollection"}), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(channel(message(1, "Загинули двоє людей."))), encoding="utf-8")
    (tmp_path / "c.json").write_text('{"a": ', encoding="utf-8")
    found = read_all([tmp_path])
    assert isinstance(found.rows[0], IncidentRows)
    assert [a.title for a in found.articles] == ["Загинули двоє людей."]
    assert [str(r) for r in found.rejected] == [
        f"{tmp_path / 'c.json'}: line 1, column 7: is not JSON: expecting value; save it again; expected a GeoJSON FeatureCollection or a Telegram export"
    ]


json_values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda v: st.lists(v, max_size=3), max_leaves=5)


@given(st.dictionaries(st.sampled_from(["id", "type", "date", "date_unixtime", "text", "forwarded_from"]), json_values), json_values)
def test_no_message_breaks_the_reader(odd: dict[str, Any], name: Any) -> None:
    document = channel(odd, message(2, "Text of it"), name=name, id=name, type=name, username=name)
    assert is_export(document)
    assert len(read_export(document, "x")) >= 1
