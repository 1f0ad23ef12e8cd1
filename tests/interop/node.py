# SPDX-License-Identifier: EUPL-1.2
"""The Node process with @sd-jwt/sd-jwt-vc in it."""

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "interop" / "sd_jwt_vc.mjs"
PACKAGE = ROOT / "node_modules" / "@sd-jwt" / "sd-jwt-vc" / "package.json"


def node_is_there() -> bool:
    """Whether Node and the package are installed."""
    return shutil.which("node") is not None and PACKAGE.is_file()


class NodeSdJwt:
    """Asks the script one thing at a time."""

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node is not None
        self._process = subprocess.Popen(
            [node, str(SCRIPT)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, what: str, **given: Any) -> dict[str, Any]:
        """The answer of the script; ``{"error"}`` when it refuses."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **given}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
