"""Everything around a meeting that one member can have, for the matrix of who may what."""

import datetime as dt

from events.calendars.links import open_link, token_of
from events.delegating.credentials import hand_in_credentials
from events.delegating.papers import write_badge
from events.hosting.bids import Bidder, hand_in_bid
from events.models import (
    AgendaItem,
    BidCriterion,
    EventPaper,
    EventPaperDocument,
    HostCall,
    ItemPaper,
    Meeting,
    MeetingStage,
    Memorandum,
    SupportReceipt,
    TopicSuggestion,
)
from events.programme.support import Travel, request_support
from tests.events.builders import add_delegate, add_delegation, add_session, add_speaker
from wego import seoul, storage
from wego.uploads import Upload


def around_of(member, user, number, pdf):
    """Values by word: a meeting of its own, our delegation to it, our bid to host it."""
    today = seoul.today()
    meeting = Meeting.objects.create(
        body="assembly", code=f"meet-{number}", name_en=f"Assembly {number}", agenda_on=today
    )
    day = today + dt.timedelta(days=90)
    MeetingStage.objects.create(
        meeting=meeting, state="called", mode="hybrid", starts_on=day, ends_on=day
    )
    secret = f"The Mayor of {member.name_en}"
    delegate = add_delegate(add_delegation(meeting, member), secret)
    speaker = add_speaker(add_session(meeting, day=day), member, f"Speaker {number}")
    travel = Travel("Home", day, day, wants_lodging=True)
    support = request_support(speaker, travel, on=today, by=None)
    bid = bid_of(meeting, member, secret, number, pdf)
    letter = Upload("letter.pdf", pdf, "application/pdf", ".pdf")
    credential = hand_in_credentials(delegate.delegation, letter, on=today, by=None)
    topic = TopicSuggestion.objects.create(
        meeting=meeting, member=member, title="Twins", suggested_on=today
    )
    receipt = SupportReceipt.objects.create(
        request=support, of="lodging", amount_cents=1, described="Hotel", received_on=today
    )
    badge = write_badge(delegate, on=today, by=None)
    stored = storage.store_file(f"event-papers/{badge.reference}.pdf", pdf)
    EventPaperDocument.objects.create(
        paper=badge, path=stored.path, sha256=stored.sha256, size=stored.size, renderer="tests"
    )
    return {
        "meeting_code": meeting.code,
        "gathering": meeting.pk,
        "call_code": bid.call.code,
        "hostcall": bid.call.pk,
        "hostbid": bid.pk,
        "bid_document": bid.documents.get().pk,
        "bid_scorer": bid.call.scorers.create(full_name=f"Scorer {number}").pk,
        "delegate": delegate.pk,
        "delegation": delegate.delegation_id,
        "speaker": speaker.pk,
        "programme_session": speaker.session_id,
        "supportrequest": support.pk,
        "support_receipt": receipt.pk,
        "badge": badge.pk,
        "credential": credential.pk,
        "topic": topic.pk,
        "host_item": meeting.items.create(position=2, kind="hosts", title_en="Hosts").pk,
        "badge_reference": badge.reference,
        "item_paper": paper_of(meeting, pdf).pk,
        "memorandum_code": memorandum_of(number, pdf).meeting.code,
        "written_code": written_of(member).code,
        "calendar_token": token_of(open_link(user, on=today, by=None)),
    }


def bid_of(meeting, member, secret, number, pdf):
    """A bid with a document, on a call that is open."""
    today = seoul.today()
    call = HostCall.objects.create(
        meeting=meeting,
        code=f"call-{number}",
        published_on=today,
        deadline_on=today,
        terms_en="A hall",
    )
    BidCriterion.objects.create(call=call, position=1, name_en="Venue")
    return hand_in_bid(
        call,
        Bidder(secret, "mayor@people.example", member),
        proposal="Our hall",
        uploads=[Upload("plan.pdf", pdf, "application/pdf", ".pdf")],
        on=today,
        by=None,
    )


def paper_of(meeting, pdf):
    """A paper put to an item of the agenda."""
    item = AgendaItem.objects.create(meeting=meeting, position=1, kind="report", title_en="Report")
    stored = storage.store_file(f"agenda/{meeting.code}.pdf", pdf)
    return ItemPaper.objects.create(
        item=item,
        title="Report",
        file_name="report.pdf",
        file_path=stored.path,
        file_sha256=stored.sha256,
        content_type="application/pdf",
        size=stored.size,
    )


def memorandum_of(number, pdf):
    """A memorandum that is published."""
    today = seoul.today()
    meeting = Meeting.objects.create(body="excom", code=f"held-{number}", name_en="EXCOM, held")
    MeetingStage.objects.create(meeting=meeting, state="held", starts_on=today, ends_on=today)
    paper = EventPaper.objects.create(
        kind="memorandum",
        reference=f"WEGO-2026-MM-{number}",
        language="en",
        issued_on=today,
        meeting=meeting,
        snapshot={},
    )
    stored = storage.store_file(f"event-papers/{paper.reference}.pdf", pdf)
    EventPaperDocument.objects.create(
        paper=paper, path=stored.path, sha256=stored.sha256, size=stored.size, renderer="tests"
    )
    return Memorandum.objects.create(
        meeting=meeting, paper=paper, approved_on=today, published_on=today
    )


def written_of(member):
    """The one written ballot in which both are asked."""
    today = seoul.today()
    meeting, made = Meeting.objects.get_or_create(
        body="excom", code="in-writing", name_en="Written ballot"
    )
    if made:
        MeetingStage.objects.create(
            meeting=meeting, state="called", mode="written", starts_on=today, ends_on=today
        )
        meeting.items.create(position=1, kind="other", title_en="Seongnam hosts EXCOM")
    add_delegation(meeting, member)
    return meeting
