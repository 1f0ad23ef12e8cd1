# SPDX-License-Identifier: EUPL-1.2
"""Time-stamp tokens (RFC 3161) over the seal of a PDF: one DER template, and who made them.

A token is signed over its ``TSTInfo`` and signed attributes only; the rest of its bytes anybody could change. So a
token is put into one form before it goes into a seal (``canonical_token``), and the verifier builds that form again
and compares bytes, as it does with the seal itself:

- CMS version 3, SHA-256, one signer by issuer and serial number, no unsigned attributes;
- the certificate of the authority, and its intermediates as the verifier was given them, no others;
- ``rsaEncryption`` with PKCS #1 v1.5, or ``ecdsa-with-SHA256``, by the kind of key.

An authority is trusted by its very certificate, given beforehand with its chain.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from blauweknop.adapters.paper.cms_template import FOREIGN, signature_value
from blauweknop.adapters.paper.pdf_errors import PdfTimeStampError, PdfTimeStampUnknownError

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLAUSE = "RFC 3161 §2.4.2"
_SHA256 = {"algorithm": "sha256"}
Chain = tuple[x509.Certificate, ...]  # the authority's own certificate first, then its intermediates


@dataclass(frozen=True, slots=True)
class _Token:
    """``info``: TSTInfo; ``attributes``: the signed ones as a SET; ``certificates``: the signer's first. All DER."""

    info: bytes
    attributes: bytes
    signature: bytes
    certificates: tuple[bytes, ...]


def canonical_token(token: bytes) -> bytes:
    """``token`` (DER) in the one form. Raises: ``PdfTimeStampError`` when it is no token, or not over SHA-256."""
    parts = _parse(token)
    built = _build(parts)
    _check_signed(parts)
    return built


def check_time_stamp(token: bytes, signature: bytes, authorities: Sequence[Chain]) -> int:
    """The time (seconds, UTC) at which one of ``authorities`` saw the seal with ``signature`` (raw).

    Raises: ``PdfTimeStampUnknownError`` when it is by none of them, ``PdfTimeStampError``. Spec: RFC 3161 §2.4.2,
    RFC 5035.
    """
    parts = _parse(token)
    chains = [tuple(each.public_bytes(Encoding.DER) for each in chain) for chain in authorities]
    chain = next((chain for chain in chains if chain[0] == parts.certificates[0]), None)
    if chain is None:
        raise PdfTimeStampUnknownError
    if _build(replace(parts, certificates=chain)) != token:
        raise PdfTimeStampError("not the one CMS that a token is", clause=_CLAUSE)
    _check_signed(parts)
    try:
        info = tsp.TSTInfo.load(parts.info, strict=True)
        imprint = info["message_imprint"]
        algorithm, digest = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
        moment = info["gen_time"].native.timestamp()
    except FOREIGN as error:
        raise PdfTimeStampError("not a TSTInfo", clause=_CLAUSE) from error
    if (algorithm, digest) != ("sha256", hashlib.sha256(signature_value(signature)).digest()):
        raise PdfTimeStampError("over another seal", clause=_CLAUSE)
    _check_authority(x509.load_der_x509_certificate(chain[0]), moment)
    return int(moment)


def _parse(token: bytes) -> _Token:
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        (signer,) = signed["signer_infos"]
        certificates = [choice.chosen for choice in signed["certificates"]]
        own = next(each for each in certificates if _names(signer, each))
        others = [each.dump() for each in certificates if each is not own]
        return _Token(
            info=bytes(signed["encap_content_info"]["content"]),
            attributes=signer["signed_attrs"].untag().dump(),
            signature=signer["signature"].native,
            certificates=(own.dump(), *others),
        )
    except (*FOREIGN, StopIteration) as error:
        raise PdfTimeStampError("not a time-stamp token", clause=_CLAUSE) from error


def _names(signer: Any, certificate: Any) -> bool:
    sid = signer["sid"].chosen
    return bool(
        sid["issuer"].dump() == certificate.issuer.dump() and sid["serial_number"].native == certificate.serial_number
    )


def _build(parts: _Token) -> bytes:
    try:
        own = asn1_x509.Certificate.load(parts.certificates[0])
        by_rsa = own.public_key.algorithm == "rsa"
        algorithm = (
            {"algorithm": "rsassa_pkcs1v15", "parameters": core.Null()} if by_rsa else {"algorithm": "sha256_ecdsa"}
        )
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}}
            ),
            "digest_algorithm": _SHA256,
            "signed_attrs": cms.CMSAttributes.load(parts.attributes),
            "signature_algorithm": algorithm,
            "signature": parts.signature,
        }
        content = {
            "version": "v3",
            "digest_algorithms": [_SHA256],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(parts.info)},
            "certificates": [asn1_x509.Certificate.load(each) for each in parts.certificates],
            "signer_infos": [signer],
        }
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump())
    except FOREIGN as error:
        raise PdfTimeStampError("not a time-stamp token", clause=_CLAUSE) from error


def _check_signed(parts: _Token) -> None:
    """What the authority signed: these attributes, about this content, under this certificate."""
    try:
        found = {each["type"].native: each["values"] for each in cms.CMSAttributes.load(parts.attributes, strict=True)}
        kind, digest = found["content_type"][0].native, found["message_digest"][0].native
        bound = _binds(found, parts.certificates[0])
    except FOREIGN as error:
        raise PdfTimeStampError("signed attributes", clause="RFC 5652 §5.3") from error
    if kind != "tst_info" or digest != hashlib.sha256(parts.info).digest() or not bound:
        raise PdfTimeStampError("signed attributes are of something else", clause="RFC 5652 §11.2")
    key = x509.load_der_x509_certificate(parts.certificates[0]).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(parts.signature, parts.attributes, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(parts.signature, parts.attributes, ec.ECDSA(hashes.SHA256()))
        else:
            raise PdfTimeStampError("neither RSA nor ECDSA")
    except InvalidSignature as error:
        raise PdfTimeStampError("signature", clause="RFC 5652 §5.6") from error


def _binds(found: dict[str, Any], certificate: bytes) -> bool:
    """Whether the signed attributes name ``certificate`` (RFC 5035; RFC 2634 with SHA-1 as RFC 3161 has it)."""
    if "signing_certificate_v2" in found:
        first = found["signing_certificate_v2"][0]["certs"][0]
        return bool(
            first["hash_algorithm"]["algorithm"].native == "sha256"
            and first["cert_hash"].native == hashlib.sha256(certificate).digest()
        )
    named = found["signing_certificate"][0]["certs"][0]["cert_hash"].native
    return bool(named == hashlib.sha1(certificate, usedforsecurity=False).digest())


def _check_authority(certificate: x509.Certificate, moment: float) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, ValueError) as error:
        raise PdfTimeStampError("not a certificate for time-stamps", clause="RFC 3161 §2.3") from error
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise PdfTimeStampError("not a certificate for time-stamps alone", clause="RFC 3161 §2.3")
    if not certificate.not_valid_before_utc.timestamp() <= moment <= certificate.not_valid_after_utc.timestamp():
        raise PdfTimeStampError("the authority's certificate was not valid then", clause="RFC 5280 §4.1.2.5")
