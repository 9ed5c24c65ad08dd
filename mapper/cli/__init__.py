"""The command line: parses, calls one function, prints. The only package that prints or exits.

Results go to standard output, progress and warnings to standard error. Exit codes: 0 done, 1 our
error in one line, 2 wrong usage.
"""

from __future__ import annotations

from mapper.cli import gazetteer, maps, pages, texts
from mapper.cli.group import main

__all__ = ["gazetteer", "main", "maps", "pages", "texts"]
