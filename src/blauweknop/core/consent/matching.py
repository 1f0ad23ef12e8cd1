# SPDX-License-Identifier: EUPL-1.2
"""Whether a consent is of the requester's own customer (system.md 3.6; trust.md "bound to another's account").

The name and birth date that the requester knows are compared with ``persoonsgegevens`` as sealed:

- a birth date of which a part is unknown at the source matches that same part and no full date: nothing is guessed;
- a name matches as the surname with its prefix, or with all first names, or with the first of them, before it;
- letter case, accents' composition (NFC) and runs of spaces make no difference; accents and letters do.

The answer is yes or no. Which of the two differed is said to nobody: it would help to find somebody's birth date.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blauweknop.core.dataset.partial_date import parse_partial_date
from blauweknop.errors import BlauweKnopError, MalformedError

if TYPE_CHECKING:
    from blauweknop.core.dataset.value import Row


class OtherCustomerError(BlauweKnopError):
    """The consent is not of this customer."""

    code = "andere-klant"


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Whom the requester has before it. ``birth_date``: ``JJJJ-MM-DD``, or as much of it as anybody knows
    (``partial_date.py``). Never shown by ``repr``.
    """

    name: str = field(repr=False)
    birth_date: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _folded(self.name) or str(parse_partial_date(self.birth_date)) != self.birth_date:
            raise MalformedError("a customer has a name and a birth date")


def check_customer(customer: Customer, person: Row) -> None:
    """``person``: a verified row of ``MATCHING_SET``. Raises: ``OtherCustomerError``, without saying what differs."""
    born, surname = _text(person, "geboortedatum"), _text(person, "geslachtsnaam")
    full = " ".join(filter(None, (_text(person, "voorvoegsel"), surname)))
    first = _text(person, "voornamen")
    names = {_folded(full), _folded(f"{first} {full}"), _folded(f"{first.partition(' ')[0]} {full}")}
    same_name = bool(surname) and _folded(customer.name) in names
    if not (same_name & (born == customer.birth_date)):
        raise OtherCustomerError(clause="system.md 3.6")


def _text(person: Row, name: str) -> str:
    value = person.get(name)
    return value.waarde.strip() if value is not None and isinstance(value.waarde, str) else ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
