"""An Assembly that elects, for both members: who stands, an open ballot, a counted one, a term."""

import datetime as dt

from events.models import (
    BallotBox,
    Candidacy,
    Delegation,
    Election,
    ElectionCall,
    EventPaper,
    EventPaperDocument,
    Meeting,
    MeetingStage,
    Proxy,
    PublishedBallot,
    Round,
    RoundCandidate,
    RoundCount,
    Term,
    ViceNomination,
    Voter,
)
from members.models import Member
from wego import storage

DAY = dt.date(2026, 10, 15)


def the_call():
    """One Assembly, called once."""
    found = ElectionCall.objects.first()
    if found:
        return found
    meeting = Meeting.objects.create(body="assembly", code="elects", name_en="Assembly that elects")
    MeetingStage.objects.create(meeting=meeting, state="called", starts_on=DAY, ends_on=DAY)
    return ElectionCall.objects.create(
        meeting=meeting, called_on=dt.date(2026, 8, 1), record_on=dt.date(2026, 9, 30)
    )


def elections_of(member, number, pdf):
    """By word, what stands in the addresses of elections."""
    call = the_call()
    Voter.objects.create(call=call, member=member, may_vote=True, why_en="Paid", why_ko="Paid")
    excom, _made = Election.objects.get_or_create(call=call, office="excom", seats=3)
    president, _made = Election.objects.get_or_create(call=call, office="president", seats=1)
    candidacy = Candidacy.objects.create(
        election=excom,
        member=member,
        received_on=dt.date(2026, 9, 1),
        came_by="portal",
        deadline_on=dt.date(2026, 9, 15),
        is_late=False,
        is_eligible=True,
        status="full",
        reason_en="Paid",
        reason_ko="Paid",
    )
    term = Term.objects.create(
        office="excom", member=member, starts_on=DAY, ends_on="2028-12-31", basis="recorded"
    )
    nomination = ViceNomination.objects.create(member=member, nominated_on=DAY, reference="item 4")
    return {
        "election": excom.pk,
        "candidacy": candidacy.pk,
        "open_round": open_round(excom, candidacy).pk,
        "counted_round": counted_round(president, candidacy, number).pk,
        "term": term.pk,
        "vice_nomination": nomination.pk,
        "office_certificate": certificate(term, number, pdf),
        "held_proxy": held_proxy(call, member, number).pk,
    }


def held_proxy(call, member, number):
    """A city that stays at home lets the member vote for it."""
    absent = Member.objects.create(
        kind="city", name_en=f"Absent {number}", country_code="PT", region="europe"
    )
    Voter.objects.create(call=call, member=absent, may_vote=True, why_en="Paid", why_ko="Paid")
    giver, holder = (
        Delegation.objects.create(meeting=call.meeting, member=city, kind="voting")
        for city in (absent, member)
    )
    return Proxy.objects.create(
        meeting=call.meeting, giver=giver, holder=holder, paper="Letter", given_on=DAY
    )


def open_round(election, candidacy):
    """A round in which both vote."""
    row, made = Round.objects.get_or_create(
        election=election, number=1, manner="electronic", seats=3, public_key="00", state="open"
    )
    if made:
        BallotBox.objects.create(round=row)
        RoundCandidate.objects.create(round=row, candidacy=candidacy, code="01")
    return row


def counted_round(election, candidacy, number):
    """A round whose ballots are published."""
    row, made = Round.objects.get_or_create(
        election=election, number=1, manner="electronic", seats=1, public_key="00", state="counted"
    )
    if made:
        RoundCandidate.objects.create(round=row, candidacy=candidacy, code="01")
        RoundCount.objects.create(
            round=row,
            counted_on=DAY,
            voters=2,
            cast=1,
            votes={"01": 1},
            majority="simple",
            commitment="00",
        )
        PublishedBallot.objects.create(receipt=f"AAAA-{number}", round=row, choices=["01"])
    return row


def certificate(term, number, pdf):
    """The reference of a printed certificate."""
    paper = EventPaper.objects.create(
        kind="certificate",
        reference=f"WEGO-2026-CO-{number}",
        language="en",
        issued_on=DAY,
        member=term.member,
        snapshot={"facts": {"term": term.pk}},
    )
    stored = storage.store_file(f"event-papers/{paper.reference}.pdf", pdf)
    EventPaperDocument.objects.create(
        paper=paper, path=stored.path, sha256=stored.sha256, size=stored.size, renderer="test"
    )
    return paper.reference
