"""Reminders by schedule (S8): each step once, the latest after a gap, none to whoever waits."""

import datetime as dt
import subprocess

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from dues import reminders
from dues.claims import Claimed, close_claim, file_claim
from dues.models import Paper, PaperDocument, PaymentClaim, Reminder, ReminderPause
from dues.papers import render_papers
from dues.plans import Instalment, agree_plan, end_plan
from dues.reminders import find_due, fingerprint, pause_reminders, send_batch, send_step
from members.models import Contact
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from wego import storage
from wego.models import AuditEntry, Mail, PolicyValue

pytestmark = pytest.mark.django_db
DUE = dt.date(2020, 3, 31)


def after(days):
    return DUE + dt.timedelta(days=days)


def with_contact(member, email="treasurer@goyang.example", role="finance"):
    Contact.objects.create(member=member, role=role, full_name="Choi Min-seo", email=email)
    return member


@pytest.fixture
def goyang():
    return with_contact(city(language="ko", address="104 Goyangsicheong-ro\nGoyang 10460"))


@pytest.fixture
def invoice(goyang):
    """Due on 31 March 2020, USD 7,500.00."""
    return issued_invoice(goyang)


def steps(on):
    return [(due.invoice.number, due.kind, due.days, due.waits) for due in find_due(on)]


def send(on, *, letters=False):
    batch = [due for due in find_due(on) if (due.kind == "letter") is letters]
    return send_batch(on=on, by=None, seen=fingerprint(batch), letters=letters)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-15, None),
        (-14, ("notice", -14)),
        (0, ("notice", -14)),
        (1, ("reminder", 1)),
        (29, ("reminder", 1)),
        (30, ("reminder", 30)),
        (90, ("reminder", 90)),
        (180, ("reminder", 180)),
        (2_000, ("reminder", 180)),
    ],
)
def test_the_latest_step_is_due_from_its_day_on(invoice, days, step):
    assert [(kind, day) for _number, kind, day, _why in steps(after(days))] == [step] * bool(step)


def test_every_step_is_sent_once(goyang, invoice):
    for days in (-14, 1, 30, 90, 180):
        assert len(send(after(days))) == 1
        assert steps(after(days)) == []
        assert send(after(days)) == []

    assert list(Reminder.objects.order_by("pk").values_list("kind", "days", "sent_on")) == [
        ("notice", -14, after(-14)),
        *(("reminder", days, after(days)) for days in (1, 30, 90, 180)),
    ]
    assert list(Mail.objects.order_by("pk").values_list("kind", "to_email", "language")) == [
        ("dues_notice", "treasurer@goyang.example", "ko"),
        *[("dues_reminder", "treasurer@goyang.example", "ko")] * 4,
    ]
    assert AuditEntry.objects.filter(act="reminder.sent", file=f"member:{goyang.pk}").count() == 5


def test_after_a_gap_only_the_latest_step_is_sent(invoice):
    send(after(-14))
    send(after(95))

    assert list(Reminder.objects.order_by("pk").values_list("days", flat=True)) == [-14, 90]
    assert steps(after(179)) == []
    assert steps(after(180)) == [("WEGO-2020-0001", "reminder", 180, "")]


def test_a_letter_of_the_secretary_general_follows_the_last_reminder(invoice, tmp_path):
    send(after(180))
    assert steps(after(209)) == []
    assert steps(after(210)) == [("WEGO-2020-0001", "letter", 180, "")]

    # It goes out by its own button alone.
    assert send(after(210)) == []
    assert [row.kind for row in send(after(210), letters=True)] == ["letter"]

    assert steps(after(999)) == []
    assert send(after(999), letters=True) == []
    assert Mail.objects.latest("pk").kind == "dues_letter"


def test_no_letter_without_a_last_reminder(invoice):
    send(after(90))

    assert [step[1] for step in steps(after(400))] == ["reminder"]


def test_mail_and_letter_say_number_amount_and_day(goyang, invoice, tmp_path):
    pay(goyang, 2_500, received_on=after(0))
    send(after(30))

    mail, paper = Mail.objects.latest("pk"), Paper.objects.get(kind="reminder")
    assert mail.subject == (
        "납부 안내: 청구서 WEGO-2020-0001의 납부 기한(2020년 3월 31일)이 지났습니다"
    )
    assert "USD 5,000.00" in mail.text
    assert mail.waits_for == f"paper:{paper.pk}"
    assert render_papers().parked == {}
    mail.refresh_from_db()
    account = Paper.objects.get(kind="statement", goes_with=paper)
    names = [f"{each.reference}.pdf" for each in (paper, account)]
    assert [each["name"] for each in mail.attachments] == names
    facts = account.snapshot["facts"]
    assert (facts["first"], facts["last"]) == ("2020-01-01", after(30).isoformat())
    assert facts["closing_cents"] == 500_000
    document = PaperDocument.objects.get(paper=paper)
    file = tmp_path / "reminder.pdf"
    file.write_bytes(storage.read_file(document.path, sha256=document.sha256))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    words = " ".join(done.stdout.decode().split())
    for each in ("고양시", "회비 납부 안내", "WEGO-2020-0001", "USD 5,000.00", "2020년 3월 31일"):
        assert each in words


def test_paid_and_void_invoices_are_not_reminded(goyang, invoice):
    pay(goyang, 7_500, received_on=after(0))

    assert steps(after(30)) == []


# Who waits.


def test_a_kept_plan_pauses_its_invoices(goyang, invoice):
    plan = agree_plan(
        goyang,
        [invoice],
        [Instalment(after(100), 750_000)],
        reason="Budget",
        on=after(5),
        by=None,
    )
    assert steps(after(30)) == [("WEGO-2020-0001", "reminder", 30, "A payment plan is kept.")]
    assert send(after(30)) == []

    # The date was missed: the plan protects nothing any more.
    assert steps(after(101)) == [("WEGO-2020-0001", "reminder", 90, "")]
    end_plan(plan, reason="Over", on=after(40), by=None)
    assert steps(after(40)) == [("WEGO-2020-0001", "reminder", 30, "")]


@pytest.mark.parametrize("of_invoice", [True, False])
def test_we_paid_pauses_for_fourteen_days_or_until_answered(goyang, invoice, of_invoice):
    claim = file_claim(
        goyang,
        Claimed(750_000, after(25), invoice if of_invoice else None),
        on=after(28),
        by=None,
    )
    why = "The member said on 28 Apr 2020 that it paid."
    for days in (30, 41):
        assert steps(after(days)) == [("WEGO-2020-0001", "reminder", 30, why)]
    assert steps(after(42)) == [("WEGO-2020-0001", "reminder", 30, "")]

    close_claim(claim, answer="Not found", on=after(32), by=None)
    assert steps(after(32)) == [("WEGO-2020-0001", "reminder", 30, "")]
    assert PaymentClaim.objects.count() == 1


def test_a_claim_about_one_invoice_leaves_the_others(goyang, invoice):
    issued_invoice(goyang, year=2019)
    file_claim(goyang, Claimed(750_000, after(25), invoice), on=after(28), by=None)

    assert [step[3] == "" for step in steps(after(30))] == [True, False]


def test_a_person_pauses_a_member_until_a_day(goyang, invoice):
    pause_reminders(goyang, after(60), reason="The mayor wrote", on=after(20), by=None)

    assert steps(after(59))[0][3] == "Paused until 30 May 2020: The mayor wrote"
    assert steps(after(60))[0][3] == ""
    # The newest holds: with today, it is reminded again at once.
    pause_reminders(goyang, after(21), reason="Answered", on=after(21), by=None)
    assert steps(after(30))[0][3] == ""


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        (after(-1), "x", "from today on"),
        (after(367), "x", "within a year"),
        (after(9), " ", "Say why"),
    ],
)
def test_odd_pauses_are_refused(goyang, until, reason, words):
    with pytest.raises(ValidationError, match=words):
        pause_reminders(goyang, until, reason=reason, on=DUE, by=None)

    assert ReminderPause.objects.count() == 0


def test_whoever_has_no_contact_is_shown_and_not_written_to():
    issued_invoice(city("Seoul", "서울시"))

    assert steps(after(1))[0][3] == "Nobody to write to: the member has no contact."
    assert send(after(1)) == []


def test_the_finance_contact_comes_first_then_the_liaison(goyang, invoice):
    with_contact(goyang, "head@goyang.example", "head")
    with_contact(goyang, "liaison@goyang.example", "liaison")
    assert [due.contact.email for due in find_due(after(1))] == ["treasurer@goyang.example"]

    Contact.objects.filter(role="finance").delete()
    assert [due.contact.email for due in find_due(after(1))] == ["liaison@goyang.example"]


# The switches.


def test_days_are_those_of_the_policy(invoice):
    PolicyValue.objects.create(key="reminder_days", value="-30,7")

    assert steps(after(-31)) == []
    assert steps(after(-30)) == [("WEGO-2020-0001", "notice", -30, "")]
    assert steps(after(6)) == [("WEGO-2020-0001", "notice", -30, "")]
    assert steps(after(7)) == [("WEGO-2020-0001", "reminder", 7, "")]


def test_reminders_can_come_by_mail_alone_or_not_at_all(invoice):
    choice = PolicyValue.objects.create(key="reminder_way", value="off")
    assert steps(after(30)) == []

    choice.value = "mail"
    choice.save()
    assert [row.paper for row in send(after(30))] == [None]
    assert Mail.objects.get().waits_for == ""


def test_a_notice_is_a_mail_alone(invoice):
    assert [row.paper for row in send(after(-14))] == [None]
    assert Paper.objects.count() == 0


# Never twice, never what nobody saw.


def test_a_batch_that_changed_is_not_sent(goyang, invoice):
    seen = fingerprint(find_due(after(30)))
    pay(goyang, 100, received_on=after(2))
    with pytest.raises(ValidationError, match="Something changed"):
        send_batch(on=after(30), by=None, seen=seen)

    assert Reminder.objects.count() == 0


def test_a_step_taken_meanwhile_is_not_taken_again(invoice):
    (due,) = find_due(after(30))
    assert send_step(due, on=after(30), by=None)

    assert send_step(due, on=after(30), by=None) is None
    assert Reminder.objects.count() == Mail.objects.count() == 1


def test_the_database_refuses_a_step_twice(invoice):
    send(after(30))
    row = Reminder.objects.get()
    for days, kind in ((30, "reminder"), (30, "notice")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.create(
                invoice=invoice,
                kind=kind,
                days=days,
                sent_on=DUE,
                amount_cents=1,
                to_email="x@x.kr",
            )
    with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
        row.delete()


def test_whoever_is_stopped_goes_on_where_they_stopped(invoice, monkeypatch):
    almaty = with_contact(city("Almaty", "", country_code="KZ"), "f@almaty.example")
    issued_invoice(almaty, sequence=2)
    with monkeypatch.context() as broken:
        calls = []

        def stop(*args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        real = reminders.write_to_payer
        broken.setattr(reminders, "write_to_payer", stop)
        with pytest.raises(KeyboardInterrupt):
            send(after(30))
    assert Reminder.objects.count() == Mail.objects.count() == 1

    assert len(send(after(30))) == 1
    assert set(Mail.objects.values_list("to_email", flat=True)) == {
        "f@almaty.example",
        "treasurer@goyang.example",
    }


@pytest.mark.parametrize("number", [1, 12])
def test_the_batch_asks_equally_often_however_long(number, django_assert_num_queries):
    for n in range(number):
        member = with_contact(city(f"Ward {n}", ""), f"w{n}@x.kr")
        issued_invoice(member, sequence=n + 1)

    with django_assert_num_queries(7):
        assert len(find_due(after(30))) == number
