# SPDX-License-Identifier: EUPL-1.2
"""The forms of a set, and its prints."""

import json

import pytest

from blauweknop.core.seal.fingerprint import fingerprint, human_print
from blauweknop.core.seal.sealed import MAX_BYTES, SealedSet, parse_sealed_set
from blauweknop.core.seal.signature import is_low_s, low_s
from blauweknop.errors import MalformedError
from tests.unit.core.seal.sets import ROW, content, sealed

MADE = sealed(content("enkel", (ROW,)))


def test_both_forms_are_the_same_set() -> None:
    for data in (MADE.compact(), MADE.json()):
        assert parse_sealed_set(data) == MADE
    assert MADE.compact().endswith(b"~")
    assert list(json.loads(MADE.json())) == ["payload", "protected", "signature", "header"]


def test_a_set_that_is_shown_keeps_its_proof_in_both_forms() -> None:
    shown = SealedSet(MADE.jwt, MADE.disclosures, b"e30.e30.AA")
    for data in (shown.compact(), shown.json()):
        assert parse_sealed_set(data).kb_jwt == b"e30.e30.AA"
    assert shown.show_print == MADE.show_print


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 2 * MAX_BYTES])
def test_more_than_the_limit_is_refused_unread(size: int) -> None:
    for start in (b"{", b"a"):
        with pytest.raises(MalformedError, match="more than"):
            parse_sealed_set(start.ljust(size, b"a"))


@pytest.mark.parametrize("kb_jwt", [b"e30", b"e30.e30", b"e30.e30.", b"e30.e30.AA.AA", b".."])
def test_what_follows_the_disclosures_is_a_jwt(kb_jwt: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_sealed_set(MADE.compact() + kb_jwt)


def test_a_lone_jwt_is_no_set() -> None:
    with pytest.raises(MalformedError):
        parse_sealed_set(MADE.jwt)


def test_the_fingerprint_is_of_the_jwt_and_the_show_print_of_what_is_shown() -> None:
    assert MADE.fingerprint == fingerprint(MADE.jwt)
    assert MADE.show_print == fingerprint(MADE.compact())
    assert MADE.show_print_of(MADE.disclosures) == MADE.show_print


def test_a_print_for_the_eye() -> None:
    assert human_print("A" * 43) == "0000-0000-0000-0000-0000"
    assert human_print("_" * 42 + "8") == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert human_print(fingerprint(b"abc")) == "Q9W1-DFWF-077Y-MGA1-83F5"
    with pytest.raises(MalformedError):
        human_print("A" * 42 + "=")


def test_of_two_signatures_one_is_low() -> None:
    low = bytes(32) + bytes(31) + b"\x05"
    high = bytes(32) + bytes.fromhex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254c")
    assert is_low_s(low)
    assert not is_low_s(high)
    assert low_s(low) == low
    assert low_s(high) == low
