"""The page stays small: a bundle that grows fails its build, the sample map stays under its limit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import pipeline
from mapper.page import definition
from mapper.page.assets import bundle

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "mapper" / "frontend"


def test_the_bundle_is_within_its_budget():
    assert sum(len(bundle(name).encode()) for name in ("mapper.js", "mapper.css")) <= 300_000


def test_a_bundle_over_its_budget_fails_the_build(tmp_path):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = os.environ | {"PATH": path, "MAPPER_BUDGET": "100000", "MAPPER_BUNDLE": str(tmp_path)}
    run = subprocess.run(["node", "build.mjs"], cwd=FRONTEND, capture_output=True, text=True, check=False, env=env)
    assert run.returncode == 1
    assert "more than the 100000 allowed" in run.stderr


def test_what_only_tests_need_is_not_in_the_bundle():
    assert "axe-core" not in bundle("mapper.js")
    assert "Deque Systems" not in bundle("mapper.js")


@pytest.fixture(scope="module")
def sample(world):
    settings = definition.read(ROOT / "maps" / "ukraine.toml")
    return settings, pipeline.gather(settings.inputs, world, settings.taxonomy)


def test_the_sample_map_is_small_and_the_same_each_time(world, sample, nothing_shared):
    settings, gathered = sample
    html = pipeline.page(gathered, settings, world)
    assert len(html.encode()) < 700_000
    assert pipeline.page(gathered, settings, world) == html
