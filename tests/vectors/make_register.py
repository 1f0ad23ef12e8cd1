# SPDX-License-Identifier: EUPL-1.2
"""Writes ``vectors/register/``: ``python -m tests.vectors.make_register``. The same bytes every time."""

import binascii
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.core.scheme.register import Seen
from tests.vectors.register_cases import BAD, GOOD, Case, good_case

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "register"
LARGE = 100_000


def _base64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode()


def as_file(case: Case) -> dict[str, Any]:
    """What a reader needs to know of ``case``."""
    made = case.made()
    seen = case.seen
    return {
        "trust": {
            "roots": [_base64(root.public_bytes(Encoding.DER)) for root in case.reader.roots],
            "iss": case.reader.iss,
            "omgeving": case.reader.environment,
        },
        "at": case.at,
        "seen": {name: getattr(seen, name) for name in Seen.__struct_fields__} if isinstance(seen, Seen) else None,
        "input": made.decode(),
        "details": [blob.decode() for blob in case.blobs()],
        "ask": case.ask,
    }


def vectors() -> dict[str, bytes]:
    """The files by name. A case that is large only because it is too large has no file."""
    files = {}
    for name, about, edit in GOOD:
        case = good_case()
        edit(case)
        assert case.ask is not None
        content = {"name": name, "about": about, **as_file(case), "expect": {"kid": case.ask["kid"]}}
        files[f"goed-{name}.json"] = content
    for bad in BAD:
        case = good_case()
        bad.edit(case)
        expect = {"error": bad.error, "clause": bad.clause}
        files[f"fout-{bad.name}.json"] = {"name": bad.name, "change": bad.change, **as_file(case), "expect": expect}
    written = {name: (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode() for name, value in files.items()}
    return {name: data for name, data in written.items() if len(data) < LARGE}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, data in vectors().items():
        (FOLDER / name).write_bytes(data)
