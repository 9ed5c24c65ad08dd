"""Tables of known data sets: ACLED, UCDP GED, VIINA. Honest about what a coordinate means in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mapper.incidents import DATE_PRECISIONS, PRECISIONS
from mapper.sources import read
from mapper.sources.columns import layout, profiles
from mapper.sources.rows import ROW_COLUMNS, IncidentRows
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from pathlib import Path

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
GED = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
VIINA = [
    "viina_version",
    "event_id",
    "event_id_1pd",
    "date",
    "time",
    "geonameid",
    "feature_code",
    "asciiname",
    "ADM1_NAME",
    "ADM1_CODE",
    "ADM2_NAME",
    "ADM2_CODE",
    "longitude",
    "latitude",
    "GEO_PRECISION",
    "GEO_API",
    "location",
    "address",
    "report_id",
    "source",
    "url",
    "text",
    "lang",
]


def table(path: Path, header: list[str], *rows: dict[str, Any]) -> IncidentRows:
    lines = [",".join(header), *(",".join(f'"{row.get(name, "")}"' for name in header) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    assert isinstance(found, IncidentRows)
    assert not found.rejected
    return found


@pytest.mark.parametrize("upper", [False, True])
def test_acled(tmp_path: Path, upper: bool) -> None:  # noqa: FBT001
    event = {
        "event_id_cnty": "UKR1",
        "event_date": "22 November 2024",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Military Forces of Russia",
        "actor2": "Civilians (Ukraine)",
        "civilian_targeting": "Civilian targeting",
        "country": "Ukraine",
        "admin1": "Sumy",
        "location": "Sumy",
        "latitude": "50.92",
        "longitude": "34.80",
        "fatalities": "0",
        "notes": "A drone hit a house.",
        "source": "Suspilne; Ukrinform",
    }
    rows = [event | {"event_id_cnty": f"UKR{n}", "geo_precision": str(n), "time_precision": str(n)} for n in (1, 2, 3)]
    header = [name.upper() for name in ACLED] if upper else ACLED
    rows = [{k.upper(): v for k, v in row.items()} for row in rows] if upper else rows
    found = table(tmp_path / "acled.csv", header, *rows)
    assert found.profile == "ACLED"
    assert "terms forbid" in found.warnings[0]
    records = found.records()
    assert [r["precision"] for r in records] == ["settlement", "near", "admin1"], "3 is the provincial capital: an area, not a point"
    assert [r["date_precision"] for r in records] == ["day", "week", "month"]
    first = records[0]
    assert (first["id"], first["type"], first["killed_best"], first["killed_low"]) == ("acled:UKR1", "strike", 0, None)
    assert (first["actor"], first["target"]) == (None, "civilians"), "the order of its actors does not say who did it"
    assert first["notes"] == "Actors: Military Forces of Russia; Civilians (Ukraine)\nA drone hit a house."
    assert first["tags"] == ["Political violence", "Explosions/Remote violence", "Air/drone strike"]
    assert f"{records[2]['date_start']:%m-%d} {records[2]['date_end']:%m-%d}" == "11-01 11-30"


def test_ucdp_ged(tmp_path: Path) -> None:
    event = {"type_of_violence": 1, "side_a": "A", "side_b": "B", "country": "Ukraine", "latitude": 50.9, "longitude": 34.8, "date_prec": 2}
    event |= {"date_start": "2022-03-01 00:00:00.000", "date_end": "2022-03-03 00:00:00.000", "best": 5, "high": 9, "low": 3}
    found = table(tmp_path / "ged.csv", GED, *(event | {"id": n, "where_prec": n} for n in range(1, 8)))
    records = found.records()
    assert [r["precision"] for r in records] == ["settlement", "near", "admin2", "admin1", "region", "country", "water"]
    first = records[0]
    assert (first["id"], first["actor"], first["notes"], first["tags"]) == ("ged:1", None, "Sides: A; B", ["state-based"])
    assert (first["killed_low"], first["killed_best"], first["killed_high"]) == (3, 5, 9)
    assert (f"{first['date_start']:%d}", f"{first['date_end']:%d}", first["date_precision"]) == ("01", "03", "range")


def test_viina(tmp_path: Path) -> None:
    event = {"viina_version": 2, "date": 20241122, "time": "00:00", "ADM1_NAME": "Sumska", "latitude": 50.9, "longitude": 34.8}
    event |= {"url": "https://x", "source": "Ukrinform", "lang": "uk", "text": "Текст"}
    levels = ("STREET", "ADM3", "ADM2", "ADM1")
    found = table(
        tmp_path / "viina.csv",
        [*VIINA, "t_uav_b"],
        *(event | {"event_id": n, "GEO_PRECISION": p, "t_uav_b": n} for n, p in enumerate(levels)),
    )
    records = found.records()
    assert [r["precision"] for r in records] == ["site", "settlement", "admin2", "admin1"]
    assert [r["type"] for r in records] == ["other", "drone_strike", "other", "other"]
    assert {r["date_precision"] for r in records} == {"day"}, "00:00 is no time"
    assert records[0]["tags"] == ["date-as-reported"]
    assert records[0]["reported_at"] == records[0]["date_start"]


def test_viina_names_a_place_by_its_address_not_by_its_number(tmp_path: Path) -> None:
    event = {"viina_version": 2, "date": 20250312, "location": 1, "latitude": 47.84, "longitude": 35.14, "GEO_PRECISION": "ADM3"}
    addresses = {"address": "Zaporizhzhia, Zaporizka oblast"}
    rows = [event | addresses | {"event_id": 1}, event | addresses | {"event_id": 2, "asciiname": "Zaporizhzhya"}, event | {"event_id": 3}]
    found = table(tmp_path / "viina.csv", VIINA, *rows)
    assert [r["place_text"] for r in found.records()] == ["Zaporizhzhia, Zaporizka oblast", "Zaporizhzhya", None]


def test_profiles_speak_our_words() -> None:
    types = Taxonomy.load().types
    for profile in profiles():
        assert {*profile.columns, *profile.join, *profile.present, *profile.fixed} <= {*ROW_COLUMNS, "time"} | {"lon", "lat"}, profile.name
        for kind, allowed in (("precision", PRECISIONS), ("date_precision", DATE_PRECISIONS), ("type", types)):
            assert set(profile.words.get(kind, {}).values()) <= set(allowed), (profile.name, kind)
        assert set(profile.flags.values()) <= set(types)


def test_our_own_header_is_no_profile() -> None:
    assert layout(["id", "date", "type", "lat", "lon"]).profile is None
