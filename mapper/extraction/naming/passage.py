"""A text as words beside a gazetteer: what stands before and after a name, and which names every reader knows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.words import Token, any_of, cue_words, cues_of, tokenise
from mapper.extraction.wording.vocabulary import Vocabulary, languages
from mapper.gazetteer.names import fold, is_cyrillic

if TYPE_CHECKING:
    from mapper.extraction.naming.mentions import Match
    from mapper.gazetteer.index import Gazetteer, Named

__all__ = ["AT_WAR", "JOINT", "Passage"]

#: The countries that the news is of.
AT_WAR = frozenset({"UA", "RU"})

_QUOTED = re.compile(r" [„\"«»“]")
_QUOTES = frozenset('„“”"»«')
_SHORT_TITLE = 4
_BIG = 100_000
_BIG_AREA = 500_000
JOINT = re.compile(r"[ \u00a0\-\u2010\u2011]|\. ")


class Passage:
    """A text, its words and the cue words of its language."""

    def __init__(self, text: str, gazetteer: Gazetteer, lang: str) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.lang = lang
        self.language = Vocabulary.load(lang)
        self.words = cue_words()
        self.tokens = tokenise(text)
        self.lowercase = {token.text for token in self.tokens if not token.upper}
        self.taken: set[int] = set()  # the words of places

    def writes(self, habit: str) -> bool:
        """Tell whether the language of the text is known to have a habit (`[names]` of its vocabulary)."""
        return self.lang in languages() and bool(self.language.table("names")[habit])

    def is_by_ear(self, name: str) -> bool:
        """Tell whether a name ends as the language spells by ear the names of towns and nothing else."""
        return self.language.part("names", "by_ear_patterns").search(name) is not None

    def knows(self, key: str) -> tuple[bool, bool]:
        """Tell whether a folded key is a name of the gazetteer, and whether a longer one begins with its words."""
        return self.gazetteer.known(key)

    def runs(self) -> list[tuple[int, int]]:
        """Give the runs of capitalised words that only a space, a hyphen or a particle divides."""
        runs: list[tuple[int, int]] = []
        i = 0
        while i < len(self.tokens):
            if not self.tokens[i].upper:
                i += 1
                continue
            j = i + 1
            while j < len(self.tokens) and self.continues(j):
                j += 1
            while not self.tokens[j - 1].upper and not self.tokens[j - 1].joined:
                j -= 1
            runs.append((i, j))
            i = j
        return runs

    def continues(self, j: int) -> bool:
        """Tell whether a word goes on with the name that the word before is part of."""
        before, token = self.tokens[j - 1], self.tokens[j]
        gap = self.text[before.full_end : token.start]
        if (
            before.possessive
            or not JOINT.fullmatch(gap)
            or (gap == ". " and before.lower not in cues_of("settlement", "short") and len(before.text) > 1)
        ):
            return False
        return token.upper or token.joined or token.lower in self.words.particles

    def adjacent(self, index: int) -> bool:
        """Tell whether only a space, or the dot of a short title, divides a word from the one before."""
        gap = self.text[self.tokens[index - 1].full_end : self.tokens[index].start]
        return gap in {" ", "\u00a0"} or (gap == ". " and len(self.tokens[index - 1].text) <= _SHORT_TITLE)

    def strength(self, first: int, last: int) -> bool:
        """Tell whether a run of words is the name of a place every reader knows."""
        name = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        return (is_cyrillic(name) or self.gazetteer.knows(fold(name))) and self.is_strong(self.gazetteer.matches(name))

    def names_site(self, first: int) -> bool:
        """Tell whether a word is the name in quotation marks of a plant or an airfield: "Raffinerie „Afipski“"."""
        return self._is_named_by(first, "site_endings")

    def names_thing(self, first: int) -> bool:
        """Tell whether a word is the name in quotation marks of what is no place: "Pipeline „Druschba“"."""
        return self._is_named_by(first, "thing_endings")

    def _is_named_by(self, first: int, endings: str) -> bool:
        nouns = self.language.listed("names", endings)
        before = self.tokens[first - 1] if first and nouns else None
        return bool(before and before.lower.endswith(nouns) and _QUOTED.fullmatch(self.text, before.full_end, self.tokens[first].start))

    def is_strong(self, found: tuple[Named, ...]) -> bool:
        """Tell whether a name is that of a place every reader knows."""
        for match in found:
            place = match.place
            if match.rank > 1:
                if place.kind == "settlement" and place.population >= 10 * _BIG:
                    return True
                continue
            if place.kind == "country" or place.id in self.gazetteer.capitals:
                return True
            if place.kind == "settlement" and place.population >= _BIG:
                return True
            if place.kind == "admin1" and place.population >= _BIG_AREA:
                return True
        return False

    def heads(self, first: int, last: int) -> bool:
        """Tell whether a run of words begins a line, before a mark that divides it from what it is about."""
        start = self.tokens[first].start
        opens = not start or self.text[start - 1] in "\n•*-▪ "
        if opens and self.tokens[last : last + 1] and (size := self._area_beside(last)):
            last += size  # "Churovichi, Klimovo district. A drone ..."
        return opens and self.text.startswith((": ", " – ", " — ", ". "), self.tokens[last - 1].full_end)

    def _area_beside(self, index: int) -> int:
        """Count the words of the district that stands behind a place and a comma; 0 if none does."""
        if self.text[self.tokens[index - 1].full_end : self.tokens[index].start] != ", " or not self.tokens[index].upper:
            return 0
        return next((k + 1 for k in (1, 2, 3) if index + k < len(self.tokens) and self.tokens[index + k].lower in self.words.smaller), 0)

    def gap_before(self, match: Match) -> str:
        """Give what stands between a match and the word before it."""
        start = self.tokens[match.first - 1].full_end if match.first else 0
        return self.text[start : self.tokens[match.first].start]

    def before(self, match: Match, count: int = 5) -> list[str]:
        """Give up to five words before a match, nearest last, as far as nothing but spaces divides them."""
        words: list[str] = []
        k = match.first
        while k > 0 and len(words) < count:
            gap = self.text[self.tokens[k - 1].full_end : self.tokens[k].start]
            word = self.tokens[k - 1].lower
            # "с. Петрівка", "in der „Volksrepublik“ Donezk"
            goes_on = (gap.strip() == "." and word in cues_of("settlement", "short")) or (
                gap.strip() in _QUOTES and not self.words.admin1_before.isdisjoint((word, self.tokens[k].lower))
            )
            if gap.strip(" \u00a0-*") and not goes_on:
                break
            k -= 1
            words.insert(0, self.tokens[k].lower + ("'s" if self.tokens[k].possessive else ""))
        return words

    def after(self, match: Match, count: int = 5) -> list[Token]:
        """Give up to five words after a match, as far as nothing but spaces divides them."""
        tokens: list[Token] = []
        k = match.last
        while k < len(self.tokens) and len(tokens) < count:
            gap = self.text[self.tokens[k - 1].full_end : self.tokens[k].start]
            if gap.strip(" \u00a0-*"):
                break
            tokens.append(self.tokens[k])
            k += 1
        return tokens

    def listed(self, earlier: Match, later: Match) -> bool:
        """Tell whether two names stand in one list."""
        gap = self.text[self.tokens[earlier.last - 1].full_end : self.tokens[later.first].start]
        return bool(gap.strip()) and bool(_list_gap().fullmatch(gap.lower()))


@cache
def _list_gap() -> re.Pattern[str]:
    """Match what stands between the places of a list."""
    joint, within, articles = any_of("lists", "joints"), any_of("lists", "prepositions"), any_of("lists", "articles")
    return re.compile(rf"\s*(?:\(\d[^()]{{0,20}}\))?(?:,|;)?\s*(?:(?:{joint}|&)\s+)?(?:{within}\s+)?(?:{articles}\s+)?")
