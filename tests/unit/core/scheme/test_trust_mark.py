# SPDX-License-Identifier: EUPL-1.2
"""The mark and its status (OpenID Federation 1.0 §7 and §8.4)."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.scheme.errors import TrustMarkError, TrustMarkExpiredError
from blauweknop.core.scheme.trust_mark import (
    STATUS_TYP,
    TYP,
    MarkExpected,
    TrustMark,
    TrustMarkStatus,
    issue_mark_status,
    issue_trust_mark,
    mark_type,
    parse_trust_mark,
    verify_mark_status,
)
from blauweknop.core.wire.jws import parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import BlauweKnopError, MalformedError, SignatureInvalidError
from blauweknop.testing.registering import AT, REGISTER_ISS, SOURCE_ISS, SOURCE_OIN, make_signer, named_key

SIGNER = make_signer("manager statement")
KEY = named_key("manager statement").public_key()
MARK = TrustMark(
    iss=REGISTER_ISS,
    sub=SOURCE_ISS,
    type=mark_type(REGISTER_ISS),
    iat=AT,
    exp=AT + 1000,
    ref=f"{REGISTER_ISS}/deelnemers/{SOURCE_OIN}",
    oin=SOURCE_OIN,
    environment="test",
)
EXPECTED = MarkExpected(REGISTER_ISS, SOURCE_ISS, "test")


def verify(
    mark: TrustMark = MARK, *, expected: MarkExpected = EXPECTED, at: int = AT, key: ec.EllipticCurvePublicKey = KEY
) -> TrustMark:
    return parse_trust_mark(issue_trust_mark(mark, SIGNER)).verify(key, expected=expected, at=at)


def changed(**members: Any) -> TrustMark:
    return msgspec.structs.replace(MARK, **members)


def test_bk060_a_mark_is_checkable() -> None:
    assert verify() == MARK
    assert verify(at=AT - 10) == MARK
    header = parse_compact(issue_trust_mark(MARK, SIGNER)).unverified_header
    assert (header["typ"], header["kid"]) == (TYP, SIGNER.kid)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"mark": changed(iss=SOURCE_ISS)}, TrustMarkError),
        ({"mark": changed(sub="https://elders.example")}, TrustMarkError),
        ({"mark": changed(environment="productie")}, TrustMarkError),
        ({"mark": changed(type=REGISTER_ISS)}, TrustMarkError),
        ({"expected": replace(EXPECTED, sub="https://nagemaakt.example")}, TrustMarkError),
        ({"expected": replace(EXPECTED, environment="productie")}, TrustMarkError),
        ({"at": AT + 1000}, TrustMarkExpiredError),
        ({"at": AT - 11}, TrustMarkExpiredError),
        ({"key": named_key("source token").public_key()}, SignatureInvalidError),
    ],
)
def test_bk060_a_mark_of_another_place_time_or_key_is_refused(
    arguments: dict[str, Any], error: type[BlauweKnopError]
) -> None:
    verify()
    with pytest.raises(error):
        verify(**arguments)


def test_a_mark_of_another_form_is_refused() -> None:
    with pytest.raises(TrustMarkError):
        parse_trust_mark(b"a" * 9000)
    with pytest.raises(MalformedError):
        parse_trust_mark(b"a.b")
    members = {**msgspec.to_builtins(MARK)}
    del members["exp"]
    token = sign_compact({"typ": TYP}, encode(members), SIGNER)
    with pytest.raises(TrustMarkError):
        parse_trust_mark(token).verify(KEY, expected=EXPECTED, at=AT)
    token = sign_compact({"typ": "jwt"}, encode(MARK), SIGNER)
    with pytest.raises(MalformedError):
        parse_trust_mark(token).verify(KEY, expected=EXPECTED, at=AT)


TOKEN = issue_trust_mark(MARK, SIGNER)
ANSWER = TrustMarkStatus(iss=REGISTER_ISS, iat=AT, trust_mark=TOKEN.decode(), status="revoked")


def answered(**members: Any) -> bytes:
    return issue_mark_status(msgspec.structs.replace(ANSWER, **members), SIGNER)


def test_bk060_the_register_says_whether_a_mark_still_stands() -> None:
    assert verify_mark_status(answered(), KEY, iss=REGISTER_ISS, mark=TOKEN, asked_at=AT) == "revoked"


@pytest.mark.parametrize(
    "token",
    [
        answered(iss=SOURCE_ISS),
        answered(iat=AT - 11),
        answered(iat=AT + 11),
        answered(trust_mark="a.b.c"),
        sign_compact({"typ": STATUS_TYP}, encode({"iss": REGISTER_ISS}), SIGNER),
        issue_mark_status(msgspec.structs.replace(ANSWER, status="goed"), SIGNER),
    ],
)
def test_an_answer_to_another_question_is_refused(token: bytes) -> None:
    with pytest.raises(TrustMarkError):
        verify_mark_status(token, KEY, iss=REGISTER_ISS, mark=TOKEN, asked_at=AT)
