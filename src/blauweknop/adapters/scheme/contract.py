# SPDX-License-Identifier: EUPL-1.2
"""The register as a service reads it, and what it remembers of it.

**``RegisterReader``.** ``register`` gives a register that was verified and that counts now; it asks for a newer one
when the last answer is a minute old, one request at a time whatever the number of callers, and goes on with the one it
has when the register does not answer: for 24 hours from ``iat``, and after that it raises. ``with_details`` adds
details, fetched by their hash when they are not in the cache. ``statuses`` gives a status list of participants that may
be decided on now (``core/scheme/freshness.py``); ``newest`` gives the newest one as it was signed, for who relays it;
``relay`` takes one in that came by another way, and ``highest`` says what it has to be newer than. Nobody retries
inside; a caller that stops waiting stops nothing for others.

**``RegisterMemory``.** What was accepted is durable before it is used, as a whole: after a crash there is the old one
or the new one. Processes that share a memory never make each other forget: the newest register and the newest list
stay. Details are kept under their hash; one that is lost is fetched again. An unknown name gives None. The
status list is written when its ``volgnr`` grew or the one kept is an hour old, so a restart without the register goes
on with it.

**Trust sentence.** Who changes the memory can make this service forget what it has seen, and so accept an older
signed register of the last 24 hours; it cannot make up one. Who deletes it does the same. It holds nothing secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec

from blauweknop.core.scheme.register import Seen  # noqa: TC001 - msgspec reads it at run time

if TYPE_CHECKING:
    from blauweknop.core.scheme.register import Nothing, VerifiedRegister
    from blauweknop.core.status.stand import VerifiedStand
    from blauweknop.core.status.token import VerifiedStatusList


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """``token``: the register accepted last, at ``accepted_at`` (seconds since 1970); ``serial``: the highest
    ``volgnr`` of a status list seen; ``status_list``: a list of that ``volgnr``, made at ``status_at``, or empty.
    """

    token: str
    accepted_at: int
    seen: Seen
    serial: int = 0
    status_list: str = ""
    status_at: int = 0


@dataclass(frozen=True, slots=True)
class SignedStatuses:
    """A status list of participants that was believed, and the ``token`` that it came as."""

    listed: VerifiedStatusList
    token: bytes


class RegisterMemory(Protocol):
    """See the module. Every method raises ``InfrastructureError`` when the disk refuses."""

    async def load(self) -> Remembered | None:
        """What was remembered last."""
        ...

    async def save(self, remembered: Remembered) -> None:
        """Remembers; durable when it returns."""
        ...

    async def load_detail(self, sha256: str) -> bytes | None:
        """A detail; whether it is what its name says is for the caller to check."""
        ...

    async def save_detail(self, sha256: str, data: bytes) -> None:
        """Keeps a detail."""
        ...


class RegisterReader(Protocol):
    """See the module."""

    async def register(self) -> VerifiedRegister:
        """A register that counts now. Raises: ``RegisterStaleError``, ``RegisterError``, ``CallFailedError``."""
        ...

    async def with_details(self, *oins: str) -> VerifiedRegister:
        """The same with the details of these participants.

        Raises: also ``ParticipantUnknownError``, ``DetailError``.
        """
        ...

    async def statuses(self, stand: VerifiedStand | Nothing) -> VerifiedStatusList:
        """A status list to decide on now, beside ``stand``; a service that signs stands is its own witness.

        Raises: ``StatusNotKnownError``, ``RegisterStaleError``, and as ``register``.
        """
        ...

    async def newest(self) -> SignedStatuses:
        """The newest status list known, past its ttl too, for 24 hours: for who relays it and signs the stand beside.

        Raises: ``StatusNotKnownError`` where none was ever seen, ``RegisterStaleError``, and as ``register``.
        """
        ...

    async def highest(self) -> int:
        """The highest ``volgnr`` of a status list seen by any path; 0 before the first. Asks nobody."""
        ...

    async def relay(self, token: bytes) -> None:
        """Takes in a status list that came by another way; keeps the newer one.

        Raises: ``StatusRolledBackError`` for a lower ``volgnr`` than was seen, and as verifying does.
        """
        ...
