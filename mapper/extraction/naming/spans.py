"""Spans that the caller knows to be places: which words they hold, and the name in them to look up.

A span may be more than a name: an adjective ("American"), a part ("northern Iraq"), an office ("Lexington Police
Department"). The whole is looked up first; what is left out makes the answer less sure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.extraction.naming.mentions import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.extraction.naming.passage import Passage
    from mapper.gazetteer.index import Named

__all__ = ["look_up", "words_of"]

_EDGES = " \t\n\r.,;:()[]\"“”„«»'’‘"
_KNOWN_TOWN = 15_000
_COUNTY = "county"


def words_of(p: Passage, span: tuple[int, int]) -> tuple[int, int]:
    """Give the first word of a span and the index after its last; equal if it holds none."""
    inside = [k for k, token in enumerate(p.tokens) if token.start < span[1] and token.full_end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def look_up(p: Passage, span: tuple[int, int]) -> Match:
    """Make the match of a span: the name in it that the gazetteer knows, or the whole if there is none."""
    first, last = words_of(p, span)
    whole = p.text[span[0] : span[1]].strip(_EDGES)
    if last > first and p.tokens[last - 1].possessive and span[1] >= p.tokens[last - 1].end:
        whole = p.text[span[0] : min(span[1], p.tokens[last - 1].end)].strip(_EDGES)
    for name, wanted, part in _readings(p, whole):
        kind = "admin2" if wanted == _COUNTY else wanted
        found = p.gazetteer.matches(name)
        if wanted == _COUNTY:
            found = tuple(one for one in found if one.place.kind == "settlement" or one.place.country in p.words.county_countries)
        elif kind:
            found = tuple(one for one in found if one.place.kind == kind)
        if found and not (part and _is_nature(p, whole)):
            end = p.tokens[last - 1].full_end if last else 0
            near = kind == "admin2" and not any(one.place.kind in {"admin1", "admin2"} for one in found)
            return Match(first, last, name, found, p.is_strong(found), kind, near=near, cue_end=end, span=span, part=part)
    return Match(first, last, whole, (), strong=False, span=span, cue_end=p.tokens[last - 1].full_end if last else 0)


def _readings(p: Passage, whole: str) -> Iterator[tuple[str, str, bool]]:
    """Give what may be looked up, the likeliest first, with the kind it must be and whether it is but a part."""
    words = p.words
    short = words.abbreviations.get(whole.rstrip("."))
    if short:
        area = p.gazetteer.coded(short)
        yield (area.name if area else short), ("admin1" if area else ""), False
    lower = whole.lower()
    code = words.adjectives.get(lower) or words.adjectives.get(lower.removesuffix("s"))
    if code and (country := p.gazetteer.place(f"country:{code}")):
        yield country.name, "country", False  # before a town of that name: Canadian, Texas
    yield whole, "", False
    if lower in words.area_adjectives:
        yield words.area_adjectives[lower], "", False
    parts = whole.replace("-", " ").split(" ")
    while len(parts) > 1 and parts[0].lower() in words.parts_before:
        parts = parts[1:]
        yield " ".join(parts), "", False
        yield from _as_adjective(p, " ".join(parts))
    while len(parts) > 1 and parts[-1].lower() in words.parts_after | words.admin1_after | words.counties | words.smaller:
        county = parts[-1].lower() in words.counties | words.smaller
        parts = parts[:-1]
        yield " ".join(parts), ("admin2" if county else ""), False
        yield " ".join(parts), (_COUNTY if county else ""), False
    yield from _runs(p, parts)


def _as_adjective(p: Passage, name: str) -> Iterator[tuple[str, str, bool]]:
    code = p.words.adjectives.get(name.lower())
    if code and (country := p.gazetteer.place(f"country:{code}")):
        yield country.name, "country", False
    if name.lower() in p.words.area_adjectives:
        yield p.words.area_adjectives[name.lower()], "", False


def _runs(p: Passage, parts: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Give the runs of words in a longer name that are places known to many, the longest and first ones first."""
    for size in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - size + 1):
            name = " ".join(parts[start : start + size])
            known = p.gazetteer.matches(name) if name[:1].isupper() and not _is_common(p, name) else ()
            if any(_is_known(p, one) for one in known):
                yield name, "", True
            elif size == 1:
                yield from ((found, kind, True) for found, kind, _ in _as_adjective(p, name))


def _is_common(p: Passage, name: str) -> bool:
    word = name.lower()
    return word in p.words.stop or word in p.words.heads or word in p.words.of_heads or word in p.words.titles or word in p.words.counties


def _is_known(p: Passage, named: Named) -> bool:
    place = named.place
    return (
        named.rank < 2
        and named.via == "name"
        and (place.kind != "settlement" or place.population >= _KNOWN_TOWN or place.id in p.gazetteer.capitals)
    )


def _is_nature(p: Passage, whole: str) -> bool:
    return any(word in p.words.nature for word in whole.lower().split(" "))
