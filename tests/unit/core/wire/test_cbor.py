# SPDX-License-Identifier: EUPL-1.2
"""Deterministic CBOR: one encoding of each value, and no other is read."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.wire.cbor import MAX_DEPTH, encode_cbor, parse_cbor
from blauweknop.errors import MalformedError

MAX = 10_000
# RFC 8949 appendix A, those of plain values.
EXAMPLES: dict[str, Any] = {
    "00": 0,
    "1818": 24,
    "1a000f4240": 1_000_000,
    "3863": -100,
    "f93e00": 1.5,
    "fa47c35000": 100_000.0,
    "fb3ff199999999999a": 1.1,
    "f4": False,
    "f5": True,
    "f6": None,
    "4401020304": b"\x01\x02\x03\x04",
    "62c3bc": "ü",
    "8301820203820405": [1, [2, 3], [4, 5]],
    "a201020304": {1: 2, 3: 4},
    "a26161016162820203": {"a": 1, "b": [2, 3]},
}


@pytest.mark.parametrize(("data", "value"), EXAMPLES.items())
def test_the_examples_of_the_standard(data: str, value: object) -> None:
    assert encode_cbor(value).hex() == data
    parsed = parse_cbor(bytes.fromhex(data), max_bytes=MAX)
    assert (parsed, type(parsed)) == (value, type(value))


BAD = {
    "nothing": "",
    "cut off": "62c3",
    "something after it": "0000",
    "integer in more bytes than needed": "1801",
    "length in more bytes than needed": "78016161",
    "float in more bytes than needed": "fb3ff8000000000000",
    "indefinite array": "9f01ff",
    "indefinite text": "7f6161ff",
    "keys out of order": "a2616201616101",
    "key twice": "a2616101616102",
    "key that is an array": "a18001",
    "key that is a byte string": "a1416101",
    "key that is a boolean": "a1f501",
    "key that is null": "a1f601",
    "key that is a float": "a1f93c0001",
    "tag: date": "c11a5f000000",
    "tag: big number": "c249010000000000000000",
    "tag: shared value": "d81c80",
    "tag: self-described": "d9d9f700",
    "tag: unknown": "d9fffe00",
    "undefined": "f7",
    "another simple value": "e0",
    "not a number": "f97e00",
    "infinity": "f97c00",
    "integer beyond 2^53": "1b0020000000000000",
    "negative integer beyond 2^53": "3b0020000000000000",
    "text that is not UTF-8": "61ff",
    "more items than bytes": "9b7fffffffffffffff00",
    "longer text than bytes": "7b7fffffffffffffff00",
    "nested too deep": "81" * (MAX_DEPTH + 1) + "00",
    "nested much too deep": "81" * 5000 + "00",
    "too large": "59" + "2710" + "00" * 10_000,
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_everything_else_is_refused(data: str) -> None:
    with pytest.raises(MalformedError):
        parse_cbor(bytes.fromhex(data), max_bytes=MAX)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.binary(max_size=5)
)
LISTS = st.lists(SCALARS, max_size=3)
MAPS = st.dictionaries(st.text(max_size=3), SCALARS | LISTS, max_size=3)


@given(SCALARS | LISTS | MAPS | st.lists(MAPS, max_size=3))
def test_every_plain_value_comes_back(value: object) -> None:
    assert parse_cbor(encode_cbor(value), max_bytes=MAX) == value


@given(st.binary(max_size=40))
def test_whatever_the_bytes_it_is_a_value_in_its_one_encoding_or_refused(data: bytes) -> None:
    try:
        value = parse_cbor(data, max_bytes=MAX)
    except MalformedError:
        return
    assert encode_cbor(value) == data
    assert not (isinstance(value, float) and math.isnan(value))
