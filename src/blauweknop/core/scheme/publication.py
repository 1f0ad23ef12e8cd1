# SPDX-License-Identifier: EUPL-1.2
"""What the register refuses to publish (BK018: rules that a program enforces).

1. a version that was published never changes and never goes away (system.md 5);
2. the BSN is only for whom a law allows it: a requester without such a ground is not admitted to a service with an
   element that is a BSN, and a private party has no such ground (BK082);
3. consent is not asked for what the law already lets this requester have (BK032);
4. a private source is never addressed by BSN (system.md 3.2);
5. an admission is for a service that is published, and for a participant in a role that asks or records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from blauweknop.core.dataset.catalogue import Catalogue, build_catalogue, element_at
from blauweknop.core.dataset.definition import Concept, DataSetDefinition, Element
from blauweknop.core.dataset.profile import ServiceProfile
from blauweknop.core.scheme.document import MAX_DETAIL_BYTES, Published, detail_hash
from blauweknop.core.scheme.errors import (
    BsnRefusedError,
    ConsentNeedlessError,
    DetailError,
    PublicationRefusedError,
    VersionFixedError,
)
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.scheme.detail import LegalAccess, ParticipantDetail

Entry = TypeVar("Entry", DataSetDefinition, Concept, ServiceProfile)
ASKING: Final = frozenset([Role.REQUESTER, Role.VAULT, Role.COUNTER])


def publish_catalogue(catalogue: Catalogue) -> tuple[Published, dict[str, bytes]]:
    """The references of ``catalogue`` and the details they name: each entry unchanged, in canonical JSON."""
    details: dict[str, bytes] = {}

    def named(entries: Mapping[str, object]) -> dict[str, str]:
        names: dict[str, str] = {}
        for ref, entry in entries.items():
            data = encode(entry)
            details[names.setdefault(ref, detail_hash(data))] = data
        return names

    published = Published(
        data_sets=named(catalogue.definitions),
        services=named(catalogue.profiles),
        concepts=named(catalogue.concepts),
    )
    return published, details


def check_versions_kept(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Raises ``VersionFixedError`` where a published version changed or vanished. Rule 1. Both: ``Published.all()``."""
    for ref, digest in before.items():
        if after.get(ref) != digest:
            raise VersionFixedError(f"{ref}: publish it under a new version", clause="rule 1")


def check_participant(detail: ParticipantDetail, roles: tuple[Role, ...], catalogue: Catalogue) -> None:
    """Raises ``PublicationRefusedError`` and its kinds unless this participant may be published. Rules 2 to 5."""
    # 2, 4.
    _check_bsn_ground(detail)
    # 5.
    if detail.admissions and not ASKING.intersection(roles):
        raise PublicationRefusedError("an admission without a role that asks", clause="rule 5")
    for admission in detail.admissions:
        profile = catalogue.profiles.get(admission.service)
        if profile is None:
            raise PublicationRefusedError(f"service {admission.service} is not published", clause="rule 5")
        check_may_ask(detail, profile, catalogue)
    for data_set in detail.data_sets:
        if data_set not in catalogue.definitions:
            raise PublicationRefusedError(f"data set {data_set} is not published", clause="rule 5")


def _check_bsn_ground(detail: ParticipantDetail) -> None:
    # 2.
    if detail.private and detail.bsn_ground:
        raise BsnRefusedError("a private party has no ground for the BSN", clause="BK082")
    # 4.
    if detail.private and detail.subject == "bsn":
        raise BsnRefusedError("a private source is addressed by koppeling", clause="BK082")
    if detail.subject == "bsn" and not detail.bsn_ground:
        raise BsnRefusedError("a source addressed by BSN names its ground", clause="BK082")


def check_may_ask(detail: ParticipantDetail, profile: ServiceProfile, catalogue: Catalogue) -> None:
    """Raises unless the participant may ask consent for ``profile``. Rules 2 and 3."""
    for part in profile.data_sets:
        definition = catalogue.definitions[part.data_set]
        for element in part.elements:
            where = f"{profile.ref}: {part.data_set} {element.path}"
            if not detail.bsn_ground and _is_bsn(definition, element.path):
                raise BsnRefusedError(where, clause="BK082")
            if _is_lawful(detail.legal_access, part.data_set, element.path):
                raise ConsentNeedlessError(where, clause="BK032")


def _is_bsn(definition: DataSetDefinition, path: str) -> bool:
    """Whether what ``path`` names is, or holds, a BSN; a part is inside its list or group, so look at both."""
    found = element_at(definition, path)
    return found is not None and _holds_bsn(found)


def _holds_bsn(element: Element) -> bool:
    return element.sensitivity == "bsn" or any(map(_holds_bsn, element.parts))


def _is_lawful(access: tuple[LegalAccess, ...], data_set: str, path: str) -> bool:
    """Whether a law gives the element, or the list or group that it stands in."""
    parts = path.split(".")
    holders = {".".join(parts[: count + 1]) for count in range(len(parts))}
    return any(one.data_set == data_set and holders.intersection(one.elements) for one in access)


def catalogue_of(published: Published, details: Mapping[str, bytes]) -> Catalogue:
    """The catalogue that a register publishes. ``details``: the bytes by SHA-256, as fetched.

    Raises: ``DetailError`` for one that is missing, is not what its name says, or is not such an entry;
    ``CatalogueError`` where the entries contradict each other.
    """
    return build_catalogue(
        [_entry(digest, details, DataSetDefinition) for digest in published.data_sets.values()],
        [_entry(digest, details, Concept) for digest in published.concepts.values()],
        [_entry(digest, details, ServiceProfile) for digest in published.services.values()],
    )


def _entry(digest: str, details: Mapping[str, bytes], kind: type[Entry]) -> Entry:
    data = details.get(digest)
    if data is None or detail_hash(data) != digest:
        raise DetailError("a published entry is missing or is not what its name says", clause="system.md 4")
    try:
        return msgspec.convert(parse_object(data, max_bytes=MAX_DETAIL_BYTES), kind, strict=True)
    except (MalformedError, msgspec.ValidationError) as error:
        raise DetailError(str(error), clause="system.md 5") from error
