"""The jury: invited by mail, accepted, given entries; conflicts are set aside (X13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.awards.conflicts import find_conflict
from events.awards.moving import S, lock_edition, require_state
from events.models import (
    AwardCategory,
    AwardEdition,
    AwardEntry,
    EntryState,
    Juror,
    ScoreSheet,
)
from members.models import User
from members.models.countries import is_country
from wego import audit, outbox

# In which steps entries are given out, and for which round.
ROUND_OF = {S.ELIGIBILITY: 1, S.ROUND_1: 1, S.FINALISTS: 2, S.ROUND_2: 2}
LAST_ROUND = 2
OVER = (S.DECIDED, S.NOTIFIED, S.ANNOUNCED, S.CEREMONY, S.ARCHIVED)


@transaction.atomic
def invite_juror(
    edition: AwardEdition,
    *,
    email: str,
    full_name: str,
    employer: str,
    country_code: str,
    language: str,
    on: dt.date,
    by: User,
) -> Juror:
    """Ask a person to score; one without an account gets one that opens by a mailed code.

    Raises:
        ValidationError: `mailbox`, `country`, `employer`, `already`, or the jury is done (`state`).
    """
    locked = lock_edition(edition)
    require_state(locked, *(state for state in S if state not in OVER))
    address = outbox.Mailbox(email.strip().lower(), full_name.strip(), language)
    if not is_country(country_code):
        raise ValidationError({"country_code": _("Choose the country.")})
    if not employer.strip():
        raise ValidationError({"employer": _("Enter the employer: it decides on conflicts.")})
    user = User.objects.filter(email=address.email).first()
    if user is None:
        user = User.objects.create_user(
            address.email, full_name=full_name.strip(), language=language
        )
    juror, made = Juror.objects.get_or_create(
        edition=locked,
        user=user,
        defaults={
            "country_code": country_code,
            "employer": employer.strip(),
            "invited_on": on,
        },
    )
    if not made:
        raise ValidationError(
            {"email": ValidationError(_("This person sits on the jury already."), code="already")}
        )
    audit.record_act("award.juror_invited", by=by, subject=juror, file=locked)
    mail_invitation(juror)
    return juror


def mail_invitation(juror: Juror) -> None:
    """Write the invitation; the address it goes to is the one that signs in."""
    user = juror.user
    with override(user.language):
        facts = {
            "name": user.full_name,
            "edition": str(juror.edition),
            "email": user.email,
            "link": f"{settings.PUBLIC_URL}{reverse('jury:home')}",
        }
    to = outbox.Mailbox(user.email, user.full_name, user.language)
    outbox.post_mail("award_juror", to=to, facts=facts, file=juror.edition)


@transaction.atomic
def accept_jury(juror: Juror, *, country_code: str, employer: str, on: dt.date, by: User) -> Juror:
    """The juror serves, and says where they are from and for whom they work.

    Sheets that this makes a conflict are set aside unless they were submitted.

    Raises:
        ValidationError: by field.
    """
    if not is_country(country_code):
        raise ValidationError({"country_code": _("Choose the country.")})
    if not employer.strip():
        raise ValidationError({"employer": _("Enter the employer: it decides on conflicts.")})
    locked = Juror.objects.select_for_update().select_related("edition").get(pk=juror.pk)
    before = [locked.country_code, locked.employer]
    locked.country_code, locked.employer = country_code, employer.strip()
    locked.accepted_on = locked.accepted_on or on
    locked.save(update_fields=["country_code", "employer", "accepted_on"])
    for sheet in locked.sheets.filter(submitted_at=None, set_aside="").select_related(
        "entry__edition", "entry__member"
    ):
        if why := find_conflict(locked, sheet.entry):
            sheet.set_aside = why
            sheet.save(update_fields=["set_aside"])
    audit.record_act(
        "award.juror_accepted",
        by=by,
        subject=locked,
        file=locked.edition,
        facts={"says": [before, [locked.country_code, locked.employer]]},
    )
    return locked


@transaction.atomic
def remove_juror(juror: Juror, *, by: User) -> None:
    """Take a juror off who has submitted nothing yet.

    Raises:
        ValidationError: `scored`.
    """
    locked = Juror.objects.select_for_update().get(pk=juror.pk)
    if locked.sheets.filter(submitted_at__isnull=False).exists():
        raise ValidationError(
            _("%(juror)s has submitted scores: they stay on record.") % {"juror": locked},
            code="scored",
        )
    audit.record_act("award.juror_removed", by=by, subject=locked, file=locked.edition)
    for sheet in locked.sheets.all():
        sheet.marks.all().delete()
    locked.sheets.all().delete()
    locked.delete()


@transaction.atomic
def assign_entries(
    edition: AwardEdition,
    *,
    jurors: Collection[Juror],
    categories: Collection[AwardCategory],
    by: User,
) -> int:
    """Give every entry of some categories to some jurors; returns how many sheets are new.

    In round 1 these are the eligible entries, in round 2 the finalists. A conflict makes a sheet
    that is set aside, so that everybody sees that it was. Doing it again adds only what is new.

    Raises:
        ValidationError: `state`.
    """
    locked = lock_edition(edition)
    require_state(locked, *ROUND_OF)
    number = ROUND_OF[S(locked.state)]
    entries = entries_of_round(locked, number).filter(category__in=categories)
    given = set(
        ScoreSheet.objects.filter(juror__in=jurors, round=number).values_list("juror", "entry")
    )
    sheets = [
        ScoreSheet(juror=juror, entry=entry, round=number, set_aside=find_conflict(juror, entry))
        for juror in jurors
        for entry in entries.select_related("edition", "member")
        if juror.edition_id == locked.pk and (juror.pk, entry.pk) not in given
    ]
    ScoreSheet.objects.bulk_create(sheets)
    if sheets:
        audit.record_act(
            "award.sheets_assigned",
            by=by,
            subject=locked,
            facts={"round": number, "sheets": len(sheets)},
        )
    return len(sheets)


def entries_of_round(edition: AwardEdition, number: int) -> QuerySet[AwardEntry]:
    """The entries that are scored in a round."""
    rows = AwardEntry.objects.filter(edition=edition, state=EntryState.ELIGIBLE)
    return rows.filter(is_finalist=True) if number == LAST_ROUND else rows
