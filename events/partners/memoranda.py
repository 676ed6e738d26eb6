"""Partners and memoranda of understanding: signed, renewed, ended, never forgotten (R31)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Partner, PartnerMemorandum
from events.partners.offices import store
from members.models import Member, User
from wego import audit
from wego.uploads import Upload

REMIND_DAYS = 90


@dataclass(frozen=True)
class Signed:
    """A memorandum as it was signed; days are Seoul calendar dates."""

    signed_on: dt.date
    expires_on: dt.date | None = None
    place: str = ""
    signatories: str = ""
    file: Upload | None = None


@transaction.atomic
def add_partner(
    name_en: str,
    name_ko: str,
    *,
    member: Member | None = None,
    website: str = "",
    note: str = "",
    by: User | None,
) -> Partner:
    """A body the organisation works with; it may be a member too (R31).

    Raises:
        ValidationError: it has no name, or is known.
    """
    name = " ".join(name_en.split())
    if not name:
        raise ValidationError(_("Enter the name."), code="name_en")
    if Partner.objects.filter(name_en__iexact=name).exists():
        raise ValidationError(_("This partner is known already."), code="name_en")
    partner = Partner.objects.create(
        name_en=name,
        name_ko=" ".join(name_ko.split()),
        member=member,
        website=website,
        note=note.strip(),
    )
    audit.record_act("partner.added", by=by, subject=partner, file=member)
    return partner


@transaction.atomic
def sign_memorandum(
    partner: Partner,
    signed: Signed,
    *,
    renews: PartnerMemorandum | None = None,
    on: dt.date,
    by: User | None,
) -> PartnerMemorandum:
    """Record a memorandum; one that renews another takes its place.

    Raises:
        ValidationError: it is signed in the future or expires before, or renews what is renewed or
            somebody else's.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    if signed.signed_on > on:
        raise ValidationError(_("That day is still to come."), code="signed_on")
    if signed.expires_on and signed.expires_on <= signed.signed_on:
        raise ValidationError(_("It expires after it is signed."), code="expires_on")
    if renews and (renews.partner_id != row.pk or hasattr(renews, "renewed_by")):
        raise ValidationError(_("That memorandum cannot be renewed by this one."), code="renews")
    memorandum = PartnerMemorandum.objects.create(
        partner=row,
        signed_on=signed.signed_on,
        expires_on=signed.expires_on,
        place=" ".join(signed.place.split()),
        signatories=signed.signatories.strip(),
        renews=renews,
        recorded_by=by,
        **store(signed.file, f"memoranda/{row.pk}/{signed.signed_on:%Y-%m-%d}"),
    )
    audit.record_act("memorandum.signed", by=by, subject=memorandum, file=row.member)
    return memorandum


@transaction.atomic
def end_memorandum(
    memorandum: PartnerMemorandum, *, reason: str, on: dt.date, by: User | None
) -> PartnerMemorandum:
    """Note that a memorandum holds no more.

    Raises:
        ValidationError: it was ended or renewed before, or no reason is given.
    """
    row = PartnerMemorandum.objects.select_for_update().get(pk=memorandum.pk)
    if row.ended_on or hasattr(row, "renewed_by"):
        raise ValidationError(_("This memorandum holds no more already."), code="ended")
    if not reason.strip():
        raise ValidationError(_("Say why it ends."), code="reason")
    row.ended_on, row.ended_why = on, reason.strip()[:300]
    row.save(update_fields=["ended_on", "ended_why"])
    audit.record_act("memorandum.ended", by=by, subject=row, why=row.ended_why)
    return row


def holding() -> QuerySet[PartnerMemorandum]:
    """Memoranda that were neither ended nor renewed."""
    return PartnerMemorandum.objects.filter(ended_on__isnull=True, renewed_by__isnull=True)


def expiring(on: dt.date) -> QuerySet[PartnerMemorandum]:
    """Those that expire within ninety days, or have expired and nobody saw to it."""
    last = on + dt.timedelta(days=REMIND_DAYS)
    return holding().filter(expires_on__lte=last).order_by("expires_on", "pk")
