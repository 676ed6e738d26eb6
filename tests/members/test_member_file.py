"""The member's file: one page to read, in fifteen queries."""

import datetime as dt

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.lifecycle import write_entry
from members.models import (
    Affiliation,
    Application,
    Contact,
    Invitation,
    Letter,
    LetterDocument,
    Member,
    MemberName,
    ParkedLetter,
    Proceeding,
    Proposal,
    User,
    WithdrawalNotice,
)
from tests.dues.builders import issued_invoice
from tests.dues.staff import text_of
from tests.register import add_figure, add_member
from wego.audit import record_act
from wego.models import AuditEntry, Mail

LIST = "/admin/members/member/"
NOON = dt.datetime(2020, 3, 2, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


@pytest.fixture
def seoul(register):
    return register["Seoul"]


def file_of(member):
    return f"{LIST}{member.pk}/change/"


def test_head_says_who_they_are_and_how_they_stand(kim, seoul):
    Member.objects.filter(pk=seoul.pk).update(website="https://seoul.go.kr", level="province")

    page = kim.get(file_of(seoul))

    words = text_of(page)
    assert "Seoul 서울 City (Province) · South Korea · Asia · https://seoul.go.kr" in words
    assert "Full member since 31 Dec 2019" in words
    assert "<title>Seoul – WeGO Members</title>" in page.content.decode()


def test_head_speaks_korean(kim, seoul):
    kim.cookies["django_language"] = "ko"

    page = kim.get(file_of(seoul))

    assert "서울 Seoul" in text_of(page)


def test_status_of_today_is_shown_with_its_day(kim, seoul):
    write_entry(seoul, "suspended", on=dt.date(2020, 2, 1), reason="EXCOM 2019", by=None)

    words = text_of(kim.get(file_of(seoul)))

    assert "Suspended since 1 Feb 2020, full member since 31 Dec 2019" in words
    assert "EXCOM 2019" in words


def test_figures_are_drawn_by_year_and_listed(kim, seoul):
    add_figure(seoul, 9_700_000, year=2019)
    add_figure(seoul, 9_800_000, year=2020)

    page = kim.get(file_of(seoul))

    assert [(bar.label, bar.value) for bar in page.context["bars"]] == [
        ("2019", 9_700_000),
        ("2020", 9_800_000),
    ]
    words = text_of(page)
    assert "9,776,000" in words
    assert "The figure that holds, by dues year" in words


def test_people_stand_in_their_places(kim, seoul):
    Contact.objects.create(
        member=seoul,
        role="liaison",
        full_name="Han Ji-min",
        position="Smart City Team",
        email="han@seoul.kr",
        phone="+82 2 120",
    )
    acting = User.objects.create_user("yoon@seoul.kr", full_name="Yoon Seok-jin")
    Affiliation.objects.create(user=acting, member=seoul, role="finance")
    gone = User.objects.create_user("gone@seoul.kr", full_name="Gone", is_active=False)
    Affiliation.objects.create(user=gone, member=seoul, role="reader")
    for email, facts in (
        ("new@seoul.kr", {}),
        ("back@seoul.kr", {"revoked_at": NOON}),
        ("in@seoul.kr", {"accepted_at": NOON}),
    ):
        Invitation.objects.create(
            email=email,
            member=seoul,
            affiliation_role="delegate",
            invited_at=NOON,
            expires_at=NOON + dt.timedelta(days=7),
            **facts,
        )

    page = kim.get(file_of(seoul))

    assert [(p.name, p.role_label) for p in page.context["contacts"]] == [
        ("Han Ji-min", "Liaison officer")
    ]
    assert [(p.name, p.role_label) for p in page.context["acting"]] == [
        ("Yoon Seok-jin", "Finance contact")
    ]
    assert [(p.email, p.role_label) for p in page.context["invited"]] == [
        ("new@seoul.kr", "Delegate")
    ]
    words = text_of(page)
    assert "Han Ji-min Liaison officer · Smart City Team han@seoul.kr +82 2 120" in words
    assert "lapses on 9 Mar 2020" in words


def test_invoices_and_what_is_owed(kim, seoul):
    issued_invoice(seoul, year=2019, sequence=1, due_on=dt.date(2019, 3, 31))
    issued_invoice(seoul, year=2020, sequence=1)

    words = text_of(kim.get(file_of(seoul)))

    assert "1 invoice overdue, USD 7,500" in words
    assert "WEGO-2019-0001 USD 7,500, due on 31 Mar 2019 Overdue" in words
    assert "WEGO-2020-0001 USD 7,500, due on 31 Mar 2020 Open" in words


def test_letters_mails_and_applications(kim, seoul):
    letters = [
        Letter.objects.create(
            kind=kind,
            reference=f"WEGO-2020-{kind}",
            language="ko",
            issued_on=dt.date(2020, 2, 1),
            member=seoul,
            snapshot={},
        )
        for kind in ("acceptance", "approval", "certificate")
    ]
    LetterDocument.objects.create(
        letter=letters[0], path="x", sha256="0" * 64, size=1, renderer="tests"
    )
    ParkedLetter.objects.create(letter=letters[1], reason="no font")
    application = Application.objects.create(
        reference="A-2020-0001", applicant_email="x@seoul.kr", member=seoul, state="approved"
    )
    for number, (thing, subject, private) in enumerate(
        ((seoul, "Welcome", False), (application, "Received", False), (seoul, "Code 123", True))
    ):
        Mail.objects.create(
            kind="x",
            file=f"{thing._meta.model_name}:{thing.pk}",
            to_email="han@seoul.kr",
            language="ko",
            subject=subject,
            text="x",
            message_id=str(number),
            private=private,
            state="failed" if subject == "Welcome" else "sent",
        )

    words = text_of(kim.get(file_of(seoul)))

    assert "Letter of acceptance 1 Feb 2020 · WEGO-2020-acceptance" in words
    assert "WEGO-2020-approval could not be made" in words
    assert "WEGO-2020-certificate being made" in words
    assert "Welcome 2 Mar 2020 · han@seoul.kr Failed" in words
    assert "Received 2 Mar 2020 · han@seoul.kr Sent" in words
    assert "Private mail 2 Mar 2020" in words
    assert "Code 123" not in words
    assert "A-2020-0001" in words


def test_other_names_with_their_days_and_duplicates(kim, register):
    astana = register["Nur-Sultan"]
    MemberName.objects.create(
        member=astana,
        name_en="Akmola",
        used_from=dt.date(1992, 7, 1),
        used_until=dt.date(1998, 5, 6),
    )
    duplicate = add_member("Nursultan", "KZ", merged_into=astana)

    page = kim.get(file_of(astana))

    words = text_of(page)
    assert "Akmola 1 Jul 1992 – 6 May 1998" in words
    assert "Astana 아스타나 spelling" in words
    assert "Nursultan merged duplicate" in words
    assert f'href="{file_of(duplicate)}"' in page.content.decode()


def test_flags_say_what_waits(kim, seoul):
    Member.objects.filter(pk=seoul.pk).update(status_confirmed=False)
    day = dt.date(2020, 2, 20)
    WithdrawalNotice.objects.create(member=seoul, received_on=day)
    Proceeding.objects.create(
        member=seoul, outcome="expel", proposed_on=day, heard_until=day, reason="Unpaid"
    )
    Proposal.objects.create(member=seoul, changes={"name_en": ["Seoul", "Hanyang"]})

    flags = kim.get(file_of(seoul)).context["flags"]

    assert [(flag.tone, str(flag.words)) for flag in flags] == [
        ("warn", "Nobody has confirmed the status yet."),
        ("warn", "A notice of withdrawal, received on 20 Feb 2020, waits to be acknowledged."),
        ("warn", "Proposed: Expelled. The member may be heard until 20 Feb 2020."),
        ("info", "The member proposed a change, which waits for an answer."),
    ]
    hearing = [seoul.pk, Proceeding.objects.get().pk]
    assert [flag.url for flag in flags] == [
        reverse("admin:members_member_checklist"),
        reverse("admin:members_member_acknowledge", args=[seoul.pk]),
        reverse("admin:members_member_hearing", args=hearing),
        reverse("admin:members_proposal_changelist"),
    ]


def test_a_duplicate_leads_to_its_survivor_and_nothing_is_done_about_it(kim, register, seoul):
    duplicate = add_member("Hanyang", merged_into=seoul)

    page = kim.get(file_of(duplicate))

    [flag] = page.context["flags"]
    assert (flag.words, flag.url) == (
        "This is a duplicate, merged into Seoul: its life goes on there.",
        file_of(seoul),
    )
    assert [str(words) for _url, words in page.context["acts"]] == ["Undo the merge"]


def test_acts_are_those_of_the_role(client, seoul, secretariat, finance):
    client.force_login(secretariat)
    offered = dict(client.get(file_of(seoul)).context["acts"])
    client.force_login(finance)
    page = client.get(file_of(seoul))

    assert f"{LIST}{seoul.pk}/figure/" in offered
    assert f"{LIST}{seoul.pk}/facts/" in offered
    assert f"{LIST}{seoul.pk}/status/" in offered
    assert f"/admin/members/invitation/add/?member={seoul.pk}" in offered
    assert page.context["acts"] == []
    assert "/facts/" not in page.content.decode()


def test_finance_reads_but_mails_and_notes_stay_the_secretariats(client, seoul, finance):
    Member.objects.filter(pk=seoul.pk).update(note="Talks with the mayor")
    Mail.objects.create(
        kind="x",
        file=f"member:{seoul.pk}",
        to_email="m@seoul.kr",
        language="ko",
        subject="Hello",
        text="x",
        message_id="1",
    )
    client.force_login(finance)

    words = text_of(client.get(file_of(seoul)))

    assert "Full member" in words
    assert "Hello" not in words
    assert "Talks with the mayor" not in words


def test_timeline_is_filtered_by_chips_in_the_address(kim, seoul):
    page = kim.get(f"{file_of(seoul)}?sort=figure")

    assert [line.sort for line in page.context["timeline"].lines] == ["figure"]
    assert [(str(chip.label), chip.count, chip.chosen) for chip in page.context["chips"]] == [
        ("All", 2, False),
        ("Status", 1, False),
        ("Figures", 1, True),
    ]


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999", "page=²"])
def test_odd_addresses_show_the_file(kim, seoul, query):
    assert kim.get(f"{file_of(seoul)}?{query}").status_code == 200


@pytest.mark.parametrize("pk", ["0", "999", "9" * 30, "x", "1_00", "²"])
def test_a_file_of_nobody_is_not_found(kim, db, pk):
    assert kim.get(f"{LIST}{pk}/change/").status_code == 404


def test_the_file_is_for_reading(kim, seoul):
    response = kim.post(file_of(seoul), {"level": "province"})

    assert response.status_code == 405
    seoul.refresh_from_db()
    assert seoul.level == ""


def long_life(member, count):
    """So many rows of every sort."""
    for number in range(count):
        add_figure(member, 1000 + number, year=2010 + number % 10)
    Contact.objects.bulk_create(
        Contact(member=member, role="head", full_name=f"Head {n}", email=f"h{n}@x.kr")
        for n in range(count)
    )
    people = User.objects.bulk_create(
        User(email=f"p{n}@x.kr", full_name=f"Person {n}") for n in range(count)
    )
    Affiliation.objects.bulk_create(
        Affiliation(user=user, member=member, role="reader") for user in people
    )
    Invitation.objects.bulk_create(
        Invitation(
            email=f"i{n}@x.kr",
            member=member,
            affiliation_role="reader",
            invited_at=NOON,
            expires_at=NOON,
        )
        for n in range(count)
    )
    Mail.objects.bulk_create(
        Mail(
            kind="x",
            file=f"member:{member.pk}",
            to_email="a@x.kr",
            language="ko",
            subject="Hello",
            text="x",
            message_id=f"{member.pk}-{n}",
        )
        for n in range(count)
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(act="member.changed", file=f"member:{member.pk}") for _ in range(count)
    )
    Proposal.objects.bulk_create(
        Proposal(member=member, changes={"level": ["", "city"]}) for _ in range(count)
    )
    MemberName.objects.bulk_create(
        MemberName(member=member, name_en=f"Name {n}") for n in range(count)
    )
    applications = Application.objects.bulk_create(
        Application(reference=f"A-{n}", applicant_email="x@x.kr", member=member, state="approved")
        for n in range(count)
    )
    Letter.objects.bulk_create(
        Letter(
            kind="approval",
            reference=f"L-{n}",
            language="ko",
            issued_on=dt.date(2020, 1, 1),
            member=member,
            application=application,
            snapshot={},
        )
        for n, application in enumerate(applications)
    )
    for year in range(2010, 2010 + min(count, 11)):
        issued_invoice(member, year=year, sequence=1)


@pytest.mark.parametrize("count", [5, pytest.param(500, marks=pytest.mark.slow)])
def test_a_file_takes_fifteen_queries(client, administrator, seoul, count):
    from django.db import connection

    long_life(seoul, count)
    client.force_login(administrator)
    client.get(file_of(seoul))

    with CaptureQueriesContext(connection) as captured:
        page = client.get(file_of(seoul))

    assert len(captured) == 15
    assert page.context["timeline"].total > 6 * count


def test_acts_without_rows_stand_on_the_timeline(kim, seoul, secretariat):
    record_act("member.changed", by=secretariat, subject=seoul, facts={"level": ["", "city"]})

    assert "level – → city" in text_of(kim.get(file_of(seoul)))
