# SPDX-License-Identifier: EUPL-1.2
"""Elements that are not one field of the BRP API: an address in one line, the partner, counts, codes by type.

Each rule says which fields it needs, below the list or group it stands in, and makes the value from them.
``burgerlijke-staat`` and ``reden-ontbinding``: the API has no member for why a bond ended. A source that can say so
serves it beside the API (``aanvulling``); without it only the states that follow from the bonds themselves are given.

Spec: BRP-personen API v2.0; LO GBA 3.x tables 32 and 36, elements 11.10–11.80, 15.10.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.connectors.conversions import PARTLY_UNKNOWN, ValueUnreadableError, brp_to_date
from blauweknop.adapters.connectors.haal_centraal.investigation import RESIDENCE, residence_since, since_of
from blauweknop.adapters.connectors.mapping import Found, NotGivenError, Record, at_path, text_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PART_INVESTIGATED: Final = "deel-in-onderzoek"
FULL_AGE: Final = 18
_BORN: Final = "geboorte.datum"
_BONDS: Final = "ontbindingHuwelijkPartnerschap.datum"
_OBJECT: Final = "verblijfplaats.adresseerbaarObjectIdentificatie"
_ADDRESS: Final = "verblijfplaats.verblijfadres"
_HERE: Final = tuple(
    f"{_ADDRESS}.{name}"
    for name in (
        "korteStraatnaam",
        "huisnummer",
        "huisletter",
        "huisnummertoevoeging",
        "aanduidingBijHuisnummer.code",
        "postcode",
        "woonplaats",
        "locatiebeschrijving",
    )
)
_ABROAD: Final = tuple(f"{_ADDRESS}.{name}" for name in ("regel1", "regel2", "regel3", "land.omschrijving"))
_NEXT_TO: Final = MappingProxyType({"by": "bij", "to": "tegenover"})
_NATIONALITY: Final = MappingProxyType(
    {
        "NationaliteitOnbekend": ("0000", "Onbekend"),
        "BehandeldAlsNederlander": ("0002", "Behandeld als Nederlander"),
        "Staatloos": ("0499", "Staatloos"),
        "VastgesteldNietNederlander": ("0500", "Vastgesteld niet-Nederlander"),
    }
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What was fetched beside the person: the supplement (None without one) and the birth dates at the address."""

    today: str
    supplement: Record | None = None
    residents: tuple[Record, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """``fields``: what is asked of the API; ``supplement``: what of the resource beside it."""

    make: Callable[[Record, Beside], Found]
    fields: tuple[str, ...] = ()
    supplement: str = ""
    residents: bool = False


def _address(record: Record, beside: Beside) -> Found:
    parts = at_path(record, _ADDRESS)
    number = text_at(parts, "huisnummer") + text_at(parts, "huisletter")
    addition = text_at(parts, "huisnummertoevoeging")
    place = _NEXT_TO.get(text_at(parts, "aanduidingBijHuisnummer.code"), "")
    street = _line(text_at(parts, "korteStraatnaam"), place, f"{number}-{addition}" if addition else number)
    postcode = text_at(parts, "postcode")
    town = _line(postcode[:4], postcode[4:].strip(), text_at(parts, "woonplaats"))
    others = [text_at(parts, name) for name in ("regel1", "regel2", "regel3", "land.omschrijving")]
    text = ", ".join(line for line in (street, text_at(parts, "locatiebeschrijving"), town, *others) if line)
    since, other = since_of(record, (*_HERE, *_ABROAD)), residence_since(beside.supplement)
    return Found(text or None, since or other, PART_INVESTIGATED if other and not since else "")


def _line(*words: str) -> str:
    return " ".join(word for word in words if word)


def current_partner(record: Record) -> Any:
    """The partner of now, or else the one whose bond ended last, or None."""
    partners = record.get("partners") or []
    if not isinstance(partners, list) or not all(isinstance(item, dict) for item in partners):
        raise ValueUnreadableError("a list of partners expected")
    bound = [item for item in partners if "ontbindingHuwelijkPartnerschap" not in item]
    return bound[0] if bound else max(partners, key=_ended, default=None)


def _ended(partner: Record) -> str:
    return str(brp_to_date(at_path(partner, _BONDS)).value or "")


def _marital_state(record: Record, beside: Beside) -> Found:
    partner = current_partner(record)
    since = "" if partner is None else since_of(partner, ("soortVerbintenis", _BONDS))
    if beside.supplement is not None:
        return Found(beside.supplement.get("burgerlijkeStaat"), since)
    if partner is None:
        return Found("ongehuwd")
    kind = text_at(partner, "soortVerbintenis.code")
    if kind not in {"H", "P"} or "ontbindingHuwelijkPartnerschap" in partner:
        raise NotGivenError("why the bond ended is not in the BRP API")
    return Found("gehuwd" if kind == "H" else "partnerschap", since)


def _reason_of_end(partner: Record, beside: Beside) -> Found:
    if "ontbindingHuwelijkPartnerschap" not in partner:
        return Found(None)
    if beside.supplement is None:
        raise NotGivenError("why the bond ended is not in the BRP API")
    return Found(beside.supplement.get("redenOntbinding"), since_of(partner, (_BONDS,)))


def _nationality_code(item: Record, beside: Beside) -> Found:
    del beside
    special = _NATIONALITY.get(text_at(item, "type"))
    code = special[0] if special else at_path(item, "nationaliteit.code")
    return Found(code, since_of(item, ("type", "nationaliteit")))


def _nationality_name(item: Record, beside: Beside) -> Found:
    del beside
    special = _NATIONALITY.get(text_at(item, "type"))
    name = special[1] if special else at_path(item, "nationaliteit.omschrijving")
    return Found(name, since_of(item, ("type", "nationaliteit")))


def _minor(record: Record, beside: Beside) -> Found:
    """Whether this person is under age today; none where the known part of the birth date leaves it open."""
    born = at_path(record, _BORN)
    minor = _is_minor(born, beside.today) if born else None
    return Found(minor, since_of(record, (_BORN,)), PARTLY_UNKNOWN if minor is None else "")


def _count(record: Record, beside: Beside) -> Found:
    residents = _residents(record, beside)
    return Found(None if residents is None else len(residents), _address_since(record))


def _count_minors(record: Record, beside: Beside) -> Found:
    """Only who certainly is not yet of age is counted; a birth date that leaves it open gives a remark."""
    residents = _residents(record, beside)
    if residents is None:
        return Found(None)
    ages = [_is_minor(at_path(person, _BORN), beside.today) for person in residents]
    return Found(ages.count(True), _address_since(record), PARTLY_UNKNOWN if None in ages else "")


def _residents(record: Record, beside: Beside) -> tuple[Record, ...] | None:
    """Who live at the address; None for somebody without one. Raises: ``NotGivenError`` when it cannot be asked."""
    if beside.residents is None and text_at(record, _OBJECT).strip("0"):
        raise NotGivenError("the address has no usable number in the register of addresses")
    return beside.residents


def _address_since(record: Record) -> str:
    return since_of(record, (_OBJECT,))


def _is_minor(date: Any, today: str) -> bool | None:
    """Whether somebody born on ``date`` is a minor on ``today``; None when the known part leaves it open.

    Both bounds count: born on the first or on the last day that the known part allows (BW 1:233).
    """
    born = str(brp_to_date(date).value or "")
    if not born:
        return None
    edge = f"{int(today[:4]) - FULL_AGE:04}{today[4:]}"  # born on this day or before: of age
    if born == edge[: len(born)] and len(born) < len(edge):
        return None
    return born > edge[: len(born)]


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "adres": Rule(_address, (*_HERE, *_ABROAD), supplement=RESIDENCE),
        "burgerlijke-staat": Rule(
            _marital_state, ("partners.soortVerbintenis.code", f"partners.{_BONDS}"), supplement="burgerlijkeStaat"
        ),
        "reden-ontbinding": Rule(_reason_of_end, (_BONDS,), supplement="redenOntbinding"),
        "nationaliteit": Rule(_nationality_code, ("type", "nationaliteit.code")),
        "nationaliteit-omschrijving": Rule(_nationality_name, ("type", "nationaliteit.omschrijving")),
        "aantal-personen-op-adres": Rule(_count, (_OBJECT,), residents=True),
        "minderjarig": Rule(_minor, (_BORN,)),
        "aantal-minderjarigen-op-adres": Rule(_count_minors, (_OBJECT,), residents=True),
    }
)
