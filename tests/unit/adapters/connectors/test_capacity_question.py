# SPDX-License-Identifier: EUPL-1.2
"""``bekwaamheid/1`` at RvIG and at Rechtspraak, from the demo's own configuration (system.md 3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.connectors.contract import Query
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.demo.gegevens import load
from blauweknop.testing.haal_centraal import BrpApi
from blauweknop.testing.record_registers import CourtRegisters
from tests.contract.back_ends import BRONNEN, TODAY, serve

if TYPE_CHECKING:
    from starlette.types import ASGIApp

pytestmark = pytest.mark.anyio
REF = "bekwaamheid/1"
POPULATION: ASGIApp = BrpApi(load("rvig")).app()
COURTS: ASGIApp = CourtRegisters(load("rechtspraak")).app()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def ask(source: str, app: ASGIApp, bsn: str, today: str = TODAY) -> dict[str, Any] | None:
    """The values that ``source`` states, or None for a person who is not known there."""
    async with serve(app) as port:
        environ = {"BK_POORT_BRP": str(port), "BK_POORT_REGISTERS": str(port)}
        data_set = load_source_settings(BRONNEN / f"{source}.toml", environ=environ).data_set(REF)
        assert data_set is not None
        connector = open_connector(data_set.link, environ=environ)
        elements = tuple(data_set.link.elements)
        query = Query(definition=load_catalogue().definitions[REF], subject=bsn, elements=elements, today=today)
        answer = await connector.fetch(query)
        await connector.close()
    if not answer.known:
        return None
    assert answer.missing == () or {one.element for one in answer.missing} == set()
    return {name: value.waarde for name, value in answer.rows[0].items()}


@pytest.mark.parametrize(
    ("bsn", "today", "minor", "guardianship"),
    [
        pytest.param("999996149", TODAY, False, False, id="Mark"),
        pytest.param("999990408", TODAY, True, False, id="Paolo"),
        pytest.param("999990408", "2026-12-31", True, False, id="Paolo the day before"),
        pytest.param("999990408", "2027-01-01", False, False, id="Paolo on his birthday"),
        pytest.param("999994487", TODAY, False, False, id="Leonie, of age though authority stands"),
        pytest.param("999997622", TODAY, False, True, id="Danielle"),
        pytest.param("999993525", TODAY, False, False, id="Koos"),
        pytest.param("999992351", "1996-03-15", None, False, id="the known part leaves it open"),
    ],
)
async def test_the_population_register(bsn: str, today: str, minor: bool | None, guardianship: bool) -> None:
    answer = await ask("rvig", POPULATION, bsn, today)
    assert answer == {"minderjarig": minor, "onder_curatele": guardianship}


@pytest.mark.parametrize(
    ("bsn", "holds"),
    [
        pytest.param("999997622", {"onder_curatele"}, id="Danielle"),
        pytest.param("500000001", {"onder_curatele"}, id="Sophie"),
        pytest.param("999993525", {"onder_bewind"}, id="Koos"),
        pytest.param("999993355", set(), id="Jan-Kees, debt restructuring is none of these"),
        pytest.param("999994001", set(), id="Jules, a power of attorney takes nothing away"),
        pytest.param("999993719", set(), id="Reindert, who represents others"),
    ],
)
async def test_the_court_registers(bsn: str, holds: set[str]) -> None:
    answer = await ask("rechtspraak", COURTS, bsn)
    assert answer is not None
    assert set(answer) == {"onder_curatele", "onder_bewind", "onder_mentorschap"}
    assert {name for name, value in answer.items() if value is True} == holds


async def test_who_is_not_known_is_not_taken_for_free() -> None:
    assert await ask("rvig", POPULATION, "500000001") is None
    assert await ask("rechtspraak", COURTS, "999996149") is None
