"""Whose word an incident is: who stands by all of a report, a paragraph or a line, and whom "the official" means."""

from __future__ import annotations

import pytest

from mapper.extraction.facts import claimants
from mapper.extraction.facts.nominatives import nominative
from mapper.extraction.wording.vocabulary import Vocabulary


def voices_of(drafts):
    return [{c.by for c in draft.claims} for draft in drafts]


@pytest.mark.parametrize(
    ("lang", "sentence", "by"),
    [
        ("en", "Nobody was hurt, Mayor Ihor Terekhov reassured.", "Mayor Ihor Terekhov"),
        ("en", "Missiles battered a power plant, said that city's mayor, Ihor Terekhov.", "city's mayor, Ihor Terekhov"),
        ("en", "In a separate statement the ministry announced the capture of Siversk.", "ministry"),
        ("en", "Overnight, as the Defence Ministry counts, 20 drones were downed.", "Defence Ministry"),
        ("en", "From Mayor Ihor Terekhov: a drone has hit a garage.", "Mayor Ihor Terekhov"),
        ("en", "Eleven drones were shot down, by Governor Mikhail Razvozhaev's count.", "Governor Mikhail Razvozhaev"),
        ("en", "So wrote Governor Alexander Khinshtein.", "Governor Alexander Khinshtein"),
        ("uk", "Постраждалих немає, заспокоїв Андрій Садовий.", "Андрій Садовий"),
        ("uk", "Світла не мають тисячі родин, підрахували в «Чернігівобленерго».", "«Чернігівобленерго»"),
        ("uk", "Це визнав призначений Москвою Леонід Пасічник.", "призначений Москвою Леонід Пасічник"),
        ("uk", "Збито 14 дронів — дані Повітряного командування «Центр».", "Повітряного командування «Центр»"),
        ("uk", "Вибухівку заклали ввечері, поділилося джерело в СБУ.", "джерело в СБУ"),
        ("uk", "Двоє загиблих, 13 поранених (Олександр Прокудін).", "Олександр Прокудін"),
        ("uk", "Ворог відступив, запевняють в угрупованні військ «Північ».", "угрупованні військ «Північ»"),
        ("uk", "Поліція кваліфікувала підпал депо як теракт.", "Поліція"),
        ("uk", "Підсумки від Одеської ОВА.", "Одеської ОВА"),
        ("uk", "Двоє поранених – начальник Сумської МВА Сергій Кривошеєнко.", "начальник Сумської МВА Сергій Кривошеєнко"),
        ("uk", "Поранено водія, – т.в.о. мера Ніжина Федір Вовченко.", "т.в.о. мера Ніжина Федір Вовченко"),
        ("uk", "Вбито двох людей, – Сумська обласна прокуратура.", "Сумська обласна прокуратура"),
        ("ru", "Ранены пятеро, сокрушается глава области Иван Федоров.", "глава области Иван Федоров"),
        ("de", "Zwei Arbeiter kamen ums Leben (Gebietsstaatsanwaltschaft).", "Gebietsstaatsanwaltschaft"),
        ("de", "So steht es im Lagebericht von Gouverneur Oleksandr Hanscha.", "Gouverneur Oleksandr Hanscha"),
        ("de", "Im Norden sind die Russen dem Projekt DeepState zufolge vorgerückt.", "Projekt DeepState"),
        ("uk", "За словами очільника ОВА Івана Федорова, двоє людей загинули.", "очільника ОВА Івана Федорова"),
        ("uk", "Двоє загинули, повідомили в ДСНС.", "ДСНС"),
        ("uk", "Поранено трьох людей, повідомив начальник Харківської ОВА Олег Синєгубов.", "начальник Харківської ОВА Олег Синєгубов"),
        ("uk", "Мер міста Ігор Терехов розповів про влучання в будинок.", "Мер міста Ігор Терехов"),
        ("uk", "Про це повідомляє пресслужба Національної поліції.", "пресслужба Національної поліції"),
        ("uk", "За даними Генштабу ЗСУ, тривають бої.", "Генштабу ЗСУ"),
        ("uk", "«У місті гучно», – написав міський голова Віталій Кличко.", "міський голова Віталій Кличко"),
        ("uk", "Як уточнили у прокуратурі, загиблому 45 років.", "прокуратурі"),
        ("uk", "Головне управління розвідки оприлюднює кадри.", "Головне управління розвідки"),
        ("uk", "Про це розповів речник Угруповання військ «Схід» Віктор Трегубов.", "речник Угруповання військ «Схід» Віктор Трегубов"),
        ("uk", "Про це з посиланням на губернатора Володимира Владимирова пише Астра.", "губернатора Володимира Владимирова"),
        ("ru", "Сбиты два дрона, сообщил губернатор Александр Богомаз.", "губернатор Александр Богомаз"),
        ("ru", "Губернатор Вячеслав Гладков сообщил о двух погибших.", "Губернатор Вячеслав Гладков"),
        ("ru", "По данным Минобороны РФ, сбиты 12 дронов.", "Минобороны РФ"),
        ("ru", "Об этом сообщили в МЧС.", "МЧС"),
        ("ru", "В Минобороны заявили, что сбили пять ракет.", "Минобороны"),
        ("ru", "Двое ранены, написал мэр Харькова Игорь Терехов в Telegram.", "мэр Харькова Игорь Терехов"),
        ("ru", "Как рассказал врио губернатора Александр Хинштейн, погиб водитель.", "врио губернатора Александр Хинштейн"),
        ("de", "Zwei Menschen starben, teilte der Gouverneur mit.", "Gouverneur"),
        ("de", "Nach Angaben des Verteidigungsministeriums wurden 23 Drohnen abgefangen.", "Verteidigungsministeriums"),
        ("de", "Das teilte Gouverneur Oleh Synjehubow auf Telegram mit.", "Gouverneur Oleh Synjehubow"),
        ("de", "Der Bürgermeister der Stadt, Ihor Terechow, sprach von acht Verletzten.", "Bürgermeister der Stadt, Ihor Terechow"),
        ("de", "Wie die Behörden mitteilten, wurde niemand verletzt.", "Behörden"),
        ("de", "Wie Gouverneur Wjatscheslaw Gladkow mitteilt, brannte ein Haus.", "Gouverneur Wjatscheslaw Gladkow"),
        ("de", "Das Dorf sei gefallen, sagt ein Offizier der 66. Brigade.", "Offizier der 66. Brigade"),
        ("de", "Der Ort sei frei, heißt es beim III. Armeekorps.", "III. Armeekorps"),
        ("de", "Verletzt wurde niemand, so die Polizeidirektion.", "Polizeidirektion"),
        ("de", "Laut Militärverwaltung wurden vier Menschen verletzt.", "Militärverwaltung"),
        ("de", "Dem Generalstab zufolge gab es 56 Gefechte.", "Generalstab"),
        ("de", "Die ukrainische Luftwaffe meldete den Abschuss von 20 Drohnen.", "ukrainische Luftwaffe"),
        ("de", "Acht Menschen seien verletzt worden, so der Katastrophenschutz.", "Katastrophenschutz"),
        ("de", "Drei Menschen wurden verletzt, sagte ein Polizeisprecher.", "Polizeisprecher"),
        ("de", "Die Flugabwehr sprach von 88 Drohnen.", "Flugabwehr"),
        ("de", "Eine Frau wurde getötet, schrieb Prokudin auf Telegram.", "Prokudin"),
        ("de", "Der Gouverneur warf der ukrainischen Armee vor, den Ort beschossen zu haben.", "Gouverneur"),
        ("de", "Das Ministerium hat Kiew vorgeworfen, einen Markt beschossen zu haben.", "Ministerium"),
        ("de", "Nach Behördenangaben wurde ein Lager getroffen.", "Behörden"),
        ("de", "Nach Moskauer Militärangaben wurden 30 Drohnen abgefangen.", "Moskauer Militär"),
        ("de", "Die von Moskau eingesetzte Verwaltung bestätigte den Angriff.", "von Moskau eingesetzte Verwaltung"),
        ("de", "Nach Auswertung der Plattform DeepState ist das Dorf gefallen.", "Plattform DeepState"),
        ("de", "Das Ministerium will insgesamt 70 Drohnen abgeschossen haben.", "Ministerium"),
        ("de", "Gouverneur Andrej Worobjow versprach den Mietern Hilfe.", "Gouverneur Andrej Worobjow"),
        ("de", "Die Staatsanwaltschaft meldete dagegen vier Tote.", "Staatsanwaltschaft"),
        ("en", "Twelve drones were downed, governor Alexander Bogomaz wrote on Telegram.", "governor Alexander Bogomaz"),
        ("en", "The head of the region, Oleh Syniehubov, said two people died.", "head of the region, Oleh Syniehubov"),
        ("en", "Vitalii Kim, the governor, said there was no damage.", "Vitalii Kim, the governor"),
        ("uk", "У Феодосії гриміли вибухи, пише «Кримська хвиля».", "Кримська хвиля"),
        ("uk", "Росіяни вдарили дронами по Ромнах, пише «Радіо Свобода».", "Радіо Свобода"),
        ("uk", "Такі дані навела Ольга Мороз.", "Ольга Мороз"),
    ],
)
def test_who_speaks(lang, sentence, by):
    found = claimants.find(sentence, claimants.Voices(), lang)
    assert found is not None
    assert found.by == by


@pytest.mark.parametrize(
    ("lang", "told", "by"),
    [
        ("uk", "голови ОВА Івана Федорова", "голова ОВА Іван Федоров"),
        ("uk", "речником Сил оборони Півдня Владиславом Волошиним", "речник Сил оборони Півдня Владислав Волошин"),
        ("uk", "т.в.о. голови Сумської ОВА Віталія Кличка", "т.в.о. голови Сумської ОВА Віталій Кличко"),
        ("uk", "Повітряних силах ЗСУ", "Повітряні сили ЗСУ"),
        ("uk", "обласній прокуратурі", "обласна прокуратура"),
        ("uk", "самопроголошеного губернатора Володимира Сальдо", "самопроголошений губернатор Володимир Сальдо"),
        ("uk", "мер Києва Віталій Кличко", "мер Києва Віталій Кличко"),
        ("uk", "джерел у СБУ", "джерел у СБУ"),
        ("ru", "главы области Вячеслава Гладкова", "глава области Вячеслав Гладков"),
        ("ru", "врио губернатора Александра Хинштейна", "врио губернатора Александр Хинштейн"),
        ("ru", "Воздушных силах", "Воздушные силы"),
        ("ru", "секретаря Совбеза Сергея Шойгу", "секретаря Совбеза Сергея Шойгу"),
        ("de", "Gouverneurs Oleh Kiper", "Gouverneurs Oleh Kiper"),
    ],
)
def test_who_speaks_stands_in_the_nominative(lang, told, by):
    assert nominative(told, lang) == by


def test_the_case_of_a_claimant_is_no_other_claimant(told_in):
    drafts = told_in("За словами голови ОВА Івана Федорова, у Запоріжжі дрон влучив у склад.", "uk")
    assert voices_of(drafts) == [{"голова ОВА Іван Федоров"}]


def test_a_ministry_that_is_named_in_full_is_somebody(told_in):
    text = (
        "Міністерство оборони РФ відзвітувало про 130 збитих дронів: 47 над Брянською, 42 над Тульською областями.\n\n"
        "У Калузі уламки посікли фасад будинку, визнав губернатор Владислав Шапша."
    )
    assert voices_of(told_in(text, "uk"))[0] == {"Міністерство оборони РФ"}


@pytest.mark.parametrize(
    ("lang", "sentence", "place"),
    [
        ("en", "First: a dozen drones were brought down.", ""),
        ("en", "A church burned down in Orikhiv (Zaporizhzhia region).", "Orikhiv"),
        ("ru", "Двоих человек убили в Дружковке.", "Дружковке"),
        ("uk", "По-друге: обстріляно ферму.", ""),
    ],
)
def test_a_count_and_a_place_speak_for_nobody(lang, sentence, place):
    assert claimants.find(sentence, claimants.Voices(), lang, {place}) is None


@pytest.mark.parametrize(
    ("lang", "before", "after", "by"),
    [
        (
            "en",
            "Ivan Fedorov, who heads the oblast, spoke of nine wounded.",
            "Two died, Fedorov said.",
            "Ivan Fedorov, who heads the oblast",
        ),
        ("uk", "Олександр Богомаз, який керує областю, повідомив про обстріл.", "Збито 27 БпЛА, каже чиновник.", "Олександр Богомаз"),
        ("ru", "Евгений Балицкий подтвердил удар.", "Атакован автобус, по словам губернатора.", "Евгений Балицкий"),
        ("ru", "Порт атакован, сообщил оперштаб края.", "Жильцы, уточнили в штабе, отделались испугом.", "оперштаб края"),
        (
            "de",
            "Das meldete Oleksandr Hanscha, Chef der Verwaltung.",
            "Es waren laut Hanscha Gleitbomben.",
            "Oleksandr Hanscha, Chef der Verwaltung",
        ),
    ],
)
def test_a_surname_or_an_office_is_whom_the_text_has_named(lang, before, after, by):
    voices = claimants.Voices()
    for sentence in (before, after):
        voices.introduce(sentence, Vocabulary.load(lang))
        said = claimants.find(sentence, voices, lang)
    assert said.by.startswith(by)


@pytest.mark.parametrize(
    ("lang", "title", "text", "by"),
    [
        (
            "de",
            "",
            "Bilanz zog Gouverneur Oleh Kiper. \nIn Reni traf eine Drohne ein Haus. \nIn Ismajil brannte ein Lager nach Beschuss.",
            "Kiper",
        ),
        (
            "en",
            "",
            "In Reni, a drone hit a house, wounding two. \nShells damaged a school in Izmail. \nOleh Kiper, Odesa RMA",
            "Oleh Kiper, Odesa RMA",
        ),
        (
            "uk",
            "Ранковий звіт Олега Кіпера",
            "У Рені дрон влучив у будинок. \nВ Ізмаїлі обстріляли школу, вона пошкоджена.",
            "Олег Кіпер",
        ),
        (
            "de",
            "",
            "Serhij Lyssak, der Leiter der Region Odessa, zieht Bilanz. In Reni traf eine Drohne ein Haus. In Ismajil brennt nach Beschuss ein Lager.",
            "Serhij Lyssak, Leiter der Region Odessa",
        ),
        (
            "de",
            "Gouverneur Kiper zur Lage in der Region",
            "In Reni traf eine Drohne ein Haus. In Ismajil beschädigte eine Rakete eine Schule.",
            "Gouverneur Kiper",
        ),
        ("ru", "", "Дрон попал в дом в Рени, рассказал Олег Кипер. В Измаиле после обстрела горит склад.", "Олег Кипер"),
        ("uk", "", "У Рені дрон влучив у будинок. В Ізмаїлі обстріляли школу, є поранена. Одеська ОВА", "Одеська ОВА"),
        ("uk", "", "Олег Кіпер:\n\nУ Рені дрон влучив у будинок. В Ізмаїлі обстріляли школу, є поранена.", "Олег Кіпер"),
        ("uk", "", "У Рені дрон влучив у будинок. В Ізмаїлі обстріляли школу, є поранена. 14-та бригада «Схід»", "14-та бригада «Схід»"),
    ],
)
def test_one_voice_tells_all_that_names_nobody_else(told_in, lang, title, text, by):
    voices = voices_of(told_in(text, lang, title=title))
    assert len(voices) == 2
    assert all(len(said) == 1 and by in next(iter(said)) for said in voices)
