# SPDX-License-Identifier: EUPL-1.2
"""Reading a settings file: TOML with ``${NAME}`` from the environment, into a typed struct.

1. The file is UTF-8 TOML of at most 1 MB.
2. In strings, ``${NAME}`` is the environment variable, ``${NAME:otherwise}`` has a default.
3. Unknown keys, missing keys and values of another type are refused; a check of the settings themselves may refuse
   more (``Refusal``). Every message names file and line, and what to change.

Spec: TOML 1.0.0.
"""

from __future__ import annotations

import re
import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from blauweknop.adapters.config.toml_lines import find_lines
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from blauweknop.adapters.config.toml_lines import Path as KeyPath

T = TypeVar("T")

MAX_BYTES: Final = 1_000_000
_PLACEHOLDER: Final = re.compile(r"\$\{([A-Z_][A-Z0-9_]*)(?::([^}]*))?\}")
_TOML_PLACE: Final = re.compile(r" \(at line (\d+), column \d+\)$")
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<kind>key in )?\$?(?P<path>.*?)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")
_GOT: Final = MappingProxyType({"int": int, "float": float, "str": str, "bool": bool, "object": dict, "array": list})
_NAMED: Final = re.compile(r"`([^`]+)`")


class SettingsError(ConfigurationError):
    """The settings file is not usable."""

    code = "instellingenbestand-ongeldig"

    def __init__(self, what: str, *, file: Path, line: int = 0) -> None:
        """``what``: what to change; ``line``: from 1, or 0 when it is about the file as a whole."""
        self.file = file
        self.line = line
        super().__init__(f"{file}:{line}: {what}" if line else f"{file}: {what}")


class Refusal(msgspec.Struct, frozen=True):
    """What a check of the settings has against them: ``path`` is the key it is about."""

    path: tuple[str | int, ...]
    what: str


def read_settings(
    path: Path,
    kind: type[T],
    *,
    environ: Mapping[str, str],
    check: Callable[[T], Iterable[Refusal]] | None = None,
) -> T:
    """The settings in the file at ``path``. Raises: ``SettingsError`` with file, line and what to change."""
    text = _text(path)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        message = _TOML_PLACE.sub("", str(error))
        raise SettingsError(f"not TOML: {message}", file=path, line=int(found[1]) if found else 0) from error
    lines = find_lines(text)
    tree = _expand(tree, (), _Environment(path, lines, environ))
    try:
        settings = msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        raise _refused(str(error), tree, path, lines) from error
    for refusal in check(settings) if check else ():
        raise SettingsError(refusal.what, file=path, line=_line(lines, refusal.path))
    return settings


def _text(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise SettingsError("larger than 1 MB", file=path)
        return content.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", file=path) from error
    except UnicodeDecodeError as error:
        raise SettingsError("is not UTF-8", file=path) from error


class _Environment:
    def __init__(self, path: Path, lines: dict[KeyPath, int], environ: Mapping[str, str]) -> None:
        self.path, self.lines, self.environ = path, lines, environ

    def fill(self, text: str, at: KeyPath) -> str:
        def value(match: re.Match[str]) -> str:
            found = self.environ.get(match[1], match[2])
            if found is None:
                what = f"set the environment variable {match[1]}, or write ${{{match[1]}:default}}"
                raise SettingsError(what, file=self.path, line=_line(self.lines, at))
            return found

        return _PLACEHOLDER.sub(value, text)


def _expand(node: Any, at: KeyPath, environment: _Environment) -> Any:
    match node:
        case str():
            return environment.fill(node, at)
        case dict():
            return {key: _expand(value, (*at, key), environment) for key, value in node.items()}
        case list():
            return [_expand(value, (*at, index), environment) for index, value in enumerate(node)]
        case _:
            return node


def _refused(message: str, tree: Any, path: Path, lines: dict[KeyPath, int]) -> SettingsError:
    """The refusal in words of this file. msgspec writes ``[...]`` for some key of a map: the culprit is looked up."""
    match = _AT.match(message)
    assert match is not None  # every text fits the pattern
    what = match["what"]
    named = _NAMED.search(what)
    name = named[1] if named else ""
    places = list(_places(tree, _STEP.findall(match["path"] or "")))
    if what.startswith("Object contains unknown field"):
        at = _first(places, lambda node: isinstance(node, dict) and name in node)
        return SettingsError(
            f"unknown key `{name}`: remove it or correct its spelling", file=path, line=_line(lines, (*at, name))
        )
    if what.startswith("Object missing required field"):
        at = _first(places, lambda node: isinstance(node, dict) and name not in node)
        return SettingsError(f"add the key `{name}`", file=path, line=_line(lines, at))
    got = _GOT.get(what.rpartition("got `")[2].rstrip("`"), object)
    at = _first(places, lambda node: isinstance(node, got))
    dotted = ".".join(str(key) for key in at)
    return SettingsError(f"{dotted}: {what[0].lower()}{what[1:]}", file=path, line=_line(lines, at))


def _first(places: list[tuple[KeyPath, Any]], fits: Callable[[Any], bool]) -> KeyPath:
    return next((at for at, node in places if fits(node)), ())


def _places(node: Any, steps: list[tuple[str, str]], at: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every node at the path ``steps``: (name, "") a member, ("", number) an item, ("", "") any member of a map."""
    if not steps:
        yield at, node
        return
    (name, number), *rest = steps
    if name and isinstance(node, dict) and name in node:
        yield from _places(node[name], rest, (*at, name))
    elif number and isinstance(node, list):
        yield from _places(node[int(number)], rest, (*at, int(number)))
    elif not name and not number and isinstance(node, dict):
        for key, value in node.items():
            yield from _places(value, rest, (*at, key))


def _line(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of the longest known part of ``path`` (an inline table has one line for all its keys)."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)
