"""One incident that must not be told where it was, with every column filled, beside one that may."""

from __future__ import annotations

import datetime as dt
from typing import Any

import shapely

from mapper.editing.guarding import Guarded, apply
from mapper.editing.sensitivity import parse_rules
from mapper.page.proof import prove
from mapper.page.render import PageOptions, render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

NOW = dt.datetime(2024, 11, 25, 12, tzinfo=dt.UTC)
REASON = "Hospitals are shown as their oblast."
COARSEN = {"column": "target", "contains": "hospital", "coarsen": "admin1", "reason": REASON}
TAXONOMY = Taxonomy.load()

#: The yard of a hospital that is in no gazetteer, in Sumy.
YARD = (34.81237, 50.90412)
KHARKIV = (36.25272, 49.98081)

PLACE = {
    "text": "лікарня Святого Пантелеймона",
    "role": "at",
    "name": "Saint Panteleimon Clinic",
    "country": "UA",
    "admin1": "UA-59",
    "admin1_name": "Sumy Oblast",
    "lon": YARD[0],
    "lat": YARD[1],
    "precision": "exact",
    "radius_km": 0.173,
    "place_id": "own:clinic-7",
    "score": 0.93,
    "method": "given",
    "reason": "the only clinic with a helipad",
    "start": 4117,
    "end": 4139,
    "candidates": [
        {
            "name": "Panteleimon Monastery",
            "country": "UA",
            "admin1": "UA-63",
            "lon": 34.79123,
            "lat": 50.91357,
            "place_id": "own:monastery-3",
            "score": 0.4,
            "reason": "bears the name of the saint",
        }
    ],
}
INCIDENT: dict[str, Any] = {
    "id": "i-3f1c08d2aa71",
    "type": "missile_strike",
    "title": "Missile hits the maternity ward on Troitska street",
    "date_start": dt.datetime(2024, 11, 20),
    "date_end": dt.datetime(2024, 11, 20),
    "date_precision": "day",
    "timezone": "Europe/Kyiv",
    "reported_at": dt.datetime(2024, 11, 21, 9, 30),
    "place_text": "Troitska street 28, Sumy",
    "places": [PLACE],
    "country": "UA",
    "admin1": "UA-59",
    "precision": "exact",
    "radius_km": 0.173,
    "killed_best": 2,
    "injured_low": 5,
    "actor": "battery at Rylsk",
    "target": "maternity hospital",
    "weapon": "missile from Rylsk",
    "status": "claimed",
    "sensitivity": "high",
    "tags": ["ward of doctor Kovalenko"],
    "notes": "Entrance from the courtyard, 50.9041 N 34.8124 E.",
    "merged_from": ["i-90c1d2e3f4a5"],
    "corrections": [
        {
            "column": "place_text",
            "old": "Psilska embankment",
            "new": "Troitska street 28, Sumy",
            "who": "Olha Bondar",
            "when": "2024-11-22",
            "why": "a nurse telephoned",
        }
    ],
}
CLAIM: dict[str, Any] = {
    "incident_id": INCIDENT["id"],
    "by": "Iryna Kovalenko, head doctor",
    "status": "claimed",
    "killed_best": 2,
    "quote": "Вікна пологового відділення вибило, двоє загинули.",
    "source_id": "s-11aa22bb33cc",
    "start": 5001,
    "end": 5051,
}
SOURCE: dict[str, Any] = {
    "id": "s-11aa22bb33cc",
    "url": "https://example.org/%D0%BF%D0%BE%D0%BB%D0%BE%D0%B3%D0%BE%D0%B2%D0%B8%D0%B9-troitska",
    "title": "Night at the maternity ward",
    "publisher": "Troitska Street News",
    "published": dt.datetime(2024, 11, 21),
    "lang": "uk",
    "sha256": "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d",
}
OPEN_PLACE = {"text": "Kharkiv", "role": "at", "name": "Kharkiv", "country": "UA", "admin1": "UA-63", "admin1_name": "Kharkiv Oblast"}
OPEN: dict[str, Any] = {
    "id": "i-open00000001",
    "type": "drone_strike",
    "title": "Drone over Kharkiv",
    "date_start": dt.datetime(2024, 11, 20),
    "date_end": dt.datetime(2024, 11, 20),
    "date_precision": "day",
    "timezone": "Europe/Kyiv",
    "reported_at": dt.datetime(2024, 11, 21, 9, 30),
    "place_text": "Kharkiv",
    "places": [{**OPEN_PLACE, "lon": KHARKIV[0], "lat": KHARKIV[1], "precision": "settlement", "radius_km": 9.8, "place_id": "gn:706483"}],
    "country": "UA",
    "admin1": "UA-63",
    "precision": "settlement",
    "radius_km": 9.8,
    "status": "claimed",
    "weapon": "drone",
}
OPEN_CLAIM = {"incident_id": OPEN["id"], "by": "mayor", "status": "claimed", "quote": "One drone was seen.", "source_id": "s-open00000001"}
OPEN_SOURCE = {"id": "s-open00000001", "url": "https://example.org/kharkiv", "title": "Kharkiv", "publisher": "Example News", "lang": "en"}


def sensitive_tables(*others: dict[str, Any], **changes: Any) -> Tables:
    """Make the tables; `changes` are to the sensitive incident, `others` are further open ones."""
    rows = [INCIDENT | changes, OPEN, *others]
    at = [[p for p in row["places"] or () if p["lon"] is not None] for row in rows]
    geometry = [
        None if row.get("unplaced") or not places else shapely.Point(places[0]["lon"], places[0]["lat"])
        for row, places in zip(rows, at, strict=True)
    ]
    return Tables.from_records(rows, [CLAIM | {"incident_id": rows[0]["id"]}, OPEN_CLAIM], [SOURCE, OPEN_SOURCE], geometry)


def guarded(world, *rules: dict[str, Any], tables: Tables | None = None, now: dt.datetime = NOW) -> Guarded:
    """Apply rules as a definition has them."""
    parsed = parse_rules(list(rules), "map.toml", TAXONOMY)
    return apply(
        tables if tables is not None else sensitive_tables(),
        parsed,
        now,
        boundaries=world.boundaries,
        gazetteer=world.gazetteer,
        taxonomy=TAXONOMY,
    )


def page_of(world, tables: Tables, **options: Any) -> str:
    """Render a page that carries its tables."""
    return render(tables, PageOptions(title="A map", **options), taxonomy=TAXONOMY, boundaries=world.boundaries)


def proved(world, result: Guarded, *, page: str | None = None, tables: Tables | None = None) -> str:
    """Prove that a page, by default that of the tables, shows nothing of what is hidden."""
    shown = tables if tables is not None else result.tables
    output = page if page is not None else page_of(world, shown)
    return prove({"map.html": output}, result.secrets, shown, boundaries=world.boundaries, words=["A map", REASON])


def the_row(result: Guarded) -> dict[str, Any]:
    """Give the row that the sensitive incident has become."""
    rows = result.tables.arrow("incidents").to_pylist()
    return next(row for row in rows if row["id"] == result.renamed[INCIDENT["id"]])
