"""Builds one page of the benchmark, as a process of its own: `python -m tests.benchmarks._page_peers KIND COUNT FILE`."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from tests.benchmarks._page_data import Synthetic, synthetic

KINDS = ("mapper", "mapper-bare", "MarkerCluster", "FastMarkerCluster", "GeoJson", "explore", "empty")

#: The largest size at which each peer is asked for at all.
LARGEST = {"MarkerCluster": 10_000, "GeoJson": 100_000, "explore": 100_000}


def mapper_page(data: Synthetic, *, text: bool):
    """Ours; the tables are made before the clock starts, as the lists of the peers are."""
    from mapper.gazetteer.boundaries import Boundaries
    from mapper.page.render import PageOptions, render
    from mapper.taxonomy import Taxonomy
    from tests.benchmarks._page_data import tables

    rows, taxonomy, boundaries = tables(data, text=text), Taxonomy.load(), Boundaries.load()
    return lambda: render(rows, PageOptions(title="Benchmark"), taxonomy=taxonomy, boundaries=boundaries)


def _folium():
    """Make the map under a peer; a cluster on a map without a largest zoom never comes to an end."""
    import folium

    return folium.Map(location=[49, 32], zoom_start=6, tiles=None, prefer_canvas=True, maxZoom=12)


def empty(data: Synthetic):
    """folium's map with nothing on it: below what this takes, no page can be."""
    return lambda: _folium().get_root().render()


def marker_cluster(data: Synthetic):
    """One folium Marker an incident in a MarkerCluster."""
    import folium
    from folium.plugins import MarkerCluster

    rows = list(zip(data.lat.tolist(), data.lon.tolist(), data.texts, strict=True))

    def build() -> str:
        page = _folium()
        cluster = MarkerCluster().add_to(page)
        for lat, lon, text in rows:
            folium.Marker([lat, lon], popup=folium.Popup(text)).add_to(cluster)
        return page.get_root().render()

    return build


def fast_marker_cluster(data: Synthetic):
    """A FastMarkerCluster with the same text in a popup made when asked for."""
    from folium.plugins import FastMarkerCluster

    rows = [list(row) for row in zip(data.lat.tolist(), data.lon.tolist(), data.kind.tolist(), data.texts, strict=True)]
    callback = """function (row) {
        var marker = L.marker(new L.LatLng(row[0], row[1]));
        marker.kind = row[2];
        marker.bindPopup(function () { var p = document.createElement('p'); p.textContent = row[3]; return p; });
        return marker;
    };"""

    def build() -> str:
        page = _folium()
        FastMarkerCluster(rows, callback=callback).add_to(page)
        return page.get_root().render()

    return build


def _frame(data: Synthetic):
    import geopandas as gpd

    return gpd.GeoDataFrame(
        {"kind": data.kind, "day": data.day, "text": data.texts}, geometry=gpd.points_from_xy(data.lon, data.lat), crs="EPSG:4326"
    )


def geo_json(data: Synthetic):
    """A folium GeoJson of circle markers on canvas."""
    import folium

    frame = _frame(data)

    def build() -> str:
        page = _folium()
        folium.GeoJson(frame, marker=folium.CircleMarker(radius=4), popup=folium.GeoJsonPopup(fields=["text"], labels=False)).add_to(page)
        return page.get_root().render()

    return build


def explore(data: Synthetic):
    """GeoDataFrame.explore on canvas."""
    frame = _frame(data)

    def build() -> str:
        page = frame.explore(
            column="kind", categorical=True, tiles=None, prefer_canvas=True, popup=["text"], tooltip=False, map_kwds={"maxZoom": 12}
        )
        return page.get_root().render()

    return build


BUILDERS = {
    "mapper": lambda data: mapper_page(data, text=True),
    "mapper-bare": lambda data: mapper_page(data, text=False),
    "MarkerCluster": marker_cluster,
    "FastMarkerCluster": fast_marker_cluster,
    "GeoJson": geo_json,
    "explore": explore,
    "empty": empty,
}


def main(kind: str, count: int, file: Path) -> None:
    """Build and write a page; print seconds, bytes and the peak of memory in MB, and that before building."""
    build = BUILDERS[kind](synthetic(count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    html = build()
    file.write_text(html, encoding="utf-8")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"build_s": seconds, "bytes": file.stat().st_size, "peak_mb": peak / 1024, "before_mb": before / 1024}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
