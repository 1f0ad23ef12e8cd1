# SPDX-License-Identifier: EUPL-1.2
"""The agreements behind the mark (``stelsel/afspraken.toml``): numbered, versioned, in plain words (BK018).

Each rule names the checks that enforce it (``module:function`` or a test), or the supervisor where no program can.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

import msgspec

from blauweknop.core.dataset.catalogue import CatalogueError
from blauweknop.core.dataset.definition import Text  # noqa: TC001 - msgspec reads it at run time


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agreement. ``checks``: ``module:name`` of what enforces it; ``supervisor``: who does where no program can."""

    number: int = msgspec.field(name="nummer")
    title: Text = msgspec.field(name="titel")
    text: Text = msgspec.field(name="tekst")
    checks: tuple[str, ...] = msgspec.field(name="controles", default=())
    supervisor: Text | None = msgspec.field(name="toezicht", default=None)


class Rulebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them. ``version`` grows with each change; a number is never used for another rule."""

    version: int = msgspec.field(name="versie")
    date: str = msgspec.field(name="datum")
    rules: tuple[Rule, ...] = msgspec.field(name="afspraken")


@functools.cache
def load_agreements() -> Rulebook:
    """The agreements that came with this program. Raises: ``CatalogueError``."""
    file = resources.files("blauweknop.stelsel").joinpath("afspraken.toml")
    try:
        rulebook = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Rulebook)
    except (OSError, ValueError) as error:
        raise CatalogueError(f"afspraken.toml cannot be read: {error}") from error
    if [rule.number for rule in rulebook.rules] != list(range(1, len(rulebook.rules) + 1)):
        raise CatalogueError("the agreements are not numbered 1, 2, 3 …")
    for rule in rulebook.rules:
        if not rule.checks and rule.supervisor is None:
            raise CatalogueError(f"agreement {rule.number} names neither a check nor a supervisor")
    return rulebook
