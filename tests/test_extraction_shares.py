"""What a count or a toll of several places is shared out as."""

from __future__ import annotations

import pytest
from tolls import toll

SHARED = [
    ("en", "Russian air defences shot down 90 drones overnight, including 40 over the Bryansk region, the ministry said.", {"Bryansk": 40}),
    (
        "en",
        "The ministry said 71 drones were destroyed overnight: 26 over the Bryansk region, 19 over Smolensk and 14 over Kaluga.",
        {"Bryansk": 26, "Smolensk": 19, "Kaluga": 14},
    ),
    ("en", "Air defences destroyed 116 drones overnight. Forty-one of them were shot down over the Saratov region.", {"Saratov": 41}),
    ("en", "The ministry said 116 drones were downed, including 20 each over the Bryansk and Kursk regions.", {"Bryansk": 20, "Kursk": 20}),
    (
        "ru",
        "За ночь перехвачены 55 беспилотников: 32 над территорией Белгородской области, по девять над Курской и Брянской областями.",
        {"Белгородской области": 32, "Курской": 9, "Брянской": 9},
    ),
    (
        "ru",
        "Над Брянской областью — 40, над Курской — 12, над Крымом — 8: всего за ночь сбито 60 беспилотников, заявило Минобороны.",
        {"Брянской областью": 40, "Курской": 12, "Крымом": 8},
    ),
    (
        "uk",
        "Міноборони РФ звітувало про 63 збиті безпілотники, з них 21 – над Брянською, 14 – над Смоленською і ще дев'ять – над Тверською областями.",
        {"Брянською": 21, "Смоленською": 14, "Тверською": 9},
    ),
    (
        "de",
        "Die Flugabwehr habe in der Nacht 90 Drohnen abgeschossen, davon 40 über der Region Brjansk und elf über der Krim, hieß es.",
        {"Brjansk": 40, "Krim": 11},
    ),
    (
        "en",
        "Air defences shot down 126 drones, of them 64 over the Bryansk region; the rest were downed over the Kaluga and Tula regions.",
        {"Bryansk": 64, "Kaluga": None, "Tula": None},
    ),
    # the number is that of all, or of two together
    ("en", "Air defences shot down 90 drones overnight over the Bryansk and Kursk regions.", {"Bryansk": None, "Kursk": None}),
    (
        "en",
        "The ministry said 116 drones were downed, including 40 over the Bryansk and Kursk regions and 12 over Crimea.",
        {"Bryansk": None, "Kursk": None, "Crimea": 12},
    ),
]


@pytest.mark.parametrize(("lang", "text", "shares"), SHARED)
def test_what_was_shot_down_is_shared_out(told_in, lang, text, shares):
    [draft] = told_in(text, lang)
    assert {place.mention.text: place.share for place in draft.where} == shares


ELLIPTIC = {
    "en": (
        "Wednesday's strikes left three dead in Sumy, two in Kharkiv and one in Odesa.",
        "On Wednesday drones killed three people in Sumy; in Kharkiv two; in Odesa one.",
    ),
    "uk": (
        "Через удари в середу троє загиблих у Сумах, двоє в Харкові та один в Одесі.",
        "У середу росіяни атакували три міста: у Сумах загинули троє людей, у Харкові двоє, в Одесі один.",
    ),
    "ru": (
        "Из-за ударов в среду трое погибших в Сумах, двое в Харькове и один в Одессе.",
        "В среду Россия атаковала три города: в Сумах погибли три человека, в Харькове двое, в Одессе один.",
    ),
    "de": (
        "Bei Angriffen am Mittwoch gab es drei Tote in Sumy, zwei in Charkiw und einen in Odessa.",
        "Am Mittwoch wurden durch Drohnen in Sumy drei, in Charkiw zwei und in Odessa ein Mensch getötet.",
    ),
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in ELLIPTIC.items() for text in texts])
def test_a_number_beside_a_town_is_of_those_counted_before_or_behind_it(told_in, lang, text):
    drafts = told_in(text, lang)
    assert [len(d.where) for d in drafts] == [1, 1, 1]
    assert [toll(d, "killed") for d in drafts] == [[3], [2], [1]]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On Wednesday, shelling injured two people in Nikopol and one in Marhanets, and a woman was killed in Pokrov."),
        ("uk", "У середу росіяни обстріляли три громади: у Нікополі поранено двох людей, у Марганці — одну, у Покрові загинула жінка."),
        ("ru", "В среду от обстрелов в Никополе ранены двое, в Марганце один человек, в Покрове погибла женщина."),
        ("de", "Am Mittwoch wurden durch Beschuss in Nikopol zwei Menschen verletzt, in Marhanez einer, in Pokrow starb eine Frau."),
    ],
)
def test_each_town_has_its_own_toll_though_a_verb_stands_for_two(told_in, lang, text):
    drafts = told_in(text, lang)
    assert [(toll(d, "killed"), toll(d, "injured")) for d in drafts] == [([], [2]), ([], [1]), ([1], [])]


def test_an_hour_before_a_town_counts_nobody(told_in):
    drafts = told_in("Від ударів дронів двоє поранених у Сумах, о 14:35 в Харкові — троє.", "uk")
    assert [toll(d, "injured") for d in drafts] == [[2], [3]]


OVER_REGIONS = {
    "en": (
        "Air defences shot down 40 drones overnight, the Defence Ministry said. Twenty of them were destroyed over the Bryansk region. "
        "Another 12 were intercepted over the Kursk region and eight over the Belgorod region."
    ),
    "uk": (
        "За ніч ППО збила 40 безпілотників, повідомило Міноборони РФ. Двадцять із них знищили над Брянською областю. "
        "Ще 12 перехопили над Курською областю, 8 — над Бєлгородською."
    ),
    "ru": (
        "За ночь сбито 40 беспилотников, сообщило Минобороны РФ.\n\nДвадцать из них уничтожили над Брянской областью.\n\n"
        "Ещё 12 были перехвачены над Курской областью, 8 — над Белгородской."
    ),
}


@pytest.mark.parametrize("lang", OVER_REGIONS)
def test_one_count_over_three_regions_is_one_incident_however_many_sentences_tell_of_them(told_in, lang):
    [draft] = told_in(OVER_REGIONS[lang], lang)
    assert [p.mention.kind for p in draft.where] == ["admin1"] * 3
    assert draft.claims[0].counts.intercepted == 40


def test_what_a_governor_counts_is_no_part_of_the_ministrys_count(told_in):
    text = (
        "За ночь сбито 40 беспилотников, сообщило Минобороны РФ. Двадцать из них уничтожили над Брянской областью.\n\n"
        "Губернатор Воронежской области Александр Гусев сообщил, что над регионом сбито пять беспилотников."
    )
    assert [d.claims[0].counts.intercepted for d in told_in(text, "ru")] == [40, 5]


@pytest.mark.parametrize(
    ("lang", "text", "regions"),
    [
        ("en", "Russia said 85 drones were downed. The Bryansk region alone accounted for 43 of them, followed by Kaluga with 26.", 2),
        ("en", "Moscow said it destroyed 85 drones. Most, 43, fell over the Bryansk region. Another 26 were intercepted over Kaluga.", 2),
        ("en", "Russia said 85 drones were downed. Bryansk region led with 43. Next come Kaluga (26) and Tula (16) regions.", 3),
        ("en", "Eighty-five drones were shot down over six Russian regions, including 43 over Bryansk and 26 over Kaluga.", 2),
        ("en", "The Bryansk (43) and Kaluga (42) regions came under drone attack; all 85 drones were shot down, Moscow said.", 2),
        ("en", "Of the 85 drones downed overnight, 43 were destroyed over the Bryansk region and 26 over the Kaluga region.", 2),
        ("uk", "Збито 85 дронів, заявило Міноборони РФ. Більше половини, 43, — над Брянською областю. Ще чотири — над Московською.", 2),
        ("uk", "Брянська (43), Калузька (26) і Тульська (16) області були під атакою дронів; усі 85 збито, стверджує Міноборони РФ.", 3),
        ("ru", "Сбиты 85 беспилотников, сообщило Минобороны РФ. На Брянскую область пришлось 43 из них, на Калужскую — 26.", 2),
        ("ru", "Брянская (43) и Калужская (42) области подверглись атаке беспилотников; все 85 сбиты, сообщило Минобороны.", 2),
        ("de", "Es seien 85 Drohnen abgeschossen worden, meldete Moskau. Allein auf das Gebiet Brjansk entfielen 43, auf Kaluga 26.", 2),
        ("ru", "Из 85 сбитых беспилотников 43 уничтожены над Брянской областью, 26 — над Калужской.", 2),
        ("de", "Von den 85 abgeschossenen Drohnen wurden 43 über dem Gebiet Brjansk zerstört, 26 über dem Gebiet Kaluga.", 2),
        ("de", "85 Drohnen wurden über sechs russischen Regionen abgefangen, darunter 43 über Brjansk und 26 über Kaluga.", 2),
    ],
)
def test_shares_of_a_count_belong_to_it_however_they_are_told(told_in, lang, text, regions):
    [draft] = told_in(text, lang)
    assert [p.mention.kind for p in draft.where] == ["admin1"] * regions
    assert draft.type == "interception"
    assert {c.counts.intercepted for c in draft.claims} - {None} == {85}


def test_what_befell_a_region_is_no_share_of_what_was_shot_down(told_in):
    text = "Air defences destroyed 85 drones overnight, Moscow said. Twelve people were hurt in the Bryansk region."
    assert [d.type for d in told_in(text, "en")] == ["interception", "drone_strike"]


@pytest.mark.parametrize("between", [" " * 5000, " another with" * 500, " over six regions, 43" * 500], ids=["spaces", "words", "regions"])
def test_what_is_long_between_two_regions_takes_no_longer_than_it_is(told_in, between):
    text = f"Air defences destroyed 85 drones over the Bryansk region, 43{between} zebra and Kaluga."
    assert [d.type for d in told_in(text, "en")] == ["interception"]
