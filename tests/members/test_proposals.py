"""What members propose: nothing holds before it is accepted, nothing is lost when it is."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.models import Member, MemberFigure, Proposal, ProposalState
from members.proposal_words import describe, mark_of_now
from members.proposals import (
    accept_proposal,
    decline_proposal,
    propose_change,
    take_back_proposal,
)
from tests.members.portal import TODAY, acting, kathmandu
from tests.register import add_member
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
FIGURE = {"dues_year": 2027, "value": 1_571_010, "source": "Census", "source_year": 2026}


@pytest.fixture
def member():
    return kathmandu()


@pytest.fixture
def maya(member):
    return acting(member, "administrator")


def accept(proposal, by):
    return accept_proposal(proposal, seen=mark_of_now(proposal), on=TODAY, by=by)


def refusal(caught):
    return {error.code for error in caught.value.error_list}


def test_proposal_keeps_both_values_and_changes_nothing(member, maya):
    proposal = propose_change(
        member,
        {"name_en": " Kathmandu  Metropolitan City ", "kind": "city"},
        note="Decree 12",
        by=maya,
    )

    assert proposal.changes == {"name_en": ["Kathmandu", "Kathmandu Metropolitan City"]}
    assert (proposal.state, proposal.note, proposal.proposed_by) == ("waiting", "Decree 12", maya)
    assert Member.objects.get().name_en == "Kathmandu"
    entry = AuditEntry.objects.get(act="proposal.made")
    assert (entry.file, entry.by, entry.facts) == (f"member:{member.pk}", maya, proposal.changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_en": "  "}, "name_en"),
        ({"name_en": "K" * 201}, "name_en"),
        ({"level": "l" * 41}, "level"),
        ({"kind": "kingdom"}, "kind"),
        ({"country_code": "XX"}, "country_code"),
        ({"figure": FIGURE | {"value": 0}}, "value"),
        ({"figure": FIGURE | {"value": 400_000_000}}, "value"),
        ({"figure": FIGURE | {"source": " "}}, "source"),
        ({"figure": FIGURE | {"source_year": 1}}, "source"),
    ],
)
def test_impossible_values_are_refused_at_their_field(member, maya, changes, field):
    with pytest.raises(ValidationError) as caught:
        propose_change(member, changes, note="", by=maya)

    assert list(caught.value.message_dict) == [field]
    assert not Proposal.objects.exists()


def test_nothing_new_is_no_proposal(member, maya):
    with pytest.raises(ValidationError) as caught:
        propose_change(member, {"name_en": "Kathmandu", "level": "city"}, note="", by=maya)

    assert refusal(caught) == {"same"}


def test_name_of_another_member_is_refused(member, maya):
    add_member("Lalitpur", "NP")

    with pytest.raises(ValidationError):
        propose_change(member, {"name_en": "LALITPUR"}, note="", by=maya)

    assert not Proposal.objects.exists()


def test_second_person_is_told_what_the_first_proposed(member, maya):
    propose_change(member, {"name_en": "Kantipur"}, note="", by=maya)
    asha = acting(member, "finance")

    with pytest.raises(ValidationError) as caught:
        propose_change(member, {"name_en": "Yen"}, note="", by=asha)

    assert refusal(caught) == {"waiting"}
    assert caught.value.messages == [
        "Maya Thapa has already proposed Name in English: Kantipur. Take that back first."
    ]
    propose_change(member, {"level": "metropolis"}, note="", by=asha)
    assert Proposal.objects.count() == 2


def test_accepted_name_is_a_renaming_with_its_dates(member, maya, secretariat):
    proposal = propose_change(member, {"name_en": "Kantipur"}, note="Decree 12", by=maya)

    accept(proposal, secretariat)

    member.refresh_from_db()
    assert member.name_en == "Kantipur"
    assert [str(name) for name in member.other_names.all()] == ["Kathmandu"]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answered_by) == (ProposalState.ACCEPTED, secretariat)
    mail = Mail.objects.get(kind="proposal_accepted")
    assert mail.to_email == "maya@kathmandu.example"
    assert "Name in English: Kathmandu → Kantipur" in mail.text
    assert {entry.act for entry in AuditEntry.objects.filter(by=secretariat)} == {
        "member.renamed",
        "proposal.accepted",
    }


def test_accepted_facts_and_figure_hold_together(member, maya, secretariat):
    proposal = propose_change(
        member, {"kind": "company", "level": "", "country_code": "IN"}, note="", by=maya
    )

    accept(proposal, secretariat)

    member.refresh_from_db()
    assert (member.kind, member.level, member.country_code) == ("company", "", "IN")


def test_accepted_figure_is_recorded_with_its_source(member, maya, secretariat):
    proposal = propose_change(member, {"figure": FIGURE}, note="", by=maya)
    assert not MemberFigure.objects.filter(dues_year=2027).exists()

    accept(proposal, secretariat)

    figure = MemberFigure.objects.get(dues_year=2027)
    assert (figure.value, figure.source, figure.source_year) == (1_571_010, "Census", 2026)
    assert figure.entered_by == secretariat


def test_stale_proposal_shows_three_values(member, maya, secretariat):
    proposal = propose_change(member, {"name_ko": "칸티푸르"}, note="", by=maya)
    seen = mark_of_now(proposal)
    Member.objects.filter(pk=member.pk).update(name_ko="카트만두시")
    proposal = Proposal.objects.get()

    (row,) = describe(proposal)
    assert (row.then, row.now, row.wanted, row.stale) == (
        "카트만두",
        "카트만두시",
        "칸티푸르",
        True,
    )
    with pytest.raises(ValidationError) as caught:
        accept_proposal(proposal, seen=seen, on=TODAY, by=secretariat)
    assert refusal(caught) == {"changed_meanwhile"}
    assert Member.objects.get().name_ko == "카트만두시"

    accept(proposal, secretariat)
    assert Member.objects.get().name_ko == "칸티푸르"


def test_refused_by_its_rule_nothing_is_answered(member, maya, secretariat):
    proposal = propose_change(member, {"name_en": "Kantipur"}, note="", by=maya)
    add_member("Kantipur", "NP")

    with pytest.raises(ValidationError):
        accept(proposal, secretariat)

    assert Proposal.objects.get().state == "waiting"
    assert not Mail.objects.exists()


def test_declining_says_why_and_leaves_everything(member, maya, secretariat):
    proposal = propose_change(member, {"figure": FIGURE}, note="", by=maya)
    with pytest.raises(ValidationError) as caught:
        decline_proposal(proposal, text=" ", by=secretariat)
    assert list(caught.value.message_dict) == ["answer"]

    decline_proposal(proposal, text="The census counts the valley.", by=secretariat)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "The census counts the valley.")
    assert not MemberFigure.objects.filter(dues_year=2027).exists()
    assert "The census counts the valley." in Mail.objects.get(kind="proposal_declined").text


def test_answered_or_taken_back_is_final(member, maya, secretariat):
    proposal = propose_change(member, {"level": "metropolis"}, note="", by=maya)
    take_back_proposal(proposal, by=maya)

    for act in (
        lambda: accept(proposal, secretariat),
        lambda: decline_proposal(proposal, text="No.", by=secretariat),
        lambda: take_back_proposal(proposal, by=maya),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        assert refusal(caught) == {"answered"}
    assert not Mail.objects.exists()
    propose_change(member, {"level": "metropolis"}, note="", by=maya)


def test_korean_proposer_is_written_to_in_korean(member, maya, secretariat):
    maya.language = "ko"
    maya.save()
    proposal = propose_change(member, {"name_en": "Kantipur"}, note="", by=maya)

    decline_proposal(proposal, text="근거 문서가 필요합니다.", by=secretariat)

    mail = Mail.objects.get()
    assert mail.language == "ko"
    assert mail.subject.startswith("카트만두")


def test_person_who_may_not_sign_in_any_more_is_not_written_to(member, maya, secretariat):
    proposal = propose_change(member, {"name_en": "Kantipur"}, note="", by=maya)
    maya.is_active = False
    maya.save()

    accept(Proposal.objects.get(), secretariat)

    assert proposal.member_id == member.pk
    assert not Mail.objects.exists()


def test_day_of_acceptance_begins_the_name(member, maya, secretariat):
    proposal = propose_change(member, {"name_en": "Kantipur"}, note="", by=maya)

    accept(proposal, secretariat)

    assert member.other_names.get().used_until == TODAY - dt.timedelta(days=1)
