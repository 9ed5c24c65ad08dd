"""What goes into a map comes out of it again, to the last null."""

from __future__ import annotations

import pytest
from page_sample import sample_tables

from mapper.errors import InputError
from mapper.incidents import Tables
from mapper.page import archive


def page(tables, path):
    path.write_text(f'<html><script type="application/json" id="mapper-archive">{archive.pack(tables)}</script></html>', encoding="utf-8")
    return path


@pytest.mark.parametrize("tables", [sample_tables(), Tables.empty()], ids=["sample", "empty"])
def test_the_tables_come_back(tables, tmp_path):
    again = archive.unpack(page(tables, tmp_path / "map.html"))
    for name in ("incidents", "claims", "sources"):
        assert again.arrow(name).to_pylist() == tables.arrow(name).to_pylist()
    for one, other in zip(again.incidents.geometry, tables.incidents.geometry, strict=True):
        assert (one is None and other is None) or one.equals_exact(other, 0)


def test_the_same_tables_give_the_same_text():
    assert archive.pack(sample_tables()) == archive.pack(sample_tables())


def test_harmful_text_cannot_end_the_block():
    assert "<" not in archive.pack(sample_tables())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html></html>", "holds no archive"),
        (b"\xff\xfe\x00", "is not a map"),
        (b'<script type="application/json" id="mapper-archive">{"version":1,"incidents":"AAAA"}</script>', "archive is damaged"),
        (b'<script type="application/json" id="mapper-archive">{</script>', "archive is damaged"),
    ],
)
def test_what_is_no_map_is_said(content, said, tmp_path):
    path = tmp_path / "x.html"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        archive.unpack(path)


def test_a_missing_map_is_said(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        archive.unpack(tmp_path / "gone.html")
