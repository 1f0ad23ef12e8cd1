# SPDX-License-Identifier: EUPL-1.2
"""Writes ``vectors/paper-code``: ``python -m tests.vectors.make_paper``. The same every time; a test compares."""

import base64
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.testing.sealing import ISS, NAME, OIN
from tests.vectors.paper_cases import AT, BAD, GOOD, PRINT_TEXT, VCT, BadPaper, GoodPaper
from tests.vectors.paper_forge import KIT

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "paper-code"


def files() -> dict[str, bytes]:
    """Every case of the folder, by name."""
    cases = [("trust", _trust()), *((f"goed-{case.name}", _good(case)) for case in GOOD)]
    cases += [(f"fout-{case.name}", _bad(case)) for case in BAD]
    assert len(dict(cases)) == len(cases)
    return {f"{name}.json": (json.dumps(case, indent=1, ensure_ascii=False) + "\n").encode() for name, case in cases}


def _trust() -> dict[str, Any]:
    root, seal = (base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in (KIT.root, KIT.certificate))
    return {
        "known": {
            "anchors": [root],
            "known": [{"certificate": seal, "oin": OIN, "name": NAME}],
            "environment": "test",
        },
        "anchored": {"anchors": [root], "known": [], "environment": "test"},
        "stranger": {"anchors": [], "known": [], "environment": "test"},
    }


def _good(case: GoodPaper) -> dict[str, Any]:
    return {
        "name": case.name,
        "about": case.about,
        "trust": "known",
        "at": AT,
        "input": case.forge().write(),
        "expect": {
            "standing": "in_stelsel",
            "iss": ISS,
            "vct": VCT,
            "iat": case.iat,
            "fingerprint": PRINT_TEXT,
            "values": case.values,
            "more": case.more,
        },
    }


def _bad(case: BadPaper) -> dict[str, Any]:
    forge = next(good for good in GOOD if good.name == case.good).forge()
    case.edit(forge)
    return {
        "name": case.name,
        "good": case.good,
        "change": case.change,
        "trust": case.trust,
        "at": case.at,
        "input": forge.write(),
        "expect": {"error": case.error, "clause": case.clause},
    }


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
