"""Words of a table to our closed vocabularies: types, statuses, precisions, countries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.incidents import DATE_PRECISIONS, PRECISIONS, STATUSES
from mapper.sources.columns import countries, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapper.sources.columns import Profile
    from mapper.taxonomy import Taxonomy

__all__ = ["country_code", "key", "reader"]

_CLOSED = {"status": STATUSES, "precision": PRECISIONS, "date_precision": DATE_PRECISIONS}


def key(word: str) -> str:
    """Give a word the form that words are compared in.

    Examples
    --------
    >>> key("Drone_Strike "), key("1.0")
    ('drone strike', '1')
    """
    word = " ".join(re.sub(r"[_\-–]+", " ", word.casefold()).split()).replace("’", "'").replace("ʼ", "'")
    return re.sub(r"^(\d+)\.0+$", r"\1", word)


def reader(kind: str, taxonomy: Taxonomy, profile: Profile | None) -> Callable[[str], str | None]:
    """Make the function that turns a word into one of ours, or None if nobody knows it.

    Parameters
    ----------
    kind
        `type`, `status`, `precision` or `date_precision`.
    profile
        The known data set whose codes come first; its codes are the only ones for what it describes.
    """
    known: dict[str, str] = {}
    if profile and kind in profile.words:
        known = _keyed(profile.words[kind])
    elif kind == "type":
        known = _keyed(words(kind))
        known = {word: ours for word, ours in known.items() if ours in taxonomy.types}
        for ours, entry in taxonomy.types.items():
            known |= {key(label): ours for label in entry.label.values()}
        known |= {key(ours): ours for ours in taxonomy.types}
    else:
        known = _keyed(words(kind)) | {key(ours): ours for ours in _CLOSED[kind]}
    return lambda word: known.get(key(word))


def country_code(name: str) -> str | None:
    """Give the ISO 3166-1 code of a country by its name in one of four languages, or by a code.

    Examples
    --------
    >>> country_code("Україна"), country_code("UKR"), country_code("ua"), country_code("Ruritania")
    ('UA', 'UA', 'UA', None)
    """
    known = countries()
    word = " ".join(name.casefold().split()).replace("'", "ʼ")
    if word in known:
        return known[word]
    return name.upper() if re.fullmatch(r"[A-Za-z]{2}", name) else None


def _keyed(table: Mapping[str, str]) -> dict[str, str]:
    return {key(word): ours for word, ours in table.items()}
