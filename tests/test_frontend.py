"""The browser's pure logic, tested in Node."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

FRONTEND = Path(__file__).parent.parent / "mapper" / "frontend"


def test_the_logic_of_the_page():
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(["npm", "test"], cwd=FRONTEND, capture_output=True, text=True, check=False, env=os.environ | {"PATH": path})
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"pass [1-9]\d*\s", run.stdout)
    assert re.search(r"fail 0\s", run.stdout)
