# SPDX-License-Identifier: EUPL-1.2
"""The guide for a source works as it stands: its commands and settings, in its order, in an empty folder."""

from __future__ import annotations

from pathlib import Path

from tests.guides import Guide


def test_bk070_the_guide_from_an_empty_folder_to_a_dry_run(tmp_path: Path) -> None:
    guide = Guide("gids-bron.md", tmp_path)
    shown = ""
    for kind, text in guide.blocks("sh", "toml"):
        if kind == "toml":
            with (tmp_path / "bron.toml").open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        else:
            shown = guide.run(text)
    for cell in ("AE-01-IO", "SKODA", "2013-01-04", "1069700", "Not delivered: handelsbenaming"):
        assert cell in shown
