# SPDX-License-Identifier: EUPL-1.2
"""From a decision to the receipt of it: what ISO/IEC TS 27560 wants told, filled from the request and the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from blauweknop.core.consent.receipt import (
    SCHEMA,
    Added,
    Event,
    PartyEntry,
    PiiInformation,
    Purpose,
    Receipt,
    text_hash,
)
from blauweknop.core.dataset.catalogue import element_at

if TYPE_CHECKING:
    from blauweknop.core.consent.consent import Consent
    from blauweknop.core.consent.line import Line
    from blauweknop.core.consent.request import AskedSource, ConsentRequest
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.dataset.profile import ServiceProfile

_RIGHTS: Final = ("inzage", "rectificatie", "wissing", "beperking", "overdraagbaarheid", "klacht bij de AP")


@dataclass(frozen=True, kw_only=True)
class ConsentServiceName:
    """Who records: address, OIN, name and environment of the consent service."""

    iss: str
    oin: str
    name: str
    environment: str


@dataclass(frozen=True, kw_only=True)
class ShownText:
    """The exact text of the screen that was decided on, in ``language`` (``nl``, ``en``)."""

    text: str
    language: str


def make_receipt(
    consent: Consent,
    request: ConsentRequest,
    *,
    shown: ShownText,
    service: ConsentServiceName,
    sub: str,
    catalogue: Catalogue,
) -> Receipt:
    """The receipt of ``consent``, given on ``request``. ``sub``: the citizen's name at the requester."""
    return Receipt(
        iss=service.iss,
        iat=consent.given_at,
        schema_version=SCHEMA,
        receipt_id=consent.id,
        record_id=consent.id,
        pii_principal_id=sub,
        language=shown.language,
        privacy_notice=f"sha-256:{text_hash(shown.text)}",
        purposes=tuple(_purpose(line, request, service, catalogue) for line in consent.lines),
        party_identification=tuple(_parties(consent, request, service)),
        events=(_event(consent, request, sub),),
        blauweknop=Added(
            grant_id=consent.id,
            client_id=consent.client,
            environment=service.environment,
            manner="online",
            explicit=request.profile.explicit_consent,
            acr=consent.acr,
            rules=consent.lines,
            text=shown.text,
            text_sha256=text_hash(shown.text),
        ),
    )


def _purpose(line: Line, request: ConsentRequest, service: ConsentServiceName, catalogue: Catalogue) -> Purpose:
    profile = request.profile
    source = next(one for one in request.sources if one.iss == line.source)
    return Purpose(
        purpose=profile.purpose.nl,
        purpose_type=profile.ref,
        lawful_basis=profile.legal_ground.nl,
        pii_information=tuple(_information(path, line, profile, catalogue) for path in line.elementen),
        pii_controllers=(source.oin, request.requester_oin),
        collection_method=f"{source.name}: {line.data_set}",
        processing_method=f"{profile.title.nl}; {line.frequentie}",
        retention_period=line.bewaartermijn,
        services=(line.dienst,),
        jurisdictions=("NL",),
        recipient_third_parties=(request.requester_oin,),
        withdrawal_method=f"{service.iss}/mijn",
        privacy_rights=_RIGHTS,
    )


def _information(path: str, line: Line, profile: ServiceProfile, catalogue: Catalogue) -> PiiInformation:
    part = profile.part_of(line.data_set)
    needed = {element.path for element in part.elements if element.required} if part is not None else set()
    element = element_at(catalogue.definitions[line.data_set], path)
    return PiiInformation(
        pii_type=line.data_set,
        pii_attribute_id=path,
        pii_optional=path not in needed,
        sensitive_pii_category=element is not None and element.sensitivity != "gewoon",
    )


def _parties(consent: Consent, request: ConsentRequest, service: ConsentServiceName) -> list[PartyEntry]:
    sources: list[AskedSource] = [one for one in request.sources if one.iss in consent.sources]
    requester = PartyEntry(
        party_id=request.requester_oin,
        party_name=request.requester,
        party_role="gegevensvrager",
        party_url=consent.client,
    )
    return [
        requester,
        *(
            PartyEntry(party_id=one.oin, party_name=one.name, party_role="gegevenshouder", party_url=one.iss)
            for one in sources
        ),
        PartyEntry(
            party_id=service.oin, party_name=service.name, party_role="toestemmingsdienst", party_url=service.iss
        ),
    ]


def _event(consent: Consent, request: ConsentRequest, sub: str) -> Event:
    return Event(
        event_time=datetime.fromtimestamp(consent.given_at, UTC).isoformat().replace("+00:00", "Z"),
        validity_duration=consent.last_day,
        entity_id=sub,
        event_type="uitdrukkelijk" if request.profile.explicit_consent else "toestemming",
        event_state="gegeven",
    )
