# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a login. None of these carries anything of the person who logged in."""

from __future__ import annotations

from typing import ClassVar

from blauweknop.errors import Actor, OtherPartyError


class LoginError(OtherPartyError):
    """The login did not succeed."""

    code = "inloggen-mislukt"
    status: ClassVar[int] = 400


class LoginCancelledError(LoginError):
    """The person stopped the login, or the login service refused it."""

    code = "inloggen-afgebroken"


class LoginAttemptUnknownError(LoginError):
    """This answer belongs to no login that was begun here, or to one that is over."""

    code = "inlogpoging-onbekend"
    retry = False


class LoginAnswerInvalidError(LoginError):
    """The login service's answer is not one that may be believed."""

    code = "inlogantwoord-ongeldig"
    retry = False


class LoginSubjectUnknownError(LoginError):
    """The login service does not say for whom the login was in the way this service needs."""

    code = "inlogpersoon-onbekend"
    retry = False


class LoginUnreachableError(LoginError):
    """The login service cannot be reached, or its own description of itself is not usable."""

    code = "inloggen-onbereikbaar"
    actor = Actor.INFRASTRUCTURE
    status: ClassVar[int] = 503
