# SPDX-License-Identifier: EUPL-1.2
"""Why a sealed set is refused. Every one says the clause it rests on; none holds a value of a citizen."""

from __future__ import annotations

from typing import Final

from blauweknop.errors import Actor, BlauweKnopError, DocumentError, MalformedError, SignatureInvalidError

PROFILE: Final = "docs/profile/sd-jwt-vc.md"  # the clause of what is our own rule


class SpellingError(MalformedError):
    """A sealed set is spelt in one way only, and this is another."""

    code = "spelling-afwijkend"


class HeaderRefusedError(DocumentError):
    """The header of the seal holds something that is not accepted."""

    code = "kop-geweigerd"


class TypeRefusedError(DocumentError):
    """The type in the header is not the one expected."""

    code = "type-onjuist"


class AlgorithmRefusedError(SignatureInvalidError):
    """The algorithm is not the one of the key."""

    code = "algoritme-geweigerd"


class HashAlgorithmError(DocumentError):
    """The hash algorithm of the disclosures is not one we know."""

    code = "hashalgoritme-onbekend"


class DisclosureMalformedError(MalformedError):
    """A disclosure does not have the form it must have."""

    code = "onthulling-ongeldig"


class DisclosureRepeatedError(DocumentError):
    """A disclosure stands twice in the set."""

    code = "onthulling-dubbel"


class DisclosureUnreferencedError(DocumentError):
    """A disclosure does not belong to this seal."""

    code = "onthulling-los"


class DisclosureKindError(DocumentError):
    """A disclosure of a member stands where an array element must be, or the other way round."""

    code = "onthulling-soort"


class ReservedNameError(DocumentError):
    """A claim bears a name that is kept for the seal itself."""

    code = "naam-voorbehouden"


class ClaimCollisionError(DocumentError):
    """A disclosed claim bears the name of one that is already there."""

    code = "naam-botsing"


class DigestMalformedError(MalformedError):
    """The digests in the seal do not have the form they must have."""

    code = "afdruk-ongeldig"


class DigestRepeatedError(DocumentError):
    """A digest stands at two places in the seal."""

    code = "afdruk-dubbel"


class ClaimHiddenError(DocumentError):
    """A claim that must always be visible is hidden in a disclosure."""

    code = "lid-verborgen"


class TooDeepError(DocumentError):
    """Disclosures are nested too deep."""

    code = "te-diep"


class ProfileError(DocumentError):
    """The set does not have the members that a sealed set has."""

    code = "profiel-onjuist"


class VctError(DocumentError):
    """The type of the set (vct) is not one of a data set definition."""

    code = "vct-ongeldig"


class OtherEnvironmentError(DocumentError):
    """The set was made for another environment."""

    code = "omgeving-onjuist"


class NotYetValidError(DocumentError):
    """The set is dated in the future."""

    code = "nog-niet-geldig"


class ExpiredError(DocumentError):
    """The set is no longer valid."""

    code = "verlopen"


class HolderProofMissingError(DocumentError):
    """The proof that the holder presents the set is missing."""

    code = "houderbewijs-ontbreekt"


class HolderProofUnexpectedError(DocumentError):
    """The set comes with a proof of a holder that was not expected."""

    code = "houderbewijs-onverwacht"


class HolderProofInvalidError(DocumentError):
    """The proof of the holder does not fit this set, this moment or this verifier."""

    code = "houderbewijs-ongeldig"


class PathUnknownError(BlauweKnopError):
    """The set holds nothing of that name."""

    code = "pad-onbekend"
    actor = Actor.CALLER


class ContentError(BlauweKnopError):
    """What was given to seal cannot be sealed."""

    code = "inhoud-ongeldig"
    actor = Actor.CALLER
