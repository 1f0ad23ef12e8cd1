# SPDX-License-Identifier: EUPL-1.2
"""The legal ``fields`` paths of the BRP-personen API v2, as facts in our own compact form.

Members that the API gives by itself (``inOnderzoek``, ``geheimhoudingPersoonsgegevens``, ``opschortingBijhouding``,
``rni``, ``verificatie``) may not be asked. ``LIMITED`` are those that a search by address may ask.

Spec: BRP-personen API v2.0, parameter ``fields``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_FIELDS: Final = 130
_CODE: Final = ("code", "omschrijving")
_DATE: Final = ("langFormaat", "type", "datum", "onbekend", "jaar", "maand")


def _under(group: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset([group, *(f"{group}.{name}" for name in names)])


def _codes(*names: str) -> frozenset[str]:
    return frozenset().union(*(_under(name, _CODE) for name in names))


def _dates(*names: str) -> frozenset[str]:
    return frozenset().union(*(_under(name, _DATE) for name in names))


_NOBILITY: Final = _under("adellijkeTitelPredicaat", [*_CODE, "soort"])
_NAME: Final = _NOBILITY | {"geslachtsnaam", "voorletters", "voornamen", "voorvoegsel"}
_OWN_NAME: Final = _NAME | {"volledigeNaam"} | _codes("aanduidingNaamgebruik")
_BIRTH: Final = _dates("datum") | _codes("land", "plaats")
_RELATIVE: Final = {"burgerservicenummer"} | _under("geboorte", _BIRTH) | _under("naam", _NAME)
_BOND: Final = _dates("datum") | _codes("land", "plaats")
_ADDRESS_HERE: Final = _codes("aanduidingBijHuisnummer") | {
    "huisletter",
    "huisnummer",
    "huisnummertoevoeging",
    "korteStraatnaam",
    "officieleStraatnaam",
    "postcode",
    "woonplaats",
    "locatiebeschrijving",
}
_ADDRESS_ABROAD: Final = _codes("land") | {"regel1", "regel2", "regel3"}
_PLACE: Final = (
    {"type", "adresseerbaarObjectIdentificatie", "nummeraanduidingIdentificatie"}
    | _dates("datumIngangGeldigheid", "datumVan")
    | _codes("functieAdres")
)
_WRITTEN: Final = {"aanhef", "gebruikInLopendeTekst", "adresregel1", "adresregel2"} | _under(
    "aanschrijfwijze", ["aanspreekvorm", "naam"]
)
_CUSTODY: Final = {"type"} | frozenset().union(
    *(_under(who, ["burgerservicenummer"]) for who in ("minderjarige", "ouders", "ouder", "derde", "derden"))
)

FIELDS: Final = frozenset().union(
    {"aNummer", "burgerservicenummer", "indicatieCurateleRegister", "leeftijd"},
    _codes("gemeenteVanInschrijving", "geslacht", "indicatieGezagMinderjarige"),
    _dates("datumEersteInschrijvingGBA", "datumInschrijvingInGemeente"),
    _under("adressering", _WRITTEN | {"adresregel3"} | _codes("land")),
    _under("adresseringBinnenland", _WRITTEN),
    _under("europeesKiesrecht", _codes("aanduiding") | _dates("einddatumUitsluiting")),
    _under("geboorte", _BIRTH),
    _under("gezag", _CUSTODY),
    _under(
        "immigratie",
        _dates("datumVestigingInNederland")
        | _codes("landVanwaarIngeschreven")
        | {"indicatieVestigingVanuitBuitenland", "vanuitVerblijfplaatsOnbekend"},
    ),
    _under("kinderen", _RELATIVE),
    _under("naam", _OWN_NAME),
    _under("nationaliteiten", {"type"} | _codes("redenOpname", "nationaliteit") | _dates("datumIngangGeldigheid")),
    _under(
        "ouders",
        _RELATIVE | {"ouderAanduiding"} | _codes("geslacht") | _dates("datumIngangFamilierechtelijkeBetrekking"),
    ),
    _under("overlijden", _BOND),
    _under(
        "partners",
        _RELATIVE
        | _codes("geslacht", "soortVerbintenis")
        | _under("aangaanHuwelijkPartnerschap", _BOND)
        | _under("ontbindingHuwelijkPartnerschap", _dates("datum")),
    ),
    _under("uitsluitingKiesrecht", _dates("einddatum") | {"uitgeslotenVanKiesrecht"}),
    _under("verblijfplaats", _PLACE | _under("verblijfadres", _ADDRESS_HERE | _ADDRESS_ABROAD)),
    _under("verblijfplaatsBinnenland", _PLACE | _under("verblijfadres", _ADDRESS_HERE)),
    _under("verblijfstitel", _codes("aanduiding") | _dates("datumEinde", "datumIngang")),
)

LIMITED: Final = frozenset().union(
    {"burgerservicenummer", "leeftijd"},
    _codes("geslacht"),
    _under("geboorte", _dates("datum")),
    _under("naam", _OWN_NAME - _codes("aanduidingNaamgebruik")),
)
