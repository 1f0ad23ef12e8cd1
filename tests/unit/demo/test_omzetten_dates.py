# SPDX-License-Identifier: EUPL-1.2
"""Dates of the list: partial stays partial, and what cannot be read keeps what can and says so."""

import pytest

from blauweknop.demo.omzetten.dates import parse_date


@pytest.mark.parametrize(
    ("cell", "iso", "readable"),
    [
        ("19870208", "1987-02-08", True),
        ("19780300", "1978-03", True),
        ("19660000", "1966", True),
        ("00000000", None, True),
        ("20000229", "2000-02-29", True),
        ("19660013", "1966", False),
        ("20170229", "2017-02", False),
        ("20171301", "2017", False),
        ("19780332", "1978-03", False),
        ("2015", "2015", False),
        ("1994031", "1994", False),
        ("00002014", None, False),
        ("22050123", None, False),
        ("29190606", None, False),
        ("05", None, False),
        ("een dag", None, False),
        ("١٩٨٧٠٢٠٨", None, False),
    ],
)
def test_a_cell_is_read_as_far_as_it_can_be(cell: str, iso: str | None, readable: bool) -> None:
    date = parse_date(cell, last_year=2026)
    assert (date.iso(), date.readable) == (iso, readable)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("19870208", {"type": "Datum", "datum": "1987-02-08", "langFormaat": "8 februari 1987"}),
        ("19780300", {"type": "JaarMaandDatum", "jaar": 1978, "maand": 3, "langFormaat": "maart 1978"}),
        ("19660013", {"type": "JaarDatum", "jaar": 1966, "langFormaat": "1966"}),
        ("00000000", {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}),
    ],
)
def test_the_api_has_a_type_for_each(cell: str, expected: dict[str, object]) -> None:
    assert parse_date(cell, last_year=2026).as_api() == expected


def test_a_date_ahead_is_believed_where_it_may_lie_ahead() -> None:
    assert parse_date("20300101", last_year=2026).iso() is None
    assert parse_date("20300101", last_year=2100).iso() == "2030-01-01"
