# SPDX-License-Identifier: EUPL-1.2
"""The certificate of a seal: each bad chain is the good one with one named change."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.seal import certificate_path, seal_profile
from blauweknop.core.seal import certificates as certificates_module
from blauweknop.core.seal.certificate_errors import (
    CertificateError,
    CertificateIssuerError,
    CertificateMalformedError,
    CertificateNotValidAtError,
    CertificatePathError,
    CertificateProfileError,
    SealUnknownError,
)
from blauweknop.core.seal.certificate_path import check_path
from blauweknop.core.seal.certificates import resolve_by_thumbprint, resolve_seal_certificate
from blauweknop.core.seal.der_certificate import MAX_DER_BYTES, DerCertificate, parse_der_certificate, read_certificate
from blauweknop.core.seal.seal_profile import check_seal_profile, check_status_profile
from blauweknop.core.seal.trust import SealCertificate, Standing, Trust, thumbprint
from tests.unit.core.seal.certificate_chains import (
    AT,
    CA_USAGE,
    GOOD,
    ISS,
    ISSUING,
    OIN,
    ROOT,
    SEAL,
    SEAL_USAGE,
    Plan,
    changed,
    issue,
    name,
    trust,
    x5c,
)

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
STATUS_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.30")
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
UNKNOWN_EXTENSION = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
NAME_CONSTRAINTS = x509.NameConstraints([x509.UniformResourceIdentifier("bron.example")], None)


def resolve(plans: Sequence[Plan], *, iss: str = ISS, at: int = AT) -> SealCertificate:
    certificates = issue(plans)
    return resolve_seal_certificate(x5c(certificates), iss, trust(anchor=certificates[-1]), at=at)


def test_a_path_to_an_anchor_is_outside_the_scheme() -> None:
    found = resolve(GOOD)
    assert (found.oin, found.name, found.uri, found.standing) == (OIN, "Bron", ISS, Standing.BUITEN_STELSEL)
    assert found.public_key == SEAL.key.public_key()
    assert found.thumbprint == thumbprint(found.certificate)


def test_a_known_certificate_is_in_the_scheme_under_the_name_the_scheme_has() -> None:
    certificates = issue(GOOD)
    found = resolve_seal_certificate(x5c(certificates), ISS, trust(known=certificates[0]), at=AT)
    assert (found.standing, found.name) == (Standing.IN_STELSEL, "De Bron")


def test_neither_known_nor_anchored_is_unknown() -> None:
    certificates = issue(GOOD)
    for given_x5c in (x5c(certificates), x5c(certificates)[:1]):
        assert resolve_seal_certificate(given_x5c, ISS, Trust(), at=AT).standing is Standing.ONBEKEND


def test_an_anchor_of_the_same_name_with_another_key_does_not_vouch() -> None:
    certificates = issue(GOOD)
    namesake = issue([dataclasses.replace(ROOT, key=OTHER)])[0]
    found = resolve_seal_certificate(x5c(certificates), ISS, trust(anchor=namesake), at=AT)
    assert found.standing is Standing.ONBEKEND
    both = Trust(anchors=(namesake, certificates[-1]))
    assert resolve_seal_certificate(x5c(certificates), ISS, both, at=AT).standing is Standing.BUITEN_STELSEL


GOOD_VARIANTS: dict[str, Sequence[Plan]] = {
    "no intermediate": (SEAL, ROOT),
    "three intermediates": (
        SEAL,
        ISSUING,
        dataclasses.replace(ISSUING, subject=name("B"), path_length=1),
        dataclasses.replace(ISSUING, subject=name("C"), path_length=2),
        dataclasses.replace(ROOT, path_length=3),
    ),
    "no path lengths": [dataclasses.replace(plan, path_length=None) for plan in GOOD],
    "CA keys on P-384": changed(1, key=P384),
    "no basicConstraints in the seal": changed(0, ca=None),
    "extendedKeyUsage for documents": changed(0, extra=((x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), True),)),
    "an unknown extension that is not critical": changed(1, extra=((UNKNOWN_EXTENSION, False),)),
    "valid from this very second": changed(0, start=AT),
    "valid until this very second": changed(1, end=AT),
}


@pytest.mark.parametrize("plans", GOOD_VARIANTS.values(), ids=GOOD_VARIANTS)
def test_what_the_rules_allow_passes(plans: Sequence[Plan]) -> None:
    assert resolve(plans).standing is Standing.BUITEN_STELSEL


class Bad(NamedTuple):
    plans: Sequence[Plan]
    error: type[CertificateError]
    says: str


BAD = {
    # The path
    "missing CA flag": Bad(changed(1, ca=False), CertificatePathError, "6.1.4 (k)"),
    "no basicConstraints in a CA": Bad(changed(1, ca=None), CertificatePathError, "6.1.4 (k)"),
    "CA without keyCertSign": Bad(changed(1, usage=frozenset(["crl_sign"])), CertificatePathError, "6.1.4 (n)"),
    "CA without keyUsage": Bad(changed(1, usage=None), CertificatePathError, "6.1.4 (n)"),
    "path length exceeded at the root": Bad(changed(2, path_length=0), CertificatePathError, "6.1.4 (m)"),
    "path length exceeded below": Bad(
        (SEAL, ISSUING, dataclasses.replace(ISSUING, subject=name("B")), ROOT), CertificatePathError, "6.1.4 (m)"
    ),
    "anchor without CA flag": Bad(changed(2, ca=False), CertificatePathError, "6.1.4 (k)"),
    "anchor without keyCertSign": Bad(changed(2, usage=SEAL_USAGE), CertificatePathError, "6.1.4 (n)"),
    "seal not signed by its issuer": Bad(changed(0, signer=OTHER), CertificatePathError, "6.1.3 (a)"),
    "name of the issuer does not match": Bad(changed(0, issuer=name("Other")), CertificatePathError, "6.1.3 (a)"),
    "issuing CA is a seal certificate": Bad(
        (SEAL, dataclasses.replace(SEAL, subject=name("Other", OIN), key=OTHER), ROOT),
        CertificatePathError,
        "6.1.4 (k)",
    ),
    "unknown critical extension in the seal": Bad(
        changed(0, extra=((UNKNOWN_EXTENSION, True),)), CertificatePathError, "6.1.4 (o)"
    ),
    "unknown critical extension in a CA": Bad(
        changed(1, extra=((UNKNOWN_EXTENSION, True),)), CertificatePathError, "6.1.4 (o)"
    ),
    "critical extendedKeyUsage in a CA": Bad(
        changed(1, extra=((x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), True),)), CertificatePathError, "6.1.4 (o)"
    ),
    "name constraints": Bad(changed(1, extra=((NAME_CONSTRAINTS, True),)), CertificatePathError, "4.2.1.10"),
    "name constraints, not critical": Bad(
        changed(1, extra=((NAME_CONSTRAINTS, False),)), CertificatePathError, "4.2.1.10"
    ),
    "policy constraints": Bad(
        changed(1, extra=((x509.PolicyConstraints(0, None), False),)), CertificatePathError, "4.2.1.10"
    ),
    "four intermediates": Bad(
        (
            SEAL,
            *(dataclasses.replace(ISSUING, subject=name(letter), path_length=None) for letter in "ABCD"),
            dataclasses.replace(ROOT, path_length=None),
        ),
        CertificatePathError,
        "more than 3",
    ),
    "self-issued intermediate": Bad(
        (SEAL, ISSUING, dataclasses.replace(ROOT, key=OTHER, path_length=2), dataclasses.replace(ROOT, path_length=2)),
        CertificatePathError,
        "self-issued",
    ),
    # The time
    "seal expired": Bad(changed(0, end=AT - 1), CertificateNotValidAtError, "6.1.3 (a)(2)"),
    "seal not yet valid": Bad(changed(0, start=AT + 1), CertificateNotValidAtError, "6.1.3 (a)(2)"),
    "issuing CA expired": Bad(changed(1, end=AT - 1), CertificateNotValidAtError, "6.1.3 (a)(2)"),
    "anchor not yet valid": Bad(changed(2, start=AT + 1), CertificateNotValidAtError, "6.1.3 (a)(2)"),
    # The profile
    "seal on P-384": Bad(changed(0, key=P384), CertificateProfileError, "P-256"),
    "seal is a CA": Bad(changed(0, ca=True), CertificateProfileError, "4.2.1.9"),
    "seal without keyUsage": Bad(changed(0, usage=None), CertificateProfileError, "4.2.1.3"),
    "seal without nonRepudiation": Bad(
        changed(0, usage=frozenset(["digital_signature"])), CertificateProfileError, "4.2.1.3"
    ),
    "seal without digitalSignature": Bad(
        changed(0, usage=frozenset(["content_commitment"])), CertificateProfileError, "4.2.1.3"
    ),
    "seal with keyCertSign": Bad(changed(0, usage=SEAL_USAGE | CA_USAGE), CertificateProfileError, "4.2.1.3"),
    "seal with keyAgreement": Bad(changed(0, usage=SEAL_USAGE | {"key_agreement"}), CertificateProfileError, "4.2.1.3"),
    "seal of a web server": Bad(
        changed(0, extra=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),)),
        CertificateProfileError,
        "RFC 9336",
    ),
    "no URI": Bad(changed(0, uris=()), CertificateProfileError, "4.2.1.6"),
    "two URIs": Bad(changed(0, uris=(ISS, "https://ander.example")), CertificateProfileError, "4.2.1.6"),
    "the same URI twice": Bad(changed(0, uris=(ISS, ISS)), CertificateProfileError, "4.2.1.6"),
    "no OIN": Bad(changed(0, subject=name("Bron")), CertificateProfileError, "20 digits"),
    "two OINs": Bad(changed(0, subject=name("Bron", OIN, "1" * 20)), CertificateProfileError, "20 digits"),
    "OIN of 19 digits": Bad(changed(0, subject=name("Bron", OIN[1:])), CertificateProfileError, "20 digits"),
    "OIN with a letter": Bad(changed(0, subject=name("Bron", "A" + OIN[1:])), CertificateProfileError, "20 digits"),
    "name that turns the text round": Bad(
        changed(0, subject=name("Bron", OIN, organisation="\u202enorB")), CertificateProfileError, "cannot be shown"
    ),
    # Form
    "seal with an RSA key": Bad(changed(0, key=RSA), CertificateMalformedError, "P-256 or P-384"),
    "seal with an Ed25519 key": Bad(
        changed(0, key=ed25519.Ed25519PrivateKey.generate()), CertificateMalformedError, "P-256 or P-384"
    ),
    "issuing CA on P-521": Bad(
        changed(1, key=ec.generate_private_key(ec.SECP521R1())), CertificateMalformedError, "P-256 or P-384"
    ),
    "seal signed by RSA": Bad(changed(0, signer=RSA), CertificateMalformedError, "RFC 5758"),
    "unreadable extension": Bad(
        changed(
            0,
            uris=(),
            extra=((x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, b"\x01"), False),),
        ),
        CertificateMalformedError,
        "cannot be read",
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_one_change_to_a_good_chain_is_refused(case: Bad) -> None:
    with pytest.raises(CertificateError) as caught:
        resolve(case.plans)
    assert type(caught.value) is case.error
    assert case.says in str(caught.value)


def test_a_self_signed_seal_is_refused() -> None:
    certificate = issue([SEAL])[0]
    with pytest.raises(CertificateProfileError, match="self-signed"):
        resolve_seal_certificate(x5c([certificate, certificate]), ISS, trust(known=certificate), at=AT)


@pytest.mark.parametrize("iss", ["https://bron.example/", "https://BRON.example", "https://ander.example", ""])
def test_the_seal_of_another_issuer_is_refused(iss: str) -> None:
    with pytest.raises(CertificateIssuerError):
        resolve(GOOD, iss=iss)


def test_an_anchor_that_comes_with_the_document_is_refused() -> None:
    certificates = issue(GOOD)
    everything = tuple(one.public_bytes(Encoding.DER) for one in certificates)
    with pytest.raises(CertificatePathError, match="came with the document"):
        resolve_seal_certificate(everything, ISS, trust(anchor=certificates[-1]), at=AT)
    # An anchor need not be self-issued: the issuing CA may be one, and then may not travel along either.
    with pytest.raises(CertificatePathError, match="came with the document"):
        resolve_seal_certificate(everything[:2], ISS, trust(anchor=certificates[1]), at=AT)


def test_a_certificate_twice_is_refused() -> None:
    certificates = issue(GOOD)
    seal, issuing = x5c(certificates)
    with pytest.raises(CertificatePathError, match="twice"):
        resolve_seal_certificate((seal, issuing, issuing), ISS, trust(anchor=certificates[-1]), at=AT)


def test_certificates_in_another_order_are_refused() -> None:
    certificates = issue(GOOD)
    with pytest.raises(CertificateError):
        resolve_seal_certificate(x5c(certificates)[::-1], ISS, trust(anchor=certificates[-1]), at=AT)


def test_no_certificate_is_refused() -> None:
    with pytest.raises(CertificatePathError, match="empty"):
        resolve_seal_certificate((), ISS, Trust(), at=AT)


def test_a_known_certificate_is_held_to_its_own_path() -> None:
    certificates = issue(changed(1, ca=False))
    with pytest.raises(CertificatePathError):
        resolve_seal_certificate(x5c(certificates), ISS, trust(known=certificates[0]), at=AT)


def test_a_known_certificate_of_another_oin_is_refused() -> None:
    certificates = issue(GOOD)
    known = trust(known=certificates[0], oin="1" * 20)
    with pytest.raises(CertificateIssuerError, match="another OIN"):
        resolve_seal_certificate(x5c(certificates), ISS, known, at=AT)


def test_by_thumbprint_only_what_is_known_and_valid_is_found() -> None:
    certificate = issue(GOOD)[0]
    known, kid = trust(known=certificate), thumbprint(certificate)
    assert resolve_by_thumbprint(kid, ISS, known, at=AT).standing is Standing.IN_STELSEL
    with pytest.raises(SealUnknownError):
        resolve_by_thumbprint(kid, ISS, Trust(), at=AT)
    with pytest.raises(CertificateNotValidAtError):
        resolve_by_thumbprint(kid, ISS, known, at=SEAL.end + 1)
    with pytest.raises(CertificateIssuerError):
        resolve_by_thumbprint(kid, "https://ander.example", known, at=AT)


def test_bytes_that_are_no_certificate_are_refused() -> None:
    der = x5c(issue(GOOD))[0]
    assert parse_der_certificate(der).certificate.public_bytes(Encoding.DER) == der
    for bad in (b"", der[:-1], der + b"\0", b"\x30\x80" + der[4:] + b"\0\0", bytes(MAX_DER_BYTES + 1)):
        with pytest.raises(CertificateMalformedError):
            parse_der_certificate(bad)


def test_an_older_version_of_certificate_is_refused() -> None:
    edited = asn1_x509.Certificate.load(x5c(issue(GOOD))[0])
    edited["tbs_certificate"]["version"] = "v1"
    del edited["tbs_certificate"]["extensions"]
    with pytest.raises(CertificateMalformedError):
        parse_der_certificate(edited.dump(force=True))


def test_an_extension_that_stands_twice_is_refused() -> None:
    edited = asn1_x509.Certificate.load(x5c(issue(GOOD))[0])
    extensions = edited["tbs_certificate"]["extensions"]
    extensions.append(extensions[0].copy())
    with pytest.raises(CertificateMalformedError, match="twice"):
        parse_der_certificate(edited.dump(force=True))


@given(st.data())
def test_no_flipped_bit_of_the_seal_certificate_passes(data: st.DataObject) -> None:
    seal, issuing = x5c(CERTIFICATES)
    place, bit = data.draw(st.integers(0, len(seal) - 1)), data.draw(st.integers(0, 7))
    flipped = seal[:place] + bytes([seal[place] ^ 1 << bit]) + seal[place + 1 :]
    with pytest.raises(CertificateError):
        resolve_seal_certificate((flipped, issuing), ISS, trust(anchor=CERTIFICATES[-1]), at=AT)


CERTIFICATES = issue(GOOD)


def test_the_key_of_status_lists_cannot_seal_nor_the_other_way_round() -> None:
    status_plan = changed(
        0, usage=frozenset(["digital_signature"]), extra=((x509.ExtendedKeyUsage([STATUS_SIGNING]), False),)
    )
    status, seal = (parse_der_certificate(x5c(issue(plans))[0]) for plans in (status_plan, GOOD))
    assert check_status_profile(status) == check_seal_profile(seal)
    with pytest.raises(CertificateProfileError):
        check_seal_profile(status)
    with pytest.raises(CertificateProfileError, match="alone"):
        check_status_profile(seal)
    without = parse_der_certificate(x5c(issue(changed(0, usage=frozenset(["digital_signature"]))))[0])
    with pytest.raises(CertificateProfileError, match="oauthStatusSigning"):
        check_status_profile(without)


def test_what_is_remembered_of_a_path_is_neither_the_time_nor_who_was_expected() -> None:
    certificates = issue(GOOD)
    whom = trust(anchor=certificates[-1])
    for _ in range(2):
        assert resolve_seal_certificate(x5c(certificates), ISS, whom, at=AT).standing is Standing.BUITEN_STELSEL
    with pytest.raises(CertificateNotValidAtError):
        resolve_seal_certificate(x5c(certificates), ISS, whom, at=SEAL.end + 1)
    with pytest.raises(CertificateIssuerError):
        resolve_seal_certificate(x5c(certificates), "https://ander.example", whom, at=AT)
    assert resolve_seal_certificate(x5c(certificates)[:1], ISS, whom, at=AT).standing is Standing.ONBEKEND
    # Another trust knows nothing of it; one that knows the seal says so.
    assert resolve_seal_certificate(x5c(certificates), ISS, trust(known=certificates[0]), at=AT).name == "De Bron"
    assert resolve_seal_certificate(x5c(certificates), ISS, Trust(), at=AT).standing is Standing.ONBEKEND


RULES = {
    "profile": (certificates_module, "check_seal_profile"),
    "iss": (certificates_module, "check_seals_for"),
    "shape of the path": (certificates_module, "check_path_shape"),
    "links of the path": (certificates_module, "check_links"),
    "time": (certificates_module, "check_valid_at"),
    "CA": (certificate_path, "_check_ca"),
    "extensions": (certificate_path, "_check_extensions"),
    "signature": (DerCertificate, "is_signed_by"),
    "usage": (seal_profile, "_usage"),
    "URI": (seal_profile, "_uri"),
    "OIN": (seal_profile, "_oin"),
}


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_something_bad_gets_through(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = check_seal_profile(parse_der_certificate(x5c(CERTIFICATES)[0]))
    answers = {"profile": subject, "signature": True, "usage": SEAL_USAGE, "URI": ISS, "OIN": OIN}
    place, name_ = RULES[rule]
    monkeypatch.setattr(place, name_, lambda *_arguments, **_named: answers.get(rule))
    through = [case for case, bad in BAD.items() if _passes(bad.plans, ISS)]
    assert through or _passes(GOOD, "https://ander.example")


def _passes(plans: Sequence[Plan], iss: str) -> bool:
    try:
        resolve(plans, iss=iss)
    except CertificateError:
        return False
    return True


def test_a_whole_path_is_checked_at_once() -> None:
    path = [read_certificate(certificate) for certificate in CERTIFICATES]
    check_path(path, at=AT)
    with pytest.raises(CertificateNotValidAtError):
        check_path(path, at=SEAL.end + 1)
    with pytest.raises(CertificatePathError):
        check_path(path[::-1], at=AT)
