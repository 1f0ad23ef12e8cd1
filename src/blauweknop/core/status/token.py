# SPDX-License-Identifier: EUPL-1.2
"""Status List Tokens in JWT format (draft-ietf-oauth-status-list-21 §5.1, §8.3).

What ``issue_status_list`` writes, and the rules ``UnverifiedStatusList.verify`` holds a list to, in this order:

1. at most ``MAX_TOKEN_BYTES``, a strict compact JWS, ``typ`` ``statuslist+jwt``, signed by the key given (§5.1, §8.3);
2. ``sub`` is the ``uri`` of the token whose status is asked (§8.3);
3. ``iat``, and ``nbf`` where there is one, is not in the future (60 s of clock difference);
4. ``exp`` is there, after ``iat``, and not passed (our profile: a list without an end cannot be told from an old one);
5. ``ttl`` is there, a positive number of seconds;
6. ``status_list`` has ``bits`` 2 (our profile) and ``lst``: strict base64url of one bounded ZLIB stream (§4.2).

An index outside the list is an error, never "valid" (§8.3). Whether the list is the newest is the caller's to know.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blauweknop.core.status.status_list import BITS, StatusList
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.jws import UnverifiedJws, parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError, MalformedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.wire.keys import Signer

TYP = "statuslist+jwt"
MEDIA_TYPE = f"application/{TYP}"
MAX_TOKEN_BYTES = 1_500_000
CLOCK_SKEW = 60
_DRAFT = "draft-ietf-oauth-status-list-21"


class StatusListNotForThisError(DocumentError):
    """The status list is not the one that the document names."""

    code = "statuslijst-andere"


class StatusListNotNowError(DocumentError):
    """The status list is from the future, or has expired."""

    code = "statuslijst-verlopen"


@dataclass(frozen=True, slots=True)
class StatusListTimes:
    """``issued_at``, ``expires_at``: seconds UTC since 1970; ``ttl``: seconds after which to fetch it again."""

    issued_at: int
    expires_at: int
    ttl: int


@dataclass(frozen=True, slots=True)
class VerifiedStatusList:
    """A status list whose signature, subject and times were checked. ``serial``: its ``volgnr``, or 0."""

    uri: str
    times: StatusListTimes
    statuses: StatusList
    serial: int = 0

    def get(self, index: int) -> int:
        """The status of entry ``index``. Raises: ``StatusIndexError``."""
        return self.statuses.get(index)


@dataclass(frozen=True, slots=True)
class UnverifiedStatusList:
    """A status list token as it came in; ``jws.unverified_header`` may only be used to find the key."""

    jws: UnverifiedJws

    def verify(self, key: ec.EllipticCurvePublicKey, *, uri: str, at: int) -> VerifiedStatusList:
        """The list, once it is by ``key``, about ``uri`` and in force at ``at`` (seconds UTC).

        Raises: ``SignatureInvalidError``, ``StatusListNotForThisError``, ``StatusListNotNowError``,
        ``MalformedError``. Spec: draft-ietf-oauth-status-list-21 §8.3.
        """
        # 1.
        claims = parse_object(self.jws.verify(key, typ=TYP).payload, max_bytes=MAX_TOKEN_BYTES)
        # 2.
        if claims.get("sub") != uri:
            raise StatusListNotForThisError("sub is not the uri asked", clause=f"{_DRAFT} §8.3")
        # 3, 4, 5.
        times = StatusListTimes(_positive(claims, "iat"), _positive(claims, "exp"), _positive(claims, "ttl"))
        _check_times(times, at)
        if "nbf" in claims and _positive(claims, "nbf") > at + CLOCK_SKEW:
            raise StatusListNotNowError("nbf is in the future", clause="RFC 7519 §4.1.5")
        # 6.
        serial = _positive(claims, "volgnr") if "volgnr" in claims else 0
        return VerifiedStatusList(uri, times, _read_list(claims.get("status_list")), serial)


def issue_status_list(
    statuses: StatusList, *, uri: str, times: StatusListTimes, signer: Signer, serial: int = 0
) -> bytes:
    """The signed list, ASCII; with the signer's certificates in ``x5c`` where it has any. Spec: §5.1.

    ``serial``: a number that grows with each change (claim ``volgnr``), where a reader must tell which list is newer.
    """
    claims = {
        "sub": uri,
        "iat": times.issued_at,
        "exp": times.expires_at,
        "ttl": times.ttl,
        "status_list": {"bits": BITS, "lst": b64url_encode(statuses.compress())},
    }
    if serial:
        claims["volgnr"] = serial
    header: dict[str, Any] = {"typ": TYP}
    if signer.certificates:
        header["x5c"] = [_standard_base64(certificate) for certificate in signer.certificates]
    return sign_compact(header, encode(claims), signer)


def parse_status_list(token: bytes) -> UnverifiedStatusList:
    """Takes a token apart without believing it. Raises: ``MalformedError``."""
    if len(token) > MAX_TOKEN_BYTES:
        raise MalformedError(f"a status list token of more than {MAX_TOKEN_BYTES} bytes")
    return UnverifiedStatusList(parse_compact(token))


def _check_times(times: StatusListTimes, at: int) -> None:
    if times.expires_at <= times.issued_at:
        raise MalformedError("exp is not after iat", clause=f"{_DRAFT} §5.1")
    if times.issued_at > at + CLOCK_SKEW:
        raise StatusListNotNowError("iat is in the future", clause=f"{_DRAFT} §8.3")
    if times.expires_at <= at:
        raise StatusListNotNowError("exp has passed", clause=f"{_DRAFT} §8.3")


def _read_list(value: object) -> StatusList:
    if not isinstance(value, dict):
        raise MalformedError("status_list is not an object", clause=f"{_DRAFT} §4.2")
    bits = value.get("bits")
    if type(bits) is not int or bits != BITS:
        raise MalformedError(f"bits is not {BITS}", clause=f"{_DRAFT} §4.2")
    lst = value.get("lst")
    if not isinstance(lst, str):
        raise MalformedError("lst is not text", clause=f"{_DRAFT} §4.2")
    return StatusList.decompress(b64url_decode(lst))


def _positive(claims: dict[str, Any], name: str) -> int:
    value = claims.get(name)
    if type(value) is not int or value <= 0:
        raise MalformedError(f"{name} is not a positive whole number", clause=f"{_DRAFT} §5.1")
    return value


def _standard_base64(data: bytes) -> str:
    # RFC 7515 §4.1.6: x5c is standard base64, with padding, not base64url.
    return binascii.b2a_base64(data, newline=False).decode("ascii")
