# SPDX-License-Identifier: EUPL-1.2
"""Small person lists of our own making, in the form of the published file."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest

from blauweknop.demo.omzetten import brp_person, rvig_list, tables
from blauweknop.demo.omzetten.cells import Reading

Row = dict[str, str]
MakeLists = Callable[..., tuple[rvig_list.PersonList, ...]]
ConvertOne = Callable[..., brp_person.BrpPerson]

MARIA = "999996149"  # numbers that pass the eleven test; the people here are made up
PIETER = "999992351"

COLUMNS = re.findall(
    r"\S+",
    """01.01.10 01.01.20 01.02.10 01.02.20 01.02.30 01.02.40 01.03.10 01.03.20 01.03.30 01.04.10 01.61.10 01.83.10
01.83.20 01.83.30 01.84.10 01.H 02.01.20 02.02.10 02.02.40 02.83.10 02.83.20 02.83.30 02.84.10 02.H 03.02.10 03.02.40
03.83.10 03.84.10 03.H 04.05.10 04.63.10 04.64.10 04.65.10 04.82.20 04.83.10 04.83.20 04.83.30 04.84.10 04.85.10 04.H
05.01.10 05.01.20 05.02.10 05.02.40 05.03.10 05.06.10 05.06.20 05.06.30 05.07.10 05.07.40 05.15.10 05.83.10 05.84.10
05.H 06.08.10 06.08.20 06.84.10 06.H 07.67.10 07.67.20 07.70.10 08.09.10 08.10.10 08.10.30 08.11.10 08.11.15 08.11.20
08.11.30 08.11.60 08.11.70 08.11.80 08.12.10 08.13.10 08.13.20 08.13.30 08.14.10 08.14.20 08.83.10 08.83.20 08.83.30
08.84.10 08.H 09.01.10 09.01.20 09.02.10 09.02.40 09.03.10 09.83.10 09.83.20 09.84.10 09.85.10 09.H 10.39.10 10.39.20
10.83.10 10.84.10 10.H 11.32.10 11.33.10 11.83.10 11.84.10 11.H""",
)


def file_text(*lists: tuple[str, list[Row]]) -> str:
    """The text of a list file: a byte order mark, the head, then the rows of each list."""
    lines = [["", *COLUMNS]]
    for name, rows in lists:
        for number, row in enumerate(rows):
            unknown = set(row) - set(COLUMNS)
            assert not unknown, unknown
            lines.append(["" if number else name, *(row.get(column, "") for column in COLUMNS)])
    return "\ufeff" + "\n".join(";".join(line) for line in lines) + "\n"


@pytest.fixture(scope="session")
def make_lists() -> MakeLists:
    """Gives person lists from rows: one list for each argument, named Lg01_1, Lg01_2, …"""

    def make(*people: list[Row]) -> tuple[rvig_list.PersonList, ...]:
        return rvig_list.read(file_text(*((f"Lg01_{number}", rows) for number, rows in enumerate(people, start=1))))

    return make


@pytest.fixture(scope="session")
def reading() -> Reading:
    """A few codes of each table, and two numbers that may be named."""
    few: dict[str, Mapping[str, str]] = {
        tables.NATIONALITY: {"0001": "Nederlandse"},
        tables.MUNICIPALITY: {"0599": "Rotterdam"},
        tables.COUNTRY: {"6030": "Nederland", "5010": "België"},
        tables.NATIONALITY_REASON: {"017": "een reden"},
        tables.TITLE: {"JH": "jonkheer", "B": "baron"},
        tables.RESIDENCE_PERMIT: {"21": "een titel"},
        tables.CUSTODY: {"1": "Ouder1 heeft het gezag", "12": "beiden"},
    }
    return Reading(tables.CodeTables(MappingProxyType(few | dict(tables.FIXED))), 2026, frozenset({MARIA, PIETER}))


@pytest.fixture(scope="session")
def convert_one(make_lists: MakeLists, reading: Reading) -> ConvertOne:
    """Gives the record of one person from the person's rows."""
    return lambda *rows: brp_person.convert(make_lists(list(rows))[0], reading)
