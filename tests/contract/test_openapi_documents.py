# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document of each service says what its code does: its routes, its closed lists, what its edge refuses."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, TypeVar

import pytest
from starlette.routing import BaseRoute, Route

from blauweknop.adapters.http import refusals
from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.core.consent.consent import ChangeReason, State
from blauweknop.core.consent.line import Line
from blauweknop.core.delivery.model import Reason
from blauweknop.core.oauth import errors, pkce
from blauweknop.endpoints.openapi.operation import EDGE
from blauweknop.endpoints.openapi.schemas import struct_schemas
from blauweknop.services.source import claims
from tests.contract.api_design_rules import operations, resolve, walk
from tests.contract.described import addresses
from tests.contract.documents import BASIS, CONSENT, SERVICES, SOURCE, Document

# What is there for a person, or for whoever runs the service: no part of the API. By address, for all services.
PAGES = {
    *("/", "/inloggen", "/inloggen/terug", "/uitloggen", "/uitgelogd"),
    *("/deelnemers/{oin}", "/afspraken"),
    *("/kies", "/kies/{id}/{versie}", "/dienst", "/bekijk/{id}/{versie}", "/download", "/uitleg", "/inzageverzoek"),
    *("/aanvraag", "/mijn", "/mijn/{id}/stop", "/mijn/{id}/pauze", "/mijn/{id}/hervat", "/mijn/{id}/bewijs"),
    *("/controleer", "/gezond", "/stijl.css", "/merk.svg"),
}
# How a browser asks for the headers or whether it may: no operations.
ASIDE = {"HEAD", "OPTIONS"}
ENGLISH = {"number": "nummer", "version": "versie"}
each_service = pytest.mark.parametrize("service", SERVICES)


def spelt(path: str) -> str:
    """The path of a route as OpenAPI spells it, its parameters in Dutch."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: f"{{{ENGLISH.get(found[1], found[1])}}}", path)


def served(table: list[BaseRoute]) -> set[tuple[str, str]]:
    found = [(spelt(route.path), route.methods or set()) for route in table if isinstance(route, Route)]
    assert len(found) == len(table), "a kind of route that this test does not know"
    return {(path, method.lower()) for path, methods in found for method in methods - ASIDE if path not in PAGES}


@each_service
def test_bk065_each_document_describes_the_routes_and_no_others(service: str) -> None:
    document, table = SERVICES[service]
    assert served(table) == {(address, method) for address, method, _ in addresses(document)}


@each_service
def test_each_page_is_a_page_of_some_service_and_no_operation(service: str) -> None:
    document, _ = SERVICES[service]
    everywhere = {spelt(route.path) for _, table in SERVICES.values() for route in table if isinstance(route, Route)}
    assert everywhere >= PAGES
    assert not PAGES & {address for address, _, _ in addresses(document)}


def test_a_route_that_is_not_described_is_found() -> None:
    document, table = SERVICES["bron"]
    described = {(address, method) for address, method, _ in addresses(document)}
    new = served([*table, Route("/v1/nieuw/{number:int}", lambda _: None)])
    assert new - described == {("/v1/nieuw/{nummer}", "get")}


def faults_of_shape(document: Document) -> Iterator[str]:
    """What makes a document no OpenAPI document: the rule oas3-schema, as far as ours can break it."""
    tags = {tag["name"] for tag in document["tags"]}
    schemes = document["components"].get("securitySchemes", {})
    used = {str(node["$ref"]) for _, node in walk(document) if isinstance(node, dict) and "$ref" in node}
    for name in used:
        _, _, kind, own = name.split("/")
        if own not in document["components"][kind]:
            yield f"{name} is not there"
    for kind, named in document["components"].items():
        unused = {f"#/components/{kind}/{name}" for name in named} - used if kind != "securitySchemes" else ()
        yield from (f"{name} is not used" for name in unused)
    for path, method, operation in operations(document):
        where = f"{method} {path}"
        if not (operation["summary"] and set(operation["tags"]) <= tags):
            yield f"{where}: summary, tags"
        if any(set(one) - schemes.keys() for one in operation.get("security", [])):
            yield f"{where}: security"
        yield from (f"{where}: {one['name']}" for one in operation.get("parameters", []) if not is_parameter(one))
        for status, given in operation["responses"].items():
            if not (re.fullmatch(r"[2345]\d\d", status) and resolve(document, given).get("description")):
                yield f"{where}: {status}"


def is_parameter(given: dict[str, Any]) -> bool:
    right = given["in"] in {"path", "query", "header"} and (given["required"] or given["in"] != "path")
    return right and given["schema"] is not None


@each_service
def test_each_document_has_the_shape_of_openapi(service: str) -> None:
    assert list(faults_of_shape(SERVICES[service][0])) == []


def deliver(document: Document) -> dict[str, Any]:
    operation: dict[str, Any] = document["paths"]["/leveringen"]["post"]
    return operation


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (lambda d: d["components"]["schemas"].pop("Levering"), "#/components/schemas/Levering is not there"),
        (lambda d: d["components"]["schemas"].update(Los={}), "#/components/schemas/Los is not used"),
        (lambda d: deliver(d).update(summary=""), "post /leveringen: summary, tags"),
        (lambda d: deliver(d).update(tags=["anders"]), "post /leveringen: summary, tags"),
        (lambda d: deliver(d).update(security=[{"bearer": []}]), "post /leveringen: security"),
        (lambda d: deliver(d)["parameters"][0].update({"in": "cookie"}), "post /leveringen: Idempotency-Key"),
        (lambda d: deliver(d)["responses"].update({"2": {"description": "x"}}), "post /leveringen: 2"),
        (lambda d: deliver(d)["responses"]["401"].pop("description"), "post /leveringen: 401"),
    ],
)
def test_a_document_of_another_shape_is_found(edit: Callable[[Document], Any], fault: str) -> None:
    changed = copy.deepcopy(SOURCE)
    edit(changed)
    assert list(faults_of_shape(changed)) == [fault]


@each_service
def test_each_operation_says_what_the_edge_refuses(service: str) -> None:
    document, _ = SERVICES[service]
    for path, method, operation in operations(document):
        assert {str(status) for status in EDGE} <= operation["responses"].keys(), f"{method} {path}"


Kind = TypeVar("Kind")


def kinds_in(module: ModuleType, base: type[Kind]) -> list[type[Kind]]:
    return [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base)]


def test_the_edge_refuses_for_no_other_reason() -> None:
    kinds = kinds_in(refusals, RefusedRequestError)
    routed = {404, 405}  # an address or method that is not described
    assert {kind.status for kind in kinds} - routed == EDGE.keys() - {500}


def test_bk065_closed_lists_are_those_of_the_code() -> None:
    source, consent = SOURCE["components"]["schemas"], CONSENT["components"]["schemas"]
    assert set(source["Reden"]["enum"]) == {one.value for one in Reason}
    assert source["Weigering"]["properties"]["reden"] == {"$ref": "#/components/schemas/Reden"}
    assert set(consent["Toestemmingsstatus"]["enum"]) == {one.value for one in State}
    assert set(consent["Wijzigingsreden"]["enum"]) == {one.value for one in ChangeReason}
    words = {kind.error for kind in kinds_in(errors, errors.OAuthError)}
    assert words < set(consent["OauthFout"]["properties"]["error"]["enum"])


def test_a_struct_that_is_made_of_another_names_it() -> None:
    with pytest.raises(KeyError):
        struct_schemas({"Regel": Line})


def test_patterns_are_those_of_the_checks() -> None:
    (key,) = [one for one in deliver(SOURCE)["parameters"] if one["name"] == "Idempotency-Key"]
    assert re.sub(r"[\^$()]", "", key["schema"]["pattern"]) == re.sub(r"[()]", "", claims._KEY.pattern)
    forms = CONSENT["components"]["schemas"]
    challenge = forms["Vraag"]["properties"]["code_challenge"]["pattern"]
    verifier = forms["Tokenverzoek"]["properties"]["code_verifier"]["pattern"]
    assert (challenge, verifier) == (f"^{pkce._CHALLENGE.pattern}$", f"^{pkce._VERIFIER.pattern}$")


def test_a_source_with_basis_alone_describes_no_deliveries() -> None:
    assert "/leveringen" not in BASIS["paths"]
    assert "securitySchemes" not in BASIS["components"]
    assert "Weigering" not in BASIS["components"]["schemas"]
