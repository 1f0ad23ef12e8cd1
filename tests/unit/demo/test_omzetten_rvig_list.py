# SPDX-License-Identifier: EUPL-1.2
"""Traps of the RvIG list: which rows are current, which are history, what is never handed out. Rows are our own."""

from collections.abc import Callable

import pytest

from blauweknop.demo.omzetten import rvig_list
from blauweknop.demo.omzetten.origin import ConversionError

MakeLists = Callable[..., tuple[rvig_list.PersonList, ...]]
ANNA = {"09.01.10": "1111111111", "09.02.10": "Anna"}
BRAM = {"09.01.10": "2222222222", "09.02.10": "Bram"}


def children(person: rvig_list.PersonList) -> list[tuple[str, tuple[int, ...]]]:
    return [(person.cell(record.row, "09.02.10"), record.history) for record in person.records("09")]


def kinds(*lists: rvig_list.PersonList) -> list[str]:
    return [found.kind for found in rvig_list.irregularities(lists) if found.kind != "geen-bsn"]


def test_a_row_without_first_column_can_hold_a_further_child(make_lists: MakeLists) -> None:
    (person,) = make_lists([{**ANNA, "09.H": "09"}, BRAM])
    assert children(person) == [("Anna", ()), ("Bram", ())]
    assert kinds(person) == []


def test_a_row_announced_as_history_is_no_further_child(make_lists: MakeLists) -> None:
    (person,) = make_lists([{**ANNA, "09.H": "59"}, BRAM])
    assert children(person) == [("Anna", (1,))]
    assert kinds(person) == []


def test_history_and_further_children_alternate(make_lists: MakeLists) -> None:
    (person,) = make_lists([{**ANNA, "09.H": "59"}, {**ANNA, "09.H": "09"}, {**BRAM, "09.H": "59"}, BRAM])
    assert children(person) == [("Anna", (1,)), ("Bram", (3,))]


def test_an_announcement_is_of_its_own_category_alone(make_lists: MakeLists) -> None:
    (person,) = make_lists([{**ANNA, "08.11.10": "Nu", "08.H": "58", "09.H": "09"}, {**BRAM, "08.11.10": "Toen"}])
    assert children(person) == [("Anna", ()), ("Bram", ())]
    assert [record.history for record in person.records("08")] == [(1,)]


def test_an_unannounced_row_is_history_and_reported(make_lists: MakeLists) -> None:
    (person,) = make_lists([ANNA, {"09.02.10": "Anneke"}])
    assert children(person) == [("Anna", (1,))]
    assert kinds(person) == ["niet-aangekondigd"]


def test_an_unannounced_row_of_another_person_is_a_further_record_and_reported(make_lists: MakeLists) -> None:
    (person,) = make_lists([ANNA, BRAM])
    assert children(person) == [("Anna", ()), ("Bram", ())]
    assert kinds(person) == ["niet-aangekondigd"]


def test_an_unannounced_row_without_a_record_before_it_is_handed_out_to_nobody(make_lists: MakeLists) -> None:
    (person,) = make_lists([{}, BRAM])
    assert children(person) == []
    assert kinds(person) == ["niet-aangekondigd"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [("o", "aankondiging-onleesbaar"), ("64", "aankondiging-onleesbaar"), ("9", "aankondiging-onleesbaar")],
)
def test_an_announcement_that_means_nothing_is_reported(make_lists: MakeLists, value: str, kind: str) -> None:
    (person,) = make_lists([{**ANNA, "09.H": value}, {"09.02.10": "Anneke"}])
    assert children(person) == [("Anna", (1,))]
    assert kind in kinds(person)


def test_an_announcement_on_the_last_row_is_reported(make_lists: MakeLists) -> None:
    (person,) = make_lists([{**ANNA, "09.H": "59"}])
    assert kinds(person) == ["aankondiging-zonder-rij"]


def test_an_announced_row_that_is_empty_is_reported(make_lists: MakeLists) -> None:
    (person,) = make_lists([{**ANNA, "09.H": "09"}, {"01.02.40": "x", "01.84.10": "O"}])
    assert children(person) == [("Anna", ())]
    assert "aangekondigd-maar-leeg" in kinds(person)


def test_an_incorrect_record_is_never_current(make_lists: MakeLists) -> None:
    (good,) = make_lists([{**ANNA, "09.H": "09"}, BRAM])
    (bad,) = make_lists([{**ANNA, "09.H": "09"}, {**BRAM, "09.84.10": "O"}])
    assert [name for name, _ in children(good)] == ["Anna", "Bram"]
    assert [name for name, _ in children(bad)] == ["Anna"]
    assert not good.has_incorrect()
    assert bad.has_incorrect()


def test_incorrect_history_counts_as_incorrect_too(make_lists: MakeLists) -> None:
    (person,) = make_lists([{"09.85.10": "20190220", "09.H": "59"}, {**BRAM, "09.84.10": "O"}])
    assert person.has_incorrect()


def test_a_number_on_two_lists_is_used_for_neither(make_lists: MakeLists) -> None:
    lists = make_lists([{"01.01.20": "999996149"}], [{"01.01.20": "999992351"}], [{"01.01.20": "999996149"}])
    assert list(rvig_list.single(lists)) == ["999992351"]
    assert kinds(*lists) == ["dubbel-bsn"]


def test_a_list_without_a_number_is_used_for_nobody_and_reported(make_lists: MakeLists) -> None:
    lists = make_lists([{"01.02.40": "Naamloos"}])
    assert rvig_list.single(lists) == {}
    assert [found.kind for found in rvig_list.irregularities(lists)] == ["geen-bsn"]


def test_a_number_in_a_history_row_is_nobodys(make_lists: MakeLists) -> None:
    lists = make_lists([{"01.01.20": "999996149", "01.H": "51"}, {"01.01.20": "999992351"}])
    assert list(rvig_list.single(lists)) == ["999996149"]


def test_a_number_keeps_its_leading_zeros(make_lists: MakeLists) -> None:
    assert list(rvig_list.single(make_lists([{"01.01.20": "000009866"}]))) == ["000009866"]


INVESTIGATED = {"01.01.20": "999996149", "01.83.10": "010310", "01.83.20": "20210101"}


def test_an_open_investigation_is_seen(make_lists: MakeLists) -> None:
    (person,) = make_lists([INVESTIGATED])
    assert person.has_open_investigation()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([{**INVESTIGATED, "01.83.30": "20210301"}], id="ended"),
        pytest.param([{"01.01.20": "999996149", "01.H": "51"}, INVESTIGATED], id="of a history row"),
        pytest.param([{**INVESTIGATED, "01.83.10": "PK"}], id="a shifted cell"),
    ],
)
def test_what_is_no_open_investigation(make_lists: MakeLists, rows: list[dict[str, str]]) -> None:
    (person,) = make_lists(rows)
    assert not person.has_open_investigation()


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ({"06.08.10": "05"}, ["06.08.10"]),
        ({"06.08.10": "55"}, ["06.08.10"]),
        ({"04.82.20": "1810", "04.83.10": "PK"}, ["04.82.20", "04.83.10"]),
        ({"06.08.10": "20180526", "04.82.20": "19940501", "04.83.10": "040000"}, []),
        ({"06.08.10": "2015"}, []),
    ],
)
def test_shifted_cells_are_reported(make_lists: MakeLists, cells: dict[str, str], places: list[str]) -> None:
    (person,) = make_lists([{"01.01.20": "999996149", **cells}])
    shifted = [found for found in rvig_list.irregularities((person,)) if found.kind == "verschoven-cel"]
    assert [found.where.rpartition("/")[2] for found in shifted] == places


def test_a_row_with_a_cell_too_many_is_refused() -> None:
    assert len(rvig_list.read(";01.01.20;01.H\nLg01_1;999996149;\n")) == 1
    with pytest.raises(ConversionError, match="row 2 has 4 cells"):
        rvig_list.read(";01.01.20;01.H\nLg01_1;999996149;;\n")


def test_a_row_before_the_first_list_is_refused() -> None:
    with pytest.raises(ConversionError, match="row 2 belongs to no list"):
        rvig_list.read(";01.01.20;01.H\n;999996149;\n")


def test_of_a_column_that_stands_twice_the_first_counts() -> None:
    (person,) = rvig_list.read("\ufeff;06.88.10;06.88.10\nLg01_1;eerst;tweede\n")
    assert person.cell(0, "06.88.10") == "eerst"


def test_both_spellings_of_a_list_name_start_a_list() -> None:
    lists = rvig_list.read(";01.01.20\nLg01_1;999996149\nLG01_2;999992351\n")
    assert [person.name for person in lists] == ["Lg01_1", "LG01_2"]
