# SPDX-License-Identifier: EUPL-1.2
"""Our relying party logs in at oidc-provider (npm), a certified OpenID provider that nobody here wrote."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2
import msgspec
import pytest

from blauweknop.adapters.login.errors import LoginAnswerInvalidError, LoginCancelledError
from blauweknop.adapters.login.model import Attempt, LoginSettings
from blauweknop.adapters.login.relying_party import RelyingParty
from blauweknop.testing.login import LEVELS
from blauweknop.testing.serving import free_port

pytestmark = [pytest.mark.anyio, pytest.mark.node]
BACK = "http://localhost:1/inloggen/terug"
SECRET = "een geheim: +/&=%"
PROGRAM = Path(__file__).with_name("oidc_provider.mjs")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def issuer(root: Path) -> Iterator[str]:
    node = shutil.which("node")
    if node is None or not (root / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("Node or oidc-provider is not installed (./bk test does)")
    port = free_port()
    command = [node, str(PROGRAM), str(port), BACK, SECRET]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes, text=True) as process:  # type: ignore[call-overload]
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f"http://localhost:{port}"
        process.kill()


@pytest.fixture
async def parties(issuer: str) -> AsyncIterator[dict[str, RelyingParty]]:
    def party(algorithm: str) -> RelyingParty:
        settings = LoginSettings(
            issuer=issuer,
            client_id=f"bron-{algorithm}",
            client_secret=SECRET,
            redirect_uri=BACK,
            levels=dict(LEVELS),  # type: ignore[arg-type]
            asked_levels=("http://eidas.europa.eu/LoA/substantial",),
        )
        return RelyingParty(settings, now=time.time, random=secrets.token_bytes)

    found = {algorithm: party(algorithm) for algorithm in ("ES256", "RS256", "PS256", "EdDSA")}
    yield found
    for one in found.values():
        await one.close()


async def log_in(party: RelyingParty, *, stop: bool = False) -> tuple[Attempt, dict[str, str]]:
    """As a browser: follows where it is sent until the way back, which nobody listens on."""
    attempt, address = await party.begin()
    async with httpx2.AsyncClient(trust_env=False) as browser:
        for _ in range(6):
            answer = await browser.get(address)
            assert answer.is_redirect, answer.text
            address = urljoin(address, answer.headers["location"])
            if address.startswith(BACK):
                return attempt, dict(parse_qsl(urlsplit(address).query))
            if stop and "/vraag/" in address:
                address += "?stop"
    raise AssertionError("no way back")


@pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS256"])
async def test_bk067_a_login_at_a_certified_provider(parties: dict[str, RelyingParty], algorithm: str) -> None:
    attempt, answer = await log_in(parties[algorithm])
    person = await parties[algorithm].finish(answer, attempt)
    assert person.subject == "999996149"
    assert person.assurance == "substantieel"
    assert abs(person.authenticated_at - time.time()) < 30


async def test_an_algorithm_that_is_not_on_the_list_is_not_believed(parties: dict[str, RelyingParty]) -> None:
    attempt, answer = await log_in(parties["EdDSA"])
    with pytest.raises(LoginAnswerInvalidError):
        await parties["EdDSA"].finish(answer, attempt)


async def test_a_code_counts_once(parties: dict[str, RelyingParty]) -> None:
    party = parties["ES256"]
    attempt, answer = await log_in(party)
    assert await party.finish(answer, attempt)
    with pytest.raises(LoginAnswerInvalidError, match="the code was refused"):
        await party.finish(answer, attempt)


async def test_a_code_is_bound_to_its_proof_and_its_client(parties: dict[str, RelyingParty]) -> None:
    attempt, answer = await log_in(parties["ES256"])
    with pytest.raises(LoginAnswerInvalidError, match="the code was refused"):
        await parties["ES256"].finish(answer, msgspec.structs.replace(attempt, verifier="x" * 43))
    attempt, answer = await log_in(parties["ES256"])
    with pytest.raises(LoginAnswerInvalidError, match="the code was refused"):
        await parties["RS256"].finish(answer, attempt)


async def test_a_nonce_of_another_login_is_found(parties: dict[str, RelyingParty]) -> None:
    attempt, answer = await log_in(parties["ES256"])
    with pytest.raises(LoginAnswerInvalidError, match="nonce"):
        await parties["ES256"].finish(answer, msgspec.structs.replace(attempt, nonce="x" * 43))


async def test_stopping_there_is_said(parties: dict[str, RelyingParty]) -> None:
    attempt, answer = await log_in(parties["ES256"], stop=True)
    assert answer["error"] == "access_denied"
    with pytest.raises(LoginCancelledError):
        await parties["ES256"].finish(answer, attempt)
