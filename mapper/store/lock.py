"""One build of an output at a time.

The lock is the operating system's own (`flock`, `LockFileEx`), taken on an empty hidden file beside the output: it
ends with the process that holds it, however that ends, so a killed build leaves nothing to clear away but that empty
file, which the next one takes away. It is advisory: it keeps builds from mixing, and stops nobody from reading.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["WAIT", "locked"]

#: Seconds to wait for another build of the same output.
WAIT = 60.0


@contextmanager
def locked(lock: Path, output: Path, *, wait: float = WAIT, waiting: Callable[[str], None] | None = None) -> Iterator[bool]:
    """Hold the lock of an output; a thread that holds it already may take it again.

    Parameters
    ----------
    lock
        The file that is locked; it is made, and gone afterwards.
    output
        What is written, for the messages.
    wait
        Seconds to wait while another process holds it.
    waiting
        Is told, in one line, when there is something to wait for.

    Yields
    ------
    Whether it was taken anew, and not held already.

    Raises
    ------
    MapperError
        If another process still holds it when the time is over.
    OSError
        If the folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    held = FileLock(lock, is_singleton=True)
    start = time.monotonic()
    try:
        try:
            held.acquire(timeout=0)
        except Timeout:
            if waiting and wait > 0:
                waiting(f"{output}: another build is writing it; waiting for it, {wait:g} seconds at most")
            held.acquire(timeout=max(0.0, wait - (time.monotonic() - start)))
    except Timeout:
        message = f"{output}: another build is still writing it after {wait:g} seconds; let it end, or end it, then run this again"
        raise MapperError(message) from None
    try:
        yield held.lock_counter == 1
    finally:
        if held.lock_counter == 1:
            # While it is held: whoever opened the file before sees that it has gone, and opens it anew.
            with suppress(OSError):
                lock.unlink()
        held.release()
