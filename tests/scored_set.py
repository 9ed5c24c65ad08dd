"""The scored set of the geocoder: rows of `tests/data/places.jsonl` answered and judged."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapper.crs import great_circle_km
from mapper.extraction.naming import toponyms
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.query import geocode
from mapper.geocoding.voting import resolve_all

DATA = Path(__file__).parent / "data"
NEWS_KM = 161.0


@dataclass(frozen=True)
class Judged:
    """A row with what was answered; `km` is the error where both are points."""

    row: dict[str, Any]
    result: Location | Unlocated | None
    right: bool
    km: float | None

    @property
    def score(self) -> float:
        return self.result.score if isinstance(self.result, Location) else 0.0


def rows(name: str = "places.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def judge(row: dict[str, Any], gazetteer: Any) -> Judged:
    result = _answer(row, gazetteer)
    wanted = row["place"]
    located = isinstance(result, Location)
    if wanted is None or not located:
        return Judged(row, result, right=wanted is None and not located, km=None)
    if "id" in wanted:
        return Judged(row, result, right=result.place_id == wanted["id"], km=None)
    km = great_circle_km(result.lon, result.lat, wanted["lon"], wanted["lat"])
    return Judged(row, result, right=km <= wanted["km"] and result.precision not in {"admin1", "country", "region"}, km=km)


def _answer(row: dict[str, Any], gazetteer: Any) -> Location | Unlocated | None:
    if "query" in row:
        return geocode(row["query"], country=row["country"], admin1=row["admin1"], gazetteer=gazetteer)
    mentions = toponyms.find(row["text"], gazetteer, row["lang"])
    for mention, result in zip(mentions, resolve_all(mentions, gazetteer), strict=True):
        if mention.start < row["end"] and mention.end > row["start"]:
            return result
    return None


def news(gazetteer: Any) -> list[Judged]:
    """Judge the spans of short news paragraphs (`news.jsonl`), 161 km as the published corpora have it."""
    judged = []
    for row in rows("news.jsonl"):
        spans = [(span["start"], span["end"]) for span in row["spans"]]
        mentions = toponyms.at(row["text"], spans, gazetteer, "en")
        for span, mention, result in zip(row["spans"], mentions, resolve_all(mentions, gazetteer), strict=True):
            located = isinstance(result, Location)
            km = great_circle_km(result.lon, result.lat, span["lon"], span["lat"]) if located else math.inf
            judged.append(
                Judged(
                    {**span, "kind": "news", "lang": "en", "text": mention.text}, result, right=km <= NEWS_KM, km=km if located else None
                )
            )
    return judged
