# SPDX-License-Identifier: EUPL-1.2
"""From an HTTP request to what the tables look at: parameters, client, assertion, proof.

What cannot be read is refused here. ``client_secret`` and ``Authorization`` are seen, so that they can be refused
(RFC 6749 §2.3: one method a request).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blauweknop.core.oauth.caller import Caller, Endpoint, named_client, read_assertion
from blauweknop.core.oauth.dpop import parse_proof
from blauweknop.core.oauth.errors import InvalidClientError, InvalidRequestError
from blauweknop.core.oauth.parameters import MEDIA_TYPE, parse_parameters
from blauweknop.core.oauth.pipelines import CALLER, SKIPPED
from blauweknop.core.oauth.rows import run_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from blauweknop.core.oauth.client import Client
    from blauweknop.endpoints.authorization.parts import AuthorizationParts


async def read_parameters(request: Request) -> Mapping[str, str]:
    """The parameters in the body. Raises: ``InvalidRequestError``."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != MEDIA_TYPE or request.url.query:
        raise InvalidRequestError(f"parameters are sent as {MEDIA_TYPE}, none in the address", clause="RFC 6749 §3.2")
    return parse_parameters(await request.body())


async def checked_caller(
    parts: AuthorizationParts, request: Request, parameters: Mapping[str, str], endpoint: Endpoint
) -> Caller:
    """Who calls, once every row of ``CALLER`` has passed. Raises: ``OAuthError``."""
    assertion = read_assertion(parameters)
    client = await find_client(parts, named_client(parameters, assertion))
    skipped = SKIPPED[endpoint, client.profile]
    proofs = [] if "dpop" in skipped else request.headers.getlist("dpop")
    now = parts.now()
    caller = Caller(
        client=client,
        endpoint=endpoint,
        url=f"{parts.issuer}/{endpoint}",
        issuer=parts.issuer,
        nonces=parts.nonces,
        at=now,
        first_use=partial(parts.grants.first_use, now=now),
        assertion=assertion,
        proof=parse_proof(proofs) if proofs else None,
        other_method="client_secret" in parameters or "authorization" in request.headers,
    )
    await run_rows(CALLER, caller, skipped=skipped)
    return caller


async def find_client(parts: AuthorizationParts, client_id: str) -> Client:
    """The client. Raises: ``InvalidClientError`` for one that is not known here."""
    client = await parts.clients.find(client_id)
    if client is None or (parts.own_access_only and client.profile != "app"):
        raise InvalidClientError("not known here", clause="RFC 6749 §5.2")
    return client
