# SPDX-License-Identifier: EUPL-1.2
"""What the register refuses to publish: a good participant with one change."""

from typing import Any

import msgspec
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.dataset.catalogue import Catalogue
from blauweknop.core.dataset.definition import DataSetDefinition
from blauweknop.core.dataset.profile import ProfileDataSet, ProfileElement
from blauweknop.core.scheme.detail import Admission, LegalAccess, ParticipantDetail
from blauweknop.core.scheme.document import detail_hash
from blauweknop.core.scheme.errors import (
    BsnRefusedError,
    ConsentNeedlessError,
    DetailError,
    PublicationRefusedError,
    VersionFixedError,
)
from blauweknop.core.scheme.publication import catalogue_of, check_participant, check_versions_kept, publish_catalogue
from blauweknop.core.scheme.vocabulary import Role

CATALOGUE = load_catalogue()
ASKS = (Role.REQUESTER,)


def requester(**changed: Any) -> ParticipantDetail:
    given = {
        "oin": "0" * 20,
        "iss": "https://vrager.example",
        "private": True,
        "keys": (),
        "admissions": (Admission(service="hypotheek/1", since=1),),
        **changed,
    }
    return ParticipantDetail(**given)


def care_office(**changed: Any) -> ParticipantDetail:
    given = {
        "private": False,
        "bsn_ground": "Wet langdurige zorg art. 9.1.2",
        "admissions": (Admission(service="wlz/1", since=1),),
    }
    return requester(**{**given, **changed})


def check(detail: ParticipantDetail, roles: tuple[Role, ...] = ASKS, catalogue: Catalogue = CATALOGUE) -> None:
    check_participant(detail, roles, catalogue)


def test_a_private_requester_and_a_care_office_are_admitted() -> None:
    check(requester())
    check(care_office())
    check(requester(admissions=(), data_sets=("inkomen/1",), subject="koppeling"), (Role.SOURCE,))
    check(care_office(admissions=(), data_sets=("inkomen/1",), subject="bsn"), (Role.SOURCE,))


@pytest.mark.parametrize(
    "detail",
    [
        care_office(bsn_ground=""),
        requester(admissions=(Admission(service="wlz/1", since=1),)),
        requester(bsn_ground="een wet"),
        requester(subject="bsn"),
        care_office(bsn_ground="", admissions=(), subject="bsn"),
    ],
)
def test_bk082_the_bsn_goes_only_where_a_law_allows_it(detail: ParticipantDetail) -> None:
    with pytest.raises(BsnRefusedError):
        check(detail)


def test_bk082_a_bsn_inside_a_list_is_found_too() -> None:
    profile = CATALOGUE.profiles["hypotheek/1"]
    asks = (ProfileElement(path="kinderen", required=False, reason=profile.title),)
    part = ProfileDataSet(data_set="huishouden/1", elements=asks)
    household = CATALOGUE.definitions["huishouden/1"]
    changed = msgspec.structs.replace(profile, data_sets=(part,))

    def catalogue(definition: DataSetDefinition) -> Catalogue:
        return msgspec.structs.replace(
            CATALOGUE,
            profiles={**CATALOGUE.profiles, "hypotheek/1": changed},
            definitions={**CATALOGUE.definitions, "huishouden/1": definition},
        )

    check(requester(), catalogue=catalogue(household))
    children = household.element("kinderen")
    assert children is not None
    parts = tuple(msgspec.structs.replace(one, sensitivity="bsn") for one in children.parts)
    hidden = msgspec.structs.replace(children, parts=parts)
    elements = tuple(hidden if one.id == "kinderen" else one for one in household.elements)
    with pytest.raises(BsnRefusedError):
        check(requester(), catalogue=catalogue(msgspec.structs.replace(household, elements=elements)))


@pytest.mark.parametrize(
    ("data_set", "element"),
    [("inkomen/1", "verzamelinkomen"), ("huishouden/1", "kinderen"), ("huishouden/1", "kinderen.geboortedatum")],
)
def test_bk032_consent_is_not_asked_for_what_the_law_allows(data_set: str, element: str) -> None:
    allowed = LegalAccess(data_set=data_set, elements=(element,), ground="een wet")
    with pytest.raises(ConsentNeedlessError):
        check(requester(legal_access=(allowed,)))


@pytest.mark.parametrize(
    ("data_set", "element"), [("inkomen/2", "verzamelinkomen"), ("inkomen/1", "inkomen_box2"), ("inkomen/1", "verz")]
)
def test_bk032_a_law_on_other_data_changes_nothing(data_set: str, element: str) -> None:
    check(requester(legal_access=(LegalAccess(data_set=data_set, elements=(element,), ground="een wet"),)))


@pytest.mark.parametrize(
    ("detail", "roles"),
    [
        (requester(), (Role.SOURCE,)),
        (requester(admissions=(Admission(service="hypotheek/9", since=1),)), ASKS),
        (requester(data_sets=("inkomen/9",)), ASKS),
    ],
)
def test_an_admission_is_for_what_is_published(detail: ParticipantDetail, roles: tuple[Role, ...]) -> None:
    with pytest.raises(PublicationRefusedError):
        check(detail, roles)


def test_the_catalogue_is_published_unchanged() -> None:
    published, details = publish_catalogue(CATALOGUE)
    assert published.services.keys() == CATALOGUE.profiles.keys()
    data = details[published.data_sets["inkomen/1"]]
    assert detail_hash(data) == published.data_sets["inkomen/1"]
    assert msgspec.json.decode(data, type=DataSetDefinition) == CATALOGUE.definitions["inkomen/1"]
    assert published.all()["begrippen:bsn/1"] in details


def test_a_new_version_is_added_beside_the_old() -> None:
    check_versions_kept({"diensten:a/1": "x"}, {"diensten:a/1": "x", "diensten:a/2": "y"})


@pytest.mark.parametrize("after", [{}, {"diensten:a/1": "y"}, {"diensten:a/2": "x"}])
def test_a_published_version_does_not_change(after: dict[str, str]) -> None:
    with pytest.raises(VersionFixedError):
        check_versions_kept({"diensten:a/1": "x"}, after)


def test_bk065_a_reader_gets_the_whole_catalogue_from_the_register() -> None:
    published, details = publish_catalogue(CATALOGUE)
    assert catalogue_of(published, details) == CATALOGUE


def test_a_changed_missing_or_foreign_entry_is_refused() -> None:
    published, details = publish_catalogue(CATALOGUE)
    name = published.data_sets["inkomen/1"]
    for other in (
        {**details, name: details[name] + b" "},
        {key: value for key, value in details.items() if key != name},
    ):
        with pytest.raises(DetailError):
            catalogue_of(published, other)
    foreign = msgspec.structs.replace(published, data_sets={"inkomen/1": published.concepts["bsn/1"]})
    with pytest.raises(DetailError):
        catalogue_of(foreign, details)
    torn = b"{"
    broken = msgspec.structs.replace(published, data_sets={"inkomen/1": detail_hash(torn)})
    with pytest.raises(DetailError):
        catalogue_of(broken, {**details, detail_hash(torn): torn})
