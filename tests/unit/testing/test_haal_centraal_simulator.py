# SPDX-License-Identifier: EUPL-1.2
"""The simulator of the BRP API is strict: a good question is answered, each named change of it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from blauweknop.core.wire.strict_json import encode
from blauweknop.demo.gegevens import load
from blauweknop.testing.haal_centraal import BrpApi
from blauweknop.testing.rest_source import CivilRegistry

MARK = "999996149"
JSON = "application/json; charset=utf-8"
GOOD = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": [MARK], "fields": ["naam.voornamen"]}
OBJECT = "adresseerbaarObjectIdentificatie"
SEARCH = {
    "type": "ZoekMetAdresseerbaarObjectIdentificatie",
    "adresseerbaarObjectIdentificatie": "0281010000067445",
    "fields": ["geboorte.datum"],
}


@pytest.fixture(scope="module")
def api() -> TestClient:
    return TestClient(BrpApi(load("rvig")).app())


def post(client: TestClient, body: Any, path: str = "/personen", **headers: str) -> Any:
    content = body if isinstance(body, bytes) else encode(body)
    return client.post(path, content=content, headers={"content-type": JSON} | headers)


def test_a_good_question_gets_the_fields_asked_and_no_other(api: TestClient) -> None:
    answer = post(api, GOOD)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == JSON
    assert answer.json() == {"type": GOOD["type"], "personen": [{"naam": {"voornamen": "Mark"}}]}


def test_a_group_asked_is_given_whole(api: TestClient) -> None:
    (found,) = post(api, GOOD | {"fields": ["geboorte"]}).json()["personen"]
    assert set(found) == {"geboorte"}
    assert {"datum", "plaats", "land"} <= set(found["geboorte"])


def test_a_search_by_address_gives_residents(api: TestClient) -> None:
    (found,) = post(api, SEARCH).json()["personen"]
    assert found["geboorte"]["datum"]["datum"] == "1987-12-01"
    assert set(found) == {"geboorte"}


def test_nobody_is_an_empty_list(api: TestClient) -> None:
    assert post(api, GOOD | {"burgerservicenummer": ["500000001"]}).json()["personen"] == []


def test_what_the_api_gives_by_itself(api: TestClient) -> None:
    (found,) = post(api, GOOD | {"burgerservicenummer": ["999990792"]}).json()["personen"]
    assert found["geheimhoudingPersoonsgegevens"] is True
    (found,) = post(api, GOOD | {"burgerservicenummer": ["999993355"]}).json()["personen"]
    assert found["naam"]["inOnderzoek"]["voornamen"] is True
    assert "geslachtsnaam" not in found["naam"]["inOnderzoek"]


BAD = {
    "no type": ({k: v for k, v in GOOD.items() if k != "type"}, 400, "type"),
    "unknown type": (GOOD | {"type": "ZoekMetSchoenmaat"}, 400, "type"),
    "a type we are not authorised for": (GOOD | {"type": "ZoekMetPostcodeEnHuisnummer"}, 403, None),
    "no fields": ({k: v for k, v in GOOD.items() if k != "fields"}, 400, "fields"),
    "fields empty": (GOOD | {"fields": []}, 400, "fields"),
    "fields no list": (GOOD | {"fields": "naam"}, 400, "fields"),
    "unknown field": (GOOD | {"fields": ["naam.roepnaam"]}, 400, "fields.0."),
    "a field given by itself": (GOOD | {"fields": ["naam", "opschortingBijhouding"]}, 400, "fields.1."),
    "a field in capitals": (GOOD | {"fields": ["Naam"]}, 400, "fields.0."),
    "more than 130 fields": (GOOD | {"fields": ["naam"] * 131}, 400, "fields"),
    "a number that is text": (GOOD | {"burgerservicenummer": MARK}, 400, "burgerservicenummer"),
    "a short number": (GOOD | {"burgerservicenummer": [MARK[:8]]}, 400, "burgerservicenummer"),
    "no number": (GOOD | {"burgerservicenummer": []}, 400, "burgerservicenummer"),
    "21 numbers": (GOOD | {"burgerservicenummer": [MARK] * 21}, 400, "burgerservicenummer"),
    "unknown parameter": (GOOD | {"naam": "Boer"}, 400, "naam"),
    "a parameter of another type": (GOOD | {"inclusiefOverledenPersonen": True}, 400, "inclusiefOverledenPersonen"),
    "an address of zeros": (SEARCH | {OBJECT: "0" * 16}, 400, OBJECT),
    "an address too short": (SEARCH | {OBJECT: "1" * 15}, 400, OBJECT),
    "a field not for searches": (SEARCH | {"fields": ["verblijfplaats"]}, 400, "fields.0."),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_changed_question_is_refused(api: TestClient, name: str) -> None:
    body, status, parameter = BAD[name]
    answer = post(api, body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert [one["name"] for one in problem.get("invalidParams", [])] == ([parameter] if parameter else [])


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", {}, 400),
        (b'{"type": 1, "type": 2}', {}, 400),
        (encode(GOOD), {"content-type": "text/plain"}, 415),
        (encode(GOOD), {"content-type": "application/json; charset=latin1"}, 415),
        (encode(GOOD), {"accept": "text/html"}, 406),
    ],
)
def test_what_is_no_question_is_refused(api: TestClient, content: bytes, headers: dict[str, str], status: int) -> None:
    assert post(api, content, **headers).status_code == status


def test_a_question_in_the_url_is_refused(api: TestClient) -> None:
    assert post(api, GOOD, "/personen?veld=naam").status_code == 400
    assert api.get("/personen").status_code == 405


def test_a_key_is_needed_where_one_is_set() -> None:
    client = TestClient(BrpApi(load("rvig"), api_key="sleutel").app())
    assert post(client, GOOD).status_code == 401
    assert post(client, GOOD, **{"x-api-key": "andere"}).status_code == 401
    assert post(client, GOOD, **{"x-api-key": "sleutel"}).status_code == 200


SUPPLEMENT = {"burgerservicenummer": MARK, "velden": ["burgerlijkeStaat"]}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 200),
        ({"velden": "burgerlijkeStaat"}, 400),
        ({"velden": ["adres"]}, 400),
        ({"meer": 1}, 400),
        ({"burgerservicenummer": "500000001"}, 404),
    ],
)
def test_the_supplement_is_strict(api: TestClient, change: dict[str, Any], status: int) -> None:
    answer = post(api, SUPPLEMENT | change, "/aanvulling")
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"burgerservicenummer": MARK, "burgerlijkeStaat": "gescheiden"}


FROUKE = {"burgerservicenummer": "999991772", "velden": ["huwelijken"]}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 200),
        ({"velden": ["inkomen"]}, 400),
        ({"velden": "huwelijken"}, 400),
        ({"meer": 1}, 400),
        ({"burgerservicenummer": 999991772}, 404),
        ({"burgerservicenummer": "500000001"}, 404),
    ],
)
def test_the_civil_registry_is_strict(change: dict[str, Any], status: int) -> None:
    client = TestClient(CivilRegistry(load("rotterdam")).app())
    answer = post(client, FROUKE | change, "/burgers/raadplegen")
    assert answer.status_code == status
    if status == 200:
        assert set(answer.json()) == {"burgerservicenummer", "huwelijken"}
    assert post(client, FROUKE, "/burgers/raadplegen?bsn=1").status_code == 400
    assert post(client, FROUKE, "/burgers/raadplegen", **{"content-type": "text/plain"}).status_code == 400
    assert post(client, b"{", "/burgers/raadplegen").status_code == 400
