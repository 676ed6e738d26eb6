"""Invoices issued anew; X04 by number: the old number stays, the next is given, all or nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dues.credit_notes import Resolution, is_void, void_invoice
from dues.invoicing import issue_dues
from dues.models import CreditNote, Entry, Invoice, InvoiceSeries
from dues.periods import lock_period
from dues.preview import preview_dues
from dues.reductions import Grant, decide_reduction
from dues.reissuing import price_again, reissue_invoice
from members.merging import merge_members
from tests.dues.books import account_of, open_cents, pay
from tests.dues.staff import messages_of, text_of
from tests.register import add_figure, add_gdp, add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
ON = dt.date(2020, 5, 4)


@pytest.fixture
def goyang():
    """Goyang, invoiced for 2020 with a population that was wrong."""
    member = add_member("Goyang", name_ko="고양시", on=dt.date(2012, 9, 1))
    add_figure(member, 1_073_069)
    add_gdp("KR", "42300")
    issue_dues(2020, by=None)
    return member


def reissue(invoice, *, reason="Population was wrong", on=ON, **facts):
    return reissue_invoice(invoice, reason=reason, on=on, by=None, **facts)


def code_of(invoice, **facts):
    """Why it is refused, and that nothing at all was changed."""
    before = books()
    with pytest.raises(ValidationError) as refusal:
        reissue(invoice, **facts)
    assert books() == before
    return refusal.value.code


def books():
    models = (Entry, CreditNote, Invoice, AuditEntry)
    counts = [model.objects.count() for model in models]
    return counts, list(InvoiceSeries.objects.values_list())


def test_x04_reissue_voids_and_takes_the_next_number(goyang):
    old = Invoice.objects.get()
    add_figure(goyang, 250_000)

    anew = reissue(old)

    assert (anew.number, anew.amount_cents, anew.replaces) == ("WEGO-2020-0002", 600_000, old)
    assert (anew.issued_on, anew.due_on) == (ON, ON + dt.timedelta(days=30))
    assert is_void(old)
    note = CreditNote.objects.get()
    assert (note.invoice, note.kind, note.amount_cents) == (old, "void", 750_000)
    assert account_of(goyang) == (600_000, 0)
    assert AuditEntry.objects.get(act="invoice.reissued").facts == {
        "number": ["WEGO-2020-0001", "WEGO-2020-0002"]
    }
    assert issue_dues(2020, by=None).issued == 0
    assert [line.invoice for line in preview_dues(2020).lines] == ["WEGO-2020-0002"]


def test_the_old_due_day_is_kept_while_it_is_to_come(goyang):
    anew = reissue(Invoice.objects.get(), on=dt.date(2020, 2, 3))

    assert anew.due_on == dt.date(2020, 3, 31)


def test_what_was_paid_is_on_account_and_the_new_invoice_says_so(goyang):
    old = Invoice.objects.get()
    pay(goyang, 7500)
    add_figure(goyang, 250_000)

    anew = reissue(old, on=dt.date(2021, 6, 1))

    assert anew.snapshot["credit_cents"] == 750_000
    assert account_of(goyang) == (600_000, 750_000)
    assert open_cents(old, anew) == [0, 600_000]


def test_one_that_was_voided_before_is_only_issued(goyang):
    old = Invoice.objects.get()
    void_invoice(old, reason="Wrong", on=ON, by=None)

    anew = reissue(old)

    assert anew.replaces == old
    assert CreditNote.objects.count() == 1


def test_a_reduction_decided_since_counts(goyang):
    excom = Resolution(dt.date(2020, 4, 1), "EXCOM", "EXCOM 2020, item 1")
    grant = Grant(2020, 2020, "Flood", percent=20)
    decide_reduction(goyang, grant, resolution=excom, on=ON, by=None)

    anew = reissue(Invoice.objects.get())

    assert (anew.amount_cents, anew.snapshot["reduction"]["cents"]) == (600_000, 150_000)


def test_what_can_no_longer_be_priced_stays_as_it_is(goyang):
    add_figure(goyang, 0)

    assert code_of(Invoice.objects.get()) == "unpriced"
    assert not is_void(Invoice.objects.get())


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"due_on": dt.date(2020, 5, 3)}, "due_before_issue"),
        ({"expected_hash": "0" * 64}, "world_changed"),
    ],
)
def test_refused_leaves_the_old_one_standing(goyang, facts, code):
    assert code_of(Invoice.objects.get(), **facts) == code


def test_a_locked_period_refuses_the_whole_of_it(goyang):
    lock_period(ON, reason="Year closed", on=dt.date(2020, 5, 5), by=None)

    assert code_of(Invoice.objects.get()) == "period_locked"


def test_nobody_issues_the_same_one_twice(goyang):
    old = Invoice.objects.get()
    reissue(old)

    assert code_of(old) == "reissued"
    assert reissue(Invoice.objects.get(sequence=2)).number == "WEGO-2020-0003"


def test_a_merged_duplicates_invoice_is_the_survivors_affair(goyang):
    twin = add_member("Goyang City", name_ko="고양특례시", on=dt.date(2013, 1, 1))
    merge_members(goyang, twin, on=ON, reason="One city", by=None)

    assert code_of(Invoice.objects.get()) == "merged"


def test_the_page_shows_both_and_one_button_does_it(desk, goyang, time_machine):
    time_machine.move_to(dt.datetime(2020, 5, 4, 3, tzinfo=dt.UTC))
    old = Invoice.objects.get()
    add_figure(goyang, 250_000)
    address = reverse("admin:dues_invoice_reissue", args=[old.pk])
    file = desk.get(reverse("admin:dues_invoice_change", args=[old.pk])).content.decode()
    assert f'href="{address}"' in file

    page = desk.get(address)
    words = text_of(page)
    assert "What WEGO-2020-0001 says USD 7,500.00" in words
    assert "What the new one would say USD 6,000.00" in words
    assert "Population 250,000" in words
    form = page.context["form"]
    typed = {name: form[name].value() for name in ("seen", "due_on")}
    assert typed == {"seen": price_again(old).hash, "due_on": dt.date(2020, 6, 3)}
    assert desk.post(address, typed | {"reason": ""}).status_code == 422
    done = desk.post(address, typed | {"reason": "Population was wrong"}, follow=True)

    assert messages_of(done) == [
        "WEGO-2020-0001 is void; WEGO-2020-0002 stands instead, USD 6,000.00."
    ]
    again = desk.get(address)
    assert again.status_code == 409
    assert "was issued anew as WEGO-2020-0002" in text_of(again)


def test_the_page_notices_that_the_world_changed_meanwhile(desk, goyang):
    old = Invoice.objects.get()
    address = reverse("admin:dues_invoice_reissue", args=[old.pk])
    seen = desk.get(address).context["form"]["seen"].value()
    add_figure(goyang, 250_000)

    page = desk.post(address, {"seen": seen, "due_on": "2199-01-01", "reason": "Wrong"})

    assert page.status_code == 422
    assert "Something changed since the new amount was shown." in text_of(page)
    assert page.context["form"]["seen"].value() == price_again(old).hash
    assert not CreditNote.objects.exists()


def test_the_page_of_what_cannot_be_priced_has_no_button(desk, goyang):
    old = Invoice.objects.get()
    add_figure(goyang, 0)

    page = text_of(desk.get(reverse("admin:dues_invoice_reissue", args=[old.pk])))

    assert "It cannot be issued anew as things stand." in page
    assert "Void it and issue" not in page


def test_the_secretariat_looks_on(client, secretariat, goyang):
    client.force_login(secretariat)
    old = Invoice.objects.get()

    assert client.get(reverse("admin:dues_invoice_reissue", args=[old.pk])).status_code == 403
    assert "Issue anew" not in text_of(
        client.get(reverse("admin:dues_invoice_change", args=[old.pk]))
    )
