"""Accounts for every report that was read: where it is now, and if it is nowhere, why.

A report is an event that an article tells, or a row of a table; a row or a file that cannot be used is
one too. Each is on the map, merged into another, not on the map, rejected, or hidden.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.editing.overrides import OUTCOMES as VERDICTS
from mapper.editing.overrides import Verdict
from mapper.errors import LedgerError
from mapper.incidents import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.errors import Rejected
    from mapper.tables import Tables

__all__ = ["OUTCOMES", "Entry", "Ledger", "account", "seen_from"]

#: What becomes of a report.
OUTCOMES = ("mapped", "merged", "unplaced", "rejected", "hidden")


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that is not an incident of its own on the map; `row` is 0 where a file has no rows."""

    file: str
    row: int
    outcome: str
    incident: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of all reports: for each file the counts of `OUTCOMES`, and one entry for each that is not on the map.

    `overrides` says what became of each decision of an editor.
    """

    files: Mapping[str, Mapping[str, int]]
    entries: tuple[Entry, ...]
    overrides: tuple[Verdict, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """Count `read`, and each of `OUTCOMES`, which add up to it."""
        return _summed(self.files.values())

    @property
    def overridden(self) -> dict[str, int]:
        """Count the overrides by what became of them; those that there are none of are left out."""
        counts = Counter(verdict.outcome for verdict in self.overrides)
        return {outcome: counts[outcome] for outcome in VERDICTS if counts[outcome]}

    @property
    def numbered(self) -> dict[str, str]:
        """Give each file a name that tells nothing of it."""
        return {file: f"input {number}" for number, file in enumerate(self.files, start=1)}

    def of_inputs(self, inputs: Iterable[Path | str]) -> dict[str, dict[str, int]]:
        """Add up the files of each input, as it was given."""
        listed: dict[str, list[Mapping[str, int]]] = {str(path): [] for path in inputs}
        for file, counts in self.files.items():
            parents = [file.partition("#")[0], *map(str, Path(file).parents)]
            listed.setdefault(next((p for p in parents if p in listed), file), []).append(counts)
        return {path: _summed(counts) for path, counts in listed.items()}

    def relative(self, folder: Path) -> Ledger:
        """Name the files as seen from a folder, so that nothing tells where that lies."""
        return Ledger(
            {seen_from(file, folder): counts for file, counts in self.files.items()},
            tuple(replace(entry, file=seen_from(entry.file, folder)) for entry in self.entries),
            tuple(replace(verdict, file=seen_from(verdict.file, folder)) for verdict in self.overrides),
        )

    def anonymous(self) -> Ledger:
        """Give numbers in place of the names of files, which may tell what they hold, and only the outcomes of overrides."""
        names = self.numbered
        return Ledger(
            {names[file]: counts for file, counts in self.files.items()},
            tuple(replace(entry, file=names[entry.file]) for entry in self.entries),
            tuple(replace(verdict, file="overrides", id="", incident=None, note="") for verdict in self.overrides),
        )

    def document(self) -> dict[str, Any]:
        """Give it as it is written: `totals`, `files`, `reports` and `overrides`."""
        files = [{"file": file, "read": sum(counts.values()), **counts} for file, counts in self.files.items()]
        document: dict[str, Any] = {"totals": self.totals, "files": files, "reports": [asdict(entry) for entry in self.entries]}
        return document | {"overrides": [asdict(verdict) for verdict in self.overrides]}

    def dumps(self) -> str:
        """Write it as JSON."""
        return json.dumps(self.document(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def loads(cls, text: str) -> Ledger:
        """Read back what `dumps` wrote."""
        document = json.loads(text)
        files = {row["file"]: {outcome: row[outcome] for outcome in OUTCOMES} for row in document["files"]}
        return cls(files, tuple(Entry(**entry) for entry in document["reports"]), tuple(Verdict(**v) for v in document["overrides"]))


def account(
    files: Iterable[str],
    reports: pa.Table,
    tables: Tables,
    rejected: Sequence[Rejected],
    hidden: Mapping[str, str] | None = None,
    overrides: Sequence[Verdict] = (),
) -> Ledger:
    """Find out what became of each report.

    Parameters
    ----------
    files
        All files that were read, also those that tell of nothing.
    reports
        One row a report: `path`, `row`, `id` (of the incident that it is, or is part of), `reason` (why it was
        merged, null where it was not).
    tables
        The incidents as they go to the map.
    hidden
        Ids of incidents that are in no table, and why; what was merged into them is hidden with them.
    overrides
        What became of each decision of an editor.

    Raises
    ------
    LedgerError
        If the sums are wrong: a report is nowhere, or an incident comes from none.
    """
    hidden = hidden or {}
    away = pa.table({"id": pa.array(hidden, pa.string()), "unplaced": pa.array(hidden.values(), pa.string())})
    known = pa.concat_tables([tables.arrow("incidents").select(away.column_names), away])
    ids, reasons = whole(known["id"]), known["unplaced"]
    geometry = tables.incidents.geometry
    placed = pa.array(~(geometry.isna() | geometry.is_empty).to_numpy(dtype=bool))
    outcomes = pa.chunked_array([pc.if_else(placed, "mapped", "unplaced"), pa.array(["hidden"] * len(hidden), pa.string())])
    where = pc.index_in(reports["id"], ids)
    merged = pc.is_valid(reports["reason"])
    told = pc.if_else(pc.is_in(reports["id"], away["id"].combine_chunks()), None, reports["reason"])
    found = reports.append_column("outcome", pc.if_else(pc.is_valid(told), "merged", outcomes.take(where)))
    found = found.set_column(found.column_names.index("reason"), "reason", pc.coalesce(told, reasons.take(where)))
    lost = found.filter(pc.is_null(found["outcome"]))
    own = where.filter(pc.invert(merged))
    if len(lost) or len(own) != len(ids) or (np.bincount(own, minlength=len(ids)) != 1).any():
        first = f"; the first that is lost is {lost['id'][0]}, {lost['path'][0]}, row {lost['row'][0]}" if len(lost) else ""
        raise LedgerError(f"{len(own)} reports are incidents of their own, but there are {len(ids)} incidents{first}")
    counts: dict[str, Counter[str]] = {file: Counter() for file in files}
    for outcome in OUTCOMES:
        for group in found["path"].filter(pc.equal(found["outcome"], outcome)).value_counts().to_pylist():
            counts.setdefault(group["values"], Counter())[outcome] = group["counts"]
    entries = [
        Entry(r["path"], r["row"], r["outcome"], None if r["outcome"] == "hidden" else r["id"], r["reason"])
        for r in found.filter(pc.not_equal(found["outcome"], "mapped")).to_pylist()
    ]
    for row in rejected:
        counts.setdefault(row.path, Counter())["rejected"] += 1
        what = f"{row.column} {row.value!r}: {row.problem}" if row.value else row.problem
        entries.append(Entry(row.path, row.row, "rejected", None, what))
    counted = {file: {outcome: count[outcome] for outcome in OUTCOMES} for file, count in sorted(counts.items())}
    return Ledger(counted, tuple(sorted(entries, key=lambda e: (e.file, e.row, e.outcome, e.incident or "", e.reason))), tuple(overrides))


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    counts = list(counts)
    totals = {outcome: sum(c[outcome] for c in counts) for outcome in OUTCOMES}
    return {"read": sum(totals.values()), **totals}


def seen_from(file: str, folder: Path) -> str:
    """Name a file relative to a folder, with `/`; one on another drive by its name alone."""
    if file == "-":
        return file
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return Path(file).name
