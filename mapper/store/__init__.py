"""Write the incident tables to files and read them back: GeoJSON, CSV, GeoParquet, GeoPackage."""

from __future__ import annotations

from mapper.store.diff import Change, Diff, diff
from mapper.store.files import write_atomic
from mapper.store.formats import ENDINGS, dumps, is_stored, read, write

__all__ = ["ENDINGS", "Change", "Diff", "diff", "dumps", "is_stored", "read", "write", "write_atomic"]
