# SPDX-License-Identifier: EUPL-1.2
"""Over the whole published files: counts, the same bytes again, and that each origin opens and holds its value."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from blauweknop.demo import gegevens
from blauweknop.demo.omzetten import assignment, rvig_list
from blauweknop.demo.omzetten.__main__ import write
from blauweknop.demo.omzetten.cells import FILE
from blauweknop.demo.omzetten.convert import Folder, Outputs, convert
from blauweknop.demo.omzetten.relatives import is_named


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Folder:
    return Folder(shared_data)


@pytest.fixture(scope="module")
def outputs(folder: Folder) -> Outputs:
    return convert(folder, assignment.load())


def test_counts_of_the_list(folder: Folder) -> None:
    lists = folder.lists
    assert sum(len(person.rows) for person in lists) == 2156
    assert len(lists) == 687
    assert len([person for person in lists if person.bsn]) == 685
    assert len({person.bsn for person in lists if person.bsn}) == 680
    assert len(rvig_list.single(lists)) == 675
    assert len([person for person in lists if person.has_incorrect()]) == 72
    assert len([person for person in lists if person.has_open_investigation()]) == 37


def test_there_are_512_children(folder: Folder) -> None:
    children = [record for person in folder.lists for record in person.records("09") if is_named(person, record)]
    assert len(children) == 512


def test_what_the_list_does_wrong_is_reported(outputs: Outputs) -> None:
    kinds = {"niet-aangekondigd", "aangekondigd-maar-leeg", "aankondiging-onleesbaar", "aankondiging-zonder-rij"}
    rule = {found.where.split("/")[0] for found in outputs.report if found.kind in kinds}
    assert len(rule) == 21
    assert [found.what for found in outputs.report if found.kind == "dubbel-bsn"] == [
        "999992788",
        "999991425",
        "999994724",
        "999995133",
        "999995923",
    ]
    assert len([found for found in outputs.report if found.kind == "geen-bsn"]) == 2
    shifted = {found.where.split("/")[0] for found in outputs.report if found.kind == "verschoven-cel"}
    assert shifted == {"Lg01_803", "LG01_769", "LG01_761", "LG01_762", "Lg01_777"}


def test_converting_again_gives_the_committed_bytes(outputs: Outputs, root: Path, tmp_path: Path) -> None:
    write(outputs, tmp_path / "gegevens", tmp_path / "tests")
    committed = Path(gegevens.__file__).parent
    written = sorted(path.name for path in (tmp_path / "gegevens").iterdir())
    assert written == sorted(f"{name}.json" for name in gegevens.NAMES)
    for name in written:
        assert (tmp_path / "gegevens" / name).read_bytes() == (committed / name).read_bytes(), name
    test_only = "rvig-test-only.json"
    assert (tmp_path / "tests" / test_only).read_bytes() == (root / "tests" / "data" / test_only).read_bytes()


class Places:
    """Opens origins: gives what the file holds at a place, and fails where there is no such place."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.lists = {person.name: person for person in folder.lists}
        head, _, _ = (folder.path / FILE).read_text(encoding="utf-8-sig").partition("\n")
        self.columns = set(head.split(";"))
        self.documents: dict[str, Any] = {
            assignment.PATH.name: tomllib.loads(assignment.PATH.read_text(encoding="utf-8"))
        }

    def open(self, origin: dict[str, str]) -> Any:
        if origin["bestand"].endswith(".csv"):
            name, row, column = origin["pad"].split("/")
            assert column in self.columns
            return self.lists[name].rows[int(row)].get(column, "").strip()
        node = self.document(origin["bestand"])
        for step in origin["pad"].removeprefix("/").split("/"):
            node = node[int(step)] if isinstance(node, list) else node[step]
        return node

    def document(self, name: str) -> Any:
        if name not in self.documents:
            content = (self.folder.path / name).read_bytes()
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            self.documents[name] = yaml.load(content, loader) if name.endswith(".yaml") else json.loads(content)
        return self.documents[name]


def holds(value: Any, found: Any, rule: str) -> bool:
    """Whether `found`, as the file spells it, is `value`; a derived value only needs the place to be there."""
    if rule == "maal 100: euro naar eurocent":
        return bool(value == found * 100)
    if rule:
        return True
    if isinstance(value, dict):
        return holds_object(value, found)
    if value is True:
        return found is True or bool(found == "1")
    return bool(value == found or str(value) == found or str(value).replace("-", "").ljust(8, "0") == found)


def holds_object(value: dict[str, Any], cell: str) -> bool:
    kind = value.get("type")
    if kind == "Datum":
        return bool(cell == value["datum"].replace("-", ""))
    if kind == "JaarMaandDatum":
        return cell.startswith(f"{value['jaar']}{value['maand']:02d}")
    if kind == "JaarDatum":
        return cell.startswith(str(value["jaar"]))
    if kind == "DatumOnbekend":
        return cell in {"00000000", "00002014"}
    return bool(cell == value.get("code", value.get("omschrijving")))


def at(node: Any, pointer: str) -> Any:
    for step in pointer.removeprefix("/").split("/"):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def all_origins(documents: list[dict[str, Any]]) -> Iterator[tuple[Any, dict[str, str]]]:
    for document in documents:
        for one in document["personen"]:
            values = one.get("brp", one)
            yield from ((at(values, pointer), origin) for pointer, origin in one["herkomst"].items())
            extra = one.get("aanvullend_herkomst", {})
            yield from ((at(one["aanvullend"], pointer), origin) for pointer, origin in extra.items())
        for people in document.get("adressen", {}).values():
            yield from ((at(one, pointer), o) for one in people for pointer, o in one["herkomst"].items())


def test_each_origin_opens_and_holds_its_value(folder: Folder, outputs: Outputs) -> None:
    places = Places(folder)
    documents = [json.loads(content) for content in (*outputs.data.values(), outputs.test_only)]
    wrong: list[tuple[Any, dict[str, str]]] = []
    kinds: dict[str, int] = {}
    for value, origin in all_origins(documents):
        kinds[origin["herkomst"]] = kinds.get(origin["herkomst"], 0) + 1
        if not holds(value, places.open(origin), origin.get("regel", "")):
            wrong.append((value, origin))
    assert wrong == []
    assert set(kinds) == {"overgenomen", "toegewezen", "verzonnen"}


def test_an_origin_that_points_beside_its_value_is_found(folder: Folder) -> None:
    places = Places(folder)
    mark = gegevens.load("rvig")["personen"][0]
    origin = mark["herkomst"]["/naam/voornamen"]
    assert holds("Mark", places.open(origin), "")
    assert not holds("Mark", places.open({**origin, "pad": origin["pad"].replace("02.10", "02.40")}), "")
    with pytest.raises(KeyError):
        places.open({**origin, "pad": "Lg01_0/0/01.02.10"})


def test_a_lent_amount_stands_under_another_number(folder: Folder, outputs: Outputs) -> None:
    tax = json.loads(outputs.data["belastingdienst.json"])
    for one in tax["personen"]:
        for origin in one["herkomst"].values():
            if origin["herkomst"] != "verzonnen":
                lent = f"/{one['bsn']}/" not in origin["pad"] and one["bsn"] != "999991772"
                assert (origin["herkomst"] == "toegewezen") == lent


def test_danielles_guardianship_has_one_date_in_both_registers(folder: Folder) -> None:
    (danielle,) = [person for person in folder.lists if person.bsn == "999997622"]
    courts = gegevens.load("rechtspraak")["personen"]
    (own,) = [one["registraties"] for one in courts if one["bsn"] == "999997622"]
    assert own[0]["van"].replace("-", "") == danielle.rows[0]["11.85.10"]
