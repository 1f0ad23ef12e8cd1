# SPDX-License-Identifier: EUPL-1.2
"""Verifying a sealed set: all of RFC 9901 §7.1, key binding (§7.3), and what a sealed set must be on top.

The order, as in ``verify_set``; nothing of the content is looked at before the signature is right:

1. separate (done by ``parse_sealed_set``);
2. header: exactly alg, typ, kid, x5c; ``typ`` is ``dc+sd-jwt``, ``alg`` that of the key, ``kid`` that of the
   certificate; payload: one spelling; certificate: fits the seal profile, and is for ``iss``; signature; ``_sd_alg``;
3. to 5. disclosures (``disclosures.py``);
6. members: which, in which order, of which form; type, environment, time;
7. key binding as the caller expects it;
8. values: every one in the one spelling of an envelope.
"""

from __future__ import annotations

import functools
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.core.dataset.missing import MissingElement  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.value import Row  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.seal.certificates import resolve_seal_certificate
from blauweknop.core.seal.content import TYP, VISIBLE, StatusRef
from blauweknop.core.seal.disclosures import reveal
from blauweknop.core.seal.errors import (
    PROFILE,
    AlgorithmRefusedError,
    HeaderRefusedError,
    NotYetValidError,
    OtherEnvironmentError,
    ProfileError,
    SpellingError,
    TypeRefusedError,
)
from blauweknop.core.seal.key_binding import (
    SKEW,
    Expectation,
    HolderProof,
    check_expectation,
    holder_key,
    verify_key_binding,
)
from blauweknop.core.seal.members import (
    Claims,
    check_members,
    check_own_disclosures,
    check_times,
    check_vct,
    read_missing,
    read_rows,
)
from blauweknop.core.seal.signature import is_low_s
from blauweknop.core.seal.spelling import decode_canonical, decode_disclosures
from blauweknop.core.seal.trust import Standing  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.keys import verify_es256

if TYPE_CHECKING:
    from blauweknop.core.seal.sealed import UnverifiedSet
    from blauweknop.core.seal.trust import SealCertificate, Trust

_HEADER: Final = ["alg", "typ", "kid", "x5c"]
_REMEMBERED_BYTES: Final = 8192


class VerifiedSet(msgspec.Struct, frozen=True, kw_only=True):
    """What was sealed, by whom; every check has passed.

    ``data_set``: ``id/version``; ``issued_at``: seconds since 1970; ``rows``: what is shown of it (at most one row for
    a set of one record); ``hidden``: digests without disclosure; ``fingerprint``: which sealing; ``show_print``: what
    was shown; ``standing``: how the seal certificate stands; ``organisation``: whose name it bears.
    """

    iss: str
    oin: str
    organisation: str
    standing: Standing
    vct: str
    data_set: str
    integrity: str
    issued_at: int
    environment: str
    delivery: str
    visible: dict[str, str]
    rows: tuple[Row, ...]
    missing: tuple[MissingElement, ...]
    hidden: int
    fingerprint: str
    show_print: str
    status: StatusRef | None
    holder_jwk: dict[str, str] | None


def verify_set(unverified: UnverifiedSet, trust: Trust, *, at: int, expect: Expectation) -> VerifiedSet:
    """See ``UnverifiedSet.verify``."""
    # 2. header, payload, certificate, signature
    signing_input, _, signature = unverified.jwt.rpartition(b".")
    protected, _, encoded_payload = signing_input.partition(b".")
    read = _remembered_header if len(protected) <= _REMEMBERED_BYTES else _read_header
    x5c, kid = read(protected)
    payload = decode_canonical(encoded_payload)
    iss, issued_at = _claimed(payload)
    if issued_at > at + SKEW:  # before the certificate is judged at that time
        raise NotYetValidError("iat", clause="RFC 9901 §7.1(6)")
    seal = resolve_seal_certificate(x5c, iss, trust, at=issued_at)
    _check_signature(seal, kid, signing_input, signature)
    # 3. to 5. disclosures
    decoded = decode_disclosures(unverified.disclosures)
    revealed = reveal(payload, unverified.disclosures, decoded.contents, flat=decoded.flat)
    # 6. members
    claims = check_members(payload)
    check_own_disclosures(payload, decoded.contents)
    data_set = check_vct(claims.vct)
    if claims.omgeving != trust.environment:
        raise OtherEnvironmentError(clause=PROFILE)
    check_times(claims, at)
    # 7. key binding
    _check_holder(unverified, claims, expect, at)
    # 8. values
    return VerifiedSet(
        iss=claims.iss,
        oin=seal.oin,
        organisation=seal.name,
        standing=seal.standing,
        vct=claims.vct,
        data_set=data_set,
        integrity=claims.integrity,
        issued_at=claims.iat,
        environment=claims.omgeving,
        delivery=claims.levering,
        visible={name: getattr(claims, name) for name in VISIBLE if name != "levering" and getattr(claims, name)},
        rows=read_rows(payload, revealed.claims),
        missing=read_missing(revealed.claims),
        hidden=revealed.hidden,
        fingerprint=unverified.fingerprint,
        show_print=unverified.show_print,
        status=StatusRef(claims.status.status_list.uri, claims.status.status_list.idx) if claims.status else None,
        holder_jwk=claims.cnf.jwk if claims.cnf else None,
    )


def _claimed(payload: Any) -> tuple[str, int]:
    """``iss`` and ``iat``, to find and judge the certificate; not believed yet."""
    if type(payload) is not dict:
        raise ProfileError("the payload is an object", clause="RFC 7519 §7.2")
    iss, issued_at = payload.get("iss"), payload.get("iat")
    if type(iss) is not str or type(issued_at) is not int:
        raise ProfileError("iss or iat is missing", clause=PROFILE)
    return iss, issued_at


def _read_header(protected: bytes) -> tuple[tuple[bytes, ...], str]:
    """The certificates (DER) and ``kid`` of a header that holds alg, typ, kid, x5c in this order and nothing else."""
    header = decode_canonical(protected)
    if type(header) is not dict:
        raise HeaderRefusedError("not an object", clause="RFC 7515 §4")
    # The algorithm comes from the key: seal keys are on P-256 (RFC 8725 §3.1). Also step 2.a.
    if header.get("alg") != "ES256":
        raise AlgorithmRefusedError("not ES256", clause="RFC 9901 §7.1(2.a)")
    if header.get("typ") != TYP:
        raise TypeRefusedError(f"not {TYP}", clause="RFC 8725 §3.11")
    if list(header) != _HEADER:
        raise HeaderRefusedError("not exactly alg, typ, kid, x5c", clause="RFC 8725 §3.10")
    kid, x5c = header["kid"], header["x5c"]
    if type(kid) is not str or type(x5c) is not list or not x5c:
        raise HeaderRefusedError("kid is a text and x5c a list", clause="RFC 7515 §4.1.6")
    return tuple(map(_der, x5c)), kid


# One source puts the same header on all it seals. Only what was accepted is remembered, and nothing long.
_remembered_header = functools.lru_cache(maxsize=256)(_read_header)


def _der(text: Any) -> bytes:
    try:
        der = a2b_base64(text)
        if b2a_base64(der, newline=False) == text.encode("ascii"):
            return der
    except (Base64Error, ValueError, TypeError) as error:
        raise HeaderRefusedError("x5c is not base64", clause="RFC 7515 §4.1.6") from error
    raise SpellingError("x5c is strict base64", clause="RFC 7515 §4.1.6")


def _check_signature(seal: SealCertificate, kid: str, signing_input: bytes, signature: bytes) -> None:
    """Steps 2.b and 2.c: signed by the key of the certificate, which is the one ``kid`` names."""
    if kid != b64url_encode(seal.thumbprint):
        raise HeaderRefusedError("kid is not of this certificate", clause="RFC 9901 §7.1(2.c)")
    raw = b64url_decode(signature)
    verify_es256(seal.public_key, raw, signing_input)
    if not is_low_s(raw):
        raise SpellingError("s of the signature is in the upper half", clause=PROFILE)


def _check_holder(unverified: UnverifiedSet, claims: Claims, expect: Expectation, at: int) -> None:
    check_expectation(expect, bound=claims.cnf is not None, shown=bool(unverified.kb_jwt))
    if claims.cnf is None:
        return
    if isinstance(expect, HolderProof):
        jwk, proof = claims.cnf.jwk, unverified.kb_jwt
        verify_key_binding(proof, jwk, expect, show_print=unverified.show_print, at=at)
    else:
        holder_key(claims.cnf.jwk)
