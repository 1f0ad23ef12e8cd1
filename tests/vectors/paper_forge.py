# SPDX-License-Identifier: EUPL-1.2
"""Writes paper codes, good and bad, byte by byte; shares no code with ``src/`` but the fixed keys."""

import dataclasses
import hashlib
from collections.abc import Callable
from typing import Any

import cbor2
from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.testing.sealing import FixedSigner, seal_kit

KIT = seal_kit()
KID = hashlib.sha256(KIT.certificate.public_bytes(Encoding.DER)).digest()
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(data: bytes) -> str:
    """By the picture of RFC 9285 §4: n = c + d·45 + e·45²."""
    text = ""
    for pair in (data[at : at + 2] for at in range(0, len(data), 2)):
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            text += LETTERS[number % 45]
            number //= 45
    return text


def cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def as_is(given: Any) -> Any:
    return given


@dataclasses.dataclass
class PaperForge:
    """A code in the making; an edit changes any of these, and the seal is set over the result."""

    payload: dict[Any, Any]
    header: dict[Any, Any] = dataclasses.field(default_factory=lambda: {1: -7, 4: KID})
    unprotected: object = dataclasses.field(default_factory=dict)
    signer: FixedSigner = KIT.signer
    encode_payload: Callable[[object], bytes] = cbor
    tag: bytes = b"\xd2"
    prefix: str = "BK1:"
    edit_signature: Callable[[Any], Any] = as_is
    edit_bytes: Callable[[Any], Any] = as_is
    edit_text: Callable[[Any], Any] = as_is

    def write(self) -> str:
        header, payload = cbor(self.header), self.encode_payload(self.payload)
        signature = self.signer.sign(cbor(["Signature1", header, b"", payload]))
        parts = [header, self.unprotected, payload, self.edit_signature(signature)]
        data = self.edit_bytes(self.tag + cbor(parts))
        return str(self.edit_text(self.prefix + base45(data)))
