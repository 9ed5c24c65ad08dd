"""The towns that a Ukrainian or Russian adjective of place may be made of, Izium and Iziumka of "Ізюмський"; and the raion of a town.

Endings and what a name may have in their place stand in `[by_adjective]` of `cues.toml`; each is a guess that the gazetteer
confirms or not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapper.gazetteer.names import cues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.gazetteer.index import Gazetteer, Named

__all__ = ["raion_of", "stem_of", "towns_of"]

_SHORTEST_STEM = 2


@cache
def stem_of(adjective: str) -> str:
    """Give an adjective of a place in small letters without its ending, or nothing: "покровськ" of "покровському"."""
    table = cues()["by_adjective"]
    for ending in sorted(table["endings"], key=len, reverse=True):
        stem = adjective.removesuffix(ending)
        if stem != adjective and stem.endswith(tuple(table["suffixes"])):
            return stem
    return ""


def towns_of(adjective: str) -> Iterator[str]:
    """Give the names of towns that an adjective may be made of, the likeliest first."""
    table = cues()["by_adjective"]
    whole = stem_of(adjective)
    bare = next((whole.removesuffix(suffix) for suffix in table["suffixes"] if whole.endswith(suffix)), whole)
    if len(bare) < _SHORTEST_STEM:
        return
    named = [whole, f"{whole}ий", f"{whole}е", f"{whole}ое", f"{whole}ая"]
    if whole.endswith("ськ"):
        named += [f"{bare}са", f"{bare}си"]
    if whole.endswith(("цьк", "цк")):
        named += [f"{bare}ць", f"{bare}ц", f"{bare}к"]
    for ending, replacements in table["stems"]:
        if bare.endswith(ending):
            named += [bare.removesuffix(ending) + new for new in replacements]
    if "-" in bare:
        one, _, other = bare.partition("-")
        named.append(f"{one.rstrip('оеи')} {other}")  # "матвеево-курганский" of Матвеев Курган
    yield from dict.fromkeys(named)
    for half, words in table["halves"].items():
        if bare.startswith(half) and len(bare) > len(half) + 2:
            yield from (
                f"{word} {name.removeprefix(half).lstrip('-')}" for name in dict.fromkeys(named) for word in words if name.startswith(half)
            )


def raion_of(town: str, found: Sequence[Named], gazetteer: Gazetteer) -> tuple[str, tuple[Named, ...]]:
    """Give the name of the raion that is named after a town, by what the gazetteer has for it, and its matches; or nothing."""
    named = dict.fromkeys([town, *(one.place.name for one in found if one.place.kind == "settlement")])
    for name in (f"{name} Raion" for name in named):
        if raion := tuple(one for one in gazetteer.matches(name) if one.place.kind == "admin2" and one.via == "name"):
            return name, raion
    return "", ()
