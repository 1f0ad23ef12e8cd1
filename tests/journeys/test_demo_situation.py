# SPDX-License-Identifier: EUPL-1.2
"""Money, care and representation of the hard people of the cast, as ``demo --once`` hands them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.once import plain

if TYPE_CHECKING:
    from blauweknop.core.dataset.value import Row
    from tests.journeys.once import Output

COLLECTORS = ("belastingdienst", "cjib", "lbio", "cak", "gemeenten")
LESS = {"aflossing", "vermindering"}
REINDERT = "999993719"


def rows(output: Output, citizen: str, name: str) -> tuple[Row, ...]:
    return output.set_of(f"{citizen}/{name}-1.sd-jwt").rows


def claims(output: Output, citizen: str) -> list[Row]:
    return [row for source in COLLECTORS for row in rows(output, citizen, f"{source}-vorderingen")]


def test_bk041_marks_claims_add_up_and_what_is_disputed_stands_apart(output: Output) -> None:
    owed = claims(output, "mark-de-boer")
    counted = {plain(row["vordering_id"]): plain(row["openstaand"]) for row in owed if plain(row["betwist"]) is False}
    assert sorted(counted.values()) == [30900, 48400, 61200, 124000, 850000]
    assert sum(counted.values()) == 1114500
    assert {(row["openstaand"].begrip, row["openstaand"].eenheid, row["openstaand"].peildatum) for row in owed} == {
        ("openstaand/1", "eurocent", "2026-11-01")
    }
    (disputed,) = [row for row in owed if plain(row["betwist"]) is True]
    assert (plain(disputed["openstaand"]), plain(disputed["bezwaar_tot"])) == (234500, "2026-11-20")
    assert plain(disputed["beslisser"]) == "Gemeente Tiel"


def test_the_same_debt_in_box_3_is_another_concept_and_never_added(output: Output) -> None:
    (year,) = rows(output, "mark-de-boer", "belastingdienst-inkomen")
    (tax,) = [row for row in claims(output, "mark-de-boer") if plain(row["soort"]) == "belasting"]
    assert plain(year["schulden_box3"]) == plain(tax["openstaand"]) == 850000
    assert year["schulden_box3"].begrip != tax["openstaand"].begrip
    assert plain(tax["betalingsregeling"]) == "lopend"


def test_who_decided_and_who_collects_can_differ(output: Output) -> None:
    (back,) = [row for row in claims(output, "mark-de-boer") if plain(row["soort"]) == "toeslag"]
    assert (plain(back["beslisser"]), plain(back["inner"])) == ("Dienst Toeslagen", "Belastingdienst")
    assert rows(output, "mark-de-boer", "toeslagen-toeslagen") == ()


@pytest.mark.parametrize("citizen", ["mark-de-boer", "lohstroh-denise"])
def test_bk045_what_is_open_follows_from_the_events(output: Output, citizen: str) -> None:
    owed = claims(output, citizen)
    assert owed
    for row in owed:
        events = plain(row["gebeurtenissen"])
        moved = sum(-one["bedrag"] if one["soort"] in LESS else one["bedrag"] for one in events)
        assert plain(row["openstaand"]) == plain(row["hoofdsom"]) + moved
        known = {one["gebeurtenis_id"] for one in events}
        assert {one["corrigeert"] for one in events} <= known | {None}
        assert [one["datum"] for one in events] == sorted(one["datum"] for one in events)


def test_a_wrong_event_is_put_right_by_a_later_one(output: Output) -> None:
    (upkeep,) = rows(output, "mark-de-boer", "lbio-vorderingen")
    events = plain(upkeep["gebeurtenissen"])
    (correction,) = [one for one in events if one["corrigeert"]]
    (wrong,) = [one for one in events if one["gebeurtenis_id"] == correction["corrigeert"]]
    assert wrong["datum"] < correction["datum"]


def test_denises_claims_and_the_exemption_that_has_passed(output: Output) -> None:
    owed = {plain(row["beslisser"]): plain(row["openstaand"]) for row in claims(output, "lohstroh-denise")}
    assert owed == {"CAK": 86400, "Gemeente Den Haag": 121000}
    rejected, granted = rows(output, "lohstroh-denise", "gemeenten-bijstand")
    assert (plain(rejected["besluit"]), plain(rejected["besluitdatum"])) == ("afwijzing", "2017-08-21")
    assert (plain(granted["maandbedrag"]), plain(granted["maandbedrag"]) * 12) == (90750, 1089000)
    assert plain(granted["ontheffing_tot"]) == "2026-09-01" < granted["ontheffing_tot"].peildatum
    (unfit,) = rows(output, "lohstroh-denise", "uwv-loon-en-uitkering")
    assert plain(unfit["arbeidsongeschiktheidspercentage"]) == 40


def test_estrellas_allowances_are_provisional_and_her_pay_is_three_things(output: Output) -> None:
    allowances = rows(output, "estrella-de-jager", "toeslagen-toeslagen")
    assert {plain(row["toeslag"]): plain(row["maandbedrag"]) for row in allowances} == {
        "zorg": 13100,
        "huur": 28700,
        "kgb": 36800,
    }
    assert {row["maandbedrag"].status for row in allowances} == {"voorlopig"}
    assert all(plain(row["jaarbedrag"]) == 12 * plain(row["maandbedrag"]) for row in allowances)
    assert {plain(row["toetsingsinkomen"]) for row in allowances} == {1900000}
    past, now = rows(output, "estrella-de-jager", "uwv-loon-en-uitkering")
    assert (plain(past["jaarloon"]), plain(now["uren_per_week"])) == (1900000, 16)
    pay = [now[name] for name in ("brutoloon_maand", "nettoloon_maand", "vakantiegeld")]
    assert [plain(one) for one in pay] == [158333, 146500, 152000]
    assert len({one.begrip for one in pay}) == 3


def test_kevin_owes_nothing_that_any_source_knows_and_that_is_sealed(output: Output) -> None:
    for source in COLLECTORS:
        nothing = output.set_of(f"kevin-de-boer/{source}-vorderingen-1.sd-jwt")
        assert (nothing.rows, nothing.missing) == ((), ())
    (pay,) = rows(output, "kevin-de-boer", "uwv-loon-en-uitkering")
    assert (plain(pay["brutoloon_maand"]), plain(pay["jaarloon"])) == (578000, None)


def test_koos_earned_a_lot_last_year_and_works_no_hours_now(output: Output) -> None:
    past, now = rows(output, "koos-smit", "uwv-loon-en-uitkering")
    assert (plain(past["jaar"]), plain(past["jaarloon"]), plain(past["uren_per_week"])) == (2025, 3200000, 32)
    assert past["jaarloon"].periode is not None
    assert past["jaarloon"].periode.tot == "2025-12-31"
    assert (plain(now["jaar"]), plain(now["jaarloon"]), plain(now["uren_per_week"])) == (2026, None, 0)
    (measure,) = rows(output, "koos-smit", "rechtspraak-vertegenwoordiging")
    assert (plain(measure["soort"]), plain(measure["van"])) == ("bewind", "2023-03-01")


def test_jules_was_rejected_and_can_still_object(output: Output) -> None:
    (decision,) = rows(output, "jules-overvaart", "ciz-wlz-indicatie")
    assert (plain(decision["besluit"]), plain(decision["besluitdatum"])) == ("afgewezen", "2026-10-12")
    assert decision["bezwaar_tot"].peildatum < plain(decision["bezwaar_tot"]) == "2026-11-23"
    assert "24 uur per dag" in plain(decision["reden_afwijzing"])
    assert plain(decision["doorverwezen_naar"]) == "Wmo, gemeente Rotterdam"
    assert plain(decision["zorgprofiel"]) is None
    (mandate,) = rows(output, "jules-overvaart", "rechtspraak-vertegenwoordiging")
    assert (plain(mandate["soort"]), plain(mandate["vertegenwoordiger"])) == ("volmacht", "999990226")
    assert plain(mandate["van"]) == "2021-05-01"


def test_danielle_sees_everything_her_own_guardianship_too(output: Output) -> None:
    (decision,) = rows(output, "danielle-nolles", "ciz-wlz-indicatie")
    assert (plain(decision["besluit"]), plain(decision["zorgprofiel"])) == ("toegekend", "VG06")
    assert (plain(decision["ingangsdatum"]), plain(decision["einddatum"])) == ("2026-03-02", None)
    (benefit,) = rows(output, "danielle-nolles", "uwv-loon-en-uitkering")
    assert (plain(benefit["uitkering_soort"]), plain(benefit["uitkering_bruto_maand"])) == ("WAJONG", 150000)
    (measure,) = rows(output, "danielle-nolles", "rechtspraak-vertegenwoordiging")
    assert (plain(measure["soort"]), plain(measure["van"])) == ("curatele", "2009-08-03")
    assert plain(output.row("danielle-nolles", "rvig-persoonsgegevens-1")["onder_curatele"]) is True


def test_who_is_nowhere_but_in_the_court_register(output: Output) -> None:
    (measure,) = rows(output, "sophie-van-dam", "rechtspraak-vertegenwoordiging")
    assert (plain(measure["soort"]), plain(measure["van"])) == ("curatele", "2022-01-15")
    for name in ("uwv-loon-en-uitkering", "toeslagen-toeslagen", "ciz-wlz-indicatie"):
        assert rows(output, "sophie-van-dam", name) == ()


def test_a_debt_restructuring_has_its_case_number(output: Output) -> None:
    (measure,) = rows(output, "jan-kees-brouwers", "rechtspraak-vertegenwoordiging")
    assert (plain(measure["soort"]), plain(measure["zaaknummer"])) == ("wsnp", "R.18/23/789")


def test_the_professional_stands_in_the_registrations_of_others(output: Output) -> None:
    found = rows(output, "reindert-zaal", "rechtspraak-vertegenwoordiging")
    assert {(plain(row["soort"]), plain(row["vertegenwoordigde"])) for row in found} == {
        ("curatele", "999997622"),
        ("bewind", "999993525"),
        ("curatele", "500000001"),
        ("wsnp", "999993355"),
    }
    assert {plain(row["vertegenwoordiger"]) for row in found} == {REINDERT}


def test_bk082_a_requester_learns_no_number_of_somebody_represented(output: Output) -> None:
    (mandate,) = output.set_of("jules-overvaart/wlz/rechtspraak-vertegenwoordiging-1.sd-jwt").rows
    assert "vertegenwoordigde" not in mandate
    assert plain(mandate["soort"]) == "volmacht"


def test_the_capacity_question_is_for_nobody_to_look_at(output: Output) -> None:
    assert not [step for step in output.steps if "minderjarig" in step.elements or "onder_bewind" in step.elements]
    assert not list(output.out.glob("**/*bekwaamheid*"))
