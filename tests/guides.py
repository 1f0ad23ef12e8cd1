# SPDX-License-Identifier: EUPL-1.2
"""Does what a guide says, in its order, in an empty folder: its commands, and the files it lets its reader write."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Self

import httpx2

from tests.conftest import ROOT

BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LONGEST: Final = 20.0  # seconds, on a busy machine
SHIM = f"""#!/bin/sh
exec {sys.executable} -c "import sys; from blauweknop.cli import main; sys.exit(main())" "$@"
"""


class Guide:
    """``docs/<name>``, followed in ``folder``; ``elsewhere``: addresses of the guide and where they are here."""

    def __init__(self, name: str, folder: Path, elsewhere: Mapping[str, str] | None = None) -> None:
        self._text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        self._folder = folder
        for there, here in (elsewhere or {}).items():
            assert there in self._text, f"{name} does not name {there}"
            self._text = self._text.replace(there, here)
        (folder / "bk").write_text(SHIM)
        (folder / "bk").chmod(0o700)
        self.services: dict[str, subprocess.Popen[str]] = {}
        self.environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "160"}

    def blocks(self, *kinds: str) -> Iterator[tuple[str, str]]:
        """Kind and text of each block of these kinds."""
        return ((kind, text) for kind, text in BLOCK.findall(self._text) if kind in kinds)

    def run(self, text: str) -> str:
        """What the commands print; none of them fails."""
        done = subprocess.run(
            ["sh", "-e"], input=text, cwd=self._folder, env=self.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        return done.stdout

    def follow(self, text: str) -> str:
        """As ``run``, where lines that end in ``&`` go on: each is a service, and well before the next line."""
        shown = ""
        for goes_on, lines in itertools.groupby(text.splitlines(), lambda line: line.endswith(" &")):
            if not goes_on:
                shown += self.run("\n".join(lines))
                continue
            for line in lines:
                port = re.search(r"--poort (\d+)", line)
                assert port is not None
                self.services[port[1]] = self.start("sh", "-c", f"exec env {line.removesuffix(' &')}")
                _wait_until_well(f"http://localhost:{port[1]}", self.services[port[1]])
        return shown

    def end(self, port: str) -> None:
        """Ends the service at ``port`` as an administrator does."""
        service = self.services.pop(port)
        service.terminate()
        _, said = service.communicate(timeout=20)
        assert "Traceback" not in said, said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for port in list(self.services):
            self.end(port)

    def start(self, *words: str, **environ: str) -> subprocess.Popen[str]:
        """A program that goes on; end it with ``kill``."""
        return subprocess.Popen(
            words,
            cwd=self._folder,
            env={**self.environ, **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def _wait_until_well(address: str, service: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline and service.poll() is None:
        with contextlib.suppress(httpx2.TransportError):
            assert httpx2.get(f"{address}/gezond", trust_env=False).json() == {"gezond": True}
            return
    service.kill()
    raise AssertionError(service.communicate()[1])
