"""Leaving on the staff pages: notices and proposals, each shown before it holds."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Proceeding, WithdrawalNotice
from tests.dues.builders import issued_invoice, one_page_pdf
from tests.members.bodies import add_associate, add_contact, life
from tests.register import add_member
from wego.models import Mail, PolicyValue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_october_2022():
    with time_machine.travel(dt.datetime(2022, 10, 5, 3, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def almaty(db):
    member = add_member("Almaty", "KZ", on=dt.date(2012, 1, 1))
    add_contact(member, email="office@almaty.example")
    return member


def text_of(response):
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main.group() if main else page)).split())


def page_of(member, act):
    return f"/admin/members/member/{member.pk}/{act}/"


NOTICE = {"received_on": "2022-10-01", "reason": "The council decided so."}


def test_notice_shows_when_it_takes_effect_and_what_is_overdue_first(kim, almaty):
    issued_invoice(almaty, year=2021)

    page = kim.post(page_of(almaty, "notice"), NOTICE)
    words = text_of(page)

    assert page.status_code == 200
    assert "Takes effect on 31 Dec 2022" in words
    assert "31 December of the year the notice is received" in words
    assert "Dues 2021, invoice WEGO-2021-0001: USD" in words
    assert WithdrawalNotice.objects.count() == 0


def test_notice_is_filed_with_its_letter(kim, almaty, secretariat):
    letter = SimpleUploadedFile("letter.pdf", one_page_pdf("We leave"), "application/pdf")

    answer = kim.post(page_of(almaty, "notice"), NOTICE | {"step": "file", "letter": letter})

    notice = WithdrawalNotice.objects.get()
    assert answer.url == f"/admin/members/member/{almaty.pk}/change/"
    assert (notice.received_on, notice.effective_on) == (
        dt.date(2022, 10, 1),
        dt.date(2022, 12, 31),
    )
    assert (notice.filed_by, notice.file_name) == (secretariat, "letter.pdf")
    assert life(almaty) == [("full", "2012-01-01")]
    stored = kim.get(page_of(almaty, f"notice/{notice.pk}/letter"))
    assert stored.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert stored.content.startswith(b"%PDF")


def test_harmful_letter_is_refused_at_its_field(kim, almaty):
    letter = SimpleUploadedFile("letter.pdf", b"MZ not a letter", "application/pdf")

    page = kim.post(page_of(almaty, "notice"), NOTICE | {"step": "file", "letter": letter})

    assert page.status_code == 422
    assert "no PDF, JPEG or PNG" in text_of(page)
    assert WithdrawalNotice.objects.count() == 0


def test_notice_from_the_future_is_refused(kim, almaty):
    data = NOTICE | {"received_on": "2022-10-06", "step": "file"}

    page = kim.post(page_of(almaty, "notice"), data)

    assert page.status_code == 422
    assert "2022-10-06 is still to come" in text_of(page)
    assert WithdrawalNotice.objects.count() == 0


def test_notice_follows_the_policy_of_the_day(kim, almaty):
    PolicyValue.objects.create(key="withdrawal_effective", value="decision")

    assert "the day a body notes it" in text_of(kim.post(page_of(almaty, "notice"), NOTICE))


def test_associate_leaves_on_the_day_of_its_notice(kim):
    city = add_associate(on=dt.date(2022, 3, 5))

    assert "Takes effect on 1 Oct 2022" in text_of(kim.post(page_of(city, "notice"), NOTICE))


def test_acknowledging_writes_the_withdrawal_and_a_mail(kim, almaty):  # A15
    kim.post(page_of(almaty, "notice"), NOTICE | {"step": "file"})
    page = kim.get(page_of(almaty, "notice/acknowledge"))
    assert "A mail goes to office@almaty.example." in text_of(page)

    kim.post(page_of(almaty, "notice/acknowledge"))

    assert life(almaty) == [("full", "2012-01-01"), ("withdrawn", "2022-12-31")]
    assert Mail.objects.get(kind="withdrawal_acknowledged").to_email == "office@almaty.example"
    assert kim.get(page_of(almaty, "notice/acknowledge")).status_code == 404


def test_member_without_an_address_is_named_before(kim):
    member = add_member("Ulaanbaatar", "MN", on=dt.date(2012, 1, 1))
    kim.post(page_of(member, "notice"), NOTICE | {"step": "file"})

    page = kim.get(page_of(member, "notice/acknowledge"))

    assert "No contact has an e-mail address" in text_of(page)


def test_notice_is_taken_back_with_a_reason(kim, almaty):
    kim.post(page_of(almaty, "notice"), NOTICE | {"step": "file"})
    kim.post(page_of(almaty, "notice/acknowledge"))

    assert kim.post(page_of(almaty, "notice/take-back"), {"reason": ""}).status_code == 422
    kim.post(page_of(almaty, "notice/take-back"), {"reason": "The new mayor stays."})

    assert WithdrawalNotice.objects.get().taken_back_on == dt.date(2022, 10, 5)
    assert life(almaty)[-1] == ("full", "2022-12-31")


def test_proposal_says_until_when_the_member_is_heard(kim, almaty):
    page = kim.get(page_of(almaty, "propose"))
    assert "May be heard until 4 Nov 2022" in text_of(page)

    kim.post(page_of(almaty, "propose"), {"outcome": "expel", "reason": "Unpaid since 2018"})

    proceeding = Proceeding.objects.get()
    assert (proceeding.outcome, proceeding.heard_until) == ("expel", dt.date(2022, 11, 4))
    assert life(almaty) == [("full", "2012-01-01")]


def test_nothing_is_proposed_of_an_associate(kim):
    city = add_associate(on=dt.date(2022, 3, 5))

    page = kim.get(page_of(city, "propose"))

    assert "Only a full or suspended member" in text_of(page)
    assert b"<textarea" not in page.content
    refused = kim.post(page_of(city, "propose"), {"outcome": "expel", "reason": "x"})
    assert refused.status_code in {200, 422}
    assert Proceeding.objects.count() == 0


def test_statement_is_kept_and_the_proposal_dropped(kim, almaty):
    kim.post(page_of(almaty, "propose"), {"outcome": "suspend", "reason": "Unpaid"})
    pk = Proceeding.objects.get().pk

    kim.post(page_of(almaty, f"hearing/{pk}"), {"statement": "We pay in November."})
    page = kim.get(page_of(almaty, f"hearing/{pk}"))
    assert "2022-10-05: We pay in November." in text_of(page)

    kim.post(page_of(almaty, f"hearing/{pk}/drop"), {"reason": "Paid"})
    assert Proceeding.objects.get().dropped_on == dt.date(2022, 10, 5)
    assert kim.get(page_of(almaty, f"hearing/{pk}")).status_code == 404


def test_proposal_of_another_member_is_not_found(kim, almaty):
    other = add_member("Seoul", on=dt.date(2012, 1, 1))
    kim.post(page_of(almaty, "propose"), {"outcome": "suspend", "reason": "Unpaid"})
    pk = Proceeding.objects.get().pk

    assert kim.get(page_of(other, f"hearing/{pk}")).status_code == 404
    assert kim.post(page_of(other, f"hearing/{pk}/drop"), {"reason": "x"}).status_code == 404
    assert Proceeding.objects.get().dropped_on is None


@pytest.mark.parametrize("act", ["notice", "notice/acknowledge", "notice/take-back", "propose"])
def test_leaving_is_the_secretariats(client, finance, almaty, act):
    assert client.get(page_of(almaty, act)).status_code == 302
    client.force_login(finance)
    assert client.get(page_of(almaty, act)).status_code == 403
    assert client.post(page_of(almaty, act), NOTICE | {"step": "file"}).status_code == 403
    assert WithdrawalNotice.objects.count() == 0
