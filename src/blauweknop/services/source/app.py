# SPDX-License-Identifier: EUPL-1.2
"""The web application of one source: its Basis page and what it publishes. All routes stand in ``routes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.routing import Route

from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.endpoints.controleer.page import FOLDER as CHECK_FOLDER
from blauweknop.endpoints.controleer.page import LARGEST, PATH, check_routes
from blauweknop.endpoints.openapi.document import openapi_route
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.files import file_routes
from blauweknop.endpoints.pages.session import Sessions
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.services.source.deliveries import API_VERSION
from blauweknop.services.source.openapi import api_of
from blauweknop.services.source.public_data import PublicData
from blauweknop.services.source.set_pages import SetPages

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from blauweknop.services.source.page_parts import PageParts

PAGES_FOLDER = Path(__file__).parent / "pages"
LINKS = (("/uitleg", "voet-uitleg"), ("/inzageverzoek", "voet-inzage"), (PATH, "voet-controleer"))


def create_app(parts: PageParts) -> Edge:
    """The application of the source that ``parts`` make."""
    https = parts.iss.startswith("https:")
    site = Site(
        name=parts.name,
        environment=parts.environment,
        secure=https,
        address=parts.iss,
        links=LINKS,
        contact=parts.contact,
    )
    pages = Pages(site, [PAGES_FOLDER, CHECK_FOLDER])
    return Edge(
        Routed(routes(parts, pages)),
        hosts=frozenset({urlsplit(parts.iss).netloc}),
        headers={
            **security_headers(content_security_policy(parts.login.settings.origin), https=https),
            "api-version": API_VERSION,
        },
        answer=Failures(pages),
        limits=Limits(larger_bodies={PATH: LARGEST}),
        closing=(parts.login.close, *parts.closing),
    )


def routes(parts: PageParts, pages: Pages) -> list[BaseRoute]:
    """The route table: method, path, what it does. ``name`` marks what a person sees."""
    sessions = Sessions(
        parts.session_store,
        slug=parts.slug,
        secure=pages.site.secure,
        now=parts.now,
        random=parts.random,
    )
    page, public = SetPages(parts, pages, sessions), PublicData(parts)
    data_set = "{id:str}/{version:int}"
    return [
        Route("/", page.start, methods=["GET"], name="begin"),
        Route("/inloggen", page.begin_login, methods=["POST"]),
        Route("/inloggen/terug", page.finish_login, methods=["GET"]),
        Route("/kies", page.sets, methods=["GET"], name="kies-set"),
        Route("/dienst", page.change_service, methods=["POST"]),
        Route(f"/kies/{data_set}", page.choose, methods=["GET"], name="kies"),
        Route(f"/kies/{data_set}", page.chosen, methods=["POST"]),
        Route(f"/bekijk/{data_set}", page.look, methods=["GET"], name="bekijk"),
        Route("/download", page.download, methods=["POST"]),
        Route("/uitloggen", page.log_out, methods=["POST"]),
        Route("/uitgelogd", page.logged_out, methods=["GET"], name="uitgelogd"),
        Route("/uitleg", page.explanation, methods=["GET"], name="uitleg"),
        Route("/inzageverzoek", page.access_request, methods=["GET"], name="inzageverzoek"),
        Route("/status/zegels/{number:int}", public.status_list, methods=["GET"]),
        Route("/.well-known/blauwe-knop", public.description, methods=["GET"]),
        Route(f"/v1/gegevenssets/{data_set}", public.type_metadata, methods=["GET"]),
        openapi_route(lambda: api_of(parts)),
        Route("/gezond", public.health, methods=["GET"]),
        *([Route("/v1/leveringen", parts.deliveries, methods=["POST"])] if parts.deliveries else []),
        *file_routes(),
        *check_routes(pages, parts.checking),
    ]
