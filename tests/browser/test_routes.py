# SPDX-License-Identifier: EUPL-1.2
"""No page without a place: every GET route is a place that a browser visits, or said here to be no page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from starlette.routing import Route

from blauweknop.services.source.app import routes
from tests.contract.documents import Anything

from .places import PLACES

NO_PAGES = {
    "/inloggen/terug": "sends on",
    "/status/zegels/{number:int}": "for programs",
    "/.well-known/blauwe-knop": "for programs",
    "/gezond": "for programs",
    "/v1/gegevenssets/{id:str}/{version:int}": "for programs",
    "/v1/openapi.json": "for programs",
    "/stijl.css": "a file",
    "/merk.svg": "a file",
}


def test_every_page_is_a_place() -> None:
    pages = cast("Any", SimpleNamespace(site=SimpleNamespace(secure=False)))
    table = [route for route in routes(cast("Any", Anything()), pages) if isinstance(route, Route)]
    read = {route.path: route.name for route in table if "GET" in (route.methods or ())}
    assert set(NO_PAGES) <= set(read)
    visited = {place.route for place in PLACES}
    assert {name for path, name in read.items() if path not in NO_PAGES} <= visited
    assert visited - set(read.values()) == {"fout", "testlogin"}
