# SPDX-License-Identifier: EUPL-1.2
"""Traps of the other files: units, facts that stand twice, plates of real cars, tables in another encoding."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from blauweknop.demo.omzetten import assignment, civil_registry, income, personas, rdw, tables
from blauweknop.demo.omzetten.assignment import Vehicle
from blauweknop.demo.omzetten.origin import ConversionError, Facts, Origin

ALL_PARTS = ("box1", "box3", "aftrek")
TAX: dict[str, Any] = {
    "box1": [
        {
            "loon_uit_dienstbetrekking": 1900000,
            "winst_uit_onderneming": 0,
            "uitkeringen_en_pensioenen": 0,
            "eigen_woning": -75000,
        }
    ],
    "box3": [{"spaargeld": 230000, "beleggingen": 0, "schulden": 850000}],
    "aftrekposten": [{"persoonsgebonden_aftrek": 120000}],
}


def persona(**blocks: Any) -> personas.Personas:
    """One persona, 1, with the tax blocks above or others instead."""
    profile = {
        "name": "Naam Van De Persona",
        "sources": {
            "BELASTINGDIENST": TAX | blocks,
            "RvIG": {"personen": [{"geboortedatum": "1959-01-01", "age": 41, "verblijfsadres": "Elders"}]},
        },
    }
    return personas.parse(yaml.safe_dump({"profiles": {"1": profile}}).encode())


def test_amounts_are_cents_and_keep_their_place() -> None:
    facts = persona().amounts("1", ALL_PARTS, "toegewezen")
    assert facts.tree["loon_uit_dienstbetrekking"] == 1900000
    assert facts.tree["saldo_eigen_woning"] == -75000
    origin = facts.origins["/saldo_eigen_woning"]
    assert (origin.kind, origin.path) == ("toegewezen", "/profiles/1/sources/BELASTINGDIENST/box1/0/eigen_woning")


@pytest.mark.parametrize(
    "twice",
    [
        {"assets": [{"bedrag": 1}]},
        {"bezittingen": [{"bedrag": 1}]},
        {"belastingdienst_vermogen": [{"vermogen": 1}]},
        {"monthly_income": [{"bedrag": 208333}], "maandelijks_inkomen": [{"bedrag": 201250}]},
        {"business_income": [{"bedrag": 1250000}]},
        {"belastingschulden": [{"totaalbedrag": 850000}]},
    ],
)
def test_the_same_fact_under_another_name_changes_nothing(twice: dict[str, Any]) -> None:
    assert persona(**twice).amounts("1", ALL_PARTS, "toegewezen") == persona().amounts("1", ALL_PARTS, "toegewezen")


def test_assets_of_box_3_are_no_income_and_a_debt_is_not_added() -> None:
    tree = persona(belastingschulden=[{"totaalbedrag": 850000}]).amounts("1", ALL_PARTS, "toegewezen").tree
    assert tree["schulden_box3"] == 850000
    assert not [name for name in tree if "inkomen" in name]


def test_name_birth_date_and_address_are_not_lent() -> None:
    facts = persona().amounts("1", ALL_PARTS, "toegewezen")
    assert not {"Naam Van De Persona", "1959-01-01", "Elders", 41} & set(facts.tree.values())


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param({"box1": []}, id="no row"),
        pytest.param({"box1": [*TAX["box1"], *TAX["box1"]]}, id="two rows"),
        pytest.param({"box1": [{"loon_uit_dienstbetrekking": 1}]}, id="an amount missing"),
        pytest.param({"box3": [{**TAX["box3"][0], "spaargeld": 2300.5}]}, id="not whole cents"),
        pytest.param({"box3": [{**TAX["box3"][0], "spaargeld": "230000"}]}, id="text"),
    ],
)
def test_a_persona_without_one_clear_amount_lends_nothing(blocks: dict[str, Any]) -> None:
    with pytest.raises(ConversionError):
        persona(**blocks).amounts("1", ALL_PARTS, "toegewezen")


def test_an_unknown_persona_lends_nothing() -> None:
    with pytest.raises(ConversionError):
        persona().amounts("2", ALL_PARTS, "toegewezen")


RETURN: dict[str, Any] = {
    "belastingjaar": 2025,
    "status": "In behandeling",
    "indieningsdatum": "2026-04-01",
    "verzamelinkomen": {"waarde": 30900, "valuta": "EUR"},
    "box1Inkomen": {"waarde": 30300, "valuta": "EUR"},
    "box2Inkomen": {"waarde": 0, "valuta": "EUR"},
    "box3Inkomen": {"waarde": 600, "valuta": "EUR"},
}


def returns(row: dict[str, Any], number: str = "1") -> list[Facts]:
    return income.IncomeFile([{"bsn": "1", "heeftBelastingjaarAangifte": [row]}]).returns(number, "toegewezen")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Definitief vastgesteld", "definitief"),
        ("Voorlopig vastgesteld", "voorlopig"),
        ("In behandeling", "in-behandeling"),
    ],
)
def test_whole_euros_become_cents(theirs: str, ours: str) -> None:
    (found,) = returns({**RETURN, "status": theirs})
    assert found.tree == {
        "belastingjaar": 2025,
        "status": ours,
        "indieningsdatum": "2026-04-01",
        "verzamelinkomen": 3090000,
        "inkomen_box1": 3030000,
        "inkomen_box2": 0,
        "inkomen_box3": 60000,
    }
    assert found.origins["/verzamelinkomen"].path == "/0/heeftBelastingjaarAangifte/0/verzamelinkomen/waarde"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "Zoek"},
        {"box1Inkomen": {"waarde": 1, "valuta": "USD"}},
        {"verzamelinkomen": {"waarde": 1, "valuta": ""}},
    ],
)
def test_a_state_or_currency_we_do_not_know_is_refused(change: dict[str, Any]) -> None:
    assert returns(RETURN)
    with pytest.raises(ConversionError):
        returns(RETURN | change)


def test_a_number_that_is_not_in_the_income_file_is_refused() -> None:
    with pytest.raises(ConversionError):
        returns(RETURN, "2")


CAR = {
    "kenteken": "11ZKZ3",
    "merk": "SKODA",
    "handelsbenaming": "CITIGO",
    "catalogusprijs": "10697",
    "massa_ledig_voertuig": "0",
    "datum_eerste_toelating": "20130104",
    "datum_tenaamstelling": "20211104",
}
FUEL = {"kenteken": "11ZKZ3", "brandstof_omschrijving": "Benzine"}
MINE = Vehicle(
    "rdw/car.json", "999993215", {"kenteken": "UI-03-EA", "datum_tenaamstelling": "20251104"}, "rdw/fuel.json"
)


def row(vehicle: Vehicle = MINE, car: dict[str, str] = CAR, fuel: dict[str, str] = FUEL) -> Facts:
    return rdw.row(vehicle, 2, lambda name: [copy.deepcopy(car if name == "rdw/car.json" else fuel)])


def test_a_car_keeps_its_facts_and_gets_another_plate_and_owner() -> None:
    facts = row()
    assert facts.tree == {
        "kenteken": "UI-03-EA",
        "merk": "SKODA",
        "handelsbenaming": "CITIGO",
        "datum_eerste_toelating": "20130104",
        "datum_tenaamstelling": "20251104",
        "catalogusprijs": "10697",
        "brandstof_omschrijving": "Benzine",
        "tenaamgestelde": "999993215",
    }
    assert facts.origins["/merk"] == Origin("toegewezen", "rdw/car.json", "/0/merk")
    assert facts.origins["/brandstof_omschrijving"].file == "rdw/fuel.json"
    assert facts.origins["/kenteken"] == Origin("verzonnen", "toewijzing.toml", "/voertuig/2/verzonnen/kenteken")
    assert facts.origins["/datum_tenaamstelling"].kind == "verzonnen"


def test_nought_is_unknown_not_zero() -> None:
    assert "massa_ledig_voertuig" not in row().tree
    assert row(car={**CAR, "massa_ledig_voertuig": "840"}).tree["massa_ledig_voertuig"] == "840"


@pytest.mark.parametrize("plate", ["11ZKZ3", "VXJ99N", ""])
def test_a_plate_that_could_be_real_is_refused(plate: str) -> None:
    with pytest.raises(ConversionError, match="vowel"):
        row(Vehicle("rdw/car.json", "999993215", {"kenteken": plate} if plate else {}))


def test_the_fuel_of_another_car_is_refused() -> None:
    with pytest.raises(ConversionError, match="another car"):
        row(fuel={**FUEL, "kenteken": "0001TJ"})


PEOPLE: list[dict[str, Any]] = [
    {
        "bsn": "1",
        "id": "zij",
        "voornamen": "Frouke",
        "geslachtsnaam": "Jansen",
        "geboortedatum": "2000-03-24",
        "heeftOuder": [{"voornamen": "Wietse", "geslachtsnaam": "Jansen", "geslacht": "Man"}],
        "woontOpBinnenland": {"straatnaam": "Coolsingel", "huisnummer": 12, "adresId": "0599200000012345"},
        "heeftHuwelijk": [
            {
                "datumVoltrekking": "2023-06-16",
                "partners": [
                    {"id": "zij", "voornamen": "Frouke"},
                    {"id": "hij", "voornamen": "Sander", "datumOverlijden": "2026-02-14"},
                ],
            }
        ],
    }
]


def test_the_husband_is_the_one_who_is_not_she() -> None:
    facts = civil_registry.record(PEOPLE, "1")
    bond: Any = facts.tree["huwelijken"]
    assert bond[0]["partner"] == {"naam": {"voornamen": "Sander"}, "overlijden": {"datum": "2026-02-14"}}
    place = facts.origins["/huwelijken/0/partner/overlijden/datum"]
    assert place.path == "/0/heeftHuwelijk/0/partners/1/datumOverlijden"
    assert facts.tree["adres"] == {"straatnaam": "Coolsingel", "huisnummer": 12}


def test_a_number_the_register_does_not_have_is_refused() -> None:
    with pytest.raises(ConversionError):
        civil_registry.record(PEOPLE, "2")


TABLE = '"92.10 Gemeentecode","92.11 Omschrijving"\n"0599","Rotterdam"\n"0518","\'s-Gravenhage"\n'


def test_a_table_is_utf_16() -> None:
    parsed = tables.parse_table("\ufeff".encode("utf-16-le") + TABLE.encode("utf-16-le"))
    assert parsed == {"0599": "Rotterdam", "0518": "'s-Gravenhage"}


def test_a_table_in_utf_8_is_not_taken_for_one() -> None:
    with pytest.raises(UnicodeError):
        tables.parse_table(TABLE.encode() + b"x" * (1 - len(TABLE.encode()) % 2))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("peildatum =", "peildag =", id="an unknown key"),
        pytest.param('slug = "mark-de-boer"\n', "", id="a key missing"),
        pytest.param('peildatum = "2026-11-01"', "peildatum = 2026-13-01", id="not TOML"),
        pytest.param('bsn = "999996149"', "bsn = 999996149", id="a number that is not text"),
    ],
)
def test_an_assignment_with_one_thing_wrong_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = assignment.PATH.read_text(encoding="utf-8")
    assert old in text
    good, bad = tmp_path / "goed.toml", tmp_path / "fout.toml"
    good.write_text(text, encoding="utf-8")
    bad.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert assignment.load(good) == assignment.load()
    with pytest.raises(ConversionError, match=r"fout\.toml"):
        assignment.load(bad)
