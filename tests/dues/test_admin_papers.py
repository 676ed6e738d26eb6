"""The list of papers: what was written to whom, its PDF, and another chance."""

import datetime as dt

import pytest

from dues.models import Paper, ParkedPaper
from dues.papers import PRESS
from tests.dues.builders import person_of
from tests.dues.staff import messages_of, text_of
from tests.register import add_member
from wego import press

pytestmark = pytest.mark.django_db
LIST = "/admin/dues/paper/"
CONTENT = b"%PDF-1.7 receipt"


@pytest.fixture
def three(monkeypatch):
    """A receipt for Goyang that is made, a reminder for Almaty that waits, a paper parked."""
    monkeypatch.setattr("wego.pdf.renderer", lambda: "Test 1")
    goyang = add_member("Goyang", name_ko="고양시")
    receipt = write("receipt", "WEGO-2020-RC-222222", goyang)
    press.keep_document(PRESS, receipt, CONTENT)
    reminder = write("reminder", "WEGO-2020-RM-333333", add_member("Almaty", "KZ"))
    parked = write("arrears_paper", "WEGO-2020-AP-444444", None)
    ParkedPaper.objects.create(paper=parked, reason="The text needs 51 pages and has 50.")
    return receipt, reminder, parked


def write(kind, reference, member):
    return Paper.objects.create(
        kind=kind,
        reference=reference,
        language="en",
        issued_on=dt.date(2020, 9, 30),
        member=member,
        snapshot={},
    )


def test_list_says_to_whom_and_how_far(desk, three):
    words = text_of(desk.get(LIST))

    assert "Receipt Goyang 30 Sep 2020 English WEGO-2020-RC-222222" in words
    assert "Reminder Almaty 30 Sep 2020 English being made" in words
    assert "Paper on arrears for a meeting 30 Sep 2020 English could not be made" in words
    assert "The text needs 51 pages and has 50." in words
    assert "1 paper could not be printed; the mail that carries it waits." in words


def test_empty_list_says_what_would_be_here(desk):
    assert "Papers are written when payments are booked" in text_of(desk.get(LIST))


def test_pdf_is_the_stored_one_and_nobody_keeps_it(desk, three):
    shown = desk.get(f"{LIST}{three[0].pk}/pdf/")
    saved = desk.get(f"{LIST}{three[0].pk}/pdf/?download")

    assert shown.content == saved.content == CONTENT
    assert shown["Content-Disposition"] == 'inline; filename="WEGO-2020-RC-222222.pdf"'
    assert saved["Content-Disposition"] == 'attachment; filename="WEGO-2020-RC-222222.pdf"'
    assert "no-store, private" in shown["Cache-Control"]


def test_pdf_that_is_not_made_is_a_sentence(desk, three):
    page = desk.get(f"{LIST}{three[1].pk}/pdf/")

    assert page.status_code == 409
    assert "The PDF of WEGO-2020-RM-333333 is not made yet." in text_of(page)


def test_retry_gives_another_chance_and_asks_the_worker(
    desk, three, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr("dues.tasks.render_papers.delay", lambda: asked.append("papers"))

    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(f"{LIST}retry/", follow=True)

    assert messages_of(page) == ["1 paper is tried again."]
    assert (ParkedPaper.objects.count(), asked) == (0, ["papers"])


def test_retry_is_posted(desk, three):
    assert desk.get(f"{LIST}retry/").status_code == 405
    assert ParkedPaper.objects.count() == 1


def test_papers_are_neither_added_nor_changed_nor_deleted(desk, three):
    key = three[0].pk

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{key}/change/", {"reference": "x"}).status_code == 403
    assert desk.post(f"{LIST}{key}/delete/", {"post": "yes"}).status_code == 403


def test_a_members_person_sees_none_of_it(client, three):
    client.force_login(person_of(three[0].member))

    assert client.get(LIST).status_code != 200
    assert client.get(f"{LIST}{three[0].pk}/pdf/").status_code != 200
