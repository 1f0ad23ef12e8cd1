# SPDX-License-Identifier: EUPL-1.2
"""Clients from a reader of the register: what is asked of it, and that without a status list nothing is given."""

from __future__ import annotations

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.scheme.contract import SignedStatuses
from blauweknop.core.scheme.errors import StatusNotKnownError
from blauweknop.core.scheme.register import NOTHING_SEEN, Nothing, VerifiedRegister
from blauweknop.core.status.stand import VerifiedStand
from blauweknop.core.status.token import VerifiedStatusList
from blauweknop.endpoints.authorization.from_register import RegisterClients
from blauweknop.testing.registering import AT, REQUESTER_ISS, REQUESTER_OIN, SOURCE_ISS, SOURCE_OIN
from tests.unit.core.oauth.test_registered import kit, listed, register

pytestmark = pytest.mark.anyio


class Reader:
    """A register that is there, and says what it was asked."""

    def __init__(self, known: VerifiedRegister, status: VerifiedStatusList | None) -> None:
        self.known = known
        self.status = status
        self.asked: list[tuple[str, ...]] = []

    async def register(self) -> VerifiedRegister:
        return self.known

    async def with_details(self, *oins: str) -> VerifiedRegister:
        self.asked.append(oins)
        return self.known

    async def statuses(self, stand: VerifiedStand | Nothing) -> VerifiedStatusList:
        if self.status is None:
            raise StatusNotKnownError
        return self.status

    async def newest(self) -> SignedStatuses:
        raise AssertionError

    async def highest(self) -> int:
        raise AssertionError

    async def relay(self, token: bytes) -> None:
        raise AssertionError


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def clients(reader: Reader) -> RegisterClients:
    return RegisterClients(reader, load_catalogue, now=lambda: AT, statuses=lambda: reader.statuses(NOTHING_SEEN))


async def test_a_client_is_found_by_its_exact_address() -> None:
    reader = Reader(register(kit()), listed())
    found = await clients(reader).find(REQUESTER_ISS)
    assert found is not None
    assert found.oin == REQUESTER_OIN
    assert reader.asked == [(REQUESTER_OIN,)]
    for other in (REQUESTER_ISS + "/", SOURCE_ISS, "", "https://kwaad.example"):
        assert await clients(reader).find(other) is None


async def test_without_a_status_list_nothing_is_said_of_anybody() -> None:
    reader = Reader(register(kit()), None)
    for asked in (clients(reader).find(REQUESTER_ISS), clients(reader).registration()):
        with pytest.raises(StatusNotKnownError):
            await asked


async def test_a_browser_may_call_from_apps_that_take_part() -> None:
    app = kit({"app_origins": ["https://app.example"]}, {"rollen": ["app"]})
    assert await clients(Reader(register(app), listed())).origins() == {"https://app.example"}
    gone = kit({"app_origins": ["https://app.example"]}, {"rollen": ["app"], "fase": "geschorst"})
    assert await clients(Reader(register(gone), listed())).origins() == frozenset()
    requester = kit({"app_origins": ["https://app.example"]})
    assert await clients(Reader(register(requester), listed())).origins() == frozenset()


async def test_what_may_be_asked_is_made_once_for_each_list() -> None:
    reader = Reader(register(kit()), listed())
    found = clients(reader)
    first = await found.registration()
    assert first.sources == {SOURCE_ISS: frozenset(["inkomen/1"])}
    assert await found.registration() is first
    assert reader.asked == [(SOURCE_OIN,)]
    reader.status = VerifiedStatusList(listed().uri, listed().times, listed(1, 2).statuses, 2)
    assert (await found.registration()).sources == {}
