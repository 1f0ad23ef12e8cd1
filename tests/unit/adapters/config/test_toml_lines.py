# SPDX-License-Identifier: EUPL-1.2
"""Every key of a TOML file has its line."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from blauweknop.adapters.config.toml_lines import find_lines

TEXT = '''# a comment with [brackets] and key = 1
top = "a = b"   # not a key: x = 1

[first]
plain = [
  "one ]",  # ]
  { inner = "x" },
]
"quoted key" = 1
dotted.key.path = true

[[many]]
name = """
fake = 1
[fake]
"""
[many.below]
deep = 'it'

[[many]]
name = "second"
[[many.below]]
deep = 2
'''


def test_keys_tables_and_items_of_arrays() -> None:
    lines = find_lines(TEXT)
    found = {
        ("top",): 2,
        ("first",): 4,
        ("first", "plain"): 5,
        ("first", "quoted key"): 9,
        ("first", "dotted", "key", "path"): 10,
        ("many", 0): 12,
        ("many", 0, "name"): 13,
        ("many", 0, "below"): 17,
        ("many", 0, "below", "deep"): 18,
        ("many", 1): 20,
        ("many", 1, "name"): 21,
        ("many", 1, "below", 0, "deep"): 23,
    }
    assert {path: lines.get(path) for path in found} == found
    assert not any("fake" in path for path in lines)


def test_the_text_is_toml() -> None:
    assert tomllib.loads(TEXT)["many"][1]["below"][0]["deep"] == 2


VALUES = st.one_of(
    st.integers(-9, 9).map(str),
    st.sampled_from(['"a"', "'b'", '"\\""', '"""\nx = 1\n[y]\n"""', "'''\n# no\n'''", "[1,\n2]", "{ a = 1 }", '["]"]']),
)
NAMES = st.sampled_from(["a", "b-1", '"c d"', "'e.f'", "g.h"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    parts = []
    for index in range(draw(st.integers(0, 4))):
        parts.append(draw(st.sampled_from([f"[t{index}]", "[[items]]", f"[ u{index} . v ] # [w]"])))
        for name in draw(st.lists(NAMES, unique=True, max_size=4)):
            parts.extend([draw(st.sampled_from(["", "# x = 1", "  "])), f"{name} = {draw(VALUES)}  # y = 2"])
    return "\n".join(parts)


def keys_of(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, dict):
        return [path for key, value in node.items() for path in [(*at, key), *keys_of(value, (*at, key))]]
    if isinstance(node, list) and node and all(isinstance(item, dict) for item in node):
        return [path for index, item in enumerate(node) for path in [(*at, index), *keys_of(item, (*at, index))]]
    return []


@given(documents())
def test_every_key_stands_on_its_line(text: str) -> None:
    lines, rows = find_lines(text), text.split("\n")
    for path in keys_of(tomllib.loads(text)):
        if path not in lines:  # a key inside an inline table: its table has the line
            assert path[:-1] in lines
            continue
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        assert name in rows[lines[path] - 1], (path, lines[path])
