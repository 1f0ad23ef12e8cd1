# SPDX-License-Identifier: EUPL-1.2
"""PAdES B-T: a seal with a time-stamp of somebody else's time-stamp authority."""

import dataclasses
import datetime as dt
import functools
import hashlib
import io
from collections.abc import Sequence
from typing import Any

import pytest
from asn1crypto import algos, keys, tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import TimeStamper as Authority
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from blauweknop.adapters.keys.issuing import key_usage
from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.cms_template import signature_value
from blauweknop.adapters.paper.pdf_errors import PdfSealInvalidError, PdfTimeStampError
from blauweknop.adapters.paper.time_stamp import canonical_token, check_time_stamp
from blauweknop.adapters.paper.verify_pdf import parse_pdf
from blauweknop.adapters.verify.report import Outcome, Report
from blauweknop.adapters.verify.verify import verify_bytes
from blauweknop.core.seal.trust import Trust
from blauweknop.testing.sealing import fixed_key
from tests.unit.adapters.paper.printing import AT, DEFINITIONS, KIT, certified, printed

AnyKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
WHEN = dt.datetime.fromtimestamp(AT + 5, dt.UTC)


def certificate(
    name: str,
    key: AnyKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    *,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
    critical: bool = True,
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, issuer)]
    ca = name == issuer
    builder = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), 7 if ca else 8)
        .not_valid_before(WHEN - dt.timedelta(days=30))
        .not_valid_after(WHEN + dt.timedelta(days=3000))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(key_usage("key_cert_sign" if ca else "digital_signature"), critical=True)
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=critical)
    return builder.sign(by, hashes.SHA256(), ecdsa_deterministic=True)


ROOT_KEY, KEY = fixed_key("root of time"), fixed_key("time")
ROOT = certificate("Tijd-CA", ROOT_KEY, "Tijd-CA", ROOT_KEY)
LEAF = certificate("Tijdstempeldienst", KEY, "Tijd-CA", ROOT_KEY)


def stamp(
    digest: bytes,
    *,
    key: AnyKey = KEY,
    leaf: x509.Certificate = LEAF,
    chain: Sequence[x509.Certificate] = (),
    when: dt.datetime = WHEN,
) -> bytes:
    """The token of the test authority over ``digest`` (SHA-256)."""
    authority = Authority(
        asn1_x509.Certificate.load(leaf.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        certs_to_embed=[asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in chain],
        fixed_dt=when,
    )
    algorithm = algos.DigestAlgorithm({"algorithm": "sha256"})
    imprint = tsp.MessageImprint({"hash_algorithm": algorithm, "hashed_message": digest})
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})
    return bytes(authority.request_tsa_response(request)["time_stamp_token"].dump())


@functools.cache
def stamped() -> bytes:
    return make_certified_pdf(printed(), language="nl", signer=KIT.signer, time_stamper=stamp)


def test_pyhanko_finds_the_seal_and_its_time_valid() -> None:
    (signature,) = PdfFileReader(io.BytesIO(stamped())).embedded_signatures
    trust = [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in (KIT.root, ROOT)]
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=trust, moment=WHEN))
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.valid
    assert status.timestamp_validity.timestamp == WHEN


KNOWN = dataclasses.replace(KIT.trust, time_authorities=((LEAF,),))


def report(pdf: bytes, trust: Trust = KNOWN) -> Report:
    return verify_bytes(pdf, trust=trust, at=AT + 60, definitions=DEFINITIONS)


def test_a_time_stamp_of_a_trusted_authority_passes_and_says_when() -> None:
    found = report(stamped())
    assert (found.outcome, found.time_stamp) == (Outcome.PASSED, AT + 5)
    assert found.json()["tijdstempel"] == "2026-11-25T09:46:45Z"
    assert "Tijdstempel: op 25 november 2026" in found.text("nl", definitions=DEFINITIONS)
    assert report(certified()).time_stamp == 0


def test_a_time_stamp_of_another_authority_is_said_and_not_passed() -> None:
    found = report(stamped(), KIT.trust)
    assert (found.outcome, found.finding.why) == (Outcome.INDETERMINATE, "tijdstempel-onbekend")
    assert found.values


def test_an_rsa_authority_counts_too() -> None:
    key = rsa.generate_private_key(65537, 2048)
    leaf = certificate("RSA-dienst", key, "Tijd-CA", ROOT_KEY)
    pdf = make_certified_pdf(
        printed(), language="nl", signer=KIT.signer, time_stamper=functools.partial(stamp, key=key, leaf=leaf)
    )
    trust = dataclasses.replace(KIT.trust, time_authorities=((LEAF,), (leaf,)))
    assert report(pdf, trust).outcome is Outcome.PASSED


def test_a_chain_travels_as_it_was_given() -> None:
    stamper = functools.partial(stamp, chain=[ROOT])
    pdf = make_certified_pdf(printed(), language="nl", signer=KIT.signer, time_stamper=stamper)
    whole = dataclasses.replace(KIT.trust, time_authorities=((LEAF, ROOT),))
    assert report(pdf, whole).outcome is Outcome.PASSED
    assert report(pdf).finding.why == "tijdstempel"


@pytest.mark.long
def test_no_stamped_document_passes_with_a_byte_of_its_seal_changed(whole: bool) -> None:
    pdf = stamped()
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = start + len(pdf[start : pdf.index(b">", start)].rstrip(b"0"))
    every = range(start, end + 40)
    passed = []
    for at in every if whole else every[:: len(every) // 300]:
        changed = bytearray(pdf)
        changed[at] = ord("0") if changed[at] != ord("0") else ord("1")
        if report(bytes(changed)).outcome is Outcome.PASSED:
            passed.append(at)
    assert passed == []


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": b"\0" * 32},  # over another seal
        {"usage": ExtendedKeyUsageOID.CODE_SIGNING},
        {"critical": False},
        {"when": WHEN + dt.timedelta(days=4000)},
        {"when": WHEN - dt.timedelta(days=60)},
        {"signed_by": fixed_key("thief")},
    ],
    ids=["another seal", "another usage", "usage not critical", "too late", "too early", "another key"],
)
def test_a_time_stamp_with_one_thing_wrong_is_refused(changes: dict[str, Any]) -> None:
    usage = {name: changes.pop(name) for name in ("usage", "critical") if name in changes}
    leaf = certificate("Dienst", KEY, "Tijd-CA", ROOT_KEY, **usage)
    key = changes.pop("signed_by", KEY)
    signature = KIT.signer.sign(b"x")
    over = hashlib.sha256(signature_value(signature)).digest()
    good = stamp(over, leaf=certificate("Dienst", KEY, "Tijd-CA", ROOT_KEY))
    assert check_time_stamp(canonical_token(good), signature, [(certificate("Dienst", KEY, "Tijd-CA", ROOT_KEY),)])
    token = stamp(changes.get("digest", over), key=key, leaf=leaf, when=changes.get("when", WHEN))
    with pytest.raises(PdfTimeStampError):
        check_time_stamp(canonical_token(token), signature, [(leaf,)])


def test_the_seal_under_the_time_stamp_is_checked_as_strictly() -> None:
    key = KIT.certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    good = parse_pdf(stamped())
    assert good.check_seal(KIT.signer.certificates, key)[1] != b""
    changed = bytearray(stamped())
    changed[100] ^= 1
    with pytest.raises(PdfSealInvalidError):
        parse_pdf(bytes(changed)).check_seal(KIT.signer.certificates, key)


@pytest.mark.parametrize("token", [b"x", b"\x30\x03\x02\x01", b"\x30\x84\x00\x01\x00\x00"])
def test_what_is_no_token_does_not_get_into_a_seal(token: bytes) -> None:
    with pytest.raises(PdfTimeStampError):
        make_certified_pdf(printed(), language="nl", signer=KIT.signer, time_stamper=lambda _digest: token)
