"""The language of a text that does not say it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.sources.language import code, contradicts, detect
from mapper.taxonomy import LANGUAGES

SENTENCES = [
    ("en", "Russian drones hit two apartment blocks overnight, the regional governor said."),
    ("en", "No deaths were reported by noon on Friday."),
    ("uk", "Уночі ворог атакував Одесу дронами, поранено трьох людей."),
    ("uk", "Загроза балістики зі сходу"),
    ("uk", "Вибухи в Одесі"),
    ("ru", "Взрывы в Одессе"),
    ("ru", "Ночью над Брянской областью сбиты 23 беспилотника"),
    ("ru", "Отбой ракетной опасности"),
    ("de", "In der Nacht wurden 23 Drohnen abgeschossen."),
    ("de", "Mindestens fünf Verletzte in Odessa"),
    ("", "W nocy drony zaatakowały Lwów, zginęły dwie osoby."),
    ("", "Deux personnes ont été tuées dans la nuit à Soumy, selon le gouverneur."),
    ("", "Un ataque con drones dejó dos muertos en Járkov."),
    ("", "Twee doden bij een aanval op de haven."),
    ("", "Уначы беспілотнікі атакавалі горад, загінулі два чалавекі."),
    ("", "Двама души загинаха при удар по града."),
    ("", "Двоје људи погинуло у нападу на град."),
    ("", "في الليل هاجمت طائرات مسيرة المدينة وقتل شخصان."),
    ("", "Дрон"),
    ("", "112, 5:30, +380 44 000 00 00"),
    ("", "❗️❗️❗️"),
]


@pytest.mark.parametrize(("lang", "text"), SENTENCES)
def test_one_sentence_is_enough_or_it_is_not_known(lang: str, text: str) -> None:
    assert detect(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCES[2][1]} {SENTENCES[0][1]}",
        f"{SENTENCES[2][1]} {SENTENCES[6][1]}",
    ],
)
def test_a_mixed_text_has_none(text: str) -> None:
    assert detect(text) == ""


def test_a_name_or_a_quote_in_another_language_does_not_mix_it() -> None:
    assert detect(f"{SENTENCES[2][1] * 4} Shahed-136 (BBC)") == "uk"
    assert detect(f"{SENTENCES[0][1] * 4} «Укренерго»") == "en"
    assert detect(SENTENCES[2][1] * 8 + " «Мы это сделали»") == "uk"


def test_marks_of_direction_change_nothing() -> None:
    assert detect("\u202b" + SENTENCES[2][1].replace(" ", " \u200f")) == "uk"


def test_a_long_text_beats_the_file_and_a_short_one_does_not() -> None:
    assert contradicts(SENTENCES[2][1] * 5, "ru") == "uk"
    assert contradicts(SENTENCES[2][1] * 5, "uk") == ""
    assert contradicts(SENTENCES[2][1], "ru") == ""
    assert contradicts(SENTENCES[2][1] * 5, "pl") == ""


@pytest.mark.parametrize(
    ("tag", "lang"), [("uk-UA", "uk"), ("ru_RU", "ru"), ("DE", "de"), ("ukr", "uk"), ("", ""), ("x-default", ""), ("українська", "")]
)
def test_tags(tag: str, lang: str) -> None:
    assert code(tag) == lang


@given(st.text(max_size=60))
def test_every_text_has_a_known_language_or_none_and_always_the_same(text: str) -> None:
    assert detect(text) in (*LANGUAGES, "")
    assert detect(text) == detect(text)
    code(text)


def test_a_clear_text_does_not_wait_for_the_model_nor_a_plain_one_for_the_reader_of_pages() -> None:
    code = (
        "import sys\nfrom mapper.sources import read\nread(sys.argv[1])\n"
        "sys.exit(any(m in sys.modules for m in ('py3langid', 'lxml', 'trafilatura', 'email.utils', 'pandas')))"
    )
    assert subprocess.run([sys.executable, "-c", code, "README.md"], check=False).returncode == 0
