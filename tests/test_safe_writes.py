"""What a build does when it cannot write: a folder in the way, a full disk, another build; and what it never leaves behind."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.errors import MapperError
from mapper.store import files, reserved, write_atomic, write_together
from mapper.store.files import finish, replacing_together

ROWS = "date,type,place,country,lat,lon,killed\n2024-11-20,shelling,Nikopol,UA,47.57,34.39,0\n"
MAPPER = [sys.executable, "-m", "mapper"]
OWNER_OF_TMP, SOMEONE = 100_001, 100_002


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "in" / "rows.csv"
    path.parent.mkdir()
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def mapper(*arguments):
    """Run a command where nothing asks for a process of its own, which would import everything anew."""
    result = CliRunner().invoke(main, [*map(str, arguments)])
    return result.exit_code, result.stderr


def one_line(run):
    code, stderr = run
    assert code == 1, stderr
    [line] = stderr.strip().splitlines()
    return line


# What belongs together.


def test_files_that_belong_together_are_replaced_together(folder):
    table, claims = folder / "x.csv", folder / "x.claims.csv"
    assert write_together({claims: "old claims", table: "old"}) == (claims, table)
    assert (claims.read_text(), table.read_text()) == ("old claims", "old")

    def fail_at_the_second():
        with replacing_together(claims, table) as (first, _):
            first.write_text("new claims")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(MapperError, match="the disk is full"):
        fail_at_the_second()
    assert (claims.read_text(), table.read_text()) == ("old claims", "old")
    assert names(folder) == ["x.claims.csv", "x.csv"]


def cut_short(monkeypatch, folder, after):
    """Write two files, and end as if killed after so many renames of the two."""
    table, claims = folder / "x.csv", folder / "x.claims.csv"
    write_together({claims: "old claims", table: "old"})
    done, real = [], Path.replace

    def replace(self, target):
        if Path(target) in {table, claims}:
            if len(done) == after:
                raise KeyboardInterrupt
            done.append(target)
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            write_together({claims: "new claims", table: "new"})
    assert ".x.csv.renames" in names(folder)
    return table, claims


@pytest.mark.parametrize("after", [0, 1])
def test_a_reader_finishes_what_was_written_whole(monkeypatch, folder, after):
    table, claims = cut_short(monkeypatch, folder, after)
    finish(table)
    assert (claims.read_text(), table.read_text()) == ("new claims", "new")
    assert names(folder) == ["x.claims.csv", "x.csv"]


@pytest.mark.parametrize("after", [0, 1])
def test_the_next_build_finishes_it_too(monkeypatch, folder, after):
    table, claims = cut_short(monkeypatch, folder, after)
    with reserved(table):
        assert (claims.read_text(), table.read_text()) == ("new claims", "new")
    assert names(folder) == ["x.claims.csv", "x.csv"]


def test_a_record_that_someone_else_planted_is_not_followed():
    """In a folder such as /tmp all may write, and a record that is not ours would have us rename our own files for them."""

    def record(owner, mode):
        folder = SimpleNamespace(stat=lambda: SimpleNamespace(st_uid=OWNER_OF_TMP, st_mode=mode))
        return SimpleNamespace(parent=folder, stat=lambda: SimpleNamespace(st_uid=owner))

    for owner in (os.geteuid(), OWNER_OF_TMP):
        files._mistrust(record(owner, 0o41777))
    files._mistrust(record(SOMEONE, 0o40775))
    with pytest.raises(PermissionError):
        files._mistrust(record(SOMEONE, 0o41777))


def test_what_a_killed_build_left_is_taken_away_and_nothing_else(folder):
    mine = [".y.html.0.part.html", "x.html.0.part.html", ".x.html.0.part.html.0.part.html", ".x.htmlx", ".x.html.notes"]
    for name in [
        ".x.html.0.part.html",
        ".x.html.1.part.json",
        ".x.html.0.part.gpkg-journal",
        ".x.html.renames.part",
        ".x.html.lock",
        *mine,
    ]:
        (folder / name).touch()
    with reserved(folder / "x.html"):
        pass
    assert names(folder) == sorted(mine)


# What is in the way.


def test_a_device_is_not_replaced(rows):
    line = one_line(mapper("map", rows, "-o", "/dev/null"))
    assert line == "Error: /dev/null: cannot be written: it is no ordinary file; give the name of a file"
    assert not Path("/dev/null").is_file()


def test_a_link_to_itself_is_named(rows, folder):
    loop = folder / "loop.html"
    loop.symlink_to(loop)
    assert "a symbolic link that leads back to itself" in one_line(mapper("map", rows, "-o", loop))


def test_a_link_whose_target_is_not_there_yet_is_followed(folder):
    (folder / "web").mkdir()
    link = folder / "x.html"
    link.symlink_to(folder / "web" / "index.html")
    write_atomic(link, "new")
    assert link.is_symlink()
    assert (folder / "web" / "index.html").read_text() == "new"
    assert names(folder / "web") == ["index.html"]


def test_owner_group_and_permissions_stay(folder, monkeypatch):
    path = folder / "x.html"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o604)
    given = []
    monkeypatch.setattr(os, "chown", lambda file, *ids: given.append((file.name, *ids)))
    write_atomic(path, "new")
    assert given == [(".x.html.0.part.html", path.stat().st_uid, path.stat().st_gid)]
    assert path.stat().st_mode & 0o7777 == 0o604


def test_an_owner_that_we_may_not_give_a_file_to_stops_nothing(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    write_atomic(folder / "x.html", "old")
    monkeypatch.setattr(os, "chown", refuse)
    write_atomic(folder / "x.html", "new")
    assert (folder / "x.html").read_text(encoding="utf-8") == "new"


def test_a_folder_that_may_not_be_written_to_is_said_before_the_work_is_done(rows, folder):
    output = folder / "map.html"
    output.write_text("old", encoding="utf-8")
    folder.chmod(0o555)
    # Root may write anywhere, but not without its capabilities.
    drop = [] if os.geteuid() else ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    run = subprocess.run([*drop, *MAPPER, "map", rows, "-o", output], capture_output=True, text=True, encoding="utf-8", check=False)
    folder.chmod(0o755)
    assert (
        one_line((run.returncode, run.stderr))
        == f"Error: {output}: cannot be written: you may not write there; check the permissions or choose another folder"
    )
    assert names(folder) == ["map.html"]


# A full disk.


@contextmanager
def no_file_beyond(size):
    """Let no file grow beyond a size, as a quota does: writing more fails with EFBIG."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    ended_by = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
        signal.signal(signal.SIGXFSZ, ended_by)


@pytest.mark.parametrize("size", [0, 100_000])
def test_a_map_that_is_too_large_leaves_the_old_one(rows, folder, size):
    output = folder / "map.html"
    output.write_text("old", encoding="utf-8")
    with no_file_beyond(size):
        line = one_line(mapper("map", rows, "-o", output))
    assert line == f"Error: {output}: cannot be written: it is larger than a file may be there; write to another disk, or raise the limit"
    assert output.read_text(encoding="utf-8") == "old"
    assert names(folder) == ["map.html"]
    assert mapper("map", rows, "-o", output)[0] == 0
    assert names(folder) == ["map.html", "map.ledger.json"]


@pytest.mark.parametrize("ending", ["geojson", "csv", "parquet", "gpkg"])
def test_a_full_disk_leaves_the_old_data(rows, folder, ending):
    output = folder / f"x.{ending}"
    assert mapper("export", rows, "-o", output)[0] == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with no_file_beyond(300):
        line = one_line(mapper("export", rows, "-o", output))
    assert line.startswith(f"Error: {output}: cannot be written: ")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_space_left_on_the_device(folder, monkeypatch):
    """The system's own ENOSPC: what is written goes to /dev/full."""
    output = folder / "x.html"
    write_atomic(output, "old")
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: real(Path("/dev/full"), "wb") if a == ("xb",) else real(self, *a, **k))
    with pytest.raises(MapperError, match="cannot be written: the disk is full; free some space"):
        write_atomic(output, "new")
    assert output.read_text() == "old"
    assert names(folder) == ["x.html"]


# Two builds at once.


HOLDER = """
import sys
from mapper.store import reserved
with reserved(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(folder):
    """Another process that is writing the map."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, folder / "map.html"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_build_fails_clearly_when_the_first_goes_on(holder, rows, folder):
    output = folder / "map.html"
    line = one_line(mapper("map", rows, "-o", output, "--wait", "0"))
    assert line == f"Error: {output}: another build is still writing it after 0 seconds; let it end, or end it, then run this again"
    assert names(folder) == [".map.html.lock"]


def test_the_second_build_waits_and_says_so(holder, rows, folder):
    output = folder / "map.html"
    second = subprocess.Popen([*MAPPER, "map", rows, "-o", output], stderr=subprocess.PIPE, text=True)
    assert second.stderr.readline() == f"{output}: another build is writing it; waiting for it, 60 seconds at most\n"
    assert names(folder) == [".map.html.lock"]
    holder.communicate(b"")
    assert second.wait(60) == 0
    second.stderr.close()
    assert names(folder) == ["map.html", "map.ledger.json"]


def test_a_lock_ends_with_its_process(holder, rows, folder):
    holder.kill()
    holder.wait()
    assert names(folder) == [".map.html.lock"]
    assert mapper("map", rows, "-o", folder / "map.html", "--wait", "0")[0] == 0
    assert names(folder) == ["map.html", "map.ledger.json"]


def test_other_outputs_are_not_kept_waiting(holder, rows, folder):
    assert mapper("map", rows, "-o", folder / "other.html", "--wait", "0")[0] == 0


def test_many_writers_at_once_never_mix(folder):
    """Four processes write pairs of files over and over: whoever looks finds a pair."""
    code = (
        "import sys; from pathlib import Path; from mapper.store import write_together\n"
        "for n in range(20): write_together({Path('a.json'): f'{sys.argv[1]} {n}', Path('a.html'): f'{sys.argv[1]} {n}'})"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(n)], cwd=folder) for n in range(4)]
    while any(writer.poll() is None for writer in writers):
        with reserved(folder / "a.html"):
            pair = [(folder / name).read_text() if (folder / name).exists() else None for name in ("a.json", "a.html")]
        assert pair[0] == pair[1]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    assert names(folder) == ["a.html", "a.json"]


def test_threads_of_one_process_wait_for_each_other(folder):
    path, order = folder / "x", []
    with reserved(path):
        thread = threading.Thread(target=lambda: (write_atomic(path, "second"), order.append("second")))
        thread.start()
        write_atomic(path, "first")
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert path.read_text() == "second"


def test_a_name_of_the_greatest_length_can_be_written(folder):
    path = folder / ("д" * 125 + ".html")
    write_atomic(path, "x")
    assert names(folder) == [path.name]


def test_the_commands_wait_as_long_as_the_library():
    assert "[default: 60" in CliRunner().invoke(main, ["map", "--help"]).output
    assert files.WAIT == 60
