# SPDX-License-Identifier: EUPL-1.2
"""openid-client and oauth4webapi (npm), clients that nobody here wrote, at our authorization server over real HTTP."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import json
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.core.oauth.nonce import Nonces
from blauweknop.core.oauth.resource import TokenExpected, open_subject, parse_access_token
from blauweknop.testing.serving import free_port, serving
from tests.unit.core.oauth.kit import (
    APP,
    APP_CALLBACK,
    APP_KEY,
    CALLBACK,
    CIVIL,
    CLIENT_KEY,
    DPOP_KEY,
    ED_KEY,
    HOUSEHOLD,
    INCOME,
    OWN_ACCESS,
    REQUESTER,
    SOURCE_KEY,
    TAX,
    TODAY,
    TOKEN_KEY,
    PrivateKey,
    rsa_key,
)
from tests.unit.endpoints.authorization.service import BSN, Citizen, make_app, make_parts

pytestmark = [pytest.mark.anyio, pytest.mark.node]
HERE = Path(__file__).parent
KEYS: dict[str, PrivateKey] = {"ES256": CLIENT_KEY, "PS256": rsa_key(), "EdDSA": ED_KEY}
OWN_HOUSEHOLD = {
    **OWN_ACCESS,
    "locations": [CIVIL],
    "datatypes": ["huishouden/1"],
    "elementen": ["burgerlijke_staat"],
}
del OWN_HOUSEHOLD["periode"]


class WatchedNonces(Nonces):
    """Says how often a nonce that counts was brought."""

    brought = 0

    def counts(self, nonce: str, at: int) -> bool:
        found = super().counts(nonce, at)
        self.brought += found
        return found


@dataclasses.dataclass
class Server:
    issuer: str
    citizen: Citizen
    nonces: WatchedNonces


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def node(root: Path) -> str:
    found = shutil.which("node")
    if found is None or not (root / "node_modules" / "openid-client").is_dir():
        pytest.skip("Node or openid-client is not installed (./bk test does)")
    return found


@asynccontextmanager
async def server_for(folder: Path, alg: str) -> AsyncIterator[Server]:
    keys = {"client-1": KEYS[alg].public_key()}
    citizen = Citizen([dataclasses.replace(REQUESTER, keys=keys), APP])
    citizen.now = int(time.time())
    engine = SqliteEngine.open(folder / "consent.db", migrations=load_migrations("consent"))
    port, nonces = free_port(), WatchedNonces(b"w" * 32)
    issuer = f"http://localhost:{port}"
    parts = make_parts(citizen, engine, issuer=issuer, clock=SystemClock(reference_day=TODAY), nonces=nonces)
    async with serving(make_app(parts), port=port):
        yield Server(issuer, citizen, nonces)
    await engine.close()


def pkcs8(key: PrivateKey) -> str:
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return base64.b64encode(der).decode()


async def run(node: str, program: str, plan: dict[str, Any]) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        node, str(HERE / program), json.dumps(plan), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, err.decode()
    found: dict[str, Any] = json.loads(out)
    return found


def requester_plan(issuer: str, alg: str, *, skew: int = 0) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "clientId": REQUESTER.client_id,
        "redirectUri": CALLBACK,
        "alg": alg,
        "clientKey": pkcs8(KEYS[alg]),
        "kid": "client-1",
        "dpopKey": pkcs8(DPOP_KEY),
        "lines": [INCOME, HOUSEHOLD],
        "sources": [TAX, CIVIL],
        "skew": skew,
    }


def check_tokens(server: Server, got: dict[str, Any]) -> None:
    """Both tokens are believed by their own source and by no other; the revoked one gave nothing."""
    for answer, source in ((got["first"], TAX), (got["second"], CIVIL)):
        keys = {"token-1": TOKEN_KEY.public_key()}
        expected = TokenExpected(issuer=server.issuer, keys=keys, audience=source, environment="test")
        token = parse_access_token(answer["access_token"].encode()).verify(expected, at=int(time.time()))
        assert open_subject(token, SOURCE_KEY).bsn == BSN
        assert [line.source for line in token.claims.authorization_details] == [source]
    assert len(got["first"]["authorization_details"]) == 2
    assert "refresh_token" not in got["second"]
    assert got["after"] == "invalid_grant"
    assert server.citizen.given_up_grants == ["g-1"]


@pytest.mark.parametrize("alg", KEYS)
async def test_bk065_openid_client_does_the_whole_way_as_a_requester(node: str, tmp_path: Path, alg: str) -> None:
    async with server_for(tmp_path, alg) as server:
        got = await run(node, "openid_client.mjs", requester_plan(server.issuer, alg))
        check_tokens(server, got)
        assert server.nonces.brought >= 3
        # Nothing but who asks and which request stands in the browser's address.
        assert got["address"].split("?")[1].count("=") == 2


async def test_openid_client_does_the_whole_way_as_an_app_an_hour_behind(node: str, tmp_path: Path) -> None:
    async with server_for(tmp_path, "ES256") as server:
        plan = requester_plan(server.issuer, "ES256", skew=-3600) | {
            "clientId": APP.client_id,
            "redirectUri": APP_CALLBACK,
            "clientKey": "",
            "dpopKey": pkcs8(APP_KEY),
            "lines": [OWN_ACCESS, OWN_HOUSEHOLD],
        }
        with structlog.testing.capture_logs() as said:
            got = await run(node, "openid_client.mjs", plan)
        check_tokens(server, got)
        # It was told to use a nonce, and did.
        assert [each["code"] for each in said].count("oauth-bewijs-nonce") == 1
        assert server.nonces.brought >= 4


@pytest.mark.parametrize("alg", KEYS)
async def test_bk065_oauth4webapi_does_the_whole_way_as_a_requester(node: str, tmp_path: Path, alg: str) -> None:
    async with server_for(tmp_path, alg) as server:
        got = await run(node, "oauth4webapi.mjs", requester_plan(server.issuer, alg))
        check_tokens(server, got)
        # As a resource server it believes the same token, bound to the same key.
        assert got["seen"]["aud"] == TAX
        assert got["seen"]["client_id"] == REQUESTER.client_id
        assert server.nonces.brought >= 3


async def test_a_clients_clock_a_minute_off_is_refused_as_its_assertion_says(node: str, tmp_path: Path) -> None:
    async with server_for(tmp_path, "ES256") as server:
        with pytest.raises(AssertionError, match="invalid_client"):
            await run(node, "oauth4webapi.mjs", requester_plan(server.issuer, "ES256", skew=61))
        assert server.citizen.begun == []
