# SPDX-License-Identifier: EUPL-1.2
"""All that ``decide`` looks at: facts that other rooms have verified, gathered at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from blauweknop.core.consent.line import Line  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.catalogue import Catalogue  # noqa: TC001
from blauweknop.core.delivery.model import Grant  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Mapping

Assurance = Literal["laag", "substantieel", "hoog"]
ASSURANCE_ORDER: Final = ("laag", "substantieel", "hoog")
Standing = Literal["doet-mee", "geschorst", "beeindigd", "onbekend"]
ConsentStatus = Literal["geldig", "geeindigd", "opgeschort", "onbekend"]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who logged in, here or at the consent service. ``subject``: BSN or account (personal: never log it).

    Times in seconds since 1970, UTC: of the session here, or of the token.
    """

    subject: str
    assurance: Assurance
    authenticated_at: int
    expires_at: int

    def __repr__(self) -> str:
        return f"Person(assurance={self.assurance!r})"


class OfferedSet(msgspec.Struct, frozen=True, kw_only=True):
    """A data set as this source has it: turned on or not, and the elements its back-ends can give."""

    on: bool
    elements: frozenset[str]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """The client that sent the request, by its verified proof and the register.

    ``proof_key``: thumbprint of the DPoP key; ``keys``: of the ``dpop`` keys in its entry that count now (empty for an
    app, whose key is bound by the token alone).
    """

    client: str
    proof_key: str
    keys: frozenset[str]
    standing: Standing
    roles: frozenset[str]
    admitted: frozenset[str]


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """The verified access token and the status of the consent behind it, at the moment of this decision.

    ``source_standing``: of this source itself; ``day``: the date in Amsterdam now; ``quota_used``: whether this
    calendar period, or an app's share of this hour, was used up, as the log's transaction sees it; ``ended``: services
    and data sets that ended.
    """

    audience: str
    client: str
    key: str
    line: Line
    status: ConsentStatus
    source_standing: Standing
    day: str
    quota_used: bool = False
    ended: frozenset[str] = frozenset()


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """``now``: seconds since 1970, UTC; ``source``: iss of this source; the last two: none at the session door."""

    grant: Grant
    person: Person
    now: int
    today: str
    source: str
    environment: str
    offered: Mapping[str, OfferedSet]
    catalogue: Catalogue
    caller: Caller | None = None
    authority: Authority | None = None
