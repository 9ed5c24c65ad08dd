"""What is listed of an article because it names a place and an attack or victims and no incident was made of it."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.extraction.reading.passedover import passed_over
from mapper.sources import Article


@pytest.fixture
def skipped(gazetteer, taxonomy):
    def read(text: str, lang: str) -> list[tuple[int, str]]:
        article = Article("a.txt", text, published=dt.date(2024, 11, 22), lang=lang)
        mentions = toponyms.find(text, gazetteer, lang)
        found = passed_over(article, mentions, reading.extract(article, mentions, taxonomy), taxonomy, gazetteer)
        assert all(one.path == "a.txt" for one in found)
        return [(one.start, one.quote) for one in found]

    return read


HEARD = "A Russian drone hit a house in Sumy on Thursday, killing two people, the mayor said. "


@pytest.mark.parametrize(
    ("lang", "heard", "passed"),
    [
        ("en", HEARD, "Fragments of a Russian drone were found in the village of Hrindu."),
        (
            "uk",
            "У четвер російський дрон влучив у будинок у Сумах. ",
            "Близько четвертої ночі — ще й «шахеди», вісім штук, по Кривому Рогу.",
        ),
        ("ru", "В четверг беспилотник попал в дом в Сумах. ", "Отбой опасности удара БПЛА в Воронеже и восьми районах области."),
        (
            "de",
            "Am Donnerstag traf eine Drohne ein Haus in Sumy. ",
            "Seit Mittwoch kursiert ein Video eines Raketeneinschlags in Krywyj Rih.",
        ),
    ],
)
def test_a_sentence_of_which_nothing_was_made_is_quoted_from_where_it_stands(skipped, lang, heard, passed):
    assert skipped(heard + passed, lang) == [(len(heard), passed)]


@pytest.mark.parametrize(
    "text",
    [
        HEARD,
        HEARD + "Windows were broken in Sumy, the mayor said.",
        HEARD + "The mayor said that two people had been killed in Sumy.",  # the same party once more
        HEARD + "A ministry in Kyiv discussed the budget.",
        HEARD + "Moscow accused Kyiv of not wanting peace after the missile attack.",
        HEARD + "Since 2022, missiles have struck Kharkiv hundreds of times.",
        HEARD + "Russia has delivered anti-aircraft missiles to Pyongyang, an adviser told a broadcaster in Seoul.",
        HEARD + "Nobody knows where the other drones went.",
    ],
)
def test_what_was_heard_or_tells_of_no_attack_at_a_place_is_not_listed(skipped, text):
    assert skipped(text, "en") == []


def test_each_sentence_of_an_article_in_two_languages_is_looked_at_in_its_own(skipped):
    english = "Fragments of a Russian drone were found in the village of Hrindu on Thursday, people who live there said."
    russian = "Трое были тяжело ранены под Мариуполем и три с лишним года не получали нужного лечения."
    assert skipped(f"{english}\n{russian}", "") == [(0, english), (len(english) + 1, russian)]


def test_a_long_sentence_is_cut_at_a_word(skipped):
    text = f"Fragments of a Russian drone were found in the village of Hrindu{' and in the fields around it' * 8}."
    [(_, quote)] = skipped(text, "en")
    assert len(quote) <= 200
    assert quote.endswith(("fields…", "the…", "in…", "and…", "around…", "it…"))
