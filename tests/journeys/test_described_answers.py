# SPDX-License-Identifier: EUPL-1.2
"""Each answer that an OpenAPI document names is one that its service gives, and as described.

The journeys hold every answer that they get to the document of its service (``plus_kit.py``, ``Town``, the ``World`` of
the register); here each is called up once, so that nothing is described that never comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest

from blauweknop.core.delivery.model import Reason
from blauweknop.core.scheme.stages import Act
from blauweknop.core.wire.jws import parse_compact
from blauweknop.services.register.administration import Certification
from blauweknop.testing.registering import AT
from tests.contract.described import Described
from tests.contract.documents import CONTACT

from .conftest import SourceSite
from .plus_kit import SOURCE_OIN
from .plus_kit import world as plus_world
from .test_own_grant import own_token, read
from .test_plus_door import BAD, ask_own
from .test_register import HOUR, LENDER, World, anyio_backend, world
from .town import Town

__all__ = ["anyio_backend", "world"]  # fixtures
TAX_OIN = "99999999900000000200"
STORE_AWAY = 503  # as in tests/failure: here no store is taken away
DESCRIPTION = "/v1/openapi.json"


def test_bk065_a_source_answers_a_delivery_in_every_way_that_is_described(tmp_path: Path) -> None:
    async def case() -> None:
        async with plus_world(tmp_path, own_access_per_hour=1) as w:
            for number, accept in enumerate(("application/json", "application/jose")):
                token = w.token(grant_id=f"{number}" * 22)
                assert (await w.ask(token, headers={"accept": accept})).headers["content-type"] == accept
            reasons = set()
            for make, status, _ in BAD.values():
                asked = make(w)
                answer = await w.ask(asked.pop("token"), **asked)
                assert answer.status_code == status
                reasons.add(answer.json().get("reden", ""))
            assert [(await ask_own(w)).status_code for _ in range(2)] == [200, 429]
            assert len(reasons & set(Reason)) > 8
            assert {one for one in w.described.unseen() if one[0] == "lever"} == set()

    asyncio.run(case())


@pytest.fixture
def public(site: SourceSite) -> Iterator[tuple[httpx2.Client, Described]]:
    """A program at the address of a source, and the document that the source serves."""
    with httpx2.Client(base_url=site.iss, trust_env=False) as http:
        described = Described(http.get(DESCRIPTION).json(), base=site.iss)
        described.hears(http)
        yield http, described
    assert described.faults == []


def test_bk065_what_anybody_reads_of_a_source_is_described(public: tuple[httpx2.Client, Described]) -> None:
    http, described = public
    for path in ("/.well-known/blauwe-knop", "/status/zegels/1", DESCRIPTION):
        assert http.get(path).status_code == 200
    for path in ("/v1/gegevenssets/inkomen/9", "/status/zegels/2"):
        assert http.get(path).status_code == 404
    assert described.unseen() == {("haalGegevensset", 200), ("haalZegelstatus", STORE_AWAY)}


def test_what_the_edge_of_a_source_refuses_is_described(public: tuple[httpx2.Client, Described]) -> None:
    http, described = public
    refused = {
        413: http.request("GET", DESCRIPTION, content=b"x" * 70_000),
        414: http.get(DESCRIPTION, params={"x": "y" * 2_000}),
        421: http.get(DESCRIPTION, headers={"host": "elders.example"}),
        431: http.get(DESCRIPTION, headers={"x": "y" * 20_000}),
    }
    assert {status: answer.status_code for status, answer in refused.items()} == {status: status for status in refused}
    assert {status for _, status in described.seen} == refused.keys()


@pytest.mark.parametrize("place", ["consent", "source"])
def test_any_origin_may_read_the_description(town: Town, place: str) -> None:
    address = town.consent if place == "consent" else town.source("Belastingdienst")
    answer = town.lender.http.get(address + DESCRIPTION, headers={"origin": "https://elders.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "API-Version" in answer.headers["access-control-expose-headers"]
    contact = answer.json()["info"]["contact"]
    assert contact.keys() == {"name", "url", "email"}
    assert CONTACT.email not in contact.values()


def test_bk065_a_source_of_the_demo_describes_what_it_answers(town: Town) -> None:
    http, address = town.lender.http, town.source("Belastingdienst")
    _, described = town.described
    for path in ("/.well-known/blauwe-knop", "/v1/gegevenssets/inkomen/1"):
        assert http.get(address + path).status_code == 200
    token = town.granted()
    rule = token["authorization_details"][0]["regel"]
    assert town.lender.fetch(address, token["access_token"], rule).status_code == 200
    assert town.lender.fetch(address, token["access_token"], "elders").status_code == 400
    town.stop()
    assert {("lever", 200), ("lever", 400), ("haalBronbeschrijving", 200)} <= described.seen


def test_bk065_the_consent_service_answers_in_every_way_that_is_described(town: Town) -> None:
    http, (described, _) = town.lender.http, town.described
    token = own_token(town)
    path = f"/v1/toestemmingen/{token['grant_id']}"
    for own in ("/v1/toestemmingen", path, f"{path}/bewijs"):
        assert read(town, own, token["access_token"]).status_code == 200
        assert http.get(town.consent + own).status_code == 401
    for own in ("/v1/toestemmingen/ander", "/v1/toestemmingen/ander/bewijs"):
        assert read(town, own, token["access_token"]).status_code == 404
    stand = http.get(f"{town.consent}/status/{TAX_OIN}/stand").content
    lists = msgspec.json.decode(parse_compact(stand).dangerous_payload)["lijsten"]
    assert {http.get(address).status_code for address in lists} == {200}
    assert http.get(f"{town.consent}/status/{TAX_OIN}/lijsten/9999").status_code == 404
    for public in ("/jwks", "/status/deelnemers", DESCRIPTION):
        assert http.get(town.consent + public).status_code == 200
    assert town.lender._post("/intrekken", {"token": token["refresh_token"]}).status_code == 200
    assert {("stuurBurger", 303), ("zetVraagKlaar", 201), ("haalToken", 200), ("zegOp", 200)} <= described.seen
    ours = {one for one in described.unseen() if one[0] not in {"zetVraagKlaar", "haalToken", "zegOp", "stuurBurger"}}
    assert {status for _, status in ours} == {404, STORE_AWAY}
    assert {name for name, status in ours if status == 404} == {"lijstToestemmingen"}


@pytest.mark.anyio
async def test_bk065_the_register_answers_in_every_way_that_is_described(world: World) -> None:
    await world.decide(Act.CERTIFY, Certification(until=AT + HOUR))
    register = await world.get("/v1/stelseldocument")
    await world.get("/v1/stelseldocument", headers={"if-none-match": register.headers["etag"]})
    listed = (await world.get("/v1/gegevenssets")).json()["gegevenssets"]
    for name in (listed[0]["detail"], "A" * 43):
        await world.get(f"/v1/stelseldocument/details/{name}")
    mark = (await world.get(f"/v1/beeldmerken/{LENDER}")).content
    await world.ask_mark(data={"trust_mark": mark.decode()})
    for path in ("/v1/deelnemers?pagina=1", "/v1/diensten", "/v1/begrippen", "/status/deelnemers", DESCRIPTION):
        assert (await world.get(path)).status_code == 200
    assert (await world.get("/status/deelnemers/stand")).status_code == 200
    found = (LENDER, "inkomen/1", "hypotheek/1", "bsn/1")
    for kind, there in zip(("deelnemers", "gegevenssets", "diensten", "begrippen"), found, strict=True):
        assert (await world.get(f"/v1/{kind}/{there}")).status_code == 200
        assert (await world.get(f"/v1/{kind}/{'elders/1' if '/' in there else SOURCE_OIN}")).status_code == 404
    assert (await world.get(f"/v1/beeldmerken/{SOURCE_OIN}")).status_code == 404
    assert {status for _, status in world.described.unseen()} == {STORE_AWAY}
