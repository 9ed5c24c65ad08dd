"""The whole page as one string of HTML."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from mapper.layers.drawing import draw
from mapper.page.elements import Archive, Basemap, IncidentLayer, IncidentMap, noscript_block
from mapper.page.names import names_of
from mapper.page.noscript import rows
from mapper.page.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.page.changes import Changes
    from mapper.page.tiles import Tiles
    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = ["CITIES", "PageOptions", "around", "render", "view"]

#: What is in view when nothing is on the map: Ukraine and its neighbours.
_NOWHERE = (22.0, 44.0, 41.0, 53.0)

#: A view is at least this many degrees wide and high, so that one dot is seen with its surroundings.
_SMALLEST_VIEW = 3.0

#: The basemap is fine this share of the view beyond its edges: a wide screen shows more than the bounds.
_MARGIN = 0.35

#: Cities with names: enough that a map zoomed in on a town is not empty; each takes about 20 bytes.
CITIES = 700

#: Rows set aside that the page names; the ledger beside it has them all.
MOST_REJECTED = 500


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the page says besides the incidents.

    Attributes
    ----------
    title, description
        The heading and the one line under it.
    lang
        Language of the page: en, uk, ru or de.
    bounds
        `(west, south, east, north)` in view at first; None fits the incidents.
    ledger
        What became of the input: `read`, `mapped`, `merged`, `unplaced`, `rejected` and their counts. These labels
        are said in the page's language, others as they are.
    rejected
        One line for each input row that was set aside.
    attributions
        One sentence for each source of data.
    made_with
        Program and version.
    as_of
        Which day's knowledge the page shows, in words.
    archive
        Whether what the page does not show of the tables travels in it too, so that `mapper unpack` gives them back.
    about
        What the map was made by and of, for its archive: anything that JSON can hold (see `mapper.pipeline.unpacking.about`).
    tiles
        A background that the page asks a server for; None, the default, asks nobody for anything.
    changes
        What has changed since an earlier version.
    """

    title: str
    description: str = ""
    lang: str = "en"
    bounds: tuple[float, float, float, float] | None = None
    ledger: Mapping[str, int] = field(default_factory=dict)
    rejected: Sequence[str] = ()
    attributions: Sequence[str] = ()
    made_with: str = ""
    as_of: str = ""
    archive: bool = True
    about: Mapping[str, Any] = field(default_factory=dict)
    tiles: Tiles | None = None
    changes: Changes | None = None


def render(tables: Tables, options: PageOptions, *, taxonomy: Taxonomy, boundaries: Boundaries) -> str:
    """Make the page: the same input gives the same text.

    Raises
    ------
    BundleError
        If the browser bundle has not been built.
    """
    drawing = draw(tables, taxonomy, boundaries)
    words = catalogue(options.lang)
    names = names_of(tables.arrow("incidents"))
    seen = options.bounds or view(drawing.bounds())
    page = IncidentMap(
        title=options.title,
        description=options.description,
        lang=options.lang,
        bounds=seen,
        noscript=noscript_block(options.title, rows(tables, taxonomy, options.lang, words, names), words),
        generator=options.made_with,
        page={
            "ledger": list(options.ledger.items()),
            "rejected": list(options.rejected[:MOST_REJECTED]),
            **({"rejectedMore": more} if (more := len(options.rejected) - MOST_REJECTED) > 0 else {}),
            "attributions": list(options.attributions),
            "madeWith": options.made_with,
            "asOf": options.as_of,
            **({"tiles": options.tiles.for_page()} if options.tiles else {}),
            **({"gone": options.changes.gone} if options.changes and options.changes.gone else {}),
        },
        images_from=options.tiles.hosts if options.tiles else (),
    )
    Basemap(boundaries.basemap(around(seen), max_cities=CITIES), lang=options.lang).add_to(page)
    # Both compress for most of their time, and let the other work meanwhile.
    with ThreadPoolExecutor(1) as beside:
        make = partial(Archive, tables, drawing, taxonomy, about=options.about, made_with=options.made_with)
        archive = beside.submit(make) if options.archive else None
        IncidentLayer(tables, drawing, taxonomy=taxonomy, lang=options.lang, changes=options.changes, names=names).add_to(page)
        if archive:
            archive.result().add_to(page)
    result: str = page.get_root().render()
    return result


def view(bounds: tuple[float, float, float, float] | None) -> tuple[float, float, float, float]:
    """Give `(west, south, east, north)` in view at first, of what there is to see."""
    if bounds is None:
        return _NOWHERE
    west, south, east, north = bounds
    wider, higher = (max(_SMALLEST_VIEW - size, size * 0.08) / 2 for size in (east - west, north - south))
    return _clipped(west - wider, south - higher, east + wider, north + higher)


def around(seen: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Give the part of the world in which the basemap of a view is fine."""
    west, south, east, north = seen
    margin = max(east - west, north - south) * _MARGIN
    return _clipped(west - margin, south - margin, east + margin, north + margin)


def _clipped(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    return round(max(west, -180.0), 4), round(max(south, -85.0), 4), round(min(east, 180.0), 4), round(min(north, 85.0), 4)
