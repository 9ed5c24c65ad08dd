"""The page against folium's own ways to draw many points, in one run: `python -m tests.benchmarks.page --sizes 1k,10k`.

Every page shows the same incidents with the same text. Each is built in a process of its own and opened in a Chromium of
its own; the kinds take turns, so that a slow minute of the machine hits all of them, and the median of the rounds counts.
Leaflet and its plugins are served to the peers from npm, for their pages ask a CDN for them.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from playwright.sync_api import Page, sync_playwright

from mapper.snapshot import find_browser
from tests.benchmarks._page_peers import KINDS, LARGEST

ROOT = Path(__file__).parents[2]
LEAFLET = ROOT / "mapper" / "frontend" / "node_modules" / "leaflet" / "dist"
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}

#: What is measured, its unit, and whether a smaller number is better.
MEASURES = {
    "build_s": "s",
    "peak_mb": "MB",
    "build_memory_mb": "MB",
    "file_mb": "MB",
    "columns_mb": "MB",
    "first_draw_ms": "ms",
    "usable_ms": "ms",
    "heap_mb": "MB",
    "memory_mb": "MB",
    "pan_p95_ms": "ms",
    "zoom_longest_ms": "ms",
    "toggle_ms": "ms",
    "brush_ms": "ms",
}

#: Marks the first frame with something of the incidents in it, in any of the pages.
_WATCH = """
window.bench = {};
const first = setInterval(() => {
  // Ours marks it; in the others it is the frame after there is something to see.
  const [drawn] = performance.getEntriesByName('mapper-drawn');
  if (drawn) bench.first = drawn.startTime;
  else if (!document.querySelector('.leaflet-marker-icon, .leaflet-overlay-pane canvas')) return;
  clearInterval(first);
  if (!drawn) requestAnimationFrame(() => setTimeout(() => { bench.first = performance.now(); }));
}, 5);
const usable = () => requestAnimationFrame(() => setTimeout(() => { bench.usable ??= performance.now(); }));
const ours = setInterval(() => { if (document.documentElement?.dataset.mapper === 'ready') { clearInterval(ours); usable(); } }, 5);
// A page of folium's is ready when its scripts have run, which is at load.
addEventListener('load', () => { bench.load = performance.now(); if (!document.getElementById('mapper-page')) usable(); });
"""

_FIND = """
const map = window.map_main ?? Object.values(window).find((v) => window.L && v instanceof L.Map);
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
"""

#: From the act to the painted frame.
_TOGGLE = (
    _FIND
    + """
const layers = [];
map.eachLayer((layer) => layers.push(layer));
const cluster = layers.find((l) => l.clearLayers && l.refreshClusters);
const all = cluster ? cluster.getLayers() : layers.filter((l) => l.feature || l instanceof L.CircleMarker);
const off = all.filter((l, i) => (l.kind ?? l.feature?.properties?.kind ?? i % 4) === 0);
if (!window.incident_layer_main && !off.length) return null;
const gone = new Set(off);
const rest = all.filter((l) => !gone.has(l));
const times = [];
for (let round = 0; round < 4; round++) {
  await wait(150);
  const start = performance.now();
  if (window.incident_layer_main) document.querySelector('[data-type]').click();
  else if (cluster) {
    // A filter there is a new cluster of the others, which of a million does not come to an end in twenty minutes.
    if (all.length > 200_000) return null;
    map.addLayer(L.markerClusterGroup().addLayers(rest.map((l) => L.marker(l.getLatLng()))));
    await frame();
    return performance.now() - start;
  }
  else for (const layer of off) round % 2 ? layer.addTo(map) : layer.remove();
  await frame();
  times.push(performance.now() - start);
}
return times.sort((a, b) => a - b)[1];
"""
)

_BRUSH = (
    _FIND
    + """
if (!window.incident_layer_main) return null;
const { filters } = incident_layer_main;
if (filters.days.max <= filters.days.min) return null;
const times = [];
for (let k = 0; k < 9; k++) {
  await wait(60);
  const start = performance.now();
  filters.setPeriod({ from: filters.days.min + k * 20, to: filters.days.min + 200 + k * 20 });
  await frame();
  times.push(performance.now() - start);
}
filters.reset();
return times.sort((a, b) => a - b)[4];
"""
)

_ZOOM = (
    _FIND
    + """
let longest = 0, last = performance.now(), on = true;
const tick = (now) => { longest = Math.max(longest, now - last); last = now; if (on) requestAnimationFrame(tick); };
requestAnimationFrame((now) => { last = now; tick(now); });
for (const by of [1, 1, -1]) { map.setZoom(map.getZoom() + by); await wait(900); }
await frame();
on = false;
return longest;
"""
)


def main() -> None:
    """Measure and print a table of medians, and of ratios to ours."""
    parser = argparse.ArgumentParser(prog="page", description=__doc__)
    parser.add_argument("--sizes", default="1k,10k,100k", help="of 1k, 10k, 100k, 1M")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--json", type=Path, help="write all numbers here too")
    asked = [a for a in sys.argv[1:] if a != "page"] if Path(sys.argv[0]).stem in {"__main__", "page"} else []
    options = parser.parse_args(asked)
    results: dict[str, dict[str, dict[str, float | None]]] = {}
    click.echo(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} at the beginning, medians of {options.rounds}")
    with tempfile.TemporaryDirectory() as folder:
        served = _npm(Path(folder))
        for name in options.sizes.split(","):
            results[name] = measure(SIZES[name.lower()], options.kinds.split(","), options.rounds, Path(folder), served)
            report(name, results[name])
    click.echo(f"\n{ratios(results)}\nload {os.getloadavg()[0]:.2f} at the end")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def measure(count: int, kinds: list[str], rounds: int, folder: Path, served: dict[str, Path]) -> dict[str, dict[str, float | None]]:
    """Build and open each kind of page in turn, and give the medians."""
    found: dict[str, list[dict[str, float | None]]] = {}
    skipped: set[str] = set()
    for turn in range(rounds):
        for kind in kinds:
            if kind in skipped or count > LARGEST.get(kind, 10**9):
                continue
            click.echo(f"  {count} {kind}, round {turn + 1}", err=True)
            built = _build(kind, count, folder / "page.html")
            if built is None:
                skipped.add(kind)
                continue
            found.setdefault(kind, []).append(built | _open(folder / "page.html", served))
    return {
        kind: {m: statistics.median(v) if (v := [r[m] for r in runs if r.get(m) is not None]) else None for m in MEASURES}
        for kind, runs in found.items()
    }


def _build(kind: str, count: int, file: Path) -> dict[str, float | None] | None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks._page_peers", kind, str(count), str(file)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        click.echo(f"  {kind} is left out: {run.stderr.strip().splitlines()[-1]}", err=True)
        return None
    numbers = json.loads(run.stdout)
    columns = re.search(rb'id="incident_layer_main">([^<]*)<', file.read_bytes())
    return {
        "build_s": numbers["build_s"],
        "peak_mb": numbers["peak_mb"],
        "build_memory_mb": numbers["peak_mb"] - numbers["before_mb"],
        "file_mb": numbers["bytes"] / 1e6,
        "columns_mb": len(columns[1]) / 1e6 if columns else None,
    }


def _open(file: Path, served: dict[str, Path]) -> dict[str, float | None]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(os.environ.get("CHROMIUM")), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(240_000)
        page.route(re.compile("^https?://"), lambda route: _serve(route, served))
        page.add_init_script(_WATCH)
        page.goto(file.as_uri(), wait_until="commit", timeout=240_000)
        # Playwright's own waiting needs `eval`, which our page forbids.
        while not page.evaluate("Boolean(window.bench?.usable && bench.load)"):
            page.wait_for_timeout(100)
        page.wait_for_timeout(800)
        result: dict[str, float | None] = {
            "first_draw_ms": page.evaluate("bench.first ?? bench.usable"),
            "usable_ms": page.evaluate("bench.usable"),
        }
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        result["heap_mb"] = metrics["JSHeapUsedSize"] / 1e6
        result["memory_mb"] = _renderer_mb()
        result["pan_p95_ms"] = _pan(page)
        result["zoom_longest_ms"] = page.evaluate(f"async () => {{ {_ZOOM} }}")
        result["toggle_ms"] = page.evaluate(f"async () => {{ {_TOGGLE} }}")
        result["brush_ms"] = page.evaluate(f"async () => {{ {_BRUSH} }}")
        browser.close()
    return result


#: Seconds of dragging at most; it takes one and a half where nothing holds it up.
_LONGEST_PAN = 20


def _pan(page: Page) -> float:
    """Drag the map to and fro, and give the 95th percentile of the frames meanwhile."""
    page.evaluate(
        "() => { window.frames_ = []; let last = performance.now(); const tick = (now) => { frames_.push(now - last); last = now;"
        " if (frames_) requestAnimationFrame(tick); }; requestAnimationFrame((now) => { last = now; requestAnimationFrame(tick); }); }"
    )
    page.mouse.move(900, 450)
    page.mouse.down()
    started = time.monotonic()
    for step in range(90):
        # A peer that draws for seconds at every step has shown enough.
        if time.monotonic() - started > _LONGEST_PAN:
            break
        page.mouse.move(900 - 6 * (step if step < 45 else 90 - step), 450 + 2 * (step % 30))
        page.wait_for_timeout(14)
    page.mouse.up()
    frames = page.evaluate("() => { const all = frames_; frames_ = null; return all; }")
    return sorted(frames)[int(len(frames) * 0.95)]


def _renderer_mb() -> float | None:
    """Give the memory of the largest renderer among our own descendants; Linux only."""
    if not Path("/proc/self").exists():
        return None
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    largest = 0.0
    for pid in parents:
        above = pid
        while above in parents and above != os.getpid():
            above = parents[above]
        if above != os.getpid():
            continue
        try:
            if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                # Of its own: what all processes of the browser share is no page's.
                resident = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
                largest = max(largest, int(resident[1]) / 1024 if resident else 0)
        except OSError:
            continue
    return largest or None


def _npm(folder: Path) -> dict[str, Path]:
    """Fetch the plugin that the peers need; it stays in the temporary folder."""
    subprocess.run(
        ["npm", "install", "--silent", "--ignore-scripts", "--no-save", "--prefix", str(folder), "leaflet.markercluster@1.5.3"],
        check=True,
        capture_output=True,
    )
    cluster = folder / "node_modules" / "leaflet.markercluster" / "dist"
    return {
        "leaflet.js": LEAFLET / "leaflet.js",
        "leaflet.css": LEAFLET / "leaflet.css",
        "leaflet.markercluster.js": cluster / "leaflet.markercluster.js",
        "MarkerCluster.css": cluster / "MarkerCluster.css",
        "MarkerCluster.Default.css": cluster / "MarkerCluster.Default.css",
    }


_PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def _serve(route, served: dict[str, Path]) -> None:
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    if name in served:
        route.fulfill(path=served[name])
    elif name.endswith(".png"):
        route.fulfill(body=_PIXEL, content_type="image/png")
    else:
        # jQuery, Bootstrap and icons, which these maps do not use: at no cost to the peer.
        route.fulfill(body="", content_type="text/css" if name.endswith(".css") else "text/javascript")


def report(name: str, found: dict[str, dict[str, float | None]]) -> None:
    """Print the medians, and how many times more each peer needs than we do."""
    click.echo(f"\n{name} incidents")
    click.echo("| | " + " | ".join(found) + " |")
    click.echo("|---|" + "---:|" * len(found))
    ours = found.get("mapper", {})
    for measure, unit in MEASURES.items():
        cells = []
        for kind, numbers in found.items():
            value, mine = numbers[measure], ours.get(measure)
            cell = "" if value is None else f"{value:,.3g}" if value < 1000 else f"{value:,.0f}"
            if value is not None and mine and not kind.startswith("mapper") and kind != "empty":
                cell += f" ({value / mine:.1f}x)"
            cells.append(cell)
        click.echo(f"| {measure.rsplit('_', 1)[0].replace('_', ' ')}, {unit} | " + " | ".join(cells) + " |")


#: What the short table compares.
_COMPARED = {
    "build_s": "build",
    "file_mb": "file",
    "first_draw_ms": "first draw",
    "usable_ms": "usable",
    "memory_mb": "memory of the page",
    "zoom_longest_ms": "longest frame of a zoom",
    "toggle_ms": "type off and on",
}


def ratios(results: dict[str, dict[str, dict[str, float | None]]]) -> str:
    """Write the table of the README: how many times more each peer needs than we do."""
    lines = ["| incidents | peer | " + " | ".join(_COMPARED.values()) + " |", "|---:|---|" + "---:|" * len(_COMPARED)]
    for size, found in results.items():
        ours = found.get("mapper", {})
        for kind, numbers in found.items():
            if kind.startswith("mapper") or kind == "empty":
                continue
            cells = []
            for measure in _COMPARED:
                value, mine = numbers[measure], ours.get(measure)
                cells.append("–" if value is None or not mine else f"{value / mine:.1f}" if value < 9.95 * mine else f"{value / mine:,.0f}")
            lines.append(f"| {size} | {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
