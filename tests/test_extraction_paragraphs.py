"""A text of which each sentence is a line of its own is read as if it were printed in paragraphs."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.sources import Article

FRIDAY = dt.date(2024, 11, 22)


@pytest.fixture(scope="session")
def told(gazetteer, taxonomy):
    """Read lines in a language as an article of Friday, 22 November 2024: type, places, killed, injured, and who says so."""

    def read(lang: str, lines: list[str]):
        text = "\n\n".join(lines)
        article = Article("article.txt", text, published=FRIDAY, lang=lang)
        drafts = reading.extract(article, toponyms.find(text, gazetteer, lang), taxonomy)
        return [
            (
                draft.type,
                [p.mention.text for p in draft.where],
                next((c.casualties.killed.low for c in draft.claims if c.casualties.killed.low is not None), None),
                next((c.casualties.injured.low for c in draft.claims if c.casualties.injured.low is not None), None),
                next((c.by for c in draft.claims if c.by), ""),
            )
            for draft in drafts
            if "background" not in draft.tags
        ]

    return read


@pytest.mark.parametrize(
    ("lang", "lines", "expected"),
    [
        (
            "en",
            [
                "On Thursday morning a drone crashed into a garage in Chuhuiv.",
                "Two men were injured.",
                "In Merefa, a glide bomb fell on a bakery.",
                "No one was hurt.",
            ],
            [("drone_strike", ["Chuhuiv"], None, 2, ""), ("air_strike", ["Merefa"], 0, 0, "")],
        ),
        (
            "de",
            [
                "Am Donnerstag schlug in Tschuhujiw eine Drohne in eine Garage ein.",
                "Zwei Männer wurden verletzt, teilte die Polizei mit.",
                "In Merefa fiel eine Gleitbombe auf eine Bäckerei.",
                "Eine Verkäuferin kam ums Leben, wie Bürgermeister Andrij Schyman sagte.",
            ],
            [("drone_strike", ["Tschuhujiw"], None, 2, "Polizei"), ("air_strike", ["Merefa"], 1, None, "Bürgermeister Andrij Schyman")],
        ),
        (
            "uk",
            [
                "У четвер у Чугуєві безпілотник влучив у гараж.",
                "Двоє чоловіків поранені.",
                "У Мерефі авіабомба впала на пекарню.",
                "Загинула продавчиня.",
            ],
            [("drone_strike", ["Чугуєві"], None, 2, ""), ("air_strike", ["Мерефі"], 1, None, "")],
        ),
        (
            "ru",
            [
                "В четверг в Чугуеве беспилотник попал в гараж.",
                "Двое мужчин ранены.",
                "В Мерефе авиабомба упала на пекарню.",
                "Погибла продавщица.",
            ],
            [("drone_strike", ["Чугуеве"], None, 2, ""), ("air_strike", ["Мерефе"], 1, None, "")],
        ),
        (
            "uk",
            [
                "📍 Чугуїв.",
                "Безпілотник влучив у гараж.",
                "Двоє чоловіків поранені.",
                "📍 Мерефа.",
                "Авіабомба впала на пекарню.",
                "Загинула продавчиня.",
            ],
            [("drone_strike", ["Чугуїв"], None, 2, ""), ("air_strike", ["Мерефа"], 1, None, "")],
        ),
        (
            "ru",
            [
                "В четверг в Чугуеве беспилотник попал в фуру.",
                "Водитель ранен, движение по трассе Харьков — Изюм перекрыто.",
                "В Мерефе авиабомба упала на пекарню.",
                "Погибла продавщица.",
            ],
            [("drone_strike", ["Чугуеве"], None, 1, ""), ("air_strike", ["Мерефе"], 1, None, "")],
        ),
    ],
)
def test_what_names_no_place_is_of_the_place_before(told, lang, lines, expected):
    assert told(lang, lines) == expected


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "On Thursday a drone hit a garage in Chuhuiv.",
                "Windows were blown out.",
                "A glide bomb fell on a bakery in Merefa.",
                "In total, 64 drones were shot down overnight.",
            ],
        ),
        (
            "de",
            [
                "Am Donnerstag traf eine Drohne eine Garage in Tschuhujiw.",
                "Fenster gingen zu Bruch.",
                "In Merefa fiel eine Gleitbombe auf eine Bäckerei.",
                "Insgesamt wurden in der Nacht 64 Drohnen abgeschossen.",
            ],
        ),
    ],
)
def test_what_sums_up_is_no_more_of_the_place_before(told, lang, lines):
    assert told(lang, lines)[-1][:2] == ("interception", [])
