# SPDX-License-Identifier: EUPL-1.2
"""A line: one object of ``authorization_details`` (RFC 9396), asked or granted (system.md 3.1).

::

    {"type": "gegevensset", "locations": ["https://belastingdienst.example"], "datatypes": ["inkomen/1"],
     "actions": ["ophalen"], "elementen": ["verzamelinkomen", "belastingjaar"], "periode": {"laatste": "P3Y"},
     "dienst": "hypotheek/1", "geldig_tot": "2027-01-31", "frequentie": "maandelijks", "bewaartermijn": "P90D"}

- ``gegevensset`` is consent, ``eigen_inzage`` own access (no ``frequentie``, ``bewaartermijn`` or cap);
- ``bekwaamheid`` is the capacity question, which the authorization server asks by law (system.md 3.6): no client may;
- exactly one location, one data set, action ``ophalen``; ``elementen`` in the path syntax, without indexes;
- ``geldig_tot`` is inclusive, to 24:00 Europe/Amsterdam; ``bewaartermijn`` a duration from each delivery;
- ``regel`` (an id) is added by the authorization server to each granted line; ``samen`` joins two requests.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from blauweknop.core.dataset.period import latest
from blauweknop.core.dataset.value import Period
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import MalformedError

LineType = Literal["gegevensset", "eigen_inzage", "bekwaamheid"]
Frequency = Literal["eenmalig", "dagelijks", "wekelijks", "maandelijks", "jaarlijks", "per_keer"]
FREQUENCIES: Final[tuple[Frequency, ...]] = (
    # From least to most; ``per_keer`` asks the citizen each time and so is no more than any other.
    *("eenmalig", "per_keer", "jaarlijks", "maandelijks", "wekelijks", "dagelijks"),
)
FETCH: Final = "ophalen"
MAX_LINES: Final = 100
MAX_ELEMENTS: Final = 200


class DataPeriod(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """``{laatste}``: the last whole years or months, from each delivery on (``P3Y``); or ``{van, tot}``, inclusive."""

    laatste: str = ""
    van: str = ""
    tot: str = ""

    def __post_init__(self) -> None:
        if bool(self.laatste) == bool(self.van) or bool(self.van) != bool(self.tot):
            raise ValueError("laatste, or van and tot")

    def on(self, today: str) -> Period:
        """The period on ``today``. Raises: ``MalformedError``."""
        return latest(self.laatste, today=today) if self.laatste else Period(van=self.van, tot=self.tot)


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """See the module. Empty strings and tuples are absent members."""

    type: LineType
    locations: tuple[str, ...]
    datatypes: tuple[str, ...]
    actions: tuple[str, ...]
    elementen: tuple[str, ...]
    periode: DataPeriod | None = None
    dienst: str = ""
    geldig_tot: str = ""
    frequentie: Frequency | Literal[""] = ""
    bewaartermijn: str = ""
    samen: str = ""
    regel: str = ""

    @property
    def source(self) -> str:
        """The one source this line is about."""
        return self.locations[0]

    @property
    def data_set(self) -> str:
        """The one data set this line is about, ``id/version``."""
        return self.datatypes[0]

    def period_on(self, today: str) -> Period | None:
        """The period of data on ``today``; None when the line names none. Raises: ``MalformedError``."""
        return None if self.periode is None else self.periode.on(today)

    def as_json(self) -> dict[str, Any]:
        """The object as it stands in JSON."""
        return dict(msgspec.to_builtins(self))


def parse_lines(value: object) -> tuple[Line, ...]:
    """The lines of an ``authorization_details`` array that was read strictly.

    Raises: ``MalformedError`` naming the line (from 0) and the member, never its value. Spec: RFC 9396 §2, §5.
    """
    if not isinstance(value, list) or not value:
        raise MalformedError("authorization_details is a list of at least one object", clause="RFC 9396 §2")
    if len(value) > MAX_LINES:
        raise MalformedError(f"at most {MAX_LINES} objects in authorization_details")
    lines = tuple(_parse_line(number, item) for number, item in enumerate(value))
    if sum(len(line.elementen) for line in lines) > MAX_ELEMENTS:
        raise MalformedError(f"at most {MAX_ELEMENTS} elements in one request")
    return lines


def encode_lines(lines: tuple[Line, ...]) -> bytes:
    """The array, canonical JSON."""
    return encode([line.as_json() for line in lines])


def _parse_line(number: int, item: object) -> Line:
    try:
        line = msgspec.convert(item, Line)
    except msgspec.ValidationError as error:
        # msgspec names the member and the types; the value never stands in its message.
        raise MalformedError(f"authorization_details[{number}]: {_member(error)}", clause="RFC 9396 §5") from error
    for name, found in (("locations", line.locations), ("datatypes", line.datatypes)):
        if len(found) != 1:
            raise MalformedError(f"authorization_details[{number}]: {name} has exactly one entry")
    if line.actions != (FETCH,):
        raise MalformedError(f'authorization_details[{number}]: actions is ["{FETCH}"]')
    if not line.elementen or len(set(line.elementen)) != len(line.elementen):
        raise MalformedError(f"authorization_details[{number}]: elementen names each element once")
    return line


def _member(error: msgspec.ValidationError) -> str:
    text = str(error)
    place = text.rsplit(" - at `$", 1)
    return f"{place[1].rstrip('`')} is not of the type it must have" if len(place) == 2 else text.split(",", 1)[0]  # noqa: PLR2004
