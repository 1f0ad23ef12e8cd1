# SPDX-License-Identifier: EUPL-1.2
"""Renews the locks of this folder from pyproject.toml with uv, which must be on PATH or in .bk.

What is locked stays as it is unless it must change; `--upgrade` takes the newest of everything. A lock holds names,
versions, markers and hashes of the public index, for every platform, and no address: the settings of this machine are
left out on purpose.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FORM = [
    "--no-config",
    "--quiet",
    "--generate-hashes",
    "--universal",
    "--python-version",
    "3.11",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--only-binary",
    ":all:",
]


def uv() -> str:
    """The uv to use."""
    found = shutil.which("uv") or next((str(path) for path in ROOT.glob(".bk/uv/bin/uv")), None)
    if found is None:
        sys.exit("lock: needs uv on PATH; a first ./bk check fetches one into .bk")
    return found


def lock(name: str, *source: str) -> None:
    """Writes one lock and says how many packages it names."""
    target = HERE / f"{name}.txt"
    command = [uv(), "pip", "compile", *FORM, *sys.argv[1:], *source, "--output-file", str(target)]
    if name == "dev":  # what both hold is the same version
        command += ["--constraint", str(HERE / "runtime.txt")]
    clean = {key: value for key, value in os.environ.items() if "INDEX" not in key and "FIND_LINKS" not in key}
    subprocess.run(command, cwd=ROOT, check=True, env=clean)
    text = target.read_text(encoding="utf-8")
    if "://" in text or "--find-links" in text or "--index" in text:
        sys.exit(f"lock: {target.name} holds an address; that must not be committed")
    sys.stdout.write(f"{target.name}: {text.count('==')} packages\n")


if __name__ == "__main__":
    lock("runtime", "pyproject.toml", "--extra", "paper", "--extra", "scan")
    lock("dev", "pyproject.toml", "--extra", "paper", "--extra", "scan", "--group", "dev")
    lock("node", "requirements/node.in")
    lock("uv", "requirements/uv.in")
