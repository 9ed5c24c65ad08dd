"""The review page of one map, or of several that share a file of overrides."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from mapper.editing.overrides import standing
from mapper.errors import MapperError
from mapper.sources.listing import OVERRIDES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mapper.editing.review import Item
    from mapper.extraction.reading.passedover import PassedOver
    from mapper.page.definition import MapDefinition
    from mapper.pipeline.world import World

__all__ = ["overrides_of", "review_page"]


def overrides_of(definitions: Sequence[MapDefinition]) -> Path:
    """Give the file of overrides that decisions on these maps go into; it need not be there yet.

    Raises
    ------
    MapperError
        If they have several: a page makes one file.
    """
    files = {definition.overrides or definition.path.with_name(OVERRIDES) for definition in definitions}
    if len(files) > 1:
        names = " or ".join(definition.name for definition in definitions)
        raise MapperError(f"these maps have overrides of their own, and a page makes one file: name one map, {names}")
    return files.pop()


def review_page(items: Sequence[Item], passed: Sequence[PassedOver], definitions: Sequence[MapDefinition], world: World) -> str:
    """Make the page on which what needs eyes is decided, in the language of the first map.

    Raises
    ------
    MapperError
        As `overrides_of`.
    """
    from mapper.page.desk import desk
    from mapper.page.review import render_review

    file, first = overrides_of(definitions), definitions[0]
    laid_out = desk(
        items,
        standing(file if file.is_file() else None),
        passed,
        name=file.name,
        where=f"{file.parent.name}/{file.name}",
        taxonomy=first.taxonomy,
        gazetteer=world.gazetteer,
        boundaries=world.boundaries,
        lang=first.lang,
    )
    title = ", ".join(definition.title for definition in definitions)
    return render_review(laid_out, title=title, lang=first.lang, boundaries=world.boundaries, made_with=f"mapper {version('mapper')}")
