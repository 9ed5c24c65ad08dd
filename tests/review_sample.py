"""Short reports that cannot be placed, dated or counted for sure, each in the way of an agency."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

ARTICLE = "---\ntitle: {by} report\npublisher: {by}\nurl: https://example.org/{n}\npublished: 2024-11-2{day}\nlang: en\n---\n{text}\n"

REPORTS = (
    ("Agency", 2, "A Russian drone hit a house in Ivanivka on Thursday, killing two people and wounding five, the regional governor said."),
    ("Wire", 2, "A drone hit Kharkiv on Thursday, killing two people and wounding 10, the mayor said."),
    ("Post", 2, "A drone hit Kharkiv on Thursday, killing three people and wounding 10, the emergency service said."),
    ("Herald", 3, "A drone struck an apartment block in Odesa on Friday, killing two people, the mayor said."),
    ("Gazette", 3, "A drone struck Odesa on Friday, the emergency service said."),
    ("Times", 3, "A missile hit the town of Berezivka and the village of Novoselivka on Friday, killing four people, officials said."),
    ("Echo", 3, "Russia captured the village of Dalne, the Defence Ministry in Moscow said."),
    ("Chronicle", 3, "Ukraine denied that Russian forces had captured the village of Dalne on Thursday."),
    ("Local", 3, "A guided bomb hit Lyman on Friday, wounding two people, the prosecutor's office said."),
    ("Sign", 3, "An explosion killed one person in <b>Nowhereville</b></script> on Friday, the police said."),
    ("Observer", 3, "Fragments of a Russian drone were found in the village of Hrindu on Friday."),
)


def write_maps(folder: Path, reports: Sequence[tuple[str, int, str]] = REPORTS, **settings: str) -> Path:
    """Write the reports and a definition of a map of them; gives the folder of the definition."""
    (folder / "articles").mkdir()
    (folder / "maps").mkdir()
    for n, (by, day, text) in enumerate(reports):
        (folder / "articles" / f"{by}.md").write_text(ARTICLE.format(by=by, n=n, day=day, text=text), encoding="utf-8")
    lines = {"title": "Reports of November", **settings}
    said = "".join(f'{name} = "{value}"\n' for name, value in lines.items())
    (folder / "maps" / "m.toml").write_text(f'{said}inputs = ["../articles"]\n', encoding="utf-8")
    return folder / "maps"
