import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from members.leaving import acknowledge_notice, file_notice, leaving_day, take_back_notice
from members.models import Application, Letter, StatusEntry, WithdrawalNotice
from tests.members.bodies import add_associate, add_contact, decide, life
from tests.register import add_member
from wego.models import AuditEntry, Mail
from wego.policies import change_policy
from wego.storage import read_file
from wego.uploads import Upload

RECEIVED = dt.date(2022, 10, 1)
FULL_SINCE = dt.date(2012, 11, 12)


@pytest.fixture
def lisbon(db):
    return add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)


def notify(member, received_on=RECEIVED, **facts):
    return file_notice(
        member,
        received_on=received_on,
        reason=facts.pop("reason", "Budget"),
        by=facts.pop("by", None),
        on=facts.pop("on", received_on),
        **facts,
    )


def refusal_of(act, *arguments, **facts):
    """The sentence of a refusal that wrote nothing."""

    def everything():
        return [
            list(model.objects.values())
            for model in (StatusEntry, WithdrawalNotice, Letter, Mail, AuditEntry)
        ]

    before = everything()
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act(*arguments, **facts)
    assert everything() == before
    return refusal.value.messages[0]


@pytest.mark.parametrize(
    ("how", "received", "leaves"),
    [
        ("year_end", "2022-10-01", "2022-12-31"),
        ("year_end", "2022-12-31", "2022-12-31"),
        ("year_end", "2022-01-01", "2022-12-31"),
        ("six_months", "2022-08-31", "2023-02-28"),
        ("six_months", "2023-08-31", "2024-02-29"),
        ("six_months", "2022-10-01", "2023-04-01"),
        ("immediate", "2022-10-01", "2022-10-01"),
        ("decision", "2022-10-01", None),
    ],
)
def test_leaving_day(how, received, leaves):
    day = leaving_day(how, dt.date.fromisoformat(received))

    assert (day.isoformat() if day else None) == leaves


def test_file_notice_changes_no_status(lisbon, secretariat):
    notice = notify(lisbon, by=secretariat)

    assert (notice.effective_on, notice.acknowledged_on) == (dt.date(2022, 12, 31), None)
    assert life(lisbon) == [("full", "2012-11-12")]
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.file, entry.by, entry.why) == (
        "notice.filed",
        f"member:{lisbon.pk}",
        secretariat,
        "Budget",
    )


def test_file_notice_keeps_the_letter(lisbon):
    letter = Upload("our letter.pdf", b"%PDF-1.7 goodbye", "application/pdf", ".pdf")

    notice = notify(lisbon, file=letter)

    assert notice.file_name == "our letter.pdf"
    assert read_file(notice.file_path, sha256=notice.file_sha256) == b"%PDF-1.7 goodbye"


def test_file_notice_refuses(lisbon):
    assert refusal_of(notify, lisbon, on=dt.date(2022, 9, 30)) == (
        "2022-10-01 is still to come: enter the day the notice arrived."
    )
    notify(lisbon)
    assert refusal_of(notify, lisbon) == (
        "Lisbon has filed a notice already, received on 2022-10-01."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["withdrawn", "expelled", "rejected"])
def test_who_has_left_files_no_notice(status):
    porto = add_member("Porto", "PT", region="europe", status=status, on=FULL_SINCE)

    assert refusal_of(notify, porto) == "Porto is no member today: there is nothing to leave."


def test_acknowledge_notice_writes_the_withdrawal(lisbon, secretariat):
    add_contact(lisbon, "liaison", "ana@lisbon.example")
    add_contact(lisbon, "head", "mayor@lisbon.example")
    add_contact(lisbon, "finance", "cash@lisbon.example")
    notice = notify(lisbon)

    acknowledge_notice(notice, on=dt.date(2022, 10, 4), by=secretariat)

    assert life(lisbon) == [("full", "2012-11-12"), ("withdrawn", "2022-12-31")]
    line = lisbon.status_entries.last()
    assert (line.reason, line.recorded_by) == (
        "Notice of withdrawal received on 2022-10-01.",
        secretariat,
    )
    notice.refresh_from_db()
    assert (notice.acknowledged_on, notice.acknowledged_by) == (dt.date(2022, 10, 4), secretariat)
    letter = Letter.objects.get()
    assert (letter.kind, letter.member) == ("withdrawal", lisbon)
    mails = Mail.objects.order_by("pk")
    assert [(mail.to_email, mail.kind, mail.waits_for) for mail in mails] == [
        ("ana@lisbon.example", "withdrawal_acknowledged", f"letter:{letter.pk}"),
        ("mayor@lisbon.example", "withdrawal_acknowledged", f"letter:{letter.pk}"),
    ]
    assert "takes effect: 31 December 2022" in mails[0].text
    assert refusal_of(acknowledge_notice, notice, on=dt.date(2022, 10, 5), by=None) == (
        "The notice of Lisbon was acknowledged on 2022-10-04 already."
    )


def test_acknowledging_late_holds_from_the_same_day(lisbon):
    notice = notify(lisbon, dt.date(2022, 12, 20))

    acknowledge_notice(notice, on=dt.date(2023, 1, 10), by=None)

    assert life(lisbon)[-1] == ("withdrawn", "2022-12-31")


def test_the_letter_is_in_the_members_language(db):
    goyang = add_member("Goyang", name_ko="고양시", on=FULL_SINCE)
    add_contact(goyang)

    acknowledge_notice(notify(goyang), on=RECEIVED, by=None)

    assert Letter.objects.get().language == "ko"
    mail = Mail.objects.get()
    assert mail.language == "ko"
    assert "2022년 12월 31일" in mail.text
    assert "고양시" in mail.text


def test_an_associate_leaves_at_once_with_its_application(db):
    suncheon = add_associate(on=dt.date(2019, 3, 5))

    acknowledge_notice(notify(suncheon, dt.date(2019, 6, 3)), on=dt.date(2019, 6, 4), by=None)

    assert life(suncheon) == [("associate", "2019-03-05"), ("withdrawn", "2019-06-03")]
    assert Application.objects.get().state == "withdrawn"


class TestTakingBack:
    def test_before_it_is_acknowledged(self, lisbon):
        notice = take_back_notice(notify(lisbon), on=RECEIVED, by=None)

        assert notice.taken_back_on == RECEIVED
        assert life(lisbon) == [("full", "2012-11-12")]
        assert AuditEntry.objects.latest("pk").act == "notice.taken_back"

    def test_until_the_eve_of_its_effect(self, lisbon):
        notice = notify(lisbon)
        acknowledge_notice(notice, on=RECEIVED, by=None)

        take_back_notice(notice, on=dt.date(2022, 12, 30), by=None)

        assert life(lisbon)[1:] == [("withdrawn", "2022-12-31"), ("full", "2022-12-31")]
        again = notify(lisbon, dt.date(2023, 2, 1))
        assert again.effective_on == dt.date(2023, 12, 31)

    def test_not_when_it_holds(self, lisbon):
        notice = notify(lisbon)
        acknowledge_notice(notice, on=RECEIVED, by=None)

        assert refusal_of(take_back_notice, notice, on=dt.date(2022, 12, 31), by=None) == (
            "Lisbon left on 2022-12-31: the notice cannot be taken back any more. "
            "It may apply again."
        )

    def test_not_twice(self, lisbon):
        notice = notify(lisbon)
        take_back_notice(notice, on=RECEIVED, by=None)

        assert refusal_of(take_back_notice, notice, on=RECEIVED, by=None) == (
            "The notice of Lisbon was taken back on 2022-10-01."
        )


class TestByDecision:
    """S14, set so that a notice takes effect on the day a body notes it."""

    @pytest.fixture
    def waiting(self, lisbon, administrator):
        change_policy(
            "withdrawal_effective", "decision", by=administrator, why="GA 2021", on=RECEIVED
        )
        add_contact(lisbon)
        return notify(lisbon)

    def test_acknowledged_it_still_waits(self, lisbon, waiting):
        acknowledge_notice(waiting, on=RECEIVED, by=None)

        assert waiting.effective_on is None
        assert life(lisbon) == [("full", "2012-11-12")]
        assert "on the day of the decision of the EXCOM" in Mail.objects.get().text
        assert Letter.objects.count() == 0

    @pytest.mark.parametrize("acknowledged", [True, False])
    def test_noted_it_holds(self, lisbon, waiting, acknowledged):
        if acknowledged:
            acknowledge_notice(waiting, on=RECEIVED, by=None)

        decision = decide((lisbon, "note"), on=dt.date(2022, 11, 10))

        assert life(lisbon)[-1] == ("withdrawn", "2022-11-10")
        assert lisbon.status_entries.last().decision_item == decision.items.get()
        waiting.refresh_from_db()
        assert waiting.effective_on == dt.date(2022, 11, 10)
        assert waiting.acknowledged_on is not None
        assert Letter.objects.get().kind == "withdrawal"


def test_a_notice_filed_under_another_policy_keeps_its_day(lisbon, administrator):
    notice = notify(lisbon)
    change_policy("withdrawal_effective", "immediate", by=administrator, why="GA", on=RECEIVED)

    acknowledge_notice(notice, on=dt.date(2022, 10, 9), by=None)

    assert life(lisbon)[-1] == ("withdrawn", "2022-12-31")


def test_a_notice_of_an_earlier_membership_is_history(db):
    """Nobody acknowledged it, a body rejected the applicant, and it came back."""
    suncheon = add_associate(on=dt.date(2019, 3, 5))
    old = notify(suncheon, dt.date(2019, 6, 3))
    decide((suncheon, "reject"), on=dt.date(2019, 11, 15))
    add_associate(on=dt.date(2019, 11, 15), number=2)

    assert refusal_of(acknowledge_notice, old, on=dt.date(2019, 11, 15), by=None) == (
        "This notice was of an earlier membership of Suncheon."
    )
    new = notify(suncheon, dt.date(2019, 11, 15))
    acknowledge_notice(new, on=dt.date(2019, 11, 15), by=None)
    assert life(suncheon)[-1] == ("withdrawn", "2019-11-15")
    old.refresh_from_db()
    assert old.taken_back_on == dt.date(2019, 11, 15)
