# SPDX-License-Identifier: EUPL-1.2
"""Compact JWS and its key: RFC 7515 A.3 from outside, and one named change each."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.jws import parse_compact, sign_compact
from blauweknop.core.wire.keys import P256Signer, verify_es256
from blauweknop.errors import BlauweKnopError, MalformedError, SignatureInvalidError

KEY = ec.derive_private_key(0xB1A0, ec.SECP256R1())
OTHER = ec.derive_private_key(0xB1A1, ec.SECP256R1())
SIGNER = P256Signer(KEY, kid="sleutel-1")
PAYLOAD = b'{"waarde":1}'
GOOD = sign_compact({"typ": "proef+jwt"}, PAYLOAD, SIGNER)

# RFC 7515 appendix A.3: key, token.
RFC_X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
RFC_Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
RFC_TOKEN = (
    b"eyJhbGciOiJFUzI1NiJ9"
    b".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    b".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
)


def rewritten(**header: object) -> bytes:
    """The good token with another header, signed again by the right key."""
    members = {"alg": "ES256", "typ": "proef+jwt", "kid": "sleutel-1", **header}
    head = b64url_encode(json.dumps({key: value for key, value in members.items() if value is not None}).encode())
    signed = f"{head}.{b64url_encode(PAYLOAD)}".encode()
    return signed + b"." + b64url_encode(SIGNER.sign(signed)).encode()


def test_a_signed_payload_is_read_after_verifying() -> None:
    token = parse_compact(GOOD)
    verified = token.verify(KEY.public_key(), typ="proef+jwt")
    assert verified.payload == PAYLOAD
    assert verified.header == {"alg": "ES256", "typ": "proef+jwt", "kid": "sleutel-1"}
    assert parse_compact(rewritten()).verify(KEY.public_key(), typ="proef+jwt").payload == PAYLOAD
    assert SIGNER.certificates == ()


def test_the_example_of_the_rfc_verifies() -> None:
    x, y = (int.from_bytes(b64url_decode(text), "big") for text in (RFC_X, RFC_Y))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    signed, _, signature = RFC_TOKEN.rpartition(b".")
    verify_es256(key, b64url_decode(signature), signed)


def test_the_example_of_the_rfc_has_no_type_and_is_refused_where_one_is_expected() -> None:
    x, y = (int.from_bytes(b64url_decode(text), "big") for text in (RFC_X, RFC_Y))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    with pytest.raises(MalformedError, match="typ"):
        parse_compact(RFC_TOKEN).verify(key, typ="proef+jwt")


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ({"alg": "none"}, SignatureInvalidError),
        ({"alg": "HS256"}, SignatureInvalidError),
        ({"alg": "ES384"}, SignatureInvalidError),
        ({"alg": "es256"}, SignatureInvalidError),
        ({"alg": None}, SignatureInvalidError),
        ({"typ": "ander+jwt"}, MalformedError),
        ({"typ": None}, MalformedError),
        ({"typ": "PROEF+JWT"}, MalformedError),
        ({"crit": ["exp"]}, MalformedError),
        ({"jku": "https://elders.example/jwks"}, MalformedError),
        ({"jwk": {}}, MalformedError),
        ({"x5u": "https://elders.example/c.pem"}, MalformedError),
        ({"b64": False}, MalformedError),
    ],
)
def test_a_change_of_the_header_is_refused_although_the_signature_fits(
    header: dict[str, object], error: type[BlauweKnopError]
) -> None:
    with pytest.raises(error):
        parse_compact(rewritten(**header)).verify(KEY.public_key(), typ="proef+jwt")


HEAD, BODY, SIGNATURE = GOOD.split(b".")


@pytest.mark.parametrize(
    "token",
    [
        b"",
        HEAD + b"." + BODY,
        GOOD + b".",
        GOOD + b"." + SIGNATURE,
        GOOD + b"\n",
        HEAD + b"=." + BODY + b"." + SIGNATURE,
        b64url_encode(b"[]").encode() + b"." + BODY + b"." + SIGNATURE,
        b64url_encode(b'{"alg":"ES256","alg":"ES256"}').encode() + b"." + BODY + b"." + SIGNATURE,
        HEAD + b"." + BODY + b"!." + SIGNATURE,
    ],
)
def test_what_is_not_a_compact_jws_is_refused(token: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_compact(token)


def test_another_key_is_refused() -> None:
    with pytest.raises(SignatureInvalidError):
        parse_compact(GOOD).verify(OTHER.public_key(), typ="proef+jwt")


def test_a_key_on_another_curve_is_refused() -> None:
    wrong = ec.derive_private_key(7, ec.SECP384R1()).public_key()
    with pytest.raises(SignatureInvalidError, match="P-256"):
        parse_compact(GOOD).verify(wrong, typ="proef+jwt")


@pytest.mark.parametrize("length", [0, 63, 65, 70, 128])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    signature = (b64url_decode(SIGNATURE) * 2)[:length]
    with pytest.raises(SignatureInvalidError, match="64 bytes"):
        verify_es256(KEY.public_key(), signature, HEAD + b"." + BODY)


@pytest.mark.parametrize("part", [b"\0" * 32, b"\xff" * 32])
def test_numbers_outside_the_group_are_refused(part: bytes) -> None:
    good = b64url_decode(SIGNATURE)
    for signature in (part + good[32:], good[:32] + part):
        with pytest.raises(SignatureInvalidError):
            verify_es256(KEY.public_key(), signature, HEAD + b"." + BODY)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(place: int, change: int) -> None:
    token = bytearray(GOOD)
    token[place] ^= change
    with pytest.raises(BlauweKnopError):
        parse_compact(bytes(token)).verify(KEY.public_key(), typ="proef+jwt")
