"""Which column of a table is which of ours: by its hashtags, by a known data set's profile, or by its header."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Layout", "Profile", "countries", "extents", "is_hashtag", "is_known", "layout", "normal", "profiles", "words"]


@dataclass(frozen=True, slots=True)
class Profile:
    """A data set whose columns are known, as its file in `profiles/` describes it.

    `columns` gives for each of ours the theirs, of which the first that is not empty is read; `join` those
    that are put together; `noted` columns that go above the notes, by the word before them; `words` what their
    codes mean; `present` words where a column is not empty; `fixed` words for all rows; `flags` columns that give
    the type where they are 1; `tag_words` codes that become tags.
    """

    name: str
    detect: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    id_prefix: str = ""
    notice: str = ""
    separator: str = ""
    join: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    present: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tag_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where our columns are in a table: `columns` maps ours to positions in the header.

    `unused` are headers that nothing was read from; `profile` is None unless the data set is a known one.
    """

    columns: Mapping[str, tuple[int, ...]]
    joined: Mapping[str, tuple[int, ...]]
    names: Mapping[str, int]
    unused: tuple[str, ...]
    profile: Profile | None

    def needed(self) -> list[int]:
        """Positions of all columns that are read, in the order of the table."""
        wanted = {at for group in (self.columns, self.joined) for places in group.values() for at in places}
        if self.profile:
            extra = {*self.profile.flags, *self.profile.tag_words}
            extra |= {name for group in (*self.profile.present.values(), *self.profile.noted.values()) for name in group}
            wanted |= {self.names[name] for name in extra if name in self.names}
        return sorted(wanted)


def normal(header: str) -> str:
    """Give a header the form that `columns.toml` has it in.

    Examples
    --------
    >>> normal(" Event Date ")
    'event_date'
    >>> normal("LATITUDE (°)")
    'latitude'
    """
    return re.sub(r"[\W_]+", "_", header.casefold()).strip("_")


def is_known(header: str) -> bool:
    """Tell whether a header is one of ours, by whatever name."""
    return normal(header) in _aliases()


def is_hashtag(tag: str) -> bool:
    """Tell whether a cell is a hashtag that is one of ours."""
    return bool(_hashtag(tag))


def layout(header: Sequence[str], hashtags: Sequence[str] = ()) -> Layout:
    """Find our columns in the header of a table; an empty layout if there is none of them.

    Parameters
    ----------
    hashtags
        The row of HXL hashtags under the header, if there is one; it wins over the header.
    """
    names: dict[str, int] = {}
    for at, name in enumerate(header):
        names.setdefault(normal(name), at)
    profile = next((p for p in profiles() if all(name in names for name in p.detect)), None)
    columns: dict[str, tuple[int, ...]] = {}
    joined: dict[str, tuple[int, ...]] = {}
    if profile:
        columns = {ours: found for ours, theirs in profile.columns.items() if (found := _positions(theirs, names))}
        joined = {ours: found for ours, theirs in profile.join.items() if (found := _positions(theirs, names))}
        unused: tuple[str, ...] = ()
    elif hashtags:
        for at, tag in enumerate(hashtags):
            if ours := _hashtag(tag):
                columns.setdefault(ours, (at,))
        unused = _unused(header, columns)
    else:
        for ours, aliases in _document()["headers"].items():
            if found := _positions(aliases, names):
                columns[ours] = found[:1]
        unused = _unused(header, columns)
    return Layout(columns, joined, names, unused, profile)


@cache
def profiles() -> tuple[Profile, ...]:
    """Read the profiles of known data sets, by the name of their file."""
    folder = files("mapper.sources").joinpath("profiles")
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            document = tomllib.loads(entry.read_text(encoding="utf-8"))
            for key in ("columns", "join", "noted"):
                document[key] = {ours: tuple(theirs) for ours, theirs in document.get(key, {}).items()}
            found.append(Profile(**document | {"detect": tuple(document["detect"])}))
    return tuple(found)


@cache
def words(kind: str) -> Mapping[str, str]:
    """Give the other words for a closed vocabulary (`type`, `status`, `precision`, `date_precision`)."""
    return {word: ours for ours, aliases in _document()["words"][kind].items() for word in aliases}


@cache
def countries() -> Mapping[str, str]:
    """Give names of countries, in lower case, and their ISO 3166-1 codes."""
    return {name: code for code, names in _document()["countries"].items() for name in names}


@cache
def extents() -> Mapping[str, tuple[float, float, float, float]]:
    """Give west, south, east and north of some countries, in degrees."""
    return {code: tuple(box) for code, box in _document()["extents"].items()}


def _positions(wanted: Sequence[str], names: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(names[name] for name in wanted if name in names)


def _unused(header: Sequence[str], columns: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    used = {at for places in columns.values() for at in places}
    return tuple(name for at, name in enumerate(header) if at not in used and name.strip())


def _hashtag(tag: str) -> str:
    """Find what a hashtag is to us: all attributes of ours must be there, others may be; the closest wins."""
    base, *attributes = re.split(r"\s*\+\s*", tag.strip().lower())
    best, most = "", -1
    for known, ours in _document()["hxl"].items():
        known_base, *needed = known.split("+")
        if known_base == base and set(needed) <= set(attributes) and len(needed) > most:
            best, most = str(ours), len(needed)
    return best


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(files("mapper.sources").joinpath("columns.toml").read_text(encoding="utf-8"))


@cache
def _aliases() -> Mapping[str, str]:
    known = {name: ours for ours, names in _document()["headers"].items() for name in names}
    for profile in profiles():
        known |= {name: ours for ours, names in profile.columns.items() for name in names}
    return known
