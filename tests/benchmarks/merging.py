"""How well reports of one event are made one incident, on our own pairs (`tests/data/merging`), per kind of pair.

A pair of reports is right if exactly the incidents that it is coded to share became one, with the numbers and the status
that are coded. Where the extraction has not read the incident out of both reports at that place, nothing could be merged:
"not read" counts these, and the first F1 counts them as missed, the second leaves them out. `python -m tests.benchmarks merging` prints the figures; `python -m tests.benchmarks.merging --misses`
what went wrong in the tuning half. The check half is looked at as figures only.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.merging.events import merge
from mapper.pipeline import World, articles_to_tables
from mapper.sources import Article
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.tables import Tables

PAIRS = Path(__file__).parent.parent / "data" / "merging"
HALVES = ("tune", "check")
_NUMBERS = ("killed", "injured")


@dataclass
class Score:
    """Counts of one kind of pair or of all."""

    merges: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    untold: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another."""
        self.merges.update(other.merges)
        self.facts.update(other.facts)
        self.pairs += other.pairs
        self.untold += other.untold
        self.misses += other.misses

    @property
    def f1(self) -> float:
        """Pairwise F1; 1 where there is nothing to merge and nothing was."""
        return _f1(self.merges["right"], self.merges["missed"], self.merges["false"])

    @property
    def f1_of_read(self) -> float:
        """Pairwise F1 where both reports were read."""
        return _f1(self.merges["right"], self.merges["missed"] - self.untold, self.merges["false"])

    @property
    def told(self) -> float:
        """Share of the coded numbers and statuses that the merged incidents have."""
        return self.facts["right"] / max(1, self.facts["all"])


def pairs(half: str) -> list[dict[str, Any]]:
    """Read one half of the pairs."""
    found: list[dict[str, Any]] = tomllib.loads((PAIRS / f"{half}.toml").read_text(encoding="utf-8"))["pair"]
    return found


def articles(pair: dict[str, Any]) -> list[Article]:
    """Give the reports of a pair as articles."""
    return [
        Article(f"{pair['name']}-{number}.md", report["text"], **{key: report[key] for key in ("publisher", "published", "lang")})
        for number, report in enumerate(pair["report"])
    ]


def scores(half: str, world: World, taxonomy: Taxonomy) -> dict[str, Score]:
    """Score one half, by kind of pair and for `all`."""
    result: dict[str, Score] = {}
    for pair in pairs(half):
        score = _pair(pair, world, taxonomy)
        for key in {pair["kind"], pair["kind"].partition(":")[0], "all"}:
            result.setdefault(key, Score()).add(score)
    return result


def main(arguments: Sequence[str] = ()) -> None:
    """Print the figures of both halves, and of all pairs."""
    world, taxonomy = World(), Taxonomy.load()
    whole: dict[str, Score] = {"all": Score()}
    print("half   kind                            pairs  not read  F1     F1 of read  wrong merges  numbers and status")  # noqa: T201
    for half in HALVES:
        by_kind = scores(half, world, taxonomy)
        whole["all"].add(by_kind["all"])
        _print(half, by_kind)
        if half == "tune" and "--misses" in arguments:
            print("\n".join(by_kind["all"].misses))  # noqa: T201
    _print("both", whole)


def _print(half: str, by_kind: Mapping[str, Score]) -> None:
    for kind, s in sorted(by_kind.items()):
        told = f"{s.told:.3f}" if s.facts["all"] else "-"
        print(f"{half:6} {kind:33} {s.pairs:3} {s.untold:9} {s.f1:6.3f} {s.f1_of_read:11.3f} {s.merges['false']:13} {told:>19}")  # noqa: T201


def _pair(pair: dict[str, Any], world: World, taxonomy: Taxonomy) -> Score:
    tables = articles_to_tables(articles(pair), world, taxonomy)
    merged = merge(tables, taxonomy).tables
    of: dict[str, set[str]] = {}
    for claim in merged.arrow("claims").to_pylist():
        of.setdefault(claim["incident_id"], set()).add(claim["source_id"])
    shared = [row for row in merged.arrow("incidents").to_pylist() if len(of[row["id"]]) > 1]
    score = Score(pairs=1)
    for name in pair["same"]:
        found = next((row for row in shared if _is_at(row, name)), None)
        if found is None:
            score.merges["missed"] += 1
            score.untold += not _is_read(name, tables)
            score.misses.append(f"{pair['name']}: {name} not merged out of {_told(tables)}")
        else:
            shared.remove(found)
            score.merges["right"] += 1
        _facts(pair, found, score)
    score.merges["false"] += len(shared)
    score.misses += [f"{pair['name']}: wrongly merged {row['title']} out of {_told(tables)}" for row in shared]
    return score


def _facts(pair: dict[str, Any], found: dict[str, Any] | None, score: Score) -> None:
    wanted: dict[str, Any] = {key: tuple(pair[key]) for key in _NUMBERS if key in pair}
    wanted |= {key: pair[key] for key in ("intercepted", "launched", "status") if key in pair}
    for key, value in wanted.items():
        has = None
        if found:
            has = (found[f"{key}_low"], found[f"{key}_high"]) if key in _NUMBERS else found[key]
        score.facts.update(["all", "right"] if has == value else ["all"])
        if has != value:
            score.misses.append(f"{pair['name']}: {key} {value} but {has}")


def _is_read(name: str, tables: Tables) -> bool:
    """Tell whether both reports gave an incident at a place."""
    there = {row["id"] for row in tables.arrow("incidents").to_pylist() if _is_at(row, name)}
    return len({claim["source_id"] for claim in tables.arrow("claims").to_pylist() if claim["incident_id"] in there}) > 1


def _is_at(row: dict[str, Any], name: str) -> bool:
    return any(one in (row["place_text"] or "") for one in name.split("/"))


def _f1(right: int, missed: int, false: int) -> float:
    return 2 * right / (2 * right + missed + false) if right + missed + false else 1.0


def _told(tables: Tables) -> str:
    keys = ("type", "place_text", "date_start", "date_end", "killed_low", "injured_low", "intercepted", "tags")
    return "".join(f"\n      {[str(row[key]) for key in keys]}" for row in tables.arrow("incidents").to_pylist())


if __name__ == "__main__":
    main(sys.argv[1:])
