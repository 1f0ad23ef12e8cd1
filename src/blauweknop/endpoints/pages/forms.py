# SPDX-License-Identifier: EUPL-1.2
"""Forms, read strictly: only the fields that were asked, once each unless a list was asked, from our own page.

- ``application/x-www-form-urlencoded`` in UTF-8; everything that is wrong is reported together;
- a form of a session carries its *form mark*: HMAC-SHA256 of the session id under the service's own key, so that
  another site, or another person's session, cannot have made it (CSRF);
- a browser that says a form comes from another site (``Sec-Fetch-Site``) is believed.

Spec: WHATWG URL §5.1; Fetch Metadata Request Headers §2.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import parse_qsl

from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

FORM_MARK: Final = "formulier"
MAX_FIELDS: Final = 300
MAX_FIELD_LENGTH: Final = 2_000
_MEDIA_TYPE = "application/x-www-form-urlencoded"


class FormInvalidError(RefusedRequestError):
    """The form is not one that this page can have sent."""

    code = "formulier-ongeldig"

    def __init__(self, problems: tuple[tuple[str, str], ...] = (), detail: str = "") -> None:
        """``problems``: (field, what is wrong), for fields of ours; a foreign field's name is not repeated."""
        super().__init__(detail or ", ".join(f"{name}: {why}" for name, why in problems))
        self.problems = problems


class ForeignFormError(RefusedRequestError):
    """The form was not made by a page of this session."""

    code = "formulier-niet-van-hier"
    status: ClassVar[int] = 403


@dataclass(frozen=True)
class Form:
    """What was sent: ``one`` value for a single field (absent: empty text), ``many`` for a list."""

    fields: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """The value of a single field."""
        return next(iter(self.fields.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a list, in order, each once."""
        return tuple(dict.fromkeys(self.fields.get(name, ())))


def form_mark(key: bytes, session_id: str) -> str:
    """The form mark of a session; base64url without padding."""
    return b64url_encode(hmac.digest(key, b"formulier\0" + session_id.encode(), hashlib.sha256))


def check_form_mark(form: Form, expected: str) -> None:
    """Raises ``ForeignFormError`` unless the form carries the mark ``expected``."""
    if not hmac.compare_digest(form.one(FORM_MARK).encode(), expected.encode()):
        raise ForeignFormError


async def read_form(
    request: Request, *, single: frozenset[str] = frozenset(), many: frozenset[str] = frozenset()
) -> Form:
    """The form in ``request``. Raises: ``FormInvalidError``, ``ForeignFormError`` (sent by another site)."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignFormError
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _MEDIA_TYPE:
        raise FormInvalidError(detail=f"a form is sent as {_MEDIA_TYPE}")
    if request.url.query:
        raise FormInvalidError(detail="a form has no query beside it")
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in _pairs(await request.body()):
        fields[name] = (*fields.get(name, ()), value)
    _check_fields(fields, single | {FORM_MARK}, many)
    return Form(fields)


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:  # also what is not UTF-8, and too many fields
        raise FormInvalidError(detail="not a form, or too many fields") from error


def _check_fields(fields: Mapping[str, tuple[str, ...]], single: frozenset[str], many: frozenset[str]) -> None:
    problems = [(name, "stands more than once") for name in sorted(single) if len(fields.get(name, ())) > 1]
    known = single | many
    problems += [
        (name, "is too long")
        for name in sorted(known)
        if any(len(value) > MAX_FIELD_LENGTH for value in fields.get(name, ()))
    ]
    if not known.issuperset(fields):
        problems.append(("", "a field that this page does not have"))
    if problems:
        raise FormInvalidError(tuple(problems))
