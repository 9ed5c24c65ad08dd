"""Many files or articles are read in several processes at once, and come out as one would have read them."""

from __future__ import annotations

import lzma
import os
import pickle
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Self

from mapper.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mapper.errors import Rejected
    from mapper.merging.reports import Told
    from mapper.pipeline.found import Found
    from mapper.pipeline.reader import Reader
    from mapper.sources import Article

__all__ = ["Workers", "processors"]

#: A process needs about as long to start as for some hundred articles.
_WORTH = 400
#: What a process is given at a time.
_AT_A_TIME = 16
#: Each process has the gazetteer in memory, some 500 MB.
_MOST_PROCESSES = 8

#: What reads in a process that was started for it.
_OWN: ContextVar[Reader] = ContextVar("reader")


def processors() -> int:
    """Count how many processes may read: as `MAPPER_PROCESSES` says, else as many as this one may use processors, 8 at most."""
    asked = os.environ.get("MAPPER_PROCESSES", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, _MOST_PROCESSES)


class Workers:
    """Processes that read beside this one, started where there is enough to read.

    Parameters
    ----------
    reader
        What reads, here as there.
    processes
        How many there may be; with one all is read in this process, as it is where those that were started are killed.
    """

    def __init__(self, reader: Reader, processes: int) -> None:
        self._reader = reader
        # A language model answers one question after the other.
        self._processes = 1 if reader.model else processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def files(self, paths: Sequence[Path | str]) -> Iterator[Found | InputError]:
        """Read files of one article each, in their order; those that cannot be read give their error."""
        return self._mapped(_file, paths)

    def articles(self, articles: Sequence[Article]) -> Iterator[tuple[Told, Sequence[Rejected]]]:
        """Find what articles tell, in their order."""
        return self._mapped(_article, articles)

    def _mapped(self, do: Callable[[Any, Reader], Any], items: Sequence[Any]) -> Iterator[Any]:
        done = 0
        if self._processes > 1 and len(items) >= _WORTH:
            try:
                for result in self._started().map(partial(_there, do), items, chunksize=_AT_A_TIME):
                    done += 1
                    yield result
            except BrokenProcessPool:
                pass  # as where memory is short: what is left is read here
        for item in items[done:]:
            yield do(item, self._reader)

    def _started(self) -> ProcessPoolExecutor:
        if not self._pool:
            # A copy of this process would have its locks, but not the threads that hold them.
            start = get_context("spawn"), _begin, (lzma.compress(pickle.dumps(self._reader)),)
            self._pool = ProcessPoolExecutor(self._processes, *start)
        return self._pool


def _file(path: Path | str, reader: Reader) -> Found | InputError:
    try:
        return reader.file(path)
    except InputError as error:
        return error


def _article(article: Article, reader: Reader) -> tuple[Told, Sequence[Rejected]]:
    return reader.article(article)


def _begin(reader: bytes) -> None:
    """Make this process one that reads; Ctrl-C is the business of that which it reads for.

    The reader comes in few bytes: with more than a pipe holds each process would be started when the one before is ready.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _OWN.set(pickle.loads(lzma.decompress(reader)))  # noqa: S301 - of our own making


def _there(do: Callable[[Any, Reader], Any], item: Any) -> Any:
    return do(item, _OWN.get())
