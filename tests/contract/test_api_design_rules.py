# SPDX-License-Identifier: EUPL-1.2
"""Our OpenAPI documents keep the NL API Design Rules; the checker agrees with the linter's own test cases."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.routing import Route

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.definition import Text
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.services.register.app import routes
from blauweknop.services.register.openapi import openapi_document
from blauweknop.services.register.parts import RegisterContact, RegisterKeys, RegisterParts
from blauweknop.testing.registering import make_signer
from tests.contract.api_design_rules import broken_rules

SIGNER = make_signer("register")
PARTS = RegisterParts(
    name=Text(nl="Register", en="Register"),
    oin="0" * 20,
    iss="https://register.voorbeeld.example",
    environment="test",
    two_persons=False,
    contact=RegisterContact("Beheer", "https://voorbeeld.example", "beheer@voorbeeld.example"),
    store=cast("Any", None),
    keys=RegisterKeys(SIGNER, SIGNER, SIGNER),
    catalogue=load_catalogue(),
    now=lambda: 0,
    random_below=lambda _limit: 0,
)
DOCUMENT = openapi_document(PARTS)
Edit = Callable[[dict[str, Any]], Any]


def test_bk065_the_register_keeps_the_api_design_rules() -> None:
    assert broken_rules(DOCUMENT) == []


def first(document: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = document["paths"]["/deelnemers"]["get"]
    return operation


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (lambda d: d.pop("openapi"), "nlgov:openapi-root-exists"),
        (lambda d: d.update(openapi="2.0"), "nlgov:openapi3"),
        (lambda d: d.update(servers=[]), "oas3-api-servers"),
        (lambda d: d["servers"][0].update(url="https://x.example"), "nlgov:include-major-version-in-uri"),
        (lambda d: d["paths"].update({"/naam/": {}}), "path-keys-no-trailing-slash"),
        (lambda d: d["paths"].update({"/tweeNamen": {}}), "nlgov:paths-kebab-case"),
        (lambda d: d["info"].pop("contact"), "info-contact"),
        (lambda d: d["info"]["contact"].pop("email"), "nlgov:info-contact-fields-exist"),
        (lambda d: d["info"].update(version="1.0"), "nlgov:semver"),
        (lambda d: first(d)["responses"]["200"].pop("headers"), "nlgov:missing-header"),
        (lambda d: first(d)["responses"]["200"].update(headers={"x": {}}), "nlgov:missing-version-header"),
        (lambda d: first(d)["parameters"][0].update(name="een-naam"), "nlgov:query-keys-camel-case"),
        (lambda d: first(d)["responses"]["404"].update(content={"text/html": {}}), "nlgov:use-problem-schema"),
        (
            lambda d: d["components"]["schemas"]["Probleem"]["properties"].pop("detail"),
            "nlgov:problem-schema-members",
        ),
        (lambda d: first(d)["responses"].pop("400"), "nlgov:problem-invalid-input"),
        (lambda d: first(d).update(operationId="haalDetail"), "operation-operationId-unique"),
        (lambda d: d["paths"]["/deelnemers/{oin}"]["get"].update(parameters=[]), "path-params"),
    ],
)
def test_one_change_breaks_one_rule(edit: Edit, rule: str) -> None:
    changed = copy.deepcopy(DOCUMENT)
    edit(changed)
    assert rule in {name for name, _ in broken_rules(changed)}


def test_bk065_the_document_describes_the_routes_and_no_others() -> None:
    pages = Pages(Site(name=PARTS.name, environment="test", secure=True))
    real = {
        (re.sub(r"{version:int}", "{versie}", route.path.removeprefix("/v1")), method.lower())
        for route in routes(PARTS, pages)
        if isinstance(route, Route) and route.path.startswith("/v1/")
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert real == {(path, method) for path, item in DOCUMENT["paths"].items() for method in item}


def cases(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("testcases/*/openapi.json"))


def test_the_checker_agrees_with_the_linter(shared_data: Path) -> None:
    found, expected = {}, {}
    for case in cases(shared_data / "adr-linter"):
        document = json.loads((case / "openapi.json").read_text(encoding="utf-8"))
        output = (case / "expected-output.txt").read_text(encoding="utf-8")
        expected[case.name] = set(re.findall(r"^ *\d+:\d+ +error +(\S+)", output, re.MULTILINE))
        found[case.name] = {name for name, _ in broken_rules(document)}
    assert len(expected) > 20
    assert found == expected
