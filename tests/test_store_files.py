"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from mapper.errors import MapperError
from mapper.store.files import replacing, write_atomic

if TYPE_CHECKING:
    from pathlib import Path


def test_writes_text_and_bytes_and_makes_folders(tmp_path: Path) -> None:
    assert write_atomic(tmp_path / "new" / "folder" / "мапа.html", "Суми\n").read_text(encoding="utf-8") == "Суми\n"
    write_atomic(tmp_path / "b", b"\x00\r\n")
    assert (tmp_path / "b").read_bytes() == b"\x00\r\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "new"]


def test_keeps_permissions_and_links(tmp_path: Path) -> None:
    target, link = tmp_path / "x.html", tmp_path / "link.html"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomic(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_atomic(tmp_path / "x", "")
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EACCES, "you may not write there; check the permissions"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_failure_is_one_line_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> None:
    path = tmp_path / "x.html"
    path.write_text("old", encoding="utf-8")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(MapperError, match=said) as caught:
        write_atomic(path, "new")
    assert str(caught.value).startswith(f"{path}: cannot be written: ")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


def test_a_folder_or_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MapperError, match="it is a folder; give a file name"):
        write_atomic(tmp_path, "x")
    with pytest.raises(MapperError, match="a part of its path is a file; choose another folder"):
        write_atomic(tmp_path / "file" / "x.html", "x")


def test_an_error_inside_the_block_is_not_hidden(tmp_path: Path) -> None:
    def fail() -> None:
        with replacing(tmp_path / "x") as temporary:
            temporary.touch()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not list(tmp_path.iterdir())
