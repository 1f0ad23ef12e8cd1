# SPDX-License-Identifier: EUPL-1.2
"""Every row of every table: a valid situation passes whole; one named change is refused by one row and by no other.

So with that row replaced by one that does nothing, the changed situation gets through: each row holds something that
nothing else holds. A case that more rows refuse (``ALSO``) counts as a negative test, not as a proof of its row.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest

from blauweknop.core.consent.line import DataPeriod
from blauweknop.core.oauth import client_assertion, dpop, rar, resource
from blauweknop.core.oauth.errors import OAuthError
from blauweknop.core.oauth.pipelines import AUTHORIZE, CALLER, CODE, PAR, REFRESH, REVOCATION, SKIPPED
from blauweknop.core.oauth.revocation import RevocationSituation
from blauweknop.core.oauth.rows import Row, run_rows
from tests.unit.core.oauth.caller_cases import (
    ASSERTION_CASES,
    CALLER_CASES,
    PROOF_CASES,
    a_caller,
    good_assertions,
    good_proofs,
)
from tests.unit.core.oauth.kit import (
    APP_KEY,
    ISSUER,
    LINES,
    NOW,
    OWN_LINES,
    REQUESTER,
    Seen,
    refusals,
    thumbprint,
)
from tests.unit.core.oauth.request_cases import (
    AUTHORIZE_CASES,
    JOINED,
    LINE_CASES,
    LINES_CASES,
    PAR_CASES,
    a_line,
    again,
    an_arrival,
    good_pushes,
    lines,
)
from tests.unit.core.oauth.table_cases import Table
from tests.unit.core.oauth.token_cases import (
    ACCESS_CASES,
    BOUND,
    CODE_CASES,
    CODE_CONTENT,
    REFRESH_CASES,
    REFRESH_CONTENT,
    REVOCATION_CASES,
    a_code,
    a_refresh,
    a_token,
    standing,
)

pytestmark = pytest.mark.anyio
TABLES: dict[str, Table] = {
    "CALLER": Table(CALLER, lambda: [a_caller()], CALLER_CASES),
    "ASSERTION": Table(client_assertion.ASSERTION, good_assertions, ASSERTION_CASES),
    "PROOF": Table(dpop.PROOF, good_proofs, PROOF_CASES),
    "PAR": Table(PAR, good_pushes, PAR_CASES),
    "LINE": Table(
        rar.LINE,
        lambda: [
            a_line(),
            a_line(LINES[1]),
            a_line(OWN_LINES[0]),
            a_line(OWN_LINES[0], dienst="hypotheek/1", geldig_tot="2026-11-01"),
            a_line(OWN_LINES[0], periode=None),
        ],
        LINE_CASES,
    ),
    "LINES": Table(
        rar.LINES, lambda: [LINES, lines({"samen": JOINED}, {"samen": JOINED}), lines(*[{}] * 8)], LINES_CASES
    ),
    "AUTHORIZE": Table(AUTHORIZE, lambda: [an_arrival()], AUTHORIZE_CASES),
    "CODE": Table(
        CODE,
        lambda: [
            a_code(),
            a_code({"resource": ...}),
            a_code({"resource": ISSUER}),
            a_code(code=msgspec.structs.replace(CODE_CONTENT, jkt="")),
            a_code(standing=standing(waiting="niet_compleet")),
            a_code(at=NOW + 59),
        ],
        CODE_CASES,
    ),
    "REFRESH": Table(
        REFRESH,
        lambda: [
            a_refresh(),
            a_refresh({"resource": ...}),
            a_refresh({"resource": ISSUER}),
            a_refresh(refresh=BOUND, jkt=thumbprint(APP_KEY)),
        ],
        REFRESH_CASES,
    ),
    "REVOCATION": Table(
        REVOCATION,
        lambda: [RevocationSituation(client=REQUESTER, refresh=REFRESH_CONTENT)],
        REVOCATION_CASES,
    ),
    "ACCESS": Table(
        resource.ACCESS,
        lambda: [a_token(), a_token(at=NOW + 309), a_token(header={"typ": "application/at+jwt"})],
        ACCESS_CASES,
    ),
}
EVERY = [(table, name) for table, found in TABLES.items() for name in found.cases]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("name", TABLES)
async def test_what_is_valid_passes_every_row(name: str) -> None:
    for situation in TABLES[name].good():
        assert await refusals(TABLES[name].rows, situation) == []


@pytest.mark.parametrize(("name", "case_name"), EVERY, ids=["-".join(each) for each in EVERY])
async def test_one_change_is_refused_by_its_row(name: str, case_name: str) -> None:
    table = TABLES[name]
    case = table.cases[case_name]
    found = dict(await refusals(table.rows, case.make()))
    assert set(found) == {case.row} | case.also
    error = found[case.row]
    assert isinstance(error, OAuthError)
    assert error.error == case.error
    with pytest.raises(OAuthError) as caught:
        await run_rows(table.rows, case.make(), skipped={})
    assert caught.value.error == case.error


@pytest.mark.parametrize("name", TABLES)
async def test_with_any_row_doing_nothing_something_gets_through(name: str) -> None:
    table = TABLES[name]

    async def gets_through_without(row: str) -> bool:
        rest = [Row(each.name, each.clause, (lambda _: None) if each.name == row else each.run) for each in table.rows]
        cases = [case for case in table.cases.values() if case.row == row and not case.also]
        return any([not await refusals(rest, case.make()) for case in cases])

    needless = [row.name for row in table.rows if not await gets_through_without(row.name)]
    assert needless == []


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_names_of_their_own_and_cite_a_clause(name: str) -> None:
    names = [row.name for row in TABLES[name].rows]
    assert len(set(names)) == len(names)
    assert all(row.clause for row in TABLES[name].rows)


async def test_what_writes_stands_after_what_reads() -> None:
    # Two of the same: only the rows that write refuse the second one, and they are the last.
    writing: dict[str, list[str]] = {}
    for name, situation in (
        ("CALLER", a_caller()),
        ("AUTHORIZE", an_arrival(take=again)),
        ("CODE", a_code(redeem=again)),
    ):
        rows = TABLES[name].rows
        await refusals(rows, situation)
        writing[name] = [row for row, _ in await refusals(rows, situation)]
        assert writing[name] == [row.name for row in rows][-len(writing[name]) :]
    assert writing == {
        "CALLER": ["assertion-once", "dpop-once"],
        "AUTHORIZE": ["request-once"],
        "CODE": ["code-once"],
    }


@pytest.mark.parametrize("refused", [name for name, case in CALLER_CASES.items() if not case.row.endswith("once")])
async def test_what_is_refused_has_burnt_nothing(refused: str) -> None:
    seen = Seen()
    situation = dataclasses.replace(CALLER_CASES[refused].make(), first_use=seen)
    with pytest.raises(OAuthError):
        await run_rows(CALLER, situation, skipped={})
    assert seen.names == set()


def test_what_is_skipped_is_a_row_and_has_a_reason() -> None:
    names = {row.name for row in CALLER}
    assert set(SKIPPED) == {(end, who) for end in ("par", "token", "intrekken") for who in ("vrager", "app")}
    for skipped in SKIPPED.values():
        assert set(skipped) <= names
        assert all(len(why) > 20 for why in skipped.values())
    # Whoever takes part, and by which method, is never skipped.
    assert not any({"takes-part", "method"} & set(skipped) for skipped in SKIPPED.values())
    assert "dpop-present" not in SKIPPED["par", "app"]


async def test_bk021_over_asking_names_its_dimension_and_element() -> None:
    (found,) = await refusals(rar.LINE, a_line(elementen=("belastingjaar", "inkomen_box2")))
    assert isinstance(found[1], OAuthError)
    assert found[1].members() == {"dimensie": "element", "element": "inkomen_box2"}
    dimensions: list[tuple[dict[str, Any], str]] = [
        ({"frequentie": "dagelijks"}, "frequentie"),
        ({"geldig_tot": "2027-05-02"}, "geldig_tot"),
        ({"bewaartermijn": "P4M"}, "bewaartermijn"),
        ({"periode": DataPeriod(laatste="P4Y")}, "periode"),
    ]
    for changes, dimension in dimensions:
        (found,) = await refusals(rar.LINE, a_line(**changes))
        assert isinstance(found[1], OAuthError)
        assert found[1].members() == {"dimensie": dimension}
