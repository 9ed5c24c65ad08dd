"""The container: what goes in comes out, and what does not fit is refused."""

from __future__ import annotations

import base64
import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.page.container import CODINGS, MAGIC, Container, varint


def unpack(text: str) -> tuple[dict, dict[str, list[int]]]:
    """Read a container plainly, number by number, as the description says."""
    data = zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS)
    assert data[:4] == MAGIC
    (length,) = struct.unpack("<I", data[4:8])
    directory = json.loads(data[8 : 8 + length])
    at = 8 + length
    columns = {}
    for name, coding, count, size in directory["columns"]:
        raw = data[at : at + size]
        at += size
        numbers: list[int] = []
        if coding == "u8":
            numbers = list(raw)
        elif coding == "i32":
            numbers = list(struct.unpack(f"<{count}i", raw))
        elif coding == "text":
            ends = np.cumsum(struct.unpack(f"<{count}I", raw[: 4 * count])).tolist()
            numbers = [raw[4 * count :][a:b].decode() for a, b in zip([0, *ends], ends, strict=False)]
        else:
            value = shift = 0
            for byte in raw:
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    numbers.append(value)
                    value = shift = 0
        if coding == "optional":
            numbers = [n - 1 for n in numbers]
        if coding == "delta":
            last, folded = 0, numbers
            numbers = []
            for n in folded:
                last = (last + ((n >> 1) ^ -(n & 1)) + 2**31) % 2**32 - 2**31
                numbers.append(last)
        assert len(numbers) == count
        columns[name] = numbers
    assert at == len(data)
    return directory["meta"], columns


LIMITS = {"u8": (0, 255), "varint": (0, 2**32 - 1), "optional": (-1, 2**31 - 1), "delta": (-(2**31), 2**31 - 1)}


@given(st.sampled_from(CODINGS).flatmap(lambda c: st.tuples(st.just(c), st.lists(st.integers(*LIMITS[c]), max_size=50))))
def test_numbers_come_back(case):
    coding, numbers = case
    container = Container({"a": "б"})
    container.add("x", coding, np.array(numbers, dtype=np.int64))
    container.add("y", "u8", np.array([7]))
    meta, columns = unpack(container.text())
    assert meta == {"a": "б"}
    assert columns == {"x": numbers, "y": [7]}


@pytest.mark.parametrize(("coding", "number"), [(c, n) for c, (low, high) in LIMITS.items() for n in (low - 1, high + 1)])
def test_a_number_that_does_not_fit_is_an_error_and_not_another_number(coding, number):
    with pytest.raises(ValueError, match="does not fit"):
        Container().add("x", coding, np.array([number], dtype=np.int64))


def test_varint_of_every_length():
    numbers = [0, 127, 128, 16383, 16384, 2**21 - 1, 2**21, 2**28 - 1, 2**28, 2**32 - 1]
    assert len(varint(np.array(numbers, dtype=np.uint32))) == 1 + 1 + 2 + 2 + 3 + 3 + 4 + 4 + 5 + 5
