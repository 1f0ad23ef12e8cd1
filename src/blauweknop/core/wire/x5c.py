# SPDX-License-Identifier: EUPL-1.2
"""Certificates in a JOSE header: ``x5c`` (RFC 7515 §4.1.6), standard base64 with padding, in one spelling only."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING

from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CERTIFICATES = 5
_CLAUSE = "RFC 7515 §4.1.6"


def encode_x5c(certificates: Iterable[bytes]) -> list[str]:
    """``certificates`` (DER, own first) as the value of ``x5c``."""
    return [binascii.b2a_base64(der, newline=False).decode("ascii") for der in certificates]


def decode_x5c(value: object) -> tuple[bytes, ...]:
    """The certificates (DER) of an ``x5c``: 1 to ``MAX_CERTIFICATES``. Raises: ``MalformedError``."""
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_CERTIFICATES:
        raise MalformedError(f"x5c is not a list of 1 to {MAX_CERTIFICATES} certificates", clause=_CLAUSE)
    return tuple(map(_decode, value))


def _decode(text: object) -> bytes:
    if not isinstance(text, str) or not text.isascii():
        raise MalformedError("x5c holds something else than base64", clause=_CLAUSE)
    try:
        der = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error as error:
        raise MalformedError("x5c is not base64", clause=_CLAUSE) from error
    if encode_x5c([der]) != [text]:
        raise MalformedError("unused bits of the last base64 character are not zero", clause="RFC 4648 §3.5")
    return der
