"""One organisation that was entered twice: the duplicate goes into the survivor (C19), traceably.

The survivor keeps its own history and takes over names, people and contacts. What was recorded of
the duplicate (its lines, figures, letters, invoices) stays under it, as it was written and sent,
and is shown through `member.merged`. Debts are not added up: an invoice the duplicate owes stays
its invoice until it is paid or corrected. A merge can be undone.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.hearings import open_proceedings, refuse_silence
from members.history import status_on
from members.lifecycle import read_lines, refuse_merged, refuse_twin
from members.models import (
    Affiliation,
    Application,
    ApplicationState,
    Contact,
    Invitation,
    Member,
    MemberName,
    Proposal,
    ProposalState,
    Status,
    User,
    WithdrawalNotice,
)
from members.rows import sameness
from wego import audit
from wego.models import AuditEntry

MERGED = "member.merged"


@transaction.atomic
def merge_members(
    duplicate: Member, survivor: Member, *, on: dt.date, reason: str, by: User | None
) -> Member:
    """Make a duplicate part of the survivor; returns the survivor.

    Raises:
        ValidationError: they are one already, or something of the duplicate still waits: a notice,
            a proposal, or an application the survivor cannot take over.
    """
    refuse_silence(reason)
    gone, kept = lock_both(duplicate, survivor)
    refuse_waiting(gone)
    moved = {
        "application": move_application(gone, kept, on),
        "names": take_names(gone, kept),
        "affiliations": move_affiliations(gone, kept),
        "contacts": move_contacts(gone, kept),
        "invitations": move_rows(open_invitations(gone), kept),
        "merged": list(gone.merged.values_list("pk", flat=True)),
    }
    gone.merged.update(merged_into=kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    audit.record_act(
        MERGED,
        by=by,
        subject=gone,
        file=kept,
        why=reason.strip(),
        facts={"into": kept.pk, "on": on.isoformat(), "moved": moved},
    )
    duplicate.merged_into = kept
    return kept


@transaction.atomic
def undo_merge(duplicate: Member, *, on: dt.date, reason: str, by: User | None) -> Member:
    """Let a merged member stand alone again, with what it had brought and the survivor still has.

    Raises:
        ValidationError: it is not merged, another member bears its name now, or its application
            was decided on meanwhile.
    """
    refuse_silence(reason)
    gone = Member.objects.select_for_update(of=("self",)).get(pk=duplicate.pk)
    note = AuditEntry.objects.filter(act=MERGED, subject=audit.file_of(gone)).first()
    if gone.merged_into_id is None or note is None:
        raise ValidationError(
            _("%(member)s is not merged into another member.") % {"member": gone}, code="alone"
        )
    kept = Member.objects.select_for_update(of=("self",)).get(pk=gone.merged_into_id)
    gone.merged_into = None
    refuse_twin(gone)
    give_back(note.facts["moved"], gone, kept)
    gone.save(update_fields=["merged_into"])
    audit.record_act(
        "member.unmerged",
        by=by,
        subject=gone,
        file=kept,
        why=reason.strip(),
        facts={"from": kept.pk, "on": on.isoformat()},
    )
    duplicate.merged_into = None
    return gone


def lock_both(duplicate: Member, survivor: Member) -> tuple[Member, Member]:
    """Both rows, locked in one order whoever asks, standing alone and different."""
    if duplicate.pk == survivor.pk:
        raise ValidationError(
            _("%(member)s cannot be merged into itself.") % {"member": duplicate}, code="itself"
        )
    rows = Member.objects.select_for_update(of=("self",)).order_by("pk")
    locked = rows.in_bulk([duplicate.pk, survivor.pk])
    for member in locked.values():
        refuse_merged(member)
    return locked[duplicate.pk], locked[survivor.pk]


def refuse_waiting(member: Member) -> None:
    """Nothing that somebody still has to answer may vanish with a duplicate."""
    notices = WithdrawalNotice.objects.filter(
        member=member, acknowledged_on__isnull=True, taken_back_on__isnull=True
    )
    proposals = Proposal.objects.filter(member=member, state=ProposalState.WAITING)
    if open_proceedings().filter(member=member).exists():
        waiting = _("a proposal to suspend or expel")
    elif notices.exists():
        waiting = _("a notice of withdrawal")
    elif proposals.exists():
        waiting = _("a proposed change of its data")
    else:
        return
    raise ValidationError(
        _("%(member)s still has %(what)s that waits: answer it first, then merge.")
        % {"what": waiting, "member": member},
        code="waiting",
    )


def move_application(gone: Member, kept: Member, on: dt.date) -> int | None:
    """Let an associate survivor take over the application that waits for a decision."""
    waiting = Application.objects.select_for_update().filter(
        member__in=[gone, kept], state=ApplicationState.ACCEPTED
    )
    by_member = {application.member_id: application for application in waiting}
    application = by_member.get(gone.pk)
    if application is None:
        return None
    if kept.pk in by_member:
        raise ValidationError(
            _("Both have an application that waits for a decision: withdraw one first."),
            code="two_applications",
        )
    if status_on(read_lines(kept), on) != Status.ASSOCIATE:
        raise ValidationError(
            _(
                "Application %(reference)s of %(member)s waits for a decision, and %(survivor)s is "
                "no associate: withdraw it first, or merge the other way round."
            )
            % {"reference": application.reference, "member": gone, "survivor": kept},
            code="application",
        )
    application.member = kept
    application.save(update_fields=["member", "saved_at"])
    return application.pk


def take_names(gone: Member, kept: Member) -> dict[str, list[int]]:
    """The duplicate's names become other names of the survivor, each spelling once."""
    known = {"", sameness(kept.name_en), sameness(kept.name_ko)}
    for name in kept.other_names.all():
        known |= {sameness(name.name_en), sameness(name.name_ko)}
    made = []
    if not {sameness(gone.name_en), sameness(gone.name_ko)} <= known:
        made.append(
            MemberName.objects.create(member=kept, name_en=gone.name_en, name_ko=gone.name_ko).pk
        )
    return {"made": made, "moved": move_rows(gone.other_names.all(), kept)}


def move_affiliations(gone: Member, kept: Member) -> dict[str, list[Any]]:
    """People go on acting for the survivor; a role somebody has there already is not doubled."""
    there = set(kept.affiliations.values_list("user_id", "role"))
    rows = list(gone.affiliations.all())
    doubled = [row for row in rows if (row.user_id, row.role) in there]
    Affiliation.objects.filter(pk__in=[row.pk for row in doubled]).delete()
    return {
        "doubled": [[row.user_id, row.role] for row in doubled],
        "moved": move_rows(gone.affiliations.all(), kept),
    }


def move_contacts(gone: Member, kept: Member) -> list[int]:
    """Contacts go along; one the survivor has under the same address stays behind."""
    there = {(role, email.lower()) for role, email in kept.contacts.values_list("role", "email")}
    own = [row.pk for row in gone.contacts.all() if (row.role, row.email.lower()) not in there]
    return move_rows(Contact.objects.filter(pk__in=own), kept)


def open_invitations(member: Member) -> Any:  # noqa: ANN401 a queryset of invitations
    """Invitations that may still be accepted or renewed."""
    return Invitation.objects.filter(
        member=member, accepted_at__isnull=True, revoked_at__isnull=True
    )


def move_rows(rows: Any, kept: Member) -> list[int]:  # noqa: ANN401 a queryset of any kind
    """Give rows another member; their keys, so that a merge can be undone."""
    keys = list(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=keys).update(member=kept)
    return keys


def give_back(moved: dict[str, Any], gone: Member, kept: Member) -> None:
    """Return what a merge had moved, as far as the survivor still has it."""
    if pk := moved["application"]:
        returned = Application.objects.filter(pk=pk, state=ApplicationState.ACCEPTED, member=kept)
        if not returned.update(member=gone):
            raise ValidationError(
                _("The application of %(member)s was decided on meanwhile: it stays with %(kept)s.")
                % {"member": gone, "kept": kept},
                code="decided",
            )
    MemberName.objects.filter(pk__in=moved["names"]["made"], member=kept).delete()
    for model, keys in (
        (MemberName, moved["names"]["moved"]),
        (Affiliation, moved["affiliations"]["moved"]),
        (Contact, moved["contacts"]),
        (Invitation, moved["invitations"]),
    ):
        model.objects.filter(pk__in=keys, member=kept).update(member=gone)
    Affiliation.objects.bulk_create(
        Affiliation(user_id=user, member=gone, role=role)
        for user, role in moved["affiliations"]["doubled"]
    )
    Member.objects.filter(pk__in=moved["merged"], merged_into=kept).update(merged_into=gone)
