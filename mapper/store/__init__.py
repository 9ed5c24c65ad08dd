"""Write the incident tables to files and read them back: GeoJSON, CSV, GeoParquet, GeoPackage."""

from __future__ import annotations

from mapper.store.companions import companion
from mapper.store.diff import Change, Diff, diff
from mapper.store.files import reserved, write_atomic, write_together
from mapper.store.formats import ENDINGS, dumps, is_stored, read, write
from mapper.store.ledger import Ledger, account

__all__ = [
    "ENDINGS",
    "Change",
    "Diff",
    "Ledger",
    "account",
    "companion",
    "diff",
    "dumps",
    "is_stored",
    "read",
    "reserved",
    "write",
    "write_atomic",
    "write_together",
]
