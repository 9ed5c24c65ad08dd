"""The time of what tells none of its own: that of its paragraph, of the report as a whole, or of the title."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.extraction.facts import dates
from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.sources import Article

FRIDAY = dt.date(2024, 11, 22)
DAY, NIGHT, PAST_DAY = ("2024-11-22", "2024-11-22"), ("2024-11-21", "2024-11-22"), ("2024-11-21", "2024-11-22")


@pytest.fixture(scope="session")
def times_of(gazetteer, taxonomy):
    """Give place and days of each incident of an article of Friday, 22 November 2024."""

    def read(text: str, title: str = "", lang: str = "en"):
        article = Article("article.txt", text, published=FRIDAY, lang=lang, title=title)
        drafts = reading.extract(article, toponyms.find(text, gazetteer, lang), taxonomy)
        return {
            draft.where[0].mention.text: (str(draft.when.start), str(draft.when.end)) if draft.when else DAY
            for draft in drafts
            if draft.where and "background" not in draft.tags
        }

    return read


def test_a_title_of_a_night_or_of_the_past_day_holds_below_it(times_of):
    text = "A drone hit a depot in Sumy.\n\nIn Nikopol, two people were wounded by artillery fire."
    assert times_of(text, "Overnight attack: what is known") == {"Sumy": NIGHT, "Nikopol": DAY}
    assert times_of(text, "Five killed across Ukraine over the past day") == {"Sumy": PAST_DAY, "Nikopol": PAST_DAY}
    assert times_of(text, "Ukraine: what is known") == {"Sumy": DAY, "Nikopol": DAY}


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "How the night went"), ("de", "Die Nacht in Zahlen"), ("uk", "Суми: що накоїла ніч"), ("ru", "Итоги ночи")]
)
def test_a_title_that_speaks_of_the_night_holds_for_what_came_by_air(times_of, lang, title):
    text = {"en": "A drone hit a depot in Sumy.", "de": "Eine Drohne traf ein Depot in Sumy.", "ru": "Дрон ударил по депо в Сумах."}
    assert set(times_of(text.get(lang, "Дрон влучив у депо в Сумах."), title, lang).values()) == {NIGHT}


def test_a_situation_on_a_day_is_of_that_day_and_one_at_an_hour_of_the_day_up_to_then(times_of):
    text = "Nikopol: Artilleriebeschuss, ein Verletzter."
    assert times_of(text, "Lage am 21. November", "de")["Nikopol"] == ("2024-11-21", "2024-11-21")
    assert times_of(text, "Lage am 22. November, 8 Uhr", "de")["Nikopol"] == PAST_DAY


def test_what_introduces_a_list_and_what_sums_up_say_when_more_than_a_greeting(times_of):
    told = "\n\nLyman: artillery, one killed.\n\nSiversk: two aerial bombs on a house, two wounded."
    assert set(times_of("Five dead in a day, wrote the governor. His list for 21 November by town:" + told).values()) == {
        ("2024-11-21", "2024-11-21")
    }
    assert set(times_of("Terrible news this morning. Over the past day, this was done to us:" + told).values()) == {PAST_DAY}


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("en", "On Thursday, a dozen communities came under fire.\n\nHlukhiv was shelled with artillery.", "Hlukhiv"),
        ("uk", "Учора під вогнем були сім громад області.\n\nГлухів обстріляли з артилерії.", "Глухів"),
        ("ru", "Вчера под удары попали несколько муниципалитетов.\n\nПо селу Муром был обстрел.", "Муром"),
        ("de", "Am Donnerstag wurden zwölf Gemeinden beschossen.\n\nIn Hluchiw schlugen Artilleriegranaten ein.", "Hluchiw"),
    ],
)
def test_a_day_on_which_places_without_a_name_were_hit_is_that_of_those_named_next(times_of, lang, text, places):
    assert times_of(text, lang=lang) == {places: ("2024-11-21", "2024-11-21")}


@pytest.mark.parametrize(
    ("lang", "lead", "rest"),
    [
        ("en", "Russia struck several cities across Ukraine {}.", "In Nikopol, shells hurt a man."),
        ("en", "Ukraine came under another massive attack {}.", "In Nikopol, shells hurt a man."),
        ("de", "Drei Gebiete der Ukraine waren {} Ziel russischer Angriffe.", "In Nikopol wurde ein Mann durch Granaten verletzt."),
        (
            "de",
            "Im Süden der Ukraine kamen {} bei russischen Angriffen drei Menschen ums Leben.",
            "In Nikopol starb ein Mann durch Granaten.",
        ),
        ("uk", "Кілька областей України {} зазнали атак.", "У Нікополі внаслідок артобстрілу поранено чоловіка."),
        ("uk", "{} у трьох областях України є загиблі й поранені.", "У Нікополі внаслідок артобстрілу поранено чоловіка."),
        ("ru", "Россия {} атаковала несколько городов Украины.", "В Никополе при артобстреле ранен мужчина."),
        ("ru", "На юге Украины {} из-за российских атак погибли три человека.", "В Никополе при артобстреле ранен мужчина."),
    ],
)
def test_attacks_on_a_country_that_a_report_opens_with_say_when_each_of_them_was(times_of, lang, lead, rest):
    said = {"en": "on Thursday", "de": "am Donnerstag", "uk": "учора", "ru": "вчера"}
    told = times_of(f"{lead.format(said[lang])}\n\n{rest}", lang=lang)
    assert [when for place, when in told.items() if place.startswith(("Nik", "Нік", "Ник"))] == [("2024-11-21", "2024-11-21")]


def test_what_flew_in_a_night_over_a_country_or_was_done_abroad_is_no_time_of_shelling(times_of):
    assert times_of("Russia attacked Ukraine with drones overnight.\n\nIn Nikopol, shells hurt a man.")["Nikopol"] == DAY
    assert times_of("Drones fell in Romania on Thursday.\n\nIn Nikopol, shells hurt a man.")["Nikopol"] == DAY


def test_an_hour_in_a_new_paragraph_is_of_the_day_of_the_title_and_not_of_another_told_before(times_of):
    text = "A raid on Horlivka on the evening of 20 November injured four.\n\nNear Berdiansk, an explosion was heard at 5 a.m."
    assert times_of(text, "What the officials reported on Thursday")["Berdiansk"] == ("2024-11-21", "2024-11-21")


def test_the_time_told_before_is_that_of_the_same_night_and_of_an_hour_later(times_of):
    text = "Am Abend des 20. November traf eine Drohne ein Haus in Sumy. In derselben Nacht schlug eine Rakete in Poltawa ein."
    assert times_of(text, lang="de")["Poltawa"] == ("2024-11-20", "2024-11-21")
    text = "20 листопада дрон влучив у будинок у Сумах.\n\nГодиною пізніше поблизу Охтирки дрон ударив по автівці."
    assert times_of(text, lang="uk")["Охтирки"] == ("2024-11-20", "2024-11-20")
    text = "Drones hit Odesa overnight.\n\nIn Mykolaiv, blasts were heard around 3 a.m."
    assert times_of(text) == {"Odesa": NIGHT, "Mykolaiv": DAY}
    assert times_of(text.replace("around 3 a.m.", "at 12 p.m.")) == {"Odesa": NIGHT, "Mykolaiv": DAY}


def test_a_closing_summary_dates_what_stands_before_it_only_if_it_sums_up_all(times_of):
    told = "A drone hit a car in Lyman.\n\nA man was wounded by a mortar shell in Siversk.\n\n"
    assert set(times_of(told + "In total, over the past day the region was shelled 38 times.").values()) == {PAST_DAY}
    assert times_of(told + "Over the past day, the Pokrovsk district was shelled five times.")["Lyman"] == DAY


def test_the_day_on_which_somebody_spoke_is_no_time_of_the_event(times_of):
    text = "Drones struck Odesa overnight. In Kherson region, a drone hit a bus in Beryslav, the governor said on Friday."
    assert times_of(text)["Beryslav"] == NIGHT


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("en", "It happened over the weekend.", "2024-11-16", "2024-11-17"),
        ("en", "Nikopol was shelled all night.", "2024-11-21", "2024-11-22"),
        ("en", "Pavlohrad had another restless night.", "2024-11-21", "2024-11-22"),
        ("en", "A missile struck shortly before midnight.", "2024-11-21", "2024-11-21"),
        ("de", "Am Wochenende schlug eine Rakete ein.", "2024-11-16", "2024-11-17"),
        ("de", "In der zurückliegenden Nacht schlug eine Rakete ein.", "2024-11-21", "2024-11-22"),
        ("de", "Im Lauf der letzten 24 Stunden schlug eine Rakete ein.", "2024-11-21", "2024-11-22"),
        ("uk", "З ранку 20 листопада до ранку 21 листопада обстріляли 33 села.", "2024-11-20", "2024-11-21"),
        ("ru", "С утра 20 ноября до утра 21 ноября обстреляны 33 села.", "2024-11-20", "2024-11-21"),
        ("en", "As of 08:00 on November 22, 167 clashes took place over the past 24 hours.", "2024-11-21", "2024-11-22"),
        ("ru", "Обстановка на 8:00 22 ноября за прошедшие сутки выглядела так.", "2024-11-21", "2024-11-22"),
        ("en", "Between 8 p.m. Tuesday and 7 a.m. Wednesday, 30 drones were shot down.", "2024-11-19", "2024-11-20"),
        ("en", "From the evening of 19 November to the morning of the 20th, 30 drones were shot down.", "2024-11-19", "2024-11-20"),
        ("uk", "З ранку 19 до ранку 20 листопада обстріляли 33 села.", "2024-11-19", "2024-11-20"),
        ("uk", "Упродовж ночі на 20 листопада збито сім дронів.", "2024-11-19", "2024-11-20"),
        ("uk", "У четвер дрони втретє за тиждень вдарили по Ізмаїлу.", "2024-11-21", "2024-11-21"),
        ("ru", "С вечера 21 ноября Россия запустила 142 беспилотника.", "2024-11-21", "2024-11-22"),
        ("de", "Vom späten Dienstagabend bis zum frühen Mittwochmorgen griffen Drohnen an.", "2024-11-19", "2024-11-20"),
        ("de", "Die Angriffswelle vom Donnerstagmorgen traf auch Sumy.", "2024-11-21", "2024-11-21"),
        ("de", "Seit dem Vorabend brennt nach einem Treffer ein Lager.", "2024-11-21", "2024-11-21"),
        ("de", "In den 24 Stunden bis Mittwoch, 8 Uhr, sind drei Menschen verletzt worden.", "2024-11-19", "2024-11-20"),
        ("ru", "Ночь на 20-е: дрон ударил по депо.", "2024-11-19", "2024-11-20"),
        ("ru", "С утра 12 дронов сбиты.", "2024-11-22", "2024-11-22"),
        ("de", "Die Bilanz des Vortags: eine Drohne traf ein Haus.", "2024-11-21", "2024-11-21"),
        ("de", "Vom Donnerstag auf den Freitag traf eine Drohne ein Haus.", "2024-11-21", "2024-11-22"),
        ("de", "Am 21.11.24 traf eine Drohne ein Haus.", "2024-11-21", "2024-11-21"),
        ("de", "In der Freitagnacht traf eine Drohne ein Haus.", "2024-11-22", "2024-11-22"),
        ("en", "From Thursday night to Friday morning, drones hit a house.", "2024-11-21", "2024-11-22"),
        ("en", "During the day on Thursday, drones hit a house.", "2024-11-21", "2024-11-21"),
        ("en", "On the 20th of this month, drones hit a house.", "2024-11-20", "2024-11-20"),
        ("uk", "Уночі проти 21 листопада дрон влучив у будинок.", "2024-11-20", "2024-11-21"),
        ("uk", "З учорашнього вечора дрони били по місту.", "2024-11-21", "2024-11-22"),
        ("ru", "20 числа дрон ударил по дому.", "2024-11-20", "2024-11-20"),
    ],
)
def test_days_that_are_told_otherwise(lang, text, start, end):
    when = dates.find(text, FRIDAY, lang)
    assert (str(when.start), str(when.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Russian drones attacked the Black Sea port of Odesa.", ["Odesa"]),
        ("Naval drones struck two tankers in the Black Sea.", ["Black Sea"]),
        ("A bus was hit by a drone in the Donetsk People's Republic.", ["Donetsk"]),
        ("As delegations met in Istanbul, a drone hit a market in Nikopol.", ["Nikopol"]),
        ("As Ukrinform reported, the enemy shelled Kherson.", []),
        ("If Moscow targets gas facilities again, Kyiv could be left without heating.", []),
    ],
)
def test_what_is_told_beside_an_event_is_no_place_of_it(times_of, text, places):
    assert list(times_of(text)) == places


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("en", "A drone hit a house in Sumy in the early hours of Friday.", DAY),
        ("en", "A woman hurt in the shelling of Kherson on 20 November died in hospital on Friday.", ("2024-11-20", "2024-11-20")),
        ("en", "Rescuers found a body in Dnipro on Friday, a day after the missile strike on the city.", ("2024-11-21", "2024-11-21")),
        ("de", "Am 20. November traf eine Drohne ein Haus in Sumy.", ("2024-11-20", "2024-11-20")),
        ("ru", "Жертвами субботнего удара КАБ по Харькову стали шесть человек.", ("2024-11-16", "2024-11-16")),
        ("uk", "У лікарні помер чоловік, поранений внаслідок удару дрона по Нікополю в середу.", ("2024-11-20", "2024-11-20")),
    ],
)
def test_the_time_of_an_event_is_heard_before_that_of_what_it_led_to(times_of, lang, text, days):
    assert set(times_of(text, lang=lang).values()) == {days}


def test_a_day_may_be_counted_from_the_one_told_before(times_of):
    text = "A missile hit Kharkiv on Wednesday. The next day, a drone hit a bus in Sumy. Hours later, Nikopol was shelled."
    told = {"Kharkiv": ("2024-11-20", "2024-11-20"), "Sumy": ("2024-11-21", "2024-11-21"), "Nikopol": ("2024-11-21", "2024-11-21")}
    assert times_of(text) == told


def test_what_follows_a_night_does_not_end_it(times_of):
    text = "Drones attacked Odesa overnight. The fire was extinguished on Friday morning.\n\nIn Izmail, a drone damaged a warehouse."
    assert times_of(text) == {"Odesa": NIGHT, "Izmail": NIGHT}


def test_a_strike_is_of_the_day_that_the_next_paragraph_tells(times_of):
    text = "A second man has died after a drone strike on a bus in Murom, the governor said on Friday.\n\nThe bus was hit on Thursday."
    assert times_of(text) == {"Murom": ("2024-11-21", "2024-11-21")}


def test_a_bulletin_of_an_evening_is_of_its_day(times_of):
    text = "Artillery hit a house in Nikopol.\n\nA drone hit a depot in Sumy."
    assert set(times_of(text, "Operational information as of 22:00, 21 November 2024").values()) == {("2024-11-21", "2024-11-21")}
    assert set(times_of(text, "Operational information as of 08:00, 22 November 2024").values()) == {PAST_DAY}


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("en", "Last night, November 22, drones struck a plant in Kotovsk.", "Kotovsk"),
        ("uk", "Вночі, 22 листопада, дрони вдарили по Києву.", "Києву"),
        ("ru", "Ночью 22 ноября дроны ударили по Киеву.", "Киеву"),
        ("en", "From 09:00 yesterday to 07:00 today, 52 drones were shot down over Kursk.", "Kursk"),
        ("de", "Von 9 Uhr gestern bis 7 Uhr heute wurden über Kursk 52 Drohnen abgeschossen.", "Kursk"),
    ],
)
def test_a_night_with_its_date_is_that_into_it(times_of, lang, text, place):
    assert times_of(text, lang=lang) == {place: NIGHT}


def test_the_evening_of_the_day_before_goes_on_in_the_next_paragraph(times_of):
    text = (
        "On the afternoon of November 21, a drone hit a farm in Horodnia.\n\nIn the evening, a drone hit an enterprise in Nizhyn.\n\n"
        "In the morning, Chernihiv was shelled."
    )
    before = ("2024-11-21", "2024-11-21")
    assert times_of(text) == {"Horodnia": before, "Nizhyn": before, "Chernihiv": DAY}


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("en", "During the night and at dawn on 22 November, 16 drones were shot down over Kursk.", "Kursk"),
        ("uk", "Уночі та на світанку 22 листопада дрони били по Києву.", "Києву"),
        ("ru", "Ночью и утром 22 ноября дроны били по Киеву.", "Киеву"),
        ("de", "In der Nacht und im Morgengrauen des 22. November wurden über Kursk 16 Drohnen abgeschossen.", "Kursk"),
    ],
)
def test_a_night_that_goes_on_into_the_morning_of_a_date_is_that_before_it(times_of, lang, text, place):
    assert times_of(text, lang=lang) == {place: NIGHT}


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("uk", "У ніч на 20.11 дрони влучили в завод у Сумах.", ("2024-11-19", "2024-11-20")),
        ("uk", "Дрони влучили в завод у Сумах у ніч на 20.11.", ("2024-11-19", "2024-11-20")),
        ("ru", "Вечером 20.11 дрон попал в завод в Сумах.", ("2024-11-20", "2024-11-20")),
        ("en", "On 20/11/2024 a drone hit a plant in Sumy.", ("2024-11-20", "2024-11-20")),
        ("uk", "Станом на 10.11 у Сумах поранено двох людей внаслідок удару дрона.", DAY),  # an hour
        ("en", "Sumy region: 20 November, 06:00 – 21 November, 06:00\n\nSumy: A drone hit a plant.", ("2024-11-20", "2024-11-21")),
        ("en", "Sumy region, 20 November, 6 a.m., to 21 November, 6 a.m.\n\nSumy: A drone hit a plant.", ("2024-11-20", "2024-11-21")),
    ],
)
def test_days_in_figures(times_of, lang, text, days):
    assert set(times_of(text, lang=lang).values()) == {days}


@pytest.mark.parametrize(
    ("lang", "text", "place", "days"),
    [
        ("uk", "Посеред ночі безпілотник влучив у школу в Сумах.", "Сумах", NIGHT),
        ("uk", "Ізмаїл пережив ніч під ударами дронів: пошкоджено порт.", "Ізмаїл", NIGHT),
        ("uk", "Сім із дев'яти нічних «шахедів» збили над Черкащиною.", "Черкащиною", NIGHT),
        ("uk", "О третій ночі дрон влучив у дев'ятиповерхівку в Сумах.", "Сумах", DAY),
        ("uk", "Дрон влучив у лікарню в Сумах, коли нічна зміна йшла додому.", "Сумах", DAY),
        ("ru", "Под покровом ночи дрон ударил по складу в Сумах.", "Сумах", NIGHT),
        ("ru", "Ночной прилёт в Сумах: пострадали двое.", "Сумах", NIGHT),
        ("ru", "В три часа ночи дрон попал в школу в Сумах.", "Сумах", DAY),
        ("ru", "Малиновка захвачена, следует из ночного обновления карты. В Сумах дрон попал в школу.", "Сумах", DAY),
        ("en", "In the dead of night a drone hit a school in Sumy.", "Sumy", NIGHT),
        ("en", "Izmail spent the night under drone attack and its port was damaged.", "Izmail", NIGHT),
        ("en", "The night's attack on Konotop killed two people.", "Konotop", NIGHT),
        ("en", "A drone struck a hospital in Sumy as the night shift left.", "Sumy", DAY),
        ("de", "Im Schutz der Nacht schlug eine Drohne in ein Lager in Sumy ein.", "Sumy", NIGHT),
        ("de", "Eine Drohne traf einen Nachtclub in Sumy.", "Sumy", DAY),
    ],
)
def test_any_word_for_the_night_tells_of_it_but_an_hour_or_a_night_shift(times_of, lang, text, place, days):
    assert times_of(text, lang=lang)[place] == days
