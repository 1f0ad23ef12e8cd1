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

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from blauweknop.core.dataset.definition import RESERVED_IDS
from blauweknop.core.dataset.missing import MissingElement
from blauweknop.core.dataset.value import Row, Value
from blauweknop.core.seal.certificates import resolve_seal_certificate
from blauweknop.core.seal.content import MEMBERS, TYP, VISIBLE, StatusRef
from blauweknop.core.seal.disclosures import reveal
from blauweknop.core.seal.errors import (
    AlgorithmRefusedError,
    ClaimHiddenError,
    ExpiredError,
    HeaderRefusedError,
    NotYetValidError,
    OtherEnvironmentError,
    ProfileError,
    SpellingError,
    TypeRefusedError,
    VctError,
)
from blauweknop.core.seal.key_binding import (
    SKEW,
    Expectation,
    HolderProof,
    check_expectation,
    holder_key,
    verify_key_binding,
)
from blauweknop.core.seal.signature import is_low_s
from blauweknop.core.seal.spelling import decode_canonical, decode_disclosures
from blauweknop.core.seal.trust import Standing  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.wire.base64url import b64url_decode, b64url_encode
from blauweknop.core.wire.keys import verify_es256
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from blauweknop.core.seal.sealed import UnverifiedSet
    from blauweknop.core.seal.trust import SealCertificate, Trust

_MEMBER_PARTS: Final = 3
_HEADER: Final = ["alg", "typ", "kid", "x5c"]
_VCT: Final = re.compile(r"https?://[^\s?#]+/v1/gegevenssets/([a-z][a-z0-9_-]*/[1-9][0-9]*)", re.ASCII)
_ELEMENT: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


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


class _StatusClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    idx: Annotated[int, msgspec.Meta(ge=0)]
    uri: str


class _Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    status_list: _StatusClaim


class _Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    jwk: dict[str, str]


class _Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The visible members, by form; which ones and in which order is ``_check_members``."""

    iss: str
    vct: str
    integrity: Annotated[str, msgspec.Meta(pattern="^sha256-[A-Za-z0-9+/]{43}=$")] = msgspec.field(name="vct#integrity")
    iat: Annotated[int, msgspec.Meta(ge=0)]
    nbf: int | None = None
    exp: int | None = None
    omgeving: str
    ontvanger: str = ""
    dienst: str = ""
    levering: str = ""
    bewaren_tot: str = ""
    status: _Status | None = None
    cnf: _Confirmation | None = None
    sd: list[str] | None = msgspec.field(name="_sd", default=None)
    rijen: list[dict[str, Any]] | None = None
    ontbreekt: list[dict[str, Any]] | None = None
    sd_alg: str = msgspec.field(name="_sd_alg")


def verify_set(unverified: UnverifiedSet, trust: Trust, *, at: int, expect: Expectation) -> VerifiedSet:
    """See ``UnverifiedSet.verify``."""
    # 2. header, payload, certificate, signature
    signing_input, _, signature = unverified.jwt.rpartition(b".")
    protected, _, encoded_payload = signing_input.partition(b".")
    x5c, kid = _check_header(decode_canonical(protected))
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
    claims = _check_members(payload)
    _check_own_disclosures(payload, decoded.contents)
    data_set = _check_vct(claims.vct)
    if claims.omgeving != trust.environment:
        raise OtherEnvironmentError(clause="system.md 4")
    _check_times(claims, at)
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
        rows=_rows(payload, revealed.claims),
        missing=_missing(revealed.claims),
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
        raise ProfileError("iss or iat is missing", clause="system.md 4")
    return iss, issued_at


def _check_header(header: Any) -> tuple[tuple[bytes, ...], str]:
    """The certificates (DER) and ``kid`` of a header that holds alg, typ, kid, x5c in this order and nothing else."""
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
        raise SpellingError("s of the signature is in the upper half", clause="system.md 4")


def _check_members(payload: dict[str, Any]) -> _Claims:
    """The visible members: those of a sealed set, in their order, each of its form."""
    if list(payload) != [name for name in MEMBERS if name in payload]:
        raise ProfileError("other members than a sealed set has, or in another order", clause="system.md 4")
    if "_sd" in payload and "rijen" in payload:
        raise ProfileError("either one record or rows", clause="system.md 4")
    try:
        return msgspec.convert(payload, _Claims)
    except msgspec.ValidationError as error:
        raise ProfileError("a member is missing or of another form", clause="system.md 4") from error


def _check_own_disclosures(payload: dict[str, Any], contents: list[Any]) -> None:
    """Every element, row, item and missing element is a disclosure of its own: nothing is left in the clear."""
    for content in contents:
        value = content[-1]
        if len(content) == _MEMBER_PARTS:
            inner = value.get("waarde") if type(value) is dict else None
            hidden = _only_places(inner) if type(inner) is list else type(inner) is not dict or list(inner) == ["_sd"]
        else:
            hidden = type(value) is dict and (list(value) == ["_sd"] or type(value.get("element")) is str)
        if not hidden:
            raise ProfileError("a part is not a disclosure of its own", clause="system.md 4")
    if not _only_places(payload.get("rijen", [])) or not _only_places(payload.get("ontbreekt", [])):
        raise ProfileError("a row is not a disclosure of its own", clause="system.md 4")


def _only_places(items: list[Any]) -> bool:
    return all(type(item) is dict and "..." in item for item in items)


def _check_vct(vct: str) -> str:
    """The data set (``id/version``) that ``vct`` names."""
    match = _VCT.fullmatch(vct)
    if match is None:
        raise VctError(clause="system.md 5")
    return match[1]


def _check_times(claims: _Claims, at: int) -> None:
    """Step 6; ``iat`` was looked at before the certificate."""
    if claims.nbf is not None and claims.nbf > at + SKEW:
        raise NotYetValidError("nbf", clause="RFC 9901 §7.1(6)")
    if claims.exp is not None and claims.exp <= at - SKEW:
        raise ExpiredError(clause="RFC 9901 §7.1(6)")


def _check_holder(unverified: UnverifiedSet, claims: _Claims, expect: Expectation, at: int) -> None:
    check_expectation(expect, bound=claims.cnf is not None, shown=bool(unverified.kb_jwt))
    if claims.cnf is None:
        return
    if isinstance(expect, HolderProof):
        jwk, proof = claims.cnf.jwk, unverified.kb_jwt
        verify_key_binding(proof, jwk, expect, show_print=unverified.show_print, at=at)
    else:
        holder_key(claims.cnf.jwk)


def _rows(payload: dict[str, Any], revealed: dict[str, Any]) -> tuple[Row, ...]:
    if "rijen" in payload:
        return tuple(map(_row, revealed["rijen"]))
    if "_sd" not in payload:
        return ()
    elements = {name: value for name, value in revealed.items() if name not in payload}
    if not RESERVED_IDS.isdisjoint(elements):
        raise ClaimHiddenError("a name that is kept for the seal", clause="system.md 5")
    return (_row(elements),)


def _row(members: Any) -> Row:
    """One row: each member an element, each value spelt as an envelope."""
    try:
        row = msgspec.convert(members, dict[str, Value])
    except msgspec.ValidationError as error:
        raise ProfileError("a value is not of the form of an envelope", clause="system.md 4") from error
    if not all(map(_ELEMENT.fullmatch, row)):
        raise ProfileError("not the name of an element", clause="system.md 5")
    if encode(row) != encode(members):
        raise SpellingError("an envelope has members that it does not have, or in another order", clause="system.md 4")
    return row


def _missing(revealed: dict[str, Any]) -> tuple[MissingElement, ...]:
    items = revealed.get("ontbreekt", [])
    try:
        missing = msgspec.convert(items, tuple[MissingElement, ...])
    except msgspec.ValidationError as error:
        raise ProfileError("ontbreekt is not of its form", clause="system.md 3.4") from error
    if encode(missing) != encode(items):
        raise SpellingError("ontbreekt has other members, or in another order", clause="system.md 3.4")
    return missing
