# SPDX-License-Identifier: EUPL-1.2
"""The NL API Design Rules that can be seen in an OpenAPI document, by the names that the government's linter has.

Written from the rules, as a list of functions that each give the places where one rule is broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")
KEBAB = re.compile(r"(/|(/_[a-z0-9]+|/(([a-z0-9\-]+|{[^}]+})(/([a-z0-9\-.]+|{[^}]+}))*)(/_[a-z]+)?)/?)")
CAMEL = re.compile(r"\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*")
SEMVER = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
DATE_NAME = re.compile(r"((\w+D)|(_[dD]))((ate)|(atum))")
Document = dict[str, Any]
Places = Iterator[str]


def walk(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every node below ``node``, with where it stands."""
    yield path, node
    if isinstance(node, dict):
        for name, child in node.items():
            yield from walk(child, f"{path}.{name}" if path else str(name))
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from walk(child, f"{path}[{place}]")


def resolve(document: Document, node: Any) -> Any:
    """``node``, or what its ``$ref`` names."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        node = target
    return node


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def responses(document: Document, codes: str) -> Iterator[tuple[str, Document]]:
    for path, method, operation in operations(document):
        for code, response in operation.get("responses", {}).items():
            if re.search(codes, str(code)):
                yield f"{method} {path} {code}", resolve(document, response)


def root_exists(document: Document) -> Places:
    if not document.get("openapi"):
        yield "openapi"


def version_3(document: Document) -> Places:
    if "openapi" in document and not re.fullmatch(r"3(.\d+){1,2}", str(document["openapi"])):
        yield "openapi"


def has_servers(document: Document) -> Places:
    if "openapi" in document and not document.get("servers"):
        yield "servers"


def major_version_in_uri(document: Document) -> Places:
    for server in document.get("servers", []):
        if not re.search(r"/v[\d+]", server.get("url", "")):
            yield server.get("url", "")


def no_trailing_slash(document: Document) -> Places:
    yield from (path for path in document.get("paths", {}) if len(path) > 1 and path.endswith("/"))


def has_contact(document: Document) -> Places:
    if not document.get("info", {}).get("contact"):
        yield "info.contact"


def contact_fields(document: Document) -> Places:
    contact = document.get("info", {}).get("contact")
    if contact and not {"email", "name", "url"} <= contact.keys():
        yield "info.contact"


def semver(document: Document) -> Places:
    version = str(document.get("info", {}).get("version", "0.0.0"))
    if not SEMVER.fullmatch(version):
        yield version


def has_headers(document: Document) -> Places:
    yield from (where for where, response in responses(document, r"^[23]\d\d") if not response.get("headers"))


def version_header(document: Document) -> Places:
    for where, response in responses(document, r"^[23]\d\d"):
        if response.get("headers") and "api-version" not in {name.lower() for name in response["headers"]}:
            yield where


def kebab_paths(document: Document) -> Places:
    for path in document.get("paths", {}):
        if not re.search(r"/openapi\.(json|yaml)", path) and not KEBAB.fullmatch(path):
            yield path


def camel_query(document: Document) -> Places:
    for path, _, operation in operations(document):
        for given in operation.get("parameters", []):
            parameter = resolve(document, given)
            if parameter.get("in") == "query" and not CAMEL.fullmatch(parameter.get("name", "")):
                yield f"{path}?{parameter.get('name')}"


def problem_media_type(document: Document) -> Places:
    for where, response in responses(document, r"^[45]\d\d"):
        if "content" in response and not {"application/problem+json", "application/problem+xml"} & set(
            response["content"]
        ):
            yield where


def problem_members(document: Document) -> Places:
    for where, response in responses(document, r"^[45]\d\d"):
        for kind, content in response.get("content", {}).items():
            schema = resolve(document, content.get("schema", {}))
            members = schema.get("properties", {"status", "title", "detail"})
            if kind.startswith("application/problem+") and not {"status", "title", "detail"} <= set(members):
                yield where


def invalid_input(document: Document) -> Places:
    for path, method, operation in operations(document):
        asked = method in ("put", "post", "patch") or (method in ("get", "delete") and operation.get("parameters"))
        if asked and "400" not in operation.get("responses", {}):
            yield f"{method} {path}"


def properties(document: Document) -> Iterator[tuple[str, str, Any]]:
    for where, node in walk(document):
        if where.endswith("properties") and isinstance(node, dict):
            for name, schema in node.items():
                yield f"{where}.{name}", name, schema


def is_date(name: str) -> bool:
    return name in ("date", "datum") or bool(DATE_NAME.search(name))


def formats_of(document: Document, given: Any) -> list[str]:
    """The formats a schema sets, itself or by what it is composed of."""
    schema = resolve(document, given)
    own = [str(schema["format"])] if "format" in schema else []
    return own + [name for part in schema.get("allOf", []) for name in formats_of(document, part)]


def no_local_date_time(document: Document) -> Places:
    for where, _, schema in properties(document):
        if isinstance(schema, dict) and schema.get("format") == "date-time-local":
            yield where


def no_time(document: Document) -> Places:
    for where, _, schema in properties(document):
        if isinstance(schema, dict) and schema.get("format") == "time":
            yield where


def date_has_format(document: Document) -> Places:
    for where, name, schema in properties(document):
        if is_date(name) and isinstance(schema, dict) and not formats_of(document, schema):
            yield where


def date_is_no_moment(document: Document) -> Places:
    for where, name, schema in properties(document):
        if is_date(name) and "date-time" in formats_of(document, schema):
            yield where


def unique_operation_ids(document: Document) -> Places:
    seen = set()
    for path, method, operation in operations(document):
        name = operation.get("operationId")
        if name in seen:
            yield f"{method} {path}"
        seen.add(name)


def path_parameters(document: Document) -> Places:
    for path, item in document.get("paths", {}).items():
        shared = item.get("parameters", [])
        for method, operation in ((name, node) for name, node in item.items() if name in METHODS):
            given = [resolve(document, one) for one in shared + operation.get("parameters", [])]
            declared = {one["name"] for one in given if one.get("in") == "path"}
            if declared != set(re.findall(r"{([^}]+)}", path)):
                yield f"{method} {path}"


RULES: dict[str, Callable[[Document], Places]] = {
    "nlgov:openapi-root-exists": root_exists,
    "nlgov:openapi3": version_3,
    "oas3-api-servers": has_servers,
    "nlgov:include-major-version-in-uri": major_version_in_uri,
    "path-keys-no-trailing-slash": no_trailing_slash,
    "info-contact": has_contact,
    "nlgov:info-contact-fields-exist": contact_fields,
    "nlgov:semver": semver,
    "nlgov:missing-header": has_headers,
    "nlgov:missing-version-header": version_header,
    "nlgov:paths-kebab-case": kebab_paths,
    "nlgov:query-keys-camel-case": camel_query,
    "nlgov:use-problem-schema": problem_media_type,
    "nlgov:problem-schema-members": problem_members,
    "nlgov:problem-invalid-input": invalid_input,
    "nlgov:date-time-ensure-timezone": no_local_date_time,
    "nlgov:time-without-timezone": no_time,
    "nlgov:specify-format-for-date-and-time": date_has_format,
    "nlgov:use-date-instead-of-datetime": date_is_no_moment,
    "operation-operationId-unique": unique_operation_ids,
    "path-params": path_parameters,
}


def broken_rules(document: Document) -> list[tuple[str, str]]:
    """(rule, place) for every place where a rule is broken."""
    return [(name, place) for name, rule in RULES.items() for place in rule(document)]
