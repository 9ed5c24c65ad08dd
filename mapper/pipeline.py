"""Joins the steps: inputs to incident tables, and tables to a map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from mapper import geodata, store
from mapper.extraction import reading, toponyms
from mapper.gazetteer.boundaries import Boundaries
from mapper.gazetteer.index import Gazetteer
from mapper.geocoding.choosing import resolve_all
from mapper.incidents import Tables
from mapper.merging.events import Merge, merge
from mapper.merging.reports import Reports
from mapper.merging.rows import from_rows
from mapper.sources import Inputs, read_all

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mapper.page.definition import MapDefinition
    from mapper.sources import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["Gathered", "World", "gather", "page"]


@dataclass(frozen=True)
class World:
    """What is known of places; each part is read when it is first asked for."""

    directory: Path | None = None

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names and the places they mean."""
        return Gazetteer.load(self.directory)

    @cached_property
    def boundaries(self) -> Boundaries:
        """Areas and the background of a map."""
        return Boundaries.load(self.directory)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the inputs tell: the tables with each event once, and what became of every report."""

    tables: Tables
    inputs: Inputs
    reports: int
    merges: tuple[Merge, ...]

    @property
    def ledger(self) -> Mapping[str, int]:
        """Account for every report that was read.

        `read` is the sum of the others: reports are the events that articles tell and the rows of tables.
        """
        placed = ~(self.tables.incidents.geometry.isna() | self.tables.incidents.geometry.is_empty)
        mapped = int(placed.sum())
        counts = {
            "mapped": mapped,
            "merged": len(self.merges),
            "unplaced": len(self.tables.incidents) - mapped,
            "rejected": len(self.inputs.rejected),
        }
        return {"read": self.reports + len(self.inputs.rejected), **counts}


def gather(
    paths: Iterable[Path | str],
    world: World,
    taxonomy: Taxonomy,
    *,
    published: dt.date | None = None,
    lang: str | None = None,
    merged: bool = True,
) -> Gathered:
    """Read the inputs, find and place their incidents, and put reports of one event together.

    Parameters
    ----------
    published, lang
        Override what the articles say.
    merged
        False leaves each report an incident of its own.

    Raises
    ------
    InputError
        If nothing can be read.
    """
    inputs = read_all(paths, published=published, lang=lang, taxonomy=taxonomy)
    stored = [rows.path for rows in inputs.rows if store.is_stored(rows.path)]
    inputs = replace(inputs, rejected=tuple(r for r in inputs.rejected if r.path not in stored))
    parts = [articles_to_tables(inputs.articles, world, taxonomy)]
    for rows in inputs.rows:
        own = rows.path in stored
        parts.append(store.read(rows.path) if own else from_rows(rows, world.gazetteer, world.boundaries, taxonomy))
    tables, again = _each_id_once(parts)
    reports = sum(len(part.incidents) for part in parts)
    result = merge(tables, taxonomy) if merged else None
    tables = _ordered(result.tables if result else tables)
    return Gathered(tables, inputs, reports, (*again, *(result.merges if result else ())))


def articles_to_tables(articles: Sequence[Article], world: World, taxonomy: Taxonomy) -> Tables:
    """Find and place the incidents of articles."""
    reports = Reports(taxonomy, world.gazetteer, world.boundaries)
    for article in articles:
        mentions = toponyms.find(article.text, world.gazetteer, article.lang or "en")
        told = reading.extract(article, mentions, taxonomy)
        located = dict(zip(mentions, resolve_all(mentions, world.gazetteer), strict=True)) if told else {}
        reports.add(article, told, located)
    return reports.tables()


def page(gathered: Gathered, definition: MapDefinition, world: World) -> str:
    """Make the HTML of a map."""
    from mapper.page.render import PageOptions, render

    options = PageOptions(
        title=definition.title,
        description=definition.description,
        lang=definition.lang,
        bounds=definition.bounds,
        ledger=gathered.ledger,
        rejected=[str(r) for r in gathered.inputs.rejected],
        attributions=geodata.attributions(("gazetteer/", "boundaries/", "basemap/")),
        made_with=f"mapper {version('mapper')}",
        as_of=definition.as_of,
        archive=definition.archive,
    )
    return render(gathered.tables, options, taxonomy=definition.taxonomy, boundaries=world.boundaries)


def _each_id_once(parts: Sequence[Tables]) -> tuple[Tables, tuple[Merge, ...]]:
    """Put tables together; an incident that two inputs hold under one id is the same incident, told again."""
    seen: set[str] = set()
    again: list[Merge] = []
    kept = []
    for part in parts:
        known = part.incidents["id"].isin(seen)
        again += [Merge(i, i, "the same id in two inputs") for i in part.incidents.loc[known, "id"]]
        seen.update(part.incidents["id"])
        kept.append(replace(part, incidents=part.incidents[~known]) if known.any() else part)
    tables = Tables.concat(kept)
    return replace(tables, claims=tables.claims.drop_duplicates(ignore_index=True)) if again else tables, tuple(again)


def _ordered(tables: Tables) -> Tables:
    """Give an order that does not depend on that of the inputs."""
    incidents = tables.incidents.sort_values(["date_start", "id"], na_position="last", ignore_index=True)
    claims = tables.claims.sort_values(["incident_id", "source_id", "start", "by", "quote"], na_position="last", ignore_index=True)
    return Tables(incidents, claims, tables.sources.sort_values("id", ignore_index=True))
