"""What the secretariat does with an application (R2-R5): returns it, accepts it, turns it down.

Accepting makes the associate, everything at once or nothing; only a body's decision makes the full
member. Nothing else makes a member of an applicant, and no application makes two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.applicants import tell
from members.letters import write_letter
from members.models import (
    Application,
    ApplicationState,
    LetterKind,
    Member,
    User,
)
from members.newcomers import admit, invite_people, keep_contacts, keep_figure
from members.steps import lock_application, record_step
from members.vetting import Vetting, vet_application
from wego import audit, seoul

State = ApplicationState
LONGEST_REASON = 2000


class ReturnReason(models.TextChoices):
    """Why applications are mostly returned; the applicant reads these words."""

    SIGNATURE = (
        "signature",
        gettext_lazy("The form is not signed by the mayor or an authorised person."),
    )
    FILE = "file", gettext_lazy("The uploaded file is missing, incomplete or cannot be read.")
    NAME = "name", gettext_lazy("The official name needs to be given in full.")
    FIGURE = (
        "figure",
        gettext_lazy("The population or number of employees needs a source with its year."),
    )
    CONTACTS = "contacts", gettext_lazy("A contact is missing or cannot be reached.")
    LEVEL = "level", gettext_lazy("It is not clear which territory or organisation is meant.")


@transaction.atomic
def return_application(
    application: Application,
    *,
    reasons: Collection[str] = (),
    note: str = "",
    on: dt.date,
    by: User | None,
) -> Application:
    """Give an application back to be completed, saying what is missing, in its own language.

    Raises:
        ValidationError: no reason is given, or the application is not one to check.
    """
    locked = lock_application(application)
    with translation.override(locked.language):
        lines = [str(ReturnReason(reason).label) for reason in reasons]
    why = "\n".join([*lines, *([note.strip()] if note.strip() else [])])
    refuse_reason(why)
    record_step(locked, State.RETURNED, on=on, reason=why, by=by)
    audit.record_act("application.returned", by=by, subject=locked, why=why)
    tell(locked, "application_returned", {"reasons": why})
    return adopt(application, locked)


@transaction.atomic
def reject_application(
    application: Application, *, reason: str, on: dt.date, by: User | None
) -> Application:
    """Turn an application down before it was accepted; the applicant may apply again.

    Raises:
        ValidationError: no reason is given, or it was accepted: then only a body decides.
    """
    locked = lock_application(application)
    if locked.state == State.ACCEPTED:
        raise ValidationError(
            _("%(name)s is an associate: only a decision of EXCOM can reject it.")
            % {"name": locked},
            code="accepted",
        )
    refuse_reason(reason)
    record_step(locked, State.REJECTED, on=on, reason=reason, by=by)
    letter = write_letter(
        LetterKind.REJECTION, application=locked, language=locked.language, on=on, by=by
    )
    audit.record_act("application.rejected", by=by, subject=locked, why=reason.strip())
    tell(locked, "application_rejected", {"reason": reason.strip()}, letter=letter)
    return adopt(application, locked)


@transaction.atomic
def move_to_excom(application: Application, *, year: int, on: dt.date, by: User | None) -> None:
    """Put an application on the agenda of another year's EXCOM (S3).

    Raises:
        ValidationError: the application is settled, or the year is past or far away.
    """
    locked = lock_application(application)
    if locked.state not in {State.SUBMITTED, State.RETURNED, State.ACCEPTED}:
        raise ValidationError(
            _("This application is settled: it goes to no EXCOM."), code="not_allowed"
        )
    refuse_excom_year(year, on)
    before, locked.target_excom_year = locked.target_excom_year, year
    locked.save(update_fields=["target_excom_year", "saved_at"])
    audit.record_act(
        "application.moved",
        by=by,
        subject=locked,
        file=locked.member or locked,
        facts={"excom_year": [before, year]},
    )
    application.target_excom_year = year


@transaction.atomic
def accept_application(
    application: Application,
    *,
    region: str = "",
    excom_year: int | None = None,
    on: dt.date,
    by: User | None,
    at: dt.datetime | None = None,
) -> Member:
    """Make the applicant an associate (R3, R5): member, people, figure, letter, mail, invitations.

    `region` is needed for the first member of a country only. `at` is the instant the invitations
    count from; the beginning of `on` when left out.

    Raises:
        ValidationError: it is not one to check, the same organisation is a member or has another
            open application, it owes something from before (S16), or a needed fact is missing.
    """
    locked = lock_application(application)
    refuse_settled(locked)
    vetting = vet_application(locked, on=on)
    if vetting.blocks:
        raise ValidationError([ValidationError(why, code="blocked") for why in vetting.blocks])
    if excom_year is not None:
        refuse_excom_year(excom_year, on)
    member = admit(locked, vetting, region=region or vetting.region, on=on, by=by)
    locked.member = member
    locked.accepted_on = on
    locked.target_excom_year = excom_year or vetting.excom_year
    locked.save(update_fields=["member", "accepted_on", "target_excom_year", "saved_at"])
    record_step(locked, State.ACCEPTED, on=on, by=by)
    keep_contacts(member, locked)
    keep_figure(member, locked, vetting.dues_year, by=by)
    audit.record_act(
        "application.accepted",
        by=by,
        subject=locked,
        file=member,
        facts={
            "associate_from": vetting.associate_from.isoformat(),
            "excom_year": locked.target_excom_year,
            "readmission": vetting.former is not None,
        },
    )
    letter = write_letter(
        LetterKind.ACCEPTANCE,
        member=member,
        application=locked,
        language=locked.language,
        on=on,
        by=by,
    )
    tell(locked, "application_accepted", acceptance_words(locked, vetting), letter=letter)
    invite_people(member, locked, by=by, at=at or dt.datetime.combine(on, dt.time(), seoul.SEOUL))
    adopt(application, locked)
    return member


def refuse_settled(application: Application) -> None:
    """Only what was handed in and is being checked can be accepted, once."""
    if application.state in {State.ACCEPTED, State.APPROVED}:
        raise ValidationError(
            _("%(name)s was accepted already, on %(day)s.")
            % {"name": application, "day": f"{application.accepted_on}"},
            code="already",
        )
    if application.state != State.SUBMITTED:
        raise ValidationError(
            _("This application is “%(now)s”: only a submitted one can be accepted.")
            % {"now": application.get_state_display()},
            code="not_allowed",
        )


def refuse_reason(reason: str) -> None:
    """The applicant is told why."""
    if not reason.strip():
        raise ValidationError(_("Say why: the applicant reads it."), code="reason")
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            _("The text is longer than %(longest)s characters.") % {"longest": LONGEST_REASON},
            code="reason",
        )


def refuse_excom_year(year: int, on: dt.date) -> None:
    """An EXCOM that can still come, and soon."""
    if not on.year <= year <= on.year + 2:
        raise ValidationError(
            _("Choose an EXCOM from %(first)s to %(last)s.")
            % {"first": on.year, "last": on.year + 2},
            code="excom_year",
        )


def acceptance_words(application: Application, vetting: Vetting) -> dict[str, Any]:
    """What the mail of acceptance says besides."""
    with translation.override(application.language):
        return {
            "associate_from": date_format(vetting.associate_from, "DATE_FORMAT"),
            "excom_year": str(application.target_excom_year),
            "first_dues_year": str(vetting.dues_year),
            "portal": f"{settings.PUBLIC_URL}{reverse('portal:home')}",
        }


def adopt(application: Application, locked: Application) -> Application:
    """Let the caller's row say what the locked one says."""
    application.state, application.member = locked.state, locked.member
    application.accepted_on = locked.accepted_on
    application.target_excom_year = locked.target_excom_year
    return locked
