# SPDX-License-Identifier: EUPL-1.2
"""What the connector makes of answers of the BRP API: investigation, suspension, counts, partners, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.config.secret import SecretRef
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.connectors.contract import Answer, Query, SourceFailedError, WrongPersonError
from blauweknop.adapters.connectors.conversions import ValueUnreadableError
from blauweknop.adapters.connectors.haal_centraal.connector import (
    FieldsRefusedError,
    HaalCentraalConnector,
    check_mapping,
    fields_of,
)
from blauweknop.adapters.connectors.haal_centraal.fields import FIELDS, LIMITED
from blauweknop.adapters.connectors.haal_centraal.investigation import RESIDENCE, residence_since
from blauweknop.adapters.connectors.settings import ElementMapping, HaalCentraalLink, HeaderSecret
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.demo.gegevens import load
from blauweknop.testing.haal_centraal import BrpApi
from tests.contract.back_ends import BRONNEN, TODAY, serve

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio

MARK = "999996149"
SINCE = {"type": "Datum", "datum": "2021-12-28"}
ADDRESS = "0363010000000001"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def person(**changes: Any) -> dict[str, Any]:
    """Somebody with a name, an address and nothing special."""
    brp: dict[str, Any] = {
        "burgerservicenummer": MARK,
        "naam": {"voornamen": "Mark", "geslachtsnaam": "Boer"},
        "geslacht": {"code": "M"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1987-12-01"}},
        "verblijfplaats": {
            "type": "Adres",
            "verblijfadres": {
                "korteStraatnaam": "Dam",
                "huisnummer": 1,
                "postcode": "1012JS",
                "woonplaats": "Amsterdam",
            },
            "adresseerbaarObjectIdentificatie": ADDRESS,
        },
    }
    return {"bsn": MARK, "brp": brp | changes, "aanvullend": {"burgerlijke_staat": "ongehuwd"}}


def born(*dates: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"geboorte": {"datum": date}} for date in dates]


async def ask(
    made: dict[str, Any],
    *elements: str,
    ref: str = "persoonsgegevens/1",
    residents: list[dict[str, Any]] | None = None,
    supplement: bool = True,
) -> Answer:
    """What comes out of the demo's own configuration when the BRP holds ``made`` alone."""
    api = BrpApi({"personen": [made], "adressen": {ADDRESS: residents or []}})
    async with serve(api.app()) as port:
        connector = connector_of(port, ref, supplement=supplement)
        definition = load_catalogue().definitions[ref]
        wanted = elements or tuple(element.id for element in definition.elements)
        try:
            return await connector.fetch(Query(definition=definition, subject=MARK, elements=wanted, today=TODAY))
        finally:
            await connector.close()


def link_of(port: int, ref: str) -> HaalCentraalLink:
    settings = load_source_settings(BRONNEN / "rvig.toml", environ={"BK_POORT_BRP": str(port)})
    data_set = settings.data_set(ref)
    assert data_set is not None
    assert isinstance(data_set.link, HaalCentraalLink)
    return data_set.link


def connector_of(port: int, ref: str, *, supplement: bool = True) -> HaalCentraalConnector:
    link = link_of(port, ref)
    return HaalCentraalConnector(link if supplement else msgspec.structs.replace(link, supplement=""), {})


def value(answer: Answer, name: str) -> Any:
    return answer.rows[0][name]


async def test_bk041_what_is_under_investigation_says_since_when() -> None:
    plain = await ask(person())
    name = {
        "voornamen": "Mark",
        "geslachtsnaam": "Boer",
        "inOnderzoek": {"voornamen": True, "datumIngangOnderzoek": SINCE},
    }
    marked = await ask(person(naam=name))
    assert value(marked, "voornamen").in_onderzoek == "2021-12-28"
    assert {k: v for k, v in marked.rows[0].items() if k != "voornamen"} == {
        k: v for k, v in plain.rows[0].items() if k != "voornamen"
    }


@pytest.mark.parametrize(
    ("member", "start", "element"),
    [
        ("geslacht", "datumIngangOnderzoekPersoon", "geslacht"),
        ("burgerservicenummer", "datumIngangOnderzoekPersoon", "burgerservicenummer"),
        ("indicatieCurateleRegister", "datumIngangOnderzoekGezag", "onder_curatele"),
    ],
)
async def test_marks_on_the_person_itself(member: str, start: str, element: str) -> None:
    answer = await ask(person(indicatieCurateleRegister=True, inOnderzoek={member: True, start: SINCE}))
    marked = {name for name, one in answer.rows[0].items() if one.in_onderzoek}
    assert marked == {element}


async def test_one_part_of_an_address_marks_the_address() -> None:
    made = person()
    made["brp"]["verblijfplaats"]["verblijfadres"]["inOnderzoek"] = {"huisnummer": True, "datumIngangOnderzoek": SINCE}
    assert value(await ask(made), "adres").in_onderzoek == "2021-12-28"


def investigated(*codes: str) -> dict[str, Any]:
    made = person()
    made["aanvullend"]["in_onderzoek"] = [{"aanduiding": code, "sinds": SINCE} for code in codes]
    return made


@pytest.mark.parametrize("code", ["081400", "081410", "080910", "081020", "081190", "088500", "087210"])
async def test_bk041_a_part_of_the_residence_that_no_element_shows_is_said_at_the_address(code: str) -> None:
    plain, answer = await ask(person()), await ask(investigated(code))
    address = value(answer, "adres")
    assert (address.in_onderzoek, address.opmerking) == ("2021-12-28", "deel-in-onderzoek")
    assert [name for name, one in answer.rows[0].items() if one != plain.rows[0][name]] == ["adres"]


@pytest.mark.parametrize(
    "codes",
    [(), ("080000",), ("089999",), ("081000",), ("081030",), ("081100",), ("081120",), ("081400"[::-1],), ("010000",)],
)
async def test_what_an_element_shows_or_what_is_no_residence_gives_no_remark(codes: tuple[str, ...]) -> None:
    assert await ask(investigated(*codes)) == await ask(person())


async def test_the_address_itself_under_investigation_needs_no_remark() -> None:
    made = investigated("081400")
    marks = {"huisnummer": True, "datumIngangOnderzoek": {"type": "Datum", "datum": "2020-01-01"}}
    made["brp"]["verblijfplaats"]["verblijfadres"]["inOnderzoek"] = marks
    address = value(await ask(made), "adres")
    assert (address.in_onderzoek, address.opmerking) == ("2020-01-01", "")


async def test_an_investigation_of_a_part_without_a_date_is_not_lost() -> None:
    made = investigated("081400")
    del made["aanvullend"]["in_onderzoek"][0]["sinds"]
    assert (value(await ask(made), "adres").in_onderzoek) == TODAY


@pytest.mark.parametrize("code", ["08140", "0814000", "08140a", "\u0660\u0668140\u0660", 81400, None])
def test_a_code_of_another_form_is_refused(code: object) -> None:
    assert residence_since({RESIDENCE: [{"aanduiding": "081400", "datumIngangOnderzoek": SINCE}]}) == "2021-12-28"
    with pytest.raises(ValueUnreadableError):
        residence_since({RESIDENCE: [{"aanduiding": code, "datumIngangOnderzoek": SINCE}]})


@pytest.mark.parametrize("listed", ["081400", {"aanduiding": "081400"}, ["081400"], [None]])
def test_investigations_that_are_no_list_of_objects_are_refused(listed: object) -> None:
    with pytest.raises(ValueUnreadableError):
        residence_since({RESIDENCE: listed})


async def test_the_object_of_an_address_marks_the_counts() -> None:
    made = person()
    marks = {"adresseerbaarObjectIdentificatie": True, "datumIngangOnderzoek": SINCE}
    assert value(await ask(made, ref="huishouden/1"), "aantal_personen_op_adres").in_onderzoek == ""
    made["brp"]["verblijfplaats"]["inOnderzoek"] = marks
    assert value(await ask(made, ref="huishouden/1"), "aantal_personen_op_adres").in_onderzoek == "2021-12-28"


async def test_an_investigation_without_a_date_is_not_lost() -> None:
    name = {"voornamen": "Mark", "inOnderzoek": {"voornamen": True, "datumIngangOnderzoek": {"type": "DatumOnbekend"}}}
    assert value(await ask(person(naam=name)), "voornamen").in_onderzoek == TODAY


async def test_bk041_a_partial_birth_date_stays_partial() -> None:
    answer = await ask(person(geboorte={"datum": {"type": "JaarMaandDatum", "jaar": 1978, "maand": 3}}))
    assert (value(answer, "geboortedatum").waarde, value(answer, "geboortedatum").opmerking) == (
        "1978-03",
        "deels-onbekend",
    )


async def test_bk041_a_date_that_the_register_cannot_read_says_so() -> None:
    made = person(geboorte={"datum": {"type": "JaarDatum", "jaar": 1966}})
    assert value(await ask(made), "geboortedatum").opmerking == "deels-onbekend"
    made["opmerkingen"] = [{"pad": "/geboorte/datum", "reden": "datum_onleesbaar", "gevonden": "1966-00-13"}]
    found = value(await ask(made), "geboortedatum")
    assert (found.waarde, found.opmerking) == ("1966", "datum-onleesbaar")


@pytest.mark.parametrize("reason", ["E", "O", "R", "M"])
async def test_a_record_no_longer_kept_has_its_last_day_as_reference_date(reason: str) -> None:
    suspended = {"reden": {"code": reason}, "datum": {"type": "Datum", "datum": "2019-05-04"}}
    assert value(await ask(person()), "adres").peildatum == TODAY
    assert value(await ask(person(opschortingBijhouding=suspended)), "adres").peildatum == "2019-05-04"


@pytest.mark.parametrize("reason", ["F", "W"])
async def test_a_record_that_is_wrong_as_a_whole_is_not_handed_out(reason: str) -> None:
    answer = await ask(person(opschortingBijhouding={"reden": {"code": reason}}))
    assert (answer.known, answer.rows) == (False, ())


async def test_secrecy_does_not_keep_people_from_their_own_data() -> None:
    answer = await ask(person(geheimhoudingPersoonsgegevens=True))
    assert value(answer, "adres").waarde == "Dam 1, 1012 JS Amsterdam"


@pytest.mark.parametrize("group", ["partners", "kinderen", "ouders"])
def test_nothing_of_others_can_be_asked_but_name_birth_and_bond(group: str) -> None:
    mapping = link_of(1, "huishouden/1").elements["partner" if group == "partners" else group]
    allowed = {"naam", "geboorte", "soortVerbintenis", "aangaanHuwelijkPartnerschap", "ontbindingHuwelijkPartnerschap"}
    assert {field.split(".")[1] for field in fields_of(mapping)} <= allowed
    assert not [field for field in FIELDS if field.startswith(f"{group}.verblijfplaats")]


@pytest.mark.parametrize("number", ["0363", "0" * 16, "036301000000000X"])
async def test_an_address_that_cannot_be_asked_for_has_no_count_made_up(number: str) -> None:
    made = person()
    made["brp"]["verblijfplaats"]["adresseerbaarObjectIdentificatie"] = number
    answer = await ask(made, "aantal_personen_op_adres", ref="huishouden/1")
    if number.strip("0"):
        assert answer.missing == (MissingElement(element="aantal_personen_op_adres", reden=Missing.NOT_DELIVERED),)
    else:
        assert value(answer, "aantal_personen_op_adres").waarde is None


FULL, MONTH, YEAR = "Datum", "JaarMaandDatum", "JaarDatum"


@pytest.mark.parametrize(
    ("date", "minors", "remark"),
    [
        ({"type": FULL, "datum": "2008-11-01"}, 0, ""),  # eighteen today
        ({"type": FULL, "datum": "2008-11-02"}, 1, ""),  # tomorrow
        ({"type": MONTH, "jaar": 2008, "maand": 10}, 0, ""),
        ({"type": MONTH, "jaar": 2008, "maand": 11}, 0, "deels-onbekend"),
        ({"type": MONTH, "jaar": 2008, "maand": 12}, 1, ""),
        ({"type": YEAR, "jaar": 2007}, 0, ""),
        ({"type": YEAR, "jaar": 2008}, 0, "deels-onbekend"),
        ({"type": YEAR, "jaar": 2009}, 1, ""),
        ({"type": "DatumOnbekend", "onbekend": True}, 0, "deels-onbekend"),
    ],
)
async def test_only_who_certainly_is_a_minor_is_counted(date: dict[str, Any], minors: int, remark: str) -> None:
    adult = {"type": FULL, "datum": "1980-01-01"}
    answer = await ask(person(), ref="huishouden/1", residents=born(adult, date))
    assert value(answer, "aantal_personen_op_adres").waarde == 2
    found = value(answer, "aantal_minderjarigen_op_adres")
    assert (found.waarde, found.opmerking) == (minors, remark)


async def test_without_an_address_there_is_no_count() -> None:
    answer = await ask(person(verblijfplaats={"type": "VerblijfplaatsOnbekend"}), ref="huishouden/1")
    assert value(answer, "aantal_personen_op_adres").waarde is None


def bond(name: str, *, ended: str = "", kind: str = "H") -> dict[str, Any]:
    end = {"ontbindingHuwelijkPartnerschap": {"datum": {"type": FULL, "datum": ended}}} if ended else {}
    return {"naam": {"geslachtsnaam": name}, "soortVerbintenis": {"code": kind}, **end}


@pytest.mark.parametrize(
    ("partners", "name"),
    [
        ([bond("Smit")], "Smit"),
        ([bond("Smit", ended="2015-01-01"), bond("Vries")], "Vries"),
        ([bond("Vries"), bond("Smit", ended="2015-01-01")], "Vries"),
        ([bond("Smit", ended="2015-01-01"), bond("Vries", ended="2019-03-15")], "Vries"),
        ([bond("Vries", ended="2019-03-15"), bond("Smit", ended="2015-01-01")], "Vries"),
    ],
)
async def test_the_partner_is_the_one_of_now_or_else_the_last(partners: list[dict[str, Any]], name: str) -> None:
    answer = await ask(person(partners=partners), "partner", ref="huishouden/1")
    assert value(answer, "partner").waarde["geslachtsnaam"].waarde == name


async def test_nobody_means_no_partner_and_no_children() -> None:
    answer = await ask(person(), ref="huishouden/1")
    assert value(answer, "partner").waarde is None
    assert value(answer, "kinderen").waarde == ()


@pytest.mark.parametrize(
    ("partners", "state"),
    [
        ([], "ongehuwd"),
        ([bond("Smit")], "gehuwd"),
        ([bond("Smit", kind="P")], "partnerschap"),
        ([bond("Smit", ended="2019-03-15")], None),
    ],
)
async def test_without_a_supplement_only_the_bond_itself_speaks(
    partners: list[dict[str, Any]], state: str | None
) -> None:
    answer = await ask(person(partners=partners), ref="huishouden/1", supplement=False)
    if state is None:
        gone = {missing.element for missing in answer.missing}
        assert gone == {"burgerlijke_staat", "partner.reden_ontbinding"}
        assert MissingElement(element="burgerlijke_staat", reden=Missing.NOT_DELIVERED) in answer.missing
        assert "reden_ontbinding" not in value(answer, "partner").waarde
    else:
        assert value(answer, "burgerlijke_staat").waarde == state
        assert answer.missing == ()


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({"huisletter": "A", "huisnummertoevoeging": "2"}, "Dam 1A-2, 1012 JS Amsterdam"),
        ({"aanduidingBijHuisnummer": {"code": "to"}}, "Dam tegenover 1, 1012 JS Amsterdam"),
    ],
)
async def test_an_address_in_one_line(place: dict[str, Any], text: str) -> None:
    made = person()
    made["brp"]["verblijfplaats"]["verblijfadres"] |= place
    assert value(await ask(made), "adres").waarde == text


async def test_an_address_abroad() -> None:
    abroad = {
        "type": "VerblijfplaatsBuitenland",
        "verblijfadres": {"regel1": "1 Main St", "land": {"code": "6014", "omschrijving": "Verenigde Staten"}},
    }
    assert value(await ask(person(verblijfplaats=abroad)), "adres").waarde == "1 Main St, Verenigde Staten"


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"type": "Nationaliteit", "nationaliteit": {"code": "0052", "omschrijving": "Belgische"}}, "0052"),
        ({"type": "Staatloos"}, "0499"),
        ({"type": "NationaliteitOnbekend"}, "0000"),
        ({"type": "BehandeldAlsNederlander"}, "0002"),
        ({"type": "VastgesteldNietNederlander"}, "0500"),
    ],
)
async def test_nationality_by_kind(item: dict[str, Any], code: str) -> None:
    answer = await ask(person(nationaliteiten=[item]))
    (row,) = value(answer, "nationaliteiten").waarde
    assert row["nationaliteit"].waarde == code
    assert row["omschrijving"].waarde


async def test_a_code_outside_the_definition_is_not_given() -> None:
    assert value(await ask(person(geslacht={"code": "M"})), "geslacht").waarde == "M"
    answer = await ask(person(geslacht={"code": "?"}))
    assert "geslacht" not in answer.rows[0]
    assert answer.missing == (MissingElement(element="geslacht", reden=Missing.NOT_DELIVERED),)


async def test_a_supplement_about_another_person_is_refused() -> None:
    made = person()
    api = BrpApi({"personen": [made], "adressen": {}})
    made["bsn"] = "999991772"
    async with serve(api.app()) as port:
        connector = connector_of(port, "huishouden/1")
        definition = load_catalogue().definitions["huishouden/1"]
        with pytest.raises(WrongPersonError):
            await connector.fetch(
                Query(definition=definition, subject=MARK, elements=("burgerlijke_staat",), today=TODAY)
            )
        await connector.close()


@pytest.mark.parametrize("key", ["juist", "onjuist"])
async def test_the_key_of_the_api_is_sent(tmp_path: Path, key: str) -> None:
    (tmp_path / "sleutel").write_text(f"{key}\n")
    (tmp_path / "sleutel").chmod(0o600)
    async with serve(BrpApi({"personen": [person()]}, api_key="juist").app()) as port:
        ref = SecretRef(file=str(tmp_path / "sleutel"))
        link = msgspec.structs.replace(
            link_of(port, "persoonsgegevens/1"), key=HeaderSecret(header="X-API-Key", value=ref)
        )
        connector = HaalCentraalConnector(link, {})
        definition = load_catalogue().definitions["persoonsgegevens/1"]
        query = Query(definition=definition, subject=MARK, elements=("voornamen",), today=TODAY)
        if key == "juist":
            assert (await connector.fetch(query)).known
        else:
            with pytest.raises(SourceFailedError) as caught:
                await connector.fetch(query)
            assert caught.value.reason == "geweigerd"
            assert key not in str(caught.value)
        await connector.close()


@pytest.mark.parametrize(
    "mapping",
    [
        ElementMapping(field="naam.roepnaam"),
        ElementMapping(field="opschortingBijhouding"),
        ElementMapping(field="geheimhoudingPersoonsgegevens"),
        ElementMapping(field="naam.inOnderzoek"),
        ElementMapping(derived="leeftijd"),
        ElementMapping(field="partners", parts={"adres": ElementMapping(field="verblijfplaats")}),
        ElementMapping(field="kinderen", parts={"reden": ElementMapping(derived="onbekend")}),
    ],
)
def test_a_field_that_the_api_does_not_know_is_refused_at_the_start(mapping: ElementMapping) -> None:
    with pytest.raises(FieldsRefusedError, match="naam-van-element"):
        check_mapping("naam-van-element", mapping)


def test_the_legal_fields_are_those_of_the_api(shared_data: Path) -> None:
    published = set((shared_data / "brp" / "fields-Persoon.csv").read_text(encoding="utf-8-sig").split()) - {"pad"}
    assert published == FIELDS
    assert LIMITED < FIELDS


@pytest.mark.parametrize(
    ("bsn", "element", "shown"),
    [
        ("999992351", "geboortedatum", "1978-03"),
        ("999997610", "burgerlijke_staat", "ongehuwd"),
        ("999993355", "partner.datum_ontbinding", "2015"),
        ("999996149", "kinderen", 2),
        ("999997622", "onder_curatele", True),
        ("999994001", "partner.reden_ontbinding", "O"),
        ("999994001", "burgerlijke_staat", "weduwe-weduwnaar"),
        ("999991772", "partner", None),
        ("999997610", "aantal_minderjarigen_op_adres", 1),
    ],
)
async def test_hard_people_of_the_demo(bsn: str, element: str, shown: Any) -> None:
    name, _, part = element.partition(".")
    catalogue = load_catalogue().definitions
    ref = next(ref for ref in ("persoonsgegevens/1", "huishouden/1") if catalogue[ref].element(name))
    async with serve(BrpApi(load("rvig")).app()) as port:
        connector = connector_of(port, ref)
        answer = await connector.fetch(Query(definition=catalogue[ref], subject=bsn, elements=(name,), today=TODAY))
        await connector.close()
    found = value(answer, name).waarde
    found = found[part].waarde if part else found
    assert (len(found) if isinstance(found, tuple) else found) == shown


async def test_jan_kees_is_under_investigation_in_all_of_his_own_category() -> None:
    catalogue = load_catalogue().definitions["persoonsgegevens/1"]
    names = ("voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum", "geboorteplaats", "geslacht", "naamgebruik")
    async with serve(BrpApi(load("rvig")).app()) as port:
        connector = connector_of(port, "persoonsgegevens/1")
        answer = await connector.fetch(Query(definition=catalogue, subject="999993355", elements=names, today=TODAY))
        await connector.close()
    assert {one.in_onderzoek for one in answer.rows[0].values()} == {"2021-12-28"}
