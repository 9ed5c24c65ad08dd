"""The reports of one event as one row: each column from the report that knows it best, numbers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.incidents import (
    CASUALTIES,
    CHILDREN,
    PRECISIONS,
    SEPARATORS,
    STATUSES,
    TAG_DATE_AS_REPORTED,
    TAG_DENIAL,
    TAG_TITLE_GENERATED,
    TAG_TOLL_UPDATED,
)
from mapper.merging.tolls import children, current
from mapper.merging.voices import corroborated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.merging.tolls import Toll
    from mapper.taxonomy import Taxonomy

__all__ = ["best_placed", "join", "merged_from", "words"]

_PLACES = ("place_text", "places", "country", "admin1", "precision", "radius_km", "unplaced")
_TIMES = ("date_start", "date_end", "date_precision", "timezone")
#: What an author or editor says once it is known; nothing that is found in other reports changes it.
_SETTLED = ("confirmed", "retracted")
#: These speak of one report's date, title and toll, and go where those come from.
_OWN_TAGS = frozenset({TAG_DATE_AS_REPORTED, TAG_DENIAL, TAG_TITLE_GENERATED, TAG_TOLL_UPDATED})


def join(
    rows: Sequence[Mapping[str, Any]],
    tolls: Sequence[Toll],
    claims: Sequence[Mapping[str, Any]],
    publishers: Mapping[str, str],
    taxonomy: Taxonomy,
) -> dict[str, Any]:
    """Make one row of the incidents table out of several of one event.

    Parameters
    ----------
    rows, tolls
        One of each a report, the one that was told first in front.
    claims, publishers
        All claims on the event, and who published what, by the ids of pages.
    """
    first = rows[0]
    kind = first["type"]
    for row in rows[1:]:
        kind = taxonomy.compatible(kind, row["type"]) or kind
    dated = next((row for row in rows if TAG_DATE_AS_REPORTED not in (row["tags"] or ())), first)
    titled = next(row for row in rows if row["type"] == kind)
    placed = rows[best_placed(rows)]
    toll, differ = _toll(tolls)
    disputed = differ or any(claim["status"] == "denied" for claim in claims)
    theirs = {tag for row in rows for tag in row["tags"] or ()} - _OWN_TAGS
    own = [TAG_DATE_AS_REPORTED] if TAG_DATE_AS_REPORTED in (dated["tags"] or ()) else []
    own += [TAG_TITLE_GENERATED] if TAG_TITLE_GENERATED in (titled["tags"] or ()) else []
    own += [TAG_DENIAL] if TAG_DENIAL in (placed["tags"] or ()) else []
    return {
        **{key: _first(row[key] for row in rows) for key in first},
        "id": first["id"],
        "type": kind,
        "title": titled["title"],
        **{key: placed[key] for key in _PLACES},
        **{key: dated[key] for key in _TIMES},
        **toll,
        "status": _status([row["status"] for row in rows], disputed=disputed, several=corroborated(claims, publishers)),
        "tags": sorted(theirs) + own,
    }


def best_placed(rows: Sequence[Mapping[str, Any]]) -> int:
    """Give the position of the report that knows the place most precisely; the first of equals, and a denial after all that claim it."""

    def rank(n: int) -> tuple[bool, int]:
        precision = rows[n]["precision"]
        return TAG_DENIAL in (rows[n]["tags"] or ()), PRECISIONS.index(precision) if precision else len(PRECISIONS)

    return min(range(len(rows)), key=rank)


def merged_from(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the ids that went into the first of the rows."""
    went = [row["id"] for row in rows[1:]] + [i for row in rows for i in row["merged_from"] or ()]
    return sorted(set(went) - {rows[0]["id"]})


def words(rows: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """Give the columns of `SEPARATORS`: what each of the rows says, in their order and once, whatever the case."""
    return {column: _distinct([row[column] for row in rows if row[column]], separator) for column, separator in SEPARATORS.items()}


def _distinct(texts: Sequence[str], separator: str) -> str | None:
    """Leave the first text as it is and add to it what the others say besides."""
    said = [*texts[:1]]
    known = {part.casefold() for text in said for part in text.split(separator)}
    for part in (part for text in texts[1:] for part in text.split(separator)):
        if part and part.casefold() not in known:
            known.add(part.casefold())
            said.append(part)
    return separator.join(said) or None


def _status(said: Sequence[str], *, disputed: bool, several: bool) -> str:
    """Let stand what somebody has confirmed or retracted; of the rest a dispute counts more than that several tell it."""
    settled = max(said, key=STATUSES.index)
    if settled in _SETTLED:
        return settled
    if disputed or "disputed" in said:
        return "disputed"
    return "corroborated" if several else settled


def _toll(tolls: Sequence[Toll]) -> tuple[dict[str, int | None], bool]:
    """Give the numbers that count now, and whether some of them cannot both be right."""
    columns: dict[str, int | None] = {}
    differ = False
    for kind in CASUALTIES:
        amount, apart = current(kind, tolls)
        differ = differ or apart
        columns |= {f"{kind}_{end}": getattr(amount, end) for end in ("low", "best", "high")}
        columns[CHILDREN[kind]] = children(kind, tolls)
    return columns, differ


def _first(values: Iterable[Any]) -> Any:
    return next((v for v in values if v is not None), None)
