# SPDX-License-Identifier: EUPL-1.2
"""The folder with what a verifier trusts: read whole or refused with the file named."""

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.adapters.keys import trust_folder
from blauweknop.adapters.keys.chain import ChainSource, init_source
from blauweknop.adapters.keys.errors import TrustUnusableError
from blauweknop.adapters.keys.trust_folder import load_trust
from tests.unit.core.seal.certificate_chains import ROOT, issue

NOW = 1_790_000_000
SOURCE = ChainSource("bron", "Bron", "00000001999999999000", "https://bron.example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_source(tmp_path, SOURCE, now=NOW)
    return tmp_path / "vertrouwen"


def test_it_is_read_whole(folder: Path) -> None:
    trust = load_trust(folder)
    assert (len(trust.anchors), trust.environment) == (1, "test")
    (known,) = trust.known.values()
    assert (known.oin, known.name) == (SOURCE.oin, SOURCE.name)


def test_without_anchors_or_seals_nothing_is_trusted(tmp_path: Path) -> None:
    (tmp_path / "omgeving").write_text("productie\n", encoding="ascii")
    trust = load_trust(tmp_path)
    assert (trust.anchors, dict(trust.known), trust.environment) == ((), {}, "productie")


def test_other_files_beside_the_certificates_are_left_alone(folder: Path) -> None:
    (folder / "ankers" / "LEESMIJ.txt").write_text("uitleg", encoding="ascii")
    assert load_trust(folder) == load_trust(folder)
    assert len(load_trust(folder).anchors) == 1


def put(name: str, contents: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(contents)

    return change


def copied(name: str, other: str) -> Callable[[Path], None]:
    return lambda folder: put(other, (folder / name).read_bytes())(folder)


def issuing_as_anchor(folder: Path) -> None:
    (folder / "ankers" / "x.pem").write_bytes((folder.parent / "ca" / "issuing.crt.pem").read_bytes())


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "ankers" / "x.pem")


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "no environment": (lambda folder: (folder / "omgeving").unlink(), "omgeving"),
    "another environment": (put("omgeving", b"acceptatie\n"), "neither test nor productie"),
    "an environment that is no text": (put("omgeving", b"\xff\n"), "neither test nor productie"),
    "anchor that is text": (put("ankers/x.pem", b"anker"), "x.pem is not a certificate"),
    "anchor that is a seal": (copied("zegels/bron.pem", "ankers/x.pem"), "not a self-signed certificate of a CA"),
    "anchor that is not self-signed": (issuing_as_anchor, "not a self-signed certificate of a CA"),
    "anchor larger than any": (put("ankers/x.pem", b"x" * 70_000), "larger than"),
    "pipe in the place of an anchor": (pipe, "not a regular file"),
    "seal that is a CA": (copied("ankers/test-root.pem", "zegels/x.pem"), "x.pem"),
    "seal that is text": (put("zegels/x.pem", b"zegel"), "x.pem is not a certificate"),
    "seal that everybody can change": (lambda folder: (folder / "zegels/bron.pem").chmod(0o666), "everybody"),
}


@pytest.mark.parametrize(("change", "says"), BAD.values(), ids=BAD)
def test_one_change_to_a_good_folder_is_refused(folder: Path, change: Callable[[Path], None], says: str) -> None:
    load_trust(folder)
    change(folder)
    with pytest.raises(TrustUnusableError, match=says):
        load_trust(folder)


def only_seals_in_production(folder: Path) -> None:
    (folder / "omgeving").write_bytes(b"productie\n")
    (folder / "ankers" / "test-root.pem").unlink()


@pytest.mark.parametrize(
    ("change", "file"), [(put("omgeving", b"productie\n"), "ankers"), (only_seals_in_production, "zegels")]
)
def test_nothing_of_the_test_chain_counts_in_production(
    folder: Path, change: Callable[[Path], None], file: str
) -> None:
    load_trust(folder)
    change(folder)
    with pytest.raises(TrustUnusableError, match=rf"{file}.*is of the test chain, and omgeving says productie"):
        load_trust(folder)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrustUnusableError, match="not a folder"):
        load_trust(tmp_path / "nergens")


def test_an_old_kind_of_certificate_is_named(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = issue([dataclasses.replace(ROOT, key=key)])[0]
    (folder / "zegels" / "x.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    with pytest.raises(TrustUnusableError, match=r"x\.pem: .*P-256"):
        load_trust(folder)


def test_more_files_than_allowed_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust_folder, "_MAX_FILES", 1)
    (folder / "zegels" / "y.pem").write_bytes((folder / "zegels" / "bron.pem").read_bytes())
    with pytest.raises(TrustUnusableError, match="more than 1 files"):
        load_trust(folder)
