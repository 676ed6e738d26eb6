"""The timeline: every sort of row in words, whom it is shown to, its pages and what it costs."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import (
    Affiliation,
    Application,
    ApplicationEntry,
    Decision,
    DecisionItem,
    Invitation,
    Letter,
    Proceeding,
    Proposal,
    StatusEntry,
    User,
    WithdrawalNotice,
)
from members.timeline import PAGE, PERMISSIONS, read_timeline
from members.timeline_sources import OWN_ROWS, SOURCES, owner_of
from members.timeline_words import SORT_LABELS, WORDS
from tests.dues.builders import issued_invoice
from tests.register import add_figure, add_member
from wego.audit import record_act
from wego.models import Mail

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)


@pytest.fixture
def suncheon(secretariat):
    """A member that has had one of everything, each an hour after the other."""
    member = add_member("Suncheon", name_ko="순천", status="associate", on=DAY)
    kim = secretariat
    application = Application.objects.create(
        reference="A-2026-0001", state="accepted", applicant_email="x@suncheon.kr", member=member
    )
    ApplicationEntry.objects.create(application=application, state="submitted", on=DAY)
    ApplicationEntry.objects.create(
        application=application, state="accepted", on=DAY, reason="Complete", recorded_by=kim
    )
    decision = Decision.objects.create(
        body="excom",
        decided_on=DAY,
        meeting="12th EXCOM",
        reference="EX-12",
        recorded_by=kim,
    )
    item = DecisionItem.objects.create(
        decision=decision, member=member, outcome="approve", effective_on=DAY
    )
    StatusEntry.objects.create(
        member=member,
        status="full",
        effective_on=DAY,
        reason="12th EXCOM",
        recorded_by=kim,
        decision_item=item,
    )
    Letter.objects.create(
        kind="certificate",
        reference="WEGO-2026-C-7K3Q9T",
        language="ko",
        issued_on=DAY,
        member=member,
        snapshot={},
        created_by=kim,
    )
    mail(member, "1", subject="Welcome to WeGO", state="sent")
    mail(member, "2", subject="Your code is 123456", private=True)
    mail(application, "3", subject="Your application is complete")
    figure = add_figure(member, 278_000, year=2026, source="Statistics Korea")
    assert figure.entered_by is None
    Invitation.objects.create(
        email="lee@suncheon.kr",
        member=member,
        affiliation_role="finance",
        invited_at=NOON,
        expires_at=NOON,
        invited_by=kim,
        accepted_at=NOON,
        accepted_by=User.objects.create_user("lee@suncheon.kr", full_name="Lee Su-jin"),
    )
    Proposal.objects.create(
        member=member,
        changes={"name_en": ["Suncheon", "Suncheon-si"], "figure": [None, {}]},
        note="As the law says",
        state="declined",
        answered_at=NOON,
        answered_by=kim,
        answer="Not in the law",
    )
    WithdrawalNotice.objects.create(
        member=member, received_on=DAY, reason="Budget", filed_by=kim, taken_back_on=DAY
    )
    Proceeding.objects.create(
        member=member,
        outcome="suspend",
        proposed_on=DAY,
        heard_until=DAY,
        reason="Two years unpaid",
        recorded_by=kim,
    )
    record_act(
        "member.changed",
        by=kim,
        subject=member,
        why="Phone call",
        facts={"level": ["", "city"], "on": "2026-03-02"},
    )
    record_act("status.recorded", by=kim, subject=member, why="told by its own row")
    issued_invoice(member, year=2026, due_on=dt.date(2026, 3, 31))
    return member


def mail(thing, number, **fields):
    return Mail.objects.create(
        kind="x",
        file=f"{thing._meta.model_name}:{thing.pk}",
        to_email="mayor@suncheon.kr",
        language="ko",
        text="text",
        message_id=number,
        **fields,
    )


def read(member, user, **asked):
    applications = list(member.applications.values_list("pk", flat=True))
    merged = list(member.merged.values_list("pk", flat=True))
    owner = owner_of(member, merged=merged, applications=applications)
    return read_timeline(member, owner, user=user, **asked)


def told(page):
    return {(line.sort, line.what, line.who, line.why) for line in page.lines}


def test_everything_is_told_with_who_and_why(suncheon, administrator):
    assert told(read(suncheon, administrator)) == {
        ("status", "Associate from 2 Mar 2026", "", "roster"),
        ("status", "Notice of withdrawal received on 2 Mar 2026", "Kim Seo-yeon", "Budget"),
        (
            "status",
            "Proposed: Suspended; the member may be heard until 2 Mar 2026",
            "Kim Seo-yeon",
            "Two years unpaid",
        ),
        (
            "decision",
            "Approved as full member, effective 2 Mar 2026 (12th EXCOM)",
            "Kim Seo-yeon",
            "",
        ),
        ("application", "Application A-2026-0001: Submitted", "", ""),
        (
            "application",
            "Application A-2026-0001: Accepted, associate",
            "Kim Seo-yeon",
            "Complete",
        ),
        ("letter", "Certificate of membership WEGO-2026-C-7K3Q9T", "Kim Seo-yeon", ""),
        ("mail", "Mail to mayor@suncheon.kr: Welcome to WeGO (Sent)", "", ""),
        ("mail", "Mail to mayor@suncheon.kr: private (Queued)", "", ""),
        ("mail", "Mail to mayor@suncheon.kr: Your application is complete (Queued)", "", ""),
        ("figure", "Population (persons) for 2026: 278,000", "", "Statistics Korea"),
        ("people", "lee@suncheon.kr invited as Finance contact", "Kim Seo-yeon", ""),
        ("people", "lee@suncheon.kr accepted the invitation", "Lee Su-jin", ""),
        ("change", "Change proposed: figure, name in English", "", "As the law says"),
        ("change", "Declined: figure, name in English", "Kim Seo-yeon", "Not in the law"),
        ("change", f"{label('member.changed')}: level – → city", "Kim Seo-yeon", "Phone call"),
        (
            "dues",
            "Invoice WEGO-2026-0001 issued: USD 7,500, due on 31 Mar 2026",
            "",
            "Dues of 2026",
        ),
    }


def label(act):
    from wego.audit import label_of

    return label_of(act)


def test_counts_are_those_of_the_lines(suncheon, administrator):
    page = read(suncheon, administrator)

    assert page.counts == {
        "status": 3,
        "decision": 1,
        "dues": 1,
        "application": 2,
        "letter": 1,
        "mail": 3,
        "figure": 1,
        "people": 2,
        "change": 3,
    }
    assert (page.total, page.pages, len(page.lines)) == (17, 1, 17)


@pytest.mark.parametrize("sort", list(PERMISSIONS))
def test_one_sort_alone(suncheon, administrator, sort):
    page = read(suncheon, administrator, sort=sort)

    assert {line.sort for line in page.lines} == {sort}
    assert len(page.lines) == page.total == page.counts[sort]


@pytest.mark.parametrize("sort", ["", "nonsense", "'; DROP TABLE"])
def test_what_is_no_sort_shows_all(suncheon, administrator, sort):
    page = read(suncheon, administrator, sort=sort)

    assert (page.sort, len(page.lines)) == ("", 17)


def test_finance_sees_what_concerns_dues(suncheon, finance):
    page = read(suncheon, finance)

    assert set(page.counts) == {"status", "decision", "dues", "letter", "figure"}
    assert {line.sort for line in page.lines} == set(page.counts)
    assert {line.sort for line in page.lines if line.url} == {"dues"}


def test_lines_lead_where_one_may_go(suncheon, administrator):
    page = read(suncheon, administrator)

    leading = {line.sort for line in page.lines if line.url}
    assert leading == {"decision", "dues", "application", "letter", "mail", "change"}


def test_nobody_sees_nothing(suncheon):
    stranger = User.objects.create_user("mayor@seoul.example")
    Affiliation.objects.create(user=stranger, member=suncheon, role="administrator")

    assert read(suncheon, stranger).lines == []


def test_a_duplicates_life_is_told_on_its_survivor(suncheon, administrator):
    duplicate = add_member("Suncheon-si", merged_into=suncheon)
    add_figure(duplicate, 1000, year=2025)

    assert read(suncheon, administrator).counts["figure"] == 2
    assert read(suncheon, administrator).counts["status"] == 4


def test_lines_speak_korean(suncheon, administrator, settings):
    from django.utils import translation

    with translation.override("ko"):
        whats = [line.what for line in read(suncheon, administrator, sort="figure").lines]

    assert len(whats) == 1
    assert "278,000" in whats[0]


def many(member, count):
    for number in range(count):
        add_figure(member, 1000 + number, year=2020)


def test_newest_stand_first_and_older_on_the_next_page(administrator):
    seoul = add_member("Seoul")
    many(seoul, PAGE + 2)

    first, second = (read(seoul, administrator, number=number) for number in (1, 2))

    assert (first.number, first.pages, len(first.lines)) == (1, 2, PAGE)
    assert (second.number, len(second.lines)) == (2, 3)
    moments = [line.at for line in first.lines + second.lines]
    assert moments == sorted(moments, reverse=True)
    assert second.lines[-1].what.startswith("Full member from")


@pytest.mark.parametrize(("number", "shown"), [(0, 1), (-3, 1), (99, 1)])
def test_a_page_that_is_none_is_the_nearest(suncheon, administrator, number, shown):
    assert read(suncheon, administrator, number=number).number == shown


@pytest.mark.parametrize("count", [5, 500])
def test_a_page_takes_three_queries(administrator, count):
    seoul = add_member("Seoul")
    many(seoul, count)
    issued_invoice(seoul)
    owner = owner_of(seoul, merged=[], applications=[])

    with CaptureQueriesContext(connection) as captured:
        page = read_timeline(seoul, owner, user=administrator)

    # Lines with their counts, and the answers of dues and of the awards.
    assert len(captured) == 3
    assert page.total == count + 2


def test_every_source_has_words_a_label_and_a_permission():
    assert {source.what for source in SOURCES} == set(WORDS)
    assert {source.sort for source in SOURCES} | {"dues"} == set(PERMISSIONS) == set(SORT_LABELS)


def test_acts_without_a_row_have_a_label():
    from wego.audit import declared_acts

    shown = [act for act in declared_acts() if act.startswith("member.")]

    assert "member.renamed" in shown
    assert "member.added" in OWN_ROWS
