"""When what tells no time of its own happened: by its paragraph, its bulletin, or the night that was told of."""

from __future__ import annotations

import datetime as dt

import pytest

THURSDAY, FRIDAY = dt.date(2024, 11, 21), dt.date(2024, 11, 22)
NIGHT, DAY = (THURSDAY, FRIDAY), (FRIDAY, FRIDAY)


@pytest.fixture
def times(told_in):
    """Read a text as an article of Friday, 22 November 2024; give the days of each place, None where nothing told them."""

    def read(text, lang="en"):
        return {p.mention.name: d.when and (d.when.start, d.when.end) for d in told_in(text, lang) for p in d.where}

    return read


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        (
            "en",
            (
                "Over the past day, the Sumy region was shelled 47 times, the administration said.\n"
                "In Shostka, a drone wounded a man.\nIn Hlukhiv, artillery destroyed a house."
            ),
            {"Shostka": NIGHT, "Hlukhiv": NIGHT},
        ),
        (
            "uk",
            "У Шостці дрон поранив чоловіка.\nУ Глухові артилерія зруйнувала будинок.\nЗагалом за минулу добу область обстріляли 38 разів.",
            {"Шостці": NIGHT, "Глухові": NIGHT},
        ),
    ],
)
def test_a_bulletin_of_a_day_is_so_as_a_whole(times, lang, text, found):
    told = times(text, lang)
    assert {name: told[name] for name in found} == found


def test_drones_are_of_the_night_told_of_and_guns_are_not(times):
    told = times(
        "Russian drones attacked Odesa overnight, killing one person, the mayor said.\n"
        "In Mykolaiv, a drone hit a warehouse.\nIn Nikopol, artillery fire wounded two people."
    )
    assert (told["Odesa"], told["Mykolaiv"], told["Nikopol"]) == (NIGHT, NIGHT, None)


def test_a_day_told_since_ends_the_night(times):
    told = times(
        "Russian drones attacked Odesa overnight, killing one person.\n"
        "A missile struck Kharkiv on Friday morning, wounding five people.\nIn Mykolaiv, a drone hit a warehouse."
    )
    assert (told["Odesa"], told["Kharkiv"], told["Mykolaiv"]) == (NIGHT, DAY, None)


def test_the_day_of_a_statement_is_not_that_of_the_strike(times):
    told = times(
        "Drones attacked the Bryansk region overnight, starting a fire at a depot.\n"
        "In Engels, a drone hit an apartment building, governor Roman Busargin said on Friday."
    )
    assert told["Engels"] == NIGHT


def test_a_night_is_not_carried_over_to_a_country_at_peace(times):
    told = times(
        "Drones attacked Odesa overnight, the governor said.\nIn Romania, a drone fell on a farm near Tulcea.\n"
        "In Russia, drones hit a refinery in Ryazan."
    )
    assert (told["Odesa"], told["Tulcea"], told["Ryazan"]) == (NIGHT, None, NIGHT)


def test_a_heading_ends_a_night(times):
    told = times("Drones attacked Odesa overnight.\nStrike on Sumy\nA drone hit a house in Sumy, killing two people.")
    assert (told["Odesa"], told["Sumy"]) == (NIGHT, None)
