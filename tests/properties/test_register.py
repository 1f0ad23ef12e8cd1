# SPDX-License-Identifier: EUPL-1.2
"""Whatever is done to a register: it is read as it was signed, or refused."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from blauweknop.core.scheme.errors import NameRefusedError
from blauweknop.core.scheme.names import check_name
from blauweknop.core.scheme.register import NOTHING_SEEN, Seen, parse_register
from blauweknop.errors import BlauweKnopError
from blauweknop.testing.registering import AT, SOURCE_OIN, register_kit

KIT = register_kit()
TOKEN = KIT.sign()
GOOD = parse_register(TOKEN).verify(KIT.trust, at=AT, last_seen=NOTHING_SEEN)
DETAIL = KIT.detail_bytes(SOURCE_OIN)


@given(place=st.integers(0, len(TOKEN) - 1), byte=st.integers(0, 255))
def test_any_byte_changed_is_refused(place: int, byte: int) -> None:
    changed = TOKEN[:place] + bytes([byte]) + TOKEN[place + 1 :]
    try:
        register = parse_register(changed).verify(KIT.trust, at=AT, last_seen=NOTHING_SEEN)
    except BlauweKnopError:
        return
    assert changed == TOKEN
    assert register.index == GOOD.index


@given(place=st.integers(0, len(DETAIL) - 1), byte=st.integers(0, 255))
def test_any_byte_of_a_detail_changed_is_refused(place: int, byte: int) -> None:
    changed = DETAIL[:place] + bytes([byte]) + DETAIL[place + 1 :]
    try:
        register = GOOD.with_details([changed])
    except BlauweKnopError:
        return
    assert changed == DETAIL
    assert register.detail(SOURCE_OIN).oin == SOURCE_OIN


@given(data=st.binary(max_size=300))
def test_anything_at_all_is_refused_in_our_own_words(data: bytes) -> None:
    try:
        parse_register(data).verify(KIT.trust, at=AT, last_seen=NOTHING_SEEN)
    except BlauweKnopError:
        return
    raise AssertionError("a register of nobody was believed")


@given(version=st.integers(1, 2**40), issued_at=st.integers(0, 2**34))
def test_no_older_version_is_ever_believed(version: int, issued_at: int) -> None:
    seen = GOOD.seen()
    before = Seen(
        version=version,
        issued_at=issued_at,
        fingerprint=seen.fingerprint,
        participants=seen.participants,
        published=seen.published,
    )
    try:
        register = parse_register(TOKEN).verify(KIT.trust, at=AT, last_seen=before)
    except BlauweKnopError:
        assert version > GOOD.version or (version < GOOD.version and issued_at > AT)
        return
    assert version <= register.version
    assert msgspec.structs.replace(register.seen(), published={}) == msgspec.structs.replace(seen, published={})


@given(name=st.text(max_size=40))
def test_a_name_that_passes_has_no_character_that_misleads(name: str) -> None:
    try:
        check_name(name)
    except NameRefusedError:
        return
    assert name.isprintable()
    assert name == name.strip()
    assert not set(name) & set('<>"\\\u200b\u202e\ufeff')
