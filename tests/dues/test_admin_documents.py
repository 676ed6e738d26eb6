"""Progress of a year's documents: n of N, the parked ones, another chance."""

import pytest

from dues.models import InvoiceDocument, ParkedDocument
from tests.dues.builders import city, issued_invoice, one_page_pdf, person_of
from tests.dues.staff import DOCUMENTS, REGISTER, messages_of, text_of

pytestmark = pytest.mark.django_db

PROGRESS = f"{DOCUMENTS}progress/"
RETRY = f"{DOCUMENTS}retry/"
REFRESH = b'<noscript><meta http-equiv="refresh" content="5"></noscript>'


@pytest.fixture
def three(db):
    """Goyang ready, Busan waiting, Daegu parked."""
    issued_invoice(city("Goyang", "고양시"), sequence=1, document=one_page_pdf())
    issued_invoice(city("Busan", "부산시"), sequence=2)
    issued_invoice(city("Daegu", "대구시"), sequence=3, parked="A glyph is missing: ꙮ")


def test_progress_counts_and_goes_on_with_and_without_script(client, finance, three):
    client.force_login(finance)

    response = client.get(DOCUMENTS)

    words = text_of(response)
    assert "The documents are being made" in words
    assert "1 of 3 ready · 1 need attention" in words
    assert f'data-progress-url="{PROGRESS}"' in response.content.decode()
    assert REFRESH in response.content


def test_progress_for_the_script(client, finance, three):
    client.force_login(finance)

    response = client.get(PROGRESS)

    assert response.json() == {"total": 3, "ready": 1, "parked": 1, "pending": 1, "done": False}
    assert "no-store" in response["Cache-Control"]


def test_parked_documents_are_listed_with_their_reasons(client, finance, three):
    client.force_login(finance)

    words = text_of(client.get(DOCUMENTS))

    assert "1 document could not be made" in words
    assert "WEGO-2020-0003 Daegu A glyph is missing: ꙮ" in words
    assert "Try 1 document again" in words


def test_when_all_are_made_the_page_leads_to_the_downloads(client, finance):
    issued_invoice(city(), document=one_page_pdf())
    client.force_login(finance)

    response = client.get(DOCUMENTS)

    assert "All documents are made" in text_of(response)
    assert REFRESH not in response.content
    assert b"data-progress-url" not in response.content
    assert f'class="button" href="{REGISTER}"' in response.content.decode()
    assert client.get(PROGRESS).json()["done"] is True


def test_before_anything_is_issued_the_page_says_so(client, finance):
    client.force_login(finance)

    response = client.get(DOCUMENTS)

    assert "No documents yet" in text_of(response)
    assert REFRESH not in response.content


def test_retry_gives_the_parked_ones_another_chance(
    client, finance, three, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr("dues.tasks.render_pending_documents.delay", lambda: asked.append(1))
    client.force_login(finance)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(RETRY, follow=True)

    assert response.redirect_chain == [(DOCUMENTS, 302)]
    assert messages_of(response) == ["1 document is tried again."]
    assert (ParkedDocument.objects.count(), asked) == (0, [1])
    assert InvoiceDocument.objects.count() == 1


def test_retry_only_by_the_button_and_only_for_staff(client, finance, three):
    client.force_login(finance)
    assert client.get(RETRY).status_code == 405

    client.force_login(person_of(city("Kathmandu", country_code="NP")))
    assert client.post(RETRY).status_code == 302
    assert ParkedDocument.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_documents_page_takes_five_queries(client, finance, django_assert_num_queries, count):
    for number in range(count):
        issued_invoice(city(f"City {number}"), sequence=number + 1, parked="no font")
    client.force_login(finance)

    with django_assert_num_queries(5):
        response = client.get(DOCUMENTS)

    assert response.content.count(b"no font") == count
