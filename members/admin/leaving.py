"""Leaving, on the staff pages: a member's notice of withdrawal, and proposals to suspend or expel.

Each page says what the act will do before it is done.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.access import person
from members.admin.member_acts import find_member, in_step, say_and_return, show_member_act
from members.admin.pages import ask_for_letters
from members.correspondence import find_recipients
from members.forms.leaving import (
    NoticeForm,
    NoticeLetterForm,
    ProposalForm,
    ReasonForm,
    StatementForm,
)
from members.hearings import MAY_BE_PROPOSED, open_proceedings
from members.history import status_on
from members.leaving import (
    acknowledge_notice,
    drop_proceeding,
    file_notice,
    leaving_day,
    propose_proceeding,
    record_statement,
    standing_notices,
    take_back_notice,
)
from members.lifecycle import read_lines
from members.models import Member, Outcome, Proceeding, Status, WithdrawalNotice
from members.policies import load_policies
from members.switches import ExpelledBy, WithdrawalEffective
from wego import seoul, storage
from wego.money import short
from wego.questions import ask
from wego.sending import as_file
from wego.templatetags.ui import day

Pairs = list[tuple[str, Any]]
PROPOSED = {
    Outcome.SUSPEND.value: gettext_lazy("Suspension"),
    Outcome.EXPEL.value: gettext_lazy("Expulsion"),
}


def file_a_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """First the day it arrived, then what follows from it and the letter, then it is filed."""
    member, today = find_member(pk), seoul.today()
    form = NoticeForm(request.POST or None, initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        return check_notice(request, member, form, today)
    return show_member_act(
        request,
        member,
        form,
        title=_("File a notice of withdrawal"),
        button=_("Next: see when it takes effect"),
        notices=standing_words(member),
    )


def check_notice(
    request: HttpRequest, member: Member, typed: NoticeForm, today: dt.date
) -> HttpResponse:
    """What the notice will do, and the place for the letter; filed from here."""
    filing = in_step(request, "file")
    form = (
        NoticeLetterForm(request.POST, request.FILES)
        if filing
        else NoticeLetterForm(initial=typed.cleaned_data)
    )
    received_on: dt.date = typed.cleaned_data["received_on"]
    if filing and form.is_valid():
        try:
            file_notice(
                member,
                received_on=received_on,
                reason=typed.cleaned_data["reason"],
                file=form.cleaned_data["letter"],
                by=person(request),
                on=today,
            )
        except ValidationError as error:
            typed.add_error(None, error.messages)
            return show_member_act(
                request,
                member,
                typed,
                title=_("File a notice of withdrawal"),
                button=_("Next: see when it takes effect"),
            )
        sentence = _("The notice of %(member)s is filed. It holds once you acknowledge it.")
        return say_and_return(request, member, sentence % {"member": member})
    return show_member_act(
        request,
        member,
        form,
        title=_("Check the notice"),
        button=_("File the notice"),
        pairs=[
            (_("Received on"), day(received_on)),
            *effect_of(member, received_on, today),
            (_("Reason given"), typed.cleaned_data["reason"] or _("none")),
        ],
        hidden={"step": "file"},
    )


def effect_of(member: Member, received_on: dt.date, today: dt.date) -> Pairs:
    """When a notice takes effect by policy, and what stays owed."""
    how = load_policies().withdrawal_effective
    if status_on(read_lines(member), today) == Status.ASSOCIATE:
        how = WithdrawalEffective.IMMEDIATE
    effective_on = leaving_day(how, received_on)
    when = day(effective_on) if effective_on else _("the day a body notes it")
    return [
        (_("Takes effect on"), when),
        (_("By policy S14"), WithdrawalEffective(how).label),
        (_("Overdue today"), say_arrears(member, today)),
    ]


def say_arrears(member: Member, today: dt.date) -> str:
    """What is past its due day, or that nothing is."""
    arrears = [arrear for answer in ask("open arrears", member, on=today) for arrear in answer]
    lines = [f"{arrear.label}: {short(arrear.amount_cents)}" for arrear in arrears]
    return "; ".join(lines) or _("nothing")


def standing_words(member: Member) -> list[tuple[str, str]]:
    """A notice that lies here already."""
    return [
        (
            "warn",
            _("A notice received on %(day)s stands already.") % {"day": day(notice.received_on)},
        )
        for notice in standing_notices(member)[:1]
    ]


def find_notice(member: Member, *, waiting: bool) -> WithdrawalNotice:
    """The member's notice that stands; `waiting`: that nobody has acknowledged."""
    notices = standing_notices(member)
    if waiting:
        notices = notices.filter(acknowledged_on__isnull=True)
    notice = notices.order_by("pk").last()
    if notice is None:
        raise Http404(_("There is no such notice."))
    return notice


def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a notice: the withdrawal then stands in the history."""
    member, today = find_member(pk), seoul.today()
    notice = find_notice(member, waiting=True)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            acknowledge_notice(notice, on=today, by=person(request))
        except ValidationError as error:
            refusals = error.messages
        else:
            ask_for_letters()
            sentence = _("The notice of %(member)s is acknowledged.")
            return say_and_return(request, member, sentence % {"member": member})
    return show_member_act(
        request,
        member,
        None,
        title=_("Acknowledge the notice"),
        button=_("Acknowledge the notice"),
        pairs=[*notice_facts(notice), (_("Overdue today"), say_arrears(member, today))],
        notices=[
            *(("bad", sentence) for sentence in refusals),
            *mail_words(member),
        ],
        back_words=_("Not now"),
    )


def notice_facts(notice: WithdrawalNotice) -> Pairs:
    """What a notice says and when it takes effect."""
    return [
        (_("Received on"), day(notice.received_on)),
        (
            _("Takes effect on"),
            day(notice.effective_on) if notice.effective_on else _("the day a body notes it"),
        ),
        (_("Reason given"), notice.reason or _("none")),
        (_("Letter of the member"), notice.file_name or _("none")),
    ]


def mail_words(member: Member) -> list[tuple[str, str]]:
    """To whom the confirmation goes, or that it reaches nobody."""
    found = find_recipients(member)
    if not found:
        return [("warn", _("No contact has an e-mail address: write to the member by post."))]
    addresses = ", ".join(contact.email for contact in found)
    return [("info", _("A mail goes to %(addresses)s.") % {"addresses": addresses})]


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The member stays: before the withdrawal took effect."""
    member = find_member(pk)
    notice = find_notice(member, waiting=False)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back_notice(
                notice,
                on=seoul.today(),
                by=person(request),
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("The notice of %(member)s is taken back: the membership goes on.")
            return say_and_return(request, member, sentence % {"member": member})
    return show_member_act(
        request,
        member,
        form,
        title=_("Take back the notice"),
        button=_("Take back the notice"),
        pairs=notice_facts(notice),
    )


def open_letter(request: HttpRequest, pk: int, notice: int) -> HttpResponse:  # noqa: ARG001 a page's signature
    """The letter a member sent, as a file to keep; never shown inside our pages."""
    row = get_object_or_404(WithdrawalNotice, pk=notice, member=pk)
    try:
        content = storage.read_file(row.file_path, sha256=row.file_sha256)
    except storage.StorageError as error:
        raise Http404(_("The letter cannot be read.")) from error
    return as_file(content, "application/octet-stream", row.file_name, saved=True)


def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to suspend or expel; the member is told until when it may be heard."""
    member, today = find_member(pk), seoul.today()
    status = status_on(read_lines(member), today)
    allowed = [outcome for outcome, of in MAY_BE_PROPOSED.items() if status in of]
    form = ProposalForm(request.POST or None, allowed=allowed)
    if request.method == "POST" and form.is_valid():
        try:
            proceeding = propose_proceeding(
                member, **form.cleaned_data, on=today, by=person(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("Proposed. %(member)s may be heard until %(day)s.")
            facts = {"member": member, "day": day(proceeding.heard_until)}
            return say_and_return(request, member, sentence % facts)
    policies = load_policies()
    heard_until = today + dt.timedelta(days=policies.hearing_days)
    nobody = ("warn", _("Only a full or suspended member can be suspended or expelled."))
    return show_member_act(
        request,
        member,
        form if allowed else None,
        title=_("Propose to suspend or expel"),
        button=_("Propose") if allowed else "",
        pairs=[
            (_("May be heard until"), day(heard_until)),
            (_("Suspension is usual after"), say_years(policies.suspension_years)),
            (_("Expelled by decision of"), ExpelledBy(policies.expelled_by).label),
            (_("Overdue today"), say_arrears(member, today)),
        ]
        if allowed
        else [],
        notices=mail_words(member) if allowed else [nobody],
    )


def say_years(years: int) -> str:
    """The unpaid years of S12."""
    return _("%(years)s unpaid dues years (S12)") % {"years": years}


def hear(request: HttpRequest, pk: int, proceeding: int) -> HttpResponse:
    """A proposal: what was said so far, and what the member says now."""
    found = find_proceeding(pk, proceeding)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_statement(
                found, form.cleaned_data["statement"], on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("The statement of %(member)s is kept.") % {"member": found.member}
            return say_and_return(request, found.member, sentence)
    return show_member_act(
        request,
        found.member,
        form,
        title=_("Hearing"),
        button=_("Keep the statement"),
        pairs=proceeding_facts(found),
        template="admin/members/leaving/hearing.html",
        proceeding=found,
    )


def drop(request: HttpRequest, pk: int, proceeding: int) -> HttpResponse:
    """Let a proposal rest."""
    found = find_proceeding(pk, proceeding)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drop_proceeding(
                found, on=seoul.today(), reason=form.cleaned_data["reason"], by=person(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("The proposal on %(member)s is dropped.") % {"member": found.member}
            return say_and_return(request, found.member, sentence)
    return show_member_act(
        request,
        found.member,
        form,
        title=_("Drop the proposal"),
        button=_("Drop the proposal"),
        pairs=proceeding_facts(found),
    )


def find_proceeding(member: int, pk: int) -> Proceeding:
    """An open proposal on that member; 404 for another's, and for one that is closed."""
    rows = open_proceedings().select_related("member__merged_into")
    return get_object_or_404(rows, pk=pk, member=member)


def proceeding_facts(proceeding: Proceeding) -> Pairs:
    """What is proposed, why, and what was said."""
    return [
        (_("Proposed"), PROPOSED[proceeding.outcome]),
        (_("Proposed on"), day(proceeding.proposed_on)),
        (_("May be heard until"), day(proceeding.heard_until)),
        (_("Reason"), proceeding.reason),
        (_("What the member said"), proceeding.statement or _("nothing yet")),
    ]


ADDRESSES = (
    ("notice/", file_a_notice, "members_member_notice"),
    ("notice/<int:notice>/letter/", open_letter, "members_member_notice_letter"),
    ("notice/acknowledge/", acknowledge, "members_member_acknowledge"),
    ("notice/take-back/", take_back, "members_member_take_back"),
    ("propose/", propose, "members_member_propose"),
    ("hearing/<int:proceeding>/", hear, "members_member_hearing"),
    ("hearing/<int:proceeding>/drop/", drop, "members_member_drop"),
)
