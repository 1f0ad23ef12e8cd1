# SPDX-License-Identifier: EUPL-1.2
"""How a value stands in a paper code: short, and in one spelling.

A value is an array; absent members are null, and nulls at the end are left out (the first always stands)::

    [waarde, eenheid, peildatum, periode, status, in_onderzoek, opmerking]

- ``waarde``: text, integer, float, boolean, or null (the source states that there is none); a date is its text, so that
  ``1978-03`` stays a month;
- ``eenheid``, ``status``, ``opmerking``: the number of the word in ``WORDS``, or text for a word that is not there;
- ``peildatum``, ``in_onderzoek``: days since 1970-01-01 for a whole date, text for a partial one;
- ``periode``: ``[van, tot]``, each like ``peildatum``.

``begrip`` is left out: the definition that ``vct`` names says it, and a version of it never changes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from blauweknop.core.dataset.partial_date import PartialDate, parse_partial_date
from blauweknop.core.dataset.value import Period, Value
from blauweknop.errors import MalformedError

# Append only: a number that was printed once keeps its meaning.
WORDS: Final = (
    *("eurocent", "definitief", "voorlopig", "in-behandeling", "datum-onleesbaar", "deels-onbekend"),
    "deel-in-onderzoek",
)
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_VALUE, _WORD, _DATE = "paper-code.md §4", "paper-code.md §5", "paper-code.md §6"  # docs/profile/
_MEMBERS = 7
_PERIOD = 2


def encode_value(value: Value) -> list[Any]:
    """``value``, whose ``waarde`` is a scalar or None, as an array. Raises: ``MalformedError`` for no date."""
    members = [
        value.waarde,
        _encode_word(value.eenheid),
        _encode_date(value.peildatum),
        [_encode_date(value.periode.van), _encode_date(value.periode.tot)] if value.periode else None,
        _encode_word(value.status),
        _encode_date(value.in_onderzoek),
        _encode_word(value.opmerking),
    ]
    while len(members) > 1 and members[-1] is None:
        members.pop()
    return members


def decode_value(members: object) -> Value:
    """The value that ``members`` stands for. Raises: ``MalformedError`` for another spelling."""
    if not isinstance(members, list) or not 1 <= len(members) <= _MEMBERS:
        raise MalformedError("a value on paper is an array of one to seven", clause=_VALUE)
    if isinstance(members[0], list | dict | bytes):
        raise MalformedError("a value on paper is text, a number, a boolean or null", clause=_VALUE)
    if len(members) > 1 and members[-1] is None:
        raise MalformedError("a null at the end of a value on paper is left out", clause=_VALUE)
    waarde, unit, as_of, period, status, investigated, remark = members + [None] * (_MEMBERS - len(members))
    return Value(
        waarde=waarde,
        eenheid=_decode_word(unit),
        peildatum=_decode_date(as_of),
        periode=None if period is None else _decode_period(period),
        status=_decode_word(status),
        in_onderzoek=_decode_date(investigated),
        opmerking=_decode_word(remark),
    )


def _encode_word(word: str) -> int | str | None:
    return WORDS.index(word) if word in WORDS else word or None


def _decode_word(code: object) -> str:
    if code is None:
        return ""
    if type(code) is int and 0 <= code < len(WORDS):
        return WORDS[code]
    if isinstance(code, str) and code and code not in WORDS:
        return code
    raise MalformedError("not a word of the paper code", clause=_WORD)


def _encode_date(text: str) -> int | str | None:
    if not text:
        return None
    date = parse_partial_date(text)
    return dt.date(date.year, date.month, date.day).toordinal() - _EPOCH if date.day else text


def _decode_date(code: object) -> str:
    if code is None:
        return ""
    if isinstance(code, str):
        date = _partial_date(code)
        if date.day:
            raise MalformedError("a whole date on paper is a number of days", clause=_DATE)
        return str(date)
    if type(code) is not int or not 1 <= code + _EPOCH <= dt.date.max.toordinal():
        raise MalformedError("not a date of the paper code", clause=_DATE)
    return dt.date.fromordinal(code + _EPOCH).isoformat()


def _partial_date(text: str) -> PartialDate:
    try:
        return parse_partial_date(text)
    except MalformedError as error:
        raise MalformedError("not a date of the paper code", clause=_DATE) from error


def _decode_period(code: object) -> Period:
    if not isinstance(code, list) or len(code) != _PERIOD or None in code:
        raise MalformedError("a period on paper is two dates", clause=_DATE)
    return Period(van=_decode_date(code[0]), tot=_decode_date(code[1]))
