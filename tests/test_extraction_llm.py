"""A language model that helps, lies, breaks off and drags: a small server here, in every role."""

from __future__ import annotations

import datetime as dt
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.errors import InputError
from mapper.extraction.llm.model import Answers, LanguageModel
from mapper.extraction.llm.service import KEY_VARIABLE, NoAnswer, Service
from mapper.pipeline import gather
from mapper.sources import Article

TEXT = (
    "Russian drones struck an apartment block in Sumy overnight, killing at least two people and wounding 12, the governor said. "
    "Talks go on in Geneva. Air defences shot down seven drones over the Bryansk and Kaluga regions, the ministry said."
)
SUMY = {
    "type": "drone_strike",
    "quote": "Russian drones struck an apartment block in Sumy overnight, killing at least two people and wounding 12, the governor said.",
    "places": [{"text": "Sumy", "role": "at"}],
    "date_start": "2024-11-21",
    "date_end": "2024-11-22",
    "date_precision": "night",
    "launched": None,
    "intercepted": None,
    "hit": None,
    "killed": {"low": 2, "best": None, "high": None},
    "injured": {"low": 12, "best": 12, "high": 12},
    "by": "the governor",
    "status": "claimed",
    "weapon": "drone",
    "actor": "Russia",
    "target": "apartment block",
}
UNKNOWN = {"low": None, "best": None, "high": None}
BRYANSK = SUMY | {
    "type": "interception",
    "quote": "Air defences shot down seven drones over the Bryansk and Kaluga regions, the ministry said.",
    "places": [{"text": "Bryansk", "role": "over"}, {"text": "Kaluga", "role": "over"}],
    "date_start": None,
    "date_end": None,
    "date_precision": None,
    "intercepted": 7,
    "killed": UNKNOWN,
    "injured": UNKNOWN,
    "by": "the ministry",
    "actor": None,
    "target": None,
}


def completion(content, ended="stop"):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": ended}]}).encode()


def said(*incidents):
    return completion(json.dumps({"incidents": list(incidents)}))


class _Handler(BaseHTTPRequestHandler):
    """Answers by the server's `role`, a function of the handler and the question."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), asked))
        self.server.role(self, asked)

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers), None))
        self.answer(said())

    def answer(self, body, code=200, **headers):
        self.send_response(code)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.asked = []
    server.closing = threading.Event()
    server.address = f"http://127.0.0.1:{server.server_port}/v1"
    server.role = lambda handler, _: handler.answer(said(SUMY, BRYANSK))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "cache"))


def article(text=TEXT, **more):
    return Article("a.md", text, publisher="Wire", lang="en", **{"published": dt.date(2024, 11, 22)} | more)


@pytest.fixture
def model(server):
    return LanguageModel(Service(server.address, "small", pause=0, timeout=2))


@pytest.fixture
def read(model, gazetteer, taxonomy):
    return lambda text=TEXT, **more: model.read(article(text, **more), gazetteer, taxonomy)


def test_what_stands_in_the_text_becomes_incidents(tmp_path, model, world, taxonomy):
    (tmp_path / "a.md").write_text(f"---\npublished: 2024-11-22\nlang: en\n---\n{TEXT}", encoding="utf-8")
    gathered = gather([tmp_path / "a.md"], world, taxonomy, model=model)
    tables = gathered.tables
    strike, interception = sorted(tables.arrow("incidents").to_pylist(), key=lambda row: row["type"])
    assert gathered.rejected == ()
    assert (strike["place_text"], strike["date_precision"]) == ("Sumy", "night")
    assert (strike["killed_low"], strike["killed_high"], strike["injured_best"]) == (2, None, 12)
    assert (strike["weapon"], strike["actor"], strike["target"]) == ("drone", "Russia", "apartment block")
    assert [p["place_id"] for p in interception["places"]] == ["admin1:RU-BRY", "admin1:RU-KLU"]
    assert interception["intercepted"] == 7
    for claim in tables.arrow("claims").to_pylist():
        assert TEXT[claim["start"] : claim["end"]] == claim["quote"]


def test_a_quote_may_break_its_lines_otherwise(server, read):
    text = TEXT.replace("in Sumy overnight", "in\nSumy overnight")
    [draft, _] = read(text).drafts
    [claim] = draft.claims
    assert claim.quote == text[claim.start : claim.end]
    assert "in\nSumy" in claim.quote


LIES = [
    ({"quote": "Russian drones struck a hospital in Sumy overnight."}, "quote", "does not stand in the text"),
    ({"quote": " "}, "quote", "is empty"),
    ({"quote": TEXT}, "quote", "longer than 200"),
    ({"places": [{"text": "Kharkiv", "role": "at"}]}, "places", "does not stand in the quote"),
    ({"places": [{"text": "Geneva", "role": "at"}]}, "places", "does not stand in the quote"),
    ({"places": [{"text": "Sum", "role": "at"}]}, "places", "does not stand in the quote"),
    ({"places": []}, "places", "expected 1 to"),
    ({"places": [{"text": "Sumy", "role": "speaker"}]}, "places.role", "expected one of at, over"),
    ({"killed": {"low": 3, "best": 3, "high": 3}}, "killed.low", "is no number of the quote"),
    ({"killed": {"low": 12, "best": 2, "high": 12}}, "killed", "in this order"),
    ({"killed": {"low": 0, "best": 0, "high": 0}}, "killed.low", "is no number of the quote"),
    ({"injured": {"low": -12, "best": 12, "high": 12}}, "injured.low", "expected a number from 0"),
    ({"injured": {"low": 12.0, "best": 12, "high": 12}}, "injured.low", "expected integer or null"),
    ({"injured": {"low": True, "best": 12, "high": 12}}, "injured.low", "expected integer or null"),
    ({"intercepted": 40}, "intercepted", "is no number of the quote"),
    ({"lost": 40}, "lost", "is no number of the quote"),
    ({"children_killed": 1}, "children_killed", "is no number of the quote"),
    ({"killed": {"low": 2, "best": 2, "high": 2}, "children_killed": 12}, "children_killed", "more than all killed"),
    ({"type": "alien_landing"}, "type", "expected one of drone_strike"),
    ({"type": "<script>alert(1)</script>"}, "type", "expected one of"),
    ({"weapon": "phaser"}, "weapon", "expected one of"),
    ({"by": "<img src=x onerror=alert(1)>"}, "by", "does not stand in the text"),
    ({"target": "oil depot"}, "target", "does not stand in the text"),
    ({"date_start": "2031-01-01", "date_end": "2031-01-01", "date_precision": "day"}, "date_start", "lies outside"),
    ({"date_start": "1999-01-01", "date_end": "1999-01-01", "date_precision": "day"}, "date_start", "lies outside"),
    ({"date_start": "last night"}, "date_start", "is no date"),
    ({"date_start": "2024-11-22", "date_end": "2024-11-21"}, "date_end", "lies before"),
    ({"date_start": "2024-11-19"}, "date_precision", "does not go with"),
    ({"status": "certain"}, "status", "expected one of claimed"),
    ({"confidence": 0.99}, "confidence", "is no field that was asked for"),
]


@pytest.mark.parametrize(("lie", "field", "problem"), LIES)
def test_what_does_not_is_refused_with_its_reason(server, read, lie, field, problem):
    server.role = lambda handler, _: handler.answer(said(BRYANSK, SUMY | lie))
    proposed = read()
    assert [draft.type for draft in proposed.drafts] == ["interception"]
    [refused] = proposed.rejected
    assert (refused.path, refused.row, refused.column) == ("a.md", 2, field)
    assert problem in refused.problem


@pytest.mark.parametrize("shape", ["a string", None, 7, [], {}, {"type": "drone_strike"}])
def test_an_incident_of_another_shape_is_refused(server, read, shape):
    server.role = lambda handler, _: handler.answer(said(shape))
    proposed = read()
    assert proposed.drafts == ()
    assert len(proposed.rejected) == 1


def test_a_refusal_is_one_printable_line(server, read):
    server.role = lambda handler, _: handler.answer(said(SUMY | {"quote": "x\x1b[31m\n\u202e" * 200}))
    [refused] = read().rejected
    assert str(refused).isprintable()
    assert len(str(refused)) < 250


def test_without_a_day_of_publication_a_date_cannot_be_checked(read):
    proposed = read(published=None)
    assert [draft.type for draft in proposed.drafts] == ["interception"]
    assert "--published" in proposed.rejected[0].problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (completion("I found two incidents. First, in Sumy ..."), "something else than JSON"),
        (completion('{"incidents": [{"type": "drone_st'), "something else than JSON"),
        (completion('{"incidents": [NaN]}'), "something else than JSON"),
        (completion("[" * 100_000), "something else than JSON"),
        (completion('{"result": []}'), "no {"),
        (said(*[SUMY] * 101), "101 incidents"),
        (completion('{"incidents": []}', ended="length"), "cut off"),
        (completion(""), "with nothing"),
        (b"<html>gateway</html>", "something else than a chat completion"),
        (b'{"choices": []}', "something else than a chat completion"),
        (b"\xff\xfe\x00", "something else than a chat completion"),
        (b" " * 3_000_000, "more than 2,000,000 bytes"),
    ],
)
def test_an_answer_that_is_none_is_listed(server, read, body, problem):
    server.role = lambda handler, _: handler.answer(body)
    proposed = read()
    assert proposed.drafts == ()
    [refused] = proposed.rejected
    assert (refused.path, refused.row) == ("a.md", 0)
    assert problem in refused.problem
    assert "run again" in refused.problem


def test_json_in_a_code_fence_is_read(server, read):
    server.role = lambda handler, _: handler.answer(completion("```json\n" + json.dumps({"incidents": [SUMY]}) + "\n```"))
    assert len(read().drafts) == 1


def test_a_connection_that_closes_is_tried_again_and_then_listed(server, read):
    def close(handler, _):
        handler.connection.shutdown(socket.SHUT_RDWR)

    server.role = close
    [refused] = read().rejected
    assert "broke off" in refused.problem
    assert len(server.asked) == 3


def test_a_body_shorter_than_announced_is_no_answer(server, read):
    def short(handler, _):
        body = said(SUMY)
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) + 100))
        handler.end_headers()
        handler.wfile.write(body)

    server.role = short
    assert "broke off" in read().rejected[0].problem


def test_a_server_that_drips_is_given_up(server, gazetteer, taxonomy):
    def drip(handler, _):
        handler.send_response(200)
        handler.end_headers()
        try:
            while not server.closing.wait(0.05):
                handler.wfile.write(b" ")
        except OSError:
            pass

    server.role = drip
    slow = LanguageModel(Service(server.address, "small", pause=0, timeout=0.2))
    assert "within 0.2 seconds" in slow.read(article(), gazetteer, taxonomy).rejected[0].problem


def test_a_busy_server_is_asked_again(server, read):
    def busy_first(handler, _):
        busy = len(server.asked) < 3
        handler.answer(b"{}" if busy else said(SUMY), 503 if busy else 200)

    server.role = busy_first
    assert len(read().drafts) == 1
    assert len(server.asked) == 3


def test_a_server_that_knows_no_schema_is_asked_more_simply(server, read):
    def simple(handler, asked):
        known = asked.get("response_format", {}).get("type") != "json_schema"
        handler.answer(said(SUMY) if known else b'{"error": "response_format"}', 200 if known else 400)

    server.role = simple
    assert len(read().drafts) == 1
    read()
    assert [asked.get("response_format", {}).get("type") for _, _, asked in server.asked] == ["json_schema", "json_object", "json_object"]


def test_a_redirect_is_not_followed(server, read, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret")
    server.role = lambda handler, _: handler.answer(b"", 307, Location="http://elsewhere.example/v1/chat/completions")
    with pytest.raises(InputError, match=r"redirects to elsewhere\.example, which is not followed"):
        read()
    assert len(server.asked) == 1


@pytest.mark.parametrize(("code", "problem"), [(401, "MAPPER_LLM_KEY"), (403, "MAPPER_LLM_KEY"), (404, "--llm-model")])
def test_what_would_fail_each_time_stops_the_run(server, read, code, problem):
    server.role = lambda handler, _: handler.answer(b'{"error": "no"}', code)
    with pytest.raises(InputError, match=problem):
        read()
    assert len(server.asked) == 1


def test_nobody_there_stops_the_run(gazetteer, taxonomy):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = LanguageModel(Service(f"http://127.0.0.1:{port}", "small", pause=0))
    with pytest.raises(InputError, match="cannot be reached"):
        model.read(article(), gazetteer, taxonomy)


def test_three_articles_without_an_answer_stop_the_run(server, read):
    server.role = lambda handler, _: handler.answer(completion("no"))
    read()
    read()
    with pytest.raises(InputError, match="3 articles in a row"):
        read()


def test_the_key_goes_to_the_service_and_nowhere_else(server, monkeypatch, tmp_path):
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret")
    server.role = lambda handler, _: handler.answer(b"{}", 500)
    service = Service(server.address, "small", pause=0)
    with pytest.raises(NoAnswer) as caught:
        service.ask([], {})
    assert server.asked[0][1]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in repr(caught.value) + repr(service)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", "no address"),
        ("localhost:11434", "no address"),
        ("ftp://example.org", "no address"),
        ("http://", "no address"),
        ("https://example.org/v1?key=1", "no address"),
        ("https://me:secret@example.org/v1", "name or password"),
        ("http://example.org/v1", "unencrypted"),
    ],
)
def test_an_address_that_cannot_be_used(address, problem, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret")
    with pytest.raises(InputError, match=problem) as caught:
        Service(address, "small")
    assert "secret" not in str(caught.value)


def test_the_same_question_is_asked_the_same_way_and_kept(server, tmp_path, gazetteer, taxonomy):
    answers = Answers(tmp_path / "answers")
    first = LanguageModel(Service(server.address, "small"), answers).read(article(), gazetteer, taxonomy)
    again = LanguageModel(Service(server.address, "small"), answers).read(article(), gazetteer, taxonomy)
    assert first == again
    [(path, _, asked)] = server.asked
    assert path == "/v1/chat/completions"
    assert (asked["temperature"], asked["seed"], asked["model"]) == (0, 1, "small")
    for kept in (tmp_path / "answers").iterdir():
        kept.write_text("{half", encoding="utf-8")
    LanguageModel(Service(server.address, "small"), answers).read(article(), gazetteer, taxonomy)
    LanguageModel(Service(server.address, "other"), answers).read(article(), gazetteer, taxonomy)
    assert len(server.asked) == 3


def test_a_long_article_is_read_in_passages(server, read):
    server.role = lambda handler, asked: handler.answer(said(*([SUMY] if "in Sumy" in asked["messages"][1]["content"] else [])))
    text = "Nothing happened here today. " * 600 + "\n\n" + TEXT
    [draft] = read(text).drafts
    assert text[draft.claims[0].start : draft.claims[0].end] == SUMY["quote"]
    shown = [json.loads(asked["messages"][1]["content"])["text"] for _, _, asked in server.asked]
    assert "".join(shown) == text
    assert all(len(part) <= 8_000 for part in shown)
    assert all(a != b for a, b in pairwise(shown))


def test_refusals_are_in_the_ledger(server, tmp_path, world, taxonomy, model):
    (tmp_path / "a.md").write_text(f"---\npublished: 2024-11-22\nlang: en\n---\n{TEXT}", encoding="utf-8")
    server.role = lambda handler, _: handler.answer(said(BRYANSK, SUMY | {"quote": "Invented."}))
    gathered = gather([tmp_path / "a.md"], world, taxonomy, model=model)
    assert gathered.ledger.totals == {"read": 2, "mapped": 1, "merged": 0, "unplaced": 0, "rejected": 1, "hidden": 0}


def test_the_command_line(server, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret")
    path = tmp_path / "a.md"
    path.write_text(f"---\npublished: 2024-11-22\nlang: en\n---\n{TEXT}", encoding="utf-8")
    server.role = lambda handler, _: handler.answer(said(SUMY, BRYANSK | {"intercepted": 70}))
    asked = ["extract", str(path), "--extractor", "llm", "--llm-url", server.address, "--llm-model", "small"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    [incident] = json.loads(result.stdout)
    assert incident["type"] == "drone_strike"
    assert f"Rejected: {path}: row 2, column intercepted, value '70'" in result.stderr
    assert "sk-secret" not in result.output


@pytest.mark.parametrize(
    "options", [["--extractor", "llm"], ["--llm-url", "http://localhost/v1"], ["--extractor", "llm", "--llm-model", "a"]]
)
def test_options_that_do_not_go_together(options, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt"), *options])
    assert result.exit_code == 2
    assert "--llm-url" in result.output
