# SPDX-License-Identifier: EUPL-1.2
"""What the committed demo data hold, and above all what they do not."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from blauweknop.core.dataset.bsn import is_bsn
from blauweknop.demo import gegevens
from blauweknop.demo.omzetten import assignment

# Every number of the specification's list of people, written down here and not read from the assignment.
CAST = set(
    re.findall(
        r"\d{9}",
        """999996149 999992351 999997610 999990792 999990408 999996538 999996630 999995947 999995935 999994001 999997622
    999993525 999993215 999991747 999991772 999993355 500000001 999993719""",
    )
)
FAMILY = set(
    re.findall(r"\d{9}", "999996150 999996186 999996174 999992089 999996629 999990147 999990226 999992879 999994487")
)
TEST_ONLY = set(
    re.findall(
        r"\d{9}",
        """999996277 999995893 999995868 999994220 999995066 999991449 999994128 999998353 999999369 999999370 999999382
    999999394 999999400 999999412 999994529 999997440""",
    )
)
NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
LENDERS = ("Omar", "Yilmaz", "Fatima", "Rodriguez", "Pietersen", "Bart Willems")


@pytest.fixture(scope="module")
def test_only(root: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((root / "tests" / "data" / "rvig-test-only.json").read_bytes())
    return document


def person(name: str, bsn: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [one for one in gegevens.load(name)["personen"] if one["bsn"] == bsn]
    assert len(found) == 1
    return found[0]


def brp(bsn: str) -> dict[str, Any]:
    record: dict[str, Any] = person("rvig", bsn)["brp"]
    return record


def text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)


def test_a_document_that_is_not_there_is_refused() -> None:
    assert gegevens.load("rvig")["personen"]
    with pytest.raises(KeyError):
        gegevens.load("../omzetten/rvig")


@pytest.mark.parametrize("name", gegevens.NAMES)
def test_the_head_names_publisher_licence_and_files(name: str) -> None:
    document = gegevens.load(name)
    head = document["bron"]
    assert head["uitgever"]
    assert head["licentie"]
    assert head["bestanden"]
    assert document["peildatum"] == "2026-11-01"
    assert re.fullmatch(r"\d{20}", head["oin"])


def test_the_sources_with_a_published_oin_have_that_one() -> None:
    assert gegevens.load("belastingdienst")["bron"]["oin"] == "99999999900000000200"
    assert gegevens.load("rvig")["bron"]["oin"] == "99999999900000000400"


def passing(content: str) -> set[str]:
    return {number for number in NINE_DIGITS.findall(content) if is_bsn(number)}


@pytest.mark.parametrize("name", gegevens.NAMES)
def test_no_number_passes_but_those_of_the_cast_and_their_family(name: str) -> None:
    assert passing(text(gegevens.load(name))) <= CAST | FAMILY


def test_the_scan_finds_a_planted_number() -> None:
    planted = text({"x": "oin 99999999900000000200", "y": ["a-999996162-b"]})
    assert passing(planted) == {"999996162"}
    assert not {"999996162"} <= CAST | FAMILY | TEST_ONLY


def test_the_assignment_names_nobody_else_that_passes() -> None:
    assert passing(assignment.PATH.read_text(encoding="utf-8")) <= CAST | FAMILY | TEST_ONLY


def test_the_people_for_tests_are_in_their_own_file_only(test_only: dict[str, Any]) -> None:
    assert {one["bsn"] for one in test_only["personen"]} == TEST_ONLY
    assert passing(text(test_only)) <= CAST | FAMILY | TEST_ONLY
    for name in gegevens.NAMES:
        assert not passing(text(gegevens.load(name))) & TEST_ONLY


def test_every_person_of_the_cast_but_sophie_is_in_the_list() -> None:
    assert {one["bsn"] for one in gegevens.load("rvig")["personen"]} == (CAST | FAMILY) - {"500000001"}
    start_page = gegevens.load("cast")["personen"]
    assert {one["bsn"] for one in start_page} == CAST
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", one["slug"]) and one["nl"] and one["en"] for one in start_page)
    assert len({one["slug"] for one in start_page}) == len(start_page)


@pytest.mark.parametrize("name", LENDERS)
def test_no_name_of_a_persona_that_lends_leaks(name: str) -> None:
    assert "Mark" in text(gegevens.load("rvig"))
    for document in gegevens.NAMES:
        assert name not in text(gegevens.load(document))


@pytest.mark.parametrize("plate", ["11ZKZ3", "0001TJ", "VXJ99N"])
def test_no_real_plate_is_a_value(plate: str) -> None:
    for one in gegevens.load("rdw")["personen"]:
        assert plate not in text(one["voertuigen"]).replace("-", "")


def test_mark_has_two_children() -> None:
    names = [child["naam"]["voornamen"] for child in brp("999996149")["kinderen"]]
    assert sorted(names) == ["Sebastiaan", "Walter"]
    assert "William" not in text(person("rvig", "999996149"))
    assert "999996162" not in text(gegevens.load("rvig"))


def test_the_child_struck_out_with_mark_still_stands_with_his_mother() -> None:
    names = [child["naam"]["voornamen"] for child in brp("999996150")["kinderen"]]
    assert "William" in names


def test_the_woman_with_shifted_cells_is_alive(test_only: dict[str, Any]) -> None:
    (found,) = [one for one in test_only["personen"] if one["bsn"] == "999996277"]
    assert found["brp"]["naam"]["geslachtsnaam"]
    assert "overlijden" not in found["brp"]
    assert "overlijden" in brp("999990147")


def test_the_unreadable_birth_date_is_a_year_with_a_remark(test_only: dict[str, Any]) -> None:
    (found,) = [one for one in test_only["personen"] if one["bsn"] == "999995893"]
    assert found["brp"]["geboorte"]["datum"] == {"type": "JaarDatum", "jaar": 1966, "langFormaat": "1966"}
    remark = {"pad": "/geboorte/datum", "reden": "datum_onleesbaar", "gevonden": "19660013"}
    assert remark in found["opmerkingen"]


def test_the_father_of_twelve_has_twelve(test_only: dict[str, Any]) -> None:
    (found,) = [one for one in test_only["personen"] if one["bsn"] == "999997440"]
    assert len({child["naam"]["voornamen"] for child in found["brp"]["kinderen"]}) == 12


def test_paolos_address_is_nowhere_in_his_mothers_record() -> None:
    address = brp("999990408")["verblijfplaats"]
    hers = text(person("rvig", "999997610"))
    assert "Paolo" in hers
    secret = [*address["verblijfadres"].values(), address["adresseerbaarObjectIdentificatie"]]
    secret += [address["nummeraanduidingIdentificatie"]]
    for value in (str(one) for one in secret if one != "'s-Gravenhage"):
        assert value not in hers
    assert (person("rvig", "999990792")["geheimhouding_code"], person("rvig", "999991747")["geheimhouding_code"]) == (
        "1",
        "7",
    )


def test_a_partial_birth_date_stays_partial() -> None:
    assert brp("999992351")["geboorte"]["datum"] == {
        "type": "JaarMaandDatum",
        "jaar": 1978,
        "maand": 3,
        "langFormaat": "maart 1978",
    }
    assert person("cast", "999992351")["geboortedatum"] == "1978-03"


def test_froukes_addresses_are_never_merged() -> None:
    list_record, registry = text(brp("999991772")), text(person("rotterdam", "999991772"))
    assert "Van Wijngaerdenstraat" in list_record
    assert "Coolsingel" not in list_record
    assert "Coolsingel" in registry
    assert "Van Wijngaerdenstraat" not in registry
    assert all("Groenewoudsedijk" not in text(gegevens.load(name)) for name in gegevens.NAMES)
    assert "partners" not in brp("999991772")
    assert person("rvig", "999991772")["aanvullend"]["burgerlijke_staat"] == "ongehuwd"
    (marriage,) = person("rotterdam", "999991772")["huwelijken"]
    assert marriage["partner"]["overlijden"]["datum"] == marriage["datum_ontbinding"] == "2026-02-14"


def test_froukes_income_is_that_of_the_income_file_alone() -> None:
    hers = person("belastingdienst", "999991772")
    assert [row["verzamelinkomen"] for row in hers["aangiften"]] == [4650000, 4820000]
    assert hers["specificaties"] == []


def test_leonie_is_of_age_though_authority_still_stands() -> None:
    assert brp("999994487")["indicatieGezagMinderjarige"]["code"] == "12"
    born = brp("999994487")["geboorte"]["datum"]["datum"]
    assert born.replace("2006", "2024") < gegevens.load("rvig")["peildatum"]


def test_the_household_counts_of_the_cast() -> None:
    addresses = gegevens.load("rvig")["adressen"]
    counted = {
        bsn: len(addresses[brp(bsn)["verblijfplaats"]["adresseerbaarObjectIdentificatie"]])
        for bsn in ("999996149", "999992351", "999997610", "999990408", "999996538", "999994001", "999997622")
    }
    assert list(counted.values()) == [1, 1, 2, 2, 3, 1, 2]


def test_people_off_stage_are_counted_without_number_or_name() -> None:
    residents = [one for people in gegevens.load("rvig")["adressen"].values() for one in people]
    assert {key for one in residents for key in one} == {"burgerservicenummer", "geboorte", "herkomst"}
    assert any("burgerservicenummer" not in one for one in residents)


def test_totals_agree_with_their_parts() -> None:
    for one in gegevens.load("belastingdienst")["personen"]:
        for parts in one["specificaties"]:
            (row,) = one["aangiften"]
            assert row["belastingjaar"] == parts["belastingjaar"]
            box1 = sum(
                parts[name]
                for name in (
                    "loon_uit_dienstbetrekking",
                    "winst_uit_onderneming",
                    "uitkeringen_en_pensioenen",
                    "saldo_eigen_woning",
                )
            )
            assert row["inkomen_box1"] == box1
            assert row["verzamelinkomen"] == box1 - parts["persoonsgebonden_aftrek"]


def test_money_is_whole_cents_and_nobody_has_2023() -> None:
    for one in gegevens.load("belastingdienst")["personen"]:
        for row in (*one["aangiften"], *one["specificaties"]):
            assert row["belastingjaar"] in {2024, 2025}
            assert all(
                isinstance(value, int) for name, value in row.items() if name not in {"status", "indieningsdatum"}
            )


def leaves(node: Any, pointer: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, f"{pointer}/{name}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from leaves(child, f"{pointer}/{index}")
    else:
        yield pointer


def without_origin(values: Any, origins: dict[str, Any]) -> list[str]:
    """The values that have no origin, neither their own nor that of the object they are part of."""
    return [
        pointer
        for pointer in leaves(values)
        if not any(pointer == known or pointer.startswith(f"{known}/") for known in origins)
    ]


def test_every_value_has_an_origin(test_only: dict[str, Any]) -> None:
    bare: list[str] = []
    for one in [*gegevens.load("rvig")["personen"], *test_only["personen"]]:
        bare += without_origin(one["brp"], one["herkomst"])
        bare += without_origin(one["aanvullend"], one["aanvullend_herkomst"])
    for name in set(gegevens.NAMES) - {"rvig"}:
        for one in gegevens.load(name)["personen"]:
            values = {key: value for key, value in one.items() if key not in {"bsn", "slug", "herkomst"}}
            bare += without_origin(values, one["herkomst"])
    assert bare == []


def test_a_value_without_origin_is_found() -> None:
    values = {"a": {"b": 1, "c": 2}, "d": [3]}
    assert without_origin(values, {"/a": {}, "/d/0": {}}) == []
    assert without_origin(values, {"/a/b": {}, "/d": {}}) == ["/a/c"]


def test_the_reference_day_lies_after_every_fact() -> None:
    dates = re.findall(r'"datum": "(\d{4}-\d\d-\d\d)"', text(gegevens.load("rvig")))
    dates += [
        row["indieningsdatum"] for one in gegevens.load("belastingdienst")["personen"] for row in one["aangiften"]
    ]
    assert max(dates) < "2026-11-01"


def test_every_marital_state_is_a_code_of_the_data_set(root: Path) -> None:
    definition = tomllib.loads((root / "src/blauweknop/stelsel/gegevenssets/huishouden-1.toml").read_text("utf-8"))
    (codes,) = [element["codes"] for element in definition["elementen"] if element["id"] == "burgerlijke_staat"]
    found = {one["aanvullend"]["burgerlijke_staat"] for one in gegevens.load("rvig")["personen"]}
    assert {"ongehuwd", "gehuwd", "gescheiden", "weduwe-weduwnaar", "partnerschap", "partnerschap-beeindigd"} == found
    assert found <= set(codes)


ROW_SOURCES = ("uwv", "toeslagen", "gemeenten", "cjib", "lbio", "cak", "ciz", "rechtspraak", "belastingdienst")


def test_the_claims_of_the_cast_belong_to_mark_and_denise_alone() -> None:
    owed = {
        (name, one["bsn"])
        for name in ("belastingdienst", "cjib", "lbio", "cak", "gemeenten")
        for one in gegevens.load(name)["personen"]
        if one.get("vorderingen")
    }
    assert {bsn for _, bsn in owed} == {"999996149", "999992351"}
    assert len([name for name, bsn in owed if bsn == "999996149"]) == 4


def test_what_is_open_is_written_nowhere() -> None:
    for name in ("belastingdienst", "cjib", "lbio", "cak", "gemeenten"):
        assert "hoofdsom" in text(gegevens.load(name))
        assert "openstaand" not in text(gegevens.load(name))


def test_no_trade_register_number_or_name_comes_along() -> None:
    for name in ROW_SOURCES:
        for foreign in ("87654321", "Yilmaz Bouw", "Failliete", "F.10/24/456"):
            assert foreign not in text(gegevens.load(name))


def test_no_fact_lies_after_the_reference_day_but_terms_that_still_run() -> None:
    later = {
        (key, value)
        for name in ROW_SOURCES
        for one in gegevens.load(name)["personen"]
        for rows in one.values()
        if isinstance(rows, list)
        for row in rows
        for key, value in row.items()
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) and value > "2026-11-01"
    }
    assert {key for key, _ in later} <= {"bezwaar_tot", "vervaldatum"}
    assert ("bezwaar_tot", "2026-11-23") in later


def test_both_registers_have_danielle_under_guardianship_and_nobody_else_of_the_cast() -> None:
    in_list = {one["bsn"] for one in gegevens.load("rvig")["personen"] if one["brp"].get("indicatieCurateleRegister")}
    in_court = {
        row["vertegenwoordigde"]
        for one in gegevens.load("rechtspraak")["personen"]
        for row in one["registraties"]
        if row["soort"] == "curatele"
    }
    assert in_list == {"999997622"}
    assert in_court == {"999997622", "500000001"}
