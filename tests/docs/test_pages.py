# SPDX-License-Identifier: EUPL-1.2
"""Pages for readers outside: publiccode.yml and the map of the house name what is there."""

import re
from typing import Any

import yaml

from blauweknop import __version__
from tests.docs.tree import DOCS, ROOT

SOURCE = ROOT / "src" / "blauweknop"


def test_publiccode_has_what_the_standard_demands() -> None:
    code: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    demanded = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"}
    demanded |= {"legal", "maintenance", "localisation"}
    assert demanded <= set(code)
    assert code["legal"]["license"] == "EUPL-1.2"
    assert code["softwareVersion"] == __version__
    assert set(code["localisation"]["availableLanguages"]) == set(code["description"]) == {"nl", "en"}
    for text in code["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])


def test_the_map_of_the_house_names_rooms_that_are_there() -> None:
    text = (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_.]*)+)`", text))
    lacking = sorted(path for path in named if not (SOURCE / path).exists() and not (ROOT / path).exists())
    assert not lacking, f"docs/ARCHITECTURE.md: there is no {lacking}"


def test_every_room_is_on_the_map_of_the_house() -> None:
    text = (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {
        f"{ring}/{path.name}"
        for ring in ("core", "adapters", "endpoints", "services")
        for path in (SOURCE / ring).iterdir()
        if (path / "__init__.py").is_file()
    }
    lacking = sorted(room for room in rooms if f"`{room}" not in text)
    assert not lacking, f"docs/ARCHITECTURE.md, table of rooms: add {lacking}"
