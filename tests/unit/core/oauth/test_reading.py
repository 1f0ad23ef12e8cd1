# SPDX-License-Identifier: EUPL-1.2
"""What is refused before any table runs: parameters, assertions, proofs and tokens that cannot be read as one thing."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.oauth.authorize import answer_address, named_request
from blauweknop.core.oauth.caller import named_client, read_assertion
from blauweknop.core.oauth.client_assertion import ASSERTION_TYPE, parse_assertion
from blauweknop.core.oauth.dpop import parse_proof
from blauweknop.core.oauth.errors import (
    AuthorizationPendingError,
    InvalidAuthorizationDetailsError,
    InvalidClientError,
    InvalidDpopProofError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidTokenError,
    OAuthError,
    RequestUriUnknownError,
)
from blauweknop.core.oauth.model import PushedRequest
from blauweknop.core.oauth.nonce import Nonces
from blauweknop.core.oauth.par import pushed_request
from blauweknop.core.oauth.parameters import MAX_BYTES, MAX_PARAMETERS, parse_parameters, required
from blauweknop.core.oauth.pipelines import CALLER, SKIPPED
from blauweknop.core.oauth.rar import LINE, parse_authorization_details
from blauweknop.core.oauth.resource import parse_access_token, parse_authorization
from blauweknop.core.oauth.rows import Row, run_rows
from blauweknop.core.wire.any_key import check_signature
from blauweknop.core.wire.jwk import algorithm_of
from blauweknop.core.wire.jws import parse_compact
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import SignatureInvalidError
from tests.unit.core.oauth.caller_cases import a_caller
from tests.unit.core.oauth.kit import (
    APP,
    CALLBACK,
    CHALLENGE,
    DPOP_KEY,
    ED_KEY,
    INCOME,
    ISSUER,
    LINES,
    NONCES,
    NOW,
    REQUESTER,
    REQUESTER_ID,
    PrivateKey,
    assertion,
    proof,
    refusals,
    rsa_key,
    sign,
    thumbprint,
)
from tests.unit.core.oauth.request_cases import a_line, a_push


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


DEEP = b"[" * 20_000 + b"]" * 20_000


def test_parameters_are_read_and_empty_ones_are_not_there() -> None:
    assert parse_parameters(b"a=1&b=&c=x%20y+z") == {"a": "1", "c": "x y z"}
    assert parse_parameters(b"") == {}
    assert required({"a": "1"}, "a") == "1"


@pytest.mark.parametrize(
    "data",
    [
        b"a=1&a=1",
        b"a=1&a=",
        b"a=&a=",
        b"a",
        b"a=1&&b=2",
        b"a=%ff",
        b"a=\xc3\xa9",
        b"&".join(b"p%d=1" % number for number in range(MAX_PARAMETERS + 1)),
        b"a=" + b"x" * MAX_BYTES,
    ],
)
def test_parameters_that_two_could_read_differently_are_refused(data: bytes) -> None:
    assert parse_parameters(b"a=1")
    with pytest.raises(InvalidRequestError):
        parse_parameters(data)


def test_a_parameter_that_must_be_there_is_named() -> None:
    with pytest.raises(InvalidRequestError, match="code is missing"):
        required({}, "code")


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=20), max_size=8))
def test_what_is_encoded_is_read_back(parameters: dict[str, str]) -> None:
    assert parse_parameters(urlencode(parameters).encode()) == parameters


@given(st.binary(max_size=300))
def test_no_bytes_give_anything_but_parameters_or_a_refusal(data: bytes) -> None:
    readers = (
        parse_parameters,
        parse_access_token,
        lambda text: parse_assertion(text.decode("latin-1")),
        lambda text: parse_proof([text.decode("latin-1")]),
        lambda text: parse_authorization_details(text.decode("latin-1")),
        lambda text: parse_authorization([text.decode("latin-1")]),
    )
    for read in readers:
        try:
            read(data)
        except OAuthError as error:
            assert error.error  # noqa: PT017 - what is raised is what is tested


def test_a_client_is_named_once() -> None:
    made = parse_assertion(assertion())
    assert named_client({}, made) == REQUESTER_ID
    assert named_client({"client_id": REQUESTER_ID}, made) == REQUESTER_ID
    assert named_client({"client_id": "https://app.example"}, None) == "https://app.example"
    for parameters, asserted in [({"client_id": "https://app.example"}, made), ({}, None)]:
        with pytest.raises(InvalidClientError):
            named_client(parameters, asserted)
    with pytest.raises(InvalidClientError):
        named_client({"client_id": REQUESTER_ID}, parse_assertion(assertion(sub=...)))


def test_an_assertion_is_read_with_its_type_alone() -> None:
    text = assertion()
    assert read_assertion({}) is None
    assert read_assertion({"client_assertion_type": ASSERTION_TYPE, "client_assertion": text})
    for wrong in [
        {"client_assertion": text},
        {"client_assertion_type": ASSERTION_TYPE},
        {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer", "client_assertion": text},
    ]:
        with pytest.raises(InvalidClientError):
            read_assertion(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "a.b",
        "é.e30.e30",
        assertion() + "=",
        assertion() + "\n",
        sign({"alg": "ES256", "crit": ["exp"]}, {}, DPOP_KEY),
        sign({"alg": "ES256", "jwk": {}}, {}, DPOP_KEY),
        sign({"alg": "ES256"}, b"[]", DPOP_KEY),
        sign({"alg": "ES256"}, b'{"jti":"a","jti":"b"}', DPOP_KEY),
        sign({"alg": "ES256"}, b'{"exp":NaN}', DPOP_KEY),
        sign({"alg": "ES256"}, {"x": "y" * 4_000}, DPOP_KEY),
        sign({"alg": "ES256"}, b'{"a":' * 9 + b"1" + b"}" * 9, DPOP_KEY),
    ],
)
def test_an_assertion_of_another_form_is_refused(text: str) -> None:
    assert parse_assertion(assertion())
    with pytest.raises(InvalidClientError):
        parse_assertion(text)


PUBLIC = {"kty": "EC", "crv": "P-256"}


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [proof(), proof()],
        ["x"],
        ["é"],
        [proof(header={"jwk": ...})],
        [proof(header={"jwk": "x"})],
        [proof(header={"jwk": {**PUBLIC, "d": "AA"}})],
        [proof(header={"jwk": {"kty": "oct", "k": "AA"}})],
        [proof(header={"jwk": {**PUBLIC, "x": "AA", "y": "AA"}})],
        [proof(header={"jku": "https://a.example"})],
        [proof(header={"crit": ["x"]})],
        [proof(x="y" * 4_000)],
    ],
    ids=range(12),
)
def test_a_proof_of_another_form_is_refused(headers: list[str]) -> None:
    assert parse_proof([proof()])
    with pytest.raises(InvalidDpopProofError):
        parse_proof(headers)


def test_a_private_rsa_key_in_a_proof_is_refused_and_a_public_one_is_not() -> None:
    key = rsa_key()
    text = proof(key=key)
    assert parse_proof([text]).jws.unverified_header["alg"] == "PS256"
    with pytest.raises(InvalidDpopProofError):
        parse_proof([proof(key=key, header={"jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB", "d": "AA"}})])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[" + ",".join(["{}"] * 101) + "]",
        DEEP.decode(),
        '[{"type":"gegevensset","type":"eigen_inzage"}]',
        encode([{**INCOME, "extra": 1}]).decode(),
        encode([{**INCOME, "locations": ["a", "b"]}]).decode(),
        encode([{**INCOME, "elementen": ["a"] * 2}]).decode(),
        encode([{**INCOME, "elementen": [f"e{n}" for n in range(201)]}]).decode(),
        encode([{**INCOME, "elementen": []}]).decode(),
        encode([{**INCOME, "type": "iets"}]).decode(),
        "[" + " " * 50_000 + "]",
        "\ud800",
    ],
    ids=range(14),
)
def test_lines_of_another_form_are_refused(text: str) -> None:
    assert parse_authorization_details(encode([INCOME]).decode())
    with pytest.raises(InvalidAuthorizationDetailsError):
        parse_authorization_details(text)


def test_the_token_comes_under_scheme_dpop_and_never_as_bearer() -> None:
    assert parse_authorization(["DPoP abc"]) == b"abc"
    assert parse_authorization(["dpop abc"]) == b"abc"
    for headers in (["Bearer abc"], ["abc"], [], ["DPoP abc", "DPoP abc"], ["DPoP é"]):
        with pytest.raises(InvalidTokenError):
            parse_authorization(headers)


@pytest.mark.parametrize("token", [b"", b"a.b", b"a.b.c", b"x" * 8_001, b"e30.W10.AA", DEEP])
def test_an_access_token_of_another_form_is_refused(token: bytes) -> None:
    assert parse_access_token(sign({"alg": "ES256"}, {}, DPOP_KEY).encode())
    with pytest.raises(InvalidTokenError):
        parse_access_token(token)


def test_the_browser_brings_a_client_and_a_request_of_ours() -> None:
    ours = "urn:ietf:params:oauth:request_uri:abc"
    assert named_request({"client_id": "c", "request_uri": ours}) == ours
    for parameters in ({"client_id": "c"}, {"request_uri": ours}):
        with pytest.raises(InvalidRequestError):
            named_request(parameters)
    with pytest.raises(RequestUriUnknownError):
        named_request({"client_id": "c", "request_uri": "https://kwaad.example/"})


def test_the_answer_goes_back_with_state_and_issuer() -> None:
    pushed = PushedRequest(
        client_id="c", redirect_uri=CALLBACK, code_challenge=CHALLENGE, lines=LINES, pushed_at=NOW, state="a b&c"
    )
    there = answer_address(pushed, ISSUER, code="k")
    assert there == f"{CALLBACK}?code=k&state=a%20b%26c&iss=https%3A%2F%2Ftoestemming.example"
    plain = PushedRequest(
        client_id="c", redirect_uri="https://a.example/?x=1", code_challenge=CHALLENGE, lines=LINES, pushed_at=NOW
    )
    assert answer_address(plain, ISSUER, error="access_denied").startswith(
        "https://a.example/?x=1&error=access_denied&iss"
    )


def test_a_nonce_counts_for_sixty_seconds_under_its_own_secret() -> None:
    nonce = NONCES.make(NOW)
    assert [at for at in range(NOW - 12, NOW + 70) if NONCES.counts(nonce, at)] == list(range(NOW - 10, NOW + 61))
    assert not Nonces(b"m" * 32).counts(nonce, NOW)
    assert not NONCES.counts(nonce + "AA", NOW)
    assert not NONCES.counts("", NOW)


@given(st.integers(0, 31), st.integers(0, 63))
def test_a_nonce_with_any_character_changed_does_not_count(place: int, value: int) -> None:
    nonce = NONCES.make(NOW)
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[value]
    other = nonce[:place] + letter + nonce[place + 1 :]
    assert NONCES.counts(other, NOW) == (other == nonce)


def test_members_of_an_error_stand_only_where_they_say_something() -> None:
    assert InvalidRequestError().members() == {}
    assert InvalidAuthorizationDetailsError(dimension="element").members() == {"dimensie": "element"}
    assert InvalidGrantError().members() == {}
    assert InvalidGrantError(reason="ingetrokken").members() == {"reden": "ingetrokken"}
    assert AuthorizationPendingError("gepauzeerd", 60).members() == {"reden": "gepauzeerd", "interval": 60}


def test_what_is_kept_of_a_request_is_what_was_checked() -> None:
    kept = pushed_request(a_push(), at=NOW)
    assert (kept.client_id, kept.redirect_uri, kept.lines, kept.state) == (REQUESTER_ID, CALLBACK, LINES, "s-1")
    assert (kept.code_challenge, kept.jkt, kept.pushed_at) == (CHALLENGE, thumbprint(DPOP_KEY), NOW)
    assert pushed_request(a_push({"dpop_jkt": "k"}, jkt=""), at=NOW).jkt == "k"


def test_a_caller_without_a_proof_shows_no_key() -> None:
    assert a_caller().jkt == thumbprint(DPOP_KEY)
    assert a_caller(proof=None).jkt == ""


@pytest.mark.anyio
@pytest.mark.parametrize("skipped", SKIPPED.values(), ids=["-".join(who) for who in SKIPPED])
async def test_what_is_skipped_does_not_run(skipped: dict[str, str]) -> None:
    ran: list[str] = []

    def noting(name: str) -> Row[list[str]]:
        return Row(name, "", lambda names: names.append(name))

    await run_rows([noting(row.name) for row in CALLER], ran, skipped=skipped)
    assert ran == [row.name for row in CALLER if row.name not in skipped]


@pytest.mark.anyio
async def test_rows_that_need_something_pass_what_does_not_have_it() -> None:
    bare = a_caller(client=APP, assertion=None, proof=None)
    assert [name for name, _ in await refusals(CALLER, bare)] == ["dpop-present"]
    lost = a_line(client=REQUESTER, dienst="niets/1", datatypes=("niets/1",))
    assert {name for name, _ in await refusals(LINE, lost)} == {"service", "admission", "data-set"}


@pytest.mark.parametrize("key", [DPOP_KEY, ED_KEY, rsa_key()], ids=["ES256", "EdDSA", "PS256"])
def test_a_signature_by_each_kind_of_key_counts_and_a_changed_one_does_not(key: PrivateKey) -> None:
    good = parse_compact(sign({"alg": algorithm_of(key.public_key())}, {"a": 1}, key).encode())
    check_signature(good, key.public_key())
    other = dataclasses.replace(good, signing_input=good.signing_input + b"x")
    with pytest.raises(SignatureInvalidError):
        check_signature(other, key.public_key())
