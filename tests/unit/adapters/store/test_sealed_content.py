# SPDX-License-Identifier: EUPL-1.2
"""The content of a session opens with secret, id and kind, and with nothing less."""

from __future__ import annotations

import os

import pytest

from blauweknop.adapters.store.sessions.sealed_content import ContentSealer
from blauweknop.errors import ConfigurationError

SECRET = b"s" * 32


def sealer(*, secret: bytes = SECRET, kind: str = "session") -> ContentSealer:
    return ContentSealer(secret, kind=kind, random=os.urandom)


def test_it_opens_as_it_was_sealed() -> None:
    assert sealer().open("id", sealer().seal("id", b"inhoud")) == b"inhoud"


@pytest.mark.parametrize(
    ("other", "session"),
    [(sealer(), "iD"), (sealer(secret=b"t" * 32), "id"), (sealer(kind="attempt"), "id")],
    ids=["other id", "other secret", "other kind"],
)
def test_it_does_not_open_with(other: ContentSealer, session: str) -> None:
    assert other.open(session, sealer().seal("id", b"inhoud")) is None


def test_no_byte_can_be_changed_or_left_out() -> None:
    sealed = sealer().seal("id", b"inhoud")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert sealer().open("id", bytes(changed)) is None
        assert sealer().open("id", sealed[:place]) is None
    assert sealer().open("id", sealed) == b"inhoud"


def test_the_same_content_never_looks_the_same() -> None:
    assert sealer().seal("id", b"inhoud") != sealer().seal("id", b"inhoud")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        sealer(secret=b"s" * 31)
