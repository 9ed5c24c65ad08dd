"""Which words of a text are places, and what the text says about them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.extraction.naming.toponyms import at, find
from mapper.gazetteer.index import Gazetteer
from mapper.geocoding.voting import resolve_all


def said(mention):
    return (mention.name, mention.kind, mention.within)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two people died in the northeastern Ukrainian city of Sumy.", [("Sumy", "settlement", ("Ukraine",))]),
        ("Romny in the Sumy region was hit.", [("Romny", "", ("Sumy region",)), ("Sumy", "admin1", ())]),
        (
            "The town of Pokrovsk, Donetsk Oblast, was shelled.",
            [("Pokrovsk", "settlement", ("Donetsk Oblast",)), ("Donetsk", "admin1", ())],
        ),
        (
            "The drones flew over the western Bryansk, Kaluga and Kursk regions.",
            [("Bryansk", "admin1", ()), ("Kaluga", "admin1", ()), ("Kursk", "admin1", ())],
        ),
        ("The Bryansk and Kursk Oblasts border on it.", [("Bryansk", "admin1", ()), ("Kursk", "admin1", ())]),
        ("Alarms in the regions of Sumy and Poltava.", [("Sumy", "admin1", ()), ("Poltava", "admin1", ())]),
        ("It hit Russia's Kursk region.", [("Russia", "country", ()), ("Kursk", "admin1", ("Russia",))]),
        (
            "Blasts in Engels, a city in Russia's Saratov region.",
            [("Engels", "", ("Saratov region", "Russia")), ("Russia", "country", ()), ("Saratov", "admin1", ("Russia",))],
        ),
        ("Police in Paris, Texas, said so.", [("Paris", "", ("Texas",)), ("Texas", "admin1", ())]),
        ("Lukashenko, visiting Minsk, said Belarus was calm.", [("Minsk", "", ()), ("Belarus", "country", ())]),
        ("Seoul is far from North Korea.", [("Seoul", "", ()), ("North Korea", "country", ())]),
        ("They fled Vovchansk, Lyptsi and Hlyboke.", [("Vovchansk", "", ()), ("Lyptsi", "", ()), ("Hlyboke", "", ())]),
        ("Berlin, Paris and London were lit up.", [("Berlin", "", ()), ("Paris", "", ()), ("London", "", ())]),
        ("A fire in Tuapse, Krasnodar Krai.", [("Tuapse", "", ("Krasnodar Krai",)), ("Krasnodar", "admin1", ())]),
        ("He lives in St. Petersburg, Florida.", [("St. Petersburg", "", ("Florida",)), ("Florida", "admin1", ())]),
    ],
)
def test_english(gazetteer, text, expected):
    assert [said(mention) for mention in find(text, gazetteer)] == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("У Сумах загинули двоє людей.", "uk", [("Сумах", "", ())]),
        ("м. Ромни, Сумська область", "uk", [("Ромни", "settlement", ("Сумська область",)), ("Сумська область", "admin1", ())]),
        (
            "В городе Шебекино Белгородской области погиб человек.",
            "ru",
            [("Шебекино", "settlement", ("Белгородской области",)), ("Белгородской области", "admin1", ())],
        ),
        ("В Курской области сбиты дроны.", "ru", [("Курской области", "admin1", ())]),
        ("In der Stadt Sumy und im Gebiet Kursk gab es Tote.", "de", [("Sumy", "settlement", ()), ("Kursk", "admin1", ())]),
        ("Bundeskanzler Olaf Scholz sprach in Berlin.", "de", [("Berlin", "", ())]),
    ],
)
def test_other_languages(gazetteer, text, lang, expected):
    assert [said(mention) for mention in find(text, gazetteer, lang)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Artem Kobzar said in a video message on Telegram on Thursday.",
        "Governor Smith declined. Smith laughed.",
        "According to Shin Won-sik, talks went on. Shin told reporters.",
        "Reading the report in March, Many of them were in two minds.",
        "President Vladimir Putin and Prime Minister Keir Starmer spoke.",
        "The Patriot and the Iskander are missiles. May was quiet.",
        "NATO, the BBC and the SBU agreed in August.",
        "",
        "   \n",
        "several massive explosions took place",
    ],
)
def test_persons_months_and_words_are_no_places(gazetteer, text):
    assert find(text, gazetteer) == []


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The Sumy regional military administration said so.", "Sumy", "institution"),
        ("The Kyiv Independent reported it.", "Kyiv", "institution"),
        ("The mayor of Kharkiv confirmed it.", "Kharkiv", "institution"),
        ("The governor of Russia's Bryansk region confirmed it.", "Bryansk", "institution"),
        ("The UK-based group confirmed it.", "UK", "institution"),
        ("Missiles for troops, Seoul says.", "Seoul", "voice"),
        ("That followed claims from Kyiv of a strike.", "Kyiv", "voice"),
        ("Kursk's defenders withdrew.", "Kursk", "possessive"),
        ("Explosions were heard in Kyiv.", "Kyiv", ""),
    ],
)
def test_roles(gazetteer, text, name, role):
    assert [mention.role for mention in find(text, gazetteer) if mention.name == name] == [role]


@pytest.mark.parametrize(
    ("text", "name", "km", "bearing"),
    [
        ("It crashed 12 km north of Sumy.", "Sumy", 12.0, 0.0),
        ("It crashed 10 miles (16 km) south-east of the city of Kharkiv.", "Kharkiv", 16.1, 135.0),
        ("It crashed near Sumy.", "Sumy", None, None),
        ("They fight on the outskirts of Vovchansk.", "Vovchansk", 0.0, None),
        ("They advanced northeast of Siversk.", "Siversk", None, 45.0),
    ],
)
def test_offsets(gazetteer, text, name, km, bearing):
    (mention,) = [mention for mention in find(text, gazetteer) if mention.name == name]
    assert mention.near
    assert (mention.km, mention.bearing) == (km, bearing)


def test_the_regional_administration_means_the_oblast(gazetteer):
    (mention,) = find("The Sumy regional military administration said so.", gazetteer)
    assert mention.kind == "admin1"


def test_a_country_name_before_a_state_is_a_town(gazetteer):
    assert said(find("They met in Lebanon, Pennsylvania.", gazetteer)[0]) == ("Lebanon", "", ("Pennsylvania",))


def test_an_american_county_is_no_admin1_area_elsewhere(gazetteer):
    (mention,) = find("Fires burnt in Santa Barbara County.", gazetteer)
    [place] = resolve_all([mention], gazetteer)
    assert (place.name, place.precision, place.admin1) == ("Santa Barbara County", "admin2", "US-CA")


def test_another_romanisation_is_found_where_a_place_is_wanted(gazetteer):
    assert [mention.name for mention in find("Two died in the town of Hulyaipole.", gazetteer)] == ["Hulyaipole"]


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "In Beryslav district a bus was hit.", ["Beryslav Raion"]),
        ("en", "Two people were killed in the Polohy and Zaporizhzhia districts.", ["Polohy Raion", "Zaporizhzhia Raion"]),
        ("de", "In den Bezirken Nikopol und Pawlohrad wurden zwei Menschen verletzt.", ["Nikopol Raion", "Pavlohrad Raion"]),
    ],
)
def test_a_district_named_after_its_town_is_a_raion(gazetteer, lang, text, names):
    mentions = find(text, gazetteer, lang)
    assert [(mention.name, mention.kind) for mention in mentions] == [(name, "admin2") for name in names]


def test_a_district_of_which_there_is_no_raion_is_somewhere_near_its_town(gazetteer):
    (mention,) = find("In Marhanets district a bus was hit.", gazetteer)
    assert mention.near


@pytest.mark.parametrize(
    ("text", "container"),
    [
        ("In der Siedlung Meschowa, Bezirk Synelnykowe, brannte ein Haus.", "Synelnykove Raion"),
        ("Im Bezirk Isjum in der Region Charkiw brannte ein Haus.", "Charkiw"),
        ("Im Dorf Welyka Pyssariwka (Gebiet Sumy) brannte ein Haus.", "Sumy"),
    ],
)
def test_a_german_area_beside_a_place_says_where_it_lies(gazetteer, text, container):
    first, _ = find(text, gazetteer, "de")
    assert first.within
    assert container in first.within[0]


def test_a_republic_in_quotation_marks_is_an_area(gazetteer):
    *_, area = find("Im Dorf Piddubne in der „Volksrepublik“ Donezk brannte ein Haus.", gazetteer, "de")
    assert (area.text, area.kind) == ("Donezk", "admin1")


def test_german_nouns_are_no_places(gazetteer):
    text = "In Brand geriet ein Lager. Dabei kam in der Stadtmitte niemand zu Schaden. Dort wurden Verletzte ins Spital gebracht. Russland schwieg."
    assert [mention.name for mention in find(text, gazetteer, "de")] == ["Russland"]


TEXT = """Seoul says so. Russian drones struck the city of Sumy, and Kursk's governor, Alexei Smirnov, was in St. Petersburg.
"We left Ivano-Frankivsk," said Olena Kovalenko from Bilopillia in Sumy Oblast. У Києві тихо; в Курской области тоже."""


def test_spans_are_where_the_name_stands(gazetteer):
    mentions = find(TEXT, gazetteer)
    assert len(mentions) >= 8
    for mention in mentions:
        assert TEXT[mention.start : mention.end] == mention.text
    assert [mention.start for mention in mentions] == sorted(mention.start for mention in mentions)


@given(st.text(alphabet=st.sampled_from(list("SumyKrk of in the,.'’-()\n 12кКиїв")), max_size=80))
@settings(deadline=None)
def test_any_text_can_be_read(text):
    end = 0
    for mention in find(text, Gazetteer.default()):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("Shells hit the village of Dalekozabute in the Sumy region.", "Dalekozabute", ("Sumy region",)),
        ("An airstrike hit the southern village of Kfar Nowhereh on Monday.", "Kfar Nowhereh", ()),
        ("У селі Далекозабуте Сумської області горить дім.", "Далекозабуте", ("Сумської області",)),
        ("Обстреляно село Новозабытово Белгородской области.", "Новозабытово", ("Белгородской области",)),
    ],
)
def test_a_village_that_the_gazetteer_lacks_is_a_mention_all_the_same(gazetteer, text, name, within):
    (mention,) = [one for one in find(text, gazetteer) if one.name == name]
    assert (mention.kind, mention.within) == ("settlement", within)


def test_a_list_of_villages_known_or_not(gazetteer):
    names = [mention.name for mention in find("They took the villages of Dalekozabute, Robotyne and Nichogosela.", gazetteer)]
    assert names == ["Dalekozabute", "Robotyne", "Nichogosela"]


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Blasts shook the Ukrainian capital overnight.", "Ukrainian capital", "Kyiv"),
        ("Drones flew to Russia's capital.", "Russia's capital", "Moscow"),
        ("In the capital of Ukraine, sirens sounded.", "capital of Ukraine", "Kyiv"),
        ("У столиці України лунали вибухи.", "столиці України", "Kyiv"),
    ],
)
def test_a_capital_by_its_noun(gazetteer, text, phrase, name):
    assert [(mention.text, mention.name, mention.kind) for mention in find(text, gazetteer)] == [(phrase, name, "settlement")]


def test_a_capital_that_is_named_is_one_place(gazetteer):
    assert [mention.text for mention in find("Blasts shook the Ukrainian capital, Kyiv, overnight.", gazetteer)] == ["Kyiv"]


@pytest.mark.parametrize(
    "text",
    [
        "Hamas and Hezbollah agreed.",
        "Mobile phones rang.",
        "Jordan Peterson laughed.",
        "The Houthis fired on Fatah.",
        "Wagner and Akhmat left.",
    ],
)
def test_organisations_words_and_given_names_are_no_places(gazetteer, text):
    assert find(text, gazetteer) == []


@pytest.mark.parametrize(
    ("text", "lang", "places"),
    [
        ("В Белгороде тихо, сказала Мария Захарова. Буданов и Гладков молчали.", "ru", ["Белгороде"]),
        ("Начальник ОВА Володимир Артюх був у Білопіллі.", "uk", ["Білопіллі"]),
        ("Wladimir Putin und Markus Söder waren in Nürnberg.", "de", ["Nürnberg"]),
    ],
)
def test_persons_in_other_languages(gazetteer, text, lang, places):
    assert [mention.name for mention in find(text, gazetteer, lang)] == places


def test_the_shares_of_a_count_are_of_one_kind(gazetteer):
    found = find("It shot down 23 over Bryansk region, 12 over Kursk and the rest over Belgorod.", gazetteer)
    assert [(mention.name, mention.kind) for mention in found] == [("Bryansk", "admin1"), ("Kursk", "admin1"), ("Belgorod", "admin1")]


def test_the_stretch_between_two_towns_is_one_place(gazetteer):
    (mention,) = find("A convoy burnt on the road between Izium and Sloviansk.", gazetteer)
    assert (mention.text, mention.name, mention.other) == ("Izium and Sloviansk", "Izium", "Sloviansk")
    (way,) = find("The Bakhmut-Sloviansk highway is closed.", gazetteer)
    assert (way.name, way.other) == ("Bakhmut", "Sloviansk")
    assert len(find("Talks between Moscow and Kyiv failed.", gazetteer)) == 2


def test_a_state_abbreviated(gazetteer):
    found = find("Police in Lexington, Ky., and Rochester, N.Y., said so.", gazetteer)
    assert [said(mention) for mention in found] == [
        ("Lexington", "", ("Kentucky",)),
        ("Kentucky", "admin1", ()),
        ("Rochester", "", ("New York",)),
        ("New York", "admin1", ()),
    ]


GIVEN = "An American from Fayette County sued the Lexington Police Department in northern Kentucky. Nobody knew Qwertyville."


def test_given_spans_are_all_answered_in_order(gazetteer):
    wanted = ["American", "Fayette County", "Lexington Police Department", "northern Kentucky", "Qwertyville", "Kentucky"]
    spans = [(GIVEN.index(word), GIVEN.index(word) + len(word)) for word in wanted]
    mentions = at(GIVEN, spans, gazetteer)
    assert [mention.text for mention in mentions] == wanted
    assert [mention.name for mention in mentions][:1] == ["United States"]
    assert [mention.name for mention in mentions][2:] == ["Lexington", "Kentucky", "Qwertyville", "Kentucky"]
    assert all(mention.given for mention in mentions)
    assert at(GIVEN, [], gazetteer) == []


@given(st.lists(st.tuples(st.integers(0, 112), st.integers(1, 12)), max_size=6))
@settings(deadline=None, max_examples=50)
def test_any_spans_can_be_read(starts):
    spans = [(start, min(len(GIVEN), start + size)) for start, size in starts]
    mentions = at(GIVEN, spans, Gazetteer.default())
    assert [(mention.start, mention.end) for mention in mentions] == spans


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("de", "Im Bezirk Darnyzja brannte ein Hochhaus.", ["Kyiv"]),
        ("de", "In Charkiw schlug eine Drohne im Stadtteil Saltiwka ein.", ["Charkiw"]),
        ("uk", "У Салтівському районі горить будинок.", ["Kharkiv"]),
        ("uk", "Дрон влучив у дах у Зарічному районі міста.", ["Sumy"]),
        ("uk", "Росіяни скинули на мікрорайон Артема дві бомби. У Слов'янську горить школа.", ["Слов'янську"]),
        ("en", "Debris fell in the Solomianskyi district.", ["Kyiv"]),
        ("ru", "В Индустриальном районе горит склад. Харьков остался без света.", ["Харьков", "Харьков"]),
    ],
)
def test_a_district_of_a_city_is_the_city_if_it_is_known_which(gazetteer, lang, text, names):
    assert [mention.name for mention in find(text, gazetteer, lang)] == names


def test_a_district_is_one_of_the_city_that_the_title_names(gazetteer):
    text = "Уламки впали в Заводському районі."
    titled = find("Миколаїв під атакою", gazetteer, "uk")
    assert [mention.name for mention in find(text, gazetteer, "uk", titled)] == ["Миколаїв"]
    assert "Миколаїв" not in [mention.name for mention in find(text, gazetteer, "uk")]


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("de", "Russland griff Kiew an. In der Hauptstadt brannte ein Lager.", "Kyiv"),
        ("de", "Die Region Saporischschja wurde beschossen. Getroffen wurde auch die Gebietshauptstadt.", "Zaporizhzhia"),
        ("en", "The Sumy region was shelled. The regional centre had no power.", "Sumy"),
        ("uk", "Полтавська область без світла. В обласному центрі горить склад.", "Poltava"),
    ],
)
def test_a_capital_is_told_by_its_noun(gazetteer, lang, text, place):
    mentions = find(text, gazetteer, lang)
    [*_, last] = resolve_all(mentions, gazetteer)
    assert (last.name, last.precision) == (place, "settlement")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russische Truppen griffen Lypzi und Borowa im Gebiet Charkiw an.", "Borova"),
        ("Luftangriffe gab es auf Huljajpilske und Werchnja Tersa im Gebiet Saporischschja.", "Verkhnia Tersa"),
        ("Aus Mykolajiw meldeten die Behörden der Ukraine Einschläge.", "Mykolaiv"),
        ("Auf dem Flugplatz Belbek auf der Krim brannten zwei Kampfjets.", "Belbek air base"),
        ("Bomben fielen auf Stepnohirsk und Komyschuwacha im Gebiet Saporischschja.", "Komyshuvakha"),
        ("Angriffe gab es in den Räumen Kolodjasi und Torske im Gebiet Donezk.", "Kolodiazi"),
        ("In Slawjansk am Kuban brannte eine Raffinerie.", "Slavyansk-na-Kubani"),
    ],
)
def test_villages_and_plants_that_german_spells_by_ear(gazetteer, text, place):
    assert place in [getattr(result, "name", "") for result in resolve_all(find(text, gazetteer, "de"), gazetteer)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Im Zentrum Charkiws brennt ein Haus.", ["Charkiw"]),
        ("Nördlich Wowtschansks wird gekämpft.", ["Wowtschansk"]),
        ("In Odessas Hafen brannte ein Speicher.", ["Odessa"]),
        ("Das Dorf ist in der Hand Moskaus.", []),
        ("In Krementschuk wurde eine Brücke über den Dnipro getroffen.", ["Krementschuk"]),
    ],
)
def test_a_german_genitive_is_a_town_and_an_article_a_river(gazetteer, text, places):
    assert [mention.name for mention in find(text, gazetteer, "de")] == places
