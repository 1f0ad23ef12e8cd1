# SPDX-License-Identifier: EUPL-1.2
"""What an HTTP request can be refused for before anything is done with it, and the status each error is answered with.

Statuses: RFC 9110 §15, RFC 6585 §5 (431). An error without a status of its own gets one by who must act.
"""

from __future__ import annotations

from typing import ClassVar, Final

from blauweknop.errors import Actor, BlauweKnopError

BAD_REQUEST: Final = 400
SERVER_ERROR: Final = 500
_BY_ACTOR: Final = {Actor.DOCUMENT: BAD_REQUEST, Actor.OTHER_PARTY: 502, Actor.INFRASTRUCTURE: 503, Actor.CALLER: 500}


class RefusedRequestError(BlauweKnopError):
    """This request is not one that this service answers."""

    code = "verzoek-ongeldig"
    actor = Actor.OTHER_PARTY
    status: ClassVar[int] = BAD_REQUEST


class NotFoundError(RefusedRequestError):
    """There is nothing at this address."""

    code = "niet-gevonden"
    status = 404


class MethodNotAllowedError(RefusedRequestError):
    """This address does not take this HTTP method."""

    code = "methode-niet-toegestaan"
    status = 405


class RequestTooSlowError(RefusedRequestError):
    """The request did not arrive whole in time."""

    code = "verzoek-te-traag"
    status = 408


class RequestTooLargeError(RefusedRequestError):
    """The body of the request is larger than this address takes."""

    code = "verzoek-te-groot"
    status = 413


class TargetTooLongError(RefusedRequestError):
    """The address of the request is too long."""

    code = "adres-te-lang"
    status = 414


class MisdirectedError(RefusedRequestError):
    """The request is meant for another host."""

    code = "ander-adres"
    status = 421


class HeadersTooLargeError(RefusedRequestError):
    """The header fields of the request are too large."""

    code = "kop-te-groot"
    status = 431


def status_of(error: BlauweKnopError) -> int:
    """The HTTP status to answer ``error`` with."""
    status = getattr(error, "status", None)
    return status if isinstance(status, int) else _BY_ACTOR[error.actor]
