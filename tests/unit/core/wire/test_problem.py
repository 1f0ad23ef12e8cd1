# SPDX-License-Identifier: EUPL-1.2
"""Problem details: members in order, nothing that is empty."""

import json

from blauweknop.core.wire.problem import InvalidParameter, problem


def test_a_problem_names_code_and_type_and_leaves_out_what_is_empty() -> None:
    shown = problem("vorm-ongeldig", "The form is wrong.", 400)
    assert json.loads(shown.encode()) == {
        "type": "urn:blauweknop:fout:vorm-ongeldig",
        "title": "The form is wrong.",
        "status": 400,
        "code": "vorm-ongeldig",
    }


def test_a_problem_lists_all_that_is_wrong() -> None:
    base = problem("weigering", "Refused.", 403, detail="periode", reden="periode-onduidelijk")
    shown = type(base)(
        type=base.type,
        title=base.title,
        status=base.status,
        code=base.code,
        detail=base.detail,
        reden=base.reden,
        fouten=(InvalidParameter(naam="van", reden="geen datum"), InvalidParameter(naam="tot", reden="geen datum")),
    )
    members = json.loads(shown.encode())
    assert members["reden"] == "periode-onduidelijk"
    assert [fault["naam"] for fault in members["fouten"]] == ["van", "tot"]
