"""Sentences of Ukrainian, Russian and German reports, and what is read out of each of them."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.extraction.facts import casualties, counts, dates, deeds
from mapper.extraction.wording.numbers import parse
from mapper.extraction.wording.vocabulary import Vocabulary, languages

FRIDAY = dt.date(2024, 11, 22)


def test_all_languages_have_the_same_keys():
    english = Vocabulary.load("en").tables
    assert languages() == ("de", "en", "ru", "uk")
    for lang in languages():
        tables = Vocabulary.load(lang).tables
        assert set(tables) == set(english)
        for name, table in english.items():
            if isinstance(table, dict) and name != "actors":
                assert set(tables[name]) == set(table), (lang, name)


def test_the_taxonomy_has_words_of_every_language(taxonomy):
    for table in (taxonomy.actions, taxonomy.weapons):
        for key, by_lang in table.items():
            assert set(by_lang) == set(languages()), key


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("uk", "двоє", 2),
        ("uk", "п'ятеро", 5),
        ("uk", "п’ятьох", 5),
        ("uk", "двадцять три", 23),
        ("uk", "сто двадцять", 120),
        ("uk", "3 тисячі", 3000),
        ("ru", "тринадцать", 13),
        ("ru", "тридцать пять", 35),
        ("ru", "троих", 3),
        ("ru", "1 тыс", 1000),
        ("de", "zwölf", 12),
        ("de", "zweiundzwanzig", 22),
        ("de", "ein Dutzend", 12),
        ("de", "1.200", 1200),
    ],
)
def test_numerals(lang, text, number):
    assert parse(text, lang).best == number


@pytest.mark.parametrize(
    ("lang", "text", "killed", "injured"),
    [
        ("uk", "внаслідок удару загинули двоє людей, ще 12 поранено", 2, 12),
        ("uk", "загинуло 2 людини", 2, None),
        ("uk", "Поранення дістали п'ятеро людей, серед них двоє дітей", None, 5),
        ("uk", "без жертв і постраждалих", 0, 0),
        ("uk", "Постраждалих, на щастя, немає", 0, 0),
        ("uk", "загинув 45-річний чоловік, ще троє поранені", 1, 3),
        ("uk", "поранено 62-річну жінку", None, 1),
        ("uk", "травми отримали четверо рятувальників", None, 4),
        ("uk", "кількість постраждалих зросла до 15", None, 15),
        ("uk", "Одна людина загинула, семеро госпіталізовані", 1, 7),
        ("uk", "ворог убив двох і поранив ще п'ятьох жителів області", 2, 5),
        ("uk", "вбито двох мирних мешканців, поранено трьох", 2, 3),
        ("uk", "рятувальники врятували 12 людей", None, None),
        ("uk", "Пошкоджено 12 будинків, постраждали двоє", None, 2),
        ("uk", "загинула мати з сином, ще семеро людей травмовані", 2, 7),
        ("uk", "Водій, громадянин Молдови, загинув на місці", 1, None),
        ("uk", "Він дістав вибухову травму", None, 1),
        ("uk", "Про загиблих чи поранених інформація не надходила", 0, 0),
        ("uk", "До 33 зросла кількість загиблих", 33, None),
        ("uk", "спалив автомобіль волонтерів, двоє з них загинули, третій важкопоранений", 2, 1),
        ("uk", "обійшлося без загиблих", 0, None),
        ("ru", "спасатели нашли под завалами тело мужчины", 1, None),
        ("ru", "жертв нет", 0, None),
        ("de", "In Cherson erlag ein 62-Jähriger seinen Verletzungen", 1, None),
        ("en", "injuring more than 270. Eighteen of the injured were children", None, 271),
        ("en", "Three passengers, all women, were taken to hospital", None, 3),
        ("ru", "двое погибли", 2, None),
        ("ru", "пострадали 12 человек", None, 12),
        ("ru", "пятеро раненых", None, 5),
        ("ru", "Погибли три человека, среди них ребёнок, ещё семеро ранены", 3, 7),
        ("ru", "ранения получили две женщины", None, 2),
        ("ru", "Погиб мирный житель", 1, None),
        ("ru", "число погибших возросло до четырёх", 4, None),
        ("ru", "пострадавших нет", 0, 0),
        ("ru", "По предварительной информации, обошлось без пострадавших", 0, 0),
        ("ru", "В результате атаки погибла женщина, её муж ранен", 1, 1),
        ("ru", "получил осколочные ранения мужчина", None, 1),
        ("ru", "Среди пострадавших двое детей", None, None),
        ("de", "sind mindestens zwei Menschen getötet und 12 verletzt worden", 2, 12),
        ("de", "Dabei kamen drei Menschen ums Leben, sieben weitere wurden verletzt", 3, 7),
        ("de", "Ein 60-jähriger Mann wurde getötet", 1, None),
        ("uk", "Загинули двоє чоловіків та жінка, ще троє людей дістали поранення", 3, 3),
        ("uk", "Поранено чоловіків 44 та 58 років", None, 2),
        ("uk", "Кількість загиблих зросла до шести, поранених — до 21", 6, 21),
        ("uk", "П'ятеро людей зазнали гострої реакції на стрес", None, 5),
        ("ru", "Ранены водитель и три пассажирки", None, 4),
        ("ru", "Погибли двое мужчин и женщина, ещё четыре человека пострадали", 3, 4),
        ("ru", "Мужчину с минно-взрывной травмой доставили в больницу", None, 1),
        ("ru", "К счастью, никто не пострадал", 0, 0),
        ("de", "Es gab zwei Tote und elf Verletzte", 2, 11),
        ("de", "Mindestens 20 Menschen wurden verletzt, darunter drei Kinder", None, 20),
        ("de", "Verletzte gab es demnach nicht", 0, 0),
        ("de", "tötete vier Menschen und verletzte neun", 4, 9),
        ("de", "Die Zahl der Toten stieg auf 14", 14, None),
        ("de", "Eine Frau starb, ihr Mann erlitt schwere Verletzungen", 1, 1),
        ("en", "Six people, among them two children, were wounded", None, 6),
        ("en", "The strike killed 30 people, a figure later revised to 34", 34, None),
        ("en", "one person was killed and eight others injured", 1, 8),
        ("en", "leaving three dead and 14 wounded", 3, 14),
        ("en", "claimed the lives of five people", 5, None),
        ("en", "Two children were among the injured", None, None),
        ("en", "without causing casualties", 0, 0),
        ("en", "the number of injured rose from 12 to 17", None, 17),
        ("de", "Drei Verletzte nach Drohnenangriff auf Odessa.", None, 3),
        ("de", "Ein Ehepaar ist durch russische Drohnen getötet worden.", 2, None),
        ("de", "Ein Junge erlitt Brandwunden, zwei Erwachsene wurden leicht verletzt.", None, 3),
        ("de", "Zwei Menschen kamen ums Leben, drei liegen im Krankenhaus.", 2, 3),
        ("de", "Am Abend stieg die Zahl der Toten auf drei, 26 Menschen sind verletzt.", 3, 26),
        ("de", "Retter bargen die Leiche eines Mannes aus einem zerstörten Haus.", 1, None),
        ("de", "Die Leichen zweier Männer wurden unter den Trümmern entdeckt.", 2, None),
        ("de", "Zu Personenschäden kam es nicht.", 0, 0),
        ("de", "Das fünfte Opfer war eine Frau.", 1, None),
        ("de", "Verletzt wurden Männer von 31 und 44 Jahren.", None, 2),
        ("de", "Eine FPV-Drohne verletzte zwei Angestellte.", None, 2),
    ],
)
def test_casualties(lang, text, killed, injured):
    found = casualties.find(text, lang)
    assert (found.killed.low, found.injured.low) == (killed, injured)


@pytest.mark.parametrize(
    ("lang", "text", "launched", "intercepted"),
    [
        ("uk", "Сили ППО збили 50 із 70 дронів", 70, 50),
        ("uk", "Противник атакував 70 ударними БпЛА типу Shahed, 48 із них збито", 70, 48),
        ("uk", "випустив по Харкову чотири ракети С-300", 4, None),
        ("uk", "Знищено 23 ворожі безпілотники", None, 23),
        ("uk", "13 шахедів знешкоджено над областю", None, 13),
        ("ru", "уничтожены и перехвачены 23 украинских БПЛА", None, 23),
        ("ru", "За ночь сбито 102 беспилотника", None, 102),
        ("ru", "Дежурными средствами ПВО уничтожено девять украинских беспилотников самолётного типа", None, 9),
        ("ru", "ВСУ запустили шесть ракет ATACMS, пять из них сбиты", 6, 5),
        ("ru", "14 БПЛА сбиты над Брянской областью, шесть — над Калужской и два — над Московским регионом", None, 22),
        ("ru", "24 БПЛА уничтожены, в том числе шесть над Калугой", None, 24),
        ("ru", "Из 90 запущенных дронов ПВО сбила 71", 90, 71),
        ("ru", "сообщили о 62 сбитых и подавленных дронах из 80", 80, 62),
        ("uk", "П'ятеро прикордонників загинули внаслідок ракетного удару", None, None),
        ("de", "Die Flugabwehr schoss 50 von 70 Drohnen ab", 70, 50),
        ("de", "In der Nacht seien 23 ukrainische Drohnen abgefangen worden", None, 23),
        ("de", "Russland griff die Ukraine mit 80 Drohnen an, 60 davon seien abgeschossen worden", 80, 60),
        ("de", "feuerte zwölf Raketen auf Odessa ab", 12, None),
        ("en", "Russia attacked Ukraine with 80 drones and two missiles", 82, None),
        ("uk", "противник атакував 142-ма БпЛА з Курська, а також п'ятьма ракетами «Іскандер-М»", 147, None),
        ("ru", "Сбить удалось 478 целей", None, 478),
        ("de", "Die russische Seite sprach von 74 abgewehrten ukrainischen Drohnen", None, 74),
        ("de", "eine Drohne hatte einen Sprengsatz abgeworfen", None, None),
        ("en", "Of the 80 drones launched, 60 were shot down", 80, 60),
        ("en", "70 drones were launched overnight, of which 44 were intercepted", 70, 44),
    ],
)
def test_counts(lang, text, launched, intercepted):
    found = counts.find(text, lang)
    assert (found.launched, found.intercepted) == (launched, intercepted)


@pytest.mark.parametrize(
    ("lang", "text", "start", "end", "precision"),
    [
        ("uk", "в ніч на 22 листопада", "2024-11-21", "2024-11-22", "night"),
        ("uk", "у ніч з 20 на 21 листопада", "2024-11-20", "2024-11-21", "night"),
        ("uk", "у ніч на п'ятницю", "2024-11-21", "2024-11-22", "night"),
        ("uk", "минулої доби", "2024-11-21", "2024-11-22", "range"),
        ("uk", "вчора ввечері", "2024-11-21", "2024-11-21", "day"),
        ("uk", "у четвер, 21 листопада, близько 16:30", "2024-11-21", "2024-11-21", "day"),
        ("uk", "вранці 20 листопада", "2024-11-20", "2024-11-20", "day"),
        ("ru", "вчера вечером", "2024-11-21", "2024-11-21", "day"),
        ("ru", "в ночь на пятницу", "2024-11-21", "2024-11-22", "night"),
        ("ru", "минувшей ночью", "2024-11-21", "2024-11-22", "night"),
        ("ru", "за прошедшие сутки", "2024-11-21", "2024-11-22", "range"),
        ("ru", "в среду утром", "2024-11-20", "2024-11-20", "day"),
        ("ru", "с 23.00 мск 20 ноября до 6.00 мск 21 ноября", "2024-11-20", "2024-11-21", "night"),
        ("ru", "21.11.2024 около 14:00", "2024-11-21", "2024-11-21", "day"),
        ("de", "in der Nacht zu Freitag", "2024-11-21", "2024-11-22", "night"),
        ("de", "in der Nacht zum 22. November", "2024-11-21", "2024-11-22", "night"),
        ("de", "am Donnerstagabend", "2024-11-21", "2024-11-21", "day"),
        ("de", "in der Donnerstagnacht", "2024-11-21", "2024-11-22", "night"),
        ("de", "am 20. November", "2024-11-20", "2024-11-20", "day"),
        ("de", "in den vergangenen 24 Stunden", "2024-11-21", "2024-11-22", "range"),
        ("en", "in the 24 hours to 6 a.m.", "2024-11-21", "2024-11-22", "range"),
        ("en", "The minister on Friday confirmed that Tuesday's attack killed two", "2024-11-19", "2024-11-19", "day"),
        ("en", "on Thursday evening", "2024-11-21", "2024-11-21", "day"),
        ("en", "between 19 and 21 November", "2024-11-19", "2024-11-21", "range"),
    ],
)
def test_dates(lang, text, start, end, precision):
    when = dates.find(text, FRIDAY, lang)
    assert (str(when.start), str(when.end), when.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("uk", "Росіяни вдарили по місту ракетами С-300.", "missile_strike"),
        ("uk", "Ворог скинув три КАБи на житловий квартал.", "air_strike"),
        ("uk", "Безпілотник влучив у приватний будинок.", "drone_strike"),
        ("uk", "Окупанти з артилерії обстріляли село.", "shelling"),
        ("uk", "Чоловік підірвався на міні.", "landmine"),
        ("uk", "У місті пролунали вибухи.", "explosion"),
        ("uk", "Відбулося 45 бойових зіткнень.", "ground_combat"),
        ("uk", "Російські війська окупували село.", "territorial_change"),
        ("uk", "Партизани підірвали залізничну колію.", "sabotage"),
        ("uk", "Знищено 12 «Шахедів» над областю.", "interception"),
        ("ru", "Дрон атаковал легковой автомобиль.", "drone_strike"),
        ("ru", "ВСУ нанесли ракетный удар по заводу.", "missile_strike"),
        ("ru", "Село попало под миномётный обстрел.", "shelling"),
        ("ru", "Силы ПВО сбили пять беспилотников.", "interception"),
        ("ru", "Войска освободили посёлок Новый.", "territorial_change"),
        ("ru", "Неизвестные подожгли релейный шкаф.", "sabotage"),
        ("ru", "В городе прогремел взрыв.", "explosion"),
        ("ru", "Трактор подорвался на мине.", "landmine"),
        ("de", "Eine Drohne traf einen Bus.", "drone_strike"),
        ("de", "Russland beschoss die Stadt mit Artillerie.", "shelling"),
        ("de", "Bei einem Raketenangriff wurde ein Wohnhaus zerstört.", "missile_strike"),
        ("de", "Gleitbomben schlugen in einem Wohnviertel ein.", "air_strike"),
        ("de", "Die Flugabwehr schoss zwölf Drohnen ab.", "interception"),
        ("de", "Russische Truppen eroberten das Dorf.", "territorial_change"),
        ("de", "In der Stadt waren Explosionen zu hören.", "explosion"),
        ("de", "Ein Auto fuhr auf eine Mine.", "landmine"),
        ("de", "Ein Landwirt fährt mit seinem Traktor auf eine Panzermine.", "landmine"),
        ("de", "Eine Drohne greift am Vormittag ein Auto an.", "drone_strike"),
        ("de", "Eine Bombe schlug in einem Wohnhaus ein.", "air_strike"),
        ("de", "In der Stadt dauern die Strassenkämpfe an.", "ground_combat"),
        ("de", "Im Hafen wurden drei unbemannte Boote zerstört.", "interception"),
        ("de", "Wenn Russland das Stromnetz mit Raketen angreift, wird es eng.", None),
        ("uk", "Росія може завдати удару по енергетиці.", None),
        ("uk", "Ударів по місту не зафіксовано.", None),
        ("uk", "Якби їх було більше, Суми не зазнали б таких ударів.", None),
        ("uk", "На випадок удару по мосту відпрацьовували евакуацію.", None),
        ("uk", "Дрони СБУ вразили завод.", "drone_strike"),
        ("uk", "Загарбники намагалися вклинитися в оборону.", "ground_combat"),
        ("ru", "По легенде учений, беспилотник упал на нефтебазу.", None),
        ("ru", "Из-за падения обломков сбитых беспилотников ранены 16 человек.", "drone_strike"),
        ("de", "Ein Angriff auf einen Nato-Staat würde beantwortet.", None),
        ("de", "Sollten die Gespräche scheitern, drohten neue Angriffe auf Odessa.", None),
        ("en", "A ceasefire would bar strikes on energy sites.", None),
        ("en", "Marines repelled nine assaults near the village.", "ground_combat"),
        ("uk", "Хакерська атака на банк тривала добу.", None),
        ("ru", "Россия готова нанести удар.", None),
        ("ru", "Взрывов в городе не было.", None),
        ("ru", "США поставят Польше 200 ракет.", None),
        ("de", "Deutschland liefert der Ukraine weitere Drohnen.", None),
        ("de", "Kiew warnt vor einem neuen russischen Angriff.", None),
        ("de", "Die Beschäftigten treten in den Streik.", None),
        ("en", "Ukrainian troops withdrew from the village of Umanske, the monitoring group said.", "territorial_change"),
        ("de", "Die Armee hat sich aus Wuhledar zurückgezogen, teilte der Generalstab mit.", "territorial_change"),
        ("ru", "Войска отошли из Угледара, сообщили в Генштабе.", "territorial_change"),
        ("uk", "Військові відійшли з Вугледара, повідомив Генштаб.", "territorial_change"),
        ("uk", "У будинку вибило вікна, повідомив мер.", None),
        ("uk", "Дві «Герані» продірявили котельню в Сумах.", "drone_strike"),
        ("uk", "Плануюча бомба розчахнула двоповерхівку.", "air_strike"),
        ("uk", "У Львові вибухнув скандал навколо будівництва.", None),
        ("uk", "Перехоплено партію кокаїну в порту Одеси.", None),
        ("uk", "У Бердянську вибухнув автомобіль колаборанта.", "sabotage"),
        ("uk", "Не вірте чуткам про ракетний удар по Полтаві.", None),
        ("uk", "Росіяни поширюють фейк про наступ, а тим часом дрон убив жінку.", "drone_strike"),
        ("uk", "У Вилковому обійшлося без влучань.", None),
        ("uk", "Уражено пункт управління БпЛА.", "strike"),
        ("uk", "Сили оборони відкинули противника поблизу Кучерового Яру.", "territorial_change"),
        ("uk", "Уточнено лінію зіткнення біля Вербового.", None),
        ("uk", "Противник тисне біля Заріччя.", "ground_combat"),
        ("uk", "У Семенівці — 7 вибухів (FPV-дрони).", "drone_strike"),
        ("de", "Kramatorsk ist eine der letzten Großstädte der Region unter ukrainischer Kontrolle.", None),
        ("de", "Pokrowsk ist nun vollständig unter russischer Kontrolle.", "territorial_change"),
        ("de", "Moskau warf Kiew vor, in der Nacht eine Gasstation mit Drohnen angegriffen zu haben.", "drone_strike"),
        ("de", "Beide Seiten warfen sich gegenseitig vor, am Montag Städte angegriffen zu haben.", None),
        ("de", "Die Marine versenkte mit Seedrohnen ein Landungsschiff.", "naval_attack"),
        ("de", "Die Schwarzmeerflotte zerstörte drei unbemannte Boote.", "interception"),
    ],
)
def test_deeds(taxonomy, lang, text, kind):
    found = deeds.find(text, taxonomy, lang)
    assert (found.type if found else None) == kind


def test_a_corrected_figure_wins_and_the_earlier_one_stays_a_claim(told):
    [draft] = told("A missile strike on Sumy killed 30 people, a figure later revised to 34, the mayor said on Friday.")
    assert [(c.casualties.killed.best, c.status, c.superseded) for c in draft.claims] == [
        (30, "retracted", frozenset({"killed", "injured"})),
        (34, "claimed", frozenset()),
    ]


def test_a_risen_toll_counts_and_the_earlier_one_stays(told):
    text = "A missile hit a hospital in Sumy, killing at least four people, the mayor said. The death toll has risen to seven, police said."
    [draft] = told(text)
    assert [(c.by, c.casualties.killed.low, sorted(c.superseded)) for c in draft.claims] == [("mayor", 4, ["killed"]), ("police", 7, [])]


def test_debris_is_of_the_weapon_told_before(told):
    text = "Air defences shot down 12 drones over the Rostov region overnight. Debris damaged a warehouse in Taganrog, the governor said."
    assert [d.type for d in told(text)] == ["interception", "drone_strike"]
