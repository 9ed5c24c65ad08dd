"""Draw the sample with the real borders and take pictures of it, to be looked at: `python tests/browser/screenshots.py FOLDER`."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from page_sample import OPTIONS, sample_tables
from playwright.sync_api import sync_playwright

from mapper.page.render import render
from mapper.snapshot import find_browser
from mapper.taxonomy import Taxonomy


def main(folder: Path, *, hostile: bool) -> None:
    from mapper.gazetteer.boundaries import Boundaries

    folder.mkdir(parents=True, exist_ok=True)
    tables, taxonomy, boundaries = sample_tables(hostile=hostile), Taxonomy.load(), Boundaries.load()
    render(tables, OPTIONS, taxonomy=taxonomy, boundaries=boundaries)
    for lang in ("en", "uk", "de", "ru"):
        start = time.perf_counter()
        html = render(tables, replace(OPTIONS, lang=lang), taxonomy=taxonomy, boundaries=boundaries)
        print(lang, f"{time.perf_counter() - start:.3f} s", len(html.encode()), "bytes")  # noqa: T201
        (folder / f"{lang}.html").write_text(html, encoding="utf-8")

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])

        def shots(name: str, lang: str, width: int, height: int, *, scheme: str = "light", steps: tuple[str, ...] = ()) -> None:
            """Take a picture at the start and after each step, a line of JavaScript or a selector to click."""
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=2 if width < 500 else 1
            )
            page.on("console", lambda m: print("console:", m.text))  # noqa: T201
            page.on("pageerror", lambda e: print("error:", e))  # noqa: T201
            page.goto((folder / f"{lang}.html").as_uri())
            page.wait_for_selector("html[data-mapper=ready]")
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}-0.png")
            for i, step in enumerate(steps, 1):
                if step.startswith("js:"):
                    page.evaluate(step[3:])
                else:
                    page.click(step)
                page.wait_for_timeout(900)
                page.screenshot(path=folder / f"{name}-{i}.png")
            page.close()

        list_first = "[data-section=list]"
        shots(
            "wide",
            "en",
            1440,
            900,
            steps=(
                list_first,
                "text=Drones hit a residential area",
                "text=Artillery fire on central Kherson",
                "text=23 drones intercepted",
                "[data-section=unplaced]",
                "[data-section=about]",
                "js:map_main.setView([50.9216, 34.8003], 10)",
                "js:map_main.setView([49.98, 36.25], 6)",
            ),
        )
        shots(
            "phone",
            "en",
            390,
            844,
            steps=("[data-section=layers]", list_first, "text=23 drones intercepted", ".mapper-card .mapper-close", "[data-section=about]"),
        )
        shots("dark", "uk", 1440, 900, scheme="dark", steps=(list_first, "text=Drones hit a residential area"))
        shots("phone-de", "de", 390, 844, steps=("[data-section=layers]",))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), hostile="--hostile" in sys.argv)
