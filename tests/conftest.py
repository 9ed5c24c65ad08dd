"""What several test modules ask for."""

from __future__ import annotations

import datetime as dt
from functools import cache, cached_property, lru_cache

import pytest

from mapper.extraction.facts.drafts import Draft
from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.gazetteer.boundaries import Boundaries
from mapper.gazetteer.index import Gazetteer
from mapper.pipeline import World
from mapper.sources import Article
from mapper.taxonomy import Taxonomy

FRIDAY = dt.date(2024, 11, 22)
#: How many are kept: of the views that the tests look at, most are the same few.
BACKGROUNDS = 32


def pytest_collection_modifyitems(items):
    """Begin with the longest, so that the others run beside it."""
    items.sort(key=lambda item: item.path.stem != "test_safe_writes_kills")


@pytest.fixture(scope="session", autouse=True)
def no_places_of_ones_own(tmp_path_factory):
    """Keep the places that a developer has added, and what was worked out before, out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPPER_GAZETTEER", str(tmp_path_factory.mktemp("gazetteer")))
        patch.setenv("MAPPER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session", autouse=True)
def shared(no_places_of_ones_own, world):
    """Let every other world of the same data share what `world` has read, and a background be drawn once for each view.

    A command opens a world of its own, and that takes two thirds of the time of a small map. Gives how each of these is
    done otherwise.
    """
    own = {(of, name): vars(of)[name] for of, name in ((World, "gazetteer"), (World, "boundaries"), (Boundaries, "basemap"))}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("gazetteer", "boundaries"):
            patch.setattr(World, name, shared_with(world, name))
        patch.setattr(Boundaries, "basemap", lru_cache(BACKGROUNDS)(Boundaries.basemap))
        yield own


@pytest.fixture
def nothing_shared(shared, monkeypatch):
    """Let all be read and drawn anew, for a test of just that: what is made twice is the same, what is forgotten is gone."""
    for (of, name), own in shared.items():
        monkeypatch.setattr(of, name, own)


def shared_with(world: World, name: str) -> cached_property:
    """Give a part of a world that those of the same data have in common; which are the same, a world's digest says."""
    own = vars(World)[name].func
    opened = cache(own)
    part = cached_property(lambda one: opened(world) if (one, one.digest) == (world, world.digest) else own(one))
    part.__set_name__(World, name)
    return part


@pytest.fixture(scope="session")
def gazetteer(world) -> Gazetteer:
    return world.gazetteer


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture(scope="session")
def told_in(gazetteer, taxonomy):
    """Read a text in a language as an article of Friday, 22 November 2024, and give its drafts."""

    def read(text: str, lang: str, published: dt.date | None = FRIDAY, title: str = "", publisher: str = "") -> list[Draft]:
        article = Article("article.txt", text, published=published, lang=lang, title=title, publisher=publisher)
        return reading.extract(article, toponyms.find(text, gazetteer, lang), taxonomy)

    return read


@pytest.fixture(scope="session")
def told(told_in):
    """Read an English text as an article of Friday, 22 November 2024, and give its drafts."""

    def read(text: str, published: dt.date | None = FRIDAY) -> list[Draft]:
        return told_in(text, "en", published)

    return read
