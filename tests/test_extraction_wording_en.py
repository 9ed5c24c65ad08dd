"""Wordings of English reports that mean the same, and those beside them that do not."""

from __future__ import annotations

import pytest
from tolls import toll


def told(drafts):
    return [(d.type, [p.mention.name for p in d.where]) for d in drafts]


def voices(drafts):
    return {c.by for d in drafts for c in d.claims}


def counts(drafts):
    return [
        (max((c.counts.launched or 0 for c in d.claims), default=0), max((c.counts.intercepted or 0 for c in d.claims), default=0))
        for d in drafts
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russian troops occupied Selydove on Wednesday.", [("territorial_change", ["Selydove"])]),
        ("The Russian army is occupying Velyka Novosilka, DeepState said.", [("territorial_change", ["Velyka Novosilka"])]),
        ("Moscow's army took Kurakhove overnight.", [("territorial_change", ["Kurakhove"])]),
        ("The captured town of Selydove has no power, the mayor said.", []),
        ("Russian soldiers took Ivanov prisoner near Toretsk.", []),
        ("Ukrainian troops took Bradley vehicles to Pokrovsk.", []),
        ("Firefighters entered Kharkiv's burning market on Wednesday.", []),
        ("Kamikaze drones were sent against Sumy.", [("drone_strike", ["Sumy"])]),
        ("Missiles were sent to Kyiv from Germany.", []),
        ("The strikes on Kyiv and Odesa show that Moscow does not want peace, Zelensky said.", []),
        ("Attacks like the one on Kharkiv must not go unpunished, Baerbock said.", []),
        ("Residents of Nikopol heard thuds, from heavy guns by the sound of it.", [("shelling", ["Nikopol"])]),
        ("Explosions were heard in Kherson.", [("explosion", ["Kherson"])]),
        ("Drones attacked Odesa. A hospital in Izmail was hit as well.", [("drone_strike", ["Odesa"]), ("drone_strike", ["Izmail"])]),
        ("The Atesh movement set fire to a relay cabinet near Tula and published footage.", [("sabotage", ["Tula"])]),
        ("A group of tourists burned a car in Sochi.", []),
    ],
)
def test_what_happened(told_in, text, found):
    assert told(told_in(text, "en")) == found


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A missile hit Kharkiv. The mayor offered no figures for casualties.", [], []),
        ("A missile hit Kharkiv. The mayor made no mention of casualties.", [], []),
        ("A missile hit Kharkiv. The mayor gave no toll, but two people were hurt, police said.", [], [2]),
        ("A missile hit Kharkiv. The mayor reported no casualties.", [0], [0]),
        ("Shelling of a farm near Vovchansk killed 40 pigs and injured one worker.", [], [1]),
        ("A missile hit a cattle farm near Zolochiv, killing forty of them.", [], []),
        ("A missile hit Sumy. Three of the nine people wounded are children.", [], [9]),
        ("A missile hit Sumy. Two of the five wounded have died.", [2], []),
        ("Two of the five people in the car were killed by a drone in Nikopol.", [2], []),
        ("A missile hit Sumy. Among the 31 dead are six children.", [31], []),
        ("A drone hit a bus in Kherson. Two passengers were rushed away by paramedics.", [], [2]),
        ("A drone hit a car in Kherson. A man of 60 has a piece of metal in his shoulder.", [], [1]),
        ("A woman born in 1954 who was working in the garden of her house in Bilozerka came under drone fire and was wounded.", [], [1]),
    ],
)
def test_how_many_were_hurt(told_in, text, killed, injured):
    [draft] = told_in(text, "en")
    assert (toll(draft, "killed"), toll(draft, "injured")) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russia launched 12 missiles from the Black Sea, three of them Kalibr, and 40 drones overnight.", (52, 0)),
        ("Russia attacked with 40 drones and 6 missiles overnight. 30 and 4 were shot down.", (46, 34)),
        ("The ministry counted 42 drones destroyed overnight.", (0, 42)),
        ("The army recorded 30 drones launched at Kyiv, and shot down 20.", (30, 20)),
        ("42 drones of the Shahed type were shot down overnight.", (0, 42)),
        ("At 8 a.m. a drone hit a house in Nikopol.", (0, 0)),
        ("On 11 November a drone hit a house in Nikopol.", (0, 0)),
        ("On 11 November 40 drones attacked Kyiv.", (40, 0)),
        ("Russia downed 20 drones overnight.\n\nTwelve of them were shot down over Bryansk region, eight over Kursk region.", (0, 20)),
    ],
)
def test_how_many_flew(told_in, text, found):
    assert counts(told_in(text, "en")) == [found]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("In Nikopol, regional governor Serhii Lysak said, two people were hurt by shelling.", "regional governor Serhii Lysak"),
        ("Near Nikopol, police said, shells hit a farm.", "police"),
        ("Oleh Syniehubov (09:40) — A guided bomb struck Vovchansk.", "Oleh Syniehubov"),
        ("Vitalii Kim at 09:10: two Shaheds hit a farm near Voznesensk.", "Vitalii Kim"),
        ("Kherson, 08:15: Shells hit the port.", ""),
        ("Partisans of the Atesh movement burned down a locomotive near Tula, the group said.", "Atesh movement"),
        ("Shells hit Bilopillia. A woman was hurt. All of this comes from the Sumy regional police.", "Sumy regional police"),
        ("Two drones hit Nikopol. A house burned. Our source is the regional police.", "regional police"),
        ("Drones hit a bus in Horlivka. The General Staff, for its part, said it had hit a command post in Horlivka.", "General Staff"),
    ],
)
def test_who_says_it(told_in, text, by):
    assert by in voices(told_in(text, "en"))


def test_that_nobody_was_hurt_is_told_of_the_strike_and_not_of_what_was_downed(told_in):
    strike, downed = told_in("Drones hit a depot in Odesa. The governor said 20 drones were downed and no one was hurt.", "en")
    assert (toll(strike, "injured"), toll(downed, "injured")) == ([0], [])


def test_a_road_from_one_town_to_another_is_one_place(told_in):
    [draft] = told_in("A drone hit a bus on the road from Kherson to Beryslav, injuring two.", "en")
    assert [p.mention.text for p in draft.where] == ["Kherson to Beryslav"]


def test_a_rumour_is_denied_in_the_next_sentence(told_in):
    [draft] = told_in("Social media spoke of an explosion in Rivne. There was no such strike, the mayor said.", "en")
    assert ("mayor", "denied") in {(c.by, c.status) for c in draft.claims}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sea drones hit the tanker Odesa near Novorossiysk.", ["Novorossiysk"]),
        ("Uncrewed boats struck the landing ship Azov at the pier of Novoozerne.", ["Novoozerne"]),
        ("A sea drone holed a tanker in the Black Sea, 40 nautical miles off Sinop.", ["Black Sea"]),
        ("Drones hit a tanker in the port of Odesa.", ["Odesa"]),
        ("The Vostok grouping took Ternuvate in Zaporizhzhia region, the ministry said.", ["Ternuvate"]),
        ("A glide bomb hit Huliaipole. Moscow, which did not comment, maintains that it goes after military targets only.", ["Huliaipole"]),
        ("Two of the wounded are on ventilators at Dnipro's hospital after a glide bomb hit a market in Vasylkivka.", ["Vasylkivka"]),
        ("DNIPRO, Ukraine, March 19 (Sample Press) - Two glide bombs hit a market in Vasylkivka.", ["Vasylkivka"]),
        ("Marines were fighting such groups in the cellars of Myrnohrad.", ["Myrnohrad"]),
        ("Soldiers are fighting corruption in Kyiv.", []),
    ],
)
def test_a_ship_a_grouping_and_a_capital_that_speaks_are_no_places(told_in, text, found):
    drawn = [p.mention.name for draft in told_in(text, "en") for p in draft.places if p.role in {"at", "over"}]
    assert drawn == found


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A missile hit Izium. A man, his wife and a neighbour were killed.", [3], []),
        ("A missile hit Izium. A couple and their neighbour, a 41-year-old woman, lost their lives.", [3], []),
        ("A missile hit Izium. Two residents, a 38-year-old man and a 70-year-old woman, were killed.", [2], []),
        ("A drone rammed a bus in Izium. Another nine passengers were rushed to the regional center's City Hospital No. 2.", [], [9]),
        ("A drone hit a house in Izium. Nobody got so much as a scratch.", [0], [0]),
    ],
)
def test_relatives_and_neighbours_are_counted_once(told_in, text, killed, injured):
    [draft] = told_in(text, "en")
    assert (toll(draft, "killed"), toll(draft, "injured")) == (killed, injured)


def test_a_place_that_heads_its_line_is_where_it_was(told_in):
    text = (
        "Sevsk. Barrel artillery on the centre. One civilian was killed.\n\nIzium, Izium municipal district. Two drones on the logging "
        "road: a tractor driver was taken to the Kharkiv hospital.\n\nSumy – drone against a combine harvester.\n\nKupiansk: drone at the border."
    )
    assert told(told_in(text, "en")) == [("shelling", ["Sevsk"]), ("drone_strike", ["Izium"]), ("drone_strike", ["Sumy"])]


def test_what_flew_is_counted_in_words_and_at_the_end(told_in):
    downed = "One hundred and thirty-four drones were destroyed overnight."
    put = "The center put the number of UAVs downed over Belgorod Region in the past 24 hours at 26."
    assert [counts(told_in(text, "en")) for text in (downed, put)] == [[(0, 134)], [(0, 26)]]


def test_an_exercise_attacks_nobody(told_in):
    text = "On Tuesday forty drones bore down on a bridge in Estonia. Seven hit it."
    assert told_in(text, "en", title="Sirens over Tartu: reservists rehearse a swarm attack") == []
    assert told_in(text, "en", title="Drones hit Tartu during military exercises") != []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In the Korenevo District of the Kursk Region, a drone hit a car.", ["Korenevo"]),
        ("Drones hit farms in the Rakityansky, Volokonovsky and Valuysky districts.", ["Rakitnoye", "Volokonovka", "Valuyki"]),
        ("Drones hit farms in the Rakitnoye and Valuyki Districts.", ["Rakitnoye", "Valuyki"]),
        ("A drone hit a car in the Valuysky municipal district.", ["Valuyki"]),
        ("Drones hit Nikopol and the Synelnykove district.", ["Nikopol", "Synelnykove Raion"]),
        ("A drone hit a field near the village of Vasylivka, Snihurivka community.", ["Vasylivka"]),
        ("A drone hit a house in Konotop, not in Sumy.", ["Konotop"]),
    ],
)
def test_lists_of_districts_share_their_noun(told_in, text, places):
    found = [p.mention.text.split()[0] if p.mention.near else p.mention.name for d in told_in(text, "en") for p in d.where]
    assert [name[:5] for name in found] == [name[:5] for name in places]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("A drone hit a bus in Kherson, Governor Prokudin said, denying claims that it carried troops.", {"Governor Prokudin"}),
        ("A missile hit a hotel in Odesa, officials said, while Russia's army denied targeting civilians.", {"officials"}),
        ("Police, who came within minutes, said a drone had hit a house in Kherson.", {"Police"}),
        ("DeepState, which maps the front, said Russian forces had captured Siversk.", {"DeepState"}),
    ],
)
def test_what_is_denied_or_told_of_a_speaker_besides_hides_nothing(told_in, text, by):
    drafts = told_in(text, "en")
    assert (voices(drafts), [c.status for d in drafts for c in d.claims]) == (by, ["claimed"])


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Killed in the strike on Sumy were two women; five people were injured.", 2, 5),
        ("A woman who was injured in a drone attack on Nikopol on March 10 died in hospital.", 1, None),
        ("A man was wounded and a woman died in a drone strike on Sumy.", 1, 1),
        ("A self-defense fighter and a midwife were injured by a drone in Sumy.", None, 2),
        ("Shelling of Sumy: a woman sustained injuries incompatible with life.", 1, None),
    ],
)
def test_who_died_of_wounds_is_no_injured(told_in, text, killed, injured):
    [draft] = told_in(text, "en")
    assert (draft.claims[-1].casualties.killed.best, draft.claims[-1].casualties.injured.best) == (killed, injured)


def test_a_town_that_is_a_line_of_its_own_heads_what_is_below(told_in):
    text = "Odesa\n\nA missile hit a hotel.\n\nMykolaiv\n\nDrones hit a depot."
    assert told(told_in(text, "en")) == [("missile_strike", ["Odesa"]), ("drone_strike", ["Mykolaiv"])]


@pytest.mark.parametrize(
    ("text", "people", "projectiles"),
    [
        ("On May 11 a tractor driver was hurt in Snihurivka by a drone.", [{(None, 1)}], [(0, 0)]),
        ("On May 11 two residents of Snihurivka were wounded by a drone.", [{(None, 2)}], [(0, 0)]),
        ("On May 11 drones hit a warehouse in Snihurivka.", [{(None, None)}], [(0, 0)]),
        ("On May 11 air defence shot down three drones over Snihurivka.", [{(None, None)}], [(0, 3)]),
        ("On Sunday 11 people were wounded in Snihurivka by a drone.", [{(None, 11)}], [(0, 0)]),
        ("A man was picking mushrooms in Snihurivka when he stepped on a mine and was killed.", [{(1, None)}], [(0, 0)]),
        ("The toll of the missile strike on Sumy was corrected from five to four.", [{(4, None)}], [(0, 0)]),
        ("Seven people rather than eight were killed in a missile attack on Sumy.", [{(7, None)}], [(0, 0)]),
        ("Drones hit Kherson (one dead, three wounded), Beryslav (two wounded) and Pokrov.", [{(1, 3)}, {(None, 2)}, {(None, None)}], None),
        ("Drones wounded people in Kherson (3) and Beryslav (2).", [{(None, 3)}, {(None, 2)}], None),
        ("Drones hit Nikopol (33 times) and Marhanets (12).", [{(None, None)}], None),
    ],
)
def test_days_and_brackets_count_what_they_count(told_in, text, people, projectiles):
    drafts = told_in(text, "en")
    tolls = [{(c.casualties.killed.best, c.casualties.injured.best) for c in d.claims} for d in drafts]
    assert (tolls, projectiles and counts(drafts)) == (people, projectiles)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ukrainian marines thwarted an attempt to enter the town of Pokrovsk.", [("ground_combat", ["Pokrovsk"])]),
        ("The SBU thwarted an attempt to blow up a railway in Sumy.", []),
        ("Heavy fighting is going on for Pokrovsk.", [("ground_combat", ["Pokrovsk"])]),
        ("Both sides fought for Pokrovsk.", [("ground_combat", ["Pokrovsk"])]),
        ("They fought for freedom in Kyiv.", []),
        ("Russian troops advanced on Pokrovsk but were thrown back.", [("ground_combat", ["Pokrovsk"])]),
        ("Russian troops entered Pokrovsk and took control of it.", [("territorial_change", ["Pokrovsk"])]),
        ("Eleven vehicles rolled towards Pokrovsk; three were destroyed.", [("ground_combat", ["Pokrovsk"])]),
        ("The navy said its uncrewed boats had sunk a Russian patrol craft off Feodosia.", [("naval_attack", ["Feodosia"])]),
        ("Russian aviation destroyed three uncrewed boats off Feodosia.", [("interception", ["Feodosia"])]),
        ("Unknown people burned a recruitment office in Pokrovsk.", [("sabotage", ["Pokrovsk"])]),
        ("A drone hit the prosecutor's office in Sumy.", [("drone_strike", ["Sumy"])]),
        ("The prosecutor's office in Sumy said a drone had hit a house in Konotop.", [("drone_strike", ["Konotop"])]),
        ("According to Kyiv, drones hit a hospital in Sumy, which Moscow denies.", [("drone_strike", ["Sumy"])]),
        ("Drones hit a station of the Druzhba pipeline near Sumy.", [("drone_strike", ["Sumy"])]),
        (
            "A drone hit a bus in Sumy, wounding three, and early on Wednesday a missile fell on Konotop.",
            [("drone_strike", ["Sumy"]), ("missile_strike", ["Konotop"])],
        ),
    ],
)
def test_fights_fires_and_denials_are_where_they_are(told_in, text, found):
    assert told(told_in(text, "en")) == found


HIT = "a Russian drone hit a bus in Kupiansk, killing two people"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"Source: Vitalii Kim, Head of the Regional Military Administration, on Telegram\n\nDetails: A{HIT[1:]}.", "Vitalii Kim, Head of"),
        (f"Source: 3rd Assault Brigade on Telegram\n\nDetails: A{HIT[1:]}.", "3rd Assault Brigade"),
        (f"A{HIT[1:]}.\n\nSource: the village head.", "village head"),
        (f"As Kharkiv Mayor Ihor Terekhov reported, {HIT}.", "Kharkiv Mayor Ihor Terekhov"),
        (f"Oleh Syniehubov, the governor of the region, told AFP that {HIT}.", "Oleh Syniehubov, the governor"),
        (f"A{HIT[1:]}, said police.", "police"),
        (f"Foreign Ministry spokesman Heorhii Tykhyi: A{HIT[1:]}.", "Foreign Ministry spokesman Heorhii Tykhyi"),
        (f"The regional governor: A{HIT[1:]}.", "regional governor"),
        (f"Zelensky told AFP that {HIT}.", "Zelensky"),
        (f"A{HIT[1:]}, village elder Mykola Bondar said.", "village elder Mykola Bondar"),
        ("A Russian drone hit a bus in Kupiansk that was full of people.", ""),
    ],
)
def test_an_office_is_heard_by_its_form(told_in, text, by):
    drafts = told_in(text, "en")
    assert [p.mention.name for d in drafts for p in d.where] == ["Kupiansk"]
    assert all(one.startswith(by) if by else not one for one in voices(drafts))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A Russian drone hit a truck 10 km from Kupiansk.", "Kupiansk"),
        ("A Russian drone hit a house in Kharkiv Oblast's Kupiansk district.", "Kupiansk Raion"),
    ],
)
def test_a_place_is_where_its_distance_or_its_region_says(told_in, text, place):
    drafts = told_in(text, "en")
    assert [p.mention.name for d in drafts for p in d.where if not p.mention.within or p.role == "at"] == [place]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shaheds made a mess of a dairy in Bashtanka.", [("drone_strike", ["Bashtanka"])]),
        ("Volunteers made drones for the army in Bashtanka.", []),
        ("Pokrovsk lost its last bakery to a UAV.", [("drone_strike", ["Pokrovsk"])]),
        ("The bridge at Pokrovsk has gone, brought down by aerial bombs.", [("air_strike", ["Pokrovsk"])]),
        ("A Geran fell prey to an interceptor drone over Brovary.", [("interception", ["Brovary"])]),
        ("A stork's nest was taken down by electricians in Sumy.", []),
        ("Loading stopped in Tuapse after drones punctured a tank.", [("drone_strike", ["Tuapse"])]),
        ("Paratroopers ambushed a squad of Russians in Pokrovsk.", [("ground_combat", ["Pokrovsk"])]),
        ("Border guards drove off a group of saboteurs near Sumy.", [("ground_combat", ["Sumy"])]),
        ("Scouts entered Pokrovsk, triggering a firefight.", [("ground_combat", ["Pokrovsk"])]),
        ("Troops intend to fall back from Pokrovsk within weeks.", []),
        ("Someone put a match to a locomotive in Tula.", [("sabotage", ["Tula"])]),
        ("A breakdown plunged Odesa into darkness; the operator ruled out any attack.", []),
        ("A tree fell on a car in Lviv; the driver was hurt.", []),
        ("Power went off in Sumy after a drone hit a substation in Romny.", [("drone_strike", ["Romny"])]),
        ("Homes were damaged in Sumy, a school was hit in Konotop by drones.", [("drone_strike", ["Konotop"])]),
        ("A bus bound for Kherson was hit by a drone near Sumy.", [("drone_strike", ["Sumy"])]),
        ("A drone sank a boat on the Dnipro near Kherson.", [("drone_strike", ["Kherson"])]),
    ],
)
def test_what_flies_fights_and_burns_is_told_in_many_ways(told_in, text, found):
    assert told(told_in(text, "en")) == found


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A drone hit a car in Sumy, burying a couple; neither could be saved.", [2], []),
        ("Farmer, 58, killed by a mine near Sumy.", [1], []),
        ("Three soldiers and a dog handler died in a strike on Sumy.", [4], []),
        ("A strike on Sumy killed a violin maker and a dairy cow.", [1], []),
        ("At least five people aboard a passenger train were killed by a drone near Sumy.", [5], []),
        ("A drone hit Sumy. Both medics survived, with blast injuries.", [0], [2]),
        ("A drone hit Sumy; driver and passenger escaped with bruises.", [], [2]),
        ("A missile hit Sumy; the count now stands at two killed and 16 wounded.", [2], [16]),
        ("Wounded in a drone raid on Sumy: a welder and his apprentice.", [], [2]),
    ],
)
def test_people_of_any_trade_are_counted(told_in, text, killed, injured):
    (draft,) = told_in(text, "en")
    assert (toll(draft, "killed"), toll(draft, "injured")) == (killed, injured)
