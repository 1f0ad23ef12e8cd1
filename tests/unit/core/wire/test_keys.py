# SPDX-License-Identifier: EUPL-1.2
"""ES256: raw signatures of 64 bytes, by a key on P-256."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.wire.keys import P256Signer, verify_es256
from blauweknop.errors import SignatureInvalidError
from blauweknop.testing.sealing import fixed_key

KEY = fixed_key("keys")
SIGNATURE = P256Signer(KEY, kid="k").sign(b"message")


def test_a_signature_is_64_bytes_and_verifies() -> None:
    assert len(SIGNATURE) == 64
    verify_es256(KEY.public_key(), SIGNATURE, b"message")


def test_a_signer_says_its_name_and_certificates() -> None:
    signer = P256Signer(KEY, kid="k", certificates=(b"der",))
    assert (signer.alg, signer.kid, signer.certificates) == ("ES256", "k", (b"der",))


@pytest.mark.parametrize(
    ("signature", "data"),
    [
        (SIGNATURE, b"massage"),
        (SIGNATURE[:-1], b"message"),
        (SIGNATURE + b"\0", b"message"),
        (b"", b"message"),
        (bytes(64), b"message"),
        (b"\xff" * 64, b"message"),
        (SIGNATURE[32:] + SIGNATURE[:32], b"message"),
    ],
)
def test_another_signature_or_message_is_refused(signature: bytes, data: bytes) -> None:
    with pytest.raises(SignatureInvalidError):
        verify_es256(KEY.public_key(), signature, data)


def test_another_curve_is_refused() -> None:
    key = ec.derive_private_key(7, ec.SECP384R1())
    with pytest.raises(SignatureInvalidError, match="P-256"):
        verify_es256(key.public_key(), SIGNATURE, b"message")


@given(st.integers(0, 511))
def test_any_bit_turned_is_found(bit: int) -> None:
    turned = bytearray(SIGNATURE)
    turned[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SignatureInvalidError):
        verify_es256(KEY.public_key(), bytes(turned), b"message")
