# SPDX-License-Identifier: EUPL-1.2
"""What sources read: the signed lists of their consents, the stand that says which are the newest, and the register's
list of participants relayed beside it (system.md 3.5, 4).

- the stand is made of a snapshot begun after the request arrived: nothing about it is cached;
- the register's list is relayed as it was signed; ``register_gezien`` says which one it is, past its ttl too: a source
  goes on by it while the register is away, and learns of a suspension here when it cannot reach the register itself;
- a list is signed once for each version, whichever process comes first, and again after an hour; the signed bytes are
  kept in the store, so that stand and list agree over all processes.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import Response

from blauweknop.adapters.http.refusals import NotFoundError
from blauweknop.core.status.stand import MEDIA_TYPE, RegisterSeen, Stand, issue_stand
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import MEDIA_TYPE as LIST_TYPE
from blauweknop.core.status.token import StatusListTimes, issue_status_list
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.adapters.store.consents.contract import ListState, SourceLists
    from blauweknop.services.consent.parts import ConsentParts

LIFE: Final = 24 * 3600
RESIGN: Final = 3600
TTL: Final = 300
STAND_LIFE: Final = 60


class StatusEndpoints:
    """See the module."""

    def __init__(self, parts: ConsentParts) -> None:
        """``parts``: of the consent service."""
        self._parts = parts

    async def stand(self, request: Request) -> Response:
        """``GET /status/{oin}/stand``."""
        oin = str(request.path_params["oin"])
        known = await self._signed(oin)
        now = self._parts.now()
        lists = {
            self._address(oin, one.number): b64url_encode(hashlib.sha256(one.token).digest()) for one in known.lists
        }
        stand = Stand(
            iss=self._parts.iss,
            sub=oin,
            iat=now,
            exp=now + STAND_LIFE,
            serial=known.serial,
            lists=lists,
            register_seen=await self._register_seen(),
        )
        token = await asyncio.to_thread(issue_stand, stand, self._parts.keys.status)
        return _public(token, MEDIA_TYPE)

    async def listed(self, request: Request) -> Response:
        """``GET /status/{oin}/lijsten/{number}``."""
        oin, number = str(request.path_params["oin"]), int(request.path_params["number"])
        for one in (await self._signed(oin)).lists:
            if one.number == number:
                return _public(one.token, LIST_TYPE)
        raise NotFoundError

    async def participants(self, _request: Request) -> Response:
        """``GET /status/deelnemers``: the newest list of participants known here, byte for byte the register's."""
        return _public((await self._parts.register.newest()).token, LIST_TYPE)

    async def _signed(self, oin: str) -> SourceLists:
        known = await self._parts.store.lists(oin)
        now = self._parts.now()
        stale = [one for one in known.lists if one.token_version != one.version or now - one.token_at >= RESIGN]
        if not stale:
            return known
        for one in stale:
            token = await asyncio.to_thread(self._sign, oin, one, now)
            signed = msgspec.structs.replace(one, token=token, token_version=one.version, token_at=now)
            await self._parts.store.keep_token(oin, signed)
        # Read again: what another process signed, or changed, meanwhile counts.
        return await self._signed(oin)

    def _sign(self, oin: str, one: ListState, now: int) -> bytes:
        times = StatusListTimes(issued_at=now, expires_at=now + LIFE, ttl=TTL)
        statuses = StatusList.from_bytes(one.statuses)
        return issue_status_list(
            statuses, uri=self._address(oin, one.number), times=times, signer=self._parts.keys.status
        )

    def _address(self, oin: str, number: int) -> str:
        return f"{self._parts.iss}/status/{oin}/lijsten/{number}"

    async def _register_seen(self) -> RegisterSeen | None:
        try:
            listed = await self._parts.participants()
        except BlauweKnopError:
            return None  # a source then goes on by what it has from the register itself, as long as that counts
        return RegisterSeen(serial=listed.serial, issued_at=listed.times.issued_at)


def _public(token: bytes, media_type: str) -> Response:
    headers = {"cache-control": "no-store", "access-control-allow-origin": "*"}
    return Response(token, media_type=media_type, headers=headers)
