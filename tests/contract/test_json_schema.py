# SPDX-License-Identifier: EUPL-1.2
"""What our contract tests hold answers to sees each fault: one value that is right, and one change to it each."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.contract.described import Described
from tests.contract.json_schema import Schemas

LINE: dict[str, Any] = {
    "type": "object",
    "properties": {"id": {"type": "string", "pattern": "^[a-z]+$"}},
    "required": ["id"],
}
WHOLE = {
    "type": "object",
    "properties": {
        "soort": {"enum": ["a", "b"]},
        "vast": {"const": 5},
        "aantal": {"type": "integer", "minimum": 1, "maximum": 9},
        "tekst": {"type": ["string", "null"], "maxLength": 3},
        "moment": {"type": "string", "format": "date-time"},
        "regels": {"type": "array", "items": {"$ref": "#/components/schemas/Regel"}},
        "een": {"anyOf": [{"type": "boolean"}, {"const": ""}]},
        "in": {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "array"}},
        "open": {"type": "object"},
    },
    "required": ["soort"],
}
GOOD: dict[str, Any] = {
    "soort": "a",
    "vast": 5,
    "aantal": 9,
    "tekst": None,
    "moment": "2026-11-01T12:00:00Z",
    "regels": [{"id": "x"}],
    "een": False,
    "in": "[]",
    "open": {"van": "alles"},
}
SCHEMAS = Schemas({"Regel": LINE})


def test_what_is_right_has_no_fault() -> None:
    assert list(SCHEMAS.faults(WHOLE, GOOD)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"soort": "c"}, "$.soort: enum"),
        ({"vast": 6}, "$.vast: const"),
        ({"aantal": 0}, "$.aantal: minimum"),
        ({"aantal": 10}, "$.aantal: maximum"),
        ({"aantal": "9"}, "$.aantal: type"),
        ({"aantal": True}, "$.aantal: type"),
        ({"tekst": "vier"}, "$.tekst: maxLength"),
        ({"tekst": 1}, "$.tekst: type"),
        ({"moment": "2026-11-01T12:00:00"}, "$.moment: format"),
        ({"moment": "gisteren"}, "$.moment: format"),
        ({"regels": [{"id": "x"}, {"id": "X"}]}, "$.regels[1].id: pattern"),
        ({"regels": [{}]}, "$.regels[0].id: required"),
        ({"regels": [{"id": "x", "meer": 1}]}, "$.regels[0].meer: not described"),
        ({"regels": {}}, "$.regels: type"),
        ({"een": "x"}, "$.een: anyOf"),
        ({"in": "{}"}, "$.in(content): type"),
        ({"nieuw": 1}, "$.nieuw: not described"),
        ({"open": []}, "$.open: type"),
    ],
)
def test_one_change_is_one_fault(change: dict[str, Any], fault: str) -> None:
    assert list(SCHEMAS.faults(WHOLE, {**GOOD, **change})) == [fault]


def test_a_keyword_that_is_not_known_is_not_passed_over() -> None:
    with pytest.raises(AssertionError, match="patternProperties"):
        list(SCHEMAS.faults({"patternProperties": {}}, {}))


REFUSAL = {**LINE, "properties": {**LINE["properties"], "status": {"type": "integer"}}}
OPERATION = {
    "operationId": "doe",
    "parameters": [{"name": "Sleutel", "in": "header", "required": True, "schema": {"type": "string", "maxLength": 3}}],
    "requestBody": {"content": {"application/json": {"schema": LINE}}},
    "responses": {
        "200": {"headers": {"API-Version": {}, "ETag": {}}, "content": {"application/json": {"schema": LINE}}},
        "204": {"headers": {"API-Version": {}, "ETag": {}}},
        "400": {"headers": {"API-Version": {}}, "content": {"application/problem+json": {"schema": REFUSAL}}},
    },
}
DOCUMENT = {
    "info": {"version": "1.2.3"},
    "servers": [{"url": "https://x.example/v1"}],
    "paths": {"/dingen/{id}": {"post": OPERATION, "servers": [{"url": "https://x.example/hier"}]}},
    "components": {"schemas": {}},
}
ASKED: dict[str, Any] = {"url": "https://x.example/hier/dingen/5", "headers": {"sleutel": "abc"}, "json": {"id": "x"}}
HEADERS = {"api-version": "1.2.3", "etag": '"1"'}
ANSWERED: dict[str, Any] = {"status_code": 200, "headers": HEADERS, "json": {"id": "x"}}


def heard(asked: dict[str, Any], answered: dict[str, Any]) -> Described:
    """``None`` takes a part away."""
    described = Described(DOCUMENT)
    request = httpx2.Request("POST", **{**ASKED, **asked})
    parts = {name: value for name, value in {**ANSWERED, **answered}.items() if value is not None}
    described.hear(httpx2.Response(request=request, **parts))
    return described


REFUSED = {
    "status_code": 400,
    "headers": {"api-version": "1.2.3", "content-type": "application/problem+json"},
    "json": None,
    "content": b'{"id":"x"}',
}


@pytest.mark.parametrize(
    ("asked", "answered"),
    [({}, {}), ({}, {"status_code": 204, "json": None}), ({"json": {"wat": 1}, "headers": {}}, REFUSED)],
)
def test_an_answer_as_described_has_no_fault(asked: dict[str, Any], answered: dict[str, Any]) -> None:
    described = heard(asked, answered)
    assert described.faults == []
    assert described.seen == {("doe", answered.get("status_code", 200))}


@pytest.mark.parametrize(
    ("asked", "answered", "fault"),
    [
        ({}, {"status_code": 202}, "status not described"),
        ({}, {"headers": {"api-version": "1.2.3"}}, "no header etag"),
        ({}, {"headers": {**HEADERS, "dpop-nonce": "x"}}, "header dpop-nonce not described"),
        ({}, {"headers": {**HEADERS, "api-version": "1.2.4"}}, "another API-Version"),
        ({}, {"json": {"id": 5}}, "$.id: type"),
        ({}, {"headers": {**HEADERS, "content-type": "text/html"}}, "content text/html not described"),
        ({}, {"status_code": 204}, "content application/json not described"),
        ({}, {**REFUSED, "content": b'{"id":"x","status":401}'}, "another status in the problem"),
        ({"json": {}}, {}, "request: $.id: required"),
        ({"headers": {}}, {}, "request without Sleutel"),
        ({"headers": {"sleutel": "abcd"}}, {}, "request Sleutel: maxLength"),
    ],
)
def test_one_change_to_an_answer_is_one_fault(asked: dict[str, Any], answered: dict[str, Any], fault: str) -> None:
    assert heard(asked, answered).faults == [f"doe {answered.get('status_code', 200)}: {fault}"]


@pytest.mark.parametrize("url", ["https://x.example/hier/dingen/5/6", "https://x.example/v1/dingen/5"])
def test_another_address_is_passed_over(url: str) -> None:
    assert heard({"url": url}, {"status_code": 599}).seen == set()
