"""A picture of a map, for the cards that social networks and messengers show of a link.

The browser that the reader has installed draws it: Chromium, Chrome or Edge, without a window, with an empty profile
and without a network. The page shows itself without controls when its address says `card=1`.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from mapper.errors import InputError, MapperError
from mapper.store.files import write_atomic

__all__ = ["ENVIRONMENT", "SIZE", "find_browser", "snapshot"]

ENVIRONMENT = "MAPPER_BROWSER"
#: Width and height in pixels that Open Graph cards have, 1.91 to 1.
SIZE = (1200, 630)

_COMMANDS = (
    "chromium-headless-shell",  # makes no windows, and draws in half the time
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")

#: Milliseconds of the page's own clock, which runs ahead whenever the page has nothing to do.
_PATIENCE = 30_000
_FLAGS = (
    "--headless",
    "--hide-scrollbars",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-device-scale-factor=1",
    f"--virtual-time-budget={_PATIENCE}",
    "--dump-dom",  # by which it is seen that the page was ready
)
_DRAWN = b'data-mapper="ready"'
_PNG = b"\x89PNG\r\n\x1a\n"


def find_browser(given: str | None = None) -> str:
    """Find a browser: the one given, that of `MAPPER_BROWSER`, or one that is installed under its usual name.

    Raises
    ------
    MapperError
        If there is none.
    """
    if wanted := given or os.environ.get(ENVIRONMENT):
        if found := shutil.which(wanted):
            return found
        raise MapperError(f"{wanted}: there is no such browser; give the path of Chromium, Chrome or Edge")
    for name in _COMMANDS:
        if found := shutil.which(name):
            return found
    for path in _usual_places():
        if path.is_file():
            return str(path)
    raise MapperError(f"no Chromium, Chrome or Edge was found; install one, or name it with --browser or {ENVIRONMENT}")


def snapshot(
    page: Path,
    output: Path,
    *,
    size: tuple[int, int] = SIZE,
    view: str = "",
    theme: str | None = None,
    lang: str | None = None,
    browser: str | None = None,
    timeout: float = 60,
) -> Path:
    """Draw a map into a PNG file.

    Parameters
    ----------
    size
        Width and height in pixels.
    view
        A link to what is to be seen, as the page gives it, or only what stands behind its `#`.
    theme, lang
        `light` or `dark`, and the language, whatever the link says; light if it says nothing.
    browser
        As `find_browser`.
    timeout
        Seconds that the browser is given.

    Raises
    ------
    InputError
        If the file is no map.
    MapperError
        If there is no browser, it fails or takes too long, or the picture cannot be written.
    """
    if not page.is_file():
        raise InputError(page, "there is no such file", "check the name")
    program = find_browser(browser)
    address = f"{page.resolve().as_uri()}#{_fragment(view, theme, lang)}"
    with tempfile.TemporaryDirectory(prefix="mapper-snapshot-", ignore_cleanup_errors=True) as folder:
        picture = Path(folder, "card.png")
        command = [
            program,
            *_FLAGS,
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),  # Chromium will not run as root with it
            f"--user-data-dir={Path(folder, 'profile')}",
            f"--window-size={size[0]},{size[1]}",
            f"--screenshot={picture}",
            address,
        ]
        document, said = _run(command, Path(folder), timeout)
        content = picture.read_bytes() if picture.is_file() else b""
    if not content.startswith(_PNG):
        raise MapperError(f"{program}: drew nothing{said}; try another with --browser or {ENVIRONMENT}")
    if _DRAWN not in document:
        raise InputError(page, "is not a map made by mapper, or was not drawn in time", "check the name, or make the map again")
    if (drawn := struct.unpack(">II", content[16:24])) != size:
        raise MapperError(f"{program}: drew {drawn[0]}x{drawn[1]} pixels instead of {size[0]}x{size[1]}; try another with --browser")
    return write_atomic(output, content)


def _run(command: list[str], folder: Path, timeout: float) -> tuple[bytes, str]:
    """Run the browser; gives the beginning of the page as it then was, and its last words, if it failed."""
    files = folder / "document", folder / "said"
    # Into files, not pipes: a child of the browser could hold a pipe open after its end.
    with files[0].open("wb") as out, files[1].open("wb") as err:
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)  # noqa: S603
        except OSError as error:
            raise MapperError(f"{command[0]}: cannot be run: {error.strerror}; name another browser with --browser") from None
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise MapperError(f"{command[0]}: has not drawn the map after {timeout:g} seconds; allow more with --timeout") from None
        finally:
            _end(process)
    with files[0].open("rb") as document:
        beginning = document.read(1000)
    lines = [line for line in files[1].read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return beginning, f" and ended with {code}: {lines[-1] if lines else 'no word'}" if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a browser with all its helpers, if it has not ended."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _fragment(view: str, theme: str | None, lang: str | None) -> str:
    settings = dict(part.partition("=")[::2] for part in view.rpartition("#")[2].split("&") if "=" in part)
    settings |= {"card": "1", "theme": theme or settings.get("theme", "light")}
    if lang:
        settings["lang"] = lang
    return "&".join(f"{key}={quote(value, safe='/,.:@%-~')}" for key, value in settings.items())


def _usual_places() -> list[Path]:
    """List where browsers are that no search path leads to: on macOS and on Windows."""
    applications = (Path("/Applications"), Path.home() / "Applications")
    mac = [folder / f"{name}.app" / "Contents" / "MacOS" / name for folder in applications for name in _MAC]
    roots = (os.environ.get(variable) for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"))
    return [*mac, *(Path(root, name) for root in roots if root for name in _WINDOWS)]
