# SPDX-License-Identifier: EUPL-1.2
"""Traps of the personas: facts that stand twice, registrations under the professional, a number of two parties."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import yaml

from blauweknop.demo.omzetten import assignment, court_registers, personas, source_rows
from blauweknop.demo.omzetten.assignment import Loan, SourceRow
from blauweknop.demo.omzetten.origin import ConversionError

MARK, REINDERT, SOPHIE = "999996149", "999993719", "500000001"
PAY: dict[str, Any] = {
    "monthly_income": [{"bsn": "1", "bedrag": 208333}],
    "maandelijks_inkomen": [{"bsn": "1", "bedrag": 201250}],
}
WORK: dict[str, Any] = {"uwv_werkgegevens": [{"bsn": "1", "jaarloon": 1900000, "uren": 16.0}]}
ROW = SourceRow(
    bron="uwv",
    lijst="rijen",
    bsn=MARK,
    verzonnen={"jaar": 2026, "gebeurtenissen": [{"id": "G1", "bedrag": 5}]},
    uit={"brutoloon_maand": "1/BELASTINGDIENST/monthly_income/bedrag", "uren": "1/UWV/uwv_werkgegevens/uren"},
)


def parse(profiles: dict[str, dict[str, Any]]) -> personas.Personas:
    whole = {number: {"name": "Naam", "sources": sources} for number, sources in profiles.items()}
    return personas.parse(yaml.safe_dump({"profiles": whole}).encode())


def made(row: SourceRow = ROW, *, tax: dict[str, Any] = PAY, work: dict[str, Any] = WORK) -> dict[str, Any]:
    (found,) = source_rows.people([row], "uwv", parse({"1": {"BELASTINGDIENST": tax, "UWV": work}}))
    return dict(found)


def test_a_row_holds_what_is_lent_and_what_is_invented_each_with_its_place() -> None:
    person = made()
    assert person["rijen"] == [
        {"brutoloon_maand": 208333, "uren": 16, "jaar": 2026, "gebeurtenissen": [{"id": "G1", "bedrag": 5}]}
    ]
    places = {pointer: (one["herkomst"], one["pad"]) for pointer, one in person["herkomst"].items()}
    lent = "/profiles/1/sources/BELASTINGDIENST/monthly_income/0/bedrag"
    assert places["/rijen/0/brutoloon_maand"] == ("toegewezen", lent)
    assert places["/rijen/0/gebeurtenissen/0/bedrag"] == ("verzonnen", "/rij/0/verzonnen/gebeurtenissen/0/bedrag")


def test_a_fact_that_stands_twice_is_read_from_the_one_place_named() -> None:
    other = PAY | {"maandelijks_inkomen": [{"bsn": "1", "bedrag": 1}], "bezittingen": [{"bsn": "1", "bedrag": 2}]}
    assert made(tax=other) == made()


def test_a_persona_on_stage_lends_nothing_but_is_taken_over() -> None:
    row = msgspec.structs.replace(ROW, bsn="1")
    assert made(row)["herkomst"]["/rijen/0/uren"]["herkomst"] == "overgenomen"


def test_a_twelfth_of_a_year_is_a_month() -> None:
    row = msgspec.structs.replace(ROW, gedeeld_door_12={"maand": "1/UWV/uwv_werkgegevens/jaarloon"})
    assert (
        made(row, work={"uwv_werkgegevens": [WORK["uwv_werkgegevens"][0] | {"jaarloon": 24}]})["rijen"][0]["maand"] == 2
    )
    with pytest.raises(ConversionError):
        made(row)


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([], id="no record"),
        pytest.param([*WORK["uwv_werkgegevens"], *WORK["uwv_werkgegevens"]], id="two records"),
        pytest.param([{"bsn": "1"}], id="no such member"),
        pytest.param([{"bsn": "2", "uren": 16.0}], id="about another number"),
        pytest.param([{"bsn": "1", "uren": 16.5}], id="not whole"),
        pytest.param([{"bsn": "1", "uren": None}], id="nothing"),
        pytest.param([{"bsn": "1", "uren": [16]}], id="a list"),
    ],
)
def test_a_value_that_does_not_stand_alone_is_not_lent(records: list[Any]) -> None:
    with pytest.raises(ConversionError):
        made(work={"uwv_werkgegevens": records})


@pytest.mark.parametrize("spot", ["1/UWV/uren", "9/UWV/uwv_werkgegevens/uren", "1/CBS/uwv_werkgegevens/uren", ""])
def test_a_place_that_does_not_exist_is_refused(spot: str) -> None:
    with pytest.raises(ConversionError):
        made(msgspec.structs.replace(ROW, uit={"uren": spot}))


# The registers.

BEWIND = {
    "bewind_type": "VOLLEDIG_BEWIND",
    "bsn_bewindvoerder": "7",
    "bsn_rechthebbende": "5",
    "datum_einde": None,
    "datum_ingang": "2023-03-01",
    "naam_rechthebbende": "Naam Van De Persona",
    "status": "ACTIEF",
}
CURATELE = {
    "bsn_curandus": SOPHIE,
    "bsn_curator": "7",
    "datum_einde": None,
    "datum_ingang": "2022-01-15",
    "naam_curandus": "Sophie van Dam",
    "status": "ACTIEF",
}


def registers(**profiles: dict[str, Any]) -> list[Any]:
    given = msgspec.structs.replace(
        assignment.load(), lening=(Loan("5", MARK, ("registers",)), Loan("7", REINDERT, ("registers",)))
    )
    courts = {number.removeprefix("p"): {"RECHTSPRAAK": blocks} for number, blocks in profiles.items()}
    return [facts.tree for facts in court_registers.registrations(parse(courts), given)]


def test_a_registration_is_found_under_the_professional() -> None:
    assert registers(p5={}, p7={"bewind_registraties": [BEWIND]}) == [
        {
            "soort": "bewind",
            "vertegenwoordigde": MARK,
            "vertegenwoordiger": REINDERT,
            "van": "2023-03-01",
            "omvang": "volledig",
        }
    ]


def test_a_registration_under_both_parties_is_one() -> None:
    both = {"curatele_registraties": [CURATELE]}
    assert len(registers(p7=both, p500000001=both)) == 1


def test_an_ended_registration_keeps_its_end() -> None:
    ended = BEWIND | {"datum_einde": "2025-12-31", "status": "BEEINDIGD"}
    (found,) = registers(p7={"bewind_registraties": [ended]})
    assert found["tot"] == "2025-12-31"


@pytest.mark.parametrize("change", [{"bsn_rechthebbende": "6"}, {"bsn_bewindvoerder": "8"}])
def test_a_registration_of_somebody_off_stage_is_left_out(change: dict[str, str]) -> None:
    assert registers(p7={"bewind_registraties": [BEWIND]})
    assert registers(p7={"bewind_registraties": [BEWIND | change]}) == []


def test_a_bankrupt_company_is_nobodys_registration() -> None:
    company = {"gefailleerde_id": "5", "gefailleerde_type": "RECHTSPERSOON", "bsn_curator": "7"}
    assert registers(p7={"faillissement_registraties": [company]}) == []


def test_an_extent_that_is_not_known_is_refused() -> None:
    with pytest.raises(ConversionError):
        registers(p7={"bewind_registraties": [BEWIND | {"bewind_type": "HALF"}]})


def test_no_name_of_a_persona_comes_along() -> None:
    assert "Naam" not in str(registers(p7={"bewind_registraties": [BEWIND]}))
