# SPDX-License-Identifier: EUPL-1.2
"""A source that cannot reach the register learns of a suspension by way of the consent service, and of nothing else.

The register and the consent service's status endpoints are real and over HTTP; the source's line to the register can be
cut. Both clocks are arguments.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from blauweknop.adapters.http.client import CallFailedError, HttpAnswer, HttpCaller
from blauweknop.adapters.scheme.client import RegisterClient, register_caller
from blauweknop.adapters.status.client import StandClient
from blauweknop.adapters.store.consents.contract import SourceLists
from blauweknop.core.scheme.errors import RegisterStaleError, StatusNotKnownError
from blauweknop.core.scheme.register import NOTHING_SEEN
from blauweknop.core.scheme.stages import Act
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list
from blauweknop.core.wire.jws import parse_compact
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.errors import BlauweKnopError
from blauweknop.services.consent.status import StatusEndpoints
from blauweknop.testing.registering import make_signer, named_key
from blauweknop.testing.sealing import FixedSigner
from blauweknop.testing.serving import serving
from tests.contract.documents import PAGES

from .test_register import HOUR, LENDER, SECOND, WHY, Between, Clocks, World, anyio_backend, world

__all__ = ["anyio_backend", "world"]  # fixtures
pytestmark = pytest.mark.anyio
SOURCE = "00000001999999999000"
RELAYED = "/status/deelnemers"
SIGNER = make_signer("consent status")


@dataclass
class Line:
    """The source's way to the register."""

    caller: HttpCaller
    cut: bool = False

    async def call(self, *arguments: Any, **named: Any) -> HttpAnswer:
        if self.cut:
            raise CallFailedError("onbereikbaar")
        return await self.caller.call(*arguments, **named)

    async def close(self) -> None:
        await self.caller.close()


class Store:
    """Nobody gave a consent yet."""

    async def lists(self, source: str) -> SourceLists:
        assert source == SOURCE
        return SourceLists(serial=1, lists=())


@dataclass
class Memory:
    serial: int = 0

    async def highest(self, _iss: str) -> int:
        return self.serial

    async def raise_to(self, _iss: str, serial: int) -> None:
        self.serial = serial


@dataclass
class Clock:
    clocks: Clocks

    def now_ns(self) -> int:
        return self.clocks.now * SECOND

    def monotonic_ns(self) -> int:
        return self.clocks.monotonic


@dataclass
class Setting:
    """A source at the end of ``line``, and the consent service that it polls, ``relay`` before it."""

    world: World
    line: Line
    register: RegisterClient
    stands: StandClient
    iss: str
    relay: Between = field(repr=False)

    async def standing(self) -> int:
        """How the lender stands for the source now, as a delivery would find it."""
        await self.stands.fresh(None)
        listed = await self.register.statuses(self.stands.stand())
        return listed.get((await self.register.register()).participant(LENDER).status)

    async def get(self, path: str) -> httpx2.Response:
        async with httpx2.AsyncClient(base_url=self.iss, trust_env=False) as client:
            return await client.get(path)


@pytest.fixture
async def setting(world: World) -> AsyncIterator[Setting]:
    own = world.reader("toestemming")
    parts = SimpleNamespace(
        iss="",
        now=lambda: world.clocks.now,
        register=own,
        store=Store(),
        keys=SimpleNamespace(status=SIGNER),
        participants=lambda: newest(own),
    )
    ends = StatusEndpoints(cast("Any", parts))
    failures = Failures(PAGES)
    app = Starlette(
        routes=[Route(RELAYED, ends.participants), Route("/status/{oin}/stand", ends.stand)],
        exception_handlers={BlauweKnopError: cast("Any", failures)},
    )
    relay = Between(app)
    line = Line(register_caller(world.parts.iss))
    register = world.reader("bron", caller=cast("Any", line))

    async def find_key(_kid: str) -> Any:
        return named_key("consent status").public_key()

    async with contextlib.AsyncExitStack() as stack:
        parts.iss = f"http://localhost:{await stack.enter_async_context(serving(relay))}"
        stands = StandClient(
            HttpCaller(parts.iss),
            iss=parts.iss,
            oin=SOURCE,
            find_key=find_key,
            register=register,
            memory=Memory(),
            clock=cast("Any", Clock(world.clocks)),
        )
        stack.push_async_callback(stands.close)
        made = Setting(world, line, register, stands, parts.iss, relay)
        assert await made.standing() == 0
        yield made


async def newest(reader: RegisterClient) -> Any:
    return (await reader.newest()).listed


@pytest.mark.parametrize("seconds", [15, 31, 59])
async def test_bk061_a_suspension_reaches_a_source_that_cannot_reach_the_register(
    setting: Setting, seconds: int
) -> None:
    setting.line.cut = True
    await setting.world.decide(Act.SUSPEND, WHY)
    setting.world.clocks.go_on(seconds)
    assert await setting.standing() == 2
    relayed = await setting.get(RELAYED)
    assert relayed.content == (await setting.world.get(RELAYED)).content
    assert relayed.headers["content-type"] == "application/statuslist+jwt"
    assert relayed.headers["access-control-allow-origin"] == "*"


async def test_the_stand_says_which_list_of_participants_is_relayed_beside_it(setting: Setting) -> None:
    serials = []
    for _ in range(2):
        said = payload((await setting.get(f"/status/{SOURCE}/stand")).content)
        relayed = payload((await setting.get(RELAYED)).content)
        assert said["register_gezien"] == {"volgnr": relayed["volgnr"], "iat": relayed["iat"]}
        serials.append(relayed["volgnr"])
        if len(serials) == 1:
            await setting.world.decide(Act.SUSPEND, WHY)
            setting.world.clocks.go_on(20)
    assert serials[0] < serials[1]


@pytest.mark.parametrize("seconds", [9 * 60, 23 * HOUR])
async def test_while_the_register_is_away_for_both_a_source_goes_on_beside_the_stand(
    setting: Setting, seconds: int
) -> None:
    kept = (await setting.get(RELAYED)).content
    setting.line.cut = True
    await setting.world.away()
    setting.world.clocks.go_on(seconds)
    assert await setting.standing() == 0
    assert (await setting.get(RELAYED)).content == kept


async def test_after_a_day_without_the_register_nothing_is_relayed_and_nothing_decided(setting: Setting) -> None:
    setting.line.cut = True
    await setting.world.away()
    setting.world.clocks.go_on(24 * HOUR)
    answer = await setting.get(RELAYED)
    assert (answer.status_code, answer.json()["code"]) == (503, "register-verouderd")
    assert "register_gezien" not in payload((await setting.get(f"/status/{SOURCE}/stand")).content)
    with pytest.raises(RegisterStaleError):
        await setting.standing()


def payload(token: bytes) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.json.decode(parse_compact(token).dangerous_payload)
    return said


def signed(w: World, *, serial: int, signer: Any = None, uri: str = "", value: int = 2) -> bytes:
    """A list as the register signs it, that says something else."""
    times = StatusListTimes(w.clocks.now, w.clocks.now + HOUR, 30)
    statuses = StatusList(1024)
    for place in range(1024):
        statuses.set(place, value)
    signer = signer or w.parts.keys.status
    return issue_status_list(statuses, uri=uri or w.parts.status_uri, times=times, signer=signer, serial=serial)


def changed(token: bytes, place: int) -> bytes:
    return token[:place] + (b"A" if token[place : place + 1] != b"A" else b"B") + token[place + 1 :]


# Each given the world, the highest volgnr that the source has seen, and the list that it should have got.
BAD: dict[str, Callable[[World, int, bytes], bytes]] = {
    "of a lower volgnr": lambda w, seen, _: signed(w, serial=seen - 1),
    "without a volgnr": lambda w, _seen, _: signed(w, serial=0),
    "by another signer": lambda w, seen, _: signed(w, serial=seen + 1, signer=SIGNER),
    "by a stranger with the register's kid": lambda w, seen, _: signed(
        w, serial=seen + 1, signer=FixedSigner(named_key("dief"), kid=w.parts.keys.status.kid)
    ),
    "about another uri": lambda w, seen, _: signed(w, serial=seen + 1, uri=f"{w.parts.iss}/status/anderen"),
    "one byte of the payload changed": lambda _w, _seen, good: changed(good, good.index(b".") + 20),
    "one byte of the signature changed": lambda _w, _seen, good: changed(good, len(good) - 10),
    "cut short": lambda _w, _seen, good: good[:-1],
    "not signed at all": lambda _w, _seen, good: good[: good.rindex(b".") + 1],
    "empty": lambda _w, _seen, _good: b"",
}


@pytest.mark.parametrize("name", BAD)
async def test_bk061_a_relayed_list_that_is_not_the_register_s_changes_nothing(setting: Setting, name: str) -> None:
    w, seen = setting.world, await setting.register.highest()
    before = await setting.register.newest()
    setting.line.cut = True
    await w.decide(Act.SUSPEND, WHY)
    w.clocks.go_on(20)
    good = (await setting.get(RELAYED)).content
    setting.relay.answers[RELAYED] = BAD[name](w, seen, good)
    assert await setting.standing() == 0  # the list of before, for as long as its ttl
    assert await setting.register.newest() is before
    assert await setting.register.highest() == seen
    w.clocks.go_on(20)
    with pytest.raises(StatusNotKnownError):  # and after it nothing is decided: the stand has seen a newer one
        await setting.standing()
    setting.relay.answers.clear()
    w.clocks.go_on(2)
    assert await setting.standing() == 2


async def test_an_older_list_relayed_does_not_undo_what_the_register_itself_said(setting: Setting) -> None:
    old = (await setting.get(RELAYED)).content
    await setting.world.decide(Act.SUSPEND, WHY)
    setting.world.clocks.go_on(20)
    assert (await setting.register.statuses(NOTHING_SEEN)).serial == await setting.register.highest()
    setting.relay.answers[RELAYED] = old
    setting.world.clocks.go_on(2)
    assert await setting.standing() == 2
