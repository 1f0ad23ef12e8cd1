# SPDX-License-Identifier: EUPL-1.2
"""The Basis journey: log in, choose, look, take along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.journeys.forms import hidden

from .conftest import MARK

if TYPE_CHECKING:
    from .conftest import SourceSite


def test_bk001_log_in_choose_look_and_take_along(site: SourceSite) -> None:
    visitor = site.browser()
    assert "Belastingdienst" in visitor.get("/").text
    page = visitor.log_in()
    assert page.url.path == "/kies"
    page = visitor.choose("verzamelinkomen", "belastingjaar")
    assert page.url.path == "/bekijk/inkomen/1"
    file = visitor.post("/download", {**hidden(page), "vorm": "sd-jwt"})
    assert file.status_code == 200
    assert file.headers["content-type"] == "application/dc+sd-jwt"
    assert file.headers["content-disposition"] == 'attachment; filename="belastingdienst-inkomen-1.sd-jwt"'
    assert file.content == b"levering-1 inkomen/1 sd-jwt"
    grant, person = site.door.delivered[0]
    assert (grant.kind, grant.door, grant.source) == ("eigen_inzage", "basis", site.iss)
    assert grant.elements == ("belastingjaar", "verzamelinkomen")
    assert person.subject == MARK
    assert person.assurance == "substantieel"
    assert site.door.ended == ["levering-1"]


def test_bk012_values_are_on_the_screen_before_any_file(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    page = visitor.choose("verzamelinkomen")
    assert "€\u00a074.900,00" in page.text
    assert site.door.delivered == []
    assert len(site.door.looked) == 1


def test_bk041_each_value_shows_source_date_period_standing_and_investigation(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    text = words(visitor.choose("verzamelinkomen").text)
    assert "Bron Belastingdienst Stand op 1 november 2026 Periode heel 2025" in text
    assert "Stand van zaken Voorlopig: kan nog veranderen" in text
    assert "onderzoekt sinds maart 2026 of dit klopt" in text
    assert "Wat betekent dit?" in text
    assert "(heel 2023): De organisatie heeft hier geen waarde voor." in text


def test_bk045_the_download_says_what_it_is_not_and_offers_the_next_step(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    page = visitor.choose("verzamelinkomen")
    assert "Dit is geen antwoord op een inzageverzoek" in page.text
    assert 'href="/inzageverzoek"' in page.text
    assert "artikel 15" in visitor.get("/inzageverzoek").text


def test_bk020_a_service_fixes_what_it_needs_and_lets_the_rest_be_left_out(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in(service="hypotheek/1")
    page = visitor.get("/kies/inkomen/1")
    ticked = re.findall(r'type="checkbox" name="element" value="([^"]+)"', page.text)
    assert "verzamelinkomen" not in ticked
    profile = site.parts.catalogue.profiles["hypotheek/1"].part_of("inkomen/1")
    assert profile is not None
    assert ticked == [element.path for element in profile.elements if not element.required]
    visitor.post("/kies/inkomen/1", hidden(page))
    grant = site.door.looked[0][0]
    assert grant.elements == tuple(element.path for element in profile.elements if element.required)
    assert grant.service == "hypotheek/1"
    assert grant.period is not None
    assert (grant.period.van, grant.period.tot) == ("2023-01-01", "2025-12-31")


def test_bk020_without_a_service_everything_can_be_left_out(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    page = visitor.get("/kies/voertuigen/1")
    ticked = re.findall(r'type="checkbox" name="element" value="([^"]+)" [^>]*checked', page.text)
    assert sorted(ticked) == ["kenteken", "merk"]
    nothing = visitor.post("/kies/voertuigen/1", hidden(page))
    assert nothing.status_code == 400
    assert "U hebt niets gekozen" in nothing.text
    assert site.door.looked == []


def test_a_choice_is_still_there_after_going_back(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    visitor.choose("verzamelinkomen")
    page = visitor.get("/kies/inkomen/1")
    assert re.findall(r'name="element" value="([^"]+)" [^>]*checked', page.text) == ["verzamelinkomen"]
    assert visitor.get("/bekijk/inkomen/1").url.path == "/bekijk/inkomen/1"


def test_one_button_pressed_twice_is_one_delivery_and_another_button_another(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    page = visitor.choose("verzamelinkomen")
    for form in ("pdf-nl", "pdf-nl", "json"):
        assert visitor.post("/download", {**hidden(page), "vorm": form}).status_code == 200
    keys = [grant.idempotency_key for grant, _ in site.door.delivered]
    assert keys[0] == keys[1]
    assert keys[0] != keys[2]


def test_the_purpose_can_be_changed_and_choices_begin_anew(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    visitor.choose("verzamelinkomen")
    page = visitor.get("/kies")
    changed = visitor.post("/dienst", {**hidden(page), "dienst": "autoverzekering/1"})
    assert "Autoverzekering" in changed.text
    assert visitor.get("/bekijk/inkomen/1").url.path == "/kies/inkomen/1"


def test_an_empty_answer_says_that_nothing_is_known(site: SourceSite) -> None:
    site.door.rows, site.door.missing = (), ()
    visitor = site.browser()
    visitor.log_in()
    assert "Niets bekend" in visitor.choose("verzamelinkomen").text


def test_everything_is_there_in_english_too(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.get("/?taal=en")
    assert "What do you need the data for?" in visitor.get("/").text
    visitor.log_in()
    page = visitor.choose("verzamelinkomen")
    assert "€74,900.00" in page.text
    assert 'value="pdf-en"' in page.text
    assert page.headers["content-language"] == "en"


def test_a_source_says_what_it_offers(site: SourceSite) -> None:
    answer = site.browser().get("/.well-known/blauwe-knop")
    body = answer.json()
    assert body["iss"] == site.iss
    assert [(entry["id"], entry["stand"]) for entry in body["gegevenssets"]] == [
        ("inkomen/1", "aan"),
        ("voertuigen/1", "aan"),
        ("huishouden/1", "uit"),
    ]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_status_list_and_health(site: SourceSite) -> None:
    visitor = site.browser()
    found = visitor.get("/status/zegels/1")
    assert found.headers["content-type"] == "application/statuslist+jwt"
    assert visitor.get("/status/zegels/2").status_code == 404
    assert visitor.get("/gezond").json() == {"gezond": True}


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
