# SPDX-License-Identifier: EUPL-1.2
"""What a requester believes of a set that a source delivered (system.md 3.4, 4; BK021).

A set is readable only once ``verify_received`` returned it: after the seal itself (``UnverifiedSet.verify``, with the
environment and no holder's proof), every row of ``CHECKS`` in this order:

1. its seal is one the register knows: a path to an anchor alone is not enough here;
2. the source, the data set and the delivery are those of the line and of the answer;
3. the requester is the recipient, and the service is the one granted;
4. it holds no place on a status list and no holder's key: both would be equal in two requesters' hands;
5. it may be kept no longer than was granted, counted from the day of delivery;
6. it shows, and names as missing, nothing beyond the elements granted.

Fetching, decrypting and keeping are left to others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from blauweknop.core.consent.cap import add_duration
from blauweknop.core.dataset.missing import Missing
from blauweknop.core.seal.trust import Standing
from blauweknop.errors import OtherPartyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.core.consent.line import Line
    from blauweknop.core.dataset.value import Row, Value
    from blauweknop.core.seal.sealed import UnverifiedSet
    from blauweknop.core.seal.trust import Trust
    from blauweknop.core.seal.verify import VerifiedSet


class ReceivedSetRefusedError(OtherPartyError):
    """A source delivered a set that is not what was granted."""

    code = "ontvangen-geweigerd"
    retry = False

    def __init__(self, rule: str, *, clause: str = "system.md 4") -> None:
        """``rule``: the member or rule that does not fit; never a value."""
        self.rule = rule
        super().__init__(rule, clause=clause)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What was asked. ``line``: as granted; ``recipient``: the requester's own OIN; ``delivery``: the id in the answer;
    ``day``: the date of delivery in Amsterdam (``JJJJ-MM-DD``); ``period_element``: of the data set's definition, by
    which a source names the years it has nothing of.
    """

    line: Line
    recipient: str
    delivery: str
    day: str
    period_element: str = ""


def verify_received(unverified: UnverifiedSet, trust: Trust, expected: Expected, *, at: int) -> VerifiedSet:
    """The set, once it is sealed and is what was granted. ``at``: seconds since 1970.

    Raises: ``DocumentError`` for the seal, ``ReceivedSetRefusedError`` naming the first row of ``CHECKS`` broken.
    """
    verified = unverified.verify(trust, at=at)
    for check in CHECKS:
        check(verified, expected)
    return verified


def check_standing(received: VerifiedSet, _: Expected) -> None:
    """The register knows the seal."""
    _require(received.standing is Standing.IN_STELSEL, "waarmerk")


def check_source(received: VerifiedSet, expected: Expected) -> None:
    """It comes from the one source of the line."""
    _require(received.iss == expected.line.source, "iss")


def check_data_set(received: VerifiedSet, expected: Expected) -> None:
    """It is the data set of the line, in its version."""
    _require(received.data_set == expected.line.data_set, "vct")


def check_delivery(received: VerifiedSet, expected: Expected) -> None:
    """It is the delivery that the answer names."""
    _require(bool(received.delivery) and received.delivery == expected.delivery, "levering")


def check_recipient(received: VerifiedSet, expected: Expected) -> None:
    """It is for this requester."""
    _require(received.visible.get("ontvanger") == expected.recipient, "ontvanger")


def check_service(received: VerifiedSet, expected: Expected) -> None:
    """It is for the service that was granted."""
    _require(received.visible.get("dienst") == expected.line.dienst, "dienst")


def check_unlinkable(received: VerifiedSet, _: Expected) -> None:
    """It bears nothing that could be compared between requesters."""
    _require(received.status is None, "status")
    _require(received.holder_jwk is None, "cnf")


def check_retention(received: VerifiedSet, expected: Expected) -> None:
    """``bewaren_tot`` is a date, and no later than granted; an earlier one counts."""
    said = received.visible.get("bewaren_tot", "")
    try:
        spelt = date.fromisoformat(said).isoformat() == said
    except ValueError:
        spelt = False
    _require(spelt and said <= add_duration(expected.day, expected.line.bewaartermijn), "bewaren_tot")


def check_granted(received: VerifiedSet, expected: Expected) -> None:
    """Nothing is shown or named as missing beyond the elements granted."""
    granted = expected.line.elementen
    for row in received.rows:
        _require(not _beyond(row, "", granted), "elementen")
    for one in received.missing:
        path = _without_indexes(one.element)
        if path == expected.period_element and one.periode and one.reden is Missing.NO_VALUE:
            continue  # says which years of the granted period are empty, and nothing else
        # Of a group of which only parts were granted, all of it may be missing.
        _require(_within(path, granted) or _above(path, granted), "ontbreekt")


CHECKS: Final[tuple[Callable[[VerifiedSet, Expected], None], ...]] = (
    check_standing,  # 1.
    check_source,  # 2.
    check_data_set,
    check_delivery,
    check_recipient,  # 3.
    check_service,
    check_unlinkable,  # 4.
    check_retention,  # 5.
    check_granted,  # 6.
)


def _beyond(row: Row, above: str, granted: tuple[str, ...]) -> bool:
    """Whether ``row`` shows something that was not granted; ``above``: the path it stands under, with its dot."""
    return any(_shows_more(value, f"{above}{name}", granted) for name, value in row.items())


def _shows_more(value: Value, path: str, granted: tuple[str, ...]) -> bool:
    if _within(path, granted):
        return False
    inner = (value.waarde,) if isinstance(value.waarde, dict) else value.waarde
    if not _above(path, granted) or not isinstance(inner, tuple | None):
        return True
    return any(_beyond(part, f"{path}.", granted) for part in inner or ())


def _within(path: str, granted: tuple[str, ...]) -> bool:
    """Whether ``path`` was granted, or something it is a part of."""
    return any(path == each or path.startswith(f"{each}.") for each in granted)


def _above(path: str, granted: tuple[str, ...]) -> bool:
    """Whether ``path`` is a group of which a part was granted."""
    return any(each.startswith(f"{path}.") for each in granted)


def _without_indexes(path: str) -> str:
    return ".".join(step.partition("[")[0] for step in path.split("."))


def _require(fits: bool, rule: str) -> None:  # noqa: FBT001 - the condition itself
    if not fits:
        raise ReceivedSetRefusedError(rule)
