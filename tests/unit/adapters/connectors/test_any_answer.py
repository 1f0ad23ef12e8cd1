# SPDX-License-Identifier: EUPL-1.2
"""Whatever JSON a back-end answers: a whole answer, or one of the two errors of the contract; never anything else."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.connectors.contract import Query, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.json_calls import Deadline
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.core.dataset.partial_date import parse_partial_date
from blauweknop.demo.gegevens import load
from blauweknop.testing.haal_centraal import BrpApi
from blauweknop.testing.record_registers import CourtRegisters, FinesOffice
from blauweknop.testing.rest_source import CivilRegistry
from tests.contract.back_ends import BRONNEN, TODAY

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**9) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "code", "datum", "x"]), inner),
    max_leaves=4,
)


def places(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [at, *(place for key, value in items for place in places(value, (*at, key)))]


def replaced(node: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    changed = copy.copy(node)
    changed[place[0]] = replaced(node[place[0]], place[1:], value)
    return changed


class Canned:
    """In the place of the caller: asks the simulator, and replaces one place of one answer."""

    def __init__(self, app: Any, number: int, pick: int, value: Any) -> None:
        self.client = TestClient(app)
        self.number, self.pick, self.value = number, pick, value

    async def send(
        self, method: str, path: str, body: Any, *, deadline: Deadline, **_: Any
    ) -> tuple[int, dict[str, Any]]:
        deadline.left()
        answer = self.client.request(method, path, json=body).json()
        self.number -= 1
        if self.number == 0:
            found = places(answer)[1:]  # the answer as a whole is an object: the caller saw to that
            answer = replaced(answer, found[self.pick % len(found)], self.value)
        return 200, answer

    async def close(self) -> None:
        self.client.close()


def fetch(name: str, ref: str, app: Any, bsn: str, change: tuple[int, int, Any]) -> Any:
    environ = {"BK_POORT_BRP": "1", "BK_POORT_BURGERLIJKE_STAND": "1"}
    data_set = load_source_settings(BRONNEN / f"{name}.toml", environ=environ).data_set(ref)
    assert data_set is not None
    connector: Any = open_connector(data_set.link, environ={})
    connector._caller = Canned(app, *change)
    definition = load_catalogue().definitions[ref]
    query = Query(definition=definition, subject=bsn, elements=tuple(data_set.link.elements), today=TODAY)
    try:
        return asyncio.run(connector.fetch(query))
    finally:
        connector._caller.client.close()


BRP, REGISTRY = BrpApi(load("rvig")).app(), CivilRegistry(load("rotterdam")).app()
CASES = {
    "persoonsgegevens": ("rvig", "persoonsgegevens/1", BRP, "999993355"),
    "huishouden": ("rvig", "huishouden/1", BRP, "999993355"),
    "rest": ("rotterdam", "huishouden/1", REGISTRY, "999991772"),
    "rest, rows with a list": ("cjib", "vorderingen/1", FinesOffice(load("cjib")).app(), "999996149"),
    "rest, rows": ("rechtspraak", "vertegenwoordiging/1", CourtRegisters(load("rechtspraak")).app(), "999993719"),
}


def check_row(row: dict[str, Any], elements: Any) -> None:
    """Each value is of the kind of its element."""
    for element in elements:
        for date in (row[element.id].peildatum, row[element.id].in_onderzoek) if element.id in row else ():
            assert not date or parse_partial_date(date)
        if element.id not in row or (value := row[element.id].waarde) is None:
            continue
        match element.kind:
            case "lijst":
                for item in value:
                    check_row(item, element.parts)
            case "groep":
                check_row(value, element.parts)
            case "datum":
                parse_partial_date(value)
            case "getal" | "bedrag":
                assert isinstance(value, int | float)
            case "janee":
                assert isinstance(value, bool)
            case _:
                assert isinstance(value, str)
                assert value


@pytest.mark.parametrize("case", CASES)
def test_the_answers_are_good_before_anything_is_replaced(case: str) -> None:
    name, ref, app, bsn = CASES[case]
    answer = fetch(name, ref, app, bsn, (0, 0, None))
    assert answer.known
    check_row(answer.rows[0], load_catalogue().definitions[ref].elements)


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(number=st.integers(1, 3), pick=st.integers(0, 400), value=JSON)
def test_any_value_at_any_place(case: str, number: int, pick: int, value: Any) -> None:
    name, ref, app, bsn = CASES[case]
    try:
        answer = fetch(name, ref, app, bsn, (number, pick, value))
    except (SourceFailedError, WrongPersonError):
        return
    assert answer.subject == bsn
    for row in answer.rows:
        check_row(row, load_catalogue().definitions[ref].elements)
