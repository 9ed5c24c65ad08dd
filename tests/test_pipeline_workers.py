"""What several processes read is what one reads, and nothing is lost where they are killed."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import dataclass

import pytest

from mapper import store
from mapper.pipeline import World, gather, processors, workers
from mapper.pipeline.reader import Reader
from mapper.sources import Article
from mapper.taxonomy import Taxonomy

TOWNS = ("Sumy", "Nikopol", "Kherson", "Izium", "Marhanets", "Chernihiv")


@pytest.fixture
def few_are_enough(monkeypatch):
    monkeypatch.setattr(workers, "_WORTH", 4)


@pytest.fixture
def inputs(tmp_path):
    for day, town in enumerate(TOWNS, start=1):
        told = f"On {day} May 2025, a drone hit a house in {town}, wounding {day} people, the mayor said.\n"
        (tmp_path / f"{day}.md").write_text(f"---\npublished: 2025-05-{day + 1:02}\n---\n{told}")
    (tmp_path / "empty.txt").write_text("")
    posts = [
        {"id": n, "type": "message", "date": f"2025-05-1{n}T08:00:00", "text": f"Shelling of {town} killed {n + 1} people."}
        for n, town in enumerate(TOWNS)
    ]
    channel = {"name": "Channel", "type": "public_channel", "id": 1, "messages": posts}
    (tmp_path / "result.json").write_text(json.dumps(channel))
    return tmp_path


def test_several_processes_give_what_one_gives(inputs, few_are_enough):
    taxonomy = Taxonomy.load()
    seen = []
    told = [
        gather([inputs], World(), taxonomy, processes=count, progress=lambda what, done, total: seen.append((what, done, total)))
        for count in (1, 2)
    ]
    one, two = ((store.dumps(g.tables, "csv", taxonomy), g.ledger.dumps(), g.warnings, g.rejected) for g in told)
    assert one == two
    assert len(told[0].tables.incidents) == 2 * len(TOWNS)
    assert [r.problem for r in told[1].rejected] == ["is empty; check that the right file was saved"]
    assert seen[: len(seen) // 2] == seen[len(seen) // 2 :] == [("reading", n, 8) for n in range(1, 9)]


def test_a_channel_alone_says_how_many_posts_are_read(inputs, few_are_enough):
    seen = []
    gather([inputs / "result.json"], World(), Taxonomy.load(), processes=2, progress=lambda *what: seen.append(what))
    assert seen == [*(("extracting", n, 6) for n in range(1, 7)), ("reading", 1, 1)]


@dataclass(frozen=True, slots=True)
class Dying(Reader):
    """Is killed with the second article that another process gives it, as where memory is short."""

    def article(self, article):
        if multiprocessing.parent_process() and article.path == "1":
            os._exit(9)
        return article.path, ()


def test_what_a_killed_process_leaves_is_read_here(few_are_enough):
    articles = [Article(str(n), "Shelling of Sumy killed two people.") for n in range(40)]
    with workers.Workers(Dying(World(), Taxonomy.load()), 2) as several:
        assert [path for path, _ in several.articles(articles)] == [str(n) for n in range(40)]


def test_the_machine_or_the_user_says_how_many_read(monkeypatch):
    monkeypatch.setenv("MAPPER_PROCESSES", "3")
    assert processors() == 3
    for other in ("", "0", "many"):
        monkeypatch.setenv("MAPPER_PROCESSES", other)
        assert 1 <= processors() <= 8
