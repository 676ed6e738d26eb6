"""The receipt of a payment is opened from the page of the payment, once it is printed."""

import pytest

from dues.models import PaperDocument, Receipt
from tests.dues.books import pay
from tests.dues.builders import city
from tests.dues.desk import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(db):
    return pay(city(), "100")


def test_a_receipt_that_is_not_printed_yet_is_not_offered(desk, payment):
    page = desk.get(page_of(payment))

    assert page.context["receipt"] is None
    assert "Open receipt" not in page.content.decode()


def test_a_printed_receipt_is_opened_from_the_page_of_its_payment(desk, payment):
    paper = Receipt.objects.get(payment=payment).paper
    PaperDocument.objects.create(paper=paper, path="x", sha256="0" * 64, size=1, renderer="t")

    page = desk.get(page_of(payment))

    assert page.context["receipt"] == paper.pk
    assert f'href="/admin/dues/paper/{paper.pk}/pdf/"' in page.content.decode()
