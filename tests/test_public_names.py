"""What the README promises is there, and nothing slow is imported for it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import mapper

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", mapper.__all__)
def test_a_public_name_is_there_and_in_the_readme(name):
    assert getattr(mapper, name).__name__ == name
    assert re.search(rf"`{name}`|\b{name}[.(]", README), name


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = mapper.nothing


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import mapper", ("pandas", "pyarrow", "shapely")),
        ("from mapper import geocode, Gazetteer; Gazetteer.load()", ("pandas", "geopandas", "folium")),
    ],
)
def test_what_is_not_needed_is_not_imported(statement, absent):
    code = f"{statement}; import sys; print(*sorted(set({absent!r}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_the_commands_of_the_readme_are_commands():
    from mapper.cli import main

    used = set(re.findall(r"^(?:\$ )?mapper ([a-z]+)", README, re.MULTILINE))
    assert used <= set(main.commands)
    assert {"map", "extract", "geocode", "places", "build", "check", "export"} <= used


def test_the_example_of_the_readme_gives_what_it_says():
    command, text = re.search(r"\$ mapper (extract [^<]+)<<< \"([^\"]+)\"", README).groups()
    run = subprocess.run(
        [sys.executable, "-m", "mapper", *command.split()], input=text, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    _, *rows = run.stdout.strip().lstrip("\ufeff").splitlines()
    assert len(rows) == 1
    assert "interception" in rows[0]
    assert "23" in rows[0]


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    root = Path(__file__).parent.parent
    monkeypatch.chdir(tmp_path)
    (tmp_path / "geodata").symlink_to(root / "geodata")
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    assert (tmp_path / "map.html").stat().st_size > 100_000
    assert "incident_layer_main" in (tmp_path / "own.html").read_text(encoding="utf-8")
