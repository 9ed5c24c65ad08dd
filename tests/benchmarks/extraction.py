"""How well incidents are read out of our own articles (`tests/data/articles`), per language, and how fast.

An incident is right if its type, its places and its dates are; `python -m tests.benchmarks.extraction` prints the
figures, `--misses` what went wrong in the tuning half. The others are looked at as figures only.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.crs import great_circle_km
from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.extraction.wording.stems import skeleton, skeletons
from mapper.gazetteer.index import Gazetteer
from mapper.gazetteer.names import fold, nominatives, respellings, romanise
from mapper.incidents import TAG_BACKGROUND, TAG_DENIAL
from mapper.pipeline import World, articles_to_tables
from mapper.sources import Article, read_all
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ARTICLES = Path(__file__).parent.parent / "data" / "articles"
#: Reports of a sentence or three, one a line, of the greatest breadth of expression; `tune` and `unread` as for articles.
SENTENCES = ARTICLES.parent / "sentences"
#: Articles that reading is tuned on, those that are looked at as figures only, and those that nobody who tunes has read.
PARTS = ("tune", "check", "unread")
_COUNTRIES = frozenset({"UA", "RU"})
#: How far from the middle of its town a plant may lie.
_OF_A_TOWN_KM = 15.0
NUMBERS = {"killed": "killed_low", "injured": "injured_low", "launched": "launched", "intercepted": "intercepted"}


@dataclass
class Score:
    """Counts of one language or of all."""

    incidents: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    claimants: Counter[str] = field(default_factory=Counter)
    false_in_empty: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another."""
        for mine, theirs in ((self.incidents, other.incidents), (self.numbers, other.numbers), (self.claimants, other.claimants)):
            mine.update(theirs)
        self.false_in_empty += other.false_in_empty
        self.misses += other.misses

    @property
    def f1(self) -> float:
        """F1 of incidents."""
        return _f1(self.incidents)

    @property
    def numbers_f1(self) -> float:
        """F1 of casualties and counts."""
        return _f1(self.numbers)

    @property
    def claimant(self) -> float:
        """Share of the claimants that are right."""
        return self.claimants["right"] / max(1, self.claimants["all"])


def scores(half: str, world: World, taxonomy: Taxonomy) -> dict[str, Score]:
    """Score one part, by language and for `all`."""
    return _scores(coded(half), world, taxonomy)


def _scores(coded: Iterable[tuple[Article, list[dict[str, Any]]]], world: World, taxonomy: Taxonomy) -> dict[str, Score]:
    result: dict[str, Score] = {}
    for article, wanted in coded:
        score = article_score(article, wanted, world, taxonomy)
        for key in (article.lang, "all"):
            result.setdefault(key, Score()).add(score)
    return result


@dataclass(frozen=True)
class Speed:
    """Articles a second on one core: read, their places found beforehand; and both. Places are not resolved in either."""

    read: float
    both: float


def speed(before: Sequence[Article], articles: Sequence[Article], world: World, taxonomy: Taxonomy) -> Speed:
    """Measure articles that were never read, after others, by which all patterns are compiled: what was read is remembered."""
    for article in before:
        reading.extract(article, toponyms.find(article.text, world.gazetteer, article.lang), taxonomy)
    start = time.process_time()
    found = [toponyms.find(a.text, world.gazetteer, a.lang) for a in articles]
    between = time.process_time()
    for article, mentions in zip(articles, found, strict=True):
        reading.extract(article, mentions, taxonomy)
    end = time.process_time()
    return Speed(len(articles) / (end - between), len(articles) / (end - start))


def seconds_by_megabytes(world: World, taxonomy: Taxonomy) -> dict[float, float]:
    """Measure finding and reading in a text without sentence ends, by its length in megabytes: it must grow no faster."""
    clause = "двоє людей поранено у Харкові внаслідок удару дронів "
    seconds: dict[float, float] = {}
    for megabytes in (1.25, 2.5, 5.0):
        text = clause * round(megabytes * 1e6 / len(clause.encode()))
        start = time.process_time()
        reading.extract(
            Article("x.txt", text, published=dt.date(2024, 11, 22), lang="uk"), toponyms.find(text, world.gazetteer, "uk"), taxonomy
        )
        seconds[megabytes] = time.process_time() - start
    return seconds


def main(arguments: Sequence[str] = ()) -> None:
    """Print the figures of all parts."""
    world, taxonomy = World(), Taxonomy.load()
    if "--no-speed" not in arguments:
        tune = [article for article, _ in coded("tune")]
        for part, before, articles in (("tune", tune[::2], tune[1::2]), ("check", (), [article for article, _ in coded("check")])):
            found = speed(before, articles, world, taxonomy)
            length = sum(len(a.text) for a in articles) / len(articles)
            print(f"{part}: articles of {length:.0f} characters, {found.read:.0f} a second; {found.both:.0f} with finding their places")  # noqa: T201
        by_length = ", ".join(f"{megabytes} MB {seconds:.1f} s" for megabytes, seconds in seconds_by_megabytes(world, taxonomy).items())
        print(f"a text without sentence ends: {by_length}")  # noqa: T201
    print("part         lang  incidents  numbers  claimant  false in empty")  # noqa: T201
    parts = {part: coded(part) for part in PARTS} | {f"short {part}": _short(part) for part in ("tune", "unread")}
    for part, texts in parts.items():
        by_lang = _scores(texts, world, taxonomy)
        for lang, score in by_lang.items():
            print(f"{part:12} {lang:5} {score.f1:8.3f} {score.numbers_f1:9.3f} {score.claimant:8.3f} {score.false_in_empty:8}")  # noqa: T201
        if part == "tune" and "--misses" in arguments:
            print("\n".join(by_lang["all"].misses))  # noqa: T201


def coded(half: str) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Give the articles of a part with the incidents that they are coded to tell of."""
    for path in sorted((ARTICLES / half).glob("*.md")):
        [article] = read_all([path]).articles
        yield article, json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["incidents"]


def _short(part: str) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    for path in sorted((SENTENCES / part).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            told = json.loads(line)
            published = dt.date.fromisoformat(told["published"])
            yield Article(f"{path.name}:{number}", told["text"], published=published, lang=path.stem), told["incidents"]


def article_score(article: Article, wanted: list[dict[str, Any]], world: World, taxonomy: Taxonomy) -> Score:
    """Score one article against its coding."""
    found = _found(article, world, taxonomy)
    score = Score()
    score.false_in_empty = 0 if wanted else len(found)
    left = list(found)
    for gold in wanted:
        best = max(left, key=lambda one: _likeness(one, gold), default=None)
        if best is None or _likeness(best, gold) < 2:
            score.incidents["missed"] += 1
            score.numbers["missed"] += sum(gold[key] is not None for key in NUMBERS)
            score.claimants["all"] += gold["by"] is not None
            score.misses.append(f"{article.path}: missed {gold}")
            continue
        left.remove(best)
        right = _likeness(best, gold) == 4
        score.incidents.update(["right"] if right else ["missed", "false"])
        if not right:
            score.misses.append(f"{article.path}: {gold}\n      but {best}")
        for key in NUMBERS:
            if gold[key] == best[key]:
                score.numbers["right"] += gold[key] is not None
            else:
                score.numbers["missed"] += gold[key] is not None
                score.numbers["false"] += best[key] is not None
                score.misses.append(f"{article.path}: {gold['places']} {key} {gold[key]} but {best[key]}")
        if gold["by"] is not None:
            right = any(_same_voice(gold["by"], by) for by in best["by"])
            score.claimants.update(["all", "right"] if right else ["all"])
            if not right:
                score.misses.append(f"{article.path}: {gold['places']} by {gold['by']!r} but {best['by']}")
    for one in left:
        score.incidents["false"] += 1
        score.numbers["false"] += sum(one[key] is not None for key in NUMBERS)
        score.misses.append(f"{article.path}: false {one}")
    return score


def _found(article: Article, world: World, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    tables = articles_to_tables([article], world, taxonomy)
    claims = tables.arrow("claims").to_pylist()
    return [
        {
            "type": row["type"],
            "places": _codes([place for place in row["places"] or () if place["role"] in {"at", "over"}], world),
            "date_start": str(row["date_start"].date()) if row["date_start"] else None,
            "date_end": str(row["date_end"].date()) if row["date_end"] else None,
            **{key: row[column] for key, column in NUMBERS.items()},
            "by": [c["by"] for c in claims if c["incident_id"] == row["id"] and c["by"]],
        }
        for row in tables.arrow("incidents").to_pylist()
        if not {TAG_BACKGROUND, TAG_DENIAL} & set(row["tags"] or ())
    ]


def _codes(places: Sequence[dict[str, Any]], world: World) -> list[frozenset[str]]:
    """Name each place as the gazetteer and as the text does, and one of many of a name by that.

    Beside one that the gazetteer lacks, its area is no second place; a country at war is left out, for an incident that is
    known to it only is as little on the map as one that names no place.
    """
    lost = any(not place["precision"] for place in places)
    kept = {_code(place): place for place in places if not (lost and place["precision"] == "admin1")}
    kept = {code: place for code, place in kept.items() if code not in _COUNTRIES}
    return [names for code, place in sorted(kept.items()) for names in _ends(place) or [_names(code, place, world)]]


def _names(code: str, place: dict[str, Any], world: World) -> frozenset[str]:
    """Give all that a place may be coded as."""
    likely = world.gazetteer.matches(place["text"]) if not place["precision"] else ()
    names = (code, fold(code), *_spellings(place), *_town_of(place, world), *_area_of(place, world))
    return frozenset(skeletons(name) for name in (*names, *(one.place.name for one in likely)))


def _ends(place: dict[str, Any]) -> list[frozenset[str]]:
    """Give both towns of a road between them, which is one place here and coded as two."""
    between = re.fullmatch("between (.+) and (.+)", place["name"] or "")
    return [frozenset({skeletons(name)}) for name in between.groups()] if between else []


def _spellings(place: dict[str, Any]) -> Iterator[str]:
    """Give a place's name in the text, and how one that could not be placed is written in Latin letters."""
    yield place["text"]
    if not place["precision"]:
        yield from (candidate["name"] for candidate in place["candidates"] or ())
        yield from (spelling for form in (place["text"], *nominatives(place["text"])) for spelling in romanise(form))
        yield from respellings(place["text"])


def _town_of(place: dict[str, Any], world: World) -> Iterator[str]:
    """Give the town of a plant, port or airfield, by which an article may as well be coded: Novoshakhtinsk of its refinery."""
    if place["precision"] != "site":
        return
    at = (place["lon"], place["lat"])
    if near := world.gazetteer.nearest_settlement(*at):
        yield near.name
    first = {one.place for one in world.gazetteer.matches(place["name"].split(" ")[0]) if one.place.kind == "settlement"}
    yield from (town.name for town in first if great_circle_km(*at, town.lon, town.lat) <= _OF_A_TOWN_KM)


def _area_of(place: dict[str, Any], world: World) -> Iterator[str]:
    """Give the area that a region without borders is a part of: UA-14 of the "Donetsk People's Republic"."""
    region = world.gazetteer.place(place["place_id"] or "") if place["precision"] == "region" else None
    parts = world.gazetteer.parts(region) if region else ()
    if len(parts) == 1:
        yield parts[0].admin1


def _code(place: dict[str, Any]) -> str:
    if place["precision"] == "admin1":
        return str(place["admin1"])
    return str(place["country"] if place["precision"] == "country" else place["name"] or place["text"])


def _likeness(one: dict[str, Any], gold: dict[str, Any]) -> int:
    """Give 4 for an incident that is right; at least 2 for one that must be meant."""
    found, wanted = one["places"], [_known_as(name) for name in gold["places"] if name not in _COUNTRIES]
    met = [names for names in found if any(names & known for known in wanted)]
    places = len(met) == len(found) == len(wanted)
    shared = places or bool(met)
    if not shared:
        return 0
    dates = (one["date_start"], one["date_end"]) == (gold["date_start"], gold["date_end"])
    return (one["type"] == gold["type"]) + places + dates + 1 if (one["type"] == gold["type"] or places) else 1


@cache
def _known_as(name: str) -> frozenset[str]:
    """Give how a settlement is spelt otherwise: Feodosia, Feodosiia; Ilsky, by the official romanisation Ilskiy."""
    found = (one.place for one in Gazetteer.default().matches(name) if one.via in {"name", "respelt"} and one.rank < 2)
    return frozenset({skeletons(name), *(skeletons(place.name) for place in found if place.kind == "settlement")})


def _same_voice(gold: str, by: str) -> bool:
    wanted, given = ({skeleton(word) for word in re.findall(r"[\w'’-]+", text) if len(word) > 2} for text in (gold, by))
    shared = len(wanted & given)
    return 2 * shared >= len(wanted) and 2 * shared >= min(len(given), 2 * len(wanted))


def _f1(counts: Counter[str]) -> float:
    right = counts["right"]
    return 2 * right / max(1, 2 * right + counts["missed"] + counts["false"])


if __name__ == "__main__":
    main(sys.argv[1:])
