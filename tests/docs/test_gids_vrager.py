# SPDX-License-Identifier: EUPL-1.2
"""What the guide for a requester shows a client library to ask may be asked."""

from __future__ import annotations

import json
from pathlib import Path

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.consent.cap import check_cap
from blauweknop.core.consent.line import parse_lines
from tests.guides import Guide


def test_the_request_of_the_guide_is_within_its_service(tmp_path: Path) -> None:
    ((_, text),) = Guide("gids-vrager.md", tmp_path).blocks("json")
    (line,) = parse_lines(json.loads(text))
    profile = load_catalogue().profiles[line.dienst]
    check_cap(line, profile, today="2026-11-01")
