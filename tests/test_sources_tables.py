"""Tables of incidents as CSV: good rows read, bad ones set aside with a line that helps."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import InputError
from mapper.incidents import COUNTS, INCIDENTS
from mapper.sources import read
from mapper.sources.counts import Count, parse_count
from mapper.sources.csvtext import read_csv
from mapper.sources.positions import parse_degrees, split_pair
from mapper.sources.rows import ROW_COLUMNS, IncidentRows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def table(tmp_path: Path) -> Any:
    """Give a function that writes a table and reads it."""

    def make(content: str | bytes, name: str = "t.csv") -> IncidentRows:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = read(path)
        assert isinstance(found, IncidentRows)
        return found

    return make


def problems(found: IncidentRows) -> list[tuple[int, str, str]]:
    return [(r.row, r.column, r.problem) for r in found.rejected]


def test_a_table_in_our_own_words(table: Any) -> None:
    found = table(
        "id,date,type,title,place,country,admin1,lat,lon,precision,killed,injured,status,tags,claimed by,quote,source,url\n"
        "e1,2024-11-22,Drone strike,Strike,Sumy,Ukraine,Sumska,50.92,34.80,,at least 2,12,claimed,night; city,Mayor,two dead,Suspilne,https://x\n"
    )
    (row,) = found.records()
    assert found.table.schema.names == list(ROW_COLUMNS)
    assert all(found.table.schema.field(name).type == kind for name, kind in INCIDENTS.items() if name in ROW_COLUMNS)
    assert {k: v for k, v in row.items() if v is not None} == {
        "row": 2,
        "id": "e1",
        "type": "drone_strike",
        "title": "Strike",
        "date_start": datetime.fromisoformat("2024-11-22"),
        "date_end": datetime.fromisoformat("2024-11-22"),
        "date_precision": "day",
        "timezone": "Europe/Kyiv",
        "place_text": "Sumy",
        "country": "UA",
        "admin1": "Sumska",
        "precision": "settlement",
        "killed_low": 2,
        "injured_best": 12,
        "status": "claimed",
        "tags": ["night", "city"],
        "lon": 34.8,
        "lat": 50.92,
        "by": "Mayor",
        "quote": "two dead",
        "source_url": "https://x",
        "publisher": "Suspilne",
    }
    assert found.rejected == found.warnings == ()


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("ID,DATE,TYPE,LATITUDE,LONGITUDE", ","),
        ("ід;дата;тип;широта;довгота", ";"),
        ("id\tDatum\tArt\tBreite\tLänge", "\t"),
        ("id|дата|тип|широта|долгота", "|"),
    ],
)
def test_headers_in_four_languages_and_four_delimiters(table: Any, header: str, delimiter: str) -> None:
    (row,) = table(
        f"{header}\n{delimiter.join(['e1', '22.11.2024', 'Обстріл', '50,92' if delimiter != ',' else '50.92', '34.8'])}\n"
    ).records()
    assert (row["id"], row["type"], row["lat"], row["lon"]) == ("e1", "shelling", 50.92, 34.8)
    assert row["date_start"].date() == date(2024, 11, 22)


def test_a_row_of_hxl_hashtags_wins_over_the_header(table: Any) -> None:
    found = table("x,y,foo,bar\n#geo+lat,#geo+lon,#date+start,#affected+killed+f\n50.92,34.8,2024-11-22,3\n")
    (row,) = found.records()
    assert (row["row"], row["lat"], row["lon"], row["killed_best"]) == (3, 50.92, 34.8, 3)


def test_bad_rows_are_named_and_good_ones_stay(table: Any) -> None:
    found = table(
        "id,date,type,country,lat,lon,killed\n"
        "1,2024-11-22,drone,UA,50.92,34.80,2\n"
        "2,2024-13-22,drone,UA,50.92,34.80,2\n"
        "3,2024-11-22,drone,UA,34.80,50.92,2\n"
        "4,2024-11-22,drone,,150.2,200,2\n"
        "5,2024-11-22,drone,,150.2,34.8,2\n"
        "6,2024-11-22,drone,,0,0,2\n"
        "7,2024-11-22,drone,,50,,2\n"
        "8,2024-11-22,drone,,north,34,2\n"
        "1,2024-11-22,drone,,50,34,2\n"
        "10,2024-11-22,drone,,50,34,many\n"
        "11,2024-11-22,drone,,50,34\n"
        "12,2024-11-22,drone,,50,34,1,2,3\n"
        "13,2024-11-22,drone,,,,\n"
    )
    assert [row["id"] for row in found.records()] == ["1", "13"]
    assert problems(found) == [
        (3, "date", "is not a date; expected a date such as 2024-11-22, 22.11.2024 or 22 November 2024, or nothing if it is not known"),
        (4, "lat", "looks swapped: swap lon and lat (as it stands it is far outside UA)"),
        (5, "lat", "latitude 150.2 is outside -90..90"),
        (6, "lat", "latitude 150.2 is outside -90..90; looks swapped: swap lon and lat"),
        (7, "lat", "0, 0 is null island: coordinates missing? leave both empty if unknown"),
        (8, "lat", "longitude is missing: give both or neither"),
        (9, "lat", "is not a latitude; expected degrees such as 50.92"),
        (10, "id", "is the id of row 2 already: give each incident its own"),
        (11, "killed", "is not a number; expected a number such as 2, 2-5, 'at least 2', or nothing if it is not known"),
        (12, "", "has 6 cells, the header has 7: check the delimiters and quotation marks in '11,2024-11-22,drone,,50,34'"),
        (13, "", "has 9 cells, the header has 7: check the delimiters and quotation marks in '12,2024-11-22,drone,,50,34,1,2,3'"),
    ]


def test_swapped_is_told_by_the_company_of_the_other_rows(table: Any) -> None:
    good = "".join(f"2024-11-22,drone,{50 + n / 10},{34 + n / 10}\n" for n in range(9))
    found = table(f"date,type,lat,lon\n{good}2024-11-22,drone,34.8,50.9\n")
    assert len(found) == 9
    assert found.rejected[0].row == 11
    assert found.rejected[0].problem.startswith("looks swapped: swap lon and lat (the other rows lie around lon 34.")
    # a second theatre is no mistake: these are in Iran
    iran = "".join(f"2024-11-22,drone,{34 + n / 10},{50 + n / 10}\n" for n in range(5))
    assert not table(f"date,type,lat,lon\n{good}{iran}").rejected


def test_rows_are_numbered_as_an_editor_shows_them(table: Any) -> None:
    found = table('sep=;\n\ntype;notes;lat;lon\n\n"drone";"two\nlines";50;34\n\n\ndrone;x;50;35\ndrone;"a ""b""\n\nc";99;35\n')
    assert found.table["row"].to_pylist() == [5, 9]
    assert found.records()[0]["notes"] == "two\nlines"
    assert found.rejected[0].row == 10


def test_stray_and_unclosed_quotation_marks(table: Any) -> None:
    found = table('type,notes\ndrone,5" gun\ndrone,"ok ""so"" it is"\n')
    assert [row["notes"] for row in found.records()] == ['5" gun', 'ok "so" it is']
    found = table('type,notes\ndrone,"never closed\ndrone,a\ndrone,"b"\n')
    assert [(r["row"], r["notes"]) for r in found.records()] == [(3, "a"), (4, "b")]
    assert problems(found) == [(2, "", "a quotation mark in 'drone,\"never closed' is never closed: close it")]


@pytest.mark.parametrize("row", ["drone,{}\n", 'drone,"{}"\n', 'drone,5" {}\n', 'drone,"\n{}"" "\n', "{},a\n", "drone,{},too many\n"])
@pytest.mark.parametrize("rows", ["{}drone,a\n", "drone,a\n{}", "{}"])
def test_cells_of_any_length(table: Any, row: str, rows: str) -> None:
    found = table("type,notes\n" + rows.format(row.format("n" * 140_000)))
    told = [*(str(kept["notes"]) + " ".join(kept["tags"] or ()) for kept in found.records()), *(r.problem for r in found.rejected)]
    assert len(told) == rows.count("a") + 1
    assert any("n" * 40 in words for words in told)


def test_ragged_rows_beside_quoted_line_breaks(table: Any) -> None:
    found = table('type,notes\ndrone,"a\nb"\ndrone\ndrone,c\n')
    assert found.table["row"].to_pylist() == [2, 5]
    assert found.rejected[0].row == 4


def test_empty_rows_of_spreadsheets_are_no_incidents(table: Any) -> None:
    assert len(table("date,type,lat\n2024-11-22,drone,\n,,\n , ,\n")) == 1


def test_dates_and_times(table: Any) -> None:
    found = table(
        "date,end_date,time,timezone,date_precision\n"
        "2024-11-22T22:30:00Z,,,,\n"
        "2024-07-01 22:30+00:00,,,Europe/Berlin,\n"
        "22 November 2024,,,,\n"
        "2024-11,,,,\n"
        "2024,,,,\n"
        "2024-11-22,2024-11-25,,,\n"
        "2024-11-22,,overnight,,\n"
        "2024-11-22,,03:15,,\n"
        "2024-11-22,,14,,\n"
        "2024-11-22 00:00:00.000,,,,\n"
        "2024-11-22,,,,week\n"
        "2024-11-22,,,,exact\n"
        ",,,,\n2024-11-22,2024-11-20,,,\n"
        "2024-11-22,,,Kyiv,\n"
    )
    assert [(f"{r['date_start']:%m-%d %H:%M}", f"{r['date_end']:%m-%d %H:%M}", r["date_precision"]) for r in found.records()] == [
        ("11-23 00:30", "11-23 00:30", "exact"),
        ("07-02 00:30", "07-02 00:30", "exact"),
        ("11-22 00:00", "11-22 00:00", "day"),
        ("11-01 00:00", "11-30 00:00", "month"),
        ("01-01 00:00", "12-31 00:00", "year"),
        ("11-22 00:00", "11-25 00:00", "range"),
        ("11-22 00:00", "11-22 00:00", "night"),
        ("11-22 03:15", "11-22 03:15", "exact"),
        ("11-22 14:00", "11-22 14:00", "hour"),
        ("11-22 00:00", "11-22 00:00", "day"),
        ("11-18 00:00", "11-24 00:00", "week"),
        ("11-22 00:00", "11-22 00:00", "day"),
    ]
    assert problems(found) == [
        (15, "end_date", "is before the start, '2024-11-22'"),
        (16, "timezone", "is not a time zone; expected a name such as Europe/Kyiv, or nothing for that"),
    ]


def test_a_zone_that_no_clock_has_moves_no_incident(table: Any) -> None:
    found = table("date,time\n2024-11-20,10:00+25:00\n2024-11-20T10:00+25:00,\n2024-11-20T10:00,\n2024-11-20,\n")
    assert [f"{row['date_start']:%m-%d %H:%M}" for row in found.records()] == ["11-20 00:00", "11-20 10:00", "11-20 00:00"]
    assert [row["date_precision"] for row in found.records()] == ["day", "exact", "day"]
    assert [(row, column) for row, column, _ in problems(found)] == [(3, "date")]
    [warning] = found.warnings
    assert "10:00+25:00" in warning
    assert "left out, not a time of day such as 03:15" in warning


def test_the_column_decides_between_day_and_month_first(table: Any) -> None:
    def days(*dates: str) -> tuple[list[str], tuple[str, ...]]:
        found = table("date,type\n" + "".join(f"{d},drone\n" for d in dates))
        return [f"{r['date_start']:%m-%d}" for r in found.records()], found.warnings

    assert days("05/06/2024", "11/22/2024") == (["05-06", "11-22"], ())
    assert days("05/06/2024", "22/11/2024") == (["06-05", "11-22"], ())
    guessed, warnings = days("05/06/2024")
    assert guessed == ["06-05"]
    assert "dates such as 04/05/2024 are read day first" in warnings[0]
    assert days("05.06.2024", "06.05.2024") == (["06-05", "05-06"], ())


def test_unknown_words_are_kept_as_tags_and_told(table: Any) -> None:
    found = table("type,status,lat,lon\nLaser attack,maybe,50,34\nlaser attack,,50,35\ndrone,verified,50,35\n,,50,36\n")
    assert [(r["type"], r["status"], r["tags"]) for r in found.records()] == [
        ("other", "claimed", ["Laser attack", "maybe"]),
        ("other", None, ["laser attack"]),
        ("drone_strike", "confirmed", None),
        ("other", None, None),
    ]
    assert "no type of ours, so they become 'other' and the word a tag: 'Laser attack' (1), 'laser attack' (1)" in found.warnings[0]


def test_numbers_zero_is_not_unknown_and_ranges_are_kept(table: Any) -> None:
    found = table("type,killed,killed_low,injured,launched\nd,0,,,12-14\nd,unknown,3,n/a,\nd,2-5,,>10,\nd,4,9,,\n")
    rows = [{k: r[k] for k in COUNTS if r[k] is not None} for r in found.records()]
    assert rows == [{"launched": 12, "killed_best": 0}, {"killed_low": 3}, {"killed_low": 2, "killed_high": 5, "injured_low": 11}]
    assert problems(found) == [(5, "killed", "killed low and best are the wrong way round: 9 is above 4")]


def test_no_incident_is_after_its_own_report(table: Any) -> None:
    found = table(
        "date,type,place,reported_at,source_date\n2035-01-01,shelling,Sumy,2025-03-12,\n2025-03-20,shelling,Sumy,,2025-03-12\n"
        "2025-03-13,shelling,Sumy,2025-03-12,\n2025-03-12,shelling,Sumy,2025-03-01,2025-03-12\n2035-01-01,shelling,Sumy,,\n"
    )
    assert problems(found) == [
        (2, "date", "is 3582 days after its own report of 2025-03-12"),
        (3, "date", "is 8 days after its own report of 2025-03-12"),
    ]


def test_no_incident_has_as_many_dead_as_a_war(table: Any) -> None:
    found = table(
        'date,type,place,killed,launched\n2025-03-12,shelling,Sumy,200000000,\n2025-03-12,shelling,Sumy,"at least 100,001",\n'
        "2025-03-12,shelling,Sumy,100000,\n2025-03-12,shelling,Sumy,,500000\n"
    )
    problem = "is more than 100,000; expected the number of this incident, not a total"
    assert problems(found) == [(2, "killed", problem), (3, "killed", problem), (5, "launched", problem)]


@pytest.mark.parametrize(
    "head",
    [
        "type,killed,injured,lost,children_killed,children_injured",
        "тип,загинуло,поранено,локаційно_втрачено,загинуло дітей,поранено дітей",
        "тип,погибло,ранено,потеряно,погибло детей,ранено детей",
        "art,tote,verletzte,verloren,getötete kinder,verletzte kinder",
        "a,b,c,lost,d,e\n#event+type,#affected+killed,#affected+injured,,#affected+children+killed,#affected+injured+children",
    ],
)
def test_the_lost_and_the_children_by_any_name(table: Any, head: str) -> None:
    (row,) = table(f"{head}\nshelling,4,12,60,1,0\n").records()
    assert (row["killed_best"], row["injured_best"], row["children_killed"], row["children_injured"]) == (4, 12, 1, 0)
    assert row["lost"] == (None if "#" in head else 60)


def test_children_are_no_more_than_all(table: Any) -> None:
    found = table("type,killed,injured,children_killed,children_injured\nd,4,at least 2,5,3\nd,2-6,,6,1\n")
    assert problems(found) == [(2, "children_killed", "5 children killed, but 4 killed in all; expected a part of these")]
    assert [(row["killed_low"], row["children_killed"], row["children_injured"]) for row in found.records()] == [(2, 6, 1)]


def test_a_row_without_any_place_stays(table: Any) -> None:
    (row,) = table("date,type,lat,lon\n2024-11-21,missile,,\n").records()
    assert row["precision"] is row["lat"] is None


def test_a_precision_that_is_none_of_ours(table: Any) -> None:
    found = table("type,lat,lon,precision\nd,50,34,oblast\nd,50,34,blob\nd,50,34,ADM2\n")
    assert found.table["precision"].to_pylist() == ["admin1", "admin2"]
    assert found.rejected[0].problem.startswith("is not one of exact, site, settlement")


def test_quotes_are_cut_and_text_is_kept_as_it_is(table: Any) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    (row,) = table(f"type,notes,quote\nd,{evil},{'ї' * 300}\n").records()
    assert row["notes"] == evil
    assert len(row["quote"]) == 200


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8-sig"])
def test_encodings_of_excel(table: Any, encoding: str) -> None:
    (row,) = table("дата;тип;місто\r\n22.11.2024;Обстріл;Ґава її є\r\n".encode(encoding)).records()
    assert (row["type"], row["place_text"]) == ("shelling", "Ґава її є")


def test_a_damaged_cell(table: Any) -> None:
    found = table("type,notes\ndrone,a\0b\ndrone,c\n")
    assert len(found) == 1
    assert "holds a NUL character" in found.rejected[0].problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "name,age\nA,1\n",
            "no column tells of incidents: found 'name', 'age', expected a date, a type, a place, or lat and lon; name the columns",
        ),
        ("", "is empty; check that the right file was saved"),
        (" \n\n", "is empty; check"),
        (b"\x80\x81\xfe\x00\x01\x98\x9d" * 40, "is not text|no column tells"),
    ],
)
def test_tables_that_cannot_be_read(table: Any, content: str | bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        table(content)


def test_a_header_alone_is_told(table: Any) -> None:
    found = table("date,type\n")
    assert len(found) == 0
    assert found.warnings[0].endswith("has a header but no rows")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2", Count(best=2)),
        ("2.0", Count(best=2)),
        ("1,200", Count(best=1200)),
        ("щонайменше 2", Count(low=2)),
        ("10+", Count(low=10)),
        ("2 – 5", Count(low=2, high=5)),
        ("до 5", Count(high=5)),
        ("about 10", Count(best=10)),
        ("less than 3", Count(high=2)),
        ("5-2", None),
        ("-3", None),
        ("2.5", None),
        ("99999999999", None),
    ],
)
def test_counts(text: str, count: Count | None) -> None:
    assert parse_count(text) == count


@given(st.floats(-180, 180, allow_subnormal=False))
def test_degrees_are_read_back(value: float) -> None:
    text = f"{value:.6f}"
    assert parse_degrees(text) == float(text)
    assert parse_degrees(text.replace(".", ",")) == float(text)
    assert split_pair(f"{text}, 10.5") == (10.5, float(text))


@pytest.mark.parametrize("text", [":0", "", "N", "50.9 34.8", "1e5", "50°N50"])
def test_what_is_no_angle(text: str) -> None:
    assert parse_degrees(text) is None


CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), max_size=8) | st.sampled_from(
    ['"', "a\nb", ",", ";", "''"]
)


@given(st.lists(st.tuples(CELL, CELL), max_size=6), st.sampled_from(",;\t|"))
def test_what_the_csv_module_writes_is_read_back_with_its_line(rows: list[tuple[str, str]], delimiter: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["type", "notes"])
    lines = []
    for row in rows:
        lines.append(buffer.getvalue().count("\n") + 1)
        writer.writerow(row)
    grid = read_csv(buffer.getvalue().encode(), "t.csv", lambda header, _: range(len(header)))
    assert list(zip(*(grid.columns[at].to_pylist() for at in (0, 1)), strict=True)) == rows
    assert grid.rows.tolist() == lines
    assert not grid.rejected


@given(st.lists(st.text(st.sampled_from('ab1,;"\n\t |#°-./:T0'), max_size=30), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_reader(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "t.csv"
    body = "\n".join(lines)
    path.write_text(f"date,type,lat,lon,killed,time\n{body}\n", encoding="utf-8")
    found = read(path)
    assert isinstance(found, IncidentRows)
    assert all(1 <= row <= body.count("\n") + 2 for row in found.table["row"].to_pylist())
