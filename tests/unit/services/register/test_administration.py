# SPDX-License-Identifier: EUPL-1.2
"""Stages, two persons, keys: what the scheme manager can and cannot do."""

import re
import sqlite3
from typing import Any

import msgspec
import pytest

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.core.scheme.decision import sign_decision
from blauweknop.core.scheme.detail import Admission
from blauweknop.core.scheme.errors import (
    BsnRefusedError,
    DecisionRefusedError,
    DetailError,
    KeyUnknownError,
    NameRefusedError,
    ParticipantUnknownError,
    PublicationRefusedError,
    RegisterContentError,
    SecondPersonError,
    StageRefusedError,
)
from blauweknop.core.scheme.registration import Registration
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage
from blauweknop.core.wire.jwk import make_jwk
from blauweknop.errors import BlauweKnopError, SignatureInvalidError
from blauweknop.services.register.administration import (
    Certification,
    Compromise,
    Content,
    Outcome,
    Reason,
    Retirement,
    SignedBy,
    Unsigned,
    content_text,
)
from blauweknop.services.register.signing import STATUS_LIST_SIZE, make_status_list
from blauweknop.testing.register_service import handed_in
from blauweknop.testing.registering import AT, make_signer, named_key
from tests.unit.services.register.conftest import LENDER, Desk, lender

pytestmark = pytest.mark.anyio
WHY = Reason(reason="Houdt zich niet aan de afspraken.")
UNTIL = Certification(until=AT + 86_400)


async def decide(desk: Desk, act: Act, content: Content, oin: str = LENDER) -> Outcome:
    return await desk.acts.decide(act, oin, content, Unsigned())


async def stage(desk: Desk, oin: str = LENDER) -> Stage:
    return (await desk.read()).participant(oin).stage


async def bits(desk: Desk) -> int:
    participants, keys = await desk.parts.store.read(lambda state: (state.participants(), state.all_keys()))
    status = next(one.status for one in participants if one.registration.oin == LENDER)
    return make_status_list(participants, keys).get(status)


async def test_bk061_an_organisation_goes_through_the_stages_and_is_never_deleted(desk: Desk) -> None:
    steps: list[tuple[Act, Content, Stage, int]] = [
        (Act.ADMIT, lender(), Stage.ADMITTED, 0),
        (Act.CERTIFY, UNTIL, Stage.CERTIFIED, 0),
        (Act.SUSPEND, WHY, Stage.SUSPENDED, 2),
        (Act.ADMIT, lender(), Stage.ADMITTED, 0),
        (Act.END, WHY, Stage.ENDED, 1),
    ]
    for act, content, expected, status in steps:
        assert (await decide(desk, act, content)).stage is expected
        assert (await stage(desk), await bits(desk)) == (expected, status)
    changes = await desk.parts.store.read(lambda state: state.changes())
    assert [change.act for change in changes if change.oin == LENDER] == ["aanmelden", *(act for act, *_ in steps)]


@pytest.mark.parametrize(
    ("before", "act", "content"),
    [
        ([], Act.CERTIFY, UNTIL),
        ([], Act.SUSPEND, WHY),
        ([], Act.END, WHY),
        ([(Act.ADMIT, lender()), (Act.SUSPEND, WHY)], Act.CERTIFY, UNTIL),
        ([(Act.ADMIT, lender()), (Act.SUSPEND, WHY)], Act.SUSPEND, WHY),
        ([(Act.ADMIT, lender()), (Act.END, WHY)], Act.ADMIT, lender()),
        ([(Act.ADMIT, lender()), (Act.END, WHY)], Act.END, WHY),
        ([(Act.ADMIT, lender()), (Act.END, WHY)], Act.CERTIFY, UNTIL),
    ],
)
async def test_bk061_an_act_that_does_not_fit_the_stage_changes_nothing(
    desk: Desk, before: list[tuple[Act, Content]], act: Act, content: Content
) -> None:
    for earlier, given in before:
        await decide(desk, earlier, given)
    number = await desk.parts.store.read(lambda state: state.last_change())
    with pytest.raises((StageRefusedError, ParticipantUnknownError)):
        await decide(desk, act, content)
    assert await desk.parts.store.read(lambda state: state.last_change()) == number


CLIENT, DPOP = lender().keys


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"admissions": (Admission(service="wlz/1", since=AT),)}, BsnRefusedError),
        ({"admissions": (Admission(service="hypotheek/9", since=AT),)}, PublicationRefusedError),
        ({"subject": "bsn"}, BsnRefusedError),
        ({"keys": (CLIENT, msgspec.structs.replace(CLIENT, purpose=KeyPurpose.DPOP))}, DetailError),
        ({"keys": (CLIENT, CLIENT)}, DetailError),
        ({"keys": (msgspec.structs.replace(CLIENT, kid="A" * 43),)}, DetailError),
        ({"keys": (msgspec.structs.replace(CLIENT, purpose=KeyPurpose.SEAL),)}, DetailError),
        ({"keys": (msgspec.structs.replace(CLIENT, valid_until=AT - 10**9),)}, DetailError),
        ({"endpoints": {"meldingen": "http://elders.example"}}, RegisterContentError),
        ({"link_uri": "ftp://elders.example"}, RegisterContentError),
        ({"redirect_uris": ("https://elders.example/terug?x=1",)}, RegisterContentError),
        ({"app_origins": ("https://elders.example/pad",)}, RegisterContentError),
    ],
)
async def test_what_readers_would_refuse_does_not_enter(
    desk: Desk, changed: dict[str, Any], error: type[BlauweKnopError]
) -> None:
    with pytest.raises(error):
        await decide(desk, Act.ADMIT, lender(**changed))
    assert await desk.parts.store.read(lambda state: state.participant(LENDER)) is None


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"name": "Belаstingdienst"}, NameRefusedError),
        ({"oin": "123"}, PublicationRefusedError),
        ({"iss": "http://localhost:8299"}, StoreConflictError),
        ({"iss": "https://elders.example/"}, RegisterContentError),
        ({"roles": ()}, RegisterContentError),
    ],
)
async def test_a_misleading_or_taken_identity_does_not_enter(
    desk: Desk, changed: dict[str, Any], error: type[BlauweKnopError]
) -> None:
    with pytest.raises(error):
        await decide(desk, Act.ADMIT, msgspec.structs.replace(lender(), **changed))
    assert await desk.parts.store.read(lambda state: state.participant(LENDER)) is None


async def test_a_key_stays_with_its_owner_and_purpose(desk: Desk) -> None:
    await decide(desk, Act.ADMIT, lender())
    other = "00000009876543210000"
    for keys in ((CLIENT,), (msgspec.structs.replace(CLIENT, purpose=KeyPurpose.DPOP),)):
        second = msgspec.structs.replace(lender(keys=keys), oin=other, iss="https://notaris.example")
        with pytest.raises(PublicationRefusedError):
            await decide(desk, Act.ADMIT, second, other)


async def test_keys_are_rotated_by_admitting_again_and_keep_their_places(desk: Desk) -> None:
    await decide(desk, Act.ADMIT, lender())
    before = {key.kid: key.status for key in (await desk.read()).detail(LENDER).keys}
    fresh = handed_in(KeyPurpose.DPOP, named_key("lender dpop 2").public_key(), now=AT)
    await decide(desk, Act.ADMIT, lender(keys=(CLIENT, DPOP, fresh)))
    await decide(desk, Act.ADMIT, lender(keys=(CLIENT, fresh)))
    after = {key.kid: key.status for key in (await desk.read()).detail(LENDER).keys}
    assert after[CLIENT.kid] == before[CLIENT.kid]
    assert DPOP.kid not in after
    assert len({*before.values(), *after.values()}) == 3


async def test_bk061_a_stolen_key_is_marked_and_stops_in_the_status_list(desk: Desk) -> None:
    await decide(desk, Act.ADMIT, lender())
    await decide(desk, Act.COMPROMISE, Compromise(kid=DPOP.kid, since=AT - 60))
    key = (await desk.read()).detail(LENDER).key(KeyPurpose.DPOP, DPOP.kid)
    assert key.compromised_at == AT - 60
    participants, keys = await desk.parts.store.read(lambda state: (state.participants(), state.all_keys()))
    assert make_status_list(participants, keys).get(key.status) == 1
    await decide(desk, Act.COMPROMISE, Compromise(kid=DPOP.kid, since=AT - 120))
    with pytest.raises(StoreConflictError):
        await decide(desk, Act.COMPROMISE, Compromise(kid=DPOP.kid, since=AT))
    with pytest.raises(KeyUnknownError):
        await decide(desk, Act.COMPROMISE, Compromise(kid="A" * 43, since=AT))


async def test_a_certification_ends_in_the_future(desk: Desk) -> None:
    await decide(desk, Act.ADMIT, lender())
    with pytest.raises(PublicationRefusedError):
        await decide(desk, Act.CERTIFY, Certification(until=AT))


async def test_bk061_admission_and_suspension_take_two_persons(two: Desk) -> None:
    content = lender()
    proposed = await two.acts.decide(Act.ADMIT, LENDER, content, two.by("anna", Act.ADMIT, LENDER, content))
    assert (proposed.stage, await stage(two), await bits(two)) == (Stage.APPLIED, Stage.APPLIED, 3)
    assert re.fullmatch("[0-9a-f]{24}", proposed.proposal)  # an argument of a command: never read as an option
    done = await two.acts.approve(proposed.proposal, two.by("bram", Act.ADMIT, LENDER, content))
    assert (done.stage, await stage(two)) == (Stage.ADMITTED, Stage.ADMITTED)
    proposed = await two.acts.decide(Act.SUSPEND, LENDER, WHY, two.by("bram", Act.SUSPEND, LENDER, WHY))
    assert await stage(two) is Stage.ADMITTED
    await two.acts.approve(proposed.proposal, two.by("anna", Act.SUSPEND, LENDER, WHY))
    assert await stage(two) is Stage.SUSPENDED
    last = (await two.parts.store.read(lambda state: state.changes()))[-1]
    assert (last.account, len(last.signature.split())) == ("bram+anna", 2)


async def test_one_signature_is_enough_for_what_takes_one_person(two: Desk) -> None:
    content = lender()
    proposed = await two.acts.decide(Act.ADMIT, LENDER, content, two.by("anna", Act.ADMIT, LENDER, content))
    done = await two.acts.decide(Act.END, LENDER, WHY, two.by("anna", Act.END, LENDER, WHY))
    assert (done.stage, done.proposal) == (Stage.ENDED, "")
    with pytest.raises(StageRefusedError):
        await two.acts.approve(proposed.proposal, two.by("bram", Act.ADMIT, LENDER, content))


def refused_decisions(desk: Desk, content: Registration) -> list[tuple[SignedBy | Unsigned, type[BlauweKnopError]]]:
    good = desk.by("anna", Act.ADMIT, LENDER, content)
    other = msgspec.structs.replace(content, name="Een Ander")
    desk.clock.now -= 16 * 60
    old = desk.by("anna", Act.ADMIT, LENDER, content)
    desk.clock.now += 16 * 60 + 11
    early = desk.by("anna", Act.ADMIT, LENDER, content)
    desk.clock.now -= 11
    return [
        (Unsigned(), DecisionRefusedError),
        (SignedBy("carla", good.token), DecisionRefusedError),
        (SignedBy("bram", good.token), SignatureInvalidError),
        (desk.by("anna", Act.SUSPEND, LENDER, content), DecisionRefusedError),
        (desk.by("anna", Act.ADMIT, "0" * 20, content), DecisionRefusedError),
        (desk.by("anna", Act.ADMIT, LENDER, other), DecisionRefusedError),
        (old, DecisionRefusedError),
        (early, DecisionRefusedError),
    ]


async def test_a_decision_counts_only_as_it_was_signed(two: Desk) -> None:
    content = lender()
    for by, error in refused_decisions(two, content):
        with pytest.raises(error):
            await two.acts.decide(Act.ADMIT, LENDER, content, by)
    assert await two.parts.store.read(lambda state: state.participant(LENDER)) is None


async def test_nobody_approves_alone_twice_or_something_else(two: Desk) -> None:
    content = lender()
    await two.acts.add_account("anna-weer", dict(make_jwk(named_key("account anna").public_key())))
    proposed = await two.acts.decide(Act.ADMIT, LENDER, content, two.by("anna", Act.ADMIT, LENDER, content))
    text = content_text(content)
    decision = two.acts.expected(Act.ADMIT, LENDER, text, "anna-weer")
    twin = SignedBy("anna-weer", sign_decision(decision, make_signer("account anna")))
    with pytest.raises(DecisionRefusedError):
        await two.acts.add_account("carla", dict(make_jwk(named_key("account carla").public_key())))
    with pytest.raises(SecondPersonError):
        await two.acts.approve(proposed.proposal, two.by("anna", Act.ADMIT, LENDER, content))
    with pytest.raises(SecondPersonError):
        await two.acts.approve(proposed.proposal, twin)
    with pytest.raises(DecisionRefusedError):
        await two.acts.approve(proposed.proposal, two.by("bram", Act.SUSPEND, LENDER, content))
    with pytest.raises(DecisionRefusedError):
        await two.acts.approve("elders", two.by("bram", Act.ADMIT, LENDER, content))
    assert await stage(two) is Stage.APPLIED
    await two.acts.approve(proposed.proposal, two.by("bram", Act.ADMIT, LENDER, content))
    with pytest.raises(DecisionRefusedError):
        await two.acts.approve(proposed.proposal, two.by("bram", Act.ADMIT, LENDER, content))


async def test_the_list_is_never_more_than_half_full(desk: Desk) -> None:
    def fill(state: Any) -> None:
        for number in range(STATUS_LIST_SIZE // 2):
            values = (f"vol{number}", LENDER, number)
            state._connection.execute(
                "INSERT OR IGNORE INTO participant_key (thumbprint, oin, purpose, kid, status)"
                " VALUES (?1, ?2, 'dpop', ?1, ?3)",
                values,
            )

    await decide(desk, Act.ADMIT, lender(keys=()))
    await desk.parts.store.transact(fill)
    with pytest.raises(PublicationRefusedError):
        await decide(desk, Act.ADMIT, lender())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM participant",
        "DELETE FROM participant_key",
        "DELETE FROM change_record",
        "UPDATE change_record SET account = 'x'",
        "UPDATE participant SET status = 5",
        "UPDATE participant_key SET purpose = 'seal'",
        "DELETE FROM publication",
        "UPDATE published_entry SET sha256 = 'x'",
        "DELETE FROM published_entry",
        "DELETE FROM ended_entry",
        "UPDATE ended_entry SET since = 1",
        "DELETE FROM account",
        "UPDATE account SET jwk = '{}'",
    ],
)
async def test_bk061_the_database_itself_refuses_to_forget(desk: Desk, statement: str) -> None:
    await decide(desk, Act.ADMIT, lender())
    await desk.acts.retire(Retirement(ref="diensten:wlz/1", since=AT), Unsigned())
    await desk.read()

    def forget(state: Any) -> None:
        state._connection.execute(statement)

    with pytest.raises(StoreConflictError) as caught:
        await desk.parts.store.transact(forget)
    assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)


def app(**members: Any) -> Registration:
    given: dict[str, Any] = {
        "app_origins": ("https://app.voorbeeld.example",),
        "redirect_uris": ("https://app.voorbeeld.example/terug", "https://hypotheek.voorbeeld.example/terug"),
        **members,
    }
    return msgspec.structs.replace(lender(**given), roles=(Role.APP,))


async def test_an_app_returns_to_its_own_origin_only(desk: Desk) -> None:
    with pytest.raises(RegisterContentError):
        await decide(desk, Act.ADMIT, app(redirect_uris=("https://elders.example/terug",)))
    with pytest.raises(RegisterContentError):
        await decide(desk, Act.ADMIT, app(app_origins=()))
    assert (await decide(desk, Act.ADMIT, app())).stage is Stage.ADMITTED


async def test_bk065_two_versions_stand_side_by_side_until_one_ends(desk: Desk) -> None:
    await desk.acts.retire(Retirement(ref="diensten:hypotheek/1", since=AT + 60), Unsigned())
    register = await desk.read()
    assert register.ended(at=AT + 59) == frozenset()
    assert register.ended(at=AT + 60) == {"hypotheek/1"}
    assert "hypotheek/1" in register.index.published.services
    for ref in ("diensten:hypotheek/1", "diensten:hypotheek/9"):
        with pytest.raises(StoreConflictError):
            await desk.acts.retire(Retirement(ref=ref, since=AT), Unsigned())


async def test_the_end_of_a_version_is_signed_where_decisions_are(two: Desk) -> None:
    content = Retirement(ref="diensten:wlz/1", since=AT)
    for by in (Unsigned(), two.by("anna", Act.END, "", content), two.by("carla", Act.RETIRE, "", content)):
        with pytest.raises(DecisionRefusedError):
            await two.acts.retire(content, by)
    await two.acts.retire(content, two.by("anna", Act.RETIRE, "", content))
    assert (await two.read()).ended(at=AT) == {"wlz/1"}
