"""Applying for membership, without an account (R2): begun, saved, signed, submitted, taken back.

Whoever holds the private link is the applicant; an act of theirs is recorded with nobody as its
doer. Nothing here makes a member: that is the secretariat's acceptance (R3).
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.completeness import Gap, find_gaps
from members.duplicates import find_duplicates
from members.letters import WAITS_FOR, write_letter
from members.models import (
    Application,
    ApplicationFile,
    ApplicationState,
    Kind,
    Letter,
    LetterKind,
    User,
)
from members.private_links import (
    find_by_token,
    mail_link,
    mailbox_of,
    name_for,
    private_link,
    renew_link,
    send_links,
    token_of,
)
from members.sections import (
    CONTACTS,
    FIELDS_OF,
    FIGURES,
    FORM,
    ONE_LINE,
    ORGANISATION,
    SECTIONS,
    forget_figure,
    measure_of,
    one_line,
    refuse_values,
    tidy_contacts,
)
from members.steps import State, lock_application, record_step
from wego import audit, outbox, storage
from wego.uploads import Upload

# The door to everything an applicant does.
__all__ = [
    "CONTACTS",
    "FIGURES",
    "FORM",
    "ORGANISATION",
    "SECTIONS",
    "Gap",
    "attach_file",
    "find_by_token",
    "find_form",
    "find_gaps",
    "is_open",
    "may_withdraw",
    "measure_of",
    "private_link",
    "read_attached",
    "reasons_of_return",
    "renew_link",
    "save_section",
    "send_links",
    "start_application",
    "submit_application",
    "token_of",
    "withdraw_application",
]

# Signs that nobody mistakes for one another, read aloud or copied by hand.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
OPEN_TO_APPLICANT = (State.DRAFT, State.RETURNED)
# An associate leaves as a member does: by notice.
MAY_WITHDRAW = (State.DRAFT, State.SUBMITTED, State.RETURNED)
MOST_FILES = 20
MOST_FORMS = 30


@transaction.atomic
def start_application(*, email: str, kind: str, language: str, on: dt.date) -> Application:
    """A draft with its reference, and the mail with the private link to it.

    Raises:
        ValidationError: the address is none, or the kind or language is unknown.
    """
    application = Application(
        reference=find_reference(on),
        applicant_email=email.strip().lower(),
        kind=kind,
        language=language,
    )
    application.clean_fields(exclude={"contacts"})
    application.save(force_insert=True)
    audit.record_act("application.started", by=None, subject=application, facts={"kind": kind})
    mail_link(application)
    return application


def find_reference(on: dt.date) -> str:
    """`WA-2026-7K3QF`: says the year, and nothing that the next one could be counted from."""
    while True:
        reference = f"WA-{on.year}-" + "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
        if not Application.objects.filter(reference=reference).exists():
            return reference


@transaction.atomic
def save_section(
    application: Application, section: str, cleaned: Mapping[str, Any], *, on: dt.date
) -> list[str]:
    """Keep what was typed into one part, complete or not; returns the names of what changed.

    Only the part's own fields are read. When nothing but the signature is missing, the form to
    sign is written anew.

    Raises:
        ValidationError: the application is no longer the applicant's to change, or a value is none.
    """
    locked = lock_application(application)
    refuse_closed(locked)
    wanted = {name: cleaned[name] for name in FIELDS_OF[section] if name in cleaned}
    if CONTACTS in wanted:
        wanted[CONTACTS] = {**locked.contacts, **tidy_contacts(wanted[CONTACTS])}
    before = {name: getattr(locked, name) for name in (*wanted, *FIELDS_OF[FIGURES])}
    for name, value in wanted.items():
        setattr(locked, name, one_line(value) if name in ONE_LINE else value)
    if "kind" in wanted and measure_of(locked.kind) != measure_of(before["kind"]):
        forget_figure(locked)
    if locked.kind != Kind.CITY and "kind" in wanted:
        locked.level = ""
    changed = [name for name, value in before.items() if getattr(locked, name) != value]
    if changed:
        refuse_values(locked, changed, on)
        locked.save(update_fields=[*changed, "saved_at"])
        audit.record_act(
            "application.saved",
            by=None,
            subject=locked,
            facts={"section": section, "changed": sorted(changed)},
        )
        write_form(locked, on=on)
    return changed


def refuse_closed(application: Application) -> None:
    """Refuse a change of what the secretariat has in hand, or what has ended."""
    if application.state not in OPEN_TO_APPLICANT:
        raise ValidationError(
            _("This application is “%(state)s”: its answers can no longer be changed here.")
            % {"state": application.get_state_display()},
            code="closed",
        )


def write_form(application: Application, *, on: dt.date) -> Letter | None:
    """The form to print and sign, once the answers are complete; the same answers, the same form.

    Whoever changes answers again and again gets the printable page, and no further PDF.
    """
    if any(gap.section != FORM for gap in find_gaps(application)):
        return None
    forms = application.letters.filter(kind=LetterKind.APPLICATION_FORM)
    if forms.count() >= MOST_FORMS:
        return None
    return write_letter(
        LetterKind.APPLICATION_FORM,
        application=application,
        language=application.language,
        on=on,
        by=None,
    )


def find_form(application: Application) -> Letter | None:
    """The form that says what the application says now; None while answers are missing."""
    forms = list(
        application.letters.filter(kind=LetterKind.APPLICATION_FORM).select_related("document")
    )
    if not forms or len(forms) >= MOST_FORMS:
        return None
    return None if any(gap.section != FORM for gap in find_gaps(application)) else forms[0]


@transaction.atomic
def attach_file(application: Application, upload: Upload, *, on: dt.date) -> ApplicationFile:  # noqa: ARG001 as every rule
    """Keep a checked file with the application; the newest is the signed form.

    Raises:
        ValidationError: not the applicant's to change any more, or too many files already.
    """
    locked = lock_application(application)
    refuse_closed(locked)
    if locked.files.count() >= MOST_FILES:
        raise ValidationError(
            _("%(count)s files were handed in already: please write to the secretariat.")
            % {"count": MOST_FILES},
            code="too_many",
        )
    stored = storage.store_file(
        f"application/{locked.reference}/signed-form{upload.suffix}", upload.content
    )
    file = ApplicationFile.objects.create(
        application=locked,
        name=upload.name,
        content_type=upload.content_type,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
    )
    audit.record_act(
        "application.file_attached",
        by=None,
        subject=file,
        file=locked,
        facts={"sha256": stored.sha256, "size": stored.size},
    )
    return file


def read_attached(file: ApplicationFile) -> bytes:
    """The bytes of a file that was handed in.

    Raises:
        ValidationError: the stored file is gone or was altered.
    """
    try:
        return storage.read_file(file.path, sha256=file.sha256)
    except storage.StorageError as error:
        raise ValidationError(
            _("The stored file cannot be shown just now."), code="damaged"
        ) from error


@transaction.atomic
def submit_application(application: Application, *, on: dt.date) -> Application:
    """Hand the application to the secretariat; the applicant gets a copy.

    Raises:
        ValidationError: something is missing (one error for each, its code the part it is in),
            another application of the organisation is open, or this one is not to be submitted.
    """
    lock_rivals(application)
    locked = lock_application(application)
    if gaps := find_gaps(locked):
        raise ValidationError([ValidationError(gap.sentence, code=gap.section) for gap in gaps])
    refuse_rival(locked)
    if locked.figure_value is not None and not locked.figure_source:
        locked.figure_source = f"Declared in application {locked.reference}"
        locked.figure_source_year = locked.figure_source_year or on.year
    locked.submitted_on = on
    locked.save(update_fields=["submitted_on", "figure_source", "figure_source_year", "saved_at"])
    record_step(locked, State.SUBMITTED, on=on, by=None)
    audit.record_act("application.submitted", by=None, subject=locked)
    form = find_form(locked)
    outbox.post_mail(
        "application_submitted",
        to=mailbox_of(locked),
        facts={
            "name": name_for(locked),
            "reference": locked.reference,
            "link": private_link(locked),
        },
        file=locked,
        waits_for=f"{WAITS_FOR}{form.pk}" if form else "",
    )
    return locked


def lock_rivals(application: Application) -> None:
    """Hold every unfinished application of the kind and country: two at once wait in line."""
    unfinished = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED)
    rivals = Application.objects.filter(
        kind=application.kind, country_code=application.country_code, state__in=unfinished
    )
    list(rivals.select_for_update().order_by("pk").values_list("pk", flat=True))


def refuse_rival(application: Application) -> None:
    """One organisation has one open application."""
    for twin in find_duplicates(
        application.name_en,
        application.name_ko,
        name_local=application.name_local,
        country_code=application.country_code,
        kind=application.kind,
        apart_from=application,
    ):
        if isinstance(twin.found, Application) and twin.certain:
            raise ValidationError(
                _(
                    "An application of this organisation is open already. "
                    "Please write to the secretariat and name %(reference)s."
                )
                % {"reference": application.reference},
                code="open_already",
            )


@transaction.atomic
def withdraw_application(
    application: Application, *, reason: str = "", on: dt.date, by: User | None = None
) -> Application:
    """End an application that nobody has decided yet.

    Raises:
        ValidationError: it has ended, or made an associate, who leaves by notice.
    """
    locked = lock_application(application)
    if locked.state not in MAY_WITHDRAW:
        raise ValidationError(
            _("This application is “%(state)s”: it cannot be withdrawn here.")
            % {"state": locked.get_state_display()},
            code="not_allowed",
        )
    record_step(locked, State.WITHDRAWN, on=on, reason=reason, by=by)
    audit.record_act("application.withdrawn", by=by, subject=locked, why=reason)
    return locked


def is_open(application: Application) -> bool:
    """Whether the applicant may still change the answers."""
    return application.state in OPEN_TO_APPLICANT


def may_withdraw(application: Application) -> bool:
    """Whether the applicant may take it back by a click."""
    return application.state in MAY_WITHDRAW


def reasons_of_return(application: Application) -> str:
    """Why it was returned last, in the secretariat's words; "" when it is not returned."""
    if application.state != ApplicationState.RETURNED:
        return ""
    entry = application.entries.filter(state=ApplicationState.RETURNED).last()
    return entry.reason if entry else ""
