# SPDX-License-Identifier: EUPL-1.2
"""The eleven test of a citizen service number: one number that passes, and one named change each."""

import pytest

from blauweknop.core.dataset.bsn import is_bsn

GOOD = "999996149"


@pytest.mark.parametrize("number", [GOOD, "500000001", "000009866", "000009830"])
def test_a_number_passes(number: str) -> None:
    assert is_bsn(number)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("999996140", id="last digit changed"),
        pytest.param("899996149", id="first digit changed"),
        pytest.param("999991649", id="two neighbours swapped"),
        pytest.param("9866", id="leading zeros lost"),
        pytest.param("0999996149", id="one digit more"),
        pytest.param("99999614", id="one digit less"),
        pytest.param("999996149 ", id="a blank behind"),
        pytest.param("99999.614", id="punctuation"),
        pytest.param("٩٩٩٩٩٦١٤٩", id="digits of another script"),
        pytest.param("99999614⁹", id="a superscript digit"),
        pytest.param("000000000", id="nobody has nine zeros"),
        pytest.param("", id="empty"),
        pytest.param("010008579", id="only in a history row of the published list"),
    ],
)
def test_a_number_fails(number: str) -> None:
    assert is_bsn(GOOD)
    assert not is_bsn(number)


def test_every_single_digit_change_is_found() -> None:
    changed = [GOOD[:place] + digit + GOOD[place + 1 :] for place in range(9) for digit in "0123456789"]
    assert [number for number in changed if is_bsn(number)] == [GOOD] * 9
