"""Sensitivity rules: which incidents of a map are shown less precisely, later, or without their words.

A map definition has them as `[[sensitivity]]` tables. A rule applies where all of its conditions hold; where several
rules apply, the coarsest level, the longest delay and all that any of them hides.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.errors import DefinitionError
from mapper.incidents import INCIDENTS, SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = ["DROPPED", "LEVELS", "Rule", "Treatment", "combined", "matching", "parse_rules"]

#: What a place can be coarsened to, from the finest.
LEVELS = ("settlement", "admin2", "admin1", "country")

#: Words that can be dropped one by one, and what they stand for.
DROPPED: Mapping[str, str] = {
    "title": "the title; one is made of type and place instead",
    "quotes": "the quotes and where they stand in their source",
    "claimants": "who says it",
    "actor": "the column actor",
    "target": "the column target",
    "weapon": "the column weapon",
    "notes": "the notes",
    "tags": "the tags, but for those that the program sets and that rules name",
    "links": "address, title, date and hash of the sources",
    "publishers": "the publishers of the sources",
    "corrections": "what editors have changed",
}

#: Words that stand for several of them. Nobody can tell for sure which words of a text name a person, so all go in which
#: one may stand.
_SETS: Mapping[str, frozenset[str]] = {
    "names": frozenset({"title", "quotes", "claimants", "actor", "target", "notes", "tags", "links", "corrections"}),
    "sources": frozenset({"links", "publishers"}),
}

#: What goes with every coarsening unless a rule keeps it: these say where something happened.
_TELLING = frozenset({"title", "quotes", "claimants", "target", "notes", "tags", "links", "corrections"})

#: Columns of the incidents and of their claims that a rule may look into.
_OF_CLAIMS = ("by", "quote")
_COLUMNS = (*(name for name, kind in INCIDENTS.items() if pa.types.is_string(kind) and name not in {"id", "timezone"}), *_OF_CLAIMS)

_DURATION = re.compile(r"(\d+)\s*(h|d)")
_SETTINGS = ("type", "tag", "sensitivity", "column", "equals", "contains", "country", "coarsen", "delay", "drop", "keep", "reason")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: conditions, of which empty ones hold always, and what to do.

    Attributes
    ----------
    number
        Its place in the definition, from 1.
    reason
        What the reader is told.
    equals, contains
        What the text in `column` is or has in it, whatever the case of its letters; any of them.
    coarsen
        One of `LEVELS`, or empty.
    delay
        How long after its report an incident is withheld.
    drop, keep
        Words of `DROPPED`. What is kept is kept only where it names no place that the rule hides.
    """

    number: int
    reason: str
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sensitivities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    column: str = ""
    equals: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    coarsen: str = ""
    delay: dt.timedelta = dt.timedelta(0)
    drop: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    @property
    def hides(self) -> frozenset[str]:
        """What of `DROPPED` goes: what is asked for, and what would tell the place."""
        return self.drop | ((_TELLING - self.keep) if self.coarsen else frozenset())


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the rules that apply to an incident come to."""

    rules: tuple[int, ...]
    reason: str
    level: str
    delay: dt.timedelta
    hides: frozenset[str]
    tags: frozenset[str]

    @property
    def changes(self) -> bool:
        """Whether an incident looks different, not only later."""
        return bool(self.level or self.hides)


def combined(rules: Sequence[Rule]) -> Treatment:
    """Put together the rules that apply to one incident."""
    levels = [LEVELS.index(rule.coarsen) for rule in rules if rule.coarsen]
    return Treatment(
        rules=tuple(rule.number for rule in rules),
        reason=" ".join(dict.fromkeys(rule.reason for rule in rules)),
        level=LEVELS[max(levels)] if levels else "",
        delay=max(rule.delay for rule in rules),
        hides=frozenset().union(*(rule.hides for rule in rules)),
        tags=frozenset().union(*(rule.tags for rule in rules)),
    )


def matching(tables: Tables, rules: Sequence[Rule]) -> list[NDArray[np.bool_]]:
    """Tell for each rule which incidents it applies to: booleans in the order of the incidents."""
    return [_matches(tables, rule) for rule in rules]


def _matches(tables: Tables, rule: Rule) -> NDArray[np.bool_]:
    incidents = tables.incidents
    found = np.ones(len(incidents), dtype=bool)
    for column, words in (("type", rule.types), ("sensitivity", rule.sensitivities)):
        if words and found.any():
            found &= _flags(_is_one_of(_arrow(incidents[column]), words, SEPARATORS.get(column)))
    if rule.countries and found.any():
        # One over two countries has its countries at its places.
        places = _arrow(incidents["places"])
        of_places = _any_in_list(places, lambda flat: _is_one_of(pc.struct_field(flat, "country"), rule.countries))
        found &= _flags(_is_one_of(_arrow(incidents["country"]), rule.countries)) | of_places
    if rule.tags and found.any():
        found &= _any_in_list(_arrow(incidents["tags"]), lambda flat: _is_one_of(flat, rule.tags))
    if rule.column and found.any():
        if rule.column in _OF_CLAIMS:
            saying = _flags(_says(_arrow(tables.claims[rule.column]), rule))
            found &= incidents["id"].isin(tables.claims["incident_id"][saying]).to_numpy(dtype=bool)
        else:
            found &= _flags(_says(_arrow(incidents[rule.column]), rule))
    return found


def _arrow(column: pd.Series) -> pa.ChunkedArray:
    values = pa.array(column)
    return values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])


def _flags(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(column, False).to_numpy(), dtype=bool)


def _is_one_of(column: pa.Array | pa.ChunkedArray, words: Sequence[str], separator: str | None = None) -> pa.Array | pa.ChunkedArray:
    """Compare whatever the case, and without the blanks around; with a separator, also what stands between two of it."""
    column = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    wanted = [word.lower() for word in words]
    if separator is None:
        return pc.is_in(column, value_set=pa.array(wanted, pa.string()))
    bounded = pc.binary_join_element_wise("", column, "", separator)
    return functools.reduce(pc.or_kleene, (pc.match_substring(bounded, f"{separator}{word}{separator}") for word in wanted))


def _any_in_list(column: pa.ChunkedArray, test: Callable[[pa.Array], pa.Array]) -> NDArray[np.bool_]:
    """Tell for each list of a column whether any of its entries passes the test."""
    parts = []
    for chunk in column.chunks:
        hit = np.zeros(len(chunk), dtype=bool)
        flat = pc.list_flatten(chunk)
        if len(flat):
            passed = np.asarray(pc.fill_null(test(flat), False).to_numpy(zero_copy_only=False), dtype=bool)
            hit[np.asarray(pc.list_parent_indices(chunk))[passed]] = True
        parts.append(hit)
    return np.concatenate(parts) if parts else np.zeros(0, dtype=bool)


def _says(column: pa.ChunkedArray, rule: Rule) -> pa.ChunkedArray:
    tests = [_is_one_of(column, rule.equals, SEPARATORS.get(rule.column))] if rule.equals else []
    tests += [pc.match_substring(column, words, ignore_case=True) for words in rule.contains]
    return functools.reduce(pc.or_kleene, tests)


def parse_rules(value: Any, path: Path | str, taxonomy: Taxonomy) -> tuple[Rule, ...]:
    """Read the `[[sensitivity]]` tables of a definition.

    Raises
    ------
    DefinitionError
        If a setting is unknown, missing or wrong; it says which rule and what to write.
    """
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise DefinitionError(path, "sensitivity", "expected tables, each under a line [[sensitivity]] with two brackets")
    return tuple(_Parser(entry, number, path, taxonomy).rule() for number, entry in enumerate(value, start=1))


@dataclass(frozen=True, slots=True)
class _Parser:
    entry: Mapping[str, Any]
    number: int
    path: Path | str
    taxonomy: Taxonomy

    def rule(self) -> Rule:
        entry = self.entry
        for key in entry:
            if key not in _SETTINGS:
                raise self._fault(key, f"unknown setting; {_hint(key, _SETTINGS)}")
        reason = entry.get("reason")
        if not isinstance(reason, str) or not reason.strip():
            raise self._fault("reason", 'tell the reader why, such as reason = "Hospitals are shown as their oblast."')
        rule = Rule(
            number=self.number,
            reason=reason.strip(),
            types=self._words("type", tuple(self.taxonomy.types)),
            tags=self._words("tag"),
            sensitivities=self._words("sensitivity"),
            countries=self._words("country"),
            column=self._word("column", _COLUMNS),
            equals=self._words("equals"),
            contains=self._words("contains"),
            coarsen=self._word("coarsen", LEVELS),
            delay=self._delay(),
            drop=self._dropped("drop"),
            keep=self._dropped("keep"),
        )
        self._check(rule)
        return rule

    def _check(self, rule: Rule) -> None:
        if bool(rule.column) != bool(rule.equals or rule.contains):
            raise self._fault("column", 'goes with equals or contains, such as column = "target" and contains = "hospital"')
        if not (rule.types or rule.tags or rule.sensitivities or rule.countries or rule.column):
            raise self._fault("type", "say which incidents: type, tag, sensitivity, country, or column with equals or contains")
        if not (rule.coarsen or rule.delay or rule.drop):
            raise self._fault("coarsen", "say what to do: coarsen, delay or drop")
        if rule.keep and not rule.coarsen:
            raise self._fault("keep", "goes with coarsen: it names what coarsening would drop")
        if both := sorted(rule.keep & rule.drop):
            raise self._fault("keep", f"{both[0]} is under drop too; take it out of one")
        if "corrections" in rule.keep:
            raise self._fault("keep", "corrections hold the old places, and cannot be kept")

    def _word(self, key: str, allowed: Sequence[str]) -> str:
        value = self.entry.get(key, "")
        if not isinstance(value, str):
            raise self._fault(key, f"expected one of {', '.join(allowed)}, got {value!r}")
        if key in self.entry and value not in allowed:
            raise self._fault(key, f"{value!r} is not known; {_hint(value, allowed)}")
        return value

    def _words(self, key: str, allowed: Sequence[str] = ()) -> tuple[str, ...]:
        value = self.entry.get(key, [])
        listed = [value] if isinstance(value, str) else value
        good = isinstance(listed, list) and all(isinstance(word, str) and word.strip() for word in listed)
        if not good or (key in self.entry and not listed):
            raise self._fault(key, f"expected text in quotes or a list of such, got {value!r}")
        for word in listed:
            if allowed and word not in allowed:
                raise self._fault(key, f"{word!r} is not known; {_hint(word, allowed)}")
        return tuple(word.strip() for word in listed)

    def _dropped(self, key: str) -> frozenset[str]:
        words = self._words(key, (*DROPPED, *_SETS))
        return frozenset().union(*(_SETS.get(word, {word}) for word in words))

    def _delay(self) -> dt.timedelta:
        value = self.entry.get("delay", "")
        found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        if "delay" not in self.entry:
            return dt.timedelta(0)
        if not found or not 0 < int(found[1]) <= 36_500:
            raise self._fault("delay", f'expected hours or days, such as "48h" or "3d", got {value!r}')
        return dt.timedelta(hours=int(found[1])) if found[2] == "h" else dt.timedelta(days=int(found[1]))

    def _fault(self, key: str, problem: str) -> DefinitionError:
        return DefinitionError(self.path, f"sensitivity, rule {self.number}, {key}", problem)


def _hint(word: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean {near[0]}?" if near else f"expected one of {', '.join(allowed)}"
