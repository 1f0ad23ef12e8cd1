# SPDX-License-Identifier: EUPL-1.2
"""What is sealed comes out again, in both forms and in every shape."""

import msgspec
import pytest

from blauweknop.core.dataset.definition import Shape
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import Period, Row
from blauweknop.core.seal.content import StatusRef
from blauweknop.core.seal.errors import ContentError
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.key_binding import OWN_COPY, public_jwk
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.trust import Standing
from blauweknop.testing.sealing import ISS, NAME, OIN, FixedSigner, fixed_key, fixed_random
from tests.unit.core.seal.sets import AT, KIT, ROW, content, sealed


@pytest.mark.parametrize(
    ("shape", "rows"), [("enkel", (ROW,)), ("enkel", ()), ("rijen", (ROW, ROW)), ("rijen", (ROW,)), ("rijen", ())]
)
@pytest.mark.parametrize("form", ["compact", "json"])
def test_what_is_sealed_comes_out_again(shape: Shape, rows: tuple[Row, ...], form: str) -> None:
    missing = (
        MissingElement(element="inkomen", reden=Missing.NOT_ALLOWED, periode=Period("2024-01-01", "2024-12-31")),
    )
    made = issue_set(content(shape, rows, missing), signer=KIT.signer, random=fixed_random("round trip"))
    read = parse_sealed_set(getattr(made, form)()).verify(KIT.trust, at=AT + 5)
    assert read.rows == rows
    assert [list(row) for row in read.rows] == [list(row) for row in rows]
    assert read.missing == missing
    assert (read.iss, read.oin, read.organisation, read.standing) == (ISS, OIN, NAME, Standing.IN_STELSEL)
    assert (read.data_set, read.issued_at, read.delivery, read.hidden) == ("gezin/1", AT, "levering-1", 0)
    assert read.status == StatusRef(uri=f"{ISS}/statuslijsten/1", idx=7)
    assert read.fingerprint == made.fingerprint


def test_the_same_content_sealed_twice_has_other_digests() -> None:
    draw = fixed_random("twice")
    first, second = (issue_set(content("enkel", (ROW,)), signer=KIT.signer, random=draw) for _ in range(2))
    assert not set(first.disclosures) & set(second.disclosures)


def test_standing_follows_what_the_verifier_was_given() -> None:
    made = issue_set(content("enkel", (ROW,)), signer=KIT.signer, random=fixed_random("standing"))
    parsed = parse_sealed_set(made.compact())
    assert parsed.verify(KIT.anchored, at=AT).standing is Standing.BUITEN_STELSEL
    assert parsed.verify(KIT.stranger, at=AT).standing is Standing.ONBEKEND


def test_one_random_draw_seals_a_whole_set() -> None:
    calls: list[int] = []

    def draw(count: int) -> bytes:
        calls.append(count)
        return bytes(count)

    made = issue_set(content("rijen", (ROW, ROW)), signer=KIT.signer, random=draw)
    assert calls == [16 * len(made.disclosures)]
    assert msgspec.json.decode(b'"' + made.jwt[:4] + b'"') == "eyJh"


def test_a_set_of_one_record_takes_one_row() -> None:
    with pytest.raises(ContentError, match="at most one row"):
        issue_set(content("enkel", (ROW, ROW)), signer=KIT.signer, random=fixed_random("two"))


def test_a_key_without_certificate_seals_nothing() -> None:
    bare = FixedSigner(fixed_key("bare"), kid="bare")
    with pytest.raises(ContentError, match="certificate"):
        issue_set(content("enkel", (ROW,)), signer=bare, random=fixed_random("bare"))


def test_a_set_with_nothing_to_hide_draws_nothing() -> None:
    made = issue_set(content("rijen", ()), signer=KIT.signer, random=lambda _count: pytest.fail("drew"))
    assert made.compact() == made.jwt + b"~"
    assert parse_sealed_set(made.compact()).verify(KIT.trust, at=AT).rows == ()


def test_a_record_without_elements_is_a_record_no_more() -> None:
    assert sealed(content("enkel", ({},))).verify(KIT.trust, at=AT).rows == ()


def test_what_a_delivery_always_shows_comes_out() -> None:
    visible = {"ontvanger": "https://vrager.example", "dienst": "hypotheek/1", "bewaren_tot": "2027-11-01"}
    asked = msgspec.structs.replace(content("enkel", (ROW,)), visible=visible, status=None)
    read = sealed(asked).verify(KIT.trust, at=AT)
    assert (read.visible, read.status, read.delivery) == (visible, None, "levering-1")


def test_a_copy_for_a_wallet_names_its_holder() -> None:
    jwk = public_jwk(KIT.holder_key)
    read = sealed(msgspec.structs.replace(content("enkel", (ROW,)), holder_jwk=jwk)).verify(
        KIT.trust, at=AT, expect=OWN_COPY
    )
    assert read.holder_jwk == jwk
