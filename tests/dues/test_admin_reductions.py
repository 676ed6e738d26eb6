"""Reductions at finance's desk: decided on a form, read, carried out, taken back."""

import datetime as dt

import pytest
from django.urls import reverse

from dues.invoicing import issue_dues
from dues.models import CreditNote, Invoice, Reduction
from tests.dues.staff import messages_of, text_of
from tests.register import add_figure, add_gdp, add_member

pytestmark = pytest.mark.django_db
TYPED = {
    "first_year": "2020",
    "last_year": "2021",
    "percent": "50",
    "amount": "",
    "decided_on": "2019-11-17",
    "decided_by": "EXCOM",
    "reference": "EXCOM 2019, item 7",
    "reason": "Earthquake",
}


@pytest.fixture
def kathmandu():
    member = add_member("Kathmandu", "NP", name_ko="카트만두", on=dt.date(2012, 9, 1))
    add_figure(member, 1_442_271)
    add_gdp("NP", "3600")
    return member


def page_for(member):
    return f"{reverse('admin:dues_reduction_add')}?member={member.pk}"


def test_from_the_members_file_to_the_recorded_decision(desk, kathmandu, finance):
    address = page_for(kathmandu)
    file = desk.get(reverse("admin:members_member_change", args=[kathmandu.pk]))
    assert f'href="{address}"' in file.content.decode()

    page = desk.post(address, TYPED, follow=True)

    reduction = Reduction.objects.get()
    assert (reduction.percent, reduction.first_year, reduction.last_year) == (50, 2020, 2021)
    assert reduction.recorded_by == finance
    assert messages_of(page) == [
        "The reduction of Kathmandu is recorded. It counts for invoices from now on."
    ]
    words = text_of(page)
    assert "decision of EXCOM of 17 Nov 2019 (EXCOM 2019, item 7)" in words
    assert "50 % of the fee" in words
    listed = text_of(desk.get(reverse("admin:dues_reduction_changelist")))
    assert "Kathmandu" in listed
    assert "2020-2021" in listed


@pytest.mark.parametrize(
    ("changes", "box", "sentence"),
    [
        ({"percent": ""}, "percent", "Enter an amount a year, or per cent: one of them."),
        ({"last_year": "2019"}, "last_year", "The last dues year lies before the first one."),
        ({"percent": "", "amount": "50x"}, "amount", "“50x” is not a number"),
        ({"decided_on": "2199-01-01"}, "decided_on", "2199-01-01 is still to come"),
        ({"reason": ""}, "reason", "Say why."),
    ],
)
def test_a_refusal_stands_at_its_box_and_nothing_is_written(
    desk, kathmandu, changes, box, sentence
):
    page = desk.post(page_for(kathmandu), TYPED | changes)

    assert page.status_code == 422
    (said,) = page.context["form"].errors[box]
    assert said.startswith(sentence)
    assert b"<title>Error:" in page.content
    assert not Reduction.objects.exists()


def test_an_invoice_issued_before_is_offered_and_credited_by_a_button(desk, kathmandu):
    issue_dues(2020, by=None)
    invoice = Invoice.objects.get()
    page = desk.post(page_for(kathmandu), TYPED, follow=True)
    assert "Credit USD 625.00" in text_of(page)
    assert not CreditNote.objects.exists()
    reduction = Reduction.objects.get()

    after = desk.post(
        reverse("admin:dues_reduction_credit", args=[reduction.pk]),
        {"invoice": invoice.pk},
        follow=True,
    )

    note = CreditNote.objects.get()
    assert messages_of(after) == [f"{note.number} takes USD 625.00 off WEGO-2020-0001."]
    assert "Invoices issued before" not in text_of(after)
    again = desk.post(
        reverse("admin:dues_reduction_credit", args=[reduction.pk]), {"invoice": invoice.pk}
    )
    assert again.status_code == 409
    assert CreditNote.objects.count() == 1


def test_it_is_taken_back_with_a_reason(desk, kathmandu):
    desk.post(page_for(kathmandu), TYPED)
    address = reverse("admin:dues_reduction_end", args=[Reduction.objects.get().pk])

    silent = desk.post(address, {"reason": ""})
    assert silent.status_code == 422
    page = desk.post(address, {"reason": "The city recovered"}, follow=True)

    assert Reduction.objects.get().ended_why == "The city recovered"
    assert "Take the reduction back" not in text_of(page)
    assert "The city recovered" in text_of(page)


def test_the_secretariat_reads_and_decides_nothing(client, secretariat, desk, kathmandu):
    desk.post(page_for(kathmandu), TYPED)
    reduction = Reduction.objects.get()
    client.force_login(secretariat)

    page = client.get(reverse("admin:dues_reduction_change", args=[reduction.pk]))

    assert page.status_code == 200
    assert "Take the reduction back" not in text_of(page)
    assert client.get(page_for(kathmandu)).status_code == 403
    for act in ("end", "credit"):
        address = reverse(f"admin:dues_reduction_{act}", args=[reduction.pk])
        assert client.post(address, {"reason": "x"}).status_code == 403


def test_the_preview_and_the_invoice_say_what_lowered_the_fee(desk, kathmandu):
    desk.post(page_for(kathmandu), TYPED)

    preview = text_of(desk.get("/admin/dues/year/2020/"))
    why = text_of(desk.get(f"/admin/dues/year/2020/why/{kathmandu.pk}/"))
    check = text_of(desk.get("/admin/dues/year/2020/check/"))
    issue_dues(2020, by=None)
    invoice = text_of(
        desk.get(reverse("admin:dues_invoice_change", args=[Invoice.objects.get().pk]))
    )

    assert "fee USD 1,250, reduced by USD 625.00 (50 %)" in preview
    assert "Fee by the table USD 1,250.00 Reduction USD -625.00 Due USD 625.00" in why
    assert "off by reductions" in check
    assert "USD 625.00 (50 %) by decision of EXCOM of 17 Nov 2019" in invoice
