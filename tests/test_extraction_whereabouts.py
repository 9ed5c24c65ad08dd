"""Where it happened, and what only says where that lies."""

from __future__ import annotations

import pytest

from mapper.extraction.naming import toponyms


def _told_at(drafts):
    return [{place.mention.text for place in draft.where} for draft in drafts]


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("uk", "На Куп'янському напрямку шість боїв. На Лиманському – ворог 14 разів атакував біля Дробишевого.", {"Дробишевого"}),
        ("ru", "Покровское направление: бойцы отбили 38 штурмов в районах Родинского и Удачного.", {"Родинского", "Удачного"}),
        ("ru", "На Купянском направлении тихо. На Гуляйпольском украинские бойцы отбили 20 атак возле Зелёного.", {"Зелёного"}),
        ("en", "A drone hit a van in Kamianka, Izium Raion, on Friday.", {"Kamianka"}),
        ("en", "A farm was shelled near Stepnohirsk, Vasylivka Raion.", {"Stepnohirsk"}),
        ("en", "A drone hit a van in the village of Murom in the Shebekino district of Belgorod region.", {"Murom"}),
        ("en", "A drone hit a van in Antonivka, a suburb of Kherson.", {"Antonivka"}),
        ("uk", "Дрон влучив у фургон в Антонівці, передмісті Херсона.", {"Антонівці"}),
        ("de", "Eine Drohne traf in Antoniwka, einem Vorort von Cherson, ein Auto.", {"Antoniwka"}),
        ("en", "A Lancet rammed a minibus leaving Bilopillia for Sumy.", {"Bilopillia"}),
        ("en", "A drone hit a van on the Bilopillia-Sumy road.", {"Bilopillia-Sumy"}),
        ("en", "A device went off on the Maloarkhangelsk-Glazunovka stretch of railway.", {"Maloarkhangelsk-Glazunovka"}),
        ("uk", "Дрон влучив у фургон на трасі Білопілля – Суми.", {"Білопілля – Суми"}),
        ("ru", "Взрыв прогремел на перегоне Малоархангельск – Глазуновка.", {"Малоархангельск – Глазуновка"}),
        ("en", "A drone hit a van on the road from Bilopillia to Sumy.", {"Bilopillia to Sumy"}),
        ("en", "A drone attacked Glotovo and wounded a man. He is in city hospital No. 2 in Belgorod.", {"Glotovo"}),
        ("de", "Pokrowsk: Am Dienstag liefen 23 Sturmangriffe, vor allem bei Rodynske.", {"Rodynske"}),
        ("en", "Kostiantynivka: 12 assaults were repelled, most of them near Pleshchiivka.", {"Pleshchiivka"}),
        ("en", "South of the capital Kyiv, falling debris of a drone started a fire in Obukhiv.", {"Obukhiv"}),
        ("en", "A drone hit the Kursk nuclear power plant at Kurchatov.", {"Kurchatov"}),
        ("uk", "На схід від Дніпра КАБи знищили ферму в Межовій.", {"Межовій"}),
        ("en", "Ukrainian troops retook Kindrashivka, above Kupiansk, on Sunday.", {"Kindrashivka"}),
        ("ru", "На ферму в Самотоевке, что под Краснопольем, упали две авиабомбы.", {"Самотоевке"}),
        ("de", "Auf seinem Feld bei Kamjanka unweit von Isjum fuhr ein Bauer auf eine Mine.", {"Kamjanka"}),
        ("en", "Drones were shot down above Kyiv, above Odesa, above Lviv.", {"Kyiv", "Odesa", "Lviv"}),
        ("ru", "Досталось Никополю с Марганцем: артиллерия обстреляла дома.", {"Никополю", "Марганцем"}),
        ("ru", "Оккупанты накрыли из РСЗО Волчанск и Белый Колодезь.", {"Волчанск", "Белый Колодезь"}),
        ("uk", "Противник атакував дронами Шахове й Володимирівку.", {"Шахове", "Володимирівку"}),
        ("en", "Drones struck a refinery overnight, Afipsky in the Krasnodar region.", {"Afipsky"}),
        ("de", "In Myrhorod trafen, so Djakiwnytsch, Trümmer einer Drohne ein Haus.", {"Myrhorod"}),
        (
            "uk",
            "Дрони вдарили по Алчевську. Із Генічеська приходять повідомлення про вибухи. Місто обстріляли з артилерії.",
            {"Генічеська"},
        ),
        ("en", "Drones hit Alchevsk.\nFrom Henichesk come reports of a strike. The town was shelled.", {"Henichesk"}),
        ("de", "Der Rauch war bis Sudak zu sehen: In Feodossija brennt nach einem Drohnenangriff ein Öllager.", {"Feodossija"}),
        ("de", "Gemeinde Lyman: In Nowoseliwka wurden zwei Menschen durch eine Drohne getötet.", {"Nowoseliwka"}),
        ("de", "Grajworon: Eine Drohne traf einen Bus.", {"Grajworon"}),
        ("de", "Krolewez – eine Drohne traf ein Wohnhaus.", {"Krolewez"}),
        ("de", "Die Armee hat zwei Orte in der Ostukraine erobert: Torske und Siwersk.", {"Torske", "Siwersk"}),
        ("de", "Die Armee ist nach eigenen Angaben in Torezk bei Kostjantyniwka eingerückt.", {"Torezk"}),
        ("ru", "Страшная новость из села Скельки. Ночью беспилотник ударил там по дому.", {"Скельки"}),
        ("uk", "Дрони атакували порт Південний на Одещині.", {"Південний"}),
        ("uk", "У Міноборони спростували втрату Сіверська. У місті тривають бої.", {"Сіверська"}),
        ("uk", "Уночі горів склад у Туапсе. Уламки дронів, кажуть в оперштабі Краснодарського краю, впали на дах.", {"Туапсе"}),
        ("uk", "За словами, які навів липецький губернатор Ігор Артамонов, над регіоном збито сім дронів.", {"липецький"}),
        ("ru", "Тульский губернатор Дмитрий Миляев сообщил, что сбито семь дронов.", {"Тульский"}),
        ("uk", "У Шебекінському окрузі FPV-дрон атакував автобус.", {"Шебекінському окрузі"}),
        ("uk", "Росіяни обстріляли з артилерії прикордонні села Харківщини.", {"Харківщини"}),
        (
            "uk",
            "Дрон спалив авто в Ізюмі. Ракета зруйнувала школу в Лозовій. Усього за день ворог 20 разів бив по Харківщині.",
            {"Лозовій"},
        ),
    ],
)
def test_what_says_where_a_place_lies_is_no_second_one(told_in, lang, text, places):
    assert _told_at(told_in(text, lang))[-1] == places


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("en", "The mayor said 31 drones on their way to Moscow were shot down.", {"Moscow"}),
        ("en", "11 drones heading for Moscow were shot down over Kaluga.", {"Kaluga"}),
        ("de", "Die Flugabwehr hat 19 Drohnen abgeschossen, die Moskau ansteuerten.", {"Moskau"}),
    ],
)
def test_where_drones_were_bound_is_the_place_if_no_other_is_told(told_in, lang, text, place):
    assert _told_at(told_in(text, lang)) == [place]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "KYIV, Ukraine — Russia struck Ukraine. In the capital, drones hit five houses. Envoys are to meet in Abu Dhabi."),
        ("en", "Drones hit five houses in the capital overnight. Kyiv mayor Vitali Klitschko said four were hurt. Talks go on in Geneva."),
        ("de", "KIEW (dnd) - In der Hauptstadt beschädigten Drohnen fünf Wohnhäuser. In Ankara wird verhandelt."),
    ],
)
def test_the_capital_is_none_where_only_talks_are_held(gazetteer, lang, text):
    found = [mention for mention in toponyms.find(text, gazetteer, lang) if mention.text in {"capital", "Hauptstadt"}]
    assert [mention.name in {"Kyiv", "KYIV", "KIEW"} for mention in found] == [True]


def test_a_district_of_the_city_is_in_the_one_told_of(told_in):
    text = "Five drones were shot down over Sevastopol. In the city's Gagarin district a woman was hurt when a drone hit her balcony."
    assert _told_at(told_in(text, "en"))[-1] == {"Sevastopol"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Two people died in strikes on Kostiantynivka, one more in Druzhkivka."),
        ("uk", "Двоє людей загинули від ударів у Костянтинівці, ще один – у Дружківці."),
        ("ru", "Двое погибли при обстреле Константиновки, ещё один — в Дружковке."),
        ("de", "Bei Angriffen auf Kostjantyniwka starben zwei Menschen, ein weiterer in Druschkiwka."),
    ],
)
def test_the_dead_of_two_towns_are_told_apart(told_in, lang, text):
    assert [draft.claims[-1].casualties.killed.best for draft in told_in(text, lang)] == [2, 1]


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("uk", "По одній людині загинуло від обстрілів у Нікополі та Марганці.", [{"Нікополі"}, {"Марганці"}]),
        ("uk", "Дрони вдарили по двох селах, Хотіні та Юнаківці, одна людина загинула.", [{"Хотіні", "Юнаківці"}]),
    ],
)
def test_a_number_apiece_is_that_of_every_place(told_in, lang, text, places):
    drafts = told_in(text, lang)
    assert _told_at(drafts) == places
    assert {draft.claims[-1].casualties.killed.best for draft in drafts} == {1}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Сім безпілотників збито над Сумами."),
        ("ru", "Суда атаковали морские дроны у Новороссийска."),
        ("ru", "В Черноморском флоте рассказали, что сбили дроны над Севастополем."),
        ("uk", "На підході до гирла Бистрого дрон влучив у балкер біля Вилкового."),
    ],
)
def test_numbers_things_and_rivers_are_no_villages(gazetteer, lang, text):
    assert len(toponyms.find(text, gazetteer, lang)) == 1


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("en", "The Nikopol district was attacked with drones. ¶In Marhanets, a drone hit a minibus.", [{"Marhanets"}]),
        ("de", "Russland beschoss den Rajon Nikopol. Es traf Nikopol und Marhanez.", [{"Nikopol", "Marhanez"}]),
        ("uk", "Ворог атакував Нікопольський район дронами. Під ударом були Нікополь і Марганець.", [{"Нікополь", "Марганець"}]),
        ("en", "Troops shelled the Nikopol district, wounding two. In Pavlohrad, a drone hit a house.", [{"Nikopol"}, {"Pavlohrad"}]),
    ],
)
def test_a_raion_is_none_beside_the_towns_of_it(told_in, lang, text, places):
    assert _told_at(told_in(text.replace(" ¶", "\n"), lang)) == places


def test_his_region_is_the_one_that_the_paragraph_names(told_in):
    text = "У Курську впав дрон.\nБогомаз, який керує Брянщиною, каже: над його регіоном збили 27 дронів.\nУ Рильську Курської області згорів склад."
    assert {"Брянщиною"} in _told_at(told_in(text, "uk"))


def test_a_nuclear_plant_is_none_of_the_city_that_it_is_named_after(gazetteer):
    [plant, town] = toponyms.find("Der Mitarbeiter des Atomkraftwerks Saporischschja kam in Enerhodar ums Leben.", gazetteer, "de")
    assert (plant.kind, plant.name, town.name) == ("site", "Zaporizhzhia Nuclear Power Plant", "Enerhodar")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Eine Drohne traf ein Lager in Tschornomorsk. Über der Region wurden 18 Drohnen abgeschossen."),
        ("en", "A drone hit a warehouse in Chornomorsk. Air defence shot down 18 drones over the region."),
    ],
)
def test_the_region_of_a_text_that_names_none_is_that_of_its_town(gazetteer, lang, text):
    assert "Odesa Oblast" in [mention.name for mention in toponyms.find(text, gazetteer, lang)]


def test_a_ship_off_the_coast_is_at_the_sea_told_of(told_in):
    text = (
        "Am Mittwoch traf eine Seedrohne im Schwarzen Meer einen Tanker. Am Donnerstag wurde das Schiff vor der Küste erneut angegriffen."
    )
    assert _told_at(told_in(text, "de")) == [{"Schwarzen Meer"}, {"Schwarzen Meer"}]


def test_one_of_them_is_a_weapon_told_of(told_in):
    text = "Am Mittwoch griffen Drohnen Odessa an. Am Donnerstag traf eine davon ein Haus in Tschornomorsk."
    assert [draft.type for draft in told_in(text, "de")] == ["drone_strike", "drone_strike"]


def test_towns_taken_in_a_part_of_the_country_are_told_once(told_in):
    text = "Russland hat nach eigenen Angaben zwei Städte in der Ostukraine erobert. Torske und Siwersk seien befreit, meldete der Stab."
    assert _told_at(told_in(text, "de")) == [{"Torske", "Siwersk"}]


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("uk", "На Лиманському та Куп'янському напрямках ворог атакував біля Тернів і Загризового.", ["Тернів", "Загризового"]),
        ("ru", "На Лиманском и Купянском направлениях противник атаковал у Тернов и Загрызово.", ["Тернов", "Загрызово"]),
        ("en", "In the Lyman and Kupiansk sectors, the enemy attacked near Terny and Zahryzove.", ["Terny", "Zahryzove"]),
    ],
)
def test_no_stretch_of_a_list_is_a_place_beside_its_villages(told_in, lang, text, places):
    [draft] = told_in(text, lang)
    assert [p.mention.text for p in draft.where] == places
