"""What is done about awards, as the audit trail names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AWARDS: dict[str, StrOrPromise] = {
    "award.edition_saved": _("Edition of awards saved"),
    "award.edition_moved": _("Edition of awards moved on"),
    "award.deadline_extended": _("Deadline for entries extended"),
    "award.entry_begun": _("Entry for an award begun"),
    "award.entry_saved": _("Entry for an award saved"),
    "award.file_attached": _("File handed in with an entry"),
    "award.file_removed": _("File of an entry removed"),
    "award.entry_submitted": _("Entry for an award submitted"),
    "award.entry_reopened": _("Entry for an award opened again"),
    "award.entry_withdrawn": _("Entry for an award withdrawn"),
    "award.link_renewed": _("Private link of an entry exchanged"),
    "award.link_sent": _("Private link of an entry sent again"),
    "award.entry_checked": _("Eligibility of an entry decided"),
    "award.juror_invited": _("Juror invited"),
    "award.juror_accepted": _("Juror accepted"),
    "award.juror_removed": _("Juror removed"),
    "award.sheets_assigned": _("Entries given to jurors"),
    "award.sheet_submitted": _("Score submitted"),
    "award.sheet_recused": _("Juror recused"),
    "award.finalists_named": _("Finalists named"),
    "award.tie_declared": _("Tie declared"),
    "award.winners_decided": _("Winners of a category decided"),
}
