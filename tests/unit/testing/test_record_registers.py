# SPDX-License-Identifier: EUPL-1.2
"""The fines office and the court registers answer what was asked, about a person in the body, and refuse the rest."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from starlette.testclient import TestClient

from blauweknop.demo.gegevens import load
from blauweknop.testing.record_registers import FINES, MEASURES, REGISTRATIONS, CourtRegisters, FinesOffice

MARK, KOOS, DANIELLE, REINDERT = "999996149", "999993525", "999997622", "999993719"
GOOD: dict[str, Any] = {"burgerservicenummer": MARK, "velden": ["openstaand"]}


def courts(document: dict[str, Any] | None = None) -> TestClient:
    return TestClient(CourtRegisters(document or load("rechtspraak")).app())


def measures(bsn: str, document: dict[str, Any] | None = None) -> set[str]:
    body = {"burgerservicenummer": bsn, "velden": ["curatele", "bewind", "mentorschap"]}
    answer = courts(document).post(MEASURES, json=body)
    assert answer.status_code == 200
    return {name for name, holds in answer.json().items() if holds is True}


def test_what_is_open_is_computed_from_the_events() -> None:
    answer = TestClient(FinesOffice(load("cjib")).app()).post(FINES, json=GOOD)
    assert answer.json() == {"burgerservicenummer": MARK, "zaken": [{"openstaand": 30900}]}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"velden": ["geslacht"]}, 400),
        ({"velden": "openstaand"}, 400),
        ({"meer": 1}, 400),
        ({"burgerservicenummer": 999996149}, 400),
        ({"burgerservicenummer": KOOS}, 404),
    ],
)
def test_what_is_not_expected_is_refused(change: dict[str, Any], status: int) -> None:
    client = TestClient(FinesOffice(load("cjib")).app())
    assert client.post(FINES, json=GOOD).status_code == 200
    assert client.post(FINES, json=GOOD | change).status_code == status


def test_a_person_in_the_url_is_refused() -> None:
    client = TestClient(FinesOffice(load("cjib")).app())
    assert client.post(f"{FINES}?bsn=1", json=GOOD).status_code == 400
    assert client.post(FINES, content=b"{").status_code == 400
    assert client.post(FINES, data={"a": "b"}).status_code == 400
    assert client.get(FINES).status_code == 405


def test_a_measure_holds_for_the_person_it_is_about_alone() -> None:
    assert (measures(KOOS), measures(DANIELLE)) == ({"bewind"}, {"curatele"})
    assert measures(REINDERT) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"tot": "2026-11-01"}, {"bewind"}),
        ({"tot": "2026-10-31"}, set()),
        ({"van": "2026-11-01"}, {"bewind"}),
        ({"van": "2026-11-02"}, set()),
    ],
)
def test_a_measure_holds_from_its_first_to_its_last_day(change: dict[str, str], expected: set[str]) -> None:
    document = copy.deepcopy(load("rechtspraak"))
    (koos,) = [person for person in document["personen"] if person["bsn"] == KOOS]
    koos["registraties"][0].update(change)
    assert measures(KOOS, document) == expected


def test_only_what_is_asked_is_answered() -> None:
    answer = courts().post(REGISTRATIONS, json={"burgerservicenummer": KOOS, "velden": ["soort"]})
    assert answer.json() == {"burgerservicenummer": KOOS, "registraties": [{"soort": "bewind"}]}
