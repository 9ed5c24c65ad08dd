"""What an editor has to decide, as the review page reads it: `mapper/frontend/review/desk.ts` names the same fields."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import shapely

from mapper.editing.review import doubt, figure
from mapper.incidents import COUNTS, DRAWN_ROLES, STATUSES, TAG_DATE_AS_REPORTED
from mapper.page.elements import taxonomy_for_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.editing.overrides import Standing
    from mapper.editing.review import Item
    from mapper.extraction.reading.passedover import PassedOver
    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.taxonomy import Taxonomy

__all__ = ["desk"]

#: Kinds of need, in the order in which they are listed.
_ORDER = ("place", "date", "killed", "injured", "status", "split")

#: Of how many candidates, the likeliest first, the region and the country may be chosen instead.
_AREAS_OF = 3

#: Outlines of candidates are drawn no finer, in degrees.
_SIMPLER = 0.01

_EPOCH = dt.datetime(1970, 1, 1)


def desk(
    items: Sequence[Item],
    file: Standing,
    passed: Sequence[PassedOver] = (),
    *,
    name: str,
    where: str,
    taxonomy: Taxonomy,
    gazetteer: Gazetteer,
    boundaries: Boundaries,
    lang: str,
) -> dict[str, Any]:
    """Lay out what there is to decide, by kind of need.

    Parameters
    ----------
    file
        The overrides as they stand.
    passed
        Sentences that may tell of an incident and gave none, to be read.
    name, where
        What the file made in the page is called, and where it belongs, for a person.
    """
    writer = _Writer(gazetteer, boundaries)
    ordered = sorted(items, key=lambda item: _ORDER.index(item.action))
    written = [writer.item(item) for item in ordered]
    types = {item["type"] for item in written}
    return {
        "file": {
            "name": name,
            "where": where,
            "text": file.text,
            "columns": list(file.columns),
            "delimiter": file.delimiter,
            "newline": file.newline,
        },
        "types": {t["id"]: t for t in taxonomy_for_page(taxonomy, lang)["types"] if t["id"] in types},
        "sources": {key: _source(source) for item in ordered for key, source in item.sources.items()},
        "items": written,
        "passed": [{"file": PurePath(one.path).name, "quote": one.quote} for one in passed],
        "outlines": writer.outlines,
    }


@dataclass(slots=True)
class _Writer:
    """Writes items down, and the outlines of the areas that they name, each once."""

    gazetteer: Gazetteer
    boundaries: Boundaries
    outlines: dict[str, list[list[list[float]]]] = field(default_factory=dict)

    def item(self, item: Item) -> dict[str, Any]:
        row = item.incident
        places = [place for place in row["places"] or () if place["role"] in DRAWN_ROLES]
        return {
            "id": row["id"],
            "action": item.action,
            "type": row["type"],
            "title": row["title"],
            "tags": list(row["tags"] or ()),
            "when": _when(row),
            "placeText": row["place_text"] or "",
            "reported": [place["text"] for place in places if place["text"]],
            "needs": [{"kind": need.kind, "values": dict(need.values)} for need in item.needs],
            "claims": [_claim(claim) for claim in item.claims],
            "here": [self.spot(place) for place in places if place["lon"] is not None] if not row["unplaced"] else [],
            "groups": self.groups(item, places),
        }

    def groups(self, item: Item, places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Give what can be chosen; the choices in each group shut each other out."""
        row = item.incident
        if item.action == "place":
            return self.places(places, row)
        options: list[dict[str, Any]] = []
        if item.action in {"killed", "injured"}:
            held = [claim for claim in item.claims if claim["status"] != "retracted"]
            said: dict[str, list[str]] = {}
            for claim in held:
                if value := figure(claim, item.action):
                    said.setdefault(value, []).append(claim["by"] or "")
            options = [{"value": value, "by": list(dict.fromkeys(by))} for value, by in said.items()]
            options += [{"value": value} for value in _span(held, item.action) if value not in said]
            now = figure(row, item.action)
            options = [option | {"now": option["value"] == now} for option in options]
        elif item.action == "status":
            options = [{"value": status, "now": status == row["status"]} for status in STATUSES if status != "retracted"]
        elif item.action == "split":
            options = [{"value": "; ".join(row["merged_from"])}, *_told_by(item)]
        return [{"options": options}] if options else []

    def places(self, places: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give the candidates for each of the places of an incident."""
        groups = [group for place in places if (group := self.place(place, row))["options"] or "now" in group]
        for group in groups:
            if len(groups) > 1 and "now" not in group:
                group["options"].append({"value": ""})  # leave it out
        return groups

    def place(self, place: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
        """Give the candidates for one place, the one that is taken now in front if it is none of them."""
        group: dict[str, Any] = {"text": place["text"] or place["name"] or "", "options": []}
        found = place["lon"] is not None
        if found:
            group["now"] = self.value(place)
        if found and not (doubt(place) or row["unplaced"]):
            return group
        candidates = list(place["candidates"] or ())
        if found and place["place_id"] not in {candidate["place_id"] for candidate in candidates}:
            candidates.insert(0, place)
        options = [self.option(candidate, group.get("now")) for candidate in candidates]
        known = {candidate["place_id"] for candidate in candidates}
        options += [self.option(area) for area in self.areas(candidates[:_AREAS_OF]) if area["place_id"] not in known]
        group["options"] = [] if all(option["now"] and option["precision"] == "country" for option in options) else options
        return group

    def option(self, place: Mapping[str, Any], now: str | None = None) -> dict[str, Any]:
        """Write down a candidate; `now` is the value of the one that is taken as it stands."""
        value = self.value(place)
        return self.spot(place) | {"value": value, "now": value == now}

    def areas(self, candidates: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Give the regions, then the countries, in which candidates lie."""
        found = [self.gazetteer.place(candidate["place_id"] or "") for candidate in candidates]
        ids = [f"admin1:{place.admin1}" for place in found if place and place.admin1]
        ids += [f"country:{place.country}" for place in found if place and place.country]
        for area in map(self.gazetteer.place, dict.fromkeys(ids)):
            if area:
                yield {"place_id": area.id, "name": area.name, "country": area.country, "lon": area.lon, "lat": area.lat}

    def value(self, place: Mapping[str, Any]) -> str:
        """Give what the column `value` takes for a place: its id and, for a person, its name; or its position."""
        named = f"{place['name']}, {place.get('admin1_name') or ''}".strip(", ").replace(";", ",")
        if (known := self.gazetteer.place(place["place_id"] or "")) is not None:
            return f"{known.id} {', '.join(dict.fromkeys(filter(None, (known.name, known.admin1_name, known.country))))}".replace(";", ",")
        if place.get("place_id") or place["lon"] is None:
            return named
        precision = place.get("precision")
        return f"{place['lon']:.5f}, {place['lat']:.5f}, {precision if precision in {'exact', 'site', 'near'} else 'settlement'}"

    def spot(self, place: Mapping[str, Any]) -> dict[str, Any]:
        """Say where a place or candidate is, how far around, and in what."""
        known = self.gazetteer.place(place["place_id"] or "")
        precision = place.get("precision") or (known and (known.precision or known.kind)) or "settlement"
        radius = place.get("radius_km") or (known and known.radius_km)
        spot = {
            "name": known.name if known else place["name"],
            "area": (known.admin1_name if known else place.get("admin1_name")) or "",
            "country": place["country"] or "",
            "lon": place["lon"],
            "lat": place["lat"],
            "precision": precision,
            **({"km": radius} if radius else {}),
            **({"score": round(place["score"], 2)} if place.get("score") is not None else {}),
        }
        if spot["area"] == spot["name"]:
            spot["area"] = ""
        if known and (district := self.gazetteer.place(known.admin2)):
            spot["district"] = district.name
        if precision in {"admin1", "region"} and (outline := self.outline(place["place_id"])):
            spot["outline"] = outline
        return spot

    def outline(self, place_id: str) -> str | None:
        """Keep the outline of an area, and give the name it is kept by."""
        if place_id not in self.boundaries:
            return None
        if place_id not in self.outlines:
            shape = shapely.simplify(self.boundaries.area(place_id), _SIMPLER)
            self.outlines[place_id] = [shapely.get_coordinates(ring).round(3).tolist() for ring in shapely.get_rings(shape)]
        return place_id


def _span(claims: Sequence[Mapping[str, Any]], kind: str) -> list[str]:
    """Give the span from the lowest figure to the highest, where they are two."""
    given = [claim[f"{kind}_{end}"] for claim in claims for end in ("low", "best", "high")]
    numbers = sorted({number for number in given if number is not None})
    return [f"{numbers[0]}-{numbers[-1]}"] if len(numbers) > 1 else []


def _told_by(item: Item) -> list[dict[str, Any]]:
    """Give the sources of an incident that more than two tell of, each to be taken out alone, by a name that only one of them has."""
    publishers = [source["publisher"] for source in item.sources.values()]
    named = {key: source["publisher"] if publishers.count(source["publisher"]) == 1 else key for key, source in item.sources.items()}
    sources = item.sources.items() if len(item.sources) > 2 else ()
    return [{"value": named[key] or key, "by": [source["publisher"] or source["title"] or key]} for key, source in sources]


def _when(row: Mapping[str, Any]) -> dict[str, Any]:
    first, last = (
        None if moment is None else int((moment - _EPOCH).total_seconds() // 60) for moment in (row["date_start"], row["date_end"])
    )
    return {
        "start": first,
        "lasting": -1 if first is None or last is None else last - first,
        "precision": row["date_precision"],
        "asReported": TAG_DATE_AS_REPORTED in (row["tags"] or ()),
    }


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    said = {"by": claim["by"], "status": claim["status"], "quote": claim["quote"], "source": claim["source_id"]}
    return {key: value for key, value in {**said, **{name: claim[name] for name in COUNTS}}.items() if value is not None}


def _source(source: Mapping[str, Any]) -> dict[str, str]:
    published = source["published"]
    told = {key: source[key] for key in ("title", "publisher", "url", "lang")}
    told["published"] = published.date().isoformat() if published is not None else None
    return {key: value for key, value in told.items() if value}
