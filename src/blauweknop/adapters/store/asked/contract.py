# SPDX-License-Identifier: EUPL-1.2
"""What a requester remembers: requests by ``state``, consents by ``grant_id``, deliveries by their id.

- ``save`` and ``take`` are durable when they return; ``save`` replaces what had this name and kind;
- ``take`` gives a content to one caller only, whatever the number of callers: a ``state`` counts once;
- an unknown name, another kind, or a content made with another secret gives None;
- ``bring_forward`` makes what belongs to ``of`` due no later than ``due``; what is due earlier stays so;
- ``delete_deliveries`` removes the deliveries that belong to ``of``;
- ``delete_due`` removes what was due before ``today``: ``due`` (``JJJJ-MM-DD``) is the last day it may be kept.

**Trust sentence.** Who steals the store sees how many there are and when they are due; without the secret no person,
no value, no token. Who changes it can make things forgotten; a content moved to another name does not open.
"""

from __future__ import annotations

from typing import Literal, Protocol

Kind = Literal["aanvraag", "toestemming", "levering"]


class AskedStore(Protocol):
    """See the module."""

    async def save(self, kind: Kind, name: str, content: bytes, *, due: str, of: str = "") -> None:
        """Keeps ``content`` under ``name`` until the end of ``due``; ``of``: the consent that it belongs to."""

    async def load(self, kind: Kind, name: str) -> bytes | None:
        """The content of ``name``, or None."""

    async def take(self, kind: Kind, name: str) -> bytes | None:
        """The content of ``name``, which is then gone; or None."""

    async def bring_forward(self, of: str, *, due: str) -> None:
        """Makes all that belongs to ``of`` due at the end of ``due``, if not earlier."""

    async def delete_deliveries(self, of: str) -> None:
        """Removes the deliveries that belong to ``of``."""

    async def delete_due(self, today: str) -> int:
        """Removes what was due before ``today``; how many."""
