# SPDX-License-Identifier: EUPL-1.2
"""Holds requests and answers, as they went over the wire, to an OpenAPI document.

A request that is refused may be wrong in any way; one that is answered with 2xx or 3xx was as described.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx2

from tests.contract.api_design_rules import METHODS, resolve
from tests.contract.json_schema import Schemas

# Header fields that mean something to a client: one that is in an answer is in its description.
TELLING = {"api-version", "dpop-nonce", "www-authenticate", "retry-after", "location", "etag"}
PROBLEM = "application/problem+json"
FORM = "application/x-www-form-urlencoded"
Faults = Iterator[str]


def media_type(headers: httpx2.Headers) -> str:
    return headers.get("content-type", "").partition(";")[0]


def parsed(content: bytes, kind: str) -> Any:
    if kind.endswith("json"):
        return json.loads(content)
    return dict(parse_qsl(content.decode())) if kind == FORM else content.decode()


def addresses(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(address below the host, method, operation), with ``servers`` of the path before those of the document."""
    for path, item in document["paths"].items():
        (server,) = item.get("servers", document["servers"])
        for method in METHODS:
            if method in item:
                yield urlsplit(server["url"]).path + path, method, item[method]


class Described:
    """A document; ``seen``: (operationId, status) of every answer that was held to it; ``faults``: what was wrong."""

    def __init__(self, document: dict[str, Any], *, base: str = "") -> None:
        """``base``: where the service is, if a client calls others as well."""
        self.document = document
        self.seen: set[tuple[str, int]] = set()
        self.faults: list[str] = []
        self._base = base
        self._schemas = Schemas(document["components"]["schemas"])
        self._operations = [
            (re.compile(re.sub(r"\\{[^}]+\\}", "([^/]+)", re.escape(address))), method, operation)
            for address, method, operation in addresses(document)
        ]

    def hear(self, response: httpx2.Response) -> None:
        """Looks at one answer and its request; both have been read. Other addresses of the service are passed over."""
        if not str(response.request.url).startswith(self._base):
            return
        path = unquote(response.request.url.path)
        for pattern, method, operation in self._operations:
            if method == response.request.method.lower() and pattern.fullmatch(path):
                where = f"{operation['operationId']} {response.status_code}"
                found = [*self._answer(operation, response), *self._request(operation, response)]
                self.faults += [f"{where}: {fault}" for fault in found]
                self.seen.add((operation["operationId"], response.status_code))
                return

    def hears(self, client: httpx2.Client) -> None:
        """Looks at every answer that ``client`` gets from here on."""

        def hook(response: httpx2.Response) -> None:
            response.read()
            self.hear(response)

        client.event_hooks["response"].append(hook)

    def hears_async(self, client: httpx2.AsyncClient) -> None:
        """See ``hears``."""

        async def hook(response: httpx2.Response) -> None:
            await response.aread()
            self.hear(response)

        client.event_hooks["response"].append(hook)

    def unseen(self) -> set[tuple[str, int]]:
        """What is described and was not answered, but for what the edge refuses everywhere."""
        described = {
            (operation["operationId"], int(status))
            for _, _, operation in self._operations
            for status, answer in operation["responses"].items()
            if "$ref" not in answer
        }
        return described - self.seen

    def _answer(self, operation: dict[str, Any], response: httpx2.Response) -> Faults:
        described = resolve(self.document, operation["responses"].get(str(response.status_code)))
        if described is None:
            yield "status not described"
            return
        named = {name.lower() for name in described["headers"]}
        yield from (f"no header {name}" for name in named if name not in response.headers)
        yield from (f"header {name} not described" for name in TELLING - named if name in response.headers)
        if response.headers.get("api-version") != self.document["info"]["version"]:
            yield "another API-Version"
        kind = media_type(response.headers)
        yield from self._content(described.get("content", {}), response.content, kind)
        said = parsed(response.content, kind) if kind == PROBLEM else {}
        if said.get("status", response.status_code) != response.status_code:
            yield "another status in the problem"

    def _request(self, operation: dict[str, Any], response: httpx2.Response) -> Faults:
        request = response.request
        if response.is_client_error or response.is_server_error:
            return
        for one in operation.get("parameters", ()):
            given = {"header": request.headers, "query": request.url.params}.get(one["in"], {})
            if one["required"] and one["in"] != "path" and one["name"] not in given:
                yield f"request without {one['name']}"
            elif one["name"] in given:
                yield from self._schemas.faults(
                    one["schema"], _number(one, given[one["name"]]), f"request {one['name']}"
                )
        body = operation.get("requestBody", {"content": {}})["content"]
        yield from (f"request: {fault}" for fault in self._content(body, request.content, media_type(request.headers)))

    def _content(self, described: dict[str, Any], content: bytes, kind: str) -> Faults:
        if not content and not described:
            return
        if kind not in described:
            yield f"content {kind} not described"
            return
        yield from self._schemas.faults(described[kind]["schema"], parsed(content, kind))


def _number(parameter: dict[str, Any], text: str) -> Any:
    return int(text) if parameter["schema"].get("type") == "integer" else text
