"""Bids to host a meeting: interest expressed, a bid handed in with its documents (R16, P12).

Member cities bid in the portal; for another local government the secretariat records what came.
An expression of interest is not a condition: a bid in time is a bid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.hosting.calls import lock_call
from events.models import BidDocument, HostBid, HostCall, HostDecision
from members.history import ENDINGS
from members.mandate import standing_of
from members.models import Kind, Member, User
from wego import audit, storage
from wego.outbox import Mailbox
from wego.uploads import Upload

MOST_DOCUMENTS = 12


@dataclass(frozen=True)
class Bidder:
    """Who bids: a member city, or another local government by name; and whom to write to."""

    contact_name: str
    contact_email: str
    member: Member | None = None
    name_en: str = ""
    name_ko: str = ""
    country_code: str = ""


@transaction.atomic
def express_interest(call: HostCall, bidder: Bidder, *, on: dt.date, by: User | None) -> HostBid:
    """Say that a city means to bid; a plan, no promise.

    Raises:
        ValidationError: too early or too late, said already, or not a city.
    """
    locked = lock_call(call)
    refuse_early(locked, on)
    last = locked.interest_by or locked.deadline_on
    if on > last:
        raise ValidationError(
            _(
                "Interest could be expressed until %(last)s, midnight in Seoul. "
                "A bid is taken until %(day)s."
            )
            % {"last": say(last), "day": say(locked.deadline_on)},
            code="late",
        )
    refuse_bidder(bidder, on)
    if find_bid(locked, bidder):
        raise ValidationError(_("This interest is on record already."), code="known")
    bid = HostBid.objects.create(call=locked, interest_on=on, **vars(bidder))
    audit.record_act("host bid.announced", by=by, subject=bid, file=bidder.member)
    return bid


@transaction.atomic
def hand_in_bid(
    call: HostCall,
    bidder: Bidder,
    *,
    proposal: str,
    uploads: Sequence[Upload] = (),
    on: dt.date,
    by: User | None,
) -> HostBid:
    """Hand in a bid, or until the deadline a better one; the days are those of Seoul.

    Raises:
        ValidationError: too early, too late, withdrawn, nothing proposed, or not a city.
    """
    locked = lock_call(call)
    refuse_early(locked, on)
    refuse_late(locked, on)
    refuse_bidder(bidder, on)
    if not proposal.strip():
        raise ValidationError({"proposal": _("Say what your city proposes.")})
    bid = find_bid(locked, bidder) or HostBid(call=locked)
    refuse_withdrawn(bid)
    for name, value in vars(bidder).items():
        setattr(bid, name, value)
    bid.proposal, bid.submitted_on = proposal.strip(), on
    bid.save()
    attach_documents(bid, uploads, on=on, by=by)
    audit.record_act(
        "host bid.submitted",
        by=by,
        subject=bid,
        file=bidder.member,
        facts={"documents": bid.documents.count()},
    )
    return bid


def attach_documents(
    bid: HostBid, uploads: Sequence[Upload], *, on: dt.date, by: User | None
) -> None:
    """Keep files that were handed in with a bid.

    Raises:
        ValidationError: too many.
    """
    if uploads and bid.documents.count() + len(uploads) > MOST_DOCUMENTS:
        raise ValidationError(
            {
                "documents": _("A bid has at most %(count)s documents: join some of them.")
                % {"count": MOST_DOCUMENTS}
            }
        )
    for upload in uploads:
        stored = storage.store_file(f"bids/{bid.pk}/document{upload.suffix}", upload.content)
        BidDocument.objects.create(
            bid=bid,
            name=upload.name,
            content_type=upload.content_type,
            path=stored.path,
            sha256=stored.sha256,
            size=stored.size,
            handed_in_on=on,
            handed_in_by=by,
        )


@transaction.atomic
def withdraw_bid(bid: HostBid, *, on: dt.date, by: User | None) -> HostBid:
    """The city bids no more; what it handed in stays on record.

    Raises:
        ValidationError: it was withdrawn before, or a host was decided with it.
    """
    lock_call(bid.call)
    locked = HostBid.objects.select_for_update().get(pk=bid.pk)
    refuse_withdrawn(locked)
    if HostDecision.objects.filter(bid=locked).exists():
        raise ValidationError(
            _("A body decided on this bid: please write to the secretariat."), code="decided"
        )
    locked.withdrawn_on = on
    locked.save(update_fields=["withdrawn_on"])
    audit.record_act("host bid.withdrawn", by=by, subject=locked, file=locked.member)
    return locked


def find_bid(call: HostCall, bidder: Bidder) -> HostBid | None:
    """What this city has said so far on a call."""
    if bidder.member:
        return HostBid.objects.filter(call=call, member=bidder.member).first()
    same = HostBid.objects.filter(call=call, member__isnull=True, country_code=bidder.country_code)
    return same.filter(name_en__iexact=bidder.name_en).first()


def refuse_early(call: HostCall, on: dt.date) -> None:
    """A call that is not published yet takes nothing.

    Raises:
        ValidationError: it is not.
    """
    if on < call.published_on:
        raise ValidationError(
            _("This call opens on %(day)s.") % {"day": say(call.published_on)}, code="early"
        )


def refuse_late(call: HostCall, on: dt.date) -> None:
    """A bid that comes after the deadline is refused, in words.

    Raises:
        ValidationError: the deadline has passed.
    """
    if on > call.deadline_on:
        raise ValidationError(
            _(
                "Bids were taken until %(day)s, midnight in Seoul. This one came on %(on)s: it is "
                "not taken, and the other bidders may rely on that."
            )
            % {"day": say(call.deadline_on), "on": say(on)},
            code="late",
        )


def refuse_withdrawn(bid: HostBid) -> None:
    """A withdrawn bid is over.

    Raises:
        ValidationError: it was withdrawn.
    """
    if bid.withdrawn_on:
        raise ValidationError(
            _("This bid was withdrawn on %(day)s.") % {"day": say(bid.withdrawn_on)},
            code="withdrawn",
        )


def refuse_bidder(bidder: Bidder, on: dt.date) -> None:
    """Cities bid: member cities, and other local governments by name (P12).

    Raises:
        ValidationError: no city, no longer a member, no name, or nobody to write to.
    """
    if bidder.member:
        if bidder.member.kind != Kind.CITY:
            raise ValidationError(
                _("Cities and other local governments host; institutions and companies do not."),
                code="kind",
            )
        if standing_of(bidder.member, on).status in {"", *ENDINGS}:
            raise ValidationError(
                _("%(member)s is no member on that day.") % {"member": bidder.member},
                code="no_member",
            )
    elif not (bidder.name_en.strip() and bidder.country_code):
        raise ValidationError({"name_en": _("Name the local government and its country.")})
    if not bidder.contact_name.strip():
        raise ValidationError({"contact_name": _("Name somebody we can write to.")})
    try:
        Mailbox(bidder.contact_email, bidder.contact_name)
    except ValidationError as error:
        raise ValidationError({"contact_email": error.messages}) from error


def say(day: dt.date) -> str:
    """A day in the reader's language."""
    return date_format(day, "DATE_FORMAT")
