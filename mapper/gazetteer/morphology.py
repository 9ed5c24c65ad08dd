"""Ukrainian and Russian names out of their cases, by the dictionaries of pymorphy3.

Loaded when the first Cyrillic name is asked for that the gazetteer lacks as it stands; a tenth of a second, and nothing
for a text in Latin letters. A word the dictionaries lack is read by the likest they have, so that the answer is a guess
that the gazetteer confirms or not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from typing import Any

__all__ = ["base_forms", "is_adjective", "is_common", "is_finite_verb", "is_given_name", "is_living", "is_noun", "is_surname"]

_UKRAINIAN = re.compile("[іїєґ'’ʼ]")
_RUSSIAN = re.compile("[ыэъё]")
# Asked of `grammemes`, since `in tag` is an error for a word that one of the two dictionaries does not use.
_NOMINATIVE = "nomn"
_MOST = 24
_NEUTER = re.compile("(?<=[сц])ь?кий$")
_NEUTERS = {"кий": "кое", "ький": "ьке"}
# How adjectives end in Ukrainian, of which there is no dictionary under free terms: what no noun ends in, behind any stem,
# and the rest behind what stems of adjectives end in. A name in "-ська" is as well a town: "мер Луцька".
_OBLIQUE = r"[\w'-]{3,}[бвгґджзклмнпрстфхцчшщ](?:ий|ого|ому|ої|ими|их)"
_SUFFIX = "(?:[сцз]ьк|[аеиоіїу]льн|[иі]чн|[іїо]йн|онн|ивн|авн|ласн|ищн|[ао]жн|оєнн|йонн|йськов|місцев|илов|едов)"
_ENDED = rf"[\w'-]*{_SUFFIX}(?:[аеу]|і(?<!льні)|ою|ій|им|ім)"
_UKRAINIAN_ADJECTIVE = re.compile(rf"(?!військ[аоу]\b|війн|таких|їхн)(?:{_OBLIQUE}|{_ENDED})")
_MAY_BE_TOWN = re.compile(r"[А-ЯІЇЄҐ][\w'’-]*[сцз]ьк[ау]")
# Words that stand in their own case inside a name: "Ростов-на-Дону", "Станица Луганская".
_FIXED = frozenset({"на", "над", "под", "під", "при", "у", "в", "із", "з", "из"})


@cache
def _analyser(lang: str) -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=lang)


def base_forms(name: str) -> tuple[str, ...]:
    """Give what a name in an oblique case may be in the nominative, in small letters: "сумах" gives "суми".

    A name of several words agrees word by word: "брянской области" gives "брянская область". Words after a preposition
    inside it stay as they are.
    """
    joined = name.replace("’", "'").replace("ʼ", "'").lower()
    parts = re.split(r"([\s\-]+)", joined)
    forms: list[tuple[str, ...]] = []
    fixed = False
    for part in parts:
        fixed = fixed or part in _FIXED
        forms.append((part,) if fixed or not part.strip(" -\u00a0") else (*_word(part), part))
    found = ("".join(chosen) for chosen in product(*forms))
    return tuple(form for form in dict.fromkeys(islice(found, _MOST)) if form != joined)


def is_given_name(word: str) -> bool:
    """Tell whether a Cyrillic word is a given name in some case, by the dictionaries."""
    return any("Name" in parse.tag.grammemes for parse in _known(word))


def is_surname(word: str) -> bool:
    """Tell whether a Cyrillic word can be nothing but a surname in some case, by the dictionaries."""
    parses = _known(word)
    return any("Surn" in parse.tag.grammemes for parse in parses) and not any(
        "inan" in parse.tag.grammemes or "Geox" in parse.tag.grammemes for parse in parses
    )


def is_common(word: str) -> bool:
    """Tell whether a Cyrillic word is one of the language in some case and not only the name of a place."""
    parses = _known(word)
    return any(not {"Geox", "Abbr", "Poss"} & set(parse.tag.grammemes) for parse in parses)


def is_adjective(word: str, lang: str = "uk") -> bool:
    """Tell whether a Cyrillic word is an adjective in some case, by the dictionaries, or by its ending in Ukrainian: "обласної".

    A word that the dictionary of Russian lacks is none in a Russian text, `lang`: "олеумного".
    """
    return any("ADJF" in parse.tag.grammemes for parse in _known(word)) or (lang == "uk" and _ends_as_adjective(word))


def _ends_as_adjective(word: str) -> bool:
    """Tell whether a word that only Ukrainian has ends as adjectives do there: "обласна", "Миколаївської", not "війна"."""
    if _is_installed("uk") or any("ADJS" not in parse.tag.grammemes for parse in _known(word)) or _MAY_BE_TOWN.fullmatch(word):
        return False
    return _UKRAINIAN_ADJECTIVE.fullmatch(word.lower().replace("’", "'")) is not None


def is_noun(word: str) -> bool:
    """Tell whether a Cyrillic word is a noun in some case, by the dictionaries."""
    return any("NOUN" in parse.tag.grammemes for parse in _known(word))


def is_living(word: str, lang: str) -> bool:
    """Tell whether a word of a language is a noun for somebody, in some case, if its dictionary says so: "рыбаков", not "порта"."""
    return any({"NOUN", "anim"} <= parse.tag.grammemes for parse in _known_in(word, lang))


def is_finite_verb(word: str, lang: str) -> bool:
    """Tell whether a word of a language can be nothing but a verb that tells, if its dictionary says so: "слышали", not "стали"."""
    parses = _known_in(word, lang)
    return bool(parses) and all({"VERB", "indc"} <= parse.tag.grammemes for parse in parses)


@lru_cache(maxsize=1 << 12)
def _parses(word: str, lang: str) -> tuple[Any, ...]:
    """Give what a word may be; of one name is asked whether it is somebody's, and what its nominative is."""
    return tuple(_analyser(lang).parse(word))


@lru_cache(maxsize=1 << 14)
def _known_in(word: str, lang: str) -> tuple[Any, ...]:
    lower = word.lower().replace("’", "'")
    return tuple(parse for parse in _parses(lower, lang) if parse.is_known) if _is_installed(lang) else ()


@lru_cache(maxsize=1 << 14)
def _known(word: str) -> tuple[Any, ...]:
    return tuple(parse for lang in _languages(word.lower()) for parse in _known_in(word, lang))


def _languages(word: str) -> tuple[str, ...]:
    """Name the dictionaries to ask, of those that are installed: the Ukrainian one is under terms of its own."""
    asked = ("uk",) if _UKRAINIAN.search(word) else ("ru",) if _RUSSIAN.search(word) else ("uk", "ru")
    return tuple(lang for lang in asked if _is_installed(lang))


@cache
def _is_installed(lang: str) -> bool:
    return find_spec(f"pymorphy3_dicts_{lang}") is not None


@lru_cache(maxsize=1 << 14)
def _word(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for lang in _languages(word):
        for parse in _parses(word, lang):
            if "NOUN" in parse.tag.grammemes:
                found += _noun(parse)
            elif "ADJF" in parse.tag.grammemes:
                found += _adjective(parse)
    return tuple(dict.fromkeys(found))


def _noun(parse: Any) -> list[str]:
    forms = [parse.inflect({_NOMINATIVE, number}) for number in ("sing", "plur") if number in parse.tag.grammemes]
    found = [form.word for form in forms or [parse.inflect({_NOMINATIVE})] if form]
    if "Surn" in parse.tag.grammemes and "masc" in parse.tag.grammemes:
        # The dictionary has "Каменский" as a surname only, and villages are neuter.
        found += [_NEUTER.sub(lambda match: _NEUTERS[match[0]], word) for word in found if _NEUTER.search(word)]
    return found or [parse.normal_form]


def _adjective(parse: Any) -> list[str]:
    wanted = {_NOMINATIVE} | {gram for gram in ("masc", "femn", "neut", "plur") if gram in parse.tag.grammemes}
    form = parse.inflect(wanted)
    return [form.word] if form else []
