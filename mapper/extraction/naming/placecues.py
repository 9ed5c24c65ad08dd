"""What the words beside a name say: the kind of place, an offset from it, its country, and whether it is an office or a voice."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.endings import ends_in
from mapper.extraction.naming.mentions import has
from mapper.extraction.naming.offsets import bearing_of, direction, distance_of, offset
from mapper.extraction.naming.seats import raion_of
from mapper.extraction.naming.words import any_of, cues_of
from mapper.gazetteer.morphology import is_given_name
from mapper.gazetteer.names import cues, is_cyrillic
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from mapper.extraction.naming.mentions import Match
    from mapper.extraction.naming.passage import Passage
    from mapper.extraction.naming.words import Token

__all__ = ["is_of_area", "is_of_land", "read_cues", "read_raion", "read_region_of_city"]

_FARTHEST_OFFSET_KM = 200.0
#: How many characters before a name what it is the name of may begin.
_BEFORE_NAME = 40


def read_cues(p: Passage, match: Match) -> None:
    """Read what stands beside a name into its match."""
    before, after = p.before(match), p.after(match)
    if match.found and not match.said:
        _read_kind(p, match, before, after)
    _read_offset(p, match, before)
    _read_adjective(p, match, before, after)
    match.role = match.role or _role(p, match, before, after)
    if (
        match.role == "possessive"
        and not match.kind
        and has(match, "admin1")
        and any(t.lower in cues_of("institutions", "governors") for t in after[:2])
    ):
        match.kind = "admin1"
    governed = (after and after[0].lower in cues_of("institutions", "governors")) or (
        len(before) > 1 and before[-2] in cues_of("institutions", "governors")
    )
    if match.role == "institution" and not match.kind and has(match, "admin1") and governed:
        match.kind = "admin1"


def _has_county(p: Passage, match: Match) -> bool:
    """Tell whether a name is that of an admin-1 area where those are counties; in the United States they are smaller."""
    return any(found.place.kind == "admin1" and found.place.country in p.words.county_countries for found in match.found)


def _read_kind(p: Passage, match: Match, before: list[str], after: list[Token]) -> None:
    following = [token.lower for token in after]
    bare = [word for word in before if word not in cues_of("near", "articles")]
    possessive = p.tokens[match.last - 1].possessive
    if size := _site_words(p, following):
        match.kind, match.near, match.cue_end = "site", True, after[size - 1].full_end
        return
    if bare and bare[-1] in p.words.nuclear_before and _read_nuclear_plant(p, match):
        return
    skip = 1 if following and following[0] in cues_of("admin1", "attributes") else 0
    if not possessive:
        for size in (2, 1):
            phrase = " ".join(following[skip : skip + size])
            if len(following) >= skip + size and phrase in p.words.admin1_after | p.words.plural_after:
                match.cue_end = after[skip + size - 1].full_end
                if phrase in p.words.counties and has(match, "admin2"):
                    match.kind = "admin2"
                elif phrase in p.words.counties and not _has_county(p, match):
                    match.kind, match.near = "admin2", True
                elif has(match, "admin1"):
                    match.kind = "admin1"
                else:
                    match.near = has(match, "settlement")
                return
        if following[:1] == ["regional"] and has(match, "admin1"):
            match.kind = "admin1"
            return
        if following[:1] and following[0] in p.words.stretches_after and has(match, "settlement"):
            match.near, match.around, match.cue_end = True, True, after[0].full_end
            return
        # "Trubchevsk district", "Trubchevsk municipal district"
        area = skip if len(following) > skip and following[skip] in p.words.smaller else 0
        if following[area : area + 1] and following[area] in p.words.raions and read_raion(p, match):
            match.cue_end = after[area].full_end
            return
        if following[area : area + 1] and following[area] in p.words.smaller and (has(match, "settlement") or has(match, "admin2")):
            match.cue_end = after[area].full_end
            match.kind, match.near = ("admin2", False) if has(match, "admin2") else (match.kind, True)
            return
    around = bare[:-1] if bare[-1:] and bare[-1] in cues_of("admin1", "smaller_of") else bare
    if around and around[-1] in p.words.smaller_before and read_raion(p, match):
        return
    if around and around[-1] in p.words.smaller_before and (has(match, "settlement") or has(match, "admin2")):
        match.kind, match.near = ("admin2", False) if has(match, "admin2") else (match.kind, True)
        return
    if bare and bare[-1] in p.words.stretches_before and has(match, "settlement"):
        match.near = match.around = True
        return
    last_word = p.tokens[match.last - 1].lower
    if last_word in p.words.admin1_after and has(match, "admin1"):
        match.kind = "admin1"
        return
    for size in (3, 2, 1):
        phrase = " ".join(bare[-size:]) if len(bare) >= size else ""
        if not phrase or (len(phrase) == 1 and not p.gap_before(match).rstrip().endswith(".")):
            continue
        if phrase in p.words.settlement_before and has(match, "settlement") and not is_of_land(p, match):
            match.kind = "settlement"
            return
        if phrase in p.words.admin1_before and has(match, "admin1"):
            match.kind = "admin1"
            return
    if following[:1] and following[0] in p.words.settlement_after and has(match, "settlement") and not possessive:
        match.kind, match.cue_end = "settlement", after[0].full_end
        return
    if match.span is None and match.found[0].place.kind == "country" and match.found[0].rank < 2 and not has(match, "admin1"):
        match.kind = "country"


def is_of_land(p: Passage, match: Match) -> bool:
    """Tell whether a name is the genitive of a region, of which places are: "населені пункти Харківщини"."""
    return has(match, "admin1") and p.tokens[match.last - 1].lower.endswith(_of_lands())


@cache
def _of_lands() -> tuple[str, ...]:
    return tuple(cues()["by_adjective"]["lands_genitive"])


def read_raion(p: Passage, match: Match) -> bool:
    """Read the district of a town as the raion that is named after it: "Rayon Nikopol"."""
    name, raion = raion_of(match.name, match.found, p.gazetteer)
    if not raion:
        return False
    match.name, match.found, match.kind, match.near, match.said = name, raion, "admin2", False, name
    return True


def _read_nuclear_plant(p: Passage, match: Match) -> bool:
    """Read the region or town of a nuclear plant as that: "das Atomkraftwerk Saporischschja"."""
    for town in (one.place.name for one in match.found if one.place.kind == "settlement" and one.rank < GUESSED):
        name = f"{town} Nuclear Power Plant"
        if plants := tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "site"):
            match.name, match.found, match.kind, match.near, match.said = name, plants, "site", False, name
            return True
    return False


def read_region_of_city(p: Passage, match: Match) -> None:
    """Read "Region Moskau" as the region around the city, where the city is an area of its own."""
    if match.kind != "admin1":
        return
    codes = {found.place.admin1 for found in match.found if found.place.kind == "admin1"}
    around = {cities_of[code] for code in codes if code in (cities_of := cues()["cities_of"])}
    region = p.gazetteer.coded(around.pop()) if len(around) == 1 and not around & codes else None
    if region and (found := p.gazetteer.matches(region.name)):
        match.name, match.found = region.name, found


def _site_words(p: Passage, following: list[str]) -> int:
    """Count the words after a name that make it a plant, base or airport; 0 for none."""
    return next((size for size in (5, 4, 3, 2, 1) if len(following) >= size and " ".join(following[:size]) in p.words.sites), 0)


def _read_offset(p: Passage, match: Match, before: list[str]) -> None:
    lead = p.text[max(0, p.tokens[match.first].start - 90) : p.tokens[match.first].start]
    lead = lead.rsplit("\n", 1)[-1]
    if found := _offset().search(lead):
        if (km := distance_of(found)) <= _FARTHEST_OFFSET_KM:
            match.near, match.km, match.bearing = True, km, bearing_of(found)
        return
    if (found := _direction().search(lead)) and (bearing := bearing_of(found)) is not None:
        match.near, match.bearing = True, bearing
        return
    bare = [word for word in before if word not in {"the", "city", "town", "village"} or word == before[0]]
    if match.said and bare and bare[-1] in cues_of("near", "articles"):
        bare = bare[:-1]  # "unweit der Hauptstadt"
    if bare[-1:] == ["of"] and len(bare) > 1 and f"{bare[-2]} of" not in p.words.near:
        bare = bare[:-1]
    for size in (4, 3, 2, 1):
        if len(bare) >= size and " ".join(bare[-size:]) in p.words.near and match.kind not in {"admin1", "country"}:
            match.near = True
            if " ".join(bare[-size:]) in p.words.edges:
                match.km = 0.0
            return


def _read_adjective(p: Passage, match: Match, before: list[str], after: list[Token]) -> None:
    """Read the country from an adjective before the noun: "the northeastern Ukrainian city of Sumy"."""
    lead = before[:-1] if before[-1:] == ["of"] else before
    noun_before = bool(lead) and (lead[-1] in p.words.nouns or " ".join(lead[-2:]) in p.words.nouns)
    noun_after = match.kind == "admin1" or (bool(after) and after[0].lower in p.words.nouns)
    if not (noun_before or noun_after):
        return
    for size in (2, 1):
        for k in range(len(lead) - size, -1, -1):
            code = p.words.adjectives.get(" ".join(lead[k : k + size]))
            country = p.gazetteer.place(f"country:{code}") if code else None
            rest = lead[k + size :]
            nouns = [word for word in rest if word not in p.words.attributes]
            if country and len(rest) <= 3 and (not nouns or noun_before):
                if not match.found or any(p.gazetteer.contains(country, found.place) for found in match.found):
                    match.within.append(country.name)
                return


def _role(p: Passage, match: Match, before: list[str], after: list[Token]) -> str:
    last = p.tokens[match.last - 1]
    following = [token.lower for token in after]
    tagged = p.text.endswith("#", 0, p.tokens[match.first].start)  # "#Kherson Artillery shelled a market."
    if tagged or match.kind == "site":
        return ""
    if last.possessive:
        return "possessive"
    if _is_hit_building(p, before, following):
        return ""
    if _vessel().search(p.text, max(0, p.tokens[match.first].start - _BEFORE_NAME), p.tokens[match.first].start):
        return "institution"
    if after and after[0].joined and not after[0].text.isdigit():
        # "the Bakhmut-Sloviansk highway", "на трасі Бахмут-Слов'янськ"
        is_way = after[0].upper and any(word in p.words.ways for word in (*following[1:2], *before[-1:]))
        return "" if is_way else "institution"
    if p.tokens[match.first].joined and any(word in p.words.ways for word in (*following[:1], *before[-2:-1])):
        return ""
    k = 0
    while k < len(following) and following[k] in p.words.office_adjectives and following[k] not in p.words.heads:
        k += 1
    if k < len(following) and following[k] in p.words.heads and not (match.kind == "admin1" and match.cue_end and not k):
        return "institution"
    if _is_office_of(p, before) or _is_governed(p, match, before):
        return "institution"
    if not p.writes("capitalised_nouns") and _is_part_of_name(p, match):
        return "institution"
    if p.writes("capitalised_nouns") and _told_of().search(
        p.text, max(0, p.tokens[match.first].start - _BEFORE_NAME), p.tokens[match.first].start
    ):
        return ""
    if _of_itself().match(p.text, p.tokens[match.last - 1].end):
        return ""
    said = [" ".join(following[:size]) for size in (1, 2)]
    lead = [" ".join(before[-size:]) for size in (1, 2, 3)]
    if any(phrase in p.words.verbs for phrase in said) or any(phrase in p.words.voice_before for phrase in lead):
        return "voice"
    return ""


def _is_hit_building(p: Passage, before: list[str], following: list[str]) -> bool:
    """Tell whether a name is that of a building which was hit: "struck the Kherson Regional Hospital", "a Kherson hospital was hit"."""
    size = next((k for k, word in enumerate(following) if word in p.words.buildings), None)
    if size is None:
        return False
    lead = before[-2:-1] if before[-1:] in (["the"], ["a"]) else before[-1:]
    was, done = following[size + 1 : size + 2], following[size + 2 : size + 3]
    return any(word in p.words.struck for word in lead) or (
        bool(was) and was[0] in p.words.happened and any(w in p.words.struck for w in done)
    )


def _is_office_of(p: Passage, before: list[str]) -> bool:
    """Tell whether "governor of", "University of" stand before, if need be before the country ("of Russia's Bryansk region")."""
    for k in range(len(before) - 2, -1, -1):
        if before[k] in p.words.of_heads and before[k + 1] == "of":
            return all(
                w.endswith("'s") or w in p.words.attributes or w in p.words.adjectives or w in p.words.nouns for w in before[k + 2 :]
            )
    return False


def _is_governed(p: Passage, match: Match, before: list[str]) -> bool:
    """Tell whether a region in the genitive is that of whose office the word before is: "губернатор Брянской области"."""
    if match.kind != "admin1" or not before or not is_cyrillic(match.name):
        return False
    return any(p.language.pattern("claims", key).fullmatch(before[-1]) for key in ("local_patterns", "head_patterns"))


def _is_part_of_name(p: Passage, match: Match) -> bool:
    """Tell whether capitalised words beside the match make it part of a longer name ("Kyiv Post", "Camp David")."""
    if (
        match.last < len(p.tokens)
        and match.last not in p.taken
        and not (match.near and match.cue_end > p.tokens[match.last].start)  # "the Korenevo District"
        and p.continues(match.last)
        and not is_of_area(p, match.last)
        and not _ends_before_person(p, match)
        and _is_foreign(p, p.tokens[match.last])
        and not (is_cyrillic(p.tokens[match.first].text) and _is_acronym(p.tokens[match.last]))
    ):
        return True
    before = match.first - 1
    if (
        before > 0
        and p.tokens[before].text.isupper()
        and p.tokens[before - 1].lower in cues_of("prepositions", "out_of")
        and is_cyrillic(match.name)
    ):
        return False  # "накрыли из РСЗО Волчанск"
    if before >= 0 and p.tokens[before].text.isupper() and p.tokens[before].lower in p.words.sites and is_cyrillic(match.name):
        return False  # "попала в ТЭЦ Краматорска"
    if before >= 0 and p.tokens[before].initial and is_cyrillic(match.name):
        return False  # "Потерпали Нікополь і Марганець": the capital of a sentence's first word says nothing
    return (
        before >= 0
        and (before not in p.taken or not (match.strong or is_cyrillic(match.name)))
        and p.tokens[before].upper
        and p.continues(match.first)
        and not (p.tokens[before].initial and p.tokens[before].lower in p.words.stop)
        and _is_foreign(p, p.tokens[before])
    )


def _ends_before_person(p: Passage, match: Match) -> bool:
    """Tell whether a town of which a part was told stands before who speaks of it: "взрыв в промзоне Луцка Игорь Полищук не объясняет"."""
    before = p.tokens[match.first - 1].lower if match.first and p.adjacent(match.first) else ""
    return before in p.words.village and is_given_name(p.tokens[match.last].text) and is_cyrillic(p.tokens[match.last].text)


def is_of_area(p: Passage, index: int) -> bool:
    """Tell whether a word is the adjective of an area that the name before it lies in: "Слатино Дергачёвской громады"."""
    after = p.tokens[index + 1].lower if index + 1 < len(p.tokens) else ""
    return ends_in(p.tokens[index].lower, "genitive") and after in p.words.smaller | p.words.admin1_after


def _is_acronym(token: Token) -> bool:
    """Tell whether a word is no Cyrillic name but an acronym, or of another script: "В Грайвороне FPV-дрон", "БпЛА", "КАБи"."""
    return sum(map(str.isupper, token.text)) > 1 or not is_cyrillic(token.text)


def _is_foreign(p: Passage, token: Token) -> bool:
    word = token.lower
    if not token.upper or word in p.words.calendar or word in p.words.adjectives or word in p.words.nouns:
        return False
    if word in p.words.admin1_after | p.words.plural_after | p.words.admin1_before | p.words.settlement_before:
        return False
    if word in p.words.heads:
        return True
    return word not in p.words.stop and word not in p.words.verbs and word not in p.words.particles


@cache
def _kind_of() -> str:
    """Write an expression for the noun of a place before its name."""
    return rf"(?:the\s+)?(?:{any_of('near', 'of_kind')}\s+)?"


@cache
def _vessel() -> re.Pattern[str]:
    """Match what makes the name behind it that of a ship: "the landing ship Azov", "танкер «Одесса»"."""
    return re.compile(rf"(?<![\w-]){any_of('institutions', 'vessels')}\s+[«„“\"'’*]?$", re.IGNORECASE)


@cache
def _told_of() -> re.Pattern[str]:
    """Match what makes the name behind it that of where it was, though a verb of saying follows: "die Einnahme von X meldete Moskau"."""
    return re.compile(rf"(?<![\w-]){any_of('voices', 'told_of_patterns')}\s+$", re.IGNORECASE)


@cache
def _of_itself() -> re.Pattern[str]:
    """Match what a town tells of itself, behind its name: "X reported damage"."""
    return re.compile(rf"\s+{any_of('voices', 'of_itself_patterns')}(?!\w)", re.IGNORECASE)


@cache
def _offset() -> re.Pattern[str]:
    return re.compile(rf"{offset()}\s+{_kind_of()}$", re.IGNORECASE)


@cache
def _direction() -> re.Pattern[str]:
    return re.compile(rf"\b{direction()}\s+{_kind_of()}$", re.IGNORECASE)
