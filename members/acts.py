"""What the audit trail calls the acts of a member's life."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LIFE: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "member.added": _("Entered in the register"),
        "member.renamed": _("Renamed"),
        "member.kind_changed": _("Kind changed"),
        "member.changed": _("Data changed"),
        "member.spellings_changed": _("Other names changed"),
        "member.merged": _("Merged into another member"),
        "member.unmerged": _("Merge undone"),
        "member.decided": _("Decision recorded"),
        "decision.corrected": _("Decision corrected"),
        "status.recorded": _("Status recorded"),
        "status.settled": _("Status confirmed"),
        "notice.filed": _("Notice of withdrawal filed"),
        "notice.acknowledged": _("Notice of withdrawal acknowledged"),
        "notice.taken_back": _("Notice of withdrawal taken back"),
        "proceeding.proposed": _("Suspension or expulsion proposed"),
        "proceeding.heard": _("Statement of the member recorded"),
        "proceeding.dropped": _("Proposal dropped"),
        "application.carried_over": _("Application carried over to the next EXCOM"),
        "application.lapsed": _("Application lapsed"),
        "contact.added": _("Contact added"),
        "contact.changed": _("Contact changed"),
        "contact.removed": _("Contact removed"),
        "figure.recorded": _("Figure recorded"),
        "gdp.recorded": _("GDP per capita recorded"),
        "figures.imported": _("Figures imported"),
        "roster.imported": _("Roster imported"),
        "report.downloaded": _("Membership report downloaded"),
        "member.figure_asked": _("Asked to confirm the figure"),
        "member.figure_confirmed": _("Figure confirmed"),
        "proposal.made": _("Change proposed"),
        "proposal.accepted": _("Proposed change accepted"),
        "proposal.declined": _("Proposed change declined"),
        "proposal.taken_back": _("Proposed change taken back"),
    }
)
ACCESS: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "user.invited": _("Invited"),
        "user.invited_again": _("Invitation sent again"),
        "user.uninvited": _("Invitation taken back"),
        "user.joined": _("Invitation accepted"),
        "user.left": _("Acts for the member no more"),
        "user.affiliation_changed": _("Role for a member changed"),
        "user.corrected": _("Name or address of a person corrected"),
        "user.role_changed": _("Staff role changed"),
        "user.sign_in_allowed": _("May sign in again"),
        "user.sign_in_taken": _("May sign in no more"),
        "user.sign_in_locked": _("Sign-in locked after wrong tries"),
        "user.sessions_ended": _("Sessions ended"),
        "user.password_changed": _("Password changed"),
        "user.password_set": _("Password set"),
        "user.password_reset": _("Password replaced by a mailed link"),
        "user.factor_added": _("Second factor added"),
        "user.factor_removed": _("Second factor removed"),
        "user.factors_removed": _("Second factors removed by an administrator"),
        "user.recovery_codes_made": _("Recovery codes made"),
    }
)
ADMISSION: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "application.returned": _("Application returned"),
        "application.accepted": _("Application accepted"),
        "application.rejected": _("Application rejected"),
        "application.moved": _("Application moved to another EXCOM"),
    }
)

APPLYING = {
    "application.started": _("Application begun"),
    "application.saved": _("Answers of the application saved"),
    "application.file_attached": _("File handed in with the application"),
    "application.submitted": _("Application submitted"),
    "application.withdrawn": _("Application withdrawn"),
    "application.link_renewed": _("Private link of the application exchanged"),
    "application.link_sent": _("Private link of the application sent again"),
}
TOKENS: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "token.made": _("API token made"),
        "token.taken_back": _("API token taken back"),
        "token.acted": _("Done by a program with a token"),
    }
)
