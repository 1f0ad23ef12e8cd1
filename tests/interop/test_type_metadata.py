# SPDX-License-Identifier: EUPL-1.2
"""The type metadata of every data set of the scheme, read by @sd-jwt/sd-jwt-vc and openvc-core."""

import copy
import json
from typing import Any

import pytest
from openvc.type_metadata import TypeMetadataError, validate_type_metadata

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.definition import DataSetDefinition, Element
from blauweknop.core.dataset.value import Row, Value
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.type_metadata import integrity, type_metadata
from blauweknop.testing.sealing import ISS, SCHEME_URL, fixed_key, fixed_random
from tests.interop.generic import verify_any
from tests.interop.node import NodeSdJwt, node_is_there
from tests.unit.core.seal.sets import KIT, content

CATALOGUE = load_catalogue()


def value(element: Element) -> Value:
    if element.kind == "lijst":
        return Value(waarde=(row(element.parts), row(element.parts)))
    return Value(waarde=row(element.parts) if element.kind == "groep" else "x")


def row(elements: tuple[Element, ...]) -> Row:
    return {element.id: value(element) for element in elements}


def payload(definition: DataSetDefinition) -> dict[str, Any]:
    """What a reader gets of a whole set of ``definition``."""
    what = content(definition.shape, (row(definition.elements),))
    made = issue_set(what, signer=KIT.signer, random=fixed_random(definition.ref))
    claims = verify_any(made.compact().decode(), fixed_key(f"seal {ISS}").public_key()).claims
    return {"ontbreekt": [], **claims}


@pytest.mark.parametrize("ref", sorted(CATALOGUE.definitions))
def test_openvc_finds_every_path_in_a_set_and_holds_to_the_integrity(ref: str) -> None:
    definition = CATALOGUE.definitions[ref]
    document = type_metadata(definition, CATALOGUE.concepts, SCHEME_URL)
    vct = definition.vct(SCHEME_URL)
    found = validate_type_metadata(
        payload(definition), vct=vct, vct_integrity=integrity(document), resolve=lambda _url: document
    )
    assert found.documents == (json.loads(document),)
    with pytest.raises(TypeMetadataError):
        validate_type_metadata(
            payload(definition), vct=vct, vct_integrity=integrity(document + b" "), resolve=lambda _url: document
        )


@pytest.mark.node
def test_node_takes_the_metadata_and_refuses_it_without_a_label() -> None:
    if not node_is_there():
        pytest.skip("Node or @sd-jwt/sd-jwt-vc is not installed (npm ci)")
    with NodeSdJwt() as node:
        for definition in CATALOGUE.definitions.values():
            document = json.loads(type_metadata(definition, CATALOGUE.concepts, SCHEME_URL))
            assert node.ask("metadata", document=document)["metadata"] == document
            broken = copy.deepcopy(document)
            del next(claim for claim in broken["claims"] if "display" in claim)["display"][0]["label"]
            assert "error" in node.ask("metadata", document=broken)
