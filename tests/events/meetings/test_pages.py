import datetime as dt
import io

import pytest
from django.urls import reverse

from events.meetings.stages import Plan, last_stage, plan_meeting
from events.models import (
    Attendance,
    Confirmation,
    ItemPaper,
    Meeting,
    Memorandum,
    Proxy,
    Resolution,
    WrittenAnswer,
)
from events.papers import render_event_papers
from members.models import Member
from tests.dues.builders import one_page_pdf
from tests.events.meetings.seongnam import (
    TODAY,
    add_associates,
    add_excom,
    add_seated,
    come,
    in_bulk,
    item_of,
    resolve,
    unanimously,
)
from tests.events.meetings.test_stages import hold
from tests.register import add_member
from wego import seoul

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, secretariat, monkeypatch):
    """Kim, signed in on 20 November 2019."""
    monkeypatch.setattr(seoul, "today", lambda: TODAY)
    client.force_login(secretariat)
    return client


def url(name, *args):
    return reverse(f"admin:events_meeting_{name}", args=args)


def text_of(response):
    return " ".join(response.content.decode().split())


def post(client, address, **data):
    return client.post(address, data, follow=True)


def motion_form(**fields):
    base = {
        "verdict": "approve",
        "manner": "unanimous",
        "resolved_on": "2019-11-06",
        "reference": "item 4",
    }
    return base | fields


class TestPlanning:
    def test_a_meeting_is_planned_and_its_board_says_what_is_next(self, staff):
        host = add_member("Seongnam")

        page = post(
            staff,
            url("plan"),
            body="excom",
            name_en="EXCOM 2020",
            starts_on="2020-11-17",
            mode="online",
            host=host.pk,
        )

        meeting = Meeting.objects.get()
        assert page.redirect_chain == [(url("change", meeting.pk), 302)]
        assert (meeting.code, last_stage(meeting).host) == ("excom-2020", host)
        assert "Next: Call it until 18 Oct 2020" in text_of(page)
        assert "363" in text_of(page)

    def test_bad_days_get_a_sentence_at_the_field_and_keep_what_was_typed(self, staff):
        page = post(
            staff,
            url("plan"),
            body="excom",
            name_en="EXCOM 2020",
            starts_on="2020-11-17",
            ends_on="2020-11-16",
            mode="online",
        )

        assert page.status_code == 422
        assert page.context["form"].errors["ends_on"] == ["The last day is before the first."]
        assert 'value="EXCOM 2020"' in text_of(page)
        assert not Meeting.objects.exists()

    def test_r14_the_list_reminds_of_the_next_assembly(self, staff):
        hold(dt.date(2017, 6, 27))

        page = staff.get(url("changelist"))

        assert "in principle the next is due by 27 Jun 2020" in text_of(page)
        assert "assembly of 2017" in text_of(page)

    def test_an_empty_list_says_what_to_do(self, staff):
        page = staff.get(url("changelist"))

        assert "are planned, held and recorded here" in text_of(page)

    def test_x16_a_meeting_is_postponed_with_a_reason(self, staff):
        meeting = add_excom()

        refused = post(staff, url("stage", meeting.pk), state="postponed", mode="on_site")
        assert "Say why: the history of the meeting shows it." in text_of(refused)
        assert meeting.stages.count() == 2
        page = post(
            staff, url("stage", meeting.pk), state="postponed", mode="on_site", reason="Typhoon"
        )

        assert "Typhoon" in text_of(page)
        assert "Next: Enter its new day" in text_of(page)

    def test_what_is_over_offers_no_stage(self, staff):
        meeting = hold(dt.date(2017, 6, 27))

        assert "that is final" in text_of(staff.get(url("stage", meeting.pk)))


class TestAgenda:
    def test_p9_p10_the_agenda_shows_who_waits(self, staff):
        meeting = add_excom(add_seated())
        add_associates()

        page = text_of(staff.get(url("agenda", meeting.pk)))

        assert "18 associates" in page
        assert "Kathmandu, Nepal" in page
        assert "No member has arrears over two years." in page

    def test_items_are_laid_out_added_moved_removed_and_published(self, staff):
        meeting = add_excom()
        address = url("agenda", meeting.pk)
        post(staff, address, step="remove", item=item_of(meeting, "budget").pk)
        page = post(staff, address, step="lay_out")
        assert "The agenda is laid out." in text_of(page)

        post(staff, address, step="add", kind="other", title_en="Awards")
        extra = item_of(meeting, "other")
        post(staff, address, step="up", item=extra.pk)
        post(staff, address, step="publish")

        extra.refresh_from_db()
        meeting.refresh_from_db()
        assert extra.position == 8
        assert meeting.agenda_on == TODAY

    def test_an_item_without_a_title_is_refused_at_the_field(self, staff):
        meeting = add_excom()

        page = post(staff, url("agenda", meeting.pk), step="add", kind="other", title_en="")

        assert page.status_code == 422
        assert page.context["form"].errors["title_en"]
        assert meeting.items.count() == 8

    def test_an_item_of_another_meeting_cannot_be_pressed(self, staff):
        first, other = add_excom(), add_excom()

        page = post(staff, url("agenda", first.pk), step="remove", item=item_of(other, "report").pk)

        assert page.status_code == 404
        assert other.items.count() == 8

    def test_a_paper_is_put_to_an_item_and_read_again(self, staff):
        item = item_of(add_excom(), "budget")
        file = io.BytesIO(one_page_pdf())
        file.name = "budget.pdf"

        page = post(staff, url("item", item.pk), step="paper", title="Budget 2020", file=file)

        paper = ItemPaper.objects.get()
        assert "Budget 2020" in text_of(page)
        answer = staff.get(url("paper", paper.pk))
        assert (answer.content, answer["Content-Type"]) == (one_page_pdf(), "application/pdf")
        post(staff, url("item", item.pk), step="take_back", paper=paper.pk)
        assert ItemPaper.objects.get().taken_back_on == TODAY

    def test_a_file_that_is_no_paper_is_refused(self, staff):
        item = item_of(add_excom(), "budget")
        file = io.BytesIO(b"#!/bin/sh")
        file.name = "budget.pdf"

        page = post(staff, url("item", item.pk), step="paper", title="", file=file)

        assert "no PDF, JPEG or PNG" in text_of(page)
        assert not ItemPaper.objects.exists()


class TestPeople:
    def test_s28_quorum_follows_the_buttons(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 4)
        goyang = meeting.delegations.get(member__name_en="Goyang")
        address = url("people", meeting.pk)
        assert "1 is missing" in text_of(staff.get(address))

        page = post(staff, address, step="came_online", delegation=goyang.pk)
        assert "reached" in text_of(page)
        page = post(staff, address, step="left", delegation=goyang.pk)

        assert "1 is missing" in text_of(page)
        assert Attendance.objects.get(delegation=goyang).takes_part == "online"

    def test_observers_and_companies_are_invited_without_a_vote(self, staff):
        meeting = add_excom(add_seated())
        company = add_member("Danfoss", "DK", kind="company")

        form = {"step": "invite", "members": [company.pk]}
        refused = post(staff, url("people", meeting.pk), **form, kind="voting")
        assert "has no vote (S27)" in text_of(refused)
        post(staff, url("people", meeting.pk), **form, kind="observer")
        page = post(
            staff,
            url("people", meeting.pk),
            step="invite",
            kind="observer",
            organisation="Embassy of Kenya",
            country_code="KE",
        )

        assert "1 delegation is invited." in text_of(page)
        assert meeting.delegations.filter(kind="observer").count() == 2

    def test_s30_a_proxy_is_recorded_and_taken_back(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 1)
        of = {each.member.name_en: each.pk for each in meeting.delegations.all()}
        address = url("people", meeting.pk)
        form = {
            "step": "proxy",
            "giver": of["Jakarta"],
            "holder": of["Seoul"],
            "given_on": "2019-11-04",
            "paper": "letter of the governor",
        }

        assert "Seoul votes for Jakarta" in text_of(post(staff, address, **form))
        refused = post(staff, address, **(form | {"giver": of["Goyang"]}))
        assert "holds a proxy already" in text_of(refused)
        post(staff, address, step="revoke", proxy=Proxy.objects.get().pk)

        assert Proxy.objects.get().revoked_on == TODAY

    def test_every_full_city_is_invited_to_an_assembly(self, staff):
        add_seated()
        meeting = hold_open()

        page = post(staff, url("people", meeting.pk), step="invite_all")

        assert meeting.delegations.count() == 8
        assert "Every full member city is invited." in text_of(page)


def hold_open():
    """An assembly that is planned."""
    return plan_meeting(
        body="assembly", name_en="GA 2020", plan=Plan(dt.date(2020, 9, 6)), on=TODAY, by=None
    )


class TestDeciding:
    def test_r4_p10_sixteen_approved_one_deferred_one_rejected(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 6)
        members = add_associates()
        item = item_of(meeting, "members")
        page = staff.get(url("decide", item.pk))
        assert text_of(page).count("Decision on ") == 18
        form = motion_form(**{f"m-{member.pk}-outcome": "approve" for member in members})
        form[f"m-{members[16].pk}-outcome"] = "defer"
        form[f"m-{members[17].pk}-outcome"] = "reject"
        form[f"m-{members[17].pk}-reason"] = "No plan"

        board = post(staff, url("decide", item.pk), **form)

        assert "Approved as full member: 16" in text_of(board)
        confirm, chosen = url("confirm", meeting.pk), Resolution.objects.get().pk
        words = text_of(post(staff, confirm, step="check", resolution=chosen))
        assert "16 become full members from 6 Nov 2019, dues from 2020" in words
        assert "1 is rejected" in words
        assert "1 is deferred to EXCOM 2020" in words
        assert not Confirmation.objects.exists()
        done = post(staff, confirm, step="confirm", resolution=chosen)
        assert "1 resolution is confirmed and has taken effect." in text_of(done)
        full = Member.objects.with_status(TODAY).filter(pk__in=[each.pk for each in members])
        assert [each.status for each in full.order_by("pk")] == ["full"] * 16 + [
            "associate",
            "rejected",
        ]

    def test_r4_without_a_quorum_nothing_can_be_confirmed(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 4)
        member = add_associates(1)[0]
        form = motion_form(**{f"m-{member.pk}-outcome": "approve"})

        board = post(staff, url("decide", item_of(meeting, "members").pk), **form)

        assert "Without a quorum it has no effect." in text_of(board)
        confirm = url("confirm", meeting.pk)
        assert "Nothing can be confirmed" in text_of(staff.get(confirm))
        page = post(staff, confirm, step="confirm", resolution=Resolution.objects.get().pk)
        assert page.status_code == 422
        assert not Confirmation.objects.exists()
        assert Member.objects.with_status(TODAY).get(pk=member.pk).status == "associate"

    def test_s29_a_count_that_is_no_majority_stands_at_its_field(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 6)
        item = item_of(meeting, "budget")

        page = post(
            staff,
            url("decide", item.pk),
            **motion_form(
                manner="counted", votes_for=2, votes_against=3, abstentions=0, note="Kept words"
            ),
        )

        assert page.status_code == 422
        assert page.context["form"].errors["votes_for"] == [
            "2 for and 3 against are no majority (S29)."
        ]
        assert "Kept words" in text_of(page)
        assert not Resolution.objects.exists()

    def test_a_roll_call_is_typed_city_by_city(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 5)
        item = item_of(meeting, "budget")
        roll = {
            f"roll-{each.member_id}-choice": "for"
            for each in meeting.delegations.filter(attendances__isnull=False)
        }

        post(staff, url("decide", item.pk), **motion_form(manner="roll_call", **roll))

        assert Resolution.objects.get().votes_for == 5

    def test_x09_a_correction_begins_with_what_was_said(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 6)
        members = add_associates(2)
        wrong = resolve(meeting, "members", unanimously(rulings=in_bulk(members)))
        page = staff.get(url("correct", wrong.pk))
        assert "until now: Approved as full member" in text_of(page)
        form = motion_form(
            **{
                f"m-{members[0].pk}-outcome": "approve",
                f"m-{members[1].pk}-outcome": "defer",
            }
        )

        refused = post(staff, url("correct", wrong.pk), **form)
        assert refused.context["form"].errors["note"]
        post(staff, url("correct", wrong.pk), **form, note="Pokhara was deferred")

        right = Resolution.objects.get(corrects=wrong)
        assert set(right.lines.values_list("outcome", flat=True)) == {"approve", "defer"}

    def test_confirming_asks_for_a_fresh_sign_in(self, client, secretariat, settings):
        meeting = add_excom(add_seated())
        come(meeting, 6)
        resolution = resolve(meeting, "budget", unanimously())
        client.force_login(secretariat)
        settings.GRAVE_ACT_SECONDS = -1

        answer = client.post(
            url("confirm", meeting.pk), {"step": "check", "resolution": resolution.pk}
        )

        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/confirm/?next=")
        assert not Confirmation.objects.exists()


class TestMemorandum:
    def test_draft_approved_published(self, staff):
        meeting = add_excom(add_seated())
        come(meeting, 6)
        resolve(meeting, "budget", unanimously())
        address = url("memorandum", meeting.pk)
        assert "not recorded as held" in text_of(staff.get(address))
        form = {"state": "held", "starts_on": "2019-11-06", "mode": "on_site"}
        board = post(staff, url("stage", meeting.pk), **form)
        assert "Next: Confirm what was resolved" in text_of(board)

        post(staff, address, step="write")
        render_event_papers()
        memorandum = Memorandum.objects.get()
        answer = staff.get(url("memorandum-pdf", memorandum.pk))
        assert answer.content.startswith(b"%PDF-")
        post(staff, address, step="approve")
        page = post(staff, address, step="publish")

        assert "It is published. Nothing is left to do." in text_of(page)


class TestWrittenBallot:
    def test_s31_a_ballot_is_opened_answered_and_counted(self, staff, monkeypatch):
        voters = add_seated()
        form = {
            "name_en": "Written ballot on the host of 2020",
            "kind": "other",
            "title_en": "Moscow hosts EXCOM 2020",
            "voters": [member.pk for member in voters],
        }
        refused = post(staff, url("ballot"), **form, closes_on="2019-12-01")
        assert "open for 14 days at least: until 2019-12-04" in text_of(refused)
        assert not Meeting.objects.exists()
        post(staff, url("ballot"), **form, closes_on="2019-12-04")
        meeting = Meeting.objects.get()
        item, address = meeting.items.get(), url("answers", meeting.pk)

        for member in voters[:5]:
            post(staff, address, step="answer", item=item.pk, member=member.pk, choice="for")
        page = post(staff, address, step="answer", item=item.pk, member=voters[0].pk, choice="for")
        assert "the first answer counts" in text_of(page)
        assert "not everybody has answered" in text_of(post(staff, address, step="close"))
        monkeypatch.setattr(seoul, "today", lambda: dt.date(2019, 12, 5))
        post(staff, address, step="close")

        assert WrittenAnswer.objects.count() == 5
        assert Resolution.objects.get().votes_for == 5


class TestToday:
    def test_what_is_due_this_week_stands_on_today(self, staff):
        hold(dt.date(2017, 6, 27))
        meeting = add_excom(add_seated())
        come(meeting, 6)
        resolve(meeting, "budget", unanimously())

        page = text_of(staff.get(reverse("admin:index")))

        assert "Record what became of EXCOM 2019, Seongnam" in page
        assert "1 resolution of EXCOM 2019, Seongnam to confirm" in page


def test_finance_has_no_meetings(client, finance):
    meeting = add_excom()
    client.force_login(finance)

    for name in ("change", "people", "agenda", "stage", "confirm", "memorandum"):
        assert client.get(url(name, meeting.pk)).status_code == 403


@pytest.mark.parametrize("few", [1, 12])
def test_the_board_costs_the_same_for_many(staff, django_assert_num_queries, few):
    meeting = add_excom(add_seated())
    come(meeting, 6)
    add_associates(few)
    staff.get(url("change", meeting.pk))

    with django_assert_num_queries(37):
        staff.get(url("change", meeting.pk))


def test_the_board_speaks_korean(staff):
    meeting = add_excom(add_seated())

    page = staff.get(url("change", meeting.pk), headers={"accept-language": "ko"})

    assert "2019 성남 집행위원회" in text_of(page)
