"""Synthetic incidents for the benchmark: clustered around towns, 8 types, three years, 170 bytes of text each; the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from mapper.incidents import PLACE
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from numpy.typing import NDArray

TYPES = 8
DAYS = 3 * 365
TEXT = 170
_TOWNS = 300
_WORDS = """
drone strike shelling hit residential building power station morning night officials reported residents rescue fire damage
windows shattered region air defence shot down missile crater school warehouse railway bridge depot fuel debris fell
according to the mayor governor ministry said that at least two people were injured and one killed in the attack near
outskirts village street apartment block hospital market square field road convoy position troops repelled advanced
explosion heard several times over northern southern eastern western district emergency services continue work site
""".split()  # noqa: SIM905 - read as prose


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Incidents as arrays: `kind` from 0 to 7, `day` since the first, `texts` of 170 bytes, `lon` and `lat` in degrees."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kind: NDArray[np.int64]
    day: NDArray[np.int64]
    texts: list[str]

    def __len__(self) -> int:
        return len(self.lon)


def synthetic(count: int, seed: int = 20241122) -> Synthetic:
    """Make `count` incidents around towns of very unequal size."""
    rng = np.random.default_rng(seed)
    town_lon, town_lat = rng.uniform(23.5, 40.0, _TOWNS), rng.uniform(45.5, 52.3, _TOWNS)
    weight = 1 / np.arange(1, _TOWNS + 1)
    town = rng.choice(_TOWNS, count, p=weight / weight.sum())
    spread = rng.uniform(0.01, 0.15, _TOWNS)[town]
    lon = np.round(town_lon[town] + rng.normal(size=count) * spread, 4)
    lat = np.round(town_lat[town] + rng.normal(size=count) * spread * 0.6, 4)
    kind = rng.choice(TYPES, count, p=np.array([30, 20, 15, 12, 9, 7, 5, 2]) / 100)
    day = rng.integers(0, DAYS, count)
    # Long runs of words, cut at other places for each incident.
    words = rng.choice(_WORDS, 400_000)
    prose = " ".join(words.tolist())
    starts = rng.integers(0, len(prose) - TEXT, count)
    texts = [prose[s : s + TEXT].strip().ljust(TEXT, ".") for s in starts.tolist()]
    return Synthetic(lon, lat, kind, day, texts)


def tables(data: Synthetic, *, text: bool = True) -> Tables:
    """Put them into incident tables: 50 bytes of title and a quote of the rest, each told by one of twenty sources."""
    count = len(data)
    rng = np.random.default_rng(1)
    types = list(Taxonomy.load().types)[:TYPES]
    ids = pa.array([f"i-{n:07x}" for n in range(count)])
    start = pa.array(np.datetime64("2022-02-24") + data.day.astype("timedelta64[D]")).cast(pa.timestamp("s"))
    places = pa.StructArray.from_arrays(
        [_constant(field.name, field.type, count, data) for field in PLACE],
        fields=list(PLACE),
    )
    incidents = pa.table(
        {
            "id": ids,
            "type": pa.array(types).take(pa.array(data.kind)),
            "title": pa.array([t[:50] for t in data.texts] if text else ["-"] * count),
            "date_start": start,
            "date_end": start,
            "date_precision": pa.repeat(pa.scalar("day"), count),
            "timezone": pa.repeat(pa.scalar("Europe/Kyiv"), count),
            "places": pa.ListArray.from_arrays(pa.array(np.arange(count + 1), pa.int32()), places),
            "country": pa.repeat(pa.scalar("UA"), count),
            "precision": pa.repeat(pa.scalar("exact"), count),
            "status": pa.array(["claimed", "corroborated", "confirmed"]).take(pa.array(rng.integers(0, 3, count))),
        }
    )
    claims = pa.table(
        {
            "incident_id": ids,
            "status": pa.repeat(pa.scalar("claimed"), count),
            "quote": pa.array([t[50:] for t in data.texts]),
            "source_id": pa.array([f"s-{n}" for n in range(20)]).take(pa.array(rng.integers(0, 20, count))),
        }
    )
    sources = pa.table({"id": [f"s-{n}" for n in range(20)], "publisher": [f"Agency {n}" for n in range(20)]})
    if not text:
        claims = claims.slice(0, 0)
    return Tables.from_arrow(incidents, claims, sources, shapely.points(data.lon, data.lat))


def _constant(name: str, kind: pa.DataType, count: int, data: Synthetic) -> pa.Array:
    values = {"lon": data.lon, "lat": data.lat}
    if name in values:
        return pa.array(values[name])
    words = {"role": "at", "country": "UA", "precision": "exact"}
    return pa.repeat(pa.scalar(words[name]), count) if name in words else pa.nulls(count, kind)
