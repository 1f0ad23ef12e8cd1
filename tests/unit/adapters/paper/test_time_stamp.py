# SPDX-License-Identifier: EUPL-1.2
"""PAdES B-T: a seal with a time-stamp of somebody else's time-stamp authority."""

import datetime as dt
import functools
import io

import pytest
from asn1crypto import algos, keys, tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import TimeStamper as Authority
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.pades import PdfSealError
from blauweknop.adapters.paper.pdf_errors import PdfSealInvalidError
from blauweknop.adapters.paper.verify_pdf import parse_pdf
from blauweknop.adapters.verify.report import Outcome
from blauweknop.adapters.verify.verify import verify_bytes
from blauweknop.testing.sealing import fixed_key
from tests.unit.adapters.paper.printing import AT, DEFINITIONS, KIT, certified, printed

WHEN = dt.datetime.fromtimestamp(AT + 5, dt.UTC)


def certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, issuer)]
    ca = name == issuer
    usage = x509.KeyUsage(not ca, False, False, False, False, ca, False, False, False)
    builder = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), 7 if ca else 8)
        .not_valid_before(WHEN - dt.timedelta(days=30))
        .not_valid_after(WHEN + dt.timedelta(days=3000))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(usage, critical=True)
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(by, hashes.SHA256())


ROOT_KEY, KEY = fixed_key("root of time"), fixed_key("time")
ROOT = certificate("Tijd-CA", ROOT_KEY, "Tijd-CA", ROOT_KEY)
LEAF = certificate("Tijdstempeldienst", KEY, "Tijd-CA", ROOT_KEY)


def stamp(digest: bytes) -> bytes:
    """The token of the test authority over ``digest`` (SHA-256)."""
    authority = Authority(
        asn1_x509.Certificate.load(LEAF.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        fixed_dt=WHEN,
    )
    imprint = tsp.MessageImprint(
        {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    )
    answer = authority.request_tsa_response(
        tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})
    )
    return bytes(answer["time_stamp_token"].dump())


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


def test_a_time_stamp_that_cannot_be_checked_is_said_and_not_passed() -> None:
    assert verify_bytes(certified(), trust=KIT.trust, at=AT + 60, definitions=DEFINITIONS).outcome is Outcome.PASSED
    report = verify_bytes(stamped(), trust=KIT.trust, at=AT + 60, definitions=DEFINITIONS)
    assert (report.outcome, report.finding.why) == (Outcome.INDETERMINATE, "tijdstempel-onbekend")
    assert report.values


def test_the_seal_under_the_time_stamp_is_checked_as_strictly() -> None:
    key = KIT.certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    good = parse_pdf(stamped())
    assert good.check_seal(KIT.signer.certificates, key) != b""
    changed = bytearray(stamped())
    changed[100] ^= 1
    with pytest.raises(PdfSealInvalidError):
        parse_pdf(bytes(changed)).check_seal(KIT.signer.certificates, key)


@pytest.mark.parametrize("token", [b"x", b"\x30\x03\x02\x01", b"\x30\x84\x00\x01\x00\x00"])
def test_what_is_no_token_does_not_get_into_a_seal(token: bytes) -> None:
    with pytest.raises(PdfSealError, match="time-stamp"):
        make_certified_pdf(printed(), language="nl", signer=KIT.signer, time_stamper=lambda _digest: token)
