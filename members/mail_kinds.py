"""The mails the register sends; their words stand in templates/mail/<name>.<language>.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wego.wording import MailKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ADMISSION = (
    MailKind(
        "application_returned",
        _("Application returned"),
        {
            "name": _("name of the applicant"),
            "reference": _("reference of the application"),
            "link": _("private link to the application"),
            "reasons": _("what is missing, a line each"),
        },
        samples={"name": "Suncheon", "reference": "WEGO-A-2026-0001"},
    ),
    MailKind(
        "application_accepted",
        _("Application accepted"),
        {
            "name": _("name of the member"),
            "reference": _("reference of the application"),
            "link": _("private link to the application"),
            "associate_from": _("first day as an associate"),
            "excom_year": _("year of the EXCOM that decides"),
            "first_dues_year": _("first year dues could be owed for"),
            "portal": _("address of the portal"),
        },
        samples={"name": "Suncheon", "reference": "WEGO-A-2026-0001", "excom_year": "2026"},
    ),
    MailKind(
        "application_rejected",
        _("Application rejected"),
        {
            "name": _("name of the applicant"),
            "reference": _("reference of the application"),
            "link": _("private link to the application"),
            "reason": _("the reason"),
        },
        samples={"name": "Suncheon", "reference": "WEGO-A-2026-0001"},
    ),
)

_MEMBER: dict[str, StrOrPromise] = {
    "member": _("name of the member"),
    "portal": _("address of the member's portal"),
}
_DECISION: dict[str, StrOrPromise] = {
    **_MEMBER,
    "body": _("the body that decided"),
    "meeting": _("the meeting"),
    "decided_on": _("day of the decision"),
    "reason": _("the reason"),
}
_GOYANG = {"member": "Goyang", "portal": "https://members.example/portal/"}
_DECIDED = {
    **_GOYANG,
    "body": "EXCOM",
    "meeting": "EXCOM 2019, Seongnam",
    "decided_on": "15 November 2019",
    "reason": "As the memorandum says.",
}
# What a member hears of the decisions on it, of its notice, and of a proposal against it.
LIFE: tuple[MailKind, ...] = (
    MailKind(
        "decision_approved",
        _("Approval as full member"),
        {
            **_DECISION,
            "full_since": _("first day of full membership"),
            "first_dues_year": _("first year with dues"),
        },
        samples={**_DECIDED, "full_since": "15 November 2019", "first_dues_year": "2020"},
    ),
    MailKind(
        "decision_deferred",
        _("Application deferred"),
        {**_DECISION, "next_year": _("year of the next EXCOM")},
        samples={**_DECIDED, "next_year": "2020"},
    ),
    MailKind("decision_rejected", _("Application rejected"), _DECISION, samples=_DECIDED),
    MailKind("suspended", _("Suspension"), _DECISION, samples=_DECIDED),
    MailKind("suspension_lifted", _("Suspension lifted"), _DECISION, samples=_DECIDED),
    MailKind("expelled", _("Expulsion"), _DECISION, samples=_DECIDED),
    MailKind(
        "decision_corrected",
        _("Decision corrected"),
        {**_DECISION, "outcome": _("what had been decided")},
        samples={**_DECIDED, "outcome": "Approved as full member"},
    ),
    MailKind(
        "withdrawal_acknowledged",
        _("Withdrawal acknowledged"),
        {
            **_MEMBER,
            "received_on": _("day the notice was received"),
            "effective_on": _("day the withdrawal takes effect"),
            "open": _("what is still owed"),
        },
        samples={
            **_GOYANG,
            "received_on": "1 October 2022",
            "effective_on": "31 December 2022",
            "open": "WEGO-2022-0012: USD 8,500",
        },
    ),
    MailKind(
        "hearing_opened",
        _("Proposal to suspend or expel"),
        {
            **_MEMBER,
            "outcome": _("what is proposed"),
            "reason": _("the reason"),
            "heard_until": _("last day of the hearing"),
        },
        samples={
            **_GOYANG,
            "outcome": "Suspended",
            "reason": "Dues of two years are unpaid.",
            "heard_until": "15 October 2024",
        },
    ),
)

ACCESS = (
    MailKind(
        "invitation",
        _("Invitation"),
        {
            "inviter": _("who invites"),
            "place": _("the member, or the secretariat"),
            "role": _("what the person may do"),
            "until": _("last day of the invitation"),
            "link": _("link that accepts"),
        },
        private=True,
        samples={"inviter": "Maya Thapa", "place": "Kathmandu", "until": "14 January 2020"},
    ),
    MailKind("sign_in_code", _("Code to sign in"), {"code": _("the code")}, private=True),
    MailKind(
        "password_reset",
        _("Link to a new password"),
        {"link": _("link to choose a password")},
        private=True,
    ),
    MailKind(
        "unknown_address",
        _("Sign-in with an unknown address"),
        {"link": _("page that says how to get an account")},
    ),
    MailKind(
        "security_notice",
        _("Change to how somebody signs in"),
        {
            "what": _("what was changed"),
            "when": _("when"),
            "link": _("page about signing in"),
        },
        samples={"what": "A passkey was added to your account."},
    ),
)

APPLYING = (
    MailKind(
        "application_link",
        _("Link to an application"),
        {
            "name": _("name of the applicant"),
            "reference": _("reference of the application"),
            "link": _("private link to the application"),
        },
        private=True,
        samples={"name": "Suncheon", "reference": "WA-2026-7K3QF"},
    ),
    MailKind(
        "application_none",
        _("No application under this address"),
        {"link": _("address of the first page for applicants")},
    ),
    MailKind(
        "application_submitted",
        _("Application received"),
        {
            "name": _("name of the applicant"),
            "reference": _("reference of the application"),
            "link": _("private link to the application"),
        },
        private=True,
        samples={"name": "Suncheon", "reference": "WA-2026-7K3QF"},
    ),
)

_PROPOSAL: dict[str, StrOrPromise] = {
    "person": _("who proposed it"),
    "member": _("name of the member"),
    "changes": _("what was proposed, a line each"),
    "link": _("page of the member's data in the portal"),
}
_PROPOSED = {
    "person": "Maya Thapa",
    "member": "Kathmandu",
    "changes": "Population (persons) for the dues of 2027: 1,442,271 → 1,571,010",
    "link": "https://members.example/portal/data/",
}
PORTAL = (
    MailKind("proposal_accepted", _("Proposed change accepted"), _PROPOSAL, samples=_PROPOSED),
    MailKind(
        "proposal_declined",
        _("Proposed change declined"),
        {**_PROPOSAL, "answer": _("why it was declined")},
        samples=_PROPOSED,
    ),
    MailKind(
        "figures_request",
        _("Request to confirm figures"),
        {
            "name": _("name of the reader"),
            "member": _("name of the member"),
            "year": _("dues year the figure is for"),
            "measure": _("what is counted"),
            "known": _("the figure known so far"),
            "link": _("page of figures in the portal"),
        },
        samples={
            "name": "Maya Thapa",
            "member": "Kathmandu",
            "year": "2027",
            "measure": "Population (persons)",
            "known": "1,442,271 (2026)",
            "link": "https://members.example/portal/figures/",
        },
    ),
)

KINDS: tuple[MailKind, ...] = (
    *APPLYING,
    *ACCESS,
    *ADMISSION,
    *LIFE,
    *PORTAL,
)
