"""Numbers of people and projectiles, as reports give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.extraction.facts import casualties, claimants, counts
from mapper.extraction.wording.numbers import UNKNOWN, Amount, envelope, parse


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("killing two people and wounding five others", (2, 2, 2), (5, 5, 5)),
        ("at least three dead and a dozen wounded", (3, None, None), (12, 12, 12)),
        ("A 62-year-old woman was killed and two men, aged 30 and 45, were wounded", (1, 1, 1), (2, 2, 2)),
        ("a man and a woman were killed", (2, 2, 2), (None, None, None)),
        ("The death toll rose to 34", (34, 34, 34), (None, None, None)),
        ("It confirmed two deaths and put the number of injured at 12", (2, 2, 2), (12, 12, 12)),
        ("No one was hurt.", (0, 0, 0), (0, 0, 0)),
        ("There were no casualties.", (0, 0, 0), (0, 0, 0)),
        ("no reports of damage or casualties", (0, 0, 0), (0, 0, 0)),
        ("Six people died, including two children, and more than 20 were hospitalised", (6, 6, 6), (21, None, None)),
        ("between three and five people were injured", (None, None, None), (3, None, 5)),
        ("up to 30 soldiers were killed", (None, None, 30), (None, None, None)),
        ("twenty-one people were killed", (21, 21, 21), (None, None, None)),
        ("killed 1,200 troops", (1200, 1200, 1200), (None, None, None)),
        ("It killed hope and injured pride in 2024", (None, None, None), (None, None, None)),
        ("The missile flew 700 km", (None, None, None), (None, None, None)),
    ],
)
def test_casualties(text, killed, injured):
    found = casualties.find(text)
    assert ((found.killed.low, found.killed.best, found.killed.high), (found.injured.low, found.injured.best, found.injured.high)) == (
        killed,
        injured,
    )


@pytest.mark.parametrize(
    ("lang", "text", "killed", "injured"),
    [
        ("en", "The driver has a broken arm.", None, 1),
        ("en", "Fragments of one drone smashed windows and cut a teenager's leg.", None, 1),
        ("uk", "Двох перехожих порізало склом.", None, 2),
        ("uk", "Хлопчик втратив три пальці.", None, 1),
        ("uk", "На міні підірвалася грибниця, їй надають допомогу.", None, 1),
        ("uk", "У двох пасажирок контузії.", None, 2),
        ("uk", "У машині їхали колаборанти. Обидва ліквідовані.", 2, None),
        ("uk", "Постраждалих, як запевняє мер, немає.", 0, 0),
        ("uk", "Обійшлося, каже староста, без постраждалих.", 0, 0),
        ("uk", "Водій у важкому стані, двоє лісівників мають легші поранення.", None, 3),
        ("ru", "Осколочные ранения у троих, в том числе у подростка.", None, 3),
        ("ru", "Погибла 74-летняя женщина, её муж и сосед ранены.", 1, 2),
        ("ru", "Ранены, по словам Олега Кипера, двое энергетиков.", None, 2),
        ("de", "In Podolsk trug ein Wachmann Verbrennungen davon.", None, 1),
        ("de", "Die Ladung detonierte, als Nationalgardisten die Strecke absuchten; drei von ihnen starben.", 3, None),
        ("en", "The driver, alone in the cab, was unharmed.", 0, 0),
        ("uk", "Хворі й персонал неушкоджені.", 0, 0),
        ("uk", "Будівля неушкоджена.", None, None),
        ("uk", "Троє гірників травмувалися, ще двох оперують.", None, 3),
        ("uk", "Десятьом мешканцям надано першу допомогу.", None, 10),
        ("uk", "Комірник відбувся опіками, двоє вантажників — у лікарів.", None, 3),
        ("uk", "Рибалка дістав осколок у стегно.", None, 1),
        ("uk", "Чотирьох кухарів забрали карети швидкої.", None, 4),
        ("uk", "З руїн підняли чотири тіла.", 4, None),
        ("uk", "Сторожа знайшли без ознак життя.", 1, None),
        ("uk", "Водія врятувати не встигли.", 1, None),
        ("uk", "Ані вбитих, ані поранених.", 0, 0),
        ("uk", "Наліт минув без наслідків для людей.", 0, 0),
        ("uk", "Жодного постраждалого.", 0, 0),
        ("uk", "П'ятеро поранених і жодного загиблого.", 0, 5),
        ("uk", "Обстріл забрав троє життів, двох пацієнток поранено.", 3, 2),
        ("uk", "Персонал не скалічено й не вбито.", 0, 0),
        ("ru", "Машинист с помощником целы — сидели в укрытии.", 0, 0),
        ("ru", "Окна целы.", None, None),
        ("ru", "Жертвой FPV-дрона стала машина коммунальщиков: один ранен, остальные успели спрятаться.", None, 1),
        ("de", "Die Familie saß im Keller und blieb heil.", 0, 0),
        ("de", "Ein Vater und seine beiden Töchter sind gestorben.", 3, None),
        ("de", "Durch die Rakete starb ein Ehepaar im Auto.", 2, None),
        ("de", "Sechs Hausbewohner wurden evakuiert, niemand kam ums Leben.", 0, None),
        ("de", "Der Angriff forderte das Leben einer 70-Jährigen.", 1, None),
        ("de", "Dabei kamen drei Nachtwächter um, ein Lokführer büßte ein Auge ein.", 3, 1),
        ("de", "Ein Kind verlor drei Finger.", None, 1),
        ("de", "Der Stab sprach von zwei getöteten Feuerwehrleuten.", 2, None),
        ("de", "Die Behörden meldeten fünf verletzte Zivilisten.", None, 5),
        ("de", "Verluste unter der Bevölkerung: keine.", 0, 0),
        ("de", "Zu Schaden kam laut Stadtchef Oleksij Kusnjezow dabei niemand.", 0, 0),
        ("de", "Verletzt oder getötet wurde nach Angaben der Feuerwehr niemand.", 0, 0),
        ("de", "Es blieb zum Glück bei Sachschaden.", 0, 0),
        ("de", "Die Polizei informierte über zwei Tote und sechs Verletzte.", 2, 6),
        ("de", "Für zwei Angler endete der Ausflug tödlich.", 2, None),
        ("de", "Die Sanitäter konnten einem 48-jährigen Mann nicht mehr helfen.", 1, None),
        ("de", "Die Ärzte konnten das Leben einer Rentnerin nicht retten.", 1, None),
        ("de", "Drei Fahrgäste werden in der Klinik Nr. 4 in Kursk behandelt.", None, 3),
        ("de", "Ein Mann starb, zwei weitere mussten ärztlich versorgt werden.", 1, 2),
        ("de", "Vier Verkäuferinnen wurden vor Ort versorgt.", None, 4),
        ("de", "Ein Mädchen starb, ihre Eltern wurden verletzt.", 1, 2),
        ("de", "In der Stadt traf es eine Energieanlage.", None, None),
        ("de", "Fahrer tot, Beifahrerin im Spital.", 1, 1),
        ("uk", "Контузію отримав листоноша.", None, 1),
        ("uk", "Опіків рук зазнали двоє пожежників.", None, 2),
        ("uk", "Братові уламки перебили обидві руки.", None, 1),
        ("uk", "Трьох ліквідовано, двоє поранені.", 3, 2),
        ("uk", "Травмовано пожежника.", None, 1),
        ("uk", "Загинули бабуся та її п'ятирічний онук.", 2, None),
        ("uk", "Під обстріл потрапила поштарка. Її госпіталізували.", None, 1),
    ],
)
def test_wounds_and_people_who_are_safe_in_any_words(lang, text, killed, injured):
    found = casualties.find(text, lang)
    assert (found.killed.best, found.injured.best) == (killed, injured)


@pytest.mark.parametrize(
    ("lang", "text", "launched", "intercepted"),
    [
        ("en", "Russia attacked with an Iskander-M ballistic missile and 105 drones.", 106, None),
        ("en", "Air defences shot down 12 drones, and a missile hit a warehouse.", None, 12),
        ("uk", "Ворог атакував двома ракетами «Кинджал», керованою авіаракетою Х-59 та 95 дронами.", 98, None),
        ("ru", "Сбиты 12 беспилотников и ракета «Нептун».", None, 13),
        ("en", "In all 120 missiles and drones were launched and 97 brought down.", 120, 97),
        ("en", "The air force put the total at 90 drones and 12 missiles, of which 80 and nine respectively were downed.", 102, 89),
        ("en", "Three drones attacked Sumy.", 3, None),
        ("en", "The air force tracked 97 drones and shot down 71 in the north.", 97, 71),
        ("uk", "Збито всі, крім трьох, із 41 дрона.", 41, 38),
        ("ru", "Сбиты все, кроме двух, из 30 ракет.", 30, 28),
        ("de", "Russland griff mit 90 Drohnen und einer Iskander-Rakete an.", 91, None),
        ("de", "Eine wurde abgefangen, die andere schlug auf einem Feld ein.", None, 1),
        ("de", "Sumy wurde mit zwei Iskander-M beschossen.", 2, None),
        ("de", "Binnen 24 Stunden trafen Drohnen ein Lager.", None, None),
        ("de", "Dutzende Drohnen surrten über der Stadt, ein Lager und eine Kirche wurden zerstört.", None, None),
        ("de", "Gegen sieben hat eine Drohne einen Bus angegriffen.", None, None),
        ("de", "Der Stab zählte 14 Drohnen, die über der Region vom Himmel geholt wurden.", None, 14),
        ("de", "Russland überzog das Land mit 120 Drohnen, 98 davon wurden laut der Luftwaffe abgefangen.", 120, 98),
        ("de", "Die Flugabwehr pflückte sieben Drohnen vom Himmel.", None, 7),
        ("de", "Von 476 Drohnen und 48 Raketen, die auf die Ukraine flogen, seien 442 Drohnen und 41 Raketen abgewehrt worden.", 524, 483),
        ("ru", "Сбито 80 и 9 соответственно.", None, 89),
        ("uk", "Збито 80 та 9 відповідно.", None, 89),
        ("ru", "Первые два сбили в 21:40.", None, None),
        ("ru", "Над районом сбит разведывательный беспилотник.", None, 1),
        ("uk", "Мобільна група зняла з неба розвідувальний Supercam.", None, 1),
        ("uk", "Збитий дрон упав на подвір'я.", None, None),
    ],
)
def test_one_that_no_number_counts_is_counted_and_a_part_is_not(lang, text, launched, intercepted):
    found = counts.find(text, lang)
    assert (found.launched, found.intercepted) == (launched, intercepted)


@pytest.mark.parametrize(
    ("text", "launched", "intercepted", "hit"),
    [
        ("destroyed and intercepted 23 Ukrainian drones overnight", None, 23, None),
        ("23 Ukrainian drones were shot down over three regions", None, 23, None),
        ("Russia launched 188 drones against Ukraine", 188, None, None),
        ("shot down 50 of 70 drones and two missiles", 70, 52, None),
        ("fired six ATACMS missiles, five of which were shot down", 6, 5, None),
        ("attacked with 12 missiles and 34 drones", 46, None, None),
        ("the mayor said 12 people had been injured", None, None, None),
        ("two drones hit a depot", None, None, 2),
    ],
)
def test_counts(text, launched, intercepted, hit):
    found = counts.find(text)
    assert (found.launched, found.intercepted, found.hit) == (launched, intercepted, hit)


@pytest.mark.parametrize(
    ("lang", "text", "launched", "intercepted", "lost"),
    [
        ("en", "Russia launched 140 drones, of which 76 were shot down, and 60 drones were lost in location.", 140, 76, 60),
        ("en", "Air defence downed 50 drones, another 20 were suppressed by electronic warfare.", None, 50, 20),
        ("en", "43 drones were shot down, 21 failed to reach their targets.", None, 43, 21),
        ("en", "88 were destroyed and 41 disappeared from radar.", None, 88, 41),
        ("en", "Ukraine shot down or suppressed 88 of 140 drones.", 140, 88, None),
        ("en", "The brigade lost 12 drones in the battle.", None, None, None),
        ("uk", "Сили ППО збили 43 ударні БпЛА, ще 21 ворожий дрон локаційно втрачено.", None, 43, 21),
        ("uk", "47 ворожих імітаторів локаційно втрачено (без негативних наслідків).", None, None, 47),
        ("uk", "Збито 52 дрони, 18 дронів не досягли цілей.", None, 52, 18),
        ("uk", "ППО збито/подавлено 76 ворожих БпЛА типу Shahed.", None, 76, None),
        ("ru", "Сбиты 43 дрона, 21 – потеряны.", None, 43, 21),
        ("ru", "12 беспилотников были подавлены средствами РЭБ, 30 сбиты.", None, 30, 12),
        ("ru", "Средствами ПВО и РЭБ нейтрализован 41 дрон.", None, 41, None),
        ("de", "43 Drohnen wurden abgeschossen, 21 gingen verloren.", None, 43, 21),
        ("de", "Weitere 21 Drohnen seien vom Radar verschwunden.", None, None, 21),
        ("de", "88 Drohnen wurden abgeschossen oder elektronisch gestört.", None, 88, None),
    ],
)
def test_the_lost_are_neither_intercepted_nor_hit(lang, text, launched, intercepted, lost):
    found = counts.find(text, lang)
    assert (found.launched, found.intercepted, found.hit, found.lost) == (launched, intercepted, None, lost)


@given(st.integers(0, 9_999_999))
def test_digits_are_read_as_they_stand(number):
    assert parse(str(number)) == Amount.exactly(number)
    assert parse(f"{number:,}") == Amount.exactly(number)


amounts = st.builds(lambda a, b, c: Amount(*sorted((a, b, c))), *[st.integers(0, 1000)] * 3) | st.just(UNKNOWN)


@given(st.lists(amounts))
def test_an_envelope_holds_every_claim_and_averages_none(claims):
    spanned = envelope(claims)
    known = [c for c in claims if c.known]
    if not known:
        assert spanned == UNKNOWN
        return
    assert spanned.low == min(c.low for c in known)
    assert spanned.high == max(c.high for c in known)
    assert spanned.best is None or all(c.best == spanned.best for c in known)


def test_at_least_leaves_the_end_open():
    assert envelope([Amount(2, None, None), Amount.exactly(3)]) == Amount(2, 3, None)


@pytest.mark.parametrize(
    ("text", "by", "status"),
    [
        ("Two people died, regional governor Oleh Kiper said.", "regional governor Oleh Kiper", "claimed"),
        (
            "Kherson was shelled, the governor of the region, Oleksandr Prokudin, said on Telegram.",
            "governor of the region, Oleksandr Prokudin",
            "claimed",
        ),
        ("Two died, according to the head of the region, Oleh Kiper.", "head of the region, Oleh Kiper", "claimed"),
        ("Ukraine's General Staff did not confirm this and reported 42 clashes.", "Ukraine's General Staff", "claimed"),
        ("The ministry denied that a ship had been hit.", "ministry", "denied"),
        ("Police confirmed two deaths.", "Police", "confirmed"),
        ("Two people died when drones struck the city.", None, None),
        ("Reports of explosions came in.", None, None),
    ],
)
def test_who_says_it(text, by, status):
    found = claimants.find(text, claimants.Voices())
    assert (found and found.by, found and found.status) == (by, status)


def test_voices_are_told_by_their_last_words():
    voices = claimants.Voices()
    said = [
        "The Russian Defence Ministry said it had shot down drones.",
        "President Vladimir Putin said so on television.",
        "The ministry reported no casualties.",
        "Putin told viewers more.",
        "He added nothing.",
    ]
    found = [claimants.find(s, voices).by for s in said]
    assert found == ["Russian Defence Ministry", "President Vladimir Putin"] * 2 + ["President Vladimir Putin"]


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "One hundred and thirty-four drones were shot down overnight.", 134),
        ("en", "A hundred and five drones were shot down overnight.", 105),
        ("en", "Two thousand three hundred drones were shot down in a month.", 2300),
        ("de", "Einhundertvierunddreißig Drohnen wurden in der Nacht abgeschossen.", 134),
        ("de", "Zweihundertsiebzig Drohnen wurden in der Nacht abgeschossen.", 270),
        ("de", "Rund hundert Drohnen wurden in der Nacht abgeschossen.", 100),
        ("uk", "Сто тридцять чотири дрони збито за ніч.", 134),
        ("ru", "Сто тридцать четыре беспилотника сбиты за ночь.", 134),
    ],
)
def test_a_number_above_a_hundred_in_words_is_read_whole(lang, text, number):
    assert counts.find(text, lang).intercepted == number


@pytest.mark.parametrize(
    ("lang", "text", "killed", "injured"),
    [
        ("en", "Of the 21 wounded, two are on ventilators.", None, 21),
        ("de", "Von sechs Verletzten sind zwei Kinder.", None, 6),
        ("uk", "З шести постраждалих двоє — діти.", None, 6),
        ("ru", "Из пяти раненых двое находятся в больнице.", None, 5),
        ("de", "Von den fünf Verletzten starben zwei im Krankenhaus.", 2, 5),
    ],
)
def test_of_all_those_hurt_the_next_number_counts_some(lang, text, killed, injured):
    found = casualties.find(text, lang)
    assert (found.killed.low, found.injured.low) == (killed, injured)


def test_bodies_that_were_found_are_of_the_dead():
    assert casualties.find("Two bodies were pulled from the rubble.", "en").killed.low == 2
