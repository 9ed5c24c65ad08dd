"""Which of the places that a clause names are where it happened, and which only say where those lie.

"In Chuhuiv, southeast of Kharkiv" is one place, and so are "Lomakovka in the Starodub district", "the Adler district of
Sochi" and "In the Kursk region, a drone hit a car in Glushkovo". What is listed ("Kupiansk and near Lyman") are two.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from mapper.extraction.naming.endings import endings, pattern
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.naming.words import any_of, cue_words
from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.wordlist import alternatives
from mapper.gazetteer.names import cues
from mapper.incidents import DRAWN_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.extraction.facts.drafts import DraftPlace
    from mapper.extraction.naming.toponyms import Mention

__all__ = ["own_places"]

#: A name at the start of a line or a sentence, and before what befell it.
_HEAD = re.compile(r"(?:^|\n|[.!?]\s|[•▪▫◾🔹*–—-]\s)[^\w\n]*$")
_HEADED = re.compile(r":\s|\s[–—-]\s")
#: How many characters before a name are looked at for the start of its line, and what ends the head of an entry.
_HEAD_ROOM = 24
_HEAD_END = re.compile(r"[.:](?:\s|$)|\s[–—-]\s|$")
#: How many words may stand between a place and what it lies at a distance or in a direction from.
_SITING_WORDS = 12
_OPENS = re.compile(r"(?:^|[.!?]\s|\n)\W*$")
_CLAUSE_END = re.compile(r"[,.:!?]\s")


def own_places(places: list[DraftPlace], text: str) -> tuple[DraftPlace, ...]:
    """Drop places that only say where another of them lies, and countries beside anything sharper."""
    parts = list(_parted([p for p in places if p.role in DRAWN_ROLES], text))
    whole = [p for p in places if p not in parts]
    routes = list(_routes([p for p in whole if p.role in DRAWN_ROLES], text))
    where = [p for p in whole if p.role in DRAWN_ROLES and p not in routes]
    left_out = [
        *parts,
        *routes,
        *_named_sites(where, text),
        *_holding(where, text),
        *_beside(where, text),
        *_around(where, text),
        *_in_direction(where, text),
        *_headings(where, text),
        *_of_a_district(where, text),
        *_communities(where, text),
        *_containing(whole),
    ]
    left_out += _stretches_before(where, left_out, text)
    sharper = any(p.mention.kind != "country" for p in where)
    kept = (p for p in places if p not in left_out and not (sharper and p.mention.kind == "country" and p in where))
    return tuple(kept)


def _stretches_before(where: list[DraftPlace], left_out: Sequence[DraftPlace], text: str) -> list[DraftPlace]:
    """Give the stretches of a front that are listed with one that is left out: "In the Lyman and Kupiansk sectors, near X"."""
    found: list[DraftPlace] = []
    for one, other in reversed(list(pairwise(where))):
        listed = re.fullmatch(r",?\s+(?:\w{1,3}\s+)?", text[one.mention.end : other.mention.start])
        if one.mention.around and other.mention.around and listed and (other in left_out or other in found):
            found.append(one)
    return found


def _routes(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the roads that say of a town beside them where it is: "on the Kharkiv–Chuhuiv highway near Rohan"."""
    for pair in pairwise(where):
        gap = text[pair[0].mention.end : pair[1].mention.start]
        roads = [place for place in pair if place.mention.other and not _joint().search(place.mention.text)]
        towns = [place for place in pair if not place.mention.other and place.mention.kind in TOWNS]
        if roads and towns and len(gap.split()) <= _SITING_WORDS and not (_joint().search(gap) or _CLAUSE_END.search(gap)):
            yield roads[0]


def _containing(places: list[DraftPlace]) -> Iterator[DraftPlace]:
    """Give the areas that the text puts another place in."""
    for place in places:
        said = [skeletons(name) for other in places if other is not place for name in other.mention.within]
        if (place.mention.kind != "settlement" or place.mention.near) and any(
            f"{name} ".startswith(f"{skeletons(place.mention.name)} ") for name in said
        ):
            yield place


def _around(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the areas that a site is said to lie in: "the Ilsky oil refinery in Russia's Krasnodar region"."""
    for place, area in pairwise([p for p in where if p.mention.kind != "country"]):
        site = place.mention.kind == "site" or _ends_in_noun(place)
        if (
            site
            and area.mention.kind == "admin1"
            and any(between.fullmatch(text, place.mention.end, area.mention.start) for between in (_in(), _in_region()))
        ):
            yield area
        elif (
            area.mention.kind == "region"
            and place.mention.kind != "region"
            and _in_region().fullmatch(text, place.mention.end, area.mention.start)
        ):
            yield area  # "Luzk in der Westukraine"
        elif place.mention.kind in TOWNS and _by_article().fullmatch(text, place.mention.end, area.mention.start):
            yield area  # "Kopejsk im Ural", "Noworossijsk am Schwarzen Meer"


def _in_direction(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the places that only tell in which direction the next lies: "South of the capital, debris fell on a plant in Tula"."""
    for place, after in pairwise(where):
        gap = text[place.mention.end : after.mention.start]
        # "30 km south of the capital, in Vasylkiv"
        then_in = gap.startswith(",") and _in().fullmatch(gap, 1)
        bearing = place.mention.bearing is not None and (place.mention.km is None or then_in)
        town = after.mention.kind in TOWNS and after.mention.bearing is None
        if bearing and town and (then_in or not (_joint().search(gap) or _listed().fullmatch(gap))):
            yield place
        elif (
            _then_near().fullmatch(gap)
            and place.mention.near
            and after.mention.near
            and _toward().search(text, max(0, place.mention.start - 30), place.mention.start)
        ):
            yield place  # "Vier Vorstöße in Richtung Borowa, bei Petropawliwka"


def _headings(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the town that heads an entry on the stretch of the front around it: "Pokrovsk: 23 assaults, most near Rodynske"."""
    for place, after in islice(pairwise(where), 1):
        heads = _HEADED.match(text, place.mention.end) and _HEAD.search(text, max(0, place.mention.start - 8), place.mention.start)
        if heads and place.mention.kind in TOWNS and after.mention.near and after.mention.bearing is None:
            yield place


def _of_a_district(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the districts that a village before them lies in: "in the settlement of Podyvotye, Sevsk district"."""
    for place, district in pairwise(where):
        alone = _before_community().match(text, district.mention.end)
        comma = text[place.mention.end : district.mention.start] == ", "
        smaller = (sharp := _sharpness(place.mention, text)) >= _AROUND and sharp > _sharpness(district.mention, text)
        if comma and smaller and ((alone and not alone.group().endswith("s")) or _heads(place, district, text)):
            yield district


def _heads(place: DraftPlace, district: DraftPlace, text: str) -> bool:
    """Tell whether a village, named as one or at the head of an entry, and its district stand alone: "Гапоново, Кореневский район."."""
    before = text[max(0, place.mention.start - _HEAD_ROOM) : place.mention.start]
    alone = _kind().search(before) or _HEAD.search(before)
    return bool(alone and _district().search(district.mention.text) and _HEAD_END.match(text, district.mention.end))


def _communities(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the communities beside a village of theirs: "Prykolotne, Gemeinde Wilchuwatka", "Kreis Graiworon: In Kosinka ..."."""
    for place, after in pairwise(where):
        gap = text[place.mention.end : after.mention.start]
        if _in_community().fullmatch(gap):
            yield after
        elif _community_before().search(text, max(0, place.mention.start - 30), place.mention.start) and (
            _village().fullmatch(gap) or (gap.startswith(":") and after.mention.kind in TOWNS)
        ):
            yield place  # "Bezirk Schebekino: Auf der Straße bei Murom ..."


def _holding(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the areas after which a sharper place follows, in no list with them: "На Синельниківщині дрон влучив у дім у Межовій"."""
    for place, after in pairwise([p for p in where if p.mention.kind != "country"]):
        if place.role == after.role == "over":
            continue  # "31 over the Rostov region, 19 over the Black Sea"
        if after.mention.bearing is not None and _joint().search(text, place.mention.end, after.mention.start):
            continue  # "near Lyman and north of Dobropillia"
        between = text[place.mention.end : after.mention.start]
        coarse, sharp = _sharpness(place.mention, text), _sharpness(after.mention, text)
        if coarse == _AROUND and _joint().search(between):
            continue  # "hit a depot near Luhansk and a command post in Donetsk"
        # "In the X district over Y, six drones were shot down": over Y
        then = _is_between(between) or (place.role, after.role) == ("at", "over")
        if coarse < sharp and coarse < _TOWN and then and not _listed().fullmatch(between):
            yield place


def _is_between(gap: str) -> bool:
    """Tell whether more than a word stands between two places, a bracket, a colon, or the noun of the second: "В округе село Козинка"."""
    said = gap.replace("(", " ").split()
    return gap.rstrip().endswith(("(", ":")) or len(said) > 1 or (len(said) == 1 and said[0].lower().rstrip(".") in _before_towns())


@cache
def _before_towns() -> frozenset[str]:
    """Give the words that begin a second place: "В округе село Козинка", "В округе сёла Козинка и Глотово"."""
    return cue_words().settlement_before | cue_words().near | cue_words().plural_before.keys()


#: How sharp a country, an admin-1 area, a raion, the surroundings of a town, and a town are as places.
_AREAS = {"country": 0, "region": 1, "admin1": 1, "admin2": 2}
_COMMUNITY, _AROUND, _TOWN = 3, 4, 5


def _sharpness(mention: Mention, text: str) -> int:
    if mention.kind in _AREAS:
        return _AREAS[mention.kind] or _TOWN  # a country is left out beside anything else
    if not mention.near or mention.km is not None or mention.bearing is not None or mention.kind == "site":
        return _TOWN
    if _stretch().search(text, max(0, mention.start - 30), mention.end) or _before_stretch().match(text, mention.end):
        # "Im Abschnitt Kupjansk griff der Gegner in Richtung Kuryliwka an": a stretch of the front, and towards a village;
        # "In Richtung Lyman griff er bei Torske an": the stretch of which a bulletin tells
        toward = _toward().search(text, max(0, mention.start - 30), mention.start)
        return _AROUND if toward and not _OPENS.search(text, 0, toward.start()) else _AREAS["admin2"]
    return _COMMUNITY if _before_community().match(text, mention.end) or len(mention.text.split()) > 1 else _AROUND


@cache
def _stretch() -> re.Pattern[str]:
    before, nouns = "|".join(sorted(cue_words().stretches_before)), "|".join(endings("stretches"))
    # "На Лиманському": the noun was said before
    elliptic = rf"(?<!\w)(?:{'|'.join(endings('upon'))})\s+[\w-]+{pattern('locative')}"
    return re.compile(rf"(?<!\w)(?:{before})\s+\S+$|(?<!\w)(?:{nouns})\w*$|{elliptic}", re.IGNORECASE)


@cache
def _before_stretch() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(sorted(cue_words().stretches_after))})(?!\w)", re.IGNORECASE)


@cache
def _before_community() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(sorted(cue_words().smaller))})(?!\w)", re.IGNORECASE)


def _beside(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the places that another right before them is said to lie near: "Merefa, just outside Kharkiv,"."""
    for place, after in pairwise(where):
        gap = text[place.mention.end : after.mention.start]
        if _suburb_of().fullmatch(gap):
            yield after
            continue
        areas = after.mention.kind in _AREAS or place.mention.kind in _AREAS
        if areas or _joint().search(gap):
            continue
        if not after.mention.near:
            # "Kindrashivka, above Kupiansk,", and not "above Kyiv, above Odesa, above Lviv"
            said = _apposed().fullmatch(gap)
            if said and _closed().match(text, after.mention.end) and not text.endswith(said["beside"] + " ", 0, place.mention.start):
                yield after
        elif place.mention.near:
            # "near the village of Semrino outside St. Petersburg"
            sited = place.mention.bearing is None and _siting().fullmatch(gap)
            if sited and not sited["comma"]:
                yield after
        elif after.mention.km is not None or after.mention.bearing is not None:
            if len(gap.split()) <= _SITING_WORDS and not re.search(r"[.!?]\s", gap):
                yield after
        elif (siting := _siting().fullmatch(gap)) and (not siting["comma"] or _closed().match(text, after.mention.end)):
            yield after


def _named_sites(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the sites whose name is that of a place beside the town they lie in: "аеродром «Саки» в Новофедорівці"."""
    for place, town in pairwise(where):
        gap = text[place.mention.end : town.mention.start]
        site = _ends_in_noun(place) or _site().search(text, max(0, place.mention.start - 30), place.mention.start)
        if town.mention.kind not in _AREAS and _in().fullmatch(gap) and site:
            yield place


def _ends_in_noun(place: DraftPlace) -> bool:
    """Tell whether the name of a place ends in what it is: "the Kursk nuclear power plant"."""
    return place.mention.text.rpartition(" ")[2].islower()


def _parted(where: list[DraftPlace], text: str) -> Iterator[DraftPlace]:
    """Give the districts of a city: "the Adler district of Sochi"."""
    for place, city in pairwise(where):
        gap = text[place.mention.end : city.mention.start]
        towns = city.mention.kind in TOWNS and not city.mention.near
        if _suburb().fullmatch(gap) or ((place.mention.near or place.mention.kind == "admin2") and towns and _district_of().fullmatch(gap)):
            yield place


@cache
def _siting() -> re.Pattern[str]:
    """Match what stands between a place and one that it is near: ", a village just outside "."""
    cues = cue_words()
    near = "|".join(re.escape(word) for word in sorted(cues.near, key=len, reverse=True))
    nouns = "|".join(re.escape(word) for word in sorted(cues.nouns | cues.attributes, key=len, reverse=True))
    article = rf"(?:{any_of('siting', 'before_kind')}\s+)?"
    town = rf"(?:{any_of('siting', 'of_kind')}\s+)?"
    # "Maiaky, невеликому селі біля "
    kind = rf"(?:(?:[^\W\d_-]+\s+){{0,2}}?{any_of('siting', 'towns')}\s+)?"
    between = rf"(?:{_which()}\s+)?{article}(?:(?:{nouns})\s+){{0,4}}?{kind}(?:{any_of('siting', 'before_near')}\s+)?"
    return re.compile(rf"\s*(?P<comma>,)?\s+{between}(?:{near})\s+{town}", re.IGNORECASE)


@cache
def _apposed() -> re.Pattern[str]:
    """Match what stands between a place and one that it lies under or above: ", that is above "."""
    beside = alternatives(cues()["near"]["beside"])
    return re.compile(rf",\s+(?:{_which()}\s+)?(?P<beside>{beside})\s+(?:the\s+)?", re.IGNORECASE)


@cache
def _district_of() -> re.Pattern[str]:
    smaller = "|".join(sorted(cue_words().smaller))
    return re.compile(rf"\s+(?:{smaller})\s+{any_of('siting', 'district_of')}\s+(?:the\s+)?(?:(?:city|town)\s+of\s+)?", re.IGNORECASE)


@cache
def _district() -> re.Pattern[str]:
    """Match the name of a district that ends in what it is: "Кореневский район"."""
    return re.compile(rf"\s{any_of('siting', 'districts')}$", re.IGNORECASE)


@cache
def _kind() -> re.Pattern[str]:
    """Match what kind of settlement a name that comes next is of."""
    kinds = "|".join(sorted(cue_words().settlement_before, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{kinds})\.?\s+$", re.IGNORECASE)


@cache
def _listed() -> re.Pattern[str]:
    """Match what stands between places of one list."""
    return re.compile(rf"\W*(?:\w+\W+){{0,2}}?{any_of('lists', 'joints')}\W+(?:\w+\W+){{0,3}}|\W*,\W*", re.IGNORECASE)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('lists', 'joints')}(?!\w)|;", re.IGNORECASE)


@cache
def _suburb() -> re.Pattern[str]:
    """Match what stands between a city and a suburb of it: "the Moscow suburb of Balashikha"."""
    return re.compile(rf"\s+(?!{any_of('siting', 'in')}\s)(?:\w+\s+)?{any_of('siting', 'suburbs')}\s+", re.IGNORECASE)


@cache
def _suburb_of() -> re.Pattern[str]:
    """Match what stands between a suburb and its city: "Antonivka, a suburb of Kherson", "в Антоновке в пригороде Херсона"."""
    article, within = any_of("siting", "before_kind"), any_of("siting", "in")
    return re.compile(
        rf"(?:,|(?=\s+{within}\s))\s+(?:{within}\s+)?(?:{article}\s+)?(?:\w+\s+)?{any_of('siting', 'suburbs')}\s+", re.IGNORECASE
    )


@cache
def _site() -> re.Pattern[str]:
    """Match an airfield or a plant before its name."""
    return re.compile(rf"{any_of('siting', 'sites')}\s+[«\"“„]?$", re.IGNORECASE)


@cache
def _in() -> re.Pattern[str]:
    """Match what stands between a site and its town."""
    return re.compile(rf"[»\"”]?\s+{any_of('siting', 'in')}\s+(?:{any_of('siting', 'kinds')}\s+)?", re.IGNORECASE)


@cache
def _by_article() -> re.Pattern[str]:
    """Match what stands between a town and an area whose name has an article, which that of no town has."""
    return re.compile(rf"\s+{any_of('siting', 'in_area')}\s+")


@cache
def _in_region() -> re.Pattern[str]:
    return re.compile(rf"[»\"”]?\s+{any_of('siting', 'in_region')}\s+", re.IGNORECASE)


@cache
def _closed() -> re.Pattern[str]:
    """Match the end of what is said of a place."""
    return re.compile(rf"\s*(?:[,.;:)–—]|$|{any_of('siting', 'lies_behind')}\b)")


@cache
def _which() -> str:
    """Write an expression for "which lies"."""
    return rf"{any_of('siting', 'which')}(?: {any_of('siting', 'lies')})?"


@cache
def _in_community() -> re.Pattern[str]:
    """Match what stands between a village and its community."""
    return re.compile(rf",? \(?(?:{any_of('siting', 'in_community')} )?{any_of('siting', 'communities')}(?:es|s)? ", re.IGNORECASE)


@cache
def _community_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('siting', 'communities')} $", re.IGNORECASE)


@cache
def _village() -> re.Pattern[str]:
    """Match what stands between a community and a village of it."""
    return re.compile(
        rf"(?:,| \(|:| –| -) ?(?:{any_of('siting', 'in_village')} )?{any_of('siting', 'villages')} |: {any_of('siting', 'in')} ",
        re.IGNORECASE,
    )


@cache
def _then_near() -> re.Pattern[str]:
    """Match what stands between a direction and a place near which it was."""
    near = "|".join(re.escape(word) for word in sorted(cue_words().near, key=len, reverse=True))
    return re.compile(rf", (?!{any_of('siting', 'toward')}\b)(?:{near}) ", re.IGNORECASE)


@cache
def _toward() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('siting', 'toward')} $", re.IGNORECASE)
