# SPDX-License-Identifier: EUPL-1.2
"""Whom a developer asks: stands in the OpenAPI document (NL API Design Rules, /core/doc-openapi-contact)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.config.read import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


class DeveloperContact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All three are filled in."""

    name: str = msgspec.field(name="naam")
    url: str
    email: str


def check_contact(contact: DeveloperContact, where: str) -> Iterator[Refusal]:
    """What is wrong with the contact in table ``where``."""
    if not all((contact.name, contact.url, contact.email)):
        yield Refusal((where, "contact"), "fill in naam, url and email: others build on this API")
