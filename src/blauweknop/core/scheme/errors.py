# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with the register, a participant, a key or a mark; leaves of the one error tree."""

from __future__ import annotations

from blauweknop.errors import Actor, BlauweKnopError, ConfigurationError, DocumentError


class RegisterError(DocumentError):
    """The register cannot be used as it is."""

    code = "register-ongeldig"


class RegisterEnvironmentError(RegisterError):
    """The register is of the other environment."""

    code = "register-andere-omgeving"


class RegisterIssuerError(RegisterError):
    """The register is by another scheme manager than the one expected."""

    code = "register-andere-uitgever"


class RegisterStaleError(RegisterError):
    """The register is more than 24 hours old: nothing is decided on it until a newer one is there."""

    code = "register-verouderd"
    actor = Actor.INFRASTRUCTURE
    retry = True


class RegisterFutureError(RegisterError):
    """The register is from the future."""

    code = "register-toekomst"


class RegisterRollbackError(RegisterError):
    """The register is older than one that was seen before."""

    code = "register-teruggezet"


class RegisterForkError(RegisterError):
    """There are two registers of one version."""

    code = "register-tweevoud"


class RegisterHistoryError(RegisterError):
    """The register took back or changed what it had published for good."""

    code = "register-herschreven"


class RegisterContentError(RegisterError):
    """An entry of the register breaks the rules of the register."""

    code = "register-inhoud"


class NameRefusedError(RegisterContentError):
    """The name of an organisation holds characters that can mislead."""

    code = "register-naam"


class DetailError(RegisterError):
    """A detail is not the one that the register names, or contradicts it."""

    code = "register-detail"


class DetailMissingError(BlauweKnopError):
    """The detail of this participant was not fetched yet."""

    code = "register-detail-ontbreekt"


class ParticipantUnknownError(DocumentError):
    """The register does not know this organisation."""

    code = "deelnemer-onbekend"


class ParticipantNotAdmittedError(DocumentError):
    """This organisation has not been admitted to the scheme."""

    code = "deelnemer-niet-toegelaten"


class ParticipantSuspendedError(DocumentError):
    """This organisation has been suspended from the scheme."""

    code = "deelnemer-geschorst"


class ParticipantEndedError(DocumentError):
    """This organisation takes no part in the scheme any more."""

    code = "deelnemer-beeindigd"


class RoleMissingError(DocumentError):
    """This organisation was not admitted for this role or service."""

    code = "deelnemer-andere-rol"


class KeyUnknownError(DocumentError):
    """The register knows no such key of this organisation for this purpose."""

    code = "sleutel-onbekend"


class KeyNotThenError(DocumentError):
    """The key was not valid at that time."""

    code = "sleutel-niet-geldig"


class KeyCompromisedError(DocumentError):
    """The key was marked as stolen or lost, and nothing proves that this was signed before that."""

    code = "sleutel-gecompromitteerd"


class StatusNotKnownError(BlauweKnopError):
    """The status of participants is not known well enough to decide on it."""

    code = "deelnemerstatus-onbekend"
    actor = Actor.INFRASTRUCTURE
    retry = True


class StatusRolledBackError(DocumentError):
    """The status of participants is older than one that was seen before."""

    code = "deelnemerstatus-teruggezet"


class TrustMarkError(DocumentError):
    """The mark is not a valid mark of this scheme."""

    code = "beeldmerk-ongeldig"


class TrustMarkExpiredError(TrustMarkError):
    """The mark is not in force at this time."""

    code = "beeldmerk-verlopen"


class PublicationRefusedError(ConfigurationError):
    """This may not be published."""

    code = "publicatie-geweigerd"


class BsnRefusedError(PublicationRefusedError):
    """This asks for the BSN on behalf of an organisation that no law allows to have it."""

    code = "publicatie-bsn"


class ConsentNeedlessError(PublicationRefusedError):
    """This asks consent for what the law already allows this organisation to have."""

    code = "publicatie-wettelijk"


class VersionFixedError(PublicationRefusedError):
    """A version that was published is changed or taken away."""

    code = "publicatie-gewijzigd"


class StageRefusedError(ConfigurationError):
    """This act does not fit the stage of the participant."""

    code = "fase-past-niet"


class DecisionRefusedError(ConfigurationError):
    """The signed decision is not one for this act."""

    code = "besluit-geweigerd"


class SecondPersonError(ConfigurationError):
    """This takes a second person: another account than the one that proposed it."""

    code = "tweede-persoon-nodig"
