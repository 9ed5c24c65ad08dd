"""Places that Ukrainian and Russian name by an adjective or in an oblique case."""

from __future__ import annotations

import pytest

from mapper.extraction.naming.toponyms import find
from mapper.geocoding.voting import resolve_all


@pytest.fixture
def placed(gazetteer):
    def call(text, lang="uk"):
        mentions = find(text, gazetteer, lang)
        return [
            (m.text, getattr(p, "name", None), getattr(p, "precision", None))
            for m, p in zip(mentions, resolve_all(mentions, gazetteer), strict=True)
        ]

    return call


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "У Нікопольському районі загинув чоловік.", [("Нікопольському районі", "Nikopol Raion", "admin2")]),
        ("uk", "Постраждала Ніжинщина.", [("Ніжинщина", "Nizhyn Raion", "admin2")]),
        ("uk", "Ворог бив по Вовчанщині.", [("Вовчанщині", "Vovchansk", "near")]),
        ("uk", "Бої на Покровському напрямку.", [("Покровському напрямку", "Pokrovsk", "near")]),
        (
            "uk",
            "Штурми на Торецькому та Куп'янському напрямках.",
            [("Торецькому", "Toretsk", "near"), ("Куп'янському напрямках", "Kupiansk", "near")],
        ),
        ("uk", "Великописарівська громада під вогнем.", [("Великописарівська громада", "Velyka Pysarivka", "near")]),
        ("uk", "У Юнаківській громаді дрон атакував авто.", [("Юнаківській громаді", "Yunakivka", "near")]),
        ("uk", "Уражено Рязанський НПЗ.", [("Рязанський НПЗ", "Ryazan Refinery", "site")]),
        ("uk", "У Грайворонському районі дрон наздогнав автобус.", [("Грайворонському районі", "Grayvoron", "near")]),
        ("uk", "У Слобідському районі влучання в гараж.", []),
        ("uk", "У Голопристанській громаді горить кафе.", [("Голопристанській громаді", "Hola Prystan", "near")]),
        ("uk", "Над Ставропіллям збито дрони.", [("Ставропіллям", "Stavropol Krai", "admin1")]),
        (
            "ru",
            "В Чугуевском районе Харьковской области ранены двое.",
            [("Чугуевском районе", "Chuhuiv Raion", "admin2"), ("Харьковской области", "Kharkiv Oblast", "admin1")],
        ),
        ("ru", "В Изюмском районе погиб мужчина.", [("Изюмском районе", "Izium Raion", "admin2")]),
        ("ru", "В Таганрогском районе упали обломки.", [("Таганрогском районе", "Taganrog", "near")]),
        ("ru", "В Ленинском районе упали обломки.", []),
        ("ru", "В Волгограде обломки упали в Красноармейском районе.", [("Волгограде", "Volgograd", "settlement")]),
        ("ru", "На Ставрополье сбиты дроны.", [("Ставрополье", "Stavropol Krai", "admin1")]),
        ("ru", "В селе Гора-Подол ранен мужчина.", [("Гора-Подол", "Gora-Podol", "near")]),
        ("ru", "Сбиты над Московским регионом.", [("Московским регионом", "Moscow Oblast", "admin1")]),
        ("ru", "В Шебекинском округе ранен водитель.", [("Шебекинском округе", "Shebekino", "near")]),
        ("ru", "На Краснолиманском направлении идут бои.", [("Краснолиманском направлении", "Lyman", "near")]),
        ("ru", "В Белоцерковском районе упали обломки.", [("Белоцерковском районе", "Bila Tserkva Raion", "admin2")]),
        ("ru", "В Ракитянском районе ранен водитель.", [("Ракитянском районе", "Rakitnoye", "near")]),
        ("en", "A man was hurt in the Novhorod-Siverskyi district.", [("Novhorod-Siverskyi", "Novhorod-Siverskyi Raion", "admin2")]),
        ("en", "Debris fell in Bilhorod-Dnistrovskyi Raion.", [("Bilhorod-Dnistrovskyi", "Bilhorod-Dnistrovskyi Raion", "admin2")]),
    ],
)
def test_areas_by_their_adjective(placed, lang, text, expected):
    assert placed(text, lang) == expected


@pytest.mark.parametrize(
    ("district", "region", "seat"),
    [
        ("Krasnoyaruzhsky", "Belgorod", "Krasnaya Yaruga"),
        ("Novooskolsky", "Belgorod", "Novy Oskol"),
        ("Bolshesoldatsky", "Kursk", "Bolshoye Soldatskoye"),
        ("Zheleznogorsky", "Kursk", "Zheleznogorsk"),
        ("Navlinsky", "Bryansk", "Navlya"),
        ("Pogarsky", "Bryansk", "Pogar"),
        ("Matveyevo-Kurgansky", "Rostov", "Matveyev Kurgan"),
        ("Neklinovsky", "Rostov", "Pokrovskoye"),
        ("Kantemirovsky", "Voronezh", "Kantemirovka"),
    ],
)
def test_a_district_of_russia_lies_around_the_town_of_its_adjective(placed, district, region, seat):
    assert (seat, "near") in [t[1:] for t in placed(f"A drone hit a car in the {district} district of {region} region.", "en")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("У Шевченківському районі Києва влучання.", ["Kyiv"]),
        ("У Києві, в Солом'янському районі, впали уламки.", ["Kyiv"]),
        ("Удар по Дніпровському району Херсона.", ["Kherson"]),
        ("У Корабельному районі поранено водія, повідомили в Миколаївській міській раді.", ["Mykolaiv"]),
    ],
)
def test_a_district_of_a_city_is_no_place_of_its_own(placed, text, expected):
    assert [name for _, name, _ in placed(text)] == expected


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Києву", "Kyiv"),
        ("Чугуєву", "Chuhuiv"),
        ("Марганці", "Marhanets"),
        ("Лозовій", "Lozova"),
        ("Кремінній", "Kreminna"),
        ("Межової", "Mezhova"),
        ("Часовому Яру", "Chasiv Yar"),
        ("Новгороді-Сіверському", "Novhorod-Siverskyi"),
        ("Кам'янці-Подільському", "Kamianets-Podilskyi"),
        ("Гуляйполі", "Huliaipole"),
        ("Ірпеня", "Irpin"),
        ("Кременчуці", "Kremenchuk"),
        ("Брянську", "Bryansk"),
    ],
)
def test_ukrainian_names_out_of_their_cases(gazetteer, form, name):
    assert name in {found.place.name for found in gazetteer.matches(form) if found.rank < 2 and found.place.kind == "settlement"}


@pytest.mark.parametrize("word", ["Тоді", "Того ж дня", "Крім того", "Унаслідок"])
def test_words_that_begin_a_sentence_are_no_places(placed, word):
    assert placed(f"{word}, ворог атакував Харків.") == [("Харків", "Kharkiv", "settlement")]


def test_a_region_without_its_noun_in_a_list_of_regions(placed):
    text = "Сбиты 15 дронов над Ростовской областью, девять — над Волгоградской, по семь — над Белгородской и Брянской областями."
    assert [name for _, name, _ in placed(text, "ru")] == ["Rostov Oblast", "Volgograd Oblast", "Belgorod Oblast", "Bryansk Oblast"]


def test_waters_and_the_peninsula(placed):
    text = "Глава Крыма подтвердил атаку. Над полуостровом и над Чёрным морем сбиты 40 БПЛА."
    assert [name for _, name, _ in placed(text, "ru")] == ["Autonomous Republic of Crimea", "Autonomous Republic of Crimea", "Black Sea"]
