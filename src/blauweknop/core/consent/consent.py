# SPDX-License-Identifier: EUPL-1.2
"""A consent and its states (system.md 3.5): which change is allowed, by whom, and why. One table, ``TRANSITIONS``.

- active ⇄ paused; from both to withdrawn (by the citizen), ended (time, the requester, a mandate) or revoked (the
  scheme): these three are for ever;
- a pause never extends the end: ``until`` is set when the consent is given, and no change touches it;
- a change asks for ``by`` (who) and ``reason`` of the closed list that the row names; anything else is refused;
- own access that an app was given (``eigen_inzage``) has the same states, and is no consent (BK029).
"""

from __future__ import annotations

import enum
from typing import Final

import msgspec

from blauweknop.core.consent.line import Line, LineType  # noqa: TC001 - msgspec reads them at run time
from blauweknop.errors import DocumentError


class State(enum.StrEnum):
    """How a consent stands; the values are those of the API."""

    ACTIVE = "actief"
    PAUSED = "gepauzeerd"
    WITHDRAWN = "ingetrokken"
    ENDED = "beeindigd"
    REVOKED = "herroepen"


class Party(enum.StrEnum):
    """Who makes a change."""

    CITIZEN = "burger"
    REQUESTER = "vrager"
    CONSENT_SERVICE = "toestemmingsdienst"
    SCHEME = "stelsel"


class ChangeReason(enum.StrEnum):
    """Why a consent changed; the closed list (docs/redenen.md)."""

    PAUSE = "pauze"
    RESUME = "hervat"
    STOP = "ingetrokken"
    EXPIRED = "verlopen"
    GIVEN_UP = "opgezegd-door-vrager"
    MANDATE_ENDED = "machtiging-beeindigd"
    SUSPENDED = "deelnemer-geschorst"
    PARTICIPANT_ENDED = "deelnemer-beeindigd"
    SERVICE_ENDED = "dienst-beeindigd"


class TransitionRefusedError(DocumentError):
    """This consent cannot change so, not by this party or not for this reason."""

    code = "toestemming-overgang"


FINAL: Final = frozenset({State.WITHDRAWN, State.ENDED, State.REVOKED})
_ALIVE: Final = (State.ACTIVE, State.PAUSED)
# (from, to) → which reasons, and who may give each.
TRANSITIONS: Final[dict[tuple[State, State], dict[ChangeReason, Party]]] = {
    (State.ACTIVE, State.PAUSED): {ChangeReason.PAUSE: Party.CITIZEN},
    (State.PAUSED, State.ACTIVE): {ChangeReason.RESUME: Party.CITIZEN},
    **{(state, State.WITHDRAWN): {ChangeReason.STOP: Party.CITIZEN} for state in _ALIVE},
    **{
        (state, State.ENDED): {
            ChangeReason.EXPIRED: Party.CONSENT_SERVICE,
            ChangeReason.MANDATE_ENDED: Party.CONSENT_SERVICE,
            ChangeReason.GIVEN_UP: Party.REQUESTER,
        }
        for state in _ALIVE
    },
    **{
        (state, State.REVOKED): {
            ChangeReason.SUSPENDED: Party.SCHEME,
            ChangeReason.PARTICIPANT_ENDED: Party.SCHEME,
            ChangeReason.SERVICE_ENDED: Party.SCHEME,
        }
        for state in _ALIVE
    },
}
# What a source learns of a state: two bits (Token Status List §7.1).
VALID_BIT: Final = 0
ENDED_BIT: Final = 1
SUSPENDED_BIT: Final = 2


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change that is asked: to which state, by whom, why, when (seconds since 1970, UTC)."""

    to: State
    by: Party
    reason: ChangeReason
    at: int


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One consent, or one own access. ``citizen``: id in this service (16 bytes, hex), never the BSN.

    ``until``: the first second at which it no longer counts; ``acr``: level of the login it was given at;
    ``version`` grows with each change; times are seconds since 1970, UTC.
    """

    id: str
    kind: LineType
    citizen: str
    client: str
    client_oin: str
    lines: tuple[Line, ...]
    acr: str
    given_at: int
    until: int
    state: State = State.ACTIVE
    since: int
    reason: ChangeReason | None = None
    by: Party | None = None
    version: int = 1

    @property
    def service(self) -> str:
        """The service it is for, ``id/version``; empty for own access without one."""
        return self.lines[0].dienst

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources it is about (``iss``), each once, in order."""
        return tuple(dict.fromkeys(line.source for line in self.lines))

    @property
    def last_day(self) -> str:
        """The last day it counts, ``JJJJ-MM-DD``, of its longest line."""
        return max(line.geldig_tot for line in self.lines)


def check_change(consent: Consent, change: Change) -> None:
    """Raises ``TransitionRefusedError`` unless ``TRANSITIONS`` has this change, by this party, for this reason."""
    allowed = TRANSITIONS.get((consent.state, change.to))
    if allowed is None:
        raise TransitionRefusedError(f"{consent.state} does not become {change.to}", clause="system.md 3.5")
    if allowed.get(change.reason) is not change.by:
        raise TransitionRefusedError(f"not by {change.by} for {change.reason}", clause="system.md 3.5")
    if change.to is State.ACTIVE and change.at >= consent.until:
        raise TransitionRefusedError("it has ended: a pause never extends the end", clause="system.md 3.5")


def apply_change(consent: Consent, change: Change) -> Consent:
    """``consent`` after ``change``; its end is as it was. Raises: ``TransitionRefusedError``."""
    check_change(consent, change)
    return msgspec.structs.replace(
        consent,
        state=change.to,
        since=change.at,
        reason=change.reason,
        by=change.by,
        version=consent.version + 1,
    )


def state_at(consent: Consent, at: int) -> tuple[State, ChangeReason | None]:
    """How it stands at ``at``, and why: one whose time has run out has ended, also before anybody wrote that down."""
    if consent.state not in FINAL and at >= consent.until:
        return State.ENDED, ChangeReason.EXPIRED
    return consent.state, consent.reason


def status_bit(state: State) -> int:
    """The two bits that a source sees of ``state``."""
    if state is State.ACTIVE:
        return VALID_BIT
    return SUSPENDED_BIT if state is State.PAUSED else ENDED_BIT
