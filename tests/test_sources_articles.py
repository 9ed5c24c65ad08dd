"""Articles: decoding, heads of plain texts, front matter."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError
from mapper.incidents import stable_id
from mapper.sources import Article, read
from mapper.sources.dateline import read_head
from mapper.sources.dates import FARTHEST, find_day, parse_day, parse_moment, parse_stamp, parse_time
from mapper.sources.markdown import read_markdown
from mapper.sources.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

UKRAINIAN = "Удар по Сумах\n22 листопада 2024 року\n\nДвоє людей загинуло, її будинок і ґанок зруйновано, є поранені.\n"


def article(path: Path, content: bytes | str) -> Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read(path)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8_u"])
def test_cyrillic_comes_out_right_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = article(tmp_path / "x.txt", UKRAINIAN.encode(encoding))
    assert found.text == UKRAINIAN
    assert found.title == "Удар по Сумах"
    assert found.published == date(2024, 11, 22)
    guessed = encoding in {"cp1251", "koi8_u"}
    assert bool(found.warnings) == guessed
    if guessed:
        assert "a guess since it is not UTF-8" in found.warnings[0]


def test_russian_koi8_and_german_cp1252(tmp_path: Path) -> None:
    russian = "Российские войска нанесли удар беспилотниками по городу Сумы.\n"
    german = "Über der größten Stadt wurden Drohnen abgeschossen, Löscharbeiten dauern an.\n"
    assert article(tmp_path / "ru.txt", russian.encode("koi8_r")).text == russian
    assert article(tmp_path / "de.txt", german.encode("cp1252")).text == german


def test_windows_lines_become_plain_and_the_hash_is_of_the_file(tmp_path: Path) -> None:
    data = b"Two killed\r\nIn Sumy.\rEnd"
    found = article(tmp_path / "x.txt", data)
    assert found.text == "Two killed\nIn Sumy.\nEnd"
    assert found.sha256 == sha256(data).hexdigest()


def test_ids_come_from_the_address_else_from_name_and_title() -> None:
    assert Article("a/x.md", "t", url="http://x").source_id == stable_id("s", "http://x")
    assert Article("a/x.md", "t", title="T").source_id == Article("b/x.md", "u", title="T").source_id
    assert Article("a/x.md", "t", title="T").source_id != Article("a/y.md", "t", title="T").source_id


@pytest.mark.parametrize(
    ("text", "name", "title", "published"),
    [
        (
            " date 2024-11-22 Missiles for Pyongyang, Seoul saysPublished November 22, 2024last updated November 23, 2024\nBody",
            "x.txt",
            "Missiles for Pyongyang, Seoul says",
            date(2024, 11, 22),
        ),
        ("Angriff auf Sumy\nVeröffentlicht am 3. März 2025\nText", "x.txt", "Angriff auf Sumy", date(2025, 3, 3)),
        ("Удар по Сумам\nОпубликовано 5 мая 2024 г., 10:00\nТекст", "x.txt", "Удар по Сумам", date(2024, 5, 5)),
        ("Two killed in Sumy\nFriday, 22 November 2024\nText", "x.txt", "Two killed in Sumy", date(2024, 11, 22)),
        (
            "Two killed in Sumy\nOn February 24, 2022, Russia invaded the country, and the war goes on.",
            "2024-11-22-roundup.txt",
            "Two killed in Sumy",
            date(2024, 11, 22),
        ),
        ("Two killed in Sumy\nText without a date", "x.txt", "Two killed in Sumy", None),
        ("2024-11-22\nTwo killed", "x.txt", "Two killed", date(2024, 11, 22)),
        ("Drones struck a school in Sumy, killing two people.\n\nThe mayor said so", "2024-11-22.txt", "", date(2024, 11, 22)),
        ("“We heard three explosions,” she said. “Then it was dark.”\nMore", "x.txt", "", None),
        (f"Drones struck {'a school and ' * 12}a shop in Sumy\nText", "x.txt", "", None),
        ("---\n\nTwo killed in Sumy\nText", "x.txt", "Two killed in Sumy", None),
        ("# Two killed in Sumy.\nText", "x.txt", "Two killed in Sumy.", None),
    ],
)
def test_heads_of_plain_texts(text: str, name: str, title: str, published: date | None) -> None:
    head = read_head(text, name)
    assert (head.title, head.published, head.warning) == (title, published, "")


def test_a_date_out_of_the_prose_is_told() -> None:
    head = read_head("Two killed\nOn February 24, 2022, Russia invaded the country, and the war goes on to this day.", "x.txt")
    assert head.published == date(2022, 2, 24)
    assert "taken to be published on 'February 24, 2022'" in head.warning


def test_front_matter_in_yaml(tmp_path: Path) -> None:
    found = article(
        tmp_path / "x.md",
        '---\ntitle: "Strike: Sumy"\npublisher: Our own words\nurl: https://example.org/a#b\npublished: 2024-11-22T06:30:00Z\nlang: uk\n'
        "# a comment\nauthors:\n  - somebody\n---\n\nТекст\n",
    )
    assert (found.title, found.publisher, found.url, found.lang) == ("Strike: Sumy", "Our own words", "https://example.org/a#b", "uk")
    assert found.published == date(2024, 11, 22)
    assert found.published_at == datetime(2024, 11, 22, 6, 30, tzinfo=UTC)
    assert found.text == "\nТекст\n"
    assert found.warnings == (f"{tmp_path / 'x.md'}: front matter 'authors' not used; known are title, publisher, url, published, lang",)


def test_a_plain_text_may_have_front_matter_too(tmp_path: Path) -> None:
    content = "---\ntitle: Two killed\npublisher: Desk\npublished: 2024-11-22\n---\nTwo people were killed in Sumy.\n"
    plain, marked = (article(tmp_path / name, content) for name in ("x.txt", "x.md"))
    assert (plain.title, plain.publisher, plain.published) == ("Two killed", "Desk", date(2024, 11, 22))
    assert plain.text == marked.text == "Two people were killed in Sumy.\n"


def test_front_matter_in_toml_and_none_at_all(tmp_path: Path) -> None:
    assert article(tmp_path / "a.md", "+++\ntitle = 'T'\ndate = 2024-11-22\n+++\nText").published == date(2024, 11, 22)
    plain = article(tmp_path / "b.md", "# Two killed\n\nPublished 22 November 2024\n\nText")
    assert (plain.title, plain.published) == ("Two killed", date(2024, 11, 22))
    assert article(tmp_path / "c.md", "---\n\nA text below a rule").text.startswith("---")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "---\ntitle: T\npublished: yesterday\n---\nText",
            "line 3: published 'yesterday' is not a date; expected a date such as 2024-11-22",
        ),
        ("---\npublished: 2024-02-31\n---\nText", "line 2: published '2024-02-31' is not a date"),
        ("---\npublished: 2024-11-22T10:00+99:00\n---\nText", "line 2: published '2024-11-22T10:00.99:00' is not a date"),
        ("---\ntitle: T\nText", "the front matter that line 1 opens is never closed; add a line '---' below it"),
        ("---\ntitle: T\nno colon here\n---\nText", "line 3: 'no colon here' in the front matter is not 'key: value'"),
        ("+++\ntitle = T\n+++\nText", "the front matter is not TOML"),
        ("---\ntitle: T\n---\n  \n", "has no text: expected the article below the front matter"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not text: byte 8 is NUL; save it as UTF-8 text and try again"),
        (bytes(range(128, 256)) * 20, "is not text|looks like"),
        (b"\xff\xfea", "begins as UTF-16 but byte"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, content: bytes | str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        article(tmp_path / "x.md", content)
    assert str(caught.value).startswith(f"{tmp_path / 'x.md'}: ")
    assert "\n" not in str(caught.value)


def test_the_command_line_overrides_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("---\npublished: 2024-11-22\nlang: en\n---\nText", encoding="utf-8")
    found = read(path, published=date(2023, 1, 2), lang="de")
    assert isinstance(found, Article)
    assert (found.published, found.lang) == (date(2023, 1, 2), "de")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22.11.2024", date(2024, 11, 22)),
        ("22 листопада 2024", date(2024, 11, 22)),
        ("22 ноября 2024 года", date(2024, 11, 22)),
        ("22. November 2024", date(2024, 11, 22)),
        ("Nov. 22, 2024", date(2024, 11, 22)),
        ("Friday, November 22nd, 2024", date(2024, 11, 22)),
        ("22/11/24", date(2024, 11, 22)),
        ("20241122", date(2024, 11, 22)),
    ],
)
def test_days_as_people_write_them(text: str, day: date) -> None:
    found = parse_day(text)
    assert found is not None
    assert (found.start, found.end) == (day, day)


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-01", "31.04.2024", "32 May 2024", "99", "2024-00", "12345678"])
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", f"{day:%Y%m%d}", f"{day:%-d %B %Y}", f"{day:%B %-d, %Y}"):
        found = parse_day(text)
        assert found is not None, text
        assert found.start == day
    assert find_day(f"It was on {day:%-d %B %Y}, they say") == (day, 10, 10 + len(f"{day:%-d %B %Y}"))


CLOCK = r"\d\d?(:\d\d){0,2} ?([ap]m)?"
ZONE = r"(Z|[A-Z]{2,4}|(UTC|GMT)?[+-]\d\d?(:?\d\d)?)?"
STAMPS = st.from_regex(
    rf"((19|20)\d\d-[01]\d-[0-3]\d[T ]|([A-Z][a-z]{{2}}, )?\d\d? (Jan|Nov) (19|20)?\d\d ){CLOCK} ?{ZONE}", fullmatch=True
)


@given(st.text(max_size=40) | STAMPS)
def test_no_text_breaks_the_readers_of_dates(text: str) -> None:
    parse_day(text)
    for found in (parse_moment(text), parse_stamp(text)):
        if found and found[1]:
            assert abs(found[1].utcoffset() or timedelta()) <= timedelta(minutes=FARTHEST)
    find_day(text)
    read_head(text, text)


@given(st.text(max_size=20) | st.from_regex(rf"{CLOCK}{ZONE}", fullmatch=True))
def test_no_text_breaks_the_reader_of_times(text: str) -> None:
    found = parse_time(text)
    if found:
        assert 0 <= found.seconds < 24 * 3600
        assert abs(found.offset or 0) <= FARTHEST


@pytest.mark.parametrize(("zone", "offset"), [("+14:00", 840), ("-1200", -720), ("+14:15", None), ("-25:00", None), ("+9900", None)])
def test_no_clock_is_more_than_14_hours_from_utc(zone: str, offset: int | None) -> None:
    found = parse_time(f"10:00{zone}")
    assert (found.offset if found else None) == offset
    mailed = parse_stamp(f"Fri, 22 Nov 2024 10:00:00 {zone.replace(':', '')}")
    assert mailed is not None
    assert mailed[0] == date(2024, 11, 22)
    assert (None if mailed[1] is None else mailed[1].utcoffset()) == (None if offset is None else timedelta(minutes=offset))


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode) | st.text(max_size=60).map(lambda t: f"---\n{t}\n---\n{t}".encode()))
def test_no_bytes_break_the_readers_of_articles(data: bytes) -> None:
    for reader in (read_text, read_markdown):
        try:
            found = reader(data, "x.md")
        except InputError:
            continue
        assert "\r" not in found.text


def test_an_article_needs_no_table_library() -> None:
    code = (
        "import sys, mapper.sources; sys.exit(any(m in sys.modules for m in ('pandas', 'geopandas', 'pyogrio', 'shapely', 'pyarrow.csv')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
