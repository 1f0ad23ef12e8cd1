# SPDX-License-Identifier: EUPL-1.2
"""The test chain: made once, whole, never over what is there; and it satisfies the checks of the core."""

import stat
from pathlib import Path

import pytest

from blauweknop.adapters.keys.chain import ChainSource, init_source, init_test_chain, keys_folder, trust_folder
from blauweknop.adapters.keys.errors import KeyExistsError, KeyUnusableError
from blauweknop.adapters.keys.folder import load_secret, load_signer
from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.core.seal.certificate_errors import CertificateNotValidAtError
from blauweknop.core.seal.certificates import resolve_seal_certificate
from blauweknop.core.seal.trust import Standing, Trust

NOW = 1_790_000_000
RDW = ChainSource("rdw", "RDW", "00000004003214345000", "http://localhost:8103")
RVIG = ChainSource("rvig", "RvIG", "00000001802327497000", "http://localhost:8101")


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    root = tmp_path / "demo"
    init_source(root, RDW, now=NOW)
    return root


def _contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_made_key_seals_within_the_scheme(chain: Path) -> None:
    signer = load_signer(keys_folder(chain, "rdw"), "seal")
    trust = load_trust(trust_folder(chain))
    found = resolve_seal_certificate(signer.certificates, RDW.iss, trust, at=NOW)
    assert (found.oin, found.name, found.standing) == (RDW.oin, "RDW", Standing.IN_STELSEL)
    assert trust.environment == "test"


def test_the_root_alone_gives_outside_the_scheme(chain: Path) -> None:
    signer = load_signer(keys_folder(chain, "rdw"), "seal")
    anchors = load_trust(trust_folder(chain)).anchors
    found = resolve_seal_certificate(signer.certificates, RDW.iss, Trust(anchors), at=NOW)
    assert found.standing is Standing.BUITEN_STELSEL


@pytest.mark.parametrize("later", [-2 * 3600, 2 * 366 * 86400], ids=["before", "after two years"])
def test_a_seal_set_outside_the_life_of_the_certificate_is_refused(chain: Path, later: int) -> None:
    signer = load_signer(keys_folder(chain, "rdw"), "seal")
    with pytest.raises(CertificateNotValidAtError):
        resolve_seal_certificate(signer.certificates, RDW.iss, load_trust(trust_folder(chain)), at=NOW + later)


def test_private_files_are_for_their_owner_only(chain: Path) -> None:
    for path in [*chain.rglob("*.key.pem"), *chain.rglob("*.secret")]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    for path in (chain / "ca", keys_folder(chain, "rdw")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


def test_existing_keys_are_never_overwritten(chain: Path) -> None:
    before = _contents(chain)
    with pytest.raises(KeyExistsError):
        init_source(chain, RDW, now=NOW + 1)
    assert _contents(chain) == before


def test_a_second_source_comes_under_the_same_root(chain: Path) -> None:
    root_before = (chain / "ca" / "root.crt.pem").read_bytes()
    init_test_chain(chain, [RDW, RVIG], now=NOW)
    assert (chain / "ca" / "root.crt.pem").read_bytes() == root_before
    assert {seal.name for seal in load_trust(trust_folder(chain)).known.values()} == {"RDW", "RvIG"}


def test_running_again_changes_nothing(chain: Path) -> None:
    before = _contents(chain)
    init_test_chain(chain, [RDW], now=NOW + 1)
    assert _contents(chain) == before


def test_running_again_enters_a_seal_that_a_crash_left_out(chain: Path) -> None:
    seal = trust_folder(chain) / "zegels" / "rdw.pem"
    expected = seal.read_bytes()
    seal.unlink()
    init_test_chain(chain, [RDW], now=NOW)
    assert seal.read_bytes() == expected


def test_keys_of_another_organisation_are_not_taken_over(chain: Path) -> None:
    other = ChainSource("rdw", "RDW", RDW.oin, "http://localhost:8104")
    with pytest.raises(KeyUnusableError, match="another iss or OIN"):
        init_test_chain(chain, [other], now=NOW)


def test_another_certificate_under_the_same_name_in_trust_stops(chain: Path) -> None:
    (trust_folder(chain) / "zegels" / "rdw.pem").write_bytes((chain / "ca" / "root.crt.pem").read_bytes())
    with pytest.raises(KeyExistsError, match="says otherwise"):
        init_test_chain(chain, [RDW], now=NOW)


@pytest.mark.parametrize(
    ("name", "contents", "says"),
    [
        ("issuing.key.pem", b"key", "not in PEM"),
        ("issuing.crt.pem", b"certificate", "not in PEM"),
        ("issuing.key.pem", None, "not the key of its certificate"),
    ],
)
def test_a_damaged_ca_makes_no_keys(chain: Path, name: str, contents: bytes | None, says: str) -> None:
    (chain / "ca" / name).write_bytes(contents or (chain / "ca" / "root.key.pem").read_bytes())
    with pytest.raises(KeyUnusableError, match=says):
        init_source(chain, RVIG, now=NOW)
    assert not keys_folder(chain, "rvig").exists()


def test_a_ca_key_that_others_can_read_makes_no_keys(chain: Path) -> None:
    (chain / "ca" / "issuing.key.pem").chmod(0o640)
    with pytest.raises(KeyUnusableError, match="open to others"):
        init_source(chain, RVIG, now=NOW)


def test_secrets_differ_by_purpose_and_source(chain: Path) -> None:
    init_source(chain, RVIG, now=NOW)
    made = {
        load_secret(keys_folder(chain, slug), purpose) for slug in ("rdw", "rvig") for purpose in ("log", "session")
    }
    assert len(made) == 4
    assert {len(secret) for secret in made} == {32}


@pytest.mark.parametrize(
    ("slug", "name", "oin", "iss", "message"),
    [
        ("../rdw", "RDW", RDW.oin, RDW.iss, "short name"),
        ("RDW", "RDW", RDW.oin, RDW.iss, "short name"),
        ("rdw", "", RDW.oin, RDW.iss, "printable"),
        ("rdw", "R" * 41, RDW.oin, RDW.iss, "printable"),
        ("rdw", "R\nDW", RDW.oin, RDW.iss, "printable"),
        ("rdw", "RDW", "0000000400321434500", RDW.iss, "20 digits"),
        ("rdw", "RDW", "0000000400321434500٠", RDW.iss, "20 digits"),
        ("rdw", "RDW", RDW.oin, "http://rdw.example", "https"),
        ("rdw", "RDW", RDW.oin, "https://rdw.example/", "https"),
        ("rdw", "RDW", RDW.oin, "https://RDW.example", "https"),
    ],
)
def test_a_source_that_cannot_be_certified_is_refused(slug: str, name: str, oin: str, iss: str, message: str) -> None:
    with pytest.raises(KeyUnusableError, match=message):
        ChainSource(slug, name, oin, iss)
