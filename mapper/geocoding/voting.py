"""Resolving the names of one article together: what each could mean votes on what the others do."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.gazetteer.names import fold
from mapper.geocoding.candidates import named
from mapper.geocoding.choosing import is_surname, resolve
from mapper.geocoding.conditions import meet
from mapper.geocoding.context import Ballot, Context
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.placing import part_of_the_world
from mapper.geocoding.weighing import shares, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.extraction.naming.mentions import Mention
    from mapper.gazetteer.index import Gazetteer, Named, Place

__all__ = ["resolve_all"]

#: The least score of a name that is clear, and means the same wherever the article has it.
_CLEAR = 0.85
#: How many candidates of a name vote.
_MOST = 60
#: By how much each round of votes goes by what is likely.
_ROUNDS = (0.5, 0.8, 1.0)
#: How many characters behind the name of a stretch of the front its villages may stand.
_AHEAD = 300
#: A region of so many people is not the country of its name: "Georgia".
_BIG = 100_000


def resolve_all(
    mentions: Sequence[Mention], gazetteer: Gazetteer, *, country: str = "", beside: Sequence[Mention] = ()
) -> list[Location | Unlocated]:
    """Resolve the mentions of one article together, in their order.

    The countries the article names weigh from the start. Then every name votes, in rounds, for the countries, areas and
    spots of its candidates; what the others agree on helps to choose each (`context`). A name that is clear in one
    sentence means the same in the next.

    Parameters
    ----------
    country
        The article's home country (ISO 3166-1), if it is known; it weighs, it does not bind.
    beside
        Other names of the same article, which vote but are not answered; those that overlap a mention are left out.
    """
    asked = mentions
    others = [one for one in beside if not any(one.start < mention.end and mention.start < one.end for mention in asked)]
    mentions = [*asked, *others]
    votes = _countries(mentions, gazetteer)
    said = tuple(dict.fromkeys(area for mention in mentions for area in _said(mention, gazetteer)))
    options: dict[Mention, tuple[Named, ...]] = {}
    start: dict[str, Context] = {}
    for mention in dict.fromkeys(mentions):
        key = fold(mention.name)
        if key not in start:
            # A name does not speak for itself: "Lebanon" in New Hampshire.
            countries = _country_weights(votes, country, key)
            start[key] = Context(countries=countries, in_text=True, named=frozenset(code for code, _ in countries), said=said)
        options[mention] = _options(mention, start[key], gazetteer)
    contexts = {mention: start[fold(mention.name)] for mention in options}
    ballot = Ballot()
    towns: dict[Mention, Place] = {}
    for tame in _ROUNDS:
        ballot = Ballot()
        for mention, found in options.items():
            if not found:
                continue
            weights = [weight for weight, _ in weigh(found, mention, contexts[mention], gazetteer)]
            if mention.around:
                towns[mention] = max(zip(weights, found, strict=True), key=lambda one: one[0])[1].place
            for one, share in zip(found, shares(weights, tame), strict=True):
                ballot.vote(fold(mention.name), one.place, share)
        voted = {key: _with_votes(context, ballot.without(key)) for key, context in start.items()}
        around = _around(mentions, towns)
        contexts = {mention: replace(voted[fold(mention.name)], around=around.get(mention.name, ())) for mention in options}
    home = ballot.home()
    contexts = {mention: replace(context, home=home) for mention, context in contexts.items()}
    first = {mention: resolve(mention, context, gazetteer) for mention, context in contexts.items()}
    settled = _settled(first)
    results = {
        mention: resolve(mention, replace(context, settled=settled[fold(mention.name)]), gazetteer)
        if settled.get(fold(mention.name)) and not _is_clear(first[mention])
        else first[mention]
        for mention, context in contexts.items()
    }
    return [results[mention] for mention in asked]


def _around(mentions: Sequence[Mention], towns: Mapping[Mention, Place]) -> dict[str, tuple[tuple[float, float], ...]]:
    """Give by name where the land around a town is that is named last before each time that a name stands in the text."""
    named = sorted(towns, key=lambda town: town.start)
    starts = [town.start for town in named]
    longest = max((town.end - town.start for town in named), default=0)
    meant: dict[str, dict[tuple[float, float], None]] = {}
    for mention in mentions if named else ():
        near = range(bisect_left(starts, mention.start) - 1, bisect_left(starts, mention.start - longest - _AHEAD) - 1, -1)
        before = (named[k] for k in near if named[k].name != mention.name and mention.start <= named[k].end + _AHEAD)
        if last := next(before, None):
            meant.setdefault(mention.name, {})[towns[last].lon, towns[last].lat] = None
    return {name: tuple(points) for name, points in meant.items()}


def _said(mention: Mention, gazetteer: Gazetteer) -> list[Place]:
    """Give the area that a mention names by its noun, if it can be but one, or a raion and the former one of its name."""
    if mention.kind not in {"admin1", "admin2"} or mention.given or mention.near:
        return []
    areas = [one.place for one in gazetteer.matches(mention.name) if one.place.kind == mention.kind and one.rank < 2]
    return areas if len({area.admin1 for area in areas}) == 1 else []


def _options(mention: Mention, context: Context, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Give the candidates of a mention that meet its conditions; none for one that will not be placed by its name."""
    found = named(mention.name, gazetteer) if fold(mention.name) and not part_of_the_world(mention) else ()
    if not found or is_surname(mention, context, found):
        return ()
    return meet(mention, context, gazetteer, found)[0][:_MOST]


def _with_votes(
    start: Context, votes: tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...], tuple[tuple[float, float, float], ...]]
) -> Context:
    countries, areas, points = votes
    named = dict(start.countries)
    joined = {code: max(weight, named.get(code, 0.0)) for code, weight in countries} | {
        c: w for c, w in named.items() if c not in dict(countries)
    }
    return replace(start, countries=tuple(sorted(joined.items())), areas=areas, points=points)


def _is_clear(result: Location | Unlocated) -> bool:
    return isinstance(result, Location) and result.score >= _CLEAR


def _settled(first: dict[Mention, Location | Unlocated]) -> dict[str, frozenset[str]]:
    """Give the places that each name means where it is clear; what the text says beside it counts before what is likely."""
    settled: dict[str, dict[str, bool]] = {}
    for mention, result in first.items():
        if isinstance(result, Location) and result.score >= _CLEAR:
            settled.setdefault(fold(mention.name), {})[result.place_id] = bool(mention.within)
    return {
        name: frozenset(place_id for place_id, is_said in places.items() if is_said or not any(places.values()))
        for name, places in settled.items()
    }


def _countries(mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[str, Counter[str]]:
    """Count the countries the article names, by the name of the mention that names them."""
    votes: dict[str, Counter[str]] = {}
    for mention in mentions:
        counts = votes.setdefault(fold(mention.name), Counter())
        names = (mention.name, *mention.within) if mention.kind in {"country", ""} else mention.within
        for name in names:
            found = [one.place for one in gazetteer.matches(name) if one.rank < 2]
            if mention.kind == "country" or not any(place.kind == "admin1" and place.population >= _BIG for place in found):
                counts.update({place.country for place in found if place.kind == "country"})
    return votes


def _country_weights(votes: dict[str, Counter[str]], home: str, but: str) -> tuple[tuple[str, float], ...]:
    counts = sum((counted for name, counted in votes.items() if name != but), Counter[str]())
    if home:
        counts[home.upper()] += max(counts.values(), default=1)
    most = max(counts.values(), default=1)
    return tuple((code, round(0.5 + min(1.0, 2 * count / most), 2)) for code, count in sorted(counts.items()))
