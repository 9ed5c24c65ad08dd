"""What the gazetteer lacks, asked of the user's own Nominatim or Photon; off unless an address is given.

At most one request a second. Every answer, and that there is none, is kept in a file of the user's cache folder, so that
a second run asks nothing. An answer of a service is never better than its type says: a street is a settlement's part, a
county an area.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mapper.crs import great_circle_km
from mapper.errors import InputError
from mapper.geocoding.location import Location, Unlocated
from mapper.geodata import cache_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Online"]

#: Nominatim's usage policy asks for no more than one request a second; a service of one's own is treated no worse.
SECONDS_BETWEEN = 1.0
_TIMEOUT = 10
_SCORE = 0.6
_PRECISIONS = {
    "country": "country",
    "state": "admin1",
    "region": "admin1",
    "province": "admin1",
    "county": "admin2",
    "district": "admin2",
    "state_district": "admin2",
    "city": "settlement",
    "town": "settlement",
    "village": "settlement",
    "hamlet": "settlement",
    "locality": "settlement",
    "municipality": "settlement",
    "suburb": "settlement",
    "street": "settlement",
    "road": "settlement",
    "house": "settlement",
    "building": "settlement",
}
_RADIUS_KM = {"country": 300.0, "admin1": 100.0, "admin2": 30.0, "settlement": 3.0, "near": 25.0}


class Online:
    """A service of the user's, asked politely and once.

    Parameters
    ----------
    address
        Of the service: ``https://nominatim.example.org``; one with "photon" in it is taken for a Photon.
    folder
        Where answers are kept; by default that of `mapper.geodata.cache_dir`.
    wait
        Seconds between two requests.

    Raises
    ------
    InputError
        If the address is none, or the service does not answer.
    """

    def __init__(self, address: str, *, folder: Path | None = None, wait: float = SECONDS_BETWEEN) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise InputError(address, "is no address of a service", "give one such as https://nominatim.example.org")
        self.address = address.rstrip("/")
        self._ask = _service(self.address)
        self._wait = wait
        self._last = 0.0
        digest = hashlib.sha256(self.address.encode()).hexdigest()[:12]
        kept_in = folder or cache_dir()
        self._path = kept_in / f"geocoded-{digest}.jsonl" if kept_in else None
        self._kept = _read(self._path) if self._path else {}

    def __call__(self, query: str, result: Location | Unlocated, country: str | None = None) -> Location | Unlocated:
        """Answer what the gazetteer has no place for; every other result is given back as it is."""
        if isinstance(result, Location) or result.candidates or not query.strip() or not result.reason.startswith("no place named"):
            return result
        code = country.strip().lower() if country and len(country.strip()) == 2 else ""
        key = json.dumps([query.strip(), code], ensure_ascii=False)
        if key not in self._kept:
            self._keep(key, self._request(query.strip(), code))
        found = self._kept[key]
        if not found or (code and found["country"].lower() != code):
            return replace(result, reason=f"{result.reason}, nor does {urlsplit(self.address).netloc} know it")
        return _located(query, found, self.address)

    def _request(self, query: str, country: str) -> dict[str, Any] | None:
        time.sleep(max(0.0, self._last + self._wait - time.monotonic()))
        try:
            return self._ask(query, country)
        except Exception as error:
            # geopy raises a dozen kinds for one thing: the service did not answer.
            raise InputError(self.address, f"did not answer: {error}", "check the address, or leave --online out") from error
        finally:
            self._last = time.monotonic()

    def _keep(self, key: str, found: dict[str, Any] | None) -> None:
        self._kept[key] = found
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "found": found}, ensure_ascii=False) + "\n")


def _read(path: Path) -> dict[str, dict[str, Any] | None]:
    kept: dict[str, dict[str, Any] | None] = {}
    if not path.is_file():
        return kept
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            kept[row["key"]] = row["found"]
        except (ValueError, KeyError, TypeError):
            continue  # a line half written by a run that was stopped; it is asked again
    return kept


def _service(address: str) -> Callable[[str, str], dict[str, Any] | None]:
    """Make the function that asks: a query and a country code, to an answer in our words."""
    from geopy.geocoders import Nominatim, Photon

    parts = urlsplit(address)
    domain = f"{parts.netloc}{parts.path}"
    if "photon" in address:
        photon = Photon(scheme=parts.scheme, domain=domain, timeout=_TIMEOUT, user_agent="mapper")
        return lambda query, _: _of_photon(photon.geocode(query, exactly_one=True))
    nominatim = Nominatim(scheme=parts.scheme, domain=domain, timeout=_TIMEOUT, user_agent="mapper")
    return lambda query, country: _of_nominatim(
        nominatim.geocode(query, exactly_one=True, country_codes=country or None, addressdetails=True, language="en")
    )


def _of_nominatim(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    address = found.raw.get("address", {})
    kind = found.raw.get("addresstype") or found.raw.get("type", "")
    name = found.raw.get("name") or found.address.partition(",")[0]
    return _record(found, name, kind, address.get("country_code", ""), address.get("ISO3166-2-lvl4", ""), address.get("state", ""))


def _of_photon(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    said = found.raw.get("properties", {})
    return _record(found, said.get("name", found.address), said.get("type", ""), said.get("countrycode", ""), "", said.get("state", ""))


def _record(found: Any, name: str, kind: str, country: str, admin1: str, admin1_name: str) -> dict[str, Any]:
    area = {"country": country.upper(), "admin1": admin1, "admin1_name": admin1_name}
    box = found.raw.get("boundingbox")
    radius = None
    if box:
        south, north, west, east = (float(side) for side in box)
        radius = round(great_circle_km(west, south, east, north) / 2, 1)
    return {"name": name, "lon": found.longitude, "lat": found.latitude, "kind": kind, "radius_km": radius, **area}


def _located(query: str, found: dict[str, Any], address: str) -> Location:
    precision = _PRECISIONS.get(found["kind"], "near")
    # Crimea and Sevastopol are Ukraine, whatever a service says.
    crimea = found["admin1"] in {"RU-CR", "RU-SEV", "UA-43", "UA-40"}
    return Location(
        text=query,
        name=found["name"],
        lon=round(found["lon"], 5),
        lat=round(found["lat"], 5),
        precision=precision,
        radius_km=max(found["radius_km"] or 0.0, 1.0) if found["radius_km"] else _RADIUS_KM[precision],
        country="UA" if crimea else found["country"],
        admin1={"RU-CR": "UA-43", "RU-SEV": "UA-40"}.get(found["admin1"], found["admin1"]),
        admin1_name=found["admin1_name"],
        place_id=f"online:{hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:12]}",
        score=_SCORE,
        method=f"online: {urlsplit(address).netloc}",
    )
