# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop serve``: one source, from its settings file, behind a proxy that does TLS."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from blauweknop.adapters.http.serving import Edge

KEEP_ALIVE_SECONDS: Final = 5
MOST_CONNECTIONS: Final = 512


def register(app: typer.Typer) -> None:
    """Adds ``serve``."""
    app.command(
        epilog="Example:  blauweknop serve --instelling bron.toml --poort 8080",
    )(serve)


def serve(
    settings: Annotated[Path, typer.Option("--instelling", metavar="FILE", help="The settings file of the source.")],
    host: Annotated[str, typer.Option("--adres", help="The address to listen on; the proxy's side.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--poort", help="The port to listen on.")] = 8080,
) -> None:
    """Serve the pages of one source until it is stopped. Log records go to standard error, one JSON object a line."""
    import uvicorn

    from blauweknop.adapters.http.protocol import server_options

    log_as_json()
    app = open_source(settings)
    uvicorn.run(
        app,
        host=host,
        port=port,
        lifespan="on",
        **server_options(),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
    )


def open_source(settings: Path) -> Edge:
    """The application of the source in ``settings``; it closes what it opened when the server ends.

    Raises: ``ConfigurationError`` and ``InfrastructureError`` kinds.
    """
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
