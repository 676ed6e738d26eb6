"""Certificates of attendance: one for everybody who came to a training, written once (R28)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import (
    EventPaperKind,
    Nomination,
    NominationState,
    Training,
    TrainingCertificate,
)
from events.papers import PRESS, write_event_paper
from events.services.trainings import lock_training
from members.correspondence import find_recipients, name_of
from members.models import User
from wego import audit
from wego.outbox import Mailbox, post_mail


@transaction.atomic
def certify_training(
    training: Training, *, on: dt.date, by: User | None
) -> list[TrainingCertificate]:
    """Write the certificates of all who came and have none; their cities get them by mail.

    Raises:
        ValidationError: the training is not over, or nobody is left to certify.
    """
    row = lock_training(training)
    if row.ends_on is None or on < row.ends_on:
        raise ValidationError(
            _("Certificates are written on the last day of a training or later."), code="early"
        )
    came = row.nominations.filter(state=NominationState.ATTENDED, certificate__isnull=True)
    made = [certify(each, row, on=on, by=by) for each in came.select_related("member")]
    if not made:
        raise ValidationError(
            _("Nobody is left to certify: note first who attended."), code="nobody"
        )
    return made


def certify(
    nomination: Nomination, training: Training, *, on: dt.date, by: User | None
) -> TrainingCertificate:
    """One certificate with its mail."""
    member = nomination.member
    korean = member.language == "ko"
    paper = write_event_paper(
        EventPaperKind.TRAINING,
        member=member,
        language=member.language,
        snapshot={
            "person": nomination.full_name,
            "position": nomination.position,
            "training": (training.name_ko if korean else "") or training.name_en,
            "place": training.place,
            "starts_on": training.starts_on.isoformat() if training.starts_on else "",
            "ends_on": training.ends_on.isoformat() if training.ends_on else "",
        },
        on=on,
        by=by,
    )
    certificate = TrainingCertificate.objects.create(nomination=nomination, paper=paper)
    audit.record_act("training.certified", by=by, subject=nomination, file=member)
    for contact in find_recipients(member):
        post_mail(
            "training_certificate",
            to=Mailbox(contact.email, contact.full_name, member.language),
            facts={
                "member": name_of(member),
                "portal": f"{settings.PUBLIC_URL}/portal/services/",
                "person": nomination.full_name,
                "training": paper.snapshot["facts"]["training"],
            },
            file=member,
            waits_for=PRESS.waits_for(paper),
        )
    return certificate
