"""`mapper watch` as the terminal and the wire see it; tests/browser/test_watch_page.py has what a reader sees."""

from __future__ import annotations

import http.client
import os
import re
import socket
from pathlib import Path

import pytest
import watchfiles
from click.testing import CliRunner
from watching import ARTICLE, FIRST, HEADER, SECOND, Watch, make_maps

from mapper import geodata
from mapper.cli import main
from mapper.errors import MapperError
from mapper.gazetteer import added
from mapper.page import definition
from mapper.page.archive import unpack
from mapper.store import write_atomic
from mapper.watch.board import Board, Shown
from mapper.watch.changes import Watched, Watcher
from mapper.watch.server import Server

MAPS = Path(__file__).parent.parent / "maps"
OWN = "Zelenytsia Nova Mala"
MAP = "<!DOCTYPE html><title>Мапа</title>"


@pytest.fixture(scope="module")
def watch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("watch")
    make_maps(folder)
    (folder / "gazetteer").mkdir()
    running = Watch(folder, environment={**os.environ, "MAPPER_GAZETTEER": str(folder / "gazetteer")})
    yield running
    running.process.kill()
    running.process.communicate()


def good(told):
    return [m["built"] for m in told if not m["problems"]]


def test_each_thing_that_a_map_is_made_of_is_watched(watch):
    """A table, a new article, a changed one, the definition, and the places themselves."""
    folder, output = watch.folder, watch.folder / "maps" / "a.html"

    def title(text):
        return (folder / "maps" / "a.toml").write_text(f'title = "{text}"\ninputs = ["../rows.csv", "../articles"]\n', encoding="utf-8")

    steps = [
        lambda: write_atomic(folder / "rows.csv", HEADER + FIRST + SECOND + f"x3,2024-11-21,shelling,{OWN},UA,,,\n"),
        lambda: (folder / "articles" / "second.md").write_text(ARTICLE, encoding="utf-8"),
        lambda: (folder / "articles" / "second.md").write_text(ARTICLE.replace("two", "three"), encoding="utf-8"),
        lambda: title("Another title"),
        (folder / "articles" / "second.md").unlink,
        lambda: added.add(folder / "own.csv", folder / "gazetteer"),
    ]
    (folder / "own.csv").write_text(f"name,lon,lat,country\n{OWN},34.5,50.5,UA\n", encoding="utf-8")
    with watch.news() as until:
        built = good(until(good))
        for step in steps:
            step()
            now = good(until(lambda told, before=built: good(told) and good(told) != before))
            assert now != built
            built = now
    assert "<title>Another title</title>" in output.read_text(encoding="utf-8")
    [own] = [i for i in unpack(output).incidents.itertuples() if i.place_text == OWN]
    assert (own.geometry.x, own.geometry.y) == (34.5, 50.5)


def test_a_mistake_is_told_and_the_last_good_map_stays(watch):
    definition, output = watch.folder / "maps" / "a.toml", watch.folder / "maps" / "a.html"
    with watch.news() as until:
        until(good)
        before, right = output.read_bytes(), definition.read_text(encoding="utf-8")
        definition.write_text(right.replace("title", "titel"), encoding="utf-8")
        [told] = until(lambda told: told[0]["problems"])
        assert "unknown setting; did you mean title?" in told["problems"][0]
        assert told["built"]
        assert output.read_bytes() == before
        definition.write_text(right, encoding="utf-8")
        until(good)
        (watch.folder / "rows.csv").rename(watch.folder / "rows.away")
        [told] = until(lambda told: told[0]["problems"])
        assert "rows.csv: there is no such file" in told["problems"][0]
        (watch.folder / "rows.away").rename(watch.folder / "rows.csv")
        until(good)


def test_what_is_served_is_what_was_built(watch):
    with watch.news() as until:
        until(good)
    connection = http.client.HTTPConnection("127.0.0.1", watch.port)
    connection.request("GET", "/maps/a")
    answer = connection.getresponse()
    assert answer.read() == (watch.folder / "maps" / "a.html").read_bytes()
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_ctrl_c_ends_it_cleanly(tmp_path):
    make_maps(tmp_path)
    running = Watch(tmp_path, "a", environment=dict(os.environ))
    with running.news() as until:
        until(good)
        said = running.end()
    assert running.process.returncode == 0
    assert said.splitlines()[-1] == "Stopped"
    assert "Traceback" not in said
    assert sorted(p.name for p in (tmp_path / "maps").iterdir()) == ["a.html", "a.ledger.json", "a.toml"]


def test_nothing_to_watch_or_a_port_that_is_taken_is_said_at_once(tmp_path):
    make_maps(tmp_path)
    run = CliRunner().invoke(main, ["watch", "b", "--maps", str(tmp_path / "maps")])
    assert (run.exit_code, "did you mean a?" in run.stderr) == (1, True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = CliRunner().invoke(main, ["watch", "--maps", str(tmp_path / "maps"), "--port", str(port)])
    assert run.exit_code == 1
    assert re.fullmatch(rf"Error: 127\.0\.0\.1:{port}: cannot be listened on: .*; choose another --port\n", run.stderr)


# The server.


@pytest.fixture
def server(tmp_path):
    board = Board()
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (tmp_path / "мапа 1.html").write_text(MAP, encoding="utf-8")
    board.post([Shown("мапа 1", "Map", "1", ())], {"мапа 1": tmp_path / "мапа 1.html"})
    with Server(board) as server:
        yield server


def ask(server, path, method="GET", host=None):
    """Send a request as it stands, which no client would clean up."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"{method} {path} HTTP/1.0\r\nHost: {host or f'127.0.0.1:{server.port}'}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode(), body.decode()


def test_pages_and_maps_are_served_to_this_computer(server):
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "/maps/%D0%BC%D0%B0%D0%BF%D0%B0%201")[::2] == (200, MAP)
    assert ask(server, "/?map=x", host=f"localhost:{server.port}")[0] == 200
    for path in ("/watch.js", "/watch.css"):
        status, head, _ = ask(server, path)
        assert status == 200
        assert "X-Content-Type-Options: nosniff" in head
        assert "default-src 'none'" in head


def test_another_name_for_this_computer_is_refused(server):
    for host in (
        "evil.example",
        f"evil.example:{server.port}",
        "127.0.0.1",
        f"127.0.0.1.evil.example:{server.port}",
        f"[::1]:{server.port}",
    ):
        status, _, body = ask(server, "/maps/%D0%BC%D0%B0%D0%BF%D0%B0%201", host=host)
        assert status == 421
        assert "<" not in body


@pytest.mark.parametrize(
    "path",
    ["/maps/", "/maps", "/maps/secret", "/maps/../secret.html", "/maps/..%2fsecret", "/maps/%2e%2e/secret.html", "/../../etc/passwd",
     "//etc/passwd", "/etc/passwd", "/watch.js/", "/pages/index.html", "/__init__.py", "/maps/%00", "/maps/мапа 1.html"],
)  # fmt: skip
def test_nothing_else_is_there(server, path):
    status, _, body = ask(server, path)
    assert status in {400, 404}
    assert "secret" not in body
    assert "root:" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_nothing_can_be_sent(server, method):
    status, head, _ = ask(server, "/", method)
    assert status == 405
    assert "Allow: GET, HEAD" in head


def test_head_gives_no_body(server):
    for path in ("/", "/maps/%D0%BC%D0%B0%D0%BF%D0%B0%201", "/news", "/nothing"):
        assert ask(server, path, "HEAD")[2] == ""


# What counts as a change.


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied", "/here"), RuntimeError("OS file watch limit reached")])
def test_what_cannot_be_watched_is_said_and_not_waited_for(fault, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise fault

    monkeypatch.setattr(watchfiles, "watch", refuse)
    watcher = Watcher(Watched(tmp_path, frozenset(), frozenset(), frozenset()))
    with pytest.raises(MapperError, match=re.escape(f"changes cannot be watched for: {fault}; ")):
        watcher.wait()


def test_articles_of_the_sample_are_inputs_and_no_places():
    watched = Watched.of(MAPS, [definition.read(MAPS / "ukraine.toml")])
    articles = geodata.data_dir() / "articles"
    assert watched.concerns(articles / "new.md")
    assert not watched.changes_places([articles / "new.md"])
    for name in ("gazetteer/places.csv", "boundaries/admin1.parquet", "SOURCES.toml"):
        assert watched.changes_places([geodata.data_dir() / name])


def test_what_a_map_is_made_of_counts_and_what_is_made_of_it_does_not():
    here = Path("/here")
    watched = Watched(
        here / "maps",
        frozenset({here / "articles", here / "rows.csv"}),
        frozenset({here / "geodata"}),
        frozenset({here / "articles" / "map.html"}),
    )
    changing = ["maps/a.toml", "articles/x.md", "articles/deep/page.html", "rows.csv", "geodata/overrides.csv"]
    silent = [
        "maps/a.html",
        "maps/a.json",
        "maps/deep/a.toml",
        "articles/map.html",
        "articles/.x.md.swp",
        "rows.csv.bak",
        ".rows.csv.0.part.csv",
        "x",
    ]
    assert [name for name in changing + silent if watched.concerns(here / name)] == changing
    assert watched.changes_places([here / "geodata" / "x.csv"])
    assert not watched.changes_places([here / "rows.csv"])
