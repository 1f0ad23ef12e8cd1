# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI documents of the three services, and the route tables that they describe."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from starlette.routing import BaseRoute

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.definition import Text
from blauweknop.endpoints.openapi.document import Contact
from blauweknop.endpoints.pages.site import ContactWays, Pages, Site
from blauweknop.services.consent.app import routes as consent_routes
from blauweknop.services.consent.openapi import api_of as consent_api
from blauweknop.services.register.app import routes as register_routes
from blauweknop.services.register.openapi import openapi_document
from blauweknop.services.register.parts import RegisterKeys, RegisterParts
from blauweknop.services.source.app import routes as source_routes
from blauweknop.services.source.openapi import source_api
from blauweknop.testing.registering import make_signer

Document = dict[str, Any]
NAME = Text(nl="Proef", en="Trial")
CONTACT = Contact(name="Beheer", url="https://voorbeeld.example", email="beheer@voorbeeld.example")
ISS = "https://dienst.voorbeeld.example"


class Anything:
    """Stands for any part: a route table needs none of them."""

    def __init__(self, **own: Any) -> None:
        self.__dict__.update(own)

    def __getattr__(self, name: str) -> Any:
        return Anything()

    def __call__(self, *_arguments: Any, **_named: Any) -> Any:
        return Anything()


def register_parts() -> RegisterParts:
    signer = make_signer("register")
    return RegisterParts(
        name=NAME,
        oin="0" * 20,
        iss=ISS,
        environment="test",
        two_persons=False,
        contact=CONTACT,
        store=cast("Any", None),
        keys=RegisterKeys(signer, signer, signer),
        catalogue=load_catalogue(),
        now=lambda: 0,
        random_below=lambda _limit: 0,
    )


def source_document(*, delivers: bool) -> Document:
    contact = ContactWays(url=CONTACT.url, email=CONTACT.email)
    return source_api(name=NAME, iss=ISS, contact=contact, delivers=delivers).document()


REGISTER = openapi_document(register_parts())
SOURCE = source_document(delivers=True)
BASIS = source_document(delivers=False)
CONSENT = consent_api(cast("Any", SimpleNamespace(name=NAME, iss=ISS, contact=CONTACT))).document()
PAGES = Pages(Site(name=NAME, environment="test", secure=True))
SERVICES: dict[str, tuple[Document, list[BaseRoute]]] = {
    "register": (REGISTER, register_routes(register_parts(), PAGES)),
    "bron": (SOURCE, source_routes(cast("Any", Anything()), PAGES)),
    "bron met alleen Basis": (BASIS, source_routes(cast("Any", Anything(deliveries=None)), PAGES)),
    "toestemmingsdienst": (CONSENT, consent_routes(cast("Any", Anything()), PAGES)),
}
