"""The drafts of an article as rows of the incident tables."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mapper.extraction.reading.passedover import PassedOver
from mapper.extraction.wording.numbers import Amount, envelope
from mapper.incidents import (
    AREAS,
    CASUALTIES,
    CHILDREN,
    COUNTS,
    DEFAULT_TIMEZONE,
    DRAWN_ROLES,
    INCIDENTS,
    PROJECTILES,
    SOURCES,
    TAG_DATE_AS_REPORTED,
    TAG_DENIAL,
    TAG_TITLE_GENERATED,
    TAG_TOLL_UPDATED,
    UNDRAWN,
)
from mapper.merging.naming import Part, provisional
from mapper.merging.positions import join_names, place_record, position, sharpest
from mapper.merging.presuming import strangers
from mapper.merging.versions import version_id
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import shapely

    from mapper.extraction.facts.drafts import Draft, DraftClaim
    from mapper.extraction.naming.toponyms import Mention
    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.location import Location, Unlocated
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["Reports", "Told"]

_TIMES = frozenset(name for columns in (INCIDENTS, SOURCES) for name, kind in columns.items() if pa.types.is_timestamp(kind))


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells: its row of the sources, and for each report the row of the incident and those of its claims.

    Neither has an id yet, nor the incident its geometry, which its places say. `passed` are the
    sentences that may tell of one and gave none.
    """

    path: str
    source: dict[str, Any]
    reports: list[tuple[dict[str, Any], list[dict[str, Any]]]]
    passed: list[PassedOver]

    def dumps(self) -> bytes:
        """Write it as JSON."""
        row = [self.path, self.source, self.reports, [asdict(one) for one in self.passed]]
        return json.dumps(row, ensure_ascii=False, default=dt.datetime.isoformat).encode()

    @classmethod
    def loads(cls, data: bytes) -> Told:
        """Read back what `dumps` wrote."""
        path, source, reports, passed = json.loads(data)
        for row in (source, *(incident for incident, _ in reports)):
            for column in row.keys() & _TIMES:
                row[column] = row[column] and dt.datetime.fromisoformat(row[column])
        return cls(path, source, [(incident, claims) for incident, claims in reports], [PassedOver(**one) for one in passed])


@dataclass(frozen=True, slots=True)
class Reports:
    """Makes rows of the incident tables out of the drafts of articles."""

    taxonomy: Taxonomy
    gazetteer: Gazetteer
    boundaries: Boundaries

    def of_article(
        self,
        article: Article,
        drafts: Sequence[Draft],
        located: Mapping[Mention, Location | Unlocated],
        passed: Sequence[PassedOver] = (),
    ) -> Told:
        """Take the drafts of one article, its places located, and what of it gave none."""
        source = _source(article)
        reports = [self._row(article, draft, located, source["id"]) for draft in drafts]
        for at, claim in strangers([(draft.claims, incident) for draft, (incident, _) in zip(drafts, reports, strict=True)]):
            reports[at][1][claim]["by"] = None
        return Told(article.path, source, reports, [*passed])

    def part(self, told: Iterable[Told]) -> Part:
        """Put what articles tell into tables; articles of one address and the same words are one source."""
        sources: dict[str, dict[str, Any]] = {}
        incidents, claims, paths = [], [], []
        for article in told:
            identity = article.source["id"]
            # Of two that name it differently one by its content, whatever the order of the inputs.
            sources[identity] = min(sources.get(identity, article.source), article.source, key=repr)
            ids = provisional(article.path, pa.array(range(len(article.reports)))).to_pylist()
            for identity, (incident, said) in zip(ids, article.reports, strict=True):
                incidents.append(incident | {"id": identity})
                claims += [claim | {"incident_id": identity} for claim in said]
                paths.append(article.path)
        tables = Tables.from_records(incidents, claims, list(sources.values()), [self._geometry(i) for i in incidents])
        return Part.of(tables, pa.array(paths, pa.string()), pa.array(np.zeros(len(paths), np.int32)))

    def _geometry(self, incident: Mapping[str, Any]) -> shapely.Geometry | None:
        if not UNDRAWN.keys().isdisjoint(incident["tags"]):
            return None
        return position(_where(incident["places"]), self.boundaries).geometry

    def _row(
        self, article: Article, draft: Draft, located: Mapping[Mention, Location | Unlocated], source_id: str
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        places = [
            place_record(p.mention.text, located[p.mention], p.role, self.gazetteer, start=p.mention.start, end=p.mention.end)
            | {"share": p.share}
            for p in draft.places
        ]
        places = _without_containers(places)
        where = _where(places)
        at = position(where, self.boundaries)
        start, end, precision, tags = _dates(draft, article)
        tags += draft.tags
        if all(claim.status == "denied" for claim in draft.claims):
            tags.append(TAG_DENIAL)
        counts = _counts(draft.claims)
        if any(claim.casualties.update for claim in draft.claims):
            tags.append(TAG_TOLL_UPDATED)
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
            "unplaced": next((why for tag, why in UNDRAWN.items() if tag in tags), at.unplaced),
            **counts,
            "actor": draft.actor,
            "target": draft.target,
            "weapon": ", ".join(draft.weapons) or None,
            "status": "disputed" if any(c.status == "denied" for c in draft.claims) else "claimed",
            "tags": [*tags, TAG_TITLE_GENERATED],
        }
        return incident, [_claim(claim, source_id) for claim in draft.claims]

    def _title(self, draft: Draft, where: Sequence[Mapping[str, Any]], counts: Mapping[str, int | None]) -> str:
        label = self.taxonomy.types[draft.type].label["en"]
        number = counts["intercepted"] if draft.type == "interception" else None
        if number:
            things = [f"{weapon}s" if number != 1 else weapon for weapon in draft.weapons or ("target",)]
            label = f"{label} of {number} {join_names(things)}"
        shares = {p.get("name") or p["text"]: f" ({p['share']})" for p in where if p.get("share")}
        return f"{label}, {_names(where, shares) or 'place not named'}"


def _source(article: Article) -> dict[str, Any]:
    """Make the row of the sources table for an article."""
    return {
        "id": version_id(article),
        "url": article.url or None,
        "title": article.title or None,
        "publisher": article.publisher or None,
        "published": _midnight(article.published),
        "lang": article.lang or None,
        "sha256": article.sha256 or None,
    }


def _where(places: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the places where it happened, or over which."""
    return [p for p in places if p["role"] in DRAWN_ROLES]


def _without_containers(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out an area, or a country, that only says where a sharper place of the event lies, which was all of it there."""
    here = [p for p in _where(places) if not p["share"] or p.get("precision") in AREAS]
    sharper = {
        "admin1": {p["admin1"] for p in here if p.get("precision", "admin1") not in AREAS},
        "country": {p["country"] for p in here if p.get("precision", "country") != "country"},
    }
    wider = [p for p in here for kind, inside in sharper.items() if p.get("precision") == kind and p[kind] in inside]
    return [p for p in places if p not in wider]


def _names(where: Sequence[Mapping[str, Any]], shares: Mapping[str, str] = MappingProxyType({})) -> str:
    """Name the places: those on the map by their official names, those that were not found as the text has them.

    `shares` is what follows a name: "Bryansk Oblast (40)".
    """
    drawn = sharpest([p for p in where if p.get("precision")])
    lost = [p["text"] for p in where if not p.get("precision")]
    if lost and len(drawn) == 1 and drawn[0]["precision"] in AREAS:
        return f"{join_names(dict.fromkeys(lost))}, {drawn[0]['name']}"
    names = dict.fromkeys([*lost, *(p["name"] for p in drawn)])
    return join_names(name + shares.get(name, "") for name in names) if names else ""


def _dates(draft: Draft, article: Article) -> tuple[dt.datetime | None, dt.datetime | None, str, list[str]]:
    if draft.when:
        return _midnight(draft.when.start), _midnight(draft.when.end), draft.when.precision, []
    if article.published:
        day = _midnight(article.published)
        return day, day, "day", [TAG_DATE_AS_REPORTED]
    return None, None, "unknown", []


def _counts(claims: Sequence[DraftClaim]) -> dict[str, int | None]:
    killed, injured = (envelope(getattr(c.casualties, kind) for c in claims if kind not in c.superseded) for kind in CASUALTIES)
    numbers = {key: _agreed([getattr(c.counts, key) for c in claims]) for key in PROJECTILES}
    for kind, column in CHILDREN.items():
        told = [(number, kind in c.superseded) for c in claims if (number := getattr(c.casualties, column)) is not None]
        numbers[column] = min((n for n, old in told if not old), default=min((n for n, _ in told), default=None))
    return _row(numbers, killed, injured)


def _claim(claim: DraftClaim, source_id: str) -> dict[str, Any]:
    numbers = {key: getattr(claim.counts, key) for key in PROJECTILES}
    numbers |= {column: getattr(claim.casualties, column) for column in CHILDREN.values()}
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
    """Give the number that all who name one agree on; the largest launched or intercepted is nobody's to choose."""
    known = {v for v in values if v is not None}
    return known.pop() if len(known) == 1 else None


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime(day.year, day.month, day.day) if day else None
