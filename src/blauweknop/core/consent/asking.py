# SPDX-License-Identifier: EUPL-1.2
"""What a requester asks for a service: a line for each source that has a data set of its profile (system.md 3.1).

Without further choice it is all that the profile allows, for as long as it allows; less can be asked, more cannot:
the cap that the authorization server and the source apply (``cap.py``) is applied here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from blauweknop.core.consent.cap import OverAskingError, add_duration, check_cap
from blauweknop.core.consent.line import FETCH, DataPeriod, Frequency, Line
from blauweknop.core.dataset.profile import MATCHING_ELEMENTS, MATCHING_SET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blauweknop.core.dataset.profile import ServiceProfile

EVERYTHING: Mapping[str, tuple[str, ...]] = {}


def lines_for(
    profile: ServiceProfile,
    sources: Mapping[str, Sequence[str]],
    *,
    today: str,
    until: str = "",
    only: Mapping[str, Sequence[str]] = EVERYTHING,
) -> tuple[Line, ...]:
    """The lines to ask. ``sources``: the data sets (``id/version``) of each ``iss``; ``until``: ``JJJJ-MM-DD``;
    ``only``: the elements wanted of each data set, where not everything is; by what a customer is known comes along
    where the profile compares.

    Raises: ``OverAskingError`` naming what is too much; nothing was sent.
    """
    for data_set in only:
        if profile.part_of(data_set) is None:
            raise OverAskingError("gegevensset", data_set)
    if only and profile.match_customer:
        only = {**only, MATCHING_SET: tuple(dict.fromkeys((*MATCHING_ELEMENTS, *only.get(MATCHING_SET, ()))))}
    lines = []
    for part in profile.data_sets:
        if only and part.data_set not in only:
            continue
        elements = tuple(only.get(part.data_set) or (element.path for element in part.elements))
        for iss in (iss for iss, offered in sources.items() if part.data_set in offered):
            line = Line(
                type="gegevensset",
                locations=(iss,),
                datatypes=(part.data_set,),
                actions=(FETCH,),
                elementen=elements,
                periode=DataPeriod(part.period) if part.period else None,
                dienst=profile.ref,
                geldig_tot=until or add_duration(today, profile.valid_at_most),
                frequentie=cast("Frequency", profile.frequency_at_most),
                bewaartermijn=profile.retention_at_most,
            )
            check_cap(line, profile, today=today)
            lines.append(line)
    return tuple(lines)
