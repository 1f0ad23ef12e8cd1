# SPDX-License-Identifier: EUPL-1.2
"""A register over real HTTP, and a reader of it: admitted, suspended, away, put back, lied about."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from blauweknop.adapters.http.client import CallFailedError, HttpCaller
from blauweknop.adapters.keys.register_folder import load_register_trust, register_trust_folder
from blauweknop.adapters.scheme.client import RegisterClient, Turn, register_caller
from blauweknop.adapters.scheme.memory import FileMemory
from blauweknop.core.scheme.detail import Admission
from blauweknop.core.scheme.errors import (
    DetailError,
    ParticipantSuspendedError,
    RegisterRollbackError,
    RegisterStaleError,
    StatusNotKnownError,
    StatusRolledBackError,
)
from blauweknop.core.scheme.participation import check_takes_part
from blauweknop.core.scheme.register import NOTHING_SEEN
from blauweknop.core.scheme.registration import Registration
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.trust_mark import MarkExpected, parse_trust_mark, verify_mark_status
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.core.seal.certificate_errors import CertificatePathError
from blauweknop.core.status.stand import RegisterSeen, Stand, StandAsked, VerifiedStand, parse_stand
from blauweknop.core.status.token import parse_status_list
from blauweknop.errors import MalformedError
from blauweknop.services.register.administration import Administration, Certification, Content, Reason, Unsigned
from blauweknop.services.register.app import create_app
from blauweknop.services.register.assemble import assemble_register
from blauweknop.testing.register_service import MANAGER_OIN, handed_in, register_settings, registration
from blauweknop.testing.registering import AT, make_root, named_key
from blauweknop.testing.serving import free_port, serving
from tests.contract.described import Described
from tests.contract.documents import REGISTER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from blauweknop.services.register.parts import RegisterParts

pytestmark = pytest.mark.anyio
LENDER = "00000001234567890000"
LENDER_ISS = "https://hypotheek.voorbeeld.example"
HOUR = 3600
SECOND = 1_000_000_000
WHY = Reason(reason="Onderzoek loopt.")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Clocks:
    now: int = AT
    monotonic: int = SECOND

    def go_on(self, seconds: int) -> None:
        self.now += seconds
        self.monotonic += seconds * SECOND


@dataclass
class Between:
    """Counts what is asked; gives its own answer for a path where it has one."""

    app: ASGIApp
    asked: list[str] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        body = self.answers.get(scope["path"])
        if body is None:
            await self.app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})


@dataclass
class World:
    """A register at ``iss`` that can be away, and what is needed to read it.

    Every answer to ``get`` and ``ask_mark`` is held to the OpenAPI document.
    """

    parts: RegisterParts
    clocks: Clocks
    home: Path
    between: Between
    stack: contextlib.AsyncExitStack
    clients: list[RegisterClient] = field(default_factory=list)
    described: Described = field(default_factory=lambda: Described(REGISTER))

    async def decide(self, act: Act, content: Content) -> None:
        await Administration(self.parts).decide(act, LENDER, content, Unsigned())

    def reader(self, memory: str = "geheugen", *, caller: HttpCaller | None = None) -> RegisterClient:
        client = RegisterClient(
            load_register_trust(register_trust_folder(self.home), "test"),
            caller or register_caller(self.parts.iss),
            FileMemory(self.home / memory),
            now=lambda: self.clocks.now,
            monotonic_ns=lambda: self.clocks.monotonic,
        )
        self.clients.append(client)
        return client

    async def away(self) -> None:
        await self.stack.aclose()

    def stand(self, serial: int) -> VerifiedStand:
        """A fresh stand of a consent service that has seen ``serial``."""
        seen = RegisterSeen(serial, self.clocks.now)
        said = Stand(iss="https://t.example", sub=LENDER, iat=1, exp=2, serial=1, lists={}, register_seen=seen)
        return VerifiedStand(said, self.clocks.monotonic)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        async with self._client() as client:
            return await client.get(path, **more)

    async def ask_mark(self, **form: Any) -> httpx2.Response:
        async with self._client() as client:
            return await client.post("/v1/beeldmerken/status", **form)

    def _client(self) -> httpx2.AsyncClient:
        client = httpx2.AsyncClient(base_url=self.parts.iss, trust_env=False)
        self.described.hears_async(client)
        return client


def lender() -> Registration:
    keys = tuple(
        handed_in(purpose, named_key(f"lender {purpose}").public_key(), now=AT)
        for purpose in (KeyPurpose.CLIENT, KeyPurpose.DPOP)
    )
    admissions = (Admission(service="hypotheek/1", since=AT, by=(MANAGER_OIN,)),)
    return registration(
        LENDER, "Demo Hypotheekverlener BV", LENDER_ISS, Role.REQUESTER, private=True, keys=keys, admissions=admissions
    )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    port = free_port()
    clocks = Clocks()
    settings = register_settings(tmp_path, iss=f"http://localhost:{port}", now=AT)
    chance = random.Random(20261101)
    parts = await assemble_register(settings, now=lambda: clocks.now, random_below=chance.randrange)
    between = Between(create_app(parts))
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(serving(between, port=port))
        made = World(parts, clocks, tmp_path, between, stack)
        await made.decide(Act.ADMIT, lender())
        yield made
        for client in made.clients:
            await client.close()
    await parts.store.close()
    assert made.described.faults == []


async def test_bk061_a_reader_finds_a_participant_and_its_keys(world: World) -> None:
    register = await world.reader().with_details(LENDER)
    wanted = lender().keys[1]
    assert register.by_iss(LENDER_ISS).name == "Demo Hypotheekverlener BV"
    assert register.key(LENDER_ISS, KeyPurpose.DPOP, wanted.kid, at=AT).jwk == wanted.jwk
    assert register.detail(LENDER).admitted_for("hypotheek/1") is not None


async def test_bk061_a_suspension_is_seen_within_a_minute(world: World) -> None:
    reader = world.reader()
    check_takes_part((await reader.register()).participant(LENDER), Role.REQUESTER, await reader.statuses(NOTHING_SEEN))
    await world.decide(Act.SUSPEND, WHY)
    world.clocks.go_on(30)
    with pytest.raises(ParticipantSuspendedError):
        check_takes_part(
            (await reader.register()).participant(LENDER), Role.REQUESTER, await reader.statuses(NOTHING_SEEN)
        )


async def test_bk061_a_relayed_list_shows_a_suspension_before_the_register_does(world: World) -> None:
    reader = world.reader()
    await reader.statuses(NOTHING_SEEN)
    old = (await world.get("/status/deelnemers")).content
    await world.decide(Act.SUSPEND, WHY)
    new = (await world.get("/status/deelnemers")).content
    await reader.relay(new)
    with pytest.raises(StatusRolledBackError):
        await reader.relay(old)
    listed = await reader.statuses(NOTHING_SEEN)
    assert listed.get((await reader.register()).participant(LENDER).status) == 2


@pytest.mark.parametrize("seconds", [9 * 60, 23 * HOUR])
async def test_everything_goes_on_while_the_register_is_away(world: World, seconds: int) -> None:
    reader = world.reader()
    await reader.with_details(LENDER)
    serial = (await reader.statuses(NOTHING_SEEN)).serial
    await world.away()
    world.clocks.go_on(seconds)
    register = await reader.with_details(LENDER)
    check_takes_part(register.participant(LENDER), Role.REQUESTER, await reader.statuses(world.stand(serial)))
    with pytest.raises(StatusNotKnownError):
        await reader.statuses(NOTHING_SEEN)
    with pytest.raises(StatusNotKnownError):
        await reader.statuses(world.stand(serial + 1))


async def test_a_service_that_signs_stands_is_its_own_witness_for_a_day(world: World) -> None:
    reader = world.reader()
    serial = (await reader.newest()).listed.serial
    await world.away()
    for _ in range(23):
        world.clocks.go_on(HOUR)
        assert (await reader.newest()).listed.serial == serial
    world.clocks.go_on(HOUR)
    with pytest.raises(RegisterStaleError):
        await reader.newest()


async def test_while_the_register_hangs_a_moment_is_lost_once() -> None:
    clocks, over = Clocks(), asyncio.Event()

    async def hang() -> None:
        await over.wait()

    turn = Turn(hang, every_ns=SECOND, monotonic_ns=lambda: clocks.monotonic)
    await turn.take(patience=0.01)
    clocks.go_on(60)
    async with asyncio.timeout(5):
        await asyncio.gather(*(turn.take(patience=60.0) for _ in range(20)))
    over.set()
    await turn.take(patience=None)
    assert not turn.due


async def test_after_25_hours_without_the_register_it_says_so(world: World) -> None:
    reader = world.reader()
    serial = (await reader.statuses(NOTHING_SEEN)).serial
    await world.away()
    world.clocks.go_on(25 * HOUR)
    with pytest.raises(RegisterStaleError, match="more than 24 hours old"):
        await reader.register()
    with pytest.raises(RegisterStaleError):
        await reader.statuses(world.stand(serial))


async def test_a_restart_without_the_register_goes_on_with_what_was_remembered(world: World) -> None:
    first = world.reader()
    await first.with_details(LENDER)
    serial = (await first.statuses(NOTHING_SEEN)).serial
    await world.away()
    world.clocks.go_on(10 * 60)
    again = world.reader()
    register = await again.with_details(LENDER)
    check_takes_part(register.participant(LENDER), Role.REQUESTER, await again.statuses(world.stand(serial)))
    with pytest.raises(CallFailedError):
        await world.reader("leeg").register()


async def test_an_older_register_or_list_is_refused_even_after_a_restart(world: World) -> None:
    reader = world.reader()
    old = (await world.get("/v1/stelseldocument")).content
    old_list = (await world.get("/status/deelnemers")).content
    await world.decide(Act.SUSPEND, WHY)
    newest = await reader.register()
    await reader.statuses(NOTHING_SEEN)
    world.between.answers = {"/v1/stelseldocument": old, "/status/deelnemers": old_list}
    again = world.reader()
    world.clocks.go_on(20)
    assert (await again.register()).version == newest.version
    with pytest.raises(RegisterRollbackError):
        await again._fetch()
    with pytest.raises(StatusRolledBackError):
        await again.relay(old_list)


async def test_twenty_callers_make_one_request(world: World) -> None:
    reader = world.reader()
    versions = await asyncio.gather(*(reader.register() for _ in range(20)))
    assert {one.version for one in versions} == {1}
    assert world.between.asked.count("/v1/stelseldocument") == 1
    await reader.register()
    world.clocks.go_on(61)
    await reader.register()
    assert world.between.asked.count("/v1/stelseldocument") == 2


async def test_a_detail_of_another_content_is_refused_and_not_kept(world: World) -> None:
    reader = world.reader()
    name = (await reader.register()).participant(LENDER).detail
    path = f"/v1/stelseldocument/details/{name}"
    world.between.answers = {path: b'{"oin":"x"}'}
    with pytest.raises(DetailError):
        await reader.with_details(LENDER)
    world.between.answers = {}
    await reader.with_details(LENDER)
    before = world.between.asked.count(path)
    await world.reader().with_details(LENDER)
    assert world.between.asked.count(path) == before


async def test_bk060_the_mark_of_a_certified_participant_can_be_checked(world: World) -> None:
    assert (await world.get(f"/v1/beeldmerken/{LENDER}")).status_code == 404
    await world.decide(Act.CERTIFY, Certification(until=AT + HOUR))
    answer = await world.get(f"/v1/beeldmerken/{LENDER}")
    assert answer.headers["content-type"] == "application/trust-mark+jwt"
    register = await world.reader().with_details(MANAGER_OIN)
    unverified = parse_trust_mark(answer.content)
    kid = unverified.jws.unverified_header["kid"]
    key: Any = register.key(world.parts.iss, KeyPurpose.STATEMENT, kid, at=AT).public_key
    expected = MarkExpected(world.parts.iss, LENDER_ISS, "test")
    assert unverified.verify(key, expected=expected, at=AT).oin == LENDER

    async def status(mark: bytes) -> str:
        said = await world.ask_mark(data={"trust_mark": mark.decode()})
        return verify_mark_status(said.content, key, iss=world.parts.iss, mark=mark, asked_at=world.clocks.now)

    assert await status(answer.content) == "active"
    assert await status(b"a.b.c") == "invalid"
    assert await status(answer.content[:-8] + b"AAAAAAAA") == "invalid"
    await world.decide(Act.SUSPEND, WHY)
    assert await status(answer.content) == "revoked"
    world.clocks.go_on(2 * HOUR)
    assert await status(answer.content) == "expired"


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        ([], "Ja, deze organisatie is toegelaten, sinds 1 november 2026."),
        ([(Act.CERTIFY, Certification(until=AT + HOUR))], "toegelaten en gecertificeerd"),
        ([(Act.SUSPEND, WHY)], "Nee, deze organisatie is geschorst"),
        ([(Act.END, WHY)], "Nee, deze organisatie doet niet meer mee"),
    ],
)
async def test_bk060_the_public_page_says_whether_an_organisation_is_admitted(
    world: World, acts: list[tuple[Act, Content]], words: str
) -> None:
    for act, content in acts:
        await world.decide(act, content)
    page = await world.get(f"/deelnemers/{LENDER}")
    assert page.status_code == 200
    assert words in page.text
    assert "Demo Hypotheekverlener BV" in page.text
    assert LENDER_ISS in page.text


async def test_bk061_the_page_says_for_what_and_through_whom(world: World) -> None:
    page = await world.get(f"/deelnemers/{LENDER}?taal=en")
    assert "Yes, this organisation is admitted, since 1 November 2026." in page.text
    assert "A lender calculates how much you can borrow for a home." in page.text
    assert "The data also pass through the systems of: Stelselbeheer Voorbeeld." in page.text
    assert 'lang="en"' in page.text


async def test_bk060_an_unknown_organisation_is_not_admitted(world: World) -> None:
    for oin in ("00000009999999999000", "x", "%3Cscript%3E"):
        page = await world.get(f"/deelnemers/{oin}")
        assert page.status_code == 404
        assert "Nee, deze organisatie is niet toegelaten." in page.text
        assert "script" not in page.text
    assert "Demo Hypotheekverlener BV" in (await world.get("/")).text


async def test_bk065_lists_are_those_of_the_signed_register(world: World) -> None:
    listed = json.loads((await world.get("/v1/deelnemers?rol=vrager")).content)
    assert [one["oin"] for one in listed["deelnemers"]] == [LENDER]
    assert listed["totaal"] == 1
    one = json.loads((await world.get(f"/v1/deelnemers/{LENDER}")).content)
    assert (one["fase"], one["sinds"], one["toelatingen"][0]["via"]) == (
        "toegelaten",
        "2026-11-01T12:00:00Z",
        [MANAGER_OIN],
    )
    for path, ref in (("gegevenssets", "inkomen/1"), ("diensten", "hypotheek/1"), ("begrippen", "bsn/1")):
        entries = json.loads((await world.get(f"/v1/{path}")).content)[path]
        entry = next(entry for entry in entries if entry["id"] == ref)
        assert (await world.get(f"/v1/stelseldocument/details/{entry['detail']}")).status_code == 200
        answer = await world.get(f"/v1/{path}/{ref}")
        assert (answer.status_code, answer.headers["api-version"]) == (200, "1.0.0")
        assert answer.headers["access-control-allow-origin"] == "*"
    described = json.loads((await world.get("/v1/gegevenssets/inkomen/1")).content)
    assert described["vct"] == f"{world.parts.iss}/v1/gegevenssets/inkomen/1"
    assert json.loads((await world.get("/v1/openapi.json")).content)["openapi"] == "3.1.0"
    assert (await world.get("/gezond")).status_code == 200


async def test_the_register_is_signed_anew_when_it_changed_and_every_hour(world: World) -> None:
    first = await world.get("/v1/stelseldocument")
    tag = {"if-none-match": first.headers["etag"]}
    assert (await world.get("/v1/stelseldocument", headers=tag)).status_code == 304
    world.clocks.go_on(HOUR)
    second = await world.get("/v1/stelseldocument", headers=tag)
    assert (second.status_code, second.headers["etag"]) == (200, '"2"')
    await world.decide(Act.SUSPEND, WHY)
    assert (await world.get("/v1/stelseldocument")).headers["etag"] == '"3"'


async def test_the_stand_grows_with_each_change(world: World) -> None:
    register = await world.reader().with_details(MANAGER_OIN)
    key: Any = next(one for one in register.detail(MANAGER_OIN).keys if one.purpose is KeyPurpose.STATUS).public_key
    asked = StandAsked(iss=world.parts.iss, sub=MANAGER_OIN, highest=1, sent_ns=0)

    async def serial() -> int:
        token = (await world.get("/status/deelnemers/stand")).content
        return parse_stand(token).verify(key, asked=asked, at=AT).stand.serial

    before = await serial()
    await world.decide(Act.SUSPEND, WHY)
    assert await serial() == before + 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/deelnemers?rol=baas", 400),
        ("/v1/deelnemers?fase=weg", 400),
        ("/v1/deelnemers?pagina=0", 400),
        ("/v1/deelnemers?pagina=x", 400),
        ("/v1/deelnemers?pagina=1&pagina=2", 400),
        ("/v1/deelnemers?bsn=1", 400),
        ("/v1/deelnemers/00000009999999999000", 404),
        ("/v1/stelseldocument?x=1", 400),
        ("/v1/stelseldocument/details/" + "A" * 43, 404),
        ("/v1/gegevenssets/inkomen/9", 404),
        ("/v1/gegevenssets/inkomen/een", 404),
        ("/v1/diensten/elders/1", 404),
        ("/v1/begrippen/elders/1", 404),
        ("/v1/beeldmerken/elders", 404),
        ("/v1/elders", 404),
        ("/v1/deelnemers/", 404),
    ],
)
async def test_bad_questions_get_a_problem(world: World, path: str, status: int) -> None:
    answer = await world.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["api-version"] == "1.0.0"
    assert {"type", "title", "status", "code"} <= json.loads(answer.content).keys()


@pytest.mark.parametrize("body", [b"", b"trust_mark=a&trust_mark=b", b"mark=a", b"\xff", b"trust_mark=a&x=1"])
async def test_a_bad_question_about_a_mark_is_refused(world: World, body: bytes) -> None:
    answer = await world.ask_mark(content=body)
    assert answer.status_code == 400


async def test_a_damaged_memory_stops_the_reader(world: World) -> None:
    (world.home / "stuk").mkdir()
    (world.home / "stuk" / "gezien.json").write_bytes(b"{")
    from blauweknop.adapters.scheme.memory import MemoryUnreadableError

    with pytest.raises(MemoryUnreadableError):
        await world.reader("stuk").register()


async def test_bk018_the_agreements_are_published_numbered_and_versioned(world: World) -> None:
    page = await world.get("/afspraken")
    assert page.status_code == 200
    assert "Versie 1, van 1 november 2026." in page.text
    assert "6. Het burgerservicenummer gaat alleen naar wie dat van de wet mag hebben" in page.text
    assert "Hierop let: de Autoriteit Persoonsgegevens." in page.text
    assert "/afspraken" in (await world.get("/")).text


async def test_a_reader_whose_root_is_replaced_still_knows_what_it_has_seen(world: World) -> None:
    reader = world.reader()
    await world.decide(Act.SUSPEND, WHY)
    assert (await reader.register()).version == 1
    replaced = replace(load_register_trust(register_trust_folder(world.home), "test"), roots=(make_root(),))
    other = RegisterClient(
        replaced,
        register_caller(world.parts.iss),
        FileMemory(world.home / "geheugen"),
        now=lambda: world.clocks.now,
        monotonic_ns=lambda: world.clocks.monotonic,
    )
    world.clients.append(other)
    with pytest.raises(CertificatePathError):
        await other.register()
    remembered = await FileMemory(world.home / "geheugen").load()
    assert remembered is not None
    assert remembered.seen.version == 1


@pytest.mark.parametrize("damage", [b"a.b.c", b"", b"\xff"])
async def test_a_status_list_that_is_none_is_not_decided_on(world: World, damage: bytes) -> None:
    reader = world.reader()
    await reader.register()
    world.between.answers = {"/status/deelnemers": damage}
    with pytest.raises(MalformedError):
        await reader.statuses(NOTHING_SEEN)
    world.between.answers = {}
    world.clocks.go_on(6)
    assert (await reader.statuses(NOTHING_SEEN)).serial > 0


async def test_a_list_without_changes_is_signed_once_in_a_while(world: World) -> None:
    first, second = (await world.get("/status/deelnemers")).content, (await world.get("/status/deelnemers")).content
    assert first == second
    world.clocks.go_on(5)
    assert (await world.get("/status/deelnemers")).content != first
    await world.decide(Act.SUSPEND, WHY)
    assert parse_status_list((await world.get("/status/deelnemers")).content) != parse_status_list(first)
