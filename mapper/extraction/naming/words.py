"""Words of a text and the cue words that the finder of place names knows (`cues.toml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapper.extraction.wording.wordlist import alternatives
from mapper.gazetteer.names import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CueWords", "Token", "any_of", "cue_words", "cues_of", "is_unit", "tokenise"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ][^\W_]+)*")
_POSSESSIVE = ("'s", "’s")
_SENTENCE_END = re.compile(r"(?:[.!?…:]['\"”’»)]*\s|\n|[\"“„«(]\s*|^)\s*[-–—•*]?\s*[\"“„«(]?$")


@dataclass(frozen=True, slots=True)
class CueWords:
    """The cue words as sets, read once."""

    settlement_before: frozenset[str]
    settlement_after: frozenset[str]
    admin1_before: frozenset[str]
    admin1_after: frozenset[str]
    plural_after: frozenset[str]
    plural_before: dict[str, str]
    counties: frozenset[str]
    county_countries: frozenset[str]
    smaller: frozenset[str]
    smaller_before: frozenset[str]
    raions: frozenset[str]
    plural_smaller: frozenset[str]
    near: frozenset[str]
    stretches_after: frozenset[str]
    rivers_before: frozenset[str]
    nuclear_before: frozenset[str]
    stretches_before: frozenset[str]
    edges: frozenset[str]
    nouns: frozenset[str]
    attributes: frozenset[str]
    prepositions: frozenset[str]
    strong: frozenset[str]
    struck: frozenset[str]
    fought: frozenset[str]
    fought_over: frozenset[str]
    buildings: frozenset[str]
    happened: frozenset[str]
    village: frozenset[str]
    site_nouns: frozenset[str]
    wanting: frozenset[str]
    heads: frozenset[str]
    office_adjectives: frozenset[str]
    of_heads: frozenset[str]
    verbs: frozenset[str]
    voice_before: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    particles: frozenset[str]
    stop: frozenset[str]
    common: dict[str, frozenset[str]]
    calendar: frozenset[str]
    wartime: frozenset[str]
    adjectives: dict[str, str]
    opening: frozenset[str]
    abbreviations: dict[str, str]
    ambiguous: frozenset[str]
    place_given: frozenset[str]
    capitals: frozenset[str]
    capital_articles: frozenset[str]
    regional_capitals: frozenset[str]
    raion_capitals: frozenset[str]
    sites: frozenset[str]
    closing: frozenset[str]
    closing_sites: frozenset[str]
    between: frozenset[str]
    between_and: frozenset[str]
    ways: frozenset[str]
    area_adjectives: dict[str, str]
    parts_before: frozenset[str]
    parts_after: frozenset[str]
    nature: frozenset[str]
    waters: frozenset[str]
    shores: frozenset[str]
    across: tuple[str, ...]
    epithets: frozenset[str]
    rivers: frozenset[str]
    bynames: dict[str, str]
    letters: dict[str, str]


@cache
def cue_words() -> CueWords:
    """Read the cue words, once a process."""
    table = cues()
    plural = dict.fromkeys(table["settlement"]["plural_before"], "settlement") | dict.fromkeys(table["admin1"]["plural_before"], "admin1")
    return CueWords(
        settlement_before=frozenset(table["settlement"]["before"]),
        settlement_after=frozenset(table["settlement"]["after"]),
        admin1_before=frozenset(table["admin1"]["before"]),
        admin1_after=frozenset(table["admin1"]["after"]),
        plural_after=frozenset(table["admin1"]["plural_after"]),
        plural_before=plural,
        counties=frozenset(table["admin1"]["counties"]),
        county_countries=frozenset(table["admin1"]["county_countries"]),
        smaller=frozenset(table["admin1"]["smaller"]),
        smaller_before=frozenset(table["admin1"]["smaller_before"]),
        raions=frozenset(table["admin1"]["raions"]),
        plural_smaller=frozenset(table["admin1"]["plural_smaller"]),
        near=frozenset(table["near"]["before"]),
        stretches_after=frozenset(table["near"]["stretches_after"]),
        nuclear_before=frozenset(table["sites"]["nuclear_before"]),
        rivers_before=frozenset(table["waters"]["rivers_before"]),
        stretches_before=frozenset(table["near"]["stretches_before"]),
        edges=frozenset(table["near"]["edges"]),
        nouns=frozenset(table["nouns"]["place"]),
        attributes=frozenset(table["nouns"]["attributes"]),
        prepositions=frozenset(table["prepositions"]["words"]),
        strong=frozenset(table["prepositions"]["strong"]),
        struck=frozenset(table["prepositions"]["struck"]),
        fought=frozenset(table["prepositions"]["fought"]),
        fought_over=frozenset(table["prepositions"]["fought_over"]),
        buildings=frozenset(table["prepositions"]["buildings"]),
        happened=frozenset(table["prepositions"]["happened"]),
        village=frozenset(table["prepositions"]["village"]),
        site_nouns=frozenset(table["prepositions"]["site_nouns"]),
        wanting=frozenset(
            [
                *table["prepositions"]["site_nouns"],
                *table["prepositions"]["strong"],
                *table["prepositions"]["wanting"],
                *table["settlement"]["before"],
                *table["settlement"]["plural_before"],
                *table["admin1"]["before"],
                *table["admin1"]["plural_before"],
                *table["admin1"]["smaller_before"],
                *table["near"]["stretches_before"],
            ]
        ),
        heads=frozenset(table["institutions"]["heads"]),
        office_adjectives=frozenset(table["institutions"]["adjectives"]),
        of_heads=frozenset(table["institutions"]["of_heads"]),
        verbs=frozenset(table["voices"]["verbs"]),
        voice_before=frozenset(table["voices"]["before"]),
        titles=frozenset(table["persons"]["titles"]),
        given=frozenset(table["persons"]["given_names"]),
        surnames=frozenset(table["persons"]["surnames"]),
        particles=frozenset(table["persons"]["particles"]),
        stop=frozenset(table["stop"]["always"]) | frozenset(table["organisations"]["names"]),
        common={lang: frozenset(listed) for lang, listed in table["common"].items()},
        calendar=frozenset(table["calendar"]["words"]),
        wartime=frozenset(table["wartime"]["words"]),
        adjectives=dict(table["adjectives"]),
        opening=frozenset(table["settlement"]["opening"]),
        abbreviations=dict(table["abbreviations"]),
        ambiguous=frozenset(table["ambiguous"]["words"]),
        place_given=frozenset(table["ambiguous"]["given"]),
        capitals=frozenset(table["capitals"]["nouns"]),
        capital_articles=frozenset(table["capitals"]["articles"]),
        regional_capitals=frozenset(table["capitals"]["regional"]),
        raion_capitals=frozenset(table["capitals"]["district"]),
        sites=frozenset(table["sites"]["after"]),
        # What may end a name in small letters: a word, and the last one of several.
        closing=frozenset([*table["admin1"]["after"], *table["admin1"]["plural_after"], *table["waters"]["nouns"]]),
        closing_sites=frozenset(site.rpartition(" ")[2] for site in table["sites"]["after"]),
        between=frozenset(table["between"]["before"]),
        between_and=frozenset(table["between"]["and"]),
        ways=frozenset(table["between"]["ways"]),
        area_adjectives=dict(table["area_adjectives"]),
        parts_before=frozenset(table["parts"]["before"]),
        parts_after=frozenset(table["parts"]["after"]),
        nature=frozenset(table["parts"]["nature"]),
        bynames=dict(table["bynames"]["areas"]),
        letters=dict(table["bynames"]["letters"]),
        waters=frozenset(table["waters"]["nouns"]),
        shores=frozenset(table["waters"]["shores"]),
        across=tuple(table["waters"]["across"]),
        epithets=frozenset(table["waters"]["epithets"]),
        rivers=frozenset(table["waters"]["rivers"]),
    )


@cache
def cues_of(section: str, key: str) -> frozenset[str]:
    """Give one list of the cue words, as they stand."""
    return frozenset(cues()[section][key])


@cache
def any_of(section: str, key: str) -> str:
    """Write an expression for any of one list of the cue words, each an expression itself."""
    return alternatives(cues()[section][key])


class Token(NamedTuple):
    """A word; `end` leaves out a possessive ending, `full_end` does not."""

    text: str
    lower: str
    start: int
    end: int
    full_end: int
    upper: bool
    joined: bool  # to the word before, by a hyphen
    initial: bool  # first of a sentence or line

    @property
    def possessive(self) -> bool:
        """Whether the word has a possessive ending."""
        return self.full_end > self.end


def tokenise(text: str) -> list[Token]:
    """Divide a text into words, with what their place in it says about their capital letter."""
    tokens: list[Token] = []
    for found in _WORD.finditer(text):
        word, start, full_end = found[0], found.start(), found.end()
        bare = word[:-2] if word.endswith(_POSSESSIVE) else word
        end = start + len(bare)
        plural = bare.endswith("s") and bare[0].isupper()
        if plural and text[full_end : full_end + 1] in {"'", "’"} and text[full_end + 1 : full_end + 2] in {" ", ""}:
            full_end += 1
        joined = bool(tokens) and tokens[-1].full_end + 1 == start and text[start - 1] in "-\u2010\u2011"
        initial = start == 0 or (not joined and _opens(text, start) and not _after_abbreviation(tokens, text, start))
        tokens.append(Token(bare, bare.lower(), start, end, full_end, bare[:1].isupper(), joined, initial))
    return tokens


def _opens(text: str, start: int) -> bool:
    """Tell whether a sentence or line ends before a position, or only marks stand there."""
    if text[start - 1] == " " and text[max(0, start - 2)].isalnum():
        return False  # as behind most words, told before the expression is tried
    return _SENTENCE_END.search(text[max(0, start - 8) : start]) is not None


def is_unit(tokens: Sequence[Token], k: int) -> bool:
    """Tell whether an abbreviation that may be short for "city" or "village" counts metres, years or seconds: "200 кв. м."."""
    return k > 0 and (tokens[k - 1].text.isdigit() or tokens[k - 1].lower in cues_of("measures", "square"))


def _after_abbreviation(tokens: list[Token], text: str, start: int) -> bool:
    short = bool(tokens) and tokens[-1].lower in cues_of("settlement", "short") and text[tokens[-1].end : start].strip() == "."
    return short and not is_unit(tokens, len(tokens) - 1)
