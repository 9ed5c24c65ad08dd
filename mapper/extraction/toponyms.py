"""Finding the names of places in a text: where they stand, what kind of place they say, and what for.

The finder is led by the gazetteer: the longest capitalised run of words that is a name there. What keeps it honest are
the words around: cue words ("city of", "regions"), prepositions, titles and given names before a surname, offices and
papers that bear a name ("Sumy regional military administration"). All these are data (`cues.toml`). Choosing which of
several places of one name is meant is another step, `mapper.geocoding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.extraction.words import ABBREVIATIONS, Token, cue_words, tokenise
from mapper.gazetteer.names import fold, is_cyrillic

if TYPE_CHECKING:
    from mapper.gazetteer.index import Gazetteer, Named

__all__ = ["Mention", "find"]

_LONGEST = 6
_SHORT_TITLE = 4
_RESPELT = 5
_BIG = 100_000
_KNOWN_TOWN = 15_000
_TWO_WORD_TOWN = 5_000
_BIG_AREA = 500_000
_FARTHEST_OFFSET_KM = 200.0
_JOINT = re.compile(r"[ \u00a0\-\u2010\u2011]|\. ")
_LIST_GAP = re.compile(
    r"(?:,|;)?\s*(?:(?:and|or|und|oder|sowie|і|й|та|и|или|або|а також|as well as|&)\s+)?(?:in\s+|at\s+)?(?:the\s+|den\s+)?"
)
_INSIDE_GAP = re.compile(
    r"(?:,? (?:in|of|im|in der|в|у)(?: the| der)?(?: [a-zäöüßа-яіїєґ\-]+){0,3} ?"
    r"|,(?: (?:the|a|an)(?: [a-z\-]+){1,3} (?:of|in))?(?: the)? ?"
    r"| \()"
)
_AREA_OF_GAP = re.compile(r" (?:[a-z\-]+ ){0,2}(?:city|town|village|settlement|port|capital) (?:of )?")
_KIND_OF = r"(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?"
_OFFSET = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*-?(?P<unit>km|kilomet(?:er|re)s?|mi|miles?|км|кілометр\w*|километр\w*|kilometern?)\b"
    r"(?:\s*\([^)]*\))?(?:\s+(?:to the |в |на )?(?P<direction>[\w\-]+))?"
    rf"(?:\s+(?:of|from|away from|von|від|от|outside))?\s+{_KIND_OF}$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"(?P<direction>[\w\-]+)\s+(?:of|von|від|от)\s+{_KIND_OF}$", re.IGNORECASE)
# "Курской" without "области": an adjective, not yet a place.
_ADJECTIVE = re.compile("(?:ськ|цьк|зьк|ск|цк)(?:а|ої|ій|у|ою|ая|ой|ую|ий|ого|ому|им|ом)$")
_MILE_KM = 1.609344


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place in a text.

    Parameters
    ----------
    text, start, end
        The name as written, without cue words, and its character span.
    name
        What to look up.
    kind
        What the text says it is: ``settlement``, ``admin1``, ``country``, or nothing.
    within
        Larger places that the text puts it in: ``("Donetsk Oblast",)`` for "Pokrovsk, Donetsk Oblast".
    near, km, bearing
        "12 km north of Sumy": near it, 12 kilometres, bearing 0. Without a number `km` is None.
    role
        ``""`` a place as such; ``institution`` part of the name of an office, paper or firm; ``voice`` one that says
        something ("Seoul says"); ``possessive`` what something belongs to ("Kursk's defenders").
    """

    text: str
    start: int
    end: int
    name: str
    kind: str = ""
    within: tuple[str, ...] = ()
    near: bool = False
    km: float | None = None
    bearing: float | None = None
    role: str = ""


@dataclass(slots=True)
class _Match:
    """A run of words that is a name in the gazetteer, and what is known about it so far."""

    first: int
    last: int  # index after the last word
    name: str
    found: tuple[Named, ...]
    strong: bool
    kind: str = ""
    within: list[str] = field(default_factory=list)
    near: bool = False
    km: float | None = None
    bearing: float | None = None
    role: str = ""
    cue_end: int = 0  # where the cue word after the name ends
    kept: bool = False


def find(text: str, gazetteer: Gazetteer, lang: str = "en") -> list[Mention]:
    """Find the places a text names, in their order.

    Persons, months and common words that are also names of places are left out; offices and voices are given with
    their role. The answer depends on nothing but the arguments.
    """
    finder = _Finder(text, gazetteer, lang)
    return finder.mentions()


class _Finder:
    """One text on its way to its mentions."""

    def __init__(self, text: str, gazetteer: Gazetteer, lang: str) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.lang = lang
        self.words = cue_words()
        self.tokens = tokenise(text)
        self.lowercase = {token.text for token in self.tokens if not token.upper}
        self.persons, self.person_names = self._persons()
        self.matches = self._longest_matches()
        places = [match for match in self.matches if match.strong or is_cyrillic(match.name)]
        self.taken = {k for match in places for k in range(match.first, match.last)}

    def mentions(self) -> list[Mention]:
        for match in self.matches:
            self._read_cues(match)
        self._spread_lists()
        self._read_containers()
        self._keep()
        kept = [match for match in self.matches if match.kept]
        return [self._mention(match) for match in kept]

    def _mention(self, match: _Match) -> Mention:
        start, end = self.tokens[match.first].start, self.tokens[match.last - 1].end
        within = tuple(dict.fromkeys(match.within))
        return Mention(self.text[start:end], start, end, match.name, match.kind, within, match.near, match.km, match.bearing, match.role)

    # Persons

    def _runs(self) -> list[tuple[int, int]]:
        """Give the runs of capitalised words that only a space, a hyphen or a particle divides."""
        runs: list[tuple[int, int]] = []
        i = 0
        while i < len(self.tokens):
            if not self.tokens[i].upper:
                i += 1
                continue
            j = i + 1
            while j < len(self.tokens) and self._continues(j):
                j += 1
            while not self.tokens[j - 1].upper and not self.tokens[j - 1].joined:
                j -= 1
            runs.append((i, j))
            i = j
        return runs

    def _continues(self, j: int) -> bool:
        before, token = self.tokens[j - 1], self.tokens[j]
        gap = self.text[before.full_end : token.start]
        if before.possessive or not _JOINT.fullmatch(gap) or (gap == ". " and before.lower not in ABBREVIATIONS and len(before.text) > 1):
            return False
        return token.upper or token.joined or token.lower in self.words.particles

    def _persons(self) -> tuple[set[int], set[str]]:
        """Find the words that belong to names of persons, and the surnames to watch for in the rest of the text."""
        inside: set[int] = set()
        names: set[str] = set()
        for first, last in self._runs():
            start = first
            while (
                start < last
                and self.tokens[start].initial
                and self.tokens[start].lower in self.words.stop
                and self.tokens[start].lower not in self.words.titles
            ):
                start += 1
            titled = start
            while titled < last and self.tokens[titled].lower in self.words.titles:
                titled += 1
            has_title = titled > start
            lower_title = start > 0 and self.tokens[start - 1].lower in self.words.titles and self._adjacent(start)
            given = titled + 1 < last and self.tokens[titled].lower in self.words.given and not self._is_long_place(titled, last)
            if titled >= last or not (has_title or lower_title or given):
                continue
            if not given and (self._strength(titled, last) or (lower_title and not has_title and self._any_strong(titled, last))):
                continue
            members = range(titled, last)
            inside.update(members)
            names |= {
                self.tokens[k].lower for k in members if len(self.tokens[k].text) > 2 and not self._strength(k, k + 1)
            }  # initials are no names
        return inside, names

    def _adjacent(self, index: int) -> bool:
        gap = self.text[self.tokens[index - 1].full_end : self.tokens[index].start]
        return gap in {" ", "\u00a0"} or (gap == ". " and len(self.tokens[index - 1].text) <= _SHORT_TITLE)

    def _is_long_place(self, first: int, last: int) -> bool:
        """Tell whether a run that begins with a given name is a well-known place ("San Jose", "Virginia Beach")."""
        return any(self._strength(first, end) for end in range(last, first + 1, -1))

    def _any_strong(self, first: int, last: int) -> bool:
        return any(self._strength(k, last) or self._strength(k, k + 1) for k in range(first, last))

    def _strength(self, first: int, last: int) -> bool:
        key = fold(self.text[self.tokens[first].start : self.tokens[last - 1].end])
        return self.gazetteer.knows(key) and self._is_strong(self.gazetteer.matches(key))

    def _is_strong(self, found: tuple[Named, ...]) -> bool:
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

    # Names

    def _longest_matches(self) -> list[_Match]:
        matches: list[_Match] = []
        i = 0
        while i < len(self.tokens):
            token = self.tokens[i]
            match = self._match_at(i) if token.upper and i not in self.persons and not token.joined else None
            if match is None:
                i += 1
            else:
                matches.append(match)
                i = match.last
        return matches

    def _match_at(self, i: int) -> _Match | None:
        best = 0
        for last in range(i + 1, min(i + _LONGEST, len(self.tokens)) + 1):
            token = self.tokens[last - 1]
            if last > i + 1:
                before = self.tokens[last - 2]
                gap = self.text[before.end : token.start]
                if not _JOINT.fullmatch(gap) or (gap == ". " and before.lower not in ABBREVIATIONS) or last - 1 in self.persons:
                    break
            key = fold(self.text[self.tokens[i].start : token.end])
            if not key:
                break
            closes = token.upper or token.joined or token.lower in self.words.admin1_after or token.lower in self.words.plural_after
            if closes and (self.gazetteer.knows(key) or self._is_inflected(i, last) or self._is_respelt(i, last)):
                best = last
            if not self.gazetteer.starts(key) and not is_cyrillic(key):
                break
        if not best:
            return None
        best = self._without_cue(i, best)
        name = self.text[self.tokens[i].start : self.tokens[best - 1].end]
        found = self.gazetteer.matches(name)
        if not found or self._is_common(i, best, name, found):
            return None
        return _Match(i, best, name, found, self._is_strong(found), cue_end=self.tokens[best - 1].full_end)

    def _is_inflected(self, first: int, last: int) -> bool:
        if last - first > 3 or not is_cyrillic(self.tokens[last - 1].text) or not self.tokens[last - 1].upper:
            return False
        if self.tokens[first].lower in self.words.stop:
            return False
        return bool(self.gazetteer.matches(self.text[self.tokens[first].start : self.tokens[last - 1].end]))

    def _is_respelt(self, first: int, last: int) -> bool:
        """Tell whether a Latin name is one in another romanisation; asked only where the words before want a place."""
        word = self.tokens[first]
        if last - first > 1 or len(word.text) < _RESPELT or first == 0 or not word.text.isascii() or word.lower in self.words.stop:
            return False
        before = self.tokens[first - 1].lower
        wanted = before in self.words.strong or before in {"of", "town", "village", "city"}
        return wanted and self._adjacent(first) and bool(self.gazetteer.matches(word.text))

    def _without_cue(self, first: int, last: int) -> int:
        """Leave a cue word out of the name ("Donetsk Oblast": Donetsk) if the bare name stands for the same area."""
        if last - first < 2 or self.tokens[last - 1].lower not in self.words.admin1_after:
            return last
        bare = self.text[self.tokens[first].start : self.tokens[last - 2].end]
        whole = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        areas = {match.place.id for match in self.gazetteer.matches(whole) if match.place.kind == "admin1"}
        same = areas & {match.place.id for match in self.gazetteer.matches(bare)}
        return last - 1 if same and not is_cyrillic(bare) else last

    def _is_common(self, first: int, last: int, name: str, found: tuple[Named, ...]) -> bool:
        """Tell whether a match is a word of the language, an acronym or a person seen before, and no place."""
        tokens = self.tokens[first:last]
        if (
            all(token.lower in self.words.stop or token.lower in self.words.adjectives for token in tokens)
            or name.lower() in self.words.stop
        ):
            return True
        if name.lower() in self.words.adjectives or fold(name) in self.words.stop:
            return True
        if len(tokens) > 1:
            return False
        word = tokens[0]
        if word.text.isupper() and len(word.text.replace(".", "")) <= 5:  # the length of an acronym
            return not any(match.place.kind == "country" for match in found)
        if len(word.text) < 3:
            return True
        if word.lower in self.person_names or (word.lower in self.words.surnames and not self._is_strong(found)):
            return True
        if word.initial and word.lower in self.lowercase:
            return True
        return word.lower in self.words.given and not self._is_strong(found)

    # Cues

    def _before(self, match: _Match, count: int = 5) -> list[str]:
        """Give up to five words before a match, nearest last, as far as nothing but spaces divides them."""
        words: list[str] = []
        k = match.first
        while k > 0 and len(words) < count:
            gap = self.text[self.tokens[k - 1].full_end : self.tokens[k].start]
            if gap.strip(" \u00a0-") and not (gap.strip() == "." and self.tokens[k - 1].lower in ABBREVIATIONS):
                break
            k -= 1
            words.insert(0, self.tokens[k].lower + ("'s" if self.tokens[k].possessive else ""))
        return words

    def _after(self, match: _Match, count: int = 5) -> list[Token]:
        tokens: list[Token] = []
        k = match.last
        while k < len(self.tokens) and len(tokens) < count:
            gap = self.text[self.tokens[k - 1].full_end : self.tokens[k].start]
            if gap.strip(" \u00a0-"):
                break
            tokens.append(self.tokens[k])
            k += 1
        return tokens

    def _has(self, match: _Match, kind: str) -> bool:
        return any(found.place.kind == kind for found in match.found)

    def _read_cues(self, match: _Match) -> None:
        before, after = self._before(match), self._after(match)
        self._read_kind(match, before, after)
        self._read_offset(match, before)
        self._read_adjective(match, before, after)
        match.role = self._role(match, before, after)
        if (
            match.role == "institution"
            and not match.kind
            and self._has(match, "admin1")
            and after
            and after[0].lower in {"governor", "gov"}
        ):
            match.kind = "admin1"

    def _has_county(self, match: _Match) -> bool:
        """Tell whether a name is that of an admin-1 area where those are counties; in the United States they are smaller."""
        return any(found.place.kind == "admin1" and found.place.country in self.words.county_countries for found in match.found)

    def _read_kind(self, match: _Match, before: list[str], after: list[Token]) -> None:
        following = [token.lower for token in after]
        bare = [word for word in before if word not in {"the", "der", "die", "den"}]
        possessive = self.tokens[match.last - 1].possessive
        skip = 1 if following[:1] in (["border"], ["frontier"], ["autonomous"]) else 0
        if not possessive:
            for size in (2, 1):
                phrase = " ".join(following[skip : skip + size])
                if len(following) >= skip + size and phrase in self.words.admin1_after | self.words.plural_after:
                    match.cue_end = after[skip + size - 1].full_end
                    if phrase in self.words.counties and not self._has_county(match):
                        match.kind, match.near = "settlement", True
                    elif self._has(match, "admin1"):
                        match.kind = "admin1"
                    else:
                        match.near = self._has(match, "settlement")
                    return
            if following[:1] == ["regional"] and self._has(match, "admin1"):
                match.kind = "admin1"
                return
            if following[:1] and following[0] in self.words.smaller and self._has(match, "settlement"):
                match.near, match.cue_end = True, after[0].full_end
                return
        last_word = self.tokens[match.last - 1].lower
        if last_word in self.words.admin1_after and self._has(match, "admin1"):
            match.kind = "admin1"
            return
        for size in (3, 2, 1):
            phrase = " ".join(bare[-size:]) if len(bare) >= size else ""
            if not phrase or (len(phrase) == 1 and self.text[: self.tokens[match.first].start].rstrip()[-1:] != "."):
                continue
            if phrase in self.words.settlement_before and self._has(match, "settlement"):
                match.kind = "settlement"
                return
            if phrase in self.words.admin1_before and self._has(match, "admin1"):
                match.kind = "admin1"
                return
        if following[:1] and following[0] in self.words.settlement_after and self._has(match, "settlement") and not possessive:
            match.kind, match.cue_end = "settlement", after[0].full_end
            return
        if match.found[0].place.kind == "country" and match.found[0].rank < 2 and not self._has(match, "admin1"):
            match.kind = "country"

    def _read_offset(self, match: _Match, before: list[str]) -> None:
        lead = self.text[max(0, self.tokens[match.first].start - 90) : self.tokens[match.first].start]
        lead = lead.rsplit("\n", 1)[-1]
        if found := _OFFSET.search(lead):
            km = float(found["number"].replace(",", ".")) * (_MILE_KM if found["unit"].lower().startswith("mi") else 1.0)
            if km <= _FARTHEST_OFFSET_KM:
                match.near, match.km = True, round(km, 1)
                match.bearing = self.words.directions.get((found["direction"] or "").lower())
            return
        if (found := _DIRECTION.search(lead)) and found["direction"].lower() in self.words.directions:
            match.near, match.bearing = True, self.words.directions[found["direction"].lower()]
            return
        bare = [word for word in before if word not in {"the", "city", "town", "village"} or word == before[0]]
        if bare[-1:] == ["of"] and len(bare) > 1 and f"{bare[-2]} of" not in self.words.near:
            bare = bare[:-1]
        for size in (4, 3, 2, 1):
            if len(bare) >= size and " ".join(bare[-size:]) in self.words.near and match.kind not in {"admin1", "country"}:
                match.near = True
                if " ".join(bare[-size:]) in self.words.edges:
                    match.km = 0.0
                return

    def _read_adjective(self, match: _Match, before: list[str], after: list[Token]) -> None:
        """Read the country from an adjective before the noun: "the northeastern Ukrainian city of Sumy"."""
        lead = before[:-1] if before[-1:] == ["of"] else before
        noun_before = bool(lead) and (lead[-1] in self.words.nouns or " ".join(lead[-2:]) in self.words.nouns)
        noun_after = match.kind == "admin1" or (bool(after) and after[0].lower in self.words.nouns)
        if not (noun_before or noun_after):
            return
        for size in (2, 1):
            for k in range(len(lead) - size, -1, -1):
                code = self.words.adjectives.get(" ".join(lead[k : k + size]))
                country = self.gazetteer.place(f"country:{code}") if code else None
                rest = lead[k + size :]
                nouns = [word for word in rest if word not in self.words.attributes]
                if country and len(rest) <= 3 and (not nouns or noun_before):
                    if any(self.gazetteer.contains(country, found.place) for found in match.found):
                        match.within.append(country.name)
                    return

    def _role(self, match: _Match, before: list[str], after: list[Token]) -> str:
        last = self.tokens[match.last - 1]
        following = [token.lower for token in after]
        if last.possessive:
            return "possessive"
        if after and after[0].joined:
            return "institution"
        k = 0
        while k < len(following) and following[k] in self.words.office_adjectives and following[k] not in self.words.heads:
            k += 1
        if k < len(following) and following[k] in self.words.heads and not (match.kind == "admin1" and match.cue_end and not k):
            return "institution"
        if self._is_office_of(before):
            return "institution"
        if self.lang != "de" and self._is_part_of_name(match):
            return "institution"
        said = [" ".join(following[:size]) for size in (1, 2)]
        lead = [" ".join(before[-size:]) for size in (1, 2, 3)]
        if any(phrase in self.words.verbs for phrase in said) or any(phrase in self.words.voice_before for phrase in lead):
            return "voice"
        return ""

    def _is_office_of(self, before: list[str]) -> bool:
        """Tell whether "governor of", "University of" stand before, if need be before the country ("of Russia's Bryansk region")."""
        for k in range(len(before) - 2, -1, -1):
            if before[k] in self.words.of_heads and before[k + 1] == "of":
                return all(
                    w.endswith("'s") or w in self.words.attributes or w in self.words.adjectives or w in self.words.nouns
                    for w in before[k + 2 :]
                )
        return False

    def _is_part_of_name(self, match: _Match) -> bool:
        """Tell whether capitalised words beside the match make it part of a longer name ("Kyiv Post", "Camp David")."""
        if (
            match.last < len(self.tokens)
            and match.last not in self.taken
            and self._continues(match.last)
            and self._is_foreign(self.tokens[match.last])
        ):
            return True
        before = match.first - 1
        return (
            before >= 0
            and (before not in self.taken or not (match.strong or is_cyrillic(match.name)))
            and self.tokens[before].upper
            and self._continues(match.first)
            and not (self.tokens[before].initial and self.tokens[before].lower in self.words.stop)
            and self._is_foreign(self.tokens[before])
        )

    def _is_foreign(self, token: Token) -> bool:
        word = token.lower
        if not token.upper or word in self.words.calendar or word in self.words.adjectives or word in self.words.nouns:
            return False
        if word in self.words.admin1_after | self.words.plural_after | self.words.admin1_before | self.words.settlement_before:
            return False
        if word in self.words.heads:
            return True
        return word not in self.words.stop and word not in self.words.verbs and word not in self.words.particles

    # Lists and containers

    def _spread_lists(self) -> None:
        """Give "regions" to every name of the list before it, and "regions of" to every name after it."""
        for k, match in enumerate(self.matches):
            after = [token.lower for token in self._after(match, 2)]
            if match.kind == "admin1" and (after[:1] and after[0] in self.words.plural_after):
                for earlier, later in zip(reversed(self.matches[:k]), reversed(self.matches[1 : k + 1]), strict=True):
                    if not self._listed(earlier, later) or not self._has(earlier, "admin1"):
                        break
                    earlier.kind, earlier.near, earlier.km = "admin1", False, None
            lead = self._before(match, 2)
            kind = self.words.plural_before.get(" ".join(lead)) or self.words.plural_before.get(" ".join(lead[-1:]))
            if kind and self._has(match, kind):
                match.kind = kind
                for earlier, later in pairwise(self.matches[k:]):
                    if not self._listed(earlier, later) or not self._has(later, kind):
                        break
                    later.kind = kind

    def _listed(self, earlier: _Match, later: _Match) -> bool:
        gap = self.text[self.tokens[earlier.last - 1].full_end : self.tokens[later.first].start]
        return bool(gap.strip()) and bool(_LIST_GAP.fullmatch(gap.lower()))

    def _read_containers(self) -> None:
        for k, (earlier, later) in enumerate(pairwise(self.matches)):
            start = max(earlier.cue_end, self.tokens[earlier.last - 1].full_end)
            gap = self.text[start : self.tokens[later.first].start]
            possessive = self.tokens[earlier.last - 1].possessive
            if possessive and self._is_own(gap) and self._holds(earlier, later):
                later.within.append(self._said(earlier))
            elif gap == " " and later.kind == "admin1" and is_cyrillic(later.name) and self._has(earlier, "settlement"):
                earlier.within.append(self._said(later))
            elif not possessive and earlier.kind == "admin1" and _AREA_OF_GAP.fullmatch(gap) and self._holds(earlier, later):
                later.within.append(self._said(earlier))
            elif not possessive and _INSIDE_GAP.fullmatch(gap) and self._says_inside(earlier, later, gap, k):
                earlier.within.append(self._said(later))
                if later.kind == "" and "," in gap:
                    later.kind = self._kind_that_holds(later, earlier)
        for earlier, later in reversed(list(pairwise(self.matches))):
            if earlier.within and later.within and self._said(later) in earlier.within:
                earlier.within += later.within
        for first, second, third in zip(self.matches, self.matches[1:], self.matches[2:], strict=False):
            if (
                self.tokens[second.last - 1].possessive
                and self._said(second) in first.within
                and self._said(second) in third.within
                and self._holds(third, first)
            ):
                first.within.insert(0, self._said(third))

    def _is_own(self, gap: str) -> bool:
        """Tell whether only nouns of place and their attributes stand between an owner and a place."""
        return gap.strip(" ") == "" or all(word in self.words.nouns or word in self.words.attributes for word in gap.split())

    def _says_inside(self, place: _Match, container: _Match, gap: str, k: int) -> bool:
        if place.kind == "country" and gap == ", " and container.kind != "country" and self._holds_town(container, place):
            place.kind = ""  # "Lebanon, Pennsylvania"
            return True
        if place.kind == "country":
            return False
        district = container.near and container.km is None and container.bearing is None and bool(container.cue_end)
        if (
            not district
            and container.kind not in {"admin1", "country"}
            and not self._has(container, "admin1")
            and not self._has(container, "country")
        ):
            return False
        if self._holds(container, place):
            third = self.matches[k + 2] if k + 2 < len(self.matches) else None
            in_list = "," in gap and container.kind != "country" and container.cue_end <= self.tokens[container.last - 1].full_end
            if container.kind == "" and in_list and third is not None and self._listed(container, third) and self._is_city(container):
                return False
            return container.kind != "settlement"
        if district and not place.strong:
            return (
                "," not in gap and self._has(place, "settlement") and place.kind != "admin1"
            )  # "Novopavlivka in the Synelnykove district"
        said = container.kind == "admin1" or (container.kind == "country" and container.strong)
        return said and not place.strong and place.kind != "admin1" and self._has(place, "settlement") and gap.strip() != ","

    def _holds(self, container: _Match, place: _Match) -> bool:
        areas = [found.place for found in container.found if found.place.kind in {"admin1", "country"} and found.rank < 2]
        kinds = {place.kind} if place.kind else {"settlement", "admin1"}
        return any(self.gazetteer.contains(area, found.place) for area in areas for found in place.found if found.place.kind in kinds)

    def _holds_town(self, container: _Match, place: _Match) -> bool:
        areas = [found.place for found in container.found if found.place.kind == "admin1" and found.rank < 2]
        towns = [found.place for found in place.found if found.place.kind == "settlement" and found.rank < 2]
        return any(self.gazetteer.contains(area, town) for area in areas for town in towns)

    def _kind_that_holds(self, container: _Match, place: _Match) -> str:
        """Tell whether it is the country or the admin-1 area of a name that has the place in it: "Tbilisi, Georgia"."""
        towns = [found.place for found in place.found if found.place.kind == "settlement"]
        areas = [found.place for found in container.found if found.place.kind in {"country", "admin1"} and found.rank < 2]
        kinds = {area.kind for area in areas for town in towns if self.gazetteer.contains(area, town)}
        return kinds.pop() if len(kinds) == 1 else ""

    def _is_city(self, match: _Match) -> bool:
        return any(found.place.kind == "settlement" and found.rank < 2 and found.place.population >= _BIG for found in match.found)

    def _said(self, match: _Match) -> str:
        """Give the words for a container, with its cue: "Donetsk Oblast", "Ukraine"."""
        end = (
            max(match.cue_end, self.tokens[match.last - 1].end)
            if not self.tokens[match.last - 1].possessive
            else self.tokens[match.last - 1].end
        )
        return self.text[self.tokens[match.first].start : end]

    # What stays

    def _keep(self) -> None:
        countries = self._countries()
        for match in self.matches:
            match.kept = self._is_place(match, countries)
        for earlier, later in pairwise(self.matches):
            if (
                not earlier.kept
                and self._could_be(earlier)
                and self._could_be(later)
                and self._listed(earlier, later)
                and self._are_near(earlier, later)
            ):
                earlier.kept = later.kept = True
        names = {fold(match.name) for match in self.matches if match.kept and not match.role}
        for earlier, later in pairwise(self.matches):
            if (
                earlier.kept
                and not later.kept
                and self._listed(earlier, later)
                and later.role == ""
                and not later.strong
                and earlier.role != "voice"
            ):
                later.kept = True
        for match in self.matches:
            match.kept = match.kept or (fold(match.name) in names and match.role in {"", "voice", "possessive"})

    def _could_be(self, match: _Match) -> bool:
        return match.role == "" and not self.tokens[match.first].initial and any(found.rank < 2 for found in match.found)

    def _are_near(self, earlier: _Match, later: _Match) -> bool:
        """Tell whether two names have places in one admin-1 area: villages of one sentence mostly have."""
        areas = [
            {found.place.admin1 for found in match.found if found.place.kind == "settlement" and found.rank < 2}
            for match in (earlier, later)
        ]
        return bool(areas[0] & areas[1] - {""})

    def _countries(self) -> set[str]:
        """Give the countries the text names, by noun or adjective."""
        named = {
            found.place.country
            for match in self.matches
            if match.strong
            for found in match.found[:3]
            if found.place.kind == "country" and found.rank < 2
        }
        named |= {self.words.adjectives[token.lower] for token in self.tokens if token.lower in self.words.adjectives}
        return named

    def _is_place(self, match: _Match, countries: set[str]) -> bool:
        if match.kind == "" and _ADJECTIVE.search(match.name.lower()) and all(found.place.kind == "admin1" for found in match.found):
            return False
        if match.strong and not (match.role == "voice" and self._is_surname_like(match)):
            return True
        if match.role in {"institution", "voice"}:
            return False
        if match.kind in {"settlement", "admin1"} or match.within:
            return True
        before = self._before(match, 2)
        word = before[-1] if before else ""
        best = max(match.found, key=lambda found: found.place.population * (found.rank < 2))
        if best.rank > 1:
            return False
        if match.near or word in self.words.strong or (word == "the" and len(before) > 1 and before[-2] in self.words.strong):
            return True
        if match.last - match.first > 1 and best.rank == 0 and best.place.population >= _TWO_WORD_TOWN:
            return True
        if any(found.place.country in countries and found.rank < 2 for found in match.found):
            return not self.tokens[match.first].initial or best.place.population >= _KNOWN_TOWN
        return word in self.words.prepositions and (best.place.population >= _KNOWN_TOWN or match.last - match.first > 1)

    def _is_surname_like(self, match: _Match) -> bool:
        return not any(
            found.place.kind == "country"
            or found.place.id in self.gazetteer.capitals
            or (found.place.population >= _BIG_AREA and found.rank < 2)
            for found in match.found
        )
