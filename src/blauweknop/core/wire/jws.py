# SPDX-License-Identifier: EUPL-1.2
"""Compact JWS (RFC 7515 §7.1), signed with ES256.

Reading goes in two steps: ``parse_compact`` gives an ``UnverifiedJws`` whose payload cannot be read;
``UnverifiedJws.verify`` gives a ``VerifiedJws``. Rules:

- three parts, strict base64url, header a strict JSON object;
- ``alg`` must equal the one of the key given; ``none`` and others are refused (RFC 8725 §3.1);
- ``typ`` must be the one expected (RFC 8725 §3.11); ``crit``, ``jku``, ``jwk``, ``x5u`` are refused (RFC 8725 §3.10),
  but ``jwk`` where the format asks for it (a DPoP proof).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.keys import verify_es256
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError, SignatureInvalidError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.wire.keys import Signer

_REFUSED_HEADERS = ("crit", "jku", "jwk", "x5u", "b64")
_PARTS = 3


@dataclass(frozen=True, slots=True)
class VerifiedJws:
    """A JWS whose signature, algorithm and type were checked."""

    header: dict[str, Any]
    payload: bytes


@dataclass(frozen=True, slots=True)
class UnverifiedJws:
    """A JWS as it came in. ``unverified_header`` may only be used to find the key."""

    unverified_header: dict[str, Any]
    dangerous_payload: bytes
    signing_input: bytes
    signature: bytes

    def verify(self, key: ec.EllipticCurvePublicKey, *, typ: str) -> VerifiedJws:
        """The payload, once the signature is by ``key`` and the type is ``typ``.

        Raises: ``SignatureInvalidError``, ``MalformedError``. Spec: RFC 7515 §5.2, RFC 8725 §3.1 and §3.11.
        """
        if self.unverified_header.get("alg") != "ES256":
            raise SignatureInvalidError("alg is not the one of the key (ES256)", clause="RFC 8725 §3.1")
        if self.unverified_header.get("typ") != typ:
            raise MalformedError(f"typ is not {typ}", clause="RFC 8725 §3.11")
        verify_es256(key, self.signature, self.signing_input)
        return VerifiedJws(header=self.unverified_header, payload=self.dangerous_payload)


def parse_compact(token: bytes, *, allow: tuple[str, ...] = ()) -> UnverifiedJws:
    """Takes ``token`` (ASCII) apart without believing it. Raises: ``MalformedError``. Spec: RFC 7515 §5.2 steps 1–4.

    ``allow``: header members that this format asks for and others must not have.
    """
    parts = token.split(b".")
    if len(parts) != _PARTS:
        raise MalformedError("a compact JWS has three parts", clause="RFC 7515 §7.1")
    header = parse_object(b64url_decode(parts[0]))
    for name in _REFUSED_HEADERS:
        if name in header and name not in allow:
            raise MalformedError(f"header {name} is not accepted", clause="RFC 8725 §3.10")
    return UnverifiedJws(
        unverified_header=header,
        dangerous_payload=b64url_decode(parts[1]),
        signing_input=parts[0] + b"." + parts[1],
        signature=b64url_decode(parts[2]),
    )


def sign_compact(header: dict[str, Any], payload: bytes, signer: Signer) -> bytes:
    """The compact JWS of ``payload`` under ``header`` (``alg`` and ``kid`` are added from the signer). ASCII."""
    full = {"alg": signer.alg, **header, "kid": signer.kid}
    signing_input = f"{b64url_encode(encode(full))}.{b64url_encode(payload)}".encode("ascii")
    return signing_input + b"." + b64url_encode(signer.sign(signing_input)).encode("ascii")
