"""The hand-coded articles: what the set holds, and the floor that reading it must keep."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace

import pytest
from benchmarks.extraction import ARTICLES, PARTS, scores

from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.sources import Article, read_all

PATHS = sorted(ARTICLES.glob("*/*.md"))
#: All that nobody tunes on, and of those that somebody does as many as there is time for; the benchmark reads all.
READ = [path for path in PATHS if path.parent.name != "tune"] + [path for path in PATHS if path.parent.name == "tune"][::4]


def coded(path):
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["incidents"]


def test_the_set_is_large_enough():
    by_lang = Counter(path.name[:2] for path in PATHS)
    assert all(by_lang[lang] >= least for lang, least in {"en": 29, "uk": 42, "ru": 27, "de": 19}.items())
    assert sum(len(coded(path)) for path in PATHS) >= 270
    assert sum(not coded(path) for path in PATHS) >= 15
    assert {path.parent.name for path in PATHS} == set(PARTS)


def test_the_check_half_keeps_its_floor(world, taxonomy):
    score = scores("check", world, taxonomy)["all"]
    assert score.f1 >= 0.9
    assert score.numbers_f1 >= 0.93
    assert score.claimant >= 0.88
    assert score.false_in_empty <= 1


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_article(path, gazetteer, taxonomy):
    [article] = read_all([path]).articles
    titled = [replace(m, start=0, end=0) for m in toponyms.find(article.title, gazetteer, article.lang)]
    drafts = reading.extract(article, toponyms.find(article.text, gazetteer, article.lang, titled), taxonomy, titled)
    assert drafts or not coded(path) or path.parent.name != "check"
    for draft in drafts:
        assert draft.claims
        for claim in draft.claims:
            assert article.text[claim.start : claim.end] == claim.quote
            assert 0 < len(claim.quote) <= 200


@pytest.mark.parametrize("lang", ["en", "uk", "ru", "de", "fr", ""])
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "\u200f\u202e \u2028 \ufeff",
        "\u200fقال المحافظ \u200fSumy\u200f وقتل 3",
        "Дрони hit Sumy, двоє killed, teilte der Gouverneur mit, сообщил мэр.",
        "killed " * 2000,
        "двоє людей, " * 2000,
        '"„«' * 2000,
        "12 дронів і " * 1000,
        "1,000,000,000,000 people were killed in Sumy.",
    ],
    ids=range(10),
)
def test_any_text_is_read_without_a_traceback(lang, text, gazetteer, taxonomy):
    article = Article("x.txt", text, published=dt.date(2024, 11, 22), lang=lang)
    for draft in reading.extract(article, toponyms.find(text, gazetteer, lang or "en"), taxonomy):
        for claim in draft.claims:
            assert text[claim.start : claim.end] == claim.quote
