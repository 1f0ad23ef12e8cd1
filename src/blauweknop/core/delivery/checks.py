# SPDX-License-Identifier: EUPL-1.2
"""The checks that ``decide`` runs, one rule each: a refusal, or None. Their order and clauses stand in ``decide.py``.

A check that needs a caller or a token refuses when there is none: a door that has none must skip it by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.core.consent.cap import OverAskingError, check_cap
from blauweknop.core.consent.line import FREQUENCIES
from blauweknop.core.dataset.catalogue import element_at
from blauweknop.core.delivery.model import Reason, Refusal
from blauweknop.core.delivery.situation import ASSURANCE_ORDER
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from blauweknop.core.delivery.situation import Situation, Standing

CLOCK_SKEW: Final = 10  # seconds
_KINDS: Final = {"basis": "eigen_inzage", "app": "eigen_inzage", "plus": "gegevensset", "bekwaamheid": "bekwaamheid"}
_ROLES: Final = {"plus": "vrager", "app": "app", "bekwaamheid": "toestemmingsdienst"}
_STANDINGS: Final[dict[Standing, Reason]] = {
    "geschorst": Reason.PARTICIPANT_SUSPENDED,
    "beeindigd": Reason.PARTICIPANT_ENDED,
    "onbekend": Reason.PARTICIPANT_UNKNOWN,
}
_STATUSES: Final = {"geeindigd": Reason.CONSENT_ENDED, "opgeschort": Reason.CONSENT_SUSPENDED}


def check_session(s: Situation) -> Refusal | None:
    """The citizen's session here is alive."""
    alive = s.person.authenticated_at - CLOCK_SKEW <= s.now < s.person.expires_at
    return None if alive else Refusal(reason=Reason.SESSION_ENDED)


def check_token(s: Situation) -> Refusal | None:
    """The token is for this source and has not expired."""
    if s.authority is None or s.authority.audience != s.source:
        return Refusal(reason=Reason.OTHER_SOURCE)
    return None if s.now < s.person.expires_at + CLOCK_SKEW else Refusal(reason=Reason.TOKEN_EXPIRED)


def check_caller(s: Situation) -> Refusal | None:
    """Whoever proved possession of the key is whom the token was given to; a requester's key stands in the register."""
    if s.caller is None or s.authority is None:
        return Refusal(reason=Reason.OTHER_CLIENT)
    same = s.caller.client == s.authority.client == s.grant.client and s.caller.proof_key == s.authority.key
    registered = s.grant.door == "app" or s.caller.proof_key in s.caller.keys
    return None if same and registered else Refusal(reason=Reason.OTHER_CLIENT)


def check_participant(s: Situation) -> Refusal | None:
    """The caller takes part now, in the role of this door, admitted for this service; and so does this source."""
    if s.authority is None or s.authority.source_standing != "doet-mee":
        return Refusal(reason=Reason.SOURCE_NOT_IN_SCHEME)
    if s.caller is None:
        return Refusal(reason=Reason.PARTICIPANT_UNKNOWN)
    if s.caller.standing in _STANDINGS:
        return Refusal(reason=_STANDINGS[s.caller.standing])
    if _ROLES.get(s.grant.door) not in s.caller.roles:
        return Refusal(reason=Reason.ROLE_MISSING)
    admitted = s.grant.door != "plus" or s.grant.service in s.caller.admitted
    return None if admitted else Refusal(reason=Reason.NOT_ADMITTED)


def check_consent_status(s: Situation) -> Refusal | None:
    """The consent (or own access) behind the token is alive, as known this second."""
    if s.authority is None or s.authority.status == "onbekend":
        return Refusal(reason=Reason.STATUS_UNKNOWN)
    reason = _STATUSES.get(s.authority.status)
    return None if reason is None else Refusal(reason=reason)


def check_environment(s: Situation) -> Refusal | None:
    """Test and production never meet."""
    return None if s.grant.environment == s.environment else Refusal(reason=Reason.OTHER_ENVIRONMENT)


def check_source(s: Situation) -> Refusal | None:
    """The grant is for this source, by one exact string."""
    return None if s.grant.source == s.source else Refusal(reason=Reason.OTHER_SOURCE)


def check_kind(s: Situation) -> Refusal | None:
    """Consent and own access each have their doors."""
    return None if s.grant.kind == _KINDS[s.grant.door] else Refusal(reason=Reason.KIND_NOT_HERE)


def check_data_set(s: Situation) -> Refusal | None:
    """The data set exists, here, is turned on, and is not for the consent service alone (system.md 3.6)."""
    offered = s.offered.get(s.grant.data_set)
    if offered is None or s.grant.data_set not in s.catalogue.definitions:
        return Refusal(reason=Reason.DATA_SET_UNKNOWN)
    asker = "toestemmingsdienst" if s.grant.door == "bekwaamheid" else "burger"
    if s.catalogue.definitions[s.grant.data_set].asked_by != asker:
        return Refusal(reason=Reason.DATA_SET_OFF)
    return None if offered.on else Refusal(reason=Reason.DATA_SET_OFF)


def check_assurance(s: Situation) -> Refusal | None:
    """The login was at the level that the data set demands."""
    needed = s.catalogue.definitions[s.grant.data_set].assurance
    enough = ASSURANCE_ORDER.index(s.person.assurance) >= ASSURANCE_ORDER.index(needed)
    return None if enough else Refusal(reason=Reason.ASSURANCE_TOO_LOW)


def check_service(s: Situation) -> Refusal | None:
    """The service exists and needs this data set; own access needs none."""
    if not s.grant.service and s.grant.kind == "eigen_inzage":
        return None
    profile = s.catalogue.profiles.get(s.grant.service)
    known = profile is not None and profile.part_of(s.grant.data_set) is not None
    return None if known else Refusal(reason=Reason.SERVICE_UNKNOWN)


def check_active(s: Situation) -> Refusal | None:
    """Service and data set, in these versions, have not ended."""
    ended = s.authority is None or {s.grant.service, s.grant.data_set} & s.authority.ended
    return Refusal(reason=Reason.SERVICE_ENDED) if ended else None


def check_elements(s: Situation) -> Refusal | None:
    """Each element exists in the definition, and one of them at this source: what it lacks is stated as missing."""
    definition, offered = s.catalogue.definitions[s.grant.data_set], s.offered[s.grant.data_set].elements
    if not s.grant.elements:
        return Refusal(reason=Reason.NOTHING_ASKED)
    for path in s.grant.elements:
        try:
            known = element_at(definition, path) is not None
        except MalformedError:
            known = False
        if not known:
            return Refusal(reason=Reason.ELEMENT_UNKNOWN, element=path if path.isascii() else "")
    if not any(is_offered(path, offered) for path in s.grant.elements):
        return Refusal(reason=Reason.ELEMENT_UNKNOWN, element=s.grant.elements[0])
    return None


def is_offered(path: str, offered: frozenset[str]) -> bool:
    """Whether the element that ``path`` names, or is a part of, is in ``offered``."""
    return path.split(".", 1)[0] in offered


def check_granted(s: Situation) -> Refusal | None:
    """No element beyond those of the line in the token: asking less than granted is allowed."""
    granted = set(s.authority.line.elementen) if s.authority is not None else set()
    for path in s.grant.elements:
        if path not in granted and path.split(".", 1)[0] not in granted:
            return Refusal(reason=Reason.MORE_THAN_GRANTED, element=path if path.isascii() else "")
    return None


def check_cap_here(s: Situation) -> Refusal | None:
    """The line itself asks no more than its service may have: the third place where over-asking is refused."""
    if s.authority is None:
        return Refusal(reason=Reason.MORE_THAN_SERVICE)
    try:
        # A grant that was given under the cap stays within it: its end was checked against the day it was asked.
        check_cap(s.authority.line, s.catalogue.profiles[s.grant.service], today=s.today, given=True)
    except OverAskingError as error:
        return Refusal(reason=Reason.MORE_THAN_SERVICE, element=error.element)
    return None


def check_period(s: Situation) -> Refusal | None:
    """The period of data can be read, and the set has periods."""
    period = s.grant.period
    clear = period is None or (
        bool(s.catalogue.definitions[s.grant.data_set].period_element) and period.van <= period.tot
    )
    return None if clear else Refusal(reason=Reason.PERIOD_UNCLEAR)


def check_validity(s: Situation) -> Refusal | None:
    """``geldig_tot`` is inclusive, to 24:00 in Amsterdam."""
    alive = s.authority is not None and s.authority.day <= s.authority.line.geldig_tot
    return None if alive else Refusal(reason=Reason.CONSENT_EXPIRED)


def check_frequency(s: Situation) -> Refusal | None:
    """This calendar period was not used up by an earlier delivery."""
    free = s.authority is not None and not s.authority.quota_used and s.authority.line.frequentie in FREQUENCIES
    return None if free else Refusal(reason=Reason.FREQUENCY_USED)


def check_hour(s: Situation) -> Refusal | None:
    """An app has had no more of this hour than this source gives one app, whoever says that citizens asked for it."""
    free = s.authority is not None and not s.authority.quota_used
    return None if free else Refusal(reason=Reason.HOUR_FULL)
