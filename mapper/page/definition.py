"""A map definition: a TOML file that says what a map is made of and what stands on it."""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.editing.sensitivity import Rule, parse_rules
from mapper.errors import DefinitionError, printable
from mapper.page.tiles import SETTINGS, TileError, Tiles
from mapper.sources.listing import OVERRIDES
from mapper.taxonomy import LANGUAGES, Taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MapDefinition", "find", "of", "read"]

_SETTINGS = (
    "title",
    "description",
    "lang",
    "inputs",
    "bounds",
    "output",
    "as_of",
    "archive",
    "tiles",
    "sensitivity",
    "taxonomy",
    "record",
    "overrides",
)

#: Those that do not travel in the map: they say where files are, or what must not be told.
_AT_HOME = ("inputs", "output", "record", "overrides", "sensitivity")

_INPUTS = 'expected a list of files and folders, such as ["../geodata/articles"]'


@dataclass(frozen=True, slots=True)
class MapDefinition:
    """One map: `bounds` are `(west, south, east, north)` in view at first, None to fit the incidents.

    `inputs` and `output` are paths; in the file they are relative to it. `archive` says whether the
    map gives its data back (see `PageOptions`). `record` is the file that says how the one input, which was unpacked
    from a map, came about (see `mapper.pipeline.unpacking`); `settings` is the file as it was read.
    `tiles` is a background from a server; None asks for nothing. `sensitivity` are the rules for what must not be shown.
    `overrides` is the file of an editor's decisions: the one named, or else `NAME.overrides.csv` or `overrides.csv` beside
    the definition, or `geodata/overrides.csv` beside its folder, whichever is there first; None if there is none.
    """

    name: str
    path: Path
    title: str
    description: str
    lang: str
    inputs: tuple[Path | str, ...]
    output: Path
    bounds: tuple[float, float, float, float] | None
    as_of: str
    archive: bool
    taxonomy: Taxonomy
    record: Path | None = None
    overrides: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    tiles: Tiles | None = None
    sensitivity: tuple[Rule, ...] = ()

    def dumps(self, files: Mapping[str, Any] | None = None) -> str:
        """Write it as TOML with other `inputs`, `output` and `record`, or with none of them, and without rules of sensitivity."""
        import tomli_w

        said = {"title": self.title, "lang": self.lang}
        return tomli_w.dumps({**(files or {}), **said, **{key: value for key, value in self.settings.items() if key not in _AT_HOME}})


def find(folder: Path, names: tuple[str, ...] = ()) -> list[Path]:
    """List the definitions of a folder by name, or those named, in that order; a name may be the path of a definition.

    Raises
    ------
    DefinitionError
        If there is none, or none of a name, or a name is no UTF-8.
    """
    there = sorted(folder.glob("*.toml"))
    for path in there:
        if printable(path) != str(path):
            raise DefinitionError(path, "", "the name is no UTF-8; rename it")
    given = {name: path for name in names if (path := Path(name)).suffix == ".toml" and path.is_file()}
    if not there and (not names or len(given) < len(set(names))):
        raise DefinitionError(folder, "", "there is no map definition (*.toml); add one, or use 'mapper map INPUT… -o OUT.html'")
    if not names:
        return there
    by_name = {path.stem: path for path in there} | given
    for name in names:
        if name not in by_name:
            near = difflib.get_close_matches(name, by_name, n=1) or sorted(by_name)
            raise DefinitionError(folder, name, f"there is no such map; did you mean {', '.join(near)}?")
    return [by_name[name] for name in names]


def read_all(folder: Path, names: tuple[str, ...] = ()) -> list[MapDefinition]:
    """Read the definitions of a folder, or those named.

    Raises
    ------
    DefinitionError
        As `find` and `read`, and if two maps would be one file.
    """
    found = [read(path) for path in find(folder, names)]
    owners: dict[Path, Path] = {}
    for one in found:
        if (other := owners.setdefault(one.output.resolve(), one.path)) is not one.path:
            raise DefinitionError(one.path, "output", f"{one.output.name} is the map of {other.name} too; give each a file of its own")
    return found


def read(path: Path) -> MapDefinition:
    """Read and check one definition.

    Raises
    ------
    DefinitionError
        If it is no TOML, or a setting is unknown, missing or wrong.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinitionError(path, "file", str(error)) from None
    found = of(document, path)
    if not found.inputs:
        raise DefinitionError(path, "inputs", _INPUTS)
    return replace(found, overrides=_overrides(path, _setting(path, document, "overrides", str, "")))


def of(document: Mapping[str, Any], path: Path) -> MapDefinition:
    """Check what a definition says; files that it names lie in the folder of `path`.

    Raises
    ------
    DefinitionError
        If a setting is unknown or wrong.
    """
    for key in document:
        if key not in _SETTINGS:
            near = difflib.get_close_matches(key, _SETTINGS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(_SETTINGS)}"
            raise DefinitionError(path, key, f"unknown setting; {hint}")
    inputs = _setting(path, document, "inputs", list, [])
    if not all(isinstance(i, str) for i in inputs):
        raise DefinitionError(path, "inputs", _INPUTS)
    record = _setting(path, document, "record", str, "")
    if record and len(inputs) != 1:
        raise DefinitionError(path, "record", f"goes with the one table that was unpacked with it, got {len(inputs)} inputs")
    lang = _setting(path, document, "lang", str, "en")
    if lang not in LANGUAGES:
        raise DefinitionError(path, "lang", f"{lang!r} is not one of {', '.join(LANGUAGES)}")
    taxonomy = Taxonomy.load(_setting(path, document, "taxonomy", dict, {}), path=str(path))
    return MapDefinition(
        name=path.stem,
        path=path,
        title=_setting(path, document, "title", str, path.stem),
        description=_setting(path, document, "description", str, ""),
        lang=lang,
        inputs=tuple(Path(os.path.normpath(path.parent / i)) for i in inputs),
        output=path.parent / _setting(path, document, "output", str, f"{path.stem}.html"),
        bounds=_bounds(path, document.get("bounds")),
        as_of=_setting(path, document, "as_of", str, ""),
        archive=_setting(path, document, "archive", bool, True),
        taxonomy=taxonomy,
        record=path.parent / record if record else None,
        settings=document,
        tiles=_tiles(path, document["tiles"]) if "tiles" in document else None,
        sensitivity=parse_rules(document.get("sensitivity", []), path, taxonomy),
    )


def _overrides(path: Path, named: str) -> Path | None:
    if named:
        file = Path(os.path.normpath(path.parent / named))
        if not file.is_file():
            raise DefinitionError(path, "overrides", f"there is no file {file}; make it with 'mapper review', or take the setting out")
        return file
    places = (path.with_name(f"{path.stem}.{OVERRIDES}"), path.with_name(OVERRIDES), path.parent / ".." / "geodata" / OVERRIDES)
    return next((Path(os.path.normpath(place)) for place in places if place.is_file()), None)


def _setting(path: Path, document: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
    value = document.get(key, default)
    if not isinstance(value, kind):
        words = {"str": "text in quotes", "list": "a list", "dict": "a table", "bool": "true or false"}[kind.__name__]
        raise DefinitionError(path, key, f"expected {words}, got {value!r}")
    return value


def _tiles(path: Path, value: Any) -> Tiles:
    if not isinstance(value, dict):
        raise DefinitionError(path, "tiles", f"expected a table with {', '.join(SETTINGS)}, got {value!r}")
    try:
        return Tiles.read(value)
    except TileError as error:
        raise DefinitionError(path, f"tiles.{error.setting}", str(error)) from None


def _bounds(path: Path, value: Any) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    numbers = isinstance(value, list) and len(value) == 4 and all(isinstance(v, (int, float)) for v in value)
    if numbers and -180 <= value[0] < value[2] <= 180 and -90 <= value[1] < value[3] <= 90:
        return (float(value[0]), float(value[1]), float(value[2]), float(value[3]))
    raise DefinitionError(path, "bounds", f"expected [west, south, east, north] in degrees, got {value!r}")
