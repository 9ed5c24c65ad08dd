"""The words of each language that the extraction reads reports by: one TOML file a language.

A new language is a new file of the same keys; nothing else knows which languages there are.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Vocabulary", "alternatives", "languages", "literals", "of_small", "search", "small", "small_words", "words"]

#: A letter of a pattern, or what must stay as it is: what stands after a backslash, and the name of a group.
_LETTER = re.compile(r"(\\.|\(\?P[<=>]\w+)|([^\W\d_])")

#: "ß", and where it must be of one length: in a look-behind.
_SHARP_S = re.compile(r"(\(\?<[=!][^)]*\))|ß")


def alternatives(patterns: Iterable[str]) -> str:
    """Join regular expressions into one group, the longest first so that it wins; none match nothing.

    What is written with "ß" is in Switzerland with "ss".
    """
    listed = [_SHARP_S.sub(lambda m: m[1] or "(?:ß|ss)", p) if "ß" in p else p for p in sorted(patterns, key=lambda p: (-len(p), p))]
    return f"(?:{'|'.join(listed)})" if listed else "(?!)"


def literals(listed: Iterable[str]) -> str:
    """Join words into one group that matches them as they stand, with any apostrophe, the longest first."""
    return alternatives(re.escape(word).replace("'", "['’ʼ]").replace(r"\ ", r"\s+") for word in listed)


def words(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile regular expressions that match whole words, whatever the case; the same ones are compiled once."""
    return _compiled(tuple(patterns))


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_whole(patterns), re.IGNORECASE)


def _whole(patterns: Iterable[str]) -> str:
    return rf"(?<!\w){alternatives(patterns)}(?!\w)"


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; `tables` are those of its TOML file."""

    lang: str
    tables: Mapping[str, Any]

    @classmethod
    def load(cls, lang: str) -> Vocabulary:
        """Read the words of a language; English where there is no file for it."""
        return _load(lang if lang in languages() else "en")

    def table(self, name: str) -> Mapping[str, Any]:
        """Give a table of the file, empty where it has none."""
        result: Mapping[str, Any] = self.tables.get(name, {})
        return result

    def pattern(self, table: str, key: str) -> re.Pattern[str]:
        """Compile one list of the file to whole-word matching; a missing list matches nothing."""
        return _pattern(self.lang, table, key)

    def holds(self, table: str, key: str, text: str) -> bool:
        """Tell whether a text holds any of the words of a list."""
        return search(_listed(self.lang, table, key), text, small(text)) is not None

    @cached_property
    def abbreviation(self) -> re.Pattern[str]:
        """Match a word with a full stop that does not end a sentence, or an initial, at the end of a text."""
        listed = alternatives(re.escape(word) for word in self.tables.get("abbreviations", ()))
        return re.compile(rf"(?<![\w.])(?:{listed}|[^\W\d_a-zà-ÿа-яёіїєґ]\.)\s*$")

    @cached_property
    def day_of_month(self) -> re.Pattern[str]:
        """Match a day with a full stop before its month: "dem 1. April"."""
        return re.compile(rf"(?<!\d)[0-3]?\d\.\s*(?={literals(self.table('dates').get('months', ()))}(?!\w))", re.IGNORECASE)

    @cached_property
    def month(self) -> re.Pattern[str]:
        """Match the name of a month."""
        return re.compile(rf"{literals(self.table('dates')['months'])}(?!\w)", re.IGNORECASE)


@cache
def _listed(lang: str, table: str, key: str) -> tuple[str, ...]:
    return tuple(_load(lang).table(table).get(key, ()))


def small(text: str) -> str:
    """Write a text in small letters, each where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def search(patterns: tuple[str, ...], text: str, in_small: str) -> re.Match[str] | None:
    """Look for words whatever the case, in a text that is also given in small letters: there it is two to three times as fast."""
    if not patterns:
        return None
    quick = _in_small(patterns)
    return quick.search(in_small) if quick else _compiled(patterns).search(text)


@cache
def _in_small(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compile for a text in small letters; None where a pattern asks for a capital."""
    whole = _whole(patterns)
    return None if "(?-i:" in whole else of_small(whole)


def of_small(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern for texts in small letters, which asks for no capital itself.

    Examples
    --------
    >>> bool(of_small(r"(?P<who>SBU)\S").search(small("The SBU.")))
    True
    """
    return re.compile(_LETTER.sub(lambda m: m[1] or m[2].lower(), pattern))


def small_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile as `words`, for texts in small letters."""
    return of_small(_whole(patterns))


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a file."""
    folder = files("mapper.extraction.vocabulary")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


@cache
def _load(lang: str) -> Vocabulary:
    path = files("mapper.extraction.vocabulary").joinpath(f"{lang}.toml")
    return Vocabulary(lang, tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def _pattern(lang: str, table: str, key: str) -> re.Pattern[str]:
    return words(_listed(lang, table, key))
