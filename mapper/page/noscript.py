"""The table for a reader whose browser runs no scripts: what, when, where, how sure, who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from mapper.incidents import CHILDREN, TAG_TITLE_GENERATED
from mapper.page.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.page.names import Names
    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = ["MOST", "rows"]

#: Incidents in the table at most; a longer one would double the file for few readers.
MOST = 2000

#: How much of a time is worth saying, by its precision.
_SAID = {"exact": 16, "hour": 16, "month": 7, "year": 4}


def rows(tables: Tables, taxonomy: Taxonomy, lang: str, words: Mapping[str, str], names: Names) -> list[dict[str, str]]:
    """Give the cells of each incident, the newest first; nothing at all if there are more than `MOST`."""
    table = tables.arrow("incidents")
    if len(table) > MOST:
        return []
    order = pc.sort_indices(table, sort_keys=[("date_start", "descending", "at_end"), ("id", "ascending", "at_end")])
    told = _sources(tables)
    labels = {t.id: t.label.get(lang, t.label["en"]) for t in taxonomy.types.values()}
    return [
        {
            "type": labels.get(row["type"], row["type"]),
            "date": _date(row),
            "title": _title(row, labels, lang, words, names),
            "place": _place(row, lang, words, names),
            "killed": _toll(row, "killed", words),
            "injured": _toll(row, "injured", words),
            "status": words.get(f"f_{row['status']}", ""),
            "sources": "; ".join(told.get(row["id"], ())),
        }
        for row in table.take(order).to_pylist()
    ]


def _title(row: Mapping[str, Any], labels: Mapping[str, str], lang: str, words: Mapping[str, str], names: Names) -> str:
    title = row["title"]
    if lang != "en" and TAG_TITLE_GENERATED in (row["tags"] or ()):
        title = ", ".join(filter(None, (labels.get(row["type"], row["type"]), _names(row, lang, names))))
    return f"{title} ({words['l_retracted']})" if row["status"] == "retracted" else title


def _sources(tables: Tables) -> dict[str, list[str]]:
    sources = {s["id"]: s["publisher"] or s["title"] or "" for s in tables.arrow("sources").to_pylist()}
    told: dict[str, list[str]] = {}
    claims = tables.arrow("claims")
    for incident, by, source in zip(*(claims[c].to_pylist() for c in ("incident_id", "by", "source_id")), strict=True):
        name = ", ".join(word for word in (by, sources.get(source)) if word)
        mine = told.setdefault(incident, [])
        if name and name not in mine:
            mine.append(name)
    return told


def _date(row: Mapping[str, Any]) -> str:
    start, end = row["date_start"], row["date_end"]
    if start is None or row["date_precision"] == "unknown":
        return ""
    long = _SAID.get(row["date_precision"], 10)
    first = start.isoformat(sep=" ")[:long]
    last = end.isoformat(sep=" ")[:long] if end is not None else first
    return first if first == last else f"{first} – {last}"


def _place(row: Mapping[str, Any], lang: str, words: Mapping[str, str], names: Names) -> str:
    place = _names(row, lang, names)
    return f"{place} ({words['notPlaced']}: {_reason(row['unplaced'], words)})".strip() if row["unplaced"] else place


def _reason(reason: str, words: Mapping[str, str]) -> str:
    """Say one of our own reasons in the language of the page; what follows its colon stays as it is."""
    known, colon, rest = reason.partition(":")
    key = next((key for key, said in catalogue("en").items() if key.startswith("why_") and said == known), None)
    return (words[key] if key else known) + colon + rest


def _names(row: Mapping[str, Any], lang: str, names: Names) -> str:
    places = [p for p in row["places"] or () if p["role"] not in {"origin", "speaker"}]
    said = [names.say(lang, p["name"], p["admin1_name"], p["country"]) or p["text"] for p in places]
    return ", ".join(dict.fromkeys(n for n in said if n)) or row["place_text"] or ""


def _toll(row: Mapping[str, Any], kind: str, words: Mapping[str, str]) -> str:
    children = row[CHILDREN[kind]]
    among = f"({words['ofThemChildren']}: {children})" if children else ""
    return f"{_range(row, kind)} {among}".strip()


def _range(row: Mapping[str, Any], kind: str) -> str:
    low, best, high = (row[f"{kind}_{end}"] for end in ("low", "best", "high"))
    if low is None and high is None:
        return "" if best is None else str(best)
    if low == high:
        return str(low)
    words = f"{low}–{high}" if low is not None and high is not None else f"≥ {low}" if high is None else f"≤ {high}"
    return words if best is None or best in (low, high) else f"{words} ({best})"
