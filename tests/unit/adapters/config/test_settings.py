# SPDX-License-Identifier: EUPL-1.2
"""Settings of a source: the good file is read; each named change is refused with file, line and what to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.read import MAX_BYTES, SettingsError
from blauweknop.adapters.config.secret import (
    SecretExposedError,
    SecretMissingError,
    SecretRef,
    load_secret_value,
)
from blauweknop.adapters.config.settings import SourceSettings, load_source_settings
from blauweknop.adapters.connectors.open import open_connector
from blauweknop.demo import achterkant

BRONNEN = Path(achterkant.__file__).parent / "bronnen"
GOOD = """\
[bron]
naam = { nl = "Bron", en = "Source" }
oin = "99999999900000000400"
iss = "https://bron.example"
slug = "bron"
omgeving = "test"
stelsel = "https://stelsel.example"
[bron.contact]
email = "klopt-dit-niet@bron.example"
[bron.sleutels]
map = "/srv/bk/sleutels"
vertrouwen = "${VERTROUWEN}"
[inloggen]
issuer = "http://localhost:${POORT:8100}"
client_id = "bron"
client_secret = { env = "GEHEIM" }
betrouwbaarheidsniveau = "substantieel"
acr = { midden = "substantieel" }
[opslag]
bestand = "bron.sqlite"
[[gegevensset]]
id = "inkomen/1"
aan = true
[gegevensset.koppeling]
connector = "sql"
verbinding = "sqlite:///inkomen.sqlite"
tabel = "inkomen"
sleutel = "bsn"
[gegevensset.koppeling.elementen.verzamelinkomen]
kolom = "verzamelinkomen"
omzetting = "cent"
[gegevensset.koppeling.elementen.indieningsdatum]
kolom = "ingediend"
[[gegevensset]]
id = "huishouden/1"
aan = false
[gegevensset.koppeling]
connector = "haal-centraal"
adres = "https://brp.example"
[gegevensset.koppeling.elementen.gezag]
veld = "indicatieGezagMinderjarige.code"
"""
ENVIRON = {"VERTROUWEN": "/srv/bk/vertrouwen"}


def read(folder: Path, text: str, environ: dict[str, str] | None = None) -> SourceSettings:
    path = folder / "bron.toml"
    path.write_text(text, encoding="utf-8")
    return load_source_settings(
        path, environ=ENVIRON if environ is None else environ, definitions=load_catalogue().definitions
    )


def test_the_good_file_is_read(tmp_path: Path) -> None:
    settings = read(tmp_path, GOOD)
    assert settings.source.keys.trust == "/srv/bk/vertrouwen"
    assert settings.login.issuer == "http://localhost:8100"
    assert settings.data_set("inkomen/1") is settings.data_sets[0]
    assert settings.data_set("huishouden/1") is None
    assert read(tmp_path, GOOD, ENVIRON | {"POORT": "8109"}).login.issuer == "http://localhost:8109"


PLUS = """\
[plus]
register = "https://register.example"
vertrouwen = "/srv/bk/register"
geheugen = "/srv/bk/geheugen"
toestemmingsdienst = "https://toestemming.example"
"""


def test_with_plus_a_page_and_an_address_for_developers_are_there(tmp_path: Path) -> None:
    text = GOOD.replace("[opslag]", f"{PLUS}[opslag]").replace(
        "[bron.contact]\n", '[bron.contact]\nurl = "https://x.nl"\n'
    )
    assert read(tmp_path, text).plus is not None


@pytest.mark.parametrize(("line", "most"), [("", 1000), ("eigen_inzage_per_uur = 1\n", 1)])
def test_how_much_own_access_an_app_gets_in_an_hour(tmp_path: Path, line: str, most: int) -> None:
    text = GOOD.replace("[opslag]", f"{PLUS}{line}[opslag]").replace(
        "[bron.contact]\n", '[bron.contact]\nurl = "https://x.nl"\n'
    )
    plus = read(tmp_path, text).plus
    assert plus is not None
    assert plus.own_access_per_hour == most


@pytest.mark.parametrize("value", ["0", "-1", '"veel"', "1.5"])
def test_an_hour_of_nothing_or_of_no_number_is_refused(tmp_path: Path, value: str) -> None:
    text = GOOD.replace("[opslag]", f"{PLUS}eigen_inzage_per_uur = {value}\n[opslag]").replace(
        "[bron.contact]\n", '[bron.contact]\nurl = "https://x.nl"\n'
    )
    with pytest.raises(SettingsError, match=r"bron\.toml:25: "):
        read(tmp_path, text)


# what is changed: (old, new, line of the error, words that must stand in it)
CHANGES = {
    "unknown key at the top": ("[bron]\n", "[bron]\nkleur = 1\n", 2, "unknown key `kleur`"),
    "unknown table": ("[opslag]", "[opslaag]", 19, "unknown key `opslaag`"),
    "unknown key in a table": ('slug = "bron"', 'slug = "bron"\nslugg = "x"', 6, "unknown key `slugg`"),
    "unknown key in a data set": ("aan = true", "aan = true\naann = 1", 24, "unknown key `aann`"),
    "unknown key in a connection": ('tabel = "inkomen"', 'tabel = "inkomen"\ntable = "x"', 28, "unknown key `table`"),
    "unknown key in the second element": ('kolom = "ingediend"', 'kolm = "ingediend"', 33, "unknown key `kolm`"),
    "unknown key in an inline table": ('en = "Source"', 'en = "Source", fr = "S"', 2, "unknown key `fr`"),
    "missing key": ('oin = "99999999900000000400"\n', "", 1, "add the key `oin`"),
    "missing key in the second data set": ('id = "huishouden/1"\n', "", 34, "add the key `id`"),
    "missing table": ('[opslag]\nbestand = "bron.sqlite"\n', "", 0, "add the key `opslag`"),
    "another type": ('client_id = "bron"', "client_id = 12", 15, "inloggen.client_id: expected `str`, got `int`"),
    "another type in the second element": ('kolom = "ingediend"', "kolom = 3", 33, "indieningsdatum.kolom: expected"),
    "a word that is no level": ('niveau = "substantieel"', 'niveau = "midden"', 17, "invalid enum value"),
    "a secret in the file": ('{ env = "GEHEIM" }', '"s3cret"', 16, "inloggen.client_secret: expected `object`"),
    "a secret in two places": ('env = "GEHEIM"', 'env = "GEHEIM", bestand = "/x"', 16, "give either env"),
    "a secret nowhere": ('{ env = "GEHEIM" }', "{ }", 16, "give either env"),
    "a connector that does not exist": ('connector = "sql"', 'connector = "soap"', 25, "invalid value"),
    "no connector": ('connector = "sql"\n', "", 24, "add the key `connector`"),
    "a broken line": ("aan = false", "aan = ", 36, "not TOML"),
    "a key twice": ("aan = false", "aan = false\naan = false", 37, "not TOML"),
    "no environment variable": ("${VERTROUWEN}", "${ELDERS}", 12, "set the environment variable ELDERS"),
    "http elsewhere": ("http://localhost:${POORT:8100}", "http://inloggen.example", 14, "use https"),
    "http on loopback in production": ('omgeving = "test"', 'omgeving = "productie"', 14, "use https"),
    "issuer with a slash": ("https://bron.example", "https://bron.example/", 4, "leave out the slash"),
    "issuer with a query": ("https://bron.example", "https://bron.example?a=b", 4, "leave out"),
    "issuer that is no URL": ("https://bron.example", "bron.example", 4, "start it with https://"),
    "short OIN": ("99999999900000000400", "9999999990000000040", 3, "20 digits"),
    "slug with a slash": ('slug = "bron"', 'slug = "../bron"', 5, "lower-case letters"),
    "nowhere to report": ('email = "klopt-dit-niet@bron.example"', "", 8, "fill in url, email or telefoon"),
    "with Plus, no page for developers": ("[opslag]", f"{PLUS}[opslag]", 8, "with [plus], fill in url and email"),
    "no acr": ('acr = { midden = "substantieel" }', "acr = { }", 18, "say which level"),
    "data set without version": ('id = "inkomen/1"', 'id = "inkomen"', 22, "name and version"),
    "data set twice": ('id = "huishouden/1"', 'id = "inkomen/1"', 35, "stands twice"),
    "place of another connector": ('kolom = "ingediend"', 'pad = "ingediend"', 33, "reads kolom, not pad"),
    "two places": ('kolom = "ingediend"', 'kolom = "ingediend"\nvast = "x"', 32, "exactly one of"),
    "no place": ('kolom = "ingediend"', "", 32, "exactly one of"),
    "a conversion that does not exist": ('omzetting = "cent"', 'omzetting = "dubbeltje"', 31, "use one of"),
    "a data set that does not exist": ('id = "inkomen/1"', 'id = "inkomen/9"', 22, "the scheme has no such data set"),
    "an element that does not exist": ("elementen.indieningsdatum", "elementen.ingediend", 32, "no element ingediend"),
    "a field the BRP API does not know": ("indicatieGezagMinderjarige", "gezagMinderjarige", 40, "has no field"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_file_is_refused_on_its_line(tmp_path: Path, name: str) -> None:
    old, new, line, words = CHANGES[name]
    assert GOOD.count(old) >= 1
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line == line, str(caught.value)
    assert words in str(caught.value)
    where = f"bron.toml:{line}: " if line else "bron.toml: "
    assert where in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_source_settings(tmp_path / "bron.toml", environ={})


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="larger than 1 MB"):
        read(tmp_path, GOOD + "#" * MAX_BYTES)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "bron.toml").write_bytes(GOOD.encode() + b"# \xff")
    with pytest.raises(SettingsError, match="is not UTF-8"):
        load_source_settings(tmp_path / "bron.toml", environ=ENVIRON)


@pytest.mark.parametrize("name", sorted(file.stem for file in BRONNEN.glob("*.toml")))
def test_the_sources_of_the_demo_can_be_opened(name: str) -> None:
    path = BRONNEN / f"{name}.toml"
    settings = load_source_settings(path, environ={}, definitions=load_catalogue().definitions)
    for data_set in settings.data_sets:
        open_connector(data_set.link, environ={})


def test_rvig_maps_every_element_of_its_sets() -> None:
    settings = load_source_settings(BRONNEN / "rvig.toml", environ={})
    measures_of_courts = {"onder_bewind", "onder_mentorschap"}
    capacity = settings.data_set("bekwaamheid/1")
    assert capacity is not None
    assert not measures_of_courts & set(capacity.link.elements)
    for data_set in settings.data_sets:
        for element in load_catalogue().definitions[data_set.id].elements:
            if element.id in measures_of_courts:
                continue
            assert set(data_set.link.elements[element.id].parts) == {part.id for part in element.parts}


def secret_file(folder: Path, content: bytes = b"geheim\n", mode: int = 0o600) -> SecretRef:
    path = folder / "geheim"
    path.write_bytes(content)
    path.chmod(mode)
    return SecretRef(file=str(path))


def test_a_secret_from_file_or_environment(tmp_path: Path) -> None:
    assert load_secret_value(secret_file(tmp_path), {}).reveal() == "geheim"
    assert load_secret_value(SecretRef(env="GEHEIM"), {"GEHEIM": "geheim"}).reveal() == "geheim"


def test_a_secret_does_not_print(tmp_path: Path) -> None:
    secret = load_secret_value(secret_file(tmp_path), {})
    assert "geheim" not in f"{secret} {secret!r}"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(SecretExposedError, match="chmod 600"):
        load_secret_value(secret_file(tmp_path, mode=mode), {})


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_secret_file_without_a_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SecretMissingError):
        load_secret_value(secret_file(tmp_path, content), {})


@pytest.mark.parametrize("ref", [SecretRef(env="GEHEIM"), SecretRef(file="/nergens/geheim"), SecretRef(file="/tmp")])
def test_a_secret_that_is_not_there_is_refused(ref: SecretRef) -> None:
    with pytest.raises(SecretMissingError):
        load_secret_value(ref, {"GEHEIM": ""})
