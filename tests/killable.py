"""Runs the command line in processes that can be killed at any moment, many a second.

As a script it is a server: it has run some commands of `mapper` once, and for each line of JSON on standard input it forks
a child that runs one. What the inputs of those tell, and the page that is made of it, a child has from its server: working
that out is in memory alone and four fifths of the time, so that a kill at any moment comes while files are dealt with. The
child is killed with SIGKILL as asked: `after` seconds, or `later` seconds after the event number `at`, where an event is
that the child opens, renames, removes or changes a file of the output's folder.
`Killable` starts the server and speaks with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PIECE = 100_000
EVENTS = {"open", "os.chmod", "os.chown", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.scandir"}


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, or minus the signal that killed it; seconds; events before the end of a whole run."""

    code: int
    seconds: float
    events: int


class Killable:
    """The side of the test; what the inputs need is imported and worked out before any process is forked."""

    def __init__(self, folder: Path, before: Iterable[Iterable[object]]) -> None:
        """Write to `folder`; `before` are the commands to be run once before, which write elsewhere."""
        commands = [[str(a) for a in arguments] for arguments in before]
        command = [sys.executable, str(Path(__file__).resolve()), str(folder), json.dumps(commands)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, *arguments: object, **how: float) -> Ended:
        """Run a command; `after`, `at` and `later` as above, `torn=True` writes straight to the output, without a rename."""
        self.process.stdin.write(json.dumps({"arguments": [str(a) for a in arguments], **how}) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        """End the server."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


def serve(folder: str, before: str) -> None:
    """Answer each line until there are no more."""
    import gc

    from click.testing import CliRunner

    import mapper.cli
    import mapper.pipeline
    from mapper.pipeline import building, gathering

    def once(work: Callable, key: Callable) -> Callable:
        done = {}

        def remembered(*given: object, **asked: object) -> object:
            if key(*given) not in done:
                done[key(*given)] = work(*given, **asked)
            return done[key(*given)]

        return remembered

    world = mapper.pipeline.World()
    mapper.pipeline.World = lambda: world
    mapper.pipeline.gather = gathering.gather = once(gathering.gather, lambda inputs, *_: tuple(inputs))
    building.page = once(building.page, lambda _, definition, __: definition.title)
    for arguments in json.loads(before):
        CliRunner().invoke(mapper.cli.main, arguments, catch_exceptions=False)

    def write_torn(path: Path, content: str) -> None:
        """Write straight to the place, a piece at a time, each an event."""
        with path.open("wb", buffering=0) as file:
            for at in range(0, len(content), PIECE):
                file.write(content[at : at + PIECE].encode())
                sys.audit("open", str(path), "wb", 0)

    def child(arguments: list[str], at: int = -1, later: float = 0, *, torn: bool = False, count: int) -> None:
        events = 0

        def watch(event: str, details: tuple[object, ...]) -> None:
            nonlocal events
            if event in EVENTS and details and str(details[0]).startswith(folder):
                if events == at and not later:
                    os.kill(os.getpid(), signal.SIGKILL)
                if events == at:
                    threading.Thread(target=lambda: (time.sleep(later), os.kill(os.getpid(), signal.SIGKILL))).start()
                events += 1

        sys.addaudithook(watch)
        if torn:
            building.write_together = lambda contents: [write_torn(path, content) for path, content in contents.items()]
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        code = 0
        try:
            mapper.cli.main(arguments, prog_name="mapper")
        except SystemExit as end:
            code = int(end.code or 0)
        os.write(count, str(events).encode())
        os._exit(code)

    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        after = request.pop("after", None)
        read, write = os.pipe()
        start = time.perf_counter()
        pid = os.fork()
        if not pid:
            child(**request, count=write)
        os.close(write)
        killer = threading.Timer(after, os.kill, (pid, signal.SIGKILL)) if after is not None else None
        if killer:
            killer.start()
        # The pipe ends with the child, which stays a zombie, and so its number its own, until the killer has gone.
        events = os.read(read, 20)
        os.close(read)
        if killer:
            killer.join()
        status = os.waitpid(pid, 0)[1]
        ended = Ended(os.waitstatus_to_exitcode(status), time.perf_counter() - start, int(events or -1))
        print(json.dumps(ended.__dict__), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve(*sys.argv[1:])
