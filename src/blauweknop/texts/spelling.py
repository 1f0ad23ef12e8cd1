# SPDX-License-Identifier: EUPL-1.2
"""How values are spelt for a reader: amounts, dates, periods, yes and no. The same on screen and on paper.

- amounts: integer euro cents to ``€ 46.500,00`` (nl) or ``€46,500.00`` (en);
- dates stay partial: ``21 maart 1978``, ``maart 1978``, ``1978``; nothing is filled in;
- codes: the words of the definition, and the bare code where it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.core.dataset.partial_date import parse_partial_date
from blauweknop.core.dataset.value import EURO_CENT, Period, Value
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from blauweknop.core.dataset.definition import Element, Text
    from blauweknop.texts import Language, Messages

_CENTS = 100
_MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def pick(text: Text, language: Language) -> str:
    """The words of ``text`` in ``language``."""
    return text.en if language == "en" else text.nl


def spell_amount(cents: int, language: Language) -> str:
    """Euro cents as an amount, with a no-break space after the sign in Dutch."""
    euros, rest = divmod(abs(cents), _CENTS)
    digits = f"{euros:,}"
    minus = "−" if cents < 0 else ""
    if language == "en":
        return f"{minus}€{digits}.{rest:02}"
    return f"{minus}€\u00a0{digits.replace(',', '.')},{rest:02}"


def spell_date(text: str, language: Language) -> str:
    """A (partial) date ``JJJJ[-MM[-DD]]`` in words; what is no such date is given back as it stands."""
    try:
        date = parse_partial_date(text)
    except MalformedError:
        return text
    parts = [f"{date.year}"]
    if date.month:
        parts.insert(0, _MONTHS[language][date.month - 1])
    if date.day:
        parts.insert(0, str(date.day))
    return " ".join(parts)


def spell_period(period: Period, messages: Messages) -> str:
    """A period: a whole year as the year, anything else as two dates."""
    year = period.van[:4]
    if period.van == f"{year}-01-01" and period.tot == f"{year}-12-31":
        return messages("periode-jaar", jaar=year)
    language = messages.language
    return messages("periode-van-tot", van=spell_date(period.van, language), tot=spell_date(period.tot, language))


def spell_value(value: Value, element: Element, messages: Messages) -> str:
    """The value of ``element`` as one line of text; a list or group in brief, its parts are spelt one by one."""
    data, language = value.waarde, messages.language
    if data is None:
        return messages("waarde-geen")
    if isinstance(data, bool):
        return messages("waarde-ja" if data else "waarde-nee")
    if isinstance(data, tuple):
        return messages("waarde-aantal", aantal=len(data))
    if isinstance(data, dict):
        return ""
    return _spell_scalar(data, value, element, language)


def _spell_scalar(data: str | float, value: Value, element: Element, language: Language) -> str:
    if value.eenheid == EURO_CENT and isinstance(data, int):
        return spell_amount(data, language)
    if isinstance(data, str):
        if element.kind == "datum":
            return spell_date(data, language)
        words = element.codes.get(data)
        return pick(words, language) if words is not None else data
    return _spell_number(data, value.eenheid or element.unit, language)


def _spell_number(data: float, unit: str, language: Language) -> str:
    digits = f"{data:g}" if isinstance(data, float) else str(data)
    if language == "nl":
        digits = digits.replace(".", ",")
    return f"{digits}\u00a0{unit}" if unit and unit != EURO_CENT else digits
