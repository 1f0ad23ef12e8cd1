# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop register``: a scheme manager's day, by the command line alone."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typer.testing import CliRunner, Result

from blauweknop.adapters.config.read import SettingsError
from blauweknop.adapters.config.register import load_register_settings
from blauweknop.adapters.config.registration import load_registration
from blauweknop.adapters.keys.errors import KeyExistsError, KeyUnusableError, TrustUnusableError
from blauweknop.adapters.keys.register_folder import init_register, load_register_signers, load_register_trust
from blauweknop.cli import build_app
from blauweknop.core.scheme.errors import DecisionRefusedError, SecondPersonError
from blauweknop.core.scheme.vocabulary import KeyPurpose
from blauweknop.core.seal.seal_profile import SealSubject
from blauweknop.testing.registering import make_certificate, named_key

OIN = "00000001234567890000"
MANAGER = "00000001000000000000"
FILE = """
oin = "00000001234567890000"
naam = "Demo Hypotheekverlener BV"
iss = "https://hypotheek.voorbeeld.example"
rollen = ["vrager"]
privaat = true
[[sleutels]]
doel = "dpop"
publiek = "dpop.pub.pem"
van = 2026-11-01
tot = 2028-11-01
[[toelatingen]]
dienst = "hypotheek/1"
sinds = 2026-11-01
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["register", *map(str, words)])


def said(*words: str | Path) -> str:
    done = run(*words)
    assert done.exception is None, done.exception
    assert done.exit_code == 0, done.output
    return done.output


def public_pem(key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def registration(tmp_path: Path) -> Path:
    (tmp_path / "dpop.pub.pem").write_bytes(public_pem(named_key("lender dpop").public_key()))
    file = tmp_path / "verlener.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def made(folder: Path, *more: str) -> Path:
    given = ("--iss", "https://register.example", "--oin", MANAGER, "--naam", "Beheer", "--email", "b@example.nl")
    said("init", "--map", folder, *given, *more)
    return folder / "register.toml"


def test_bk061_one_command_in_a_test_register(tmp_path: Path, registration: Path) -> None:
    settings = made(tmp_path / "r")
    at = ("--instelling", settings)
    assert f"OIN {OIN} is now toegelaten." in said("admit", registration, *at)
    assert "is now gecertificeerd" in said("certify", OIN, *at, "--dagen", "30")
    assert "is now geschorst" in said("suspend", OIN, *at, "--reden", "onderzoek")
    assert "is now toegelaten" in said("admit", registration, *at)
    kid = load_registration(registration, environ={}).keys[0].kid
    said("compromise", OIN, *at, "--kid", kid, "--uren-geleden", "2")
    shown = said("show", OIN, *at)
    assert "stolen or lost since" in shown
    assert "Demo Hypotheekverlener BV (vrager)" in shown
    assert "Beheer" not in shown
    assert "Beheer (stelselbeheerder)" in said("show", *at)
    assert "Signed version 2." in said("publish", *at)
    assert "Signed version 901." not in said("publish", *at)
    assert "Signed version 902." in said("publish", *at, "--boven", "900")
    assert "diensten:wlz/1 ends in 30 days." in said("retire", "diensten:wlz/1", *at, "--over-dagen", "30")
    assert "is now beeindigd" in said("end", OIN, *at, "--reden", "klaar")


def test_bk061_two_persons_each_with_a_key(tmp_path: Path, registration: Path) -> None:
    settings = made(tmp_path / "r", "--twee-personen")
    at = ("--instelling", settings)
    keys = {name: tmp_path / f"{name}.key.pem" for name in ("anna", "bram")}
    for name, key in keys.items():
        said("account", name, *at, "--sleutel", key)
        assert key.stat().st_mode & 0o777 == 0o600
    assert isinstance(run("admit", registration, *at).exception, DecisionRefusedError)
    told = said("admit", registration, *at, "--als", "anna", "--sleutel", keys["anna"])
    proposal = told.split()[-1]
    assert f"{proposal}  waits: toelaten {OIN}, by anna" in said("show", *at)
    alone = run("approve", proposal, *at, "--als", "anna", "--sleutel", keys["anna"])
    assert isinstance(alone.exception, SecondPersonError)
    other = run("approve", proposal, *at, "--als", "bram", "--sleutel", keys["anna"])
    assert isinstance(other.exception, KeyUnusableError)
    assert run("approve", "elders", *at, "--als", "bram", "--sleutel", keys["bram"]).exit_code == 1
    assert "is now toegelaten" in said("approve", proposal, *at, "--als", "bram", "--sleutel", keys["bram"])


def test_init_never_overwrites(tmp_path: Path) -> None:
    settings = made(tmp_path / "r")
    before = settings.read_bytes()
    given = ("--iss", "https://ander.example", "--oin", MANAGER, "--naam", "Beheer", "--email", "b@example.nl")
    assert isinstance(run("init", "--map", tmp_path / "r", *given).exception, KeyExistsError)
    assert settings.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('iss = "https://register.example"', 'iss = "http://register.example"'),
        (f'oin = "{MANAGER}"', 'oin = "1"'),
        ('email = "b@example.nl"', 'email = ""'),
        ("twee_personen", "drie_personen"),
        ('omgeving = "test"', 'omgeving = "proef"'),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path, old: str, new: str) -> None:
    settings = made(tmp_path / "r")
    text = settings.read_text(encoding="utf-8")
    assert old in text
    assert not load_register_settings(settings, environ={}).register.two_persons
    settings.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError):
        load_register_settings(settings, environ={})


def test_production_always_takes_two_persons(tmp_path: Path) -> None:
    settings = made(tmp_path / "r")
    text = settings.read_text(encoding="utf-8").replace('"test"', '"productie"')
    settings.write_text(text, encoding="utf-8")
    assert load_register_settings(settings, environ={}).register.two_persons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rollen = ["vrager"]', 'rollen = ["baas"]'),
        ("privaat = true\n", ""),
        ('publiek = "dpop.pub.pem"', 'publiek = "weg.pem"'),
        ('publiek = "dpop.pub.pem"', 'publiek = "verlener.toml"'),
        ('publiek = "dpop.pub.pem"', 'publiek = "p384.pem"'),
        ('publiek = "dpop.pub.pem"', 'certificaat = "dpop.pub.pem"'),
        ('publiek = "dpop.pub.pem"\nvan = 2026-11-01\ntot = 2028-11-01', 'certificaat = "dpop.pub.pem"'),
        ('publiek = "dpop.pub.pem"', ""),
        ("tot = 2028-11-01", 'tot = "straks"'),
        ("tot = 2028-11-01\n", ""),
        ("[[toelatingen]]", "[[toelating]]"),
        ("[[sleutels]]", "[sleutels]"),
    ],
)
def test_a_registration_that_cannot_be_meant_is_refused(registration: Path, old: str, new: str) -> None:
    p384 = ec.generate_private_key(ec.SECP384R1()).public_key()
    (registration.parent / "p384.pem").write_bytes(public_pem(p384))
    assert load_registration(registration, environ={}).keys[0].valid_from == 1_793_491_200
    assert old in FILE
    registration.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError):
        load_registration(registration, environ={})


def test_a_certificate_says_itself_until_when(registration: Path) -> None:
    certificate = make_certificate("lender seal", uri="https://hypotheek.voorbeeld.example", oin=OIN, purpose="seal")
    (registration.parent / "seal.crt.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    ed = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    (registration.parent / "client.pem").write_bytes(public_pem(ed))
    more = """
[[sleutels]]
doel = "seal"
certificaat = "seal.crt.pem"
[[sleutels]]
doel = "client"
publiek = "client.pem"
van = 2026-11-01T12:00:00
tot = 2027-11-01T12:00:00Z
"""
    registration.write_text(FILE + more, encoding="utf-8")
    keys = load_registration(registration, environ={}).keys
    assert [key.purpose for key in keys] == [KeyPurpose.DPOP, KeyPurpose.SEAL, KeyPurpose.CLIENT]
    assert keys[1].valid_until == int(certificate.not_valid_after_utc.timestamp())
    assert keys[2].valid_from == 1_793_534_400


SUBJECT = SealSubject(oin=MANAGER, name="Beheer", uri="https://register.example")


def test_keys_of_a_register_are_made_once(tmp_path: Path) -> None:
    for _ in range(2):
        init_register(tmp_path, SUBJECT, now=1_793_534_400)
    kids = {signer.kid for signer in load_register_signers(tmp_path / "keys" / "register")}
    assert len(kids) == 3
    assert load_register_trust(tmp_path / "vertrouwen" / "register", "test").iss == SUBJECT.uri
    (tmp_path / "keys").rename(tmp_path / "weg")
    with pytest.raises(KeyExistsError):
        init_register(tmp_path, SUBJECT, now=1_793_534_400)


@pytest.mark.parametrize("name", ["statement", "status", "register"])
def test_a_key_in_anothers_place_is_refused(tmp_path: Path, name: str) -> None:
    init_register(tmp_path, SUBJECT, now=1_793_534_400)
    folder = tmp_path / "keys" / "register"
    load_register_signers(folder)
    other = {"statement": "register", "status": "register", "register": "status"}[name]
    for ending in ("key.pem", "crt.pem"):
        if (folder / f"{name}.{ending}").exists():
            (folder / f"{name}.{ending}").write_bytes((folder / f"{other}.{ending}").read_bytes())
    with pytest.raises(KeyUnusableError):
        load_register_signers(folder)


@pytest.mark.parametrize("content", [b"Purpose: statement\nx", b"Purpose: token\n"])
def test_a_bare_key_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    init_register(tmp_path, SUBJECT, now=1_793_534_400)
    (tmp_path / "keys" / "register" / "statement.key.pem").write_bytes(content)
    with pytest.raises(KeyUnusableError):
        load_register_signers(tmp_path / "keys" / "register")


def test_pins_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    init_register(tmp_path, SUBJECT, now=1_793_534_400)
    trust = tmp_path / "vertrouwen" / "register"
    load_register_trust(trust, "test")
    (trust / "wortels" / "x.pem").write_bytes(b"x")
    with pytest.raises(TrustUnusableError):
        load_register_trust(trust, "test")
    for path in (trust / "wortels").iterdir():
        path.unlink()
    with pytest.raises(TrustUnusableError):
        load_register_trust(trust, "test")
