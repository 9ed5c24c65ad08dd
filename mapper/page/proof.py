"""The proof that a map gives nothing away: all that is to be published is taken apart, and nothing hidden may be in it.

What counts, exactly. In the row of a hidden incident, and in its places, claims and sources, none of its hidden words may
stand, nor any position within 100 m of a hidden one, nor a hidden radius or span. Anywhere else a hidden word or position
may stand only where it is public all the same: another incident, which is not hidden, has it in its own columns; it is a
word of the page, of the definition or of the program; it is a corner of an area's outline. The basemap, which is the same
whatever happened, is not looked at. What cannot be read is not vouched for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.editing.secrets import Mask, Secret, Secrets, Text
from mapper.errors import DisclosureError, InputError
from mapper.gazetteer.names import fold
from mapper.layers.waters import water_outlines
from mapper.page import archive
from mapper.page.columns import Numbers, Texts
from mapper.page.nearness import Positions, in_text, pairs_in_bytes
from mapper.page.opened import open_bytes, open_page, open_table
from mapper.page.payload import LONLAT
from mapper.page.public import BETWEEN, Public, folded
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.page.nearness import Hits
    from mapper.page.opened import Bytes, Piece

__all__ = ["prove"]

#: Hidden words of fewer letters are looked for in the rows of their own incident only: anything may be called so.
_SHORTEST = 3

#: Letters from which on a hidden word is also found as the beginning of a longer one, in its own row; numbers never are.
_STEM = 4

#: What a number of a column of this name may give away.
_SPANS = ("start", "end")

#: The column of numbers found in text, and the steps to a degree that these have at least.
_DECIMAL = "decimal"
_IN_TEXT = 1e3

#: What every number found in text has in it.
_DIGITS = r"\p{Nd}[.,]\p{Nd}{3}"

#: Degrees that a coordinate of the page may be off.
_STEP = 0.75 / LONLAT

#: Bytes up to which a number of four bytes is not there by chance.
_CHANCE = 1 << 20


def prove(
    outputs: Mapping[str, str | bytes | Tables], secrets: Secrets, tables: Tables, *, boundaries: Boundaries, words: Iterable[str] = ()
) -> str:
    """Take everything apart that is to be published and look for what is hidden.

    Parameters
    ----------
    outputs
        What is to be written, by name: a page, any other text or bytes, or tables as they come back out of a map.
    tables
        The incidents as they are published: what those that are not hidden say is public.
    words
        What the author of the map says: its title, its description, the reasons of the rules.

    Returns
    -------
    One line that says what was proved.

    Raises
    ------
    DisclosureError
        If something hidden is found, or something cannot be read; it names the column and the rule, not what is hidden.
    """
    proof = _Proof(secrets, tables, boundaries, words)
    for name, output in outputs.items():
        proof.check(name, output)
    incidents, positions, texts = secrets.counts()
    by_rule = ", ".join(f"rule {number}: {count}" for number, count in secrets.by_rule().items())
    nothing = f"none of {positions} exact positions and {texts} hidden texts in the output"
    return f"proved: {incidents} sensitive incidents ({by_rule}), {nothing}"


class _Proof:
    def __init__(self, secrets: Secrets, tables: Tables, boundaries: Boundaries, words: Iterable[str]) -> None:
        self._own = {secret.id: secret for secret in secrets.listed if secret.id}
        self._listed = secrets.listed
        self._positions = Positions(np.concatenate([np.zeros((0, 2)), *(secret.positions for secret in self._listed)]))
        self._secret_of = np.repeat(np.arange(len(self._listed)), [len(secret.positions) for secret in self._listed])
        self._keys: dict[str, dict[str, tuple[Secret, Text, frozenset[str]]]] = defaultdict(dict)
        for secret in self._listed:
            for key, text in secret.texts.items():
                if len(key) >= _SHORTEST:
                    # By its longest word, which the fewest other texts have.
                    words_of_key = key.split()
                    self._keys[max(words_of_key, key=len)].setdefault(key, (secret, text, frozenset(words_of_key)))
        self._masks = {secret.id: Mask(secret.names) for secret in self._own.values()}
        hidden = {key for secret in self._listed for key in secret.texts}
        self._mask = Mask({name for secret in self._own.values() for name in secret.names} - hidden)
        kept = {value for secret in self._own.values() for value in secret.values}
        self._public = Public(tables, set(self._own), words, kept)
        areas = [*boundaries.areas(secrets.outlines), *water_outlines(tables.arrow("incidents"), boundaries)]
        self._outlines = [shapely.get_coordinates(area) for area in areas]
        self._seen: set[str] = set()
        self._looked_at: set[str] = set()

    def check(self, name: str, output: str | bytes | Tables) -> None:
        """Look at one thing that is to be published."""
        self._seen.clear()
        for piece in _pieces(output, name):
            if isinstance(piece, Texts):
                self._texts(name, piece)
            elif isinstance(piece, Numbers):
                self._numbers(name, piece)
            else:
                self._bytes(name, piece)
        if isinstance(output, str) and _is_page(output) and (missing := len(self._own.keys() - self._seen)):
            problem = f"{missing} incidents with hidden places were not found in it, so nobody can tell what it says of them"
            raise DisclosureError(f"{name}: {problem}; nothing is written")

    # Texts

    def _texts(self, name: str, piece: Texts) -> None:
        if not piece.owners or self._own.keys().isdisjoint(piece.owners):
            self._other_texts(name, piece.where, self._new(piece.values))
            self._decimals(name, piece)
            return
        others: list[str] = []
        at = 0
        for row in [i for i, owner in enumerate(piece.owners) if owner in self._own]:
            secret = self._own[piece.owners[row]]
            self._seen.add(secret.id)
            self._own_text(name, piece.where, piece.values[row], secret)
            others += piece.values[at:row]
            at = row + 1
        others += piece.values[at:]
        self._other_texts(name, piece.where, self._new(others))
        self._decimals(name, piece)

    def _new(self, values: Sequence[str]) -> list[str]:
        """Give the texts that were not looked at yet: what one says does not depend on where it stands, and most stand in two places."""
        new = list(set(values) - self._looked_at)
        self._looked_at.update(new)
        return new

    def _own_text(self, name: str, where: str, value: str, secret: Secret) -> None:
        for spelling in _spellings(value):
            words = fold(spelling)
            if words in secret.values:
                continue
            for key, text in secret.texts.items():
                if self._masks[secret.id].says(words, key, whole=len(key) < _STEM or not key[-1].isalpha()):
                    raise self._found(name, where, secret, text.column)

    def _other_texts(self, name: str, where: str, values: Sequence[str]) -> None:
        joined = f" {folded([*values, *(unquote(value) for value in values if '%' in value)])} "
        present = set(joined.split())
        for longest in self._keys.keys() & present:
            for key, (secret, text, said) in list(self._keys[longest].items()):
                if said <= present and any(self._mask.says(words, key) for words in _having(joined, key)):
                    if not self._public.has(key, text.words):
                        raise self._found(name, where, secret, text.column)
                    del self._keys[longest][key]

    def _decimals(self, name: str, piece: Texts) -> None:
        some = pc.match_substring_regex(pa.array(piece.values, pa.large_string()), _DIGITS)
        for i in np.flatnonzero(np.asarray(some)).tolist():
            numbers = in_text(piece.values[i])
            if len(numbers):
                owners = [piece.owners[i]] * len(numbers) if piece.owners else None
                self._numbers(name, Numbers(piece.where, {_DECIMAL: numbers}, owners))

    # Numbers

    def _numbers(self, name: str, piece: Numbers) -> None:
        for hits in self._positions.in_columns(piece.columns):
            self._judge(name, piece.where, hits, piece.owners, _IN_TEXT if _DECIMAL in piece.columns else LONLAT)
        owners = piece.owners or ()
        rows = np.array([i for i, owner in enumerate(owners) if owner in self._own], dtype=np.int64)
        self._seen.update(owners[row] for row in rows.tolist())
        for column, values in piece.columns.items():
            named = "radius" in column or column in _SPANS
            for row in (rows if named else rows[self._may_be_coordinates(values[rows])]).tolist():
                self._own_number(name, piece.where, column, float(values[row]), self._own[owners[row]])

    def _own_number(self, name: str, where: str, column: str, value: float, secret: Secret) -> None:
        """Look at a number that stands alone in the row of a hidden incident."""
        hidden = ""
        if "radius" in column:
            metres = value * (1000 if "km" in column else 1)
            hidden = "radius_km" if any(abs(metres - known) < 1 for known in secret.numbers.get("radius", ())) else ""
        elif column in _SPANS:
            hidden = column if value in secret.numbers.get(column, ()) else ""
        elif np.isfinite(value) and self._is_coordinate(float(_degrees(np.array(value))), secret):
            hidden = "position"
        if hidden:
            raise self._found(name, where, secret, hidden)

    def _may_be_coordinates(self, values: NDArray[Any]) -> NDArray[np.bool_]:
        """Mark the numbers that are a longitude or latitude of any hidden position, to the page's resolution."""
        hidden = self._degrees
        degrees = _degrees(values)
        after = np.clip(np.searchsorted(hidden, degrees), 1, len(hidden) - 1)
        near: NDArray[np.bool_] = np.minimum(np.abs(hidden[after] - degrees), np.abs(hidden[after - 1] - degrees)) <= _STEP
        return near

    @cached_property
    def _degrees(self) -> NDArray[np.float64]:
        """All hidden longitudes and latitudes, rising, between two that are none."""
        return np.concatenate([[-np.inf], np.sort(self._positions.positions.ravel()), [np.inf]])

    def _is_coordinate(self, value: float, secret: Secret) -> bool:
        """Tell whether a number is a hidden longitude or latitude to the page's resolution, and none of what may be shown."""
        if not (np.abs(secret.positions - value) <= _STEP).any() or (np.abs(secret.anchors - value) <= _STEP).any():
            return False
        return not any((np.abs(outline - value) <= 1e-9).any() for outline in self._outlines)

    def _judge(self, name: str, where: str, hits: Hits, owners: Sequence[str] | None, coarsest: float) -> None:
        """Let pass what is public; `coarsest` says how many steps to a degree a number in degrees was rounded to at least."""
        for row, hidden, found in zip(hits.row.tolist(), hits.hidden.tolist(), hits.found, strict=True):
            own = self._own.get(owners[row]) if owners else None
            reach = 0.75 / (hits.steps if hits.steps > 1 else coarsest)
            known = [self._outlines_near] if own else [self._outlines_near, self._public_near]
            known.append(own.anchors if own else self._anchors)
            if not any(len(places) and (np.abs(places - found) <= reach).all(axis=1).any() for places in known):
                raise self._found(name, where, self._listed[self._secret_of[hidden]], "position")

    @cached_property
    def _anchors(self) -> NDArray[np.float64]:
        return np.concatenate([np.zeros((0, 2)), *(secret.anchors for secret in self._listed)])

    @cached_property
    def _outlines_near(self) -> NDArray[np.float64]:
        return self._near(np.concatenate([np.zeros((0, 2)), *self._outlines]))

    @cached_property
    def _public_near(self) -> NDArray[np.float64]:
        return self._near(self._public.positions())

    def _near(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = [hits.row for hits in self._positions.pairs(*positions.T)]
        near: NDArray[np.float64] = positions[np.unique(np.concatenate(rows))] if rows else positions[:0]
        return near

    # Bytes

    def _bytes(self, name: str, piece: Bytes) -> None:
        for form, values in pairs_in_bytes(piece.data):
            for hits in self._positions.in_columns({form: values}):
                self._judge(name, piece.where, hits, None, LONLAT)
            if form[1:] == "f8" or (form[1:] == "f4" and len(piece.data) <= _CHANCE):
                for hits in self._positions.anywhere(values):
                    self._judge(name, piece.where, hits, None, LONLAT)
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            self._other_texts(name, piece.where, [piece.data.decode(coding, "replace")])

    def _found(self, name: str, where: str, secret: Secret, column: str) -> DisclosureError:
        rules = " and ".join(str(rule) for rule in secret.rules)
        problem = f"{column} of an incident that sensitivity rule {rules} hides still stands in it ({where}); nothing is written"
        return DisclosureError(f"{name}: {problem}; drop or coarsen more in that rule, or take it out of the inputs")


def _archived(page: str, name: str) -> Iterator[Piece]:
    """Take apart what comes back out of a page's archive, whose rest alone says little."""
    try:
        unpacked = archive.opened(page.encode(), Path(name))
    except InputError as error:
        raise DisclosureError(f"{name}: its archive cannot be read, so nobody can tell what is in it ({error.problem})") from error
    yield from _pieces(unpacked.tables, "the archive")
    yield from open_bytes(json.dumps(unpacked.about, ensure_ascii=False).encode(), "the archive's record")


def _pieces(output: str | bytes | Tables, name: str) -> Iterator[Piece]:
    if isinstance(output, Tables):
        incidents = output.arrow("incidents").append_column("geometry", pa.array(output.incidents.geometry.to_wkb(), pa.binary()))
        for title, table in (("incidents", incidents), ("claims", output.arrow("claims")), ("sources", output.arrow("sources"))):
            yield from open_table(table, title)
    elif isinstance(output, str) and _is_page(output):
        yield from open_page(output)
        if archive.is_carried(output):
            yield from _archived(output, name)
    elif isinstance(output, str):
        yield from open_bytes(output.encode(), "the text")
    else:
        yield from open_bytes(output, "the file")


def _degrees(values: NDArray[Any]) -> NDArray[np.float64]:
    """Read numbers as degrees: whole ones count steps, as in the page."""
    numbers = np.asarray(values, dtype=float)
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    return np.where(numbers == np.round(numbers), numbers / LONLAT, numbers)


def _is_page(text: str) -> bool:
    return "<html" in text[:200]


def _spellings(value: str) -> tuple[str, ...]:
    """Give a text as it stands, and without the escapes of an address."""
    return (value, unquote(value)) if "%" in value else (value,)


def _having(joined: str, key: str) -> Iterator[str]:
    """Give each of the texts folded at once, with a blank at either end, that has a key in it."""
    at = joined.find(f" {key} ")
    while at >= 0:
        start, end = joined.rfind(BETWEEN, 0, at + 1), joined.find(BETWEEN, at)
        end = len(joined) if end < 0 else end
        yield joined[start + len(BETWEEN) if start >= 0 else 0 : end].strip()
        at = joined.find(f" {key} ", end)
