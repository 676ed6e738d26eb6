"""What a letter prints: every fact of the day it is written, gathered into its snapshot.

A snapshot is JSON and complete: the letter prints the same for ever, whatever changes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from members.history import first_dues_year
from members.models import (
    Application,
    ApplicationState,
    DecisionItem,
    LetterKind,
    Member,
    WithdrawalNotice,
    country_name,
)
from members.policies import load_policies
from wego import questions

# What is printed above a letter when nobody has said otherwise (R33).
LETTERHEAD: Mapping[str, Any] = MappingProxyType(
    {
        "name_en": "World Smart Sustainable Cities Organization",
        "name_ko": "세계스마트시티기구",
        "address_en": [
            "WeGO Secretariat",
            "7F, Seoul Global Center, 38 Jongno, Jongno-gu",
            "Seoul 03188, Republic of Korea",
        ],
        "address_ko": ["WeGO 사무국", "03188 서울특별시 종로구 종로 38", "서울글로벌센터 7층"],
        "email": "",
        "phone": "",
        "website": "we-gov.org",
        "demo": False,
    }
)
# Whose name a letter begins with, the first that is known.
ADDRESSEES = ("head", "liaison", "finance")


def take_snapshot(
    kind: str,
    *,
    member: Member | None,
    application: Application | None,
    item: DecisionItem | None,
    on: dt.date,
) -> dict[str, Any]:
    """The printed facts of a letter, but for its reference."""
    application = application or (item.application if item else None)
    return {
        "kind": kind,
        "issued_on": on.isoformat(),
        "letterhead": read_letterhead(),
        "to": describe_application(application)
        if kind == LetterKind.APPLICATION_FORM and application
        else describe_addressee(member, application),
        "facts": gather_facts(kind, member=member, application=application, item=item, on=on),
    }


def read_letterhead() -> dict[str, Any]:
    """Name, address and ways to reach the secretariat, as whoever keeps them answers."""
    answers = questions.ask("letterhead")
    return {**LETTERHEAD, **(answers[0] if answers else {})}


def describe_addressee(member: Member | None, application: Application | None) -> dict[str, Any]:
    """Whom a letter is for: the member as it stands, else the applicant."""
    if member is None:
        return describe_application(application) if application else {}
    return {
        **describe_organisation(member),
        "name_local": application.name_local if application else "",
        "attention": find_attention(member),
    }


def describe_application(application: Application) -> dict[str, Any]:
    """An applicant, who is nobody's member yet."""
    people = application.contacts or {}
    names = [people.get(role, {}).get("full_name", "") for role in ADDRESSEES]
    return {
        **describe_organisation(application),
        "name_local": application.name_local,
        "attention": next(filter(None, names), ""),
    }


def describe_organisation(organisation: Member | Application) -> dict[str, Any]:
    """Names in both scripts, kind, address and country."""
    code = organisation.country_code
    return {
        "name_en": organisation.name_en,
        "name_ko": organisation.name_ko,
        "kind": organisation.kind,
        "address": organisation.address.splitlines(),
        "country_en": country_name(code, "en") if code else "",
        "country_ko": country_name(code, "ko") if code else "",
    }


def find_attention(member: Member, roles: Sequence[str] = ADDRESSEES) -> str:
    """The person a letter to a member names: of these roles the first that it has."""
    by_role = {contact.role: contact.full_name for contact in member.contacts.all()}
    return next((by_role[role] for role in roles if role in by_role), "")


def gather_facts(
    kind: str,
    *,
    member: Member | None,
    application: Application | None,
    item: DecisionItem | None,
    on: dt.date,
) -> dict[str, Any]:
    """What only this kind of letter says."""
    if kind == LetterKind.APPLICATION_FORM and application:
        return form_facts(application)
    if kind == LetterKind.ACCEPTANCE and application:
        return acceptance_facts(application, on)
    if kind in {LetterKind.APPROVAL, LetterKind.CERTIFICATE} and member:
        return approval_facts(member, item, on)
    if kind == LetterKind.REJECTION:
        return rejection_facts(application, item, on)
    if kind == LetterKind.WITHDRAWAL and member:
        return withdrawal_facts(member, on)
    return {}


def form_facts(application: Application) -> dict[str, Any]:
    """The answers of an application, to be signed."""
    return {
        "application": application.reference,
        "level": application.level,
        "website": application.website,
        "figure_value": application.figure_value,
        "figure_source": application.figure_source,
        "figure_source_year": application.figure_source_year,
        "contacts": application.contacts or {},
        "note": application.note,
    }


def acceptance_facts(application: Application, on: dt.date) -> dict[str, Any]:
    """Since when associate, and where the application goes next (R3, R6)."""
    lines = application.member.status_entries.all() if application.member else []
    since = [line.effective_on for line in lines if line.status == "associate"]
    return {
        "application": application.reference,
        "associate_since": (since[-1] if since else application.accepted_on or on).isoformat(),
        "excom_year": application.target_excom_year,
    }


def approval_facts(member: Member, item: DecisionItem | None, on: dt.date) -> dict[str, Any]:
    """Since when full, by which decision, and the first dues (R4, R7)."""
    since = item.effective_on if item else on
    figure = member.figures.order_by("-dues_year", "-pk").first()
    year = first_dues_year(since, load_policies().first_dues)
    asked = (member.kind, member.country_code, figure.value if figure else None)
    quotes = questions.ask("fee quotes", [asked], on=since, year=year)
    return {
        "full_since": since.isoformat(),
        "first_dues_year": year,
        "fee_cents": quotes[0][0].amount_cents if quotes else None,
        **decision_facts(item),
    }


def rejection_facts(
    application: Application | None, item: DecisionItem | None, on: dt.date
) -> dict[str, Any]:
    """Who said no, when and why: the secretariat before acceptance, a body afterwards."""
    steps = application.entries.filter(state=ApplicationState.REJECTED) if application else None
    step = steps.last() if steps is not None else None
    return {
        "application": application.reference if application else "",
        "rejected_on": (item.effective_on if item else step.on if step else on).isoformat(),
        "reason": item.reason if item else step.reason if step else "",
        **decision_facts(item),
    }


def decision_facts(item: DecisionItem | None) -> dict[str, Any]:
    """The decision a letter rests on; nothing when the secretariat itself answers."""
    if item is None:
        return {"body": "", "decided_on": "", "meeting": "", "decision": ""}
    return {
        "body": item.decision.body,
        "decided_on": item.decision.decided_on.isoformat(),
        "meeting": item.decision.meeting,
        "decision": item.decision.reference,
    }


def withdrawal_facts(member: Member, on: dt.date) -> dict[str, Any]:
    """When the notice came, when it takes effect, and what is open (S14, S15)."""
    notice = WithdrawalNotice.objects.filter(member=member, taken_back_on__isnull=True).first()
    arrears = [
        arrear for answer in questions.ask("open arrears", member, on=on) for arrear in answer
    ]
    return {
        "received_on": notice.received_on.isoformat() if notice else "",
        "effective_on": ((notice and notice.effective_on) or on).isoformat(),
        "open": [
            {
                "label": arrear.label,
                "cents": arrear.amount_cents,
                "due_on": arrear.due_on.isoformat(),
            }
            for arrear in arrears
        ],
    }
