# SPDX-License-Identifier: EUPL-1.2
"""What every connector does (adapters/connectors/contract.py), over the demo's four back-ends."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
import traceback
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pytest

from blauweknop.adapters.connectors.contract import SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.adapters.connectors.settings import SqlLink
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period
from tests.contract.back_ends import KINDS, NOBODY, OVER_HTTP, TODAY, BackEnd, open_back_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.anyio

SOON = 0.4  # seconds a fetch may take in the tests of time-outs
PATIENCE = 2.5  # seconds within which it must have given up, on a busy machine
FAILURES = {
    "html": "onleesbaar",
    "afgekapt": "onleesbaar",
    "halve-json": "onleesbaar",
    "gecomprimeerd": "onleesbaar",
    "druppel": "te-laat",
    "hangt": "te-laat",
    "doorverwijzing": "doorverwijzing",
    "storing": "onverwacht",
    "onderhoud": "onbereikbaar",
    "geweigerd": "geweigerd",
    "te-groot": "te-groot",
}


@pytest.fixture(params=KINDS)
async def back_end(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BackEnd]:
    async with open_back_end(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=OVER_HTTP)
async def http_back_end(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BackEnd]:
    async with open_back_end(request.param, tmp_path) as made:
        yield made


@pytest.fixture
async def sql(tmp_path: Path) -> AsyncIterator[BackEnd]:
    async with open_back_end("sql", tmp_path) as made:
        yield made


@pytest.fixture
async def csv(tmp_path: Path) -> AsyncIterator[BackEnd]:
    async with open_back_end("csv", tmp_path) as made:
        yield made


async def test_bk070_a_known_person_has_every_element_asked_and_no_other(back_end: BackEnd) -> None:
    answer = await back_end.connector.fetch(back_end.query())
    assert answer.known
    assert answer.subject == back_end.person
    assert answer.rows
    for row in answer.rows:
        assert set(row) == set(back_end.link.elements)
        assert any(value.waarde is not None for value in row.values())
        for name, value in row.items():
            element = back_end.definition.element(name)
            assert element is not None
            assert (value.begrip, value.peildatum) == (element.concept, TODAY)


async def test_less_is_given_when_less_is_asked(back_end: BackEnd) -> None:
    one = next(iter(back_end.link.elements))
    answer = await back_end.connector.fetch(back_end.query(elements=(one,)))
    assert [set(row) for row in answer.rows] == [{one}] * len(answer.rows)
    assert answer.rows


async def test_an_unknown_person_is_an_answer(back_end: BackEnd) -> None:
    answer = await back_end.connector.fetch(back_end.query(NOBODY))
    assert (answer.known, answer.subject, answer.rows) == (False, NOBODY, ())


async def test_an_element_that_is_not_mapped_is_missing(back_end: BackEnd) -> None:
    first, *others = back_end.link.elements
    link = msgspec.structs.replace(back_end.link, elements={name: back_end.link.elements[name] for name in others})
    connector = open_connector(link, environ={})
    answer = await connector.fetch(back_end.query(elements=(first, *others)))
    await connector.close()
    assert MissingElement(element=first, reden=Missing.NOT_DELIVERED) in answer.missing
    assert all(first not in row for row in answer.rows)


async def test_two_people_at_once_get_their_own(back_end: BackEnd) -> None:
    people = [back_end.person, back_end.other] * 4
    answers = await asyncio.gather(*(back_end.connector.fetch(back_end.query(one)) for one in people))
    alone = {one: await back_end.connector.fetch(back_end.query(one)) for one in set(people)}
    assert list(answers) == [alone[one] for one in people]
    assert [answer.subject for answer in answers] == people


async def test_the_dry_run_has_a_line_for_every_element(back_end: BackEnd) -> None:
    lines = await back_end.connector.check(back_end.query())
    named = [line.element for line in lines if line.element and "." not in line.element]
    assert named == list(back_end.link.elements)
    assert all(line.origin and line.shown for line in lines if line.element in named)


async def test_closing_twice_is_safe(back_end: BackEnd) -> None:
    await back_end.connector.close()
    await back_end.connector.close()


@pytest.mark.parametrize("mode", FAILURES)
async def test_a_failing_back_end_gives_its_reason_in_time(http_back_end: BackEnd, mode: str) -> None:
    assert http_back_end.faults is not None
    timeout = SOON if FAILURES[mode] == "te-laat" else 5.0
    assert (await http_back_end.connector.fetch(http_back_end.query())).known
    http_back_end.faults.mode = mode
    began = time.monotonic()
    with pytest.raises(SourceFailedError) as caught:
        await http_back_end.connector.fetch(http_back_end.query(timeout=timeout))
    assert caught.value.reason == FAILURES[mode]
    assert time.monotonic() - began < PATIENCE
    assert http_back_end.person not in whole_text(caught.value)


async def test_an_answer_about_another_person_is_refused(http_back_end: BackEnd) -> None:
    assert http_back_end.faults is not None
    http_back_end.faults.mode = "andere-persoon"
    with pytest.raises(WrongPersonError) as caught:
        await http_back_end.connector.fetch(http_back_end.query())
    assert http_back_end.person not in whole_text(caught.value)


async def test_a_back_end_that_is_not_there_is_unreachable(http_back_end: BackEnd) -> None:
    address = "http://127.0.0.1:1"
    link = msgspec.structs.replace(http_back_end.link, address=address)
    connector = open_connector(link, environ={})
    with pytest.raises(SourceFailedError) as caught:
        await connector.fetch(http_back_end.query())
    await connector.close()
    assert caught.value.reason == "onbereikbaar"


async def test_bk082_no_bsn_in_any_log_of_a_connector(http_back_end: BackEnd, caplog: pytest.LogCaptureFixture) -> None:
    assert http_back_end.faults is not None
    with caplog.at_level(logging.DEBUG):
        await http_back_end.connector.fetch(http_back_end.query())
        for mode in ("html", "halve-json", "storing", "andere-persoon"):
            http_back_end.faults.mode = mode
            with pytest.raises((SourceFailedError, WrongPersonError)):
                await http_back_end.connector.fetch(http_back_end.query())
    assert caplog.records, "nothing was logged at all, so nothing is shown"
    assert http_back_end.person not in caplog.text


async def test_the_back_end_was_asked_for_no_more_than_needed(http_back_end: BackEnd) -> None:
    one = next(iter(http_back_end.link.elements))
    await http_back_end.connector.fetch(http_back_end.query())
    await http_back_end.connector.fetch(http_back_end.query(elements=(one,)))
    everything, little = http_back_end.asked[0], http_back_end.asked[-1]
    assert set(little) < set(everything)
    assert len(little) == 1


async def test_rows_outside_the_period_are_left_out(sql: BackEnd) -> None:
    whole = await sql.connector.fetch(sql.query())
    assert {row["belastingjaar"].waarde for row in whole.rows} == {2024, 2025}
    part = await sql.connector.fetch(sql.query(period=Period("2025-01-01", "2025-12-31")))
    assert [row["belastingjaar"].waarde for row in part.rows] == [2025]
    half = await sql.connector.fetch(sql.query(period=Period("2025-01-01", "2025-11-30")))
    assert half.known
    assert half.rows == ()


async def test_amounts_carry_period_and_status(sql: BackEnd) -> None:
    answer = await sql.connector.fetch(sql.query())
    amount = {row["belastingjaar"].waarde: row["verzamelinkomen"] for row in answer.rows}
    assert (amount[2024].waarde, amount[2024].status, amount[2024].eenheid) == (4650000, "definitief", "eurocent")
    assert amount[2025].status == "voorlopig"
    assert amount[2024].periode == Period("2024-01-01", "2024-12-31")


async def test_a_person_without_rows_may_still_be_known(sql: BackEnd) -> None:
    with closing(sqlite3.connect(sql.folder / "belastingdienst.sqlite")) as connection, connection:
        connection.execute("DELETE FROM aangifte WHERE bsn = ?", (sql.person,))
        connection.execute("DELETE FROM specificatie WHERE bsn = ?", (sql.person,))
    answer = await sql.connector.fetch(sql.query())
    assert (answer.known, answer.rows) == (True, ())


COLUMNS = """bsn belastingjaar status indieningsdatum verzamelinkomen inkomen_box1 inkomen_box2 inkomen_box3
    loon_uit_dienstbetrekking winst_uit_onderneming uitkeringen_en_pensioenen saldo_eigen_woning
    persoonsgebonden_aftrek spaargeld beleggingen schulden_box3"""
COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n {until})"


def view(before: str = "", *, after: str = "", **changed: str) -> str:
    """The view anew, with some columns made of something else."""
    columns = ", ".join(f"{changed.get(name, name)} AS {name}" for name in COLUMNS.split())
    return (
        f"DROP VIEW inkomen; CREATE VIEW inkomen AS {before} SELECT {columns} FROM aangifte"
        f" LEFT JOIN specificatie USING (bsn, belastingjaar) {after}"
    )


SPOILT_SQL = {
    "file gone": ("DROP", "onbereikbaar"),
    "no database": (b"this is text, and long enough to be looked at as a header of a database file", "onleesbaar"),
    "view gone": ("DROP VIEW inkomen", "onbereikbaar"),
    "column gone": (view().replace(", spaargeld AS spaargeld", ""), "onbereikbaar"),
    "unknown status": (view(status="'misschien'"), "onleesbaar"),
    "year is a word": (view(belastingjaar="'vorig'"), "onleesbaar"),
    "an amount is a word": (view(verzamelinkomen="'veel'"), "onleesbaar"),
    "an amount with a fraction": (view(verzamelinkomen="0.5"), "onleesbaar"),
    "never ends": (view(COUNTING.format(until=""), after="JOIN n ON n.i < 0"), "te-laat"),
    "too many rows": (view(COUNTING.format(until="WHERE i < 2000"), after="JOIN n"), "te-groot"),
}


async def test_the_view_made_anew_gives_the_same(sql: BackEnd) -> None:
    before = await sql.connector.fetch(sql.query())
    with closing(sqlite3.connect(sql.folder / "belastingdienst.sqlite")) as connection, connection:
        connection.executescript(view())
    assert await sql.connector.fetch(sql.query()) == before


@pytest.mark.parametrize("change", SPOILT_SQL)
async def test_a_spoilt_database_gives_its_reason(sql: BackEnd, change: str) -> None:
    assert (await sql.connector.fetch(sql.query())).rows
    path = sql.folder / "belastingdienst.sqlite"
    how, reason = SPOILT_SQL[change]
    if how == "DROP":
        path.unlink()
    elif isinstance(how, bytes):
        path.write_bytes(how)
    else:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript(str(how))
    began = time.monotonic()
    with pytest.raises(SourceFailedError) as caught:
        await sql.connector.fetch(sql.query(timeout=SOON if reason == "te-laat" else 5.0))
    assert caught.value.reason == reason
    assert time.monotonic() - began < PATIENCE
    assert sql.person not in whole_text(caught.value)
    assert path.exists() == (how != "DROP"), "reading must not make a database"


async def test_a_misspelt_column_is_not_read_as_a_text(sql: BackEnd) -> None:
    assert isinstance(sql.link, SqlLink)
    mapping = msgspec.structs.replace(sql.link.elements["verzamelinkomen"], column="verzamel_inkomen")
    link = msgspec.structs.replace(sql.link, elements={"verzamelinkomen": mapping})
    with pytest.raises(SourceFailedError) as caught:
        await open_connector(link).fetch(sql.query(elements=("verzamelinkomen",)))
    assert caught.value.reason == "onbereikbaar"


async def test_identifiers_cannot_break_out_of_the_statement(sql: BackEnd) -> None:
    assert isinstance(sql.link, SqlLink)
    link = msgspec.structs.replace(sql.link, table='inkomen" WHERE 1=1 --')
    with pytest.raises(SourceFailedError):
        await open_connector(link).fetch(sql.query())


async def test_a_person_cannot_break_out_of_the_statement(sql: BackEnd) -> None:
    answer = await sql.connector.fetch(sql.query("x' OR '1'='1"))
    assert not answer.known


SPOILT_CSV = {
    "file gone": (None, "onbereikbaar"),
    "empty": (lambda _: b"", "onleesbaar"),
    "a cell too few": (lambda data: data.replace(b";Diesel;", b";"), "onleesbaar"),
    "a column gone": (lambda data: data.replace(b"kenteken", b"plaat", 1), "onleesbaar"),
    "a column twice": (lambda data: data.replace(b"merk", b"kenteken", 1), "onleesbaar"),
    "another encoding": (lambda data: data.replace(b"VIVARO", b"VIV\xc1RO"), "onleesbaar"),
    "an open quote": (lambda data: data.replace(b"OPEL", b'"OPEL'), "onleesbaar"),
    "a price in words": (lambda data: data.replace(b";55421;", b";veel;"), "onleesbaar"),
    "neither yes nor no": (lambda data: data.replace(b";Nee;Nee;", b";Misschien;Nee;"), "onleesbaar"),
    "too many lines": (lambda data: data + _line(data) * 1001, "te-groot"),
}


def _line(data: bytes) -> bytes:
    return next(line for line in data.split(b"\r\n") if line.startswith(b"999996149")) + b"\r\n"


@pytest.mark.parametrize("change", SPOILT_CSV)
async def test_a_spoilt_file_gives_its_reason(csv: BackEnd, change: str) -> None:
    assert (await csv.connector.fetch(csv.query())).rows
    path = csv.folder / "rdw.csv"
    how, reason = SPOILT_CSV[change]
    if how is None:
        path.unlink()
    else:
        before = path.read_bytes()
        path.write_bytes(how(before))
        assert path.read_bytes() != before
    with pytest.raises(SourceFailedError) as caught:
        await csv.connector.fetch(csv.query())
    assert caught.value.reason == reason
    assert csv.person not in whole_text(caught.value)


async def test_a_new_extract_counts_at_once(csv: BackEnd) -> None:
    path = csv.folder / "rdw.csv"
    path.write_bytes(path.read_bytes().replace(b"VIVARO", b"COMBO"))
    answer = await csv.connector.fetch(csv.query())
    assert answer.rows[0]["handelsbenaming"].waarde == "COMBO"


async def test_a_column_that_no_element_uses_is_pointed_at(csv: BackEnd) -> None:
    path = csv.folder / "rdw.csv"
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join(line + (b";kleur" if number == 0 else b";BLAUW") for number, line in enumerate(lines)))
    advice = [line for line in await csv.connector.check(csv.query()) if line.advice]
    assert [line.origin for line in advice] == ["rdw.csv: kleur"]


def whole_text(error: BaseException) -> str:
    """All that a logger could print of an error: its text, its fields, and what caused it."""
    fields = " ".join(repr(value) for value in vars(error).values())
    return (
        fields
        + "".join(traceback.format_exception_only(error))
        + (whole_text(error.__cause__) if error.__cause__ else "")
    )
