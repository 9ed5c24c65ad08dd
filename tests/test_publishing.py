"""The workflow of docs/publishing.md is one that GitHub would run, and asks for no more than it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from mapper.cli import main

TEXT = (Path(__file__).parent.parent / "docs" / "publishing.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workflow():
    [code] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    return yaml.safe_load(code)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_builds_on_push_and_by_the_clock(workflow):
    triggers = workflow[True]  # YAML 1.1 reads the word "on" as true
    assert triggers["push"] == {"branches": ["main"]}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", triggers["schedule"][0]["cron"])


def test_every_action_is_pinned_to_a_commit(workflow):
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert len(used) == 4
    for name in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name)
        assert re.search(rf"{name} # v\d+\.\d+\.\d+\n", TEXT)


def test_only_the_last_job_may_write_and_only_to_pages(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["build"]
    publish = workflow["jobs"]["publish"]
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert publish["needs"] == "build"
    assert [list(step) for step in publish["steps"]] == [["id", "uses"]]


def test_what_it_runs_is_there(workflow):
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    commands = "\n".join(step["run"] for step in steps(workflow) if "run" in step)
    assert all(f"\n{target}:" in makefile for target in re.findall(r"^make (\w+)", commands, re.MULTILINE))
    assert set(re.findall(r"bin/mapper (\w+)", commands)) | set(re.findall(r"`mapper (\w+)", TEXT)) <= set(main.commands)
