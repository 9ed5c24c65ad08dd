"""A server for this computer alone, that shows the maps and tells the open pages when one has changed.

It listens on 127.0.0.1. A page of another site could still have its own name point there (DNS rebinding): such a
request names that site as its host, and is refused. What can be asked for is a fixed list of names, no path of the
disk; and nothing can be sent. The map is served as it was built; around it stands a small page of ours with the map in
a frame, so that what is looked at is what will be published.
"""

from __future__ import annotations

import os
import shutil
import socketserver
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit

from mapper.errors import MapperError

if TYPE_CHECKING:
    from mapper.watch.board import Board

__all__ = ["Server"]

ADDRESS = "127.0.0.1"
#: Seconds between two signs of life on an open stream, by which a page that has gone is noticed.
_PULSE = 5.0
_PAGES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/watch.css": ("watch.css", "text/css; charset=utf-8"),
    "/watch.js": ("watch.js", "text/javascript; charset=utf-8"),
}
_MAPS, _NEWS = "/maps/", "/news"
#: For our own page; a map carries its own policy, to which this one only adds who may show it in a frame.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_FRAMED = "frame-ancestors 'self'"


class Server(socketserver.ThreadingTCPServer):
    """Serves a board until the block ends.

    Parameters
    ----------
    board
        The maps.
    port
        Where to listen; 0 takes a free one.

    Raises
    ------
    MapperError
        If the port is taken.
    """

    allow_reuse_address = os.name == "posix"  # elsewhere it would let another program take the port too
    daemon_threads = True
    block_on_close = False

    def __init__(self, board: Board, port: int = 0) -> None:
        self.board = board
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            raise MapperError(f"{ADDRESS}:{port}: cannot be listened on: {error.strerror}; choose another --port") from None
        self.port: int = self.server_address[1]
        self.url = f"http://{ADDRESS}:{self.port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over pages that were closed in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = 30
    server_version = "mapper"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer what is on the list."""
        host = self.headers.get("Host", "")
        if host not in {f"{name}:{self.server.port}" for name in (ADDRESS, "localhost")}:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain="This server answers to its own address only.")
            return
        path = unquote(urlsplit(self.path).path)
        if path in _PAGES:
            name, kind = _PAGES[path]
            self._begin(kind, _POLICY)
            self._send(files("mapper.watch").joinpath("pages", name).read_bytes())
        elif path == _NEWS:
            self._tell()
        elif path.startswith(_MAPS) and (file := self.server.board.file(path.removeprefix(_MAPS))):
            try:
                with file.open("rb") as content:
                    self._begin("text/html; charset=utf-8", _FRAMED)
                    if self.command == "GET":
                        shutil.copyfileobj(content, self.wfile)
            except FileNotFoundError:
                self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def _begin(self, kind: str, policy: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _send(self, content: bytes) -> None:
        if self.command == "GET":
            self.wfile.write(content)

    def _tell(self) -> None:
        """Send the state at once and whenever it changes, as a stream of events."""
        self._begin("text/event-stream; charset=utf-8", _POLICY)
        number, text = 0, ""
        while self.command == "GET":
            number, text = self.server.board.news(number, _PULSE)
            self.wfile.write(f"data: {text}\n\n".encode() if text else b": still here\n\n")
            self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in plain text; what cannot be done with GET cannot be done."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code, explain = HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered."
        self.send_response(code, message)
        if code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(f"{HTTPStatus(code).phrase}. {explain or ''}\n".encode())

    def log_message(self, *_: object) -> None:
        """Leave the terminal to the builds."""
