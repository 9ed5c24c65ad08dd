"""RSS and Atom feeds: each entry an article, broken and hostile ones told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError
from mapper.incidents import stable_id
from mapper.sources import Articles, read, read_all
from mapper.sources.feed import read_feed

if TYPE_CHECKING:
    from pathlib import Path

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
     xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Paper</title><link>https://paper.example/</link><language>en-gb</language>
<atom:link href="https://paper.example/feed" rel="self"/>
<item><title>Two killed in Sumy &amp; Kharkiv</title><link>https://paper.example/1</link><guid isPermaLink="false">id-1</guid>
<pubDate>Sat, 23 Nov 2024 00:30:00 +0200</pubDate>
<description>Two people died.</description>
<content:encoded><![CDATA[<p>Two people <b>died</b> in Sumy&nbsp;overnight.</p><figure><figcaption>Photo</figcaption></figure><p>A third<br>is hurt.</p>]]></content:encoded>
<media:description>A picture of a house, described at such a length that it would be the longest text here by far.</media:description></item>
<item><title>No address</title><guid isPermaLink="false">id-2</guid><dc:date>2024-11-22T06:30:00Z</dc:date><description>Text &lt;i&gt;here&lt;/i&gt;.</description></item>
<item><guid>https://paper.example/3</guid><pubDate>22 Nov 2024 08:00 EET</pubDate><description>Only a text, without a title.</description>
<source url="https://other.example">The Other</source></item>
<item><pubDate>22 Nov 2024 08:00 EET</pubDate></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">
<title type="text">Голос області</title><link href="https://holos.example/"/><id>urn:feed</id>
<entry><title type="html">Удар &lt;b&gt;по Сумах&lt;/b&gt;</title><id>urn:1</id><link rel="self" href="https://holos.example/self"/>
<link rel="alternate" href="https://holos.example/1"/><updated>2024-11-23T10:00:00+02:00</updated><published>2024-11-22T23:30:00+02:00</published>
<summary>Коротко.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Уночі дрон влучив у будинок.</p><p>Є <em>поранені</em>.</p></div></content></entry>
<entry xml:lang="en"><title>Second</title><id>urn:2</id><content type="text">5 &lt; 7 drones</content><updated>2024-11-22</updated></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Alt</title></channel><item><title>Zwei Tote in Sumy</title><link>http://alt.example/1</link><dc:date>2024-11-22</dc:date></item></rdf:RDF>"""


def saved(path: Path, content: bytes | str) -> Articles:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read(path)
    assert isinstance(found, Articles)
    return found


def test_rss_with_its_usual_extensions(tmp_path: Path) -> None:
    found = saved(tmp_path / "feed.rss", RSS)
    first, second, third = found
    assert first.path == f"{tmp_path / 'feed.rss'}#1"
    assert first.text == "Two killed in Sumy & Kharkiv\n\nTwo people died in Sumy overnight.\nA third\nis hurt."
    assert (first.title, first.publisher, first.url, first.lang) == (
        "Two killed in Sumy & Kharkiv",
        "The Paper",
        "https://paper.example/1",
        "en",
    )
    assert first.published == date(2024, 11, 23), "the day of the publisher, who is ahead of Greenwich"
    assert first.published_at == datetime(2024, 11, 23, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert (second.text, second.published_at) == ("No address\n\nText here.", datetime(2024, 11, 22, 6, 30, tzinfo=UTC))
    assert (third.title, third.publisher, third.url) == ("Only a text, without a title.", "The Other", "https://paper.example/3")
    assert third.published_at == datetime(2024, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=2)))
    assert [str(r) for r in found.rejected] == [f"{tmp_path / 'feed.rss'}: row 4: the entry has neither a title nor a text"]


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Thu, 21 Nov 2024 22:30:00 GMT", 22),
        ("Thu, 21 Nov 2024 21:30:00 +0000", 21),
        ("2024-11-21T22:30:00Z", 22),
        ("Thu, 21 Nov 2024 22:30:00 +0100", 21),
        ("Thu, 21 Nov 2024 22:30:00", 21),
    ],
)
def test_a_stamp_in_greenwich_time_is_of_the_day_in_kyiv(tmp_path: Path, stamp: str, day: int) -> None:
    item = f"<item><title>Drones hit Sumy today</title><pubDate>{stamp}</pubDate></item>"
    rss = f'<rss version="2.0"><channel><title>T</title>{item}</channel></rss>'
    assert saved(tmp_path / "x.rss", rss).articles[0].published == date(2024, 11, day)
    [given] = read_all([tmp_path], published=date(2024, 11, 1)).articles
    assert given.published == date(2024, 11, 1)


def test_a_stamp_with_a_zone_that_no_clock_has_is_told_and_stops_no_other_file(tmp_path: Path) -> None:
    item = "<item><title>Drones hit Sumy</title><pubDate>2024-11-22T10:00+99:00</pubDate></item>"
    (tmp_path / "x.rss").write_text(f'<rss version="2.0"><channel><title>T</title>{item}</channel></rss>', encoding="utf-8")
    (tmp_path / "y.csv").write_text("type,place\ndrone_strike,Sumy\n", encoding="utf-8")
    found = read_all([tmp_path])
    assert [article.published for article in found.articles] == [None]
    assert [len(table) for table in found.rows] == [1]
    assert found.warnings == (f"{tmp_path / 'x.rss'}: 1 entry without a date that can be read; --published DATE sets it",)


def test_atom_with_xhtml_and_languages(tmp_path: Path) -> None:
    first, second = saved(tmp_path / "x.atom", ATOM)
    assert first.text == "Удар по Сумах\n\nУночі дрон влучив у будинок.\nЄ поранені."
    assert (first.publisher, first.url, first.lang, first.published) == (
        "Голос області",
        "https://holos.example/1",
        "uk",
        date(2024, 11, 22),
    )
    assert (second.text, second.url, second.lang) == ("Second\n\n5 < 7 drones", "", "en")


def test_rdf_and_an_ending_that_says_nothing(tmp_path: Path) -> None:
    (only,) = saved(tmp_path / "x.xml", RDF)
    assert (only.title, only.text, only.publisher, only.published) == ("Zwei Tote in Sumy", "Zwei Tote in Sumy", "Alt", date(2024, 11, 22))


def test_ids_stay_when_a_feed_moves_on() -> None:
    old = read_feed(RSS.encode(), "a/feed.rss").articles
    items = RSS.replace("<item><title>Two killed", "<item><title>New</title></item><item><title>Two killed")
    new = read_feed(items.encode(), "b/other.xml").articles
    assert [a.source_id for a in old] == [a.source_id for a in new[1:]]
    assert old[0].source_id == stable_id("s", "https://paper.example/1")
    assert old[1].source_id == stable_id("s", "The Paper", "id-2")
    assert len({a.source_id for a in new}) == len(new)


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-u", "utf-16"])
def test_encodings_are_those_declared(tmp_path: Path, encoding: str) -> None:
    text = ATOM.replace('encoding="utf-8"', f'encoding="{encoding}"').replace("utf-8", encoding)
    assert saved(tmp_path / "x.atom", text.encode(encoding)).articles[0].title == "Удар по Сумах"


def test_entities_of_html_and_a_bare_ampersand_are_mended_in_silence(tmp_path: Path) -> None:
    found = saved(
        tmp_path / "x.rss", "<rss><channel><title>A & B</title><item><title>Sumy&nbsp;&mdash; 5 & 7\x0b</title></item></channel></rss>"
    )
    assert [(a.title, a.publisher) for a in found] == [("Sumy — 5 & 7", "A & B")]
    assert found.warnings == (f"{tmp_path / 'x.rss'}: 1 entry without a date that can be read; --published DATE sets it",)


def test_broken_xml_is_read_as_far_as_it_goes_and_told(tmp_path: Path) -> None:
    at = RSS.index("<item><guid>") + 60
    found = saved(tmp_path / "x.rss", RSS[:at])
    assert [a.title for a in found] == ["Two killed in Sumy & Kharkiv", "No address"]
    assert found.warnings[0].startswith(f"{tmp_path / 'x.rss'}: line 11, column ")
    assert ": broken XML: " in found.warnings[0]
    assert found.warnings[0].endswith("; read 3 entries, others or parts of them may lack")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<rss version="2.0"><channel><title>x</title></channel></rss>', "is a feed without entries: expected <item>; download"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "is a feed of 1 entry without titles or texts; download"),
        ("hello", "line 1, column 1: broken XML: start tag expected"),
        ("<html><body>x</body></html>", "is a web page: expected an RSS or Atom feed; name it .html"),
        ("<kml xmlns='http://www.opengis.net/kml/2.2'/>", "is XML with the root <kml>: expected <rss>, <rdf:RDF> or <feed>"),
        (bytes(range(128, 256)) * 9, "is not text"),
        (
            '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
            "entities",
        ),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>', "entities"),
        (f'<!-- {"x" * 9000} --><!DOCTYPE r [<!ENTITY % a SYSTEM "http://x.example/">%a;]><rss/>', "defines XML entities, which can hide"),
        ("<rss>" + "<a>" * 5000, "without entries: expected <item>; line 1, column .*excessive depth"),
    ],
)
def test_what_is_no_feed_is_said_in_one_line(tmp_path: Path, content: str | bytes, said: str) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=said) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_an_old_feed_may_name_a_document_type() -> None:
    old = '<!DOCTYPE rss SYSTEM "http://old.example/rss-0.91.dtd"><rss version="0.91"><channel><item><title>Caf&eacute;</title></item></channel></rss>'
    assert [a.title for a in read_feed(old.encode(), "x")] == ["Café"]


def test_an_entry_that_speaks_of_entities_is_no_attack() -> None:
    feed = "<rss><channel><item><title>On XML</title><description><![CDATA[Write <!ENTITY x> so]]></description></item></channel></rss>"
    assert len(read_feed(feed.encode(), "x")) == 1


def test_feeds_stand_flat_among_the_inputs(tmp_path: Path) -> None:
    saved(tmp_path / "a.rss", RSS)
    (tmp_path / "b.txt").write_text("Two killed in Sumy\n22 November 2024", encoding="utf-8")
    found = read_all([tmp_path], published=date(2020, 1, 1))
    assert [a.path.removeprefix(f"{tmp_path}/") for a in found.articles] == ["a.rss#1", "a.rss#2", "a.rss#3", "b.txt"]
    assert {a.published for a in found.articles} == {date(2020, 1, 1)}
    assert [r.row for r in found.rejected] == [4]


@given(st.text("<>/&;=\"' aitem[]!-\n", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    for feed in (text, f"<rss><channel><item><title>x</title>{text}</item></channel></rss>"):
        try:
            read_feed(feed.encode(), "x.rss")
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 (either way is fine)
