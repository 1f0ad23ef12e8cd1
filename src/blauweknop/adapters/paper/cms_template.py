# SPDX-License-Identifier: EUPL-1.2
"""The one DER template of the seal in a PDF: CMS SignedData, detached (RFC 5652, PAdES B-B of EN 319 142-1).

Everything in it follows from the document and the seal certificate; only the signature is new. So a verifier does not
*accept* a CMS, it builds the only one there can be and compares bytes:

- certificates: the seal certificate and the intermediates of its path as given, no anchor, no other;
- signed attributes: content type, message digest, signing certificate v2 (RFC 5035), in DER order; no signing time;
- ``ecdsa_with_sha256`` with absent parameters, one signer by issuer and serial number;
- unsigned attributes: none, or (B-T) one signature time-stamp token.

Signatures are raw ``R || S`` here, DER inside the CMS.
"""

from __future__ import annotations

import hashlib

from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from blauweknop.core.wire.keys import COORDINATE_BYTES
from blauweknop.errors import MalformedError

FOREIGN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


def signed_attributes(document_digest: bytes, certificate: bytes) -> bytes:
    """What is signed: the attributes as a DER SET (RFC 5652 §5.4). ``certificate``: DER; digest: SHA-256."""
    return bytes(_attributes(document_digest, certificate).dump())


def build_cms(
    document_digest: bytes, *, certificates: tuple[bytes, ...], signature: bytes, token: bytes = b""
) -> bytes:
    """The CMS in DER. ``certificates``: DER, the signer's first; ``signature``: raw; ``token``: time-stamp or empty."""
    signer = x509.Certificate.load(certificates[0])
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": signer.issuer, "serial_number": signer.serial_number}}
        ),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": _attributes(document_digest, certificates[0]),
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": signature_value(signature),
    }
    if token:
        stamp = {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]}
        info["unsigned_attrs"] = cms.CMSAttributes([stamp])
    signed_data = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [x509.Certificate.load(certificate) for certificate in certificates],
        "signer_infos": [info],
    }
    content = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed_data)})
    return bytes(content.dump())


def signature_value(signature: bytes) -> bytes:
    """The raw ``signature`` as it stands in the CMS: DER (RFC 3279 §2.2.3)."""
    r, s = (int.from_bytes(part, "big") for part in (signature[:COORDINATE_BYTES], signature[COORDINATE_BYTES:]))
    return encode_dss_signature(r, s)


def read_signature(contents: bytes) -> tuple[bytes, bytes]:
    """The raw signature and the time-stamp token (or ``b""``) of a CMS in DER; nothing else is taken from it.

    Raises: ``MalformedError``.
    """
    try:
        info = cms.ContentInfo.load(contents)["content"]["signer_infos"][0]
        signature = _raw_signature(info["signature"].native)
        unsigned = info["unsigned_attrs"]
        token = unsigned[0]["values"][0].dump() if len(unsigned) else b""
    except FOREIGN as error:
        raise MalformedError("the seal of the PDF is not a CMS", clause="RFC 5652 §5.1") from error
    return signature, token


def _raw_signature(der: bytes) -> bytes:
    r, s = decode_dss_signature(der)
    return r.to_bytes(COORDINATE_BYTES, "big") + s.to_bytes(COORDINATE_BYTES, "big")


def _attributes(document_digest: bytes, certificate: bytes) -> cms.CMSAttributes:
    binding = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(certificate).digest()}]})
    return cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "message_digest", "values": [document_digest]},
            {"type": "signing_certificate_v2", "values": [binding]},
        ]
    )
