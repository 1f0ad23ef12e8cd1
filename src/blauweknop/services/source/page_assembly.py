# SPDX-License-Identifier: EUPL-1.2
"""From an assembled source to its web application: login, files, status list, health."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.adapters.login.configured import configured_relying_party
from blauweknop.adapters.paper.qr import qr_png
from blauweknop.adapters.store.seals.contract import SealIndexUnknownError
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list
from blauweknop.endpoints.controleer.page import Checking
from blauweknop.endpoints.pages.site import ContactWays
from blauweknop.errors import InfrastructureError
from blauweknop.services.source.deliveries import Deliveries
from blauweknop.services.source.page_parts import PageParts
from blauweknop.services.source.papers import certified_pdf, paper_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.services.source.page_parts import FileForm
    from blauweknop.services.source.parts import Parts
    from blauweknop.services.source.pipeline import Delivery, Pipeline
    from blauweknop.services.source.plus_parts import PlusParts

STATUS_TTL = 300  # seconds after which a list is fetched again
MOST_LISTS = 2**31  # more than there will be, less than a store can count
STATUS_LIFE = 24 * 3600  # seconds a list counts, for who cannot fetch a newer one
_NS = 1_000_000_000


def page_parts(
    parts: Parts, pipeline: Pipeline, *, environ: Mapping[str, str], plus: PlusParts | None = None
) -> PageParts:
    """What the page of this source is made of; ``plus``: where requesters and apps come in too.

    Raises: ``ConfigurationError`` (no login secret, no trust).
    """
    source = parts.settings.source
    checking = Checking(
        trust=load_trust(Path(source.keys.trust)),
        definitions=parts.catalogue.definitions,
        now=lambda: parts.clock.now_ns() // _NS,
    )
    return PageParts(
        name=source.name,
        oin=source.oin,
        iss=parts.iss,
        slug=source.slug,
        environment=source.environment,
        catalogue=parts.catalogue,
        offered={
            ref: one for ref, one in parts.offered.items() if parts.catalogue.definitions[ref].asked_by == "burger"
        },
        door=pipeline,
        files=Files(parts),
        session_store=parts.sessions,
        attempt_store=parts.logins,
        login=configured_relying_party(parts.settings.login, iss=parts.iss, environ=environ, clock=parts.clock),
        status_list=StatusLists(parts),
        healthy=Health(parts),
        clock=parts.clock,
        random=secrets.token_bytes,
        scheme_url=parts.scheme_url,
        type_metadata=parts.type_metadata,
        checking=checking,
        contact=ContactWays(url=source.contact.url, email=source.contact.email, phone=source.contact.phone),
        deliveries=Deliveries(parts, plus, pipeline).post if plus is not None else None,
        closing=plus.closing if plus is not None else (),
    )


class Files:
    """Makes the file that a citizen takes along."""

    def __init__(self, parts: Parts) -> None:
        """``parts``: of the source."""
        self._parts = parts

    async def __call__(self, delivery: Delivery, form: FileForm) -> bytes:
        """The bytes in this form; a document is made in a thread."""
        if form == "sd-jwt":
            return delivery.set.compact()
        if form == "json":
            return delivery.set.json()
        if form == "code":
            return await asyncio.to_thread(qr_png, paper_code(self._parts, delivery))
        return await certified_pdf(self._parts, delivery, language="en" if form == "pdf-en" else "nl")


class StatusLists:
    """Signs the lists of seals; a list is signed anew when it changed or is past its ttl."""

    def __init__(self, parts: Parts) -> None:
        """``parts``: of the source."""
        self._parts = parts
        self._signed: dict[int, tuple[int, int, bytes]] = {}

    async def __call__(self, number: int) -> bytes | None:
        """The list as a signed token, or None where there is none."""
        if number > MOST_LISTS:
            return None
        try:
            stored = await self._parts.seals.load_list(number)
        except SealIndexUnknownError:
            return None
        now = self._parts.clock.now_ns() // _NS
        version, until, token = self._signed.get(number, (0, 0, b""))
        if version != stored.version or now >= until:
            uri = f"{self._parts.iss}/status/zegels/{number}"
            times = StatusListTimes(issued_at=now, expires_at=now + STATUS_LIFE, ttl=STATUS_TTL)
            statuses = StatusList.from_bytes(stored.statuses)
            signer = self._parts.status_signer
            token = await asyncio.to_thread(issue_status_list, statuses, uri=uri, times=times, signer=signer)
            self._signed[number] = (stored.version, now + STATUS_TTL, token)
        return token


class Health:
    """Whether the store answers: without it nothing may be handed out."""

    def __init__(self, parts: Parts) -> None:
        """``parts``: of the source."""
        self._parts = parts

    async def __call__(self) -> bool:
        """True when a look into the log succeeds."""
        try:
            await self._parts.log.of_citizen(bytes(32), limit=1)
        except InfrastructureError:
            return False
        return True
