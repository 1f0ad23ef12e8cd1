# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop register``: set up a register, and do what the scheme manager does.

Who decides is an account with a key of its own. In a test register one command is enough and no account is asked; where
admission and suspension take two persons, the command makes a proposal, and ``approve`` by another account does it.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from blauweknop.adapters.store.participants.contract import RegisterState, StoredKey
    from blauweknop.core.scheme.stages import Act
    from blauweknop.services.register.administration import Administration, Content, SignedBy, Unsigned
    from blauweknop.services.register.parts import RegisterParts

T = TypeVar("T")
Settings = Annotated[Path, typer.Option("--instelling", help="The register's settings file.")]
Oin = Annotated[str, typer.Argument(metavar="OIN", help="The participant's number, 20 digits.")]
Account = Annotated[str, typer.Option("--als", help="Account that decides; not asked in a test register.")]
KeyFile = Annotated[Path | None, typer.Option("--sleutel", help="File with the account's key.")]
Why = Annotated[str, typer.Option("--reden", help="Why; it is kept in the register's change log.")]
_DAY = 86_400


def register(group: typer.Typer) -> None:
    """Adds the commands."""
    for name, command in (
        ("init", init),
        ("account", account),
        ("admit", admit),
        ("certify", certify),
        ("suspend", suspend),
        ("end", end),
        ("compromise", compromise),
        ("retire", retire),
        ("approve", approve),
        ("publish", publish),
        ("show", show),
        ("serve", serve),
    ):
        group.command(name)(command)


def init(
    *,
    folder: Annotated[Path, typer.Option("--map", help="Folder of the register, made when it is not there.")],
    iss: Annotated[str, typer.Option("--iss", help="Address of the register, without trailing slash.")],
    oin: Annotated[str, typer.Option("--oin", help="OIN of the scheme manager.")],
    name: Annotated[str, typer.Option("--naam", help="Name of the scheme manager.")],
    email: Annotated[str, typer.Option("--email", help="Whom developers write to.")],
    two: Annotated[bool, typer.Option("--twee-personen", help="Admission and suspension take two.")] = False,
) -> None:
    """Set up a test register: keys, root, settings and store. Never overwrites anything."""
    from blauweknop.adapters.config.contact import DeveloperContact
    from blauweknop.adapters.config.register import (
        FileSettings,
        FolderSettings,
        RegisterService,
        load_register_settings,
        register_text,
    )
    from blauweknop.adapters.keys.private_file import write_file
    from blauweknop.adapters.keys.register_folder import init_register, register_keys_folder, register_trust_folder
    from blauweknop.core.dataset.definition import Text
    from blauweknop.core.seal.seal_profile import SealSubject

    settings = folder / "register.toml"
    service = RegisterService(
        name=Text(nl=name, en=name),
        oin=oin,
        iss=iss,
        environment="test",
        contact=DeveloperContact(name=name, url=iss, email=email),
        keys=FolderSettings(folder=str(register_keys_folder(folder))),
        store=FileSettings(file=str(folder / "register.sqlite")),
        asks_two_persons=two,
    )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_file(settings, register_text(service).encode())
    load_register_settings(settings, environ=os.environ)
    init_register(folder, SealSubject(oin=oin, name=name, uri=iss), now=int(time.time()))
    _run(settings, _look)
    typer.echo(f"Made a test register in {folder}: settings {settings}, keys {register_keys_folder(folder)}.")
    typer.echo(f"Readers pin what is in {register_trust_folder(folder)}.")


def account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Short name of the person who may decide.")],
    settings: Settings,
    key: Annotated[Path, typer.Option("--sleutel", help="File for the new key; give it to that person alone.")],
) -> None:
    """Add a person who may decide, with a key of their own. Only before the first participant is admitted."""
    from blauweknop.adapters.keys.bare import make_bare_key
    from blauweknop.core.wire.jwk import make_jwk
    from blauweknop.services.register.administration import Administration

    async def work(parts: RegisterParts) -> None:
        public = make_bare_key(key, _purpose(name))
        await Administration(parts).add_account(name, dict(make_jwk(public)))

    _run(settings, work)
    typer.echo(f"Account {name} may decide with the key in {key}.")


def admit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The registration (TOML), certificates beside it.")],
    settings: Settings,
    by: Account = "",
    key: KeyFile = None,
) -> None:
    """Admit an organisation, or admit it again with other keys, roles or services."""
    from blauweknop.adapters.config.registration import load_registration
    from blauweknop.core.scheme.stages import Act

    registration = load_registration(file, environ=os.environ)
    _decide(settings, Act.ADMIT, registration.oin, registration, by=by, key=key)


def certify(
    oin: Oin,
    settings: Settings,
    days: Annotated[int, typer.Option("--dagen", min=1, max=1100, help="How long its mark lives.")] = 365,
    by: Account = "",
    key: KeyFile = None,
) -> None:
    """Certify a participant: from then on it has a mark."""
    from blauweknop.core.scheme.stages import Act
    from blauweknop.services.register.administration import Certification

    until = Certification(until=int(time.time()) + days * _DAY)
    _decide(settings, Act.CERTIFY, oin, until, by=by, key=key)


def suspend(oin: Oin, settings: Settings, reason: Why, by: Account = "", key: KeyFile = None) -> None:
    """Suspend a participant: everywhere refused within a minute, until it is admitted again."""
    from blauweknop.core.scheme.stages import Act
    from blauweknop.services.register.administration import Reason

    _decide(settings, Act.SUSPEND, oin, Reason(reason=reason), by=by, key=key)


def end(oin: Oin, settings: Settings, reason: Why, by: Account = "", key: KeyFile = None) -> None:
    """End a participant for good. It stays in the register; what it sealed before stays valid."""
    from blauweknop.core.scheme.stages import Act
    from blauweknop.services.register.administration import Reason

    _decide(settings, Act.END, oin, Reason(reason=reason), by=by, key=key)


def compromise(
    oin: Oin,
    *,
    settings: Settings,
    kid: Annotated[str, typer.Option("--kid", help="The key, as `register show` names it.")],
    hours: Annotated[int, typer.Option("--uren-geleden", min=0, help="How long ago it was lost, at the latest.")] = 0,
    by: Account = "",
    key: KeyFile = None,
) -> None:
    """Mark a key as stolen or lost: everywhere refused within a minute, for good."""
    from blauweknop.core.scheme.stages import Act
    from blauweknop.services.register.administration import Compromise

    mark = Compromise(kid=kid, since=int(time.time()) - hours * 3600)
    _decide(settings, Act.COMPROMISE, oin, mark, by=by, key=key)


def retire(
    ref: Annotated[str, typer.Argument(metavar="VERSION", help="E.g. diensten:hypotheek/1 or gegevenssets:inkomen/1.")],
    settings: Settings,
    days: Annotated[int, typer.Option("--over-dagen", min=0, help="From how many days on it may not be used.")] = 0,
    by: Account = "",
    key: KeyFile = None,
) -> None:
    """End a version of a service or data set for good; its next version stands beside it."""
    from blauweknop.core.scheme.stages import Act
    from blauweknop.services.register.administration import Administration, Retirement, Unsigned, content_text

    content = Retirement(ref=ref, since=int(time.time()) + days * _DAY)

    async def work(parts: RegisterParts) -> None:
        acts = Administration(parts)
        signed = _sign(acts, Act.RETIRE, "", content_text(content), by=by, key=key) if key else Unsigned()
        await acts.retire(content, signed)

    _run(settings, work)
    typer.echo(f"{ref} ends in {days} days.")


def approve(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="As the proposing command named it.")],
    settings: Settings,
    by: Account,
    key: Annotated[Path, typer.Option("--sleutel", help="File with the account's key.")],
) -> None:
    """Approve what another account proposed; then it is done."""
    from blauweknop.services.register.administration import Administration

    async def work(parts: RegisterParts) -> str:
        waiting = await parts.store.read(lambda state: state.proposal(proposal))
        acts = Administration(parts)
        if waiting is None:
            return ""
        signed = _sign(acts, waiting.act, waiting.oin, waiting.content, by=by, key=key)
        outcome = await acts.approve(proposal, signed)
        return f"OIN {waiting.oin} is now {outcome.stage}."

    done = _run(settings, work)
    if not done:
        typer.echo("There is no such proposal.", err=True)
        raise typer.Exit(1)
    typer.echo(done)


def publish(
    settings: Settings,
    above: Annotated[int, typer.Option("--boven", min=0, help="After a restore: go on above this number.")] = 0,
) -> None:
    """Sign the register now. The running service does so itself when something changed, and every hour."""
    from blauweknop.services.register.administration import Administration, Unsigned
    from blauweknop.services.register.signing import publish as sign

    async def work(parts: RegisterParts) -> str:
        if above:
            await Administration(parts).raise_numbers(above, Unsigned("herstel"))
        made = await parts.store.transact(lambda state: sign(parts, state))
        return f"Signed version {made.version}."

    typer.echo(_run(settings, work))


def show(
    settings: Settings,
    oin: Annotated[str, typer.Argument(metavar="[OIN]", help="One participant; all when left out.")] = "",
) -> None:
    """Show participants, their stages and keys, and what waits for a second person."""
    for line in _run(settings, lambda parts: _lines(parts, oin)):
        typer.echo(line)


def serve(
    settings: Settings,
    port: Annotated[int, typer.Option("--poort", min=1, max=65535, help="Port on this machine.")] = 8200,
) -> None:
    """Serve the register on this machine; put a proxy with TLS before it."""
    import uvicorn

    from blauweknop.services.register.app import create_app

    async def work(parts: RegisterParts) -> None:
        config = uvicorn.Config(create_app(parts), host="127.0.0.1", port=port, access_log=False, server_header=False)
        await uvicorn.Server(config).serve()

    _run(settings, work)


def _decide(settings: Path, act: Act, oin: str, content: Content, *, by: str, key: Path | None) -> None:
    from blauweknop.services.register.administration import Administration, Unsigned, content_text

    async def work(parts: RegisterParts) -> str:
        acts = Administration(parts)
        who: SignedBy | Unsigned = Unsigned()
        if key is not None:
            who = _sign(acts, act, oin, content_text(content), by=by, key=key)
        outcome = await acts.decide(act, oin, content, who)
        if outcome.proposal:
            return f"Proposed. Another account does it with: blauweknop register approve {outcome.proposal}"
        return f"OIN {oin} is now {outcome.stage}."

    typer.echo(_run(settings, work))


def _sign(acts: Administration, act: Act, oin: str, text: str, *, by: str, key: Path) -> SignedBy:
    from blauweknop.adapters.keys.bare import load_bare_signer
    from blauweknop.core.scheme.decision import sign_decision
    from blauweknop.services.register.administration import SignedBy

    signer = load_bare_signer(key, _purpose(by))
    return SignedBy(by, sign_decision(acts.expected(act, oin, text, by), signer))


def _purpose(name: str) -> str:
    return f"account-{name}"


def _run(settings: Path, work: Callable[[RegisterParts], Coroutine[object, object, T]]) -> T:
    async def run() -> T:
        async with _opened(settings) as parts:
            return await work(parts)

    return asyncio.run(run())


@contextlib.asynccontextmanager
async def _opened(settings: Path) -> AsyncIterator[RegisterParts]:
    from blauweknop.adapters.config.register import load_register_settings
    from blauweknop.services.register.assemble import assemble_register

    parts = await assemble_register(load_register_settings(settings, environ=os.environ))
    try:
        yield parts
    finally:
        await parts.store.close()


async def _look(parts: RegisterParts) -> None:
    """Opens the register, so that the scheme manager stands in it, and signs it once."""
    from blauweknop.services.register.signing import current_register

    await current_register(parts)


async def _lines(parts: RegisterParts, oin: str) -> list[str]:
    def look(state: RegisterState) -> list[str]:
        lines = []
        for one in state.participants():
            if oin in ("", one.registration.oin):
                roles = ", ".join(one.registration.roles)
                lines.append(f"{one.registration.oin}  {one.stage:14} {one.registration.name} ({roles})")
            if oin == one.registration.oin:
                lines += [_key_line(key) for key in state.all_keys() if key.oin == oin]
        lines += [f"{one.id}  waits: {one.act} {one.oin}, by {one.account}" for one in state.proposals()]
        return lines

    return await parts.store.read(look)


def _key_line(key: StoredKey) -> str:
    marked = "" if key.compromised_at is None else f", stolen or lost since {_utc(key.compromised_at)}"
    return f"  {key.purpose:10} {key.kid}{marked}"


def _utc(moment: int) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).isoformat()
