# SPDX-License-Identifier: EUPL-1.2
"""Strict JSON: a good document, and one named change each that must be refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.wire.strict_json import MAX_DEPTH, encode, parse_json, parse_object
from blauweknop.errors import MalformedError

GOOD = b'{"naam":"Bilgi\xc3\xa7","bedragen":[1,-2.5,9007199254740991],"leeg":{},"ok":true,"niets":null}'
VALUE = {"naam": "Bilgiç", "bedragen": [1, -2.5, 9007199254740991], "leeg": {}, "ok": True, "niets": None}

CHANGES = {
    "member twice": (b'"leeg":{}', b'"leeg":{},"leeg":{}'),
    "member twice in an escape": (b'"leeg":{}', b'"leeg":{},"le\\u0065g":{}'),
    "member twice deeper": (b"{}", b'{"a":1,"a":1}'),
    "NaN": (b"-2.5", b"NaN"),
    "Infinity": (b"-2.5", b"-Infinity"),
    "float beyond a double": (b"-2.5", b"1e400"),
    "integer beyond 2^53": (b"9007199254740991", b"9007199254740992"),
    "negative integer beyond 2^53": (b"9007199254740991", b"-9007199254740992"),
    "very long integer": (b"9007199254740991", b"9" * 5000),
    "leading zero": (b"[1,", b"[01,"),
    "trailing comma": (b"true", b"true,"),
    "comment": (b"{}", b"{}/* x */"),
    "single quotes": (b'"ok"', b"'ok'"),
    "not UTF-8": (b"\xc3\xa7", b"\xe7"),
    "overlong UTF-8": (b"\xc3\xa7", b"\xc0\xaf"),
    "surrogate in UTF-8": (b"\xc3\xa7", b"\xed\xa0\x80"),
    "lone surrogate as a value": (b'"Bilgi\xc3\xa7"', b'"\\ud800"'),
    "lone surrogate as a name": (b'"leeg"', b'"\\udc00"'),
    "lone surrogate in a list": (b"-2.5", b'"\\ud800"'),
    "lone surrogate deeper": (b"{}", b'{"a":[{"b":["x\\udfffy"]}]}'),
    "control character": (b"Bilgi", b"Bil\ngi"),
    "byte order mark": (b'{"naam"', b'\xef\xbb\xbf{"naam"'),
    "cut off": (b"null}", b"nul"),
    "open string": (b"null}", b'"'),
    "something after it": (b"null}", b"null}{}"),
    "nothing": (GOOD, b""),
    "too deep": (b"{}", b"[" * MAX_DEPTH + b"]" * MAX_DEPTH),
}


def test_the_good_document_is_read() -> None:
    assert parse_json(GOOD) == VALUE
    assert parse_object(GOOD) == VALUE


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_refused(change: str) -> None:
    old, new = CHANGES[change]
    assert GOOD.count(old) == 1
    with pytest.raises(MalformedError):
        parse_json(GOOD.replace(old, new))


def test_an_escaped_pair_is_one_character() -> None:
    assert parse_json(b'["\\ud83d\\ude00", 1, {"\\u00e7": null}]') == ["\U0001f600", 1, {"ç": None}]


def test_size_is_counted_before_anything_is_read() -> None:
    assert parse_json(b'"aaa"', max_bytes=5) == "aaa"
    with pytest.raises(MalformedError, match="more than 5 bytes"):
        parse_json(b'"aaaa"', max_bytes=5)


def test_depth_counts_what_is_open_at_one_time_and_not_in_strings() -> None:
    assert parse_json(b'[["]]]][[[[\\"[["],[[]]]', max_depth=3) == [[']]]][[[["[['], [[]]]
    with pytest.raises(MalformedError, match="nested deeper than 2"):
        parse_json(b'[["]]]][[[[\\"[["],[[]]]', max_depth=2)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_a_bomb_of_depth_is_refused_without_recursion(opening: bytes) -> None:
    with pytest.raises(MalformedError, match="nested deeper"):
        parse_json(opening * 100_000)


@pytest.mark.parametrize("data", [b"[]", b'"x"', b"1", b"null"])
def test_an_object_is_demanded_where_one_is_expected(data: bytes) -> None:
    parse_json(data)
    with pytest.raises(MalformedError, match="object was expected"):
        parse_object(data)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(documents)
def test_what_is_encoded_is_read_back_and_has_one_spelling(value: Any) -> None:
    data = encode(value)
    assert parse_json(data) == value
    assert encode(parse_json(data)) == data
    assert data == json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode().replace(b"\\u007f", b"\x7f")


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\ud8e1-.0 ', max_size=60).map(str.encode))
def test_nothing_but_our_refusal_comes_out(data: bytes) -> None:
    try:
        parse_json(data)
    except MalformedError:
        return
    json.loads(data)  # what we take, everybody takes
