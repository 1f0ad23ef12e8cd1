# SPDX-License-Identifier: EUPL-1.2
"""The settings of a connection to a back-end (``[gegevensset.koppeling]``), as TOML has them.

- ``connector`` chooses which: ``sql``, ``csv``, ``rest``, ``haal-centraal``;
- ``elementen`` says for each element where its value stands: ``kolom`` (sql, csv), ``pad`` (rest), ``veld``
  (haal-centraal), ``vast`` (a fixed value), or ``afgeleid`` (haal-centraal: one of its own rules); and by which
  ``omzetting`` of ``conversions.py`` it is read (by default the one that belongs to the kind of the element). A list of
  a table is a column with a JSON array of objects, whose members are the ``kolom`` of its parts;
- ``codes`` replaces what stands there by the code of the element; a word that is not in it is refused;
- ``jaar``: the place of the year that all values of a row are about; ``peildatum``: ``vandaag`` or a place; ``status``:
  a place whose word (through ``status_woorden``) says whether amounts are final.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from blauweknop.adapters.config.secret import SecretRef  # noqa: TC001 - msgspec reads it at run time

TODAY = "vandaag"


class ElementMapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the value of one element stands, and how it is read."""

    column: str = msgspec.field(name="kolom", default="")
    path: str = msgspec.field(name="pad", default="")
    field: str = msgspec.field(name="veld", default="")
    fixed: str | int | bool | None = msgspec.field(name="vast", default=None)
    derived: str = msgspec.field(name="afgeleid", default="")
    conversion: str = msgspec.field(name="omzetting", default="")
    codes: dict[str, str] = msgspec.field(default_factory=dict)
    parts: dict[str, ElementMapping] = msgspec.field(name="elementen", default_factory=dict)

    @property
    def place(self) -> str:
        """Where the value stands, in whatever syntax its connector reads."""
        return self.column or self.path or self.field


class Link(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="connector"):
    """What every connection has."""

    elements: dict[str, ElementMapping] = msgspec.field(name="elementen")
    year: str = msgspec.field(name="jaar", default="")
    reference_date: str = msgspec.field(name="peildatum", default=TODAY)
    status: str = ""
    status_words: dict[str, str] = msgspec.field(name="status_woorden", default_factory=dict)


class SqlLink(Link, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="sql"):
    """A table or view of a database: ``verbinding`` is ``sqlite:///PATH``, ``sleutel`` the column of the person."""

    connection: str = msgspec.field(name="verbinding")
    table: str = msgspec.field(name="tabel")
    key: str = msgspec.field(name="sleutel")
    order: str = msgspec.field(name="volgorde", default="")
    persons: str = msgspec.field(name="personen", default="")


class CsvLink(Link, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="csv"):
    """A CSV file with a header line: ``sleutel`` is the column of the person."""

    file: str = msgspec.field(name="bestand")
    key: str = msgspec.field(name="sleutel")
    delimiter: Literal[";", ",", "\t", "|"] = msgspec.field(name="scheidingsteken", default=";")
    encoding: Literal["utf-8", "windows-1252"] = msgspec.field(name="codering", default="utf-8")


class HeaderSecret(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request header with a secret value, such as an API key."""

    header: str = msgspec.field(name="kop")
    value: SecretRef = msgspec.field(name="waarde")


class RestLink(Link, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rest"):
    """A JSON interface. The person never stands in the URL: in a member of the body (POST) or a header (GET)."""

    address: str = msgspec.field(name="adres")
    resource: str = msgspec.field(name="pad")
    person_in: str = msgspec.field(name="persoon_in")
    person_at: str = msgspec.field(name="persoon_pad")
    method: Literal["POST", "GET"] = msgspec.field(name="methode", default="POST")
    fields_in: str = msgspec.field(name="velden_in", default="")
    rows_at: str = msgspec.field(name="rijen_pad", default="")
    key: HeaderSecret | None = msgspec.field(name="sleutel", default=None)


class HaalCentraalLink(Link, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="haal-centraal"):
    """The BRP-personen API v2. ``aanvulling``: a resource beside it with what that API has no member for."""

    address: str = msgspec.field(name="adres")
    resource: str = msgspec.field(name="pad", default="/personen")
    supplement: str = msgspec.field(name="aanvulling", default="")
    key: HeaderSecret | None = msgspec.field(name="sleutel", default=None)


AnyLink = SqlLink | CsvLink | RestLink | HaalCentraalLink
