# SPDX-License-Identifier: EUPL-1.2
"""The reference service of a requester: a web application on the SDK, for each service that it is admitted for."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.routing import Route

from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.http.health import health_answer
from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.sessions.sqlite import SqliteSessionStore
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.files import file_routes
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.errors import BlauweKnopError, ConfigurationError
from blauweknop.services.requester.screens import RESULT, Screens
from blauweknop.services.requester.sdk import Requester
from blauweknop.services.requester.visits import Visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.requester import RequesterSettings

PAGES_FOLDER: Final = Path(__file__).parent / "pages"
_SWEEP_SECONDS: Final = 3600
_NS: Final = 1_000_000_000


async def open_counter(settings: RequesterSettings, *, environ: Mapping[str, str], clock: Clock) -> Edge:
    """The application; ``close`` it when done. What may be kept no longer is deleted at the start and every hour.

    Raises: ``ConfigurationError`` and its kinds, ``StoreFailedError``.
    """
    async with contextlib.AsyncExitStack() as stack:
        return await _open(settings, environ, clock, stack)


async def _open(
    settings: RequesterSettings, environ: Mapping[str, str], clock: Clock, stack: contextlib.AsyncExitStack
) -> Edge:
    counter, party = settings.counter, settings.requester
    if counter is None:
        raise ConfigurationError("[loket] is missing: it says what this requester is called and which services it has")
    requester = await Requester.open(settings, environ=environ, clock=clock, stack=stack)
    profiles = requester.catalogue.profiles
    if not counter.services or not profiles.keys() >= set(counter.services):
        raise ConfigurationError("[loket] diensten: name services of the scheme, such as hypotheek/1")
    engine = await asyncio.to_thread(
        SqliteEngine.open, Path(settings.store.file), migrations=load_migrations("requester")
    )
    stack.push_async_callback(engine.close)
    secret = load_secret_value(settings.store.secret, environ).reveal().encode()
    secure = party.iss.startswith("https:")
    pages = Pages(Site(name=counter.name, environment=party.environment, secure=secure), [PAGES_FOLDER])
    screens = Screens(
        requester=requester,
        services={ref: profiles[ref] for ref in counter.services},
        pages=pages,
        visits=Visits(
            SqliteSessionStore(engine, secret=secret, random=secrets.token_bytes),
            slug=f"vrager-{urlsplit(party.iss).port or 443}",
            secure=secure,
            now=lambda: clock.now_ns() // _NS,
            random=secrets.token_bytes,
        ),
        address=party.iss,
    )
    sweep = asyncio.create_task(_sweep(requester))
    stack.push_async_callback(_cancel, sweep)
    return Edge(
        Routed([*_routes(screens), Route("/gezond", _Health(requester).get, methods=["GET"]), *file_routes()]),
        hosts=frozenset({urlsplit(party.iss).netloc}),
        headers=security_headers(content_security_policy(_origin(settings.scheme.consent_service)), https=secure),
        answer=Failures(pages),
        limits=Limits(),
        closing=(stack.pop_all().aclose,),
    )


def _routes(screens: Screens) -> list[Route]:
    return [
        Route("/", screens.start, methods=["GET"], name="begin"),
        Route("/start", screens.start, methods=["GET"]),
        Route("/aanvraag", screens.ask, methods=["POST"]),
        Route("/terug", screens.back, methods=["GET"]),
        Route("/klant", screens.correct, methods=["POST"]),
        Route(RESULT, screens.result, methods=["GET"], name="resultaat"),
        Route("/ophalen", screens.again, methods=["POST"]),
        Route("/bewijs", screens.evidence, methods=["POST"]),
        Route("/opzeggen", screens.give_up, methods=["POST"]),
    ]


class _Health:
    def __init__(self, requester: Requester) -> None:
        self._requester = requester

    async def get(self, _request: Request) -> Response:
        """Whether the store answers."""
        return health_answer(well=await self._requester.is_healthy())


async def _sweep(requester: Requester) -> None:
    while True:
        # A disk that is full for a while is tried again at the next turn.
        with contextlib.suppress(BlauweKnopError):
            await requester.delete_due()
        await asyncio.sleep(_SWEEP_SECONDS)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
