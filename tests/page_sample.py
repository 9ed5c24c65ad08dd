"""A small, realistic set of incidents for the tests of layers and page, and borders simple enough to reason about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from mapper.errors import GeodataError
from mapper.page.render import PageOptions
from mapper.tables import Tables

#: Text that must show as text wherever it stands.
HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}<!--<script>&amp;\u2028'\"\\"

SUMY = (34.8003, 50.9216)
KHARKIV = (36.2527, 49.9808)

OPTIONS = PageOptions(
    title="Strikes and interceptions, 18 to 24 November 2024",
    description="What officials on both sides reported, with how sure each place is.",
    ledger={"read": 15, "mapped": 11, "merged": 1, "unplaced": 2, "rejected": 1},
    rejected=("incidents.csv: row 7, column lat, value '149.98': expected a latitude from -90 to 90",),
    attributions=(
        "Borders: Natural Earth, public domain, corrected to recognised borders.",
        "Place names: GeoNames, CC BY 4.0.",
    ),
    made_with="mapper 0.1.0",
    as_of="24 November 2024",
)


@dataclass(frozen=True)
class Named:
    """A label of the stub basemap."""

    lon: float
    lat: float
    names: dict[str, str]
    radius: float = 2.0
    population: int = 0
    is_capital: bool = False


@dataclass(frozen=True)
class StubWater:
    """A river in two stretches and a square lake."""

    points: Any = field(
        default_factory=lambda: np.array(
            [
                *([33600, 51000], [33600, 50000], [33800, 49000]),
                *([33800, 49000], [33800, 46000]),
                *([31000, 51000], [32000, 51000], [32000, 52000], [31000, 52000], [31000, 51000]),
            ],
            dtype=np.int32,
        )
    )
    offsets: Any = field(default_factory=lambda: np.array([0, 3, 5, 10], dtype=np.int32))
    kinds: Any = field(default_factory=lambda: np.array([0, 0, 1], dtype=np.uint8))
    ranks: Any = field(default_factory=lambda: np.array([4, 4, 7], dtype=np.uint8))
    names: Any = (*([{"en": "Dnipro", "uk": "Дніпро", "ru": "Днепр", "de": "Dnipro"}] * 2), {})


@dataclass(frozen=True)
class StubBasemap:
    """Two countries as two boxes that share a border: four arcs."""

    digits: int = 3
    points: Any = field(
        default_factory=lambda: np.array(
            [
                # 0: the border, south to north
                *([35000, 44000], [34500, 48000], [36000, 52500]),
                # 1: the west, north to south
                *([36000, 52500], [22000, 52500], [22000, 44000], [35000, 44000]),
                # 2: the east, south to north
                *([35000, 44000], [60000, 44000], [60000, 60000], [36000, 60000], [36000, 52500]),
                # 3: an inner border
                *([30000, 44000], [30000, 52500]),
            ],
            dtype=np.int32,
        )
    )
    arc_offsets: Any = field(default_factory=lambda: np.array([0, 3, 7, 12, 14], dtype=np.int32))
    arc_kinds: Any = field(default_factory=lambda: np.array([1, 0, 0, 2], dtype=np.uint8))
    land_refs: Any = field(default_factory=lambda: np.array([0, 1, ~0, 2], dtype=np.int32))
    land_offsets: Any = field(default_factory=lambda: np.array([0, 2, 4], dtype=np.int32))
    cities: Any = (
        Named(30.5238, 50.4547, {"en": "Kyiv", "uk": "Київ", "ru": "Киев", "de": "Kiew"}, population=2_797_553, is_capital=True),
        Named(36.2527, 49.9808, {"en": "Kharkiv", "uk": "Харків"}, population=1_430_885),
        Named(34.8003, 50.9216, {"en": "Sumy", "uk": "Суми"}, population=256_474),
    )
    countries: Any = (Named(31.0, 49.0, {"en": "Ukraine", "uk": "Україна"}),)
    admin1: Any = (Named(34.0, 51.0, {"en": "Sumy Oblast", "uk": "Сумська область"}, radius=0.8),)
    lakes: Any = (Named(31.5, 51.5, {"en": "Kyiv Reservoir", "uk": "Київське водосховище"}, radius=0.5),)
    water: Any = field(default_factory=StubWater)


class StubBoundaries:
    """Three oblasts side by side, one of them with an island and a lake."""

    def __init__(self) -> None:
        lake = shapely.box(35.2, 51.4, 35.4, 51.6)
        self.areas = {
            "admin1:RU-BRY": shapely.box(31.5, 52.0, 35.0, 54.0),
            "admin1:RU-KLU": shapely.box(33.5, 54.0, 37.0, 55.3),
            "admin1:RU-KRS": shapely.MultiPolygon([shapely.box(34.2, 51.0, 38.5, 52.0) - lake, shapely.box(39.0, 51.0, 39.1, 51.1)]),
        }
        self.asked: list[str] = []

    def area(self, place_id: str) -> shapely.Polygon | shapely.MultiPolygon:
        """Give an oblast; an unknown one is an error, as with the real borders."""
        self.asked.append(place_id)
        if place_id not in self.areas:
            raise GeodataError(f"no area is known for {place_id!r}")
        return self.areas[place_id]

    def water(self, name: str, *_: float) -> shapely.Polygon | None:
        """Give the one sea there is, a box in the south."""
        return shapely.box(30.0, 44.0, 36.0, 46.0) if name == "Black Sea" else None

    def basemap(self, bounds: tuple[float, float, float, float], *, max_cities: int) -> StubBasemap:
        """Give the same basemap for any bounds."""
        assert max_cities > 0
        assert bounds[0] < bounds[2]
        assert bounds[1] < bounds[3]
        return StubBasemap()


def place(name: str, lon: float | None = None, lat: float | None = None, **other: Any) -> dict[str, Any]:
    """Make a place known to a settlement, unless said otherwise."""
    return {
        "text": name,
        "role": "at",
        "name": name,
        "country": "UA",
        "lon": lon,
        "lat": lat,
        "precision": "settlement",
        "radius_km": 5.0,
    } | other


def incident(key: str, kind: str, title: str, places: list[dict[str, Any]], day: int = 22, **other: Any) -> dict[str, Any]:
    """Make a row with a date in November 2024."""
    date = datetime(2024, 11, day)
    return {
        "id": key,
        "type": kind,
        "title": title,
        "places": places,
        "date_start": date,
        "date_end": date,
        "date_precision": "day",
        "timezone": "Europe/Kyiv",
        "status": "claimed",
        "precision": places[0]["precision"] if places else None,
    } | other


def sample_tables(*, hostile: bool = True) -> Tables:
    """Make about a dozen incidents of every precision."""
    oblast = {"role": "over", "country": "RU", "precision": "admin1", "radius_km": None}
    kharkiv = {"admin1": "UA-63", "admin1_name": "Kharkiv Oblast"}
    incidents = [
        incident(
            "i-sumy",
            "drone_strike",
            "Drones hit a residential area of Sumy",
            [place("Sumy", *SUMY, admin1="UA-59", admin1_name="Sumy Oblast")],
            killed_low=2,
            injured_low=12,
            injured_best=12,
            injured_high=12,
            status="corroborated",
            tags=["date-as-reported"],
            target="a residential neighbourhood",
        ),
        incident(
            "i-23",
            "interception",
            "23 drones intercepted over three regions",
            [
                place("Bryansk Oblast", place_id="admin1:RU-BRY", **oblast),
                place("Kaluga Oblast", place_id="admin1:RU-KLU", **oblast),
                place("Kursk Oblast", place_id="admin1:RU-KRS", **oblast),
            ],
            date_precision="night",
            date_start=datetime(2024, 11, 21, 18),
            date_end=datetime(2024, 11, 22, 6),
            intercepted=23,
            killed_low=0,
            killed_best=0,
            killed_high=0,
            injured_low=0,
            injured_best=0,
            injured_high=0,
        ),
        incident(
            "i-missile",
            "missile_strike",
            "Missile fired at a military facility",
            [place("Ukraine", precision="country", radius_km=None)],
            21,
            unplaced="known to the country only",
            precision="country",
        ),
        incident(
            "i-near",
            "shelling",
            "Shelling near Pokrovsk",
            [place("Pokrovsk", 37.18, 48.28, precision="near", radius_km=15.0, admin1_name="Donetsk Oblast")],
            20,
        ),
        incident(
            "i-kherson",
            "shelling",
            "Artillery fire on central Kherson",
            [
                place(
                    "Kherson",
                    32.6178,
                    46.6354,
                    admin1="UA-65",
                    admin1_name="Kherson Oblast",
                    candidates=[
                        {
                            "name": "Kherson",
                            "country": "UA",
                            "admin1": "UA-65",
                            "lon": 32.6,
                            "lat": 46.6,
                            "reason": "the city is far larger than the village of the same name",
                        }
                    ],
                )
            ],
            19,
            killed_low=1,
            killed_best=2,
            killed_high=3,
            injured_low=4,
            injured_high=9,
            status="disputed",
        ),
        *(
            incident(f"i-kharkiv-{n}", kind, title, [place("Kharkiv", *KHARKIV, **kharkiv)], day, **counts)
            for n, kind, title, day, counts in (
                (1, "drone_strike", "Дрон влучив у приватний будинок у Харкові", 18, {"injured_best": 3}),
                (2, "missile_strike", "Ракетный удар по Харькову", 19, {"killed_best": 1, "injured_low": 5}),
                (3, "air_strike", "Guided bombs on the Kyivskyi district", 21, {"hit": 4}),
            )
        ),
        incident(
            "i-linked",
            "missile_strike",
            "Missiles at Odesa and Mykolaiv",
            [place("Odesa", 30.7326, 46.4775), place("Mykolaiv", 31.9946, 46.9659)],
            18,
            launched=10,
            intercepted=7,
            hit=3,
        ),
        incident("i-combat", "ground_combat", "Clashes in Toretsk", [place("Toretsk", 37.8472, 48.3943, radius_km=4.0)], 23),
        incident(
            "i-background",
            "territorial_change",
            "Ground offensive in Kursk region in August",
            [place("Kursk region", precision="admin1", country="RU", place_id="admin1:RU-KRS", radius_km=None)],
            22,
            date_start=datetime(2024, 8, 6),
            date_end=datetime(2024, 8, 31),
            date_precision="month",
            unplaced="told as background, not as news",
            tags=["background"],
        ),
        incident(
            "i-retracted",
            "explosion",
            "Explosion in Poltava, later denied",
            [place("Poltava", 34.5514, 49.5883)],
            20,
            status="retracted",
            killed_best=40,
        ),
    ]
    if hostile:
        incidents.append(
            incident(
                "i-hostile",
                "sabotage",
                HOSTILE,
                [
                    place(
                        HOSTILE,
                        33.4,
                        49.06,
                        admin1_name=HOSTILE,
                        country=HOSTILE,
                        reason=HOSTILE,
                        candidates=[{"name": HOSTILE, "admin1": HOSTILE, "country": HOSTILE, "reason": HOSTILE}],
                    )
                ],
                24,
                place_text=HOSTILE,
                actor=HOSTILE,
                target=HOSTILE,
                weapon=HOSTILE,
                notes=HOSTILE,
                tags=[HOSTILE],
                timezone="Europe/Kyiv",
            )
        )
    claims = [
        {
            "incident_id": "i-sumy",
            "by": "Artem Kobzar, acting mayor of Sumy",
            "status": "claimed",
            "killed_low": 2,
            "quote": "Several massive explosions took place in Sumy.",
            "source_id": "s-1",
        },
        {
            "incident_id": "i-sumy",
            "by": "Sumy regional military administration",
            "status": "confirmed",
            "killed_best": 2,
            "injured_best": 12,
            "quote": "A residential neighbourhood was hit; rescue work goes on.",
            "source_id": "s-1",
        },
        {
            "incident_id": "i-23",
            "by": "Russian Ministry of Defence",
            "status": "claimed",
            "intercepted": 23,
            "quote": "destroyed and intercepted 23 Ukrainian drones overnight",
            "source_id": "s-1",
        },
        {
            "incident_id": "i-missile",
            "by": "Vladimir Putin",
            "status": "claimed",
            "quote": "a new intermediate-range missile was fired at a military facility",
            "source_id": "s-1",
        },
        {
            "incident_id": "i-kherson",
            "by": "Kherson regional administration",
            "status": "claimed",
            "killed_best": 3,
            "injured_best": 9,
            "quote": "Троє загиблих, дев’ятеро поранених.",
            "source_id": "s-2",
        },
        {
            "incident_id": "i-kherson",
            "by": "Occupation authorities",
            "status": "denied",
            "killed_best": 1,
            "injured_best": 4,
            "source_id": "s-3",
        },
    ]
    if hostile:
        claims.append({"incident_id": "i-hostile", "by": HOSTILE, "status": "claimed", "quote": HOSTILE, "source_id": "s-bad"})
    sources = [
        {
            "id": "s-1",
            "url": "https://example.org/roundup?a=1&b=2",
            "title": "Roundup of 22 November",
            "publisher": "Example News",
            "published": datetime(2024, 11, 22),
            "lang": "en",
        },
        {"id": "s-2", "url": "https://example.org/uk", "title": "Обстріл Херсона", "publisher": "Приклад", "lang": "uk"},
        {"id": "s-3", "url": None, "title": "A table", "publisher": None},
        {"id": "s-bad", "url": "javascript:alert(1)", "title": HOSTILE, "publisher": HOSTILE, "lang": "en"},
    ]
    geometry = [_geometry(row) for row in incidents]
    return Tables.from_records(incidents, claims, sources, geometry)


def _geometry(row: dict[str, Any]) -> shapely.Geometry | None:
    if row.get("unplaced"):
        return None
    points = [(p["lon"], p["lat"]) for p in row["places"] if p["lon"] is not None]
    return shapely.MultiPoint(points) if points else shapely.box(31.5, 51.0, 38.5, 55.3)
