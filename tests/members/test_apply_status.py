"""The page a private link opens, its papers, and what a lost link costs."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.applying import save_section, submit_application, withdraw_application
from members.models import Application, ApplicationFile, Letter, LetterDocument
from members.steps import record_step
from tests.drafts import (
    ORGANISATION,
    at,
    begin,
    begin_complete,
    words,
)
from tests.register import add_member
from wego import storage
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 11, 3, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_returned_application_shows_why_and_goes_on(client):
    application = submit_application(begin_complete(), on=TODAY)
    record_step(application, "returned", on=TODAY, reason="Not signed.\nNo source.", by=None)

    page = client.get(at(application))

    assert "The secretariat asks for this: Not signed. No source." in words(page)
    assert 'href="#tasks"' in page.content.decode()
    assert "Check your answers and submit" in words(page)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("accepted", "Welcome: you are an associate member The EXCOM of 2026 decides"),
        ("approved", "Congratulations: you are a full member"),
        ("rejected", "This application was not accepted"),
        ("withdrawn", "This application was withdrawn"),
    ],
)
def test_the_page_says_where_it_is(client, state, said):
    application = submit_application(begin_complete(), on=TODAY)
    member = add_member("Suncheon", status="associate")
    Application.objects.update(
        state=state, member=member, accepted_on=TODAY, target_excom_year=2026
    )

    shown = words(client.get(at(application)))

    assert said in shown
    assert "Withdraw this application" not in shown


def test_the_picture_shows_done_current_and_next(client):
    application = submit_application(begin_complete(), on=TODAY)

    page = client.get(at(application)).content.decode()

    states = re.findall(r'class="way-step way-(\w+)"', page)
    assert states == ["done", "done", "current", "next", "next"]
    assert "Submitted <span" in page or "11 May 2026" in page


def test_a_letter_is_offered_once_it_is_printed(client):
    application = submit_application(begin_complete(), on=TODAY)
    letter = Letter.objects.create(
        kind="rejection",
        reference="WEGO-2026-R-AAAAAA",
        language="en",
        issued_on=TODAY,
        application=application,
        snapshot={},
    )
    assert "Letters from us" not in words(client.get(at(application)))
    assert client.get(at(application, f"letters/{letter.pk}/")).status_code == 404

    stored = storage.store_file("letters/x.pdf", b"%PDF-1.7 letter")
    LetterDocument.objects.create(
        letter=letter, path=stored.path, sha256=stored.sha256, size=stored.size, renderer="x"
    )
    assert "Letters from us Letter of rejection" in words(client.get(at(application)))
    answer = client.get(at(application, f"letters/{letter.pk}/"))
    assert answer.content == b"%PDF-1.7 letter"
    assert answer["Content-Disposition"] == 'attachment; filename="WEGO-2026-R-AAAAAA.pdf"'


def test_papers_of_another_application_do_not_exist(client):
    suncheon = begin_complete()
    goyang = begin_complete(email="a@goyang.example", name_en="Goyang", name_ko="고양시")
    file, letter = goyang.files.get(), goyang.letters.get()

    assert client.get(at(goyang, f"files/{file.pk}/")).status_code == 200
    assert client.get(at(suncheon, f"files/{file.pk}/")).status_code == 404
    assert client.get(at(suncheon, f"letters/{letter.pk}/")).status_code == 404


def test_the_form_to_sign_prints_every_answer(client):
    shown = words(client.get(at(begin_complete(signed=False), "form/print/")))

    assert "Application for membership Your organisation Kind City" in shown
    assert "Suncheon applies for membership" in shown
    assert "Yearly dues are payable" in shown
    assert "Signature (and stamp)" in shown


def test_the_pdf_is_offered_when_the_worker_has_made_it(client):
    application = begin_complete(signed=False)
    assert "The PDF is being prepared" in words(client.get(at(application, "form/")))
    assert client.get(at(application, "form/pdf/")).url == at(application, "form/")

    letter = application.letters.get()
    stored = storage.store_file("letters/form.pdf", b"%PDF-1.7 form")
    LetterDocument.objects.create(
        letter=letter, path=stored.path, sha256=stored.sha256, size=stored.size, renderer="x"
    )

    assert "Download the form as PDF" in words(client.get(at(application, "form/")))
    answer = client.get(at(application, "form/pdf/"))
    assert answer.content == b"%PDF-1.7 form"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_exchanging_the_link_closes_the_old_door(client):
    application = begin()
    old = at(application)

    step = client.post(at(application, "new-link/"))

    assert step.url != old
    assert client.get(step.url).status_code == 200
    assert client.get(old).status_code == 404
    assert AuditEntry.objects.first().act == "application.link_renewed"


@pytest.mark.parametrize("page", ["", "organisation/", "check/", "form/", "files/1/", "form/pdf/"])
def test_a_wrong_link_opens_a_page_that_helps(client, page):
    begin_complete()

    answer = client.get(f"/apply/WzFd.nonsense/{page}")

    assert answer.status_code == 404
    assert "Send me my link again" in words(answer)


def test_a_lost_link_is_sent_and_the_answer_tells_nothing(client):
    begin()
    Mail.objects.all().delete()

    known = client.post("/apply/link/", {"email": "hong@suncheon.example"})
    unknown = client.post("/apply/link/", {"email": "nobody@goyang.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert client.get(known.url).status_code == 200
    assert set(Mail.objects.values_list("to_email", "kind")) == {
        ("hong@suncheon.example", "application_link"),
        ("nobody@goyang.example", "application_none"),
    }


def test_lost_links_are_limited_the_same_for_known_and_unknown(client):
    begin()
    statuses = {
        email: [client.post("/apply/link/", {"email": email}).status_code for _try in range(4)]
        for email in ("hong@suncheon.example", "nobody@goyang.example")
    }

    assert set(map(tuple, statuses.values())) == {(302, 302, 302, 429)}


def test_a_member_of_that_name_is_kindly_pointed_out(client):
    add_member("Seoul", name_ko="서울")
    application = begin()
    save_section(
        application, "organisation", {**ORGANISATION, "name_en": "Seoul", "name_ko": ""}, on=TODAY
    )

    assert "Seoul is a member already You need no application." in words(
        client.get(at(application))
    )


def test_a_member_that_stays_out_of_the_directory_is_not_named(client):
    add_member("Danfoss A/S", "DK", kind="company", in_directory=False)
    application = begin(kind="company")
    typed = {**ORGANISATION, "kind": "company", "name_en": "Danfos", "country_code": "DK"}
    save_section(application, "organisation", {**typed, "name_ko": ""}, on=TODAY)

    assert "Danfoss" not in words(client.get(at(application)))


def test_another_application_is_told_of_and_nothing_more(client):
    submit_application(begin_complete(email="secret@suncheon.example"), on=TODAY)
    second = begin(email="park@suncheon.example")
    save_section(second, "organisation", ORGANISATION, on=TODAY)

    shown = client.get(at(second)).content.decode()

    assert "An application of this organisation is open already" in shown
    for secret in ("secret@", "Noh Gwan-kyu", "Hong Gil-dong", "276,329"):
        assert secret not in shown
    assert Application.objects.exclude(pk=second.pk).get().reference not in shown


def test_pages_of_an_application_are_kept_by_no_cache_and_no_search_engine(client):
    for page in ("", "organisation/", "form/print/", "check/"):
        answer = client.get(at(begin_complete(email=f"a{len(page)}@b.example"), page))
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.content.decode()
        assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" not in client.get("/apply/").content.decode()


def test_the_overview_asks_as_much_among_many_as_alone(client):
    application = begin_complete()

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(application)).status_code == 200
        return len(queries)

    for number in range(10):
        add_member(f"City {number}", name_ko=f"도시{number}")
    few = count()
    for number in range(10, 60):
        add_member(f"City {number}", name_ko=f"도시{number}")
    many = count()

    assert few == many
    assert many <= 20


def test_withdrawn_drafts_show_no_way_on(client):
    application = withdraw_application(begin(), on=TODAY)

    assert client.post(at(application, "organisation/"), ORGANISATION).url == at(application)
    application.refresh_from_db()
    assert application.name_en == ""


def test_only_the_methods_a_page_has(client):
    application = begin()

    assert client.post(at(application)).status_code == 405
    assert client.delete(at(application, "organisation/")).status_code == 405
    assert client.put("/apply/begin/").status_code == 405
    assert client.head("/apply/").status_code == 200
    assert not ApplicationFile.objects.exists()
