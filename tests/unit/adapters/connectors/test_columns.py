# SPDX-License-Identifier: EUPL-1.2
"""Sets of one record, and groups, from columns of a table or a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.connectors.contract import Query, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.mapping import at_path
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.adapters.connectors.settings import CsvLink, ElementMapping, SqlLink
from blauweknop.adapters.connectors.sql import DatabaseRefusedError
from blauweknop.core.dataset.missing import Missing, MissingElement
from tests.contract.back_ends import TODAY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio

LOW = "010008579"  # only ever in a history row of the test set; begins with a zero
ELEMENTS = {
    "burgerlijke_staat": ElementMapping(column="staat", codes={"G": "gehuwd", "O": "ongehuwd"}),
    "partner": ElementMapping(
        parts={
            "geslachtsnaam": ElementMapping(column="partner_naam"),
            "datum_aangaan": ElementMapping(column="getrouwd", conversion="jjjjmmdd"),
        }
    ),
}
COLUMNS = ("nummer", "staat", "partner_naam", "getrouwd")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def connectors(folder: Path, rows: list[tuple[Any, ...]], kind: str = "TEXT") -> dict[str, Any]:
    database, file = folder / "b.sqlite", folder / "b.csv"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"CREATE TABLE burger (nummer {kind}, staat, partner_naam, getrouwd)")
        connection.executemany("INSERT INTO burger VALUES (?, ?, ?, ?)", rows)
    lines = [COLUMNS, *rows]
    file.write_text("".join(";".join(str(cell) for cell in line) + "\r\n" for line in lines), encoding="utf-8-sig")
    sql = SqlLink(elements=ELEMENTS, connection=f"sqlite:///{database}", table="burger", key="nummer")
    return {"sql": open_connector(sql), "csv": open_connector(CsvLink(elements=ELEMENTS, file=str(file), key="nummer"))}


def query(*elements: str, subject: str = LOW) -> Query:
    definition = load_catalogue().definitions["huishouden/1"]
    return Query(definition=definition, subject=subject, elements=elements or tuple(ELEMENTS), today=TODAY)


@pytest.mark.parametrize("kind", ["sql", "csv"])
async def test_a_set_of_one_record_with_a_group(tmp_path: Path, kind: str) -> None:
    answer = await connectors(tmp_path, [(LOW, "G", "Smit", "20190800")])[kind].fetch(query())
    (row,) = answer.rows
    assert row["burgerlijke_staat"].waarde == "gehuwd"
    partner = row["partner"].waarde
    assert (partner["geslachtsnaam"].waarde, partner["datum_aangaan"].waarde) == ("Smit", "2019-08")
    not_given = {"voornamen", "voorvoegsel", "soort_verbintenis", "datum_ontbinding", "reden_ontbinding"}
    assert set(answer.missing) == {
        MissingElement(element=f"partner.{name}", reden=Missing.NOT_DELIVERED) for name in not_given
    }


@pytest.mark.parametrize("kind", ["sql", "csv"])
async def test_a_group_without_any_value_has_none(tmp_path: Path, kind: str) -> None:
    answer = await connectors(tmp_path, [(LOW, "O", "", "0")])[kind].fetch(query("partner"))
    assert answer.rows[0]["partner"].waarde is None


@pytest.mark.parametrize("kind", ["sql", "csv"])
async def test_a_word_outside_the_list_is_not_given(tmp_path: Path, kind: str) -> None:
    connector = connectors(tmp_path, [(LOW, "Samenwonend", "Smit", "0")])[kind]
    answer = await connector.fetch(query("burgerlijke_staat"))
    assert answer.rows == ({},)
    assert answer.missing == (MissingElement(element="burgerlijke_staat", reden=Missing.NOT_DELIVERED),)
    (line,) = await connector.check(query("burgerlijke_staat"))
    assert (line.shown, line.advice[:8]) == ("(not delivered)", "Its code")


async def test_a_column_of_numbers_keeps_people_with_a_leading_zero(tmp_path: Path) -> None:
    answer = await connectors(tmp_path, [(int(LOW), "G", "", "0")], kind="INTEGER")["sql"].fetch(query())
    assert (answer.known, answer.subject) == (True, LOW)


async def test_a_column_that_compares_loosely_does_not_give_another_person(tmp_path: Path) -> None:
    loose = "TEXT COLLATE NOCASE"
    made = connectors(tmp_path, [("a", "G", "", "0")], kind=loose)["sql"]
    assert (await made.fetch(query(subject="a"))).known
    with pytest.raises(WrongPersonError):
        await made.fetch(query(subject="A"))


@pytest.mark.parametrize("address", ["postgresql://db.example/brp", "sqlite://b.sqlite", "b.sqlite", "mysql:///b"])
def test_other_databases_are_refused_with_a_word(address: str) -> None:
    with pytest.raises(DatabaseRefusedError, match="sqlite:///PATH"):
        open_connector(SqlLink(elements=ELEMENTS, connection=address, table="burger", key="nummer"))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", {"a": [{"b": 1}, {"b": 2}]}),
        ("a.0.b", 1),
        ("a.-1.b", 2),
        ("a.2.b", None),
        ("a.-3", None),
        ("a.b", None),
        ("c.d", None),
        ("a.0.b.c", None),
    ],
)
def test_places_in_an_answer(path: str, found: Any) -> None:
    assert at_path({"a": [{"b": 1}, {"b": 2}]}, path) == found


CLAIMS = {
    "vordering_id": ElementMapping(column="kenmerk"),
    "gebeurtenissen": ElementMapping(
        column="verloop",
        parts={
            "gebeurtenis_id": ElementMapping(column="nr"),
            "soort": ElementMapping(column="wat", codes={"betaald": "aflossing"}),
            "bedrag": ElementMapping(column="euro", conversion="euro"),
            "datum": ElementMapping(column="dag"),
            "corrigeert": ElementMapping(column="van"),
        },
    ),
}
PAID = '[{"nr":"1","wat":"betaald","euro":"12,50","dag":"2026-01-31"}]'


async def fetch_claim(folder: Path, kind: str, cell: object) -> Any:
    database, file = folder / "v.sqlite", folder / "v.csv"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE zaak (nummer, kenmerk, verloop)")
        connection.execute("INSERT INTO zaak VALUES (?, 'V1', ?)", (LOW, cell))
    quoted = '"' + str(cell).replace('"', '""') + '"'
    file.write_text(f"nummer;kenmerk;verloop\r\n{LOW};V1;{quoted}\r\n", encoding="utf-8")
    link: Any = CsvLink(elements=CLAIMS, file=str(file), key="nummer")
    if kind == "sql":
        link = SqlLink(elements=CLAIMS, connection=f"sqlite:///{database}", table="zaak", key="nummer")
    definition = load_catalogue().definitions["vorderingen/1"]
    asked = Query(definition=definition, subject=LOW, elements=tuple(CLAIMS), today=TODAY)
    return await open_connector(link).fetch(asked)


@pytest.mark.parametrize("kind", ["sql", "csv"])
async def test_a_list_in_a_column_is_a_json_array(tmp_path: Path, kind: str) -> None:
    (row,) = (await fetch_claim(tmp_path, kind, PAID)).rows
    (event,) = row["gebeurtenissen"].waarde
    assert {name: value.waarde for name, value in event.items()} == {
        "gebeurtenis_id": "1",
        "soort": "aflossing",
        "bedrag": 1250,
        "datum": "2026-01-31",
        "corrigeert": None,
    }


@pytest.mark.parametrize("kind", ["sql", "csv"])
@pytest.mark.parametrize("cell", ["", "[]"])
async def test_a_column_without_a_list_gives_an_empty_one(tmp_path: Path, kind: str, cell: str) -> None:
    (row,) = (await fetch_claim(tmp_path, kind, cell)).rows
    assert row["gebeurtenissen"].waarde == ()


@pytest.mark.parametrize("kind", ["sql", "csv"])
@pytest.mark.parametrize(
    "cell",
    ["betaald", "{}", "1", "[1]", '["a"]', PAID[:-1], PAID.replace('"nr"', '"wat"'), "[" * 20_000, '[{"nr":[]}]'],
)
async def test_a_column_that_holds_no_list_is_refused(tmp_path: Path, kind: str, cell: str) -> None:
    with pytest.raises(SourceFailedError):
        await fetch_claim(tmp_path, kind, cell)
