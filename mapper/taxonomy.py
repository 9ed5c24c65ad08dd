"""The kinds of incident: read from `taxonomy.toml`, extended by a map definition.

A type has a group, labels in the page's languages, a colour and a shape to draw it, and the
action and weapon by whose words the extraction tells it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mapper.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "SHAPES", "Group", "IncidentType", "Taxonomy"]

#: The languages that texts are read in, places named, and pages written; of labels the English one must be there.
LANGUAGES = ("en", "uk", "ru", "de")

#: The shapes that the page can draw (`mapper/frontend/symbols.ts` has the same list).
SHAPES = (
    "circle",
    "diamond",
    "triangle",
    "square",
    "hexagon",
    "pentagon",
    "triangle-down",
    "cross",
    "kite",
    "plus",
    "star",
    "bar",
    "dot",
)

_COLOUR = re.compile(r"#[0-9a-f]{6}")
#: Where an expression names a part of it: `<<flying>>`.
_PART = re.compile(r"<<(\w+)>>")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the layer control; `label` maps a language to words."""

    id: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IncidentType:
    """A kind of incident; `colour` is `#rrggbb`, `shape` one of `SHAPES`.

    `actions` and `weapon` name tables of words; a type without an action is never told from text.
    `covers` are the types that a report of this one may turn out to mean.
    """

    id: str
    group: str
    label: Mapping[str, str]
    colour: str
    shape: str
    actions: tuple[str, ...] = ()
    weapon: str = ""
    covers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """All types in the order of the layer control, their groups, and the words of actions and weapons.

    `actions` and `weapons` map an id to a language to regular expressions. Each is equal to itself alone, and may be a key.
    """

    groups: Mapping[str, Group]
    types: Mapping[str, IncidentType]
    actions: Mapping[str, Mapping[str, tuple[str, ...]]]
    weapons: Mapping[str, Mapping[str, tuple[str, ...]]]

    @classmethod
    def load(cls, changes: Mapping[str, Any] | None = None, *, path: str = "taxonomy") -> Taxonomy:
        """Read the taxonomy of the package, with a map definition's own `changes` on top.

        Parameters
        ----------
        changes
            A table of the same shape as `taxonomy.toml`; a key that is there already is changed
            setting by setting, a new one is added at the end.
        path
            The file that `changes` came from, for the error message.

        Raises
        ------
        DefinitionError
            If a setting is unknown, missing or wrong.
        """
        if not changes:
            return _builtin()
        taxonomy = _parse(_merged(_document(), changes), path)
        _check_words(changes, path)
        return taxonomy

    def compatible(self, one: str, other: str) -> str:
        """Name the sharper of two types that may be the same event, `""` if they can't be.

        Examples
        --------
        >>> taxonomy = Taxonomy.load()
        >>> taxonomy.compatible("explosion", "drone_strike"), taxonomy.compatible("shelling", "drone_strike")
        ('drone_strike', '')
        """
        if one == other:
            return one
        if one in self.types and other in self.types[one].covers:
            return other
        if other in self.types and one in self.types[other].covers:
            return one
        return ""

    def digest(self) -> str:
        """Hash all of it; the same content gives the same hash."""
        return _digest(self)

    def does(self, kind: str, action: str) -> bool:
        """Tell whether a type is one that an action tells."""
        return action in self.types[kind].actions

    def type_of(self, action: str, weapon: str) -> str:
        """Name the type for an action done with a weapon, either of which may be empty.

        The weapon's own type comes first, then the type that asks for no weapon; `""` if neither.
        """
        plain = ""
        for kind in self.types.values():
            if action in kind.actions:
                if kind.weapon == weapon:
                    return kind.id
                if not kind.weapon:
                    plain = kind.id
        return plain


@lru_cache
def _digest(taxonomy: Taxonomy) -> str:
    return hashlib.sha256(json.dumps(asdict(taxonomy), default=sorted, sort_keys=True).encode()).hexdigest()


def _document() -> dict[str, Any]:
    return tomllib.loads(files("mapper").joinpath("taxonomy.toml").read_text(encoding="utf-8"))


@cache
def _builtin() -> Taxonomy:
    return _parse(_document(), "mapper/taxonomy.toml")


def _merged(base: Any, changes: Any) -> Any:
    if isinstance(base, dict) and isinstance(changes, dict):
        return base | {key: _merged(base.get(key), value) for key, value in changes.items()}
    return changes


def _parse(document: Mapping[str, Any], path: str) -> Taxonomy:
    def table(name: str) -> dict[str, Any]:
        value = document.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
            raise DefinitionError(path, name, "expected a table of tables")
        return value

    if unknown := sorted(set(document) - {"groups", "types", "actions", "weapons", "parts"}):
        raise DefinitionError(path, unknown[0], "expected one of groups, types, actions, weapons, parts")
    groups = {key: Group(key, _label(path, f"groups.{key}", v)) for key, v in table("groups").items()}
    parts = {key: {lang: f"(?:{'|'.join(listed)})" for lang, listed in _words(v).items()} for key, v in table("parts").items()}
    words = {
        kind: {key: _whole(_words(v), parts, f"{path}: {kind}.{key}") for key, v in table(kind).items()} for kind in ("actions", "weapons")
    }
    types = {}
    for key, value in table("types").items():
        where = f"types.{key}"
        kind = IncidentType(
            id=key,
            group=value.get("group", "other"),
            label=_label(path, where, value),
            colour=str(value.get("colour", "#6f6f6f")).lower(),
            shape=value.get("shape", "dot"),
            actions=tuple(value.get("actions", ())),
            weapon=value.get("weapon", ""),
            covers=frozenset(value.get("covers", ())),
        )
        if unknown := sorted(set(value) - {"group", "label", "colour", "shape", "actions", "weapon", "covers"}):
            raise DefinitionError(path, f"{where}.{unknown[0]}", "unknown setting")
        for setting, given, allowed in (
            ("group", kind.group, groups),
            ("shape", kind.shape, SHAPES),
            *(("actions", action, words["actions"]) for action in kind.actions),
            ("weapon", kind.weapon, {"", *words["weapons"]}),
        ):
            if given not in allowed:
                expected = ", ".join(sorted(filter(None, allowed)))
                raise DefinitionError(path, f"{where}.{setting}", f"{given!r} is not one of {expected}")
        if not _COLOUR.fullmatch(kind.colour):
            raise DefinitionError(path, f"{where}.colour", f"{kind.colour!r} is not a colour such as '#2f6fb5'")
        types[key] = kind
    return Taxonomy(groups=groups, types=types, actions=words["actions"], weapons=words["weapons"])


def _whole(words: Mapping[str, tuple[str, ...]], parts: Mapping[str, Mapping[str, str]], where: str) -> Mapping[str, tuple[str, ...]]:
    """Write the parts that expressions name into them."""

    def part(name: re.Match[str], lang: str) -> str:
        try:
            return parts[name[1]][lang]
        except KeyError:
            raise DefinitionError(where, lang, f"no part {name[0]} in this language; there are {', '.join(sorted(parts))}") from None

    return {lang: tuple(_PART.sub(partial(part, lang=lang), p) for p in listed) for lang, listed in words.items()}


def _label(path: str, where: str, value: Mapping[str, Any]) -> Mapping[str, str]:
    label = value.get("label")
    if isinstance(label, str):
        return {"en": label}
    if not isinstance(label, dict) or "en" not in label:
        raise DefinitionError(path, f"{where}.label", "expected text, or a table of languages with at least 'en'")
    return {str(k): str(v) for k, v in label.items()}


def _words(value: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {lang: tuple(patterns) for lang, patterns in dict(value.get("words", {})).items()}


def _check_words(changes: Mapping[str, Any], path: str) -> None:
    """Compile the words of a map's own; to compile those of the package at each start would take longer than to read them."""
    for kind in ("actions", "weapons"):
        for key, value in changes.get(kind, {}).items():
            for lang, patterns in _words(value).items():
                for pattern in patterns:
                    try:
                        re.compile(pattern)
                    except re.error as error:
                        raise DefinitionError(path, f"{kind}.{key}.words.{lang}", f"{pattern!r}: {error}") from None
