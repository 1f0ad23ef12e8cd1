# SPDX-License-Identifier: EUPL-1.2
"""The demo's register: who stands in it, and how two people of the scheme manager put them there.

The demo's register asks two persons, as production does: Anna proposes, Bram approves, each with a key of their own in
``<home>/keys/register/beheerders``. Everything is done again only where it is not so already, so that a demo that was
started before goes on with the same register.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.adapters.config.register import register_text
from blauweknop.adapters.keys.bare import ensure_bare_keys, load_bare_signer, make_bare_key
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.adapters.keys.folder import load_subject
from blauweknop.adapters.keys.register_folder import register_keys_folder, register_trust_folder
from blauweknop.core.dataset.definition import Text  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.scheme.decision import sign_decision
from blauweknop.core.scheme.detail import Admission
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import Role, Stage
from blauweknop.core.wire.jwk import make_jwk
from blauweknop.services.register.administration import (
    Administration,
    Certification,
    Content,
    Reason,
    SignedBy,
    content_text,
)
from blauweknop.services.register.assemble import assemble_register
from blauweknop.testing.register_service import keys_of_folder, register_settings, registration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from blauweknop.adapters.config.settings import SourceSettings
    from blauweknop.core.scheme.registration import Registration
    from blauweknop.services.register.parts import RegisterParts

SETTINGS: Final = "register.toml"
ACCOUNTS: Final = ("anna", "bram")
_YEAR: Final = 365 * 86_400
_OTHERWISE: Final = "anders"


class Organisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A participant that is no source. ``port``: name of its variable, and the port wanted; ``by``: OINs."""

    slug: str
    oin: str
    name: str = msgspec.field(name="naam")
    port: tuple[str, int] = msgspec.field(name="poort")
    role: Role = msgspec.field(name="rol")
    private: bool = msgspec.field(name="privaat", default=False)
    keys: tuple[str, ...] = msgspec.field(name="sleutels")
    services: tuple[str, ...] = msgspec.field(name="diensten", default=())
    by: tuple[str, ...] = msgspec.field(name="via", default=())
    bsn_ground: str = msgspec.field(name="grondslag_bsn", default="")
    suspended: str = msgspec.field(name="geschorst", default="")


class Manager(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The scheme manager itself."""

    oin: str
    name: Text = msgspec.field(name="naam")
    port: tuple[str, int] = msgspec.field(name="poort")


class Cast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody. ``grounds``: the law of a source to use the BSN, by slug."""

    manager: Manager = msgspec.field(name="stelselbeheer")
    grounds: dict[str, str] = msgspec.field(name="grondslagen")
    organisations: tuple[Organisation, ...] = msgspec.field(name="deelnemers")

    def ports(self) -> dict[str, int]:
        """The ports wanted, by name of the variable."""
        return dict([self.manager.port, *(one.port for one in self.organisations)])


def load_cast() -> Cast:
    """The organisations of ``deelnemers.toml``."""
    text = resources.files("blauweknop.demo").joinpath("deelnemers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Cast)


def addresses_of(role: Role, ports: Mapping[str, int]) -> dict[str, str]:
    """The ``iss`` of each organisation in ``role``, by slug. ``ports``: by name of the variable."""
    return {one.slug: _address(ports, one.port) for one in load_cast().organisations if one.role is role}


async def open_demo_register(
    home: Path, sources: list[SourceSettings], ports: Mapping[str, int], *, now: Callable[[], int]
) -> RegisterParts:
    """The demo's register with everybody in it; close its store when done.

    ``ports``: by name of the variable, as in ``Cast.ports``; ``sources``: with their keys in ``home`` already.
    Makes the keys of the other organisations where they are not there yet.
    """
    cast = load_cast()
    iss = _address(ports, cast.manager.port)
    await asyncio.to_thread(_clear_other, home, iss)
    settings = await asyncio.to_thread(
        register_settings,
        home,
        iss=iss,
        oin=cast.manager.oin,
        name=cast.manager.name,
        two_persons=True,
        now=now(),
    )
    # For `blauweknop register`: whoever tries the demo can admit an organisation of their own.
    text = register_text(settings.register)
    await asyncio.to_thread((home / SETTINGS).write_text, text, encoding="utf-8")
    parts = await assemble_register(settings, now=now)
    desk = Desk(parts, register_keys_folder(home) / "beheerders")
    await desk.open()
    for source in sources:
        await desk.enter(_source(home, source, cast, now()))
    for one in cast.organisations:
        await desk.enter(_organisation(home, one, ports, now()), suspended=one.suspended)
    return parts


class Desk:
    """Two people who decide."""

    def __init__(self, parts: RegisterParts, keys: Path) -> None:
        """``keys``: where their keys lie."""
        self._parts = parts
        self._acts = Administration(parts)
        self._keys = keys

    async def open(self) -> None:
        """Makes the accounts where there are none."""
        for name in ACCOUNTS:
            path = self._keys / f"{name}.key.pem"
            if await self._parts.store.read(lambda state, name=name: state.account(name)) is None:  # type: ignore[misc]
                public = await asyncio.to_thread(make_bare_key, path, f"account-{name}")
                await self._acts.add_account(name, dict(make_jwk(public)))

    async def enter(self, entry: Registration, *, suspended: str = "") -> None:
        """Admits and certifies ``entry``, or suspends it; does nothing where that is so already."""
        found = await self._parts.store.read(lambda state: state.participant(entry.oin))
        if found is None or found.registration != entry:
            await self._decide(Act.ADMIT, entry.oin, entry)
            stage = Stage.ADMITTED if found is None else found.stage
        else:
            stage = found.stage
        if suspended and stage is not Stage.SUSPENDED:
            await self._decide(Act.SUSPEND, entry.oin, Reason(reason=suspended))
        elif not suspended and stage is Stage.ADMITTED:
            await self._decide(Act.CERTIFY, entry.oin, Certification(until=self._parts.now() + _YEAR))

    async def suspend(self, oin: str, reason: str) -> None:
        """Anna proposes, Bram approves."""
        await self._decide(Act.SUSPEND, oin, Reason(reason=reason))

    async def _decide(self, act: Act, oin: str, content: Content) -> None:
        text = content_text(content)
        outcome = await self._acts.decide(act, oin, content, self._sign("anna", act, oin, text))
        if outcome.proposal:
            await self._acts.approve(outcome.proposal, self._sign("bram", act, oin, text))

    def _sign(self, account: str, act: Act, oin: str, text: str) -> SignedBy:
        signer = load_bare_signer(self._keys / f"{account}.key.pem", f"account-{account}")
        return SignedBy(account, sign_decision(self._acts.expected(act, oin, text, account), signer))


def _clear_other(home: Path, iss: str) -> None:
    """Takes away a register of another address, or half of one: a port moved, and it is a demo."""
    with contextlib.suppress(KeyUnusableError):
        if load_subject(register_keys_folder(home), "register").uri == iss:
            return
    for folder in (home / "ca-register", register_keys_folder(home), register_trust_folder(home)):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (home / "opslag").glob("register.sqlite*"):
        file.unlink()


def _address(ports: Mapping[str, int], port: tuple[str, int]) -> str:
    return f"http://localhost:{ports.get(*port)}"


def _source(home: Path, settings: SourceSettings, cast: Cast, now: int) -> Registration:
    source = settings.source
    folder = keys_folder(home, source.slug)
    ensure_bare_keys(folder, ["encryption"])
    return registration(
        source.oin,
        source.name.nl,
        source.iss,
        Role.SOURCE,
        keys=keys_of_folder(folder, now=_start_of_day(now)),
        data_sets=tuple(one.id for one in settings.data_sets if one.on),
        subject="bsn",
        bsn_ground=cast.grounds.get(source.slug, cast.grounds[_OTHERWISE]),
        seals_since=_start_of_day(now) - _YEAR,
        endpoints={"leveringen": f"{source.iss}/v1/leveringen"},
    )


def _organisation(home: Path, one: Organisation, ports: Mapping[str, int], now: int) -> Registration:
    iss = _address(ports, one.port)
    folder = keys_folder(home, one.slug)
    ensure_bare_keys(folder, one.keys)
    redirects = (f"{iss}/terug",) if one.role in (Role.REQUESTER, Role.APP) else ()
    since = _start_of_day(now)
    return registration(
        one.oin,
        one.name,
        iss,
        one.role,
        private=one.private,
        keys=keys_of_folder(folder, now=since),
        admissions=tuple(Admission(service=ref, since=since, by=one.by) for ref in one.services),
        bsn_ground=one.bsn_ground,
        redirect_uris=redirects,
        app_origins=(iss,) if one.role is Role.APP else (),
        start_uri=f"{iss}/start" if one.role is Role.REQUESTER else "",
    )


def _start_of_day(now: int) -> int:
    """So that a demo started twice on a day registers the same."""
    return now - now % 86_400
