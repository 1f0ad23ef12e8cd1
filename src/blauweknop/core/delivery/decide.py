# SPDX-License-Identifier: EUPL-1.2
"""``decide``: may this delivery start? One table of small checks in a fixed order (system.md 3.3).

Unknown is refused. The table below is the whole of it; each row names the rule it holds. A row that a door skips
stands in ``SKIPPED`` with the reason, and is reported in the ``Permission``. ``decide`` is pure: it runs before
anything is fetched, and again inside the transaction that writes the log record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from blauweknop.core.dataset.catalogue import Catalogue, element_at
from blauweknop.core.delivery.model import Grant, Permission, Reason, Refusal
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Assurance = Literal["laag", "substantieel", "hoog"]
ASSURANCE_ORDER: Final = ("laag", "substantieel", "hoog")


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who logged in. ``subject``: BSN or account (personal: never log it); times in seconds since 1970, UTC."""

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


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """All that ``decide`` looks at. ``now``: seconds since 1970, UTC."""

    grant: Grant
    person: Person
    now: int
    source: str  # iss of this source
    environment: str
    offered: Mapping[str, OfferedSet]
    catalogue: Catalogue


class Check(NamedTuple):
    """One row: its name, the rule it holds, and the function that returns a refusal or None."""

    name: str
    rule: str
    run: Callable[[Situation], Refusal | None]


def _check_session(s: Situation) -> Refusal | None:
    alive = s.person.authenticated_at - _CLOCK_SKEW <= s.now < s.person.expires_at
    return None if alive else Refusal(reason=Reason.SESSION_ENDED)


def _check_kind(s: Situation) -> Refusal | None:
    return None if s.grant.kind == "eigen_inzage" else Refusal(reason=Reason.KIND_NOT_HERE)


def _check_source(s: Situation) -> Refusal | None:
    return None if s.grant.source == s.source else Refusal(reason=Reason.OTHER_SOURCE)


def _check_environment(s: Situation) -> Refusal | None:
    return None if s.grant.environment == s.environment else Refusal(reason=Reason.OTHER_ENVIRONMENT)


def _check_data_set(s: Situation) -> Refusal | None:
    offered = s.offered.get(s.grant.data_set)
    if offered is None or s.grant.data_set not in s.catalogue.definitions:
        return Refusal(reason=Reason.DATA_SET_UNKNOWN)
    return None if offered.on else Refusal(reason=Reason.DATA_SET_OFF)


def _check_assurance(s: Situation) -> Refusal | None:
    needed = s.catalogue.definitions[s.grant.data_set].assurance
    enough = ASSURANCE_ORDER.index(s.person.assurance) >= ASSURANCE_ORDER.index(needed)
    return None if enough else Refusal(reason=Reason.ASSURANCE_TOO_LOW)


def _check_service(s: Situation) -> Refusal | None:
    if not s.grant.service:
        return None
    profile = s.catalogue.profiles.get(s.grant.service)
    known = profile is not None and profile.part_of(s.grant.data_set) is not None
    return None if known else Refusal(reason=Reason.SERVICE_UNKNOWN)


def _check_elements(s: Situation) -> Refusal | None:
    definition, offered = s.catalogue.definitions[s.grant.data_set], s.offered[s.grant.data_set].elements
    if not s.grant.elements:
        return Refusal(reason=Reason.NOTHING_ASKED)
    for path in s.grant.elements:
        try:
            known = element_at(definition, path) is not None and path.split(".", 1)[0] in offered
        except MalformedError:
            known = False
        if not known:
            return Refusal(reason=Reason.ELEMENT_UNKNOWN, element=path if path.isascii() else "")
    return None


def _check_period(s: Situation) -> Refusal | None:
    period = s.grant.period
    clear = period is None or (
        bool(s.catalogue.definitions[s.grant.data_set].period_element) and period.van <= period.tot
    )
    return None if clear else Refusal(reason=Reason.PERIOD_UNCLEAR)


CHECKS: Final[tuple[Check, ...]] = (
    Check("session", "system.md 3: the session door has its own login", _check_session),
    Check("environment", "system.md 4: environments never meet", _check_environment),
    Check("source", "system.md 3: one exact source string", _check_source),
    Check("kind", "system.md 3: the session door is own access only", _check_kind),
    Check("data-set", "BK010: data sets are turned on one by one", _check_data_set),
    Check("assurance", "BK067: login at the level the data set demands", _check_assurance),
    Check("service", "system.md 3.1: a profile that exists", _check_service),
    Check("elements", "BK020: only elements that exist here", _check_elements),
    Check("period", "system.md 3.1: a period that can be read", _check_period),
)

# What every other door checks and this one does not, each with the reason (system.md 3).
SKIPPED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "basis": (
        ("token", "the citizen's own session at this source stands in its place"),
        ("caller", "there is no other caller than this source's own page"),
        ("participant", "Basis runs without a register (BK002)"),
        ("consent-status", "own access is not consent (BK029)"),
    )
}

_CLOCK_SKEW = 10  # seconds


def decide(situation: Situation) -> Permission | Refusal:
    """The first refusal of the table, or a permission that names what this door skipped."""
    for check in CHECKS:
        refusal = check.run(situation)
        if refusal is not None:
            return refusal
    return Permission(skipped=SKIPPED[situation.grant.door])
