"""The bank queue: one line in focus, its proposals, every act a form, every act taken back."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dues.banking import find_waiting, set_aside_line
from dues.models import Adjustment, Payment, Payout
from dues.refunds import refund_payment
from tests.dues.bank import TODAY, choose, line_in, movement, statement, take_in, waiting
from tests.dues.books import account_of, open_cents, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import messages_of, text_of

pytestmark = pytest.mark.django_db
QUEUE = "/admin/dues/bank/"


@pytest.fixture(autouse=True)
def _nothing_books_itself():
    choose("match_certain", "propose")


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def invoice(goyang):
    return issued_invoice(goyang, amount_cents=700_000)


@pytest.fixture
def kathmandu():
    return city("Kathmandu", "카트만두", country_code="NP")


def offers_on(page):
    """The keys of the offers on a page, in order."""
    return re.findall(r'name="offer" value="([^"]+)"', page.content.decode())


def act(desk, line, what, **typed):
    return desk.post(f"{QUEUE}{line.pk}/{what}/", {"way": "in", **typed}, follow=True)


def accept(desk, line, number=1, **typed):
    page = desk.get(QUEUE, {"line": line.pk, "way": typed.get("way", "in")})
    return act(desk, line, "accept", offer=offers_on(page)[number - 1], **typed)


def test_empty_queue_says_what_to_do(desk):
    words = text_of(desk.get(QUEUE))

    assert "Every line is decided" in words
    assert "Take in a statement" in words


def test_line_is_shown_with_its_proposal_and_reasons(desk, invoice):
    line_in("6975.00", invoice.reference, party="GOYANG CITY", account="KR 1")

    words = text_of(desk.get(QUEUE))

    assert "Line 1 of 1 that wait for you" in words
    assert "USD 6,975.00 20 Mar 2020" in words
    assert (
        "Goyang likely The reference is that of invoice WEGO-2020-0001 "
        "The payer is called “Goyang” USD 25.00 less than what is open "
        "WEGO-2020-0001 USD 6,975.00 Close the rest of USD 25.00 as bank charge Book Goyang 1"
    ) in words


def test_accepting_books_and_goes_on_with_the_next_line(desk, finance, goyang, invoice):
    take_in(
        statement(
            movement("7000.00", invoice.number, bank="B-100001"),
            movement("1.00", "WHO", bank="B-100002", position=2),
        )
    )
    line = find_waiting().first()

    page = accept(desk, line)

    payment = Payment.objects.get()
    assert (payment.bank_line, payment.recorded_by) == (line, finance)
    assert account_of(goyang) == (0, 0)
    words = text_of(page)
    assert f"Done Booked: {payment.number}, USD 7,000.00, Goyang Undo u" in words
    assert page.context["line"].text == "WHO"
    assert waiting() == ["WHO"]


def test_rest_is_closed_when_the_box_is_ticked(desk, invoice):
    line = line_in("6975.00", invoice.reference)

    accept(desk, line, charge="1")

    assert Adjustment.objects.get().amount_cents == 2500
    assert open_cents(invoice) == [0]


def test_proposal_that_changed_meanwhile_books_nothing(desk, goyang, invoice):
    line = line_in("7000.00", invoice.number)
    (seen,) = offers_on(desk.get(QUEUE))
    pay(goyang, "100.00")

    page = act(desk, line, "accept", offer=seen)

    assert messages_of(page) == [
        "The books changed meanwhile, and so did the proposals: look at them again."
    ]
    assert Payment.objects.count() == 1


def test_line_somebody_else_decided_about_is_said_so(desk, invoice):
    line = line_in("7000.00", invoice.number)
    (seen,) = offers_on(desk.get(QUEUE))
    act(desk, line, "accept", offer=seen)

    page = act(desk, line, "accept", offer=seen)

    assert messages_of(page) == ["Somebody else decided about this line meanwhile."]
    assert Payment.objects.count() == 1


def test_undo_takes_it_back_and_the_line_is_in_focus_again(desk, goyang, invoice):
    line = line_in("7000.00", invoice.number)
    accept(desk, line)

    page = desk.post(f"{QUEUE}undo/payment/{Payment.objects.get().pk}/", follow=True)

    assert messages_of(page) == ["Taken back: the line waits again."]
    assert account_of(goyang) == (700_000, 0)
    assert page.context["line"] == line
    assert page.context["last"] is None
    assert page.context["recent"] == []


def test_second_undo_is_refused_in_words(desk, invoice):
    line = line_in("7000.00", invoice.number)
    accept(desk, line)
    address = f"{QUEUE}undo/payment/{Payment.objects.get().pk}/"
    desk.post(address)

    page = desk.post(address)

    assert page.status_code == 409
    assert "This was taken back already. Nothing was changed." in text_of(page)


def test_setting_aside_needs_a_reason_and_can_be_taken_back(desk, finance):
    line = line_in("12.00", "INTEREST")

    page = act(desk, line, "aside", reason=" ")
    assert messages_of(page) == ["Say why this line is set aside."]
    assert waiting() == ["INTEREST"]

    page = act(desk, line, "aside", reason="Interest")
    assert "Set aside: USD 12.00, Interest" in text_of(page)
    assert waiting() == []

    desk.post(f"{QUEUE}undo/line/{line.pk}/")
    assert waiting() == ["INTEREST"]


def test_member_is_found_by_name_in_either_script_or_by_invoice(desk, invoice, kathmandu):
    line = line_in("100.00", "WHO")

    for typed, member in (("카트만두", "Kathmandu"), ("kathm", "Kathmandu"), ("2020/1", "Goyang")):
        page = desk.get(QUEUE, {"line": line.pk, "q": typed})
        assert str(page.context["draft"].member) == member
    assert "No member and no invoice is called so" in text_of(
        desk.get(QUEUE, {"line": line.pk, "q": "zzz"})
    )


def test_several_members_are_offered_to_choose(desk):
    north, south = city("Dhaka North", "", country_code="BD"), city("Dhaka South", "")
    line = line_in("100.00", "WHO")

    page = desk.get(QUEUE, {"line": line.pk, "q": "dhaka"})

    assert set(page.context["draft"].candidates) == {north, south}


def test_line_is_split_by_hand_over_invoices_and_members(desk, goyang, invoice, kathmandu):
    older = issued_invoice(goyang, year=2019, amount_cents=650_000)
    line = line_in("8000.00", "TWO CITIES")

    page = desk.get(QUEUE, {"line": line.pk, "member": goyang.pk})
    proposed = {row.number: part.initial for row, part in page.context["draft"].form.rows}
    assert proposed == {"WEGO-2019-0001": 650_000, "WEGO-2020-0001": 150_000}

    typed = {f"part_{older.pk}": "6,500", f"part_{invoice.pk}": "500.00"}
    act(desk, line, "book", member=goyang.pk, amount="7000", **typed)
    assert open_cents(older, invoice) == [0, 650_000]
    assert find_waiting().get().used_cents == 700_000

    act(desk, line, "book", member=kathmandu.pk, amount="1,000.00")
    assert account_of(kathmandu) == (0, 100_000)
    assert waiting() == []


def test_empty_fields_settle_the_oldest_first(desk, goyang, invoice):
    older = issued_invoice(goyang, year=2019, amount_cents=650_000)
    line = line_in("6600.00", "GOYANG")

    act(desk, line, "book", member=goyang.pk, amount="6600.00")

    assert open_cents(older, invoice) == [0, 690_000]


def test_other_currency_asks_for_dollars_and_the_rate(desk, goyang, invoice):
    line = line_in("6400.00", invoice.reference, currency="EUR")
    page = desk.get(QUEUE)
    assert "Enter the amount in US dollars" in text_of(page)
    assert offers_on(page) != []

    page = act(desk, line, "book", member=goyang.pk, amount="")
    assert page.status_code == 409
    assert "Enter the amount in US dollars that the bank credited for EUR 6,400.00." in text_of(
        page
    )
    page = act(desk, line, "book", member=goyang.pk, amount="7000")
    assert "Say from where the amount in US dollars is" in text_of(page)
    assert Payment.objects.count() == 0

    act(desk, line, "book", member=goyang.pk, amount="7000", rate_note="Advice 1.09375")

    payment = Payment.objects.get()
    assert (payment.amount_cents, payment.original_amount, payment.rate_note) == (
        700_000,
        "6400.00",
        "Advice 1.09375",
    )


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("8000", "Of this line of the statement USD 7,000.00 is left to book"),
        ("7.005", "“7.005” can be read in two ways"),
        ("seven", "seven"),
        ("0", "Enter the amount received, more than zero."),
    ],
)
def test_refused_amount_comes_back_as_it_was_typed(desk, goyang, invoice, amount, sentence):
    line = line_in("7000.00", "GOYANG")

    page = act(desk, line, "book", member=goyang.pk, amount=amount)

    assert page.status_code == 409
    assert sentence in text_of(page)
    assert f'value="{amount}"' in page.content.decode()
    assert Payment.objects.count() == 0


def test_money_out_waits_apart_and_meets_its_refund(desk, goyang):
    payment = pay(goyang, "100.00")
    refund_payment(payment, 10_000, reason="Twice", on=dt.date(2020, 3, 20), by=None)
    line = line_in("-100.00", "REFUND", on=dt.date(2020, 4, 1))
    assert "Lines of the other kind still wait" in text_of(desk.get(QUEUE))

    page = accept(desk, line, way="out")

    payout = Payout.objects.get()
    assert payout.bank_line == line
    assert "Refund paid out: USD 100.00, Goyang" in text_of(page)
    desk.post(f"{QUEUE}undo/payout/{payout.pk}/")
    assert waiting() == ["REFUND"]


def test_neighbours_lead_to_and_fro(desk):
    take_in(statement(*(movement("1.00", f"L{n}", bank=f"B-10000{n}") for n in range(3))))
    first, second, third = find_waiting().values_list("pk", flat=True)

    page = desk.get(QUEUE, {"line": second}).content.decode()

    assert f"line={first}" in re.search(r'data-keys="p ArrowLeft" href="([^"]+)"', page).group(1)
    assert f"line={third}" in re.search(r'data-keys="n ArrowRight" href="([^"]+)"', page).group(1)


def test_acts_answer_to_posts_alone(desk, invoice):
    line = line_in("7000.00", invoice.number)

    for what in ("accept", "book", "aside"):
        assert desk.get(f"{QUEUE}{line.pk}/{what}/").status_code == 405
    assert desk.get(f"{QUEUE}undo/line/{line.pk}/").status_code == 405


def test_queue_asks_as_often_with_many_lines_as_with_few(desk, finance, invoice):
    def queries():
        desk.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            assert "USD 7,000.00" in text_of(desk.get(QUEUE))
        return len(captured)

    line_in("7000.00", invoice.reference, party="GOYANG CITY", bank="B-100001")
    few = queries()
    take_in(
        statement(
            *(movement("10.00", f"L {n}", bank=f"B-2{n:05d}") for n in range(300)), name="S-2"
        )
    )
    for row in find_waiting().order_by("-pk")[:9]:
        set_aside_line(row, reason="No", on=TODAY, by=finance)

    assert (queries(), few) == (few, 12)
