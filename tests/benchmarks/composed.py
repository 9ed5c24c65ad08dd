"""Articles put together from sentences whose meaning is known: `python -m tests.benchmarks.composed [--misses] [LANG]...`.

Each article tells one or two attacks: the attack, its toll, damage, who tells of it, and what is said beside it, in one
paragraph, a paragraph an attack, or a paragraph a sentence; at times it ends with what a country shot down. The sentences
(`tests/data/composed`) are plain, so that what goes wrong is how one of them finds the event that it belongs to.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from mapper.extraction.wording.stems import skeletons
from mapper.incidents import TAG_BACKGROUND, TAG_DENIAL
from mapper.pipeline import World, articles_to_tables
from mapper.sources import Article
from mapper.taxonomy import Taxonomy

SENTENCES = Path(__file__).parent.parent / "data" / "composed"
LANGUAGES = ("en", "uk", "ru", "de")
#: How many articles of a language are put together.
TRIED = 300
#: The day of all of them, of which their weekdays are.
PUBLISHED = dt.date(2024, 11, 21)
#: How the sentences stand: in one paragraph, a paragraph an attack, or a paragraph a sentence.
LAYOUTS = ("one", "attacks", "attacks", "sentences")
KINDS = ("incidents", "days", "tolls", "counts", "claimants", "claimed by who is not named for it")


@dataclass(frozen=True)
class Told:
    """What an attack is told to be; `place` empty for what a country shot down."""

    type: str
    place: str
    start: dt.date
    end: dt.date
    killed: int | None = None
    injured: int | None = None
    launched: int | None = None
    intercepted: int | None = None
    by: str = ""


@dataclass
class Composer:
    """Puts articles of one language together; the same ones for the same seed."""

    sentences: dict[str, Any]
    random: random.Random

    def article(self) -> tuple[str, list[Told]]:
        """Give a text and what it tells."""
        places = self.random.sample(self.sentences["places"], self.random.choice([1, 2, 2]))
        parts, told = map(list, zip(*(self._attack(place) for place in places), strict=True))
        if self.random.random() < 0.3:
            count = self.random.choice(self.sentences["sums"])
            parts.append([count["text"]])
            told.append(
                Told("interception", "", count["start"], count["end"], launched=count["launched"], intercepted=count["intercepted"])
            )
        layout = self.random.choice(LAYOUTS)
        if layout == "attacks":
            return "\n\n".join(" ".join(part) for part in parts), told
        return (" " if layout == "one" else "\n\n").join(sentence for part in parts for sentence in part), told

    def _attack(self, place: dict[str, Any]) -> tuple[list[str], Told]:
        event, when = self.random.choice(self.sentences["events"]), self.random.choice(self.sentences["whens"])
        told = Told(event["type"], place["name"], when["start"], when["end"])
        words = {**place["forms"], "when": when["text"], "When": _capital(when["text"])}
        tail = self.random.choice(self.sentences["tails"]) if "{toll" in event["text"] else None
        if tail:
            words |= {"toll": tail["text"], "tollv": tail.get("verb_first", tail["text"])}
            told = replace(told, killed=tail.get("killed"), injured=tail.get("injured"))
        first = _capital(event["text"].format(**words))
        rest = self.random.sample(self.sentences["damage"], self.random.choice([0, 1, 1, 2]))
        if not tail and self.random.random() < 0.6:
            toll = self.random.choice(self.sentences["tolls"])
            rest.append(toll["text"])
            told = replace(told, killed=toll.get("killed"), injured=toll.get("injured"))
        if self.random.random() < 0.6:
            speaker = self.random.choice(place["speakers"])
            first = self._said(first, rest, speaker)
            told = replace(told, by=speaker["name"])
        self.random.shuffle(rest)
        for beside in self.random.sample(self.sentences["beside"], self.random.choice([0, 0, 1])):
            rest.insert(self.random.randint(0, len(rest)), beside)
        return [first, *rest], told

    def _said(self, first: str, rest: list[str], speaker: dict[str, str]) -> str:
        """Say who tells of an attack: behind it, before it, or in a sentence of its own."""
        verbs = self.sentences.get("verbs", {}).get(speaker.get("verbs", ""), {})
        words = {"who": speaker["text"], "Who": _capital(speaker["text"]), **verbs}
        form = self.random.choice(["suffix", "prefix", "alone"])
        if form == "alone":
            rest.append(self.random.choice(self.sentences["alone"]).format(**words))
            return first
        if form == "suffix":
            return first[:-1] + self.sentences["suffix"].format(**words)
        plain = self.sentences["lower"] and first.split(maxsplit=1)[0][1:].islower() and not any(first.startswith(n) for n in self._names())
        return self.sentences["prefix"].format(**words) + (first[0].lower() + first[1:] if plain else first)

    def _names(self) -> list[str]:
        return [form for place in self.sentences["places"] for form in place["forms"].values()]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def main(arguments: list[str] | None = None) -> None:
    """Print how many articles are read as they are meant, and in how many each kind of thing is not."""
    asked = sys.argv[1:] if arguments is None else arguments
    world, taxonomy = World(), Taxonomy.load()
    click.echo(f"| | right of {TRIED} | " + " | ".join(KINDS) + " |\n|---|" + "---:|" * (len(KINDS) + 1))
    misses: list[str] = []
    for lang in [one for one in asked if one in LANGUAGES] or LANGUAGES:
        composer = Composer(tomllib.loads((SENTENCES / f"{lang}.toml").read_text(encoding="utf-8")), random.Random(1))  # noqa: S311 - nothing secret
        wrong: Counter[str] = Counter()
        for _ in range(TRIED):
            text, told = composer.article()
            errors = compare(told, read(text, lang, world, taxonomy))
            wrong.update(errors.keys() or ["none"])
            misses += [f"{lang} {errors}\n   {text!r}"] if errors else []
        click.echo(f"| {lang} | {wrong['none']} | " + " | ".join(str(wrong[kind]) for kind in KINDS) + " |")
    if "--misses" in asked:
        click.echo("\n".join(misses))


def read(text: str, lang: str, world: World, taxonomy: Taxonomy) -> list[tuple[Told, set[str], list[str]]]:
    """Give the incidents that are read in a text as they would be told, with all their places and claimants."""
    tables = articles_to_tables([Article("composed.txt", text, published=PUBLISHED, lang=lang)], world, taxonomy)
    claims = tables.arrow("claims").to_pylist()
    found = []
    for row in tables.arrow("incidents").to_pylist():
        if {TAG_BACKGROUND, TAG_DENIAL} & set(row["tags"] or ()):
            continue
        drawn = (p for p in row["places"] or () if p["role"] in {"at", "over"} and p["precision"] != "country")
        places = {p["name"] or p["text"] for p in drawn}
        days = (row["date_start"].date(), row["date_end"].date()) if row["date_start"] else (dt.date.min, dt.date.min)
        numbers = (row["killed_low"], row["injured_low"], row["launched"], row["intercepted"])
        by = [claim["by"] for claim in claims if claim["incident_id"] == row["id"] and claim["by"]]
        found.append((Told(row["type"], "", *days, *numbers), places, by))
    return found


def compare(told: list[Told], found: list[tuple[Told, set[str], list[str]]]) -> dict[str, list[str]]:
    """Give by kind what is read otherwise than it is told."""
    errors: dict[str, list[str]] = {}

    def differ(kind: str, wanted: object, got: object) -> None:
        if wanted != got:
            errors.setdefault(kind, []).append(f"{wanted}, not {got}")

    left = list(found)
    for one in told:
        likely = [f for f in left if (one.place in f[1] if one.place else not f[1])]
        best = max(likely, key=lambda f: (f[0].type == one.type, f[0].killed == one.killed), default=None)
        if best is None:
            differ("incidents", (one.type, one.place), None)
            continue
        left.remove(best)
        got, places, by = best
        differ("incidents", (one.type, {one.place} - {""}), (got.type, places))
        differ("days", (one.start, one.end), (got.start, got.end))
        differ("tolls", (one.killed, one.injured), (got.killed, got.injured))
        if not one.place:
            differ("counts", (one.launched, one.intercepted), (got.launched, got.intercepted))
        elif one.by:
            differ("claimants", True, any(skeletons(one.by) in skeletons(name) for name in by))
        else:
            differ("claimed by who is not named for it", [], by)
    for got, places, _ in left:
        differ("incidents", None, (got.type, places))
    return errors


if __name__ == "__main__":
    main()
