"""Sensitivity rules that apply to nothing: a word that is misspelt in one publishes what it was to hide."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process, utils

from mapper.editing.sensitivity import Rule, matching
from mapper.incidents import SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from mapper.tables import Tables

__all__ = ["idle"]

#: The settings of a rule that say which incidents it means, and where `Rule` has them.
_CONDITIONS = {
    "type": "types",
    "tag": "tags",
    "sensitivity": "sensitivities",
    "country": "countries",
    "equals": "equals",
    "contains": "contains",
}
#: Those that look into the column that the rule names.
_IN_COLUMN = ("equals", "contains")

#: From this likeness on, in per cent, a word may be another misspelt.
_ALIKE = 75

_WORD = re.compile(r"\w+")


def idle(tables: Tables, rules: Sequence[Rule], masks: Sequence[NDArray[np.bool_]]) -> Iterator[str]:
    """Name each rule that applies to no incident, and words of the others that no incident has but one much like them.

    Parameters
    ----------
    tables
        The incidents before any rule has changed them.
    masks
        Which incidents each rule applies to (see `sensitivity.matching`).
    """
    for rule, mask in zip(rules, masks, strict=True):
        hints = list(_hints(tables, rule, several=bool(mask.any())))
        if not mask.any():
            near = "; ".join(hints) or "see whether its words are spelt as the incidents have them"
            yield f"sensitivity: rule {rule.number} ({_condition(rule)}) applies to no incident and hides nothing; {near}"
        elif hints:
            yield f"sensitivity: rule {rule.number} ({_condition(rule)}): {'; '.join(hints)}"


def _condition(rule: Rule) -> str:
    said = [("column", (rule.column,))] if rule.column else []
    said += [(setting, getattr(rule, field)) for setting, field in _CONDITIONS.items() if getattr(rule, field)]
    return ", ".join(f"{key} = {_quoted(words[0] if len(words) == 1 else words)}" for key, words in said)


def _quoted(words: str | Sequence[str]) -> str:
    """Write as a definition has it."""
    return json.dumps(words, ensure_ascii=False)


def _hints(tables: Tables, rule: Rule, *, several: bool) -> Iterator[str]:
    """Say what each word that no incident has may be meant for; `several` leaves out the only word of a setting, which has one."""
    for setting, field in _CONDITIONS.items():
        words: Sequence[str] = getattr(rule, field)
        if setting == "type" or (several and len(words) == 1):
            continue
        for word in words:
            said: dict[str, Any] = {field: (word,), "column": rule.column if setting in _IN_COLUMN else ""}
            alone = Rule(rule.number, rule.reason, **said)
            if not matching(tables, [alone])[0].any() and (near := _nearest(word, _known(tables, rule, setting))):
                yield f"no incident has {setting} {_quoted(word)}: did you mean {_quoted(near)}?"


def _nearest(word: str, known: Sequence[str]) -> str | None:
    found = process.extractOne(word, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_ALIKE)
    return found[0] if found else None


def _known(tables: Tables, rule: Rule, setting: str) -> list[str]:
    """Give what the incidents have where a setting looks, sorted."""
    column = rule.column if setting in _IN_COLUMN else {"tag": "tags"}.get(setting, setting)
    of = "claims" if column not in tables.incidents else "incidents"
    values: pa.Array = tables.arrow(of)[column].combine_chunks()
    said = pc.unique(values.flatten() if pa.types.is_list(values.type) else values).drop_null().to_pylist()
    if setting == "contains":
        return sorted({word for text in said for word in _WORD.findall(text)})
    separator = SEPARATORS.get(column)
    return sorted({part for text in said for part in (text.split(separator) if separator else [text])})
