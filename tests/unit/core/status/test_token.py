# SPDX-License-Identifier: EUPL-1.2
"""Status list tokens: what is accepted, and each single change that is not."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.status.status_list import MAX_BYTES, StatusIndexError, StatusList
from blauweknop.core.status.token import (
    MAX_TOKEN_BYTES,
    StatusListNotForThisError,
    StatusListNotNowError,
    StatusListTimes,
    issue_status_list,
    parse_status_list,
)
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.keys import P256Signer
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import BlauweKnopError, MalformedError, SignatureInvalidError

URI = "http://localhost:8101/status/zegels/1"
NOW = 1_793_000_000
KEY = ec.generate_private_key(ec.SECP256R1())
SIGNER = P256Signer(KEY, kid="status")
PUBLIC = KEY.public_key()
PACKED = bytes.fromhex("c944f9")
CLAIMS: dict[str, Any] = {
    "sub": URI,
    "iat": NOW,
    "exp": NOW + 86_400,
    "ttl": 3600,
    "status_list": {"bits": 2, "lst": b64url_encode(zlib.compress(PACKED))},
}


def signed(claims: object, *, typ: str = "statuslist+jwt", signer: P256Signer = SIGNER) -> bytes:
    return sign_compact({"typ": typ}, encode(claims), signer)


def with_list(**members: Any) -> dict[str, Any]:
    return {**CLAIMS, "status_list": {**CLAIMS["status_list"], **members}}


def without(name: str) -> dict[str, Any]:
    return {member: value for member, value in CLAIMS.items() if member != name}


def test_what_is_issued_is_verified() -> None:
    times = StatusListTimes(issued_at=NOW, expires_at=NOW + 86_400, ttl=3600)
    token = issue_status_list(StatusList.from_bytes(PACKED), uri=URI, times=times, signer=SIGNER)
    verified = parse_status_list(token).verify(PUBLIC, uri=URI, at=NOW)
    assert (verified.uri, verified.times) == (URI, times)
    assert [verified.get(index) for index in range(4)] == [1, 2, 0, 3]
    with pytest.raises(StatusIndexError):
        verified.get(12)


def test_the_certificates_of_the_key_go_along() -> None:
    times = StatusListTimes(issued_at=NOW, expires_at=NOW + 86_400, ttl=3600)
    for certificates, expected in (((), None), ((b"\xfb\xff",), ["+/8="])):
        signer = P256Signer(KEY, kid="status", certificates=certificates)
        token = issue_status_list(StatusList(4), uri=URI, times=times, signer=signer)
        assert parse_status_list(token).jws.unverified_header.get("x5c") == expected


def test_a_foreign_list_with_more_members_is_accepted() -> None:
    token = signed({**with_list(aggregation_uri="https://example.test"), "iss": "https://example.test"})
    assert parse_status_list(token).verify(PUBLIC, uri=URI, at=NOW).get(0) == 1


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({**CLAIMS, "sub": URI + "0"}, StatusListNotForThisError),
        (without("sub"), StatusListNotForThisError),
        ({**CLAIMS, "iat": NOW + 61}, StatusListNotNowError),
        ({**CLAIMS, "exp": NOW + 1, "iat": NOW - 9}, None),
        ({**CLAIMS, "nbf": NOW + 60}, None),
        ({**CLAIMS, "nbf": NOW + 61}, StatusListNotNowError),
        ({**CLAIMS, "nbf": None}, MalformedError),
        ({**CLAIMS, "exp": NOW, "iat": NOW - 9}, StatusListNotNowError),
        ({**CLAIMS, "exp": NOW, "iat": NOW}, MalformedError),
        ({**CLAIMS, "iat": str(NOW)}, MalformedError),
        ({**CLAIMS, "iat": True}, MalformedError),
        (without("iat"), MalformedError),
        (without("exp"), MalformedError),
        (without("ttl"), MalformedError),
        ({**CLAIMS, "ttl": 0}, MalformedError),
        ({**CLAIMS, "ttl": 3600.5}, MalformedError),
        (without("status_list"), MalformedError),
        ({**CLAIMS, "status_list": [2]}, MalformedError),
        (with_list(bits=1), MalformedError),
        (with_list(bits=2.0), MalformedError),
        (with_list(bits="2"), MalformedError),
        (with_list(lst=None), MalformedError),
        (with_list(lst=b64url_encode(zlib.compress(PACKED)) + "="), MalformedError),
        (with_list(lst=b64url_encode(PACKED)), MalformedError),
        (with_list(lst=b64url_encode(zlib.compress(bytes(MAX_BYTES + 1)))), MalformedError),
        ([CLAIMS], MalformedError),
    ],
)
def test_each_single_change_of_a_claim(claims: object, error: type[BlauweKnopError] | None) -> None:
    assert parse_status_list(signed(CLAIMS)).verify(PUBLIC, uri=URI, at=NOW).get(0) == 1
    unverified = parse_status_list(signed(claims))
    if error is None:
        assert unverified.verify(PUBLIC, uri=URI, at=NOW).get(0) == 1
        return
    with pytest.raises(error):
        unverified.verify(PUBLIC, uri=URI, at=NOW)


def test_a_clock_a_minute_behind_is_accepted() -> None:
    token = signed({**CLAIMS, "iat": NOW + 60})
    assert parse_status_list(token).verify(PUBLIC, uri=URI, at=NOW).get(0) == 1


def test_another_key_another_type_and_another_signature() -> None:
    assert parse_status_list(signed(CLAIMS)).verify(PUBLIC, uri=URI, at=NOW).get(0) == 1
    other = P256Signer(ec.generate_private_key(ec.SECP256R1()), kid="status")
    with pytest.raises(SignatureInvalidError):
        parse_status_list(signed(CLAIMS, signer=other)).verify(PUBLIC, uri=URI, at=NOW)
    with pytest.raises(MalformedError):
        parse_status_list(signed(CLAIMS, typ="JWT")).verify(PUBLIC, uri=URI, at=NOW)
    head, _payload, tail = signed(CLAIMS).split(b".")
    changed = b64url_encode(encode({**CLAIMS, "ttl": 1})).encode()
    with pytest.raises(SignatureInvalidError):
        parse_status_list(b".".join([head, changed, tail])).verify(PUBLIC, uri=URI, at=NOW)


def test_a_token_has_a_largest_size() -> None:
    with pytest.raises(MalformedError, match="more than"):
        parse_status_list(b"a" * (MAX_TOKEN_BYTES + 1))
    with pytest.raises(MalformedError, match="three parts"):
        parse_status_list(b"a" * MAX_TOKEN_BYTES)


def test_a_list_may_say_its_own_number() -> None:
    def serial(number: int) -> int:
        times = StatusListTimes(NOW, NOW + 60, 30)
        token = issue_status_list(StatusList(8), uri=URI, times=times, signer=SIGNER, serial=number)
        return parse_status_list(token).verify(PUBLIC, uri=URI, at=NOW).serial

    assert (serial(0), serial(12)) == (0, 12)
    with pytest.raises(MalformedError):
        serial(-1)
