"""The user's own service, played by a server on this machine."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.errors import InputError
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.online import Online
from mapper.geocoding.query import geocode

NOMINATIM = {
    "Qwertyville": {"lat": "50.1", "lon": "36.2", "name": "Qwertyville", "display_name": "Qwertyville, Ukraine", "addresstype": "village",
                    "boundingbox": ["50.0", "50.2", "36.1", "36.3"], "address": {"country_code": "ua", "state": "Kharkiv Oblast", "ISO3166-2-lvl4": "UA-63"}},
    "Krymgrad": {"lat": "45.0", "lon": "34.0", "name": "Krymgrad", "display_name": "Krymgrad", "addresstype": "town",
                 "address": {"country_code": "ru", "ISO3166-2-lvl4": "RU-CR"}},
}  # fmt: skip
PHOTON = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [36.2, 50.1]},
    "properties": {"name": "Qwertyville", "type": "city", "countrycode": "UA", "state": "Kharkiv Oblast"},
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        self.server.asked.append(asked)
        if "photon" in self.path:
            body = {"type": "FeatureCollection", "features": [PHOTON]}
        else:
            found = NOMINATIM.get(asked["q"][0])
            body = [found] if found else []
        data = json.dumps(body).encode()
        self.send_response(500 if asked["q"][0] == "Broken" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.asked = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


UNKNOWN = Unlocated("Qwertyville", "no place named Qwertyville in the gazetteer")


def test_what_is_unknown_is_asked_once_and_kept(server, tmp_path):
    found = Online(server.address, folder=tmp_path, wait=0)("Qwertyville", UNKNOWN, "UA")
    assert isinstance(found, Location)
    assert (found.lon, found.lat, found.precision, found.country, found.admin1) == (36.2, 50.1, "settlement", "UA", "UA-63")
    assert found.score < 0.9
    assert found.method.startswith("online")
    again = Online(server.address, folder=tmp_path, wait=0)("Qwertyville", UNKNOWN, "UA")
    assert again == found
    assert len(server.asked) == 1


def test_that_there_is_no_answer_is_kept_too(server, tmp_path):
    online = Online(server.address, folder=tmp_path, wait=0)
    unknown = Unlocated("Xyzzyville", "no place named Xyzzyville in the gazetteer")
    for _ in range(2):
        assert "nor does 127.0.0.1" in online("Xyzzyville", unknown).reason
    assert len(server.asked) == 1


def test_what_the_gazetteer_answers_is_not_asked(server, tmp_path, gazetteer):
    online = Online(server.address, folder=tmp_path, wait=0)
    for query in ("Sumy", "Andriivka", "Governor Smith", ""):
        result = geocode(query, gazetteer=gazetteer)
        assert online(query, result) is result
    assert server.asked == []


def test_requests_are_a_while_apart(server, tmp_path):
    online = Online(server.address, folder=tmp_path, wait=0.2)
    start = time.monotonic()
    for name in ("Aaaaville", "Bbbbville", "Ccccville"):
        online(name, Unlocated(name, f"no place named {name} in the gazetteer"))
    assert time.monotonic() - start >= 0.4


def test_a_photon_is_asked_as_one(server, tmp_path):
    found = Online(f"{server.address}/photon", folder=tmp_path, wait=0)("Qwertyville", UNKNOWN)
    assert (found.lon, found.lat, found.precision, found.country) == (36.2, 50.1, "settlement", "UA")


def test_crimea_is_ukraine_whatever_the_service_says(server, tmp_path):
    found = Online(server.address, folder=tmp_path, wait=0)("Krymgrad", Unlocated("Krymgrad", "no place named Krymgrad"))
    assert (found.country, found.admin1) == ("UA", "UA-43")


def test_a_service_that_fails_is_a_clear_error(server, tmp_path):
    online = Online(server.address, folder=tmp_path, wait=0)
    with pytest.raises(InputError, match="did not answer"):
        online("Broken", Unlocated("Broken", "no place named Broken"))


@pytest.mark.parametrize("address", ["", "nominatim", "ftp://example.org", "http://"])
def test_an_address_that_is_none_is_a_clear_error(address, tmp_path):
    with pytest.raises(InputError, match="no address"):
        Online(address, folder=tmp_path)


def test_a_damaged_cache_is_read_as_far_as_it_goes(server, tmp_path):
    first = Online(server.address, folder=tmp_path, wait=0)
    first("Qwertyville", UNKNOWN)
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text(encoding="utf-8") + '{"key": "half', encoding="utf-8")
    assert isinstance(Online(server.address, folder=tmp_path, wait=0)("Qwertyville", UNKNOWN), Location)
    assert len(server.asked) == 1


@pytest.mark.parametrize(("named", "asked"), [("folder", 1), ("off", 2)])
def test_answers_are_kept_where_the_cache_is_or_not_at_all(named, asked, server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAPPER_CACHE", named)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    for _ in range(2):
        online = Online(server.address, wait=0)
        assert isinstance(online("Qwertyville", UNKNOWN), Location)
        assert isinstance(online("Qwertyville", UNKNOWN), Location)
    assert len(server.asked) == asked
    assert [path.name for path in tmp_path.iterdir()] == (["folder"] if named == "folder" else [])
