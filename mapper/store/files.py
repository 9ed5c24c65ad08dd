"""Write a file whole or not at all, and files that belong together all or none.

Each is written to a hidden temporary file in the folder of its target, put on the disk (`fsync`) and renamed, so that a
reader, a crash or a full disk meets the old content or the new. The names are these, for a target `map.html`::

    .map.html.lock           held while it is written, see `mapper.store.lock`
    .map.html.0.part.html    what is being written; `.1.part.json` and so on for the files that belong to it
    .map.html.renames        files that belong together, all written, that are being put in their places

A build that is killed before the last of these stands has changed nothing. Once it stands, the whole of the new state
is on the disk: whoever takes the lock next, or reads the tables, finishes the renames first, so that a map never stays
beside another build's ledger, nor a table beside another's claims. What is left of a build that ended earlier is taken
away at the same time. Other programs that look in the instant between two renames find the main file as it was, for it
comes last.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import MapperError
from mapper.store.lock import WAIT, locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["finish", "replacing", "replacing_together", "reserved", "write_atomic", "write_together"]

_PERMISSION = ("you may not write there", "check the permissions or choose another folder")
_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("your disk quota is used up", "free some space"),
    errno.EFBIG: ("it is larger than a file may be there", "write to another disk, or raise the limit"),
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.EROFS: ("the disk is read-only", "choose another folder"),
    errno.EISDIR: ("it is a folder", "give a file name"),
    errno.ENOTDIR: ("a part of its path is a file", "choose another folder"),
    errno.EEXIST: ("a part of its path is a file", "choose another folder"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("it is a symbolic link that leads back to itself", "give the name of a file"),
    errno.ENODEV: ("it is no ordinary file", "give the name of a file"),
}

#: File names have at most 255 bytes; what we put around them takes up to 40.
_LONGEST_NAME = 200


def write_atomic(path: Path | str, content: bytes | str) -> Path:
    """Write a file by way of a temporary one beside it, so that readers see the old content or the new.

    Parent folders are made; text is written as UTF-8 with its line ends as they are; permissions and, where we may,
    owner and group of a file that is replaced are kept, and a symbolic link still points to the file.

    Returns
    -------
    The path written.

    Raises
    ------
    MapperError
        If the disk is full, or writing is not allowed; then no temporary file is left.
    """
    write_together({Path(path): content})
    return Path(path)


def write_together(contents: Mapping[Path, bytes | str]) -> tuple[Path, ...]:
    """Write files that belong together, all or none: the main one last.

    Raises
    ------
    MapperError
        As `write_atomic`.
    """
    with replacing_together(*contents) as temporaries:
        for temporary, content in zip(temporaries, contents.values(), strict=True):
            with temporary.open("xb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
    return tuple(contents)


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Hand out the name of a temporary file, and put it in the place of `path` when the block ends well.

    The name ends like that of `path`, for libraries that tell the format by it.

    Raises
    ------
    MapperError
        As `write_atomic`.
    """
    with replacing_together(path) as (temporary,):
        yield temporary


@contextmanager
def replacing_together(*paths: Path | str) -> Iterator[tuple[Path, ...]]:
    """Hand out names of temporary files, and put all of them in their places when the block ends well.

    The last path is the main one, to which the others belong: it is the one that is locked.

    Raises
    ------
    MapperError
        As `write_atomic`.
    """
    with reserved(paths[-1]), _explained(paths[-1]):
        finals = [_final(Path(path)) for path in paths]
        main = finals[-1]
        temporaries = tuple(final.with_name(f".{_key(main)}.{n}.part{final.suffix}") for n, final in enumerate(finals))
        for final, temporary in zip(finals, temporaries, strict=True):
            final.parent.mkdir(parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
        try:
            yield temporaries
            for final, temporary in zip(finals, temporaries, strict=True):
                _to_disk(temporary)
                _like(final, temporary)
            _put_in_place(main, dict(zip(temporaries, finals, strict=True)))
        finally:
            if not _renames(main).exists():
                for leftover in (*temporaries, _renames(main, ".part")):
                    _discard(leftover)


@contextmanager
def reserved(path: Path | str, *, wait: float = WAIT, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Keep other builds from writing a file, and put right what a killed one left of it; `wait` and `waiting` as `locked`.

    Raises
    ------
    MapperError
        As `write_atomic`, and if another build holds it for longer than `wait` seconds.
    """
    with ExitStack() as stack:
        with _explained(path):
            main = _final(Path(path))
            main.parent.mkdir(parents=True, exist_ok=True)
            lock = main.with_name(f".{_key(main)}.lock")
            if stack.enter_context(locked(lock, Path(path), wait=wait, waiting=waiting)):
                _settle(main)
        yield


def finish(path: Path | str) -> None:
    """Put files in their places that a killed build had written whole; to be called before they are read.

    Raises
    ------
    MapperError
        If there are some, and they cannot be renamed.
    """
    main = Path(path).resolve()
    if _renames(main).exists():
        with reserved(path):
            pass


def _put_in_place(main: Path, finals: Mapping[Path, Path]) -> None:
    """Rename: at once if it is one file; by a record on the disk, which `_settle` follows, if several share a folder."""
    beside = {temporary: final for temporary, final in finals.items() if final.parent == main.parent}
    for temporary, final in finals.items():
        if temporary not in beside or len(beside) == 1:
            temporary.replace(final)
            _to_disk(final.parent)
    if len(beside) > 1:
        _to_disk(main.parent)
        draft = _renames(main, ".part")
        draft.write_text(json.dumps({temporary.name: final.name for temporary, final in beside.items()}), encoding="utf-8")
        _to_disk(draft)
        draft.replace(_renames(main))
        _to_disk(main.parent)
        _settle(main)


def _settle(main: Path) -> None:
    """Finish the renames that are recorded, and take away what builds of this file left that have ended."""
    record = _renames(main)
    if record.exists():
        _mistrust(record)
        for temporary, final in json.loads(record.read_text(encoding="utf-8")).items():
            with suppress(FileNotFoundError):  # renamed already
                record.with_name(Path(temporary).name).replace(record.with_name(Path(final).name))
        _to_disk(main.parent)
        record.unlink()
    ours = re.compile(rf"\.{re.escape(_key(main))}\.(?:\d+|renames)\.part(?:\.\w+)?(?:-\w+)?")
    with os.scandir(main.parent) as entries:
        for entry in entries:
            if ours.fullmatch(entry.name):
                _discard(Path(entry))


def _mistrust(record: Path) -> None:
    """Refuse a record that someone else has put into a folder such as /tmp, where all may write but not rename."""
    folder, own = record.parent.stat(), record.stat().st_uid
    if folder.st_mode & stat.S_ISVTX and own not in {os.geteuid(), folder.st_uid}:
        raise PermissionError(errno.EPERM, "belongs to someone else", record)


def _key(main: Path) -> str:
    name = main.name
    return name if len(os.fsencode(name)) <= _LONGEST_NAME else hashlib.sha256(os.fsencode(name)).hexdigest()


def _renames(main: Path, ending: str = "") -> Path:
    return main.with_name(f".{_key(main)}.renames{ending}")


def _final(path: Path) -> Path:
    """Follow symbolic links to the file to be replaced, which need not be there."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return path.resolve()
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder", path)
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENODEV, "is no ordinary file", path)  # a rename would do away with /dev/null
    return path.resolve()


def _like(final: Path, temporary: Path) -> None:
    """Give a temporary file the owner, the group and the permissions of the file that it replaces."""
    try:
        before = final.stat()
    except FileNotFoundError:
        return
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _to_disk(path: Path) -> None:
    """Wait until a file is on the disk, or a rename in a folder, where the system can."""
    if path.is_file():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    elif os.name != "nt":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        except OSError as error:
            if error.errno != errno.EINVAL:  # a file system that knows no such thing
                raise
        finally:
            os.close(folder)


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


@contextmanager
def _explained(path: Path | str) -> Iterator[None]:
    """Turn what the system says into one line to act on."""
    try:
        yield
    except OSError as error:
        reason, remedy = _REASONS.get(error.errno or 0, (error.strerror or str(error), "check the path"))
        raise MapperError(f"{path}: cannot be written: {reason}; {remedy}") from error
