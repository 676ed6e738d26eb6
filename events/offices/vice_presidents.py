"""Vice President Cities: nominated by EXCOM, appointed by the President (P3, S33, C24)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Basis, Office, Term, ViceNomination
from events.offices.terms import NewTerm, default_end, lock_board, record_term
from members.models import Kind, Member, User
from wego import audit


@transaction.atomic
def nominate_vice_president(
    member: Member, *, nominated_on: dt.date, reference: str, on: dt.date, by: User | None
) -> ViceNomination:
    """Record that EXCOM nominated a city; `reference` is its item or memorandum.

    Raises:
        ValidationError: it is no city, is nominated already, or nothing says where it stands.
    """
    lock_board()
    if member.kind != Kind.CITY:
        raise ValidationError(
            _("%(member)s is no city: offices are held by cities.") % {"member": member},
            code="kind",
        )
    if nominated_on > on:
        raise ValidationError(_("This day lies ahead: record it when it has come."), code="future")
    if not reference.strip():
        raise ValidationError(
            _("Enter the meeting and item at which EXCOM nominated the city."), code="reference"
        )
    if ViceNomination.objects.filter(member=member, appointment__isnull=True).exists():
        raise ValidationError(
            _("%(member)s is nominated already and waits for the President.") % {"member": member},
            code="nominated",
        )
    nomination = ViceNomination.objects.create(
        member=member, nominated_on=nominated_on, reference=reference.strip(), recorded_by=by
    )
    audit.record_act(
        "vice.nominated",
        by=by,
        subject=nomination,
        file=member,
        why=nomination.reference,
        facts={"on": nominated_on.isoformat()},
    )
    return nomination


@transaction.atomic
def appoint_vice_president(
    nomination: ViceNomination,
    *,
    appointed_on: dt.date,
    reference: str,
    ends_on: dt.date | None = None,
    label: str = "",
    override_reason: str = "",
    on: dt.date,
    by: User | None,
) -> Term:
    """Record that the President appointed a nominated city; its term begins that day.

    Raises:
        ValidationError: it was appointed already, before it was nominated, without a reference, or
            `record_term` refuses the term.
    """
    lock_board()
    locked = (
        ViceNomination.objects.select_for_update().select_related("member").get(pk=nomination.pk)
    )
    if locked.appointment_id:
        raise ValidationError(
            _("%(member)s was appointed already.") % {"member": locked.member}, code="appointed"
        )
    if not locked.nominated_on <= appointed_on <= on:
        raise ValidationError(
            _("EXCOM nominated on %(day)s: the President appoints from that day on, not ahead.")
            % {"day": date_format(locked.nominated_on)},
            code="days",
        )
    if not reference.strip():
        raise ValidationError(
            _("Enter the letter by which the President appointed the city."), code="reference"
        )
    term = record_term(
        NewTerm(
            office=Office.VICE,
            member=locked.member,
            starts_on=appointed_on,
            ends_on=ends_on or default_end(appointed_on),
            basis=Basis.APPOINTED,
            reference=reference,
            label=label,
        ),
        override_reason=override_reason,
        on=on,
        by=by,
    )
    locked.appointment = term
    locked.save(update_fields=["appointment"])
    return term
