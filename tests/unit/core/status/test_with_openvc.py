# SPDX-License-Identifier: EUPL-1.2
"""Our status lists and those of openvc-core are the same thing."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from openvc.errors import OpenvcError
from openvc.keys import P256SigningKey
from openvc.status.bitstring import StatusListError
from openvc.status.issue import build_status_list_token, verify_status_list_token
from openvc.status.token_status_list import check_token_status

from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list, parse_status_list
from blauweknop.core.wire.keys import P256Signer

URI = "http://localhost:8101/status/zegels/1"
NOW = 1_793_000_000
KEY = ec.generate_private_key(ec.SECP256R1())
THEIRS = P256SigningKey(KEY, kid="status")
TIMES = StatusListTimes(issued_at=NOW, expires_at=NOW + 86_400, ttl=3600)


def ours() -> str:
    statuses = StatusList(64)
    statuses.set(7, 1)
    statuses.set(9, 3)
    return issue_status_list(statuses, uri=URI, times=TIMES, signer=P256Signer(KEY, kid="status")).decode()


def theirs_reads(token: str, index: int) -> int:
    claims = verify_status_list_token(token, public_key_jwk=THEIRS.public_jwk(), expected_uri=URI, now=NOW)  # type: ignore[arg-type]
    referenced: dict[str, Any] = {"status": {"status_list": {"idx": index, "uri": URI}}}
    result = check_token_status(referenced, resolve_status_list_token=lambda _uri: claims)
    assert result is not None
    return result.status


def test_openvc_reads_ours() -> None:
    assert [theirs_reads(ours(), index) for index in (6, 7, 8, 9)] == [0, 1, 0, 3]


def test_openvc_refuses_a_change_in_ours_and_an_index_outside() -> None:
    assert theirs_reads(ours(), 63) == 0
    with pytest.raises(StatusListError):
        theirs_reads(ours(), 64)
    head, payload, signature = ours().split(".")
    other = ("A" if signature[0] != "A" else "B") + signature[1:]
    with pytest.raises(OpenvcError, match=r"(?i)signature"):
        theirs_reads(f"{head}.{payload}.{other}", 63)


def test_we_read_theirs() -> None:
    packed = bytearray(16)
    packed[1] = 0b01_00_00_00
    token = build_status_list_token(
        signing_key=THEIRS,
        uri=URI,
        status_list=packed,
        bits=2,
        issued_at=NOW,
        expires=NOW + 86_400,
        ttl=3600,
    )
    verified = parse_status_list(token.encode()).verify(KEY.public_key(), uri=URI, at=NOW)
    assert [verified.get(index) for index in (6, 7, 8)] == [0, 1, 0]
