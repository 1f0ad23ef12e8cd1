# SPDX-License-Identifier: EUPL-1.2
"""Every person list of the RvIG test set, and the people kept for tests, can be read by the BRP connector."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.connectors.contract import Answer, Query
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.core.dataset.value import REMARKS, Value
from blauweknop.demo.omzetten import assignment, brp_person, cells, rvig_list, tables
from blauweknop.demo.omzetten.convert import Folder
from blauweknop.testing.haal_centraal import BrpApi
from tests.contract.back_ends import BRONNEN, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETS = ("persoonsgegevens/1", "huishouden/1")


class InProcess:
    """In the place of the caller: asks the simulator without a network."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.client = TestClient(BrpApi(document).app())

    async def send(self, method: str, path: str, body: Any, **_: Any) -> tuple[int, dict[str, Any]]:
        response = self.client.request(method, path, json=body)
        assert response.status_code == 200, response.text
        return 200, response.json()


class Register:
    """Both sets of any person of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        settings = load_source_settings(BRONNEN / "rvig.toml", environ={})
        self.definitions = load_catalogue().definitions
        self.connectors: dict[str, Any] = {one.id: open_connector(one.link, environ={}) for one in settings.data_sets}
        caller = InProcess(document)
        for connector in self.connectors.values():
            connector._caller = caller

    def fetch(self, bsn: str, ref: str) -> Answer:
        definition = self.definitions[ref]
        elements = tuple(element.id for element in definition.elements)
        query = Query(definition=definition, subject=bsn, elements=elements, today=TODAY)
        answer: Answer = asyncio.run(self.connectors[ref].fetch(query))
        return answer

    def value(self, bsn: str, path: str) -> Value:
        name, _, part = path.partition(".")
        ref = next(ref for ref in SETS if self.definitions[ref].element(name))
        value = self.fetch(bsn, ref).rows[0][name]
        if not part:
            return value
        assert isinstance(value.waarde, dict)
        return value.waarde[part]


@pytest.fixture(scope="module")
def test_only(root_folder: Path) -> Register:
    return Register(json.loads((root_folder / "tests" / "data" / "rvig-test-only.json").read_bytes()))


@pytest.fixture(scope="module")
def root_folder() -> Path:
    return BRONNEN.parents[3]


HARD = [
    ("999996277", "overlijdensdatum", None, ""),
    ("999995893", "geboortedatum", "1966", "datum-onleesbaar"),
    ("999995868", "geboortedatum", "1956-10", "deels-onbekend"),
    ("999994220", "geboortedatum", None, "deels-onbekend"),
    ("999995066", "geboortedatum", None, "deels-onbekend"),
]


@pytest.mark.parametrize(("bsn", "path", "shown", "remark"), HARD)
def test_bk041_hard_dates(test_only: Register, bsn: str, path: str, shown: str | None, remark: str) -> None:
    found = test_only.value(bsn, path)
    assert (found.waarde, found.opmerking) == (shown, remark)


def test_markup_in_a_name_is_a_name(test_only: Register) -> None:
    assert test_only.value("999991449", "geslachtsnaam").waarde == "<Onbekend> & </Onbemind>"


def test_a_father_of_twelve(test_only: Register) -> None:
    kinderen = test_only.value("999997440", "kinderen").waarde
    assert isinstance(kinderen, tuple)
    assert len(kinderen) == 12


def test_bk041_first_names_of_child_and_parents_under_investigation(test_only: Register) -> None:
    for group in ("kinderen", "ouders"):
        people = test_only.value("999998353", group).waarde
        assert isinstance(people, tuple)
        assert all(person["voornamen"].in_onderzoek for person in people)
        assert not any(person["geboortedatum"].in_onderzoek for person in people)


def every_value(rows: tuple[dict[str, Value], ...]) -> Iterator[Value]:
    for row in rows:
        for value in row.values():
            yield value
            if isinstance(value.waarde, tuple):
                yield from every_value(value.waarde)
            elif isinstance(value.waarde, dict):
                yield from every_value((value.waarde,))


def test_every_list_can_be_read(shared_data: Path, rounds: Callable[[int, int], int]) -> None:
    folder, choices = Folder(shared_data), assignment.load()
    known = rvig_list.single(folder.lists)
    reading = cells.Reading(tables.load(shared_data), choices.last_year, frozenset(known))
    chosen = list(known)[:: len(known) // rounds(60, len(known))]
    register = Register({"personen": [brp_person.convert(known[bsn], reading).as_json() for bsn in chosen]})
    refused: dict[str, str] = {}
    gone: set[str] = set()
    for bsn in chosen:
        for ref in SETS:
            try:
                answer = register.fetch(bsn, ref)
            except Exception as error:  # noqa: BLE001 - every kind is shown
                refused[f"{bsn} {ref}"] = f"{type(error).__name__}: {error}"
                continue
            assert all(value.opmerking in {"", *REMARKS} for value in every_value(answer.rows))
            gone |= {f"{bsn} {one.element}" for one in answer.missing}
    assert refused == {}
    # Codes that table 61 does not have, and one number of an address that is none: demo-data, section 2.
    assert {one.split()[1] for one in gone} <= {"gezag", "aantal_personen_op_adres", "aantal_minderjarigen_op_adres"}
    assert len(gone) <= 9
