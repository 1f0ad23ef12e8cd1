# SPDX-License-Identifier: EUPL-1.2
"""Whom a developer asks is known: a register and a consent service without it do not start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blauweknop.adapters.config.consent import load_consent_settings
from blauweknop.adapters.config.read import SettingsError
from blauweknop.adapters.config.register import load_register_settings
from blauweknop.demo import achterkant

CONTACT = """\
[{name}.contact]
naam = "Beheer"
url = "https://beheer.example"
email = "beheer@beheer.example"
"""
REGISTER = f"""\
{CONTACT.format(name="register")}
[register]
naam = {{ nl = "Register", en = "Register" }}
oin = "00000001234567890000"
iss = "https://register.example"
omgeving = "test"
sleutels = {{ map = "sleutels" }}
opslag = {{ bestand = "register.sqlite" }}
"""


def consent_text() -> str:
    text = (Path(achterkant.__file__).parent / "toestemming.toml").read_text(encoding="utf-8")
    before, _, after = text.partition("[toestemmingsdienst.contact]")
    return before + CONTACT.format(name="toestemmingsdienst") + after[after.index("[") :]


FILES: dict[str, tuple[str, Callable[..., Any]]] = {
    "register": (REGISTER, load_register_settings),
    "toestemmingsdienst": (consent_text(), load_consent_settings),
}


@pytest.mark.parametrize("kind", FILES)
def test_with_a_contact_it_is_read(tmp_path: Path, kind: str) -> None:
    text, load = FILES[kind]
    (tmp_path / "goed.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "goed.toml", environ={}) is not None


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("value", ["Beheer", "https://beheer.example", "beheer@beheer.example"])
def test_without_a_part_of_it_it_is_refused(tmp_path: Path, kind: str, value: str) -> None:
    text, load = FILES[kind]
    assert text.count(f'"{value}"') == 1
    (tmp_path / "slecht.toml").write_text(text.replace(f'"{value}"', '""'), encoding="utf-8")
    with pytest.raises(SettingsError, match="fill in naam, url and email"):
        load(tmp_path / "slecht.toml", environ={})
