# SPDX-License-Identifier: EUPL-1.2
"""Access tokens: what stands in them, what only the source can read, and what a source refuses."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import msgspec
import pytest

from blauweknop.core.consent.line import parse_lines
from blauweknop.core.oauth.access_token import TokenOrder, issue_access_token, own_token, source_token, token_answer
from blauweknop.core.oauth.dpop import VerifiedProof
from blauweknop.core.oauth.errors import InvalidDpopProofError, InvalidTokenError, UseDpopNonceError
from blauweknop.core.oauth.metadata import authorization_server_metadata, key_set
from blauweknop.core.oauth.model import Identity, Standing, StatusRef
from blauweknop.core.oauth.rar import MAX_TOKEN, token_size
from blauweknop.core.oauth.resource import (
    TokenExpected,
    VerifiedAccessToken,
    open_subject,
    parse_access_token,
    verify_dpop,
)
from blauweknop.core.oauth.subject import Act, Subject, decrypt_subject, subject_key_id
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.jwe import encrypt_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from tests.unit.core.oauth.kit import (
    CIVIL,
    DPOP_KEY,
    HOUSEHOLD,
    INCOME,
    ISSUER,
    NONCES,
    NOW,
    OTHER_KEY,
    REQUESTER_ID,
    SOURCE_KEY,
    TAX,
    TOKEN_KEY,
    TOKEN_SIGNER,
    chance,
    proof,
    sign,
    thumbprint,
)

BSN = "999996149"
GRANTED = parse_lines([{**INCOME, "regel": "r-1"}, {**HOUSEHOLD, "regel": "r-2"}])
STANDING = Standing(lines=GRANTED, until=NOW + 9_000, sub="pairwise-1", acr="substantieel")
IDENTITY = Identity(
    person={"bsn": BSN}, key=SOURCE_KEY.public_key(), kid="enc-1", status=StatusRef(f"{ISSUER}/status/1/1", 7)
)
ORDER = TokenOrder(
    issuer=ISSUER,
    environment="test",
    client_id=REQUESTER_ID,
    grant_id="g-1",
    jkt=thumbprint(DPOP_KEY),
    jti="t-1",
    at=NOW,
)
EXPECTED = TokenExpected(issuer=ISSUER, keys={"token-1": TOKEN_KEY.public_key()}, audience=TAX, environment="test")
DELIVERIES = f"{TAX}/v1/leveringen"


def made(*, seed: int = 1, identity: Identity = IDENTITY, **order: Any) -> str:
    changed = msgspec.structs.replace(ORDER, **order)
    claims = source_token(changed, STANDING, identity, source=TAX, random=chance(seed).randbytes)
    return issue_access_token(claims, TOKEN_SIGNER)


def verified(token: str) -> VerifiedAccessToken:
    return parse_access_token(token.encode()).verify(EXPECTED, at=NOW)


def payload(token: str) -> dict[str, Any]:
    return parse_object(b64url_decode(token.split(".")[1]))


def test_a_token_holds_exactly_the_claims_of_the_design() -> None:
    token = made()
    claims = payload(token)
    subject = claims.pop("subject")
    assert claims == {
        "iss": ISSUER,
        "aud": TAX,
        "client_id": REQUESTER_ID,
        "sub": "pairwise-1",
        "iat": NOW,
        "exp": NOW + 300,
        "jti": "t-1",
        "cnf": {"jkt": thumbprint(DPOP_KEY)},
        "grant_id": "g-1",
        "acr": "substantieel",
        "omgeving": "test",
        "authorization_details": [{**INCOME, "regel": "r-1"}],
        "status": {"status_list": {"uri": f"{ISSUER}/status/1/1", "idx": 7}},
    }
    assert parse_object(b64url_decode(token.split(".")[0])) == {"alg": "ES256", "typ": "at+jwt", "kid": "token-1"}
    assert subject_key_id(subject) == "enc-1"


def test_what_is_issued_is_believed_by_its_source_and_opened_with_its_key() -> None:
    token = verified(made())
    assert token.claims.authorization_details == GRANTED[:1]
    unverified = parse_access_token(made().encode())
    assert (unverified.unverified_issuer, unverified.unverified_kid) == (ISSUER, "token-1")
    subject = open_subject(token, SOURCE_KEY)
    assert subject == Subject(bsn=BSN, grant_id="g-1", jti="t-1", aud=TAX)
    assert BSN not in repr(subject)
    assert BSN not in repr(IDENTITY)


def test_bk082_no_bsn_and_nothing_lasting_can_be_read_in_a_token() -> None:
    first, second = made(seed=1), made(seed=2)
    for token in (first, second):
        assert BSN.encode() not in b"".join(b64url_decode(part) for part in token.split("."))
    assert payload(first)["subject"] != payload(second)["subject"]


def test_a_mandate_travels_inside_the_subject_and_does_not_show() -> None:
    act = {"sub": "pairwise-2", "mandaat": "m-1", "status": {"status_list": {"idx": 1, "uri": "https://a.example/1"}}}
    plain = verified(made(identity=dataclasses.replace(IDENTITY, person={"koppeling": "k-1"})))
    acted = verified(made(identity=dataclasses.replace(IDENTITY, person={"koppeling": "k-1"}, act=act)))
    found = open_subject(acted, SOURCE_KEY).act
    assert found == Act(sub="pairwise-2", mandate="m-1", status=act["status"])  # type: ignore[arg-type]
    assert open_subject(plain, SOURCE_KEY).act is None
    assert len(plain.claims.subject) == len(acted.claims.subject)


def test_without_status_the_claim_is_absent() -> None:
    assert "status" not in payload(made(identity=dataclasses.replace(IDENTITY, status=None)))


def test_a_token_for_the_server_itself_opens_no_source() -> None:
    token = issue_access_token(own_token(ORDER, STANDING), TOKEN_SIGNER)
    assert set(payload(token)) & {"subject", "authorization_details", "status"} == set()
    assert payload(token)["aud"] == ISSUER
    with pytest.raises(InvalidTokenError):
        verified(token)
    to_itself = dataclasses.replace(EXPECTED, audience=ISSUER)
    with pytest.raises(InvalidTokenError):
        parse_access_token(token.encode()).verify(to_itself, at=NOW)


def test_a_token_never_outlives_its_grant() -> None:
    claims = own_token(ORDER, dataclasses.replace(STANDING, until=NOW + 40))
    assert claims.exp == NOW + 40
    answer = token_answer(claims, "x", lines=GRANTED)
    assert answer["expires_in"] == 40
    assert "refresh_token" not in answer
    assert token_answer(claims, "x", lines=GRANTED, refresh_token="r")["refresh_token"] == "r"


@pytest.mark.parametrize("missing", ["cnf", "grant_id", "acr", "jti", "client_id", "sub"])
def test_a_signed_token_that_lacks_a_claim_is_refused(missing: str) -> None:
    claims = payload(made())
    header = {"alg": "ES256", "typ": "at+jwt", "kid": "token-1"}
    assert verified(sign(header, claims, TOKEN_KEY))
    del claims[missing]
    with pytest.raises(InvalidTokenError):
        verified(sign(header, claims, TOKEN_KEY))


def test_the_subject_of_another_token_grant_or_source_is_refused() -> None:
    token = verified(made())
    assert open_subject(token, SOURCE_KEY)
    for other in (
        verified(made(jti="t-2")).claims.subject,
        verified(made(grant_id="g-2")).claims.subject,
        source_token(ORDER, STANDING, IDENTITY, source=CIVIL, random=chance().randbytes).subject,
    ):
        swapped = VerifiedAccessToken(msgspec.structs.replace(token.claims, subject=other), token.raw)
        with pytest.raises(InvalidTokenError, match="another token"):
            open_subject(swapped, SOURCE_KEY)


@pytest.mark.parametrize(
    ("content", "typ"),
    [
        (b'{"bsn":"999996149","koppeling":"k","grant_id":"g","jti":"j","aud":"a"}', "subject+jwe"),
        (b'{"grant_id":"g","jti":"j","aud":"a"}', "subject+jwe"),
        (b'{"bsn":"1","bsn":"2","grant_id":"g","jti":"j","aud":"a"}', "subject+jwe"),
        (b'{"bsn":"1","grant_id":"g","jti":"j","aud":"a","extra":1}', "subject+jwe"),
        (b'{"bsn":"1","grant_id":"g","jti":"j","aud":"a","act":{"sub":"s","mandaat":"m","act":{}}}', "subject+jwe"),
        (b"[]", "subject+jwe"),
        (b'{"bsn":"1","grant_id":"g","jti":"j","aud":"a"}', "levering+jwe"),
    ],
)
def test_a_subject_of_another_form_is_refused_without_a_word_of_it(content: bytes, typ: str) -> None:
    def sealed(plaintext: bytes, kind: str) -> str:
        token = encrypt_compact(plaintext, SOURCE_KEY.public_key(), header={"typ": kind}, random=chance().randbytes)
        return token.decode()

    assert decrypt_subject(sealed(b'{"bsn":"1","grant_id":"g","jti":"j","aud":"a"}', "subject+jwe"), SOURCE_KEY)
    with pytest.raises(InvalidTokenError) as caught:
        decrypt_subject(sealed(content, typ), SOURCE_KEY)
    assert caught.value.__cause__ is None
    assert BSN not in str(caught.value)
    assert subject_key_id(sealed(content, typ)) == ""


def test_a_subject_for_another_key_or_too_large_is_refused() -> None:
    subject = verified(made()).claims.subject
    for token, key in ((subject, OTHER_KEY), ("x" * 4_001, SOURCE_KEY), ("é", SOURCE_KEY)):
        with pytest.raises(InvalidTokenError):
            decrypt_subject(token, key)
    with pytest.raises(InvalidTokenError):
        subject_key_id("x")


def test_the_sender_holds_the_key_that_the_token_is_bound_to() -> None:
    token = verified(made())

    def sent(text: str) -> VerifiedProof:
        return verify_dpop([text], token, method="POST", url=DELIVERIES, profile="vrager", nonces=NONCES, at=NOW)

    ath: dict[str, Any] = {"ath": _ath(token.raw), "url": DELIVERIES}
    assert sent(proof(**ath)) == VerifiedProof(thumbprint(DPOP_KEY), "p-1")
    for wrong in (
        proof(key=OTHER_KEY, **ath),
        proof(url=DELIVERIES),
        proof(ath="A" * 43, url=DELIVERIES),
        proof(ath=ath["ath"]),
        proof(**ath, htm="GET"),
    ):
        with pytest.raises(InvalidDpopProofError):
            sent(wrong)
    with pytest.raises(UseDpopNonceError):
        sent(proof(**ath, iat=NOW - 100))


def test_the_size_that_is_promised_at_par_is_kept() -> None:
    # The dearest identity: a mandate with a status, long names.
    act = {"sub": "s" * 43, "mandaat": "m" * 22, "status": {"status_list": {"idx": 99_999, "uri": "https://x" * 8}}}
    identity = dataclasses.replace(IDENTITY, person={"koppeling": "k" * 43}, act=act)
    for count in (1, 5, 8):
        lines = tuple(msgspec.structs.replace(GRANTED[0], regel="A" * 22) for _ in range(count))
        claims = source_token(
            msgspec.structs.replace(ORDER, jti="j" * 22, grant_id="g" * 22),
            dataclasses.replace(STANDING, lines=lines, sub="s" * 43),
            identity,
            source=TAX,
            random=chance().randbytes,
        )
        token = issue_access_token(claims, TOKEN_SIGNER)
        assert len(token) <= token_size(lines, TAX)
    assert token_size(lines, TAX) <= MAX_TOKEN


def test_the_metadata_name_what_is_there_and_an_as_inside_a_source_says_it_knows_apps_alone() -> None:
    full = authorization_server_metadata(ISSUER)
    inside = authorization_server_metadata(TAX, own_access_only=True)
    assert full["token_endpoint_auth_methods_supported"] == ["private_key_jwt", "none"]
    assert inside["token_endpoint_auth_methods_supported"] == ["none"]
    assert inside["authorization_details_types_supported"] == ["eigen_inzage"]
    assert "token_endpoint_auth_signing_alg_values_supported" not in inside
    assert full["authorization_response_iss_parameter_supported"] is True
    assert full["require_pushed_authorization_requests"] is True
    assert all(value.startswith(ISSUER) for name, value in full.items() if name.endswith(("_endpoint", "_uri")))
    (key,) = key_set({"token-1": TOKEN_KEY.public_key()})["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert encode(key)


def _ath(token: bytes) -> str:
    return b64url_encode(hashlib.sha256(token).digest())
