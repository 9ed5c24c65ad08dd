"""Russian reports and posts: what they tell, where, and how many were hurt."""

from __future__ import annotations

import pytest
from tolls import toll


def _told(drafts):
    return [(d.type, [p.mention.text for p in d.where]) for d in drafts]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Военные ночью отбили воздушную атаку на Таганрог.", [("interception", ["Таганрог"])]),
        ("Бойцы отбили атаку оккупантов возле Лимана.", [("ground_combat", ["Лимана"])]),
        ("В Лисках слышны взрывы в районе железнодорожного узла.", [("explosion", ["Лисках"])]),
        ("В Пензе слышны взрывы, работает ПВО.", [("explosion", ["Пензе"])]),
        ("Партизаны взорвали железную дорогу под Мелитополем.", [("sabotage", ["Мелитополем"])]),
        ("Удар по дому в Харькове: под завалами, возможно, люди.", [("strike", ["Харькове"])]),
        ("В Шостке дрон попал в состав Киев — Шостка.", [("drone_strike", ["Шостке"])]),
        ("Мина сработала в Рубежном в Луганской Народной Республике.", [("landmine", ["Рубежном"])]),
        ("Харьков под ударом КАБов: прилёт в Шевченковском районе.", [("air_strike", ["Харьков"])]),
        ("В Голубицкой упали обломки БПЛА. Пострадала отдыхающая из Перми.", [("drone_strike", ["Голубицкой"])]),
        ("Два дрона, летевших в сторону Чонгара, сбили над Геническом.", [("interception", ["Геническом"])]),
        ("Сбит беспилотник, летевший на Москву.", [("interception", ["Москву"])]),
        ("В Керчи работала ПВО, над полуостровом сбили девять дронов.", [("interception", ["Керчи", "полуостровом"])]),
        ("Бои идут в районе Шахова, отбиты три атаки.", [("ground_combat", ["Шахова"])]),
        ("Пехота схлестнулась с засевшим противником западнее Терноватого.", [("ground_combat", ["Терноватого"])]),
        ("Триколор реет над сельсоветом в Гришине.", [("territorial_change", ["Гришине"])]),
        ("Пастух под Суджей шагнул на присыпанный снегом боеприпас.", [("landmine", ["Суджей"])]),
        ("Неизвестные облили бензином и спалили электровоз в Пензе.", [("sabotage", ["Пензе"])]),
        ("Три бомбы легли на окраину Орехова.", [("air_strike", ["Орехова"])]),
        ("Штурмовик Су-25 высыпал неуправляемые ракеты на посадку под Каменским.", [("air_strike", ["Каменским"])]),
        ("Дрон подпалил элеватор в Шостке.", [("drone_strike", ["Шостке"])]),
        ("Ракета попала в ТЭЦ Краматорска.", [("missile_strike", ["Краматорска"])]),
        ("В поле у Резекне нашли обломки дрона.", [("drone_strike", ["Резекне"])]),
        ("Бои идут восточнее Малой Токмачки.", [("ground_combat", ["Малой Токмачки"])]),
        ("Дрон попал в школу в Дружковке, пустующую с 2022 года.", [("drone_strike", ["Дружковке"])]),
        ("Обломок упал на дом в Ельце.", [("drone_strike", ["Ельце"])]),
        ("За ночь сбили 65 дронов; попадания есть в Чугуеве.", [("interception", []), ("strike", ["Чугуеве"])]),
        (
            "Девять дронов сбили над Подмосковьем. В Истре осколками ранены двое.",
            [("interception", ["Подмосковьем"]), ("drone_strike", ["Истре"])],
        ),
    ],
)
def test_what_a_sentence_tells_and_where(told_in, text, told):
    assert _told(told_in(text, "ru")) == told


@pytest.mark.parametrize(
    "text",
    [
        "Москва хочет обменять паузу в ударах по энергетике на отказ Киева от атак на нефтепереработку.",
        "О сбитых над Петербургом беспилотниках губернатор Александр Дрозденко не сообщал.",
        "Кремль готов остановить удары по Киеву в обмен на уступки.",
        "Теракт на вокзале в Чите сорван: взяты двое.",
        "В Изюме открыли лицей, отстроенный после авиаудара 2022 года.",
        "Дроны до Рязани не добрались.",
        "Прокуроры Славянской окружной прокуратуры с экспертами фиксируют последствия ударов.",
    ],
)
def test_what_is_wanted_or_not_reported_is_no_event(told_in, text):
    assert told_in(text, "ru") == []


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Дрон упал на дом в Туле. За медпомощью обратилась одна женщина.", [], [1]),
        ("Россияне обстреляли Глухов. Обошлось без травмированных.", [0], [0]),
        ("Дрон ударил по автобусу в Херсоне. Водитель — с баротравмой, двое — с осколочными ранениями.", [], [3]),
        ("Россияне обстреляли Херсон. Ещё двое херсонцев госпитализированы.", [], [2]),
        ("В Котово упали обломки дрона. Травмы осколками стекла получила пожилая женщина.", [], [1]),
        ("Дрон попал в дом в Саратове. Двух жильцов с порезами увезла скорая.", [], [2]),
        ("Дрон ударил по складу в Курске. Без пострадавших не обошлось.", [], []),
        ("Дрон ударил по складу в Курске. Под плитами погибла целая семья — пять человек.", [5], []),
        ("Дрон ударил по складу в Курске. Ранены санитар, кладовщица и двое горняков.", [], [4]),
        ("Дрон ударил по складу в Курске. Грузчик остался без руки.", [], [1]),
        ("Дрон ударил по складу в Курске. Заправщику раздробило голень.", [], [1]),
        ("Дрон ударил по складу в Курске. Людей внутри не оказалось.", [0], [0]),
        ("Ракета попала в дом в Лозовой, унеся жизни четырёх человек.", [4], []),
        ("Ракета попала в дом в Лозовой. Водителя не довезли, помощь понадобилась троим.", [1], [3]),
    ],
)
def test_how_many_were_hurt(told_in, text, killed, injured):
    [draft] = told_in(text, "ru")
    assert toll(draft, "killed") == killed
    assert toll(draft, "injured") == injured


def test_a_town_that_is_hit_again_with_other_weapons_has_two_incidents(told_in):
    text = "Ночью враг бил по Кривому Рогу «шахедами». Никто не пострадал.\nОколо 07:20 ракета попала в жилой дом. 11 раненых."
    drones, missile = told_in(text, "ru")
    assert _told([drones, missile]) == [("drone_strike", ["Кривому Рогу"]), ("missile_strike", ["Кривому Рогу"])]
    assert (toll(drones, "injured"), toll(missile, "injured")) == ([0], [11])


def test_what_befell_a_village_where_drones_were_shot_down_was_a_drone(told_in):
    text = "Военные ночью сбили 26 БПЛА над Ростовской областью.\nНа хуторе Поповка осколками ранен мужчина."
    assert _told(told_in(text, "ru")) == [("interception", ["Ростовской областью"]), ("drone_strike", ["Поповка"])]


def test_a_cheer_may_stand_after_a_signature(told_in):
    text = "Дроны ударили по складу в Чугуеве.\nОлег Синегубов, начальник ХОВА. Слава Украине!"
    [draft] = told_in(text, "ru")
    assert [c.by for c in draft.claims] == ["Олег Синегубов, начальник ХОВА"]


def test_metres_before_a_sentence_are_no_town(told_in):
    text = "Дроны атаковали Конотоп. Возник пожар на площади 200 кв. м. Спасатели эвакуировали 26 жителей, травмированы восемь."
    assert _told(told_in(text, "ru")) == [("drone_strike", ["Конотоп"])]


def test_the_evening_of_a_report_on_the_past_day_is_that_of_the_day_before(told_in):
    [draft] = told_in("Вечером дрон ударил по складу в Очакове.", "ru", title="Ситуация за сутки")
    assert (draft.when.start.day, draft.when.end.day) == (21, 21)


def test_a_part_of_a_day_is_of_the_date_beside_it(told_in):
    [draft] = told_in("Дрон ударил по «Ладе Ларгус» вечером 20 ноября в Шебекино.", "ru")
    assert (draft.when.start.day, draft.when.end.day) == (20, 20)


def test_a_region_told_of_after_its_town_is_no_second_attack(told_in):
    text = "В Лубнах Полтавской области ударные дроны ранили двоих.\n«Ночью враг массированно атаковал Полтавщину», - сообщил губернатор."
    assert _told(told_in(text, "ru")) == [("drone_strike", ["Лубнах"])]


def test_debris_after_shelling_is_of_drones(told_in):
    text = "В Очакове били из артиллерии.\nВ Новом Буге вследствие падения обломков вспыхнул склад."
    assert _told(told_in(text, "ru")) == [("shelling", ["Очакове"]), ("drone_strike", ["Новом Буге"])]


def test_he_is_who_said_something_before(told_in):
    text = "Военный эксперт Андрей Марочко сказал агентству, что рубеж улучшает положение войск. По его словам, бои идут в районе Ямполя."
    [draft] = told_in(text, "ru")
    assert [c.by for c in draft.claims] == ["Военный эксперт Андрей Марочко"]


def test_each_town_of_a_bulletin_has_its_own_toll(told_in):
    text = "В городе Изюм ранены двое мужчин, в городе Купянск погиб 71-летний мужчина. Дроны атаковали Харьков."
    told = {p.mention.text: (toll(d, "killed"), toll(d, "injured")) for d in told_in(text, "ru") for p in d.where}
    assert told == {"Изюм": ([], [2]), "Купянск": ([1], []), "Харьков": ([], [])}


@pytest.mark.parametrize(
    "text",
    [
        "За неделю пиротехники ГСЧС обезвредили в Николаевской области 87 взрывоопасных предметов.",
        "В Кемеровской области на шахте произошёл взрыв метана, двое горняков в больнице.",
    ],
)
def test_what_is_cleared_or_blows_up_at_work_is_no_event(told_in, text):
    assert told_in(text, "ru") == []


@pytest.mark.parametrize(
    ("publisher", "by"), [("Генштаб ВСУ", ["Генштаб ВСУ"]), ("Харьковская ОВА", ["Харьковская ОВА"]), ("Новости Харькова", [])]
)
def test_an_office_stands_by_what_it_publishes_itself(told_in, publisher, by):
    [draft] = told_in("Ночью дроны атаковали Харьков.", "ru", publisher=publisher)
    assert [c.by for c in draft.claims if c.by] == by


def test_a_bulletin_of_tolls_tells_of_damage_too(told_in):
    text = "В Краматорске погибли два человека. В Дружковке ранены трое.\nВ Северске повреждены два дома.\nЗа сутки россияне 19 раз обстреляли Донецкую область."
    assert ("strike", ["Северске"]) in _told(told_in(text, "ru"))


def test_what_a_governor_counts_as_shot_down_was_over_the_region(told_in):
    text = "Силы ПВО сбили 18 дронов.\nВ Шахтах Ростовской области загорелся склад."
    drafts = told_in(text, "ru", title="Губернатор Юрий Слюсарь: ночь")
    assert _told(drafts)[0] == ("interception", ["Ростовской области"])


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Гладков за субботу: дрон ранил женщину в Шебекине.", ["Гладков"]),
        ("Роман Бусаргин о налёте БПЛА: в Энгельсе горит цех.", ["Роман Бусаргин"]),
        ("«Рыбарь»: дрон попал в склад в Чугуеве.", ["Рыбарь"]),
        ("Дрон попал в склад в Чугуеве, заверяет прокуратура.", ["прокуратура"]),
        ("Дрон попал в склад в Чугуеве — таковы данные Сальдо.", ["Сальдо"]),
        ("Дрон попал в склад в Чугуеве. Так описал ночь мэр Иван Коваль.", ["мэр Иван Коваль"]),
        ("Дрон попал в склад в Чугуеве — Иван Коваль, и. о. мэра.", ["Иван Коваль, и. о. мэра"]),
        ("Собянин отписался: дрон попал в склад в Москве.", ["Собянин"]),
    ],
)
def test_who_tells_it(told_in, text, by):
    assert [c.by for d in told_in(text, "ru") for c in d.claims if c.by][:1] == by


@pytest.mark.parametrize(
    ("text", "launched", "intercepted"),
    [
        ("Из 29 «шахедов», зашедших на Николаевщину, сбиты все, кроме трёх.", 29, 26),
        ("Двумя «Ониксами» ударили по Затоке.", 2, None),
    ],
)
def test_how_many_were_launched_and_downed(told_in, text, launched, intercepted):
    [draft] = told_in(text, "ru")
    assert [(c.counts.launched, c.counts.intercepted) for c in draft.claims] == [(launched, intercepted)]


def test_the_night_from_one_day_to_the_next(told_in):
    [draft] = told_in("Ночью с 19 на 20 ноября по Сумам ударили КАБами.", "ru")
    assert (draft.when.start.day, draft.when.end.day) == (19, 20)
