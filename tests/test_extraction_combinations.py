"""Plain sentences of a weapon, a verb and a target, of an event and of who tells it: every combination is read alike."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from mapper.extraction.facts import claimants
from mapper.extraction.facts.nominatives import nominative

NINTH = (dt.date(2024, 11, 21), dt.date(2024, 11, 21))

#: By language: sentences with {0} for the weapon and {1} for the target, weapons with their types, and targets.
STRIKES = {
    "en": (
        [
            "A {0} hit {1} in Sumy on Thursday.",
            "On Thursday evening, a {0} slammed into {1} in Sumy.",
            "A {0} destroyed {1} in Sumy on Thursday.",
            "On Thursday, {1} in Sumy was destroyed by a {0}.",
            "Russian forces attacked {1} in Sumy with a {0} on Thursday.",
            "Two people were killed when a {0} smashed into {1} in Sumy on Thursday.",
            "A fire broke out at {1} in Sumy after a {0} strike on Thursday.",
        ],
        {"drone": "drone_strike", "missile": "missile_strike", "guided bomb": "air_strike"},
        ["a house", "a hospital", "a post office", "a museum", "the port", "a bakery"],
    ),
    "de": (
        [
            "Eine {0} traf am Donnerstag {1} in Sumy.",
            "Eine {0} zerstörte am Donnerstag in Sumy {1}.",
            "In Sumy wurde am Donnerstag {1} durch eine {0} zerstört.",
            "Am Donnerstag brannte in Sumy {1} nach dem Einschlag einer {0}.",
        ],
        {"Drohne": "drone_strike", "Rakete": "missile_strike", "Gleitbombe": "air_strike"},
        ["ein Haus", "eine Schule", "eine Bäckerei", "ein Hotel", "ein Gefechtsstand"],
    ),
    "ru": (
        [
            "{0} ударил по {1} в Сумах в четверг.",
            "В четверг {0} прилетел по {1} в Сумах.",
            "Россияне в четверг применили {0} по {1} в Сумах.",
        ],
        {"беспилотник": "drone_strike", "КАБ": "air_strike"},
        ["больнице", "вокзалу", "рынку", "котельной", "детскому саду"],
    ),
    "uk": (
        [
            "{0} вдарив по {1} у Сумах у четвер.",
            "У четвер {0} прилетів по {1} у Сумах.",
            "Росіяни у четвер застосували {0} по {1} у Сумах.",
        ],
        {"безпілотник": "drone_strike", "КАБ": "air_strike"},
        ["лікарні", "вокзалу", "ринку", "магазину", "котельні"],
    ),
}


@pytest.mark.parametrize(
    ("lang", "frame"), [(lang, frame) for lang, (frames, _, _) in STRIKES.items() for frame in frames], ids=lambda value: value
)
def test_any_weapon_hits_any_target(told_in, lang, frame):
    _, weapons, targets = STRIKES[lang]
    wrong = {}
    for (weapon, kind), target in product(weapons.items(), targets):
        sentence = frame.format(weapon, target)
        drafts = told_in(sentence[0].upper() + sentence[1:], lang)
        told = [(d.type, len(d.where), (d.when.start, d.when.end) if d.when else None) for d in drafts]
        if told != [(kind, 1, NINTH)]:
            wrong[sentence] = told
    assert wrong == {}


#: By language: frames with {0} for who shoots down and {1} for what flies, and both lists.
DEFENCES = {
    "en": (
        [
            "{0} destroyed 16 {1} over Odesa region on Thursday.",
            "{0} took down 16 {1} over Odesa region on Thursday.",
            "{0} eliminated 16 {1} over Odesa region on Thursday.",
            "On Thursday 16 {1} were neutralised by {0} over Odesa region.",
        ],
        ["Air defence", "Air defenders", "The navy's gunners", "Mobile fire groups"],
        ["Shaheds", "air targets", "Geran-2 drones", "cruise missiles", "fixed-wing UAVs"],
    ),
    "uk": (
        ["{0} знищили у четвер 16 {1} над Одеською областю.", "{0} збили у четвер 16 {1} над Одеською областю."],
        ["Сили ППО", "Мобільні вогневі групи"],
        ["шахедів", "повітряних цілей", "ударних БпЛА", "крилатих ракет"],
    ),
    "ru": (
        ["{0} уничтожили в четверг 16 {1} над Брянской областью.", "{0} перехватили в четверг 16 {1} над Брянской областью."],
        ["Силы ПВО", "Дежурные средства ПВО"],
        ["беспилотников", "воздушных целей", "БПЛА самолетного типа", "ракет"],
    ),
    "de": (
        ["{0} schoss am Donnerstag 16 {1} über der Region Odessa ab.", "{0} zerstörte am Donnerstag 16 {1} über der Region Odessa."],
        ["Die Luftabwehr", "Die Luftwaffe"],
        ["Drohnen", "Luftziele", "Marschflugkörper", "Flugobjekte"],
    ),
}


@pytest.mark.parametrize(
    ("lang", "frame"), [(lang, frame) for lang, (frames, _, _) in DEFENCES.items() for frame in frames], ids=lambda value: value
)
def test_anybody_shoots_down_whatever_flies(told_in, lang, frame):
    _, defenders, flying = DEFENCES[lang]
    wrong = {}
    for who, what in product(defenders, flying):
        sentence = frame.format(who if frame.startswith("{0}") else who[0].lower() + who[1:], what)
        told = [(d.type, len(d.where), sum(c.counts.intercepted or 0 for c in d.claims)) for d in told_in(sentence, lang)]
        if told != [("interception", 1, 16)]:
            wrong[sentence] = told
    assert wrong == {}


EVENTS = {
    "en": {
        "Russian forces captured {} on Thursday": "territorial_change",
        "{} fell to Russian forces on Thursday": "territorial_change",
        "Ukrainian troops left {} on Thursday": "territorial_change",
        "Russian infantry tried to storm {} on Thursday": "ground_combat",
        "seven assaults were repelled near {} on Thursday": "ground_combat",
        "a tractor hit a mine near {} on Thursday": "landmine",
        "explosions were heard in {} on Thursday": "explosion",
        "Russian artillery shelled {} on Thursday": "shelling",
    },
    "de": {
        "russische Truppen haben {} am Donnerstag eingenommen": "territorial_change",
        "ukrainische Truppen befreiten am Donnerstag {}": "territorial_change",
        "seit Donnerstag steht {} unter russischer Kontrolle": "territorial_change",
        "bei {} wurde am Donnerstag gekämpft": "ground_combat",
        "russische Artillerie beschoss am Donnerstag {}": "shelling",
    },
}
TOLD = {
    "en": ["{0}, DeepState reported.", "{0}, Syniehubov said.", "{0}, according to the mayor.", "The General Staff: {0}."],
    "de": ["{0}, teilte DeepState mit.", "{0}, sagte Gouverneur Oleh Synjehubow.", "{0}, so der Generalstab."],
}
TOWNS = {"en": ["Huliaipole", "Kupiansk", "Vovchansk"], "de": ["Huljajpole", "Kupjansk", "Wowtschansk"]}


@pytest.mark.parametrize(("lang", "event"), [(lang, event) for lang, events in EVENTS.items() for event in events], ids=lambda value: value)
def test_anybody_tells_anything(told_in, lang, event):
    wrong = {}
    for town, told in product(TOWNS[lang], TOLD[lang]):
        said = event.format(town)
        sentence = told.format(said if ": {0}" in told else said[0].upper() + said[1:])
        drafts = told_in(sentence, lang)
        found = [(d.type, [p.mention.text for p in d.where], all(c.by for c in d.claims)) for d in drafts]
        if found != [(EVENTS[lang][event], [town], True)]:
            wrong[sentence] = found
    assert wrong == {}


#: In the nominative, behind "in" or "at", and in the genitive.
SPEAKERS = {
    "ru": [
        ("Союз фермеров", "Союзе фермеров", "Союза фермеров"),
        ("порт", "порту", "порта"),
        ("судоходная компания", "судоходной компании", "судоходной компании"),
        ("таможня", "таможне", "таможни"),
        ("музей", "музее", "музея"),
        ("комбинат", "комбинате", "комбината"),
    ],
    "uk": [
        ("спілка фермерів", "спілці фермерів", "спілки фермерів"),
        ("порт", "порту", "порту"),
        ("судноплавна компанія", "судноплавній компанії", "судноплавної компанії"),
        ("митниця", "митниці", "митниці"),
        ("музей", "музеї", "музею"),
        ("комбінат", "комбінаті", "комбінату"),
    ],
}
SAID = {
    "ru": [
        "Дрон в пятницу попал в коровник, сообщил {0}.",
        "Дрон попал в коровник, сообщили в {1}.",
        "По данным {2}, дрон попал в коровник.",
    ],
    "uk": [
        "Дрон у п'ятницю влучив у корівник, повідомив {0}.",
        "Дрон влучив у корівник, повідомили в {1}.",
        "За даними {2}, дрон влучив у корівник.",
    ],
}


@pytest.mark.parametrize(("lang", "forms"), [(lang, forms) for lang, speakers in SPEAKERS.items() for forms in speakers])
def test_who_holds_no_office_speaks_too(lang, forms):
    for frame in SAID[lang]:
        said = claimants.find(frame.format(*forms), claimants.Voices(), lang)
        assert said is not None, frame
        assert nominative(said.by, lang) == forms[0]


@pytest.mark.parametrize(
    ("lang", "sentence", "by"),
    [
        ("ru", "Взрывы слышали жители города, сообщает телеграм-канал «Крымский ветер».", "телеграм-канал «Крымский ветер»"),
        ("ru", "Удар пришёлся на порт, рассказали местные рыбаки.", "местные рыбаки"),
        ("ru", "Очевидец рассказал, что дрон попал в дом.", "Очевидец"),
        ("ru", "Повреждён дом, сообщает областная полиция и просит не подходить.", "областная полиция"),
        ("uk", "Серію вибухів чули жителі міста, повідомляє телеграм-канал «Кримський вітер».", "телеграм-канал «Кримський вітер»"),
        ("en", "The head of the region, Syniehubov, said that a drone had hit a house.", "head of the region, Syniehubov"),
        ("en", "Ukrainian troops left the town on Friday, Reuters reported.", "Reuters"),
        ("de", "Wie der Operativstab angab, traf eine Drohne ein Lager.", "Operativstab"),
    ],
)
def test_a_clause_is_nobody(lang, sentence, by):
    said = claimants.find(sentence, claimants.Voices(), lang)
    assert said is not None
    assert said.by == by


@pytest.mark.parametrize("sentence", ["Жертв нет, сообщил.", "Двое раненых, сообщили.", "Врачи, сообщили, спасают его."])
def test_who_is_spoken_of_does_not_speak(sentence):
    assert claimants.find(sentence, claimants.Voices(), "ru") is None
