"""What an incident hides: the positions, words and numbers that may stand nowhere in what is published.

They come from the incident as it was and from what its rules hide, never from what became of it: whoever proves that they
are gone (`mapper.page.proof`) does not have to trust those who took them out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from mapper.gazetteer.local_names import LocalNames
from mapper.gazetteer.names import fold
from mapper.incidents import SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer.boundaries import Boundaries

__all__ = ["HIDDEN_KM", "Mask", "Secret", "Secrets", "Text", "positions_of", "says", "texts_of"]

#: A position nearer than this to a hidden one gives it away.
HIDDEN_KM = 0.1

_PLACE = ("text", "name", "place_id", "admin1", "admin1_name", "reason")
_CANDIDATE = ("name", "place_id", "admin1", "reason")
_CORRECTION = ("old", "new", "who", "why")


class Text(NamedTuple):
    """A text of an incident: what it belongs to (a word of `sensitivity.DROPPED`, `place` or `id`), its column, its words."""

    part: str
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Secret:
    """What one incident hides.

    Attributes
    ----------
    id
        Its id on the map; empty if it is withheld.
    rules
        Numbers of the rules that apply.
    positions
        Hidden positions, `lon, lat`, one a row.
    texts
        Hidden words by their folded key.
    numbers
        Hidden numbers by what they are: `radius` in metres; `start` and `end` of spans.
    names
        Folded phrases that may stand within texts of its row, such as the name of the oblast.
    values
        Folded texts that may stand in its row as they are: vocabulary, the reason.
    anchors
        Positions that its row may show, such as the middle of a raion.
    """

    id: str
    rules: tuple[int, ...]
    positions: NDArray[np.float64]
    texts: Mapping[str, Text]
    numbers: Mapping[str, frozenset[int]]
    names: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()
    anchors: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2)))


@dataclass(frozen=True, slots=True)
class Secrets:
    """All that a map hides; `outlines` are the ids of the areas that hidden incidents are shown as."""

    listed: tuple[Secret, ...] = ()
    outlines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is hidden."""
        return bool(self.listed)

    def counts(self) -> tuple[int, int, int]:
        """Count the incidents, the different positions and the different texts that are hidden."""
        positions = {tuple(row) for secret in self.listed for row in secret.positions.tolist()}
        return len(self.listed), len(positions), len({key for secret in self.listed for key in secret.texts})

    def by_rule(self) -> dict[int, int]:
        """Count the incidents that each rule hides something of, by its number."""
        return dict(sorted(Counter(number for secret in self.listed for number in secret.rules).items()))


def says(words: str, key: str, *, whole: bool = True) -> bool:
    """Tell whether folded words have a folded key in them; unless `whole`, its last word may go on.

    Examples
    --------
    >>> says("drones over sumy oblast", "sumy"), says("the sumyhospital", "sumy"), says("the sumyhospital", "sumy", whole=False)
    (True, False, True)
    """
    return (f" {key} " if whole else f" {key}") in f" {words} "


class Mask:
    """Phrases that may be said, taken out of folded words before hidden ones are looked for: "Sumy Oblast" is no "Sumy"."""

    def __init__(self, phrases: Iterable[str]) -> None:
        longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first))})(?!\S)") if longest_first else None

    def __call__(self, words: str) -> str:
        """Put a bar for each phrase.

        Examples
        --------
        >>> Mask(["sumy oblast"])("hit in sumy oblast near sumy")
        'hit in | near sumy'
        """
        return self._pattern.sub("|", words) if self._pattern else words

    def says(self, words: str, key: str, *, whole: bool = True) -> bool:
        """Tell whether words say a hidden key even with the phrases taken out of both."""
        return says(words, key, whole=whole) and set(masked := self(key)) - {"|", " "} != set() and says(self(words), masked, whole=whole)


def texts_of(row: Mapping[str, Any], claims: Iterable[Mapping[str, Any]], sources: Mapping[str, Mapping[str, Any]]) -> list[Text]:
    """List all texts of an incident, of its claims and of the sources they name, but for words of the vocabularies.

    What its places are called in the page's languages is among them: a page says it for them.
    """
    return [text for text in _texts(row, claims, sources) if text.words and fold(text.words)]


def _texts(row: Mapping[str, Any], claims: Iterable[Mapping[str, Any]], sources: Mapping[str, Mapping[str, Any]]) -> Iterator[Text]:
    yield Text("id", "id", row["id"])
    for old in row["merged_from"] or ():
        yield Text("id", "merged_from", old)
    for column in ("title", "actor", "target", "weapon", "notes"):
        yield Text(column, column, row[column])
        # Of several reports: what one of them says must not stand elsewhere either.
        for part in (row[column] or "").split(SEPARATORS[column]) if column in SEPARATORS else ():
            yield Text(column, column, part)
    for tag in row["tags"] or ():
        yield Text("tags", "tags", tag)
    for correction in row["corrections"] or ():
        for name in _CORRECTION:
            yield Text("corrections", f"corrections.{name}", correction[name])
    for column in ("place_text", "admin1", "unplaced"):
        yield Text("place", column, row[column])
    local = LocalNames.load()
    for place in row["places"] or ():
        for name in _PLACE:
            yield Text("place", f"places.{name}", place[name])
        at = None if place["lon"] is None or place["lat"] is None else (place["lon"], place["lat"])
        for called in local.of(place["place_id"], place["name"], place["country"], at).values():
            yield Text("place", "places.name", called)
        for candidate in place["candidates"] or ():
            for name in _CANDIDATE:
                yield Text("place", f"candidates.{name}", candidate[name])
            for called in local.of(candidate["place_id"]).values():
                yield Text("place", "candidates.name", called)
    for claim in claims:
        yield Text("quotes", "quote", claim["quote"])
        yield Text("claimants", "by", claim["by"])
        source = sources.get(claim["source_id"])
        if source:
            yield Text("publishers", "publisher", source["publisher"])
            for column in ("id", "url", "title", "sha256"):
                yield Text("links", f"source {column}", source[column])


def positions_of(row: Mapping[str, Any], geometry: shapely.Geometry | None, boundaries: Boundaries) -> NDArray[np.float64]:
    """Give every position that an incident has, `lon, lat`, one a row; the outlines of areas that everybody knows are none."""
    named = [(p["lon"], p["lat"]) for p in row["places"] or ()]
    named += [(c["lon"], c["lat"]) for p in row["places"] or () for c in p["candidates"] or ()]
    own = [np.array([pair for pair in named if None not in pair], dtype=float).reshape(-1, 2)]
    if geometry is not None and not geometry.is_empty:
        corners = shapely.get_coordinates(geometry)
        public = _outlines([p["place_id"] for p in row["places"] or ()], boundaries) if len(corners) > 3 else None
        own.append(corners if public is None else corners[~np.isin(_packed(corners), _packed(public))])
    found: NDArray[np.float64] = np.unique(np.concatenate(own), axis=0)
    return found


def _outlines(place_ids: Sequence[str | None], boundaries: Boundaries) -> NDArray[np.float64]:
    areas = [boundaries.area(place_id) for place_id in dict.fromkeys(place_ids) if place_id and place_id in boundaries]
    return np.concatenate([np.zeros((0, 2)), *(shapely.get_coordinates(area) for area in areas)])


def _packed(positions: NDArray[np.float64]) -> NDArray[np.int64]:
    """Make one number of each position, to a tenth of a metre."""
    steps = np.round(positions * 1e6).astype(np.int64)
    packed: NDArray[np.int64] = steps[:, 0] * 400_000_000 + steps[:, 1]
    return packed
