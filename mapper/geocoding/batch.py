"""A million rows: each different query is answered once, its line of JSON is kept for the next row that asks the same.

Rows stream through: neither the answers nor the lines of the whole table are held, only those of the last queries.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mapper.geocoding.location import Location
from mapper.geocoding.query import area_codes, as_record, country_code, geocode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.location import Unlocated

    Row = tuple[str | None, str | None, str | None]
    Fallback = Callable[[str, Location | Unlocated, str | None], Location | Unlocated]

__all__ = ["json_lines"]

_KEPT = 100_000


def json_lines(rows: Iterable[Row], gazetteer: Gazetteer, *, fallback: Fallback | None = None) -> Iterator[str]:
    """Give a line of JSON for each row of query, country and admin1, in their order.

    Parameters
    ----------
    fallback
        Asked for what the gazetteer lacks: the query, its answer and the code of the country, to another answer or the
        same. An answer outside the country or area given is not taken.
    """
    kept: dict[Row, str] = {}
    for row in rows:
        line = kept.get(row)
        if line is None:
            query, country, admin1 = row
            result = geocode(query or "", country=country, admin1=admin1, gazetteer=gazetteer)
            if fallback is not None:
                result = _asked_elsewhere(fallback, result, row, gazetteer)
            line = json.dumps(as_record(query or "", result), ensure_ascii=False)
            if len(kept) >= _KEPT:
                # The oldest half goes: what is asked often comes back at once.
                for old in list(kept)[: _KEPT // 2]:
                    del kept[old]
            kept[row] = line
        yield line


def _asked_elsewhere(fallback: Fallback, result: Location | Unlocated, row: Row, gazetteer: Gazetteer) -> Location | Unlocated:
    query, country, admin1 = row
    code = country_code(country, gazetteer) if country else ""
    found = fallback(query or "", result, code or None)
    if not isinstance(found, Location) or found is result:
        return found
    outside = (code and found.country != code) or (admin1 and found.admin1 not in area_codes(admin1, code, gazetteer))
    return result if outside else found
