# SPDX-License-Identifier: EUPL-1.2
"""The web application of a consent service: the authorization server, status for sources, the citizen's screens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.routing import Route

from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.endpoints.authorization.browser import CodeAnswers
from blauweknop.endpoints.authorization.from_register import RegisterClients
from blauweknop.endpoints.authorization.parts import AuthorizationParts
from blauweknop.endpoints.authorization.routes import LARGER_BODIES, authorization_routes
from blauweknop.endpoints.openapi.document import openapi_route
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.files import file_routes
from blauweknop.endpoints.pages.logins import Logins
from blauweknop.endpoints.pages.session import Sessions
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.services.consent.asking import Asking
from blauweknop.services.consent.deciding import Deciding
from blauweknop.services.consent.health import Health
from blauweknop.services.consent.mine import Mine
from blauweknop.services.consent.mint import ConsentMint
from blauweknop.services.consent.openapi import API_VERSION, api_of
from blauweknop.services.consent.opening import Opening
from blauweknop.services.consent.own_grant import OwnGrant
from blauweknop.services.consent.screens import Screens
from blauweknop.services.consent.status import StatusEndpoints
from blauweknop.services.consent.visits import Visits

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from blauweknop.services.consent.parts import ConsentParts

PAGES_FOLDER = Path(__file__).parent / "pages"


def create_app(parts: ConsentParts) -> Edge:
    """The application of the consent service that ``parts`` make."""
    https = parts.iss.startswith("https:")
    pages = Pages(
        Site(name=parts.name, environment=parts.environment, secure=https, links=(("/mijn", "voet-mijn"),)),
        [PAGES_FOLDER],
    )
    return Edge(
        Routed(routes(parts, pages)),
        hosts=frozenset({urlsplit(parts.iss).netloc}),
        headers={
            **security_headers(content_security_policy(parts.login.settings.origin), https=https),
            "api-version": API_VERSION,
        },
        answer=Failures(pages),
        limits=Limits(larger_bodies=LARGER_BODIES),
        closing=parts.closing,
    )


def routes(parts: ConsentParts, pages: Pages) -> list[BaseRoute]:
    """The route table."""
    sessions = Sessions(
        parts.sessions, slug="toestemming", secure=pages.site.secure, now=parts.now, random=parts.random
    )
    asking = Asking(parts, secure=pages.site.secure)
    authorization = authorization_parts(parts, asking)
    visits, answers = Visits(pages, sessions), CodeAnswers(authorization)
    screens = Screens(
        parts,
        visits,
        logins=Logins(parts.login, parts.attempts, sessions, now=parts.now),
        asking=asking,
        deciding=Deciding(parts, answers),
        opening=Opening(parts, answers),
    )
    mine = Mine(parts, visits)
    status = StatusEndpoints(parts)
    own = OwnGrant(parts, authorization)
    return [
        *authorization_routes(authorization),
        Route("/", screens.start, methods=["GET"], name="begin"),
        Route("/inloggen", screens.begin_login, methods=["POST"]),
        Route("/inloggen/terug", screens.finish_login, methods=["GET"]),
        Route("/uitloggen", screens.log_out, methods=["POST"]),
        Route("/aanvraag", screens.asked, methods=["GET"], name="aanvraag"),
        Route("/aanvraag", screens.decided, methods=["POST"]),
        Route("/mijn", mine.all, methods=["GET"], name="mijn"),
        Route("/mijn/{id:str}/stop", mine.ask_stop, methods=["GET"], name="stop"),
        Route("/mijn/{id:str}/stop", mine.stop, methods=["POST"]),
        Route("/mijn/{id:str}/pauze", mine.pause, methods=["POST"]),
        Route("/mijn/{id:str}/hervat", mine.resume, methods=["POST"]),
        Route("/mijn/{id:str}/bewijs", mine.receipt, methods=["GET"]),
        openapi_route(lambda: api_of(parts)),
        Route("/v1/toestemmingen", own.all, methods=["GET"]),
        Route("/v1/toestemmingen/{id:str}", own.one, methods=["GET"]),
        Route("/v1/toestemmingen/{id:str}/bewijs", own.receipt, methods=["GET"]),
        Route("/status/deelnemers", status.participants, methods=["GET"]),
        Route("/status/{oin:str}/stand", status.stand, methods=["GET"]),
        Route("/status/{oin:str}/lijsten/{number:int}", status.listed, methods=["GET"]),
        Route("/gezond", Health(parts).answer, methods=["GET"]),
        *file_routes(),
    ]


def authorization_parts(parts: ConsentParts, asking: Asking) -> AuthorizationParts:
    """The authorization server of this service."""
    clients = RegisterClients(parts.register, lambda: parts.catalogue, now=parts.now, statuses=parts.participants)
    return AuthorizationParts(
        issuer=parts.iss,
        environment=parts.environment,
        clients=clients,
        grants=parts.grants,
        decider=asking,
        mint=ConsentMint(parts),
        registration=clients.registration,
        signer=parts.keys.token,
        keys=lambda: {parts.keys.token.kid: parts.keys.token.public_key},
        nonces=parts.nonces,
        clock=parts.clock,
        random=parts.random,
    )
