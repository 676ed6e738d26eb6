"""The first page of the portal: who one acts for, what to do now, what comes next."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator

from members.models import (
    Affiliation,
    Application,
    Contact,
    Proceeding,
    Proposal,
    StatusEntry,
    WithdrawalNotice,
)
from tests.members.portal import IN_NOVEMBER, acting, kathmandu, said, words_of
from tests.register import add_figure, add_member

pytestmark = pytest.mark.django_db
HOME = "/portal/"


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def member():
    return kathmandu()


@pytest.fixture
def maya(client, member):
    user = acting(member, "administrator")
    client.force_login(user)
    return user


SECOND_STEP = "Protect your account with a second step"


def tasks_of(page):
    return [task.words for task in page.context["tasks"]]


def test_full_member_with_nothing_overdue_is_in_good_standing(client, maya):
    words = words_of(client.get(HOME))

    assert "Kathmandu City · Nepal Full member since 31 Dec 2019" in words
    assert "Are we in good standing? Yes You are a full member, and nothing is overdue." in words
    assert "no vote" not in words


def test_november_asks_for_figure_and_finance_contact(client, maya, member):
    assert tasks_of(client.get(HOME)) == [
        "Confirm your population for the dues of 2027",
        "Name your finance contact",
        SECOND_STEP,
    ]

    add_figure(member, 1_442_271, year=2027)
    Contact.objects.create(member=member, role="finance", full_name="Asha", email="a@k.example")

    assert tasks_of(client.get(HOME)) == [SECOND_STEP]
    Authenticator.objects.create(user=maya, type="totp", data={})

    page = client.get(HOME)
    assert tasks_of(page) == []
    assert "Nothing. When we need something from you, it stands here." in words_of(page)


def test_figure_that_is_missing_is_asked_for_all_year(client, maya, member, time_machine):
    time_machine.move_to(dt.datetime(2027, 3, 1, tzinfo=dt.UTC), tick=False)
    client.force_login(maya)

    assert "Confirm your population for the dues of 2027" in tasks_of(client.get(HOME))


def test_figure_that_was_proposed_is_not_asked_for_again(client, maya, member):
    Proposal.objects.create(member=member, changes={"figure": [{}, {}]})

    assert "Confirm your population for the dues of 2027" not in tasks_of(client.get(HOME))


@pytest.mark.parametrize(
    ("role", "tasks"),
    [("administrator", 4), ("finance", 3), ("delegate", 1), ("reader", 1)],
)
def test_everybody_is_asked_only_what_they_may_do(client, member, role, tasks):
    Proceeding.objects.create(
        member=member,
        outcome="suspend",
        proposed_on=dt.date(2026, 11, 10),
        heard_until=dt.date(2026, 12, 10),
        reason="Two years unpaid",
    )
    client.force_login(acting(member, role))

    assert len(client.get(HOME).context["tasks"]) == tasks


def test_declined_proposal_is_news_for_two_months(client, maya, member):
    proposal = Proposal.objects.create(
        member=member,
        changes={"name_en": ["Kathmandu", "Kantipur"]},
        state="declined",
        answer="No decree.",
        answered_at=IN_NOVEMBER - dt.timedelta(days=30),
    )
    assert "No decree." in words_of(client.get(HOME))

    Proposal.objects.filter(pk=proposal.pk).update(answered_at=IN_NOVEMBER - dt.timedelta(days=90))
    assert "No decree." not in words_of(client.get(HOME))


def test_associate_sees_no_fee_and_what_the_excom_decides(client, maya, member):
    add_status(member, "associate")
    Application.objects.create(
        reference="WEGO-A-2026-0001",
        state="accepted",
        applicant_email="maya@kathmandu.example",
        member=member,
        target_excom_year=2026,
    )
    words = words_of(client.get(HOME))

    assert "Associates pay no fee. The EXCOM decides on full membership." in words
    assert "2026 The EXCOM decides on your full membership." in words
    assert "2027 First year of dues, if the EXCOM approves." in words
    assert "Confirm your population" not in words


@pytest.mark.parametrize("kind", ["company", "institution"])
def test_kinds_without_a_vote_are_told_so(client, member, kind):
    other = add_member("Danfoss", "DK", kind=kind)
    client.force_login(acting(other, "administrator"))
    words = words_of(client.get(HOME))

    assert "Companies and institutions have no vote in the General Assembly." in words
    nothing = {
        "company": "Your number of employees is not known yet: please confirm it.",
        "institution": "Institutions pay no dues at present.",
    }
    assert nothing[kind] in words


def test_suspension_is_said_plainly(client, maya, member):
    add_status(member, "suspended")

    assert "The rights of your membership rest since 1 Nov 2026" in words_of(client.get(HOME))


@pytest.mark.parametrize("status", ["withdrawn", "expelled"])
def test_ended_membership_keeps_invoices_and_letters_only(client, maya, member, status):
    add_status(member, status)
    page = client.get(HOME)

    assert "The membership has ended" in words_of(page)
    assert "What to do now" not in words_of(page)
    assert ">Documents</a>" in page.content.decode()
    assert ">Figures</a>" not in page.content.decode()
    for address in ("data/", "data/details/", "figures/", "people/", "people/invite/", "leave/"):
        refused = client.get(f"{HOME}{address}")
        assert refused.status_code == 403
        assert "ended on 1 Nov 2026" in words_of(refused)
        assert client.post(f"{HOME}{address}", {}).status_code in {403, 405}
    for address in ("invoices/", "documents/"):
        assert client.get(f"{HOME}{address}").status_code == 200


def test_notice_of_withdrawal_stands_among_what_comes(client, maya, member):
    WithdrawalNotice.objects.create(
        member=member, received_on=dt.date(2026, 11, 2), effective_on=dt.date(2026, 12, 31)
    )

    assert "31 Dec 2026 Your membership ends, as you asked." in words_of(client.get(HOME))


def test_person_of_two_chooses_for_which_one_they_act(client, maya, member):
    seoul = add_member("Seoul", name_ko="서울")
    Affiliation.objects.create(user=maya, member=seoul, role="reader")
    assert "Switch organisation" in client.get(HOME).content.decode()

    answer = client.post("/portal/switch/", {"member": seoul.pk}, follow=True)

    assert said(answer) == ["You now act for Seoul."]
    assert "<h1>Seoul</h1>" in answer.content.decode()
    assert tasks_of(answer) == [SECOND_STEP]


@pytest.mark.parametrize("wanted", ["foreign", "", "0", "x", "1e9"])
def test_nobody_acts_for_somebody_elses_organisation(client, maya, member, wanted):
    dhaka = add_member("Dhaka North", "BD")

    answer = client.post("/portal/switch/", {"member": dhaka.pk if wanted == "foreign" else wanted})

    assert answer.status_code == 404
    assert client.get(HOME).context["member"] == member


def test_language_switch_keeps_page_and_organisation(client, maya):
    for path in (HOME, "/portal/data/", "/portal/figures/"):
        assert client.post("/i18n/setlang/", {"language": "ko", "next": path}).url == path
        assert '<html lang="ko">' in client.get(path).content.decode()


def add_status(member, status):
    StatusEntry.objects.create(
        member=member, status=status, effective_on=dt.date(2026, 11, 1), reason="Decision"
    )
