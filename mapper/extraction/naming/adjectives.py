"""Areas that are named by an adjective: "у Нікопольському районі", "на Синельниківщині", "на Покровському напрямку".

A raion is the area the gazetteer has of it. A hromada, an okrug or a stretch of the front is somewhere around the town
that its adjective is made of, which is a guess that the gazetteer confirms. A district of a city is no place of its own.
How a name is made of an adjective is grammar of both languages, and stands here; their words and endings are in `cues.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.endings import endings
from mapper.extraction.naming.latin_adjectives import ADJECTIVES, district
from mapper.extraction.naming.mentions import Match
from mapper.extraction.naming.seats import stem_of, towns_of
from mapper.extraction.naming.words import any_of
from mapper.extraction.wording.numbers import number_pattern
from mapper.gazetteer.morphology import is_adjective, is_finite_verb
from mapper.gazetteer.names import cues, is_cyrillic
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.extraction.naming.passage import Passage
    from mapper.gazetteer.index import Named
    from mapper.gazetteer.place import Place

__all__ = ["Areas", "find_areas"]

_COUNTRIES = {"": ("UA", "RU"), "uk": ("UA", "RU"), "ru": ("RU", "UA")}
_CITY = 50_000
_BIG_CITY = 500_000
_TOWN = 10_000
#: The least population of a town that a raion is named after.
_SEAT = 1_500
_SHORTEST_STEM = 3
#: What an adjective may belong to, and how many words may say of what kind it is.
_NOUNS = ("districts", "around", "regions")
_KINDS = 2
#: How long nouns are that an adjective may belong to.
_NOUN = 5
#: How many letters of the end of an adjective tell its gender.
_ENDING = 2
#: How many characters before an adjective its count may begin.
_COUNT = 60
#: How many words after a noun an adjective may still leave it out, and what ends what is said of its area's name.
_NOT_LONG = 80
_ALONE = re.compile(r"\s*(?:[.;)]|\s[—–-]\s|,\s(?![A-ZА-ЯЁІЇЄҐ])|$)", re.MULTILINE)
#: What stands between an adjective and a name in quotation marks.
_QUOTED = frozenset({" «", ' "', " „", " “"})
_CONSONANT = re.compile(r"[бвгґджзклнпрстфхцчшщ]$")


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas by the index of their first word, and the words that name a district of a city and nothing else."""

    matches: dict[int, Match]
    blocked: frozenset[int]


def find_areas(p: Passage) -> Areas:
    """Find the areas that adjectives name in a Ukrainian or Russian text, and the districts that they name in an English one."""
    matches: dict[int, Match] = {}
    blocked: set[int] = set()
    if p.lang not in _COUNTRIES:
        return Areas(_latin(p) if p.lang == "en" else matches, frozenset())
    said = _said_areas(p)
    labelled = _labelled(p.text)
    of_the_front = any(token.lower.startswith(endings("stretches")) for token in p.tokens)
    heads: dict[str, tuple[int, str]] = {}
    for k, token in enumerate(p.tokens):
        if k and (gender := _heads(token.lower)) and stem_of(p.tokens[k - 1].lower):
            heads[gender] = k, token.lower
        if match := _governed(p, k):
            matches[k] = match
            continue
        if not token.upper:
            if match := _at_site(p, k):
                matches[k] = match
            continue
        if not is_cyrillic(token.text):
            continue
        if match := _land(p, k, said) or _counted(p, k):
            matches[k] = match
            continue
        if (noun := labelled.get(token.start)) and (match := _area(p, k, k + 1, noun, said)):
            matches[k] = match
            continue
        if (gender := _leaves_out(p, k, heads)) and (match := _like_the_last(p, k, heads[gender][1], said)):
            matches[k] = match
            heads[gender] = k, heads[gender][1]
            continue
        if of_the_front and _is_elliptic(p, k):
            if match := _around(p, k, k + 1, token.lower, said):
                matches[k] = match
            else:
                blocked.add(k)
            continue
        noun_at = _noun_of(p, k) if k + 1 < len(p.tokens) and p.adjacent(k + 1) else k
        noun = p.tokens[noun_at].lower
        if noun_at == k or not any(noun in _words(kind) for kind in _NOUNS) or not stem_of(token.lower):
            if match := _at_site(p, k):
                matches[k] = match
            continue
        for first in _listed(p, k):
            last = noun_at + 1 if first == k else first + 1
            head = first - 1 if p.tokens[first].joined and first and p.tokens[first - 1].upper else first
            found = _area(p, head, last, noun, said)
            if found:
                matches[head] = found
            elif noun not in _words("regions"):
                blocked.add(first)
    return Areas(matches, frozenset(blocked))


def _noun_of(p: Passage, k: int) -> int:
    """Give the noun of an adjective, with what kind it is between them: "Каховском муниципальном округе", "Брянский химический завод"."""
    ends = range(k + 1, min(k + 2 + _KINDS, len(p.tokens)))
    for at in ends:
        if not p.adjacent(at):
            break
        goes_on = at + 1 in ends and p.adjacent(at + 1) and p.tokens[at].lower.startswith(endings("kinds"))
        if not goes_on:
            return at if any(p.tokens[at].lower in _words(kind) for kind in _NOUNS) else k + 1
    return k + 1


def _governed(p: Passage, k: int) -> Match | None:
    """Give the admin-1 area whose governor an adjective names, with a capital or not: "тамбовський губернатор"."""
    if k + 1 == len(p.tokens) or p.tokens[k + 1].lower not in _words("governors") or not p.adjacent(k + 1):
        return None
    region = _region(p, k, k + 1, p.tokens[k].lower) if stem_of(p.tokens[k].lower) else None
    return replace(region, role="institution") if region else None


def _at_site(p: Passage, k: int) -> Match | None:
    """Give the city of whose adjective a place in it or a plant is told: "харьковский вокзал", "Череповецкий «Азот»"."""
    stem = stem_of(p.tokens[k].lower)
    if not stem or stem in endings("no_city") or stem in p.words.adjectives:
        return None
    at = next((at for at in range(k + 1, min(k + 2 + _KINDS, len(p.tokens))) if not is_adjective(p.tokens[at].text)), len(p.tokens))
    if at == len(p.tokens):
        return None
    site = p.tokens[at]
    quoted = at == k + 1 and site.upper and site.lower not in p.words.wartime and p.text[p.tokens[k].full_end : site.start] in _QUOTED
    if not quoted and not (site.lower.startswith(endings("city_sites")) and all(p.adjacent(one) for one in range(k + 1, at + 1))):
        return None
    named = (one for name in towns_of(p.tokens[k].lower) for one in p.gazetteer.spelt(name) if one.rank < GUESSED)
    towns = [one for one in named if one.place.kind == "settlement" and one.place.country in _COUNTRIES[p.lang]]
    town = max(towns, key=lambda one: one.place.population, default=None)
    return _match(p, k, k + 1, town.place.name, (town,), "settlement") if town and town.place.population >= _CITY else None


def _is_elliptic(p: Passage, k: int) -> bool:
    """Tell whether an adjective stands for a stretch of the front, whose noun was said before: "На Лиманському – 14 атак"."""
    word = p.tokens[k].lower
    if (
        not word.endswith(endings("locative"))
        or not stem_of(word)
        or k == 0
        or p.tokens[k - 1].lower not in endings("upon")
        or not p.adjacent(k)
    ):
        return False
    after = p.tokens[k + 1] if k + 1 < len(p.tokens) and p.adjacent(k + 1) else None
    noun = (
        after is not None
        and len(after.text) >= _NOUN
        and after.lower.endswith(endings("locative_nouns"))
        and not after.lower.endswith(endings("plural"))
    )
    return after is None or not (after.upper or noun)


def _heads(word: str) -> str:
    """Give the gender of the noun that a word is, if it is one that an adjective may leave out: "область", "району"."""
    return next((gender for gender, stems in cues()["by_adjective"]["heads"].items() if word.startswith(tuple(stems))), "")


def _leaves_out(p: Passage, k: int, heads: Mapping[str, tuple[int, str]]) -> str:
    """Give the gender of an adjective whose noun was said not long before: "Двоє — у Московській", "У Чугуївському загинули двоє"."""
    word = p.tokens[k].lower
    if not k or p.tokens[k - 1].lower not in endings("elliptic") or not p.adjacent(k) or not stem_of(word):
        return ""
    gender = next((one for one, (at, _) in heads.items() if k - at <= _NOT_LONG and word.endswith(endings(f"elliptic_{one}"))), "")
    after = p.tokens[k + 1] if gender and k + 1 < len(p.tokens) and p.adjacent(k + 1) else None
    alone = _ALONE.match(p.text, p.tokens[k].full_end) if after is None else None
    return gender if alone or (after and not after.upper and _is_no_noun(after.lower, p.lang)) else ""


def _is_no_noun(word: str, lang: str) -> bool:
    """Tell whether a word ends as no noun does whose adjective stands in the locative: "У Нікопольському дрон убив жінку"."""
    if word in endings("joints"):
        return False
    return _CONSONANT.search(word) is not None or is_finite_verb(word, lang) or word.endswith(endings("impersonal"))


def _like_the_last(p: Passage, k: int, noun: str, said: frozenset[str]) -> Match | None:
    """Give the area of an adjective that leaves out the noun of the last one."""
    if noun in p.words.admin1_after or noun in p.words.plural_after:
        return _region(p, k, k + 1, p.tokens[k].lower)
    match = _area(p, k, k + 1, noun, said)
    return match if match and (match.kind == "admin2" or noun not in _words("districts")) else None


def _labelled(text: str) -> dict[int, str]:
    """Give by where it begins the noun of an adjective that labels an entry of a list without it: "Чугуївський район: … Ізюмський: …"."""
    nouns, labelled = dict[str, str](), dict[int, str]()
    for label in _label().finditer(text):
        ending = label["adjective"][-_ENDING:]
        if label["noun"]:
            nouns[ending] = label["noun"].lower()
        elif ending in nouns:
            labelled[label.start("adjective")] = nouns[ending]
    return labelled


@cache
def _label() -> re.Pattern[str]:
    """Match an adjective that begins a line or a sentence, and its noun, before a colon or a dash."""
    noun, stem = "|".join(sorted(_words("districts") | _words("around"))), "|".join(endings("suffixes"))
    adjective = rf"(?P<adjective>[А-ЯЁІЇЄҐ][\w'’ʼ-]*(?:{stem})\w{{1,2}})"
    return re.compile(rf"(?:^|[.;!?]\s)[\s•▪*—–-]*{adjective}(?:\s(?P<noun>{noun}))?(?=:|\s[—–-]\s)", re.MULTILINE)


def _latin(p: Passage) -> dict[int, Match]:
    named = [k for k, token in enumerate(p.tokens) if token.upper and token.text.endswith(ADJECTIVES)]
    said = _said_areas(p) if named else frozenset[str]()
    return {match.first: match for k in named if (match := district(p, k, said))}


def _listed(p: Passage, last: int) -> list[int]:
    """Give the adjectives of a list that share one noun: "Марганецька та Покровська громади"."""
    indexes = [last]
    while (k := indexes[-1] - 1 - p.tokens[indexes[-1]].joined) >= 0:  # before both halves of "Матвеево-Курганском"
        gap = p.text[p.tokens[k].full_end : p.tokens[k + 1].start]
        if gap == " " and not p.tokens[k].upper and p.tokens[k].lower in endings("joints") and k > 0:
            gap, k = ", ", k - 1
        if gap != ", " or not p.tokens[k].upper or not stem_of(p.tokens[k].lower):
            break
        indexes.append(k)
    return indexes


def _area(p: Passage, first: int, last: int, noun: str, said: frozenset[str]) -> Match | None:
    adjective = p.tokens[first].lower
    if first + 1 < last and p.tokens[first + 1].joined:
        adjective = f"{adjective}-{p.tokens[first + 1].lower}"  # "у Середино-Будській громаді"
    if noun in _words("regions"):
        return _region(p, first, last, adjective)
    if noun not in _words("districts"):
        return _around(p, first, last, adjective, said)
    if adjective.startswith(_quarters()) and _has_city_before(p, first):
        return None  # "В Волгограде обломки упали в Красноармейском районе"
    name, raion = _raion(p, adjective, said)
    if not raion:
        return _town_of_raion(p, first, last, adjective, said)
    if _is_of_city(p, first, last, raion[0].place) or (p.lang == "uk" and _is_of_city_told(p, raion[0].place, said)):
        return None
    return _match(p, first, last, name, raion, "admin2")


def _region(p: Passage, first: int, last: int, adjective: str) -> Match | None:
    """Give the admin-1 area whose official name has an adjective: "над Московским регионом"."""
    for noun in endings("official"):
        name = f"{stem_of(adjective)}{noun}"
        if found := tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "admin1" and one.rank < 2):
            return _match(p, first, last, name, found, "admin1")
    return None


def _counted(p: Passage, k: int) -> Match | None:
    """Give the region of a count that leaves out the noun: "24 над Белгородской областью, 17 — Брянской", "Курской (10) областями"."""
    token = p.tokens[k]
    after = p.tokens[k + 1] if k + 1 < len(p.tokens) and p.adjacent(k + 1) else None
    if not stem_of(token.lower) or (after and after.lower not in endings("joints")):
        return None
    before, behind = _number_beside(p.lang or "ru")
    counted = before.search(p.text, max(0, token.start - _COUNT), token.start) or behind.match(p.text, token.full_end)
    return _region(p, k, k + 1, token.lower) if counted else None


@cache
def _number_beside(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match how many were counted over a region before and behind its adjective."""
    number, over, joint = number_pattern(lang), any_of("containers", "over"), "|".join(endings("joints"))
    before = rf"(?<![\w.,]){number}\s[—–-]\s(?:(?:{over})\s)?(?:[^\W\d_]+,\s)*(?:[^\W\d_]+\s(?:{joint})\s)?$"
    return re.compile(before, re.IGNORECASE), re.compile(rf"\s(?:\({number}\)|[—–-]\s{number}(?!\w))", re.IGNORECASE)


def _raion(p: Passage, adjective: str, said: frozenset[str]) -> tuple[str, tuple[Named, ...]]:
    """Give the raion that an adjective names, in a Russian text by the town that it is named after: "Изюмский район"."""
    name = f"{stem_of(adjective)}{_raion_ending()}"
    raion = _raions(p, name)
    told = any(one.place.admin1 in said for one in raion)
    if p.lang != "ru" or told or (raion and not said and not adjective.startswith(_quarters())):
        return name, raion
    for town in (one.place for word in towns_of(adjective) for one in p.gazetteer.matches(word) if one.via == "name"):
        if town.country == "RU" and town.population >= _SEAT and not said:
            return name, ()  # "Каменский район": in which of the two countries?
        named = f"{town.name} Raion"
        if town.country == "UA" and (of_town := _raions(p, named)) and (not said or of_town[0].place.admin1 in said):
            return named, of_town
    return name, tuple(one for one in raion if one.place.country == "UA" and not adjective.startswith(_quarters()))


def _raions(p: Passage, name: str) -> tuple[Named, ...]:
    ways = {"name", "respelt"} if p.lang == "ru" else {"name"}  # "Чугуевский район": Chuhuiv Raion
    return tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "admin2" and one.via in ways)


def _town_of_raion(p: Passage, first: int, last: int, adjective: str, said: frozenset[str]) -> Match | None:
    """Give the town that a raion of Russia is named after, for the gazetteer lacks most of these; no district of a city."""
    if _next_city(p, last):
        return None
    town = _around(p, first, last, adjective, said)
    if town and p.lang == "uk" and all(one.place.country == "UA" for one in town.found):
        return None  # "у Слобідському районі": the gazetteer has all raions of Ukraine
    if town is None or any(one.place.admin1 in said for one in town.found):
        return town
    if said or adjective.startswith(_quarters()):
        return None
    regions = {
        one.place.admin1
        for name in towns_of(adjective)
        for one in _at_home(p.gazetteer.matches(name), p.lang or "ru")
        if one.place.population >= _SEAT
    }
    return town if len(regions) == 1 else None


@cache
def _quarters() -> tuple[str, ...]:
    """Give how the names begin that districts of many cities bear."""
    return tuple(cues()["quarters"]["anywhere"])


def _has_city_before(p: Passage, first: int) -> bool:
    """Tell whether a sentence names a city before a district, in no list with it."""
    if first and p.tokens[first - 1].lower in endings("joints"):
        return False
    k = first
    while k > 0 and not p.tokens[k].initial:
        k -= 1
        if p.tokens[k].upper and _city(p, k) is not None:
            return True
    return False


def _is_of_city(p: Passage, first: int, last: int, raion: Place) -> bool:
    """Tell whether a district is one of a city named beside it: "у Дніпровському районі Херсона"."""
    if _next_city(p, last):
        return True
    k = first - 1
    while k >= 0 and not p.tokens[k].upper and first - k <= 4:
        if p.tokens[k].lower in endings("joints"):
            return False
        k -= 1
    city = _city(p, k) if k >= 0 and p.tokens[k].upper and "." not in p.text[p.tokens[k].end : p.tokens[first].start] else None
    return city is not None and not p.gazetteer.contains(raion, city)


def _is_of_city_told(p: Passage, raion: Place, said: frozenset[str]) -> bool:
    """Tell whether a text names cities, and none of them nor any region is that of a big city's raion: Kyiv's Dnipro district."""
    seat = p.gazetteer.matches(raion.name.removesuffix(" Raion"))
    if all(one.place.kind != "settlement" or one.place.population < _BIG_CITY for one in seat):
        return False
    cities = {city.admin1 for k, token in enumerate(p.tokens) if token.upper and (city := _city(p, k))}
    return bool(cities) and raion.admin1 not in cities | said


def _next_city(p: Passage, last: int) -> bool:
    return last < len(p.tokens) and p.adjacent(last) and p.tokens[last].upper and _city(p, last) is not None


def _said_areas(p: Passage) -> frozenset[str]:
    """Give the codes of the admin-1 areas that a text names with their noun, or as "Сумщина"."""
    codes: set[str] = set()
    for k, token in enumerate(p.tokens):
        if not token.upper:
            continue
        after = p.tokens[k + 1] if k + 1 < len(p.tokens) else None
        by_itself = token.lower.endswith(endings("lands")) or token.lower in _words("whole")
        names = {p.words.letters.get(token.text, token.text if by_itself else "")}
        if after and after.lower in p.words.admin1_after | p.words.plural_after:
            names = {p.text[token.start : after.end], token.text}  # "Voronezh region" has no name of its own
        for name in names - {""}:
            codes |= {one.place.admin1 for one in p.gazetteer.matches(name) if one.place.kind == "admin1"}
    return frozenset(codes)


def _areas_of_raions(p: Passage) -> frozenset[str]:
    """Give the codes of the admin-1 areas of which a text names a raion of Ukraine."""
    codes: set[str] = set()
    for k, token in enumerate(p.tokens):
        after = p.tokens[k + 1].lower if k + 1 < len(p.tokens) else ""
        if not token.upper or not (raion := _raion_named(token.lower, after, p.lang)):
            continue
        found = _raion(p, token.lower, frozenset())[1] if after in _words("districts") else _raions(p, raion)
        codes |= {one.place.admin1 for one in found}
    return frozenset(codes)


def _raion_named(word: str, after: str, lang: str) -> str:
    """Give the name of the raion that a word and the one after it may tell of: "Нікопольський район", "Синельниківщина"."""
    if after in _words("districts") and (stem := stem_of(word)):
        return f"{stem}{_raion_ending()}"
    ending, of_land = next((one for one in _words("lands") if word.endswith(one)), ""), cues()["by_adjective"]["of_land"]
    return f"{word.removesuffix(ending)}{of_land['ru' if lang == 'ru' else 'uk']}" if ending else ""


def _city(p: Passage, k: int) -> Place | None:
    found = p.gazetteer.matches(p.tokens[k].text)
    return next((one.place for one in found if one.rank < 2 and one.place.kind == "settlement" and one.place.population >= _CITY), None)


def _around(p: Passage, first: int, last: int, adjective: str, said: frozenset[str]) -> Match | None:
    """Take the largest of the towns that the adjective may be made of."""
    noun = p.tokens[last - 1].lower
    for name in (f"{stem_of(adjective)}ий {noun}", f"{stem_of(adjective)}а {noun}", f"{stem_of(adjective)}ая {noun}"):
        if site := tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "site"):
            return _match(p, first, last, name, site, "site")
    if told := _told_town(p, adjective, said or _areas_of_raions(p)):
        name, one = told
        return _match(p, first, last, " ".join(word.capitalize() for word in name.split(" ")), (one,), "settlement", near=True)
    ukrainian = last - first > 1 and (noun in _words("ukrainian") or noun.startswith(endings("stretches")))
    home = "uk" if ukrainian else p.lang
    found = [(name, towns) for name in towns_of(adjective) if (towns := _at_home(p.gazetteer.spelt(name), home))]
    if not found and p.lang == "uk" and noun not in _words("ukrainian"):
        found = _in_russia(p, adjective)
    if not found:
        return None
    whole = stem_of(adjective)

    def likely(name: str, town: Place) -> tuple[bool, bool, bool, int]:
        """Prefer Pokrovsk to Pokrov for "Покровский", and a town of the country that is spoken of to a small one of another."""
        near = town.country == _COUNTRIES[home][0]
        entire = name == whole and town.population >= (_TOWN if near else _CITY)
        return town.admin1 in said, entire, near, town.population

    name, towns = max(found, key=lambda one: max(likely(one[0], town.place) for town in one[1]))
    largest = max(towns, key=lambda town: town.place.population)
    if largest.rank >= GUESSED:
        name = largest.place.name  # "Константиновский", of Kostiantynivka, which some call so, and not of a Konstantinovsk elsewhere
    return _match(p, first, last, " ".join(word.capitalize() for word in name.split(" ")), towns, "settlement", near=True)


def _in_russia(p: Passage, adjective: str) -> list[tuple[str, tuple[Named, ...]]]:
    """Give the one town of Russia of which an adjective may be made that is spelt as in Ukrainian: "у Шебекінському окрузі"."""
    spelt = [(name, one) for name in towns_of(adjective) for one in p.gazetteer.spelt(name) if one.via == "romanised" and one.rank < 2]
    towns = [(name, one) for name, one in spelt if one.place.country == "RU" and one.place.population >= _TOWN]
    return [(name, (one,)) for name, one in towns[:1]] if len({one.place for _, one in towns}) == 1 else []


def _told_town(p: Passage, adjective: str, said: frozenset[str]) -> tuple[str, Named] | None:
    """Give the largest town that the adjective may be made of in a region that the text names: "Сизранський НПЗ у Самарській області"."""
    towns = [
        (name, one)
        for name in towns_of(adjective)
        for one in p.gazetteer.spelt(name)
        if one.place.kind == "settlement" and one.place.admin1 in said and one.rank < 2
        if one.via == "name" or not one.place.is_approximate
    ]
    # The gazetteer has the larger places by their Latin names, Cyrillic ones beside them; the seat of a hromada by where it lies.
    return max(towns, key=_how_likely) if towns else None


def _how_likely(town: tuple[str, Named]) -> tuple[int, bool, bool, int]:
    _, found = town
    return found.place.population, not found.place.is_approximate, found.via == "name", found.rank


def _at_home(found: tuple[Named, ...], lang: str) -> tuple[Named, ...]:
    """Give the towns of the first country of the language that has one of the name."""
    for country in _COUNTRIES[lang]:
        towns = tuple(
            one for one in found if one.place.country == country and one.place.kind == "settlement" and one.via == "name" and one.rank < 2
        )
        if towns:
            return towns
    return ()


def _land(p: Passage, k: int, said: frozenset[str]) -> Match | None:
    if p.tokens[k].joined:
        return None  # "на Івано-Франківщині"
    word = p.tokens[k].lower
    if k and p.tokens[k - 1].lower in endings("upon") and (name := cues()["by_adjective"]["on"].get(word)):
        # "на Запоріжжі" is the region, "у Запоріжжі" the city.
        kind = "admin2" if name.endswith(_raion_ending().split()[-1]) else "admin1"
        return _match(p, k, k + 1, name, tuple(one for one in p.gazetteer.matches(name) if one.place.kind == kind), kind)
    ending = next((one for one in _words("lands") if word.endswith(one)), "")
    stem = word.removesuffix(ending)
    known = p.gazetteer.matches(p.tokens[k].text) if ending else ()
    if not ending or len(stem) < _SHORTEST_STEM or any(one.place.kind != "settlement" or one.place.population for one in known):
        return None  # "Харківщина", and not a hamlet: "Лубенщина"
    for suffix in endings("suffixes"):
        if region := _region(p, k, k + 1, f"{stem}{suffix}ий"):
            return region  # "Тульщина"
        name = f"{stem}{suffix}{_raion_ending()}"
        raion = tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "admin2" and one.via == "name")
        if raion:
            return _match(p, k, k + 1, name, raion, "admin2")
    return _around(p, k, k + 1, f"{stem}ський", said)


def _match(p: Passage, first: int, last: int, name: str, found: tuple[Named, ...], kind: str, *, near: bool = False) -> Match:
    return Match(first, last, name, found, strong=True, kind=kind, near=near, around=near, cue_end=p.tokens[last - 1].full_end, said=name)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(cues()["by_adjective"][key])


def _raion_ending() -> str:
    return str(cues()["by_adjective"]["raion"])
