# SPDX-License-Identifier: EUPL-1.2
"""What our own clients sign is what our own servers believe, for that one request."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from blauweknop.core.oauth.access_token import capacity_token, issue_access_token
from blauweknop.core.oauth.client_assertion import AssertionSituation, check_assertion, parse_assertion
from blauweknop.core.oauth.client_side import ProofKey, sign_assertion
from blauweknop.core.oauth.dpop import ProofSituation, check_proof, parse_proof
from blauweknop.core.oauth.errors import InvalidClientError, InvalidDpopProofError
from blauweknop.core.oauth.resource import open_subject, parse_access_token
from blauweknop.core.wire.keys import P256Signer
from tests.unit.core.oauth.kit import (
    CLIENT_KEY,
    DPOP_KEY,
    ISSUER,
    LINES,
    NONCES,
    NOW,
    REQUESTER,
    REQUESTER_ID,
    SOURCE_KEY,
    TAX,
    TOKEN_SIGNER,
    chance,
    thumbprint,
)
from tests.unit.core.oauth.test_access_token import BSN, EXPECTED, IDENTITY, ORDER

URL = f"{TAX}/v1/leveringen"
CLIENT_SIGNER = P256Signer(CLIENT_KEY, kid="client-1")
DPOP_SIGNER = P256Signer(DPOP_KEY, kid=thumbprint(DPOP_KEY))


def test_an_assertion_of_ours_is_believed_by_its_server_and_no_other() -> None:
    made = parse_assertion(sign_assertion(REQUESTER_ID, ISSUER, signer=CLIENT_SIGNER, jti="j", at=NOW))
    good = AssertionSituation(assertion=made, client_id=REQUESTER_ID, keys=REQUESTER.keys, issuer=ISSUER, at=NOW)
    check_assertion(good)
    for other in ({"issuer": "https://ander.example"}, {"at": NOW + 70}, {"client_id": TAX}):
        with pytest.raises(InvalidClientError):
            check_assertion(dataclasses.replace(good, **other))


@pytest.mark.parametrize("nonce", ["", NONCES.make(NOW)])
@pytest.mark.parametrize("token", [b"", b"abc"])
def test_a_proof_of_ours_is_believed_for_its_request_and_no_other(nonce: str, token: bytes) -> None:
    key = ProofKey(DPOP_SIGNER, DPOP_KEY.public_key())
    text = key.prove("POST", URL, jti="j", at=NOW, nonce=nonce, access_token=token)
    good = ProofSituation(
        proof=parse_proof([text]),
        method="POST",
        url=URL,
        profile="vrager",
        nonces=NONCES,
        at=NOW,
        access_token=token,
    )
    assert check_proof(good).jkt == thumbprint(DPOP_KEY)
    for other in ({"method": "GET"}, {"url": URL + "/"}, {"access_token": b"abd"}):
        with pytest.raises(InvalidDpopProofError):
            check_proof(dataclasses.replace(good, **other))


def test_the_capacity_question_is_the_servers_own_without_a_grant_and_for_a_minute() -> None:
    line = msgspec.structs.replace(LINES[0], type="bekwaamheid", dienst="", datatypes=("bekwaamheid/1",))
    order = msgspec.structs.replace(ORDER, client_id=ISSUER, grant_id="")
    identity = dataclasses.replace(IDENTITY, status=None)
    claims = capacity_token(order, line, identity, random=chance().randbytes)
    token = parse_access_token(issue_access_token(claims, TOKEN_SIGNER).encode()).verify(EXPECTED, at=NOW)
    assert (token.claims.client_id, token.claims.sub, token.claims.grant_id) == (ISSUER, ISSUER, "")
    assert token.claims.exp == NOW + 60
    assert token.claims.status is None
    assert [line.type for line in token.claims.authorization_details] == ["bekwaamheid"]
    assert open_subject(token, SOURCE_KEY).bsn == BSN
