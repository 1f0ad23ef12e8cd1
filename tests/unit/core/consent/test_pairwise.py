# SPDX-License-Identifier: EUPL-1.2
"""Pseudonyms differ per party, and nothing ambiguous makes one."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import pytest

from blauweknop.core.consent.pairwise import PseudonymInputError, pairwise_link, pairwise_sub
from blauweknop.core.wire.base64url import b64url_encode

KEY: Final = bytes(range(32))
OIN: Final = "00000001888888888000"
CITIZEN: Final = "0123456789abcdef" * 2


def test_bk083_one_citizen_has_another_name_at_each_party() -> None:
    others = {
        pairwise_sub(KEY, OIN, CITIZEN),
        pairwise_sub(KEY, OIN[:-1] + "1", CITIZEN),
        pairwise_sub(KEY, OIN, "f" + CITIZEN[1:]),
        pairwise_sub(bytes(32), OIN, CITIZEN),
    }
    assert len(others) == 4
    assert pairwise_sub(KEY, OIN, CITIZEN) == pairwise_sub(KEY, OIN, CITIZEN)


def test_it_is_the_hmac_of_system_md() -> None:
    expected = hmac.digest(KEY, OIN.encode() + bytes.fromhex(CITIZEN), hashlib.sha256)
    assert pairwise_link(KEY, OIN, CITIZEN) == b64url_encode(expected)


@pytest.mark.parametrize(
    ("key", "oin", "citizen"),
    [
        (KEY[:-1], OIN, CITIZEN),
        (KEY, OIN[:-1], CITIZEN),
        (KEY, OIN + "0", CITIZEN),
        (KEY, "٣" * 20, CITIZEN),
        (KEY, OIN, CITIZEN[:-2]),
        (KEY, OIN, "z" * 32),
        (KEY, OIN, ""),
    ],
)
def test_any_other_length_is_refused(key: bytes, oin: str, citizen: str) -> None:
    with pytest.raises(PseudonymInputError):
        pairwise_sub(key, oin, citizen)
