# SPDX-License-Identifier: EUPL-1.2
"""Keys without a certificate: one purpose each, made once, refused when anything about them is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from blauweknop.adapters.keys.bare import bare_key_path, ensure_bare_keys, load_bare_key, load_bare_signer
from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.core.wire.jwk import jwk_thumbprint

TOKEN, DPOP = "token", "dpop"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ensure_bare_keys(tmp_path / "keys", [TOKEN, DPOP])
    return tmp_path / "keys"


def kid(folder: Path, purpose: str) -> str:
    return load_bare_signer(bare_key_path(folder, purpose), purpose).kid


def linked(path: Path) -> None:
    path.rename(path.with_name("x"))
    path.symlink_to("x")


def test_each_purpose_has_a_key_of_its_own_that_stays(folder: Path) -> None:
    before = {purpose: kid(folder, purpose) for purpose in (TOKEN, DPOP)}
    assert before[TOKEN] != before[DPOP]
    ensure_bare_keys(folder, [TOKEN, DPOP, "client"])
    assert {purpose: kid(folder, purpose) for purpose in (TOKEN, DPOP)} == before
    assert kid(folder, TOKEN) == jwk_thumbprint(load_bare_key(bare_key_path(folder, TOKEN), TOKEN).public_key())


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return b"Purpose: token\n" + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


BAD: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "readable by others": lambda path: path.chmod(0o640),
    "a link": linked,
    "copied from another purpose": lambda path: path.write_bytes((path.parent / "dpop.key.pem").read_bytes()),
    "without its purpose": lambda path: path.write_bytes(path.read_bytes().split(b"\n", 1)[1]),
    "no key": lambda path: path.write_bytes(b"Purpose: token\nniets"),
    "half a key": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "another curve": lambda path: path.write_bytes(pem(ec.generate_private_key(ec.SECP384R1()))),
    "RSA": lambda path: path.write_bytes(pem(rsa.generate_private_key(65537, 2048))),
}


@pytest.mark.parametrize("change", BAD)
def test_one_change_and_it_is_refused(folder: Path, change: str) -> None:
    BAD[change](bare_key_path(folder, TOKEN))
    with pytest.raises(KeyUnusableError):
        load_bare_signer(bare_key_path(folder, TOKEN), TOKEN)
    if change != "gone":
        with pytest.raises(KeyUnusableError):
            ensure_bare_keys(folder, [TOKEN])
