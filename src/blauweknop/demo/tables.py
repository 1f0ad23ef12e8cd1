# SPDX-License-Identifier: EUPL-1.2
"""The databases and extracts of the demo's organisations, made from the demo data.

- A database has the tables that such an organisation might have, and one view a data set over them.
- Claims: what is open is nowhere stored. The view computes it: the amount at the start, less payments (``aflossing``)
  and reductions (``vermindering``), plus corrections (which may be negative) and restitutions. Events are only added.
- An extract is a CSV file; amounts in euros with two decimals, as spreadsheets write them.
"""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Document = Mapping[str, Any]

CLAIMS: Final = """
CREATE TABLE vordering (
  bsn TEXT NOT NULL, vordering_id TEXT PRIMARY KEY, soort TEXT NOT NULL, hoofdsom INTEGER NOT NULL,
  termijnbedrag INTEGER, ontstaan TEXT NOT NULL, vervaldatum TEXT, beslisser TEXT NOT NULL,
  innende_partij TEXT NOT NULL, grondslag TEXT NOT NULL, betalingsregeling TEXT NOT NULL, betwist INTEGER NOT NULL,
  bezwaar_bij TEXT, bezwaar_tot TEXT) STRICT;
CREATE TABLE gebeurtenis (
  vordering_id TEXT NOT NULL REFERENCES vordering, gebeurtenis_id TEXT NOT NULL, soort TEXT NOT NULL
    CHECK (soort IN ('aflossing', 'vermindering', 'correctie', 'restitutie')),
  bedrag INTEGER NOT NULL, datum TEXT NOT NULL, corrigeert TEXT, PRIMARY KEY (vordering_id, gebeurtenis_id),
  FOREIGN KEY (vordering_id, corrigeert) REFERENCES gebeurtenis) STRICT;
CREATE INDEX vordering_bsn ON vordering (bsn);
CREATE VIEW vorderingen AS
  SELECT vordering.*,
    hoofdsom + coalesce(
      (SELECT sum(CASE WHEN g.soort IN ('aflossing', 'vermindering') THEN -g.bedrag ELSE g.bedrag END)
       FROM gebeurtenis AS g WHERE g.vordering_id = vordering.vordering_id), 0) AS openstaand,
    (SELECT json_group_array(json_object('gebeurtenis_id', h.gebeurtenis_id, 'soort', h.soort, 'bedrag', h.bedrag,
       'datum', h.datum, 'corrigeert', h.corrigeert))
     FROM (SELECT * FROM gebeurtenis WHERE gebeurtenis.vordering_id = vordering.vordering_id
           ORDER BY datum, gebeurtenis_id) AS h) AS gebeurtenissen
  FROM vordering;
"""
_DEBTORS: Final = "CREATE TABLE debiteur (bsn TEXT PRIMARY KEY) STRICT;"
_CLAIM: Final = (
    *("bsn", "vordering_id", "soort", "hoofdsom", "termijnbedrag", "ontstaan", "vervaldatum", "beslisser"),
    *("innende_partij", "grondslag", "betalingsregeling", "betwist", "bezwaar_bij", "bezwaar_tot"),
)
_EVENT: Final = ("vordering_id", "gebeurtenis_id", "soort", "bedrag", "datum", "corrigeert")
_UWV: Final = """
CREATE TABLE verzekerde (bsn TEXT PRIMARY KEY) STRICT;
CREATE TABLE inkomstenverhouding (
  bsn TEXT NOT NULL REFERENCES verzekerde, jaar INTEGER NOT NULL, werkgever TEXT, dienstverband_van TEXT,
  dienstverband_tot TEXT, uren_per_week INTEGER, gewerkte_uren INTEGER, jaarloon INTEGER, brutoloon_maand INTEGER,
  nettoloon_maand INTEGER, vakantiegeld INTEGER, arbeidsverleden_jaren INTEGER,
  arbeidsongeschiktheidspercentage INTEGER, uitkering_soort TEXT, uitkering_bruto_maand INTEGER,
  uitkering_netto_maand INTEGER) STRICT;
CREATE INDEX inkomstenverhouding_bsn ON inkomstenverhouding (bsn);
"""
_PAY: Final = (
    *("bsn", "jaar", "werkgever", "dienstverband_van", "dienstverband_tot", "uren_per_week", "gewerkte_uren"),
    *("jaarloon", "brutoloon_maand", "nettoloon_maand", "vakantiegeld", "arbeidsverleden_jaren"),
    *("arbeidsongeschiktheidspercentage", "uitkering_soort", "uitkering_bruto_maand", "uitkering_netto_maand"),
)
_ASSISTANCE: Final = """
CREATE TABLE bijstand (
  bsn TEXT NOT NULL, besluit TEXT NOT NULL, besluitdatum TEXT NOT NULL, beslisser TEXT NOT NULL, soort TEXT NOT NULL,
  maandbedrag INTEGER, van TEXT, tot TEXT, ontheffing TEXT, ontheffing_tot TEXT,
  PRIMARY KEY (bsn, beslisser, besluitdatum)) STRICT;
"""
_GRANTS: Final = (
    *("bsn", "besluit", "besluitdatum", "beslisser", "soort", "maandbedrag", "van", "tot", "ontheffing"),
    "ontheffing_tot",
)
_ALLOWANCE: Final = (
    *("bsn", "toeslag", "jaar", "maandbedrag", "jaarbedrag", "vaststelling", "terugvordering", "toeslagpartner"),
    "toetsingsinkomen",
)
_EUROS: Final = frozenset({"maandbedrag", "jaarbedrag", "terugvordering", "toetsingsinkomen"})
_DECISION: Final = (
    *("bsn", "besluit", "besluitdatum", "ingangsdatum", "einddatum", "zorgprofiel", "grondslag", "reden_afwijzing"),
    *("bezwaar_tot", "doorverwezen_naar"),
)


def insert(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Adds ``rows`` to ``table``; a column that a row lacks stays empty."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of this module
    connection.executemany(statement, [tuple(row.get(name) for name in columns) for row in rows])


def insert_claims(connection: sqlite3.Connection, document: Document) -> None:
    """The claims of a document and their events, into the tables of ``CLAIMS``."""
    for person in document["personen"]:
        for claim in person.get("vorderingen", []):
            row = {"bsn": person["bsn"], "innende_partij": claim["inner"], **claim}
            insert(connection, "vordering", _CLAIM, [row])
            events = [{"vordering_id": claim["vordering_id"], **event} for event in claim.get("gebeurtenissen", [])]
            insert(connection, "gebeurtenis", _EVENT, events)


def write_claims(path: Path, document: Document) -> None:
    """The database of an organisation that has claims alone, at ``path``, replaced where it exists."""
    with closing(_new(path)) as connection, connection:
        connection.executescript(_DEBTORS + CLAIMS)
        insert(connection, "debiteur", ("bsn",), document["personen"])
        insert_claims(connection, document)


def write_municipalities(path: Path, document: Document) -> None:
    """The database of the municipalities: claims and assistance."""
    with closing(_new(path)) as connection, connection:
        connection.executescript(_DEBTORS + CLAIMS + _ASSISTANCE)
        insert(connection, "debiteur", ("bsn",), document["personen"])
        insert_claims(connection, document)
        insert(connection, "bijstand", _GRANTS, _flat(document, "bijstand"))


def write_employment(path: Path, document: Document) -> None:
    """UWV's database: who is insured, and a row for each employment or benefit and year."""
    with closing(_new(path)) as connection, connection:
        connection.executescript(_UWV)
        insert(connection, "verzekerde", ("bsn",), document["personen"])
        insert(connection, "inkomstenverhouding", _PAY, _flat(document, "inkomstenverhoudingen"))


def write_allowances(path: Path, document: Document) -> None:
    """The extract of Dienst Toeslagen."""
    rows = [
        {name: euros(value) if name in _EUROS else value for name, value in row.items()}
        for row in _flat(document, "toeslagen")
    ]
    _write_csv(path, _ALLOWANCE, [row | {"toeslagpartner": "J" if row["toeslagpartner"] else "N"} for row in rows])


def write_decisions(path: Path, document: Document) -> None:
    """The extract of CIZ."""
    _write_csv(path, _DECISION, _flat(document, "besluiten"))


def euros(cents: int) -> str:
    """``1234`` → ``12,34``."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


def _flat(document: Document, name: str) -> list[dict[str, Any]]:
    return [{"bsn": person["bsn"], **row} for person in document["personen"] for row in person.get(name, [])]


def _new(path: Path) -> sqlite3.Connection:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
