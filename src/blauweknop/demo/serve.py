# SPDX-License-Identifier: EUPL-1.2
"""``demo``: the register, a consent service, twelve sources, the requesters, back-ends, a test login, until ctrl-C.

Everything runs in one process and one event loop, on loopback only. Ports are fixed and kept in the demo's folder; a
free one is taken where another program listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import msgspec

from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.demo import gegevens
from blauweknop.demo.achterkant import back_end_apps, write_files
from blauweknop.demo.home import choose_ports, prepare_home
from blauweknop.demo.plus import open_scheme, prepare_consent, read_consent, wanted_ports
from blauweknop.demo.stelselbeheer import addresses_of
from blauweknop.services.source.app import create_app
from blauweknop.services.source.page_assembly import page_parts
from blauweknop.services.source.plus_assembly import plus_parts
from blauweknop.testing.login import LoginClient, TestLogin, TestPerson
from blauweknop.testing.scheme import open_sources, read_sources, reference_clock, serve_all, source_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from starlette.types import ASGIApp

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.settings import LoginSettings
    from blauweknop.demo.achterkant import Documents
    from blauweknop.testing.scheme import RunningSource


_NS: Final = 1_000_000_000


class DemoSource(msgspec.Struct, frozen=True):
    """One source that is running: slug, name, address and the titles of its data sets."""

    slug: str
    name: str
    address: str
    data_sets: tuple[str, ...]


class RunningDemo(msgspec.Struct, frozen=True):
    """What is running, for whoever wants to try it; ``requesters``, ``apps``: the ``iss`` of each, by slug."""

    login: str
    register: str
    consent_service: str
    sources: tuple[DemoSource, ...]
    requesters: dict[str, str]
    apps: dict[str, str]
    people: tuple[TestPerson, ...]


@contextlib.asynccontextmanager
async def running_demo(home: Path) -> AsyncIterator[RunningDemo]:
    """Serves the whole demo until the block ends. Raises: ``ConfigurationError`` and ``InfrastructureError`` kinds."""
    ports = await asyncio.to_thread(choose_ports, home, wanted_ports())
    clock = reference_clock(gegevens.load("cast")["peildatum"])
    async with running_scheme(home, ports, clock=clock) as demo:
        yield demo


@contextlib.asynccontextmanager
async def running_scheme(
    home: Path, ports: Mapping[str, int], *, clock: Clock, documents: Documents = gegevens.load
) -> AsyncIterator[RunningDemo]:
    """The same on ``ports`` and by ``clock``, on other data if wanted. Raises: as ``running_demo``."""
    environ = source_environment(home, ports)
    settings = read_sources(resources.files("blauweknop.demo") / "bronnen", environ)
    consent = read_consent(environ)
    await asyncio.to_thread(prepare_home, home, settings, now=clock.now_ns() // _NS)
    await asyncio.to_thread(prepare_consent, home)
    await asyncio.to_thread(write_files, home / "achterkant", documents=documents)
    people = _people(documents("cast"))
    login = TestLogin(
        settings[0].login.issuer,
        [
            *(_client(one.login, one.source.iss, environ) for one in settings),
            _client(consent.login, consent.service.iss, environ),
        ],
        people,
        now=lambda: clock.now_ns() / _NS,
        random=secrets.token_bytes,
    )
    async with open_sources(settings, environ=environ, clock=clock) as sources, contextlib.AsyncExitStack() as stack:
        apps: dict[str, ASGIApp] = {**back_end_apps(documents=documents), "BK_POORT_LOGIN": login.app()}
        apps |= await open_scheme(home, settings, consent, ports=ports, environ=environ, clock=clock, stack=stack)
        for source in sources.values():
            apps[_port_variable(source.slug)] = await _page(source, environ, stack)
        await stack.enter_async_context(serve_all(apps, ports))
        yield RunningDemo(
            login=login.issuer,
            register=consent.scheme.register,
            consent_service=consent.service.iss,
            sources=tuple(_shown(source) for source in sources.values()),
            requesters=addresses_of(Role.REQUESTER, ports),
            apps=addresses_of(Role.APP, ports),
            people=people,
        )


async def serve_until_stopped(home: Path, *, started: Callable[[RunningDemo], None]) -> None:
    """Serves the demo until ctrl-C or SIGTERM; ``started`` is called once with the ``RunningDemo``."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running_demo(home) as demo:
        started(demo)
        await stop.wait()


async def _page(source: RunningSource, environ: Mapping[str, str], stack: contextlib.AsyncExitStack) -> ASGIApp:
    settings = source.parts.settings
    plus = plus_parts(source.parts, settings.plus) if settings.plus is not None else None
    parts = page_parts(source.parts, source.pipeline, environ=environ, plus=plus)
    for close in (parts.login.close, *parts.closing):
        stack.push_async_callback(close)
    return create_app(parts)


def _client(login: LoginSettings, iss: str, environ: Mapping[str, str]) -> LoginClient:
    return LoginClient(
        client_id=login.client_id,
        client_secret=load_secret_value(login.client_secret, environ).reveal(),
        redirect_uri=f"{iss}/inloggen/terug",
    )


def _people(document: Mapping[str, Any]) -> tuple[TestPerson, ...]:
    return tuple(
        TestPerson(bsn=one["bsn"], name=one["naam"], nl=one["nl"], en=one["en"]) for one in document["personen"]
    )


def _port_variable(slug: str) -> str:
    return f"BK_POORT_{slug.upper()}"


def _shown(source: RunningSource) -> DemoSource:
    parts = source.parts
    titles = tuple(parts.catalogue.definitions[ref].title.nl for ref, offered in parts.offered.items() if offered.on)
    return DemoSource(source.slug, parts.settings.source.name.nl, parts.iss, titles)
