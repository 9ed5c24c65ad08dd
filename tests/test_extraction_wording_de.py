"""Classes of German wording: what befell a place, with what, how many, and who says so, however it is put."""

from __future__ import annotations

import pytest
from tolls import toll

from mapper.extraction.facts import casualties, claimants, counts
from mapper.extraction.facts.claimants import Voices

KINDS = {
    # A verbless clause with its result.
    "Drohnen und Raketen in der Nacht über Odessa: drei Tote.": "strike",
    "Gleitbomben am Morgen auf Cherson, zwei Tote.": "air_strike",
    "Drohnen über Odessa gesichtet.": None,
    # How heated it was at villages.
    "Frontabschnitt Kurachowe: Am heißesten war es bei Dalne und Sontsiwka.": "ground_combat",
    "Im Sektor Siwersk ging es am Mittwoch bei Werchnjokamjanske besonders hitzig zu.": "ground_combat",
    "Abschnitt Lyman: Den größten Druck gab es bei Terny und Torske.": "ground_combat",
    "Schwerpunkt war der Raum Torezk, wo der Gegner 18 Mal anrannte.": "ground_combat",
    "Am heißesten war es am Mittwoch bei Cherson mit 38 Grad.": None,
    "Besonders heftig ging es im Parlament in Kiew zu.": None,
    "Der Schwerpunkt des Besuchs lag bei Odessa.": None,
    # What flies, by any noun.
    "Ein Quadrocopter warf in Nikopol einen Sprengsatz auf ein Auto ab, ein Mann starb.": "drone_strike",
    "Ein Kamikazegerät rammte in Belgorod einen Kleinbus.": "drone_strike",
    "Ein unbekanntes Flugobjekt schlug in Poltawa in ein Lagerhaus ein.": "drone_strike",
    "Ein Flugkörper schlug in Charkiw in ein Wohnhaus ein.": "missile_strike",
    "In Kiew wurde ein neues Gerät für das Krankenhaus geliefert.": None,
    # Traps.
    "Ein Bauer geriet bei Snihuriwka in eine Minenfalle und starb.": "landmine",
    "Ein Traktor fuhr bei Beryslaw auf einen Sprengsatz, der Fahrer wurde verletzt.": "landmine",
    "Zwei Jugendliche stolperten bei Isjum über einen Draht, an dem eine Granate hing; beide wurden verletzt.": "landmine",
    "Die Polizei in Isjum stieß auf ein Lager mit Minen.": None,
    "Bei Isjum entfernten Sprengmeister 20 Minen.": None,
    # Debris by any of its names.
    "Reste einer abgeschossenen Drohne stürzten in Tula auf ein Werksgelände, ein Brand brach aus.": "drone_strike",
    "Die Reste einer über Kaluga abgeschossenen Drohne beschädigten ein Wohnhaus.": "drone_strike",
    "Überreste einer abgefangenen Rakete fielen in Kiew auf ein Wohnhaus und verletzten zwei Menschen.": "missile_strike",
    "In Rjasan trafen Bruchstücke abgeschossener Drohnen eine Raffinerie.": "drone_strike",
    "Über Tula wurde eine Drohne abgeschossen, Reste fielen auf freies Feld.": "interception",
    # Under guns.
    "Marhanez lag am Abend unter Mörsern.": "shelling",
    "Unter Mörser-, Rohr- und Raketenartillerie lagen Orichiw und Huljajpole.": "shelling",
    "Kiew stand unter Druck, mehr Artillerie zu kaufen.": None,
    "In Orichiw liegt unter der Artillerieschule ein Keller.": None,
    # Bombs let go.
    "Auf Huljajpole wurden sieben Bomben ausgeklinkt.": "air_strike",
    "Über Sumy ließ ein Kampfjet Bomben herab.": "air_strike",
    "In Kiew löste eine Bombendrohung einen Einsatz aus.": None,
    # Who destroys what.
    "In Poltawa hat eine Rakete das Gebäude einer Schule zerstört.": "missile_strike",
    "Zwölf Drohnen zerstörte die Flugabwehr in der Region Kursk.": "interception",
    "Eine Drohne traf auf offener See im Schwarzen Meer den Frachter „Aya“.": "naval_attack",
    "Soldaten versenkten vier Drohnenboote im Schwarzen Meer.": "interception",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_what_happened_is_told_in_many_words(told_in, text, kind):
    assert [draft.type for draft in told_in(text, "de")] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Ein Drohnenangriff kostete bei Nikopol durch Splitter drei Menschen das Leben.", 3),
        ("Das Leben gekostet hat der Beschuss in Kostjantyniwka zwei Rentner.", 2),
        ("Das Leben kostete ein Drohnentreffer in Cherson einen 60-Jährigen.", 1),
    ],
)
def test_what_costs_lives_may_say_more_before_whose(told_in, text, killed):
    [draft] = told_in(text, "de")
    assert toll(draft, "killed") == [killed]


@pytest.mark.parametrize(
    ("text", "intercepted"),
    [
        ("40 Drohnen, darunter 25 Schahed, wurden abgeschossen.", 40),
        ("Insgesamt 52 Drohnen, darunter 30 Shaheds und zwölf Gerbera, hat die Luftwaffe in der Nacht abgeschossen.", 52),
        ("14 Raketen, darunter vier Iskander-M, und 60 Drohnen wurden abgeschossen.", 74),
        ("20 wurden über dem Gebiet Brjansk abgeschossen, 12 über dem Gebiet Kursk, drei über Belgorod.", 35),
        ("20 davon wurden über dem Gebiet Brjansk abgeschossen, 12 über dem Gebiet Kursk.", 32),
        ("Er sagte, dass eine Drohne in Sumy ein Haus zerstört habe.", None),
        ("20 Häuser wurden zerstört, zwei wurden über Nacht zerstört.", None),
    ],
)
def test_all_are_counted_and_not_those_among_them(text, intercepted):
    assert counts.find(text, "de").intercepted == intercepted


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("In Engels brannte nach einem Drohnenangriff ein Lager, schrieb die Zeitung »Wedomosti«.", "Zeitung »Wedomosti«"),
        ("Das Portal „Astra“ meldete einen Drohneneinschlag in Engels.", "Portal „Astra“"),
        ("Artilleriemajor Pawlo Hontschar teilte mit, dass Drohnen eine Schule in Nikopol trafen.", "Artilleriemajor Pawlo Hontschar"),
        ("Nach Angaben von Raketenoffizier Oleh Bondar traf eine Drohne Kupjansk.", "Raketenoffizier Oleh Bondar"),
        ("Der Gouverneur führte den Brand in einem Lager in Engels auf eine Drohne zurück.", "Gouverneur"),
        ("Die Polizei hat 14 beschädigte Häuser nach dem Drohnenangriff auf Orichiw aufgenommen.", "Polizei"),
        ("Die Polizei dokumentierte in Cherson 14 Einschläge von Drohnen.", "Polizei"),
    ],
)
def test_who_says_so_has_a_name_in_quotes_or_a_rank_that_is_no_weapon(told_in, text, by):
    [draft] = told_in(text, "de")
    assert [claim.by for claim in draft.claims] == [by]
    assert draft.type == "drone_strike"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Über der Schwarzmeerküste wurden acht Drohnen abgeschossen.", [("Schwarzes Meer", "")]),
        ("An der Schwarzmeerküste bei Odessa wurde eine Drohne abgeschossen.", [("Odessa", "")]),
        ("Im Tschuhujiwer Kreis traf eine Drohne ein Auto.", [("Chuhuiv Raion", "admin2")]),
        ("Im Bezirk um Nikopol traf eine Drohne ein Haus.", [("Nikopol Raion", "admin2")]),
        ("Über der Kiewer Region wurden 14 Drohnen abgeschossen.", [("Kiew", "admin1")]),
        ("In Kiew traf eine Drohne ein Haus im Stadtteil Desna.", [("Kiew", "")]),
        ("Im Saporischschjaer Stadtteil Baburka schlug eine Drohne ein.", [("Saporischschja", "settlement")]),
        ("Der Raketenangriff auf Dnipro war aus Sicht von Kiew eine Eskalation.", [("Dnipro", "")]),
        ("Drohnen trafen ein Öldepot bei Engels, ein Erfolg für Kiew.", [("Engels", "")]),
        ("Drohnen trafen Dörfer der Region Sumy. Betroffen war Bilopillja, Bezirk Sumy.", [("Bilopillja", "")]),
        ("Eine Drohne traf Merefa. In dem Ort bei Charkiw wurden zwei Menschen verletzt.", [("Merefa", "")]),
        ("Eine Drohne traf Rohan. Das Dorf östlich von Charkiw war am Montag angegriffen worden.", [("Rohan", "")]),
    ],
)
def test_where_is_read_out_of_compounds_and_what_resumes_a_town(told_in, text, places):
    drafts = told_in(text, "de")
    assert [(p.mention.name, p.mention.kind) for p in drafts[0].where] == places
    assert {tuple(p.mention.name for p in d.where) for d in drafts} == {tuple(name for name, _ in places)}


@pytest.mark.parametrize(
    ("said", "day"),
    [("Zur Wochenmitte", 20), ("Zu Wochenbeginn", 18), ("Am Mittwoch kurz vor halb sechs", 20), ("Mit Einbruch der Dunkelheit", 22)],
)
def test_times_of_week_and_day_have_names(told_in, said, day):
    [draft] = told_in(f"{said} traf eine Drohne in Sumy ein Haus.", "de")
    assert draft.when
    assert draft.when.start.day == day


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In Cherson traf eine Drohne einen Bus. Ein Rentner aus Mykolajiw starb, zwei Frauen aus Odessa wurden verletzt.", ["Cherson"]),
        ("In Lasurne traf eine Drohne ein Heim. Neun Menschen, darunter eine Schülerin aus Melitopol, seien tot.", ["Lasurne"]),
        ("Granaten trafen Nikopol. Abgefeuert worden seien sie in der Gegend von Enerhodar.", ["Nikopol"]),
        ("Die Artillerie beschoss Nikopol aus Enerhodar.", ["Nikopol"]),
        ("Drohnen trafen den Hafen von Tschornomorsk.", ["Tschornomorsk"]),
        ("Vier Vorstöße in Richtung Borowa, bei Petropawliwka und Kuryliwka, wurden abgewehrt.", ["Petropawliwka", "Kuryliwka"]),
        ("Moskau (nwa) – 139 Drohnen will die russische Luftabwehr über dem Asowschen Meer zerstört haben.", ["Asowschen Meer"]),
        ("Drei Gleitbomben, 16.40 Uhr heute, mitten ins Zentrum von Bilopillja.", ["Bilopillja"]),
        ("In Barwinkowe erwischte es eine Lagerhalle.", ["Barwinkowe"]),
        ("Tote gab es in Losowa, wo eine Shahed ein Stiegenhaus aufriss.", ["Losowa"]),
        ("Sumy ist in der Nacht beschossen worden. Zwei Raketen gingen auf ein Wohnheim nieder.", ["Sumy"]),
        ("„Der Feind hat Siwersk besetzt“, sagte Gouverneur Filaschkin.", ["Siwersk"]),
        ("Teile des Gefechtskopfs gehen zur Begutachtung nach Kiew.", []),
        ("In Korostyschiw ist ein Bus in einen Lastwagen geprallt. Es klang wie ein Einschlag, sagte eine Frau.", []),
    ],
)
def test_where_somebody_or_something_is_from_is_no_place_that_was_hit(told_in, text, places):
    drafts = told_in(text, "de")
    assert [p.mention.name for d in drafts for p in d.where] == places


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Eine Drohne traf Sumy. Fünf Menschen – vier Beschäftigte und eine Kundin – wurden getötet.", 5, None),
        ("Eine Drohne traf Sumy. Fünf Menschen – zwei starben sofort – wurden verletzt.", 2, 5),
        ("Eine Drohne traf Sumy. Die Zahl der Toten ist von sechs auf fünf gesunken.", 5, None),
        ("Eine Drohne traf in Sumy eine Kapelle und verletzte den Totengräber; zwei Mitfahrende tot.", 2, 1),
        ("Eine Drohne traf Sumy. Drei Tote, 17 Bewohner in den Spitälern.", 3, 17),
    ],
)
def test_of_whom_a_toll_is_made_up_is_counted_once(told_in, text, killed, injured):
    [draft] = told_in(text, "de")
    toll = [c.casualties for c in draft.claims]
    assert next((t.killed.best for t in reversed(toll) if t.killed.known), None) == killed
    assert next((t.injured.best for t in toll if t.injured.known), None) == injured


@pytest.mark.parametrize(
    ("text", "launched", "intercepted"),
    [
        ("118 Drohnen seit gestern Abend, 101 davon abgeschossen: die Zahlen der Luftwaffe.", 118, 101),
        ("139 Drohnen wurden abgeschossen, 46 davon über Brjansk.", None, 139),
        ("Die Flugabwehr drückte sechs Drohnen zu Boden.", None, 6),
    ],
)
def test_all_are_those_of_which_some_were_shot_down(text, launched, intercepted):
    found = counts.find(text, "de")
    assert (found.launched, found.intercepted) == (launched, intercepted)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # What is taken or filled, and captures nothing.
        ("Der Saal der Philharmonie von Odessa war am Samstagabend bis auf den letzten Platz besetzt.", None),
        ("Die Zuschauer in Charkiw haben ihre Plätze eingenommen.", None),
        ("Der Fahrer verlor in Poltawa die Kontrolle über sein Fahrzeug.", None),
        ("Die Ukraine hat die russische Flotte aus dem Westen des Schwarzen Meeres vertrieben.", None),
        ("Soldaten nahmen am Freitag Stellungen des Gegners bei Lyman ein.", "territorial_change"),
        ("Die Einnahme von Tschassiw Jar meldete am Dienstag das russische Verteidigungsministerium.", "territorial_change"),
        ("Der FSB will in Woronesch einen Sprengstoffanschlag auf einen Offizier vereitelt haben.", None),
        ("Die Truppengruppe „Süd“ hat vier Brigaden bei Riznykiwka und Kalenyky bekämpft.", "ground_combat"),
    ],
)
def test_only_what_troops_take_is_captured(told_in, text, kind):
    assert [draft.type for draft in told_in(text, "de")] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Bei einem Drohnenangriff auf die Hauptstadt der Teilrepublik Tschuwaschien sind 14 Menschen verletzt worden.", ["Cheboksary"]),
        ("In der Hauptstadt der Ukraine starben zwei Menschen durch eine Rakete.", ["Kyiv"]),
        ("Kiew hatte Luftalarm. In Bojarka unweit der Hauptstadt beschädigte eine Drohne ein Haus.", ["Bojarka"]),
        ("Kiew hatte Luftalarm. 30 Kilometer südlich der Hauptstadt, in Wassylkiw, traf eine Rakete ein Haus.", ["Wassylkiw"]),
        ("In Richtung Lyman wehrten die Verteidiger Angriffe bei Torske und Hrekiwka ab.", ["Torske", "Hrekiwka"]),
        ("Russische Einheiten hätten Worone und Malijiwka befreit, teilte das Ministerium mit.", ["Worone", "Malijiwka"]),
        ("Tschassiw Jar ist gefallen, heißt es aus Moskau.", ["Tschassiw Jar"]),
    ],
)
def test_what_says_where_another_lies_is_no_place_of_the_event(told_in, text, places):
    assert [p.mention.name for d in told_in(text, "de") for p in d.where] == places


@pytest.mark.parametrize(
    ("text", "launched", "intercepted"),
    [
        ("Von den 85 in der Nacht gestarteten Drohnen fing die Luftabwehr 52 ab, weitere 20 gingen verloren.", 85, 52),
        ("Es hieß, dass sie 40 Drohnen abgefangen habe und zwölf Raketen ihr Ziel erreichten.", None, 40),
    ],
)
def test_a_verb_at_the_end_has_what_stands_before_it(text, launched, intercepted):
    found = counts.find(text, "de")
    assert (found.launched, found.intercepted) == (launched, intercepted)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Eine Drohne traf einen Traktor, dessen Fahrer ums Leben kam.", 1, None),
        ("Drei Anwohner erhielten ambulante Hilfe.", None, 3),
        ("Ein zweiter Mann starb später im Krankenhaus.", 2, None),
        ("Bei einem zweiten Angriff starb eine Frau.", 1, None),
    ],
)
def test_of_whom_a_relative_or_an_ordinal_tells(text, killed, injured):
    found = casualties.find(text, "de")
    assert (found.killed.best, found.injured.best) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # One attack on a region, and where in it the weapon struck.
        ("Bei einem Angriff auf die Region Sumy starben drei Menschen. Eine Drohne traf in Bilopillja ein Haus.", {"Bilopillja": 3}),
        ("Bei Angriffen auf die Region Sumy starben drei Menschen. Eine Drohne traf in Bilopillja ein Haus.", {"Sumy": 3, "Bilopillja": None}),
        ("Bei einem Angriff in der Region Sumy starben drei Menschen. Auch in Bilopillja traf eine Drohne ein Haus.", {"Sumy": 3, "Bilopillja": None}),
        # Another town that was hit as well, or tells of itself.
        ("Drohnen griffen Nikopol an.\n\nAuch Marhanez wurde angegriffen. Eine Drohne traf dort ein Haus, ein Mann starb.", {"Nikopol": None, "Marhanez": 1}),
        ("Drohnen griffen Nikopol an.\n\nSchwerer traf es Pawlohrad. Dort schlug eine Drohne ein, ein Mann starb.", {"Nikopol": None, "Pawlohrad": 1}),
        ("Drohnen griffen Nikopol an.\n\nAuch Pawlohrad meldete Schäden. Drohnentrümmer trafen dort ein Haus, eine Frau starb.", {"Nikopol": None, "Pawlohrad": 1}),
    ],
)  # fmt: skip
def test_a_toll_goes_to_the_place_told_with_it(told_in, text, found):
    told = {d.where[0].mention.text: next((k for c in d.claims if (k := c.casualties.killed.best)), None) for d in told_in(text, "de")}
    assert told == found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Eine Drohne tötete in Nikopol einen Mann, Artillerie in Marhanez eine Frau.", ["drone_strike", "shelling"]),
        ("In Charkiw traf eine Gleitbombe ein Wohnhaus, in Tschuhujiw eine Drohne ein Lagerhaus.", ["air_strike", "drone_strike"]),
        ("Bei einem Raketenangriff auf Odessa wurden drei Menschen verletzt, bei einem Drohnenangriff auf Ismajil zwei.", ["missile_strike", "drone_strike"]),
        ("Drohnen trafen in Odessa ein Lagerhaus, in Ismajil den Hafen.", ["drone_strike"]),
        ("Mit Drohnen bekämpften ukrainische Soldaten ein Radar bei Jewpatorija.", ["drone_strike"]),
        ("Feuerwehrleute bekämpften in Dnipro einen Brand in einem Lager.", []),
        ("Im Gebiet Charkiw untersuchten Pyrotechniker fünf Hektar und entschärften 20 Sprengkörper.", []),
        ("Das Drehbuch sah den Absturz einer Drohne auf ein Tanklager in Kiew mit zwölf Toten vor.", []),
    ],
)  # fmt: skip
def test_each_part_has_its_own_weapon(told_in, text, kinds):
    assert [d.type for d in told_in(text, "de")] == kinds


def test_who_the_group_is_and_what_is_counted(told_in):
    [fire] = told_in("Die Partisanenbewegung Atesch hat in Simferopol ein Umspannwerk in Brand gesetzt. Das schrieb die Gruppe.", "de")
    assert fire.claims[0].by == "Partisanenbewegung Atesch"
    assert counts.find("Der Gouverneur meldete in mehreren Beiträgen den Abschuss von 14 Drohnen.", "de").intercepted == 14
    assert counts.find("Zehn Drohnen griffen Odessa an, zwei davon trafen ein Lagerhaus.", "de").hit == 2
    assert casualties.find("Wegen Schocks mussten vier Menschen behandelt werden.", "de").injured.best == 4
    assert casualties.find("Tödlich endete der Beschuss von Nikopol für eine Frau.", "de").killed.best == 1
    assert not casualties.find("Tödlich endete der Angriff auf Nikopol.", "de").known
    assert casualties.find("Fünf weitere wurden in Ismajil durch Drohnen verletzt.", "de").injured.best == 5
    assert casualties.find("2024 wurden in Ismajil zwei Menschen verletzt.", "de").injured.best == 2


def test_an_hour_begins_another_attack(told_in):
    told = told_in("Am Abend traf Artillerie Nikopol, in der Nacht griffen Drohnen Marhanez an.", "de")
    assert [(d.type, d.where[0].mention.text) for d in told] == [("shelling", "Nikopol"), ("drone_strike", "Marhanez")]
    [one] = told_in("Am Mittwoch griffen Drohnen Odessa an, am Donnerstag wurden drei Menschen aus den Trümmern geborgen.", "de")
    assert one.type == "drone_strike"


@pytest.mark.parametrize(
    "frame",
    [
        "In Isjum wurden zwei Menschen verletzt, teilte {} mit.",
        "Wie {} am Freitag mitteilte, wurden in Isjum zwei Menschen verletzt.",
        "In Isjum wurden zwei Menschen verletzt, wie {} in Onlinenetzwerken schrieb.",
        "„In Isjum wurden zwei Menschen verletzt“, wird {} zitiert.",
    ],
)
@pytest.mark.parametrize(
    "who",
    ["die 47. mechanisierte Brigade", "das 3. Armeekorps", "die Feuerwehr", "die Einsatzgruppe „Dnipro“", "die Huthi-Miliz", "die UNICEF",
     "das Pentagon", "der Exilbürgermeister", "die Belegschaft"],
)  # fmt: skip
def test_whoever_is_told_to_speak_is_heard(frame, who):
    heard = claimants.find(frame.format(who), Voices(), "de", ("Isjum",))
    assert (heard.by if heard else "") == who.partition(" ")[2]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Angaben örtlicher Behörden zufolge wurden zwei Menschen verletzt.", "örtlicher Behörden"),
        ("Zwei Menschen wurden verletzt, heißt es in einer Mitteilung örtlicher Behörden.", "örtlicher Behörden"),
        ("Russische Truppen haben der Gewerkschaft der Bergleute zufolge Isjum angegriffen.", "Gewerkschaft der Bergleute"),
        ("Russische Truppen haben Isjum angegriffen, so die Agentur RIA Nowosti.", "Agentur RIA Nowosti"),
        ("Der Präsident dankte der Feuerwehr.", "Präsident"),
        ("In Isjum wurden zwei Menschen verletzt, notiert der Generalstab in seinem Bulletin.", "Generalstab"),
        ("In Isjum wurden zwei Menschen verletzt, steht im Bericht des Führungsstabs Nord.", "Führungsstabs Nord"),
        ("In Isjum wurden zwei Menschen verletzt. Nach den Tätern fahndet das Ermittlungskomitee.", "Ermittlungskomitee"),
    ],
)
def test_whose_word_it_is(text, by):
    heard = claimants.find(text, Voices(), "de", ("Isjum",))
    assert (heard.by if heard else "") == by


def test_a_town_with_a_hyphen_is_known_by_its_spelling(told_in):
    [one] = told_in("Ein Angriff traf Nowhorod-Siwerskyj. Dort schlug eine Rakete in ein Wohnhaus ein.", "de")
    assert [p.mention.text for p in one.where] == ["Nowhorod-Siwerskyj"]


#: What befell a place without any word for an attack, a fight or a conquest.
BEFALLEN = {
    # Charges and fires that somebody laid; shots at a person.
    "Zwischen Sarny und Kowel riss eine Ladung ein Stück Gleis heraus.": "sabotage",
    "In Riwne wurde die Oberleitung heruntergerissen und ein Signal angezündet.": "sabotage",
    "Ein Sprengsatz unter dem Fahrersitz hat am Freitag in Skadowsk den Vizechef der Polizei getötet.": "sabotage",
    "Jugendliche haben am Mittwoch in Odessa Kerzen für die Opfer angezündet.": None,
    "In Moskau haben Unbekannte auf einen General geschossen.": "other",
    "Zwei Soldaten, die sich bei Huljajpole ergeben hatten, wurden von ihren Bewachern erschossen.": "other",
    # What was heard.
    "Dumpfe Schläge in der Umgebung von Saky am Montagabend, danach Rauch.": "explosion",
    "In Taganrog wurden die Bewohner am Dienstag von drei lauten Schlägen aus dem Schlaf gerissen.": "explosion",
    "Ein Gewitter mit Blitz und Donner zog über Charkiw.": None,
    # Assaults, and towns that changed hands.
    "Die Angreifer haben Nowoseliwka von drei Seiten berannt, vergeblich.": "ground_combat",
    "Die Verteidiger von Rodynske haben den sechsten Sturm in Folge überstanden.": "ground_combat",
    "Alle Züge zwischen Kiew und Lwiw wurden wegen Eisregens gestoppt.": None,
    "Russische Fallschirmjäger wurden aus Kotlyne geworfen.": "territorial_change",
    "Die Russen sitzen seit Mittwoch in Siwersk.": "territorial_change",
    "Die Ukrainer sitzen in Warschau am Verhandlungstisch.": None,
    # Who fired, and what brought a house down.
    "In Stepnohirsk starb ein Imker, weil russische Kanoniere den Ortsrand beharkten.": "shelling",
    "In Losowa soll ein Kaufhaus unter Marschflugkörpern zusammengefallen sein.": "missile_strike",
    "Suchoi-Jets entluden ihre Bombenlast über Huljajpole.": "air_strike",
    "In Rjasan hat eine abgeschossene Drohne ein Haus beschädigt.": "drone_strike",
    "Zwei Kalibr, abgeschossen von einem U-Boot, haben ein Tanklager in Chmelnyzkyj verwüstet.": "missile_strike",
    "Über Woronesch seien 25 Drohnen bekämpft worden.": "interception",
}


@pytest.mark.parametrize(("text", "kind"), BEFALLEN.items())
def test_what_befell_a_place_is_told_by_what_was_done_heard_or_left(told_in, text, kind):
    assert [draft.type for draft in told_in(text, "de")] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Charkiws Bahnhof wurde von einer Drohne getroffen.", "Charkiw"),
        ("Eine Drohne traf ein Belgoroder Wohnhaus.", "Belgoroder"),
        ("Im Wald hinter Tschuhujiw trat ein Förster auf eine Blattmine.", "Tschuhujiw"),
        ("Am Mittwoch traf Mikolajiwka eine Rakete.", "Mikolajiwka"),
        ("Eine Rakete hat die Brücke von Orichiw getroffen.", "Orichiw"),
    ],
)
def test_a_town_is_read_before_a_site_in_it_and_behind_a_verb(told_in, text, place):
    [one] = told_in(text, "de")
    assert [p.mention.text for p in one.where] == [place]
