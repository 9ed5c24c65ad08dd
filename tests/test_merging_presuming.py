"""Whose words an article's reports are: nobody is given those of another, and who denies or counts otherwise is heard."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.pipeline import articles_to_tables
from mapper.sources import Article

SUNDAY = dt.date(2026, 3, 15)


@pytest.fixture(scope="session")
def claims_of(world, taxonomy):
    """Read an article and give, of each incident, its type, its places and who says what of it: voice, status, lowest number killed."""

    def read(lang: str, text: str):
        tables = articles_to_tables([Article("article.txt", text, published=SUNDAY, lang=lang)], world, taxonomy)
        claims = tables.arrow("claims").to_pylist()
        return [
            (
                row["type"],
                [p["name"] for p in row["places"] if p["role"] in {"at", "over"}],
                [(c["by"], c["status"], c["killed_low"]) for c in claims if c["incident_id"] == row["id"]],
            )
            for row in tables.arrow("incidents").to_pylist()
        ]

    return read


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        (
            "en",
            "A drone hit a house in Belgorod, governor Vyacheslav Gladkov said.\n\nIn Nikopol, shelling wounded three people.",
            "Nikopol",
        ),
        (
            "uk",
            "Над Краснодарським краєм збили 20 дронів, заявив Веніамін Кондратьєв.\n\nУ Долинській через атаку поранено чотирьох людей.",
            "Dolynska",
        ),
    ],
)
def test_a_governor_is_not_presumed_to_tell_of_another_country(claims_of, lang, text, place):
    [(_, _, abroad), (_, places, here)] = sorted(claims_of(lang, text), key=lambda one: place in one[1])
    assert places == [place]
    assert [by for by, _, _ in here] == [None]
    assert all(by for by, _, _ in abroad)


def test_who_tells_of_a_region_is_still_presumed_to_tell_of_its_towns(claims_of):
    text = "A drone hit a bus in Nikopol, governor Serhii Lysak said.\n\nIn Marhanets, shelling wounded three people."
    assert [by for _, _, claims in claims_of("en", text) for by, _, _ in claims] == ["governor Serhii Lysak"] * 2


@pytest.mark.parametrize(
    ("lang", "text", "voices"),
    [
        (
            "en",
            "Four people were killed in a strike on Sumy, the mayor said, while the regional governor reported six dead.",
            [("mayor", 4), ("regional governor", 6)],
        ),
        (
            "uk",
            "У Добропіллі загинули двоє людей внаслідок удару, повідомили в поліції, а в обласній адміністрації говорять про трьох загиблих.",
            [("поліція", 2), ("обласна адміністрація", 3)],
        ),
        (
            "ru",
            "При ударе по Макеевке погибли двое, сообщил мэр, а глава региона Денис Пушилин говорит о четырёх погибших.",
            [("мэр", 2), ("глава региона Денис Пушилин", 4)],
        ),
    ],
)
def test_a_second_party_that_counts_otherwise_stands_beside_the_first(claims_of, lang, text, voices):
    [(_, _, claims)] = claims_of(lang, text)
    assert [(by, killed) for by, _, killed in claims] == voices


@pytest.mark.parametrize(
    ("lang", "text", "by"),
    [
        ("en", "Russia said it had captured Toretsk. Ukraine denied this.", "Ukraine"),
        (
            "en",
            "Russia's defence ministry said it had captured Toretsk. Ukraine's General Staff rejected the claim.",
            "Ukraine's General Staff",
        ),
        (
            "en",
            "Ukrainian drones hit a depot in Taganrog, the General Staff said. The Russian Defence Ministry denied that the depot was hit.",
            "Russian Defence Ministry",
        ),
        ("uk", "Міноборони РФ заявило про захоплення Торецька. Генштаб ЗСУ цю інформацію спростував.", "Генштаб ЗСУ"),
        ("ru", "Минобороны РФ заявило о взятии Торецка. В Генштабе ВСУ эти данные опровергли.", "Генштаб ВСУ"),
        (
            "de",
            "Das russische Verteidigungsministerium meldete die Einnahme von Torezk. Der ukrainische Generalstab bestritt dies.",
            "ukrainische Generalstab",
        ),
    ],
)
def test_who_denies_what_has_just_been_told_is_heard(claims_of, lang, text, by):
    [(_, _, claims)] = claims_of(lang, text)
    assert [status for _, status, _ in claims] == ["claimed", "denied"]
    assert claims[1][0] == by


def test_who_has_not_confirmed_it_has_said_nothing(claims_of):
    [(_, _, claims)] = claims_of("en", "Russia's defence ministry said it had captured Toretsk. Kyiv has not confirmed this.")
    assert [(by, status) for by, status, _ in claims] == [("Russia's defence ministry", "claimed")]


def test_deaths_told_after_what_another_army_shot_down_are_of_no_known_weapon(claims_of):
    text = "Russian air defences shot down 20 drones over the Volgograd region, Moscow said.\n\nTwo people were killed in Dobropillia, police said."
    assert [(kind, places) for kind, places, _ in sorted(claims_of("en", text))] == [
        ("interception", ["Volgograd Oblast"]),
        ("strike", ["Dobropillia"]),
    ]


def test_what_is_shot_down_over_several_regions_is_an_interception_there_and_not_in_the_country_too(claims_of):
    text = (
        "Russia launched 133 drones at Ukraine, of which 98 were shot down over the Kharkiv, Poltava and Sumy regions, the air force said."
    )
    [(kind, places, _)] = claims_of("en", text)
    assert kind == "interception"
    assert sorted(places) == ["Kharkiv Oblast", "Poltava Oblast", "Sumy Oblast"]


def test_a_share_of_a_place_that_is_not_found_is_named_with_it(world, taxonomy):
    text = (
        "Die Raffinerie von Ust-Luga brannte in der Nacht an drei Stellen, auch ein Tank in Primorsk. Leningrads Gouverneur Alexander "
        "Drosdenko bestätigte 36 über der Region abgefangene Drohnen."
    )
    tables = articles_to_tables([Article("article.txt", text, published=SUNDAY, lang="de")], world, taxonomy)
    [row] = tables.arrow("incidents").to_pylist()
    assert row["intercepted"] == 36
    assert "Primorsk" in row["title"]
