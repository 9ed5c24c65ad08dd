"""Keys of names, transliteration, case endings."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.gazetteer import spellings
from mapper.gazetteer.morphology import base_forms
from mapper.gazetteer.names import cues, fold, is_cyrillic, nominatives, romanise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Étienne", "ST. ETIENNE"),
        ("Łódź", "Lodz"),
        ("Ivano-Frankivsk", "Ivano  Frankivsk"),
        ("Sums'ka Oblast'", "Sumska Oblast"),
        ("Куп'янськ", "Куп’янськ"),
        ("Львів", "ЛЬВІВ"),
        ("Straße", "STRASSE"),
        ("L\u2019viv", "Lviv"),
        ("İzmir", "Izmir"),
        ("Mt. Vernon", "Mount Vernon"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Kursk", "Kurske"), ("Orel", "Oral"), ("Суми", "Сумы"), ("Stade", "Saint Ade")])
def test_different_names_keep_different_keys(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_a_key_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="'’ʼ -–.,;()\t\n"))
def test_a_text_without_letters_has_no_key(text):
    assert fold(text) == ""


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Київ", "kyiv"),
        ("Запоріжжя", "zaporizhzhia"),
        ("Слов'янськ", "sloviansk"),
        ("Єнакієве", "yenakiieve"),
        ("Згурівка", "zghurivka"),
        ("Кам'янець-Подільський", "kamianets-podilskyi"),
        ("Їжаківка", "yizhakivka"),
    ],
)
def test_ukrainian_follows_the_resolution_of_2010(name, latin):
    assert romanise(name)[0] == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [("Грозный", "grozny"), ("Ельня", "yelnya"), ("Орёл", "oryol"), ("Энгельс", "engels"), ("Рыльск", "rylsk"), ("Щёкино", "shchyokino")],
)
def test_russian_follows_the_board_on_geographic_names(name, latin):
    assert latin in romanise(name)


def test_a_name_that_may_be_either_language_gets_both():
    assert romanise("Бровари")[:2] == ("brovary", "brovari")


def test_latin_names_are_left_alone():
    assert romanise("Sumy") == ()
    assert nominatives("Sumy") == ()
    assert not is_cyrillic("Sumy")


@pytest.mark.parametrize(
    ("oblique", "nominative"), [("Сумах", "Суми"), ("Харкові", "Харків"), ("Курском", "Курск"), ("України", "Україна"), ("Києва", "Київ")]
)
def test_case_endings_come_off(oblique, nominative):
    assert fold(nominative) in nominatives(oblique)


@pytest.mark.parametrize(
    ("oblique", "base"),
    [
        ("Курске", "курск"),
        ("Ростове-на-Дону", "ростов-на-дону"),
        ("Брянской области", "брянская область"),
    ],
)
def test_dictionaries_give_the_base_form(oblique, base):
    assert base in base_forms(oblique)


def test_cue_words_are_lower_case_and_not_repeated_within_a_list():
    table = cues()
    for section, key in [("settlement", "before"), ("admin1", "after"), ("near", "before"), ("prepositions", "strong")]:
        words = table[section][key]
        assert [word for word in words if word != word.lower()] == []
        assert len(words) == len(set(words)), (section, key)


@given(st.text())
def test_folding_letter_by_letter_is_folding_the_whole(text):
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    assert fold(text) == fold("".join(letter for letter in whole if unicodedata.category(letter) != "Mn"))


@pytest.mark.parametrize(
    "rules", [rules for steps in spellings._RULES.values() for step in steps for rules in step] + spellings._ENDING_RULES
)
def test_keys_are_rewritten_in_one_text_as_each_by_itself(rules):
    keys = ["степное поле", "и", "ое", "білопілля", "олександрівка", "красныи яр", "северная", "сверная", "новоивановка", "е", "стариццца"]

    def alone(key):
        for _, pattern, by in rules:
            key = re.sub(pattern.pattern, by, key)
        return key

    assert list(spellings._rewritten(keys, rules)) == [alone(key) for key in keys]
