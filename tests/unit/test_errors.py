# SPDX-License-Identifier: EUPL-1.2
"""The error tree: what an error says, and what it never says."""

import re

import pytest

from blauweknop.errors import Actor, BlauweKnopError, ConfigurationError, MalformedError, OtherPartyError
from tests.docs.tree import error_classes

CLASSES = sorted(error_classes(), key=lambda kind: kind.__name__)


def test_an_error_says_its_first_sentence_its_detail_and_its_clause() -> None:
    assert str(MalformedError()) == "The bytes do not have the form they must have."
    assert str(MalformedError("three parts")) == "The bytes do not have the form they must have: three parts"
    assert (
        str(MalformedError("three parts", clause="RFC 7515 §7.1"))
        == "The bytes do not have the form they must have: three parts (RFC 7515 §7.1)"
    )


def test_an_error_without_words_of_its_own_is_named() -> None:
    class BareError(BlauweKnopError):
        pass

    BareError.__doc__ = None
    assert BareError.title()


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_each_error_has_a_code_a_sentence_and_someone_who_must_act(kind: type[BlauweKnopError]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)
    assert kind.title().endswith("."), f"{kind.__name__}: the docstring's first line is a sentence"
    assert "\n" not in kind.title()
    assert isinstance(kind.actor, Actor)
    assert kind.privacy in ("safe", "personal")
    assert not (kind.retry and kind.actor is Actor.DOCUMENT), f"{kind.__name__}: a wrong document stays wrong"


def test_who_must_act_follows_the_branch() -> None:
    assert ConfigurationError.actor is Actor.CALLER
    assert OtherPartyError.actor is Actor.OTHER_PARTY
    assert OtherPartyError.retry
