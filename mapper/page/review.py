"""The review page: what needs eyes is decided on a map, and the file of overrides is made in it.

It is an editor's working file, not for publication: it holds what `mapper review` lists, and the overrides as they stand.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar

import folium

from mapper.page.elements import Basemap, PageFigure, Part, noscript_block
from mapper.page.render import CITIES, around, view
from mapper.page.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.gazetteer.boundaries import Boundaries

__all__ = ["render_review"]


class _ReviewMap(Part, folium.Map):  # type: ignore[misc]  # folium has no types
    """The map of candidates, with the list of what needs eyes beside it."""

    template = "review.html"
    default_js: ClassVar[list[tuple[str, str]]] = []
    default_css: ClassVar[list[tuple[str, str]]] = []

    def __init__(self, desk: Mapping[str, Any], *, title: str, lang: str, generator: str) -> None:
        super().__init__(tiles=None, zoom_control=False)
        self.lang = lang
        words = self.words(lang)
        self.heading = words["heading"].replace("{title}", title)
        self.warning = words["workingFile"]
        self.noscript = noscript_block(self.heading, [], {"noscript": words["needsScript"]})
        self.desk = desk
        PageFigure(title=self.heading, lang=lang, generator=generator, bundle="review_bundle.html").add_child(self)

    def words(self, lang: str) -> Mapping[str, Any]:
        """Give what it says in a language."""
        return {**catalogue(lang), **catalogue(lang, "review")}


def render_review(desk: Mapping[str, Any], *, title: str, lang: str, boundaries: Boundaries, made_with: str = "") -> str:
    """Make the page: the same input gives the same text.

    Parameters
    ----------
    desk
        What there is to decide (see `mapper.page.desk`).

    Raises
    ------
    BundleError
        If the browser bundle has not been built.
    """
    seen = view(_extent(desk["items"]))
    # Kept decisions belong to this content and no other.
    digest = hashlib.sha256(json.dumps(desk, ensure_ascii=False).encode()).hexdigest()[:16]
    page = _ReviewMap({"lang": lang, "bounds": seen, "digest": digest, **desk}, title=title, lang=lang, generator=made_with)
    Basemap(boundaries.basemap(around(seen), max_cities=CITIES), lang=lang).add_to(page)
    html: str = page.get_root().render()
    return html


def _extent(items: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float] | None:
    """Give west, south, east and north of where the incidents are now; candidates elsewhere may be anywhere on earth."""
    spots = [(spot["lon"], spot["lat"]) for item in items for spot in item["here"]]
    if not spots:
        return None
    lons, lats = zip(*spots, strict=True)
    return min(lons), min(lats), max(lons), max(lats)
