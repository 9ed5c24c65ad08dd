"""What travels to the browser of a basemap: arcs, rings of arcs, water, and names in every language of the page.

`mapper/frontend/layers/land.ts` names the same columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.page.container import Container
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mapper.gazetteer.boundaries import Basemap, City, Label

__all__ = ["COLUMNS", "LABELS", "basemap_container"]

#: Kinds of label, from the largest to the smallest.
LABELS = ("country", "admin1", "city", "capital", "lake")

COLUMNS = {
    "arc_points": "number",
    "arc_kind": "u8",
    "arc_lon": "delta",
    "arc_lat": "delta",
    "land_arcs": "number",
    "land_refs": "delta",
    "label_kind": "u8",
    "label_lon": "delta",
    "label_lat": "delta",
    "label_room": "number",
    "label_population": "number",
    "water_points": "number",
    "water_kind": "u8",
    "water_rank": "u8",
    "water_river": "number",
    "water_lon": "delta",
    "water_lat": "delta",
}

#: Steps to a degree of a label's position and of the room around it.
_STEPS = 10_000


def basemap_container(basemap: Basemap, lang: str) -> Container:
    """Pack a basemap with its names; a name that is the same as in the map's own language is left blank in the others."""
    labels: list[tuple[int, City | Label, float, int]] = [
        *((LABELS.index("country"), label, label.radius, 0) for label in basemap.countries),
        *((LABELS.index("admin1"), label, label.radius, 0) for label in basemap.admin1),
        *((LABELS.index("lake"), label, label.radius, 0) for label in basemap.lakes),
        *((LABELS.index("capital" if city.is_capital else "city"), city, 0.0, city.population) for city in basemap.cities),
    ]
    labels = [label for label in labels if _name(label[1].names, lang)]
    water = basemap.water
    rivers = list({name["en"]: name for name in water.names if name}.values())
    number = {name["en"]: n for n, name in enumerate(rivers, 1)}
    columns: dict[str, NDArray[Any]] = {
        "arc_points": np.diff(basemap.arc_offsets),
        "arc_kind": basemap.arc_kinds,
        "arc_lon": basemap.points[:, 0],
        "arc_lat": basemap.points[:, 1],
        "land_arcs": np.diff(basemap.land_offsets),
        "land_refs": basemap.land_refs,
        "label_kind": np.array([kind for kind, *_ in labels], dtype=np.uint8),
        "label_lon": _steps([label.lon for _, label, _, _ in labels]),
        "label_lat": _steps([label.lat for _, label, _, _ in labels]),
        "label_room": _steps([room for _, _, room, _ in labels]),
        "label_population": np.array([population for *_, population in labels], dtype=np.int64),
        "water_points": np.diff(water.offsets),
        "water_kind": water.kinds,
        "water_rank": water.ranks,
        # Which of the rivers named, from 1; 0 for none.
        "water_river": np.array([number.get(name.get("en", ""), 0) for name in water.names], dtype=np.int64),
        "water_lon": water.points[:, 0],
        "water_lat": water.points[:, 1],
    }
    container = Container(
        {
            "steps": 10**basemap.digits,
            "label_steps": _STEPS,
            "lang": lang,
            "names": {code: [_other(label.names, code, lang) for _, label, _, _ in labels] for code in (lang, *_others(lang))},
            "rivers": {code: [_other(names, code, lang) for names in rivers] for code in (lang, *_others(lang))},
        }
    )
    for name, coding in COLUMNS.items():
        container.add(name, coding, columns[name])
    return container


def _others(lang: str) -> list[str]:
    return [code for code in LANGUAGES if code != lang]


def _other(names: Mapping[str, str], code: str, lang: str) -> str:
    """Give a name in a language; blank in another one than the map's if it is the same there."""
    name = _name(names, code)
    return "" if code != lang and name == _name(names, lang) else name


def _name(names: Mapping[str, str], lang: str) -> str:
    return names.get(lang) or names.get("en") or ""


def _steps(degrees: list[float]) -> NDArray[np.int64]:
    return np.round(np.array(degrees, dtype=np.float64) * _STEPS).astype(np.int64)
