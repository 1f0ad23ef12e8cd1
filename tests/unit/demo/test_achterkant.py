# SPDX-License-Identifier: EUPL-1.2
"""The files behind Belastingdienst and RDW hold the demo data, and nothing else."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from blauweknop.demo import achterkant
from blauweknop.demo.gegevens import load

if TYPE_CHECKING:
    from pathlib import Path


def test_the_database_holds_every_amount_of_the_data(tmp_path: Path) -> None:
    achterkant.write_files(tmp_path)
    achterkant.write_files(tmp_path)  # a second time replaces, and does not add
    document = load("belastingdienst")
    with closing(sqlite3.connect(tmp_path / achterkant.DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        found = {
            (row["bsn"], row["belastingjaar"]): {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
            for row in connection.execute("SELECT * FROM inkomen")
        }
    wanted: dict[tuple[str, int], dict[str, object]] = {}
    for person in document["personen"]:
        for row in (*person["aangiften"], *person["specificaties"]):
            known = wanted.setdefault((person["bsn"], row["belastingjaar"]), {"bsn": person["bsn"]})
            known |= row
    assert found == wanted


def test_the_extract_holds_every_vehicle_of_the_data(tmp_path: Path) -> None:
    achterkant.write_files(tmp_path)
    with (tmp_path / achterkant.EXTRACT).open(encoding="utf-8", newline="") as file:
        found = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file, delimiter=";")]
    wanted = [
        {"bsn": person["bsn"]} | vehicle for person in load("rdw")["personen"] for vehicle in person["voertuigen"]
    ]
    assert found == wanted
