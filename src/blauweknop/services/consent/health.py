# SPDX-License-Identifier: EUPL-1.2
"""``/gezond``: whether the store answers. Without it nothing can be asked, decided or stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.http.health import health_answer
from blauweknop.errors import InfrastructureError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.services.consent.parts import ConsentParts


class Health:
    """See the module."""

    def __init__(self, parts: ConsentParts) -> None:
        """``parts``: of the consent service."""
        self._parts = parts

    async def answer(self, _request: Request) -> Response:
        """``GET /gezond``."""
        try:
            await self._parts.store.load("")  # no consent is called that: it looks, and finds nothing
        except InfrastructureError:
            return health_answer(well=False)
        return health_answer(well=True)
