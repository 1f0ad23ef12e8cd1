# SPDX-License-Identifier: EUPL-1.2
"""Each check earns its place: with one of them switched off, some bad case gets through that did not before."""

from typing import Any

import pytest

from blauweknop.core.seal import certificates, members, verify
from blauweknop.errors import BlauweKnopError
from tests.vectors.test_sd_jwt_vc import BAD, run

NOTHING: dict[str, tuple[Any, str, Any]] = {
    "signature": (verify, "verify_es256", None),
    "one of two signatures": (verify, "is_low_s", True),
    "iss of the certificate": (certificates, "check_seals_for", None),
    "certificate valid then": (certificates, "check_valid_at", None),
    "own disclosures": (verify, "check_own_disclosures", None),
    "data set in vct": (verify, "check_vct", "x/1"),
    "times": (verify, "check_times", None),
    "expectation": (verify, "check_expectation", None),
    "holder's proof": (verify, "verify_key_binding", None),
    "holder's key": (verify, "holder_key", None),
    "reserved names": (members, "RESERVED_IDS", frozenset()),
}


def passed() -> set[str]:
    """The bad cases that are read."""
    through = set()
    for name, case in BAD.items():
        try:
            run(case)
        except BlauweKnopError:
            continue
        except (TypeError, KeyError, AttributeError, ValueError):
            continue  # what comes after a check may lean on it
        through.add(name)
    return through


def test_with_all_checks_on_none_gets_through() -> None:
    assert not passed()


@pytest.mark.parametrize("check", NOTHING)
def test_with_one_check_off_something_gets_through(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room, name, answer = NOTHING[check]
    certificates._read_path.cache_clear()
    monkeypatch.setattr(room, name, answer if isinstance(answer, frozenset) else lambda *_args, **_named: answer)
    assert passed(), f"no vector needs the check of the {check}"
