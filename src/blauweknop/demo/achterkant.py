# SPDX-License-Identifier: EUPL-1.2
"""The back-ends of the demo's four sources, made from the demo data.

- RvIG: a simulator of the BRP API; Rotterdam: a simulator of a civil registry (both are ASGI apps to serve);
- Belastingdienst: an SQLite file with the tables that a tax office might have and one view over them;
- RDW: a CSV file as a nightly extract.

``write_files`` makes the files anew each time; ``back_end_apps`` gives the apps with the port each listens on.
"""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from blauweknop.demo.gegevens import load
from blauweknop.testing.haal_centraal import BrpApi
from blauweknop.testing.rest_source import CivilRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.types import ASGIApp

    Documents = Callable[[str], dict[str, Any]]  # by name, as ``gegevens.load``

BRP_PORT: Final = 8111
REGISTRY_PORT: Final = 8114
PORT_VARIABLES: Final[Mapping[str, int]] = {
    "BK_POORT_LOGIN": 8100,
    "BK_POORT_RVIG": 8101,
    "BK_POORT_BELASTINGDIENST": 8102,
    "BK_POORT_RDW": 8103,
    "BK_POORT_ROTTERDAM": 8104,
    "BK_POORT_BRP": BRP_PORT,
    "BK_POORT_BURGERLIJKE_STAND": REGISTRY_PORT,
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
_VEHICLE: Final = (
    "bsn",
    "kenteken",
    "voertuigsoort",
    "merk",
    "handelsbenaming",
    "datum_eerste_toelating",
    "datum_tenaamstelling",
    "vervaldatum_apk",
    "catalogusprijs",
    "massa_ledig_voertuig",
    "brandstof_omschrijving",
    "wam_verzekerd",
    "openstaande_terugroepactie_indicator",
    "tenaamgestelde",
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
    """Writes the database and the extract into ``folder``, which is made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    write_database(folder / DATABASE, documents("belastingdienst"))
    write_extract(folder / EXTRACT, documents("rdw"))


def back_end_apps(*, documents: Documents = load) -> dict[str, ASGIApp]:
    """The apps that stand for the systems of RvIG and Rotterdam, by the variable that holds their port."""
    return {
        "BK_POORT_BRP": BrpApi(documents("rvig")).app(),
        "BK_POORT_BURGERLIJKE_STAND": CivilRegistry(documents("rotterdam")).app(),
    }


def write_database(path: Path, document: Mapping[str, Any]) -> None:
    """The tax office's database at ``path``, replaced where it exists."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        for person in document["personen"]:
            connection.execute("INSERT INTO belastingplichtige VALUES (?)", (person["bsn"],))
            _insert(connection, "aangifte", _DECLARATION, person["bsn"], person["aangiften"])
            _insert(connection, "specificatie", _PARTS, person["bsn"], person["specificaties"])


def _insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], bsn: str, rows: list[dict[str, Any]]
) -> None:
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of this module
    connection.executemany(statement, [tuple(({"bsn": bsn} | row).get(name) for name in columns) for row in rows])


def write_extract(path: Path, document: Mapping[str, Any]) -> None:
    """The vehicle register's extract at ``path``: one line a vehicle, ``;`` between cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _VEHICLE, delimiter=";", restval="", lineterminator="\r\n")
        writer.writeheader()
        for person in document["personen"]:
            writer.writerows({"bsn": person["bsn"]} | vehicle for vehicle in person["voertuigen"])
