# SPDX-License-Identifier: EUPL-1.2
"""The guide for a source works as it stands: its commands and settings, in its order, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.tree import DOCS, ROOT

BLOCK = re.compile(r"```(sh|toml)\n(.*?)```", re.DOTALL)
SHIM = f"""#!/bin/sh
exec {sys.executable} -c "import sys; from blauweknop.cli import main; sys.exit(main())" "$@"
"""


def test_bk070_the_guide_from_an_empty_folder_to_a_dry_run(tmp_path: Path) -> None:
    (tmp_path / "bk").write_text(SHIM)
    (tmp_path / "bk").chmod(0o700)
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "160"}
    shown = ""
    for kind, text in BLOCK.findall((DOCS / "gids-bron.md").read_text(encoding="utf-8")):
        if kind == "toml":
            with (tmp_path / "bron.toml").open("a", encoding="utf-8") as file:
                file.write(text + "\n")
            continue
        done = subprocess.run(
            ["sh", "-e"], input=text, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        shown = done.stdout
    for cell in ("AE-01-IO", "SKODA", "2013-01-04", "1069700", "Not delivered: handelsbenaming"):
        assert cell in shown
