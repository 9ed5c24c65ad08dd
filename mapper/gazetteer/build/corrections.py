"""What we know better than our sources: tables of names and borders, written by hand."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

__all__ = ["corrections"]


def corrections(name: str) -> dict[str, Any]:
    """Read ``NAME.toml`` of the gazetteer."""
    return tomllib.loads((files("mapper.gazetteer") / f"{name}.toml").read_text(encoding="utf-8"))
