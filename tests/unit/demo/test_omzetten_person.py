# SPDX-License-Identifier: EUPL-1.2
"""From rows of our own making to a person as the BRP API gives one: nothing incorrect, nothing guessed."""

from collections.abc import Callable
from typing import Any

import pytest

from blauweknop.demo.omzetten.brp_person import BrpPerson
from blauweknop.demo.omzetten.cells import Reading
from blauweknop.demo.omzetten.investigation import places
from blauweknop.demo.omzetten.residence import residents
from blauweknop.demo.omzetten.rvig_list import PersonList

ConvertOne = Callable[..., BrpPerson]
MakeLists = Callable[..., tuple[PersonList, ...]]
MARIA = "999996149"
PIETER = "999992351"
OWN = {"01.01.20": MARIA, "01.02.10": "Maria", "01.02.40": "Test", "01.03.10": "19780300", "07.70.10": "0"}


def brp(person: BrpPerson) -> dict[str, Any]:
    return dict(person.brp.tree)


def remarks(person: BrpPerson) -> list[tuple[str, str, str]]:
    return [(r["pad"], r["reden"], r["gevonden"]) for r in person.brp.remarks if isinstance(r, dict)]  # type: ignore[misc]


def test_a_partial_birth_date_stays_partial(convert_one: ConvertOne) -> None:
    person = convert_one(OWN)
    assert brp(person)["geboorte"]["datum"] == {
        "type": "JaarMaandDatum",
        "jaar": 1978,
        "maand": 3,
        "langFormaat": "maart 1978",
    }
    assert remarks(person) == []


def test_an_unreadable_birth_date_is_the_year_with_a_remark(convert_one: ConvertOne) -> None:
    person = convert_one({**OWN, "01.03.10": "19660013"})
    assert brp(person)["geboorte"]["datum"]["jaar"] == 1966
    assert remarks(person) == [("/geboorte/datum", "datum_onleesbaar", "19660013")]


def test_trailing_blanks_go_and_markup_stays_text(convert_one: ConvertOne) -> None:
    naam = brp(convert_one({**OWN, "01.02.10": "<Onbekend> & </x> ", "01.02.40": "Rente @ 100%"}))["naam"]
    assert naam == {"voornamen": "<Onbekend> & </x>", "geslachtsnaam": "Rente @ 100%"}


def test_a_name_of_two_hundred_characters_is_kept_whole(convert_one: ConvertOne) -> None:
    assert brp(convert_one({**OWN, "01.02.40": "x" * 200}))["naam"]["geslachtsnaam"] == "x" * 200


@pytest.mark.parametrize(("code", "sort"), [("JH", "predicaat"), ("B", "titel")])
def test_a_title_says_its_sort(convert_one: ConvertOne, code: str, sort: str) -> None:
    assert brp(convert_one({**OWN, "01.02.20": code}))["naam"]["adellijkeTitelPredicaat"]["soort"] == sort


@pytest.mark.parametrize("cell", ["05", "55"])
def test_nobody_dies_of_a_shifted_cell(convert_one: ConvertOne, cell: str) -> None:
    assert "overlijden" in brp(convert_one({**OWN, "06.08.10": "20180526"}))
    assert "overlijden" not in brp(convert_one({**OWN, "06.08.10": cell}))


def test_an_incorrect_death_is_no_death(convert_one: ConvertOne) -> None:
    assert "overlijden" not in brp(convert_one({**OWN, "06.08.10": "20180526", "06.84.10": "O"}))


@pytest.mark.parametrize(("code", "told"), [("0", None), ("", None), ("1", True), ("4", True), ("7", True)])
def test_secrecy_is_yes_for_the_api_and_a_code_for_the_source(
    convert_one: ConvertOne, code: str, told: bool | None
) -> None:
    person = convert_one({**OWN, "07.70.10": code})
    assert (brp(person).get("geheimhoudingPersoonsgegevens"), person.secrecy_code) == (told, code or "0")


STRUCK_OUT = {"09.01.10": "1111111111", "09.01.20": PIETER, "09.02.10": "Willem", "09.84.10": "O"}


def test_a_struck_out_child_shows_nowhere(convert_one: ConvertOne) -> None:
    kept = {"09.01.10": "2222222222", "09.02.10": "Sara"}
    person = convert_one({**OWN, "09.85.10": "20190220", "09.H": "59"}, {**STRUCK_OUT, "09.H": "09"}, kept)
    assert [child["naam"] for child in brp(person)["kinderen"]] == [{"voornamen": "Sara"}]
    assert "Willem" not in repr(person.as_json())
    assert PIETER not in repr(person.as_json())


def test_the_number_of_somebody_off_stage_is_left_out(convert_one: ConvertOne) -> None:
    on, off = (brp(convert_one({**OWN, "09.01.20": number, "09.02.10": "Sara"})) for number in (PIETER, "999992363"))
    assert on["kinderen"][0]["burgerservicenummer"] == PIETER
    assert "burgerservicenummer" not in off["kinderen"][0]
    assert off["kinderen"][0]["naam"] == {"voornamen": "Sara"}


def test_a_parent_never_known_is_left_out(convert_one: ConvertOne) -> None:
    parents = brp(convert_one({**OWN, "02.02.10": "Lisette", "02.02.40": "Test", "03.H": ""}))["ouders"]
    assert [(parent["ouderAanduiding"], parent["naam"]["voornamen"]) for parent in parents] == [("1", "Lisette")]


MARRIED = {"05.01.10": "1", "05.02.40": "Eerste", "05.06.10": "20010730", "05.15.10": "H"}
ENDED = {"05.01.10": "1", "05.02.40": "Eerste", "05.07.10": "20030921", "05.07.40": "S", "05.15.10": "H"}
SECOND = {"05.01.10": "2", "05.02.40": "Tweede", "05.06.10": "20080801", "05.15.10": "H"}


def test_the_present_partner_goes_before_the_last_one(convert_one: ConvertOne) -> None:
    person = convert_one({**OWN, **SECOND, "05.H": "05"}, {**ENDED, "05.H": "55"}, MARRIED)
    (partner,) = brp(person)["partners"]
    assert partner["naam"]["geslachtsnaam"] == "Tweede"
    assert "ontbindingHuwelijkPartnerschap" not in partner
    assert person.extra.tree["burgerlijke_staat"] == "gehuwd"


def test_of_an_ended_bond_the_start_comes_from_its_history(convert_one: ConvertOne) -> None:
    person = convert_one({**OWN, **ENDED, "05.H": "55"}, MARRIED)
    (partner,) = brp(person)["partners"]
    assert partner["aangaanHuwelijkPartnerschap"]["datum"]["datum"] == "2001-07-30"
    assert partner["ontbindingHuwelijkPartnerschap"]["datum"]["datum"] == "2003-09-21"
    assert person.brp.origins["/partners/0/aangaanHuwelijkPartnerschap/datum"].path == "Lg01_1/1/05.06.10"
    assert person.extra.tree == {"burgerlijke_staat": "gescheiden", "reden_ontbinding": "S"}


def test_incorrect_history_gives_no_start(convert_one: ConvertOne) -> None:
    person = convert_one({**OWN, **ENDED, "05.H": "55"}, {**MARRIED, "05.84.10": "O"})
    assert "aangaanHuwelijkPartnerschap" not in brp(person)["partners"][0]


def test_an_end_in_a_year_only_stays_a_year(convert_one: ConvertOne) -> None:
    person = convert_one({**OWN, **ENDED, "05.07.10": "2015"})
    assert brp(person)["partners"][0]["ontbindingHuwelijkPartnerschap"]["datum"]["jaar"] == 2015
    assert remarks(person) == [("/partners/0/ontbindingHuwelijkPartnerschap/datum", "datum_onleesbaar", "2015")]


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({}, "ongehuwd"),
        (MARRIED, "gehuwd"),
        ({**ENDED}, "gescheiden"),
        ({**ENDED, "05.07.40": "O"}, "weduwe-weduwnaar"),
        ({**MARRIED, "05.15.10": "P"}, "partnerschap"),
        ({**ENDED, "05.15.10": "P"}, "partnerschap-beeindigd"),
        ({**ENDED, "05.15.10": "P", "05.07.40": "O"}, "achtergebleven-partner"),
        ({**ENDED, "05.07.40": "N"}, "onbekend"),
    ],
)
def test_marital_state(convert_one: ConvertOne, cells: dict[str, str], state: str) -> None:
    assert convert_one({**OWN, **cells}).extra.tree["burgerlijke_staat"] == state


@pytest.mark.parametrize("code", ["C", "CD", "1C", "2C", "3C"])
def test_an_authority_code_outside_the_table_has_no_words(convert_one: ConvertOne, code: str) -> None:
    known = brp(convert_one({**OWN, "11.32.10": "12"}))["indicatieGezagMinderjarige"]
    person = convert_one({**OWN, "11.32.10": code})
    assert known == {"code": "12", "omschrijving": "beiden"}
    assert brp(person)["indicatieGezagMinderjarige"] == {"code": code}
    assert remarks(person) == [("/indicatieGezagMinderjarige", "code_onbekend", code)]


@pytest.mark.parametrize(("cells", "shown"), [({"11.33.10": "1"}, True), ({"11.33.10": "1", "11.84.10": "O"}, None)])
def test_guardianship(convert_one: ConvertOne, cells: dict[str, str], shown: bool | None) -> None:
    assert brp(convert_one({**OWN, **cells})).get("indicatieCurateleRegister") is shown


def test_no_permit_any_more_is_no_permit(convert_one: ConvertOne) -> None:
    assert brp(convert_one({**OWN, "10.39.10": "21", "10.39.20": "20300101"}))["verblijfstitel"]["datumEinde"] == {
        "type": "Datum",
        "datum": "2030-01-01",
        "langFormaat": "1 januari 2030",
    }
    assert "verblijfstitel" not in brp(convert_one({**OWN, "10.39.10": "98"}))


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"04.05.10": "0001", "04.63.10": "017"}, "Nationaliteit"),
        ({"04.05.10": "0500"}, "VastgesteldNietNederlander"),
        ({"04.05.10": "0499"}, "Staatloos"),
        ({"04.05.10": "0000"}, "NationaliteitOnbekend"),
        ({"04.65.10": "B"}, "BehandeldAlsNederlander"),
    ],
)
def test_sorts_of_nationality(convert_one: ConvertOne, cells: dict[str, str], kind: str) -> None:
    assert [found["type"] for found in brp(convert_one({**OWN, **cells}))["nationaliteiten"]] == [kind]


def test_an_ended_nationality_is_left_out(convert_one: ConvertOne) -> None:
    ended = {**OWN, "04.64.10": "404", "04.H": "54"}
    person = convert_one(ended, {"04.05.10": "0065", "04.H": "04"}, {"04.05.10": "0001"})
    assert [found["nationaliteit"]["code"] for found in brp(person)["nationaliteiten"]] == ["0001"]


ADDRESS = {
    "08.11.10": "Kade",
    "08.11.15": "Kade",
    "08.11.20": "51",
    "08.11.60": "3065PE",
    "08.11.80": "0599010000000001",
}


def test_a_street_with_broken_accents_is_taken_from_the_short_form(convert_one: ConvertOne) -> None:
    whole = brp(convert_one({**OWN, **ADDRESS}))["verblijfplaats"]["verblijfadres"]
    broken = {**ADDRESS, "08.11.10": "François Kade", "08.11.15": "FranËcois Kade"}
    person = convert_one({**OWN, **broken})
    assert whole["officieleStraatnaam"] == whole["korteStraatnaam"] == "Kade"
    assert brp(person)["verblijfplaats"]["verblijfadres"]["korteStraatnaam"] == "François Kade"
    assert "FranËcois" not in repr(person.as_json())


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (ADDRESS, "Adres"),
        ({"08.12.10": "Woonboot in de haven"}, "Locatie"),
        ({"08.13.10": "5010", "08.13.20": "20100101", "08.13.30": "Rue 1"}, "VerblijfplaatsBuitenland"),
        ({"08.13.10": "0000", "08.13.20": "20100101"}, "VerblijfplaatsOnbekend"),
        ({"08.11.10": "."}, None),
        ({"08.09.10": "0599"}, None),
        ({**ADDRESS, "08.84.10": "O"}, None),
    ],
)
def test_sorts_of_residence(convert_one: ConvertOne, cells: dict[str, str], kind: str | None) -> None:
    assert brp(convert_one({**OWN, **cells})).get("verblijfplaats", {}).get("type") == kind


def test_a_municipality_outside_the_table_has_no_words(convert_one: ConvertOne) -> None:
    assert brp(convert_one({**OWN, "08.09.10": "0599"}))["gemeenteVanInschrijving"]["omschrijving"] == "Rotterdam"
    person = convert_one({**OWN, "08.09.10": "1810"})
    assert brp(person)["gemeenteVanInschrijving"] == {"code": "1810"}
    assert remarks(person) == [("/gemeenteVanInschrijving", "code_onbekend", "1810")]


@pytest.mark.parametrize(
    ("country", "member"), [("5010", "landVanwaarIngeschreven"), ("0000", "vanuitVerblijfplaatsOnbekend")]
)
def test_where_somebody_came_from(convert_one: ConvertOne, country: str, member: str) -> None:
    assert member in brp(convert_one({**OWN, "08.14.10": country, "08.14.20": "19980802"}))["immigratie"]


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("010310", ("geboorte/datum", "leeftijd")),
        ("020210", ("naam/voornamen", "naam/voorletters")),
        ("081400", ("immigratie/landVanwaarIngeschreven", "immigratie/datumVestigingInNederland")),
        ("081120", ("verblijfplaats/verblijfadres/huisnummer",)),
        ("990000", ()),
        ("580000", ()),
    ],
)
def test_an_investigation_covers_what_its_code_names(code: str, marked: tuple[str, ...]) -> None:
    assert places(code) == marked


def test_a_whole_category_covers_all_its_values() -> None:
    assert {"burgerservicenummer", "naam/geslachtsnaam", "geboorte/plaats", "geslacht"} <= set(places("010000"))
    assert set(places("080000")) == set(places("089999"))


def test_under_investigation_is_marked_beside_the_value_with_its_date(convert_one: ConvertOne) -> None:
    open_now = {**OWN, "01.83.10": "010310", "01.83.20": "20211228"}
    found = brp(convert_one(open_now))
    assert found["geboorte"]["inOnderzoek"]["datum"] is True
    assert found["geboorte"]["inOnderzoek"]["datumIngangOnderzoek"]["datum"] == "2021-12-28"
    assert found["inOnderzoek"]["datumIngangOnderzoekPersoon"]["datum"] == "2021-12-28"
    assert "inOnderzoek" not in found["naam"]
    ended = convert_one({**open_now, "01.83.30": "20220101"})
    assert "inOnderzoek" not in repr(ended.as_json())
    assert "in_onderzoek" not in ended.extra.tree


def test_not_living_at_the_address_is_said(convert_one: ConvertOne) -> None:
    person = convert_one({**OWN, **ADDRESS, "08.83.10": "089999", "08.83.20": "20210702"})
    assert brp(person)["verblijfplaats"]["indicatieVastgesteldVerblijftNietOpAdres"] is True
    assert person.extra.tree["in_onderzoek"][0]["aanduiding"] == "089999"  # type: ignore[index, call-overload]


def test_same_address_object_is_counted_and_nothing_more(make_lists: MakeLists, reading: Reading) -> None:
    here = {"08.11.10": "Kade", "08.11.80": "0599010000000001"}
    lists = make_lists(
        [{**OWN, **here}],
        [{"01.01.20": "999992363", "01.03.10": "20100101", **here}],
        [{"01.02.40": "Zonder nummer", **here}],
        [{"01.01.20": PIETER, "06.08.10": "20180526", **here}],
        [{"01.01.20": "000009866", "07.67.20": "E", **here}],
        [{"01.01.20": "000009830", **here, "08.84.10": "O"}],
        [{"01.01.20": "999996150", **here, "08.11.80": "0599010000000002"}],
        [{"01.01.20": "999996162", "06.08.10": "05", **here}],
    )
    found = residents(lists, reading)
    assert {key: len(people) for key, people in found.items()} == {"0599010000000001": 4, "0599010000000002": 1}
    numbers = [person.tree.get("burgerservicenummer") for person in found["0599010000000001"]]
    assert numbers == [MARIA, None, None, None]
