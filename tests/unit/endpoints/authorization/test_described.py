# SPDX-License-Identifier: EUPL-1.2
"""Each answer of the authorization server that its OpenAPI document names is one that it gives, and as described.

The kit holds every answer to the document (``service.py``); here each is called up once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blauweknop.endpoints.authorization.described import OPERATIONS
from blauweknop.errors import ConfigurationError, OtherPartyError
from tests.unit.core.oauth.kit import TAX
from tests.unit.endpoints.authorization.service import Service, service

pytestmark = pytest.mark.anyio
PUBLIC = ("/.well-known/oauth-authorization-server", "/jwks")
CLIENTS = ("/par", "/token", "/intrekken")
OURS = {operation.name for operation in OPERATIONS}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Service]:
    async with service(tmp_path) as made:
        yield made


async def when_all_is_well(server: Service) -> None:
    for path in PUBLIC:
        assert (await server.http.get(path)).status_code == 200
    token = (await server.redeem(await server.code())).json()["refresh_token"]
    assert (await server.post("/intrekken", {"token": token})).status_code == 200
    for path in CLIENTS:
        assert (await server.post(path, {})).status_code == 400
        assert (await server.http.post(path, data={"client_id": "https://onbekend.example"})).status_code == 401


async def at_the_door(server: Service) -> None:
    """What the browser of the citizen gets that comes with nothing, or for somebody who went away."""
    assert (await server.arrive("urn:ietf:params:oauth:request_uri:x")).status_code == 400
    assert (await server.http.get("/autoriseren")).status_code == 400
    pushed = (await server.push()).json()["request_uri"]
    server.citizen.clients.clear()
    assert (await server.arrive(pushed)).status_code == 401


async def test_bk065_every_answer_that_is_described_is_given(server: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await when_all_is_well(server)
    clients = dict(server.citizen.clients)
    await at_the_door(server)

    for error, status in ((ConfigurationError, 500), (OtherPartyError, 502)):

        async def fails(client_id: str, error: type[Exception] = error) -> None:
            raise error

        monkeypatch.setattr(server.citizen, "find", fails)
        for path in CLIENTS:
            assert (await server.post(path, {})).status_code == status
    monkeypatch.undo()
    server.citizen.clients = clients
    await server.parts.grants._engine.close()  # type: ignore[attr-defined]
    assert (await server.arrive("urn:ietf:params:oauth:request_uri:x")).status_code == 503
    assert (await server.push()).status_code == 503
    assert (await server.redeem("x", fields={"resource": TAX})).status_code == 503
    assert (await server.post("/intrekken", {"token": "x"})).status_code == 503

    assert {(name, status) for name, status in server.described.unseen() if name in OURS} == set()


async def test_also_where_the_edge_refuses_and_what_its_page_says_is_described(server: Service) -> None:
    for path, status in ((f"/autoriseren?client_id={'x' * 2000}", 414), ("/jwks", 431)):
        headers = {"x": "y" * 20_000} if status == 431 else {}
        assert (await server.http.get(path, headers=headers)).status_code == status
    for path in CLIENTS:
        assert (await server.http.post(path, content=b"x" * 200_000)).status_code == 413
    assert (await server.http.get("/jwks", headers={"host": "elders.example"})).status_code == 421
    assert {status for _, status in server.described.seen} == {413, 414, 421, 431}
