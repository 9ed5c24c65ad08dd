"""Names as keys: folding, transliteration and light inflection.

A place is looked up by a folded key: no case, no diacritics, no apostrophes or soft signs, hyphens as spaces. Two
spellings that differ only in these are one name. What differs in more (another alphabet, a case ending) becomes a few
variants, tried in order by `mapper.gazetteer.index`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, islice, product
from typing import Any

from mapper.gazetteer.morphology import base_forms

__all__ = ["cue_words", "cues", "fold", "fold_passage", "is_cyrillic", "nominatives", "respellings", "romanise"]

# Letters that NFKD leaves alone but that a reader takes for their plain neighbour.
_PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
        "ґ": "г", "ѣ": "е", "ə": "a",
        "ь": None, "ъ": None,
    }
)  # fmt: skip
# Every mark that stands for an apostrophe or a soft sign in some romanisation, and the joiners of other scripts.
_DROPPED = re.compile("['’‘ʼʹʻ`´′ʽ\"“”„«»\u200b-\u200f\u00ad\ufeff]")
_SEPARATOR = re.compile(r"[\W_]+")
_WHOLE_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


class _Letters(dict[int, str]):
    """What each character becomes in a key, by its code: worked out when it is first met, since folding looks at no two together."""

    def __missing__(self, code: int) -> str:
        # Between two letters that stay, as a space at an edge would not.
        before, found = "", f"x{chr(code)}x"
        while before != found:
            before, found = found, self._once(found)
        self[code] = found[1:-1]
        return self[code]

    @staticmethod
    def _once(text: str) -> str:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letter for letter in text.translate(_PLAIN) if unicodedata.category(letter) != "Mn")
        return _SEPARATOR.sub(" ", _DROPPED.sub("", text))


_LETTERS = _Letters()


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the key of a name: ``fold("Saint-Étienne") == fold("St. Etienne") == "saint etienne"``.

    Folding a key gives the same key. A text without a letter or digit gives an empty key.
    """
    return fold_passage(text)


def fold_passage(text: str) -> str:
    """Fold as `fold` does, without keeping the answer: for texts longer than names."""
    words = text.translate(_LETTERS).split()
    return " ".join(words if _WHOLE_WORDS.keys().isdisjoint(words) else [_WHOLE_WORDS.get(word, word) for word in words])


_SHORTEST_STEM = 2
_LONG_ENDING = 4
_CYRILLIC = re.compile("[\u0400-\u052f]")
_PLURAL_GENITIVE = re.compile("[иы]х$")


def is_cyrillic(text: str) -> bool:
    """Tell whether a text holds a Cyrillic letter."""
    return bool(_CYRILLIC.search(text))


# Ukraine's Cabinet of Ministers, resolution 55 of 27 January 2010: the form in passports and on road signs.
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# US Board on Geographic Names and PCGN, 1947, as English newspapers write it (ё as yo is their habit, not the Board's).
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
_RUSSIAN_SOFT_E = re.compile("(?:(?<=[аеёийоуъыьэюя])|(?<![а-яё]))е")


_UKRAINIAN_LETTERS, _RUSSIAN_LETTERS = str.maketrans(_UKRAINIAN), str.maketrans(_RUSSIAN)
_MAY_BE_FIRST = re.compile(f"[{''.join(_UKRAINIAN_FIRST)}]")
_UKRAINIAN_ONLY, _RUSSIAN_ONLY = re.compile("[іїєґ'’ʼ]"), re.compile("[ыэёъ]")
_RUSSIAN_Y, _RUSSIAN_YE = re.compile("(?:iy|yy)\\b"), re.compile("\\bye")


def _ukrainian(text: str) -> str:
    text = text.replace("зг", "zgh")

    def at_its_place(found: re.Match[str]) -> str:
        before = text[found.start() - 1] if found.start() else " "
        return found[0] if before.isalpha() or before in "'’ʼ" else _UKRAINIAN_FIRST[found[0]]

    return _MAY_BE_FIRST.sub(at_its_place, text).translate(_UKRAINIAN_LETTERS)


def _russian(text: str) -> str:
    return _RUSSIAN_SOFT_E.sub("ye", text).translate(_RUSSIAN_LETTERS)


def romanise(text: str) -> tuple[str, ...]:
    """Return Latin spellings of a Cyrillic name, the likelier language first; nothing for a Latin name.

    Ukrainian follows the resolution of 2010, Russian the BGN/PCGN system, also in the newspapers' shorter form
    (``-skiy`` as ``-sky``).
    """
    if not is_cyrillic(text):
        return ()
    lower = unicodedata.normalize("NFC", text).lower()
    ukrainian, russian = _ukrainian(lower), _russian(lower)
    if _RUSSIAN_ONLY.search(lower):
        found = [russian]
    elif _UKRAINIAN_ONLY.search(lower):
        found = [ukrainian]
    else:
        found = [ukrainian, russian]
    if russian in found:
        found += [_RUSSIAN_Y.sub("y", russian), _RUSSIAN_YE.sub("e", russian)]
    return tuple(dict.fromkeys(found))


@cache
def cues() -> dict[str, Any]:
    """Return the table of cue words (`cues.toml`): what tells a city from its region, and a place from a person."""
    return tomllib.loads((files("mapper.gazetteer") / "cues.toml").read_text(encoding="utf-8"))


@cache
def cue_words(section: str, key: str) -> frozenset[str]:
    """Return the cue words of one kind, folded."""
    return frozenset(fold(word) for word in cues()[section][key])


@lru_cache(maxsize=1 << 14)
def nominatives(word: str) -> tuple[str, ...]:
    """Return what a Ukrainian or Russian name in an oblique case may be in the nominative, as folded keys.

    By the dictionaries first (`mapper.gazetteer.morphology`), then by the commonest endings of the last word
    (``cues.toml``, ``endings``), for names that no dictionary has. Each is a guess that the gazetteer confirms or not.
    """
    if not is_cyrillic(word):
        return ()
    return tuple(dict.fromkeys([*(fold(form) for form in base_forms(word)), *_by_endings(word)]))


def _by_endings(word: str) -> tuple[str, ...]:
    head, _, last = fold(word).rpartition(" ")
    if not head:
        return tuple(dict.fromkeys([*_undone(last, "endings"), f"{last}и", f"{last}ы"]))  # "біля Сум"
    first, _, rest = head.partition(" ")
    middle = f" {rest} " if rest else " "
    pairs = [(one, other) for one in [first, *_undone(first, "adjective_endings")] for other in [last, *_undone(last, "endings")]]
    pairs += [(one, last) for one in _undone(first, "endings")]  # "в Ростове-на-Дону"
    pairs += [(one, other) for one in _undone(first, "endings") for other in _undone(last, "endings")]  # "у Новгороді-Сіверському"
    if _PLURAL_GENITIVE.search(first):
        pairs += [(one, f"{last}{end}") for one in _undone(first, "adjective_endings") for end in "иыа"]  # "з Мінеральних Вод"
    return tuple(dict.fromkeys(f"{one}{middle}{other}" for one, other in pairs))[1:]


def _undone(key: str, table: str) -> list[str]:
    endings = _endings(table)
    held = sorted(listed for length in range(1, len(key) + 1) for listed in endings.get(key[-length:], ()))
    stems = ((key.removesuffix(ending), ending, replacements) for _, ending, replacements in held)
    return [stem + new for stem, ending, added in stems if len(stem) >= _SHORTEST_STEM or len(ending) >= _LONG_ENDING for new in added]


@cache
def _endings(table: str) -> dict[str, list[tuple[int, str, tuple[str, ...]]]]:
    """Give the lines of a table by their endings, each with its place in it."""
    found: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    for place, (ending, replacements) in enumerate(cues()[table]):
        found.setdefault(ending, []).append((place, ending, tuple(replacements)))
    return found


# What romanisations of Ukrainian and Russian write for one another, on folded keys.
_RESPELT = (
    ("ya", "ia"), ("yu", "iu"), ("ye", "ie"), ("yi", "i"), ("iyi", "ii"), ("yy", "yi"), ("iy", "ii"), ("iy", "y"), ("ij", "yi"),
    ("yj", "yi"), ("j", "i"), ("j", "y"), ("w", "v"), ("ay", "ai"), ("oy", "oi"), ("ey", "ei"), ("uy", "ui"), ("g", "h"), ("i", "y"),
    ("ia", "ya"), ("iu", "yu"), ("ie", "ye"), ("ii", "iyi"), ("ai", "ay"), ("oi", "oy"), ("yi", "yy"), ("y", "i"), ("zhia", "zhzhia"),
    ("shch", "sch"), ("sch", "shch"), ("tz", "ts"), ("ch", "kh"), ("tsch", "ch"), ("sch", "sh"), ("s", "z"), ("iv", "ov"),
)  # fmt: skip
_PAIRED = 12
_SHORTEST_RESPELT = 4


@lru_cache(maxsize=1 << 14)
def respellings(name: str) -> tuple[str, ...]:
    """Return keys of a Latin name in other romanisations: "Hulyaipole" gives "huliaipole".

    One replacement, then two of the commonest together; each is a guess that the gazetteer confirms or not.
    """
    key = fold(name)
    if len(key) < _SHORTEST_RESPELT or not key.isascii():
        return ()
    single = [key.replace(old, new) for old, new in _RESPELT if old in key]
    double = [one.replace(old, new) for one in single for old, new in _RESPELT[:_PAIRED] if old in one]
    return tuple(found for found in dict.fromkeys([*single, *double, *_from_german(key)]) if found != key)


# What German writes for the letters of Ukrainian and Russian, and what the official romanisations may write for them.
_GERMAN = {
    "schtscho": ("shcho", "shche"), "tscho": ("cho", "che"), "scho": ("sho", "zho", "she", "zhe"),
    "schtsch": ("shch",), "schsch": ("shsh", "zhzh"), "tsch": ("ch",), "sch": ("sh", "zh"), "sh": ("zh", "sh"),
    "ch": ("kh",), "ss": ("s", "zs", "ss", "z"), "s": ("s", "z"), "z": ("ts",), "w": ("v",),
    "ja": ("ia", "ya"), "ju": ("iu", "yu"), "je": ("ie", "ye", "e"), "jo": ("io", "yo", "o", "e"),
    "ij": ("ii", "yi", "iy", "i"), "aj": ("ai", "ay"), "ej": ("ei", "ey"), "oj": ("oi", "oy"), "j": ("i", "y", ""),
}  # fmt: skip
_GERMAN_LETTERS = re.compile("|".join(_GERMAN))
_GERMAN_MARKS = re.compile("sch|w|j|z(?!h)|ch|s(?=[aeiouy])|ss|(?:sk|k|n|r)[iy]$")
#: How the names that are adjectives end in German, and with a "y" more in the official romanisation of Russian.
_GERMAN_ADJECTIVES = ("ki", "ny", "ry")
#: How many readings of one name are tried: those of the commonest letters come first.
_MOST_READINGS = 128


def _from_german(key: str) -> list[str]:
    """Give the keys of a name that German has spelt by ear: "satyschschja" gives "zatyshshia"."""
    if not _GERMAN_MARKS.search(key):
        return []
    letters = _GERMAN_LETTERS.findall(key)
    rest = _GERMAN_LETTERS.split(key)
    readings = islice(product(*(_GERMAN[found] for found in letters)), _MOST_READINGS)
    keys = ["".join(chain.from_iterable(zip(rest, (*read, ""), strict=True))) for read in readings]
    return [*keys, *(f"{key}y" for key in keys if key.endswith(_GERMAN_ADJECTIVES))]
