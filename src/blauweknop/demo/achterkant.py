# SPDX-License-Identifier: EUPL-1.2
"""The back-ends of the demo's sources, made from the demo data.

- RvIG, Rotterdam, CJIB, Rechtspraak: simulators of the BRP API, of a civil registry, of a fines office and of the court
  registers (ASGI apps to serve);
- Belastingdienst, UWV, the municipalities, LBIO, CAK: SQLite files with the tables that they might have, and views;
- RDW, Dienst Toeslagen, CIZ: a CSV file as a nightly extract.

``write_files`` makes the files anew each time; ``back_end_apps`` gives the apps with the port each listens on.
"""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from blauweknop.demo import tables
from blauweknop.demo.gegevens import load
from blauweknop.demo.omzetten.rdw import COLUMNS as VEHICLE_COLUMNS
from blauweknop.testing.haal_centraal import BrpApi
from blauweknop.testing.record_registers import CourtRegisters, FinesOffice
from blauweknop.testing.rest_source import CivilRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.types import ASGIApp

    Documents = Callable[[str], dict[str, Any]]  # by name, as ``gegevens.load``

BRP_PORT: Final = 8111
REGISTRY_PORT: Final = 8114
FINES_PORT: Final = 8118
COURTS_PORT: Final = 8123
PORT_VARIABLES: Final[Mapping[str, int]] = {
    "BK_POORT_LOGIN": 8100,
    "BK_POORT_RVIG": 8101,
    "BK_POORT_BELASTINGDIENST": 8102,
    "BK_POORT_RDW": 8103,
    "BK_POORT_ROTTERDAM": 8104,
    "BK_POORT_UWV": 8105,
    "BK_POORT_TOESLAGEN": 8106,
    "BK_POORT_GEMEENTEN": 8107,
    "BK_POORT_CJIB": 8108,
    "BK_POORT_LBIO": 8109,
    "BK_POORT_CAK": 8110,
    "BK_POORT_CIZ": 8121,
    "BK_POORT_RECHTSPRAAK": 8122,
    "BK_POORT_BRP": BRP_PORT,
    "BK_POORT_BURGERLIJKE_STAND": REGISTRY_PORT,
    "BK_POORT_BOETES": FINES_PORT,
    "BK_POORT_REGISTERS": COURTS_PORT,
}
DATABASE: Final = "belastingdienst.sqlite"
EXTRACT: Final = "rdw.csv"

_DECLARATION: Final = (
    "bsn",
    "belastingjaar",
    "status",
    "indieningsdatum",
    "verzamelinkomen",
    "inkomen_box1",
    "inkomen_box2",
    "inkomen_box3",
)
_PARTS: Final = (
    "bsn",
    "belastingjaar",
    "loon_uit_dienstbetrekking",
    "winst_uit_onderneming",
    "uitkeringen_en_pensioenen",
    "saldo_eigen_woning",
    "persoonsgebonden_aftrek",
    "spaargeld",
    "beleggingen",
    "schulden_box3",
)
_SCHEMA: Final = """
CREATE TABLE belastingplichtige (bsn TEXT PRIMARY KEY) STRICT;
CREATE TABLE aangifte (
  bsn TEXT NOT NULL REFERENCES belastingplichtige, belastingjaar INTEGER NOT NULL, status TEXT NOT NULL,
  indieningsdatum TEXT, verzamelinkomen INTEGER, inkomen_box1 INTEGER, inkomen_box2 INTEGER, inkomen_box3 INTEGER,
  PRIMARY KEY (bsn, belastingjaar)) STRICT;
CREATE TABLE specificatie (
  bsn TEXT NOT NULL REFERENCES belastingplichtige, belastingjaar INTEGER NOT NULL, loon_uit_dienstbetrekking INTEGER,
  winst_uit_onderneming INTEGER, uitkeringen_en_pensioenen INTEGER, saldo_eigen_woning INTEGER,
  persoonsgebonden_aftrek INTEGER, spaargeld INTEGER, beleggingen INTEGER, schulden_box3 INTEGER,
  PRIMARY KEY (bsn, belastingjaar)) STRICT;
CREATE VIEW inkomen AS
  SELECT * FROM (SELECT bsn, belastingjaar FROM aangifte UNION SELECT bsn, belastingjaar FROM specificatie)
  LEFT JOIN aangifte USING (bsn, belastingjaar)
  LEFT JOIN specificatie USING (bsn, belastingjaar);
"""


def write_files(folder: Path, *, documents: Documents = load) -> None:
    """Writes the databases and the extracts into ``folder``, which is made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    write_database(folder / DATABASE, documents("belastingdienst"))
    write_extract(folder / EXTRACT, documents("rdw"))
    tables.write_employment(folder / "uwv.sqlite", documents("uwv"))
    tables.write_municipalities(folder / "gemeenten.sqlite", documents("gemeenten"))
    tables.write_claims(folder / "lbio.sqlite", documents("lbio"))
    tables.write_claims(folder / "cak.sqlite", documents("cak"))
    tables.write_allowances(folder / "toeslagen.csv", documents("toeslagen"))
    tables.write_decisions(folder / "ciz.csv", documents("ciz"))


def back_end_apps(*, documents: Documents = load) -> dict[str, ASGIApp]:
    """The apps that stand for systems that are asked over HTTP, by the variable that holds their port."""
    return {
        "BK_POORT_BRP": BrpApi(documents("rvig")).app(),
        "BK_POORT_BURGERLIJKE_STAND": CivilRegistry(documents("rotterdam")).app(),
        "BK_POORT_BOETES": FinesOffice(documents("cjib")).app(),
        "BK_POORT_REGISTERS": CourtRegisters(documents("rechtspraak")).app(),
    }


def write_database(path: Path, document: Mapping[str, Any]) -> None:
    """The tax office's database at ``path``, replaced where it exists."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA + tables.CLAIMS)
        for person in document["personen"]:
            connection.execute("INSERT INTO belastingplichtige VALUES (?)", (person["bsn"],))
            own = {"bsn": person["bsn"]}
            tables.insert(connection, "aangifte", _DECLARATION, [own | row for row in person["aangiften"]])
            tables.insert(connection, "specificatie", _PARTS, [own | row for row in person["specificaties"]])
        tables.insert_claims(connection, document)


def write_extract(path: Path, document: Mapping[str, Any]) -> None:
    """The vehicle register's extract at ``path``: one line a vehicle, ``;`` between cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("bsn", *VEHICLE_COLUMNS), delimiter=";", restval="", lineterminator="\r\n")
        writer.writeheader()
        for person in document["personen"]:
            writer.writerows({"bsn": person["bsn"]} | vehicle for vehicle in person["voertuigen"])
