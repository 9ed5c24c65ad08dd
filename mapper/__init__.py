"""Incidents in, one offline Leaflet map out.

The names below are the public surface; each is imported when it is first used, so that looking up a
place need not wait for the tables and the page.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.errors import MapperError
    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.location import Location, Unlocated
    from mapper.geocoding.query import geocode
    from mapper.layers.drawing import draw
    from mapper.page.elements import AreaLayer, Basemap, IncidentLayer, Legend, Timeline
    from mapper.page.render import PageOptions, render
    from mapper.pipeline import World, gather
    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = [
    "AreaLayer",
    "Basemap",
    "Gazetteer",
    "IncidentLayer",
    "Legend",
    "Location",
    "MapperError",
    "PageOptions",
    "Tables",
    "Taxonomy",
    "Timeline",
    "Unlocated",
    "World",
    "draw",
    "gather",
    "geocode",
    "render",
]

_HOMES = {
    "AreaLayer": "page.elements",
    "Basemap": "page.elements",
    "Gazetteer": "gazetteer.index",
    "IncidentLayer": "page.elements",
    "Legend": "page.elements",
    "Location": "geocoding.location",
    "MapperError": "errors",
    "PageOptions": "page.render",
    "Tables": "tables",
    "Taxonomy": "taxonomy",
    "Timeline": "page.elements",
    "Unlocated": "geocoding.location",
    "World": "pipeline",
    "draw": "layers.drawing",
    "gather": "pipeline",
    "geocode": "geocoding.query",
    "render": "page.render",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mapper' has no attribute {name!r}")
    return getattr(import_module(f"mapper.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
