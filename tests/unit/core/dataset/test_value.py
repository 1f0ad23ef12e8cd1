# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from blauweknop.core.dataset.value import Period, Value
from blauweknop.core.wire.strict_json import encode


def test_bk041_an_envelope_carries_what_makes_a_value_readable_and_nothing_empty() -> None:
    full = Value(
        waarde=4650000,
        eenheid="eurocent",
        periode=Period(van="2024-01-01", tot="2024-12-31"),
        peildatum="2026-11-01",
        status="definitief",
        begrip="verzamelinkomen/1",
        in_onderzoek="2021-12",
        opmerking="deels-onbekend",
    )
    assert encode(full.envelope()).decode() == (
        '{"waarde":4650000,"eenheid":"eurocent","periode":{"van":"2024-01-01","tot":"2024-12-31"},'
        '"peildatum":"2026-11-01","status":"definitief","begrip":"verzamelinkomen/1","in_onderzoek":"2021-12",'
        '"opmerking":"deels-onbekend"}'
    )
    assert encode(Value(waarde=None).envelope()) == b'{"waarde":null}'
