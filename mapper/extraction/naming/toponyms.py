"""Finding the names of places in a text: where they stand, what kind of place they say, and what for.

The finder is led by the gazetteer: the longest capitalised run of words that is a name there. What keeps it honest are
the words around: cue words ("city of", "regions"), prepositions, titles and given names before a surname, offices and
papers that bear a name ("Sumy regional military administration"). All these are data (`cues.toml`). After "the village
of" a name is a place even if the gazetteer has none of it. Choosing which of several places of one name is meant is
another step, `mapper.geocoding`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.adjectives import find_areas
from mapper.extraction.naming.capitals import name_capitals
from mapper.extraction.naming.compounds import find_compounds
from mapper.extraction.naming.containers import read_containers, spread_lists
from mapper.extraction.naming.genitives import find_genitives
from mapper.extraction.naming.homeregion import name_region
from mapper.extraction.naming.keeping import is_pair, keep
from mapper.extraction.naming.mentions import AREAS, Match, Mention, has
from mapper.extraction.naming.passage import AT_WAR, JOINT, Passage
from mapper.extraction.naming.persons import find_persons
from mapper.extraction.naming.placecues import is_of_area, read_cues, read_region_of_city
from mapper.extraction.naming.quarters import name_quarters
from mapper.extraction.naming.regions import settle
from mapper.extraction.naming.spans import look_up, words_of
from mapper.extraction.naming.words import any_of, cues_of, is_unit
from mapper.extraction.wording.unseen import seen
from mapper.gazetteer.morphology import is_surname
from mapper.gazetteer.names import cues, fold, is_cyrillic, respellings
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer.index import Gazetteer, Named, Place

__all__ = ["Mention", "at", "find"]

_LONGEST = 6
_RESPELT = 5
#: The same after a noun such as "Stadt".
_SHORT = 4
_UNKNOWN_WORDS = 3
#: How many people live where no other noun has the name by chance.
_TOWN = 2_000
#: How many words a name has at most that may be spelt by ear, and how Russian adjectives end in English.
_WORDS_BY_EAR = 2
_RUSSIAN_ADJECTIVES = ("aya", "oye", "nye", "tye", "ny", "ky", "ly", "oy", "iy", "chyi")
#: A name that German may have spelt by ear, and how such names end; other nouns are capitalised as well.
_BY_EAR = re.compile("sch|w|j", re.IGNORECASE)
#: An acronym of weapons with the ending of its case: "НАРами".
_INFLECTED_ACRONYM = re.compile("[А-ЯЁІЇЄҐ]{2,5}[а-яёіїєґ]{1,3}")
#: What ends a paragraph.
_PARAGRAPH = re.compile(r"\n\s*\n")
#: How many people live in a town that stands for its region wherever it is named.
_REGIONAL = 15_000
#: The population of a town that is meant by its name wherever a village bears it too.
_CITY = 50_000
#: How many times as large the better known one of two towns of a name is.
_FAR_LARGER = 10
#: What follows the town that a report is from.
_DATELINE = re.compile(r"\s?(?:/|[,.:]\s|\(|\s?[–—-]\s)")
#: The adjectives that German spells by ear before a name: "Nowe Schachowe", "Welyka Pyssariwka".
_SLAVIC_ADJECTIVE = re.compile("(?:Now|Star|Welyk|Mal|Bil|Tschorn|Tscherwon|Krasn|Werchn|Nyschn|Seredn)(?:ja|je|yj|ij|oje|aja|e|a|i)")
_SLAVIC = re.compile(
    "(?:[ioeay]w(?:ka|ske|e|o|a|zi)?|[sz]k(?:e|ij|yj|oje)?|ka|[bdlmnrstwz]ja|schja|yj|ij|ija|yn(?:e|ka|o|a)?|[nr]e|tsche|wate|schi|zi|asi|pil|pol|"
    "h?grad|horod|schtschyna|(?<!s)cha|dar|ez|osch|sk|jar|jak|yn|yk|yl|ow|ew|tsch|in|[hkln]ki|[abhiklnprstuwy]ky|[nltd]je|[aerwly]ny|[rw]na|"
    "[aouy]hy|chy|o[dr]y|enke|aya|oye)$"
)


def find(text: str, gazetteer: Gazetteer, lang: str = "en", titled: Sequence[Mention] = ()) -> list[Mention]:
    """Find the places a text names, in their order; `titled` are those of its title, where the city of a district may be named.

    Persons, months and common words that are also names of places are left out; offices and voices are given with
    their role. The answer depends on nothing but the arguments.
    """
    shown = seen(text)
    if shown is None:
        return _Finder(Passage(text, gazetteer, lang), titled=titled).mentions()
    found = _Finder(Passage(shown.text, gazetteer, lang), titled=titled).mentions()
    spans = [shown.whole(mention.start, mention.end) for mention in found]
    return [replace(mention, start=start, end=end) for mention, (start, end) in zip(found, spans, strict=True)]


def at(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, lang: str = "en") -> list[Mention]:
    """Read the given spans of a text as places, one mention for each in the order given.

    The caller knows that they are places, so that an adjective ("American") or the name of an office is read as the
    place it is made of. What else the text names around them says what lies in what, as in `find`.

    Parameters
    ----------
    spans
        Character positions ``(start, end)``; they may overlap and repeat.
    """
    passage = Passage(text, gazetteer, lang)
    found: dict[tuple[int, int], Mention] = {}
    waiting = sorted(set(spans), key=lambda span: (span[0], -span[1]))
    while waiting:
        chosen, end = [], -1
        for span in waiting:
            words = words_of(passage, span)
            if words[0] >= end:
                chosen.append(span)
                end = max(end, words[1])
        finder = _Finder(passage, chosen)
        found |= dict(zip(chosen, finder.given(chosen), strict=True))
        waiting = [span for span in waiting if span not in found]
    return [found[span] for span in spans]


class _Finder:
    """One text on its way to its mentions."""

    def __init__(self, passage: Passage, spans: Sequence[tuple[int, int]] = (), titled: Sequence[Mention] = ()) -> None:
        self.p = passage
        self.titled = titled
        self.text, self.tokens, self.words, self.gazetteer = passage.text, passage.tokens, passage.words, passage.gazetteer
        self.persons, self.person_names = find_persons(passage)
        self.forced = {match.first: match for span in spans if (match := look_up(passage, span)).last > match.first}
        self.forced_words = {k for match in self.forced.values() for k in range(match.first, match.last)}
        self.areas = find_areas(passage)
        self.persons |= self.areas.blocked
        self.genitives = {**find_genitives(passage, self.persons), **find_compounds(passage, self.persons)}
        self.common = self.words.common.get(passage.lang, frozenset())
        self.numbers = passage.language.table("numbers")["words"] if passage.lang in self.words.common else {}
        self.listing = 0  # where the last name of a list of villages ends
        self.matches = self._longest_matches()
        self.matches = name_capitals(passage, self.matches, self.forced_words, [m.name for m in titled])
        raions = {k for first, match in self.areas.matches.items() for k in range(first, match.last) if match.kind == "admin2"}
        self.matches = name_quarters(passage, self.matches, self.forced_words, raions, {m.name for m in titled})
        self.matches = name_region(passage, self.matches, self.forced_words)
        places = [match for match in self.matches if match.strong or is_cyrillic(match.name)]
        passage.taken = {k for match in places for k in range(match.first, match.last)}

    def mentions(self) -> list[Mention]:
        """Give the places the text names."""
        self._read()
        keep(self.p, self.matches)
        named = [self._mention(match) for match in self._joined([match for match in self.matches if match.kept])]
        return settle(named, self.titled, [m.end() for m in _PARAGRAPH.finditer(self.p.text)])

    def given(self, spans: Sequence[tuple[int, int]]) -> list[Mention]:
        """Give a mention for each span."""
        self._read()
        mentions = []
        by_span = {match.span: match for match in self.matches if match.span}
        for start, end in spans:
            match = by_span.get((start, end))
            mentions.append(self._mention(match) if match else Mention(self.text[start:end], start, end, "", given=True))
        return mentions

    def _read(self) -> None:
        for match in self.matches:
            read_cues(self.p, match)
            if not match.kind and _only_kind(match) == "admin2":
                match.kind = "admin2"  # "Izium Raion" is a name of its own
        spread_lists(self.p, self.matches)
        for match in self.matches:
            read_region_of_city(self.p, match)
        read_containers(self.p, self.matches)

    def _mention(self, match: Match) -> Mention:
        start, end = match.span or (self.tokens[match.first].start, self.tokens[match.last - 1].end)
        city, others = _city(match)
        return Mention(
            self.text[start:end],
            start,
            end,
            match.name,
            match.kind or _only_kind(match),
            tuple(dict.fromkeys(match.within)),
            match.near,
            match.km,
            match.bearing,
            match.role,
            match.other,
            given=match.span is not None,
            part=match.part,
            regions=_regions(match),
            abroad=city is not None and _is_abroad(city, others),
            city=_region_of_city(city, others) if city else "",
            around=match.around,
        )

    # Names

    def _longest_matches(self) -> list[Match]:
        matches: list[Match] = []
        i = 0
        while i < len(self.tokens):
            match = (
                self.forced.get(i) or self.areas.matches.get(i) or self.genitives.get(i) or self._next(i, matches[-1] if matches else None)
            )
            if match is None:
                i += 1
            else:
                if self._opens_list(i) or self._goes_on_list(i, matches[-1] if matches else None):
                    self.listing = match.last
                matches.append(match)
                i = match.last
        return matches

    def _is_town_by_ear(self, i: int) -> bool:
        """Tell whether an unknown word is by its spelling the name of a town to which something happened, and so none told of before."""
        if not self.p.is_by_ear(self.tokens[i].text) or self.tokens[i].lower in self.words.surnames:
            return False
        before = self.tokens[i - 1].lower if i and self.p.adjacent(i) else ""
        after = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
        named = before in self.words.strong or before in self.words.wanting or before in self.p.language.listed("names", "within")
        return named or after in self.words.happened

    def _opens_list(self, i: int) -> bool:
        if i == 0 or not self.p.adjacent(i):
            return False
        lead = " ".join(token.lower for token in self.tokens[max(0, i - 2) : i])
        return self.words.plural_before.get(lead, self.words.plural_before.get(lead.rpartition(" ")[2])) == "settlement"

    def _goes_on_list(self, i: int, before: Match | None) -> bool:
        if before is None or before.last != self.listing:
            return False
        return bool(_list_gap().fullmatch(self.text[self.tokens[before.last - 1].full_end : self.tokens[i].start]))

    def _next(self, i: int, before: Match | None) -> Match | None:
        token = self.tokens[i]
        if not token.upper or i in self.persons:
            return None
        if token.joined and not self._ends_way(i, before):
            return None
        if found := self._abbreviation_at(i, before):
            return found
        match = self._match_at(i)
        opened = self._is_opened(i, before)
        if opened and (unknown := self._unknown_at(i)) and (match is None or match.last < unknown.last):
            return unknown
        if match is None and self._is_town_by_ear(i):
            return self._unknown_at(i)
        return match

    def _ends_way(self, i: int, before: Match | None) -> bool:
        """Tell whether a word joined by a hyphen is the other end of a road: "the Kyiv-Chop highway"."""
        after = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
        return before is not None and before.last == i and after in self.words.ways

    def _abbreviation_at(self, i: int, before: Match | None) -> Match | None:
        """Read "Ky." after a comma that follows a name."""
        token = self.tokens[i]
        name = self.words.abbreviations.get(token.text.rstrip("."))
        if name is None or i == 0 or not self.tokens[i - 1].upper or self.text[self.tokens[i - 1].end : token.start] != ", ":
            return None
        area = self.gazetteer.coded(name)
        name = area.name if area else name
        found = self.gazetteer.matches(name)
        if not found or (before is None and self.gazetteer.knows(fold(token.text))):
            return None
        return Match(i, i + 1, name, found, strong=True, kind="admin1", cue_end=token.full_end, said=name)

    def _is_opened(self, i: int, before: Match | None) -> bool:
        """Tell whether a cue says that the name of a settlement follows: "the village of", "с.", or a list of villages."""
        lead: list[str] = []
        k = i
        while k > 0 and len(lead) < 2:
            gap = self.text[self.tokens[k - 1].full_end : self.tokens[k].start]
            if gap not in {" ", "\u00a0", "\n"} and not (gap.strip() == "." and self.tokens[k - 1].lower in cues_of("settlement", "short")):
                break
            k -= 1
            lead.insert(0, self.tokens[k].lower)
        if lead and (" ".join(lead) in self.words.opening or lead[-1] in self.words.opening):
            return True
        if lead and lead[-1] in cues_of("settlement", "short") and self.text[self.tokens[i - 1].end : self.tokens[i].start].strip() == ".":
            return lead[-1] in self.words.settlement_before and not is_unit(self.tokens, i - 1)
        return self._opens_list(i) or self._goes_on_list(i, before)

    def _unknown_at(self, i: int) -> Match | None:
        last = i
        while last < min(i + _UNKNOWN_WORDS, len(self.tokens)) and self._is_name_word(last) and (last == i or self.p.continues(last)):
            if last in self.areas.matches or last in self.persons or (last > i and is_of_area(self.p, last)):
                break
            if last > i and (known := self._match_at(last)) and any(has(known, kind) for kind in ("admin1", "region", "country")):
                break  # "село Далеке Сумської області"
            last += 1
        while last > i and not self.tokens[last - 1].upper and not self.tokens[last - 1].joined:
            last -= 1
        if last == i or last - 1 in self.persons:
            return None
        name = self.text[self.tokens[i].start : self.tokens[last - 1].end]
        return Match(i, last, name, (), strong=False, kind="settlement", cue_end=self.tokens[last - 1].full_end)

    def _is_name_word(self, k: int) -> bool:
        token, words = self.tokens[k], self.words
        if not token.upper:
            return (token.joined and not token.text.isdigit()) or token.lower in words.particles  # "станция Ряжск-1"
        if token.text.isupper() and len(token.text) > 1 and self.p.lang in {"uk", "ru"}:
            return False  # "в посёлке Октябрьский ВСУ атаковали"
        listed = (
            words.admin1_after,
            words.plural_after,
            words.smaller,
            words.heads,
            words.titles,
            words.calendar,
            words.stop,
            words.adjectives,
        )
        return not any(token.lower in words_of_kind for words_of_kind in listed)

    def _match_at(self, i: int) -> Match | None:
        if i >= len(self.tokens) or not self.tokens[i].upper:
            return None
        best, cyrillic = 0, False
        for last in range(i + 1, min(i + _LONGEST, len(self.tokens)) + 1):
            token = self.tokens[last - 1]
            if last - 1 in self.forced_words or last - 1 in self.persons or last - 1 in self.areas.matches:
                break
            if last > i + 1:
                before = self.tokens[last - 2]
                gap = self.text[before.end : token.start]
                if not JOINT.fullmatch(gap) or (gap == ". " and before.lower not in cues_of("settlement", "short")):
                    break
            closes = self._closes(i, last)
            if cyrillic and not closes:
                continue
            key = fold(self.text[self.tokens[i].start : token.end])
            if not key:
                break
            cyrillic = cyrillic or is_cyrillic(key)
            knows, starts = self.p.knows(key)
            if closes and (knows or self._is_inflected(i, last) or self._is_respelt(i, last)):
                best = last
            if not starts and not cyrillic and last - i >= self._longest_by_ear(i):
                break
        if not best:
            return None
        best = self._without_cue(i, best)
        name = self.text[self.tokens[i].start : self.tokens[best - 1].end]
        found = self.gazetteer.matches(name)
        if found and self.p.writes("by_ear_patterns") and all(one.place.kind == "admin1" for one in found):
            found += self._towns_by_ear(name, found)
        if not found or self._is_common(i, best, name, found):
            return None
        return Match(i, best, name, found, self.p.is_strong(found), cue_end=self.tokens[best - 1].full_end)

    def _closes(self, first: int, last: int) -> bool:
        """Tell whether a word may end a name; small letters only if they are a cue ("region") or a kind of site."""
        token, words = self.tokens[last - 1], self.words
        if token.upper or token.joined or token.lower in words.closing:
            return True
        if token.lower not in words.closing_sites:
            return False
        tail = [word.lower for word in self.tokens[first + 1 : last]]
        return any(" ".join(tail[k:]) in words.sites for k in range(len(tail)))

    def _is_inflected(self, first: int, last: int) -> bool:
        if last - first > 3 or not is_cyrillic(self.tokens[last - 1].text):
            return False
        if not self.tokens[last - 1].upper and self.tokens[last - 1].lower not in self.words.waters:
            return False
        if self.tokens[first].lower in self.words.stop:
            return False
        return bool(self.gazetteer.matches(self.text[self.tokens[first].start : self.tokens[last - 1].end]))

    def _is_respelt(self, first: int, last: int) -> bool:
        """Tell whether a Latin name is one in another romanisation; asked only where the words before want a place."""
        word, name = self.tokens[first], self.text[self.tokens[first].start : self.tokens[last - 1].end]
        if (
            last - first > self._longest_by_ear(first)
            or len(name) < (_SHORT if self._after_town(first) or self._is_within(first) else _RESPELT)
            or not name.isascii()
            or word.lower in self.words.stop
        ):
            return False
        if self.p.is_by_ear(name) or self.p.names_site(first):
            return bool(self.gazetteer.matches(name))
        if word.initial:
            happened = last < len(self.tokens) and self.tokens[last].lower in self.words.happened
            heads = self.p.writes("headed") and (self.text.startswith(": ", self.tokens[last - 1].full_end) or self.p.heads(first, last))
            if any(_SLAVIC.search(part) for part in name.split()):
                return (happened or heads) and bool(self.gazetteer.matches(name))
            return heads and any(one.rank < GUESSED and one.place.population >= _TOWN for one in self.gazetteer.matches(name))
        if first == 0:
            return False
        before = self.tokens[first - 1]
        wanted = before.lower in self.words.wanting and self.p.adjacent(first)
        # "bei Solodke und Satyschschja", "Rodynske, Nowoekonomitschne"
        gap = self.text[before.end : word.start]
        listed = not word.initial and ((gap == ", " and before.upper) or (gap == " " and before.lower in self.words.between_and))
        listed = listed or self._opens_by_ear(last)
        wanted = wanted or self._lies_in_area(last) or (last - first > 1 and _SLAVIC_ADJECTIVE.fullmatch(word.text) is not None)
        by_ear = before.lower in self.words.strong | self.words.settlement_before or not _BY_EAR.search(name)
        slavic = by_ear or any(_SLAVIC.search(part) for part in name.split())
        return (wanted or listed) and slavic and bool(self.gazetteer.matches(name))

    def _lies_in_area(self, last: int) -> bool:
        """Tell whether a name is followed by the region it lies in: "Afipsky in the Krasnodar region"."""
        after = self.tokens[last : last + 4]
        area = after[2:] if len(after) > 1 and after[1].lower == "the" else after[1:]
        named = len(area) > 1 and area[0].upper and area[1].lower in self.words.admin1_after
        return named and after[0].lower == "in"

    def _opens_by_ear(self, last: int) -> bool:
        """Tell whether the next of a list is by its spelling a town: "hätten Worone und Malijiwka befreit"."""
        after = self.tokens[last : last + 2]
        gap = self.text[self.tokens[last - 1].full_end : after[0].start] if after else ""
        following = after[:1] if gap == ", " else after[1:] if gap == " " and after[0].lower in self.words.between_and else []
        return bool(following and following[0].upper and self.p.is_by_ear(following[0].text))

    def _longest_by_ear(self, first: int) -> int:
        """Give how many words a name in another romanisation may have; in English two, if the first is an adjective: "Golaya Pristan"."""
        second = self.tokens[first + 1] if first + 1 < len(self.tokens) else None
        hyphened = second is not None and second.joined and second.lower.endswith(_RUSSIAN_ADJECTIVES)
        two = self.p.writes("by_ear_patterns") or hyphened or self.tokens[first].lower.endswith(_RUSSIAN_ADJECTIVES)
        return _WORDS_BY_EAR if two else 1

    def _towns_by_ear(self, name: str, areas: tuple[Named, ...]) -> tuple[Named, ...]:
        """Give the towns of an area that German spells like it, where the gazetteer has that name of the area only: "Mykolajiw"."""
        towns = (one for key in respellings(name) for one in self.gazetteer.matches(key) if one.place.kind == "settlement" and not one.rank)
        inside = {t.place.id: t for t in towns if any(self.gazetteer.contains(area.place, t.place) for area in areas)}
        return tuple(inside.values())

    def _after_town(self, first: int) -> bool:
        return first > 0 and self.tokens[first - 1].lower in self.words.settlement_before

    def _is_within(self, first: int) -> bool:
        """Tell whether the word before says where something was, which none says of a person."""
        return first > 0 and self.tokens[first - 1].lower in self.p.language.listed("names", "within")

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
        if last - first > 1 and any(match.place.kind == "water" for match in found):
            return False  # "the Black Sea"
        if (
            all(token.lower in self.words.stop or token.lower in self.words.adjectives for token in tokens)
            or name.lower() in self.words.stop
        ):
            return True
        if name.lower() in self.words.adjectives or fold(name) in self.words.stop:
            return True
        if _outlet().match(self.text, self.tokens[last - 1].full_end):
            return True
        if len(tokens) > 1:
            return False
        word = tokens[0]
        if word.lower in self.common or (word.initial and word.lower in self.numbers) or _INFLECTED_ACRONYM.fullmatch(word.text):
            return True
        if word.initial and word.lower in self.words.ambiguous and not self._says_where(last):
            return True
        if word.text.isupper() and len(word.text.replace(".", "")) <= 5 and not self._is_dateline(first):  # the length of an acronym
            return not any(match.place.kind == "country" for match in found)
        if len(word.text) < 3:
            return True
        within = self._is_within(first)
        if word.lower in self.person_names or (word.lower in self.words.surnames and not self.p.is_strong(found) and not within):
            return True
        if word.initial and word.lower in self.p.lowercase:
            return True
        of_village = word.lower.endswith(
            self.p.language.listed("names", "village_endings")
        )  # "на Шахове": in Russian also a case of a surname
        if is_cyrillic(word.text) and not (of_village or self.p.is_strong(found)) and is_surname(word.text):
            return not self._is_sited(first)
        return word.lower in self.words.given and not self.p.is_strong(found) and not within

    def _is_dateline(self, first: int) -> bool:
        """Tell whether a text begins with the name of a town in capitals: "KYIV, Ukraine —", "MOSCOW/KYIV, Aug 28 -"."""
        head = self.text[: self.tokens[first].end]
        return first <= 1 and head.isupper() and head[0].isalpha() and _DATELINE.match(self.text, len(head)) is not None

    def _is_sited(self, first: int) -> bool:
        """Tell whether a word of place stands before a surname that villages bear, or before a list of names that it ends."""
        while first > 1 and self.text[self.tokens[first - 1].full_end : self.tokens[first].start] in {" ", ", "}:
            before = self.tokens[first - 1]
            if not before.upper and not (before.lower in cues_of("lists", "and") and self.tokens[first - 2].upper):
                break
            first -= 1
        words = self.words.strong | self.words.settlement_before | self.words.opening | cues_of("prepositions", "of_places")
        return first > 0 and self.tokens[first - 1].lower in words

    def _says_where(self, last: int) -> bool:
        """Tell whether a comma and another name follow: "Mobile, Ala."."""
        gap = self.text[self.tokens[last - 1].full_end : self.tokens[last].start] if last < len(self.tokens) else ""
        return gap == ", " and self.tokens[last].upper

    # Between two

    def _joined(self, matches: list[Match]) -> list[Match]:
        """Make one place of "between X and Y" and of "the X-Y highway"."""
        joined: list[Match] = []
        skipped = False
        for k, match in enumerate(matches):
            if skipped:
                skipped = False
                continue
            if k + 1 < len(matches) and is_pair(self.p, match, matches[k + 1]):
                match.other, skipped = matches[k + 1].name, True
                match.last, match.role, match.near = matches[k + 1].last, matches[k + 1].role, True
            joined.append(match)
        return joined


@cache
def _outlet() -> re.Pattern[str]:
    """Match the rest of the name of an outlet: "Крим.Реалії", "Кордон.Медіа"."""
    return re.compile(rf"\.{any_of('voices', 'outlets')}\b", re.IGNORECASE)


@cache
def _list_gap() -> re.Pattern[str]:
    """Match what stands between the villages of a list."""
    return re.compile(rf",? (?:{any_of('lists', 'joints')} )?|, ")


def _regions(match: Match) -> frozenset[str]:
    """Give the admin-1 areas of the places that a name may mean; a city that is one of its own is of that around it.

    Of a village nothing is known, for there may be one of its name in any of them.
    """
    found = [one.place for one in match.found if one.rank < GUESSED and (one.place.kind == match.kind or match.kind not in AREAS)]
    if any(place.kind == "country" for place in found):
        return frozenset()
    villages = [place for place in found if place.kind == "settlement" and place.population < _REGIONAL]
    if len(villages) == len(found) or (villages and all(place.population < _CITY for place in found)):
        return frozenset()  # "Подолы": the village rather than the quarter of a city
    at_war = [place for place in found if place.country in AT_WAR]
    around = cues()["cities_of"]
    return frozenset(around.get(place.admin1, place.admin1) for place in at_war or found if place.admin1)


def _city(match: Match) -> tuple[Place | None, list[Place]]:
    """Give the largest town of a name without a word for what it is, or where, if that is a city, and the other towns of it."""
    if match.kind or match.within:
        return None, []
    towns = sorted((one.place for one in match.found if one.rank < GUESSED and one.place.kind == "settlement"), key=lambda p: -p.population)
    return (towns[0] if towns and towns[0].population >= _CITY else None), towns[1:]


def _region_of_city(city: Place, others: Sequence[Place]) -> str:
    """Give the admin-1 area of a city at war, if all other towns of its name are far smaller."""
    if city.country not in AT_WAR or any(place.population * _FAR_LARGER >= city.population for place in others):
        return ""
    return str(cues()["cities_of"].get(city.admin1, city.admin1))


def _is_abroad(city: Place, others: Sequence[Place]) -> bool:
    """Tell whether a city is abroad, and nothing near its size at war bears its name."""
    far_smaller = (place.population * _FAR_LARGER < city.population for place in others if place.country in AT_WAR)
    return city.country not in AT_WAR and all(far_smaller)


def _only_kind(match: Match) -> str:
    """Give the kind of a name that areas bear, and at most a hamlet beside them: "Харківщина", "Synelnykove Raion"."""
    found = [one.place for one in match.found if one.rank < 2]
    kinds = {place.kind for place in found if place.kind != "settlement" or place.population} or {place.kind for place in found}
    return kinds.pop() if len(kinds) == 1 and kinds <= {"region", "admin1", "admin2"} and not match.span else ""
