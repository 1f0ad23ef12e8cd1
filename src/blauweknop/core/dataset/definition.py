# SPDX-License-Identifier: EUPL-1.2
"""Data set definitions, concepts: the scheme's own description of what is handed out (system.md 5).

They are TOML files in ``stelsel/``, published unchanged by the register; Dutch member names, English names here.
A definition is immutable per version. ``vct`` = ``{scheme URL}/v1/gegevenssets/{id}/{version}``.

- ``vorm``: ``enkel`` (one record: elements are claims at the top) or ``rijen`` (a list of records: claim ``rijen``);
- ``periode_element``: in a set of rows, the element whose period decides whether a row lies within a granted period;
- ``gevraagd_door``: who asks for it: the citizen (and with consent a requester), or the consent service alone;
- ``onbekend``: what a person gets whom the source does not know: ``leeg`` (a sealed empty set) or ``weigeren``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["tekst", "code", "datum", "bedrag", "getal", "janee", "lijst", "groep"]
Sensitivity = Literal["gewoon", "bijzonder", "bsn"]
Shape = Literal["enkel", "rijen"]
Asker = Literal["burger", "toestemmingsdienst"]
ROWS = "rijen"
MISSING = "ontbreekt"
# Registered JWT claims and the members of the seal itself: an element may not be called so (system.md 5).
RESERVED_IDS = frozenset(
    [
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "cnf",
        "vct",
        "status",
        "sd_hash",
        "act",
        "grant_id",
        "acr",
        "omgeving",
        "ontvanger",
        "dienst",
        "levering",
        "bewaren_tot",
        "rijen",
        "ontbreekt",
        "_sd",
        "_sd_alg",
    ]
)


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Dutch (B1) and English."""

    nl: str
    en: str


class Concept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of the dictionary (NL-SBB): what a value of this concept is, and is not."""

    id: str
    version: int = msgspec.field(name="versie")
    term: Text
    definition: Text = msgspec.field(name="definitie")
    unit: str = msgspec.field(name="eenheid", default="")
    gross_net: str = msgspec.field(name="bruto_netto", default="")
    law: str = msgspec.field(name="wet", default="")
    different_from: tuple[str, ...] = msgspec.field(name="anders_dan", default=())

    @property
    def ref(self) -> str:
        """``id/version``, as a value carries it in ``begrip``."""
        return f"{self.id}/{self.version}"


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One element; ``parts`` are the elements inside a ``lijst`` or ``groep``."""

    id: str
    kind: Kind = msgspec.field(name="soort")
    concept: str = msgspec.field(name="begrip")
    title: Text = msgspec.field(name="titel")
    explanation: Text = msgspec.field(name="uitleg")
    unit: str = msgspec.field(name="eenheid", default="")
    sensitivity: Sensitivity = msgspec.field(name="gevoeligheid", default="gewoon")
    on_paper: bool = msgspec.field(name="papier", default=False)
    codes: dict[str, Text] = msgspec.field(default_factory=dict)
    parts: tuple[Element, ...] = msgspec.field(name="elementen", default=())


class DataSetDefinition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one data set."""

    id: str
    version: int = msgspec.field(name="versie")
    shape: Shape = msgspec.field(name="vorm")
    title: Text = msgspec.field(name="titel")
    explanation: Text = msgspec.field(name="uitleg")
    source_kind: Text = msgspec.field(name="bronhouder")
    unknown_person: Literal["leeg", "weigeren"] = msgspec.field(name="onbekend")
    freshness: str = msgspec.field(name="versheid")
    report_error: Text = msgspec.field(name="fout_melden")
    assurance: Literal["laag", "substantieel", "hoog"] = msgspec.field(name="betrouwbaarheidsniveau")
    elements: tuple[Element, ...] = msgspec.field(name="elementen")
    period_element: str = msgspec.field(name="periode_element", default="")
    title_element: str = msgspec.field(name="kop_element", default="")
    asked_by: Asker = msgspec.field(name="gevraagd_door", default="burger")

    @property
    def ref(self) -> str:
        """``id/version``, as in ``datatypes``."""
        return f"{self.id}/{self.version}"

    def vct(self, scheme_url: str) -> str:
        """The type identifier of sealed sets of this definition."""
        return f"{scheme_url}/v1/gegevenssets/{self.id}/{self.version}"

    def element(self, name: str) -> Element | None:
        """The top-level element ``name``, or None."""
        return next((element for element in self.elements if element.id == name), None)
