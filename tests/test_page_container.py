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

from mapper.page.container import CODINGS, MAGIC, Container


def unpack(text: str) -> tuple[dict, dict[str, list[int]]]:
    """Read a container plainly, number by number, as the description says."""
    data = zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS)
    assert data[:4] == MAGIC
    (length,) = struct.unpack("<I", data[4:8])
    directory = json.loads(data[8 : 8 + length])
    at = 8 + length
    columns = {}
    for name, form, count, size, first, more in directory["columns"]:
        raw = data[at : at + size]
        at += size
        if form == "line":
            numbers = [first + more * i for i in range(count)]
        elif form == "i32":
            numbers = list(struct.unpack(f"<{count}i", raw))
        elif form == "text":
            ends = np.cumsum(struct.unpack(f"<{count}I", raw[: 4 * count])).tolist()
            numbers = [raw[4 * count :][a:b].decode() for a, b in zip([0, *ends], ends, strict=False)]
        else:
            numbers = [sum(raw[plane * count + i] << 8 * plane for plane in range(more)) for i in range(count)]
        if form == "planes":
            numbers = [first + n for n in numbers]
        if form == "delta":
            last, folded = 0, numbers
            numbers = []
            for n in folded:
                last = (last + ((n >> 1) ^ -(n & 1)) + 2**31) % 2**32 - 2**31
                numbers.append(last * first)
        assert len(numbers) == count
        columns[name] = numbers
    assert at == len(data)
    return directory["meta"], columns


@given(st.sampled_from(sorted(CODINGS)).flatmap(lambda c: st.tuples(st.just(c), st.lists(st.integers(*CODINGS[c]), max_size=50))))
def test_numbers_come_back(case):
    coding, numbers = case
    container = Container({"a": "б"})
    container.add("x", coding, np.array(numbers, dtype=np.int64))
    container.add("y", "u8", np.array([7]))
    meta, columns = unpack(container.text())
    assert meta == {"a": "б"}
    assert columns == {"x": numbers, "y": [7]}


@pytest.mark.parametrize(("coding", "number"), [(c, n) for c, (low, high) in CODINGS.items() for n in (low - 1, high + 1)])
def test_a_number_that_does_not_fit_is_an_error_and_not_another_number(coding, number):
    with pytest.raises(ValueError, match="does not fit"):
        Container().add("x", coding, np.array([number], dtype=np.int64))


@given(st.sampled_from(sorted(CODINGS)), st.integers(-5, 5), st.integers(-3, 3), st.integers(0, 9))
def test_numbers_in_equal_steps_take_no_bytes(coding, first, step, count):
    numbers = [max(CODINGS[coding][0], first) + abs(step) * i for i in range(count)]
    container = Container()
    container.add("x", coding, np.array(numbers, dtype=np.int64))
    assert unpack(container.text())[1] == {"x": numbers}
    assert unpack_directory(container) == [["x", "line", count, 0, numbers[0] if numbers else 0, abs(step) if count > 1 else 0]]


def test_positions_that_are_given_less_finely_take_fewer_bytes():
    rng = np.random.default_rng(7)
    fine = rng.integers(220_000, 400_000, 1_000)
    sizes = []
    for numbers in (fine, fine // 100 * 100):
        container = Container()
        container.add("lon", "delta", numbers)
        assert unpack(container.text())[1] == {"lon": numbers.tolist()}
        [[_, form, _, size, unit, _]] = unpack_directory(container)
        sizes.append((form, size, unit))
    assert sizes == [("delta", 3_000, 1), ("delta", 2_000, 100)]


def test_large_columns_come_back_however_they_are_compressed():
    rng = np.random.default_rng(7)
    columns = {"noise": rng.integers(0, 90_000, 50_000), "runs": np.repeat(rng.integers(0, 300, 500), 100), "few": np.arange(9) % 2}
    container = Container()
    for name, numbers in columns.items():
        container.add(name, "number", numbers)
    text = container.text()
    assert unpack(text)[1] == {name: numbers.tolist() for name, numbers in columns.items()}
    assert text == container.text()


def unpack_directory(container: Container) -> list[list]:
    data = container.pack()
    return json.loads(data[8 : 8 + struct.unpack("<I", data[4:8])[0]])["columns"]
