# SPDX-License-Identifier: EUPL-1.2
"""Keys and secrets as files: one purpose each, closed to others, and a clear refusal of anything else."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from blauweknop.adapters.keys.chain import ChainSource, init_source
from blauweknop.adapters.keys.contract import Purpose, SecretPurpose
from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.adapters.keys.folder import KeyFolder, load_certificates, load_secret, load_signer
from blauweknop.adapters.keys.private_file import MAX_BYTES
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.keys import verify_es256

NOW = 1_790_000_000
SOURCE = ChainSource("bron", "Bron", "00000001999999999000", "https://bron.example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return init_source(tmp_path / "demo", SOURCE, now=NOW)


def key_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes = b"") -> bytes:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def use(folder: Path) -> None:
    """Everything a service loads when it starts."""
    keys = KeyFolder(folder)
    for purpose in Purpose:
        keys.signer(purpose)
    for secret in SecretPurpose:
        keys.secret(secret)


def test_what_is_loaded_signs_as_its_certificate_says(folder: Path) -> None:
    for purpose in Purpose:
        signer = load_signer(folder, purpose)
        certificate = load_certificates(folder, purpose)[0]
        verify_es256(certificate.key, signer.sign(b"data"), b"data")
        assert len(signer.certificates) == 2
    assert load_signer(folder, "seal").kid != load_signer(folder, "status").kid
    assert len(load_secret(folder, "log")) == 32


def loosen(name: str, mode: int) -> Callable[[Path], None]:
    return lambda folder: (folder / name).chmod(mode)


def put(name: str, contents: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(contents)

    return change


def linked(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        moved = folder.parent / "elders"
        (folder / name).rename(moved)
        (folder / name).symlink_to(moved)

    return change


def copied(name: str, other: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        shutil.copy(folder / name, folder / other)

    return change


def both(first: Callable[[Path], None], second: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        first(folder)
        second(folder)

    return change


def pipe(folder: Path) -> None:
    (folder / "log.secret").unlink()
    os.mkfifo(folder / "log.secret", 0o600)


def directory(folder: Path) -> None:
    (folder / "seal.key.pem").unlink()
    (folder / "seal.key.pem").mkdir(mode=0o700)


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "key that the group can read": (loosen("seal.key.pem", 0o640), "take away 0040"),
    "key that others can read": (loosen("status.key.pem", 0o604), "take away 0004"),
    "key that the group can write": (loosen("seal.key.pem", 0o620), "take away 0020"),
    "secret that others can read": (loosen("log.secret", 0o644), "take away 0044"),
    "folder that others can enter": (lambda folder: folder.chmod(0o711), "take away 0011"),
    "certificate that others can change": (loosen("seal.crt.pem", 0o666), "take away 0022"),
    "key behind a link": (linked("seal.key.pem"), "seal.key.pem"),
    "secret behind a link": (linked("session.secret"), "session.secret"),
    "certificate behind a link": (linked("seal.crt.pem"), "seal.crt.pem"),
    "pipe in the place of a secret": (pipe, "not a regular file"),
    "folder in the place of a key": (directory, "not a regular file"),
    "no key": (lambda folder: (folder / "seal.key.pem").unlink(), "No such file"),
    "no certificate": (lambda folder: (folder / "seal.crt.pem").unlink(), "No such file"),
    "no secret": (lambda folder: (folder / "log.secret").unlink(), "No such file"),
    "key that is text": (put("seal.key.pem", b"key"), "not a private key in PEM"),
    "key that is empty": (put("seal.key.pem", b""), "not a private key in PEM"),
    "key behind a password": (
        put("seal.key.pem", key_pem(ec.generate_private_key(ec.SECP256R1()), b"geheim")),
        "without password",
    ),
    "key on another curve": (put("seal.key.pem", key_pem(ec.generate_private_key(ec.SECP384R1()))), "P-256"),
    "key of another kind": (
        put("seal.key.pem", key_pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))),
        "P-256",
    ),
    "key of another certificate": (
        put("seal.key.pem", key_pem(ec.generate_private_key(ec.SECP256R1()))),
        "not of one key",
    ),
    "key used for another purpose": (copied("seal.key.pem", "status.key.pem"), "not of one key"),
    "key and certificate used for another purpose": (
        both(copied("seal.key.pem", "status.key.pem"), copied("seal.crt.pem", "status.crt.pem")),
        "keyUsage",
    ),
    "status key used to seal": (
        both(copied("status.key.pem", "seal.key.pem"), copied("status.crt.pem", "seal.crt.pem")),
        "keyUsage",
    ),
    "certificate that is text": (put("seal.crt.pem", b"certificate"), "no certificate in PEM"),
    "certificate larger than any": (put("seal.crt.pem", b"x" * (MAX_BYTES + 1)), "larger than"),
    "secret for another purpose": (copied("session.secret", "log.secret"), "not a secret for log"),
    "secret without a purpose": (put("log.secret", b64url_encode(bytes(32)).encode()), "not a secret for log"),
    "secret too short": (put("log.secret", b"log " + b64url_encode(bytes(31)).encode()), "32 bytes"),
    "secret in another spelling": (put("log.secret", b"log " + b"=" * 43), "base64url"),
}


@pytest.mark.parametrize(("change", "says"), BAD.values(), ids=BAD)
def test_one_change_to_a_good_folder_is_refused(folder: Path, change: Callable[[Path], None], says: str) -> None:
    use(folder)
    change(folder)
    with pytest.raises(KeyUnusableError) as caught:
        use(folder)
    assert says in str(caught.value)
    assert str(folder) in str(caught.value)


def test_a_link_to_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(KeyUnusableError, match="not a folder"):
        use(link)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusableError, match="No such file"):
        use(tmp_path / "nergens")


def test_keys_of_another_user_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = folder.stat().st_uid
    if owner == 0:  # files of root are accepted; give them to somebody else, which only root can
        for path in [folder, *folder.iterdir()]:
            os.chown(path, 12345, 12345)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(KeyUnusableError, match="another user"):
        use(folder)


def test_an_unknown_purpose_is_refused(folder: Path) -> None:
    shutil.copy(folder / "seal.key.pem", folder / "token.key.pem")
    shutil.copy(folder / "seal.crt.pem", folder / "token.crt.pem")
    with pytest.raises(KeyUnusableError, match="token is no purpose"):
        load_signer(folder, "token")


def test_no_error_tells_a_secret(folder: Path) -> None:
    secret = (folder / "log.secret").read_text(encoding="ascii").split()[1]
    (folder / "log.secret").write_text(f"log {secret}A", encoding="ascii")
    with pytest.raises(KeyUnusableError) as caught:
        load_secret(folder, "log")
    assert secret not in str(caught.value)
    assert secret not in repr(caught.value.__cause__)


FIT: dict[str, Any] = {"iss": SOURCE.iss, "oin": SOURCE.oin, "environment": "test", "at": NOW}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"iss": "https://ander.example"}, "another iss or OIN"),
        ({"oin": "1" * 20}, "another iss or OIN"),
        ({"at": NOW - 7200}, "not valid now"),
        ({"at": NOW + 3 * 366 * 86_400}, "not valid now"),
        ({"environment": "productie"}, "test chain"),
    ],
)
def test_a_source_starts_only_with_keys_of_its_own_that_count(folder: Path, change: dict[str, Any], says: str) -> None:
    KeyFolder(folder).check_fit(**FIT)
    with pytest.raises(KeyUnusableError, match=says):
        KeyFolder(folder).check_fit(**(FIT | change))
