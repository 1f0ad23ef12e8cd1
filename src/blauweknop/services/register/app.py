# SPDX-License-Identifier: EUPL-1.2
"""The web application of the register. Routes stand in ``routes``, all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.routing import Route

from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.files import file_routes
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.services.register.api import RegisterApi
from blauweknop.services.register.openapi import API_VERSION
from blauweknop.services.register.public_page import PublicPage

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from blauweknop.services.register.parts import RegisterParts

PAGES_FOLDER = Path(__file__).parent / "pages"
LINKS = (("/", "register-voet-lijst"), ("/afspraken", "register-voet-afspraken"))


def create_app(parts: RegisterParts) -> Edge:
    """The application of the register that ``parts`` make."""
    https = parts.iss.startswith("https:")
    site = Site(name=parts.name, environment=parts.environment, secure=https, links=LINKS)
    pages = Pages(site, [PAGES_FOLDER])
    return Edge(
        Routed(routes(parts, pages)),
        hosts=frozenset({urlsplit(parts.iss).netloc}),
        headers={**security_headers(content_security_policy(), https=https), "api-version": API_VERSION},
        answer=Failures(pages),
        limits=Limits(),
    )


def routes(parts: RegisterParts, pages: Pages) -> list[BaseRoute]:
    """The route table: method, path, what it does. ``name`` marks what a person sees."""
    api = RegisterApi(parts)
    page = PublicPage(parts, pages, api)
    return [
        Route("/", page.start, methods=["GET"], name="register"),
        Route("/deelnemers/{oin}", page.participant, methods=["GET"], name="deelnemer"),
        Route("/afspraken", page.agreements, methods=["GET"], name="afspraken"),
        Route("/v1/stelseldocument", api.register, methods=["GET"]),
        Route("/v1/stelseldocument/details/{sha256}", api.detail, methods=["GET"]),
        Route("/v1/deelnemers", api.participants, methods=["GET"]),
        Route("/v1/deelnemers/{oin}", api.participant, methods=["GET"]),
        Route("/v1/gegevenssets", api.data_sets, methods=["GET"]),
        Route("/v1/gegevenssets/{id}/{version:int}", api.data_set, methods=["GET"]),
        Route("/v1/diensten", api.services, methods=["GET"]),
        Route("/v1/diensten/{id}/{version:int}", api.service, methods=["GET"]),
        Route("/v1/begrippen", api.concepts, methods=["GET"]),
        Route("/v1/begrippen/{id}/{version:int}", api.concept, methods=["GET"]),
        Route("/v1/beeldmerken/status", api.mark_status, methods=["POST"]),
        Route("/v1/beeldmerken/{oin}", api.mark, methods=["GET"]),
        Route("/v1/openapi.json", api.openapi, methods=["GET"]),
        Route("/status/deelnemers", api.status_list, methods=["GET"]),
        Route("/status/deelnemers/stand", api.stand, methods=["GET"]),
        Route("/gezond", api.health, methods=["GET"]),
        *file_routes(),
    ]
