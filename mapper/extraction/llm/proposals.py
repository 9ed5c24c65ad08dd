"""What a language model is asked, and the form that its answer must have."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import CASUALTIES, CHILDREN, PROJECTILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["fault", "messages", "parse", "schema"]


#: Asked for, but unknown where an answer leaves them out: models were set up before these were counted.
_MAY_LACK = ("lost", *CHILDREN.values())

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_MOST_INCIDENTS = 100
_MOST_NUMBER = 1_000_000
_TEXT: Mapping[str, Any] = {"type": ["string", "null"]}
_NUMBER: Mapping[str, Any] = {"type": ["integer", "null"]}


@cache
def _instructions() -> str:
    return files("mapper.extraction.llm").joinpath("instructions.txt").read_text(encoding="utf-8")


def messages(article: Article, passage: str) -> list[dict[str, str]]:
    """Put a passage of an article into words for the model."""
    head = {"published": str(article.published) if article.published else None, "lang": article.lang or None}
    said = json.dumps({**head, "text": passage}, ensure_ascii=False)
    return [{"role": "system", "content": _instructions()}, {"role": "user", "content": said}]


def schema(taxonomy: Taxonomy) -> dict[str, Any]:
    """Give the JSON schema of an answer."""
    amount = _object({"low": _NUMBER, "best": _NUMBER, "high": _NUMBER})
    place = _object({"text": {"type": "string"}, "role": {"enum": ["at", "over"]}})
    incident = {
        "type": {"enum": list(taxonomy.types)},
        "quote": {"type": "string"},
        "places": {"type": "array", "items": place},
        "date_start": _TEXT,
        "date_end": _TEXT,
        "date_precision": {"enum": ["night", "day", "range", "week", "month", None]},
        **dict.fromkeys(PROJECTILES, _NUMBER),
        **dict.fromkeys(CASUALTIES, amount),
        **dict.fromkeys(CHILDREN.values(), _NUMBER),
        "by": _TEXT,
        "status": {"enum": ["claimed", "confirmed", "denied"]},
        "weapon": {"enum": [*taxonomy.weapons, None]},
        "actor": {"enum": [*Vocabulary.load("en").table("actors"), None]},
        "target": _TEXT,
    }
    return _object({"incidents": {"type": "array", "items": _object(incident)}})


def parse(answer: str) -> list[Any]:
    """Read the incidents of an answer, one that stands in a code fence too.

    Raises
    ------
    ValueError
        If it is not the JSON that was asked for, and in what.
    """
    fenced = _FENCE.match(answer)
    try:
        document = json.loads(fenced[1] if fenced else answer, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ValueError("answered with something else than JSON") from None
    incidents = document.get("incidents") if isinstance(document, dict) else None
    if not isinstance(incidents, list):
        raise ValueError('answered with JSON that is no {"incidents": [...]}')  # noqa: TRY004
    if len(incidents) > _MOST_INCIDENTS:
        raise ValueError(f"answered with {len(incidents)} incidents for one passage, more than {_MOST_INCIDENTS}")
    return [dict.fromkeys(_MAY_LACK) | one if isinstance(one, dict) else one for one in incidents]


def fault(value: Any, form: Mapping[str, Any], field: str = "") -> tuple[str, str] | None:
    """Find the first place where a value does not have the form of its schema: the field, and what was expected."""
    if "enum" in form:
        expected = ", ".join("null" if word is None else str(word) for word in form["enum"])
        known = any(value is word or (isinstance(value, str) and value == word) for word in form["enum"])
        return None if known else (field, f"expected one of {expected}")
    kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
    if not any(_IS[kind](value) for kind in kinds):
        return field, f"expected {' or '.join(kinds)}"
    if isinstance(value, int) and not 0 <= value <= _MOST_NUMBER:
        return field, f"expected a number from 0 to {_MOST_NUMBER:,}"
    if isinstance(value, list):
        found = (fault(item, form["items"], field) for item in value)
        return next((f for f in found if f), None)
    if isinstance(value, dict):
        if unknown := sorted(set(value) - set(form["properties"])):
            return _within(field, unknown[0]), "is no field that was asked for"
        if missing := [key for key in form["required"] if key not in value]:
            return _within(field, missing[0]), "is missing"
        found = (fault(value[key], form["properties"][key], _within(field, key)) for key in form["properties"])
        return next((f for f in found if f), None)
    return None


_IS = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _within(field: str, key: str) -> str:
    key = key[:40]
    return f"{field}.{key}" if field else key


def _no_number(constant: str) -> None:
    raise ValueError(constant)
