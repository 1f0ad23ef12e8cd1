# SPDX-License-Identifier: EUPL-1.2
"""Public keys as JWK: one spelling, and the thumbprints of the RFCs."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import algorithm_of, jwk_members_thumbprint, jwk_thumbprint, make_jwk, parse_jwk
from blauweknop.errors import MalformedError
from blauweknop.testing.sealing import fixed_key

# RFC 7638 §3.1 and RFC 8037 appendix A.2, A.3.
RSA = {
    "kty": "RSA",
    "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o"
    "knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5"
    "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
    "e": "AQAB",
    "alg": "RS256",
    "kid": "2011-04-29",
}
OKP = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
EC = make_jwk(fixed_key("jwk").public_key())


@pytest.mark.parametrize(
    ("jwk", "thumbprint", "algorithm"),
    [
        (RSA, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", "PS256"),
        (OKP, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "EdDSA"),
    ],
)
def test_thumbprints_are_those_of_the_rfcs(jwk: dict[str, Any], thumbprint: str, algorithm: str) -> None:
    key = parse_jwk(jwk)
    assert (jwk_thumbprint(key), algorithm_of(key)) == (thumbprint, algorithm)
    assert parse_jwk(make_jwk(key)) == key
    assert jwk_members_thumbprint(jwk) == thumbprint


def test_a_key_on_p256_comes_back() -> None:
    key = parse_jwk(EC)
    assert (make_jwk(key), algorithm_of(key)) == (EC, "ES256")


SMALL = rsa.generate_private_key(65537, 1024).public_key().public_numbers()


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {**EC, "kty": "oct"},
        {**EC, "d": "AAAA"},
        {"kty": "oct", "k": "AAAA"},
        {**EC, "crv": "P-384"},
        {**EC, "x": EC["x"] + "="},
        {**EC, "x": "AAAA"},
        {**EC, "x": 1},
        {**EC, "y": EC["x"]},
        {**OKP, "crv": "X25519"},
        {**OKP, "x": "AAAA"},
        {**RSA, "e": "Aw"},
        {**RSA, "e": ""},
        {**RSA, "n": "AA" + RSA["n"]},
        {**RSA, "n": b64url_encode(SMALL.n.to_bytes(128, "big"))},
        {**RSA, "n": RSA["n"][:-2] + "gg"},
    ],
)
def test_other_keys_are_refused(jwk: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        parse_jwk(jwk)


@pytest.mark.parametrize("jwk", [{}, {"kty": "oct", "k": "AAAA"}, {"kty": "EC", "crv": "P-256", "x": EC["x"]}])
def test_what_is_no_public_key_has_no_thumbprint(jwk: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        jwk_members_thumbprint(jwk)
