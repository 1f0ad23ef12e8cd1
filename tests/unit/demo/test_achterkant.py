# SPDX-License-Identifier: EUPL-1.2
"""The files behind Belastingdienst and RDW hold the demo data, and nothing else."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from blauweknop.demo import achterkant, tables
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


@pytest.mark.parametrize("name", ["belastingdienst", "gemeenten", "lbio", "cak"])
def test_the_view_computes_what_is_open_from_events_that_are_only_added(tmp_path: Path, name: str) -> None:
    achterkant.write_files(tmp_path)
    with closing(sqlite3.connect(tmp_path / f"{name}.sqlite")) as connection:
        before = dict(connection.execute("SELECT vordering_id, openstaand FROM vorderingen").fetchall())
        assert before
        for place, (kind, sign) in enumerate(
            {"aflossing": -1, "vermindering": -1, "correctie": 1, "restitutie": 1}.items()
        ):
            for claim in before:
                row = (claim, f"N{place}", kind, 7, "2026-10-31")
                connection.execute("INSERT INTO gebeurtenis VALUES (?, ?, ?, ?, ?, NULL)", row)
                before[claim] += 7 * sign
            assert dict(connection.execute("SELECT vordering_id, openstaand FROM vorderingen").fetchall()) == before


def test_a_correction_of_an_event_that_is_not_there_is_refused(tmp_path: Path) -> None:
    document = load("lbio")
    tables.write_claims(tmp_path / "goed.sqlite", document)
    events = document["personen"][0]["vorderingen"][0]["gebeurtenissen"]
    next(event for event in events if event.get("corrigeert"))["corrigeert"] = "G9"
    with pytest.raises(sqlite3.IntegrityError):
        tables.write_claims(tmp_path / "fout.sqlite", document)


@pytest.mark.parametrize(("cents", "text"), [(0, "0,00"), (5, "0,05"), (13100, "131,00"), (-105, "-1,05")])
def test_an_extract_has_euros(cents: int, text: str) -> None:
    assert tables.euros(cents) == text
