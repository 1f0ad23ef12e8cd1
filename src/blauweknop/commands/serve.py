# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop serve``: one service, from its settings file, behind a proxy that does TLS.

Which service it is, its settings file says: ``SERVICES`` names the table that each has and no other.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from dataclasses import replace
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from blauweknop.adapters.http.serving import Edge

KEEP_ALIVE_SECONDS: Final = 5
MOST_CONNECTIONS: Final = 512


def register(app: typer.Typer) -> None:
    """Adds ``serve``."""
    app.command(
        epilog="Example:  blauweknop serve --instelling bron.toml --poort 8080",
    )(serve)


def serve(
    settings: Annotated[Path, typer.Option("--instelling", metavar="FILE", help="The settings file of the service.")],
    host: Annotated[str, typer.Option("--adres", help="The address to listen on; the proxy's side.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--poort", help="The port to listen on.")] = 8080,
) -> None:
    """Serve a source, a consent service or a requester until it is stopped.

    Its settings file says which of them it is. Log records go to standard error, one JSON object a line.
    """
    log_as_json()
    with contextlib.suppress(KeyboardInterrupt):  # of ctrl-C, when everything is closed
        asyncio.run(_serve(settings, host, port))


async def _serve(settings: Path, host: str, port: int) -> None:
    import uvicorn

    from blauweknop.adapters.http.protocol import server_options

    config = uvicorn.Config(
        await open_service(settings),
        host=host,
        port=port,
        lifespan="on",
        **server_options(),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
    )
    await uvicorn.Server(config).serve()


async def open_service(settings: Path) -> Edge:
    """The application that ``settings`` are of; it closes what it opened when the server ends.

    Raises: ``ConfigurationError`` and ``InfrastructureError`` kinds.
    """
    from blauweknop.adapters.config.read import SettingsError, read_settings

    tables = read_settings(settings, dict[str, Any], environ=os.environ)
    found = [name for name in SERVICES if isinstance(tables.get(name), dict)]
    if len(found) != 1:
        known = ", ".join(f"[{name}]" for name in SERVICES)
        raise SettingsError(
            f"exactly one of {known} says what is served (a register: blauweknop register serve)", file=settings
        )
    return await SERVICES[found[0]](settings)


def open_source(settings: Path) -> Edge:
    """The application of the source in ``settings``; closes and raises as ``open_service``. Blocks."""
    from blauweknop.adapters.catalogue import load_catalogue
    from blauweknop.adapters.clock import SystemClock
    from blauweknop.adapters.config.settings import load_source_settings
    from blauweknop.services.source.app import create_app
    from blauweknop.services.source.assemble import assemble
    from blauweknop.services.source.page_assembly import page_parts
    from blauweknop.services.source.pipeline import Pipeline
    from blauweknop.services.source.plus_assembly import plus_parts

    read = load_source_settings(settings, environ=os.environ)
    parts = assemble(read, environ=os.environ, clock=SystemClock(), catalogue=load_catalogue())
    plus = plus_parts(parts, read.plus) if read.plus is not None else None
    page = page_parts(parts, Pipeline(parts), environ=os.environ, plus=plus)
    return create_app(replace(page, closing=(*page.closing, parts.close)))


async def _open_source(settings: Path) -> Edge:
    return open_source(settings)  # nothing else runs yet that it could hold up


async def open_consent_service(settings: Path) -> Edge:
    """The application of the consent service in ``settings``; closes and raises as ``open_service``."""
    from blauweknop.adapters.clock import SystemClock
    from blauweknop.adapters.config.consent import load_consent_settings
    from blauweknop.services.consent.app import create_app
    from blauweknop.services.consent.assemble import assemble_consent

    read = load_consent_settings(settings, environ=os.environ)
    return create_app(await assemble_consent(read, environ=os.environ, clock=SystemClock()))


async def open_requester(settings: Path) -> Edge:
    """The reference service of the requester in ``settings``; closes and raises as ``open_service``."""
    from blauweknop.adapters.clock import SystemClock
    from blauweknop.adapters.config.requester import load_requester_settings
    from blauweknop.services.requester.app import open_counter

    read = load_requester_settings(settings, environ=os.environ)
    return await open_counter(read, environ=os.environ, clock=SystemClock())


SERVICES: Final[Mapping[str, Callable[[Path], Awaitable[Edge]]]] = {
    "bron": _open_source,
    "toestemmingsdienst": open_consent_service,
    "vrager": open_requester,
}


def log_as_json() -> None:
    """Log records to standard error: time, level, event, code. What they may hold is decided where they are made."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
