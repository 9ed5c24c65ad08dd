"""Which of the names found in a text are places there: what is well known, what a cue or a list says, and what its country supports."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.extraction.naming.endings import endings, ends_in
from mapper.extraction.naming.mentions import has
from mapper.extraction.naming.passage import AT_WAR
from mapper.extraction.naming.words import any_of, cues_of
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives
from mapper.gazetteer.morphology import is_adjective, is_common, is_given_name, is_noun, is_surname
from mapper.gazetteer.names import fold, is_cyrillic
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.naming.mentions import Match
    from mapper.extraction.naming.passage import Passage
    from mapper.extraction.naming.words import Token

__all__ = ["is_pair", "keep"]

_KNOWN_TOWN = 15_000
#: How many words before a place at most tell of a fight for it: "fighting is going on for Pokrovsk".
_BEFORE_FOR = 6
#: How many words behind a name at most tell what befell it: "Тёткино с пяти утра утюжат".
_BEFORE_BLOW = 4
#: How many letters an old name has that is none of a person or a thing.
_LONG_NAME = 6
_TWO_WORD_TOWN = 5_000
_BIG_TOWN = 100_000
_BIG_AREA = 500_000
_LONG_NAMED = frozenset({"site", "water"})
_AT_HOME = frozenset({"uk", "ru", ""})
_HOME_COUNTRIES = frozenset({"UA", "RU", "BY", "MD"})
#: A text that names a well-known place in one of these speaks of that country.
_TOWNLIKE = frozenset({"settlement", "admin1", "admin2"})
_SHARE_CHARACTERS = 40
#: How many letters at the end of an adjective tell its case.
_CASE = 2
#: Letters of a name that German spells by ear: "Orichiw".
_BY_EAR = re.compile("sch|.w|j")
_OPENING_QUOTES = frozenset('«"“„')
#: What stands between the name of a village that heads an entry of a list and what befell it, and what may stand before.
_DASH = re.compile(r"\s+[-–—]\s+")
_BULLETS = " •▪◾▫·*➡▶🔹🔸🔻🔺🔴🟠🟡🟢🔵📍❗‼⚠🚨💥-–—"
#: An area or a district that heads a line, before its towns: "Краснояружский. Вязовое. ..."
_AREA_HEAD = re.compile(r"[A-ZА-ЯЁІЇЄҐ][^\W\d_]+(?: [^\W\d_]+)?\.")
_WAY_GAP = re.compile(r" ?[-–—\u2010\u2011] ?")


def is_pair(p: Passage, first: Match, second: Match) -> bool:
    """Tell whether two names are the ends of "between X and Y", of "the road from X to Y", of "the X-Y highway" or of "на трасі X – Y"."""
    gap = p.text[p.tokens[first.last - 1].full_end : p.tokens[second.first].start]
    after = p.tokens[second.last].lower if second.last < len(p.tokens) else ""
    lead = p.text[max(0, p.tokens[first.first].start - 60) : p.tokens[first.first].start]
    before = p.tokens[first.first - 1].lower if first.first else ""
    way = bool(_WAY_GAP.fullmatch(gap)) and bool({before, after} & p.words.ways)
    between = bool(_between_gap().fullmatch(gap)) and bool(_between().search(lead))
    between = between or (bool(_road_gap().fullmatch(gap)) and bool(_road().search(lead)))
    if not (way or between) or first.kind in {"admin1", "country"} or second.kind in {"admin1", "country"}:
        return False
    capitals = [named.place.id for match in (first, second) for named in match.found if named.place.id in p.gazetteer.capitals]
    return has(first, "settlement") and has(second, "settlement") and (way or not capitals)


def keep(p: Passage, matches: Sequence[Match]) -> None:
    """Mark the matches that are places of the text."""
    countries = _countries(p, matches)
    for match in matches:
        match.kept = _is_place(p, match, countries)
    for earlier, later in pairwise(matches):
        if is_pair(p, earlier, later):
            earlier.kept = later.kept = True
    for earlier, later in pairwise(matches):
        if not earlier.kept and _could_be(p, earlier) and _could_be(p, later) and p.listed(earlier, later) and _are_near(earlier, later):
            earlier.kept = later.kept = True
    for later, earlier in pairwise(reversed(matches)):
        # "Komyshany and Naddniprianske were shelled."
        if not earlier.kept and later.kept and _may_open_list(p, earlier) and p.listed(earlier, later) and _are_near(earlier, later):
            earlier.kept = True
    for earlier, later in pairwise(matches):
        # "Kherson's Dniprovskyi district": a part of the city.
        part = (later.near or later.kind == "admin2") and later.cue_end > p.tokens[later.last - 1].full_end and later.last < len(p.tokens)
        if part and p.tokens[later.last].lower in p.words.smaller and p.tokens[earlier.last - 1].possessive and has(earlier, "settlement"):
            later.kept = later.kept and later.first > earlier.last
    for earlier, later in pairwise(matches):
        # "по 11 – над Саратовской и Воронежской"
        elliptic = earlier.kept and earlier.kind == "admin1" and not (later.kept or later.kind) and has(later, "admin1")
        adjectives = elliptic and all(ends_in(match.name.lower()) for match in (earlier, later))
        if adjectives and p.listed(earlier, later) and _closed().match(p.text, p.tokens[later.last - 1].end):
            later.kind, later.kept = "admin1", True
    names = {fold(match.name) for match in matches if match.kept and not match.role}
    for earlier, later in pairwise(matches):
        if (
            earlier.kept
            and not later.kept
            and p.listed(earlier, later)
            and later.role == ""
            and not later.strong
            and earlier.role != "voice"
        ):
            later.kept = True
    for match in matches:
        match.kept = match.kept or (fold(match.name) in names and match.role in {"", "voice", "possessive"})


def _could_be(p: Passage, match: Match) -> bool:
    return match.role == "" and not p.tokens[match.first].initial and any(found.rank < 2 for found in match.found)


def _may_open_list(p: Passage, match: Match) -> bool:
    """Tell whether a name that begins a sentence, or a list after a colon, may be that of a settlement of the war."""
    at_war = any(f.rank < 2 and f.via == "name" and f.place.country in AT_WAR and f.place.kind == "settlement" for f in match.found)
    after_colon = p.text.endswith(": ", 0, p.tokens[match.first].start)
    return match.role == "" and p.tokens[match.first].initial and at_war and (after_colon or not is_cyrillic(match.name))


def _are_near(earlier: Match, later: Match) -> bool:
    """Tell whether two names have places in one admin-1 area: villages of one sentence mostly have."""
    areas = [
        {found.place.admin1 for found in match.found if found.place.kind == "settlement" and found.rank < 2} for match in (earlier, later)
    ]
    return bool(areas[0] & areas[1] - {""})


def _countries(p: Passage, matches: Sequence[Match]) -> set[str]:
    """Give the countries the text names, by noun or adjective."""
    named = {
        found.place.country
        for match in matches
        if match.strong
        for found in match.found[:3]
        if found.place.kind == "country" and found.rank < 2
    }
    named |= {
        match.found[0].place.country
        for match in matches
        if match.strong and match.role != "possessive" and match.found[0].rank < 2 and match.found[0].place.country in AT_WAR
    }
    named |= {p.words.adjectives[token.lower] for token in p.tokens if token.lower in p.words.adjectives}
    if any(token.lower in p.words.wartime for token in p.tokens):
        named |= AT_WAR
    return named | AT_WAR if named & AT_WAR else named


def _is_shore(p: Passage, match: Match) -> bool:
    """Tell whether a water only says whose port or bank something is: "the Black Sea port of Odesa", "across the Volga"."""
    epithet = match.name.lower() in p.words.epithets
    if (not has(match, "water") or match.kind) and not epithet:
        return False
    after, before = [token.lower for token in p.after(match, 4)], " ".join(p.before(match, 3))
    if before.endswith(tuple(p.words.across)):
        return True
    if not epithet or match.last - match.first > 1:
        return not p.words.shores.isdisjoint(after[:2])  # "the Black Sea peninsula"
    # "the Volga city of Saratov", "the Dnipro river", and not "the city of Dnipro", "the Azov district"
    return bool(after) and (after[0] in p.words.rivers or (not p.words.shores.isdisjoint(after[:2]) and "of" in after))


def _is_place(p: Passage, match: Match, countries: set[str]) -> bool:
    after = p.after(match, 1)
    if _is_shore(p, match) or (after and after[0].upper and after[0].lower in cues_of("nouns", "streets")):
        return False
    if match.kind == "" and match.role == "institution" and match.strong and ends_in(match.name.lower()) and has(match, "admin1"):
        match.kind = "admin1"  # "Сумська ОВА": the region whose office it is
        return True
    if match.kind == "" and _is_elliptic(p, match):
        match.kind = "admin1"
        return True
    if match.kind == "" and ends_in(match.name.lower()) and all(found.place.kind == "admin1" for found in match.found):
        return False
    if match.kind == "" and (_is_foreign_guess(p, match) or _is_of_noun(p, match, after)):
        return False
    if p.writes("capitalised_nouns") and match.kind == "" and (_is_noun(p, match) or p.names_thing(match.first)):
        return False
    words = match.last - match.first
    if match.strong and not (match.role == "voice" and _is_surname_like(p, match)):
        return True
    before = p.before(match, 3)
    if len(before) > 1 and before[-2] in p.words.strong and is_cyrillic(match.name) and _says_which(before[-1]):
        before = before[:-1]  # "в польском Хелме"
    before = before[-2:]
    word = before[-1] if before else ""
    if match.role == "institution" and word in cues_of("persons", "mayors") and has(match, "settlement"):
        return True  # "мэр Конотопа Артем Семенихин": the town that is his
    if match.role == "institution" or (match.role == "voice" and word not in p.words.strong and not _is_home(p, match)):
        return False  # "Kerch said": as well a person; "officials in Kerch said", "residents of Kerch said": a town
    if any(named.rank < 2 and (named.place.kind == "region" or (named.place.kind in _LONG_NAMED and words > 1)) for named in match.found):
        return True
    if match.kind in {"settlement", "admin1", "admin2"} or match.within:
        return True
    best = max(match.found, key=lambda found: found.place.population * (found.rank < 2))
    if (word in p.words.site_nouns or p.names_site(match.first)) and any(
        found.place.country in AT_WAR and found.rank < 2 for found in match.found
    ):
        return True  # "auf dem Flugplatz Belbek"
    if best.rank > 1:
        # "in Krasnohrad": a name that a town of the war has borne until lately
        renamed = any(
            f.place.kind == "settlement" and f.place.country in AT_WAR and f.place.population >= _TWO_WORD_TOWN for f in match.found
        )
        return p.lang == "en" and renamed and len(match.name) >= _LONG_NAME and word in p.words.strong
    abroad = not any(found.place.country in (countries or AT_WAR) for found in match.found if found.rank < 2)
    if abroad and best.place.population < _BIG_TOWN and p.writes("capitalised_nouns"):
        return False  # "in Brand", "in Panik": German writes every noun as it writes a name
    if match.near or word in p.words.strong or (word == "the" and len(before) > 1 and before[-2] in p.words.strong):
        return True
    hit = {word, *(before[:1] if word == "the" else ())} & p.words.struck
    if word in p.words.fought_over:
        hit = {*p.before(match, _BEFORE_FOR)} & p.words.fought
    if hit and any(f.rank < 2 and f.place.country in AT_WAR and f.via == "name" for f in match.found):
        return True
    if match.last - match.first > 1 and best.rank == 0 and best.place.population >= _TWO_WORD_TOWN:
        return True
    # A text that names no country, as a post of one sentence does.
    spelt_by_ear = p.writes("by_ear_patterns") and best.rank < GUESSED and _BY_EAR.search(match.name) is not None
    alone = not countries and best.place.country in AT_WAR and (spelt_by_ear or (best.rank == 0 and best.via == "name"))
    if alone and (word in p.words.prepositions or _is_subject(p, match)):
        return True
    if p.lang in _AT_HOME and is_cyrillic(match.name) and _is_home_town(p, match):
        return True
    if p.writes("headed") and _is_heading(p, match):
        return True
    if best.place.country in AT_WAR and p.writes("by_ear_patterns") and (p.is_by_ear(match.name) or _is_first_subject(p, match)):
        return True
    if any(found.place.country in countries and found.rank < 2 for found in match.found):
        if p.tokens[match.first].initial and _begins_phrase(p, match):
            return False
        known = _KNOWN_TOWN if is_cyrillic(match.name) or len(match.name) < _LONG_NAME else _TWO_WORD_TOWN
        return not p.tokens[match.first].initial or best.place.population >= known or _is_subject(p, match)
    if _is_one_town(p, match) and (not countries or match.found[0].place.country in countries):
        return True
    return word in p.words.prepositions and (best.place.population >= _KNOWN_TOWN or match.last - match.first > 1)


def _says_which(word: str) -> bool:
    """Tell whether a Cyrillic word can be nothing but an adjective."""
    return is_adjective(word) and not is_noun(word)


def _is_home(p: Passage, match: Match) -> bool:
    """Tell whether a name is that of a town of the war of which there are people: "residents of Kupiansk told of explosions"."""
    start = p.tokens[match.first].start
    return _may_be_town_at_war(match) and bool(_home(p.lang).search(p.text, max(0, start - _SHARE_CHARACTERS), start))


def _may_be_town_at_war(match: Match) -> bool:
    return any(f.rank < 2 and f.place.country in AT_WAR and f.place.kind == "settlement" for f in match.found)


@cache
def _home(lang: str) -> re.Pattern[str]:
    """Match who lives somewhere, right before where."""
    return re.compile(rf"(?<!\w){alternatives(Vocabulary.load(lang).table('places')['home_patterns'])}\s+$", re.IGNORECASE)


def _is_of_noun(p: Passage, match: Match, after: Sequence[Token]) -> bool:
    """Tell whether a Cyrillic name is that of a river's mouth, or an adjective of the noun after it: "в Черноморском флоте"."""
    before = p.before(match, 1)
    if before and before[0] in p.words.rivers_before:
        return True
    if not after or after[0].upper or not p.adjacent(match.last):
        return False
    name, noun = match.name.lower(), after[0].lower
    agree = is_cyrillic(name) and name[-_CASE:] == noun[-_CASE:]
    if agree and is_adjective(p.tokens[match.last - 1].text, p.lang) and is_adjective(noun, p.lang):
        return True  # "причал Каспийского трубопроводного консорциума"
    located = name.endswith(endings("located")) and noun.endswith(endings("located_nouns"))
    return located and not noun.endswith(endings("instrumental")) and is_noun(after[0].text)  # "под Брянском ночью"


def _is_noun(p: Passage, match: Match) -> bool:
    """Tell whether a noun that has a capital as names have is none beside an article: "eine Halle"."""
    before = p.before(match, 1)
    if not before or match.near or not p.adjacent(match.first):
        return False
    if (
        before[-1] in p.language.listed("names", "river_articles")
        and has(match, "settlement")
        and all(found.place.kind in _TOWNLIKE for found in match.found if found.rank < 2)
    ):
        return True
    if match.strong and p.text.endswith(", ", 0, p.tokens[match.first - 1].start):
        return False  # "19 Drohnen, die Moskau ansteuerten"
    return before[-1] in p.language.listed("names", "articles") and all(
        found.place.kind == "settlement" for found in match.found if found.rank < 2
    )


def _begins_phrase(p: Passage, match: Match) -> bool:
    """Tell whether a name at the start of a sentence is an adjective of the noun after it: "Промышленная площадка в Череповце"."""
    after = p.after(match, 1)
    beside = bool(after) and not after[0].upper and match.last - match.first == 1 and is_cyrillic(match.name)
    return beside and is_adjective(p.tokens[match.first].text, p.lang) and is_noun(after[0].text)


def _is_subject(p: Passage, match: Match) -> bool:
    """Tell whether a name at the start of a sentence is that of a town to which something happened: "Stepnohirsk came under fire"."""
    after = p.after(match, 1)
    rank, by_ear = (1, p.writes("by_ear_patterns")) if p.writes("headed") else (0, False)
    at_war = any(f.rank <= rank and f.place.country in AT_WAR and (by_ear or f.via == "name") for f in match.found)
    first = p.tokens[match.first].text
    no_word = is_cyrillic(first) and not (is_common(first) or is_given_name(first) or is_surname(first))
    return at_war and bool(after) and (after[0].lower in p.words.happened or (no_word and not after[0].upper))


def _is_first_subject(p: Passage, match: Match) -> bool:
    return p.tokens[match.first].initial and _is_subject(p, match)


def _is_heading(p: Passage, match: Match) -> bool:
    """Tell whether a town of the war, no person, begins a line that tells what befell it: "Enerhodar: a drone hit a substation"."""
    first = p.tokens[match.first]
    return (
        p.heads(match.first, match.last)
        and first.initial
        and not match.name.endswith(tuple(cues_of("persons", "endings")))
        and _may_be_town_at_war(match)
    )


def _is_elliptic(p: Passage, match: Match) -> bool:
    """Tell whether an adjective stands for a region whose noun was said: "над Ростовской областью, девять — над Волгоградской"."""
    if not ends_in(match.name.lower()) or not any(found.place.kind == "admin1" for found in match.found):
        return False
    start, end = p.tokens[match.first].start, p.tokens[match.last - 1].end
    before = p.before(match, 1)
    return (
        (bool(before and before[-1] in endings("elliptic")) or bool(_share().search(p.text, max(0, start - _SHARE_CHARACTERS), start)))
        and bool(_closed().match(p.text, end))
        and bool(_area_noun().search(p.text[max(0, start - 200) : start].rpartition(". ")[2]))
    )


def _is_foreign_guess(p: Passage, match: Match) -> bool:
    """Tell whether a Cyrillic word that begins a sentence is a place abroad only by a guess at its case, or a noun: "Тоді", "Пара"."""
    first = p.tokens[match.first]
    if not first.initial or not is_cyrillic(match.name) or any(found.place.country in _HOME_COUNTRIES for found in match.found):
        return False
    noun = match.last - match.first == 1 and is_noun(first.text) and is_common(first.text)
    return noun or all(found.via != "name" for found in match.found)


def _is_home_town(p: Passage, match: Match) -> bool:
    """Tell whether a name in a Ukrainian or Russian report is that of a town there, no word that begins a sentence: "центр Балаклії"."""
    first = p.tokens[match.first]
    before = p.tokens[match.first - 1] if match.first else None
    site = before is not None and (before.lower in p.words.sites or _is_of_arms(p, match))  # "ТЭЦ Краматорска"
    beside = before and before.upper and p.adjacent(match.first) and not (site or (before.initial and _is_no_name(before, p)))
    quoted = p.text[max(0, first.start - 1) : first.start] in _OPENING_QUOTES
    named = quoted and before is not None and before.lower.startswith(tuple(cues_of("sites", "airfields")))
    in_village = not first.initial and before and before.lower in p.words.village and p.adjacent(match.first)
    in_village = in_village or (not first.initial and _is_object(p, match))
    # "восточнее Малой Токмачки": a name is no words of the language if any of its own is none
    common = (first.initial or in_village) and all(is_common(token.text) for token in p.tokens[match.first : match.last])
    struck = first.initial and _is_struck(p, match)
    # a village may have any name, such as "Завод": a word of the language is one only where the words before it say so
    small = not common and (in_village or struck or named)
    return (
        (struck or not (first.initial and common and match.last - match.first == 1))
        and not beside
        and (named or not quoted)
        and any(
            found.rank < 2
            and found.place.country in _HOME_COUNTRIES
            and (found.via == "name" or not first.initial or struck or named)
            and (small or found.place.population >= _TWO_WORD_TOWN or (found.via == "name" and match.last - match.first > 1))
            for found in match.found
        )
    )


def _is_of_arms(p: Passage, match: Match) -> bool:
    """Tell whether what stands before a name are the arms that it was struck with: "обстреляли из РСЗО Новую Каховку"."""
    before = p.before(match, 2)
    return len(before) > 1 and before[0] in cues_of("prepositions", "out_of") and p.tokens[match.first - 1].text.isupper()


def _is_object(p: Passage, match: Match) -> bool:
    """Tell whether a name is what was struck, with the arms between the verb and it: "накрыли артиллерией Лозовую"."""
    return any(word in p.words.happened and word in p.words.village for word in p.before(match)[-_BEFORE_BLOW:-1])


def _is_struck(p: Passage, match: Match) -> bool:
    """Tell whether a name begins a sentence that says what befell it: "Константиновку утром бомбили", "Пологи: БПЛА поразил"."""
    start, end = p.tokens[match.first].start, p.tokens[match.last - 1].full_end
    before = p.text[p.text.rfind("\n", 0, start) + 1 : start].strip(_BULLETS)
    opens = not before or _AREA_HEAD.fullmatch(before) is not None
    if p.text.startswith(": ", end) or (opens and p.text.startswith(". ", end)):  # "Антоновка. Дрон догнал мопед."
        return True
    if opens and (dash := _DASH.match(p.text, end)):  # "Рубці – удар БпЛА, зруйновано гараж."
        return bool(_blow().match(p.text, dash.end()))
    exact = any(found.via == "name" for found in match.found) and not is_common(p.tokens[match.first].text)
    reach = _BEFORE_BLOW if exact else _BEFORE_BLOW - 1
    return any(token.lower in p.words.happened for token in p.after(match, reach))


def _is_no_name(token: Token, p: Passage) -> bool:
    """Tell whether the first word of a sentence has its capital from that: "Жительница Берислава", not "Вера Берислава"."""
    noun = is_noun(token.text) and is_common(token.text)
    return token.lower in p.words.stop or (noun and not is_given_name(token.text) and not is_surname(token.text))


def _is_one_town(p: Passage, match: Match) -> bool:
    """Tell whether a name can only be one town of some size, wherever it stands: "Kupiansk was shelled"."""
    towns = [named for named in match.found if named.rank < 2 and named.place.population >= _TWO_WORD_TOWN]
    first = p.tokens[match.first]
    return (
        {named.place.admin1 for named in match.found if named.rank < 2} == {named.place.admin1 for named in towns[:1]}
        and towns[0].place.population >= _KNOWN_TOWN
        and towns[0].rank == 0
        and not first.initial
        and not (match.first and p.tokens[match.first - 1].upper and p.adjacent(match.first))
    )


def _is_surname_like(p: Passage, match: Match) -> bool:
    return not any(
        found.place.kind == "country" or found.place.id in p.gazetteer.capitals or (found.place.population >= _BIG_AREA and found.rank < 2)
        for found in match.found
    )


@cache
def _between() -> re.Pattern[str]:
    """Match what stands before the first of two ends."""
    return re.compile(rf"\b{any_of('between', 'lead_patterns')}$", re.IGNORECASE)


@cache
def _road() -> re.Pattern[str]:
    """Match what stands before the first end of a road."""
    return re.compile(rf"{any_of('between', 'road_patterns')}(?:{any_of('between', 'of_patterns')})?$", re.IGNORECASE)


@cache
def _road_gap() -> re.Pattern[str]:
    """Match what stands between the ends of a road."""
    return re.compile(rf" {any_of('between', 'to')} (?:the )?(?:{any_of('between', 'of_patterns')})?")


@cache
def _between_gap() -> re.Pattern[str]:
    """Match what stands between the two ends."""
    return re.compile(rf" {any_of('lists', 'and')} (?:the )?{any_of('between', 'of_patterns')}?")


@cache
def _closed() -> re.Pattern[str]:
    """Match what ends an adjective that has no noun."""
    return re.compile(rf"\s*(?:[,;.)—–]|{any_of('by_adjective', 'joints')}\s|$)")


@cache
def _share() -> re.Pattern[str]:
    """Match a further number before its region: "15 – над Брянской областью, десять – Калужской"."""
    return re.compile(rf"(?:[,;]|(?<!\w){any_of('by_adjective', 'joints')})\s+[\w-]+\s+[—–-]\s+$")


@cache
def _area_noun() -> re.Pattern[str]:
    return re.compile(rf"{any_of('by_adjective', 'elliptic_nouns')}\b", re.IGNORECASE)


@cache
def _blow() -> re.Pattern[str]:
    """Match what befell a village, after at most two other words."""
    before, befell = any_of("prepositions", "befell_before_patterns"), any_of("prepositions", "befell_patterns")
    return re.compile(rf"(?:[^\W\d_][\w’'-]*\s|\d[\d-]*\s){{0,2}}?{before}?{befell}", re.IGNORECASE)
