# SPDX-License-Identifier: EUPL-1.2
"""The demo's data: one JSON document a source, written by `blauweknop.demo.omzetten` and never by hand.

Every document::

    {"bron": {"naam", "oin": 20 digits, "uitgever", "licentie", "bestanden": [file under data/, …]},
     "peildatum": "2026-11-01",
     "personen": [{"bsn": nine digits, …}, …]}

An *origin* is ``{"herkomst": "overgenomen" | "toegewezen" | "verzonnen", "bestand", "pad"}``, with ``"regel"`` where
the value follows from what stands there instead of standing there. ``pad`` is ``<list id>/<row offset>/<column>`` in
the RvIG list, a JSON pointer elsewhere; ``bestand`` is under ``data/``, or ``toewijzing.toml`` for what is invented. A
``herkomst`` member is a flat map from JSON pointer, within the object it stands in, to origin. An object that has an
origin as a whole (a date, a code with its words) has none for its members.

``rvig`` (BRP-personen API v2, LO-GBA codes)::

    {"bsn",
     "geheimhouding_code": "0" … "7",            # 07.70.10; the API itself says yes or nothing
     "brp": {…},                                 # a Persoon of that API: facts only
     "herkomst": {pointer in brp: origin},
     "aanvullend": {"burgerlijke_staat": code of huishouden/1, "reden_ontbinding"?: "O" | "S",
                    "in_onderzoek"?: [{"aanduiding": six digits, "sinds": date object}]},
     "aanvullend_herkomst": {pointer in aanvullend: origin},
     "opmerkingen": [{"pad": pointer in brp, "reden": "datum_onleesbaar" | "code_onbekend", "gevonden": cell}]}

    beside "personen": "adressen": {address object id: [{"burgerservicenummer"?, "geboorte"?: {"datum"}, "herkomst"}]}
        # everybody of the list who lives there now; the number only of people the demo may name

  ``brp`` holds: burgerservicenummer, naam (voornamen, adellijkeTitelPredicaat, voorvoegsel, geslachtsnaam,
  aanduidingNaamgebruik), geboorte, geslacht, overlijden, opschortingBijhouding, geheimhoudingPersoonsgegevens (true or
  absent), verblijfstitel, indicatieGezagMinderjarige, indicatieCurateleRegister (true or absent), nationaliteiten,
  ouders, partners (at most one), kinderen, gemeenteVanInschrijving, datumInschrijvingInGemeente, verblijfplaats,
  immigratie, and inOnderzoek beside what is under investigation. A date is ``{"type": "Datum", "datum"}``,
  ``{"type": "JaarMaandDatum", "jaar", "maand"}``, ``{"type": "JaarDatum", "jaar"}`` or ``{"type": "DatumOnbekend",
  "onbekend": true}``, each with ``langFormaat``. Left to whoever answers as the API: leeftijd, voorletters,
  volledigeNaam, adressering, gezag.

``belastingdienst`` (rows for two SQL tables; euro cents)::

    {"bsn",
     "aangiften": [{"belastingjaar": 2025, "status": "definitief" | "voorlopig" | "in-behandeling",
                    "indieningsdatum": "2026-03-13", "verzamelinkomen", "inkomen_box1", "inkomen_box2",
                    "inkomen_box3"}],
     "specificaties": [{"belastingjaar", "loon_uit_dienstbetrekking", "winst_uit_onderneming",
                        "uitkeringen_en_pensioenen", "saldo_eigen_woning", "persoonsgebonden_aftrek", "spaargeld",
                        "beleggingen", "schulden_box3"}],          # at most one; [] where the file has no parts
     "herkomst"}

``rdw`` (rows of a CSV file; all text, dates ``YYYYMMDD``, price in whole euros; an unknown column is absent)::

    {"bsn", "voertuigen": [{"kenteken", "voertuigsoort", "merk", "handelsbenaming", "datum_eerste_toelating",
     "datum_tenaamstelling", "vervaldatum_apk", "catalogusprijs", "massa_ledig_voertuig", "brandstof_omschrijving",
     "wam_verzekerd": "Ja" | "Nee", "openstaande_terugroepactie_indicator": "Ja" | "Nee", "tenaamgestelde": BSN}],
     "herkomst"}

``rotterdam`` (records of a REST register)::

    {"bsn", "naam": {"voornamen", "voorvoegsel"?, "geslachtsnaam"}, "geboorte": {"datum", "plaats", "land"}, "geslacht",
     "nationaliteiten": [{"nationaliteit": "NL"}], "ouders": [{"naam", "geslacht"}],
     "adres": {"straatnaam", "huisnummer": 12, "huisletter", "postcode", "woonplaats", "sinds"},
     "huwelijken": [{"soort", "datum_voltrekking", "plaats_voltrekking", "datum_ontbinding", "reden_ontbinding",
                     "partner": {"naam", "geboorte", "overlijden": {"datum", "plaats", "land"}}}],
     "herkomst"}

``belastingdienst``, ``gemeenten``, ``cjib``, ``lbio``, ``cak`` (claims, euro cents; what is open follows)::

    {"bsn", "vorderingen": [{"vordering_id", "soort", "hoofdsom", "termijnbedrag"?, "ontstaan", "vervaldatum",
     "beslisser", "inner", "grondslag", "betalingsregeling", "betwist": bool, "bezwaar_bij", "bezwaar_tot"?,
     "gebeurtenissen"?: [{"gebeurtenis_id", "soort": "aflossing" | "vermindering" | "correctie" | "restitutie",
                          "bedrag", "datum", "corrigeert"?: "gebeurtenis_id"}]}],
     "herkomst"}

``gemeenten`` beside them: ``"bijstand": [{"besluit", "besluitdatum", "beslisser", "soort", "maandbedrag"?, "van"?,
"ontheffing"?, "ontheffing_tot"?}]``. ``uwv``: ``"inkomstenverhoudingen"``, a row a year with the elements of
loon-en-uitkering/1. ``toeslagen``: ``"toeslagen"``, ``ciz``: ``"besluiten"``, with the elements of their sets.

``rechtspraak`` (each registration stands with both parties)::

    {"bsn", "registraties": [{"soort", "vertegenwoordigde": BSN, "vertegenwoordiger": BSN, "van", "tot"?, "omvang"?,
     "zaaknummer"?}], "herkomst"}

``cast`` (the start page; `bron` is that of the list)::

    {"slug": "mark-de-boer", "bsn", "naam", "geboortedatum": "1978-03", "nl", "en", "herkomst"}
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

NAMES: Final = (
    *("rvig", "belastingdienst", "rdw", "rotterdam", "cast"),
    *("uwv", "toeslagen", "gemeenten", "cjib", "lbio", "cak", "ciz", "rechtspraak"),
)


def load(name: str) -> dict[str, Any]:
    """The document of one source, by one of `NAMES`.

    Raises:
        KeyError: there is no such document.
    """
    if name not in NAMES:
        raise KeyError(name)
    document: dict[str, Any] = json.loads(files(__package__).joinpath(f"{name}.json").read_bytes())
    return document
