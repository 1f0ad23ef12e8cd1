# SPDX-License-Identifier: EUPL-1.2
"""Connector ``rest`` on an interface of rows: where the person goes, what is asked, which answers count."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.connectors.contract import Query, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.rest import RestConnector, RestRefusedError, leaves
from blauweknop.adapters.connectors.settings import ElementMapping, RestLink
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period
from tests.contract.back_ends import TODAY, serve

pytestmark = pytest.mark.anyio

MARK = "999996149"
ROW = {"jaar": 2024, "bedragen": {"totaal": "46500,00", "box1": "46500"}, "stand": "Vast", "op": "2026-10-01"}
GOOD: dict[str, Any] = {"burger": {"bsn": MARK}, "aangiften": [ROW, ROW | {"jaar": 2025, "stand": "Concept"}]}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def link(address: str = "http://127.0.0.1:1", **changes: Any) -> RestLink:
    settings: dict[str, Any] = {
        "address": address,
        "resource": "/inkomen",
        "person_in": "body.bsn",
        "person_at": "burger.bsn",
        "rows_at": "aangiften",
        "year": "jaar",
        "status": "stand",
        "status_words": {"Vast": "definitief", "Concept": "voorlopig"},
        "reference_date": "op",
        "elements": {
            "belastingjaar": ElementMapping(path="jaar"),
            "verzamelinkomen": ElementMapping(path="bedragen.totaal", conversion="euro"),
            "aangifte_status": ElementMapping(path="stand", codes={"Vast": "definitief", "Concept": "voorlopig"}),
            "inkomen_box2": ElementMapping(fixed=0),
        },
    }
    return RestLink(**(settings | changes))


class Interface:
    """Answers ``answer`` to everything, and keeps what it was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.body = b""
        self.headers: dict[str, str] = {}
        self.url = ""

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self.respond, methods=["GET", "POST"])])

    async def respond(self, request: Request) -> Response:
        self.body, self.headers, self.url = await request.body(), dict(request.headers), str(request.url)
        return JSONResponse(self.answer)


async def ask(interface: Interface, *elements: str, period: Period | None = None, **changes: Any) -> Any:
    async with serve(interface.app()) as port:
        made = link(f"http://127.0.0.1:{port}", **changes)
        connector = RestConnector(made, {})
        names = elements or tuple(made.elements)
        query = Query(
            definition=load_catalogue().definitions["inkomen/1"],
            subject=MARK,
            elements=names,
            today=TODAY,
            period=period,
        )
        try:
            return await connector.fetch(query), await connector.check(query)
        finally:
            await connector.close()


async def test_rows_with_year_status_and_reference_date() -> None:
    answer, _ = await ask(Interface(GOOD))
    first, second = answer.rows
    assert first["verzamelinkomen"].waarde == 4650000
    assert (first["verzamelinkomen"].status, second["verzamelinkomen"].status) == ("definitief", "voorlopig")
    assert (first["belastingjaar"].status, first["aangifte_status"].waarde) == ("", "definitief")
    assert first["inkomen_box2"].waarde == 0
    assert second["belastingjaar"].periode == Period("2025-01-01", "2025-12-31")
    assert {value.peildatum for value in first.values()} == {"2026-10-01"}


async def test_rows_of_the_period_asked() -> None:
    answer, _ = await ask(Interface(GOOD), period=Period("2025-01-01", "2025-12-31"))
    assert [row["belastingjaar"].waarde for row in answer.rows] == [2025]


async def test_a_code_not_given_in_one_row_is_missing_for_its_period() -> None:
    interface = Interface(GOOD)
    codes = {"Vast": "definitief"}
    elements = link().elements | {"aangifte_status": ElementMapping(path="stand", codes=codes)}
    answer, _ = await ask(interface, elements=elements)
    assert ["aangifte_status" in row for row in answer.rows] == [True, False]
    period = Period("2025-01-01", "2025-12-31")
    assert answer.missing == (MissingElement(element="aangifte_status", reden=Missing.NOT_DELIVERED, periode=period),)


async def test_members_that_no_element_uses_are_pointed_at() -> None:
    _, lines = await ask(Interface(GOOD))
    assert [line.origin for line in lines if line.advice] == ["aangiften.bedragen.box1"]


async def test_the_person_in_the_body() -> None:
    interface = Interface(GOOD)
    await ask(interface, "verzamelinkomen", fields_in="velden")
    assert interface.body == b'{"bsn":"999996149","velden":["bedragen","jaar","op","stand"]}'
    assert MARK not in interface.url
    assert interface.headers["content-type"] == "application/json; charset=utf-8"


async def test_the_person_in_a_header() -> None:
    interface = Interface(GOOD)
    await ask(interface, person_in="kop.X-Burger", method="GET")
    assert (interface.headers["x-burger"], interface.body) == (MARK, b"")
    assert MARK not in interface.url


@pytest.mark.parametrize(
    "changes",
    [
        {"person_in": "pad.bsn"},
        {"person_in": "query.bsn"},
        {"person_in": "body"},
        {"person_in": "bsn"},
        {"method": "GET"},
        {"method": "GET", "person_in": "kop.X-Burger", "fields_in": "velden"},
    ],
)
def test_a_person_never_stands_in_a_url(changes: dict[str, Any]) -> None:
    with pytest.raises(RestRefusedError):
        RestConnector(link(**changes), {})


BAD = {
    "another person": GOOD | {"burger": {"bsn": "999991772"}},
    "no person": {"aangiften": []},
    "a person that is a number": GOOD | {"burger": {"bsn": int(MARK)}},
    "no rows": {"burger": {"bsn": MARK}},
    "rows that are no list": GOOD | {"aangiften": {"2024": ROW}},
    "a row that is no object": GOOD | {"aangiften": [ROW, "x"]},
    "no year": GOOD | {"aangiften": [{k: v for k, v in ROW.items() if k != "jaar"}]},
    "a year of five digits": GOOD | {"aangiften": [ROW | {"jaar": 20245}]},
    "an unknown status": GOOD | {"aangiften": [ROW | {"stand": "Zeker"}]},
    "a reference date that is none": GOOD | {"aangiften": [ROW | {"op": 20261001}]},
    "an amount in words": GOOD | {"aangiften": [ROW | {"bedragen": {"totaal": "veel"}}]},
    "a list as answer": [GOOD],
}


@pytest.mark.parametrize("name", BAD)
async def test_answers_that_do_not_count(name: str) -> None:
    assert (await ask(Interface(GOOD)))[0].known
    with pytest.raises((SourceFailedError, WrongPersonError)) as caught:
        await ask(Interface(BAD[name]))
    if isinstance(caught.value, SourceFailedError):
        assert caught.value.reason == "onleesbaar"
    assert isinstance(caught.value, WrongPersonError) == (name == "another person")


def test_leaves_of_an_answer() -> None:
    assert leaves({"a": 1, "b": [{"c": 2}, {"c": 3, "d": []}], "e": {}}) == ["a", "b.c"]
