"""Joins the steps: inputs to incident tables, and tables to a map."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.pipeline.building import Built, build, gathered_for, page, tables_of
    from mapper.pipeline.gathering import Gathered, articles_to_tables, gather
    from mapper.pipeline.workers import processors
    from mapper.pipeline.world import World

__all__ = ["Built", "Gathered", "World", "articles_to_tables", "build", "gather", "gathered_for", "page", "processors", "tables_of"]

_HOMES = {**dict.fromkeys(("Built", "build", "gathered_for", "page", "tables_of"), "building"), "World": "world", "processors": "workers"}


def __getattr__(name: str) -> Any:
    """Import a step when it is first asked for: to find that nothing has changed needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'gathering')}"), name)
