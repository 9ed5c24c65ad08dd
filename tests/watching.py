"""Starts `mapper watch` on a small map of its own, and hears what it tells the open pages."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HEADER = "id,date,type,place,country,lat,lon,killed\n"
FIRST = "x1,2024-11-20,shelling,Nikopol,UA,47.57,34.39,0\n"
SECOND = "x2,2024-11-21,drone_strike,Sumy,UA,50.91,34.80,2\n"
ARTICLE = "---\nlang: en\npublished: 2024-11-22\n---\nDrones struck a school in Sumy on Thursday, killing two people.\n"


class Watch:
    """A running `mapper watch`."""

    def __init__(self, folder: Path, *arguments: str, environment: dict[str, str]) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "mapper", "watch", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            # Where the tests run in the background, Ctrl-C is ignored, and a child inherits that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - the parent has one thread
        )
        self.terminal = self.process.stderr.readline()
        self.url = re.search(r"http://127\.0\.0\.1:\d+/", self.terminal)[0]
        self.port = int(self.url.rsplit(":")[-1].strip("/"))

    @contextmanager
    def news(self) -> Iterator[Callable]:
        """Listen as a page does; gives a function that waits until something is told, and gives it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/news")
        stream = connection.getresponse()

        def until(condition: Callable[[list[dict]], bool]) -> list[dict]:
            for line in stream:
                if line.startswith(b"data: "):
                    told = json.loads(line.removeprefix(b"data: "))
                    if condition(told):
                        return told
            raise AssertionError("the stream has ended")

        yield until
        connection.close()

    def end(self) -> str:
        """Press Ctrl-C; gives what stood in the terminal since the start."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=90)[1]


def make_maps(folder: Path) -> None:
    """Put a map `a` of a table and a folder of articles into a folder."""
    for name in ("maps", "articles"):
        (folder / name).mkdir()
    (folder / "rows.csv").write_text(HEADER + FIRST, encoding="utf-8")
    (folder / "maps" / "a.toml").write_text('title = "A map"\ninputs = ["../rows.csv", "../articles"]\n', encoding="utf-8")
    (folder / "articles" / "first.md").write_text("Nothing happened today in the capital, officials said.\n", encoding="utf-8")
