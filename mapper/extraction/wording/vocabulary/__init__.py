"""The words of each language that the extraction reads reports by: one TOML file a language.

A new language is a new file of the same keys, and its words for places in `cues.toml`. What stands in Python is of a script
or a grammar: declensions and romanisations, English word order, and which languages are those of the countries at war.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mapper.extraction.wording.wordlist import alternatives, literals, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.extraction.wording.wordlist import WordList

__all__ = ["Vocabulary", "languages"]


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; `tables` are those of its TOML file."""

    lang: str
    tables: Mapping[str, Any]

    @classmethod
    def load(cls, lang: str) -> Vocabulary:
        """Read the words of a language; English where there is no file for it."""
        return _load(lang)

    def table(self, name: str) -> Mapping[str, Any]:
        """Give a table of the file, empty where it has none."""
        result: Mapping[str, Any] = self.tables.get(name, {})
        return result

    def pattern(self, table: str, key: str) -> WordList:
        """Give one list of the file; a missing list matches nothing."""
        return _pattern(self.lang, table, key)

    def listed(self, table: str, key: str) -> tuple[str, ...]:
        """Give the words of one list as they stand, none of a missing one: endings, or words to look up."""
        return _listed(self.lang, table, key)

    def part(self, table: str, key: str) -> re.Pattern[str]:
        """Give one list of the file to look for in parts of words as well, as its expressions are written."""
        return _part(self.lang, table, key)

    def holds(self, table: str, key: str, text: str) -> bool:
        """Tell whether a text holds any of the words of a list."""
        return self.pattern(table, key).holds(text)

    @cached_property
    def abbreviation(self) -> re.Pattern[str]:
        """Match a word with a full stop that does not end a sentence, or an initial, at the end of a text."""
        listed = alternatives(re.escape(word) for word in self.tables.get("abbreviations", ()))
        return re.compile(rf"(?<![\w.])(?:{listed}|[^\W\d_a-zà-ÿа-яёіїєґ]\.)\s*$")

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """Match an abbreviation that ends a sentence where a capital follows it, with the space behind: "1965 г. р. "."""
        listed = alternatives(re.escape(word) for word in self.tables.get("closing_abbreviations", ()))
        return re.compile(rf"(?<![\w.]){listed}\s+(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ]|$)")

    @cached_property
    def ordinal(self) -> re.Pattern[str]:
        """Match a number with a full stop before a month or what is numbered: "dem 1. April", "die 79. Brigade"."""
        months, numbered = literals(self.table("dates").get("months", ())), alternatives(self.table("names").get("numbered_patterns", ()))
        return re.compile(rf"(?<!\d)(?:[0-3]?\d\.\s*(?={months}(?!\w))|\d{{1,3}}\.\s*(?={numbered}(?!\w)))", re.IGNORECASE)

    @cached_property
    def month(self) -> re.Pattern[str]:
        """Match the name of a month."""
        return re.compile(rf"{literals(self.table('dates')['months'])}(?!\w)", re.IGNORECASE)


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a file."""
    folder = files("mapper.extraction.wording.vocabulary")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


@cache
def _load(lang: str) -> Vocabulary:
    if lang not in languages():
        return _load("en")
    path = files("mapper.extraction.wording.vocabulary").joinpath(f"{lang}.toml")
    return Vocabulary(lang, tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def _listed(lang: str, table: str, key: str) -> tuple[str, ...]:
    return tuple(_load(lang).table(table).get(key, ()))


@cache
def _part(lang: str, table: str, key: str) -> re.Pattern[str]:
    return re.compile(alternatives(_listed(lang, table, key)))


@cache
def _pattern(lang: str, table: str, key: str) -> WordList:
    return words(_load(lang).table(table).get(key, ()))
