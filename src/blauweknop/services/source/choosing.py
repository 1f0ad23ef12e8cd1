# SPDX-License-Identifier: EUPL-1.2
"""What a citizen can choose of one data set, and the grant that the choice amounts to.

- with a service, its profile decides: required elements are fixed, optional ones can be left out, and nothing that the
  service does not need can be added (BK020);
- without one ("alles bekijken") every element that this source offers can be left out;
- what is chosen is own access (``eigen_inzage``): the citizen's own, not consent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blauweknop.core.dataset.catalogue import element_at
from blauweknop.core.dataset.definition import Text  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.period import latest
from blauweknop.core.delivery.model import Grant
from blauweknop.endpoints.pages.forms import FormInvalidError

if TYPE_CHECKING:
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.dataset.value import Period
    from blauweknop.endpoints.pages.session import Session
    from blauweknop.services.source.page_parts import PageParts


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One element that can be chosen; ``within``: the title of the list or group it is a part of."""

    path: str
    title: Text
    explanation: Text
    reason: Text | None
    required: bool
    chosen: bool
    within: Text | None = None


def options_of(parts: PageParts, definition: DataSetDefinition, session: Session) -> tuple[Option, ...]:
    """The options of ``definition`` for the service of this session, as chosen before."""
    wanted = _wanted(parts, definition, session.service)
    before = session.choices.get(definition.ref)
    found = []
    for path, required, reason in wanted:
        element = element_at(definition, path)
        if element is None or path.split(".")[0] not in parts.offered[definition.ref].elements:
            continue
        top = definition.element(path.split(".")[0])
        found.append(
            Option(
                path=path,
                title=element.title,
                explanation=element.explanation,
                reason=reason,
                required=required,
                chosen=required or before is None or path in before,
                within=top.title if top is not None and top is not element else None,
            )
        )
    return tuple(found)


def left_out(parts: PageParts, definition: DataSetDefinition, options: tuple[Option, ...]) -> tuple[Text, ...]:
    """The titles of what this source has and the service does not need."""
    named = {option.path.split(".")[0] for option in options}
    offered = parts.offered[definition.ref].elements
    return tuple(element.title for element in definition.elements if element.id in offered - named)


def chosen_paths(options: tuple[Option, ...], ticked: tuple[str, ...]) -> tuple[str, ...]:
    """The paths that ``ticked`` amounts to, required ones included, in the order of the options.

    Raises: ``FormInvalidError`` when something was ticked that is no option.
    """
    if not {option.path for option in options}.issuperset(ticked):
        raise FormInvalidError((("element", "is not one that can be chosen here"),))
    return tuple(option.path for option in options if option.required or option.path in ticked)


def period_of(parts: PageParts, definition: DataSetDefinition, service: str) -> Period | None:
    """The period that the service needs of this data set, counted from today."""
    profile = parts.catalogue.profiles.get(service)
    needed = profile.part_of(definition.ref) if profile is not None else None
    if needed is None or not needed.period or not definition.period_element:
        return None
    return latest(needed.period, today=parts.clock.today())


def grant_of(
    parts: PageParts, definition: DataSetDefinition, *, service: str, paths: tuple[str, ...], key: str
) -> Grant:
    """Own access of ``paths``; ``key``: idempotency key."""
    profile = parts.catalogue.profiles.get(service)
    serves = profile is not None and profile.part_of(definition.ref) is not None
    return Grant(
        kind="eigen_inzage",
        data_set=definition.ref,
        source=parts.iss,
        elements=paths,
        client="basis",
        door="basis",
        environment=parts.environment,
        idempotency_key=key,
        service=service if serves else "",
        period=period_of(parts, definition, service),
    )


def _wanted(parts: PageParts, definition: DataSetDefinition, service: str) -> list[tuple[str, bool, Text | None]]:
    profile = parts.catalogue.profiles.get(service)
    needed = profile.part_of(definition.ref) if profile is not None else None
    if needed is None:
        return [(element.id, False, None) for element in definition.elements]
    return [(element.path, element.required, element.reason) for element in needed.elements]
