# SPDX-License-Identifier: EUPL-1.2
"""The four back-ends of the demo with their connectors, for the contract suite: real files, real HTTP on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.connectors.contract import Query
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.demo import achterkant
from blauweknop.demo.gegevens import load
from blauweknop.testing.faults import Faults
from blauweknop.testing.haal_centraal import BrpApi
from blauweknop.testing.rest_source import CivilRegistry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import ASGIApp

    from blauweknop.adapters.connectors.contract import Connector
    from blauweknop.adapters.connectors.settings import AnyLink
    from blauweknop.core.dataset.definition import DataSetDefinition

BRONNEN = Path(achterkant.__file__).parent / "bronnen"
TODAY = "2026-11-01"
NOBODY = "500000001"  # Sophie van Dam: on no list


@contextlib.asynccontextmanager
async def serve(app: ASGIApp) -> AsyncIterator[int]:
    """Serves ``app`` on a free port of loopback, which it gives."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="off", ws="none", http="h11", log_config=None, timeout_graceful_shutdown=1)
    )
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        listener.close()


@dataclass
class BackEnd:
    """One source with its back-end: ``link`` as configured, ``person`` known there, ``other`` another one."""

    connector: Connector
    link: AnyLink
    definition: DataSetDefinition
    person: str
    other: str
    folder: Path
    faults: Faults | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def query(self, subject: str = "", *, elements: tuple[str, ...] = (), **changes: Any) -> Query:
        """A question about ``person``, for all elements that are mapped."""
        return Query(
            definition=self.definition,
            subject=subject or self.person,
            elements=elements or tuple(self.link.elements),
            today=TODAY,
            **changes,
        )


def _of(name: str, environ: dict[str, str], ref: str, person: str, other: str) -> BackEnd:
    settings = load_source_settings(BRONNEN / f"{name}.toml", environ=environ)
    data_set = settings.data_set(ref)
    assert data_set is not None
    return BackEnd(
        connector=open_connector(data_set.link, environ=environ),
        link=data_set.link,
        definition=load_catalogue().definitions[ref],
        person=person,
        other=other,
        folder=Path(environ["BK_DEMO"]) / "achterkant",
    )


@contextlib.asynccontextmanager
async def open_back_end(kind: str, folder: Path) -> AsyncIterator[BackEnd]:
    """The back-end behind connector ``kind``, in its demo shape."""
    async with contextlib.AsyncExitStack() as stack:
        back_end = await _FOUR[kind](stack, {"BK_DEMO": str(folder)})
        yield back_end
        await back_end.connector.close()
        if back_end.faults:
            back_end.faults.stop.set()


async def _sql(stack: contextlib.AsyncExitStack, environ: dict[str, str]) -> BackEnd:
    del stack
    achterkant.write_files(Path(environ["BK_DEMO"]) / "achterkant")
    return _of("belastingdienst", environ, "inkomen/1", "999991772", "999996149")


async def _csv(stack: contextlib.AsyncExitStack, environ: dict[str, str]) -> BackEnd:
    del stack
    achterkant.write_files(Path(environ["BK_DEMO"]) / "achterkant")
    return _of("rdw", environ, "voertuigen/1", "999996149", "999995947")


async def _rest(stack: contextlib.AsyncExitStack, environ: dict[str, str]) -> BackEnd:
    document = load("rotterdam")
    second = document["personen"][0] | {"bsn": "999996149"}
    registry = CivilRegistry({"personen": [*document["personen"], second]})
    faults = Faults(registry.app())
    environ["BK_POORT_BURGERLIJKE_STAND"] = str(await stack.enter_async_context(serve(faults)))
    back_end = _of("rotterdam", environ, "huishouden/1", "999991772", "999996149")
    back_end.faults, back_end.asked = faults, registry.asked
    return back_end


async def _haal_centraal(stack: contextlib.AsyncExitStack, environ: dict[str, str]) -> BackEnd:
    api = BrpApi(load("rvig"))
    faults = Faults(api.app())
    environ["BK_POORT_BRP"] = str(await stack.enter_async_context(serve(faults)))
    back_end = _of("rvig", environ, "persoonsgegevens/1", "999996149", "999991772")
    back_end.faults, back_end.asked = faults, api.asked
    return back_end


_FOUR: dict[str, Callable[[contextlib.AsyncExitStack, dict[str, str]], Any]] = {
    "sql": _sql,
    "csv": _csv,
    "rest": _rest,
    "haal-centraal": _haal_centraal,
}
KINDS = tuple(_FOUR)
OVER_HTTP = ("rest", "haal-centraal")
