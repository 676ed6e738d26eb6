"""The signed letter of credentials of a delegation: handed in, kept, read again."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.delegating.naming import lock_delegation
from events.models import Credential, Delegation
from members.models import User
from wego import audit, storage
from wego.uploads import Upload

MOST_LETTERS = 5


@transaction.atomic
def hand_in_credentials(
    delegation: Delegation, upload: Upload, *, on: dt.date, by: User | None
) -> Credential:
    """Keep the signed letter; the newest counts, the others stay.

    Raises:
        ValidationError: the meeting is over, or letters came too often.
    """
    locked = lock_delegation(delegation)
    if Credential.objects.filter(delegation=locked).count() >= MOST_LETTERS:
        raise ValidationError(
            _("%(count)s letters were handed in already: please write to the secretariat.")
            % {"count": MOST_LETTERS},
            code="too_many",
        )
    stored = storage.store_file(f"credentials/{locked.pk}/letter{upload.suffix}", upload.content)
    letter = Credential.objects.create(
        delegation=locked,
        file_name=upload.name,
        content_type=upload.content_type,
        file_path=stored.path,
        file_sha256=stored.sha256,
        received_on=on,
        recorded_by=by,
    )
    audit.record_act(
        "credentials.received",
        by=by,
        subject=letter,
        file=locked.member,
        facts={"sha256": stored.sha256},
    )
    return letter
