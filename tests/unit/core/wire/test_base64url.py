# SPDX-License-Identifier: EUPL-1.2
"""Strict base64url: each byte string has one spelling."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.errors import MalformedError

DATA = b"\xfb\xff\xfe\x01"
GOOD = "-__-AQ"


def test_the_good_text_is_read_as_text_and_as_bytes() -> None:
    assert b64url_encode(DATA) == GOOD
    assert b64url_decode(GOOD) == b64url_decode(GOOD.encode()) == DATA
    assert b64url_decode("") == b""


CHANGES = {
    "padding": GOOD + "==",
    "standard alphabet": GOOD.replace("-", "+"),
    "slash": GOOD.replace("_", "/"),
    "white space": GOOD + "\n",
    "space inside": "-_ _-AQ",
    "unused bits set": GOOD[:-1] + "R",
    "impossible length": GOOD + "AAA",
    "one character": "A",
    "not ASCII": GOOD[:-1] + "\u0660",
    "a full-width letter": GOOD[:-1] + "\uff31",
    "a null byte": GOOD + "\0\0",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_refused(change: str) -> None:
    with pytest.raises(MalformedError):
        b64url_decode(CHANGES[change])


@pytest.mark.parametrize("data", [b"\xc3\xa9AA", b"-__-AQ\n", b"-__-AQ=="])
def test_a_change_in_bytes_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        b64url_decode(data)


@given(st.binary(max_size=50))
def test_round_trip_and_the_same_as_the_standard_library_without_padding(data: bytes) -> None:
    text = b64url_encode(data)
    assert text == base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    assert b64url_decode(text) == data


@given(st.text(alphabet="ABQRgw-_=+/ \n", max_size=12))
def test_what_is_taken_is_the_one_spelling(text: str) -> None:
    try:
        data = b64url_decode(text)
    except MalformedError:
        return
    assert b64url_encode(data) == text
