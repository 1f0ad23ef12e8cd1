# SPDX-License-Identifier: EUPL-1.2
"""The certificate path by two validators nobody here wrote: where RFC 5280 decides, they decide as we do."""

import asyncio
import datetime as dt
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InvalidCertificateError, PathBuildingError, PathValidationError

from blauweknop.adapters.keys.chain import ChainSource, init_source
from blauweknop.adapters.keys.folder import load_signer
from tests.unit.core.seal.certificate_chains import AT, Plan, issue
from tests.unit.core.seal.test_certificates import BAD, GOOD_VARIANTS

# Cases that RFC 5280 itself decides; the rest is our profile, or what we refuse rather than process.
OF_THE_STANDARD = {name: bad.plans for name, bad in BAD.items() if bad.says.startswith("6.1")}
# Where a validator is milder, and the standard lets it: keyUsage counts only where it stands (§6.1.4 (n)), an extension
# that is processed need not be refused, and an anchor is taken as given (RFC 5937 is optional).
MILDER = {"CA without keyUsage", "critical extendedKeyUsage in a CA"}
ANCHOR_AS_GIVEN = {name for name in OF_THE_STANDARD if "anchor" in name} | {"path length exceeded at the root"}


def pyhanko_accepts(certificates: Sequence[x509.Certificate], at: int) -> bool:
    leaf, *between, root = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in certificates]
    context = ValidationContext(
        trust_roots=[root],
        moment=dt.datetime.fromtimestamp(at, dt.UTC),
        allow_fetching=False,
        revocation_mode="soft-fail",
        time_tolerance=dt.timedelta(0),
    )
    validator = CertificateValidator(leaf, intermediate_certs=between, validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage({"non_repudiation"}))  # type: ignore[no-untyped-call]
    except (InvalidCertificateError, PathValidationError, PathBuildingError):
        return False
    return True


def openssl_accepts(certificates: Sequence[x509.Certificate], at: int, folder: Path) -> bool:
    for name, some in (("leaf", certificates[:1]), ("between", certificates[1:-1]), ("root", certificates[-1:])):
        (folder / name).write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in some))
    words = ["openssl", "verify", "-no-CApath", "-no-CAfile", "-no-CAstore", "-attime", str(at)]
    words += [
        "-trusted",
        str(folder / "root"),
        *(["-untrusted", str(folder / "between")] if certificates[1:-1] else []),
    ]
    return subprocess.run([*words, str(folder / "leaf")], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("plans", GOOD_VARIANTS.values(), ids=GOOD_VARIANTS)
def test_pyhanko_accepts_what_we_accept(plans: Sequence[Plan]) -> None:
    assert pyhanko_accepts(issue(plans), AT)


@pytest.mark.parametrize("name", sorted(set(OF_THE_STANDARD) - MILDER - ANCHOR_AS_GIVEN))
def test_pyhanko_refuses_what_the_standard_refuses(name: str) -> None:
    assert not pyhanko_accepts(issue(OF_THE_STANDARD[name]), AT)


NEEDS_OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")


@NEEDS_OPENSSL
@pytest.mark.parametrize("name", GOOD_VARIANTS)
def test_openssl_accepts_what_we_accept(name: str, tmp_path: Path) -> None:
    # OpenSSL counts the last second of a certificate as past; RFC 5280 §4.1.2.5 says it is within.
    at = AT - (name == "valid until this very second")
    assert openssl_accepts(issue(GOOD_VARIANTS[name]), at, tmp_path)


@NEEDS_OPENSSL
@pytest.mark.parametrize("name", sorted(set(OF_THE_STANDARD) - MILDER))
def test_openssl_refuses_what_the_standard_refuses(name: str, tmp_path: Path) -> None:
    assert not openssl_accepts(issue(OF_THE_STANDARD[name]), AT, tmp_path)


def test_the_chain_we_make_satisfies_both(tmp_path: Path) -> None:
    source = ChainSource("bron", "Bron", "00000001999999999000", "https://bron.example")
    folder = init_source(tmp_path, source, now=AT)
    root = x509.load_pem_x509_certificate((tmp_path / "vertrouwen" / "ankers" / "test-root.pem").read_bytes())
    chain = [*map(x509.load_der_x509_certificate, load_signer(folder, "seal").certificates), root]
    assert pyhanko_accepts(chain, AT)
    assert not pyhanko_accepts(chain, AT + 3 * 366 * 86_400)
    if shutil.which("openssl"):
        assert openssl_accepts(chain, AT, tmp_path)
        assert not openssl_accepts(chain[:1] + chain[2:], AT, tmp_path)
