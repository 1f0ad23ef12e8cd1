# SPDX-License-Identifier: EUPL-1.2
"""On which line of a TOML file a key stands, because ``tomllib`` does not tell.

It reads a text that ``tomllib`` already accepted, so it need not find errors: it walks statement by statement, skips
over strings, arrays and inline tables (multi-line ones too), and keeps the line of every table and key.

Spec: TOML 1.0.0, "Table", "Array of Tables", "Keys", "String".
"""

from __future__ import annotations

import re
from typing import Final

Path = tuple[str | int, ...]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED: Final = re.compile(r"'[^'\n]*'|\"(?:\\.|[^\"\\\n])*\"")
_STRINGS: Final = re.compile(
    r"'''.*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'[^'\n]*'|\"(?:\\.|[^\"\\\n])*\"|#[^\n]*", re.DOTALL
)


def find_lines(text: str) -> dict[Path, int]:
    """Line number (from 1) of every table, item of an array of tables, and key, by its path."""
    return _Walk(text).run()


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while (self._skip_blank()) < len(self.text):
            line = self.text.count("\n", 0, self.at) + 1
            if self.text[self.at] == "[":
                table = self._header(line)
                continue
            path = (*table, *self._key())
            self._keep(path, line)
            self._value()
        return self.lines

    def _skip_blank(self) -> int:
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                self.at = self._line_end()
            elif self.text[self.at].isspace():
                self.at += 1
            else:
                break
        return self.at

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _header(self, line: int) -> Path:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        names = self._key()
        self.at = self._line_end()
        if many:
            parent = (*self._resolve(names[:-1]), names[-1])
            self.counts[parent] = self.counts.get(parent, -1) + 1
        path = self._resolve(names)
        self._keep(path, line)
        return path

    def _resolve(self, names: Path) -> Path:
        """The path with, after each array of tables, the index of its newest item."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if isinstance(name, str) and path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _keep(self, path: Path, line: int) -> None:
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _key(self) -> Path:
        names: list[str] = []
        while True:
            self._spaces()
            if match := _BARE.match(self.text, self.at):
                names.append(match[0])
            elif match := _QUOTED.match(self.text, self.at):
                names.append(match[0][1:-1])
            else:
                return tuple(names)
            self.at = match.end()
            self._spaces()
            if not self.text.startswith(".", self.at):
                return tuple(names)
            self.at += 1

    def _spaces(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def _value(self) -> None:
        """Skips ``= value``: to the end of the line on which all brackets are closed again."""
        depth = 0
        while self.at < len(self.text):
            if match := _STRINGS.match(self.text, self.at):
                self.at = match.end()
                continue
            character = self.text[self.at]
            if character == "\n" and depth == 0:
                return
            depth += (character in "[{") - (character in "]}")
            self.at += 1
