# SPDX-License-Identifier: EUPL-1.2
"""A report in words: lines for a terminal, and the same lines for a page.

Everything that came out of a file passes ``plain``: control characters and direction marks could drive a terminal or
turn a line around.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from blauweknop.adapters.paper.lines import missing_line
from blauweknop.adapters.verify.kind import ON_PAPER
from blauweknop.texts.amsterdam import amsterdam
from blauweknop.texts.spelling import pick, spell_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blauweknop.adapters.verify.report import Origin, Report
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.texts import Messages

_TEST = "test"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WIDE = 44


def plain(text: str) -> str:
    """``text`` without anything but visible characters and blanks."""
    return "".join(" " if unicodedata.category(letter) in _UNSAFE else letter for letter in text)


def outcome_line(report: Report, messages: Messages) -> str:
    """The outcome, its sub-indication and what they mean."""
    indication = " ".join(part for part in (report.outcome.value, report.finding.sub) if part)
    return f"{indication} – {messages(f'verify-uitkomst-{report.outcome.value}')}"


def facts(report: Report, definition: DataSetDefinition | None, messages: Messages) -> Iterator[str]:
    """Why; who, what, when; the fingerprint; the status, each a line."""
    yield messages(f"verify-waarom-{report.finding.why}")
    if report.origin is None:
        return
    yield _by(report.origin, messages)
    title = pick(definition.title, messages.language) if definition else report.origin.data_set
    yield messages("verify-wat", titel=plain(title), tijdstip=made_at(report.origin.issued_at, messages))
    yield messages("verify-vingerafdruk", vingerafdruk=report.short_print)
    if report.time_stamp:
        yield messages("verify-tijdstempel", tijdstip=made_at(report.time_stamp, messages))
    yield messages("verify-status", status=messages(f"verify-status-{report.status.value}"))
    if report.origin.environment == _TEST:
        yield messages("verify-voorbeeld")


def made_at(at: int, messages: Messages) -> str:
    """The moment ``at`` (seconds) in words, as the clock in the Netherlands shows it."""
    local = amsterdam(at)
    day = spell_date(local.date().isoformat(), messages.language)
    return messages("paper-tijdstip", datum=day, tijd=f"{local:%H:%M}")


def value_lines(report: Report, messages: Messages) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Title, value and notes of each value; rows are told apart by their number. A group is told by its parts."""
    for shown in report.values:
        if isinstance(shown.value.waarde, dict):
            continue
        row = shown.path.partition(".")[0] if shown.path.startswith("rijen[") else ""
        number = f"{int(row[6:-1]) + 1}. " if row else ""
        notes = tuple(plain(note) for note in shown.notes(messages.language))
        yield number + plain(shown.title(messages.language)), plain(shown.text(messages.language)), notes


def missing_lines(
    report: Report, definition: DataSetDefinition | None, messages: Messages
) -> Iterator[tuple[str, str]]:
    """Title and reason of what is missing, and how much is not shown."""
    for item in report.missing:
        if definition is None:
            yield plain(item.element), messages(f"reden-{item.reden.value}")
        else:
            title, reason = missing_line(item, definition, messages)
            yield plain(title), reason


def hidden_line(report: Report, messages: Messages) -> str:
    """How much is not shown, or nothing."""
    if not report.hidden:
        return ""
    return messages("verify-papier-meer" if report.kind in ON_PAPER else "verify-verborgen", aantal=report.hidden)


def report_lines(report: Report, definition: DataSetDefinition | None, messages: Messages) -> Iterator[str]:
    """Everything after the outcome, indented, for a terminal."""
    for fact in facts(report, definition, messages):
        yield f"  {fact}"
    if report.detail or report.code:
        yield f"  [{report.code}] {plain(report.detail)}".rstrip()
    for heading, lines in (
        (
            "verify-gegevens",
            [(title, _with_notes(text, notes)) for title, text, notes in value_lines(report, messages)],
        ),
        ("verify-ontbreekt", list(missing_lines(report, definition, messages))),
    ):
        if lines:
            yield f"  {messages(heading)}"
            yield from (f"    {title:<{_WIDE}} {text}".rstrip() for title, text in lines)
    if hidden := hidden_line(report, messages):
        yield f"  {hidden}"


def _with_notes(text: str, notes: tuple[str, ...]) -> str:
    return f"{text} ({'; '.join(notes)})" if notes else text


def _by(origin: Origin, messages: Messages) -> str:
    standing = messages(f"verify-stand-{origin.standing}")
    return messages("verify-door", organisatie=plain(origin.organisation), oin=plain(origin.oin), stand=standing)
