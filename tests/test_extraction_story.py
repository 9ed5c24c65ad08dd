"""What belongs together in an article: where places lie, whose toll it is, what sums up what, in English and German."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.sources import Article

FRIDAY = dt.date(2024, 11, 22)


@pytest.fixture(scope="session")
def drafts_of(gazetteer, taxonomy):
    """Read a text in a language as an article of Friday, 22 November 2024, and give its drafts that are news."""

    def read(lang: str, text: str):
        article = Article("article.txt", text, published=FRIDAY, lang=lang)
        drafts = reading.extract(article, toponyms.find(text, gazetteer, lang), taxonomy)
        return [draft for draft in drafts if "background" not in draft.tags]

    return read


def said(draft):
    """What a reader would check: type, places, and the first killed and injured that are said."""
    tolls = [
        next((amount.low for c in draft.claims if (amount := getattr(c.casualties, kind)).low is not None), None)
        for kind in ("killed", "injured")
    ]
    return draft.type, [p.mention.text for p in draft.where], *tolls


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("en", "In Chuhuiv, south-east of Kharkiv, a drone hit a garage.", ["Chuhuiv"]),
        ("en", "A missile hit a school in Merefa, just outside Kharkiv, before dawn.", ["Merefa"]),
        ("en", "A shell hit a barn in the village of Lomakovka in the Starodub district of Russia.", ["Lomakovka"]),
        ("en", "Drones hit a car park in the Adler district of Sochi.", ["Sochi"]),
        ("en", "In the Kharkiv region, drones set fire to a farm near Chuhuiv.", ["Chuhuiv"]),
        ("en", "Ukrainian drones hit Kupiansk and a depot near Svatove.", ["Kupiansk", "Svatove"]),
        ("de", "In der Ortschaft Rybne im Gebiet Saporischschja schlug eine Gleitbombe ein.", ["Rybne"]),
        ("de", "In Merefa südlich von Charkiw traf eine Rakete ein Lagerhaus.", ["Merefa"]),
        ("de", "Im Nachbargebiet Kursk wurde in der Ortschaft Gluschkowo ein Auto von einer Drohne getroffen.", ["Gluschkowo"]),
    ],
)
def test_what_only_says_where_a_place_lies_is_no_second_place(drafts_of, lang, text, places):
    [draft] = drafts_of(lang, text)
    assert [p.mention.text for p in draft.where] == places


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A drone hit a bus in Sumy. A man, his wife and two children were injured.", None, 4),
        ("A bomb fell on a house in Sumy, killing a couple and their son.", 3, None),
        ("A missile strike on Sumy killed two people and five others were wounded.", 2, 5),
        ("A drone hit a bus in Sumy. Two women aged 47 and 63 were wounded.", None, 2),
        ("A drone hit a bus in Sumy. The driver, 36, was killed; a man born in 1957 was wounded.", 1, 1),
        ("A missile strike on Sumy killed three people. A 44-year-old man died at the scene.", 3, None),
        ("A missile hit a hostel in Sumy. No railway workers were harmed.", 0, 0),
    ],
)
def test_people_are_counted_as_they_are_listed(drafts_of, text, killed, injured):
    [draft] = drafts_of("en", text)
    assert said(draft)[2:] == (killed, injured)


@pytest.mark.parametrize(
    ("lang", "text", "where"),
    [
        ("en", "Russia launched 120 drones at Ukraine overnight, the air force said. It said 90 had been shot down.", ["Ukraine"]),
        ("de", "Russland hat die Ukraine in der Nacht mit 120 Drohnen angegriffen. 90 davon seien abgeschossen worden.", ["Ukraine"]),
        ("de", "Die Luftwaffe zählte in der Nacht 120 Drohnen. Davon seien 90 Drohnen abgeschossen worden.", []),
    ],
)
def test_a_national_tally_is_an_interception_where_it_says_so(drafts_of, lang, text, where):
    [draft] = drafts_of(lang, text)
    assert (draft.type, [p.mention.text for p in draft.where]) == ("interception", where)
    assert {(c.counts.launched, c.counts.intercepted) for c in draft.claims} == {(120, None), (None, 90)}


def test_what_was_shot_down_has_the_places_that_the_next_sentence_shares_it_out_to(drafts_of):
    text = (
        "Die Flugabwehr hat in der Nacht 130 ukrainische Drohnen zerstört, teilte das Verteidigungsministerium in Moskau mit. "
        "55 wurden über dem Gebiet Kursk abgeschossen, 52 über dem Gebiet Woronesch."
    )
    [draft] = drafts_of("de", text)
    assert [p.mention.text for p in draft.where] == ["Kursk", "Woronesch"]
    assert [c.counts.intercepted for c in draft.claims] == [130]


def test_the_sum_of_what_is_told_after_it_is_no_event_of_its_own(drafts_of):
    text = (
        "One person was killed and three were injured in attacks on the Belgorod region.\n\n"
        "A drone hit a car in Shebekino, killing the driver and wounding a passenger.\n\n"
        "In Grayvoron, two women were injured when a drone exploded."
    )
    assert [said(d) for d in drafts_of("en", text)] == [
        ("drone_strike", ["Shebekino"], 1, 1),
        ("drone_strike", ["Grayvoron"], None, 2),
    ]


def test_an_event_gets_its_place_and_its_toll_from_the_sentences_after_it(drafts_of):
    text = (
        "Eine russische Drohne hat einen Vorortzug getroffen. Der Lokführer und zwei Passagiere wurden verletzt. "
        "Der Angriff ereignete sich am Donnerstag nahe Bachmatsch."
    )
    [draft] = drafts_of("de", text)
    assert said(draft) == ("drone_strike", ["Bachmatsch"], None, 3)
    assert (draft.when.start, draft.when.end) == (dt.date(2024, 11, 21), dt.date(2024, 11, 21))


def test_the_day_of_the_attack_wins_over_that_of_a_death_in_hospital(drafts_of):
    text = (
        "The number of people killed in a missile strike on Sumy has risen to five after a man died of his burns on Thursday, "
        "the governor said.\n\nThe attack on Tuesday evening hit two apartment buildings."
    )
    [draft] = drafts_of("en", text)
    assert draft.when.start == dt.date(2024, 11, 19)
    assert said(draft)[2] == 5


def test_a_general_staff_counts_fights_and_names_stretches_of_the_front(drafts_of):
    text = (
        "A total of 134 combat clashes have taken place since the beginning of the day, the General Staff said.\n\n"
        "In the Pokrovsk sector, the invaders made 43 attempts to advance near Rodynske and Myrnohrad.\n\n"
        "Enemy aircraft dropped bombs on Huliaipole. No assault groups were observed in the Volyn sector."
    )
    assert [said(d)[:2] for d in drafts_of("en", text)] == [
        ("ground_combat", []),
        ("ground_combat", ["Rodynske", "Myrnohrad"]),
        ("air_strike", ["Huliaipole"]),
    ]


def test_an_entry_of_a_live_blog_knows_nothing_of_the_one_before(drafts_of):
    text = "**16:05** Two people were killed in a drone strike on Sumy.\n\n**13:30** The death toll stands at nine, police in Warsaw said."
    assert [said(d) for d in drafts_of("en", text)] == [("drone_strike", ["Sumy"], 2, None)]


@pytest.mark.parametrize(
    ("lang", "text", "by"),
    [
        ("en", "A drone hit a train in Sumy, the state railway company, Ukrzaliznytsia, said.", "state railway company, Ukrzaliznytsia"),
        (
            "en",
            "A drone hit a train in Sumy, according to Viacheslav Chaus, the regional governor.",
            "Viacheslav Chaus, the regional governor",
        ),
        ("de", "Russische Truppen haben nach eigenen Angaben das Dorf Rybne erobert.", "Russische Truppen"),
        (
            "de",
            "In Sumy traf eine Drohne ein Haus, sagte der Gouverneur Oleh Hryhorow. Auch Konotop wurde Hryhorow zufolge beschossen.",
            "Gouverneur Oleh Hryhorow",
        ),
        (
            "de",
            "In Sumy traf eine Drohne ein Haus, wie Oleh Hryhorow, Chef der Verwaltung, auf Telegram schrieb.",
            "Oleh Hryhorow, Chef der Verwaltung",
        ),
    ],
)
def test_who_says_it(drafts_of, lang, text, by):
    assert by in [c.by for d in drafts_of(lang, text) for c in d.claims]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "According to the scenario, a drone hits a fuel tank in Odesa and two dock workers are injured."),
        ("en", "Russian troops withdrew from Kherson three years after they had captured it, and the city laid flowers on Friday."),
        ("en", "Budapest accuses Ukraine of attacking the Druzhba pipeline near Unecha."),
        ("en", "The situation in Huliaipole was quiet and no enemy assault groups were observed there."),
        ("de", "Bei dem Manöver in Litauen schossen Flugabwehrpanzer mehrere Zieldrohnen über Vilnius ab."),
        ("de", "Präsident Putin hat mit Angriffen auf Kiew gedroht."),
    ],
)
def test_what_did_not_happen_is_no_event(drafts_of, lang, text):
    assert drafts_of(lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "en",
            "The enemy shelled the Nikopol district with artillery on Sunday. Hits were recorded in Nikopol and Marhanets.",
            [("shelling", ["Nikopol", "Marhanets"], None, None)],
        ),
        (
            "de",
            "Zwanzigmal attackierte die Armee den Rajon Nikopol mit Artillerie. Es traf Nikopol und Marhanez. Ein Mann wurde getötet.",
            [("shelling", ["Nikopol", "Marhanez"], 1, None)],
        ),
        (
            "en",
            "Two missiles were fired at Starokostiantyniv. One was shot down, the other fell in a field, a spokesman said.",
            [("missile_strike", ["Starokostiantyniv"], None, None)],
        ),
        (
            "de",
            "Über dem Gebiet Mykolajiw wurden 14 Drohnen heruntergeholt. In Otschakiw krachte eine in die Fischfabrik.",
            [("interception", ["Mykolajiw"], None, None), ("drone_strike", ["Otschakiw"], None, None)],
        ),
    ],
)
def test_a_lead_and_its_detail_are_one_event_and_two_deeds_are_two(drafts_of, lang, text, told):
    assert [said(draft) for draft in drafts_of(lang, text)] == told


@pytest.mark.parametrize(
    ("lang", "event", "aside", "toll"),
    [
        ("en", "A missile hit a plant in Dnipro.", "NATO ambassadors met in Brussels.", "Four people were hurt in the attack."),
        ("en", "A missile hit a plant in Dnipro.", "Moscow did not comment.", "The strike wounded four people."),
        (
            "en",
            "A missile hit a plant in Dnipro.",
            "In Paris, the president called for a ceasefire.",
            "Four people were hurt in the attack.",
        ),
        (
            "de",
            "Eine Rakete traf ein Werk in Dnipro.",
            "In Istanbul ist ein Gipfel geplant.",
            "Bei dem Angriff wurden vier Menschen verletzt.",
        ),
        ("de", "Eine Rakete traf ein Werk in Dnipro.", "Berlin versprach weitere Flugabwehr.", "Vier Menschen wurden verletzt."),
        ("uk", "Ракета влучила в завод у Дніпрі.", "Москва цього не коментувала.", "Унаслідок атаки поранено чотирьох людей."),
        ("uk", "Ракета влучила в завод у Дніпрі.", "У Стамбулі планують саміт.", "Четверо людей поранені."),
        (
            "ru",
            "Ракета попала в завод в Днепре.",
            "В тот же день в Женеве прошли переговоры.",
            "В результате удара ранены четыре человека.",
        ),
        ("ru", "Ракета попала в завод в Днепре.", "На помощь приехали спасатели из Полтавы.", "Четыре человека ранены."),
        ("de", "Eine Rakete traf ein Werk in Dnipro.", "Rettungskräfte aus Poltawa kamen zu Hilfe.", "Vier Menschen wurden verletzt."),
        ("uk", "Ракета влучила в завод у Дніпрі.", "На допомогу приїхали рятувальники з Полтави.", "Четверо людей поранені."),
        ("ru", "Ракета попала в завод в Днепре.", "Киев пока не комментировал.", "В результате атаки ранены четыре человека."),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_what_is_said_of_politics_elsewhere_is_not_where_the_attack_was(drafts_of, lang, event, aside, toll, gap):
    [draft] = drafts_of(lang, gap.join([event, aside, toll]))
    assert said(draft)[1:] == ([draft.where[0].mention.text], None, 4)
    assert draft.where[0].mention.text.startswith(("Dnip", "Дніп", "Днеп"))


def test_a_city_abroad_is_where_something_happened_if_it_is_told_to_have(drafts_of):
    told = drafts_of("en", "A drone crashed into a house in Galati, Romania, on Thursday. Two people were hurt.")
    assert [said(draft) for draft in told] == [("drone_strike", ["Galati"], None, 2)]


def test_who_declines_to_say_anything_claims_nothing(drafts_of):
    [draft] = drafts_of("de", "Eine Drohne traf ein Öllager in Feodossija. Moskau äußerte sich dazu nicht.")
    assert not any(claim.by for claim in draft.claims)


#: An attack of the day of the report, sentences about an earlier one that killed six, and today's toll.
EARLIER = {
    "en": (
        "On Friday, a Russian drone hit a residential building in Odesa.",
        [
            "A week earlier, a similar strike killed six people there.",
            "Last week, a missile attack on the city killed six people.",
            "In a similar attack on 12 November, six people were killed.",
            "Earlier this month, a strike on the same district killed six people.",
            "Ten days ago, six people died in an attack on the same market.",
            "The previous attack, on 3 November, killed six people.",
            "Six people were killed in a strike on the city a week ago.",
            "Since the beginning of the month, six people have been killed in attacks on the city.",
            "In all, six people have been killed in the city this month.",
            "It came a week after a strike on the city that killed six people.",
        ],
        "Two people were killed.",
    ),
    "uk": (
        "У п'ятницю російський дрон влучив у житловий будинок в Одесі.",
        [
            "Тиждень тому подібний удар забрав там шість життів.",
            "Минулого тижня внаслідок ракетної атаки на місто загинули шестеро людей.",
            "Під час подібної атаки 12 листопада загинули шестеро людей.",
            "На початку місяця від удару по цьому ж району загинули шестеро людей.",
            "Десять днів тому від атаки на цей самий ринок загинули шестеро людей.",
            "Шестеро людей загинули від удару по місту тиждень тому.",
            "Від початку місяця внаслідок атак на місто загинули шестеро людей.",
            "Загалом цього місяця в місті загинули шестеро людей.",
            "Це сталося через тиждень після удару по місту, від якого загинули шестеро людей.",
        ],
        "Двоє людей загинули.",
    ),
    "ru": (
        "В пятницу беспилотник попал в жилой дом в Одессе.",
        [
            "Неделю назад такой же удар унёс там шесть жизней.",
            "На прошлой неделе в результате ракетной атаки на город погибли шесть человек.",
            "При похожей атаке 12 ноября погибли шесть человек.",
            "В начале месяца при ударе по этому же району погибли шесть человек.",
            "Десять дней назад при атаке на этот же рынок погибли шесть человек.",
            "Шесть человек погибли при ударе по городу неделю назад.",
            "С начала месяца в результате атак на город погибли шесть человек.",
            "Всего в этом месяце в городе погибли шесть человек.",
            "Это произошло через неделю после удара по городу, при котором погибли шесть человек.",
        ],
        "Два человека погибли.",
    ),
    "de": (
        "Am Freitag traf eine russische Drohne ein Wohnhaus in Odessa.",
        [
            "Eine Woche zuvor waren dort bei einem ähnlichen Angriff sechs Menschen gestorben.",
            "Vergangene Woche waren bei einem Raketenangriff auf die Stadt sechs Menschen getötet worden.",
            "Bei einem ähnlichen Angriff am 12. November starben sechs Menschen.",
            "Anfang des Monats kamen bei einem Schlag gegen denselben Stadtteil sechs Menschen ums Leben.",
            "Vor zehn Tagen waren bei einem Angriff auf denselben Markt sechs Menschen gestorben.",
            "Sechs Menschen starben vor einer Woche bei einem Angriff auf die Stadt.",
            "Seit Anfang des Monats wurden bei Angriffen auf die Stadt sechs Menschen getötet.",
            "Insgesamt wurden in der Stadt in diesem Monat sechs Menschen getötet.",
            "Eine Woche davor hatte ein Angriff auf die Stadt sechs Menschen das Leben gekostet.",
        ],
        "Zwei Menschen wurden getötet.",
    ),
}


@pytest.mark.parametrize(("lang", "earlier"), [(lang, one) for lang, (_, sentences, _) in EARLIER.items() for one in sentences])
@pytest.mark.parametrize("gap", [" ", "\n\n"])
@pytest.mark.parametrize("order", [(0, 1), (0, 1, 2), (0, 2, 1)])
def test_whom_an_earlier_attack_killed_is_no_toll_of_todays(drafts_of, lang, earlier, gap, order):
    event, _, toll = EARLIER[lang]
    text = gap.join((event, earlier, toll)[part] for part in order)
    today = [draft for draft in drafts_of(lang, text) if draft.when is None or draft.when.end >= FRIDAY]
    assert [said(draft)[0] for draft in today] == ["drone_strike"]
    assert said(today[0])[2] == (2 if 2 in order else None)


def test_a_toll_that_has_risen_days_after_an_attack_is_of_it(drafts_of):
    text = "Two days after a Russian missile attack on the city of Pavlohrad, the number of dead has climbed to eight."
    assert [said(draft) for draft in drafts_of("en", text)] == [("missile_strike", ["Pavlohrad"], 8, None)]


@pytest.mark.parametrize(
    ("lang", "event", "sayings"),
    [
        (
            "en",
            "A missile struck an industrial facility in Nikopol on Friday.",
            [
                "President Volodymyr Zelensky called on partners to send more air defence systems.",
                "US President Donald Trump said he wanted the war to end.",
                "NATO Secretary General Mark Rutte said the alliance would continue to support Ukraine.",
                "Foreign Minister Andrii Sybiha said the world must react.",
                "Russia has repeatedly denied targeting civilians.",
                "The UN said more than 12,000 civilians had been killed since the invasion began.",
                "Of 50 drones launched overnight, 35 were shot down, Ukraine's Air Force said.",
            ],
        ),
        (
            "uk",
            "Ракета вдарила по промисловому підприємству в Нікополі у п'ятницю.",
            [
                "Президент Володимир Зеленський закликав партнерів передати більше систем ППО.",
                "Президент США Дональд Трамп сказав, що хоче завершення війни.",
                "Міністр закордонних справ Андрій Сибіга заявив, що світ має відреагувати.",
                "Росія заперечує, що б'є по цивільних.",
            ],
        ),
        (
            "ru",
            "Ракета ударила по промышленному предприятию в Никополе в пятницу.",
            [
                "Президент Владимир Зеленский призвал партнёров передать больше систем ПВО.",
                "Президент США Дональд Трамп сказал, что хочет завершения войны.",
                "Министр иностранных дел Андрей Сибига заявил, что мир должен отреагировать.",
            ],
        ),
        (
            "de",
            "Eine Rakete schlug am Freitag in einem Industriebetrieb in Nikopol ein.",
            [
                "Präsident Wolodymyr Selenskyj rief die Partner auf, mehr Flugabwehrsysteme zu liefern.",
                "US-Präsident Donald Trump sagte, er wolle den Krieg beenden.",
                "Moskau behauptet, nur militärische Ziele anzugreifen.",
            ],
        ),
    ],
)
def test_who_speaks_of_politics_claims_no_attack(drafts_of, lang, event, sayings):
    for saying in sayings:
        attack = drafts_of(lang, f"{event} {saying}")[0]
        assert not any(claim.by for claim in attack.claims), saying


@pytest.mark.parametrize(
    "saying",
    [
        "President Volodymyr Zelensky said the building was badly damaged.",
        "This was reported by President Volodymyr Zelensky.",
        "President Volodymyr Zelensky said rescuers were working at the scene.",
    ],
)
def test_a_president_who_speaks_of_the_attack_claims_it(drafts_of, saying):
    [draft] = drafts_of("en", f"A missile struck an industrial facility in Nikopol on Friday. {saying}")
    assert {claim.by for claim in draft.claims if claim.by} == {"President Volodymyr Zelensky"}


def test_a_short_sentence_with_an_office_is_no_name(drafts_of):
    [draft] = drafts_of("de", "Eine Rakete schlug am Freitag in Nikopol ein. Der Bürgermeister rief einen Trauertag aus.")
    assert {claim.by for claim in draft.claims if claim.by} <= {"Bürgermeister"}


@pytest.mark.parametrize(
    ("lang", "event", "always", "toll"),
    [
        (
            "en",
            "A Russian drone hit a house in Odesa.",
            "The town has been under fire almost daily since the start of the war.",
            "The strike left one dead.",
        ),
        ("uk", "Дрон влучив у будинок в Одесі.", "Місто майже щодня потерпає від обстрілів з початку вторгнення.", "Загинула одна людина."),
        ("ru", "Беспилотник попал в дом в Одессе.", "Город почти ежедневно подвергается обстрелам с начала войны.", "Погиб один человек."),
        (
            "de",
            "Eine Drohne traf ein Haus in Odessa.",
            "Die Stadt liegt seit Beginn der Invasion fast täglich unter Beschuss.",
            "Ein Mensch wurde getötet.",
        ),
    ],
)
def test_what_is_so_every_day_stands_beside_the_news(drafts_of, lang, event, always, toll):
    [draft] = drafts_of(lang, f"{event} {always} {toll}")
    assert said(draft)[::2] == ("drone_strike", 1)


def test_news_after_what_is_so_every_day_is_news(drafts_of):
    text = (
        "У четвер росіяни вдарили ракетами по Херсону. Місто щодня потерпає від обстрілів. У вівторок ворог обстріляв магазин у Нікополі."
    )
    assert [said(draft)[:2] for draft in drafts_of("uk", text)] == [("missile_strike", ["Херсону"]), ("shelling", ["Нікополі"])]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On Tuesday, a drone hit a house in Nikopol. A missile hit a shop in Kherson on the morning of 20 November.", [19, 20]),
        ("Overnight, a drone hit a house in Nikopol. On the morning of 20 November, a missile hit a shop in Kherson.", [21, 20]),
    ],
)
def test_the_morning_of_a_day_is_that_day(drafts_of, text, days):
    assert [draft.when.start.day for draft in drafts_of("en", text)] == days


def test_the_police_of_a_region_claim_nothing_in_another(drafts_of):
    text = "On Tuesday, a drone hit a house in Sumy.\n\nA missile hit a shop in Druzhkivka, the regional police said."
    assert [{claim.by for claim in draft.claims} for draft in drafts_of("en", text)] == [{""}, {"regional police"}]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Overnight, Russia attacked Ukraine with 93 drones, the Air Force said. Of these, 67 were destroyed by air defence."),
        ("uk", "Уночі Росія атакувала Україну 93 дронами, повідомили Повітряні сили. Із них 67 знищила ППО."),
        ("de", "In der Nacht griff Russland die Ukraine mit 93 Drohnen an. Davon wurden 67 von der Flugabwehr zerstört."),
    ],
)
def test_how_many_of_them_were_destroyed_is_how_many_were_intercepted(drafts_of, lang, text):
    [draft] = drafts_of(lang, text)
    counts = [claim.counts for claim in draft.claims]
    assert draft.type == "interception"
    assert {c.launched for c in counts} - {None} == {93}
    assert {c.intercepted for c in counts} - {None} == {67}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Hackers attacked a bank in Kyiv on Thursday."),
        ("en", "Dynamo Kyiv's attack was toothless in Lviv on Sunday."),
        ("en", "A plane made an emergency landing in Rostov after a bird strike."),
        ("en", "A bus fell into a ravine near Sochi; two people were killed and ten injured."),
        ("en", "Police shot and wounded a man in Zaporizhzhia after he attacked officers with a knife."),
        ("en", "The explosion of interest in drones has reached Kharkiv's universities."),
        ("uk", "Хакери атакували банк у Києві."),
        ("uk", "Атака «Динамо» у Львові була беззубою."),
        ("uk", "Літак екстрено сів у Ростові після зіткнення з птахом."),
        ("ru", "Хакеры атаковали банк в Киеве."),
        ("ru", "Охотник под Черниговом попал в капкан и получил травму."),
        ("ru", "Самолёт экстренно сел в Ростове после столкновения с птицей."),
        ("de", "In Sumy griff ein Hund ein Kind an, es kam ins Krankenhaus."),
        ("de", "Schach: Iwantschuks Angriff in Lwiw schlug durch."),
        ("de", "In Tula explodierte in einem Werk ein Kessel, ein Arbeiter starb."),
    ],
)
def test_what_is_no_war_is_no_incident(drafts_of, lang, text):
    assert drafts_of(lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("de", "Am Freitag griffen russische Truppen bei Schachowe an.", "Schachowe"),
        ("uk", "Ворог атакував дроном село Зоря.", "Зоря"),
        ("en", "A drone fell into the river near Nikopol and injured a man.", "Nikopol"),
    ],
)
def test_names_and_words_of_sport_and_accidents_hide_no_attack(drafts_of, lang, text, place):
    assert [said(draft)[1] for draft in drafts_of(lang, text)] == [[place]]


@pytest.mark.parametrize(
    ("lang", "event", "numbered", "toll"),
    [
        (
            "en",
            "On Wednesday, a missile hit a school in Kherson.",
            "It was the third attack on the city this week.",
            "Two people were killed.",
        ),
        ("uk", "У середу ракета влучила в школу в Херсоні.", "Це вже третя атака на місто цього тижня.", "Двоє людей загинули."),
        ("ru", "В среду ракета попала в школу в Херсоне.", "Это уже третья атака на город за неделю.", "Два человека погибли."),
        (
            "de",
            "Am Mittwoch traf eine Rakete eine Schule in Cherson.",
            "Es war der dritte Angriff auf die Stadt in dieser Woche.",
            "Zwei Menschen starben.",
        ),
    ],
)
def test_which_attack_of_the_week_it_was_says_nothing_of_when(drafts_of, lang, event, numbered, toll):
    [draft] = drafts_of(lang, f"{event} {numbered} {toll}")
    assert (draft.when.start, draft.when.end) == (dt.date(2024, 11, 20), dt.date(2024, 11, 20))
    assert said(draft)[::2] == ("missile_strike", 2)


def test_the_first_attack_on_another_place_is_news(drafts_of):
    [draft] = drafts_of("en", "It was the first attack on Lviv this month. Two drones hit a depot.")
    assert said(draft)[:2] == ("drone_strike", ["Lviv"])


def test_who_did_not_comment_on_the_report_claims_nothing(drafts_of):
    [draft] = drafts_of("en", "A drone hit a house in Nikopol. Russia's Defence Ministry did not comment on the report.")
    assert not any(claim.by for claim in draft.claims)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "У вівторок авіація скинула два КАБи на ринок у Херсоні. За даними Повітряних сил, уночі збито 35 із 50 запущених дронів."),
        (
            "ru",
            "Во вторник авиация сбросила две авиабомбы на рынок в Херсоне. По данным Воздушных сил, ночью сбито 35 из 50 запущенных дронов.",
        ),
        ("en", "On Tuesday, two bombs fell on a market in Kherson. The Air Force said 35 of 50 drones launched overnight were shot down."),
    ],
)
def test_what_a_country_shot_down_is_none_of_two_bombs_on_a_town(drafts_of, lang, text):
    bombs, drones = drafts_of(lang, text)
    assert bombs.type == "air_strike"
    assert all(claim.counts.intercepted is None for claim in bombs.claims)
    assert (drones.type, drones.claims[-1].counts.launched, drones.claims[-1].counts.intercepted) == ("interception", 50, 35)


def test_what_one_country_sent_at_another_is_not_what_exploded_in_a_town(drafts_of):
    text = (
        "Eine Drohne explodierte am Freitag neben einer Haltestelle in Druschkiwka. Insgesamt griff Russland die Ukraine in der Nacht "
        "mit 62 Drohnen an, 47 davon wurden nach Angaben der Luftwaffe abgeschossen."
    )
    drone, all_of_them = drafts_of("de", text)
    assert not drone.is_counted
    assert not any(claim.by for claim in drone.claims)
    assert (all_of_them.claims[-1].counts.launched, all_of_them.claims[-1].counts.intercepted) == (62, 47)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A drone hit a house in Odesa, police said on Friday. In a similar attack on Tuesday, six people were killed."),
        ("uk", "Дрон влучив у будинок в Одесі, повідомила поліція в п'ятницю. У вівторок подібна атака забрала життя шістьох людей."),
        ("ru", "Дрон попал в дом в Одессе, сообщила полиция в пятницу. Во вторник при похожей атаке погибли шесть человек."),
    ],
)
def test_a_similar_attack_with_a_day_of_its_own_is_not_what_somebody_told_on_another(drafts_of, lang, text):
    today = next(draft for draft in drafts_of(lang, text) if [p.mention.text[:3] for p in draft.where] in (["Ode"], ["Оде"]))
    assert today.when.end == FRIDAY
    assert said(today)[2] is None
