# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from blauweknop.core.dataset.path import Step, parse_path
from blauweknop.errors import MalformedError


def test_a_path_has_steps_and_indexes() -> None:
    assert parse_path("kinderen[0].voornamen") == (Step("kinderen", 0), Step("voornamen"))
    assert parse_path("rijen[12].verzamelinkomen") == (Step("rijen", 12), Step("verzamelinkomen"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "A",
        "a[01]",
        "a[-1]",
        "a[]",
        "a[1",
        "a[1][2]",
        "a b",
        "a.b.c.d",
        "é",
        "a[99999]",
        "1a",
    ],
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        parse_path(text)
