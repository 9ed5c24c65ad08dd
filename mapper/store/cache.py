"""What was worked out before, by the hash of all that it came from; it can be deleted at any time.

One SQLite file in the user's cache folder (`MAPPER_CACHE` names another, or `off`). An entry is bytes under a key; a key
holds the hashes of what was read, of this program and of its data, and whoever makes one looks whether what was read is
still what was hashed: so no entry is wrong. One that nobody asks for in a while is dropped. A cache that cannot be used
is none.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import sys
import time
import zlib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from mapper import geodata
from mapper.store.companions import companion

__all__ = ["Cache", "content", "digest", "program"]

_FILE = "mapper.sqlite"

#: Seconds after which an entry is dropped that nobody has asked for: a map may stand unchanged for long, and is then one
#: entry that is asked for, while those of its files are not.
_KEPT = 90 * 86_400

#: Bytes of all entries at most, when a run has ended; the longest unused go first.
_MOST = 4_000_000_000

#: Bytes of an entry at most; SQLite's own limit is 1,000,000,000.
_LARGEST = 900_000_000

#: The file becomes smaller when entries go, which must be said before there is anything in it.
_SETTINGS = "PRAGMA auto_vacuum = FULL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"

#: When an entry was asked for last stands apart from its content: to change it would write all of that again.
_TABLES = """
CREATE TABLE IF NOT EXISTS contents (key TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS marks (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
"""


class Cache:
    """Entries that outlive a run.

    Parameters
    ----------
    folder
        Where they are kept; without one nothing is.
    now
        Seconds since 1970, by default those of the clock.
    """

    def __init__(self, folder: Path | None, *, now: float | None = None) -> None:
        self._connection: sqlite3.Connection | None = None
        self._now = int(time.time() if now is None else now)
        if folder is None:
            return
        with suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                self._open(folder / _FILE)
            except sqlite3.OperationalError:
                pass  # locked for long, or on a disk that cannot hold it: this run does without
            except sqlite3.DatabaseError:
                # Damaged, or not ours: it holds nothing that cannot be made again.
                for ending in ("", "-wal", "-shm"):
                    (folder / f"{_FILE}{ending}").unlink(missing_ok=True)
                self._open(folder / _FILE)

    @classmethod
    def of_user(cls) -> Cache:
        """Open the one that `MAPPER_CACHE` names, else that in the user's cache folder."""
        return cls(geodata.cache_dir())

    def get(self, key: str) -> bytes | None:
        """Give an entry, or None."""
        if self._connection is None:
            return None
        with suppress(sqlite3.Error), self._connection:
            found = self._connection.execute("SELECT content FROM contents WHERE key = ?", (key,)).fetchone()
            if found is None:
                return None
            content: bytes = found[0]
            self._mark(key, content)
            return content
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry; where it cannot be kept, nothing is."""
        if self._connection is None or len(content) > _LARGEST:
            return
        with suppress(sqlite3.Error), self._connection:
            self._connection.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (key, content))
            self._mark(key, content)

    def tidy(self, most: int = _MOST) -> None:
        """Drop what nobody has asked for in three months, and the longest unused of what is more than so many bytes."""
        if self._connection is None:
            return
        with suppress(sqlite3.Error), self._connection as connection:
            last = self._now - _KEPT
            oldest, size = connection.execute("SELECT min(used), total(size) FROM marks").fetchone()
            if oldest is None or (oldest >= last and size <= most):
                return
            gone = connection.execute(
                "SELECT key FROM (SELECT key, used, sum(size) OVER (ORDER BY used DESC, size, key) AS upto FROM marks) "
                "WHERE used < ? OR upto > ?",
                (last, most),
            ).fetchall()
            for table in ("contents", "marks"):
                connection.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608 - two words of ours

    def _mark(self, key: str, content: bytes) -> None:
        """Note that an entry was asked for."""
        if self._connection is not None:
            self._connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", (key, self._now, len(content)))

    def _open(self, path: Path) -> None:
        connection = sqlite3.connect(path, timeout=10)
        try:
            connection.executescript(_SETTINGS + _TABLES)
        except sqlite3.Error:
            connection.close()
            raise
        self._connection = connection


def digest(*parts: bytes | str) -> str:
    """Hash a sequence of texts; another division of the same text gives another hash."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return hashed.hexdigest()


def content(path: Path) -> list[bytes]:
    """Hash a file, and the claims and sources that may lie beside it."""
    files = [path, *(companion(path, name) for name in ("claims", "sources"))]
    return [hashlib.sha256(file.read_bytes()).digest() for file in files if file.is_file()]


@cache
def program() -> str:
    """Hash this program: each of its files, and the versions of what it stands on."""
    package = Path(__file__).parents[1]
    files = sorted(p for p in package.rglob("*") if p.is_file() and not {"__pycache__", "frontend"} & set(p.relative_to(package).parts))
    hashed = [part for path in files for part in (str(path.relative_to(package)), path.read_bytes())]
    return digest(*hashed, *_versions())


def _versions() -> list[str]:
    found = [sys.version, zlib.ZLIB_RUNTIME_VERSION]
    for requirement in requires("mapper") or ():
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return found
