"""The drafts of an article as rows of the incident tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapper.extraction.numbers import Amount, envelope
from mapper.incidents import AREAS, COUNTS, DEFAULT_TIMEZONE, TAG_BACKGROUND, TAG_DATE_AS_REPORTED, TAG_TITLE_GENERATED, Tables, stable_id
from mapper.merging.positions import join_names, place_record, position, sharpest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import shapely

    from mapper.extraction.drafts import Draft, DraftClaim
    from mapper.extraction.toponyms import Mention
    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.location import Location, Unlocated
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["Reports", "article_source"]


@dataclass(slots=True)
class Reports:
    """Rows gathered article by article, made into tables at once."""

    taxonomy: Taxonomy
    gazetteer: Gazetteer
    boundaries: Boundaries
    _rows: list[_Row] = field(default_factory=list)
    _sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, article: Article, drafts: Sequence[Draft], located: Mapping[Mention, Location | Unlocated]) -> None:
        """Take the drafts of one article, its places located."""
        self._sources.setdefault(article.source_id, article_source(article))
        self._rows += [self._row(article, draft, located) for draft in drafts]

    def tables(self) -> Tables:
        """Give what was gathered; the order in which articles were added makes no difference to the ids."""
        ids: set[str] = set()
        for row in sorted(self._rows, key=lambda r: r.order):
            row.name(ids)
        return Tables.from_records(
            [row.incident for row in self._rows],
            [claim for row in self._rows for claim in row.claims],
            list(self._sources.values()),
            [row.geometry for row in self._rows],
        )

    def _row(self, article: Article, draft: Draft, located: Mapping[Mention, Location | Unlocated]) -> _Row:
        places = [
            place_record(p.mention.text, located[p.mention], p.role, self.gazetteer, start=p.mention.start, end=p.mention.end)
            for p in draft.places
        ]
        places = _without_containers(places)
        where = [p for p in places if p["role"] in {"at", "over"}]
        at = position(where, self.boundaries)
        background = TAG_BACKGROUND in draft.tags
        start, end, precision, tags = _dates(draft, article)
        counts = _counts(draft.claims)
        incident = {
            "type": draft.type,
            "title": self._title(draft, where, counts),
            "date_start": start,
            "date_end": end,
            "date_precision": precision,
            "timezone": DEFAULT_TIMEZONE,
            "reported_at": _midnight(article.published),
            "place_text": _names(where) or None,
            "places": places,
            "country": at.country,
            "admin1": at.admin1,
            "precision": at.precision,
            "radius_km": at.radius_km,
            "unplaced": "told as background, not as news" if background else at.unplaced,
            **counts,
            "actor": draft.actor,
            "target": draft.target,
            "weapon": ", ".join(draft.weapons) or None,
            "status": "disputed" if any(c.status == "denied" for c in draft.claims) else "claimed",
            "tags": [*draft.tags, *tags, TAG_TITLE_GENERATED],
        }
        keys = sorted({str(p.get("place_id") or p["text"].casefold()) for p in where})
        return _Row(
            incident=incident,
            claims=[_claim(claim, article.source_id) for claim in draft.claims],
            geometry=None if background else at.geometry,
            key=(draft.type, start, end, ",".join(keys)),
            order=(str(article.published), article.source_id, draft.claims[0].start),
        )

    def _title(self, draft: Draft, where: Sequence[Mapping[str, Any]], counts: Mapping[str, int | None]) -> str:
        label = self.taxonomy.types[draft.type].label["en"]
        number = counts["intercepted"] if draft.type == "interception" else None
        if number:
            things = [f"{weapon}s" if number != 1 else weapon for weapon in draft.weapons or ("target",)]
            label = f"{label} of {number} {join_names(things)}"
        return f"{label}, {_names(where) or 'place not named'}"


@dataclass(frozen=True, slots=True)
class _Row:
    """One report: `key` is what its id is made of, `order` when it was told."""

    incident: dict[str, Any]
    claims: list[dict[str, Any]]
    geometry: shapely.Geometry | None
    key: tuple[object, ...]
    order: tuple[str, str, int]

    def name(self, taken: set[str]) -> None:
        """Make the id from what, when and where; from the numbers, source and words too only where that is taken."""
        counts = [self.incident[key] for key in COUNTS]
        for more in ((), counts, (*counts, *self.order), (*counts, *self.order, self.claims[0]["quote"])):
            made = stable_id("i", *self.key, *more)
            if made not in taken:
                break
        taken.add(made)
        self.incident["id"] = made
        for claim in self.claims:
            claim["incident_id"] = made


def article_source(article: Article) -> dict[str, Any]:
    """Make the row of the sources table for an article."""
    return {
        "id": article.source_id,
        "url": article.url or None,
        "title": article.title or None,
        "publisher": article.publisher or None,
        "published": _midnight(article.published),
        "lang": article.lang or None,
        "sha256": article.sha256 or None,
    }


def _without_containers(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out an area that only says where a sharper place of the event lies."""
    sharp = {p["admin1"] for p in places if p["role"] in {"at", "over"} and p.get("precision", "admin1") not in AREAS}
    return [p for p in places if not (p["role"] in {"at", "over"} and p.get("precision") == "admin1" and p["admin1"] in sharp)]


def _names(where: Sequence[Mapping[str, Any]]) -> str:
    """Name the places: those on the map by their official names, those that were not found as the text has them."""
    drawn = sharpest([p for p in where if p.get("precision")])
    lost = [p["text"] for p in where if not p.get("precision")]
    if lost and len(drawn) == 1 and drawn[0]["precision"] in AREAS:
        return f"{join_names(dict.fromkeys(lost))}, {drawn[0]['name']}"
    names = dict.fromkeys([*lost, *(p["name"] for p in drawn)])
    return join_names(names) if names else ""


def _dates(draft: Draft, article: Article) -> tuple[dt.datetime | None, dt.datetime | None, str, list[str]]:
    if draft.when:
        return _midnight(draft.when.start), _midnight(draft.when.end), draft.when.precision, []
    if article.published:
        day = _midnight(article.published)
        return day, day, "day", [TAG_DATE_AS_REPORTED]
    return None, None, "unknown", []


def _counts(claims: Sequence[DraftClaim]) -> dict[str, int | None]:
    killed, injured = (envelope(getattr(c.casualties, kind) for c in claims if kind not in c.superseded) for kind in ("killed", "injured"))
    numbers = {key: _agreed([getattr(c.counts, key) for c in claims]) for key in ("launched", "intercepted", "hit")}
    return _row(numbers, killed, injured)


def _claim(claim: DraftClaim, source_id: str) -> dict[str, Any]:
    numbers = {key: getattr(claim.counts, key) for key in ("launched", "intercepted", "hit")}
    return {
        "by": claim.by or None,
        "status": claim.status,
        **_row(numbers, claim.casualties.killed, claim.casualties.injured),
        "quote": claim.quote,
        "source_id": source_id,
        "start": claim.start,
        "end": claim.end,
    }


def _row(numbers: Mapping[str, int | None], killed: Amount, injured: Amount) -> dict[str, int | None]:
    row = dict(numbers)
    for kind, amount in (("killed", killed), ("injured", injured)):
        row |= {f"{kind}_low": amount.low, f"{kind}_best": amount.best, f"{kind}_high": amount.high}
    return {key: row[key] for key in COUNTS}


def _agreed(values: Sequence[int | None]) -> int | None:
    """Give the number that all who name one agree on; the largest launched, intercepted or hit is nobody's to choose."""
    known = {v for v in values if v is not None}
    return known.pop() if len(known) == 1 else None


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime(day.year, day.month, day.day) if day else None
