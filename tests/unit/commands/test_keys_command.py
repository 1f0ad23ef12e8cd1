# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop keys init`` and ``keys show``: what they say, and with which exit code."""

import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key
from blauweknop.adapters.keys.chain import keys_folder, trust_folder
from blauweknop.adapters.keys.folder import load_secret, load_signer
from blauweknop.adapters.keys.overview import describe
from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.cli import main
from blauweknop.commands.keys import slugify

OIN = "00000001999999999000"
ISS = "http://localhost:8104"


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["blauweknop", *words])
    try:
        return main()
    except SystemExit as stop:
        return int(stop.code or 0)


def init(monkeypatch: pytest.MonkeyPatch, root: Path, *more: str, oin: str = OIN) -> int:
    return run(
        monkeypatch,
        "keys",
        "init",
        "--map",
        str(root),
        "--bron",
        "Burgerlijke stand",
        "--oin",
        oin,
        "--iss",
        ISS,
        *more,
    )


def test_init_makes_keys_that_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(monkeypatch, tmp_path) == 0
    assert load_signer(keys_folder(tmp_path, "burgerlijke-stand"), "seal").certificates
    assert len(load_trust(trust_folder(tmp_path)).known) == 1
    assert "for tests only" in capsys.readouterr().out


def test_init_twice_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init(monkeypatch, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert init(monkeypatch, tmp_path) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("oin", "more"), [("123", ()), (OIN, ("--kort", "../elders")), (OIN, ("--omgeving", "productie"))]
)
def test_init_with_wrong_words_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, oin: str, more: tuple[str, ...]
) -> None:
    assert init(monkeypatch, tmp_path / "demo", *more, oin=oin) == 2
    assert not (tmp_path / "demo").exists()


def test_add_makes_a_key_and_prints_its_public_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o700)
    assert run(monkeypatch, "keys", "add", str(tmp_path), "encryption") == 0
    shown = load_pem_public_key(capsys.readouterr().out.encode())
    path = bare_key_path(tmp_path, "encryption")
    assert shown == load_bare_key(path, "encryption").public_key()
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    assert run(monkeypatch, "keys", "add", str(tmp_path), "encryption") == 2
    assert capsys.readouterr().out == ""
    assert path.read_bytes() == before


@pytest.mark.parametrize("purpose", ["seal", "Encryption", "geheim", "../encryption", ""])
def test_add_of_another_purpose_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, purpose: str) -> None:
    tmp_path.chmod(0o700)
    assert run(monkeypatch, "keys", "add", str(tmp_path), purpose) == 2
    assert list(tmp_path.iterdir()) == []


def test_add_goes_to_a_closed_folder_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    assert run(monkeypatch, "keys", "add", str(tmp_path), "client") == 2
    assert run(monkeypatch, "keys", "add", str(tmp_path / "nergens"), "client") == 2
    assert list(tmp_path.iterdir()) == []


def test_show_tells_what_there_is_and_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init(monkeypatch, tmp_path, "--kort", "bs")
    capsys.readouterr()
    assert run(monkeypatch, "keys", "show", str(tmp_path)) == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["seal", "status", "log", "session"]
    assert OIN in out
    assert ISS in out
    folder = keys_folder(tmp_path, "bs")
    for path in folder.iterdir():
        assert path.read_text(encoding="ascii").split("\n")[1 if path.suffix == ".pem" else 0].split()[-1] not in out
    assert load_secret(folder, "log").hex() not in out


def test_show_names_what_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init(monkeypatch, tmp_path, "--kort", "bs")
    (keys_folder(tmp_path, "bs") / "seal.key.pem").chmod(0o644)
    (keys_folder(tmp_path, "bs") / "log.secret").unlink()
    capsys.readouterr()
    assert run(monkeypatch, "keys", "show", str(keys_folder(tmp_path, "bs"))) == 1
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[1:]}
    assert "NOT USABLE" in lines["seal"]
    assert "take away 0044" in lines["seal"]
    assert "No such file" in lines["log"]
    assert "NOT USABLE" not in lines["status"] + lines["session"]


def test_show_of_no_folder_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "keys", "show", str(tmp_path / "nergens")) == 2


def test_it_warns_before_a_certificate_ends_and_says_when_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(monkeypatch, tmp_path, "--kort", "bs")
    folder, day = keys_folder(tmp_path, "bs"), 86_400
    end = int(load_end(folder))
    said = {days: describe(folder, now=end - days * day)[0] for days in (61, 59, 0)}
    ended = describe(folder, now=end + 1)[0]
    assert [said[days].warning != "" for days in (61, 59, 0)] == [False, True, True]
    assert not any(line.problem for line in said.values())
    assert "has ended" in ended.problem


def load_end(folder: Path) -> float:
    from blauweknop.adapters.keys.folder import load_certificates

    return min(certificate.not_after for certificate in load_certificates(folder, "seal"))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("RDW", "rdw"),
        ("Burgerlijke stand 's-Gravenhage", "burgerlijke-stand-s-gravenhage"),
        ("Súdwest-Fryslân ", "sudwest-fryslan"),
    ],
)
def test_a_folder_is_called_after_the_organisation(name: str, slug: str) -> None:
    assert slugify(name) == slug
