# SPDX-License-Identifier: EUPL-1.2
"""COSE_Sign1: read by a library nobody here wrote, and refused in every other shape."""

import warnings
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.wire.cbor import encode_cbor, parse_cbor
from blauweknop.core.wire.cose import parse_sign1, sign1_length, sign_sign1
from blauweknop.core.wire.keys import P256Signer
from blauweknop.errors import MalformedError, SignatureInvalidError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pycose 1.1 asks for names that cryptography has moved
    from pycose.keys.curves import P256
    from pycose.keys.ec2 import EC2Key
    from pycose.messages.sign1message import Sign1Message

KEY = ec.derive_private_key(7, ec.SECP256R1())
PUBLIC = KEY.public_key()
SIGNER = P256Signer(KEY, kid="")
KID = bytes(range(32))
PAYLOAD = encode_cbor({"iat": 1})
MAX = 1000


def message() -> bytes:
    return sign_sign1(PAYLOAD, kid=KID, signer=SIGNER)


def pycose_key() -> Any:
    numbers = PUBLIC.public_numbers()
    return EC2Key(crv=P256, x=numbers.x.to_bytes(32, "big"), y=numbers.y.to_bytes(32, "big"))


def test_what_we_sign_another_library_verifies() -> None:
    # Its own decode() wants an older cbor2, that gives lists inside tags; the rest of the library is what counts here.
    theirs = Sign1Message.from_cose_obj(parts(), True)
    theirs.key = pycose_key()
    assert theirs.verify_signature()
    assert theirs.payload == PAYLOAD


def test_what_another_library_signs_we_verify() -> None:
    theirs = Sign1Message(phdr={1: -7, 4: KID}, payload=PAYLOAD)
    numbers = PUBLIC.public_numbers()
    theirs.key = EC2Key(
        crv=P256, x=numbers.x.to_bytes(32, "big"), y=numbers.y.to_bytes(32, "big"), d=(7).to_bytes(32, "big")
    )
    assert parse_sign1(theirs.encode(), max_bytes=MAX).verify(PUBLIC) == PAYLOAD


def test_the_length_is_known_beforehand() -> None:
    for size in (0, 23, 24, 255, 256, 600):
        assert len(sign_sign1(bytes(size), kid=KID, signer=SIGNER)) == sign1_length(size, len(KID))


def parts() -> list[Any]:
    value = parse_cbor(message()[1:], max_bytes=MAX)
    assert isinstance(value, list)
    return value


def with_part(place: int, part: object) -> bytes:
    changed = parts()
    changed[place] = part
    return b"\xd2" + encode_cbor(changed)


def test_a_part_put_back_unchanged_passes() -> None:
    for place in range(4):
        assert parse_sign1(with_part(place, parts()[place]), max_bytes=MAX).verify(PUBLIC) == PAYLOAD


@pytest.mark.parametrize(
    "data",
    [
        b"",
        message()[1:],  # untagged
        b"\xd8\x12" + message()[1:],  # the tag in two bytes
        b"\xd1" + message()[1:],  # another tag
        b"\xd2" + encode_cbor(parts()[:3]),
        b"\xd2" + encode_cbor([*parts(), b""]),
        b"\xd2" + encode_cbor({"payload": PAYLOAD}),
        message() + b"\0",
        with_part(1, {4: KID}),  # kid in the unprotected header too
        with_part(1, []),
        with_part(2, None),  # detached
        with_part(2, "text"),
        with_part(3, None),
        with_part(0, b""),
        with_part(0, {}),
        with_part(0, encode_cbor([])),
        with_part(0, encode_cbor({1: -7})),
        with_part(0, encode_cbor({1: -7, 3: 0, 4: KID})),
        with_part(0, encode_cbor({1: -35, 4: KID})),  # ES384
        with_part(0, encode_cbor({1: 5, 4: KID})),  # HMAC
        with_part(0, encode_cbor({1: -7, 4: "kid"})),
        with_part(0, b"\xa2\x04\x58\x20" + KID + b"\x01\x26"),  # members in another order
    ],
)
def test_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_sign1(data, max_bytes=MAX)


def test_larger_than_allowed_is_refused() -> None:
    with pytest.raises(MalformedError):
        parse_sign1(message(), max_bytes=len(message()) - 2)


@pytest.mark.parametrize(
    "data",
    [
        with_part(0, encode_cbor({1: -7, 4: bytes(32)})),
        with_part(2, encode_cbor({"iat": 2})),
        with_part(3, bytes(64)),
        with_part(3, bytes(63)),
        with_part(3, parts()[3] + b"\0"),
    ],
)
def test_a_changed_part_breaks_the_signature(data: bytes) -> None:
    with pytest.raises(SignatureInvalidError):
        parse_sign1(data, max_bytes=MAX).verify(PUBLIC)


def test_another_key_is_refused() -> None:
    with pytest.raises(SignatureInvalidError):
        parse_sign1(message(), max_bytes=MAX).verify(ec.derive_private_key(8, ec.SECP256R1()).public_key())
