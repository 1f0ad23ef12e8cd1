# SPDX-License-Identifier: EUPL-1.2
"""``decide`` for a requester and for an app: what is allowed, with one named change per rule; each row is needed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.consent.line import DataPeriod, Line
from blauweknop.core.dataset.value import Period
from blauweknop.core.delivery import decide as module
from blauweknop.core.delivery.decide import CHECKS, SKIPPED, OfferedSet, Person, Situation, decide
from blauweknop.core.delivery.model import Door, Grant, Permission, Reason, Refusal
from blauweknop.core.delivery.situation import Authority, Caller

SOURCE = "https://bron.example"
BANK = "https://bank.example"
NOW = 1_800_000_000
LINE = Line(
    type="gegevensset",
    locations=(SOURCE,),
    datatypes=("inkomen/1",),
    actions=("ophalen",),
    elementen=("verzamelinkomen", "belastingjaar"),
    periode=DataPeriod("P3Y"),
    dienst="hypotheek/1",
    geldig_tot="2027-01-31",
    frequentie="maandelijks",
    bewaartermijn="P90D",
    regel="r1",
)
CALLER = Caller(
    client=BANK,
    proof_key="jkt",
    keys=frozenset({"jkt", "other"}),
    standing="doet-mee",
    roles=frozenset({"vrager"}),
    admitted=frozenset({"hypotheek/1"}),
)
AUTHORITY = Authority(
    audience=SOURCE,
    client=BANK,
    key="jkt",
    line=LINE,
    status="geldig",
    source_standing="doet-mee",
    day="2026-11-25",
)
PLUS = Situation(
    grant=Grant(
        kind="gegevensset",
        data_set="inkomen/1",
        source=SOURCE,
        elements=("verzamelinkomen",),
        client=BANK,
        door="plus",
        environment="test",
        idempotency_key="k" * 22,
        service="hypotheek/1",
        period=Period(van="2023-01-01", tot="2025-12-31"),
        rule="r1",
        grant_id="g1",
        quota="2026-11",
    ),
    person=Person(subject="x", assurance="substantieel", authenticated_at=NOW - 60, expires_at=NOW + 60),
    now=NOW,
    today="2026-11-01",
    source=SOURCE,
    environment="test",
    offered={
        "inkomen/1": OfferedSet(on=True, elements=frozenset({"verzamelinkomen", "belastingjaar"})),
        "huishouden/1": OfferedSet(on=True, elements=frozenset({"kinderen"})),
        "voertuigen/1": OfferedSet(on=False, elements=frozenset({"merk"})),
    },
    catalogue=load_catalogue(),
    caller=CALLER,
    authority=AUTHORITY,
)
APP = msgspec.structs.replace(
    PLUS,
    grant=msgspec.structs.replace(PLUS.grant, kind="eigen_inzage", door="app", service="", quota=""),
    caller=msgspec.structs.replace(CALLER, keys=frozenset(), roles=frozenset({"app"}), admitted=frozenset()),
    authority=msgspec.structs.replace(
        AUTHORITY,
        line=msgspec.structs.replace(LINE, type="eigen_inzage", dienst="", frequentie="", bewaartermijn=""),
    ),
)
BY_LAW = msgspec.structs.replace(
    PLUS,
    grant=msgspec.structs.replace(
        PLUS.grant,
        kind="bekwaamheid",
        door="bekwaamheid",
        data_set="bekwaamheid/1",
        elements=("minderjarig",),
        period=None,
        service="",
        quota="",
        grant_id="",
        rule="bekwaamheid",
    ),
    offered={
        "bekwaamheid/1": OfferedSet(on=True, elements=frozenset({"minderjarig", "onder_curatele", "onder_bewind"})),
        "inkomen/1": OfferedSet(on=True, elements=frozenset({"verzamelinkomen"})),
    },
    caller=msgspec.structs.replace(CALLER, roles=frozenset({"toestemmingsdienst"}), admitted=frozenset()),
    authority=msgspec.structs.replace(
        AUTHORITY,
        line=Line(
            type="bekwaamheid",
            locations=(SOURCE,),
            datatypes=("bekwaamheid/1",),
            actions=("ophalen",),
            elementen=("minderjarig", "onder_curatele"),
            regel="bekwaamheid",
        ),
    ),
)
DOORS: dict[Door, Situation] = {"plus": PLUS, "app": APP, "bekwaamheid": BY_LAW}


def change(part: str, base: Situation = PLUS, **changes: Any) -> Situation:
    if part == "situation":
        return msgspec.structs.replace(base, **changes)
    if part == "line":
        assert base.authority is not None
        return change("authority", base, line=msgspec.structs.replace(base.authority.line, **changes))
    return msgspec.structs.replace(base, **{part: msgspec.structs.replace(getattr(base, part), **changes)})


R = Reason
# name: (row of the table, the situation with one change, reason, element)
BAD: dict[str, tuple[str, Situation, Reason, str]] = {
    "no token": ("token", change("situation", authority=None), R.OTHER_SOURCE, ""),
    "token of another source": ("token", change("authority", audience=SOURCE + "/"), R.OTHER_SOURCE, ""),
    "token expired": ("token", change("person", expires_at=NOW - 10), R.TOKEN_EXPIRED, ""),
    "environment": ("environment", change("grant", environment="productie"), R.OTHER_ENVIRONMENT, ""),
    "a requester asks who may decide": (
        "participant",
        change("caller", BY_LAW, roles=frozenset({"vrager"})),
        R.ROLE_MISSING,
        "",
    ),
    "a consent service asks by law for an income": (
        "data-set",
        change("grant", BY_LAW, data_set="inkomen/1", elements=("verzamelinkomen",)),
        R.DATA_SET_OFF,
        "",
    ),
    "a requester's consent for who may decide": (
        "data-set",
        change(
            "situation",
            PLUS,
            offered=BY_LAW.offered,
            grant=msgspec.structs.replace(PLUS.grant, data_set="bekwaamheid/1", elements=("minderjarig",)),
        ),
        R.DATA_SET_OFF,
        "",
    ),
    "who may decide, more than granted": (
        "granted",
        change("grant", BY_LAW, elements=("onder_bewind",)),
        R.MORE_THAN_GRANTED,
        "onder_bewind",
    ),
    "grant of another source": ("source", change("grant", source="https://ander.example"), R.OTHER_SOURCE, ""),
    "own access by a requester": ("kind", change("grant", kind="eigen_inzage"), R.KIND_NOT_HERE, ""),
    "consent by an app": ("kind", change("grant", APP, kind="gegevensset"), R.KIND_NOT_HERE, ""),
    "no caller": ("caller", change("situation", caller=None), R.OTHER_CLIENT, ""),
    "token of another client": ("caller", change("authority", client="https://x.example"), R.OTHER_CLIENT, ""),
    "sent by another client": ("caller", change("caller", client="https://x.example"), R.OTHER_CLIENT, ""),
    "another key": ("caller", change("caller", proof_key="other"), R.OTHER_CLIENT, ""),
    "a key not in the register": ("caller", change("caller", keys=frozenset({"other"})), R.OTHER_CLIENT, ""),
    "an app with another key": ("caller", change("caller", APP, proof_key="other"), R.OTHER_CLIENT, ""),
    "requester suspended": ("participant", change("caller", standing="geschorst"), R.PARTICIPANT_SUSPENDED, ""),
    "requester ended": ("participant", change("caller", standing="beeindigd"), R.PARTICIPANT_ENDED, ""),
    "requester unknown": ("participant", change("caller", standing="onbekend"), R.PARTICIPANT_UNKNOWN, ""),
    "no requester": ("participant", change("caller", roles=frozenset({"app", "bron"})), R.ROLE_MISSING, ""),
    "no admitted app": ("participant", change("caller", APP, roles=frozenset({"vrager"})), R.ROLE_MISSING, ""),
    "not admitted for it": ("participant", change("caller", admitted=frozenset({"wlz/1"})), R.NOT_ADMITTED, ""),
    "this source suspended": (
        "participant",
        change("authority", source_standing="geschorst"),
        R.SOURCE_NOT_IN_SCHEME,
        "",
    ),
    "status unknown": ("consent-status", change("authority", status="onbekend"), R.STATUS_UNKNOWN, ""),
    "withdrawn": ("consent-status", change("authority", status="geeindigd"), R.CONSENT_ENDED, ""),
    "paused": ("consent-status", change("authority", status="opgeschort"), R.CONSENT_SUSPENDED, ""),
    "the day after": ("validity", change("authority", day="2027-02-01"), R.CONSENT_EXPIRED, ""),
    "no end": ("validity", change("line", geldig_tot=""), R.CONSENT_EXPIRED, ""),
    "a set this source has not": ("data-set", change("grant", data_set="pensioen/1"), R.DATA_SET_UNKNOWN, ""),
    "a set turned off": ("data-set", change("grant", data_set="voertuigen/1"), R.DATA_SET_OFF, ""),
    "login too low": ("assurance", change("person", assurance="laag"), R.ASSURANCE_TOO_LOW, ""),
    "no service": ("service", change("grant", service=""), R.NOT_ADMITTED, ""),
    "a service that is not there": (
        "service",
        change("caller", change("grant", service="weg/1"), admitted=frozenset({"weg/1"})),
        R.SERVICE_UNKNOWN,
        "",
    ),
    "service ended": ("active", change("authority", ended=frozenset({"hypotheek/1"})), R.SERVICE_ENDED, ""),
    "set ended": ("active", change("authority", ended=frozenset({"inkomen/1"})), R.SERVICE_ENDED, ""),
    "nothing asked": ("elements", change("grant", elements=()), R.NOTHING_ASKED, ""),
    "not offered here": ("elements", change("grant", elements=("spaargeld",)), R.ELEMENT_UNKNOWN, "spaargeld"),
    "more than granted": (
        "granted",
        change("line", elementen=("belastingjaar",)),
        R.MORE_THAN_GRANTED,
        "verzamelinkomen",
    ),
    "an app, more than granted": (
        "granted",
        change("line", APP, elementen=("belastingjaar",)),
        R.MORE_THAN_GRANTED,
        "verzamelinkomen",
    ),
    "a line above the cap": (
        "cap",
        change("line", elementen=("verzamelinkomen", "inkomen_box3")),
        R.MORE_THAN_SERVICE,
        "inkomen_box3",
    ),
    "kept longer than the cap": ("cap", change("line", bewaartermijn="P1Y"), R.MORE_THAN_SERVICE, ""),
    "a period backwards": (
        "period",
        change("grant", period=Period(van="2025-01-01", tot="2024-12-31")),
        R.PERIOD_UNCLEAR,
        "",
    ),
    "this month was used": ("frequency", change("authority", quota_used=True), R.FREQUENCY_USED, ""),
    "the hour of this app is full": ("hour", change("authority", APP, quota_used=True), R.HOUR_FULL, ""),
}


@pytest.mark.parametrize("door", DOORS)
def test_bk007_what_was_granted_is_permitted(door: Door) -> None:
    decision = decide(DOORS[door])
    assert isinstance(decision, Permission)
    assert decision.skipped == SKIPPED[door]


@pytest.mark.parametrize(
    "allowed",
    [
        change("person", expires_at=NOW - 9),
        change("authority", day="2027-01-31"),
        change("grant", elements=("verzamelinkomen", "belastingjaar")),
        change("situation", today="2027-01-31"),
        change("line", APP, geldig_tot="2026-11-25"),
    ],
)
def test_what_lies_just_within_is_permitted(allowed: Situation) -> None:
    assert isinstance(decide(allowed), Permission)


@pytest.mark.parametrize("case", BAD)
def test_one_change_is_refused_with_its_reason(case: str) -> None:
    _, situation, reason, element = BAD[case]
    assert decide(situation) == Refusal(reason=reason, element=element)


def without(row: str) -> tuple[module.Check, ...]:
    return tuple(check._replace(run=lambda _: None) if check.name == row else check for check in CHECKS)


@pytest.mark.parametrize("row", sorted({row for row, _, _, _ in BAD.values()}))
def test_without_a_row_at_least_one_case_gets_through(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [situation for name, situation, _, _ in BAD.values() if name == row]
    monkeypatch.setattr(module, "CHECKS", without(row))

    def gets_through(situation: Situation) -> bool:
        try:
            return isinstance(decide(situation), Permission)
        except KeyError:  # what is unknown passes this row and breaks a later one
            return True

    assert any(gets_through(situation) for situation in cases)


def test_every_row_of_the_table_has_a_case_at_some_door() -> None:
    assert {row for row, _, _, _ in BAD.values()} | {"session"} == {check.name for check in CHECKS}


NEED_A_TOKEN = ("caller", "participant", "consent-status", "validity", "active", "granted", "cap", "hour")


@pytest.mark.parametrize("row", NEED_A_TOKEN)
def test_a_check_of_the_token_refuses_where_there_is_none(row: str) -> None:
    (check,) = [one for one in CHECKS if one.name == row]
    assert isinstance(check.run(change("situation", authority=None, caller=None)), Refusal)
    assert isinstance(check.run(change("situation", authority=None)), Refusal)


def test_a_skip_names_a_row_that_exists() -> None:
    names = {check.name for check in CHECKS}
    assert {name for skips in SKIPPED.values() for name, _ in skips} <= names
