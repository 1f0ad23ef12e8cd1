# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop consent init`` and ``requester init``: what they make, what may be handed in, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from typer.testing import CliRunner, Result

from blauweknop.adapters.config.consent import load_consent_settings
from blauweknop.adapters.config.registration import load_registration
from blauweknop.adapters.config.requester import load_requester_settings
from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key
from blauweknop.adapters.keys.folder import load_secret
from blauweknop.cli import build_app
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.services.consent.assemble import BARE_KEYS, SECRETS
from blauweknop.services.requester.sdk import PURPOSES

REGISTER, CONSENT, ISS = "http://localhost:8090", "http://localhost:8200", "http://localhost:8310"
OIN = "00000001777777777000"
OTHER = "00000001999999999000"
Options = dict[str, str]


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(build_app(), words, input=typed)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a test register and a folder for the journal in it."""
    monkeypatch.chdir(tmp_path)
    given = ("--iss", REGISTER, "--oin", "00000001000000000000", "--naam", "Beheer", "--email", "b@example.nl")
    assert run("register", "init", "--map", "stelsel", *given).exit_code == 0
    (tmp_path / "elders").mkdir()
    return tmp_path


def options(kind: str) -> Options:
    """What is answered, in the order of the questions."""
    who = {"--naam": "Naam & Co 's", "--oin": OIN}
    if kind == "requester":
        rest = {"--dienst": "autoverzekering/1", "--vertrouwen": "stelsel/vertrouwen/register"}
        return {**who, "--iss": ISS, **rest, "--toestemmingsdienst": CONSENT}
    rest = {"--email": "o@example.nl", "--vertrouwen": "stelsel/vertrouwen/register", "--bevolking": OTHER}
    return {**who, "--iss": CONSENT, **rest, "--rechtspraak": OTHER, "--journaal": "elders/toestemming.journaal"}


def init(kind: str, folder: str = "nieuw", **changes: str) -> Result:
    given = {**options(kind), **{f"--{name}": value for name, value in changes.items()}}
    return run(kind, "init", folder, *(word for pair in given.items() for word in pair))


def tree(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() if path.is_file() else b"" for path in place.rglob("*")}


@pytest.mark.parametrize(
    ("kind", "role", "purposes", "secrets"),
    [
        ("requester", Role.REQUESTER, PURPOSES, ("opslag",)),
        ("consent", Role.CONSENT_SERVICE, BARE_KEYS, SECRETS),
    ],
)
def test_what_it_makes_is_whole_closed_and_is_admitted(
    place: Path, kind: str, role: Role, purposes: tuple[str, ...], secrets: tuple[str, ...]
) -> None:
    done = init(kind)
    assert done.exit_code == 0, done.output
    keys, handed = place / "nieuw" / "keys", place / "nieuw" / "aanmelding"
    assert (place / "nieuw").stat().st_mode & 0o777 == keys.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in keys.iterdir()} == {
        *(f"{purpose}.key.pem" for purpose in purposes),
        *(f"{secret}.secret" for secret in secrets),
    }
    for path in keys.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        # Not one line of a key or secret stands in what is handed in, in the settings or on the screen.
        lines = [line for line in path.read_bytes().splitlines() if len(line) > 30]
        for line in lines:
            assert line not in b"".join(one.read_bytes() for one in [*handed.iterdir(), *place.glob("nieuw/*.toml")])
            assert line not in done.stdout_bytes
    for secret in secrets:
        assert len(load_secret(keys, secret)) == 32
    registration = load_registration(handed / "registratie.toml", environ={})
    assert (registration.oin, registration.name, registration.roles) == (OIN, "Naam & Co 's", (role,))
    assert [key.purpose for key in registration.keys] == list(purposes)
    for purpose in purposes:
        public = load_pem_public_key((handed / f"{purpose}.pub.pem").read_bytes())
        assert public == load_bare_key(bare_key_path(keys, purpose), purpose).public_key()
    shown = next(line.strip() for line in done.output.splitlines() if "register admit" in line)
    admitted = run(*shown.replace("REGISTER.toml", "stelsel/register.toml").split()[1:])
    assert admitted.output == f"OIN {OIN} is now toegelaten.\n", admitted.exception


def test_the_settings_of_a_requester_are_read_back(place: Path) -> None:
    assert init("requester").exit_code == 0
    settings = load_requester_settings(place / "nieuw" / "vrager.toml", environ={})
    assert (settings.requester.oin, settings.requester.iss, settings.scheme.register) == (OIN, ISS, REGISTER)
    assert settings.scheme.consent_service == CONSENT
    assert settings.counter is not None
    assert settings.counter.services == ("autoverzekering/1",)
    assert len(load_secret_value(settings.store.secret, {}).reveal()) > 32
    registration = load_registration(place / "nieuw" / "aanmelding" / "registratie.toml", environ={})
    assert registration.redirect_uris == (settings.requester.back_to,)
    assert registration.private
    assert [one.service for one in registration.admissions] == ["autoverzekering/1"]


def test_the_settings_of_a_consent_service_are_read_back(place: Path) -> None:
    assert init("consent").exit_code == 0
    settings = load_consent_settings(place / "nieuw" / "toestemming.toml", environ={})
    assert (settings.service.oin, settings.service.iss, settings.scheme.register) == (OIN, CONSENT, REGISTER)
    assert settings.service.capacity.population == OTHER
    assert settings.store.journal == "elders/toestemming.journaal"


@pytest.mark.parametrize("kind", ["requester", "consent"])
def test_it_asks_what_is_not_given(place: Path, kind: str) -> None:
    typed = "".join(f"{answer}\n" for answer in options(kind).values())
    done = run(kind, "init", "nieuw", typed=typed)
    assert done.exit_code == 0, done.output
    asked = tree(place / "nieuw")
    assert init(kind, "nieuw2").exit_code == 0
    other = tree(place / "nieuw2")
    toml = next(name for name in asked if name.endswith(".toml") and "/" not in name)
    assert asked[toml] == other[toml].replace(b"nieuw2", b"nieuw")


BAD_FOR_BOTH = [
    ({"oin": "123"}, "--oin"),
    ({"oin": "0000000177777777700a"}, "--oin"),
    ({"naam": ""}, "--naam"),
    ({"naam": "Bank\u202eknaB"}, "--naam"),
    ({"naam": 'Bank"\n[vrager]'}, "--naam"),
    ({"naam": "${HOME}"}, "--naam"),
    ({"iss": "http://localhost:8310/"}, "--iss"),
    ({"iss": "http://bank.example"}, "--iss"),
    ({"iss": "https://Bank.example"}, "--iss"),
    ({"vertrouwen": "nergens"}, "--vertrouwen"),
    ({"vertrouwen": "elders"}, "--vertrouwen"),
]
BAD = [
    *(("requester", change, option) for change, option in BAD_FOR_BOTH),
    *(("consent", change, option) for change, option in BAD_FOR_BOTH),
    ("requester", {"dienst": "hypotheek/99"}, "--dienst"),
    ("requester", {"dienst": ""}, "--dienst"),
    ("requester", {"toestemmingsdienst": "http://toestemming.example"}, "--toestemmingsdienst"),
    ("requester", {"kleur": "rood"}, "--kleur"),
    ("consent", {"bevolking": "1"}, "--bevolking"),
    ("consent", {"rechtspraak": ""}, "--rechtspraak"),
    ("consent", {"email": "niemand"}, "--email"),
    ("consent", {"inloggen": "ftp://login.example"}, "--inloggen"),
    ("consent", {"journaal": "weg/toestemming.journaal"}, "--journaal"),
    ("consent", {"journaal": "stelsel/../nieuw/toestemming.journaal"}, "--journaal"),
    ("consent", {"journaal": "elders"}, "--journaal"),
]


@pytest.mark.parametrize(("kind", "change", "option"), BAD)
def test_a_wrong_answer_is_named_and_nothing_is_made(
    place: Path, kind: str, change: Options, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    before = tree(place)
    done = init(kind, **change)
    assert done.exit_code == 2, done.output
    assert option in done.stderr
    assert tree(place) == before
    assert init(kind).exit_code == 0


@pytest.mark.parametrize("kind", ["requester", "consent"])
@pytest.mark.parametrize("there", ["before", "a file", "something"])
def test_it_never_writes_over_anything(place: Path, kind: str, there: str) -> None:
    if there == "before":
        assert init(kind).exit_code == 0
    elif there == "a file":
        (place / "nieuw").write_text("x")
    else:
        (place / "nieuw").mkdir()
        (place / "nieuw" / "brief.txt").write_text("x")
    before = tree(place)
    done = init(kind)
    assert done.exit_code == 2
    assert "nothing was changed" in " ".join(done.stderr.split())
    assert tree(place) == before


def test_a_journal_in_the_folder_itself_is_refused_by_whatever_way(place: Path) -> None:
    (place / "nieuw").mkdir()
    assert init("consent", journaal="stelsel/../nieuw/toestemming.journaal").exit_code == 2
    assert list((place / "nieuw").iterdir()) == []


@pytest.mark.parametrize("kind", ["requester", "consent"])
def test_an_empty_folder_is_as_good_as_none(place: Path, kind: str) -> None:
    (place / "nieuw").mkdir()
    assert init(kind).exit_code == 0
