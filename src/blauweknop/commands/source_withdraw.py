# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop source withdraw``: a source takes back what it sealed."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.adapters.store.seals.contract import SealStanding


def register(group: typer.Typer) -> None:
    """Adds ``withdraw``."""
    group.command("withdraw")(withdraw)


def withdraw(
    delivery: Annotated[str, typer.Argument(metavar="LEVERING", help="The delivery id, as the file states it.")],
    settings: Annotated[Path, typer.Option("--instelling", metavar="FILE", help="The settings file of the source.")],
    reason: Annotated[str, typer.Option("--reden", help="Why; kept at the source. Nothing about a person.")],
) -> None:
    """Withdraw the certified files of one delivery, for good. Verifiers see it once the list is signed again."""
    from blauweknop.adapters.config.settings import load_source_settings
    from blauweknop.adapters.store.seals.contract import WITHDRAWN
    from blauweknop.errors import ConfigurationError

    store = Path(load_source_settings(settings, environ=os.environ).store.file)
    if not store.is_file():
        raise ConfigurationError(f"{settings}: there is no store at {store}; nothing was delivered with these settings")
    standings = asyncio.run(_withdraw(store, delivery, reason))
    if not standings:
        typer.echo("blauweknop: no file was sealed under this delivery id", err=True)
        raise typer.Exit(1)
    for standing in standings:
        place = f"list {standing.seal.number}, index {standing.seal.index}"
        said = "was withdrawn before" if standing.status == WITHDRAWN else "withdrawn"
        typer.echo(f"{standing.record}: {said} ({place})")


async def _withdraw(store: Path, delivery: str, reason: str) -> Sequence[SealStanding]:
    from blauweknop.adapters.store.engine.sqlite import SqliteEngine
    from blauweknop.adapters.store.seals.sqlite import SqliteSealStatusStore
    from blauweknop.services.source.withdraw import withdraw as withdraw_delivery

    engine = SqliteEngine.open(store)
    try:
        seals = SqliteSealStatusStore(engine, random_below=secrets.randbelow)
        return await withdraw_delivery(seals, delivery, reason=reason)
    finally:
        await engine.close()
