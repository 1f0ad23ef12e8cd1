# SPDX-License-Identifier: EUPL-1.2
"""What programs read of a source without logging in: its description, its status lists, its health.

Public documents: any origin may read them (system.md 6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from blauweknop.adapters.http.health import health_answer
from blauweknop.adapters.http.refusals import NotFoundError
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.services.source.page_parts import PageParts

_ANYBODY: Final = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


class PublicData:
    """See the module."""

    def __init__(self, parts: PageParts) -> None:
        """``parts``: of the source."""
        self._parts = parts

    async def description(self, _request: Request) -> Response:
        """``/.well-known/blauwe-knop``: who this source is and what it offers."""
        parts = self._parts
        body = {
            "naam": {"nl": parts.name.nl, "en": parts.name.en},
            "oin": parts.oin,
            "iss": parts.iss,
            "omgeving": parts.environment,
            "gegevenssets": [
                {
                    "id": ref,
                    "vct": parts.catalogue.definitions[ref].vct(parts.scheme_url),
                    "typebeschrijving": f"{parts.iss}/v1/gegevenssets/{ref}",
                    "stand": "aan" if offered.on else "uit",
                    "titel": {
                        "nl": parts.catalogue.definitions[ref].title.nl,
                        "en": parts.catalogue.definitions[ref].title.en,
                    },
                    "elementen": sorted(offered.elements),
                }
                for ref, offered in parts.offered.items()
            ],
            "deuren": ["basis", "plus", "app"] if parts.deliveries is not None else ["basis"],
        }
        return Response(
            encode(body),
            media_type="application/json",
            headers={**_ANYBODY, "cache-control": "public, max-age=300"},
        )

    async def type_metadata(self, request: Request) -> Response:
        """``/v1/gegevenssets/{id}/{versie}``: the SD-JWT VC type metadata that ``vct#integrity`` in our sets is of."""
        ref = f"{request.path_params['id']}/{request.path_params['version']}"
        document = self._parts.type_metadata.get(ref)
        if document is None:
            raise NotFoundError
        headers = {**_ANYBODY, "cache-control": "public, max-age=3600"}
        return Response(document, media_type="application/json", headers=headers)

    async def status_list(self, request: Request) -> Response:
        """``/status/zegels/{lijst}``: which sealed sets were withdrawn or superseded.

        Spec: Token Status List §8.1.
        """
        token = await self._parts.status_list(request.path_params["number"])
        if token is None:
            raise NotFoundError
        return Response(
            token,
            media_type="application/statuslist+jwt",
            headers={**_ANYBODY, "cache-control": "public, max-age=60"},
        )

    async def health(self, _request: Request) -> Response:
        """``/gezond``: whether this source can write its log, and so can deliver."""
        return health_answer(well=await self._parts.healthy())
