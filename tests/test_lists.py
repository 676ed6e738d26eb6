"""Every list asks the database equally often at 200 and at 5,000 members, and at most twelve times.

The lists are found by walking the web admin: a new one is held to the same by being there.
"""

import datetime as dt

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from dues.invoicing import issue_dues
from dues.models import Paper, Reduction
from events.models import AwardEdition
from members.models import (
    Affiliation,
    Application,
    ApplicationEntry,
    Contact,
    Decision,
    DecisionItem,
    Invitation,
    Letter,
    Member,
    MemberFigure,
    MemberName,
    Proceeding,
    Proposal,
    StatusEntry,
    User,
    WithdrawalNotice,
)
from tests.api_crowd import fill_api
from tests.awards_crowd import fill_awards
from tests.crowd_elections import fill_elections
from tests.events.filling import fill_around
from tests.events.programmes import fill_programmes
from tests.meetings_crowd import fill_meetings
from tests.register import add_gdp
from wego import kept
from wego.models import AuditEntry, Mail, Operation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("_steady_session"),
]
MOST = 12
# Of a page on which every app has its part: Today, and a member's file.
MOST_OF_ALL = 15
DAY = dt.date(2019, 12, 31)


def addresses():
    """Every list of the web admin, what else is one, and what is searched."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue
    for name in ("admin:index", "admin:settings", "directory:list", "history:page"):
        yield reverse(name)
    members = reverse("admin:members_member_changelist")
    yield from (
        f"{members}?q=ward+0",
        f"{members}?status=roster&open=population",
        reverse("admin:members_member_report"),
        reverse("admin:members_member_checklist"),
        reverse("admin:dues_years"),
        reverse("admin:dues_reminders"),
        reverse("admin:dues_standing"),
        reverse("admin:dues_year", args=[2020]),
        reverse("admin:dues_year_documents", args=[2020]),
        reverse("admin:dues_year_invoices", args=[2020]),
        f"{reverse('admin:dues_payment_changelist')}?q=ward",
        f"{reverse('admin:dues_payment_changelist')}?state=left",
        f"{reverse('admin:dues_invoice_changelist')}?state=overdue",
        reverse("admin:dues_payment_record"),
        reverse("admin:dues_year_board", args=[2020]),
        f"{reverse('admin:dues_year_board', args=[2020])}?show=open",
        reverse("admin:dues_aging"),
        f"{reverse('admin:dues_aging')}?bucket=over-365",
        reverse("admin:dues_cash"),
        f"{reverse('admin:dues_cash')}?region=asia",
        reverse("admin:dues_numbers"),
        reverse("admin:dues_journal"),
        f"{reverse('admin:dues_fees_paper')}?year=2020",
        reverse("admin:dues_arrears_paper"),
        f"{reverse('admin:search')}?q=ward",
        f"{reverse('admin:search')}?q=ana",
        f"{reverse('directory:list')}?q=ward&page=2",
    )


def fill(first, last):
    """Members `first` to `last` of a register with something of everything."""
    now = timezone.now()
    numbers = range(first, last)
    members = Member.objects.bulk_create(
        (
            Member(
                kind="city",
                name_en=f"Ward {n:05d}",
                name_ko=f"구역 {n:05d}",
                country_code="KR",
                region="asia",
                status_confirmed=n % 2 == 0,
            )
            for n in numbers
        ),
        batch_size=500,
    )

    def add(model, build):
        return model.objects.bulk_create(map(build, numbers, members), batch_size=500)

    add(
        StatusEntry, lambda n, m: StatusEntry(member=m, status="full", effective_on=DAY, reason="r")
    )
    add(
        MemberFigure,
        lambda n, m: MemberFigure(
            member=m, measure="population", dues_year=2020, value=500_000, source="declared"
        ),
    )
    add(MemberName, lambda n, m: MemberName(member=m, name_en=f"Old {n}"))
    add(
        Contact,
        lambda n, m: Contact(member=m, role="head", full_name=f"Ana {n}", email=f"a{n}@x.kr"),
    )
    people = add(User, lambda n, m: User(email=f"p{n}@x.kr", full_name=f"Person {n}"))
    fill_awards(numbers, people)
    fill_meetings(numbers, members)
    Affiliation.objects.bulk_create(
        (
            Affiliation(user=user, member=member, role="reader")
            for user, member in zip(people, members, strict=True)
        ),
        batch_size=500,
    )
    add(
        Invitation,
        lambda n, m: Invitation(
            email=f"i{n}@x.kr",
            member=m,
            affiliation_role="reader",
            invited_at=now,
            expires_at=now + dt.timedelta(days=7),
        ),
    )
    applications = add(
        Application,
        lambda n, m: Application(
            reference=f"WEGO-A-{n:06d}",
            state="submitted" if n % 2 else "approved",
            name_en=m.name_en,
            kind="city",
            country_code="KR",
            region="asia",
            member=m,
            applicant_email="x@x.kr",
            submitted_on=DAY,
        ),
    )
    ApplicationEntry.objects.bulk_create(
        (ApplicationEntry(application=each, state="submitted", on=DAY) for each in applications),
        batch_size=500,
    )
    decisions = Decision.objects.bulk_create(
        Decision(body="excom", decided_on=DAY, meeting=f"EXCOM {n}", reference=f"E-{n}")
        for n in numbers[::50]
    )
    add(
        DecisionItem,
        lambda n, m: DecisionItem(
            decision=decisions[(n - first) // 50], member=m, outcome="approve", effective_on=DAY
        ),
    )
    add(
        Letter,
        lambda n, m: Letter(
            kind="approval",
            reference=f"L-{n}",
            language="ko",
            issued_on=DAY,
            member=m,
            snapshot={},
        ),
    )
    add(
        Paper,
        lambda n, m: Paper(
            kind="receipt",
            reference=f"P-{n}",
            language="ko",
            issued_on=DAY,
            member=m,
            snapshot={},
        ),
    )
    add(
        Mail,
        lambda n, m: Mail(
            kind="application_accepted",
            file=f"member:{m.pk}",
            to_email=f"a{n}@x.kr",
            language="ko",
            subject="Hello",
            text="x",
            message_id=f"{n}",
            state=("sent", "queued", "failed")[n % 3],
        ),
    )
    add(
        Operation,
        lambda n, m: Operation(kind="backup", ok=n % 2 == 0, started_at=now, finished_at=now),
    )
    add(AuditEntry, lambda n, m: AuditEntry(act="member.changed", file=f"member:{m.pk}"))
    add(Proposal, lambda n, m: Proposal(member=m, changes={"level": ["", "city"]}))
    add(WithdrawalNotice, lambda n, m: WithdrawalNotice(member=m, received_on=DAY))
    add(
        Proceeding,
        lambda n, m: Proceeding(
            member=m, outcome="suspend", proposed_on=DAY, heard_until=DAY, reason="r"
        ),
    )
    add(
        Reduction,
        lambda n, m: Reduction(
            member=m,
            first_year=2021,
            last_year=2021,
            percent=50,
            reason="r",
            decided_on=DAY,
            decided_by="EXCOM",
            decision_reference="item 7",
        ),
    )
    fill_programmes(members, numbers)
    fill_api(numbers, members)
    fill_elections(members, first)
    fill_around(numbers, members)
    issue_dues(2020, by=None)


def count_queries(client, address):
    """Statements of a page on a warm session and with all it keeps kept just now."""
    cache.clear()
    kept.forget()
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200, address
    return len(captured)


@pytest.mark.slow
def test_no_page_asks_more_of_a_large_register(client, administrator):
    add_gdp("KR", "42300")
    client.force_login(administrator)
    pages = list(addresses())

    fill(0, 200)
    file_page = reverse("admin:members_member_change", args=[Member.objects.first().pk])
    edition = AwardEdition.objects.get(state="round_1")
    pages += [
        reverse(f"admin:events_awardedition_{page}", args=[edition.pk])
        for page in ("change", "ranking", "jury")
    ]
    few = {page: count_queries(client, page) for page in [*pages, file_page]}
    fill(200, 5000)
    many = {page: count_queries(client, page) for page in [*pages, file_page]}

    assert many == few
    joined = {page: few.pop(page) for page in (file_page, reverse("admin:index"))}
    assert {page: number for page, number in joined.items() if number > MOST_OF_ALL} == {}
    assert {page: number for page, number in few.items() if number > MOST} == {}
    assert len(pages) >= 25
