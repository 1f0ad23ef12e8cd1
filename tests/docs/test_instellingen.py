# SPDX-License-Identifier: EUPL-1.2
"""docs/instellingen.md: every setting of the file of each service, and no other."""

import re
import tomllib
from collections.abc import Iterator

import msgspec
from msgspec import inspect

from blauweknop.adapters.config.consent import ConsentSettings
from blauweknop.adapters.config.register import RegisterSettings
from blauweknop.adapters.config.requester import RequesterSettings
from blauweknop.adapters.config.settings import SourceSettings
from blauweknop.adapters.connectors.conversions import CONVERSIONS
from blauweknop.adapters.connectors.haal_centraal.derived import RULES
from blauweknop.core.dataset.definition import Text
from tests.docs.tree import DOCS, code_words, rows

PAGE = DOCS / "instellingen.md"


def settings(kind: inspect.Type, path: str, above: frozenset[type] = frozenset()) -> Iterator[str]:
    """The dotted names below ``path``; ``…`` stands for a name that the file chooses."""
    match kind:
        case inspect.StructType() if kind.cls is Text or kind.cls in above:
            yield path
        case inspect.StructType():
            if kind.tag_field:
                yield f"{path}.{kind.tag_field}"
            for field in kind.fields:
                below = f"{path}.{field.encode_name}".lstrip(".")
                yield from settings(field.type, below, above | {kind.cls})
        case inspect.UnionType():
            for option in kind.types:
                if not isinstance(option, inspect.NoneType):
                    yield from settings(option, path, above)
        case inspect.VarTupleType():
            yield from settings(kind.item_type, path, above)
        case inspect.DictType():
            yield from settings(kind.value_type, f"{path}.…", above)
        case _:
            yield path


KINDS = (SourceSettings, RegisterSettings, ConsentSettings, RequesterSettings)
REAL = {name for kind in KINDS for name in settings(inspect.type_info(kind), "")}
DOCUMENTED = [word for cells in rows(PAGE) for word in code_words(cells[0])[:1]]


def test_every_setting_is_documented_and_no_other() -> None:
    documented = {name for name in DOCUMENTED if "." in name}
    lacking, gone = sorted(REAL - documented), sorted(documented - REAL)
    assert not lacking, "docs/instellingen.md: add a row for\n" + "\n".join(lacking)
    assert not gone, "docs/instellingen.md: there is no setting\n" + "\n".join(gone)
    assert len(DOCUMENTED) == len(set(DOCUMENTED)), "docs/instellingen.md: a setting stands twice"


def test_every_conversion_is_documented_and_no_other() -> None:
    documented = {word for cells in rows(PAGE, "## Conversions (`omzetting`)") for word in code_words(cells[0])}
    assert documented == set(CONVERSIONS)


def test_every_rule_of_the_brp_connector_is_documented_and_no_other() -> None:
    documented = {
        word for cells in rows(PAGE, "## Rules of the BRP connector (`afgeleid`)") for word in code_words(cells[0])
    }
    assert documented == set(RULES)


def test_the_example_of_the_guide_is_a_settings_file() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (DOCS / "gids-bron.md").read_text(encoding="utf-8"), re.DOTALL)
    tree = tomllib.loads("\n".join(blocks))
    found = msgspec.convert(tree, SourceSettings)
    assert found.data_set("voertuigen/1") is not None
