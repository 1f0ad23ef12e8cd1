# SPDX-License-Identifier: EUPL-1.2
"""What the endpoints of an authorization server ask of the service that mounts them.

- ``Clients``: the register, as far as clients go. It answers from what it has; a client it does not know is None, one
  that may do nothing now has a ``refusal``. Keys that do not count now are not given. An AS inside a source, which
  knows own access only, gives apps alone.
- ``Decider``: everything between the pushed request and the citizen's yes or no. It is given a request that was
  checked and used up, and keeps it; when the citizen has decided, it gives the browser an address from
  ``CodeAnswers``, once.
- ``TokenMint``: the grants as they stand, and the citizen's names. ``mint`` is asked after every check, for each token;
  it may keep the last mint of a grant and source. ``given_up`` is durable when it returns.

Trust: who controls the ``Decider`` or ``TokenMint`` of a service can grant in anybody's name; they are the service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.core.oauth.client import Client
    from blauweknop.core.oauth.model import Identity, PushedRequest, Standing


class Clients(Protocol):
    """Who may ask; see the module."""

    async def find(self, client_id: str) -> Client | None:
        """The client with exactly this ``client_id``."""
        ...

    async def origins(self) -> frozenset[str]:
        """The ``app_origins`` of all apps that take part: where a browser may call from."""
        ...


class Decider(Protocol):
    """Who decides; see the module."""

    async def begin(self, request: Request, pushed: PushedRequest, client: Client) -> Response:
        """The answer to a browser that comes with ``pushed``: a page, or a way to one (303)."""
        ...


class TokenMint(Protocol):
    """What tokens are made of; see the module."""

    async def standing(self, grant_id: str, client_id: str) -> Standing | None:
        """How the grant of this client stands now; None when there is no such grant."""
        ...

    async def mint(self, grant_id: str, source: str) -> Identity:
        """The citizen of the grant as ``source`` may know them. Raises: ``InvalidTargetError`` for no source of it."""
        ...

    async def given_up(self, grant_id: str) -> None:
        """The client has given the grant up ("opgezegd door vrager"); one that ended already is no error."""
        ...
