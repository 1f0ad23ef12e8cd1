# SPDX-License-Identifier: EUPL-1.2
"""The public page behind the mark: is this organisation admitted, for what, since when, and through whom (BK060)?

It shows the newest signed register and says which version that is. It has no session and keeps nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.catalogue.agreements import load_agreements
from blauweknop.core.scheme.vocabulary import TAKING_PART, Role
from blauweknop.texts.amsterdam import amsterdam

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.core.dataset.definition import Text
    from blauweknop.core.scheme.detail import ParticipantDetail
    from blauweknop.core.scheme.document import Index
    from blauweknop.endpoints.pages.site import Pages
    from blauweknop.services.register.api import RegisterApi
    from blauweknop.services.register.parts import RegisterParts

NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class AskedService:
    """A service that a participant may ask data for. ``by``: names of who handles the data for it."""

    title: Text
    purpose: Text
    since: str
    by: tuple[str, ...]


class PublicPage:
    """See the module."""

    def __init__(self, parts: RegisterParts, pages: Pages, api: RegisterApi) -> None:
        """``api``: reads the signed register."""
        self._parts = parts
        self._pages = pages
        self._api = api

    async def start(self, request: Request) -> Response:
        """``/``: everyone in the register."""
        index = await self._api.index()
        order = sorted(index.participants, key=lambda one: one.name.casefold())
        return self._pages.page(request, "register.html", participants=order, taking_part=TAKING_PART, index=index)

    async def agreements(self, request: Request) -> Response:
        """``/afspraken``: the agreements behind the mark, numbered (BK018)."""
        rulebook = load_agreements()
        return self._pages.page(request, "afspraken.html", rulebook=rulebook)

    async def participant(self, request: Request) -> Response:
        """``/deelnemers/{oin}``."""
        index = await self._api.index()
        oin = request.path_params["oin"]
        found = next((one for one in index.participants if one.oin == oin), None)
        if found is None:
            return self._pages.page(request, "onbekend.html", status=NOT_FOUND, index=index)
        detail = await self._api.detail_of(found)
        return self._pages.page(
            request,
            "deelnemer.html",
            participant=found,
            taking_part=found.stage in TAKING_PART,
            since=_day(found.since),
            signed=_day(index.iat),
            index=index,
            services=self._services(index, detail),
            data_sets=self._data_sets(detail),
            supplier=Role.SUPPLIER in found.roles,
        )

    def _services(self, index: Index, detail: ParticipantDetail) -> list[AskedService]:
        names = {one.oin: one.name for one in index.participants}
        profiles = self._parts.catalogue.profiles
        return [
            AskedService(
                title=profiles[one.service].title,
                purpose=profiles[one.service].purpose,
                since=_day(one.since),
                by=tuple(names.get(oin, oin) for oin in one.by),
            )
            for one in detail.admissions
            if one.service in profiles
        ]

    def _data_sets(self, detail: ParticipantDetail) -> list[Text]:
        definitions = self._parts.catalogue.definitions
        return [definitions[ref].title for ref in detail.data_sets if ref in definitions]


def _day(moment: int) -> str:
    return amsterdam(moment).date().isoformat()
