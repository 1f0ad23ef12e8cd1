# SPDX-License-Identifier: EUPL-1.2
"""The one error tree.

Every error that crosses a room is one of these. Each class has

- ``code``: stable, Dutch kebab-case, documented in ``docs/fouten.md``;
- its docstring: the default message, safe to show to anyone;
- ``actor``: who must act;
- ``privacy``: whether its fields may hold personal data (then the logger drops them).

``str(error)`` is the default message plus an optional ``detail`` that is always safe to log: a detail names members,
rules and clauses, never values of a citizen.
"""

from __future__ import annotations

import enum
import inspect
from typing import ClassVar, Literal

Privacy = Literal["safe", "personal"]


class Actor(enum.StrEnum):
    """Who must act before the same thing can succeed."""

    DOCUMENT = "document"  # what was given is wrong and stays wrong
    OTHER_PARTY = "other-party"  # a source, a login, another service
    INFRASTRUCTURE = "infrastructure"  # a disk, a network: try again later
    CALLER = "caller"  # whoever called or configured us


class BlauweKnopError(Exception):
    """Something went wrong in the Blauwe Knop."""

    code: ClassVar[str] = "fout"
    actor: ClassVar[Actor] = Actor.CALLER
    privacy: ClassVar[Privacy] = "safe"
    retry: ClassVar[bool] = False

    def __init__(self, detail: str = "", *, clause: str = "") -> None:
        """``detail``: safe addition to the default message; ``clause``: the rule broken, e.g. ``RFC 9901 §7.1(3)``."""
        self.detail = detail
        self.clause = clause
        super().__init__(detail)

    @classmethod
    def title(cls) -> str:
        """The default message: the first line of the class's docstring."""
        return (inspect.getdoc(cls) or cls.__name__).split("\n", 1)[0]

    def __str__(self) -> str:
        text = self.title()
        if self.detail:
            text = f"{text.rstrip('.')}: {self.detail}"
        return f"{text} ({self.clause})" if self.clause else text


class DocumentError(BlauweKnopError):
    """The document is not acceptable."""

    code = "document-ongeldig"
    actor = Actor.DOCUMENT


class MalformedError(DocumentError):
    """The bytes do not have the form they must have."""

    code = "vorm-ongeldig"


class SignatureInvalidError(DocumentError):
    """The signature does not fit what was signed."""

    code = "handtekening-ongeldig"


class ConfigurationError(BlauweKnopError):
    """The configuration is not usable."""

    code = "instelling-ongeldig"


class InfrastructureError(BlauweKnopError):
    """A part this service needs does not work now."""

    code = "storing"
    actor = Actor.INFRASTRUCTURE
    retry = True


class OtherPartyError(BlauweKnopError):
    """Another party's system answered wrongly or not at all."""

    code = "andere-partij"
    actor = Actor.OTHER_PARTY
    retry = True
