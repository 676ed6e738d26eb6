"""The pages of the application: from the first page to the last part, nothing typed is lost."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Application
from tests.drafts import (
    FIGURES,
    ORGANISATION,
    PEOPLE,
    TYPED_PEOPLE,
    at,
    begin,
    scan_bytes,
    title,
    words,
)
from wego.models import Mail

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 11, 3, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel(NOW, tick=False):
        yield


def upload(client, application, content=None, name="signed.pdf"):
    file = SimpleUploadedFile(name, scan_bytes() if content is None else content)
    return client.post(at(application, "form/"), {"file": file})


def test_the_first_page_says_what_it_takes_and_what_it_costs(client):
    shown = words(client.get("/apply/"))

    assert "about ten minutes" in shown
    assert "Cities and local governments: also provinces" in shown
    assert "Associates pay nothing" in shown
    assert "Dues begin in the year after its approval" in shown
    assert "City dues 2020, USD a year" in shown
    assert "20,000~ 6,000 6,500 7,000 7,500 8,000 8,500 8,500 10,000" in shown
    assert "Company dues 2020" in shown
    assert "There is no fee table for institutions" in shown


def test_an_application_begins_with_an_address_and_a_kind(client):
    answer = client.post("/apply/begin/", {"email": "hong@suncheon.example", "kind": "city"})

    application = Application.objects.get()
    assert answer.status_code == 302
    assert answer.url == at(application)
    shown = words(client.get(answer.url))
    assert "We have mailed it to hong@suncheon.example" in shown
    assert f"http://127.0.0.1:8000{at(application)}" in shown
    assert Mail.objects.get().kind == "application_link"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "hong@suncheon.example"}, "Choose one of the three kinds."),
        ({"kind": "city"}, "Enter your e-mail address."),
        ({"kind": "city", "email": "a@b.example, e@e.example"}, "Enter one e-mail address"),
        ({"kind": "city", "email": "a@b.example\r\nBcc: e@e.example"}, "Enter one e-mail address"),
        ({"kind": "moon", "email": "a@b.example"}, "Select a valid choice"),
    ],
)
def test_a_refused_beginning_keeps_what_was_typed(client, typed, sentence):
    answer = client.post("/apply/begin/", typed)

    assert title(answer).startswith("Error: ")
    assert sentence in words(answer)
    assert not Application.objects.exists()
    assert not Mail.objects.exists()


def test_the_applicants_language_is_kept(client):
    client.cookies["django_language"] = "ko"

    client.post("/apply/begin/", {"email": "hong@suncheon.example", "kind": "city"})

    assert Application.objects.get().language == "ko"
    assert Mail.objects.get().language == "ko"


def test_beginnings_are_limited_by_mailbox_and_say_when_to_come_back(client):
    typed = {"email": "hong@suncheon.example", "kind": "city"}
    answers = [client.post("/apply/begin/", typed) for _try in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "wait an hour" in words(answers[-1])
    assert "hong@suncheon.example" in answers[-1].content.decode()
    assert Application.objects.count() == 5


def test_beginnings_are_limited_by_sender(client):
    for number in range(20):
        client.post("/apply/begin/", {"email": f"a{number}@b.example", "kind": "city"})

    answer = client.post("/apply/begin/", {"email": "last@b.example", "kind": "city"})

    assert answer.status_code == 429
    assert Application.objects.count() == 20


def test_every_part_is_kept_and_leads_to_the_next(client):
    application = begin()

    step = client.post(at(application, "organisation/"), ORGANISATION)
    assert step.url == at(application, "figures/")
    step = client.post(at(application, "figures/"), {**FIGURES, "figure_value": "276,329"})
    assert step.url == at(application, "contacts/")
    step = client.post(at(application, "contacts/"), TYPED_PEOPLE)
    assert step.url == at(application, "form/")
    step = upload(client, application)
    assert step.url == at(application, "check/")
    step = client.post(step.url)
    assert step.url == at(application, "submitted/")

    application.refresh_from_db()
    assert application.state == "submitted"
    assert application.submitted_on == TODAY
    assert application.figure_value == 276_329
    assert application.contacts == PEOPLE
    assert application.name_ko == "순천시"


def test_a_half_filled_part_is_kept_and_says_what_is_missing(client):
    application = begin()

    step = client.post(
        at(application, "organisation/"), {"kind": "city", "name_en": "Suncheon", "language": "en"}
    )

    application.refresh_from_db()
    assert application.name_en == "Suncheon"
    assert step.url == at(application)
    shown = words(client.get(step.url))
    assert "Saved. Still missing: Choose the country." in shown
    assert "Your organisation Names, country, address Incomplete" in shown
    page = client.get(at(application, "organisation/")).content.decode()
    assert '<a href="#id_country_code">Choose the country.</a>' in page
    assert 'value="Suncheon"' in page


def test_what_can_be_read_is_kept_beside_what_cannot(client):
    application = begin()

    answer = client.post(
        at(application, "figures/"),
        {"figure_value": "many", "figure_source": "Census", "figure_source_year": "2025"},
    )

    application.refresh_from_db()
    assert title(answer).startswith("Error: ")
    assert "“many” is not a number" in words(answer)
    assert 'value="many"' in answer.content.decode()
    assert application.figure_source == "Census"
    assert application.figure_value is None


def test_so_few_persons_are_asked_about_once(client):
    application = begin()
    typed = {**FIGURES, "figure_value": "970"}

    asked = client.post(at(application, "figures/"), typed)

    assert "970 persons? Enter persons, not thousands." in words(asked)
    assert "Yes, 970 persons live here" in words(asked)
    application.refresh_from_db()
    assert application.figure_value is None

    client.post(at(application, "figures/"), {**typed, "few_confirmed": "on"})
    application.refresh_from_db()
    assert application.figure_value == 970
    assert client.post(at(application, "figures/"), typed).status_code == 302


def test_a_company_of_few_is_not_asked(client):
    application = begin(kind="company")

    client.post(at(application, "figures/"), {"figure_value": "12"})

    application.refresh_from_db()
    assert application.figure_value == 12


@pytest.mark.parametrize("value", ["0", "-5", "1.5", "300000001", "1e9", "٣", "12,34"])
def test_figures_no_fee_is_priced_from_are_refused(client, value):
    application = begin()

    answer = client.post(at(application, "figures/"), {"figure_value": value})

    assert title(answer).startswith("Error: ")
    application.refresh_from_db()
    assert application.figure_value is None


def test_the_finance_contact_may_be_the_liaison_officer(client):
    application = begin()
    typed = {name: value for name, value in TYPED_PEOPLE.items() if "finance" not in name}

    client.post(at(application, "contacts/"), {**typed, "finance_same": "on"})

    application.refresh_from_db()
    assert application.contacts["finance"] == PEOPLE["liaison"]
    page = client.get(at(application, "contacts/")).content.decode()
    assert re.search(r'name="finance_same"[^>]*checked', page)


def test_a_web_address_needs_no_scheme(client):
    application = begin()

    client.post(at(application, "organisation/"), {**ORGANISATION, "website": "www.suncheon.go.kr"})

    application.refresh_from_db()
    assert application.website == "https://www.suncheon.go.kr"


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example"])
def test_what_is_no_web_address_is_refused(client, website):
    application = begin()

    answer = client.post(at(application, "organisation/"), {**ORGANISATION, "website": website})

    assert "This is not a web address" in words(answer)
    application.refresh_from_db()
    assert application.website == ""


def test_come_back_later_returns_to_the_list(client):
    application = begin()

    step = client.post(at(application, "organisation/"), {**ORGANISATION, "later": "yes"})

    assert step.url == at(application)
    assert "come back by your link" in words(client.get(step.url))
