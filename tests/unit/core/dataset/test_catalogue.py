# SPDX-License-Identifier: EUPL-1.2
"""The catalogue refuses definitions that contradict each other: a good one, with one named change."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from blauweknop.adapters.catalogue import read_catalogue
from blauweknop.core.dataset.catalogue import Catalogue, CatalogueError, build_catalogue, element_at
from blauweknop.core.dataset.definition import Concept, DataSetDefinition
from blauweknop.core.dataset.profile import ServiceProfile

TEXT = {"nl": "Tekst", "en": "Text"}


def element(name: str, kind: str = "tekst", **more: Any) -> dict[str, Any]:
    return {"id": name, "soort": kind, "begrip": "naam/1", "titel": TEXT, "uitleg": TEXT, **more}


GOOD: dict[str, list[dict[str, Any]]] = {
    "definitions": [
        {
            "id": "proef",
            "versie": 1,
            "vorm": "rijen",
            "titel": TEXT,
            "uitleg": TEXT,
            "bronhouder": TEXT,
            "onbekend": "leeg",
            "versheid": "P1D",
            "fout_melden": TEXT,
            "betrouwbaarheidsniveau": "laag",
            "periode_element": "jaar",
            "kop_element": "jaar",
            "elementen": [
                element("jaar", "getal"),
                element("loon", "bedrag", begrip="loon/1"),
                element("kinderen", "lijst", elementen=[element("roepnaam")]),
            ],
        }
    ],
    "concepts": [
        {"id": "naam", "versie": 1, "term": TEXT, "definitie": TEXT},
        {"id": "loon", "versie": 1, "term": TEXT, "definitie": TEXT, "eenheid": "eurocent", "anders_dan": ["naam/1"]},
    ],
    "profiles": [
        {
            "id": "dienst",
            "versie": 1,
            "titel": TEXT,
            "doel": TEXT,
            "grondslag": TEXT,
            "raakt": "geld",
            "gevolg_ja": TEXT,
            "risico_ja": TEXT,
            "gevolg_nee": TEXT,
            "risico_nee": TEXT,
            "geldig_hoogstens": "P1Y",
            "frequentie_hoogstens": "eenmalig",
            "bewaren_hoogstens": "P1Y",
            "betrouwbaarheidsniveau": "laag",
            "gegevenssets": [
                {
                    "gegevensset": "proef/1",
                    "elementen": [{"element": "kinderen.roepnaam", "verplicht": True, "reden": TEXT}],
                }
            ],
        }
    ],
}


def build(raw: dict[str, Any]) -> Catalogue:
    return build_catalogue(
        msgspec.convert(raw["definitions"], list[DataSetDefinition]),
        msgspec.convert(raw["concepts"], list[Concept]),
        msgspec.convert(raw["profiles"], list[ServiceProfile]),
    )


def test_the_good_catalogue_stands() -> None:
    catalogue = build(GOOD)
    definition = catalogue.definitions["proef/1"]
    assert definition.vct("https://stelsel.example") == "https://stelsel.example/v1/gegevenssets/proef/1"
    assert [p.ref for p in catalogue.profiles_using(["proef/1"])] == ["dienst/1"]
    assert catalogue.profiles_using(["ander/1"]) == []
    loon = element_at(definition, "loon")
    assert loon is not None
    assert catalogue.concept_of(loon).unit == "eurocent"
    assert catalogue.profiles["dienst/1"].part_of("ander/1") is None


Change = Callable[[dict[str, Any]], Any]
CHANGES: dict[str, tuple[Change, str]] = {
    "two definitions of one version": (lambda g: g["definitions"].append(g["definitions"][0]), "stands twice"),
    "an element twice": (lambda g: g["definitions"][0]["elementen"].append(element("loon")), "loon stands twice"),
    "a part twice": (
        lambda g: g["definitions"][0]["elementen"][2]["elementen"].append(element("roepnaam")),
        "roepnaam stands twice",
    ),
    "a reserved name": (lambda g: g["definitions"][0]["elementen"].append(element("iss")), "iss is a reserved name"),
    "a period element that is not there": (lambda g: g["definitions"][0].update(periode_element="x"), "no element x"),
    "a heading that is not there": (lambda g: g["definitions"][0].update(kop_element="y"), "no element y"),
    "parts of what is no list": (
        lambda g: g["definitions"][0]["elementen"][0].update(elementen=[element("deel")]),
        "only a list or group has parts",
    ),
    "a list without parts": (
        lambda g: g["definitions"][0]["elementen"][2].update(elementen=[]),
        "only a list or group has parts",
    ),
    "a concept that does not exist": (
        lambda g: g["definitions"][0]["elementen"][0].update(begrip="weg/1"),
        "weg/1, which does not exist",
    ),
    "a part with a concept that does not exist": (
        lambda g: g["definitions"][0]["elementen"][2]["elementen"][0].update(begrip="weg/1"),
        "roepnaam has concept weg/1",
    ),
    "an amount without a unit": (lambda g: g["concepts"][1].update(eenheid=""), "not in euro cents"),
    "different from nothing": (lambda g: g["concepts"][1].update(anders_dan=["weg/1"]), "differs from weg/1"),
    "a service on a set that does not exist": (
        lambda g: g["profiles"][0]["gegevenssets"][0].update(gegevensset="weg/1"),
        "needs weg/1",
    ),
    "a service on what the consent service alone asks": (
        lambda g: g["definitions"][0].update(gevraagd_door="toestemmingsdienst"),
        "no requester may ask for",
    ),
    "a service on a path that does not exist": (
        lambda g: g["profiles"][0]["gegevenssets"][0]["elementen"][0].update(element="kinderen.weg"),
        "has no kinderen.weg",
    ),
    "a service on one item": (
        lambda g: g["profiles"][0]["gegevenssets"][0]["elementen"][0].update(element="kinderen[0]"),
        "has no kinderen[0]",
    ),
    "a service on an element of nothing": (
        lambda g: g["profiles"][0]["gegevenssets"][0]["elementen"][0].update(element="weg.roepnaam"),
        "has no weg.roepnaam",
    ),
    "a service that compares with a customer it does not ask about": (
        lambda g: g["profiles"][0].update(klant_vergelijken=True),
        "compares with a customer",
    ),
    "a service that asks twice": (
        lambda g: g["profiles"][0]["gegevenssets"][0]["elementen"].append(
            g["profiles"][0]["gegevenssets"][0]["elementen"][0]
        ),
        "stands twice",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_change_makes_it_contradict(change: str) -> None:
    raw = copy.deepcopy(GOOD)
    make, words = CHANGES[change]
    make(raw)
    with pytest.raises(CatalogueError) as caught:
        build(raw)
    assert words in str(caught.value)


def test_the_catalogue_of_the_scheme_has_the_six_situations(catalogue: Catalogue) -> None:
    assert {p.id for p in catalogue.profiles.values()} == {
        *("schuldhulp", "wlz", "voedselbank", "financiele-apk", "autoverzekering", "hypotheek"),
        "wlz-besluit",
    }


def test_bk082_no_service_of_a_private_party_asks_for_a_bsn(catalogue: Catalogue) -> None:
    asks = {
        profile.id
        for profile in catalogue.profiles.values()
        for part in profile.data_sets
        for wanted in part.elements
        if (found := element_at(catalogue.definitions[part.data_set], wanted.path)) and found.sensitivity == "bsn"
    }
    assert asks == {"schuldhulp", "wlz", "wlz-besluit"}


def test_every_element_with_concept_bsn_is_marked_as_one(catalogue: Catalogue) -> None:
    elements = [element for definition in catalogue.definitions.values() for element in definition.elements]
    assert (
        {e.id for e in elements if e.concept == "bsn/1"} == {e.id for e in elements if e.sensitivity == "bsn"} != set()
    )


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("begrippen.toml", "x = ", "begrippen.toml cannot be read"),
        ("begrippen.toml", "[[begrippen]]\nid = 1", "Expected"),
        ("diensten/a.toml", "id = 'a'\nonbekende_sleutel = 1", "onbekende_sleutel"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, file: str, text: str, words: str) -> None:
    for folder in ("gegevenssets", "diensten"):
        (tmp_path / folder).mkdir()
    (tmp_path / "begrippen.toml").write_text("", encoding="utf-8")
    assert read_catalogue(tmp_path).definitions == {}
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path)
    assert words in str(caught.value)


PARTS = {
    "schuldhulp/1": (
        *("persoonsgegevens", "huishouden", "inkomen", "loon-en-uitkering", "vorderingen", "toeslagen"),
        *("bijstand", "vertegenwoordiging"),
    ),
    "wlz/1": ("persoonsgegevens", "huishouden", "inkomen", "loon-en-uitkering", "vertegenwoordiging"),
    "wlz-besluit/1": ("persoonsgegevens", "wlz-indicatie"),
    "voedselbank/1": (*("persoonsgegevens", "huishouden", "inkomen", "loon-en-uitkering", "toeslagen", "bijstand"),),
    "financiele-apk/1": (
        *("persoonsgegevens", "huishouden", "inkomen", "loon-en-uitkering", "voertuigen", "vorderingen", "toeslagen"),
    ),
    "autoverzekering/1": ("persoonsgegevens", "voertuigen"),
    "hypotheek/1": ("persoonsgegevens", "huishouden", "inkomen", "loon-en-uitkering", "vorderingen"),
}


@pytest.mark.parametrize("service", PARTS)
def test_bk020_each_service_needs_these_sets_and_no_other(catalogue: Catalogue, service: str) -> None:
    named = {part.data_set.removesuffix("/1") for part in catalogue.profiles[service].data_sets}
    assert named == set(PARTS[service])


def test_health_goes_only_where_consent_is_explicit(catalogue: Catalogue) -> None:
    care = {p.ref for p in catalogue.profiles.values() if p.part_of("wlz-indicatie/1")}
    assert care == {"wlz-besluit/1"}
    assert catalogue.profiles["wlz-besluit/1"].explicit_consent
    decision = catalogue.definitions["wlz-indicatie/1"]
    assert {element.sensitivity for element in decision.elements} == {"bijzonder"}


def test_pay_is_several_concepts_that_say_how_they_differ(catalogue: Catalogue) -> None:
    pay = ("brutoloon_maand/1", "nettoloon_maand/1", "vakantiegeld/1")
    for ref in pay:
        assert set(catalogue.concepts[ref].different_from) >= {other for other in pay if other != ref}
    assert "schuld-box-3/1" in catalogue.concepts["openstaand/1"].different_from


def test_the_food_bank_gets_numbers_of_a_household_and_no_names(catalogue: Catalogue) -> None:
    part = catalogue.profiles["voedselbank/1"].part_of("huishouden/1")
    assert part is not None
    assert {element.path for element in part.elements} == {"aantal_personen_op_adres", "aantal_minderjarigen_op_adres"}
