# SPDX-License-Identifier: EUPL-1.2
"""``Clients`` and what may be asked, from the register as it stands at each request.

A suspension or a key's mark acts with the next status list that the reader sees; when the reader may decide on none,
clients are answered with 503 and nothing is given (fail closed). What was made of one list is kept until the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.core.oauth.registered import (
    client_role,
    registered_client,
    registration_of,
    sources_taking_part,
)
from blauweknop.core.scheme.errors import ParticipantUnknownError
from blauweknop.core.scheme.vocabulary import TAKING_PART, Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.oauth.client import Client
    from blauweknop.core.oauth.rar import Registration
    from blauweknop.core.status.token import VerifiedStatusList


class RegisterClients:
    """``Clients`` over a ``RegisterReader``; ``registration`` for ``AuthorizationParts``."""

    def __init__(
        self,
        reader: RegisterReader,
        catalogue: Callable[[], Catalogue],
        *,
        now: Callable[[], int],
        statuses: Callable[[], Awaitable[VerifiedStatusList]],
    ) -> None:
        """``catalogue``: as published; ``now``: seconds since 1970; ``statuses``: the list to decide on."""
        self._reader = reader
        self._catalogue = catalogue
        self._now = now
        self._statuses = statuses
        self._made: tuple[tuple[int, int, frozenset[str]], Registration] | None = None

    async def find(self, client_id: str) -> Client | None:
        """See ``Clients.find``."""
        register = await self._reader.register()
        try:
            participant = register.by_iss(client_id)
        except ParticipantUnknownError:
            return None
        if client_role(participant) is None:
            return None
        listed = await self._statuses()
        register = await self._reader.with_details(participant.oin)
        return registered_client(register, register.participant(participant.oin), listed=listed, at=self._now())

    async def origins(self) -> frozenset[str]:
        """See ``Clients.origins``. Only where a browser may call from: who calls is looked at for itself."""
        register = await self._reader.register()
        apps = [one.oin for one in register.index.participants if Role.APP in one.roles and one.stage in TAKING_PART]
        register = await self._reader.with_details(*apps)
        return frozenset(origin for oin in apps for origin in register.detail(oin).app_origins)

    async def registration(self) -> Registration:
        """What may be asked now. Raises: ``RegisterStaleError``, ``StatusNotKnownError``."""
        listed = await self._statuses()
        register = await self._reader.register()
        at = self._now()
        version = (register.version, listed.serial, register.ended(at=at))
        if self._made is None or self._made[0] != version:
            register = await self._reader.with_details(*(one.oin for one in sources_taking_part(register, listed)))
            self._made = (version, registration_of(register, listed, self._catalogue(), at=at))
        return self._made[1]
