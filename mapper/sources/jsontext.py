"""JSON text to values, with faults that say where they are."""

from __future__ import annotations

import json
from typing import Any

from mapper.errors import InputError
from mapper.sources.decoding import decode

__all__ = ["parse_json"]


def parse_json(data: bytes, path: str, expected: str) -> tuple[Any, tuple[str, ...]]:
    """Parse the bytes of a JSON file.

    Parameters
    ----------
    expected
        What the file should hold, for the messages.

    Returns
    -------
    The value, and a warning if the encoding was a guess.

    Raises
    ------
    InputError
        If it is no JSON.
    """
    text, warnings = decode(data, path)
    if not text.strip():
        raise InputError(path, f"is empty: expected {expected}", "check that the right file was saved")
    try:
        return json.loads(text), warnings
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}, column {error.colno}: is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise InputError(path, problem, f"save it again; expected {expected}") from None
    except (RecursionError, ValueError):
        raise InputError(path, f"is JSON nested too deeply, or with numbers too long: expected {expected}") from None
