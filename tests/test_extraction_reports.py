"""Several reports in one text: where the next begins, and what of one is not told of another."""

from __future__ import annotations

import datetime as dt

import pytest


def told_where(drafts):
    return {name: draft for draft in drafts for name in (p.mention.name for p in draft.where)}


def toll(draft):
    known = [(c.casualties.killed.low, c.casualties.injured.low) for c in draft.claims if c.casualties.known]
    return known[0] if known else (None, None)


@pytest.mark.parametrize(
    ("lang", "text", "place", "by"),
    [
        (
            "en",
            (
                "Over the past day, a drone killed a man in Marhanets.\n"
                "Serhii Lysak, head of the Dnipropetrovsk Regional Military Administration\n"
                "A missile struck a school in Sloviansk, wounding two people."
            ),
            "Marhanets",
            "Serhii Lysak, head of the Dnipropetrovsk Regional Military Administration",
        ),
        (
            "uk",
            (
                "За минулу добу дрон убив чоловіка в Нікополі.\nСергій Лисак, начальник Дніпропетровської ОВА\n"
                "Ракета влучила у школу в Слов'янську, поранено двох людей."
            ),
            "Нікополі",
            "Сергій Лисак, начальник Дніпропетровської ОВА",
        ),
    ],
)
def test_a_signature_ends_a_report(told_in, lang, text, place, by):
    told = told_where(told_in(text, lang))
    assert {c.by for c in told.pop(place).claims} == {by}
    assert {c.by for draft in told.values() for c in draft.claims} == {""}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            (
                "MOSCOW, November 22. Air defence shot down 40 drones overnight, the Defence Ministry said.\n"
                "KYIV, Ukraine (AP) — A missile struck a school in Sloviansk, wounding two people."
            ),
        ),
        (
            "de",
            (
                "In der Nacht griff der Feind mit 40 Drohnen an, teilte die Luftwaffe mit.\n"
                "Liebe Landsleute! Eine Rakete traf eine Schule in Slowjansk, zwei Menschen wurden verletzt."
            ),
        ),
        (
            "ru",
            ("За ночь сбиты 40 беспилотников, сообщило Минобороны.\nДрузья, ракета ударила по школе в Славянске, ранены два человека."),
        ),
    ],
)
def test_a_dateline_and_a_greeting_begin_one(told_in, lang, text):
    downed, struck = told_in(text, lang)
    assert all(c.by for c in downed.claims)
    assert {c.by for c in struck.claims} == {""}
    for draft in (downed, struck):
        assert all(text[c.start : c.end] == c.quote for c in draft.claims)
        assert all(text[p.mention.start : p.mention.end] == p.mention.text for p in draft.places)


def test_a_greeting_at_the_end_begins_none(told_in):
    text = "A drone killed a man in Marhanets.\nFriends, take care of yourselves!\nOleksandr Hanzha, head of the regional military administration"
    [draft] = told_in(text, "en")
    assert {c.by for c in draft.claims} == {"Oleksandr Hanzha, head of the regional military administration"}


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        (
            "en",
            (
                "Over the past day, Antonivka and Bilozerka in the Kherson region were shelled, governor Oleksandr Prokudin said.\n"
                "On Friday, a missile struck Dnipro, killing two people.\nIn the nearby town of Samar, mortar fire wounded three."
            ),
            "Samar",
        ),
        (
            "de",
            (
                "In den vergangenen 24 Stunden wurde Beryslaw im Gebiet Cherson beschossen, teilte Gouverneur Olexandr Prokudin mit.\n"
                "Am Freitag traf eine Rakete Dnipro, zwei Menschen starben.\nIn Nikopol verletzte Artilleriefeuer drei Menschen."
            ),
            "Nikopol",
        ),
    ],
)
def test_another_region_is_none_of_a_governor(told_in, lang, text, place):
    draft = told_where(told_in(text, lang))[place]
    assert draft.when is None
    assert {c.by for c in draft.claims} == {""}


def test_nobody_hurt_in_a_region_sums_up_nothing_of_another(told_in):
    text = (
        "A fire broke out at a refinery in the Volgograd region after a drone attack, nobody was hurt, the governor said.\n"
        "Drones struck an oil depot in Hvardiiske. Drones hit a command post near Tokmak."
    )
    assert any(p.mention.name == "Volgograd" for draft in told_in(text, "en") for p in draft.where)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            (
                "Overnight, 40 drones attacked Ukraine, the air force said.\n"
                "A transport plane crashed in Karelia during a planned flight. Two crew members were killed."
            ),
        ),
        (
            "uk",
            (
                "Уночі ворог атакував 40 дронами, повідомили Повітряні сили.\n"
                "У Карелії під час планового польоту розбився літак. Загинули двоє членів екіпажу."
            ),
        ),
    ],
)
def test_a_toll_is_of_the_place_that_its_paragraph_names(told_in, lang, text):
    assert not any(draft.has_toll for draft in told_in(text, lang))


def test_an_entry_of_a_live_blog_is_not_of_the_night_that_stands_above(told_in):
    text = "Russia hit Ukraine's power grid with drones overnight, officials said.\n08:44 A drone struck a depot in Poltava."
    assert told_where(told_in(text, "en"))["Poltava"].when is None


def test_the_region_is_that_in_which_the_last_town_lies(told_in):
    text = (
        "Explosions were heard in Simferopol in Crimea.\n"
        "In the Dnipropetrovsk region, one person was killed and three were wounded overnight, the governor said.\n"
        "The town of Nikopol was attacked with drones and heavy artillery. A man of 54 was killed there and two women were wounded, "
        "while five houses, an outbuilding, a solar panel and a power line were damaged by the shelling of the last hours.\n"
        "In Mezhova, a bomb destroyed a house of culture. A man of 38 was taken to hospital with shrapnel wounds, "
        "and his condition is said to be moderate; rescuers have been at work since the early morning.\n"
        "Over the region, 14 drones were shot down."
    )
    downed = next(d for d in told_in(text, "en") if any(c.counts.intercepted for c in d.claims))
    assert [p.mention.name for p in downed.where] == ["Dnipropetrovsk"]


@pytest.mark.parametrize(
    ("lang", "text", "tolls"),
    [
        (
            "en",
            (
                "## Two killed in Sumy, governor Oleh Hryhorov says\n\nA drone hit a bus in Sumy on Wednesday evening. Two people died.\n\n"
                "## Talks in Geneva\n\nDelegations met for three hours.\n\n"
                "## Missile destroys a mill in Odesa\n\nA missile destroyed a mill in Odesa. A guard was wounded."
            ),
            {"Sumy": (2, None, "governor Oleh Hryhorov"), "Odesa": (None, 1, "")},
        ),
        (
            "uk",
            (
                "## Олег Кіпер: ракета зруйнувала млин в Одесі\n\nРакета зруйнувала млин в Одесі. Поранено сторожа.\n\n"
                "## Уряд оновив стратегію\n\nМіністри ухвалили документ.\n\n"
                "## У Сумах загинули двоє людей\n\nДрон ударив по автобусу в Сумах. Двоє людей загинули."
            ),
            {"Одесі": (None, 1, "Олег Кіпер"), "Сумах": (2, None, "")},
        ),
        (
            "de",
            (
                "## Zwei Tote in Sumy\n\nEine Drohne traf in Sumy einen Bus. Zwei Menschen kamen ums Leben.\n\n"
                "## Rakete trifft Mühle in Odessa\n\nEinzelheiten sind nicht bekannt."
            ),
            {"Sumy": (2, None, ""), "Odessa": (None, None, "")},
        ),
    ],
)
def test_each_heading_of_a_digest_is_the_title_of_what_stands_below_it(told_in, lang, text, tolls):
    drafts = told_in(text, lang)
    found = {name: (*toll(draft), draft.claims[0].by) for name, draft in told_where(drafts).items()}
    assert (found, len(drafts)) == (tolls, len(tolls))


def test_headings_within_one_report_leave_it_one(told_in):
    text = (
        "A drone hit a bus in Sumy.\n\n## Details\n\nTwo people died.\n\n"
        "## The strike as seen from abroad\n\nThe attack was condemned by the president."
    )
    [draft] = told_in(text, "en")
    assert toll(draft) == (2, None)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Here is what Wednesday brought.\n\n## A drone hits Sumy\n\nTwo people died in Sumy.\n\n## A missile hits Odesa\n\nA mill in Odesa burnt.",
        ),
        (
            "de",
            "Das war der Mittwoch.\n\n## Drohne trifft Sumy\n\nIn Sumy traf eine Drohne einen Bus.\n\n## Rakete trifft Odessa\n\nIn Odessa traf eine Rakete eine Mühle.",
        ),
    ],
)
def test_what_a_digest_opens_with_is_the_day_of_all_its_reports(told_in, lang, text):
    wednesday = dt.date(2024, 11, 20)
    assert [(d.when.start, d.when.reported) for d in told_in(text, lang)] == [(wednesday, False)] * 2


COUNTED = {
    "de": "Die Luftabwehr hat in der Nacht 108 Drohnen abgeschossen, teilte das Verteidigungsministerium mit.",
    "en": "Air defences shot down 108 drones overnight, the defence ministry said.",
    "uk": "Сили ППО збили за ніч 108 безпілотників, повідомило Міноборони.",
    "ru": "Силы ПВО сбили за ночь 108 беспилотников, сообщило Минобороны.",
}


@pytest.mark.parametrize(
    ("lang", "opening"),
    [
        *(("de", o) for o in ("KIEW, 21. Nov. (AFP) – ", "Kiew. (dpa) ", "Moskau, 21. November. ", "Kiew/Moskau (Reuters) - ")),
        *(
            ("en", o)
            for o in ("KYIV. Nov 21 (Interfax-Ukraine) – ", "21 November 2024, Kyiv — ", "Kyiv/London (CNN) ", "Kyiv, November 21. ")
        ),
        *(
            ("uk", o)
            for o in ("КИЇВ. 21 листопада. УНН. ", "Київ • УНН. ", "Київ, 21 листопада. ", "Одеса. 21 листопада. Інтерфакс-Україна – ")
        ),
        *(("ru", o) for o in ("Москва. 21 ноября. INTERFAX.RU – ", "МОСКВА, 21 ноя /ПРАЙМ/. ", "21 ноября, Москва. ", "Киев. УНИАН. ")),
    ],
)
def test_where_and_when_an_agency_writes_is_no_place_of_what_it_tells(told_in, lang, opening):
    [draft] = told_in(opening + COUNTED[lang], lang)
    assert [p.mention.text for p in draft.where] == []


def test_a_town_and_a_day_may_say_where_and_when_it_was(told_in):
    [draft] = told_in("Nikopol, 21 November. A drone hit a house, killing a woman.", "en")
    assert [p.mention.text for p in draft.where] == ["Nikopol"]
