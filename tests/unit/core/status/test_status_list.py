# SPDX-License-Identifier: EUPL-1.2
"""Status lists in memory."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.status.status_list import MAX_BYTES, StatusIndexError, StatusList
from blauweknop.core.wire.base64url import b64url_decode
from blauweknop.errors import MalformedError

# draft-ietf-oauth-status-list-21 §4.1 and §4.2: twelve entries of two bits.
STATUSES = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
PACKED = bytes.fromhex("c944f9")
LST = "eNo76fITAAPfAgc"


def packed() -> StatusList:
    return StatusList.from_bytes(PACKED)


def test_the_example_of_the_draft_packs_as_it_says() -> None:
    statuses = StatusList(12)
    for index, value in enumerate(STATUSES):
        statuses.set(index, value)
    assert bytes(statuses) == PACKED


def test_the_example_of_the_draft_unpacks_as_it_says() -> None:
    statuses = StatusList.decompress(b64url_decode(LST))
    assert [statuses.get(index) for index in range(len(statuses))] == STATUSES


def test_a_status_can_be_set_again() -> None:
    statuses = packed()
    statuses.set(3, 1)
    assert [statuses.get(index) for index in range(12)] == [*STATUSES[:3], 1, *STATUSES[4:]]


@pytest.mark.parametrize("index", [-1, 12, 2**40])
def test_there_is_no_entry_outside_the_list(index: int) -> None:
    assert packed().get(11) == 3
    with pytest.raises(StatusIndexError):
        packed().get(index)
    with pytest.raises(StatusIndexError):
        packed().set(index, 0)


@pytest.mark.parametrize("value", [-1, 4, 255])
def test_a_value_is_two_bits(value: int) -> None:
    statuses = packed()
    with pytest.raises(StatusIndexError):
        statuses.set(0, value)
    assert bytes(statuses) == PACKED


@pytest.mark.parametrize("size", [0, -4, 3, 5, MAX_BYTES * 4 + 4])
def test_a_list_has_a_sensible_size(size: int) -> None:
    assert len(StatusList(4)) == 4
    with pytest.raises(StatusIndexError):
        StatusList(size)


def test_the_largest_list_survives_compression() -> None:
    statuses = StatusList(MAX_BYTES * 4)
    statuses.set(MAX_BYTES * 4 - 1, 3)
    assert bytes(StatusList.decompress(statuses.compress())) == bytes(statuses)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zlib.compress(bytes(MAX_BYTES + 1)), "more than"),
        (zlib.compress(PACKED)[:-1], "whole"),
        (zlib.compress(PACKED) + b"\0", "whole"),
        (zlib.compress(PACKED)[:-1] + b"\0", "not ZLIB"),
        (zlib.compress(PACKED)[2:-4], "not ZLIB"),
        (PACKED, "not ZLIB"),
        (b"", "whole"),
        (zlib.compress(b""), "empty"),
    ],
    ids=["a bomb", "cut short", "a byte more", "other checksum", "no header", "not compressed", "nothing", "empty"],
)
def test_it_does_not_unfold(data: bytes, says: str) -> None:
    assert bytes(StatusList.decompress(zlib.compress(PACKED))) == PACKED
    with pytest.raises(MalformedError, match=says):
        StatusList.decompress(data)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=80).map(lambda values: values + [0] * (-len(values) % 4)))
def test_any_list_reads_back(values: list[int]) -> None:
    statuses = StatusList(len(values))
    for index, value in enumerate(values):
        statuses.set(index, value)
    again = StatusList.decompress(statuses.compress())
    assert [again.get(index) for index in range(len(again))] == values
