"""Classes of Ukrainian wording, each by sentences with other words in it, and what must not be taken for it."""

from __future__ import annotations

import pytest
from tolls import toll

from mapper.extraction.facts import casualties, counts

NONE, UNKNOWN = 0, None
#: A sentence, and how many it says were killed and injured.
TOLLS = {
    # denied across an aside, or by the losses that there were none of
    "Загиблих, каже міський голова Артем Кобзар, немає.": (NONE, UNKNOWN),
    "Загиблих, за даними поліції, немає, двоє людей поранені.": (NONE, 2),
    "Жертв серед мирного населення, на щастя, немає.": (NONE, NONE),
    "Втрат серед персоналу немає.": (NONE, NONE),
    "Обійшлося без втрат.": (NONE, NONE),
    "П'ятеро загиблих, зв'язку з селом, за словами старости, немає.": (5, UNKNOWN),
    "Загиблих, каже мер, двоє.": (2, UNKNOWN),
    "Втрати електроенергії немає.": (UNKNOWN, UNKNOWN),
    # what befalls things as well
    "Водій згорів разом з автомобілем.": (1, UNKNOWN),
    "Під завалами поховало двох жінок.": (2, UNKNOWN),
    "Пасажирка не пережила атаки.": (1, UNKNOWN),
    "Автомобіль згорів, водій устиг вискочити.": (UNKNOWN, UNKNOWN),
    "Двоє людей поранені, згорів автомобіль.": (UNKNOWN, 2),
    # one by one
    "Старший загинув, молодший втратив ногу.": (1, 1),
    "Мати загинула, донька померла дорогою до лікарні, батько поранений.": (2, 1),
    "У міськраді повідомили про одного вбитого та п'ятьох постраждалих.": (1, 5),
    "Дрон влучив у будинок, убивши двох людей і поранивши ще трьох.": (2, 3),
    # what fragments graze
    "Осколками зачепило двох перехожих.": (UNKNOWN, 2),
    "Чоловіка зачепило уламками.": (UNKNOWN, 1),
    "Уламками зачепило автомобіль.": (UNKNOWN, UNKNOWN),
}


@pytest.mark.parametrize(("sentence", "hurt"), TOLLS.items())
def test_a_toll_is_what_befell_people(sentence, hurt):
    found = casualties.find(sentence, "uk")
    assert (found.killed.best, found.injured.best) == hurt


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Нікополь потрапив під артвогонь.", "shelling"),
        ("Артилерійсько-мінометний обстріл Нікополя: поранено жінку.", "shelling"),
        ("Ракетно-дронова атака на Київ: пошкоджено будинки.", "strike"),
        ("Бомбово-ракетний удар по Дружківці, двоє загиблих.", "strike"),
        ("На Суми вночі полетіли дрони.", "drone_strike"),
        ("Понад 30 «Шахедів» полетіло на Одещину.", "drone_strike"),
        ("На протитанкову міну під Ізюмом наїхав трактор.", "landmine"),
        ("На вибухівці біля Балаклії підірвалася вантажівка.", "landmine"),
        ("У Куп'янську жінка наступила на «жабку» і втратила ногу.", "landmine"),
        ("У Полтаві загорівся склад унаслідок влучання ракети.", "missile_strike"),
        ("Дрон атакував окуповане містечко Олешки.", "drone_strike"),
        ("Над Одещиною знищили 14 Shahed.", "interception"),
    ],
)
def test_a_deed_is_heard_in_other_words(told_in, sentence, type_):
    assert [d.type for d in told_in(sentence, "uk")] == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "Дрони летять на Суми, укриття!",
        "Ракетоносці полетіли на Енгельс.",
        "У Полтаві стався вибух у будинку. Двоє людей загинули.\n\nПопередня причина — газ. З обстрілами це не пов'язано.",
        "З початку опалювального сезону від вибухів газу в Полтаві загинули п'ятеро людей.",
    ],
)
def test_no_attack_is_told(told_in, text):
    assert told_in(text, "uk") == []


@pytest.mark.parametrize(
    ("sentence", "launched", "intercepted"),
    [
        ("8 ракет по Харкову.", 8, None),
        ("3 «Кинджали» та 5 Х-101 по Старокостянтинову.", 8, None),
        ("Уряд виділив 8 ракет по програмі Patriot.", None, None),
        ("На Херсонщині знищено 2 ZALA, 1 Supercam та 4 Shahed.", None, 7),
    ],
)
def test_weapons_are_counted_without_a_verb_and_by_their_brands(sentence, launched, intercepted):
    found = counts.find(sentence, "uk")
    assert (found.launched, found.intercepted) == (launched, intercepted)


def test_a_label_of_a_list_is_a_place_without_its_noun(told_in):
    text = "Чугуївський район: дрон поранив жінку.\nКуп'янський: ракета влучила в дім.\nІзюмський: КАБ зруйнував школу."
    told = told_in(text, "uk")
    assert [[p.mention.text for p in d.where] for d in told] == [["Чугуївський район"], ["Куп'янський"], ["Ізюмський"]]
    assert {c.by for d in told for c in d.claims} == {""}


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("У Лозовій ракета влучила в потяг «Київ — Харків».", ["Лозовій"]),
        ("Біля Путивля дрон поцілив у маршрутку, яка їхала до Конотопа.", ["Путивля"]),
        ("Дрон ударив по автобусу Суми — Конотоп.", ["Суми — Конотоп"]),
        ("Дрон ударив під Новими Санжарами.", ["Новими Санжарами"]),
    ],
)
def test_a_route_is_no_scene_and_names_have_cases(told_in, sentence, where):
    [draft] = told_in(sentence, "uk")
    assert [p.mention.text for p in draft.where if p.role == "at"] == where


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("Поплічник росіян Володимир Сальдо заявив про удар по Каховці.", "Поплічник росіян Володимир Сальдо"),
        ("Дрон ударив по Джанкою, кажуть у спільноті «Кримський вітер».", "спільнота «Кримський вітер»"),
        ("Підпал у Таганрозі влаштували партизани, стверджують у русі «Атеш».", "рух «Атеш»"),
        ("Дрон ударив по автівці на трасі Суми – Конотоп.", ""),
        ("Танковий обстріл Оріхова: загинув чоловік.", ""),
    ],
)
def test_who_tells_it(told_in, sentence, by):
    assert [c.by for d in told_in(sentence, "uk") for c in d.claims] == [by]


def test_one_more_by_a_neutral_noun_is_of_the_weapon_told_of(told_in):
    text = "Шахеди атакували Полтаву. Ще один борт упав у Лубнах. Ще один, за словами мера, влучив у депо в Миргороді."
    told = told_in(text, "uk")
    assert [d.type for d in told] == ["drone_strike"] * 3
    assert not any(toll(d, "killed") for d in told)


def test_the_same_night_is_that_into_the_day_told(told_in):
    [draft] = told_in("Тієї ж ночі, на 20 листопада, дрони вдарили по Сумах.", "uk")
    assert (draft.when.start.day, draft.when.precision) == (19, "night")


@pytest.mark.parametrize(
    ("sentence", "hurt"),
    [
        ("Чотири смерті, дев'ятнадцятеро в лікарнях.", (4, 19)),
        ("Не стало п'ятьох: подружжя та трьох жінок.", (5, UNKNOWN)),
        ("Не стало світла у двох селах.", (UNKNOWN, UNKNOWN)),
        ("Загиблі: чоловік, 47, і жінка, 39.", (2, UNKNOWN)),
        ("Медсестрі та водієві наклали шви.", (UNKNOWN, 2)),
        ("Двоє комунальників живі, з переломами.", (UNKNOWN, 2)),
        ("Жодного загиблого, четверо посічених склом.", (NONE, 4)),
        ("Містян не зачепило.", (NONE, NONE)),
    ],
)
def test_a_toll_in_few_words(sentence, hurt):
    found = casualties.find(sentence, "uk")
    assert (found.killed.best, found.injured.best) == hurt


def test_counts_are_given_respectively():
    found = counts.find("Запущено 34 ракети й 372 безпілотники, відбито відповідно 27 і 342.", "uk")
    assert (found.launched, found.intercepted) == (406, 369)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("18:45, Бургунка. Міномет. Згоріли дві хати.", ["shelling"]),
        ("Токмак. Авіабомба – у двір. До лікарень потрапили семеро.", ["air_strike"]),
        ("Стрий. Крилата ракета по газовому об'єкту.", ["missile_strike"]),
        ("Нікополь. Дрон. Усі в укриття!", []),
        ("Зіткнення поїзда з вантажівкою сталося біля Жмеринки, троє поранених.", []),
    ],
)
def test_an_entry_below_its_place_is_told_without_a_verb(told_in, text, types):
    assert [d.type for d in told_in(text, "uk")] == types


def test_what_a_place_is_said_to_be_near_is_no_second_one(told_in):
    [draft] = told_in("У Маяках, невеликому селі біля Одеси, дрон влучив у хату.", "uk")
    assert [p.mention.name for p in draft.where] == ["Маяках"]


def test_what_is_said_of_a_person_besides_is_no_name(told_in):
    text = "Володимир Сальдо, якого Москва поставила керувати областю, твердить: у Скадовську дрон влучив у готель."
    [draft] = told_in(text, "uk")
    assert [c.by for c in draft.claims] == ["Володимир Сальдо"]
    assert [p.mention.name for p in draft.where] == ["Скадовську"]


def test_a_figure_of_before_replaces_none(told_in):
    [draft] = told_in("У Прилуках від удару дрона загинуло шестеро людей. Раніше йшлося про сімох загиблих.", "uk")
    assert ["killed" in c.superseded for c in draft.claims] == [False, True]


def test_what_a_town_always_suffers_is_no_event_but_says_where_the_next_one_was(told_in):
    background, news = told_in("Росіяни регулярно обстрілюють Херсон. У середу дрон поранив двох людей на зупинці.", "uk")
    assert background.tags
    assert (news.type, [p.mention.name for p in news.where], news.tags) == ("drone_strike", ["Херсон"], ())


def test_what_befell_a_town_long_ago_is_no_toll_of_today(told_in):
    text = "У Кривому Розі ракета вбила двох людей. Місто часто обстрілюють. У квітні 2020 року там загинули 20 людей."
    drafts = told_in(text, "uk")
    assert [c.casualties.killed.low for d in drafts if not d.tags for c in d.claims] == [2]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("По Харківщині випустили 31 КАБ, 12 БпЛА. У Золочеві від удару БпЛА постраждав чоловік. У Чугуєві КАБ пошкодила склад.", 2),
        ("У Золочеві дрон поранив двох. ¶У Чугуєві КАБ пошкодила склад. ¶По Харківщині росіяни застосували 31 КАБ, 12 БпЛА.", 2),
        ("За ніч росіяни запустили по Одещині 30 дронів. В Ізмаїлі пошкоджено склад. У Рені дрон убив жінку.", 3),
    ],
)
def test_the_arms_used_against_a_region_in_a_day_are_no_attack_beside_those_on_its_towns(told_in, text, places):
    start = "" if text.startswith("За ніч") else "За минулу добу: "
    drafts = told_in((start + text).replace(" ¶", "\n\n"), "uk")
    assert len(drafts) == places


def test_who_leads_an_inquiry_does_not_tell_of_it_where_another_does(told_in):
    text = (
        "Під процесуальним керівництвом Ізюмської окружної прокуратури розпочато розслідування, повідомляє поліція Харківщини."
        "\n\nЗа даними слідства, дрон влучив у будинок в Ізюмі."
    )
    [draft] = told_in(text, "uk")
    assert all("Ізюмської" not in c.by for c in draft.claims)


def test_whom_somebody_warns_says_nothing(told_in):
    [draft] = told_in("У Сумах чути вибухи. Мешканців просять не виходити з укриттів.", "uk")
    assert not any(c.by for c in draft.claims)


def test_when_drones_were_downed_is_no_time_of_what_a_report_of_a_day_tells_else(told_in):
    text = "Зведення за четвер, 21 листопада.\n\nЗа ніч над областю збили 12 дронів. У Бериславі артилерія вбила жінку."
    when = next(d.when for d in told_in(text, "uk") if d.type == "shelling")
    assert (when.start.day, when.end.day) == (21, 21)


@pytest.mark.parametrize(
    "said", ["Машиніста і помічника не травмовано.", "Чоловік і жінка не зазнали поранень.", "Допомога не знадобилася."]
)
def test_who_is_told_to_be_unhurt_is_not_counted(said):
    found = casualties.find(said.replace("Допомога", "Медична допомога"), "uk")
    assert found.injured.high == 0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("У Сумському районі дрон убив чоловіка. У Шосткинському поранено двох жінок.", ["Сумському районі", "Шосткинському"]),
        ("У Білопільській громаді дрон поранив жінку. У Хотінській — загинув чоловік.", ["Білопільській громаді", "Хотінській"]),
        ("У Сумській області дрон поранив двох. Ще одна людина постраждала в Харківській.", ["Сумській області", "Харківській"]),
        ("У Сумському районі дрон поранив жінку. У Харківському метро зупинили рух.", ["Сумському районі"]),
        ("У Сумській області дрон поранив жінку. У Донецькій опері скасовано виставу.", ["Сумській області"]),
    ],
)
def test_an_adjective_alone_names_an_area_of_the_kind_told_of_before(told_in, text, names):
    assert [p.mention.text for d in told_in(text, "uk") for p in d.where] == names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("У Харкові ліквідовано пожежу після удару дрона.", "drone_strike"),
        ("Пожежу після удару дронів по Одесі ліквідовано о 6:00.", "drone_strike"),
        ("Знешкоджено боєголовку дрона, який влучив у будинок в Одесі.", "drone_strike"),
        ("Над Одесою збито п'ять дронів, пожежу від уламків ліквідовано.", "interception"),
        ("Над Одесою ліквідовано 12 дронів.", "interception"),
        ("РФ здійснила авіаналіт на Дружківку.", "air_strike"),
        ("На одній із вулиць Херсона дрон атакував велосипедиста.", "drone_strike"),
        ("У Мелітополі вранці вибухнуло авто колаборанта.", "sabotage"),
    ],
)
def test_what_was_put_out_is_no_drone_and_a_street_is_of_its_town(told_in, text, kind):
    [draft] = told_in(text, "uk")
    assert draft.type == kind
    assert draft.where


def test_what_was_reported_by_mistake_did_not_happen(told_in):
    [draft] = told_in("Дрон влучив у будинок у Харкові. Раніше канали помилково писали про ракетний удар по Дергачах.", "uk")
    assert draft.type == "drone_strike"
    [draft] = told_in("Російська ракета помилково влучила в будинок у Бєлгороді.", "uk")
    assert draft.type == "missile_strike"


@pytest.mark.parametrize(("day", "nights"), [("на Білу Церкву 19 листопада", (18, 19)), ("на Київ: 19 листопада у місті", (19, 19))])
def test_a_night_attack_upon_a_town_is_of_the_night_into_its_date(told_in, day, nights):
    when = told_in(f"Унаслідок нічної атаки {day} загинули двоє.", "uk")[0].when
    assert (when.start.day, when.end.day) == nights


def test_a_street_is_no_town_of_its_name(told_in):
    [draft] = told_in("У Сумах на вулиці Садовій дрон поранив двох.", "uk")
    assert [p.mention.text for p in draft.where] == ["Сумах"]


def test_a_date_is_no_part_of_who_tells(told_in):
    [draft] = told_in("Поліція 20 листопада повідомила про удар дрона по Херсону.", "uk")
    assert [c.by for c in draft.claims] == ["Поліція"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Мер Артем Кобзар о 07:30 поінформував, що у Сумах дрон влучив у будинок.", "Мер Артем Кобзар"),
        ("Як повідомляє мер Артем Кобзар у вайбері, у Сумах дрон влучив у будинок.", "мер Артем Кобзар"),
        ("«У Сумах дрон влучив у будинок», — розповів журналістам Суспільного мер Артем Кобзар.", "мер Артем Кобзар"),
        ("НЕК «Укренерго»: у Сумах дрон влучив у будинок.", "НЕК «Укренерго»"),
        ("У Сумах дрон влучив у будинок (командир 82-ї бригади Дмитро Волошин).", "командир 82-ї бригади Дмитро Волошин"),
        ("У Центрі національного спротиву повідомили, що у Сумах дрон влучив у будинок.", "Центр національного спротиву"),
    ],
)
def test_who_tells_is_heard_whole_and_without_when_or_where_it_was_said(told_in, text, who):
    [draft] = told_in(text, "uk")
    assert [c.by for c in draft.claims] == [who]


def test_a_place_behind_who_tells_is_not_of_his_name(told_in):
    [draft] = told_in("За словами рятувальників ДСНС у Сумській області, у Сумах дрон влучив у будинок.", "uk")
    assert [p.mention.text for p in draft.where] == ["Сумах"]


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("Дрон влучив у суховантаж у порту Чорноморськ, поранено двох моряків.", "naval_attack", "Чорноморськ"),
        ("Дрони атакували порт Ізмаїл, пошкоджено складські приміщення та судно.", "drone_strike", "Ізмаїл"),
        ("Потужний гуркіт сколихнув уранці Таганрог; влада мовчить.", "explosion", "Таганрог"),
        ("Вежу зв'язку в Ковелі уночі хтось спалив.", "sabotage", "Ковелі"),
        ("Під сівалкою біля Снігурівки спрацювала протитанкова, аграрій контужений.", "landmine", "Снігурівки"),
        ("Снайпер із лівого берега поцілив у рибалку в Херсоні; чоловік помер.", "other", "Херсоні"),
        ("Невідомий безпілотник залетів у повітряний простір Молдови і покружляв над Сороками.", "other", "Сороками"),
        ("Жоден із п’яти «шахедів» не долетів до Полтави, усі лягли в полях.", "interception", "Полтави"),
        ("Перехоплено групу диверсантів на підступах до Добропілля, двоє здалися.", "ground_combat", "Добропілля"),
        ("Після боїв українські підрозділи відійшли з Різниківки.", "territorial_change", "Різниківки"),
        ("Чотири КАБи за десять хвилин – такою була друга половина дня у Великому Бурлуку.", "air_strike", "Великому Бурлуку"),
        ("Дрони вбили двох людей у саратовській висотці.", "drone_strike", "саратовській"),
        ("Дрон упав на причал Каспійського трубопровідного консорціуму в Новоросійську.", "drone_strike", "Новоросійську"),
    ],
)
def test_a_short_report_tells_of_its_event_and_place(told_in, text, kind, where):
    [draft] = told_in(text, "uk")
    assert draft.type == kind
    assert [p.mention.text for p in draft.where if p.mention.kind != "country"] == [where]


@pytest.mark.parametrize(
    "text",
    [
        "У Полтаві зупинили колону фур із гуманітарною допомогою.",
        "У Тернополі тривають бої за крісло мера.",
        "Над Дніпром гримить: синоптики обіцяють грози до вечора.",
        "Румунія придбала радари, щоб жоден дрон не долетів до Констанци.",
        "Підрозділи ДСНС залишили Краматорськ після завершення розбору завалів.",
        "Суд у Сумах дав 8 років чоловікові, який за 500 доларів спалив релейну шафу.",
    ],
)
def test_what_only_sounds_like_an_attack_is_none(told_in, text):
    assert told_in(text, "uk") == []


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Місцева влада: уночі дрон влучив у склад в Охтирці.", "Місцева влада"),
        ("У Бериславі під мінометним вогнем загинула жінка. Херсонська ОВА.", "Херсонська ОВА"),
        ("Ворог захопив Торецьк, – 54-та ОМБр.", "54-та ОМБр"),
    ],
)
def test_an_office_behind_an_adjective_tells_it(told_in, text, by):
    assert {c.by for draft in told_in(text, "uk") for c in draft.claims} == {by}
