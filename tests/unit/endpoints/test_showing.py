# SPDX-License-Identifier: EUPL-1.2
"""What the page shows of a value: everything the source said of it, and nothing else."""

from __future__ import annotations

import msgspec
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.catalogue import Catalogue
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import EURO_CENT, Period, Row, Value
from blauweknop.endpoints.pages.showing import Shower
from blauweknop.texts import load_messages

CATALOGUE = load_catalogue()
FULL = Value(
    waarde=7490000,
    eenheid=EURO_CENT,
    periode=Period("2025-01-01", "2025-12-31"),
    peildatum="2026-11-01",
    status="voorlopig",
    begrip="verzamelinkomen/1",
    in_onderzoek="2026-03",
    opmerking="deels-onbekend",
)


def shower(data_set: str = "inkomen/1", language: str = "nl", catalogue: Catalogue = CATALOGUE) -> Shower:
    messages = load_messages("nl" if language == "nl" else "en")
    return Shower(catalogue, catalogue.definitions[data_set], messages)


def test_bk041_all_that_the_source_says_of_a_value_is_shown() -> None:
    (record,) = shower().records(({"verzamelinkomen": FULL},))
    (value,) = record.values
    assert (value.title, value.words, value.absent) == ("Verzamelinkomen", "€\u00a074.900,00", False)
    assert (value.reference_date, value.period) == ("1 november 2026", "heel 2025")
    assert (value.status, value.final) == ("Voorlopig: kan nog veranderen", False)
    assert value.marks == (
        "De organisatie onderzoekt sinds maart 2026 of dit klopt.",
        "Een deel hiervan is niet bekend bij de organisatie.",
    )
    assert "toetsingsinkomen" in " ".join(value.meaning).lower()


@pytest.mark.parametrize("name", ["peildatum", "status", "in_onderzoek", "opmerking", "periode"])
def test_bk041_what_the_source_does_not_say_is_not_made_up(name: str) -> None:
    less = msgspec.structs.replace(FULL, **{name: None if name == "periode" else ""})
    ((value,),) = [record.values for record in shower().records(({"verzamelinkomen": less},))]
    shown = {
        "peildatum": value.reference_date,
        "status": value.status,
        "in_onderzoek": "maart 2026" if "maart 2026" in "".join(value.marks) else "",
        "opmerking": "deel" if "Een deel" in "".join(value.marks) else "",
        "periode": value.period,
    }
    assert [key for key, words in shown.items() if not words] == [name]


def test_records_are_called_by_their_year_and_without_one_by_number() -> None:
    rows: tuple[Row, ...] = ({"belastingjaar": Value(waarde=2025)}, {"verzamelinkomen": FULL})
    assert [record.title for record in shower().records(rows)] == ["Belastingjaar 2025", "Nummer 2"]
    assert [record.title for record in shower("persoonsgegevens/1").records(({},))] == [""]
    unknown: Row = {"belastingjaar": Value(waarde=None)}
    assert [record.title for record in shower(language="en").records((unknown,))] == ["Number 1"]


def test_values_stand_in_the_order_of_the_definition_and_foreign_ones_do_not_show() -> None:
    row: Row = {"verzamelinkomen": FULL, "vreemd": FULL, "belastingjaar": Value(waarde=2025)}
    (record,) = shower().records((row,))
    assert [value.title for value in record.values] == ["Belastingjaar", "Verzamelinkomen"]


def test_lists_and_groups_show_each_part() -> None:
    child: Row = {"voornamen": Value(waarde="Walter"), "geboortedatum": Value(waarde="2014-06-01")}
    row: Row = {"kinderen": Value(waarde=(child, child)), "partner": Value(waarde={"voornamen": Value(waarde=None)})}
    (record,) = shower("huishouden/1").records((row,))
    shown = {value.title: value for value in record.values}
    assert [[part.words for part in item] for item in shown["Kinderen"].parts] == [["Walter", "1 juni 2014"]] * 2
    assert shown["Kinderen"].words == "2 onderdelen"
    ((part,),) = shown["Partner"].parts
    assert part.absent


def test_what_is_missing_is_called_by_its_title_with_the_reason() -> None:
    period = Period("2023-01-01", "2023-12-31")
    (entry,) = shower().missing([MissingElement(element="belastingjaar", reden=Missing.NO_VALUE, periode=period)])
    assert (entry.title, entry.period) == ("Belastingjaar", "heel 2023")
    (entry,) = shower("huishouden/1").missing(
        [MissingElement(element="kinderen.geboortedatum", reden=Missing.NOT_DELIVERED)]
    )
    assert (entry.title, entry.period) == ("Kinderen: Geboortedatum", "")
    assert "niet via deze knop" in entry.reason


@pytest.mark.parametrize("reason", list(Missing))
def test_every_reason_has_words(reason: Missing) -> None:
    for language in ("nl", "en"):
        (entry,) = shower(language=language).missing([MissingElement(element="onbekend_pad", reden=reason)])
        assert entry.title == "onbekend_pad"
        assert entry.reason.endswith(".")


def test_a_concept_that_is_not_in_the_dictionary_leaves_the_explanation() -> None:
    bare = msgspec.structs.replace(CATALOGUE, concepts={})
    (record,) = shower(catalogue=bare).records(({"verzamelinkomen": FULL},))
    assert len(record.values[0].meaning) == 1
