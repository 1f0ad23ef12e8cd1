# SPDX-License-Identifier: EUPL-1.2
"""Type metadata: made from the definition, the same every time, fixed by its integrity."""

import base64
import hashlib
import json
from typing import Any

import msgspec
import pytest

from blauweknop.core.dataset.definition import Concept, DataSetDefinition, Element, Shape, Text
from blauweknop.core.seal.errors import ContentError
from blauweknop.core.seal.type_metadata import integrity, type_metadata
from blauweknop.testing.sealing import SCHEME_URL
from tests.unit.core.seal.sets import definition


def text(word: str) -> Text:
    return Text(nl=f"{word} (nl)", en=f"{word} (en)")


def element(name: str, kind: Any, **rest: Any) -> Element:
    return Element(
        id=name, kind=kind, concept=f"{name}/1", title=text(name), explanation=text(f"uitleg {name}."), **rest
    )


CONCEPTS = {
    f"{name}/1": Concept(id=name, version=1, term=text(name), definition=text(f"begrip {name}."), unit=unit)
    for name, unit in [("naam", ""), ("saldo", "eurocent"), ("kinderen", ""), ("partner", ""), ("dag", "")]
}
ELEMENTS = (
    element("naam", "tekst", on_paper=True),
    element("saldo", "bedrag", sensitivity="bijzonder"),
    element("kinderen", "lijst", parts=(element("naam", "tekst"), element("dag", "datum", unit="dag"))),
    element("partner", "groep", parts=(element("naam", "tekst"),)),
)


def made(shape: Shape) -> DataSetDefinition:
    return msgspec.structs.replace(
        definition(shape), elements=ELEMENTS, title=text("Gezin"), explanation=text("Uitleg.")
    )


def read(shape: Shape) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(type_metadata(made(shape), CONCEPTS, SCHEME_URL))
    return document


def paths(document: dict[str, Any], sd: str) -> list[list[str | None]]:
    return [claim["path"] for claim in document["claims"] if claim["sd"] == sd]


def test_it_says_of_which_type_it_is_in_two_languages() -> None:
    document = read("enkel")
    assert document["vct"] == f"{SCHEME_URL}/v1/gegevenssets/gezin/1"
    assert [(each["locale"], each["name"]) for each in document["display"]] == [
        ("nl-NL", "Gezin (nl)"),
        ("en", "Gezin (en)"),
    ]


def test_every_element_and_part_is_always_disclosable() -> None:
    assert paths(read("enkel"), "always") == [
        ["naam"],
        ["saldo"],
        ["kinderen"],
        ["kinderen", "waarde", None],
        ["kinderen", "waarde", None, "naam"],
        ["kinderen", "waarde", None, "dag"],
        ["partner"],
        ["partner", "waarde", "naam"],
        ["ontbreekt", None],
    ]


def test_the_paths_of_a_set_of_rows_run_through_the_rows() -> None:
    always = paths(read("rijen"), "always")
    assert always[0] == ["rijen", None]
    assert ["rijen", None, "kinderen", "waarde", None, "naam"] in always
    assert ["rijen"] in paths(read("rijen"), "never")


def test_what_identifies_the_seal_is_never_disclosable() -> None:
    assert paths(read("enkel"), "never")[:5] == [["iss"], ["vct"], ["vct#integrity"], ["iat"], ["omgeving"]]


def test_a_claim_is_shown_with_its_explanation_and_its_concept() -> None:
    claims = {tuple(claim["path"]): claim for claim in read("enkel")["claims"]}
    naam, saldo = claims[("naam",)], claims[("saldo",)]
    assert naam["display"][0] == {
        "locale": "nl-NL",
        "label": "naam (nl)",
        "description": "uitleg naam. (nl) begrip naam. (nl)",
    }
    assert (naam["papier"], naam["begrip"], "eenheid" in naam) == (True, "naam/1", False)
    assert (saldo["eenheid"], saldo["gevoeligheid"]) == ("eurocent", "bijzonder")
    assert claims[("kinderen", "waarde", None, "dag")]["eenheid"] == "dag"


def test_the_integrity_is_of_exactly_these_bytes() -> None:
    document = type_metadata(made("enkel"), CONCEPTS, SCHEME_URL)
    assert document == type_metadata(made("enkel"), CONCEPTS, SCHEME_URL)
    assert integrity(document) == "sha256-" + base64.b64encode(hashlib.sha256(document).digest()).decode()
    assert integrity(document) != integrity(document + b"\n")


@pytest.mark.parametrize("lost", sorted(CONCEPTS))
def test_a_concept_that_is_not_in_the_dictionary_is_named(lost: str) -> None:
    fewer = {ref: concept for ref, concept in CONCEPTS.items() if ref != lost}
    with pytest.raises(ContentError, match=lost.split("/", maxsplit=1)[0]):
        type_metadata(made("enkel"), fewer, SCHEME_URL)
