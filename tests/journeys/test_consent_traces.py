# SPDX-License-Identifier: EUPL-1.2
"""No BSN in what the consent service keeps: database, write-ahead log, journal, log lines, and a backup of them."""

from __future__ import annotations

import base64
import hashlib
import shutil
from pathlib import Path
from typing import Final

import pytest
from structlog.testing import capture_logs

from tests.journeys.town import KEVIN, Town

SERVICE: Final = ("toestemming", "intrekking", "register")


def spellings(bsn: str) -> dict[str, bytes]:
    """The ways in which a BSN could stand in bytes."""
    plain = bsn.encode()
    return {
        "text": plain,
        "utf-16": bsn.encode("utf-16-le"),
        "number": int(bsn).to_bytes(4, "big"),
        "number, turned round": int(bsn).to_bytes(4, "little"),
        "hex": plain.hex().encode(),
        "base64": base64.b64encode(plain).rstrip(b"="),
        "sha-256": hashlib.sha256(plain).digest(),
        "sha-256 in hex": hashlib.sha256(plain).hexdigest().encode(),
        "sha-1": hashlib.sha1(plain, usedforsecurity=False).digest(),
    }


def found_in(folder: Path, bsn: str) -> list[str]:
    """Which spelling stands in which file of the consent service or the register."""
    files = [path for path in folder.rglob("*") if path.is_file() and any(word in str(path) for word in SERVICE)]
    assert files
    return [
        f"{path.name}: {name}" for path in files for name, spelt in spellings(bsn).items() if spelt in path.read_bytes()
    ]


def test_bk082_a_consent_and_its_stop_leave_no_bsn_behind(town: Town, tmp_path: Path) -> None:
    with capture_logs() as said:
        town.granted(KEVIN)
        town.stop()
    backup = tmp_path / "backup"
    shutil.copytree(town.home, backup, ignore=shutil.ignore_patterns("keys", "ca*", "achterkant*"))
    assert found_in(backup, KEVIN) == []
    assert KEVIN not in repr(said)


@pytest.mark.parametrize("name", spellings(KEVIN))
def test_bk082_one_that_is_planted_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "toestemming.sqlite").write_bytes(b"x" * 100 + spellings(KEVIN)[name] + b"x")
    assert f"toestemming.sqlite: {name}" in found_in(tmp_path, KEVIN)
