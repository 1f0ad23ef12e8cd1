# SPDX-License-Identifier: EUPL-1.2
"""Encryption to one key: the RFC's vector, another implementation, and what is refused."""

from __future__ import annotations

import random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import ECKey

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.jwe import derive_key, encrypt_compact, parse_compact_jwe
from blauweknop.core.wire.jwk import make_jwk, parse_jwk
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError, MalformedError, SignatureInvalidError

KEY = ec.derive_private_key(20261101, ec.SECP256R1())
OTHER = ec.derive_private_key(20261102, ec.SECP256R1())
TYP = "geheim+jwe"


def chance() -> random.Random:
    return random.Random(7)


def made(plaintext: bytes = b"geheim", **header: Any) -> bytes:
    return encrypt_compact(plaintext, KEY.public_key(), header={"typ": TYP, **header}, random=chance().randbytes)


def with_header(token: bytes, **changes: Any) -> bytes:
    protected, rest = token.split(b".", 1)
    header = {**parse_object(b64url_decode(protected)), **changes}
    return b64url_encode(encode({k: v for k, v in header.items() if v is not ...})).encode() + b"." + rest


def test_the_key_derivation_is_that_of_rfc_7518_appendix_c() -> None:
    alice = ec.derive_private_key(
        int.from_bytes(b64url_decode("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"), "big"), ec.SECP256R1()
    )
    bob = parse_jwk(
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
            "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",
        }
    )
    assert isinstance(bob, ec.EllipticCurvePublicKey)
    assert make_jwk(alice.public_key())["x"] == "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0"
    derived = derive_key(alice.exchange(ec.ECDH(), bob), "A128GCM", b"Alice", b"Bob", bits=128)
    assert b64url_encode(derived) == "VqqN6vgjbSBcIijNcacQGg"


def test_another_implementation_reads_ours_and_we_read_its() -> None:
    theirs = ECKey.import_key(KEY)
    assert jwe.decrypt_compact(made(), theirs, algorithms=["ECDH-ES", "A256GCM"]).plaintext == b"geheim"
    public = ECKey.import_key(KEY.public_key())
    token = jwe.encrypt_compact(
        {"alg": "ECDH-ES", "enc": "A256GCM", "typ": TYP, "apu": "QWxpY2U", "apv": "Qm9i"}, b"terug", public
    )
    assert parse_compact_jwe(token.encode()).decrypt(KEY, typ=TYP) == b"terug"


def test_two_encryptions_have_nothing_in_common() -> None:
    source = chance().randbytes
    first, second = (encrypt_compact(b"x", KEY.public_key(), header={"typ": TYP}, random=source) for _ in range(2))
    assert not set(first.split(b".")[2:]) & set(second.split(b".")[2:])
    assert first.split(b".")[0] != second.split(b".")[0]


CHANGES: dict[str, dict[str, Any]] = {
    "alg": {"alg": "ECDH-ES+A256KW"},
    "alg-none": {"alg": "none"},
    "alg-dir": {"alg": "dir"},
    "enc": {"enc": "A128GCM"},
    "typ": {"typ": "anders+jwe"},
    "typ-absent": {"typ": ...},
    "zip": {"zip": "DEF"},
    "crit": {"crit": ["exp"]},
    "jku": {"jku": "https://a.example"},
    "jwk": {"jwk": {}},
    "x5u": {"x5u": "https://a.example"},
    "epk-absent": {"epk": ...},
    "epk-text": {"epk": "x"},
    "epk-off-curve": {"epk": {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}},
    "epk-ed25519": {"epk": {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}},
    "apu-number": {"apu": 1},
    "apv-spelling": {"apv": "QQ=="},
    "apv": {"apv": "QQ"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_one_change_of_the_header_is_refused(change: dict[str, Any]) -> None:
    assert parse_compact_jwe(made()).decrypt(KEY, typ=TYP) == b"geheim"
    with pytest.raises(DocumentError):
        parse_compact_jwe(with_header(made(), **change)).decrypt(KEY, typ=TYP)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts[:4],
        lambda parts: [*parts, b""],
        lambda parts: [parts[0], b"AA", *parts[2:]],
        lambda parts: [*parts[:2], b"AA", *parts[3:]],
        lambda parts: [*parts[:4], parts[4][:-4]],
        lambda parts: [b64url_encode(b"[]").encode(), *parts[1:]],
        lambda parts: [b64url_encode(b'{"a":1,"a":2}').encode(), *parts[1:]],
    ],
)
def test_another_form_is_refused(change: Any) -> None:
    parts = made().split(b".")
    assert parse_compact_jwe(b".".join(parts))
    with pytest.raises(MalformedError):
        parse_compact_jwe(b".".join(change(parts)))


def test_another_key_opens_nothing() -> None:
    assert parse_compact_jwe(made()).decrypt(KEY, typ=TYP) == b"geheim"
    with pytest.raises(SignatureInvalidError):
        parse_compact_jwe(made()).decrypt(OTHER, typ=TYP)


@given(st.binary(max_size=200), st.data())
def test_what_is_encrypted_is_read_back_and_any_changed_byte_is_found(plaintext: bytes, data: st.DataObject) -> None:
    token = bytearray(made(plaintext))
    assert parse_compact_jwe(bytes(token)).decrypt(KEY, typ=TYP) == plaintext
    place = data.draw(st.integers(0, len(token) - 1))
    token[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != token[place]))
    with pytest.raises(DocumentError):
        parse_compact_jwe(bytes(token)).decrypt(KEY, typ=TYP)
