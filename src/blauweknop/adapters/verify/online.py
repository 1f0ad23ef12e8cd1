# SPDX-License-Identifier: EUPL-1.2
"""Asks a source for the status of a set it sealed, now (draft-ietf-oauth-status-list-21 §8.3).

- asked only of the organisation itself: the list's address must lie under the set's ``iss``, which its certificate
  vouches for; so a file cannot send us anywhere else;
- ``HttpCaller`` holds the rest: https (http on loopback alone), no redirects, 1 MB, one time-out;
- the list must be by a certificate for status lists of the same organisation, with a path to an anchor;
- whatever goes wrong is *unknown*, never "valid".
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.http.client import HttpCaller
from blauweknop.adapters.verify.report import Status
from blauweknop.core.status.signed_by import resolve_status_key
from blauweknop.core.status.token import MEDIA_TYPE, parse_status_list
from blauweknop.errors import BlauweKnopError, MalformedError

if TYPE_CHECKING:
    from blauweknop.core.seal.content import StatusRef
    from blauweknop.core.seal.trust import Trust
    from blauweknop.core.seal.verify import VerifiedSet

TIME_OUT: Final = 5.0  # seconds, for the whole of one exchange
_STATUSES: Final = {0: Status.VALID, 1: Status.WITHDRAWN, 3: Status.SUPERSEDED}


class StatusAsker:
    """A ``check_status`` for ``verify_bytes`` that asks the source. Not for use inside a running event loop."""

    def __init__(self, trust: Trust, *, at: int, timeout: float = TIME_OUT) -> None:
        """``at``: now, seconds UTC; ``timeout``: seconds per set."""
        self._trust = trust
        self._at = at
        self._timeout = timeout

    def __call__(self, verified: VerifiedSet) -> Status:
        """The status of ``verified``; ``UNKNOWN`` for everything that is not a fresh, right answer."""
        reference = verified.status
        if reference is None:
            return Status.NONE
        if not reference.uri.startswith(f"{verified.iss}/"):
            return Status.UNKNOWN
        try:
            token = asyncio.run(self._fetch(verified.iss, reference.uri.removeprefix(verified.iss)))
            return _STATUSES.get(self._read(token, verified, reference), Status.UNKNOWN)
        except BlauweKnopError:
            return Status.UNKNOWN

    def _read(self, token: bytes, verified: VerifiedSet, reference: StatusRef) -> int:
        status_list = parse_status_list(token)
        key = resolve_status_key(
            _certificates(status_list.jws.unverified_header.get("x5c")),
            iss=verified.iss,
            oin=verified.oin,
            trust=self._trust,
            at=self._at,
        )
        return status_list.verify(key, uri=reference.uri, at=self._at).get(reference.idx)

    async def _fetch(self, iss: str, path: str) -> bytes:
        caller = HttpCaller(iss)
        try:
            answer = await caller.call("GET", path, timeout=self._timeout, headers={"accept": MEDIA_TYPE})
        finally:
            await caller.close()
        if answer.media_type != MEDIA_TYPE:
            raise MalformedError("not a status list")
        return answer.body


def _certificates(x5c: object) -> tuple[bytes, ...]:
    if not isinstance(x5c, list) or not all(isinstance(text, str) for text in x5c):
        raise MalformedError("x5c is not a list of certificates", clause="RFC 7515 §4.1.6")
    try:
        return tuple(base64.b64decode(text, validate=True) for text in x5c)
    except (binascii.Error, ValueError) as error:
        raise MalformedError("x5c is not base64", clause="RFC 7515 §4.1.6") from error
