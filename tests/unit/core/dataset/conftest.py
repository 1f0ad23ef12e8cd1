# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()
