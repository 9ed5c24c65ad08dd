"""Inputs to incident tables: what each file tells is worked out once, then all of it is put together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper import store
from mapper.editing import overrides as decided
from mapper.editing.applying import Edited, apply
from mapper.editing.foretelling import foretold
from mapper.editing.grouping import grouping
from mapper.editing.values import Knowledge
from mapper.editing.withholding import build_time
from mapper.errors import InputError
from mapper.incidents import INCIDENTS
from mapper.merging.events import Merge, merge
from mapper.merging.naming import name
from mapper.pipeline.found import Found
from mapper.pipeline.inputs import Inputs
from mapper.pipeline.reader import Reader
from mapper.pipeline.workers import Workers
from mapper.sources import nothing_read, unread
from mapper.sources.formats import is_one_article
from mapper.store.cache import Cache, digest, program
from mapper.store.ledger import seen_from
from mapper.tables import Tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.editing.guarding import Guarded
    from mapper.errors import Rejected
    from mapper.extraction.llm.model import LanguageModel
    from mapper.extraction.reading.passedover import PassedOver
    from mapper.merging.reports import Told
    from mapper.page.changes import Changes
    from mapper.pipeline.world import World
    from mapper.sources import Article
    from mapper.store.ledger import Ledger
    from mapper.taxonomy import Taxonomy

    #: Told what is being done, how much of it is done, and of how much.
    Progress = Callable[[str, int, int], None]

#: Files or reports that are named, where something holds for many.
_MOST_NAMED = 5

__all__ = ["Gathered", "articles_to_tables", "gather", "ordered"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the inputs tell: the tables with each event once, and what became of every report.

    `versions` are those of the program and of the gazetteer that read them, if it was another time. `reports` has a row
    for each report (see `store.account`), of the `files` read; None where only their record is known. `hidden` are the
    incidents that an editor hides, and why. `published` are
    the rejected rows as they may be shown, `passed_over` the sentences that may tell of an incident and gave none, which are
    shown to nobody but the desk, `guarded` what sensitivity rules have taken out (see `guard`), and `changes` what
    is not as it was in an earlier map.
    """

    tables: Tables
    ledger: Ledger
    merges: tuple[Merge, ...]
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    reports: pa.Table | None = None
    hidden: Mapping[str, str] = field(default_factory=dict)
    published: tuple[Rejected, ...] | None = None
    passed_over: tuple[PassedOver, ...] = ()
    guarded: Guarded | None = None
    changes: Changes | None = None

    @property
    def hides(self) -> bool:
        """Whether a rule hides anything of it."""
        return bool(self.guarded and self.guarded.secrets)

    def told_from(self, folder: Path) -> list[Rejected]:
        """Give the rejected rows as they are published, named as in `ledger_from`."""
        names = self.ledger.numbered if self.hides else {}
        rows = self.rejected if self.published is None else self.published
        return [replace(row, path=names.get(row.path) or seen_from(row.path, folder)) for row in rows]

    def ledger_from(self, folder: Path) -> Ledger:
        """Give the ledger as it is published: files as seen from a folder, and unnamed where a rule hides anything."""
        ledger = self.ledger.relative(folder)
        return ledger.anonymous() if self.hides else ledger


def gather(
    paths: Iterable[Path | str],
    world: World,
    taxonomy: Taxonomy,
    *,
    published: dt.date | None = None,
    lang: str | None = None,
    merged: bool = True,
    overrides: Path | None = None,
    inputs: Inputs | None = None,
    cache: Cache | None = None,
    model: LanguageModel | None = None,
    progress: Progress | None = None,
    processes: int = 1,
) -> Gathered:
    """Read the inputs, find and place their incidents, and put reports of one event together.

    Parameters
    ----------
    published, lang
        Override what the articles say.
    merged
        False leaves each report an incident of its own, and an editor's decisions about that without effect.
    overrides
        File of an editor's decisions; it is no input, wherever it lies.
    inputs
        The same paths, if they have been looked at.
    cache
        Keeps what each file tells; without it all files are read anew.
    model
        Reads the articles in place of the rules.
    progress
        Called with "reading", how many files are done and of how many; where there is but one, also with "extracting"
        and its articles.
    processes
        How many may read at once (see `workers`); what comes out is the same. A script that asks for more than one must
        be one that can be imported, for each of them does so.

    Raises
    ------
    InputError
        If nothing can be read, or `overrides` cannot be.
    """
    decisions = decided.read(overrides) if overrides else decided.Overrides()
    inputs = inputs or Inputs(paths)
    listing = inputs.listing
    if overrides:
        listing = replace(listing, files=tuple(file for file in listing.files if Path(file).resolve() != overrides.resolve()))
    cache = cache or Cache(None)
    reader = Reader(world, taxonomy, published, lang, model)
    asked = (str(published), str(lang), model.digest if model else "", program(), world.digest, taxonomy.digest())
    with Workers(reader, processes) as workers:
        found, errors = _found(listing.files, reader, _Kept(cache, inputs, asked), workers, progress)
    cache.tidy()
    if not any(file.told or file.part for file in found):
        raise nothing_read([*listing.errors, *errors])
    told = [article for file in found for article in file.told]
    articles = [reader.reports.part(told)] if told else []
    named = name([*articles, *(file.part for file in found if file.part)])
    joined = _joined(named.tables, taxonomy, decisions.rows) if merged else _Joined(named.tables)
    known = Knowledge(world.gazetteer, world.boundaries, taxonomy) if decisions.rows else None
    edited = apply(joined.tables, decisions.rows, known) if known else Edited(joined.tables)
    tables = ordered(edited.tables)
    verdicts = (*decisions.others, *joined.verdicts, *edited.verdicts)
    passed = tuple(one for article in told for one in article.passed)
    rejected = (*unread([*listing.errors, *errors]), *(row for file in found for row in file.rejected))
    reports, files = _with_merges(named.reports, joined.merges), tuple(_names(found))
    warnings = [*listing.warnings, *decisions.warnings, *(warning for file in found for warning in file.warnings)]
    warnings += (*_clashing(named.clashes), *_silent(told), *_passed(passed), *_foretold(tables, reports))
    return Gathered(
        tables=tables,
        ledger=store.account(files, reports, tables, rejected, edited.hidden, sorted(verdicts, key=lambda v: v.row)),
        merges=joined.merges,
        rejected=rejected,
        warnings=tuple(warnings),
        files=files,
        reports=reports,
        hidden=edited.hidden,
        passed_over=passed,
    )


def _found(
    files: Sequence[Path | str], reader: Reader, kept: _Kept, workers: Workers, progress: Progress | None
) -> tuple[list[Found], list[InputError]]:
    """Take what is remembered of the files, read the others, and go on where one cannot be read."""
    found: list[Found] = []
    errors: list[InputError] = []
    known = [kept.get(path) for path in files]
    telling = partial(_telling, workers, progress if len(files) == 1 else None)
    alone = workers.files([path for path, one in zip(files, known, strict=True) if not one and is_one_article(path)])
    for done, (path, one) in enumerate(zip(files, known, strict=True), start=1):
        try:
            read = one or (next(alone) if is_one_article(path) else reader.file(path, telling))
            if isinstance(read, InputError):
                raise read
            found.append(read)
            if not one:
                kept.put(path, read)
        except InputError as error:
            errors.append(error)
        if progress:
            progress("reading", done, len(files))
    return found, errors


def _telling(workers: Workers, progress: Progress | None, articles: Sequence[Article]) -> Iterator[tuple[Told, Sequence[Rejected]]]:
    """Read the articles of one file, and say how many are done."""
    for done, told in enumerate(workers.articles(articles), start=1):
        yield told
        if progress:
            progress("extracting", done, len(articles))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What files told that were read before; not of standard input and of folders."""

    cache: Cache
    inputs: Inputs
    asked: tuple[str, ...]

    def get(self, path: Path | str) -> Found | None:
        kept = self.cache.get(self._key(path)) if _is_file(path) else None
        return Found.loads(kept) if kept else None

    def put(self, path: Path | str, found: Found) -> None:
        if _is_file(path) and self.inputs.is_still(Path(path)) and all(row.row for row in found.rejected):
            self.cache.put(self._key(path), found.dumps())

    def _key(self, path: Path | str) -> str:
        return digest("file", str(path), *self.inputs.content(Path(path)), *self.asked)


def _is_file(path: Path | str) -> bool:
    return str(path) != "-" and Path(path).is_file()


@dataclass(frozen=True, slots=True)
class _Joined:
    """The tables with each event once, the merges that made it so, and what became of an editor's own."""

    tables: Tables
    merges: tuple[Merge, ...] = ()
    verdicts: tuple[decided.Verdict, ...] = ()


def _joined(tables: Tables, taxonomy: Taxonomy, rows: Sequence[decided.Override]) -> _Joined:
    """Put reports of one event together, by what they say and as an editor decided."""
    groups = grouping(tables, rows)
    result = merge(tables, taxonomy, groups.decisions)
    return _Joined(groups.noted(_remembering(result.tables, result.merges), result), result.merges, tuple(groups.judged(result)))


def _clashing(clashes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Say of each file which of its ids another has for another incident."""
    by_path: dict[str, list[str]] = defaultdict(list)
    for path, identity in clashes:
        by_path[path].append(identity)
    for path, ids in by_path.items():
        shown = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
        yield (f"{path}: {len(ids)} of its ids are those of other incidents in another input: {shown}; they have new ones")


def articles_to_tables(articles: Sequence[Article], world: World, taxonomy: Taxonomy) -> Tables:
    """Find and place the incidents of articles, each report one of its own."""
    reader = Reader(world, taxonomy)
    return name([reader.reports.part([reader.article(article)[0] for article in articles])]).tables


def _names(found: Iterable[Found]) -> Iterator[str]:
    """Name the files, and the entries of those that hold several articles."""
    for file in found:
        yield from (article.path for article in file.told)
        yield from file.part.paths.unique().to_pylist() if file.part else ()


def _remembering(tables: Tables, merges: Sequence[Merge]) -> Tables:
    """Write into each incident the ids of those that went into it."""
    import pandas as pd

    if not merges:
        return tables
    gone: dict[str, set[str]] = {}
    for one in merges:
        gone.setdefault(one.kept, set()).add(one.gone)
    before = tables.arrow("incidents")["merged_from"].to_pylist()
    ids = tables.incidents["id"]
    lists = [sorted({*(known or ()), *gone.get(i, ())}) or None for i, known in zip(ids, before, strict=True)]
    column = pd.Series(pd.arrays.ArrowExtensionArray(pa.array(lists, INCIDENTS["merged_from"])), index=ids.index)
    return replace(tables, incidents=tables.incidents.assign(merged_from=column))


def _with_merges(reports: pa.Table, merges: Sequence[Merge]) -> pa.Table:
    """Say for each report that is part of another why it is, and of which."""
    if not merges:
        return reports
    gone = pa.array([m.gone for m in merges], pa.string())
    where = pc.index_in(reports["id"], gone)
    kept = pc.coalesce(pa.array([m.kept for m in merges], pa.string()).take(where), reports["id"])
    reason = pc.coalesce(reports["reason"], pa.array([m.reason for m in merges], pa.string()).take(where))
    return pa.table({"path": reports["path"], "row": reports["row"], "id": kept, "reason": reason})


def _silent(told: Sequence[Told]) -> Iterator[str]:
    """Name the articles that no incident was found in."""
    silent = [article.path for article in told if not article.reports]
    if silent:
        shown = ", ".join(silent[:_MOST_NAMED]) + (", …" if len(silent) > _MOST_NAMED else "")
        yield f"{'1 article reports' if len(silent) == 1 else f'{len(silent)} articles report'} no incident: {shown}"


def _passed(passed: Sequence[PassedOver]) -> Iterator[str]:
    """Count the sentences that may tell of an incident and gave none."""
    if passed:
        many = "1 sentence names" if len(passed) == 1 else f"{len(passed)} sentences name"
        yield f"{many} a place and an attack or victims and gave no incident; mapper check and mapper extract list what was passed over"


def _foretold(tables: Tables, reports: pa.Table) -> Iterator[str]:
    """Name the reports that are dated later than the build."""
    days = foretold(tables, build_time())
    told = reports.filter(pc.is_in(reports["id"], pa.array(list(days), pa.string()))).to_pylist()
    for one in told[:_MOST_NAMED]:
        row = f", row {one['row']}" if one["row"] else ""
        yield f"{one['path']}{row}: dated {days[one['id']]}, which is still to come"
    if (more := len(told) - _MOST_NAMED) > 0:
        yield f"{more} more reports have a date that is still to come"


def ordered(tables: Tables) -> Tables:
    """Give an order that does not depend on that of the inputs, and outlines the direction that GeoJSON gives them."""
    incidents = _sorted(tables, "incidents", "date_start", "id")
    shapes = np.asarray(incidents.geometry.array, dtype=object)
    if (shapely.get_dimensions(shapes) == 2).any():
        incidents = incidents.set_geometry(gpd.GeoSeries(shapely.orient_polygons(shapes), index=incidents.index, crs=incidents.crs))
    claims = _sorted(tables, "claims", "incident_id", "source_id", "start", "by", "quote")
    return Tables(incidents, claims, _sorted(tables, "sources", "id"))


def _sorted(tables: Tables, name: str, *columns: str) -> Any:
    keys = tables.arrow(name).select(columns)
    order = pc.sort_indices(keys, sort_keys=[(column, "ascending") for column in columns])
    return getattr(tables, name).take(order.to_numpy()).reset_index(drop=True)
