"""Who is asked for next year's figure in October: everybody who owes dues, once."""

import datetime as dt

import pytest

from members.asking import ask_for_figures
from members.models import Contact, StatusEntry
from members.tasks import ask_for_figures as sweep
from tests.members.portal import IN_NOVEMBER, acting, kathmandu
from tests.register import add_figure, add_member
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture
def member():
    return kathmandu()


def contact(member, role="finance", email="asha@kathmandu.example"):
    return Contact.objects.create(member=member, role=role, full_name="Asha", email=email)


def asked():
    return list(Mail.objects.order_by("pk").values_list("to_email", flat=True))


def test_october_asks_each_member_once_a_year(member):
    contact(member)

    assert ask_for_figures(on=dt.date(2026, 9, 30)) == 0
    assert ask_for_figures(on=OCTOBER) == 1
    assert ask_for_figures(on=OCTOBER) == 0
    assert ask_for_figures(on=dt.date(2026, 12, 31)) == 0
    assert ask_for_figures(on=dt.date(2027, 1, 1)) == 0
    assert ask_for_figures(on=dt.date(2027, 10, 1)) == 1

    first, second = Mail.objects.order_by("pk")
    assert first.subject == "Please confirm your figure for the dues of 2027"
    assert "1,442,271 (2026)" in first.text
    assert "http://127.0.0.1:8000/portal/figures/" in first.text
    assert second.subject.endswith("2028")
    assert AuditEntry.objects.filter(act="member.figure_asked").count() == 2


def test_who_confirmed_already_is_not_asked(member):
    contact(member)
    add_figure(member, 1_442_271, year=2027)

    assert ask_for_figures(on=OCTOBER) == 0
    assert asked() == []


@pytest.mark.parametrize(
    ("kind", "status", "count"),
    [
        ("city", "full", 1),
        ("company", "full", 1),
        ("city", "suspended", 1),
        ("institution", "full", 0),
        ("city", "associate", 0),
        ("city", "withdrawn", 0),
    ],
)
def test_only_who_will_owe_is_asked(kind, status, count):
    member = add_member("Danfoss", "DK", kind=kind)
    StatusEntry.objects.create(
        member=member, status=status, effective_on=dt.date(2026, 5, 1), reason="Decision"
    )
    contact(member)

    assert ask_for_figures(on=OCTOBER) == count


def test_merged_duplicates_are_not_asked(member):
    contact(add_member("Katmandu", "NP", merged_into=member))

    assert ask_for_figures(on=OCTOBER) == 0


def test_finance_contact_before_liaison_before_people(member):
    acting(member, "administrator")
    acting(member, "reader")
    assert ask_for_figures(on=OCTOBER) == 1
    contact(member, "liaison", "liaison@kathmandu.example")
    ask_for_figures(on=dt.date(2027, 10, 1))
    contact(member)
    contact(member, email="ASHA@kathmandu.example")
    ask_for_figures(on=dt.date(2028, 10, 1))

    assert asked()[:2] == ["maya@kathmandu.example", "liaison@kathmandu.example"]
    assert [address.lower() for address in asked()[2:]] == ["asha@kathmandu.example"]


def test_nobody_to_write_to_is_asked_when_somebody_is_named(member):
    assert ask_for_figures(on=OCTOBER) == 0
    assert not AuditEntry.objects.exists()

    contact(member)

    assert ask_for_figures(on=dt.date(2026, 11, 5)) == 1


def test_korean_member_is_asked_in_korean():
    goyang = add_member("Goyang", name_ko="고양")
    contact(goyang, email="finance@goyang.example")
    ask_for_figures(on=OCTOBER)

    mail = Mail.objects.get()
    assert (
        mail.language,
        "고양" in mail.text,
        "아직 없음" in mail.text or "none yet" in mail.text,
    ) == (
        "ko",
        True,
        True,
    )


def test_worker_asks_by_the_calendar_of_seoul(member, time_machine):
    contact(member)
    time_machine.move_to(dt.datetime(2026, 9, 30, 14, 59, tzinfo=dt.UTC), tick=False)
    sweep()
    assert asked() == []

    time_machine.move_to(dt.datetime(2026, 9, 30, 15, 0, tzinfo=dt.UTC), tick=False)
    sweep()
    assert asked() == ["asha@kathmandu.example"]
    time_machine.move_to(IN_NOVEMBER, tick=False)
    sweep()
    assert len(asked()) == 1
