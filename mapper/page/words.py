"""The page's own words in its languages, as the catalogues in `messages/` have them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mapper.page.container import deflated
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["catalogue", "other_languages"]


@cache
def catalogue(lang: str, page: str = "") -> Mapping[str, Any]:
    """Read the words of a language, or of English where there are none; `page` names those of one kind of page only."""
    folder = files("mapper").joinpath("page", "messages", page)
    path = folder.joinpath(f"{lang}.json")
    words: dict[str, Any] = json.loads((path if path.is_file() else folder.joinpath("en.json")).read_text(encoding="utf-8"))
    return words


@cache
def other_languages(lang: str) -> str:
    """Pack the words of all languages but one, for a page that can be switched."""
    words = {code: catalogue(code) for code in LANGUAGES if code != lang}
    return deflated(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode())
