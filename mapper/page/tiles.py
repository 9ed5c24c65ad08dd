"""A background from a tile server, for maps whose definition asks for one: the only thing that a page ever requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SETTINGS", "TileError", "Tiles"]

SETTINGS = ("url", "attribution", "attribution_url", "max_zoom", "subdomains")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: A host by name: what stands in the security policy must be nothing but that host.
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?")
_DEEPEST, _DEEPEST_USUAL = 22, 18


class TileError(ValueError):
    """A setting that is missing or wrong; `setting` says which."""

    def __init__(self, setting: str, problem: str) -> None:
        self.setting = setting
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from.

    Attributes
    ----------
    url
        An https address with `{z}`, `{x}` and `{y}`, and `{s}` in the host if there are `subdomains`.
    attribution, attribution_url
        What the provider wants said, as plain text, and where it leads.
    max_zoom
        The deepest zoom that the server has, 1 to 22.
    subdomains
        What `{s}` stands for, one letter each.
    """

    url: str
    attribution: str
    attribution_url: str = ""
    max_zoom: int = _DEEPEST_USUAL
    subdomains: str = ""

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Tiles:
        """Check the settings of a map definition.

        Raises
        ------
        TileError
            At the first that is wrong.

        Examples
        --------
        >>> Tiles.read({"url": "https://{s}.example.org/{z}/{x}/{y}.png", "attribution": "© Us", "subdomains": "ab"}).hosts
        ('a.example.org', 'b.example.org')
        """
        for key in settings:
            if key not in SETTINGS:
                raise TileError(key, f"unknown setting; expected one of {', '.join(SETTINGS)}")
        for key in ("url", "attribution"):
            if not isinstance(settings.get(key), str) or not settings[key].strip():
                raise TileError(key, "expected text in quotes: tiles need an address, and their provider must be named")
        for key in ("attribution_url", "subdomains"):
            if not isinstance(settings.get(key, ""), str):
                raise TileError(key, f"expected text in quotes, got {settings[key]!r}")
        deepest = settings.get("max_zoom", _DEEPEST_USUAL)
        if isinstance(deepest, bool) or not isinstance(deepest, int) or not 1 <= deepest <= _DEEPEST:
            raise TileError("max_zoom", f"expected a whole number from 1 to {_DEEPEST}, got {deepest!r}")
        tiles = cls(**settings)
        tiles._check()
        return tiles

    def _check(self) -> None:
        if not self.url.startswith("https://"):
            raise TileError("url", f"expected an address that begins with https://, got {self.url!r}")
        if self.attribution_url and not self.attribution_url.startswith("https://"):
            raise TileError("attribution_url", f"expected an address that begins with https://, got {self.attribution_url!r}")
        if self.subdomains and not re.fullmatch("[a-z0-9]+", self.subdomains):
            raise TileError("subdomains", f'expected letters and digits such as "abc", got {self.subdomains!r}')
        found = _PLACEHOLDER.findall(self.url)
        wanted = {"z", "x", "y", *("s" if self.subdomains else "")}
        if set(found) != wanted or len(found) != len(wanted):
            named = ", ".join(f"{{{name}}}" for name in sorted(wanted, key="szxy".index))
            raise TileError("url", f"expected {named} once each and no other braces, got {self.url!r}")
        if "s" in wanted and "{s}" not in self._netloc:
            raise TileError("url", f"expected {{s}} in the name of the host, got {self.url!r}")
        for host in self.hosts:
            if not _HOST.fullmatch(host):
                raise TileError("url", f"{host!r} is no name of a host")

    @property
    def _netloc(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the page may ask, for the security policy and for the reader."""
        return tuple(self._netloc.replace("{s}", letter) for letter in dict.fromkeys(self.subdomains or " "))

    def for_page(self) -> dict[str, Any]:
        """Give what the browser needs."""
        return {
            "url": self.url,
            "attribution": self.attribution,
            "attributionUrl": self.attribution_url,
            "maxZoom": self.max_zoom,
            "subdomains": self.subdomains,
            "hosts": list(self.hosts),
        }
