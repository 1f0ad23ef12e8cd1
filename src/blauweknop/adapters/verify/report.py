# SPDX-License-Identifier: EUPL-1.2
"""What came of verifying one file, after EN 319 102-1 §5.1: an outcome, a sub-indication, and why in plain words.

- ``PASSED``: authentic and unchanged, by an organisation of the scheme or one with a path to a given anchor;
- ``INDETERMINATE``: nothing is wrong, but something could not be established (who it is by; the status asked for);
- ``FAILED``: not acceptable.

The status of the set (withdrawn, superseded) is a line of its own: offline it is *not checked*, and says so.

``Report.json()`` has one stable shape, documented in ``docs/rapport.md``.
"""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from blauweknop.core.dataset.missing import MissingElement  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.value import Value  # noqa: TC001
from blauweknop.core.seal.fingerprint import human_print
from blauweknop.texts import load_messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.texts import Language

Kind = Literal["sd-jwt", "json", "pdf", "papiercode", "afbeelding", "onbekend"]


class Outcome(enum.StrEnum):
    """The main indication."""

    PASSED = "PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "FAILED"


class Status(enum.StrEnum):
    """What is known of a set's own status."""

    NOT_CHECKED = "niet-gecontroleerd"  # offline, or there was no need any more
    NOT_ON_PAPER = "niet-op-papier"  # a paper code carries no status
    NONE = "geen"  # this set has no status: a delivery to one receiver
    VALID = "geldig"
    WITHDRAWN = "ingetrokken"
    SUPERSEDED = "vervangen"
    UNKNOWN = "onbekend"  # asked, and no fresh answer came


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome with its reason: ``sub`` after EN 319 102-1, ``why`` of our own closed list (``verify-waarom-…``)."""

    outcome: Outcome
    sub: str
    why: str


OK: Final = Finding(outcome=Outcome.PASSED, sub="", why="in-orde")
UNKNOWN_SEAL: Final = Finding(outcome=Outcome.INDETERMINATE, sub="NO_CERTIFICATE_CHAIN_FOUND", why="zegel-onbekend")
UNSEALED_PDF: Final = Finding(outcome=Outcome.INDETERMINATE, sub="SIGNED_DATA_NOT_FOUND", why="pdf-zonder-zegel")
TIME_STAMP_UNKNOWN: Final = Finding(
    outcome=Outcome.INDETERMINATE, sub="NO_CERTIFICATE_CHAIN_FOUND", why="tijdstempel-onbekend"
)
NO_STATUS: Final = Finding(outcome=Outcome.INDETERMINATE, sub="TRY_LATER", why="status-onbekend")
NO_STATUS_ON_PAPER: Final = Finding(outcome=Outcome.INDETERMINATE, sub="TRY_LATER", why="papiercode-status")
WITHDRAWN: Final = Finding(outcome=Outcome.FAILED, sub="REVOKED", why="ingetrokken")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One value as read: where, what it is called, and what it says (nl and en); ``notes``: what to know beside it."""

    path: str
    title_nl: str
    title_en: str
    text_nl: str
    text_en: str
    value: Value
    notes_nl: tuple[str, ...] = ()
    notes_en: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The title in ``language``."""
        return self.title_en if language == "en" else self.title_nl

    def text(self, language: str) -> str:
        """The value in words in ``language``."""
        return self.text_en if language == "en" else self.text_nl

    def notes(self, language: str) -> tuple[str, ...]:
        """Period, provisional or final, investigation, remark, in ``language``."""
        return self.notes_en if language == "en" else self.notes_nl


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Who sealed what, when; only ever of something whose seal is right."""

    iss: str
    oin: str
    organisation: str
    standing: str
    vct: str
    data_set: str
    issued_at: int
    environment: str = ""
    delivery: str = ""

    def members(self) -> dict[str, str]:
        """Its part of the report, by JSON member; empty where there is nothing to say."""
        return {
            "stand": self.standing,
            "organisatie": self.organisation,
            "oin": self.oin,
            "iss": self.iss,
            "vct": self.vct,
            "gegevensset": self.data_set,
            "gemaakt_op": _moment(self.issued_at),
            "omgeving": self.environment,
            "levering": self.delivery,
        }


_NOBODY: Final = Origin(iss="", oin="", organisation="", standing="", vct="", data_set="", issued_at=0)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """See the module. ``code`` and ``detail``: of the error, where there was one; they hold no value of a citizen."""

    kind: Kind
    finding: Finding
    code: str = ""
    detail: str = ""
    origin: Origin | None = None
    fingerprint: str = ""
    show_print: str = ""
    status: Status = Status.NOT_CHECKED
    values: tuple[Shown, ...] = ()
    missing: tuple[MissingElement, ...] = ()
    time_stamp: int = 0  # seconds; when an authority saw the seal of a PDF, 0 without a time-stamp
    hidden: int = 0  # left out of a smaller copy; in a paper code: what did not fit

    @property
    def outcome(self) -> Outcome:
        """The main indication."""
        return self.finding.outcome

    @property
    def short_print(self) -> str:
        """The fingerprint for the eye; empty where there is none."""
        return human_print(self.fingerprint) if self.fingerprint else ""

    def text(self, language: Language, *, definitions: Mapping[str, DataSetDefinition], file: str = "") -> str:
        """The report in words, several lines; ``file`` stands before it."""
        from blauweknop.adapters.verify.wording import outcome_line, report_lines

        messages = load_messages(language)
        definition = definitions.get(self.origin.data_set) if self.origin else None
        head = f"{file}: {outcome_line(self, messages)}" if file else outcome_line(self, messages)
        return "\n".join([head, *report_lines(self, definition, messages)])

    def json(self, *, file: str = "") -> dict[str, Any]:
        """The report as JSON members; all of them always there, ``null`` where there is nothing to say."""
        members = {
            "bestand": file,
            "soort": self.kind,
            "uitkomst": self.outcome.value,
            "subindicatie": self.finding.sub,
            "waarom": self.finding.why,
            "foutcode": self.code,
            "detail": self.detail,
            **(self.origin or _NOBODY).members(),
            "vingerafdruk": self.fingerprint,
            "vingerafdruk_kort": self.short_print,
            "toonafdruk": self.show_print,
            "tijdstempel": _moment(self.time_stamp),
            "status": self.status.value,
            "waarden": {shown.path: _value(shown) for shown in self.values},
            "ontbreekt": [msgspec.to_builtins(item) for item in self.missing],
            "niet_getoond": self.hidden,
        }
        return {name: None if said == "" else said for name, said in members.items()}


def _value(shown: Shown) -> dict[str, Any]:
    envelope = shown.value.envelope()
    inner = envelope["waarde"]
    if isinstance(inner, tuple):  # the items stand under paths of their own
        envelope = {**envelope, "waarde": None, "aantal": len(inner)}
    elif isinstance(inner, dict):
        envelope = {**envelope, "waarde": None, "aantal": 1}
    return {"titel": shown.title_nl, **envelope}


def _moment(at: int) -> str:
    """``at`` in seconds; empty for 0, which stands for no moment."""
    return "" if at == 0 else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
