"""Children among the killed and the injured: a part of them, told apart, never added."""

from __future__ import annotations

import pytest

from mapper.extraction.facts import casualties


@pytest.mark.parametrize(
    ("lang", "text", "toll", "children"),
    [
        ("en", "It killed four people, including a child, and injured 12, among them three children.", (4, 12), (1, 3)),
        ("en", "Three people were killed and 12 wounded, including three children.", (3, 12), (None, 3)),
        ("en", "Nine people were injured, four of them children.", (None, 9), (None, 4)),
        ("en", "Five people were killed, among them a 3-month-old baby and a 12-year-old boy.", (5, None), (2, None)),
        ("en", "Six civilians were wounded, including a 9-year-old girl; a 16-year-old boy was killed in Kherson.", (1, 6), (1, 1)),
        ("en", "Killed: 4 (1 child). At least 17 people were injured (4 children).", (4, 17), (1, 4)),
        ("en", "At least ten were killed, including at least three children.", (10, None), (3, None)),
        ("en", "A 17-year-old girl was killed and a 19-year-old man wounded.", (1, 1), (1, None)),
        ("en", "12 people were injured, including children.", (None, 12), (None, None)),
        ("en", "A missile hit a children's hospital, killing two people.", (2, None), (None, None)),
        ("en", "It said 1,000 children were evacuated after two people were killed.", (2, None), (None, None)),
        ("en", "Among the dead are a woman and a 7-year-old boy.", (None, None), (1, None)),
        ("uk", "Загинули 4 людини, серед них двоє дітей, ще 12 поранено, у тому числі 3 дитини.", (4, 12), (2, 3)),
        ("uk", "Постраждали 11 людей, з них троє — діти.", (None, 11), (None, 3)),
        ("uk", "Поранено 12 людей, зокрема дитину.", (None, 12), (None, 1)),
        ("uk", "Серед постраждалих 16-річний хлопець та 3-місячне немовля.", (None, None), (None, 2)),
        ("ru", "Погибли два человека, в том числе ребёнок, ранены 10, из них трое детей.", (2, 10), (1, 3)),
        ("ru", "Ранены семь человек, среди них 14-летняя девушка и 27-летний юноша.", (None, 7), (None, 1)),
        ("ru", "Среди погибших есть дети.", (None, None), (None, None)),
        ("de", "Vier Menschen wurden getötet, darunter ein Kind, und zwölf verletzt, unter ihnen drei Kinder.", (4, 12), (1, 3)),
        ("de", "Fünf Menschen kamen ums Leben, darunter zwei Mädchen und eine junge Frau.", (5, None), (2, None)),
        ("de", "Ein Kind kam ums Leben, sieben Menschen wurden verletzt, darunter ein 15-Jähriger.", (1, 7), (1, 1)),
    ],
)
def test_children_are_a_part_of_the_toll(lang, text, toll, children):
    found = casualties.find(text, lang)
    assert (found.killed.low, found.injured.low) == toll
    assert (found.children_killed, found.children_injured) == children


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Among them are three children."),
        ("en", "Three of them were children."),
        ("uk", "Серед них троє дітей."),
        ("ru", "Среди них трое детей."),
        ("de", "Unter ihnen sind drei Kinder."),
    ],
)
def test_of_whom_the_sentence_before_tells(lang, text):
    found = casualties.find(text, lang)
    assert (found.children_told_before, found.known) == (3, False)


@pytest.mark.parametrize(
    ("lang", "text", "injured"),
    [
        ("en", "There are no children among the injured.", None),
        ("uk", "Дітей серед постраждалих немає.", None),
        ("uk", "Діти не постраждали.", None),
        ("ru", "Детей среди пострадавших нет.", None),
        ("de", "Kinder wurden nicht verletzt.", None),
        ("en", "No casualties, the children were in a shelter.", 0),
        ("uk", "Дванадцятеро поранених, дітей серед постраждалих немає.", 12),
    ],
)
def test_that_no_child_was_hurt_does_not_say_that_nobody_was(lang, text, injured):
    assert casualties.find(text, lang).injured.low == injured
