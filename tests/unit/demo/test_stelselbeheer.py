# SPDX-License-Identifier: EUPL-1.2
"""The demo's register: everybody of the six situations, the suspended one, by two persons, the same again."""

import time
from importlib import resources
from pathlib import Path

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.register import load_register_settings
from blauweknop.adapters.keys.register_folder import load_register_trust, register_trust_folder
from blauweknop.core.scheme.register import NOTHING_SEEN, VerifiedRegister, parse_register
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage
from blauweknop.demo.achterkant import PORT_VARIABLES
from blauweknop.demo.home import prepare_home
from blauweknop.demo.stelselbeheer import SETTINGS, Desk, load_cast, open_demo_register
from blauweknop.services.register.assemble import assemble_register
from blauweknop.services.register.parts import RegisterParts
from blauweknop.services.register.signing import current_register
from blauweknop.testing.scheme import read_sources, source_environment

pytestmark = pytest.mark.anyio
CAST = load_cast()
SITUATIONS = {
    "schuldhulp/1",
    "wlz/1",
    "wlz-besluit/1",
    "voedselbank/1",
    "financiele-apk/1",
    "autoverzekering/1",
    "hypotheek/1",
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def opened(home: Path, **moved: int) -> RegisterParts:
    ports = {**PORT_VARIABLES, **CAST.ports(), **moved}
    sources = read_sources(resources.files("blauweknop.demo") / "bronnen", source_environment(home, ports))
    prepare_home(home, sources, now=int(time.time()))
    return await open_demo_register(home, sources, ports, now=lambda: int(time.time()))


async def read(parts: RegisterParts, home: Path) -> VerifiedRegister:
    token = (await current_register(parts)).token
    trust = load_register_trust(register_trust_folder(home), "test")
    register = parse_register(token).verify(trust, at=int(time.time()), last_seen=NOTHING_SEEN)
    names = [one.detail for one in register.index.participants]
    blobs = await parts.store.read(lambda state: [state.detail(name) for name in names])
    return register.with_details(blob for blob in blobs if blob is not None)


async def test_everybody_of_the_six_situations_stands_in_the_demo_register(tmp_path: Path) -> None:
    parts = await opened(tmp_path)
    register = await read(parts, tmp_path)
    asked = {
        admission.service: one
        for one in register.index.participants
        for admission in register.detail(one.oin).admissions
        if one.stage is Stage.CERTIFIED
    }
    assert asked.keys() == SITUATIONS <= load_catalogue().profiles.keys()
    sources = [one for one in register.index.participants if Role.SOURCE in one.roles]
    assert len(sources) >= 4
    for one in sources:
        purposes = {key.purpose for key in register.detail(one.oin).keys}
        assert purposes == {KeyPurpose.SEAL, KeyPurpose.STATUS, KeyPurpose.ENCRYPTION}
    assert register.by_iss("http://localhost:8309").stage is Stage.SUSPENDED
    assert Role.CONSENT_SERVICE in register.by_iss("http://localhost:8200").roles
    await parts.store.close()


async def test_two_persons_decided_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    first = await opened(tmp_path)
    changes = await first.store.read(lambda state: state.changes())
    admitted = [change for change in changes if change.act == "toelaten" and change.account != "inrichten"]
    assert {change.account for change in admitted} == {"anna+bram"}
    await first.store.close()
    again = await opened(tmp_path)
    assert await again.store.read(lambda state: state.last_change()) == changes[-1].number
    desk = Desk(again, tmp_path / "keys" / "register" / "beheerders")
    await desk.suspend("99999999900000000300", "proef")
    assert (await read(again, tmp_path)).participant("99999999900000000300").stage is Stage.SUSPENDED
    await again.store.close()


async def test_a_register_of_another_address_makes_room(tmp_path: Path) -> None:
    first = await opened(tmp_path)
    await first.store.close()
    moved = await opened(tmp_path, BK_POORT_REGISTER=8091)
    assert (await read(moved, tmp_path)).index.iss == "http://localhost:8091"
    await moved.store.close()


async def test_the_commands_of_the_scheme_manager_open_the_same_register(tmp_path: Path) -> None:
    parts = await opened(tmp_path)
    settings = load_register_settings(tmp_path / SETTINGS, environ={})
    assert settings.register.two_persons
    assert (settings.register.iss, settings.register.name) == (parts.iss, parts.name)
    again = await assemble_register(settings)
    assert (await current_register(again)).token == (await current_register(parts)).token
    for each in (parts, again):
        await each.store.close()
