# SPDX-License-Identifier: EUPL-1.2
"""What every test may ask for: long campaigns by sample or whole, and the open data beside the checkout."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run campaigns marked long whole, not by sample")


def pytest_configure(config: pytest.Config) -> None:
    # The same examples every time, so that a run says something about the change; other ones under --long.
    settings.register_profile("sample", deadline=None, derandomize=True, database=None)
    settings.register_profile("whole", deadline=None, max_examples=2000, database=None, print_blob=True)
    settings.load_profile("whole" if config.getoption("--long") else "sample")


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether campaigns run whole."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def rounds(whole: bool) -> Callable[[int, int], int]:
    """Gives the number of rounds of a campaign: `rounds(sample, all_of_them)`."""
    return lambda sample, all_of_them: all_of_them if whole else sample


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with open data beside the checkout; what needs it is left out where it is not there.

    BLAUWEKNOP_DATA names another folder. Where somebody named one, its absence is an error, not a skip.
    """
    named = os.environ.get("BLAUWEKNOP_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if named and not folder.is_dir():
        pytest.fail(f"BLAUWEKNOP_DATA names {folder}, which is not there")
    if not folder.is_dir():
        pytest.skip("the open data that the demo's data come from do not lie beside this checkout (../shared/data)")
    return folder
