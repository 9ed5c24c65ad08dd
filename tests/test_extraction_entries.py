"""Entries posted one after another, as in a live blog: what a later one tells of an event that it does not name."""

from __future__ import annotations

import pytest
from tolls import toll

LIVE = {
    "en": (
        "08:10 A drone hit a block of flats in Sumy. Two people are injured.",
        "09:40 The number of injured has risen to five, the mayor says.",
        "11:00 Seven people are now known to be injured.",
    ),
    "uk": (
        "08:10 Дрон влучив у багатоповерхівку в Сумах. Поранено двох людей.",
        "09:40 Кількість поранених зросла до п'яти, повідомив мер.",
        "11:00 Постраждалих уже семеро.",
    ),
    "ru": (
        "08:10 Дрон попал в многоэтажку в Сумах. Ранены два человека.",
        "09:40 Число раненых выросло до пяти, сообщил мэр.",
        "11:00 Пострадавших уже семеро.",
    ),
    "de": (
        "08:10 Uhr: Eine Drohne hat ein Hochhaus in Sumy getroffen. Zwei Menschen sind verletzt.",
        "09:40 Uhr: Die Zahl der Verletzten ist auf fünf gestiegen, sagt der Bürgermeister.",
        "11:00 Uhr: Inzwischen sind sieben Verletzte bekannt.",
    ),
}


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("lang", LIVE)
def test_a_later_entry_tells_what_the_toll_has_risen_to(told_in, lang, newest_first):
    entries = LIVE[lang][::-1] if newest_first else LIVE[lang]
    [draft] = told_in("\n\n".join(entries), lang)
    assert len(draft.where) == 1
    assert toll(draft, "injured") == [7]


def test_a_toll_is_of_the_event_of_which_fewer_were_told(told_in):
    text = (
        "08:10 A drone hit a block of flats in Sumy. Nine people are injured.\n\n"
        "08:30 A missile hit a school in Kharkiv. Two people are injured.\n\n"
        "09:40 The number of injured has risen to five."
    )
    assert [toll(d, "injured") for d in told_in(text, "en")] == [[9], [5]]


def test_an_entry_that_names_another_place_tells_nothing_of_the_one_above(told_in):
    text = "07:12 Uhr – Lwiw: Eine Rakete traf ein Umspannwerk.\n\n08:05 Uhr – Kiew: Vier Tote, 25 Verletzte."
    lviv = next(d for d in told_in(text, "de") if d.where[0].mention.name == "Lwiw")
    assert not lviv.has_toll


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "08:05 Kyiv: Four dead, 25 injured in the overnight attack on the capital."),
        ("uk", "08:05 — Київ: четверо загиблих, 25 поранених унаслідок нічної атаки на столицю."),
        ("ru", "08:05 — Киев: четверо погибших, 25 раненых после ночной атаки на столицу."),
        ("de", "08:05 Uhr – Kiew: Vier Tote, 25 Verletzte nach dem nächtlichen Angriff auf die Hauptstadt."),
    ],
)
def test_a_capital_before_the_colon_of_a_toll_is_where_it_was_and_claims_nothing(told_in, lang, text):
    [draft] = told_in(text, lang)
    assert draft.where
    assert {c.by for c in draft.claims} == {""}
    assert (toll(draft, "killed"), toll(draft, "injured")) == ([4], [25])


BY_TOWN = {
    "en": (
        "Two people were killed and ten injured in the Kherson region.",
        "KHERSON – Artillery shelled the centre. A woman was killed, six people were injured.",
        "BERYSLAV – The enemy dropped glide bombs. A resident of 74 died.",
        "CHORNOBAIVKA – A drone attacked a van. Four workers were injured.",
    ),
    "de": (
        "Im Gebiet Cherson wurden zwei Menschen getötet und zehn verletzt. Im Einzelnen:",
        "Cherson – Artillerie beschoss das Zentrum. Eine Frau wurde getötet, sechs Personen wurden verletzt.",
        "Beryslaw – Der Gegner setzte Lenkbomben ein. Ein 74-jähriger Bewohner starb.",
        "Tschornobajiwka – Eine Drohne griff einen Kleintransporter an. Vier Arbeiter wurden verletzt.",
    ),
}


@pytest.mark.parametrize("lang", BY_TOWN)
def test_towns_before_a_dash_below_a_lead_head_what_happened_there(told_in, lang):
    drafts = told_in("\n\n".join(BY_TOWN[lang]), lang)
    assert [(d.type, len(d.where), toll(d, "killed"), toll(d, "injured")) for d in drafts] == [
        ("shelling", 1, [1], [6]),
        ("air_strike", 1, [1], []),
        ("drone_strike", 1, [], [4]),
    ]


def test_a_town_before_a_dash_is_where_a_report_was_written_if_it_opens_one(told_in):
    first = "KYIV – A drone hit a block of flats in Sumy."
    second = "MOSCOW – A drone hit an oil depot in Tuapse."
    assert [[p.mention.text for p in d.where] for d in told_in(f"{first}\n\n{second}", "en")] == [["Sumy"], ["Tuapse"]]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ("* NOVEMBER 18. A drone hit a refinery in Saratov.", "* NOVEMBER 20. A drone hit an oil terminal in Tuapse.")),
        ("en", ("November 18 – A drone hit a refinery in Saratov.", "November 20 – A drone hit an oil terminal in Tuapse.")),
        ("de", ("18. November – Eine Drohne traf eine Raffinerie in Saratow.", "20. November – Eine Drohne traf ein Öllager in Tuapse.")),
        ("uk", ("• 18.11 — дрон влучив у завод у Саратові.", "• 20.11 — дрон влучив у нафтобазу в Туапсе.")),
        ("ru", ("18.11: беспилотник попал в завод в Саратове.", "20.11: беспилотник попал в нефтебазу в Туапсе.")),
    ],
)
def test_a_day_heads_an_entry(told_in, lang, lines):
    drafts = told_in("\n\n".join(lines), lang)
    assert [(d.when.start.month, d.when.start.day) for d in drafts if d.when] == [(11, 18), (11, 20)]


UNDER_HEADINGS = {
    "en": (
        "17:20 | Glide bomb hits Kramatorsk",
        "A Russian jet dropped a glide bomb on the centre this afternoon. Four people were injured.",
        "07:48 | Explosions in Bila Tserkva",
        "Residents report several blasts in the early morning.",
    ),
    "uk": (
        "17:20 Авіабомба на Краматорськ",
        "Російський літак скинув авіабомбу на центр. Четверо людей поранені.",
        "07:48 Вибухи в Білій Церкві",
        "Мешканці повідомляють про кілька вибухів рано-вранці.",
    ),
    "ru": (
        "17:20 Авиабомба на Краматорск",
        "Российский самолёт сбросил авиабомбу на центр. Четыре человека ранены.",
        "07:48 Взрывы в Белой Церкви",
        "Жители сообщают о нескольких взрывах ранним утром.",
    ),
    "de": (
        "17:20 Uhr: Gleitbombe trifft Kramatorsk",
        "Ein russisches Flugzeug warf am Nachmittag eine Gleitbombe auf das Zentrum. Vier Menschen wurden verletzt.",
        "07:48 Uhr: Explosionen in Bila Zerkwa",
        "Anwohner berichten von mehreren Explosionen.",
    ),
}


@pytest.mark.parametrize("lang", UNDER_HEADINGS)
def test_what_names_no_place_was_where_the_heading_above_it_tells(told_in, lang):
    drafts = told_in("\n\n".join(UNDER_HEADINGS[lang]), lang)
    assert [(d.type, len(d.where), toll(d, "injured")) for d in drafts] == [("air_strike", 1, [4]), ("explosion", 1, [])]


def test_a_heading_may_tell_the_toll_and_the_event_of_what_stands_below(told_in):
    [draft] = told_in("What is known.\n\nStrike on Dnipro: two dead\n\nA missile hit a house. Ten flats were damaged.", "en")
    assert (draft.type, toll(draft, "killed")) == ("missile_strike", [2])
    text = "Drones hit depot in Tuapse\n\nThe fire was put out by noon. Nobody was hurt.\n\nIn Sochi, a drone damaged a hotel."
    assert [[p.mention.text for p in d.where] for d in told_in(text, "en")] == [["Tuapse"], ["Sochi"]]


def test_a_count_of_the_whole_country_was_not_at_the_town_of_a_heading(told_in):
    text = "Glide bomb hits Kramatorsk\n\nFour people were injured.\n\nRussia launched 90 drones overnight, the air force said."
    assert [[p.mention.text for p in d.where] for d in told_in(text, "en")] == [["Kramatorsk"], []]


LAYOUTS = (
    *("**{p}.** {s}", "**{p}:** {s}", "**{p}**\n{s}", "🔴 {p} — {s}", "📍 {p}\n{s}", "{n}. {p}: {s}", "{n}) {p}. {s}", "- {p}: {s}"),
    *("• {p} – {s}", "▪️{p}. {s}", "#{p} {s}", "#{p}\n{s}", "{p} | {s}", "### {p}\n{s}", "{P}: {s}", "{P}\n{s}", "{P}. {s}", "({p}) {s}"),
    *("[{p}] {s}", "> {p}: {s}", "{p} - {l}", "➡️ {p}: {l}", "* {p} — {l}", "{e} ({p})", "_{p}_ {s}", "{p}/ {s}", "{p}.\n{s}"),
)
TWO = {
    "en": ("Nikopol", "Kherson", "A drone hit a house, two people were injured.", "Artillery shelled a market, a woman was killed."),
    "uk": ("Нікополь", "Херсон", "Дрон влучив у будинок, поранено двох людей.", "Артилерія обстріляла ринок, загинула жінка."),
    "ru": ("Никополь", "Херсон", "Дрон попал в дом, ранены два человека.", "Артиллерия обстреляла рынок, погибла женщина."),
    "de": (
        "Nikopol",
        "Cherson",
        "Eine Drohne traf ein Haus, zwei Menschen wurden verletzt.",
        "Artillerie beschoss einen Markt, eine Frau starb.",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("lang", TWO)
def test_the_entries_of_a_list_however_it_is_laid_out(told_in, lang, layout):
    first, second, hurt, killed = TWO[lang]
    entries = [
        layout.format(p=town, P=town.upper(), n=k, s=told, l=told[0].lower() + told[1:], e=told.rstrip("."))
        for k, (town, told) in enumerate([(first, hurt), (second, killed)], 1)
    ]
    drafts = told_in("\n\n".join(entries), lang)
    assert [(d.type, [p.mention.text.title() for p in d.where], toll(d, "injured"), toll(d, "killed")) for d in drafts] == [
        ("drone_strike", [first], [2], []),
        ("shelling", [second], [], [1]),
    ]
