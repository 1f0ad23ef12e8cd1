# SPDX-License-Identifier: EUPL-1.2
"""From how a back-end writes a value to how a set has it (``core/dataset/value.py``). One function a spelling.

- ``None``, the empty string and (for dates) ``0`` mean that there is no value;
- amounts become integer euro cents and are never rounded: what has a third decimal is refused;
- a date keeps what is known of it: month or year, with the remark ``deels-onbekend``; one that cannot be read in full
  keeps the largest part that can (``19660013`` → ``1966``), with the remark ``datum-onleesbaar``;
- anything else that cannot be read is refused: no value is guessed.

Spec: LO GBA 3.x, gegevenstype datum; BRP-personen API v2, schema ``AbstractDatum``.
"""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from blauweknop.core.dataset.partial_date import PartialDate, parse_partial_date
from blauweknop.errors import MalformedError, OtherPartyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blauweknop.core.dataset.definition import Kind
    from blauweknop.core.dataset.value import Scalar

PARTLY_UNKNOWN: Final = "deels-onbekend"
UNREADABLE_DATE: Final = "datum-onleesbaar"
_EIGHT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_AMOUNT: Final = re.compile(r"-?\d{1,15}(?:[.,]\d{1,2})?", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d{1,15}", re.ASCII)
_TRUE: Final = frozenset({"ja", "j", "true", "1"})
_FALSE: Final = frozenset({"nee", "n", "false", "0"})
_MONTHS: Final = 12


class ValueUnreadableError(OtherPartyError):
    """A value of a back-end has no spelling that its conversion knows."""

    code = "waarde-onleesbaar"


class Converted(NamedTuple):
    """A value for a set, and the remark that belongs with it (``REMARKS``) or an empty string."""

    value: Scalar | None
    remark: str = ""


NOTHING: Final = Converted(None)


def to_text(raw: Any) -> Converted:
    """Text without blanks around it."""
    if raw is None:
        return NOTHING
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise ValueUnreadableError("text expected")
    return Converted(str(raw).strip() or None)


def to_number(raw: Any) -> Converted:
    """An integer, or a float where the back-end has a JSON number with a fraction."""
    if raw is None or raw == "":
        return NOTHING
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Converted(raw)
    if isinstance(raw, str) and _WHOLE.fullmatch(raw.strip()):
        return Converted(int(raw))
    raise ValueUnreadableError("number expected")


def cents_to_cents(raw: Any) -> Converted:
    """Integer euro cents, as they are."""
    number = to_number(raw)
    if isinstance(number.value, float):
        raise ValueUnreadableError("whole cents expected")
    return number


def euro_to_cents(raw: Any) -> Converted:
    """Euros as number, as text (``12``, ``12,5``, ``12.50``) or as ``{"waarde", "valuta": "EUR"}``."""
    if isinstance(raw, dict):
        if raw.get("valuta") != "EUR":
            raise ValueUnreadableError("euros expected")
        raw = raw.get("waarde")
    if raw is None or raw == "":
        return NOTHING
    text = str(raw).strip()
    if isinstance(raw, bool) or not isinstance(raw, str | int | float) or not _AMOUNT.fullmatch(text):
        raise ValueUnreadableError("an amount in euros with at most two decimals expected")
    return Converted(int(Decimal(text.replace(",", ".")) * 100))


def to_yes_no(raw: Any) -> Converted:
    """``true``/``false``, or ja/nee, J/N, 1/0 in any case."""
    if raw is None or raw == "":
        return NOTHING
    if isinstance(raw, str | int):
        word = str(raw).strip().lower()
        if word in _TRUE | _FALSE:
            return Converted(word in _TRUE)
    raise ValueUnreadableError("ja or nee expected")


def iso_to_date(raw: Any) -> Converted:
    """``JJJJ``, ``JJJJ-MM`` or ``JJJJ-MM-DD``; a time behind a full date is refused."""
    if raw is None or raw == "":
        return NOTHING
    if not isinstance(raw, str):
        raise ValueUnreadableError("a date expected")
    try:
        return _partial(parse_partial_date(raw.strip()))
    except MalformedError:
        return _largest_part(raw.strip()[:4])


def eight_digits_to_date(raw: Any) -> Converted:
    """``JJJJMMDD`` with ``00`` for an unknown part; empty, ``0`` and ``00000000`` are no date."""
    if raw is None:
        return NOTHING
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise ValueUnreadableError("a date expected")
    text = str(raw).strip()
    if not text.strip("0"):
        return NOTHING
    match = _EIGHT.fullmatch(text)
    return _of_parts(*match.groups()) if match else _largest_part(text[:4])


def _of_parts(year: str, month: str, day: str) -> Converted:
    unknown = PARTLY_UNKNOWN if day == "00" else UNREADABLE_DATE
    if not year.strip("0"):
        return Converted(None, UNREADABLE_DATE)
    if not 1 <= int(month) <= _MONTHS:
        return Converted(year, unknown if month == "00" else UNREADABLE_DATE)
    if not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        return Converted(f"{year}-{month}", unknown)
    return Converted(f"{year}-{month}-{day}")


def brp_to_date(raw: Any) -> Converted:
    """A date object of the BRP API: ``Datum``, ``JaarMaandDatum``, ``JaarDatum``, ``DatumOnbekend``."""
    match raw:
        case None:
            return NOTHING
        case {"type": "DatumOnbekend"}:
            return Converted(None, PARTLY_UNKNOWN)
        case {"type": "Datum", "datum": str(text)}:
            known = iso_to_date(text)
            return known if known.remark != PARTLY_UNKNOWN else Converted(known.value, UNREADABLE_DATE)
        case {"type": "JaarMaandDatum", "jaar": int(year), "maand": int(month)}:
            return _from_parts(year, month)
        case {"type": "JaarDatum", "jaar": int(year)}:
            return _from_parts(year, 0)
        case _:
            raise ValueUnreadableError("a date object of the BRP API expected")


def _from_parts(year: int, month: int) -> Converted:
    try:
        return _partial(PartialDate(year, month))
    except MalformedError:
        return _largest_part(str(year))


def _partial(date: PartialDate) -> Converted:
    return Converted(str(date), "" if date.day else PARTLY_UNKNOWN)


def _largest_part(year: str) -> Converted:
    known = _YEAR.fullmatch(year) and year.strip("0")
    return Converted(year if known else None, UNREADABLE_DATE)


CONVERSIONS: Final[Mapping[str, Callable[[Any], Converted]]] = MappingProxyType(
    {
        "tekst": to_text,
        "code": to_text,
        "getal": to_number,
        "cent": cents_to_cents,
        "euro": euro_to_cents,
        "janee": to_yes_no,
        "datum": iso_to_date,
        "jjjjmmdd": eight_digits_to_date,
        "brp-datum": brp_to_date,
    }
)
DEFAULT_CONVERSION: Final[Mapping[Kind, str]] = MappingProxyType(
    {"tekst": "tekst", "code": "code", "getal": "getal", "bedrag": "cent", "janee": "janee", "datum": "datum"}
)
