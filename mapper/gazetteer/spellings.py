"""Whether two names are spellings of one, what is a name at all, and how Ukraine's names are spelt by others."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from mapper.gazetteer.names import fold, is_cyrillic, nominatives, romanise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["across", "in_latin", "in_russian", "is_a_name", "is_same_name", "likeness", "russian_keys", "spellings"]

_SIMILAR = 0.55
# Letters that romanisations use for one another: Kyiv, Kiev, Kiew; Luhansk, Lugansk.
_ALIKE = str.maketrans({"w": "v", "y": "i", "j": "i", "h": "g", "c": "k", "q": "k", "x": "k", "z": "s"})
_WORD = re.compile(r"[^\W\d_]+")
# What Russian makes of the parts of a Ukrainian name: not a translation, but the form on Russian maps.
_RUSSIAN_PARTS = (
    (r"\bнова\b", "новая"), (r"\bстара\b", "старая"), (r"\bмала\b", "малая"), (r"\bвелика\b", "большая"),
    (r"\bвелике\b", "большое"), (r"\bвеликий\b", "большой"), (r"\bмале\b", "малое"), (r"\bмалий\b", "малый"),
    (r"\bнове\b", "новое"), (r"\bстаре\b", "старое"), (r"\bнижня\b", "нижняя"), (r"\bверхня\b", "верхняя"),
    (r"\bдруга\b", "вторая"), (r"\bперша\b", "первая"), (r"\bдруге\b", "второе"), (r"\bперше\b", "первое"),
    (r"\bолександр", "александр"), (r"\bолексі", "алексе"), (r"\bолексан", "алексан"), (r"\bмикол", "никол"),
    (r"\bкатерин", "екатерин"), (r"\bганн", "анн"), (r"\bроботин", "работин"), (r"\bбіл", "бел"), (r"\bліс", "лес"),
    (r"\bвасилівка", "васильевка"),
    (r"іївк", "еевк"),
    (r"їв(?=к|ськ)", "ев"), (r"селівк", "селовк"), (r"івськ", "овск"), (r"ївськ", "евск"),
    (r"([^шчщжц])івк", r"\1овк"), (r"івк", "евк"), (r"івці\b", "овцы"), (r"івка\b", "овка"), (r"ів\b", "ов"), (r"їв\b", "ев"),
    (r"піль\b", "поль"), (r"ськ(?=[еаи])", "ск"), (r"цьк(?=[еаи])", "цк"), (r"ине\b", "ино"), (r"(?<=[нвстцк])е\b", "ое"),
)  # fmt: skip
_RUSSIAN_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "'": "ъ", "’": "ъ", "ʼ": "ъ"})


def is_a_name(text: str) -> bool:
    """Leave out airport codes and transliterations by machine ("UMY", "su mei"): they would be found in any text."""
    if text.isascii() and (text[:1].islower() or text.isdigit()):
        return False
    return not (text.isascii() and text.isupper() and len(text) <= 4) and len(text) > 1  # codes have 3 or 4


def is_same_name(other: str, name: str) -> bool:
    """Tell whether a name is another spelling of one, perhaps in another alphabet, and not another name altogether."""
    a = fold(name)
    if is_cyrillic(other) and not is_cyrillic(name):
        return any(likeness(a, fold(spelling)) >= _SIMILAR for spelling in romanise(other))
    b = fold(other)
    return not b.isascii() or likeness(a, b) >= _SIMILAR


def likeness(a: str, b: str) -> float:
    """Give the share of letters that two keys have in common, 0 to 1."""
    a, b = a.translate(_ALIKE), b.translate(_ALIKE)
    shared = sum(min(a.count(letter), b.count(letter)) for letter in set(a))
    return 2 * shared / max(1, len(a) + len(b))


def in_latin(name: str) -> str:
    """Give a Cyrillic name in Latin letters as its country does: "Новоселівка Друга" gives "Novoselivka Druha"."""
    latin = romanise(name)
    return _WORD.sub(lambda word: word[0].capitalize(), latin[0]) if latin else name


def in_russian(name: str) -> str:
    """Give a Ukrainian name as Russian most likely writes it: "Новоселівка Друга" gives "новоселовка вторая".

    By rule, so it may be wrong where Russian has a word of its own; a wrong key finds nothing.
    """
    text = name.lower()
    for pattern, replacement in _RUSSIAN_PARTS:
        text = re.sub(pattern, replacement, text)
    return text.translate(_RUSSIAN_LETTERS)


def spellings(name: str) -> tuple[str, ...]:
    """Give the Latin and Russian spellings of a Ukrainian name beside itself, the official one first."""
    if not is_cyrillic(name):
        return ()
    russian = in_russian(name)
    # A hard sign is silent, and says that the name is Russian.
    return tuple(dict.fromkeys([*romanise(name)[:1], russian, *romanise(f"{russian}ъ")]))


# What Ukrainian makes of a Russian name ("Шебекіне", "Рильськ"), and Russian of a Ukrainian one ("Вольное Поле"), undone on
# folded keys: of each step one is tried after the other.
_STEPS = {
    "RU": (
        ((("і", "и"), ("є", "е"), (r"(?<=о)с(?=ииск)", "сс")),),
        ((), ((r"е\b", "о"),), ((r"е\b", "ое"),)),
        ((), (("и", "ы"),), ((r"и\b", "ы"),)),
        # "Нова Таволжанка", "Узлова"
        ((), ((r"(?<=[внтрдлж])а(?= )|(?<=ов)а$", "ая"), (r"(?<=[внтрдлж])е(?= )", "ое"), (r"(?<=[внтрдлж])[иы](?= )", "ые"))),
    ),
    "UA": (
        (((r"\bболш(?=[аеио])", "велик"), (r"ое\b", "е"), (r"ая\b", "а"), ("константин", "костянтин"), ("владимир", "володимир"),
          (r"^и", "і"), ("э", "е"), (r"пол(?=ск)", "піл"), (r"ическ(?=[еаи])", "ічн"), ("двуре", "дворі"), ("каменк", "камянк"),
          ("отрад", "одрад"), ("колодез", "колодяз"), (r"ои\b", "ии"), (r"переезд(?=н)", "переіз"), (r"сск(?=[аеиоу])", "ск")),),
        ((), ((r"[оеы]вк", "івк"),)),
        ((), ((r"^(\w+?)о", r"\1і"),)),
        ((), (("ы", "и"),), (("и", "і"), ("ы", "и")), (("е(?=.)", "і"),), ((r"е(?=[^е \n]+$)", "і"),)),
        # adjectives that Ukrainian has other words for: "Степная Новосёловка", "Красный Яр"
        ((), ((r"^степн(?=[аеиы])", "степов"), (r"^красн(?=[аеиы])", "червон"), (r"^лесн(?=[аеиы])", "лісов"),
              (r"^севе?рн(?=[аеиы])", "північн"), (r"^южн(?=[аеиы])", "південн"), (r"^западн(?=[аеиы])", "західн"),
              (r"^восточн(?=[аеиы])", "східн"), (r"^средн(?=[яеиы])", "середн"), (r"^черн(?=[аеиы])", "чорн"),
              (r"^счастлив(?=[аеиы])", "щаслив"), (r"^железн(?=[аеиы])", "залізн"))),
    ),
}  # fmt: skip
# How Ukrainian names end that Russian ends so: "Ровнополье" is Рівнопілля, "Затишье" Затишшя, "Терново" Тернове, "Старица" Стариця.
_ENDINGS = ((r"поле$", "пілля"), (r"([джзлнтчш])е$", r"\1\1я"), (r"(?<=[внт])о$", "е"), (r"ца$", "ця"))
_NO_LETTERS = re.compile(r"\(\?<?=[^)]*\)|\[[^]]*\]|.\?")


def _needed(pattern: str) -> str:
    """Give letters that every match of a rule's expression holds: to look for them takes a tenth of the time to look for a match."""
    return max(re.findall("[а-яёіїєґ]+", _NO_LETTERS.sub(" ", pattern)), key=len, default="")


def _compiled(rules: Sequence[tuple[str, str]]) -> list[tuple[str, re.Pattern[str], str]]:
    return [(_needed(pattern), re.compile(pattern, re.MULTILINE), by) for pattern, by in rules]


_RULES = {country: [[_compiled(rules) for rules in step] for step in steps] for country, steps in _STEPS.items()}
_ENDING_RULES = [_compiled([ending]) for ending in _ENDINGS]
_LETTERS = {"RU": re.compile("[іїєґ]"), "UA": re.compile("[ыэё]")}
_SHORTEST_ACROSS = 5


@lru_cache(maxsize=1 << 14)
def across(name: str, *, inflected: bool = True) -> tuple[tuple[str, str], ...]:
    """Give the keys that a name may have in the other one of Ukrainian and Russian, each with the country to look in.

    Each is a guess that the gazetteer confirms or not. If the name may be `inflected`, those of its nominatives too.
    """
    lower = name.lower().replace("ьо", "е")
    if len(lower) < _SHORTEST_ACROSS or not is_cyrillic(lower):
        return ()
    spelt = [country for country, letters in _LETTERS.items() if letters.search(name.lower())] or list(_STEPS)
    bases = [fold(lower), *(nominatives(lower) if inflected else ())]
    bases += [changed for rules in _ENDING_RULES for changed in _rewritten(bases, rules)]
    return tuple((key, country) for country in spelt for key in _across(bases, country))


def _across(keys: Iterable[str], country: str) -> Iterable[str]:
    for step in _RULES[country]:
        keys = dict.fromkeys(chain.from_iterable(zip(*(_rewritten(keys, rules) for rules in step), strict=True)))
    return keys


def _rewritten(keys: Iterable[str], rules: Sequence[tuple[str, re.Pattern[str], str]]) -> Iterable[str]:
    """Rewrite keys by rules, all keys in one text with a line for each."""
    if not rules:
        return keys
    text = "\n".join(keys)
    for needed, pattern, by in rules:
        if needed in text:
            text = pattern.sub(by, text)
    return text.split("\n")


# What English writes for the letters of a Russian name, the longest first; "y" depends on what stands beside it.
_OF_LATIN = {
    "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ya": "я", "yu": "ю", "yo": "е", "ye": "е",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "и", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "z": "з",
}  # fmt: skip
_LATIN = re.compile("|".join(_OF_LATIN))
_PLURAL_ADJECTIVE = re.compile(r"(?<=[tnv])ye(?!\w)")
_FINAL_Y = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz])y(?!\w)")
_OTHER_Y = re.compile(r"(?<=[aeiou])y(?![aeou])|y(?=i)")


@lru_cache(maxsize=1 << 12)
def russian_keys(name: str) -> tuple[str, ...]:
    """Give the Russian keys of a name that an English text has romanised from Russian: "Golaya Pristan" gives "голая пристан".

    Each is a guess that the gazetteer confirms or not.
    """
    key = fold(name)
    if len(key) < _SHORTEST_ACROSS or not key.isascii():
        return ()
    key = _OTHER_Y.sub("и", _PLURAL_ADJECTIVE.sub("ые", key))
    readings = dict.fromkeys(_FINAL_Y.sub(ending, key) for ending in ("ыи", "ии", "ы"))
    return tuple(dict.fromkeys(fold(_LATIN.sub(lambda m: _OF_LATIN[m[0]], one).replace("y", "ы")) for one in readings))
