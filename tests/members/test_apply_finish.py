"""The end of an application: checked, sent once, read-only, taken back."""

import datetime as dt

import pytest
import time_machine

from members.applying import submit_application
from members.models import Application
from tests.drafts import (
    FIGURES,
    ORGANISATION,
    TYPED_PEOPLE,
    at,
    begin,
    begin_complete,
    title,
    words,
)
from tests.register import add_gdp, add_member
from wego.models import Mail

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 11, 3, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_change_from_the_check_leads_back_to_it(client):
    application = begin_complete()

    page = client.get(at(application, "check/")).content.decode()
    assert f"{at(application, 'organisation/')}?check#id_name_en" in page
    step = client.post(
        at(application, "organisation/?check"), {**ORGANISATION, "name_en": "Suncheon-si"}
    )

    assert step.url == at(application, "check/")


def test_the_check_shows_every_answer_and_the_fee(client):
    add_gdp("KR", "48400", year=2026)
    shown = words(client.get(at(begin_complete(), "check/")))

    for said in (
        "Name in English Suncheon Change",
        "Name in Korean 순천시 Change",
        "Country South Korea Change",
        "30 Jangmyeong-ro Suncheon-si 57956",
        "Population (persons) 276,329",
        "Head of the organisation Full name Noh Gwan-kyu",
        "Finance contact Full name Lee Ji-hoon",
        "signed.pdf",
        "USD 6,000 a year",
        "First payable in 2027",
    ):
        assert said in shown


def test_an_unknown_gdp_is_said_plainly(client):
    shown = words(client.get(at(begin_complete(), "check/")))

    assert "Not known yet" in shown
    assert "not in our figures yet; the secretariat adds it" in shown
    assert "Load the GDP edition" not in shown
    assert "GDP per capita" in shown


def test_an_institution_is_told_that_it_pays_nothing(client):
    shown = words(client.get(at(begin_complete(kind="institution"), "check/")))

    assert "No fee There is no fee table for institutions: they are not invoiced." in shown


def test_an_incomplete_application_is_not_sent_and_every_gap_is_a_link(client):
    application = begin()

    answer = client.post(at(application, "check/"))

    page = answer.content.decode()
    assert "Submit the application" not in page
    assert f'href="{at(application, "contacts/")}?check#id_head-email"' in page
    application.refresh_from_db()
    assert application.state == "draft"


def test_a_second_application_of_the_organisation_is_not_sent(client):
    submit_application(begin_complete(), on=TODAY)
    second = begin_complete(email="park@suncheon.example")

    answer = client.post(at(second, "check/"))

    assert title(answer).startswith("Error: ")
    assert "is open already" in words(answer)
    second.refresh_from_db()
    assert second.state == "draft"


def test_the_confirmation_has_the_reference_and_what_comes_next(client):
    application = submit_application(begin_complete(), on=TODAY)

    shown = words(client.get(at(application, "submitted/")))

    assert f"Application submitted Your reference {application.reference}" in shown
    assert "The Executive Committee (EXCOM) of 2026 decides" in shown
    assert f"http://127.0.0.1:8000{at(application)}" in shown


def test_submitting_twice_is_submitting_once(client):
    application = begin_complete()

    client.post(at(application, "check/"))
    again = client.post(at(application, "check/"))

    assert again.url == at(application)
    assert Mail.objects.filter(kind="application_submitted").count() == 1


@pytest.mark.parametrize("page", ["organisation/", "figures/", "contacts/", "form/", "check/"])
def test_a_submitted_application_is_read_only(client, page):
    application = submit_application(begin_complete(), on=TODAY)
    before = Application.objects.values().get()

    assert client.get(at(application, page)).url == at(application)
    client.post(at(application, page), {**ORGANISATION, **TYPED_PEOPLE, "name_en": "Evil"})

    assert Application.objects.values().get() == before


def test_every_field_of_the_model_posted_to_every_part_changes_that_part_only(client):
    member = add_member("Seoul")
    everything = {
        **{field.name: "9" for field in Application._meta.fields},
        "state": "approved",
        "member": member.pk,
        "applicant_email": "evil@e.example",
        "region": "europe",
        "target_excom_year": "2027",
        "accepted_on": "2026-01-01",
        "contacts": '{"head": {}}',
        **ORGANISATION,
        **TYPED_PEOPLE,
        "figure_value": "276329",
        "figure_source": "Census",
        "figure_source_year": "2025",
    }
    own = {
        "organisation": set(ORGANISATION),
        "figures": set(FIGURES),
        "contacts": {"contacts"},
        "form": set(),
        "check": set(),
        "withdraw": {"state"},
        "new-link": {"link_version"},
    }
    accepted = []
    for page, allowed in own.items():
        application = begin()
        before = Application.objects.values().get(pk=application.pk)

        client.post(at(application, f"{page}/"), everything)

        after = Application.objects.values().get(pk=application.pk)
        changed = {name for name in after if after[name] != before[name]} - {"saved_at"}
        accepted += [(page, name) for name in changed - allowed]
        if page == "withdraw":
            assert after["state"] == "withdrawn"
    assert accepted == []


def test_withdrawing_asks_once(client):
    application = submit_application(begin_complete(), on=TODAY)

    assert "It ends for good" in words(client.get(at(application, "withdraw/")))
    application.refresh_from_db()
    assert application.state == "submitted"

    step = client.post(at(application, "withdraw/"), {"reason": "No budget."})

    assert step.url == at(application)
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert client.get(at(application, "withdraw/")).url == at(application)
