# SPDX-License-Identifier: EUPL-1.2
"""The messages a person reads, in Dutch and English: read by pages, paper and command line.

- one Fluent file per subject and language (``nl/*.ftl``, ``en/*.ftl``); both languages hold the same ids;
- Dutch is B1, addresses the reader with *u*, is active and short; the first layer (ids ``…-kort``) is A2;
- an id that is not there is a mistake of ours and raises: no screen shows an id.

Spec: Project Fluent syntax 1.0.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final, Literal, get_args

from fluent.runtime import FluentBundle, FluentResource

from blauweknop.errors import BlauweKnopError

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "nl"


class MessageMissingError(BlauweKnopError):
    """A text is missing or misses an argument."""

    code = "tekst-ontbreekt"


class Messages:
    """All messages of one language."""

    def __init__(self, language: Language, bundle: FluentBundle, ids: frozenset[str]) -> None:
        """``ids``: what the bundle holds."""
        self.language: Language = language
        self.ids = ids
        self._bundle = bundle

    def __call__(self, message_id: str, **arguments: str | float) -> str:
        """The text of ``message_id``: plain text, escaped by whoever shows it. Raises: ``MessageMissingError``."""
        if message_id not in self.ids:
            raise MessageMissingError(f"{message_id} in {self.language}")
        pattern = self._bundle.get_message(message_id).value
        if pattern is None:
            raise MessageMissingError(f"{message_id} has no text in {self.language}")
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise MessageMissingError(f"{message_id} in {self.language}: an argument is missing or of another kind")
        return str(text)


@functools.cache
def load_messages(language: Language) -> Messages:
    """The messages of ``language``, read once. Raises: ``MessageMissingError`` for a file Fluent cannot read."""
    bundle = FluentBundle([language], use_isolating=False)
    ids: set[str] = set()
    folder = resources.files(__name__) / language
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".ftl"):
            continue
        resource = FluentResource(file.read_text("utf-8"))
        for entry in resource.body:
            name = getattr(getattr(entry, "id", None), "name", "")
            if not name:
                if type(entry).__name__ == "Junk":
                    raise MessageMissingError(f"{language}/{file.name} is not Fluent")
                continue
            if name in ids:
                raise MessageMissingError(f"{name} stands twice in {language}")
            ids.add(name)
        bundle.add_resource(resource)
    return Messages(language, bundle, frozenset(ids))
