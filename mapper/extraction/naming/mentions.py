"""What finding gives: a `Mention` of a place in a text, and a `Match` on its way to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.gazetteer.index import Named

__all__ = ["AREAS", "TOWNS", "Match", "Mention", "has"]

#: Kinds of a mention that may be a town: what the text calls one, and what it calls nothing.
TOWNS = frozenset({"", "settlement"})
#: Kinds of a mention that is an area with towns in it.
AREAS = frozenset({"admin1", "admin2"})


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
        What the text says it is: ``settlement``, ``admin1``, ``admin2``, ``country``, ``site``, or nothing.
    within
        Larger places that the text puts it in, known or not: ``("Donetsk Oblast",)`` for "Pokrovsk, Donetsk Oblast".
    near, km, bearing
        "12 km north of Sumy": near it, 12 kilometres, bearing 0. Without a number `km` is None.
    role
        ``""`` a place as such; ``institution`` part of the name of an office, paper or firm; ``voice`` one that says
        something ("Seoul says"); ``possessive`` what something belongs to ("Kursk's defenders"); ``quarter`` a city that
        is named by a district of it.
    other
        The other end of "between X and Y" and of "the X-Y highway".
    given
        The caller says that this is a place: answer if any candidate is reasonable, with an honest score.
    part
        The name is only a part of the span: "Lexington" of "Lexington Police Department".
    regions
        The admin-1 codes of all places that it may be; nothing for a village, or what lies in none, such as a sea.
    abroad
        Most likely a city of a country not at war: "Geneva", and "Paris", though a Russian village bears its name.
    around
        It names the land around it, in which others may lie: "the Lyman sector", "the Nikopol community".
    city
        The admin-1 code of the city at war that a bare name is that of, where all other places of it are far smaller.
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
    other: str = ""
    given: bool = False
    part: bool = False
    regions: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    abroad: bool = field(default=False, compare=False, repr=False)
    city: str = field(default="", compare=False, repr=False)
    around: bool = field(default=False, compare=False, repr=False)


@dataclass(slots=True)
class Match:
    """A run of words that is, or must be, the name of a place, and what is known about it so far."""

    first: int
    last: int  # index after the last word
    name: str
    found: tuple[Named, ...]
    strong: bool
    kind: str = ""
    within: list[str] = field(default_factory=list)
    near: bool = False
    around: bool = False
    km: float | None = None
    bearing: float | None = None
    role: str = ""
    cue_end: int = 0  # where the cue word after the name ends
    kept: bool = False
    other: str = ""
    said: str = ""  # how to name it as a container, if not by its words
    span: tuple[int, int] | None = None  # given by the caller
    part: bool = False


def has(match: Match, kind: str) -> bool:
    """Tell whether a name is that of a place of a kind."""
    return any(found.place.kind == kind for found in match.found)
