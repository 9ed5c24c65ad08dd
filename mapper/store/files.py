"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["replacing", "write_atomic"]

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("your disk quota is used up", "free some space"),
    errno.EACCES: ("you may not write there", "check the permissions or choose another folder"),
    errno.EPERM: ("you may not write there", "check the permissions or choose another folder"),
    errno.EROFS: ("the disk is read-only", "choose another folder"),
    errno.EISDIR: ("it is a folder", "give a file name"),
    errno.ENOTDIR: ("a part of its path is a file", "choose another folder"),
    errno.EEXIST: ("a part of its path is a file", "choose another folder"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
}


def write_atomic(path: Path | str, content: bytes | str) -> Path:
    """Write a file by way of a temporary one beside it, so that readers see the old content or the new.

    Parent folders are made; text is written as UTF-8 with its line ends as they are; the permissions of a file that is
    replaced are kept, and a symbolic link still points to the file.

    Returns
    -------
    The path written.

    Raises
    ------
    MapperError
        If the disk is full, or writing is not allowed; then no temporary file is left.
    """
    data = content.encode() if isinstance(content, str) else content
    with replacing(path) as temporary, temporary.open("xb") as file:
        file.write(data)
    return Path(path)


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Hand out the name of a temporary file, and put it in the place of `path` when the block ends well.

    The name ends like that of `path`, for libraries that tell the format by it.

    Raises
    ------
    MapperError
        As `write_atomic`.
    """
    target = Path(path)
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        final = target.resolve()
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary = final.with_name(f".{final.name[:100]}.{os.getpid()}{final.suffix}")
        temporary.unlink(missing_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        if final.exists():
            temporary.chmod(final.stat().st_mode & 0o7777)
        temporary.replace(final)
    except OSError as error:
        reason, remedy = _REASONS.get(error.errno or 0, (error.strerror or str(error), "check the path"))
        raise MapperError(f"{target}: cannot be written: {reason}; {remedy}") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
