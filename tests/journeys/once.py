# SPDX-License-Identifier: EUPL-1.2
"""One run of ``demo --once`` over the hard people of the cast, and how to look at what it wrote."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.core.dataset.value import Row, Value
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.demo import gegevens
from blauweknop.demo.once import run_once
from blauweknop.demo.steps import Step


class Output:
    """What one run wrote."""

    def __init__(self, home: Path, out: Path, steps: list[Step]) -> None:
        self.home, self.out, self.steps = home, out, steps

    def set_of(self, file: str) -> VerifiedSet:
        trust = load_trust(self.home / "vertrouwen")
        return parse_sealed_set((self.out / file).read_bytes()).verify(trust, at=int(time.time()))

    def row(self, citizen: str, name: str) -> Row:
        (row,) = self.set_of(f"{citizen}/{name}.sd-jwt").rows
        return row


def people(*slugs: str, change: Callable[[dict[str, Any]], None] | None = None, of: str = "") -> Any:
    """The demo's data with only these people on stage, and one change in the data of source ``of``."""

    def documents(name: str) -> dict[str, Any]:
        document = copy.deepcopy(gegevens.load(name))
        if name == "cast":
            document["personen"] = [one for one in document["personen"] if one["slug"] in slugs]
        if change is not None and name == of:
            change(document)
        return document

    return documents


def run(folder: Path, documents: Any) -> Output:
    out = folder / "uit"
    out.mkdir(parents=True)
    steps = asyncio.run(run_once(folder / "demo", out, report=lambda *_: None, documents=documents))
    return Output(folder / "demo", out, steps)


HARD = (
    *("mark-de-boer", "lohstroh-denise", "estrella-de-jager", "jan-de-cuykelaer", "paolo-de-jager"),
    *("koos-smit", "danielle-nolles", "jules-overvaart", "reindert-zaal"),
    *("jan-kees-brouwers", "frouke-jansen", "sophie-van-dam", "kevin-de-boer", "ayse-bilgic"),
)


def plain(value: Value | None) -> Any:
    if value is None:
        return "not there"
    if isinstance(value.waarde, tuple):
        return [{name: plain(part) for name, part in row.items()} for row in value.waarde]
    if isinstance(value.waarde, dict):
        return {name: plain(part) for name, part in value.waarde.items()}
    return value.waarde
