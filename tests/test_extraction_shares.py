"""What a count or a toll of several places is shared out as."""

from __future__ import annotations

import pytest

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
