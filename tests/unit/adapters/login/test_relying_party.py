# SPDX-License-Identifier: EUPL-1.2
"""A login service that describes itself wrongly, hangs, drips or sends us elsewhere."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from blauweknop.adapters.login.errors import LoginAnswerInvalidError, LoginUnreachableError
from blauweknop.adapters.login.model import LoginSettings
from blauweknop.adapters.login.relying_party import RelyingParty
from blauweknop.testing.faults import Faults
from blauweknop.testing.login import LEVELS, LoginClient, TestLogin
from blauweknop.testing.serving import free_port, serving

pytestmark = pytest.mark.anyio
BACK = "http://localhost:1/inloggen/terug"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Running:
    """A login service that fails on demand, and a relying party that has not asked it anything yet."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"
        client = LoginClient(client_id="bron", client_secret="geheim+/ é", redirect_uri=BACK)
        self.login = TestLogin(self.issuer, [client], [], now=time.time, random=secrets.token_bytes)
        self.faults = Faults(self.login.app())
        settings = LoginSettings(
            issuer=self.issuer,
            client_id="bron",
            client_secret=client.client_secret,
            redirect_uri=BACK,
            levels=dict(LEVELS),  # type: ignore[arg-type]
            asked_levels=tuple(LEVELS),
            timeout=1.0,
        )
        self.settings = settings
        self.party = RelyingParty(settings, now=time.time, random=secrets.token_bytes)


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    port = free_port()
    found = Running(port)
    async with serving(found.faults, port=port):
        yield found
        found.faults.stop.set()
        await found.party.close()


async def test_the_request_asks_for_a_code_with_proof_and_a_fresh_login(running: Running) -> None:
    attempt, address = await running.party.begin()
    query = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{running.issuer}/inloggen?")
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert (query["state"], query["nonce"]) == (attempt.state, attempt.nonce)
    assert query["prompt"] == "login"
    assert attempt.verifier not in address
    again, _ = await running.party.begin()
    assert len({attempt.state, attempt.nonce, attempt.verifier, again.state, again.nonce, again.verifier}) == 6


@pytest.mark.parametrize(
    "announced",
    [
        {"issuer": "http://localhost:1"},
        {"code_challenge_methods_supported": ["plain"]},
        {"code_challenge_methods_supported": None},
        {"authorization_endpoint": "http://localhost:1/inloggen"},
        {"authorization_endpoint": 1},
        {"token_endpoint": None},
    ],
)
async def test_a_service_that_describes_itself_wrongly_is_not_used(running: Running, announced: dict[str, Any]) -> None:
    running.login.announce = announced
    with pytest.raises(LoginUnreachableError):
        await running.party.begin()
    running.login.announce = {}
    assert await running.party.begin()


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri"])
async def test_no_other_host_is_called(running: Running, endpoint: str) -> None:
    running.login.announce = {endpoint: running.issuer.replace("localhost", "localhost.kwaad.example") + "/x"}
    attempt, _ = await running.party.begin()
    answer = {"state": attempt.state, "iss": running.issuer, "code": "x"}
    before = running.faults.calls
    with pytest.raises((LoginUnreachableError, LoginAnswerInvalidError)):
        await running.party.finish(answer, attempt)
    assert running.faults.calls - before <= 1


@pytest.mark.parametrize(
    "mode",
    ["html", "afgekapt", "halve-json", "druppel", "doorverwijzing", "storing", "geweigerd", "te-groot", "hangt"],
)
async def test_a_service_that_fails_is_named_as_unreachable(running: Running, mode: str) -> None:
    running.faults.mode = mode
    with pytest.raises(LoginUnreachableError):
        await running.party.begin()
    running.faults.mode = ""
    assert await running.party.begin()


@pytest.mark.parametrize("mode", ["html", "halve-json", "geweigerd", "hangt", "doorverwijzing"])
async def test_a_token_endpoint_that_fails_logs_nobody_in(running: Running, mode: str) -> None:
    attempt, _ = await running.party.begin()
    running.faults.mode = mode
    with pytest.raises((LoginUnreachableError, LoginAnswerInvalidError)):
        await running.party.finish({"state": attempt.state, "iss": running.issuer, "code": "x"}, attempt)


async def test_a_key_that_is_new_is_fetched_once_more(running: Running) -> None:
    async with _logged_in(running) as (attempt, answer):
        running.party._keys = (time.time() + 100, b'{"keys": []}')
        person = await running.party.finish(answer, attempt)
    assert person.subject == "999996149"


async def test_a_description_is_kept_for_an_hour(running: Running) -> None:
    await running.party.begin()
    before = running.faults.calls
    await running.party.begin()
    assert running.faults.calls == before


async def test_the_test_login_runs_on_loopback_only() -> None:
    from blauweknop.errors import ConfigurationError

    with pytest.raises(ConfigurationError, match="loopback"):
        TestLogin("https://inloggen.example", [], [], now=time.time, random=secrets.token_bytes)


@contextlib.asynccontextmanager
async def _logged_in(running: Running) -> AsyncIterator[tuple[Any, dict[str, str]]]:
    import httpx2

    attempt, address = await running.party.begin()
    async with httpx2.AsyncClient(trust_env=False) as browser:
        page = await browser.get(address)
        request = page.text.split('name="verzoek" value="')[1].split('"')[0]
        fields = {"verzoek": request, "bsn": "999996149", "niveau": next(iter(LEVELS)), "keuze": "verder"}
        back = await browser.post(f"{running.issuer}/inloggen", data=fields)
    yield attempt, dict(parse_qsl(urlsplit(back.headers["location"]).query))


async def test_the_right_answer_logs_in(running: Running) -> None:
    async with _logged_in(running) as (attempt, answer):
        assert (await running.party.finish(answer, attempt)).assurance == "laag"
    other = msgspec.structs.replace(attempt, verifier="x" * 43)
    async with _logged_in(running) as (attempt, answer):
        other = msgspec.structs.replace(attempt, verifier="x" * 43)
        with pytest.raises(LoginAnswerInvalidError):
            await running.party.finish(answer, other)
