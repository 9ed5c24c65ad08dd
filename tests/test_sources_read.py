"""Files, folders and standard input."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from mapper.errors import InputError
from mapper.sources import Article, Articles, Inputs, read, read_all
from mapper.sources.rows import IncidentRows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with good, bad, hidden and foreign files."""
    files = {
        "b.txt": "Two killed in Sumy",
        "a.md": "# A",
        "sub/t.csv": "type,lat,lon\ndrone,50,34\ndrone,99,34\n",
        ".hidden.txt": "no",
        ".git/x.txt": "no",
        "photo.jpg": "no",
        "broken.geojson": "{",
        "t.claims.csv": "incident_id,by\n",
        "t.csv": "type,lat,lon\ndrone,50,34\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_order_and_one_bad_file_stops_nothing(folder: Path) -> None:
    found = read_all([folder])
    assert [a.path for a in found.articles] == [str(folder / "a.md"), str(folder / "b.txt")]
    assert [r.path for r in found.rows] == [str(folder / "sub/t.csv"), str(folder / "t.csv")]
    assert [(r.path, r.row) for r in found.rejected] == [(str(folder / "broken.geojson"), 0), (str(folder / "sub/t.csv"), 3)]
    assert found.warnings == (f"{folder}: 1 file skipped, of another ending: photo.jpg",)


def test_what_can_be_saved_as_something_readable_is_told_in_a_folder_too(folder: Path, tmp_path: Path) -> None:
    said = "spreadsheets (.xlsx) are not read; open it and save it as CSV (UTF-8)"
    (folder / "desk.xlsx").write_bytes(b"PK")
    assert read_all([folder]).warnings == (
        f"{folder / 'desk.xlsx'}: skipped: {said}",
        f"{folder}: 1 file skipped, of another ending: photo.jpg",
    )
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "desk.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError) as caught:
        read_all([tmp_path / "alone"])
    assert str(caught.value) == f"{tmp_path / 'alone' / 'desk.xlsx'}: {said}"


def test_a_name_that_is_no_utf_8_is_told_and_stops_no_other_file(tmp_path: Path) -> None:
    good, odd, photo = tmp_path / "good.csv", tmp_path / os.fsdecode(b"\xff.csv"), tmp_path / os.fsdecode(b"\xff.jpg")
    for path in (good, odd, photo):
        path.write_text("type\ndrone\n", encoding="utf-8")
    for sources in ([tmp_path], [good, odd]):
        found = read_all(sources)
        assert [table.path for table in found.rows] == [str(good)]
        assert [str(fault) for fault in found.rejected] == [f"{tmp_path}/?.csv: the name is no UTF-8; rename it"]
    assert read_all([tmp_path]).warnings == (f"{tmp_path}: 1 file skipped, of another ending: ?.jpg",)


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert len(read_all([folder / "b.txt", str(folder / "b.txt"), folder]).articles) == 2


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no file that can be read among 0; supported are \.txt"):
        read_all([tmp_path])
    with pytest.raises(InputError, match=r"no such file; check the name; none of the 2 inputs could be read"):
        read_all([tmp_path / "a.txt", tmp_path / "b.txt"])
    with pytest.raises(InputError, match="none was given"):
        read_all([])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("t.cvs", r"there is no such file; did you mean t\.csv"),
        ("photo.jpg", r"files ending in \.jpg are not read; supported are \.txt \.md"),
        ("sub", "is a folder: expected a file"),
        ("none/x.txt", "no such file; there is no folder"),
        ("table.xlsx", r"spreadsheets \(\.xlsx\) are not read; open it and save it as CSV"),
        ("empty.csv", "is empty"),
        ("README", "has no ending that tells its format"),
        ("old.doc", r"documents of this kind \(\.doc\) are not read; open it and save it as \.docx"),
        ("page.mhtml", r"web archives \(\.mhtml\) are not read; open it in a browser and save it as"),
    ],
)
def test_names_that_cannot_be_read(folder: Path, name: str, said: str) -> None:
    for made in ("table.xlsx", "empty.csv", "README", "old.doc", "page.mhtml"):
        (folder / made).touch()
    with pytest.raises(InputError, match=said):
        read(folder / name)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("Two killed in Sumy, officials say\nText, and more", Article),
        ("---\ntitle: T\n---\nText", Article),
        ("date,type,lat\n2024-11-22,drone,\n", IncidentRows),
        ('{"type": "FeatureCollection", "features": []}', IncidentRows),
        ("<!DOCTYPE html>\n<title>T</title><p>Two people were killed in Sumy overnight, officials say.", Article),
        ("<?xml version='1.0'?>\n<!-- <html> -->\n<html><p>Two people were killed in Sumy overnight, officials say.", Article),
        ("<body><p>Markup that begins in the middle is a text", Article),
    ],
)
def test_standard_input_is_told_by_its_first_lines(monkeypatch: pytest.MonkeyPatch, content: str, kind: type) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    found = read_all(["-"])
    assert isinstance(found, Inputs)
    assert isinstance((*found.articles, *found.rows)[0], kind)
    assert (*found.articles, *found.rows)[0].path == "-"


@pytest.mark.parametrize(
    "content",
    [
        "<?xml version='1.0'?><rss><channel><item><title>Two killed</title></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Two killed</title></entry></feed>',
        '{"name": "x", "type": "public_channel", "id": 1, "messages": [{"id": 1, "text": "Two killed"}]}',
    ],
)
def test_standard_input_may_hold_several_articles(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    found = read("-", lang="en")
    assert isinstance(found, Articles)
    assert [(a.path, a.title, a.lang) for a in found] == [("-#1", "Two killed", "en")]


def test_the_language_is_found_where_nobody_says_it(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Уночі ворог атакував Одесу дронами, поранено трьох людей.", encoding="utf-8")
    assert [a.lang for a in read_all([tmp_path]).articles] == ["uk"]
    assert [a.lang for a in read_all([tmp_path], lang="ru").articles] == ["ru"]


def test_progress_goes_to_the_end_also_over_bad_files(folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    read_all([folder], progress=lambda done, total: steps.append((done, total)))
    assert steps == [(n, 5) for n in range(1, 6)]


def test_a_name_that_says_the_wrong_format_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<html><body><p>Text</p></body></html>", encoding="utf-8")
    with pytest.raises(InputError, match=r"is a web page: expected an RSS or Atom feed; name it \.html"):
        read(tmp_path / "x.xml")
    (tmp_path / "x.docx").write_text("Text", encoding="utf-8")
    with pytest.raises(InputError, match="is no zip file: expected a Word document"):
        read(tmp_path / "x.docx")


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(InputError, match="standard input is empty"):
        read("-")
