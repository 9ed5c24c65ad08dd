"""What is public all the same: said by an incident that is not hidden, by the author of the map, or by the page itself."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.editing.secrets import says
from mapper.gazetteer.names import fold_passage
from mapper.page.assets import bundle
from mapper.page.columns import Numbers, Texts
from mapper.page.names import names_of
from mapper.page.nearness import in_text
from mapper.page.opened import open_table
from mapper.page.words import catalogue
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from mapper.tables import Tables

__all__ = ["BETWEEN", "Public", "folded"]

#: A word that is none, to keep apart texts that are folded at once.
BETWEEN = "qzqzq"


def folded(values: Iterable[str]) -> str:
    """Fold many texts at once, with `BETWEEN` between each two."""
    return fold_passage(f" {BETWEEN} ".join(values))


class Public:
    """The words and positions of all incidents but the hidden ones, and the words of the page.

    Parameters
    ----------
    hidden
        Ids of the incidents that do not count.
    words
        What the author of the map says.
    kept
        Folded texts of hidden incidents that the rules leave in them.
    """

    def __init__(self, tables: Tables, hidden: set[str], words: Iterable[str], kept: Iterable[str]) -> None:
        self._tables, self._hidden, self._words, self._kept = tables, hidden, tuple(words), sorted(kept)
        self._said: dict[int, str] = {}

    def has(self, key: str, words: str) -> bool:
        """Tell whether words, with their folded key, are public."""
        if says(self._of_page, key) or any(says(value, key) for value in self._kept):
            return True
        if any(f" {key} " in self._folded(number) for number in range(len(self._columns))):
            return True
        return any(pc.any(pc.match_substring(column, words, ignore_case=True)).as_py() for column in self._columns)

    def positions(self) -> NDArray[np.float64]:
        """Give all positions of the incidents that are not hidden, `lon, lat`, one a row."""
        incidents = self._tables.incidents
        shown = ~incidents["id"].isin(self._hidden).to_numpy(dtype=bool)
        found = [shapely.get_coordinates(incidents.geometry.to_numpy()[shown])]
        table = pa.table({"places": self._tables.arrow("incidents")["places"].filter(pa.array(shown))})
        named = (piece.columns for piece in open_table(table, "places") if isinstance(piece, Numbers))
        found += [np.column_stack([columns["lon"], columns["lat"]]) for columns in named if {"lon", "lat"} <= columns.keys()]
        for column in self._columns:
            for text in column.filter(pc.match_substring_regex(column, r"\d[.,]\d{3}")).to_pylist():
                pairs = np.column_stack([in_text(text)[:-1], in_text(text)[1:]])
                found += [pairs, pairs[:, ::-1]]
        positions = np.concatenate(found)
        known: NDArray[np.float64] = positions[np.isfinite(positions).all(axis=1)]
        return known

    @cached_property
    def _of_page(self) -> str:
        """Everything the page says of itself, folded."""
        return " ".join([_of_program(), *(fold_passage(text) for text in self._words)])

    @cached_property
    def _columns(self) -> list[pa.Array]:
        """Give the different texts of each column, the shortest first: most of what is public is a word that many have.

        What places are called in the page's languages is such a column too.
        """
        tables = self._tables
        shown = pa.array(~tables.incidents["id"].isin(self._hidden).to_numpy(dtype=bool))
        incidents = tables.arrow("incidents").filter(shown)
        claims = tables.arrow("claims")
        told = claims.filter(pc.is_in(claims["incident_id"], value_set=incidents["id"].combine_chunks()))
        sources = tables.arrow("sources")
        hidden_only = set(claims["source_id"].to_pylist()) - set(told["source_id"].to_pylist())
        sources = sources.filter(pa.array([key not in hidden_only for key in sources["id"].to_pylist()], pa.bool_()))
        pieces = [piece for table in (incidents, told, sources) for piece in open_table(table, "")]
        columns = [pc.unique(pa.array(piece.values, pa.string())) for piece in pieces if isinstance(piece, Texts)]
        columns.append(pa.array(sorted(set(names_of(incidents).all())), pa.string()))
        return sorted(columns, key=lambda column: column.nbytes)

    def _folded(self, number: int) -> str:
        """Give the different texts of a column folded, as one text with a blank at either end."""
        if number not in self._said:
            self._said[number] = f" {folded(self._columns[number].to_pylist())} "
        return self._said[number]


@cache
def _of_program() -> str:
    """Give the words that every page has, folded."""
    texts = [bundle("mapper.js"), bundle("mapper.css"), *(str(catalogue(lang)) for lang in LANGUAGES)]
    return " ".join(fold_passage(text) for text in texts)
