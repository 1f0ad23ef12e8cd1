# SPDX-License-Identifier: EUPL-1.2
"""Hand-written SQL in files, each statement under a line ``-- name: what_it_does``.

- a name stands once in a file; a statement is everything up to the next name;
- text before the first name is a comment for readers of the file;
- asking for a name that is not there is an error at import, not at use.
"""

from __future__ import annotations

import re
from importlib import resources

from blauweknop.errors import ConfigurationError

_NAME = re.compile(r"^-- name: ([a-z][a-z0-9_]*)[ \t]*$", re.MULTILINE)


def parse_named_sql(text: str) -> dict[str, str]:
    """The statements of ``text`` by name. Raises: ``ConfigurationError`` for a name twice or without a statement."""
    parts = _NAME.split(text)
    statements: dict[str, str] = {}
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        if name in statements:
            raise ConfigurationError(f"SQL name {name} stands twice")
        if not body.strip():
            raise ConfigurationError(f"SQL name {name} has no statement")
        statements[name] = body.strip()
    return statements


def load_named_sql(package: str, file: str) -> dict[str, str]:
    """The statements of ``file`` in ``package``."""
    return parse_named_sql(resources.files(package).joinpath(file).read_text(encoding="utf-8"))
