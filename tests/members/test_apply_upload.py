"""Handing in the signed form: looked into, kept privately, given back to its own applicant only."""

import pytest
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.applying import token_of
from members.models import ApplicationFile
from tests.drafts import begin, begin_complete, scan_bytes
from wego.uploads import LARGEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return begin_complete(signed=False)


def hand_in(client, application, content, name="signed.pdf"):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(f"/apply/{token_of(application)}/form/", {"file": file})


def test_a_scan_is_kept_under_the_reference_and_given_back_as_a_download(client, draft):
    hand_in(client, draft, scan_bytes(), "서명본 (1).pdf")

    file = ApplicationFile.objects.get()
    assert file.name == "서명본 (1).pdf"
    assert file.path.startswith(f"application/{draft.reference}/")
    answer = client.get(f"/apply/{token_of(draft)}/files/{file.pk}/")
    assert answer.content == scan_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_no_public_address_leads_to_a_file(client, draft):
    hand_in(client, draft, scan_bytes())
    path = ApplicationFile.objects.get().path

    for address in (f"/{path}", f"/static/{path}", f"/media/{path}", f"/static/../{path}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"<html><script>alert(1)</script>", "The file is no PDF, JPEG or PNG."),
        (b"%PDF-1.7 broken", "The file is damaged or incomplete."),
    ],
)
def test_what_is_no_scan_is_refused_beside_the_field(client, draft, content, sentence):
    answer = hand_in(client, draft, content)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert page.count(sentence) == 2  # on top, and at the field
    assert not ApplicationFile.objects.exists()


def test_without_a_file_the_page_says_so(client, draft):
    answer = client.post(f"/apply/{token_of(draft)}/form/", {})

    assert "Choose the file first." in answer.content.decode()


def test_a_file_that_is_too_large_gets_a_page_and_no_broken_line(client, draft):
    answer = hand_in(client, draft, b"%PDF-1.7" + bytes(LARGEST))

    assert answer.status_code == 200
    assert "The file is larger than 10 MB." in answer.content.decode()
    assert not ApplicationFile.objects.exists()


def test_names_that_lead_out_lead_nowhere(client, draft):
    hand_in(client, draft, scan_bytes(), '../../../x"; evil=".pdf')

    file = ApplicationFile.objects.get()
    assert "/" not in file.name
    assert '"' not in file.name
    assert file.path.startswith(f"application/{draft.reference}/signed-form-")


@pytest.mark.slow
def test_uploads_are_limited(client, draft):
    statuses = [hand_in(client, draft, b"x").status_code for _upload in range(21)]

    assert statuses == [200] * 20 + [429]


def test_an_upload_needs_the_pages_own_token(draft):
    strict = Client(enforce_csrf_checks=True)

    answer = hand_in(strict, draft, scan_bytes())

    assert answer.status_code == 403
    assert not ApplicationFile.objects.exists()


def test_the_pages_own_token_is_accepted(draft):
    strict = Client(enforce_csrf_checks=True)
    address = f"/apply/{token_of(draft)}/form/"
    page = strict.get(address).content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    strict.post(
        address,
        {"csrfmiddlewaretoken": token, "file": SimpleUploadedFile("a.pdf", scan_bytes())},
    )

    assert ApplicationFile.objects.count() == 1


def test_answers_that_change_after_the_signature_are_pointed_out(client, draft):
    hand_in(client, draft, scan_bytes())
    address = f"/apply/{token_of(draft)}/"
    warning = "Answers changed after this form was signed"
    assert warning not in client.get(f"{address}check/").content.decode()

    typed = {"figure_value": "277000", "figure_source": "Census", "figure_source_year": "2025"}
    client.post(f"{address}figures/", typed)

    assert warning in client.get(f"{address}check/").content.decode()
    hand_in(client, draft, scan_bytes())
    assert warning not in client.get(f"{address}check/").content.decode()


def test_a_damaged_file_is_said_to_be_so(client, draft):
    hand_in(client, draft, scan_bytes())
    file = ApplicationFile.objects.get()
    (live.DOCUMENTS_DIR / file.path).write_bytes(b"altered")

    answer = client.get(f"/apply/{token_of(draft)}/files/{file.pk}/")

    assert answer.status_code == 503
    assert b"altered" not in answer.content


def test_an_empty_draft_may_upload_but_is_told_to_answer_first(client):
    application = begin()

    page = client.get(f"/apply/{token_of(application)}/form/").content.decode()

    assert "First complete your answers" in page
    assert "Download the form as PDF" not in page
