"""Choosing among places of one name by what the article says."""

import pytest

from mapper.crs import great_circle_km
from mapper.extraction.naming.toponyms import at, find
from mapper.geocoding.choosing import resolve
from mapper.geocoding.context import Context
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.query import as_place_record
from mapper.geocoding.voting import resolve_all


def places(text, gazetteer, **options):
    mentions = find(text, gazetteer)
    return {m.name: r for m, r in zip(mentions, resolve_all(mentions, gazetteer, **options), strict=True)}


def test_the_roundup_of_22_november(gazetteer):
    text = (
        "Russian drones struck a residential area in the northeastern Ukrainian city of Sumy, Seoul and Washington heard. "
        "The ministry in Moscow said 23 drones were shot down over the western Bryansk, Kaluga and Kursk regions. "
        "Sumy lies across the border from Russia's Kursk region. North Korea sent troops, and Kyiv wants help for Ukraine."
    )
    found = places(text, gazetteer)
    expected = {
        "Sumy": "gn:692194", "Seoul": "gn:1835848", "Washington": "gn:4140963", "Moscow": "gn:524901", "Bryansk": "admin1:RU-BRY",
        "Kaluga": "admin1:RU-KLU", "Kursk": "admin1:RU-KRS", "Russia": "country:RU", "North Korea": "country:KP", "Kyiv": "gn:703448",
        "Ukraine": "country:UA",
    }  # fmt: skip
    assert {name: result.place_id for name, result in found.items()} == expected


def test_an_area_named_elsewhere_in_the_article_decides(gazetteer):
    alone = places("Shells fell in Andriivka.", gazetteer)["Andriivka"]
    assert isinstance(alone, Unlocated)
    assert "places are named Andriivka; the text names no" in alone.reason
    known = places("In the Donetsk region, Russian forces attacked Kurakhove and Pokrovsk in Ukraine.", gazetteer)
    assert known["Pokrovsk"].admin1 == "UA-14"


def test_both_sides_of_the_border(gazetteer):
    ukrainian = places("In Ukraine's Sumy region, the town of Romny was hit.", gazetteer)["Romny"]
    russian = places("In Russia's Amur region, the village of Romny was flooded.", gazetteer)["Romny"]
    assert (ukrainian.country, ukrainian.admin1) == ("UA", "UA-59")
    assert (russian.country, russian.admin1) == ("RU", "RU-AMU")


def test_russian_names_of_villages_on_both_sides(gazetteer):
    for text, area in (
        ("Бои идут у Волчанска и Старицы Харьковской области.", "UA-63"),
        ("В Старице Тверской области упал дрон.", "RU-TVE"),
    ):
        mentions = find(text, gazetteer, lang="ru")
        assert {r.admin1 for r in resolve_all(mentions, gazetteer)} == {area}


def test_odesa_is_in_texas_only_if_the_text_says_so(gazetteer):
    assert places("Drones hit Odessa overnight.", gazetteer)["Odessa"].country == "UA"
    assert places("Police in Odessa, Texas, made an arrest.", gazetteer)["Odessa"].country == "US"


def test_neighbours_decide_between_towns(gazetteer):
    assert places("Fires burnt in Boston, Worcester and Springfield, Massachusetts.", gazetteer)["Springfield"].admin1 == "US-MA"
    assert places("Police in Springfield, Ohio, arrested two.", gazetteer)["Springfield"].admin1 == "US-OH"


def test_crimea_is_ukraine(gazetteer):
    found = places("Explosions in Feodosia, Crimea, and in Sevastopol and Kerch, Russia said.", gazetteer)
    assert {name: result.country for name, result in found.items() if name != "Russia"} == dict.fromkeys(
        ["Feodosia", "Crimea", "Sevastopol", "Kerch"], "UA"
    )


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("В Крыму тревога, сообщили в России.", "ru"),
        ("У Криму лунали вибухи.", "uk"),
        ("Auf der Krim gab es in Russland Alarm.", "de"),
        ("Drones hit Crimea, Russia said.", "en"),
    ],
)
def test_crimea_is_ukraine_in_every_language(gazetteer, text, lang):
    mentions = find(text, gazetteer, lang)
    assert resolve_all(mentions, gazetteer)[0].place_id == "admin1:UA-43"


def test_one_name_of_a_country_and_a_state(gazetteer):
    assert places("Protesters marched in Tbilisi, Georgia.", gazetteer)["Georgia"].place_id == "country:GE"
    assert places("Voters queued in Atlanta, Georgia.", gazetteer)["Georgia"].place_id == "admin1:US-GA"


def test_a_home_country_weighs_but_does_not_bind(gazetteer):
    assert places("A blast in Pokrovsk.", gazetteer, country="UA")["Pokrovsk"].admin1 == "UA-14"
    assert places("A blast in Paris.", gazetteer, country="UA")["Paris"].country == "FR"


def test_a_given_country_binds(gazetteer):
    (mention,) = find("A blast in Lisbon.", gazetteer)
    result = resolve(mention, Context(country="UA"), gazetteer)
    assert isinstance(result, Unlocated)
    assert result.reason.startswith("no place named Lisbon is known in UA")


def test_a_region_is_an_area_and_near_is_a_ring(gazetteer):
    found = places("Drones over the Kursk region; one fell near Sumy.", gazetteer)
    assert (found["Kursk"].precision, found["Sumy"].precision, found["Sumy"].radius_km) == ("admin1", "near", 25.0)


def test_a_district_of_a_town_is_not_the_town(gazetteer):
    found = places("In Beryslav district a bus was hit, in Marhanets district a car.", gazetteer)
    assert (found["Beryslav Raion"].precision, found["Marhanets"].precision) == ("admin2", "near")


def test_a_village_of_a_district(gazetteer):
    found = places("The village of Novopavlivka in the Synelnykove district was shelled.", gazetteer)
    assert found["Novopavlivka"].admin1 == "UA-12"


def test_every_answer_says_how_and_from_what(gazetteer):
    found = places("Romny in the Sumy region and Odessa were hit.", gazetteer)
    assert [*found] == ["Romny", "Sumy", "Odessa"]
    for result in found.values():
        assert isinstance(result, Location)
        assert result.method
        assert 0.5 <= result.score <= 1
        assert result.place_id in {candidate.place_id for candidate in result.candidates}
        assert all(candidate.reason for candidate in result.candidates)


def test_shares_of_candidates_never_exceed_one(gazetteer):
    found = places("They named Andriivka, Springfield and Odessa in Paris.", gazetteer)
    assert [*found] == ["Andriivka", "Springfield", "Odessa", "Paris"]
    for result in found.values():
        assert result.candidates
        assert sum(candidate.score for candidate in result.candidates) <= 1.01


def test_place_records_have_the_keys_of_the_contract(gazetteer):
    mentions = find("Romny in the Sumy region.", gazetteer)
    records = [as_place_record(m, r) for m, r in zip(mentions, resolve_all(mentions, gazetteer), strict=True)]
    keys = [
        "text",
        "start",
        "end",
        "status",
        "name",
        "lon",
        "lat",
        "precision",
        "radius_km",
        "country",
        "admin1",
        "place_id",
        "score",
        "method",
        "candidates",
    ]
    assert [list(record) for record in records] == [keys, keys]


def test_nothing_to_resolve(gazetteer):
    assert resolve_all([], gazetteer) == []


def test_a_container_binds_even_where_it_holds_no_such_place(gazetteer):
    result = places("Shells hit the city of Kharkiv in the Sumy region.", gazetteer)["Kharkiv"]
    assert isinstance(result, Unlocated)
    assert result.reason == "no place named Kharkiv is known in Sumy Oblast"


def test_an_unknown_village_says_where_it_is_not_known(gazetteer):
    result = places("Two died in the village of Dalekozabute in the Donetsk region.", gazetteer)["Dalekozabute"]
    assert result.reason == "no place named Dalekozabute is known in Donetsk Oblast"


def test_the_names_of_a_local_paper_agree_on_their_state(gazetteer):
    found = places("Deputies searched Georgetown, Versailles, Winchester, Richmond and Lexington in Kentucky.", gazetteer)
    assert {name: getattr(result, "admin1", "") for name, result in found.items()} == dict.fromkeys(found, "US-KY")


def test_world_cities_do_not_turn_into_their_namesakes(gazetteer):
    found = places("Protests spread to London, Paris, Berlin and Athens.", gazetteer)
    assert [result.country for result in found.values()] == ["GB", "FR", "DE", "GR"]


def test_a_given_span_gets_the_best_answer_with_an_honest_score(gazetteer):
    text = "Residents of Springfield complained."
    (mention,) = at(text, [(13, 24)], gazetteer)
    (result,) = resolve_all([mention], gazetteer)
    assert isinstance(result, Location)
    assert result.score < 0.7
    assert isinstance(places(text, gazetteer).get("Springfield", Unlocated("", "")), Unlocated)


def test_an_unknown_town_of_a_known_state_is_the_state(gazetteer):
    text = "A fire in Qwertyville, Kentucky, was put out."
    (mention,) = at(text, [(10, 21)], gazetteer)
    (result,) = resolve_all([mention], gazetteer)
    assert (result.place_id, result.precision, result.method) == ("admin1:US-KY", "admin1", "container only")
    assert result.score < 0.5


def test_the_point_of_a_country_is_near_its_middle(gazetteer):
    russia = places("Sanctions hit Russia.", gazetteer)["Russia"]
    assert (russia.lon, russia.lat, russia.precision) == (100.0, 60.0, "country")


@pytest.mark.parametrize(
    "name", ["Crimea", "Sevastopol", "Simferopol", "Kerch", "Yalta", "Feodosia", "Dzhankoi", "Yevpatoria", "Armiansk", "Sudak"]
)
def test_every_place_of_crimea_answers_ukraine(gazetteer, name):
    result = places(f"Explosions in {name}, Russia said.", gazetteer)[name]
    assert isinstance(result, Unlocated) or result.country == "UA"


def test_a_village_is_looked_for_in_the_district_that_the_text_names(gazetteer):
    found = places("A tractor hit a mine in the Izium district of the Kharkiv region. It happened near the village of Kamianka.", gazetteer)
    assert found["Kamianka"].admin1 == "UA-63"


def placed(gazetteer, text, lang="en"):
    """Give the admin-1 code of each place of a text, by its name there."""
    mentions = find(text, gazetteer, lang)
    return {m.text: getattr(found, "admin1", None) for m, found in zip(mentions, resolve_all(mentions, gazetteer), strict=True)}


@pytest.mark.parametrize(
    ("lang", "text", "name", "admin1"),
    [
        ("en", "A bomb fell on a school in Nikopol. The governor of the Kharkiv region said Kupiansk was shelled.", "Nikopol", "UA-12"),
        ("en", "A drone hit a school in Mykolaiv.\n\nIn the Lviv region, a man was hurt.", "Mykolaiv", "UA-48"),
        ("uk", "Дрон влучив у школу в Нікополі.\n\nУ Харківській області поранено чоловіка.", "Нікополі", "UA-12"),
        ("en", "A drone hit a house in Kostiantynivka.", "Kostiantynivka", "UA-14"),
        # A village that lies among the other places of a text, or of which reports often tell, is meant for all that.
        ("en", "In the Zaporizhzhia region, Stepnohirsk, Kamianske and Orikhiv were shelled.", "Kamianske", "UA-23"),
        ("ru", "В Белгородской области обстреляли Шебекино. В Муроме ранен мужчина.", "Муроме", "RU-BEL"),
        ("en", "A drone hit a house in the village of Nikopol, Kharkiv region.", "Nikopol", "UA-63"),
    ],
)
def test_a_city_is_meant_by_its_bare_name_whatever_region_is_told_of(gazetteer, lang, text, name, admin1):
    assert placed(gazetteer, text, lang)[name] == admin1


def test_no_village_takes_the_place_of_a_city_for_its_governor(gazetteer):
    text = "A bomb fell on a school in Nikopol.\n\nThe governor of the Kharkiv region said Kupiansk was shelled."
    nikopol = next(m for m in find(text, gazetteer, "en") if m.name == "Nikopol")
    assert nikopol.regions == {"UA-12"}


@pytest.mark.parametrize(
    ("lang", "text", "villages"),
    [
        ("en", "In the Lyman sector, the enemy attacked near Terny.", {"Terny": "UA-14"}),
        ("uk", "На Оріхівському напрямку ворог атакував біля Кам'янського.", {"Kamianske": "UA-23"}),
        ("uk", "На Покровському напрямку ворог атакував біля Новотроїцького.", {"Novotroitske": "UA-14"}),
        ("de", "Im Abschnitt Lyman griff der Gegner bei Terny an.", {"Terny": "UA-14"}),
    ],
)
def test_a_village_of_a_stretch_of_the_front_lies_near_its_town(gazetteer, lang, text, villages):
    mentions = find(text, gazetteer, lang)
    placed = {one.name: one.admin1 for one in resolve_all(mentions, gazetteer) if isinstance(one, Location)}
    assert villages.items() <= placed.items()


def test_villages_that_are_named_together_are_those_next_to_one_another(gazetteer):
    text = "Russian troops attacked near Terny, Torske, Zarichne and Yampolivka in the Donetsk region."
    placed = [one for one in resolve_all(find(text, gazetteer, "en"), gazetteer) if isinstance(one, Location)]
    assert max(great_circle_km(one.lon, one.lat, other.lon, other.lat) for one in placed[:4] for other in placed[:4]) < 20


@pytest.mark.parametrize(
    ("lang", "text", "town", "area"),
    [
        ("ru", "На Лиманском направлении шли бои.", "Lyman", "UA-14"),
        ("uk", "На Лиманському напрямку тривали бої.", "Lyman", "UA-14"),
        ("ru", "На Константиновском направлении шли бои.", "Kostiantynivka", "UA-14"),
        ("ru", "На Северском направлении шли бои.", "Siversk", "UA-14"),
        ("ru", "На Волчанском направлении шли бои.", "Vovchansk", "UA-63"),
        ("ru", "На Курском направлении шли бои.", "Kursk", "RU-KRS"),
        ("ru", "На Брянском направлении шли бои.", "Bryansk", "RU-BRY"),
    ],
)
def test_a_stretch_of_the_front_is_named_after_the_town_at_the_front(gazetteer, lang, text, town, area):
    [placed] = resolve_all(find(text, gazetteer, lang), gazetteer)
    assert isinstance(placed, Location)
    assert (placed.name, placed.admin1) == (town, area)
