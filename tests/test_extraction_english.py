"""English reports: what stands around an event, who was hurt in it, and where it was not."""

from __future__ import annotations

import pytest
from tolls import toll

from mapper.extraction.facts import counts


def where(draft):
    return [p.mention.text for p in draft.where]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A fire broke out at the Baltic port of Vysotsk after drone debris fell on a tank.", ["Vysotsk"]),
        ("A drone hit the Volga city of Saratov.", ["Saratov"]),
        ("A drone hit a house in Nikopol, across the Dnipro river from the plant.", ["Nikopol"]),
        ("Drones hit the city of Dnipro.", ["Dnipro"]),
        ("A locomotive was hit by a drone near the village of Semrino outside St. Petersburg.", ["Semrino"]),
        ("Russian forces attacked northwest of Lyman near Shandryholove and east of Lyman near Zarichne.", ["Shandryholove", "Zarichne"]),
        ("Two missiles launched from Kursk, Millerovo and Cape Chauda (Crimea) hit a plant in Myrhorod.", ["Myrhorod"]),
        ("Drones hit a plant in Saratov in an effort to cut Moscow's export revenue.", ["Saratov"]),
        (
            "The Russians shelled the Nikopol district: the district centre, Marhanets and Myrove.",
            ["district centre", "Marhanets", "Myrove"],
        ),
    ],
)
def test_what_only_says_where_a_place_lies_is_no_place_of_the_event(told_in, text, places):
    [draft] = told_in(text, "en")
    assert where(draft)[-len(places) :] == places
    assert len({p.name for p in draft.where if p.mention.kind != "admin2"}) == len(places)


@pytest.mark.parametrize("name", ["Golaya Pristan", "Alyoshki", "Novaya Kakhovka", "Kamenka-Dneprovskaya", "Verkhny Rogachik"])
def test_a_town_is_found_by_its_russian_name_in_latin_letters(told_in, name):
    [draft] = told_in(f"Shells hit a house in {name}.", "en")
    assert where(draft) == [name]


def test_a_town_before_a_colon_is_no_voice(told_in):
    first, second = told_in("Enerhodar: a drone hit a substation.\nGolaya Pristan: two people were wounded by shelling.", "en")
    assert (where(first), where(second)) == (["Enerhodar"], ["Golaya Pristan"])
    assert {c.by for d in (first, second) for c in d.claims} == {""}


def test_a_person_before_a_colon_is_no_place(told_in):
    [draft] = told_in("Vorobyov: four drones were shot down over Istra.", "en")
    assert where(draft) == ["Istra"]


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit a car in Glotovo. He has been taken to Belgorod's City Hospital No. 2.",
        "A drone hit a car in Glotovo. The wounded man was rushed to a hospital in Belgorod.",
        "A drone hit a car in Glotovo. The driver died in a hospital in Belgorod.",
    ],
)
def test_a_town_whose_hospital_took_the_injured_was_not_hit(told_in, text):
    [draft] = told_in(text, "en")
    assert where(draft) == ["Glotovo"]


def test_a_hospital_is_a_place_where_the_attack_is_told_of_no_other(told_in):
    [draft] = told_in("Two people were taken to a hospital in Kherson after a drone attack.", "en")
    assert where(draft) == ["Kherson"]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("In Kherson a drone hit a bus. The driver and his assistant were not hurt.", [0], [0]),
        ("In Kherson a drone hit a bus. Neither the driver nor the passengers were hurt.", [0], [0]),
        ("In Kherson a drone hit a bus. Two passengers were injured, the driver was not hurt.", [], [2]),
        ("In Izium, men aged 28 and 45 and a woman aged 60 were injured by a drone.", [], [3]),
        ("In Izium, two women aged 34 and 51 were injured by a drone.", [], [2]),
        ("In Shebekino, a drone hit a car. The operator was diagnosed with barotrauma.", [], [1]),
        ('In Izium a drone hit a bus, killing one man and wounding "at least three", the mayor said.', [1], [3]),
        ("In Izium a drone hit a bus, police said. They first spoke of four wounded, then of seven.", [], [7]),
        ("In Izium a drone hit a house. Rescuers dug two bodies from the rubble.", [2], []),
        (
            "The number of people killed in the drone attack on Voznesensk, Mykolaiv region, on Friday evening has increased to three.",
            [3],
            [],
        ),
    ],
)
def test_persons_are_counted_however_they_are_told_of(told_in, text, killed, injured):
    [draft] = told_in(text, "en")
    assert (toll(draft, "killed"), toll(draft, "injured")) == (killed, injured)


def test_what_was_reported_before_is_the_event_whose_toll_has_risen(told_in):
    text = (
        "The death toll from the attack on Voznesensk has risen to three.\nAs reported, drones hit houses there. Eight people were injured."
    )
    [draft] = told_in(text, "en")
    assert (toll(draft, "killed"), toll(draft, "injured")) == ([3], [8])


def test_a_toll_in_two_towns_is_shared_out(told_in):
    first, second = told_in("Russian attacks killed two people in Kostiantynivka and one in Siversk.", "en")
    assert [(where(d), toll(d, "killed")) for d in (first, second)] == [(["Kostiantynivka"], [2]), (["Siversk"], [1])]


def test_who_is_named_in_brackets_at_the_end_tells_all(told_in):
    told = told_in(
        "A drone hit a school in Nizhyn.\nA mortar shell hit a farm near Semenivka.\n"
        "(All from the Telegram channel of Viacheslav Chaus, head of the region.)",
        "en",
    )
    assert [{c.by for c in d.claims} for d in told] == [{"Viacheslav Chaus, head of the region"}] * 2


def test_a_sum_over_the_country_is_no_incident_beside_its_parts(told_in):
    text = (
        "Russian attacks across Ukraine killed at least six people and injured 41 over the past day.\n"
        "In Kherson Oblast, 17 people were injured in Russian attacks.\n"
        "In Sumy Oblast, two people were killed in Russian attacks."
    )
    assert [where(d) for d in told_in(text, "en")] == [["Kherson"], ["Sumy"]]


def test_the_debris_of_one_drone_is_its_attack_and_that_of_many_another_event(told_in):
    [one] = told_in("When a drone was shot down over Taganrog, its wreckage damaged a car and injured a man.", "en")
    many = told_in("Five drones were shot down over Penza; falling debris damaged three houses.", "en")
    assert one.type == "drone_strike"
    assert [d.type for d in many] == ["interception", "drone_strike"]


@pytest.mark.parametrize(
    "text",
    [
        "Rakitnoye district – no shelling.",
        "In the Borisovka and Grayvoron districts, no attacks took place.",
        "Ukraine has stepped up its attacks on Russian ports since the autumn.",
        "Putin promised not to strike Kyiv for a week.",
        "An explosion at a coal mine in Donetsk was caused by methane.",
        "Russia could try to break through towards Zaporizhzhia in spring.",
        "Analysts think that an attack on Orikhiv would come first.",
        "A sea mine found off Odesa was blown up by divers.",
        "The book about the storming of Mariupol is out.",
    ],
)
def test_no_attack_is_none(told_in, text):
    assert told_in(text, "en") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A drone attacked a truck delivering drones to the front near Donetsk.", "drone_strike"),
        ("Ukrainian drones hit a base storing Iskander missiles near Millerovo.", "drone_strike"),
        ("A drone hit a warehouse in Luhansk from which shells were supplied to the front.", "drone_strike"),
        ("Partisans blew up a railway used to deliver missiles and drones in Crimea.", "sabotage"),
        ("Air defence systems supplied by Germany shot down 12 missiles over Kyiv.", "interception"),
        ("Russia attacked the power supply in Odesa with drones.", "drone_strike"),
    ],
)
def test_what_is_made_or_carried_hides_no_attack_and_is_not_its_weapon(told_in, text, kind):
    assert [d.type for d in told_in(text, "en")] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Germany has delivered 20 air defence systems and 300 drones to Kharkiv region.",
        "The plant in Dnipro produces missiles and drones for the army.",
        "The Czech initiative will deliver 1.8 million shells this year, he said in Prague.",
        "The order was executed in Kyiv on Friday.",
    ],
)
def test_supplies_are_no_attack(told_in, text):
    assert told_in(text, "en") == []


def test_officials_in_a_town_speak_of_it(told_in):
    [draft] = told_in("Officials in Engels said a fuel depot was on fire after a drone attack.", "en")
    assert where(draft) == ["Engels"]


def test_residents_who_were_executed_are_told_of(told_in):
    [draft] = told_in("Two residents who refused to leave Vovchansk were executed by Russian soldiers in their cellar.", "en")
    assert (draft.type, where(draft)) == ("other", ["Vovchansk"])


@pytest.mark.parametrize(
    ("text", "town", "numbers"),
    [
        (
            """A Russian drone slammed into a market in northeastern Ukraine, killing at least three people, officials said.

            The drone struck as people were queuing in the town of Zolochiv, Gov. Oleh Syniehubov said.""",
            "Zolochiv",
            ([3], []),
        ),
        (
            """Russian glide bombs killed two people and injured six in southern Ukraine, officials said.

            The bombs hit houses in Malokaterynivka, according to regional head Ivan Fedorov.""",
            "Malokaterynivka",
            ([2], [6]),
        ),
    ],
)
def test_a_blow_told_of_the_country_is_that_of_its_town(told_in, text, town, numbers):
    [draft] = told_in(text, "en")
    assert (where(draft), (toll(draft, "killed"), toll(draft, "injured"))) == ([town], numbers)


def test_towns_told_after_the_toll_of_a_country_are_events_of_their_own(told_in):
    text = "Russia attacked Ukraine with 100 drones, killing five people.\n\nIn Odesa, the drones hit a house, killing two."
    assert [where(d) for d in told_in(text, "en")] == [["Ukraine"], ["Odesa"]]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Rescuers found the body of a fourth victim in the ruins of a house in Kharkiv hit by a missile.", [4]),
        ("A third person has died in hospital after the drone attack on Sumy.", [3]),
        ("A second person was wounded by a drone in Sumy.", []),
    ],
)
def test_one_more_of_the_dead_makes_the_toll(told_in, text, killed):
    [draft] = told_in(text, "en")
    assert toll(draft, "killed") == killed


@pytest.mark.parametrize(
    ("text", "shot_down"),
    [
        ("Air defence shot down a drone over Voronezh.", 1),
        ("A UAV was destroyed near the village of Tishanka.", 1),
        ("Air defence repelled a drone attack over Voronezh.", None),
        ("Debris of a downed drone fell on a house in Voronezh.", None),
    ],
)
def test_an_article_counts_the_one_shot_down(told_in, text, shot_down):
    [draft] = told_in(text, "en")
    assert draft.claims[0].counts.intercepted == shot_down


def test_hits_that_were_recorded_were_not_launched_anew(told_in):
    text = "Russia attacked Ukraine with 120 drones.\n\nAir defence shot down 98 drones.\n\nHits by 22 strike drones were recorded at nine sites."
    [draft] = told_in(text, "en")
    assert {c.counts.launched for c in draft.claims} == {120, None}


def test_who_heads_a_region_speaks_for_it(told_in):
    [draft] = told_in("“Three people were hurt by a drone in Chuhuiv,” said Oleh Syniehubov, who heads the Kharkiv region.", "en")
    assert (where(draft), draft.claims[0].by) == (["Chuhuiv"], "Oleh Syniehubov, who heads the Kharkiv region")


@pytest.mark.parametrize("wants", ["did not want peace", "had no interest in a truce", "was rejecting diplomacy"])
def test_a_capital_that_wants_is_no_place(told_in, wants):
    [draft] = told_in(f"The president said the attack on Lutsk proved that Moscow {wants}.", "en")
    assert where(draft) == ["Lutsk"]


def test_a_capital_that_was_attacked_is_a_place(told_in):
    [draft] = told_in("The president said that Kyiv was attacked with drones.", "en")
    assert where(draft) == ["Kyiv"]


@pytest.mark.parametrize(
    "text",
    [
        "In the Huliaipole direction, four attacks took place near Zelenyi Hai and Vysoke.",
        "In the Oleksandrivka direction, there were six attacks towards Verbove and Ivanivka.",
        "In the Lyman direction, the enemy attacked near Stavky.",
    ],
)
def test_attacks_in_a_direction_are_combat(told_in, text):
    [draft] = told_in(text, "en")
    assert draft.type == "ground_combat"


def test_who_goes_on_to_say_when_it_was_gives_its_day(told_in):
    text = "A man was blown up by a mine near Snihurivka, the police said on {}.\n\n“On {}, he was cultivating a field,” the police said."
    [draft] = told_in(text.format("Thursday", "Tuesday"), "en")
    assert draft.when.start.weekday() == 1


def test_targets_near_and_in_two_towns_are_at_both(told_in):
    [draft] = told_in("The General Staff said its forces had hit a depot near Luhansk and a command post in Donetsk.", "en")
    assert where(draft) == ["Luhansk", "Donetsk"]


def test_one_of_the_drones_told_of_before_struck(told_in):
    shot_down, struck = told_in("Air defence shot down 89 drones over the Rostov region. One of them hit a plant in Taganrog.", "en")
    assert (shot_down.type, struck.type, where(struck)) == ("interception", "drone_strike", ["Taganrog"])


def test_a_part_of_the_dead_is_the_toll_of_its_town(told_in):
    [draft] = told_in("Four of the victims died in Zaporizhzhia, where a guided bomb hit a house.", "en")
    assert toll(draft, "killed") == [4]


def test_a_toll_after_the_list_of_towns_of_a_district_is_the_district_s(told_in):
    text = "The Nikopol district was attacked with drones, killing a man.\n\nThe Marhanets and Pokrov communities suffered. Two women were hurt."
    [draft] = told_in(text, "en")
    assert (toll(draft, "killed"), toll(draft, "injured")) == ([1], [2])


def test_people_who_died_when_drones_struck_are_no_drones() -> None:
    assert not counts.find("At least two people died when Russian drones struck the city of Sumy.").known
    assert not counts.find("Five houses burned after Russian drones hit the town.").known
    assert counts.find("Two drones hit a depot.").hit == 2


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A drone killed three people in Kherson as Moscow kept up its aerial campaign.", ["Kherson"]),
        ("Drone debris killed a woman in the Ostrogozhsky district of the Voronezh region.", ["Ostrogozhsky district"]),
        ("Artillery fire killed a man in the Petrovskyi district of Donetsk.", ["Donetsk"]),
        ("Russian forces hit the Kherson Regional Children's Hospital, injuring three.", ["Kherson"]),
        ("Drones struck the Gazprom Neftekhim Salavat petrochemical complex overnight.", ["Salavat"]),
        ("Krasnopillia, Velyka Pysarivka and Yunakivka came under fire.", ["Krasnopillia", "Velyka Pysarivka", "Yunakivka"]),
    ],
)
def test_a_place_is_told_from_the_government_the_office_and_the_district_named_after_it(told_in, text, places):
    [draft] = told_in(text, "en")
    assert [p for p in where(draft) if p != "Voronezh"] == places


def test_an_accusation_that_says_what_happened_is_a_claim_of_the_accuser(told_in):
    [draft] = told_in("Russian-installed officials accused Ukraine of shelling the city of Enerhodar, wounding two workers.", "en")
    assert (where(draft), draft.type, draft.claims[0].by) == (["Enerhodar"], "shelling", "Russian-installed officials")


@pytest.mark.parametrize(
    "text",
    [
        "Moscow accused Kyiv of attacking energy facilities in Russia despite the truce.",
        "Kyiv has offered to halt strikes on refineries in Russia, an official said on Monday.",
        'The red level "UAV attack threat" was lifted, and Lipetsk airport is operating normally.',
        "In the Kramatorsk direction, no enemy attempts to advance have been recorded so far.",
        "The condition of the four people who were wounded in Mykolaiv on 7 July is stable, doctors say.",
    ],
)
def test_what_is_only_blamed_offered_warned_of_or_long_told_is_no_event(told_in, text):
    assert told_in(text, "en") == []


def test_a_toll_of_a_country_is_not_that_of_the_town_where_a_part_of_it_fell(told_in):
    [draft] = told_in("Russian strikes killed at least 10 people in Ukraine, including four in the capital Kyiv, officials said.", "en")
    assert (where(draft), toll(draft, "killed")) == (["Kyiv"], [4])


def test_each_clause_has_the_one_who_tells_it(told_in):
    first, second = told_in(
        "A drone hit a house in Sumy, the mayor said, while in Kherson two people were wounded by shelling, governor Oleksandr Prokudin said.",
        "en",
    )
    assert (first.claims[0].by, second.claims[0].by) == ("mayor", "governor Oleksandr Prokudin")


def test_bombs_that_were_shot_down_are_counted(told_in):
    text = "Air defence systems shot down six guided aerial bombs, two HIMARS projectiles and 203 unmanned aerial vehicles."
    assert counts.find(text, "en").intercepted == 211
    assert counts.find("Russia dropped three guided bombs on Sloviansk.", "en").launched is None


@pytest.mark.parametrize(
    ("text", "places", "killed"),
    [
        ("A missile strike killed two in Sumy on Friday, hours after Moscow rejected a truce.", ["Sumy"], [2]),
        ("A plant that produces drone engines in Taganrog was hit by missiles overnight.", ["Taganrog"], []),
        ("In Dnipro, where 14 people were killed in a strike a week ago, a drone hit a hostel, killing four.", ["Dnipro"], [4]),
        ("A bus with mourners returning from a funeral was attacked by a drone near Bilopillia: nine people died.", ["Bilopillia"], [9]),
        ("Another person was killed in Dnipro, where 20 others were wounded by a drone.", ["Dnipro"], [1]),
    ],
)
def test_what_is_said_beside_an_event_neither_hides_nor_swells_it(told_in, text, places, killed):
    [draft] = told_in(text, "en")
    assert (where(draft), toll(draft, "killed"), draft.tags) == (places, killed, ())


@pytest.mark.parametrize(
    "text",
    [
        "Ursula von der Leyen spoke after weeks in which Russian missiles left Kyiv and other cities without heat.",
        '"Every strike on Kharkiv or Odesa reminds us that it is not over," said the mayor.',
        "The names of more than 115,000 Russian soldiers killed in Ukraine have been established.",
        "Ukraine got back the bodies of 1,000 soldiers who fell near Pokrovsk.",
        "Zelensky asked for air defence after Russia had fired 2,000 drones at it in a week.",
        "Among those who came home are men taken prisoner near Pokrovsk.",
        "Three years ago Russian troops captured Lysychansk.",
        "In the Polohy district, sappers of the SES neutralised an air bomb FAB-250 that had not exploded.",
    ],
)
def test_a_war_that_goes_on_is_no_event(told_in, text):
    assert [d for d in told_in(text, "en") if not d.tags] == []


def test_an_earlier_figure_that_nothing_replaces_counts(told_in):
    text = "A drone hit a van in Rakitnoye, the governor said.\n\nThe governor had earlier said that a drone attack near Yakovlevo wounded three workers."
    assert [toll(d, "injured") for d in told_in(text, "en")] == [[], [3]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A series of explosions rocked the Russian-occupied city of Berdiansk on Monday.", "explosion"),
        ("Drones hit the Russian-occupied town of Tokmak.", "drone_strike"),
        ("Drones hit a depot in the occupied city of Luhansk.", "drone_strike"),
        ("Russian troops occupied the village of Robotyne.", "territorial_change"),
    ],
)
def test_what_is_occupied_has_not_been_taken_now(told_in, text, kind):
    assert [d.type for d in told_in(text, "en")] == [kind]
