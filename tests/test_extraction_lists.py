"""Lists: what was shot down region by region, and what is told under the name of a place at the head of an entry."""

from __future__ import annotations

import pytest

from mapper.extraction.facts import counts


@pytest.mark.parametrize(
    ("text", "lang", "launched", "intercepted"),
    [
        ("Россия атаковала Украину 551 средством воздушного нападения: 18 ракетами и 533 беспилотниками.", "ru", 551, None),
        ("Сбиты две авиационные бомбы, четыре снаряда системы «Ураган» производства завода и 244 беспилотника.", "ru", None, 250),
        ("За ночь над краем уничтожено 27 беспилотников, ещё 16 – над акваторией Чёрного моря.", "ru", None, 43),
        ("По посёлку нанесены удары 14 БПЛА, шесть из которых подавлены и сбиты.", "ru", 14, 6),
        ("Силы ПВО отразили атаку семи беспилотников.", "ru", None, 7),
        ("Число сбитых над областью дронов выросло до 8.", "ru", None, 8),
        ("Росіяни випустили 120 дронів, ППО збила 80.", "uk", 120, 80),
        ("Ворог запустив вісім дронів, усі збиті.", "uk", 8, 8),
        ("Of the 120 drones, 80 were shot down.", "en", 120, 80),
        ("45 drones were shot down, including 12 over the Black Sea and 10 over the Bryansk region.", "en", None, 45),
        ("More than 20 drones were shot down over Crimea.", "en", None, 20),
        ("Über der Region Krasnodar seien 27 Drohnen abgefangen worden, weitere 16 über dem Schwarzen Meer.", "de", None, 43),
    ],
)
def test_counts_of_lists(text, lang, launched, intercepted):
    found = counts.find(text, lang)
    assert (found.launched, found.intercepted) == (launched, intercepted)


def test_entries_of_a_count_are_its_places(told_in):
    text = (
        "За ночь дежурными средствами ПВО уничтожен 61 беспилотник:\n"
        "▪️ 26 – над территорией Республики Крым;\n"
        "▪️ 13 БПЛА – над территорией Волгоградской области;\n"
        "▪️ 22 – над акваторией Азовского моря."
    )
    (shot_down,) = told_in(text, "ru")
    assert shot_down.type == "interception"
    assert {p.mention.text for p in shot_down.places} == {"Крым", "Волгоградской области", "Азовского моря"}
    assert [c.counts.intercepted for c in shot_down.claims if c.counts.intercepted is not None] == [61]


def test_the_head_of_an_entry_places_it(told_in):
    text = (
        "Последствия ночной атаки беспилотников на Кубань.\n"
        "🔹 Славянск-на-Кубани. На НПЗ из-за падения обломков БПЛА загорелась установка.\n"
        "🔹 Темрюк. Фрагменты дрона нашли у порта. Повреждён один автомобиль."
    )
    places = {d.places[0].mention.text: d.type for d in told_in(text, "ru") if d.places}
    assert places["Темрюк"] == "drone_strike"


def test_a_place_with_its_preposition_before_a_colon_is_nobody_who_speaks(told_in):
    [draft] = told_in("Near Kupiansk: two drones hit a house.", "en")
    assert [(p.mention.name, p.role) for p in draft.places] == [("Kupiansk", "at")]
    assert {c.by for c in draft.claims} == {""}


def test_sentences_of_a_quotation_are_told_apart_by_one_voice(told_in):
    text = (
        "«В Донецке при сбросе взрывного устройства с БПЛА ранены двое мужчин. "
        "В Горловке в результате артиллерийского обстрела пострадали женщина и подросток», — написал Денис Пушилин."
    )
    dropped, shelled = told_in(text, "ru")
    assert (dropped.type, shelled.type) == ("drone_strike", "shelling")
    assert {c.by for d in (dropped, shelled) for c in d.claims} == {"Денис Пушилин"}


def test_a_newer_toll_stands_beside_the_outdated_one(told_in):
    (strike,) = told_in("По Алчевску нанесён ракетный удар, ранены 11 человек; ранее говорилось о восьми.", "ru")
    assert [c.casualties.injured.best for c in strike.claims if not c.superseded] == [11]
