# SPDX-License-Identifier: EUPL-1.2
"""Writes ``vectors/``: ``python -m tests.vectors.make``. The same every time; a test compares."""

import base64
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.testing.sealing import NAME, OIN, SealKit
from tests.vectors.annotated import page
from tests.vectors.bad import Bad
from tests.vectors.bad_disclosures import DISCLOSURE_CASES
from tests.vectors.bad_form import FORM_CASES
from tests.vectors.bad_holder import HOLDER_CASES
from tests.vectors.bad_members import MEMBER_CASES
from tests.vectors.bad_values import VALUE_CASES
from tests.vectors.forge import sha
from tests.vectors.good import GOOD, KIT, Good

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "sd-jwt-vc"
ANNOTATED = FOLDER.parent / "annotated-set.md"
BAD = [*FORM_CASES, *MEMBER_CASES, *DISCLOSURE_CASES, *VALUE_CASES, *HOLDER_CASES]


def files() -> dict[str, bytes]:
    """Every file of the folder, by name."""
    good = {case.name: case for case in GOOD}
    assert len(good) == len(GOOD)
    cases = {f"goed-{case.name}": _good(case) for case in GOOD} | {
        f"fout-{case.name}": _bad(case, good) for case in BAD
    }
    assert len(cases) == len(GOOD) + len(BAD)
    every = {"trust": _trust(KIT), **cases}
    return {
        f"{name}.json": (json.dumps(case, indent=1, ensure_ascii=False) + "\n").encode() for name, case in every.items()
    }


def _trust(kit: SealKit) -> dict[str, Any]:
    root, seal = (base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in (kit.root, kit.certificate))
    known = [{"certificate": seal, "oin": OIN, "name": NAME}]
    return {
        "known": {"anchors": [root], "known": known, "environment": "test"},
        "anchored": {"anchors": [root], "known": [], "environment": "test"},
        "stranger": {"anchors": [], "known": [], "environment": "test"},
        "production": {"anchors": [root], "known": known, "environment": "productie"},
    }


def _good(case: Good) -> dict[str, Any]:
    made = case.forge.copy()
    data = made.write()
    jwt = made.written_jwt()
    return {
        "name": case.name,
        "about": case.about,
        "trust": case.trust,
        "at": case.at,
        "expectation": case.expectation,
        "input": data.decode("ascii"),
        "expect": {
            "standing": case.standing,
            "vct": made.payload["vct"],
            "iat": made.payload["iat"],
            "rows": case.rows,
            "missing": case.missing,
            "hidden": made.hidden + (len(made.node.extra) if made.node else 0),
            "fingerprint": sha(jwt),
            "show_print": sha("~".join([jwt, *made.made, ""])),
        },
    }


def _bad(case: Bad, good: dict[str, Good]) -> dict[str, Any]:
    start = good[case.good]
    made = start.forge.copy()
    if case.edit is not None:
        case.edit(made)
    data = made.write()
    return {
        "name": case.name,
        "good": case.good,
        "change": case.change,
        "trust": start.trust if case.trust is None else case.trust,
        "at": start.at if case.at is None else case.at,
        "expectation": start.expectation if case.expectation is None else case.expectation,
        **_input(data),
        "expect": {"error": case.error, "clause": case.clause},
    }


def _input(data: bytes) -> dict[str, str]:
    """The file as a text where it is ASCII, else in base64."""
    return {"input": data.decode("ascii")} if data.isascii() else {"input_base64": base64.b64encode(data).decode()}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = files()
    for old in FOLDER.glob("*.json"):
        if old.name not in made:
            old.unlink()
    for name, data in made.items():
        (FOLDER / name).write_bytes(data)
    ANNOTATED.write_bytes(page())


if __name__ == "__main__":
    main()
