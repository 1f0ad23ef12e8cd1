# SPDX-License-Identifier: EUPL-1.2
"""Rich authorization requests (RFC 9396) held against registration and profile (system.md 3.1).

``LINE`` holds the rules for each object, ``LINES`` those for all together. A requester asks consent (``gegevensset``)
for a service it was admitted for and within its cap; an app asks own access (``eigen_inzage``), which has no cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

import msgspec

from blauweknop.core.consent.cap import OverAskingError, check_cap
from blauweknop.core.consent.line import encode_lines, parse_lines
from blauweknop.core.dataset.catalogue import element_at
from blauweknop.core.oauth.errors import InvalidAuthorizationDetailsError
from blauweknop.core.oauth.rows import Row, check_rows
from blauweknop.core.wire.base64url import b64url_decode
from blauweknop.core.wire.strict_json import parse_json
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.consent.line import Line
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.oauth.client import Client

TYPES: Final = {"vrager": "gegevensset", "app": "eigen_inzage"}
MAX_BYTES: Final = 50_000
MAX_TOKEN: Final = 6_000  # characters of the access token for one source
_OTHER_CLAIMS: Final = 1_500  # bytes of a token that are not lines, the encrypted subject included
_RULE: Final = "A" * 22  # as long as the id that is added
_JOINED_BYTES: Final = 16
_LONGEST_PATH: Final = 100  # what is sent back of a request is short


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What may be asked at all: the catalogue, and per source that takes part (``iss``) the sets it offers."""

    catalogue: Catalogue
    sources: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class LineSituation:
    """What the rows of ``LINE`` look at; ``today``: ``JJJJ-MM-DD``."""

    line: Line
    client: Client
    registration: Registration
    today: str


def parse_authorization_details(text: str) -> tuple[Line, ...]:
    """The lines of parameter ``authorization_details``. Raises: ``InvalidAuthorizationDetailsError``."""
    try:
        return parse_lines(parse_json(text.encode("utf-8"), max_bytes=MAX_BYTES, max_depth=5))
    except (MalformedError, UnicodeEncodeError) as error:
        detail = error.detail if isinstance(error, MalformedError) else "not UTF-8"
        raise InvalidAuthorizationDetailsError(detail, clause="RFC 9396 §5") from error


def check_lines(lines: tuple[Line, ...], client: Client, registration: Registration, today: str) -> None:
    """Raises ``InvalidAuthorizationDetailsError`` unless ``client`` may ask ``lines``."""
    for line in lines:
        check_rows(LINE, LineSituation(line=line, client=client, registration=registration, today=today))
    check_rows(LINES, lines)


def token_size(lines: tuple[Line, ...], source: str) -> int:
    """At most so many characters has the access token for ``source`` on ``lines``."""
    granted = tuple(msgspec.structs.replace(line, regel=_RULE) for line in lines if line.source == source)
    return (len(encode_lines(granted)) + _OTHER_CLAIMS) * 4 // 3


def _refuse(dimension: str, detail: str = "", *, element: str = "", clause: str = "RFC 9396 §5") -> NoReturn:
    named = element if len(element) <= _LONGEST_PATH else ""
    raise InvalidAuthorizationDetailsError(detail or dimension, clause=clause, dimension=dimension, element=named)


def _check_type(s: LineSituation) -> None:
    if s.line.type != TYPES[s.client.profile]:
        _refuse("type", f"type is {TYPES[s.client.profile]} for this client", clause="system.md 3")


def _check_rule(s: LineSituation) -> None:
    if s.line.regel:
        _refuse("regel", "regel is added by this server")


def _check_service(s: LineSituation) -> None:
    asks = s.client.profile == "vrager" or s.line.dienst
    if asks and s.line.dienst not in s.registration.catalogue.profiles:
        _refuse("dienst", "no such service", clause="system.md 3.1")


def _check_admission(s: LineSituation) -> None:
    if s.client.profile == "vrager" and s.line.dienst not in s.client.services:
        _refuse("dienst", "not admitted for this service", clause="BK061")


def _check_source(s: LineSituation) -> None:
    if s.line.source not in s.registration.sources:
        _refuse("locations", "no source that takes part", clause="system.md 3")


def _check_data_set(s: LineSituation) -> None:
    offered = s.registration.sources.get(s.line.source)
    definition = s.registration.catalogue.definitions.get(s.line.data_set)
    # A set that the consent service alone may ask is there for no client (system.md 3.6).
    known = definition is not None and definition.asked_by == "burger"
    if not known or (offered is not None and s.line.data_set not in offered):
        _refuse("gegevensset", "not offered by this source", clause="BK010")


def _check_elements(s: LineSituation) -> None:
    definition = s.registration.catalogue.definitions.get(s.line.data_set)
    for path in s.line.elementen:
        try:
            known = definition is None or element_at(definition, path) is not None
        except MalformedError:
            known = False
        if not known:
            _refuse("element", element=path if path.isascii() else "", clause="BK020")


def _check_terms(s: LineSituation) -> None:
    if s.line.type == "gegevensset":
        return
    if s.line.frequentie or s.line.bewaartermijn:
        _refuse("frequentie" if s.line.frequentie else "bewaartermijn", "own access has none", clause="system.md 3.1")
    if s.line.geldig_tot and not _is_day_from(s.line.geldig_tot, s.today):
        _refuse("geldig_tot", clause="system.md 3.1")


def _check_period(s: LineSituation) -> None:
    definition = s.registration.catalogue.definitions.get(s.line.data_set)
    try:
        period = s.line.period_on(s.today)
    except MalformedError:
        _refuse("periode", clause="system.md 3.1")
    if period is None or definition is None:
        return
    if not definition.period_element or not period.van <= period.tot:
        _refuse("periode", clause="system.md 3.1")


def _check_cap(s: LineSituation) -> None:
    profile = s.registration.catalogue.profiles.get(s.line.dienst)
    if s.client.profile == "app" or profile is None:
        return
    try:
        check_cap(s.line, profile, today=s.today)
    except OverAskingError as error:
        _refuse(error.dimension, error.detail, element=error.element, clause=error.clause)


def _check_joined(lines: tuple[Line, ...]) -> None:
    joined = {line.samen for line in lines}
    if len(joined) > 1 or not all(not name or _is_joint_name(name) for name in joined):
        _refuse("samen", "samen is one name of 128 bits, in every object", clause="system.md 3.6")


def _check_one_service(lines: tuple[Line, ...]) -> None:
    if len({line.dienst for line in lines}) > 1:
        _refuse("dienst", "one request is for one service", clause="AVG art. 7(2): one purpose at a time")


def _check_size(lines: tuple[Line, ...]) -> None:
    for source in {line.source for line in lines}:
        if token_size(lines, source) > MAX_TOKEN:
            _refuse("omvang", "too much for one source in one request", clause="system.md 3.1")


def _is_day_from(text: str, today: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text and text >= today
    except ValueError:
        return False


def _is_joint_name(name: str) -> bool:
    try:
        return len(b64url_decode(name)) == _JOINED_BYTES
    except MalformedError:
        return False


LINE: Final[tuple[Row[LineSituation], ...]] = (
    Row("type", "system.md 3: requesters ask consent, apps own access", _check_type),
    Row("rule", "system.md 3.1: regel is added by the AS", _check_rule),
    Row("service", "system.md 3.1: a profile that exists", _check_service),
    Row("admission", "BK061: admitted for this service", _check_admission),
    Row("source", "system.md 3: a source that takes part", _check_source),
    Row("data-set", "BK010: a set that this source offers", _check_data_set),
    Row("elements", "BK020: elements that exist", _check_elements),
    Row("terms", "system.md 3.1: own access has no frequency or retention", _check_terms),
    Row("period", "system.md 3.1: a period that can be read", _check_period),
    Row("cap", "BK021: no more than the service may have", _check_cap),
)

LINES: Final[tuple[Row[tuple[Line, ...]], ...]] = (
    Row("one-service", "AVG art. 7(2): one purpose at a time", _check_one_service),
    Row("joined", "system.md 3.6: samen", _check_joined),
    Row("token-size", "system.md 3.1: a token for one source is at most 6 kB", _check_size),
)
