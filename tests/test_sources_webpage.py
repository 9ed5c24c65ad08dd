"""Saved web pages: the article and nothing around it, and what the page says of itself."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import InputError
from mapper.incidents import stable_id
from mapper.sources import Article, read, read_all
from mapper.sources.markup import fragment_text
from mapper.sources.webpage import read_page

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Two killed as drones hit Sumy overnight"
SHORT = ["Drones hit an apartment block in Sumy overnight, killing two people, the head of the region said."]
LONG = [
    *SHORT,
    "Rescuers pulled a woman and her son from under the rubble in the early morning, and the search was still going on at nine.",
    "The air force said in its morning report that it had shot down 23 of the 31 drones that were launched from three directions.",
    "Windows were broken in a school and a clinic beside the river; the city opened two warm rooms for those who had to leave.",
    "The grid operator cut power to some 4,000 homes for several hours while crews repaired a line that fragments had torn down.",
    "The mayor wrote that the blast had been heard on both banks, and asked people not to publish pictures of the place.",
    "It was the third attack on the district within a week, and the second in which the same street was struck.",
]
UKRAINIAN = [
    "Уночі безпілотники влучили в багатоповерхівку в Сумах, загинули двоє людей, повідомив очільник області.",
    "Сили протиповітряної оборони збили 23 із 31 апарата; у школі та поліклініці біля річки вибило вікна.",
]
MENU = "<nav><ul>" + "".join(f'<li><a href="/s{n}">Section {n} of the paper</a></li>' for n in range(20)) + "</ul></nav>"
TEASERS = '<div class="related-news"><h3>Read also</h3>' + "".join(
    f'<p><a href="/{n}">Headline {n} on another matter</a> A teaser that is a whole sentence, as those are, of story {n}.</p>'
    for n in range(6)
)
TEASERS += "</div>"
COMMENTS = (
    '<div id="comments">' + "".join(f"<p>Reader {n}: what a night, stay safe all of you over there.</p>" for n in range(8)) + "</div>"
)
FOOTER = "<footer><p>All rights reserved by the paper. Reprint with a link only.</p></footer>"
SCRIPT = "<script>" + "var a = [1, 2, 3];" * 200 + "</script>"
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-11-22T00:40:00+02:00",
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Paper"},
    "url": "https://paper.example/sumy",
    "inLanguage": "en-GB",
}


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def as_article(texts: list[str]) -> str:
    return (
        f"{MENU}<main><article><h1>{TITLE}</h1><div class='share'><a>Share</a></div>"
        f"<figure><img src='x.jpg'><figcaption>Photo: the emergency service</figcaption></figure>"
        f"{paragraphs(texts[:1])}{TEASERS}{paragraphs(texts[1:])}</article></main>{COMMENTS}{FOOTER}{SCRIPT}"
    )


def as_divs(texts: list[str]) -> str:
    rows = "".join(f'<div class="css-1a"><span>{text}</span></div>' for text in texts)
    return f'{MENU}<div class="page with-sidebar"><h1>{TITLE}</h1><div>{rows}</div></div>{TEASERS}{FOOTER}{SCRIPT}'


def as_old_table(texts: list[str]) -> str:
    return f"<table><tr><td>{MENU}</td><td><h1>{TITLE}</h1>{'<br><br>'.join(texts)}</td><td>{TEASERS}</td></tr></table>{FOOTER}"


def as_list(texts: list[str]) -> str:
    items = "".join(f"<li>{text}</li>" for text in texts[1:])
    return f'{MENU}<div class="news"><h1>{TITLE}</h1><p><strong>{texts[0]}</strong></p><ul>{items}</ul></div>{FOOTER}'


def page(body: str, head: str = "", lang: str = ' lang="en"') -> str:
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8"><title>{TITLE} | The Paper</title>{head}</head><body>{body}</body></html>'
    )


def linked(*documents: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(d)}</script>' for d in documents)


@pytest.mark.parametrize(
    "texts", [SHORT, LONG, [*LONG, *(f"{n}: {text}" for n in range(3) for text in LONG)]], ids=["brief", "long", "longer"]
)
@pytest.mark.parametrize("layout", [as_article, as_divs, as_old_table, as_list])
def test_the_article_is_read_and_nothing_around_it(layout: Any, texts: list[str]) -> None:
    found = read_page(page(layout(texts)).encode(), "x.html")
    assert found.title == TITLE
    assert found.text.startswith(TITLE)
    assert [line for line in found.text.split("\n") if line] == [TITLE, *texts]


def test_json_ld_says_most() -> None:
    found = read_page(page(as_article(LONG), linked(NEWS)).encode(), "x.html")
    assert (found.title, found.publisher, found.url, found.lang) == (TITLE, "The Paper", "https://paper.example/sumy", "en")
    assert found.published == date(2024, 11, 22), "the day where the paper is, not that in Greenwich"
    assert found.published_at == datetime(2024, 11, 22, 0, 40, tzinfo=timezone(timedelta(hours=2)))
    assert found.source_id == stable_id("s", "https://paper.example/sumy")


def test_json_ld_in_a_graph_among_teasers_and_broken_blocks() -> None:
    publisher = {"@type": "Organization", "@id": "#org", "name": "The &quot;Paper&quot;"}
    news = NEWS | {"@type": ["ReportageNewsArticle"], "publisher": {"@id": "#org"}, "url": None}
    news["mainEntityOfPage"] = {"@type": "WebPage", "@id": "https://paper.example/main"}
    teaser = NEWS | {"headline": "Another story", "url": "https://paper.example/other", "datePublished": "2020-01-01"}
    head = f'<script type="application/ld+json">{{broken</script>{linked([teaser], {"@graph": [publisher, news]})}'
    found = read_page(page(as_article(LONG), head).encode(), "x.html")
    assert (found.title, found.publisher, found.url) == (TITLE, 'The "Paper"', "https://paper.example/main")
    assert found.published == date(2024, 11, 22)


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta property="article:published_time" content="2024-11-22T08:15:00Z">', "", date(2024, 11, 22)),
        ('<meta name="pubdate" content="Fri, 22 Nov 2024 23:30:00 +0200">', "", date(2024, 11, 22)),
        ('<meta name="DC.date.issued" content="2024-11-22">', "", date(2024, 11, 22)),
        ("", '<time datetime="2020-01-01">old</time><time class="published" datetime="2024-11-22T08:15">today</time>', date(2024, 11, 22)),
        ("", '<span itemprop="datePublished" content="2024-11-22"></span>', date(2024, 11, 22)),
        ("", '<div class="post-date">22 листопада 2024, 08:15</div>', date(2024, 11, 22)),
        ("", "<p>Published on 22 November 2024</p>", date(2024, 11, 22)),
        ('<meta name="date" content="soon">', "", None),
    ],
)
def test_the_day_of_publication(head: str, body: str, day: date | None) -> None:
    found = read_page(page(f"<article><h1>{TITLE}</h1>{body}{paragraphs(LONG)}</article>", head).encode(), "x.html")
    assert found.published == day


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ('<meta property="og:site_name" content="The Paper">', "The Paper"),
        (
            '<meta property="article:publisher" content="https://social.example/paper"><link rel="canonical" href="https://www.paper.example/a">',
            "paper.example",
        ),
        ("<!-- saved from url=(0030)https://www.paper.example/sumy -->", "paper.example"),
        ("", ""),
    ],
)
def test_the_publisher_else_the_host(head: str, publisher: str) -> None:
    assert read_page(page(as_article(LONG), head).encode(), "x.html").publisher == publisher


def test_a_title_without_the_name_of_the_site() -> None:
    body = f"<h1>The Paper</h1><h1>News</h1>{paragraphs(LONG)}"
    assert read_page(page(body).encode(), "x.html").title == TITLE
    assert read_page(page(body, '<meta property="og:title" content="Two &amp; three">').encode(), "x.html").title == "Two & three"


def test_the_text_beats_a_template_that_names_the_wrong_language(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text(page(paragraphs(UKRAINIAN * 2)), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Article)
    assert found.lang == "uk"
    assert found.warnings == (f"{path}: read as 'uk' though it says it is 'en'; --lang sets the language",)
    path.write_text(page(paragraphs(UKRAINIAN), lang=""), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Article)
    assert (found.lang, found.warnings) == ("uk", ())


@pytest.mark.parametrize(
    ("declared", "encoding", "guessed"),
    [
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251", False),
        ("<meta charset=koi8-u>", "koi8_u", False),
        ('<meta charset="utf-8">', "cp1251", True),
        ('<meta charset="x-nonsense">', "utf-8", False),
        ("", "cp1251", True),
        ("", "utf-16", False),
        ('<meta charset="utf-16">', "utf-8", False),
    ],
)
def test_encodings_declared_and_not(declared: str, encoding: str, *, guessed: bool) -> None:
    text = f"<html><head>{declared}<title>Удар по Сумах</title></head><body>{paragraphs(UKRAINIAN)}</body></html>"
    found = read_page(text.encode(encoding), "x.html")
    assert found.text == "Удар по Сумах\n\n" + "\n".join(UKRAINIAN)
    assert bool(found.warnings) == guessed


def test_marks_that_no_reader_sees_do_not_tear_words() -> None:
    marked = SHORT[0].replace("Sumy", "\u202bSu\u00admy\u202c\u200f").replace(" the ", "\u00a0the\u200b ").replace("two", "t\0wo")
    assert read_page(page(paragraphs([marked])).encode(), "x.html").text == f"{TITLE}\n\n{SHORT[0]}"


@pytest.mark.parametrize(
    "html",
    [
        page(as_article(LONG))[: -len(SCRIPT) - 40],
        "<p>" + "<p><b><i><td></div>".join(LONG),
        page(paragraphs(LONG)).replace("</p>", "").replace("</body>", "<div" * 40),
        f"{page(as_article(LONG))}{page('<p>again</p>')}",
        '<?xml version="1.0" encoding="utf-8"?>' + page(as_article(LONG)),
        page("<b>" * 1500 + paragraphs(LONG)),
        page(paragraphs(LONG) + "&#xD800;&#0;&bogus;<![CDATA[x]]><!-- never closed"),
    ],
)
def test_malformed_pages_still_tell(html: str) -> None:
    text = read_page(html.encode(), "x.html").text
    assert LONG[2] in text


def test_text_that_only_the_metadata_have() -> None:
    head = linked(NEWS | {"articleBody": "\n".join(LONG)})
    assert read_page(page('<div id="root"></div><script>draw()</script>', head).encode(), "x.html").text == "\n".join([TITLE, "", *LONG])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (page('<div id="root"></div>'), "holds no article: its main text has 0 letters, expected 40 or more; open the page, wait until"),
        (page(MENU), "holds no article: what it says is links to others; open the article itself"),
        ("Only words here", "is not HTML: expected a saved web page, found no tag of one; save the page again"),
        (b"\x89PNG\r\n\x1a\n\0\0" * 40, "is not text"),
        (
            '<!DOCTYPE html><html><head><meta name="generator" content="mapper 0.1.0"></head>',
            "is a map made by mapper, not an article; take",
        ),
        ('<html><body><script type="application/vnd.mapper" id="x"></script>', "is a map made by mapper"),
        (
            '<div class="message default clearfix" id="message7"><p>x</p></div>',
            "is Telegram's export as HTML: expected the one as JSON; export",
        ),
    ],
)
def test_what_is_no_article_is_said_in_one_line(tmp_path: Path, content: str | bytes, said: str) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=said) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_our_own_maps_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text('<!DOCTYPE html><html><head><meta name="generator" content="mapper 0.1.0">', encoding="utf-8")
    (tmp_path / "news.htm").write_text(page(as_article(LONG)), encoding="utf-8")
    found = read_all([tmp_path])
    assert [article.path for article in found.articles] == [str(tmp_path / "news.htm")]
    assert found.rejected == ()
    assert found.warnings == (f"{tmp_path}: 1 map made by mapper skipped: map.html",)


def test_five_megabytes_are_read() -> None:
    long = read_page(page(paragraphs([f"{n}: {LONG[1]}" for n in range(40_000)])).encode(), "x.html")
    scripts = read_page(page(as_article(LONG) + "<script>" + "x = 1;" * 800_000 + "</script>").encode(), "x.html")
    assert len(long.text) > 4_500_000
    assert "too large to look for the main text" in long.warnings[0]
    assert scripts.text == "\n".join([TITLE, *LONG])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text("<>/&;=\"' abdipv!-[]\n\0", max_size=120).map(lambda t: f"<html><p>{t}</p>{SHORT[0]}".encode()))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        found = read_page(data, "x.html")
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 (either way is fine)
    else:
        assert "\0" not in found.text


@given(st.text("<>/&;=\"' abdipv!-[]\n", max_size=80))
def test_no_fragment_breaks_its_reader(markup: str) -> None:
    assert "\n\n" not in fragment_text(markup)
