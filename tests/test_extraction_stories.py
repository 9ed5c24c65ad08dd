"""Reports over several sentences and paragraphs: what belongs together, and who says it."""

from __future__ import annotations

import datetime as dt

import pytest
from tolls import toll


def test_a_sum_over_a_region_is_no_incident_beside_its_parts(told_in):
    text = (
        "Ещё трое жителей Белгородской области пострадали от атак ВСУ, сообщил губернатор Вячеслав Гладков.\n"
        "В Грайвороне FPV-дрон ударил по автомобилю, ранены двое мужчин.\n"
        "В Валуйках беспилотник атаковал предприятие, пострадала женщина."
    )
    drafts = told_in(text, "ru")
    assert [[p.mention.name for p in d.where] for d in drafts] == [["Грайвороне"], ["Валуйках"]]
    assert {c.by for d in drafts for c in d.claims} == {"губернатор Вячеслав Гладков"}


def test_who_counts_what_was_shot_down_does_not_tell_the_rest(told_in):
    text = (
        "Уночі над Полтавщиною збили 12 дронів, повідомили в Повітряних силах.\nУ Миргороді уламки БпЛА впали на склад, поранено чоловіка."
    )
    shot_down, hit = told_in(text, "uk")
    assert [c.by for c in shot_down.claims] == ["Повітряні сили"]
    assert hit.type == "drone_strike"
    assert {c.by for c in hit.claims} == {""}


def test_a_later_sentence_says_where_and_when_it_was(told_in):
    text = "На Ізюмщині комбайнер підірвався на протитанковій міні. Це сталося 20 листопада неподалік села Довгеньке."
    [draft] = told_in(text, "uk")
    assert draft.type == "landmine"
    assert [p.mention.name for p in draft.where] == ["Довгеньке"]
    assert draft.when.start == dt.date(2024, 11, 20)


def test_a_blog_that_is_read_from_its_end_has_the_toll_that_has_risen(told_in):
    text = (
        "19:20 Кількість поранених у Лозовій зросла до восьми, уточнили в поліції.\n"
        "17:15 Росіяни вдарили балістикою по Лозовій. Загинула людина, п'ятеро поранені."
    )
    [draft] = told_in(text, "uk")
    assert toll(draft, "killed") == [1]
    assert toll(draft, "injured") == [8]


def test_those_in_hospital_are_among_the_injured(told_in):
    text = "Дрон влучив у багатоповерхівку в Сумах, поранені дев'ятеро людей. Сімох постраждалих госпіталізували."
    [draft] = told_in(text, "uk")
    assert toll(draft, "injured") == [9]


def test_what_was_launched_and_shot_down_is_one_however_far_apart(told_in):
    text = (
        "У ніч на 22 листопада противник атакував 96 ударними БпЛА.\n"
        "Напад відбивали авіація та мобільні вогневі групи.\n"
        "Станом на 8:00 збито 81 безпілотник, поінформували в Повітряних силах."
    )
    [draft] = told_in(text, "uk")
    assert draft.type == "interception"
    assert not draft.where
    assert {(c.counts.launched, c.counts.intercepted) for c in draft.claims} == {(96, None), (None, 81)}


@pytest.mark.parametrize(
    ("lang", "text", "by", "place"),
    [
        ("uk", "Генштаб спростував захоплення Покровська.", "Генштаб", "Покровська"),
        ("uk", "Генштаб: інформація про захоплення Торецька не відповідає дійсності.", "Генштаб", "Торецька"),
        ("ru", "Глава области назвал сообщения об ударе по ГЭС в Каменске ложью.", "Глава области", "Каменске"),
        ("de", "Kiew dementierte Berichte über einen Treffer in Charkiw.", "Kiew", "Charkiw"),
        ("en", "The Kremlin denied that Russia had struck a market in Kostiantynivka.", "Kremlin", "Kostiantynivka"),
        ("en", "Officials in Feodosia denied that drones had hit an oil depot there.", "Officials in Feodosia", "Feodosia"),
    ],
)
def test_a_denial_is_a_claim_of_whoever_denies(told_in, lang, text, by, place):
    [draft] = told_in(text, lang)
    assert [(claim.by, claim.status) for claim in draft.claims] == [(by, "denied")]
    assert [p.mention.text for p in draft.where] == [place]


def test_what_nobody_denies_or_claims_is_no_event(told_in):
    assert told_in("Захоплення Покровська спростували.", "uk") == []
    assert told_in("Информация о взрыве в Ельце, которую распространяют в соцсетях, не соответствует действительности.", "ru") == []


@pytest.mark.parametrize(("before", "by"), [("The General Staff", "investigators"), ("Prosecutors", "Prosecutors")])
def test_investigators_are_those_heard_before_only_if_these_investigate(told_in, before, by):
    text = f"{before} reported clashes near Pokrovsk.\nIn Moscow, a general was killed by a car bomb, investigators said."
    draft = next(d for d in told_in(text, "en") if d.type == "sabotage")
    assert [c.by for c in draft.claims] == [by]


def test_what_troops_withdrew_from_is_where_control_changed(told_in):
    [draft] = told_in("In the Donetsk region, Ukrainian soldiers retreated from the village of Umanske, a monitoring group said.", "en")
    assert (draft.type, [p.mention.name for p in draft.where]) == ("territorial_change", ["Umanske"])


@pytest.mark.parametrize(
    "text",
    [
        "In Genf sprachen Delegationen über ein Ende der Angriffe auf Energieanlagen in Odessa.",
        "In Saporischschja wurden 40 Wohnungen repariert, die bei Angriffen im Herbst beschädigt worden waren.",
        "Trotz der Drohnenangriffe stieg der Umschlag im Hafen von Odessa.",
        "Seit Jahresbeginn wurden in Cherson 90 Menschen durch Drohnen getötet.",
        "Der Kreml warf Kiew vor, das Kraftwerk in Enerhodar mit Drohnen beschossen zu haben.",
    ],
)
def test_what_is_no_news_in_german(told_in, text):
    assert [d for d in told_in(text, "de") if "background" not in d.tags] == []


def test_a_village_taken_is_that_of_its_lead(told_in):
    text = "Die russische Armee hat ein weiteres Dorf in der Ostukraine erobert. Sie habe Berestky eingenommen, teilte das Ministerium mit."
    [draft] = told_in(text, "de")
    assert [p.mention.text for p in draft.where] == ["Berestky"]


def test_german_towns_are_known_by_ear_after_who_attacks_them(told_in):
    [draft] = told_in("Gegen 22 Uhr nahmen die Besatzer Horodnja mit Mörsern unter Feuer.", "de")
    assert (draft.type, [p.mention.text for p in draft.where]) == ("shelling", ["Horodnja"])


def test_what_is_told_of_no_place_was_in_the_only_town_that_an_article_names(told_in):
    text = "Wer in Tschernihiw wohnt, kennt die Dunkelheit.\n\nEine Lenkwaffe traf das Heizkraftwerk, zwei Beschäftigte kamen ums Leben."
    [draft] = told_in(text, "de")
    assert ([p.mention.text for p in draft.where], toll(draft, "killed")) == (["Tschernihiw"], [2])
    text = "Kiew (dpa) - Bei einem russischen Drohnenangriff sind zwei Menschen getötet worden."
    assert all(not draft.where for draft in told_in(text, "de"))


def test_how_many_hit_somebody_is_told_of_the_only_town_as_well(told_in):
    [draft] = told_in("Хто живе в Лозовій, той звик до темряви.\n\nДва «шахеди» влучили в депо. Загинув обхідник.", "uk")
    assert [p.mention.text for p in draft.where] == ["Лозовій"]


def test_a_toll_beside_what_was_shot_down_is_that_of_an_attack(told_in):
    text = "Russland meldete 115 abgefangene ukrainische Drohnen. In Brjansk wurde den Behörden zufolge ein Zivilist getötet."
    assert [(d.type, [p.mention.text for p in d.where]) for d in told_in(text, "de")] == [
        ("interception", []),
        ("drone_strike", ["Brjansk"]),
    ]


def test_a_part_of_a_country_is_no_place_beside_its_town(told_in):
    text = "Die Westukraine ist in der Nacht Ziel eines Angriffs geworden. In Kolomyja schlugen zwei Marschflugkörper in einer Fabrik ein."
    assert [[p.mention.text for p in d.where] for d in told_in(text, "de")] == [["Kolomyja"]]
    [draft] = told_in("Die Stadt Luzk in der Westukraine ist mit Drohnen angegriffen worden.", "de")
    assert [p.mention.text for p in draft.where] == ["Luzk"]


def test_there_is_where_somebody_told_of_a_place_in_the_same_paragraph(told_in):
    text = (
        "In Sumy brannte nach einem Drohnentreffer ein Haus.\n\n"
        "Der Gouverneur meldete die Evakuierung von 300 Bewohnern in Rostow am Don. Dort war eine Drohne in eine Wohnung eingedrungen."
    )
    assert [[p.mention.text for p in d.where] for d in told_in(text, "de")] == [["Sumy"], ["Rostow am Don"]]


def test_a_voice_of_one_section_of_a_live_blog_is_not_that_of_the_next(told_in):
    text = (
        "**Zwei Tote in Nikopol**\n\nBei einem Angriff in Nikopol starben zwei Menschen, teilte Gouverneur Hanscha mit.\n\n"
        "**Explosionen in Taganrog**\n\nIn Taganrog waren Explosionen zu hören.\n\n"
        "**Abschüsse**\n\nDie Luftwaffe meldete den Abschuss von 20 Drohnen."
    )
    explosion = next(d for d in told_in(text, "de") if d.type == "explosion")
    assert [c.by for c in explosion.claims] == [""]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Mit Raketen beschoss Moskau am Abend die Stadt Charkiw.", ["Charkiw"]),
        ("Am Abend attackierte Russland Odessa mit Drohnen.", ["Odessa"]),
        ("In der Nacht griffen Drohnen Moskau und die Region Tula an.", ["Moskau", "Tula"]),
        ("Drohnen haben Moskau die ganze Nacht angegriffen.", ["Moskau"]),
        ("In der Region Kaluga südwestlich von Moskau schoss die Flugabwehr 14 Drohnen ab.", ["Kaluga"]),
        ("Im Gebiet Charkiw östlich von Kupjansk gab es Gefechte.", ["Kupjansk"]),
        ("In Kopejsk im Ural gab es eine Explosion in einer Munitionsfabrik.", ["Kopejsk"]),
    ],
)
def test_who_attacks_and_where_a_place_lies_is_no_place_of_an_event(told_in, text, places):
    [draft] = told_in(text, "de")
    assert [p.mention.text for p in draft.where] == places


def test_the_last_part_of_a_compound_is_the_office_heard_before(told_in):
    text = (
        "Das russische Verteidigungsministerium meldete 40 abgeschossene Drohnen.\n\n"
        "Nach Angaben des Ministeriums nahmen die Truppen das Dorf Selene ein."
    )
    assert {c.by for d in told_in(text, "de") for c in d.claims} == {"russische Verteidigungsministerium"}


def test_the_city_is_the_one_whose_capture_was_just_denied(told_in):
    text = (
        "In Sumy brannte nach einem Drohnentreffer ein Haus.\n\n"
        "Der Generalstab wies Berichte über Kupjansk zurück. Die eigenen Truppen kämpften weiter in den Vororten der Stadt."
    )
    assert ("ground_combat", ["Kupjansk"]) in [(d.type, [p.mention.text for p in d.where]) for d in told_in(text, "de")]


@pytest.mark.parametrize(
    ("rest", "types"),
    [
        ("Alle acht wurden abgefangen.", ["interception"]),
        ("Alle acht wurden abgefangen. Trümmer beschädigten ein Haus.", ["interception", "drone_strike"]),
        ("Sechs davon wurden abgefangen.", ["drone_strike"]),
    ],
)
def test_an_attack_all_of_which_was_shot_down_is_an_interception(told_in, rest, types):
    assert [d.type for d in told_in(f"In der Nacht griffen acht Drohnen Poltawa an. {rest}", "de")] == types


def test_reported_speech_goes_on_with_the_voice_before_it(told_in):
    text = (
        "Gouverneur Serhij Lyssak meldete einen Toten in Nikopol nach Artilleriebeschuss.\n\n"
        "Die Polizei berichtete von einem Raketenangriff auf Poltawa. In Lubny seien Explosionen zu hören gewesen."
    )
    explosion = next(d for d in told_in(text, "de") if d.type == "explosion")
    assert [c.by for c in explosion.claims] == ["Polizei"]


@pytest.mark.parametrize(
    ("title", "text", "by"),
    [
        ("Bericht des Generalstabs vom 22. November", "In Romny beschädigte eine Drohne ein Lager.", "Generalstabs"),
        ("Hryhorow zur Lage", "In Romny beschädigte eine Drohne ein Lager.", "Hryhorow"),
        ("", "In Romny kam durch Artillerie ein Mann um, fasst die Gebietsverwaltung den Tag zusammen.", "Gebietsverwaltung"),
        ("", "In Romny wurden laut Luftkommando Ost von Mittwochabend bis Donnerstag zwei Drohnen abgeschossen.", "Luftkommando Ost"),
        ("Aus dem Telegram-Kanal von Oleh Hryhorow", "In Romny beschädigte eine Drohne ein Lager.", "Oleh Hryhorow"),
        ("", "Die Leute von DeepState zeichneten Geländegewinne bei Rodynske ein. Pokrowsk zählte 60.000 Einwohner.", "DeepState"),
        ("", "Oleh Kiper (Gebietsverwaltung Odessa):\n\nIn Kilija brannte nach einem Drohnentreffer ein Speicher.", "Oleh Kiper"),
        ("", "Von Seiten des Katastrophenschutzes hieß es, eine Drohne habe in Sumy ein Auto getroffen.", "Katastrophenschutzes"),
        ("", "Den Einschlag einer Rakete in Poltawa bestätigte auch Gebietschef Wolodymyr Kohut.", "Gebietschef Wolodymyr Kohut"),
        ("", "Saratows Gouverneur Roman Bussargin sprach von Schäden nach einem Drohnenangriff auf Engels.", "Roman Bussargin"),
    ],
)
def test_who_stands_by_a_german_claim(told_in, title, text, by):
    [draft] = told_in(text, "de", title=title)
    assert all(by in c.by for c in draft.claims)


@pytest.mark.parametrize(
    ("text", "intercepted"),
    [
        ("Das Ministerium sprach von 147 Drohnen, die in der Nacht abgefangen worden seien.", 147),
        ("Der Gouverneur berichtete von elf in der Nacht über Kursk abgeschossenen Drohnen.", 11),
        ("Die Luftabwehr fing, so das Ministerium, in der Nacht 94 Drohnen ab.", 94),
        ("Die Luftwaffe zählte 240 Drohnen und 30 Raketen, von denen 220 beziehungsweise 20 abgewehrt wurden.", 240),
        ("Die Luftwaffe sprach von 80 Drohnen, von denen 60 abgeschossen wurden.", 60),
        ("21 Drohnen wurden über dem Gebiet Brjansk, 13 über dem Gebiet Rostow und 14 über der Krim abgeschossen.", 48),
    ],
)
def test_drones_that_were_downed_in_a_relative_clause(told_in, text, intercepted):
    assert [c.counts.intercepted for d in told_in(text, "de") for c in d.claims] == [intercepted]


@pytest.mark.parametrize(
    "time",
    [
        "Vom Morgen des 20. November bis zum Morgen des 21. November",
        "Vom Morgen des 20. bis zum Morgen des 21. November",
        "Von Mittwoch, 8 Uhr, bis Donnerstag, 8 Uhr,",
        "Vom 20. November, 8 Uhr, bis zum 21. November, 8 Uhr,",
        "Zwischen dem 20. und dem 21. November",
    ],
)
def test_a_german_day_that_begins_in_the_morning(told_in, time):
    [draft] = told_in(f"{time} beschoss der Feind 38 Ortschaften des Gebiets Sumy.", "de")
    assert (str(draft.when.start), str(draft.when.end)) == ("2024-11-20", "2024-11-21")


def test_villages_of_plural_names_in_a_german_list(told_in):
    [draft] = told_in("Gefechte gab es bei Drobyschewe, Stawky und Serednje.", "de")
    assert [p.mention.text for p in draft.where] == ["Drobyschewe", "Stawky", "Serednje"]


def test_a_time_of_day_is_of_the_day_whose_toll_a_report_begins_with(told_in):
    text = "Am 20. November wurden bei Angriffen im Gebiet Donezk vier Zivilisten getötet.\n\nGegen Mittag traf eine Drohne Slowjansk."
    assert {str(d.when.start) for d in told_in(text, "de")} == {"2024-11-20"}


def test_a_date_does_not_end_a_german_sentence(told_in):
    [draft] = told_in("Der Feind griff in der Nacht zum 20. November die Region Odessa mit Kampfdrohnen an.", "de")
    assert (draft.type, str(draft.when.start), str(draft.when.end)) == ("drone_strike", "2024-11-19", "2024-11-20")


def test_german_names_of_who_speaks_end_where_the_sentence_goes_on(told_in):
    [draft] = told_in("In Sumy kam nach Angaben der Militärverwaltung der Stadt eine Frau durch eine FPV-Drohne ums Leben.", "de")
    assert ([c.by for c in draft.claims], toll(draft, "killed")) == (["Militärverwaltung der Stadt"], [1])


@pytest.mark.parametrize(
    ("lang", "text", "by"),
    [
        ("uk", "У Ромнах дрон пошкодив склад.\nУ Лебедині уламки впали на дах.\n\nГоловне управління ДСНС у Сумській області", "ДСНС"),
        ("uk", "У Ромнах дрон пошкодив склад.\n\nТримаймо стрій!\n\nОлег Григоров, в. о. начальника Сумської ОВА", "Григоров"),
        ("ru", "В Ромнах дрон повредил склад, ранен мужчина.\n\nГенеральный штаб ВСУ", "Генеральный штаб ВСУ"),
        ("en", "A drone damaged a warehouse in Romny.\n\nGeneral Staff of the Armed Forces of Ukraine", "General Staff"),
        ("de", "In Romny beschädigte eine Drohne ein Lager.\n\nGeneralstab der Streitkräfte der Ukraine", "Generalstab"),
        ("de", "Gouverneur Oleh Hryhorow zur Lage am gestrigen Tag, dem 20. November:\nIn Romny traf eine Drohne ein Lager.", "Hryhorow"),
        ("uk", "Джерело: начальник Сумської ОВА Олег Григоров\nУ Ромнах дрон пошкодив склад.", "Григоров"),
        (
            "uk",
            "За процесуального керівництва Сумської обласної прокуратури розпочато слідство.\nДрон пошкодив склад у Ромнах.",
            "прокуратура",
        ),
    ],
)
def test_who_signs_or_introduces_a_report_tells_all_of_it(told_in, lang, text, by):
    drafts = told_in(text, lang)
    assert drafts
    assert all(by in claim.by for draft in drafts for claim in draft.claims)


def test_who_is_credited_above_is_meant_by_his_office_below(told_in):
    text = "Джерело: Telegram-канал Astra; губернатор краю Володимир Владимиров; Міноборони РФ\n\nГубернатор повідомив про удар дрона по Туапсе."
    [draft] = told_in(text, "uk")
    assert [c.by for c in draft.claims] == ["губернатор краю Володимир Владимиров"]


def test_who_stands_after_the_dash_of_a_title_tells_the_whole(told_in):
    [draft] = told_in("Ворог окупував Яблукове.", "uk", title="Мапу оновлено — DeepState")
    assert [c.by for c in draft.claims] == ["DeepState"]


def test_places_named_together_are_told_apart_where_an_article_comes_back_to_them(told_in):
    text = "Дрони атакували Саратов і Феодосію.\nУ Саратові дрони пошкодили завод.\nУ Феодосії горять резервуари, поранено двох людей."
    assert {tuple(p.mention.text for p in d.where): toll(d, "injured") for d in told_in(text, "uk")} == {
        ("Саратов",): [],
        ("Феодосію",): [2],
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Drones attacked Kharkiv and Chuhuiv overnight. In Kharkiv, three people were injured. In Chuhuiv, a school was damaged."),
        ("en", "Drones attacked Kharkiv and Chuhuiv. Three people were injured in Kharkiv, while in Chuhuiv a school was damaged."),
        ("uk", "Дрони атакували Харків і Чугуїв. У Харкові поранено трьох людей. У Чугуєві пошкоджено школу."),
        ("ru", "Беспилотники атаковали Харьков и Чугуев. В Харькове ранены три человека. В Чугуеве повреждена школа."),
        ("de", "Drohnen griffen Charkiw und Tschuhujiw an. In Charkiw wurden drei Menschen verletzt. In Tschuhujiw brannte eine Schule."),
    ],
    ids=["en", "en, one sentence", "uk", "ru", "de"],
)
def test_each_of_two_towns_has_what_the_next_sentences_tell_of_it(told_in, lang, text):
    drafts = told_in(text, lang)
    told = [(d.type, len(d.where), sum(c.casualties.injured.low or 0 for c in d.claims)) for d in drafts]
    assert sorted(told) == [("drone_strike", 1, 0), ("drone_strike", 1, 3)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The army carried out 9 air strikes on Stepnohirsk, 34 drone attacks on Huliaipole and 12 artillery strikes on Malynivka."),
        ("uk", "Росіяни завдали 9 авіаударів по Степногірську, 34 атаки безпілотниками по Гуляйполю та 12 артударів по Малинівці."),
        ("ru", "Россияне нанесли 9 авиаударов по Степногорску, 34 атаки беспилотниками по Гуляйполю и 12 артударов по Малиновке."),
    ],
    ids=["en", "uk", "ru"],
)
def test_each_number_of_attacks_in_a_sentence_has_its_own_weapon_and_places(told_in, lang, text):
    assert [(d.type, len(d.where)) for d in told_in(text, lang)] == [("air_strike", 1), ("drone_strike", 1), ("shelling", 1)]


def test_so_many_bombs_after_and_are_dropped_on_another_town(told_in):
    drafts = told_in("Sie beschossen Nikopol mit Artillerie und warfen zwei Gleitbomben auf Marhanez ab.", "de")
    assert [(d.type, [p.mention.text for p in d.where]) for d in drafts] == [("shelling", ["Nikopol"]), ("air_strike", ["Marhanez"])]


def test_one_number_over_two_places_is_one(told_in):
    [draft] = told_in("В районе Качи и Инкермана сбито девять БПЛА.", "ru")
    assert len(draft.where) == 2


def test_how_often_a_region_was_shelled_is_no_attack_on_the_town_told_of_before(told_in):
    text = (
        "Mykolaivka was shelled with rockets. In Kramatorsk, two bombs hurt a watchman.\nIn all, the region's towns were shelled 31 times."
    )
    assert [[p.mention.text for p in d.where] for d in told_in(text, "en")] == [["Mykolaivka"], ["Kramatorsk"]]


def test_an_attack_with_drones_and_missiles_stays_of_no_one_kind(told_in):
    [draft] = told_in("Росія атакувала Київ дронами та ракетами.\nУ Києві уламки дрона впали на дах.", "uk")
    assert draft.type == "strike"


def test_as_many_killed_as_towns_are_one_in_each(told_in):
    text = "Росіяни вбили двох людей: у Слов'янську та Дружківці.\nУ Слов'янську зруйновано будинок. У Дружківці обстріл пошкодив школу."
    assert {tuple(p.mention.text for p in d.where): toll(d, "killed") for d in told_in(text, "uk")} == {
        ("Слов'янську",): [1],
        ("Дружківці",): [1],
    }


@pytest.mark.parametrize(
    ("lang", "text", "towns"),
    [
        (
            "en",
            "In Donetsk Oblast, shelling killed people on Monday: two were killed in Kostiantynivka and one in Bilozerske.",
            {"Kostiantynivka": 2, "Bilozerske": 1},
        ),
        (
            "en",
            "Drone attacks injured four: one each in Nikopol and Marhanets and two in Pokrovske.",
            {"Nikopol": 1, "Marhanets": 1, "Pokrovske": 2},
        ),
        (
            "uk",
            "Двоє людей загинули від російських ударів у Костянтинівці, ще один – в Дружківці. Ще п’ятеро за добу поранені.",
            {"Костянтинівці": 2, "Дружківці": 1},
        ),
        ("de", "Bei Angriffen wurden drei Menschen getötet: zwei in Charkiw und einer in Isjum.", {"Charkiw": 2, "Isjum": 1}),
    ],
)
def test_a_toll_shared_out_among_towns_is_one_at_each(told_in, lang, text, towns):
    drafts = told_in(text, lang)
    kind = "injured" if "injured" in text else "killed"
    assert {p.mention.name: toll(d, kind) for d in drafts for p in d.where if p.mention.kind != "admin1"} == {
        k: [n] for k, n in towns.items()
    }
    assert all(len(d.claims) == 1 for d in drafts)


def test_a_part_of_the_toll_of_a_region_is_no_attack_beside_it(told_in):
    [draft] = told_in("A drone attack on Thursday wounded ten people in the Kharkiv region, including two in Kupiansk.", "en")
    assert toll(draft, "injured") == [10]


def test_an_agency_that_passes_on_is_not_who_says_it(told_in):
    [draft] = told_in("Дрон влучив у склад у Ромнах. Як передає Укрінформ, про це повідомив мер Олег Стогній.", "uk")
    assert {c.by for c in draft.claims} == {"мер Олег Стогній"}


def test_a_governor_stands_for_officials_who_are_not_named(told_in):
    text = "A drone hit a school in Romny, killing two people, officials said.\n\nThe roof burned down, Governor Oleh Hryhorov said."
    [draft] = told_in(text, "en")
    assert {c.by for c in draft.claims} == {"Governor Oleh Hryhorov"}


def test_one_more_who_died_is_added(told_in):
    [draft] = told_in("Дрон ударив по маршрутці в Херсоні. Двоє людей загинули. Згодом у лікарні померла ще одна жінка.", "uk")
    assert toll(draft, "killed") == [3]


def test_a_lower_figure_told_after_one_that_has_risen_is_older(told_in):
    text = (
        "14:05 Кількість загиблих у Лозовій зросла до чотирьох.\n"
        "13:20 У Лозовій уже троє загиблих.\n"
        "11:40 Ракета влучила в будинок у Лозовій, є поранені."
    )
    [draft] = told_in(text, "uk")
    assert toll(draft, "killed") == [4]


@pytest.mark.parametrize(
    ("lang", "text", "killed"),
    [
        ("ru", "При ракетном ударе по Харькову погибли десять человек. В первый день мэр говорил о семи погибших.", 10),
        ("uk", "Удар по Києву забрав життя чотирьох людей. О шостій ранку йшлося про трьох загиблих.", 4),
        ("de", "Beim Raketenangriff auf Charkiw starben zehn Menschen. Am ersten Tag war noch von sieben Toten die Rede.", 10),
    ],
)
def test_a_lower_figure_of_the_same_party_told_last_is_older(told_in, lang, text, killed):
    [draft] = told_in(text, lang)
    assert [c.casualties.killed.best for c in draft.claims if "killed" not in c.superseded and c.casualties.killed.known] == [killed]


def test_nobody_hurt_in_either_place_is_said_of_both(told_in):
    drafts = told_in("В Конотопе дрон попал в депо, в Синельниково ракета разрушила подстанцию. В обоих случаях никто не пострадал.", "ru")
    assert [toll(d, "injured") for d in drafts] == [[0], [0]]


@pytest.mark.parametrize(("number", "launched"), [("Два «шахеди»", 2), ("Кілька дронів", None), ("Дві авіабомби", None)])
def test_what_hit_a_town_was_launched_at_it(told_in, number, launched):
    [draft] = told_in(f"{number} влучили в підприємство в Ромнах.", "uk")
    assert [c.counts.launched for c in draft.claims] == [launched]


def test_a_heading_without_a_place_goes_on_with_the_event(told_in):
    text = "Дрон ударив по заводу в Рязані.\n\nЩо відомо про атаку\n\nГубернатор Рязанської області Павло Малков запевнив, що постраждалих немає."
    [draft] = told_in(text, "uk")
    assert toll(draft, "killed") == [0]
    assert "Павло Малков" in draft.claims[-1].by


def test_what_sappers_made_safe_was_not_shot_down(told_in):
    assert told_in("У Шостці сапери ДСНС знешкодили бойову частину безпілотника.", "uk") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Житель Белгорода погиб при атаке дрона в селе Головчино.", [["Головчино"]]),
        ("Житель Белгорода погиб при атаке дрона.", [["Белгорода"]]),
        ("Об ударе по Днепру сообщил глава Днепропетровской ОВА Сергей Лысак: ранены трое.", [["Днепру"]]),
        ("Дрон попал в больницу в Сумах, ранены двое.", [["Сумах"]]),
        ("Двоих раненых при ударе дрона в Шебекине доставили в больницу в Белгороде.", [["Шебекине"]]),
        ("Из-за атаки дронов на Тамбовскую область временно закрыты аэропорты Саратова и Пензы.", [["Тамбовскую область"]]),
        ("Дроны СБУ поразили нефтебазу «Атлас» в Ростовской области.", [["Ростовской области"]]),
        ("Беспилотники атаковали несколько регионов.\nВ Энгельсе повреждено предприятие, сообщил губернатор.", [["Энгельсе"]]),
        ("Под обстрелом были Орехов, Степногорск и Малая Токмачка Запорожской области.", [["Орехов", "Степногорск", "Малая Токмачка"]]),
    ],
)
def test_where_somebody_is_from_or_taken_to_is_not_where_it_happened(told_in, text, places):
    assert [[p.mention.name for p in d.where] for d in told_in(text, "ru")] == places


@pytest.mark.parametrize("text", ["Im Dorf Prykolotne, Gemeinde Wilchuwatka,", "In der Gemeinde Wilchuwatka, Dorf Prykolotne,"])
def test_a_german_community_beside_its_village_is_no_second_place(told_in, text):
    [draft] = told_in(f"{text} beschädigte eine Drohne drei Wohnhäuser.", "de")
    assert [p.mention.name for p in draft.where] == ["Prykolotne"]


def test_residents_who_report_it_say_where_it_was(told_in):
    [draft] = told_in("Bewohner der russischen Stadt Engels berichten von mehreren Explosionen.", "de")
    assert [p.mention.name for p in draft.where] == ["Engels"]


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        (
            "У Херсоні о 10:00 дрон скинув вибухівку на жінку, вона поранена. О 14:30 безпілотник ударив по маршрутці. Поранено трьох людей.",
            [1, 3],
        ),
        ("Удень у Сумах дрон влучив в автомобіль, поранено водія.\nУвечері дрон знову атакував Суми, поранено двох людей.", [1, 2]),
        ("Вранці дрони атакували Суми. Влучання сталося о 9:10 у центрі міста. Поранено двох людей.", [2]),
    ],
)
def test_a_town_hit_again_at_another_hour_has_two_incidents(told_in, text, injured):
    assert [toll(draft, "injured")[-1] for draft in told_in(text, "uk")] == injured


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Загинув водій, його дружина та син дістали поранення.", [1], [2]),
        ("Загинули чоловік, його дружина та донька.", [3], []),
        ("Жінка отримала поранення, несумісні з життям.", [1], []),
        ("Загинула людина, ще одну з опіками передано медикам.", [1], [1]),
        ("Машиніст і його помічник отримали поранення.", [], [2]),
    ],
)
def test_kin_and_colleagues_are_counted_with_the_verb_that_has_them(told_in, text, killed, injured):
    [draft] = told_in(f"У Смілі дрон влучив у будинок. {text}", "uk")
    assert toll(draft, "killed") == killed
    assert toll(draft, "injured") == injured


def test_a_figure_given_in_the_morning_is_outdated(told_in):
    text = "У Сумах унаслідок удару дрона 12 людей дістали поранення. Зранку губернатор повідомляв про дев'ятьох поранених."
    [draft] = told_in(text, "uk")
    assert toll(draft, "injured")[-1] == 12


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("У районі Іловайська уражено склад ударних БпЛА.", "strike"),
        ("У районі Сватового знищено радіолокаційну станцію «Ніобій».", "strike"),
        ("Безпілотник влучив у склад боєприпасів у Токмаку.", "drone_strike"),
        ("Росіяни вдарили по Сумах із РСЗВ «Торнадо-С».", "shelling"),
    ],
)
def test_weapons_that_are_stored_are_a_target_and_no_means(told_in, text, kind):
    assert [draft.type for draft in told_in(text, "uk")] == [kind]


def test_a_word_that_a_village_bears_too_is_no_place(told_in):
    text = "У Смілі безпілотник влучив у будівлю. Пожежа охопила дах. На жаль, загинув охоронець."
    [draft] = told_in(text, "uk")
    assert [p.mention.name for p in draft.where] == ["Смілі"]
    assert toll(draft, "killed") == [1]


def test_a_town_in_brackets_is_what_its_district_stands_for(told_in):
    [draft] = told_in("У Куп'янському районі (м. Куп'янськ) дрон пошкодив дві споруди.", "uk")
    assert [p.mention.name for p in draft.where] == ["Куп'янськ"]


def test_who_confirms_an_attack_is_meant_by_the_pronoun_after(told_in):
    text = "Губернатор Сергій Аксьонов підтвердив атаку дронів на Саки: за його словами, ніхто не постраждав."
    [draft] = told_in(text, "uk")
    assert [c.by for c in draft.claims] == ["Губернатор Сергій Аксьонов"]


def test_a_list_after_a_colon_says_where_it_was(told_in):
    [draft] = told_in("16 авіаударів: Новобойківське, Воздвижівка, Гуляйпільське.", "uk")
    assert [p.mention.name for p in draft.where] == ["Новобойківське", "Воздвижівка", "Гуляйпільське"]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", "Two killed in Kherson, three injured in Bilozerka in Russian shelling.", [("Kherson", 2, None), ("Bilozerka", None, 3)]),
        ("en", "Russian shelling killed two in Kherson and wounded one in Bilozerka.", [("Kherson", 2, None), ("Bilozerka", None, 1)]),
        (
            "uk",
            "Четверо людей поранені внаслідок атак у Комишувасі, двоє загинули у Степногірську.",
            [("Комишувасі", None, 4), ("Степногірську", 2, None)],
        ),
        ("ru", "При обстрелах двое погибли в Херсоне, трое ранены в Белозёрке.", [("Херсоне", 2, None), ("Белозёрке", None, 3)]),
    ],
)
def test_each_town_has_the_toll_that_its_part_of_a_sentence_tells(told_in, lang, text, told):
    drafts = told_in(text, lang)
    found = [([p.mention.name for p in d.where], toll(d, "killed"), toll(d, "injured")) for d in drafts]
    assert found == [([town], [n for n in (killed,) if n], [n for n in (injured,) if n]) for town, killed, injured in told]


def test_towns_hit_with_different_weapons_are_told_by_their_own_parts(told_in):
    one, other = told_in("Дрон убив жінку в Херсоні, а від артилерійського обстрілу поранено чоловіка в Білозерці.", "uk")
    assert [(d.type, [p.mention.name for p in d.where]) for d in (one, other)] == [
        ("drone_strike", ["Херсоні"]),
        ("shelling", ["Білозерці"]),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "de",
            "Charkiw stand erneut unter Beschuss. Der Gegner warf drei Gleitbomben ab, elf Menschen wurden verletzt.",
            [("air_strike", 11)],
        ),
        ("ru", "Харьков под обстрелом. Враг сбросил три КАБ, ранены пять человек.", [("air_strike", 5)]),
        ("en", "Kharkiv was shelled on Monday. A drone hit a house and injured five people.", [("shelling", 0), ("drone_strike", 5)]),
    ],
)
def test_a_blow_that_names_no_place_is_in_the_town_told_of(told_in, lang, text, told):
    drafts = told_in(text, lang)
    assert [(d.type, sum(toll(d, "injured"))) for d in drafts] == told
    assert all(len(d.where) == 1 for d in drafts)


def test_what_was_shot_down_over_waters_is_in_one_list(told_in):
    [draft] = told_in(
        "Air defenses destroyed 17 drones over the Voronezh Region, eight over the Saratov Region and six over the waters of the Black Sea.",
        "en",
    )
    assert [p.mention.name for p in draft.where] == ["Voronezh", "Saratov", "Black Sea"]


def test_coal_mines_are_no_weapons(told_in):
    assert told_in("Kyiv says the war has cut off its ports and coal mines.", "en") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russia attacks Kharkiv with such drones every night."),
        ("uk", "Щодня росіяни обстрілюють Херсон."),
        ("ru", "Такими дронами россияне каждую ночь атакуют Полтаву."),
        ("de", "Mit solchen Drohnen greift Russland jede Nacht Charkiw an."),
    ],
)
def test_what_happens_every_night_is_background(told_in, lang, text):
    assert all("background" in d.tags for d in told_in(text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Angriffe auf Poltawa gab es in der Nacht nicht."),
        ("de", "Einschläge gab es in Poltawa keine."),
        ("ru", "Расчёты ПВО уничтожили электронными пусками более десяти целей условного противника под Калининградом."),
        ("uk", "Ударів по Полтаві не було."),
    ],
)
def test_what_did_not_happen_is_not_told(told_in, lang, text):
    assert told_in(text, lang) == []


def test_towns_told_of_together_are_each_come_back_to(told_in):
    text = (
        "Drones struck oil tanks in Temryuk and a plant in Orenburg overnight, a source said.\n\n"
        "In Temryuk, two reservoirs caught fire.\n\n"
        "Orenburg is located some 1,400 kilometers from the border. Governor Yevgeny Solntsev claimed there were no casualties."
    )
    temryuk, orenburg = told_in(text, "en")
    assert [[p.mention.name for p in d.where] for d in (temryuk, orenburg)] == [["Temryuk"], ["Orenburg"]]
    assert toll(temryuk, "injured") == []
    assert "Governor Yevgeny Solntsev" in {c.by for c in orenburg.claims}


def test_what_was_launched_and_what_was_shot_down_over_regions_is_one_incident(told_in):
    text = (
        "The enemy attacked overnight with 22 Shahed-type strike UAVs launched from Kursk.\n\n"
        "Nineteen drones were shot down in the Mykolaiv, Cherkasy and Kyiv regions. Two more UAVs were lost in location, one returned to Russia."
    )
    [draft] = told_in(text, "en")
    assert draft.type == "interception"
    assert {c.counts.launched for c in draft.claims} - {None} == {22}
    assert [p.mention.name for p in draft.where] == ["Mykolaiv", "Cherkasy", "Kyiv"]


@pytest.mark.parametrize(
    "text",
    [
        "There was no comment from Ukraine, which says its strikes on refineries are aimed at depriving Moscow of money.",
        "The fallen defenders had been fighting in the Donetsk, Luhansk and Kursk directions.",
        "Short-range drones killed 64 people near the front line, particularly in Kherson and Donetsk regions.",
    ],
)
def test_what_strikes_are_for_and_figures_of_a_month_are_no_news(told_in, text):
    assert [d for d in told_in(text, "en") if not d.tags] == []


def test_what_came_before_an_attack_is_no_part_of_it(told_in):
    text = (
        "A missile struck a bakery in Zhovti Vody on Tuesday, killing six people.\n\n"
        "The strike came a week after delegations from Moscow and Kyiv met in Istanbul and agreed on an exchange of prisoners."
    )
    [draft] = told_in(text, "en")
    assert [p.mention.name for p in draft.where] == ["Zhovti Vody"]


def test_one_verb_has_targets_at_several_places(told_in):
    text = "Уражено радар поблизу Джанкоя, пункт управління дронами в районі Гуляйполя та нафтобазу в Луганську."
    assert [[p.mention.text for p in d.where] for d in told_in(text, "uk")] == [["Джанкоя"], ["Гуляйполя"], ["Луганську"]]


def test_fights_in_two_sectors_are_two(told_in):
    text = "Біля Мирного та Білогір'я наші воїни відбили 24 атаки. На Оріхівському відбито шість спроб прорватися в районі Степногірська."
    drafts = told_in(text, "uk")
    assert [[p.mention.text for p in d.where] for d in drafts] == [["Мирного", "Білогір'я"], ["Степногірська"]]


def test_a_ship_is_hit_where_the_next_sentence_says_it_was(told_in):
    text = "Морські дрони вивели з ладу танкер. Судно йшло Чорним морем до Новоросійська, сказало джерело в СБУ."
    [draft] = told_in(text, "uk")
    assert (draft.type, [p.mention.text for p in draft.where]) == ("naval_attack", ["Чорним морем"])


def test_the_toll_of_a_city_and_its_region_is_the_sum_of_theirs(told_in):
    text = (
        "За минулу добу ударів зазнали Харків та 11 населених пунктів області, поранено п'ятьох людей.\n\n"
        "У Харкові дрон влучив у будинок, поранено двох людей. У Чугуєві дрон поранив трьох чоловіків."
    )
    drafts = told_in(text, "uk")
    assert [(d.where[0].mention.text, toll(d, "injured")) for d in drafts] == [("Харкові", [2]), ("Чугуєві", [3])]


def test_what_befell_nobody_in_either_case_holds_for_both(told_in):
    text = "Учора дрони атакували Куцуруб, понівечено теплицю.\n\nАртилерія обстріляла Очаків.\n\nПостраждалих немає в обох випадках."
    assert [toll(d, "injured") for d in told_in(text, "uk")] == [[0], [0]]


def test_a_title_that_tells_of_an_accident_tells_of_no_attack(told_in):
    text = "У будинку у Фастові пролунав вибух. З-під завалів витягли двох людей, обоє в лікарні."
    assert told_in(text, "uk", title="У Фастові вибухнув газ") == []
    assert [d.type for d in told_in(text, "uk")] == ["explosion"]


def test_the_mayor_of_the_capital_speaks_of_it(told_in):
    [draft] = told_in("Мер Києва Віталій Кличко уточнив: від атаки дронів на столицю загинули четверо людей.", "uk")
    assert [p.mention.name for p in draft.where] == ["Києва"]
    [alone] = told_in("У столиці гриміли вибухи.", "uk")
    assert [p.mention.name for p in alone.where] == ["Kyiv"]


def test_an_hour_and_a_full_stop_begin_an_entry_of_a_live_blog(told_in):
    text = (
        "06:12. У Броварах дрон влучив у склад, пише Микола Калашник.\n\n02:18. Кривий Ріг, чути потужний вибух.\n\n"
        "01:40. У Сумах дрон влучив у гараж, пише Артем Кобзар."
    )
    assert [{c.by for c in d.claims} for d in told_in(text, "uk")] == [{"Микола Калашник"}, {""}, {"Артем Кобзар"}]


def test_the_city_of_a_governor_is_that_over_which_he_counts(told_in):
    text = (
        "Drohnen trafen in Feodossija ein Haus.\n\n"
        "Der von Moskau eingesetzte Gouverneur von Sewastopol, Michail Raswoschajew, sprach von elf über der Stadt abgeschossenen Drohnen."
    )
    assert [[p.mention.text for p in d.where] for d in told_in(text, "de")] == [["Feodossija"], ["Sewastopol"]]


def test_an_opening_toll_is_of_the_event_that_its_paragraph_goes_on_to_tell(told_in):
    [draft] = told_in("Zwei Menschen starben am Mittwoch. Eine Drohne traf in Nikopol ihr Auto.", "de")
    assert toll(draft, "killed") == [2]


def test_the_night_that_follows_is_after_the_day_told(told_in):
    text = "Am Dienstag lag Nikopol unter Artilleriefeuer.\n\nIn der folgenden Nacht trafen Drohnen Pawlohrad."
    assert [(str(d.when.start), str(d.when.end)) for d in told_in(text, "de")][1] == ("2024-11-19", "2024-11-20")


def test_a_mayor_tells_of_no_other_town(told_in):
    text = "In Lwiw brannte nach Drohnentreffern ein Lager, so Bürgermeister Andrij Sadowyj. Auch ein Betrieb in Burschtyn wurde getroffen."
    assert [any(c.by for c in d.claims) for d in told_in(text, "de")] == [True, False]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "uk",
            (
                "У Борисполі дрон влучив у гараж, поранено сторожа, повідомив начальник ОВА Микола Калашник."
                " Усього за ніч, за даними Повітряних сил, росіяни випустили 210 безпілотників."
            ),
            [(["Борисполі"], []), ([], [210])],
        ),
        (
            "de",
            (
                "In Sumy traf eine Drohne ein Lager, ein Mann wurde verletzt, sagte Gouverneur Oleh Hryhorow."
                " Insgesamt startete Russland nach Angaben der Luftwaffe in der Nacht 210 Drohnen."
            ),
            [(["Sumy"], []), ([], [210])],
        ),
        (
            "ru",
            (
                "В ночь на 22 ноября противник нанёс удар по Украине и запустил 120 беспилотников.\n"
                "По состоянию на утро сбито 98 целей. Во Львове в результате попадания загорелся завод, пострадавших нет."
            ),
            [(["Украине"], [120]), (["Львове"], [])],
        ),
        (
            "uk",
            (
                "Унаслідок атаки постраждали Сумська та Полтавська області."
                " У Кременчуці внаслідок влучання в будинок загинула жінка, ще троє людей поранені."
            ),
            [(["Сумська", "Полтавська"], []), (["Кременчуці"], [])],
        ),
    ],
)
def test_what_a_whole_country_was_attacked_with_did_not_all_hit_one_town(told_in, lang, text, told):
    found = [
        ([p.mention.text for p in d.where], [c.counts.launched for c in d.claims if c.counts.launched is not None])
        for d in told_in(text, lang)
    ]
    assert found == told


@pytest.mark.parametrize(
    ("lang", "text", "shot_down"),
    [
        ("ru", "Средствами ПВО сбито 64 беспилотника. В Черном море уничтожены два безэкипажных катера.", [64, 2]),
        ("uk", "На Гуляйпільському напрямку бойових зіткнень не зафіксовано. Сьогодні наші воїни знешкодили 42 БпЛА.", [42]),
    ],
)
def test_drones_shot_down_over_a_country_are_of_no_sea_and_no_sector(told_in, lang, text, shot_down):
    drafts = told_in(text, lang)
    assert [d.claims[-1].counts.intercepted for d in drafts] == shot_down
    assert drafts[0].where == ()


@pytest.mark.parametrize(
    ("lang", "text", "by"),
    [
        (
            "ru",
            (
                "Губернатор Курской области Александр Хинштейн:\n«Сегодня в Коренево дрон ударил по магазину, ранен продавец."
                " Въезд в район закрыт. По данным областного МЧС, разминирована треть полей. Берегите себя.»"
            ),
            "Хинштейн",
        ),
        (
            "ru",
            (
                "В Энгельсе дрон попал в дом, двое ранены, сообщил губернатор Роман Бусаргин.\n"
                "В Саратове поврежден завод после удара дрона, раненых нет. Аэропорт Гагарин был закрыт до утра, указали в Росавиации."
            ),
            "Бусаргин",
        ),
        (
            "uk",
            (
                "У Сумах дрон влучив у склад, поранено двох людей, повідомив начальник ОВА Олег Григоров.\n"
                "По Конотопу ворог ударив ракетою. Поїзди до Києва змінили маршрут, зазначили в Укрзалізниці."
            ),
            "Григоров",
        ),
    ],
)
def test_who_speaks_of_something_else_does_not_tell_what_came_before(told_in, lang, text, by):
    assert all(by in c.by for d in told_in(text, lang) for c in d.claims)


def test_who_denies_rumours_denies_no_attack(told_in):
    text = "Над Миколаївщиною збили п'ять безпілотників. Окремо Віталій Кім спростував чутки про мінування пляжів."
    [draft] = told_in(text, "uk")
    assert {c.status for c in draft.claims} == {"claimed"}


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("ru", "В Светлодарске дрон ранил мужчину 1965 г. р. В Горловке обстреляна школа.", ["Светлодарске", "Горловке"]),
        ("uk", "У Шостці дрон поранив чоловіка 1979 р. н. У Конотопі обстріляно школу.", ["Шостці", "Конотопі"]),
    ],
)
def test_a_year_of_birth_may_end_a_sentence(told_in, lang, text, places):
    assert [[p.mention.text for p in d.where] for d in told_in(text, lang)] == [[place] for place in places]


def test_fires_that_were_put_out_are_nobody_killed(told_in):
    [draft] = told_in("У Кролевці дрон поцілив у будинок, минулося без постраждалих. Обидві пожежі ліквідовано до ранку.", "uk")
    assert toll(draft, "killed") == [0]


@pytest.mark.parametrize(
    "text",
    [
        "Sea drones hit the tanker Virat near Tuapse on Saturday. The ship was hit by sea drones, a security source said.",
        "Am Samstag traf eine Drohne ein Depot in Tuapse.\n\nDas Depot wurde nach Angaben des Generalstabs von einer Drohne getroffen.",
    ],
)
def test_an_attack_told_again_without_a_place_is_the_one_told_before(told_in, text):
    [draft] = told_in(text, "de" if "Depot" in text else "en")
    assert len(draft.where) == 1


@pytest.mark.parametrize(
    ("lang", "text", "regions"),
    [
        ("en", "Air defences downed 93 of 118 drones, the army said.\n\nThe targets were destroyed over the Sumy and Poltava regions.", 2),
        ("de", "Die Luftabwehr hat 158 Drohnen zerstört.\n\nDrohnen wurden über den Gebieten Kaluga und Tula vernichtet.", 2),
        (
            "en",
            "Ukraine's air force downed 93 drones.\n\nRussia's Defence Ministry said drones were shot down over Kursk and Bryansk regions.",
            0,
        ),
    ],
)
def test_areas_told_after_a_count_are_those_of_the_count(told_in, lang, text, regions):
    count = next(d for d in told_in(text, lang) if d.is_counted)
    assert len(count.where) == regions
