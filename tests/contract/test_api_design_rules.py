# SPDX-License-Identifier: EUPL-1.2
"""Our OpenAPI documents keep the NL API Design Rules; the checker agrees with the linter's own test cases."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.api_design_rules import RULES, broken_rules
from tests.contract.documents import BASIS, CONSENT, REGISTER, SOURCE, Document

Edit = Callable[[dict[str, Any]], Any]
# Where a standard has another rule: docs/profile/api-design-rules.md.
OF_OAUTH = {
    ("nlgov:query-keys-camel-case", "/autoriseren?client_id"),
    ("nlgov:query-keys-camel-case", "/autoriseren?request_uri"),
    ("nlgov:use-problem-schema", "post /par 401"),
    ("nlgov:use-problem-schema", "post /token 401"),
    ("nlgov:use-problem-schema", "post /intrekken 401"),
}
# Rules of the linter that this checker does not have, and what has them instead.
ELSEWHERE = {
    "oas3-schema": "test_openapi_documents.py: faults_of_shape",
    "openapi-tags-uniqueness": "one tag a document",
    "oas3-valid-media-example": "no examples",
    "oas3-valid-schema-example": "no examples",
    "oas3-server-variables": "no variables",
    "nlgov:paths-no-trailing-slash": "path-keys-no-trailing-slash is stricter",
    "nlgov:http-methods": "test_openapi_documents.py: the methods of the routes",
}


@pytest.mark.parametrize("document", [REGISTER, SOURCE, BASIS], ids=["register", "bron", "bron met alleen Basis"])
def test_bk065_each_domain_api_keeps_the_api_design_rules(document: Document) -> None:
    assert broken_rules(document) == []


def test_bk065_the_consent_service_keeps_them_but_where_oauth_has_another_rule() -> None:
    assert set(broken_rules(CONSENT)) == OF_OAUTH


def test_each_deviation_is_written_down(root: Path) -> None:
    page = (root / "docs" / "profile" / "api-design-rules.md").read_text(encoding="utf-8")
    for rule, place in OF_OAUTH:
        assert rule in page
        assert place.split("?")[-1] in page or place.split()[1] in page


def first(document: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = document["paths"]["/deelnemers"]["get"]
    return operation


def dated(d: dict[str, Any], name: str, schema: dict[str, Any]) -> None:
    d["components"]["schemas"]["Probleem"]["properties"][name] = schema


CHANGES: list[tuple[Edit, str]] = [
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
    (lambda d: first(d)["responses"]["503"].update(content={"text/html": {}}), "nlgov:use-problem-schema"),
    (
        lambda d: d["components"]["schemas"]["Probleem"]["properties"].pop("detail"),
        "nlgov:problem-schema-members",
    ),
    (lambda d: first(d)["responses"].pop("400"), "nlgov:problem-invalid-input"),
    (lambda d: first(d).update(operationId="haalDetail"), "operation-operationId-unique"),
    (lambda d: d["paths"]["/deelnemers/{oin}"]["get"].update(parameters=[]), "path-params"),
    (lambda d: dated(d, "begin", {"format": "date-time-local"}), "nlgov:date-time-ensure-timezone"),
    (lambda d: dated(d, "uur", {"format": "time"}), "nlgov:time-without-timezone"),
    (lambda d: dated(d, "eindDatum", {"type": "string"}), "nlgov:specify-format-for-date-and-time"),
    (lambda d: dated(d, "datum", {"format": "date-time"}), "nlgov:use-date-instead-of-datetime"),
]


@pytest.mark.parametrize(("edit", "rule"), CHANGES)
def test_one_change_breaks_one_rule(edit: Edit, rule: str) -> None:
    changed = copy.deepcopy(REGISTER)
    edit(changed)
    assert rule in {name for name, _ in broken_rules(changed)}


def test_each_rule_has_a_change_that_breaks_it() -> None:
    assert {rule for _, rule in CHANGES} == RULES.keys()


def test_every_rule_of_the_linter_is_checked_or_said_where(shared_data: Path) -> None:
    linter = yaml.safe_load((shared_data / "adr-linter" / "linter.yaml").read_text(encoding="utf-8"))
    severity = {name: rule if isinstance(rule, str) else rule["severity"] for name, rule in linter["rules"].items()}
    assert {name for name, how in severity.items() if how == "error"} == RULES.keys() | ELSEWHERE.keys()


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
