# SPDX-License-Identifier: EUPL-1.2
"""Whose status list counts: one good certificate, and each way in which another is not it."""

import pytest

from blauweknop.core.seal.certificate_errors import (
    CertificateError,
    CertificateIssuerError,
    CertificateMalformedError,
    CertificateNotValidAtError,
    CertificatePathError,
    CertificateProfileError,
)
from blauweknop.core.seal.trust import Trust
from blauweknop.core.status.signed_by import resolve_status_key
from tests.unit.adapters.paper.printing import AT
from tests.unit.adapters.verify.chain import OIN, Chain, make_chain

ISS = "https://bron.voorbeeld.example"
CHAIN = make_chain(ISS)
OTHER = make_chain(ISS)


def resolve(x5c: tuple[bytes, ...], *, iss: str = ISS, trust: Trust = CHAIN.trust, at: int = AT) -> bytes:
    return resolve_status_key(x5c, iss=iss, oin=OIN, trust=trust, at=at).public_numbers().x.to_bytes(32, "big")


def test_the_organisations_own_status_certificate_counts() -> None:
    own = CHAIN.status._key.public_key().public_numbers().x.to_bytes(32, "big")
    assert resolve(CHAIN.status.certificates) == own


def other_than(chain: Chain) -> dict[str, tuple[tuple[bytes, ...], type[CertificateError]]]:
    leaf, intermediate = chain.status.certificates
    return {
        "none": ((), CertificatePathError),
        "of the seal": (chain.seal.certificates, CertificateProfileError),
        "of another organisation": (chain.other_status.certificates, CertificateIssuerError),
        "no DER": ((b"0",), CertificateMalformedError),
        "without the intermediate": ((leaf,), CertificatePathError),
        "in another order": ((intermediate, leaf), CertificateProfileError),
        "under another CA": ((leaf, OTHER.status.certificates[1]), CertificatePathError),
        "under a CA that is not trusted": (OTHER.status.certificates, CertificatePathError),
    }


@pytest.mark.parametrize("name", other_than(CHAIN))
def test_another_certificate_does_not_count(name: str) -> None:
    x5c, error = other_than(CHAIN)[name]
    with pytest.raises(error):
        resolve(x5c)


def test_it_must_be_for_this_address_and_valid_now() -> None:
    with pytest.raises(CertificateIssuerError):
        resolve(CHAIN.status.certificates, iss="https://bron.voorbeeld.example/")
    with pytest.raises(CertificateNotValidAtError):
        resolve(CHAIN.status.certificates, at=AT + 3 * 365 * 86_400)
