"""No data file without its origin, and none that differs from what its entry says."""

from __future__ import annotations

import pytest

from mapper import geodata
from mapper.errors import GeodataError

ENTRY = """["a.csv"]
title = "A"
publisher = "B"
url = "https://example.org"
licence = "MIT"
attribution = "A by B"
made_by = "hand"
sha256 = "0"
"""


def folder(tmp_path, entry=ENTRY, **files):
    (tmp_path / "SOURCES.toml").write_text(entry, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_file_is_what_its_entry_says():
    assert geodata.verify() == []


def test_a_map_names_each_source_once():
    said = geodata.attributions(("gazetteer/", "boundaries/", "basemap/"))
    assert len(said) == len(set(said))
    assert "Places: GeoNames (geonames.org), CC BY 4.0" in said


def test_a_file_without_an_entry_and_an_entry_without_a_file(tmp_path):
    assert geodata.verify(folder(tmp_path, b_csv="x")) == ["a.csv: in SOURCES.toml, but not there", "b.csv: there, but not in SOURCES.toml"]


def test_a_changed_file_is_told_and_can_be_sealed(tmp_path):
    there = folder(tmp_path, a_csv="x")
    assert "sha256 is" in geodata.verify(there)[0]
    geodata.seal(there)
    assert geodata.verify(there) == []


def test_an_entry_without_a_licence_is_refused(tmp_path):
    with pytest.raises(GeodataError, match="lacks licence"):
        geodata.sources(folder(tmp_path, ENTRY.replace('licence = "MIT"\n', "")))


def test_broken_toml_is_named(tmp_path):
    with pytest.raises(GeodataError, match=r"SOURCES\.toml"):
        geodata.sources(folder(tmp_path, "[["))
