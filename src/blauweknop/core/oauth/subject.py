# SPDX-License-Identifier: EUPL-1.2
"""``subject``: who the token is about, for the source alone (system.md 3.2, 3.8).

A fresh JWE (``subject+jwe``, ECDH-ES, A256GCM) to the source's ``encryption`` key in each token. It names the grant,
the token and the audience it belongs to, so that one taken from another token opens but does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.oauth.errors import InvalidTokenError
from blauweknop.core.wire.jwe import encrypt_compact, parse_compact_jwe
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric import ec

TYP: Final = "subject+jwe"
MAX_BYTES: Final = 4_000
_PADDED: Final = 384  # lengths are rounded up, so that the client cannot see from outside that there is a mandate


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The representative, pairwise for the source, and the mandate (after RFC 8693 §4.1; never nested)."""

    sub: str
    mandate: str = msgspec.field(name="mandaat")
    status: dict[str, Any] | None = None


class Subject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """``bsn`` or ``koppeling``, one of the two. Personal: never log it."""

    grant_id: str
    jti: str
    aud: str
    bsn: str = ""
    koppeling: str = ""
    act: Act | None = None

    def __post_init__(self) -> None:
        if bool(self.bsn) == bool(self.koppeling):
            raise ValueError("bsn or koppeling")

    def __repr__(self) -> str:
        return f"Subject(grant_id={self.grant_id!r})"


def seal_subject(subject: Subject, key: ec.EllipticCurvePublicKey, *, kid: str, random: Callable[[int], bytes]) -> str:
    """``subject`` for the holder of ``key``; another text each time."""
    plaintext = encode(subject)
    # White space after JSON is JSON (RFC 8259 §2).
    plaintext += b" " * (-len(plaintext) % _PADDED)
    return encrypt_compact(plaintext, key, header={"typ": TYP, "kid": kid}, random=random).decode("ascii")


def subject_key_id(token: str) -> str:
    """The ``kid`` that a subject names, only to find the key. Raises: ``InvalidTokenError``."""
    try:
        kid = parse_compact_jwe(token.encode("utf-8")).unverified_header.get("kid")
    except DocumentError as error:
        raise InvalidTokenError("subject is not a JWE", clause="system.md 3.2") from error
    return kid if isinstance(kid, str) else ""


def decrypt_subject(token: str, key: ec.EllipticCurvePrivateKey) -> Subject:
    """What ``token`` says, still to be compared with the access token around it. Raises: ``InvalidTokenError``."""
    if len(token) > MAX_BYTES:
        raise InvalidTokenError("subject is too large")
    try:
        plaintext = parse_compact_jwe(token.encode("utf-8")).decrypt(key, typ=TYP)
        return msgspec.convert(parse_object(plaintext, max_depth=6), Subject, strict=True)
    except (DocumentError, msgspec.ValidationError):
        # From nothing: what came in, or part of it, could be a person.
        raise InvalidTokenError("subject cannot be opened or read", clause="system.md 3.2") from None
