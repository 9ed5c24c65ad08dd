"""The command itself: errors in one line, exit codes, a pipe that closes."""

from __future__ import annotations

import atexit
import gc
import io
import sys
from typing import Any

import click

from mapper.cli.saying import INCOMPLETE, fail
from mapper.errors import MapperError, printable

__all__ = ["main"]


class _Commands(click.Group):
    """Refuses what no file can hold, shows our errors in one line, exit code 1, and closes quietly when a pipe does."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for text in args:
            if (shown := printable(text)) != text:
                raise click.UsageError(f"'{shown}' is no UTF-8: write it anew, or rename the file that it names", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
        except MapperError as error:
            fail(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        if ctx.meta.get(INCOMPLETE):
            sys.exit(1)
        return result


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mapper")
def main() -> None:
    """Put reported incidents on an offline map, each with the quote that made it."""
    # A process that ends looks for cycles among all that it has made; of a large map that is a fifth of a second.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "strict")
