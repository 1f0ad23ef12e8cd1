# SPDX-License-Identifier: EUPL-1.2
"""The one file that a newcomer runs first."""

import os
import subprocess
import sys
from pathlib import Path


def test_bk_without_arguments_says_what_it_can(root: Path) -> None:
    done = subprocess.run([sys.executable, root / "bk"], capture_output=True, text=True, check=True)
    assert "./bk demo" in done.stdout
    assert done.stderr == ""


def test_bk_and_ci_run_can_be_executed(root: Path) -> None:
    assert os.access(root / "bk", os.X_OK)
    assert os.access(root / ".ci" / "run", os.X_OK)
