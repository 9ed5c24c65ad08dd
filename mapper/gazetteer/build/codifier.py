"""Ukraine's codifier of administrative units (KATOTTG): oblasts, raions, hromadas and all settlements, by name.

It has no coordinates. The file is a spreadsheet of one sheet, read here as what it is: zipped XML.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # a file of a fixed version from a registry, not one that a stranger sends

from mapper.errors import GeodataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OBLASTS", "Unit", "is_settlement", "read_codifier"]

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LEVELS = "ABCDE"
_COLUMN = re.compile("[A-Z]+")

#: Oblasts of the codifier, by the first two digits of their code, in ISO 3166-2; they differ for two.
OBLASTS = {
    "01": "UA-43", "05": "UA-05", "07": "UA-07", "12": "UA-12", "14": "UA-14", "18": "UA-18", "21": "UA-21", "23": "UA-23",
    "26": "UA-26", "32": "UA-32", "35": "UA-35", "44": "UA-09", "46": "UA-46", "48": "UA-48", "51": "UA-51", "53": "UA-53",
    "56": "UA-56", "59": "UA-59", "61": "UA-61", "63": "UA-63", "65": "UA-65", "68": "UA-68", "71": "UA-71", "73": "UA-77",
    "74": "UA-74", "80": "UA-30", "85": "UA-40",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the codifier.

    `category` is the codifier's letter: O oblast, K city with special status, P raion, H hromada, M city, X and C
    settlements, B city district. `raion` and `hromada` are codes of the units above, empty where there are none.
    """

    code: str
    category: str
    name: str
    admin1: str
    raion: str
    hromada: str


def is_settlement(unit: Unit) -> bool:
    """Tell whether a unit is a city, village or other settlement; Kyiv and Sevastopol stand among the oblasts."""
    return unit.category in {"M", "X", "C"}


def read_codifier(path: Path) -> list[Unit]:
    """Read the units, in the order of the file: the first settlement of a hromada is its seat.

    Raises
    ------
    GeodataError
        If the file is not the codifier's spreadsheet.
    """
    try:
        with zipfile.ZipFile(path) as book:
            strings = ["".join(text.text or "" for text in item.iter(f"{_SHEET}t")) for item in _xml(book, "xl/sharedStrings.xml")]
            rows = [_cells(row, strings) for row in _xml(book, "xl/worksheets/sheet1.xml").iter(f"{_SHEET}row")]
    except (OSError, KeyError, IndexError, ValueError, zipfile.BadZipFile, ET.ParseError) as error:
        raise GeodataError(f"{path}: not the codifier's spreadsheet ({error}); fetch the raw files again") from error
    units = []
    for row in rows:
        levels = [row.get(level, "") for level in _LEVELS]
        if not levels[0].startswith("UA") or levels[0][2:4] not in OBLASTS:
            continue
        code = next(level for level in reversed(levels) if level)
        raion, hromada = (level if level and level not in {code, levels[0]} else "" for level in levels[1:3])
        units.append(Unit(code, row.get("F", ""), " ".join(row.get("G", "").split()), OBLASTS[levels[0][2:4]], raion, hromada))
    if not any(is_settlement(unit) for unit in units):
        raise GeodataError(f"{path}: the codifier names no settlement; fetch the raw files again")
    return units


def _xml(book: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(book.read(name))  # noqa: S314  as said where it is imported


def _cells(row: ET.Element, strings: list[str]) -> dict[str, str]:
    cells = {}
    for cell in row:
        value = cell.findtext(f"{_SHEET}v")
        column = _COLUMN.match(cell.get("r", ""))
        if value is not None and column:
            cells[column[0]] = strings[int(value)] if cell.get("t") == "s" else value
    return cells
