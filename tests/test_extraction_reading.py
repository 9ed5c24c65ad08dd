"""Sentences of the kind that agencies, ministries and governors write, and what is told by them."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.extraction.wording.numbers import Amount


def summary(draft):
    """What a reader would check: type, places, least killed and injured."""
    low = {
        kind: min((a.low for c in draft.claims if (a := getattr(c.casualties, kind)).low is not None), default=None)
        for kind in ("killed", "injured")
    }
    return draft.type, [p.mention.name for p in draft.where], low["killed"], low["injured"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two people were killed and 17 injured in a Russian missile strike on the port city of Odesa on Thursday evening, regional governor Oleh Kiper said.",
            ("missile_strike", ["Odesa"], 2, 17),
        ),
        (
            "A guided bomb hit an apartment building in Kharkiv, wounding at least 25 people including three children, Mayor Ihor Terekhov wrote on Telegram.",
            ("air_strike", ["Kharkiv"], None, 25),
        ),
        ("A bus carrying civilians struck a landmine near Izium, killing three, police said.", ("landmine", ["Izium"], 3, None)),
        (
            "Powerful explosions were heard in Dnipro and Zaporizhzhia overnight, Suspilne reported.",
            ("explosion", ["Dnipro", "Zaporizhzhia"], None, None),
        ),
        ("Ukraine's general staff reported 45 clashes near Pokrovsk over the past day.", ("ground_combat", ["Pokrovsk"], None, None)),
        ("Kherson came under artillery fire on Friday morning; a 62-year-old woman was killed.", ("shelling", ["Kherson"], 1, None)),
        ("Ukrainian drones attacked an oil refinery near Ryazan, local media reported.", ("drone_strike", ["Ryazan"], None, None)),
        ("A 65-year-old man was wounded by a drone in Nikopol, the regional head said.", ("drone_strike", ["Nikopol"], None, 1)),
        ("The Sumy region was struck by missiles on Thursday; no one was hurt.", ("missile_strike", ["Sumy"], 0, 0)),
        ("Saboteurs derailed a freight train in the Bryansk region, Russian Railways reported.", ("sabotage", ["Bryansk"], None, None)),
        (
            "KYIV, Nov 22 (Reuters) - A Russian missile hit a hospital in Kramatorsk, killing four.",
            ("missile_strike", ["Kramatorsk"], 4, None),
        ),
        ("Drones launched from the Kursk region struck Konotop overnight, wounding two people.", ("drone_strike", ["Konotop"], None, 2)),
    ],
)
def test_one_sentence_one_incident(told, text, expected):
    assert [summary(d) for d in told(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Russia has supplied anti-aircraft missiles to North Korea in exchange for troops, Seoul says.",
        "He said Russia would have the “right” to strike countries whose weapons were used by Ukraine to strike Russia.",
        "The Pentagon said the US would provide Ukraine with antipersonnel landmines.",
        "German Chancellor Olaf Scholz said Germany would not send Taurus missiles to Kyiv.",
        "Residents of Lviv heard no explosions, and no strikes were reported in Lviv.",
        "Rail workers in Germany went on strike; the union called the offer an attack on wages.",
        "Hackers carried out a cyberattack on a bank in Kharkiv.",
        "The two sides struck a deal in Istanbul on Thursday.",
        "Zelenskyy arrived in Brussels for talks on air defence.",
        "More than a dozen North Korean tankers made 43 trips to an oil terminal in Russia.",
        "Air raid sirens sounded in Kyiv.",
        "Sumy lies across the border from Russia's Kursk region.",
        "",
        "\u200f\u202e \u2028 \ufeff",
    ],
)
def test_what_is_no_incident(told, text):
    assert told(text) == []


def test_history_is_background(told):
    [draft] = told("Ukrainian troops captured dozens of villages in the Kursk region in August.")
    assert draft.tags == ("background",)


def test_two_places_with_their_own_tolls_are_two_incidents(told):
    text = "In the Kherson region, one person died in shelling of the village of Antonivka, while in Nikopol a 65-year-old woman was wounded by a drone."
    first, second = (summary(d) for d in told(text))
    assert first[0] == "shelling"
    assert "Antonivka" in first[1]
    assert first[2:] == (1, None)
    assert second == ("drone_strike", ["Nikopol"], None, 1)


def test_one_claim_over_three_regions_is_one_incident(told):
    text = (
        "The Russian Defence Ministry said air defence systems had intercepted 23 Ukrainian drones overnight over the western Bryansk, Kaluga and "
        "Kursk regions. The ministry had no reports of damage or casualties. The Bryansk and Kursk Oblasts border on Ukraine."
    )
    [draft] = told(text)
    assert [(p.mention.name, p.mention.kind, p.role) for p in draft.where] == [
        ("Bryansk", "admin1", "over"),
        ("Kaluga", "admin1", "over"),
        ("Kursk", "admin1", "over"),
    ]
    first, second = draft.claims
    assert {first.by, second.by} == {"Russian Defence Ministry"}
    assert first.counts.intercepted == 23
    assert second.casualties.killed == Amount(0, 0, 0)
    assert (draft.when.start, draft.when.end, draft.when.precision) == (dt.date(2024, 11, 21), dt.date(2024, 11, 22), "night")


def test_a_story_told_over_sentences_is_one_incident_with_its_claims(told):
    text = (
        "Russian drone strikes killed at least two people in the northeastern Ukrainian city of Sumy, according to the acting mayor.\n"
        '"There were several strong explosions in Sumy," Artem Kobzar said in a video, adding that at least two people had died.\n'
        "The Sumy regional military administration said a residential quarter had been hit by a Russian drone. "
        "It confirmed the two deaths and said 12 people had been injured."
    )
    [draft] = told(text)
    assert summary(draft) == ("drone_strike", ["Sumy"], 2, 12)
    assert [(c.by, c.status) for c in draft.claims] == [
        ("Artem Kobzar, acting mayor", "claimed"),
        ("Sumy regional military administration", "claimed"),
        ("Sumy regional military administration", "confirmed"),
    ]


def test_the_city_is_the_one_told_of_before(told):
    text = (
        "Russian drones hit a residential area of Sumy on Friday, killing two people, the State Emergency Service said.\n"
        "The city had been struck by a missile on Sunday; that attack killed 11 people, according to the emergency service."
    )
    today, sunday = told(text)
    assert summary(today) == ("drone_strike", ["Sumy"], 2, None)
    assert summary(sunday) == ("missile_strike", ["Sumy"], 11, None)
    assert sunday.when.start == dt.date(2024, 11, 17)


def test_a_heading_tells_nothing_twice(told):
    text = "Missile kills four in Kramatorsk\nA Russian missile hit a hospital in Kramatorsk, killing four people, the mayor said."
    assert [summary(d) for d in told(text)] == [("missile_strike", ["Kramatorsk"], 4, None)]


def test_numbers_without_a_place_are_kept(told):
    [draft] = told("The Ukrainian air force said it had shot down 50 of 70 drones.")
    assert (draft.where, draft.claims[0].counts.launched, draft.claims[0].counts.intercepted) == ((), 70, 50)


@pytest.mark.parametrize(
    ("toll", "children"),
    [
        ("killing five people", (2, None)),
        ("wounding 12 people", (None, 2)),
        ("killing five people and wounding 12", (None, None)),  # among whom?
    ],
)
def test_children_told_of_in_the_next_sentence(told, toll, children):
    [draft] = told(f"A missile hit a house in Sumy on Thursday, {toll}, the mayor said. Among them are two children.")
    found = [(c.casualties.children_killed, c.casualties.children_injured) for c in draft.claims]
    assert tuple(next((n for n in said if n is not None), None) for said in zip(*found, strict=True)) == children
    assert all(c.casualties.killed.low in {5, None} and c.casualties.injured.low in {12, None} for c in draft.claims)


def test_what_was_launched_shot_down_and_lost_is_one_barrage(told):
    [draft] = told(
        "Russia launched 140 drones at Ukraine overnight, the air force said. Air defences shot down 76 drones. "
        "Another 60 drones were lost in location."
    )
    assert [(c.counts.launched, c.counts.intercepted, c.counts.lost) for c in draft.claims] == [
        (140, None, None),
        (None, 76, None),
        (None, None, 60),
    ]


def test_every_quote_stands_in_the_text(told):
    text = (
        "Ein Vorspann.\n\n  - A drone hit a house in Sumy on Friday, the mayor said.  \n"
        "A missile struck a depot near Izium, " + "which burned " * 30 + "."
    )
    drafts = told(text)
    assert len(drafts) == 2
    for claim in (c for d in drafts for c in d.claims):
        assert text[claim.start : claim.end] == claim.quote
        assert len(claim.quote) <= 200
        assert not claim.quote.endswith(" ")


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Drones struck Sumy overnight into Sunday.", "2024-11-16", "2024-11-17", "night"),
        ("Drones struck Sumy on Thursday night.", "2024-11-21", "2024-11-22", "night"),
        ("Drones struck Sumy on Friday.", "2024-11-22", "2024-11-22", "day"),
        ("Drones struck Sumy on 19 November.", "2024-11-19", "2024-11-19", "day"),
        ("Drones struck Sumy on November 19, 2024.", "2024-11-19", "2024-11-19", "day"),
        ("Drones struck Sumy yesterday, the mayor said.", "2024-11-21", "2024-11-21", "day"),
        ("Drones struck Sumy over the past 24 hours.", "2024-11-21", "2024-11-22", "range"),
        ("Drones struck Sumy earlier this week.", "2024-11-18", "2024-11-22", "week"),
    ],
)
def test_when_it_happened(told, text, start, end, precision):
    [draft] = told(text)
    assert (str(draft.when.start), str(draft.when.end), draft.when.precision) == (start, end, precision)


def test_a_date_that_is_none_is_no_date(told):
    [draft] = told("Drones struck a school in Sumy on 31 November.")
    assert draft.when is None


def test_without_a_day_of_publication_there_is_no_guess(told):
    [draft] = told("Drones struck a school in Sumy on Thursday.", published=None)
    assert draft.when is None


def test_a_long_text_without_a_sentence_end(told):
    assert told("sumy " * 50_000) == []
