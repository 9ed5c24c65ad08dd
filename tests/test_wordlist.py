"""Lists of words find what their patterns find, in all that is written in each language, and look at little of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapper.extraction.wording import sieve
from mapper.extraction.wording.vocabulary import Vocabulary, languages
from mapper.extraction.wording.wordlist import Lexicon, WordList, alternatives, words
from mapper.taxonomy import Taxonomy

ARTICLES = Path(__file__).parent / "data" / "articles" / "tune"


def _lines(lang: str) -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob(f"{lang}-*.md"))[::30])
    return [line for text in texts for line in text.splitlines() if line]


def _lists(lang: str) -> list[list[str]]:
    taxonomy = Taxonomy.load()
    tables = [table for table in Vocabulary.load(lang).tables.values() if isinstance(table, dict)]
    listed = [found for table in tables for found in table.values() if isinstance(found, list) and all(isinstance(p, str) for p in found)]
    return listed + [list(by_lang.get(lang, ())) for kind in (taxonomy.actions, taxonomy.weapons) for by_lang in kind.values()]


@pytest.mark.parametrize("lang", languages())
def test_every_list_of_a_language_finds_what_a_plain_pattern_finds(lang: str) -> None:
    lines = _lines(lang)
    assert len(lines) > 20
    compared = [
        (patterns, re.compile(rf"(?<!\w){alternatives(patterns)}(?!\w)", re.IGNORECASE), words(patterns)) for patterns in _lists(lang)
    ]
    # Line by line, as a text is read: what is known of it serves every list.
    for line in lines:
        for patterns, plain, listed in compared:
            expected = [match.span() for match in plain.finditer(line)]
            assert [match.span() for match in listed.finditer(line)] == expected, (patterns[:3], line)
            assert listed.holds(line) == bool(expected)
            found = listed.search(line)
            assert (found.span() if found else None) == (expected[0] if expected else None)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?:un)?hurt", "nobody was Unhurt"),
        (r"\d{1,2} (?:men|women)", "about 12 women"),
        (r"[ab]+c", "x aabc"),
        (r"(?-i:[A-Z]{2}) said", "the SBU, SES said"),
        (r"\"no\" vote", 'a "no" vote'),
        (r"(?:in )?kyiv", "Kyiv"),
        (r"x?", ""),
        (r"\w*angriffe?", "Drohnenangriffe"),
        ("ночі|ніч", "цієї НОЧІ"),
    ],
)
def test_what_a_pattern_needs_is_in_what_it_matches(pattern: str, text: str) -> None:
    plain = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    found, expected = WordList((pattern,)).search(text), plain.search(text)
    assert (found.span() if found else None) == (expected.span() if expected else None)


def test_words_that_ask_for_a_capital_are_told_from_small_ones() -> None:
    assert not words(["(?-i:May)"]).holds("they may come")
    assert words(["(?-i:May)"]).holds("in May")


def test_a_lexicon_gives_its_lists_in_order_whatever_was_asked_before() -> None:
    lexicon = Lexicon([("drone", ["drones?"]), ("anything", [r"\w+craft"]), ("missile", ["missiles?"])])
    text = "a missile and a drone"
    assert [name for name, listed in lexicon.in_(text) if listed.holds(text)] == ["drone", "missile"]


def test_a_list_is_looked_for_only_where_one_of_its_words_may_begin() -> None:
    index = sieve.Index()
    bit = index.add(sieve.beginnings("struck|str(?:ikes?|uck by)") or frozenset())
    assert index.starts("a drone struck; a strike") == [(8, bit), (18, bit)]
    assert sieve.beginnings(r"\w+oblenergo") is None
    assert sieve.needles(r"\w+oblenergo") == {"oblenergo"}


def test_what_can_never_match_begins_with_nothing() -> None:
    assert sieve.beginnings(r"(?!)\s+(?:monday|tuesday)") == frozenset()
