# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop source init``: a settings file for a new source, with every element of one data set to fill in.

It asks who the organisation is, which data set, and by which connector; what is given as an option is not asked. The
file is complete TOML with a comment at what must be looked at; ``blauweknop source check`` then tries it.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from blauweknop.core.dataset.definition import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blauweknop.core.dataset.definition import DataSetDefinition, Element

CONNECTORS: Final = {
    "sql": (
        'verbinding = "sqlite:///gegevens.sqlite"',
        'tabel = "TABEL"',
        'sleutel = "bsn"  # the column of the person',
    ),
    "csv": ('bestand = "gegevens.csv"', 'sleutel = "bsn"  # the column of the person', 'scheidingsteken = ";"'),
    "rest": (
        'adres = "https://gegevens.example"',
        'pad = "/personen/raadplegen"',
        'persoon_in = "body.burgerservicenummer"  # never in the URL',
        'persoon_pad = "burgerservicenummer"  # where the answer says whom it is about',
        'rijen_pad = "rijen"  # where the list of records stands; leave out for a set of one record',
    ),
    "haal-centraal": (
        'adres = "https://brp.example"',
        'pad = "/personen"',
        '# sleutel = { kop = "X-API-Key", waarde = { env = "BRP_SLEUTEL" } }',
    ),
}
ELEMENTS: Final = "gegevensset.koppeling.elementen"
_PLACE: Final = {"sql": "kolom", "csv": "kolom", "rest": "pad"}
_HINTS: Final = {
    "bedrag": 'omzetting = "cent"  # or "euro"',
    "datum": 'omzetting = "datum"  # JJJJ-MM-DD; or "jjjjmmdd"',
    "code": "# codes = { WHAT-STANDS-THERE = CODE }",
}


def register(group: typer.Typer) -> None:
    """Adds ``init``."""
    group.command("init")(init)


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The settings file to write; must not exist.")],
    *,
    name: Annotated[str, typer.Option("--naam", prompt="Name of the organisation")],
    oin: Annotated[str, typer.Option("--oin", prompt="Its OIN (20 digits)")],
    data_set: Annotated[str, typer.Option("--gegevensset", prompt="Data set, such as inkomen/1")],
    connector: Annotated[str, typer.Option("--connector", prompt="Connector: sql, csv, rest or haal-centraal")],
    iss: Annotated[str, typer.Option("--iss", help="URL of the source.")] = "http://localhost:8101",
) -> None:
    """Write a settings file for a new source: answer a few questions, then fill in where each value stands.

    Example: blauweknop source init bron.toml
    """
    from blauweknop.adapters.catalogue import load_catalogue

    definitions = load_catalogue().definitions
    if data_set not in definitions:
        raise typer.BadParameter(f"choose one of {', '.join(sorted(definitions))}", param_hint="--gegevensset")
    if connector not in CONNECTORS:
        raise typer.BadParameter(f"choose one of {', '.join(CONNECTORS)}", param_hint="--connector")
    if connector == "haal-centraal" and not _standard(data_set):
        raise typer.BadParameter("the BRP does not hold this data set", param_hint="--connector")
    text = settings_text(name=name, oin=oin, iss=iss, definition=definitions[data_set], connector=connector)
    try:
        with file.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be written ({error.strerror})", param_hint="FILE") from error
    typer.echo(f"Wrote {file}. Fill in where each value stands, then: blauweknop source check --instelling {file}")


def settings_text(*, name: str, oin: str, iss: str, definition: DataSetDefinition, connector: str) -> str:
    """The whole file."""
    from blauweknop.commands.keys import slugify

    slug = slugify(name)
    quoted = json.dumps(name, ensure_ascii=False)  # as TOML spells a basic string, too
    lines = [
        "# Settings of one source. ${NAME:default} comes from the environment; secrets never stand in this file.",
        "",
        "[bron]",
        f"naam = {{ nl = {quoted}, en = {quoted} }}",
        f'oin = "{oin}"',
        f'iss = "{iss}"  # https outside this machine',
        f'slug = "{slug}"',
        'omgeving = "test"',
        'stelsel = "https://stelsel.voorbeeld.example"',
        "",
        "[bron.contact]  # where people report a mistake: fill in at least one",
        f'url = "{iss}"',
        "",
        "[bron.sleutels]  # made by: blauweknop keys init",
        f'map = "keys/{slug}"',
        'vertrouwen = "vertrouwen"',
        "",
        "[inloggen]  # your OpenID Connect provider",
        'issuer = "http://localhost:8100"',
        f'client_id = "{slug}"',
        'client_secret = { env = "BK_LOGIN_GEHEIM" }',
        'betrouwbaarheidsniveau = "substantieel"',
        "",
        "[inloggen.acr]  # what the levels of the provider mean",
        '"http://eidas.europa.eu/LoA/substantial" = "substantieel"',
        '"http://eidas.europa.eu/LoA/high" = "hoog"',
        "",
        "[opslag]  # the source's own log, statuses and sessions",
        f'bestand = "{slug}.sqlite"',
        "",
        "[[gegevensset]]",
        f'id = "{definition.ref}"',
        "aan = true",
        "",
        "[gegevensset.koppeling]",
        f'connector = "{connector}"',
        *(line for line in CONNECTORS[connector] if definition.shape == ROWS or not line.startswith("rijen_pad")),
        "",
        "# Each element: where its value stands. Take out what you do not hold.",
        *(_standard(definition.ref) if connector == "haal-centraal" else ()),
        *(_elements(definition.elements, connector, ELEMENTS) if connector != "haal-centraal" else ()),
    ]
    return "\n".join(lines)


def _standard(ref: str) -> list[str]:
    """The elements of ``ref`` as the demo's own BRP source maps them: the API is the same everywhere."""
    text = (resources.files("blauweknop.demo") / "bronnen" / "rvig.toml").read_text(encoding="utf-8")
    sets = [part for part in text.split("[[gegevensset]]") if f'id = "{ref}"' in part]
    return [part[part.index(f"[{ELEMENTS}.") :].rstrip() + "\n" for part in sets]


def _elements(elements: tuple[Element, ...], connector: str, table: str) -> Iterator[str]:
    place = _PLACE[connector]
    for element in elements:
        if element.kind == "lijst" and place == "kolom":
            continue  # a row has no lists
        yield f"[{table}.{element.id}]  # {element.kind}: {element.title.en}"
        if not element.parts or place != "kolom":
            yield f'{place} = "{element.id}"'
        if hint := _HINTS.get(element.kind):
            yield hint
        yield ""
        yield from _elements(element.parts, connector, f"{table}.{element.id}.elementen")
