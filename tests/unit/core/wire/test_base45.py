# SPDX-License-Identifier: EUPL-1.2
"""Base45 as RFC 9285 spells it, and no other spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.wire.base45 import base45_decode, base45_encode, base45_length
from blauweknop.errors import MalformedError

# RFC 9285 §4.3 and §4.4.
EXAMPLES = {"BB8": b"AB", "%69 VD92EX0": b"Hello!!", "UJCLQE7W581": b"base-45", "QED8WEX0": b"ietf!", "": b""}


@pytest.mark.parametrize(("text", "data"), EXAMPLES.items())
def test_the_examples_of_the_standard(text: str, data: bytes) -> None:
    assert base45_encode(data) == text
    assert base45_decode(text) == data


@pytest.mark.parametrize(
    "text",
    [
        "B",  # a lone character
        "BB8B",  # a lone character at the end
        "GGW",  # RFC 9285 §6: 65536
        ":::",
        "QED8W::",  # a last byte over 255
        "V5",  # 256
        "bb8",  # lower case
        "BB8\n",
        "BB8 ",
        "BB_",
        "ÄB8",
        "B\u00b28",  # a superscript digit
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        base45_decode(text)


@given(st.binary(max_size=100))
def test_every_byte_string_has_a_spelling(data: bytes) -> None:
    text = base45_encode(data)
    assert base45_decode(text) == data
    assert len(text) == base45_length(len(data))


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=12))
def test_every_text_is_the_one_spelling_or_refused(text: str) -> None:
    try:
        data = base45_decode(text)
    except MalformedError:
        return
    assert base45_encode(data) == text
