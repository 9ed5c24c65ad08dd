"""Bulletins of a region and posts of one person: who signs them, whose toll it is, and what day they are of."""

from __future__ import annotations

import datetime as dt

import pytest
from tolls import toll


def names(draft):
    return [p.mention.name for p in draft.where]


def test_who_signs_a_post_stands_by_all_of_it(told_in):
    text = (
        "У Сіверську внаслідок артобстрілу поранено жінку.\n"
        "На Часів Яр скинуто дві бомби КАБ-250, зруйновано будинок.\n"
        "Евакуюйтеся вчасно! — закликає Вадим Філашкін, начальник Донецької ОВА."
    )
    drafts = told_in(text, "uk")
    assert [d.type for d in drafts] == ["shelling", "air_strike"]
    assert {c.by for d in drafts for c in d.claims} == {"Вадим Філашкін, начальник Донецької ОВА"}


def test_the_day_after_a_name_is_no_part_of_a_signature(told_in):
    text = "A drone detonated over the village of Dolgoye. No casualties.\n\nVyacheslav Gladkov, 27 August"
    assert [{c.by for c in d.claims} for d in told_in(text, "en")] == [{"Vyacheslav Gladkov"}]


def test_who_has_confirmed_none_of_it_says_nothing(told_in):
    text = "Air defences intercepted 248 drones, the Russian Defence Ministry said. Kyiv has confirmed none of this."
    assert [{c.by for c in d.claims} for d in told_in(text, "en")] == [{"Russian Defence Ministry"}]


def test_a_toll_is_shared_out_among_the_places_that_are_told_of(told_in):
    text = (
        "За добу росіяни вбили трьох жителів Донеччини: двох — у Краматорську, одного — у Дружківці.\n"
        "По Краматорську ворог ударив двома КАБами.\n"
        "У Дружківці FPV-дрон влучив в автомобіль."
    )
    first, second = told_in(text, "uk")
    assert (names(first), toll(first, "killed")) == (["Краматорську"], [2])
    assert (names(second), toll(second, "killed")) == (["Дружківці"], [1])


def test_five_more_are_among_those_that_a_toll_has_risen_to(told_in):
    text = (
        "Кількість поранених унаслідок атаки безпілотників на Харків зросла до 14, повідомив міський голова Ігор Терехов.\n"
        "«Ще п'ятеро мешканців звернулися до медиків», — зазначив мер."
    )
    [draft] = told_in(text, "uk")
    assert toll(draft, "injured") == [14]
    assert {c.by for c in draft.claims} == {"міський голова Ігор Терехов"}


def test_what_an_army_lost_is_no_toll(told_in):
    [draft] = told_in("Прикордонники відбили дві спроби штурму поблизу Стариці. Ворог втратив 11 осіб убитими й пораненими.", "uk")
    assert not draft.has_toll


def test_what_drones_and_guns_hit_was_shelled_and_what_a_bomb_ruined_was_bombed(told_in):
    shelled, bombed = told_in(
        "Нікополь ворог двічі атакував дронами та чотири рази — з артилерії.\nУ Миропіллі від КАБа зруйновано три порожні хати.",
        "uk",
    )
    assert (shelled.type, bombed.type) == ("shelling", "air_strike")


def test_the_region_is_that_of_the_towns_of_a_post(told_in):
    _, shot_down = told_in("У Павлограді дрон влучив у склад.\nНад областю збито 14 безпілотників.", "uk")
    assert shot_down.type == "interception"
    assert names(shot_down) == ["Dnipropetrovsk Oblast"]


def test_a_day_that_is_summed_up_is_that_of_all_below(told_in):
    text = "Протягом 21 листопада росіяни 27 разів обстріляли Донецьку область.\nУ Лимані зруйновано школу, в Іллінівці пошкоджено ферму."
    drafts = told_in(text, "uk")
    assert [names(d) for d in drafts] == [["Лимані"], ["Іллінівці"]]
    assert {(d.when.start, d.when.end) for d in drafts} == {(dt.date(2024, 11, 21), dt.date(2024, 11, 21))}


def test_a_ceiling_that_came_down_is_no_attack(told_in):
    drafts = told_in(
        "У Сумах дрон влучив у підприємство, поранено сторожа.\nУ Києві обвалилося перекриття паркінгу, постраждалих немає.", "uk"
    )
    assert [names(d) for d in drafts] == [["Сумах"]]


def test_drones_destroy_arms_on_the_ground_and_are_destroyed_in_the_air(told_in):
    hit, downed = told_in(
        "Біля Токмака дроном знищено зенітний ракетний комплекс «Тор-М2».\nНад Сумщиною дронами-перехоплювачами збито три шахеди.", "uk"
    )
    assert (hit.type, hit.claims[-1].counts.intercepted) == ("drone_strike", None)
    assert (downed.type, downed.claims[-1].counts.intercepted) == ("interception", 3)


def test_drones_said_to_be_shot_down_are_counted(told_in):
    [draft] = told_in("Оперштаб Курської області звітує про шість безпілотників, нібито знищених уранці над регіоном.", "uk")
    assert (draft.type, draft.claims[-1].counts.intercepted) == ("interception", 6)


def test_whose_words_a_quotation_is_stands_before_its_colon(told_in):
    text = 'Безпілотники атакували завод у Салаваті.\nДослівно Хабірова: "Підприємство атакували два безпілотники, поранених немає".'
    assert "Хабірова" in {c.by for d in told_in(text, "uk") for c in d.claims}


def test_a_dash_stands_for_the_attack_on_a_further_town(told_in):
    drafts = told_in("У Святогірську БпЛА пошкодив лінію електропередач, у Маяках — господарчу споруду.", "uk")
    assert [(d.type, names(d)) for d in drafts] == [("drone_strike", ["Святогірську"]), ("drone_strike", ["Маяках"])]


def test_those_found_later_were_hurt_though_nobody_had_been(told_in):
    text = (
        "У Сумах дрон влучив у дах. За попередньою інформацією, люди не постраждали.\n"
        "За допомогою звернулися двоє поранених.\nРятувальники виявили тіло чоловіка. Поранених уже п'ятеро.\n"
        "В. о. Сумського міського голови Артем Кобзар"
    )
    [draft] = told_in(text, "uk")
    current = [c.casualties for c in draft.claims if not c.superseded]
    assert [(c.killed.low, c.injured.low) for c in current if c.known] == [(1, None), (None, 5)]
    assert {c.by for c in draft.claims} == {"В. о. Сумського міського голови Артем Кобзар"}


def test_a_name_that_is_a_word_of_the_language_signs_a_title(told_in):
    [draft] = told_in("Ніжин. Два «шахеди» поцілили в склад.", "uk", title="Чаус: удар по Ніжину")
    assert [c.by for c in draft.claims] == ["Чаус"]


def test_what_a_region_was_attacked_with_hit_its_district_too(told_in):
    text = (
        "Вночі ворог атакував південь Одещини ударними безпілотниками.\n"
        "Є влучання та пошкодження портової інфраструктури в Ізмаїльському районі.\n"
        "За попередніми даними, один чоловік отримав осколкові поранення ніг."
    )
    *_, draft = told_in(text, "uk")
    assert (draft.type, toll(draft, "injured")) == ("drone_strike", [1])


def test_what_a_drone_did_that_was_shot_down_is_no_interception(told_in):
    [draft] = told_in("Унаслідок збиття безпілотника в Первомайській громаді пошкоджено лінію електропередач.", "uk")
    assert draft.type == "drone_strike"


def test_the_page_where_somebody_wrote_is_no_voice(told_in):
    text = "У Сумах дрон влучив у дах. Про це Генеральний штаб ЗСУ повідомив у Фейсбуці, передає Укрінформ."
    [draft] = told_in(text, "uk")
    assert [c.by for c in draft.claims] == ["Генеральний штаб ЗСУ"]


@pytest.mark.parametrize(
    ("lang", "total", "parts"),
    [
        (
            "en",
            "Over the past day, the enemy launched 649 strikes on 12 settlements of the Zaporizhzhia region.",
            "In Huliaipole, a drone hit a house.\nIn Stepnohirsk, shelling damaged a shop.",
        ),
        (
            "uk",
            "Протягом доби окупанти завдали 649 ударів по 12 населених пунктах Запорізької області.",
            "У Гуляйполі дрон влучив у будинок.\nУ Степногірську обстріл пошкодив магазин.",
        ),
        (
            "ru",
            "За сутки враг нанёс 649 ударов по 12 населённым пунктам Запорожской области.",
            "В Гуляйполе дрон попал в дом.\nВ Степногорске обстрел повредил магазин.",
        ),
        (
            "de",
            "Am vergangenen Tag gab es 649 Angriffe auf 12 Ortschaften der Region Saporischschja.",
            "In Huljajpole traf eine Drohne ein Haus.\nIn Stepnohirsk beschädigte Beschuss ein Geschäft.",
        ),
    ],
)
def test_a_number_of_attacks_is_none_beside_those_that_are_told(told_in, lang, total, parts):
    alone = told_in(total, lang)
    assert [d.type for d in alone] == ["strike"]
    assert [d.type for d in told_in(f"{total}\n{parts}", lang)] == ["drone_strike", "shelling"]


@pytest.mark.parametrize(
    ("lang", "total", "parts"),
    [
        (
            "en",
            "Since the start of the day, 134 combat engagements have taken place.",
            "The enemy attacked twice near Vovchansk.\nUkrainian troops repelled five assaults near Lyman.",
        ),
        (
            "ru",
            "С начала суток произошло 134 боевых столкновения.",
            "ВСУ отбили две атаки у Волчанска.\nПять штурмов отражены возле Лимана.",
        ),
    ],
)
def test_a_number_of_fights_is_none_beside_those_that_are_told(told_in, lang, total, parts):
    assert [(d.type, d.where) for d in told_in(total, lang)] == [("ground_combat", ())]
    assert all(d.where for d in told_in(f"{total}\n{parts}", lang))


@pytest.mark.parametrize(
    ("lang", "text", "places", "by"),
    [
        (
            "en",
            (
                "Oleh Syniehubov, the head of the Kharkiv regional military administration, on the past day: In Borova, a drone hit a house. "
                "Vovchansk: shelling, a man was wounded. In all, four people were injured in the region over the day."
            ),
            ["Borova", "Vovchansk"],
            "Syniehubov",
        ),
        (
            "uk",
            (
                "Начальник Харківської ОВА Олег Синєгубов про минулу добу: У Боровій дрон влучив у будинок. Вовчанськ: обстріл, поранено "
                "чоловіка. Загалом за добу в області поранено четверо людей."
            ),
            ["Боровій", "Вовчанськ"],
            "Синєгубов",
        ),
        (
            "ru",
            (
                "Губернатор Белгородской области Вячеслав Гладков о прошедших сутках:\n\n— В Разумном дрон ударил по дому.\n— Грайворон: "
                "обстрел, ранен мужчина.\n\nВсего за сутки в регионе ранены четыре человека."
            ),
            ["Разумном", "Грайворон"],
            "Гладков",
        ),
        (
            "de",
            (
                "Oleh Synjehubow, Chef der Militärverwaltung des Gebiets Charkiw, zum vergangenen Tag: In Borowa traf eine Drohne ein Haus. "
                "Wowtschansk: Beschuss, ein Mann wurde verwundet. Insgesamt wurden im Gebiet innerhalb eines Tages vier Menschen verletzt."
            ),
            ["Borowa", "Wowtschansk"],
            "Synjehubow",
        ),
    ],
)
def test_the_bulletin_of_a_governor_on_the_past_day(told_in, lang, text, places, by):
    drafts = told_in(text, lang, dt.date(2024, 11, 21))
    assert [[p.mention.text for p in draft.where] for draft in drafts] == [[place] for place in places]
    assert all(draft.when.start == dt.date(2024, 11, 20) and draft.when.end == dt.date(2024, 11, 21) for draft in drafts)
    assert [{c.casualties.injured.low for c in draft.claims} for draft in drafts] == [{None}, {1}]
    assert all(by in claim.by for draft in drafts for claim in draft.claims)


MOVES = {
    "en": "Ukrainian forces advanced near Toretsk and liberated Nelipivka on Wednesday, DeepState wrote.",
    "uk": "У середу ворог окупував Неліпівку та просунувся біля Торецька, повідомляє DeepState.",
    "ru": "В среду российские войска заняли Нелеповку и продвинулись под Торецком, сообщил DeepState.",
    "de": "Am Mittwoch nahmen russische Truppen Neljipiwka ein und rückten bei Torezk vor, meldete DeepState.",
}


@pytest.mark.parametrize("lang", MOVES)
def test_what_troops_did_in_two_places_are_two_events_of_one_day(told_in, lang):
    drafts = told_in(MOVES[lang], lang)
    assert [len(d.where) for d in drafts] == [1, 1]
    assert len({d.when.start for d in drafts}) == 1


def test_the_day_that_ends_a_sentence_is_that_of_both_its_events(told_in):
    one, other = told_in("A drone hit a house in Sumy and a missile struck a plant in Kharkiv on Wednesday.", "en")
    assert (one.type, other.type) == ("drone_strike", "missile_strike")
    assert one.when == other.when
    assert one.when.start.isoweekday() == 3


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Overnight, a drone hit a shop in Sumy. The governor said ten drones were shot down and nobody was hurt."),
        (
            "de",
            "In der Nacht traf eine Drohne ein Geschäft in Sumy. Laut Gouverneur wurden zehn Drohnen abgeschossen, verletzt wurde niemand.",
        ),
    ],
)
def test_nobody_was_hurt_where_a_drone_hit_and_not_among_those_shot_down(told_in, lang, text):
    strike, interception = told_in(text, lang)
    assert (toll(strike, "injured"), toll(interception, "injured")) == ([0], [])
    assert interception.claims[0].counts.intercepted == 10
