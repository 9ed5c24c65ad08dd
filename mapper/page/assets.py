"""The browser bundle, inlined, and the content security policy that names every inline script and style by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mapper.errors import BundleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["bundle", "content_security_policy"]

_OPENING = re.compile(r"<(script|style)\b([^>]*)>", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SCRIPTS = {"text/javascript", "application/javascript", "module"}


@cache
def bundle(name: str) -> str:
    """Read `mapper.js` or `mapper.css` of the bundle.

    Raises
    ------
    BundleError
        If it has not been built, or could end the element that it is put into.
    """
    path = files("mapper").joinpath("page", "static", name)
    if not path.is_file():
        raise BundleError(f"{path}: the browser bundle is missing; run `make map`, or `npm ci && npm run build` in mapper/frontend")
    # The browser hashes the text as its parser gives it: with line feeds only.
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n").strip()
    if re.search(r"</(?:script|style)|<!--", text, re.IGNORECASE):
        raise BundleError(f"{path}: contains the end of a script or style element; run `npm run build` in mapper/frontend")
    return text


def content_security_policy(*parts: str, images_from: Sequence[str] = ()) -> str:
    """Write the policy for a page made of these pieces of HTML: what is in it may run, nothing may come from outside.

    Only images may, from the hosts named, over https.
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for part in parts:
        for kind, attributes, text in _inline(part):
            given = _TYPE.search(attributes)
            if kind == "script" and given and given[1].lower() not in _SCRIPTS:
                continue  # a block of data
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            hashes[kind].append(f"'sha256-{digest}'")
    script, style = (" ".join(dict.fromkeys(hashes[kind])) or "'none'" for kind in ("script", "style"))
    images = " ".join(["data:", *(f"https://{host}" for host in images_from)])
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src {images}; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )


def _inline(html: str) -> Iterator[tuple[str, str, str]]:
    """Find each script and style element: its name, attributes and text. Many megabytes of data are passed over in one step."""
    at = 0
    while opening := _OPENING.search(html, at):
        kind = opening[1].lower()
        end = html.find(f"</{kind}>", opening.end())
        if end < 0:
            return
        # Not sliced before it is known to be code: a block of data is long.
        yield kind, opening[2], html[opening.end() : end] if not _is_data(opening[2]) else ""
        at = end


def _is_data(attributes: str) -> bool:
    given = _TYPE.search(attributes)
    return given is not None and given[1].lower() not in _SCRIPTS and given[1].lower() != "text/css"
