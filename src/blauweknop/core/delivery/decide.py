# SPDX-License-Identifier: EUPL-1.2
"""``decide``: may this delivery start? One table of small checks in a fixed order (system.md 3.3).

Unknown is refused. The table below is the whole of it; each row names the rule it holds. A row that a door skips
stands in ``SKIPPED`` with the reason, and is reported in the ``Permission``. ``decide`` is pure: it runs before
anything is fetched, and again inside the transaction that writes the log record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from blauweknop.core.delivery import checks as c
from blauweknop.core.delivery.model import Permission, Refusal
from blauweknop.core.delivery.situation import Assurance, OfferedSet, Person, Situation

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.core.delivery.model import Door

__all__ = ["CHECKS", "SKIPPED", "Assurance", "Check", "OfferedSet", "Person", "Situation", "decide"]


class Check(NamedTuple):
    """One row: its name, the rule it holds, and the function that returns a refusal or None."""

    name: str
    rule: str
    run: Callable[[Situation], Refusal | None]


CHECKS: Final[tuple[Check, ...]] = (
    Check("session", "system.md 3: the session door has its own login", c.check_session),
    Check("token", "RFC 9068 §4: audience and expiry", c.check_token),
    Check("environment", "system.md 4: environments never meet", c.check_environment),
    Check("source", "system.md 3: one exact source string", c.check_source),
    Check("kind", "BK029: consent and own access are different things", c.check_kind),
    Check("caller", "RFC 9449 §7.1; system.md 3: a requester's key stands in the register", c.check_caller),
    Check("participant", "BK061: both take part now, and the caller for this service", c.check_participant),
    Check("consent-status", "system.md 3.5: alive, as known this second", c.check_consent_status),
    Check("validity", "BK022: geldig_tot, inclusive", c.check_validity),
    Check("data-set", "BK010: data sets are turned on one by one", c.check_data_set),
    Check("assurance", "BK067: login at the level the data set demands", c.check_assurance),
    Check("service", "system.md 3.1: a profile that exists", c.check_service),
    Check("active", "system.md 3.3: profile and data set version still active", c.check_active),
    Check("elements", "BK020: only elements that exist here", c.check_elements),
    Check("granted", "system.md 3.3: no more than was granted", c.check_granted),
    Check("cap", "BK021: no more than the service may have", c.check_cap_here),
    Check("period", "system.md 3.1: a period that can be read", c.check_period),
    Check("frequency", "system.md 3.3: once a calendar period", c.check_frequency),
    Check("hour", "trust.md: own access is capped per client and hour", c.check_hour),
)

# What a door does not check that others do, each with the reason (system.md 3).
SKIPPED: Final[dict[Door, tuple[tuple[str, str], ...]]] = {
    "basis": (
        ("token", "the citizen's own session at this source stands in its place"),
        ("caller", "there is no other caller than this source's own page"),
        ("participant", "Basis runs without a register (BK002)"),
        ("consent-status", "own access is not consent (BK029)"),
        ("validity", "the session ends it"),
        ("active", "the source's own list of data sets says what is there"),
        ("granted", "the citizen chose on this page what is granted"),
        ("cap", "own access has no cap: they are the citizen's own data"),
        ("frequency", "a citizen may look as often as they like"),
        ("hour", "each session takes a login here: nobody can make them up"),
    ),
    "plus": (
        ("session", "the token stands in its place: the citizen is not there"),
        ("hour", "a requester's own key and its frequency bound it"),
    ),
    "app": (
        ("session", "the token stands in its place"),
        ("active", "own access hangs on no service"),
        ("cap", "own access has no cap: they are the citizen's own data"),
        ("frequency", "a citizen may look as often as they like"),
    ),
    "bekwaamheid": (
        ("session", "the token stands in its place"),
        ("consent-status", "a law lets the consent service ask; there is no consent (BK029)"),
        ("validity", "the token lives a minute"),
        ("assurance", "nobody logged in to this source: the consent service did the login"),
        ("service", "it is asked for every service alike"),
        ("active", "it hangs on no service"),
        ("cap", "the data set itself is all that may be asked"),
        ("frequency", "it is asked whenever a consent is opened"),
        ("hour", "as often as consents are opened"),
    ),
}


def decide(situation: Situation) -> Permission | Refusal:
    """The first refusal of the table, or a permission that names what this door skipped."""
    skipped = SKIPPED[situation.grant.door]
    names = {name for name, _ in skipped}
    for check in CHECKS:
        if check.name not in names:
            refusal = check.run(situation)
            if refusal is not None:
                return refusal
    return Permission(skipped=skipped)
