"""Our data: what holds at once, and what the secretariat has to accept first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from members.access import own_member, person
from members.details import details_of, mark_of, update_details
from members.forms.portal import DetailsForm, FactsForm
from members.mandate import Right
from members.models import ContactRole, Kind, Language, Member
from members.portal.pages import portal_page, refuse_without, show
from members.proposal_words import FIELDS, describe
from members.proposals import propose_change, take_back_proposal
from members.rights import may
from wego import questions, seoul

SHOWN_PROPOSALS = 10


@portal_page()
def show_data(request: HttpRequest) -> HttpResponse:
    """Everything kept of the organisation, and what was proposed."""
    member = own_member(request)
    proposals = member.proposals.select_related("proposed_by", "answered_by")[:SHOWN_PROPOSALS]
    return show(
        request,
        "portal/data.html",
        other_names=list(member.other_names.all()),
        language=Language(member.language).label,
        groups=group_contacts(request, member),
        proposals=[(proposal, describe(proposal)) for proposal in proposals],
        may_change=may(request, Right.DATA),
    )


def group_contacts(request: HttpRequest, member: Member) -> list[dict[str, Any]]:
    """The contacts by what they are for, each group with whether the reader may change it."""
    contacts = list(member.contacts.all())
    return [
        {
            "role": role.value,
            "label": role.label,
            "contacts": [contact for contact in contacts if contact.role == role],
            "may_change": may(request, right_of(role)),
        }
        for role in ContactRole
    ]


def right_of(role: str) -> Right:
    """Who receives invoices is the finance contact's affair too."""
    return Right.FINANCE_CONTACT if role == ContactRole.FINANCE else Right.CONTACTS


@portal_page(acts=True, right=Right.DATA)
def edit_details(request: HttpRequest) -> HttpResponse:
    """Address, website, language and listing, stored at once."""
    refuse_without(request, Right.DATA)
    member = own_member(request)
    stands = details_of(member)
    form = DetailsForm(request.POST or None, initial={**stands, "seen": mark_of(stands)})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            changed = update_details(
                member, seen=facts.pop("seen"), on=seoul.today(), by=person(request), **facts
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            sentence = _("Your data is stored.") if changed else _("Nothing was changed.")
            messages.success(request, sentence)
            return redirect("portal:data")
    conflict = conflict_of(form, details_of(Member.objects.get(pk=member.pk)))
    return show(request, "portal/details.html", form, form=form, conflict=conflict)


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Put a rule's refusal where it belongs: at its field, or on top."""
    if hasattr(error, "error_dict"):
        known = {name: found for name, found in error.error_dict.items() if name in form.fields}
        for name, found in known.items():
            form.add_error(name, found)
        for name, found in error.error_dict.items():
            if name not in known:
                form.add_error(None, found)
    else:
        form.add_error(None, error)


def conflict_of(form: forms.Form, stands: dict[str, Any]) -> list[tuple[object, str, str]]:
    """What stands now beside what was typed, when somebody else saved in between.

    The form then carries the mark of what stands, so that saving once more keeps what was typed.
    """
    if not form.has_error("__all__", "changed_meanwhile"):
        return []
    form.data = {**{name: form.data[name] for name in form.data}, "seen": mark_of(stands)}
    return [
        (form.fields[name].label or name, in_words(value), in_words(form.cleaned_data.get(name)))
        for name, value in stands.items()
        if value != form.cleaned_data.get(name)
    ]


def in_words(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "–")


@portal_page(acts=True, right=Right.DATA)
def propose_facts(request: HttpRequest) -> HttpResponse:
    """Names, kind, level, country: shown once more with their effect, then sent."""
    refuse_without(request, Right.DATA)
    member = own_member(request)
    stands = {name: getattr(member, name) for name in FIELDS}
    form = FactsForm(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        note = facts.pop("note")
        changed = [name for name in FIELDS if facts[name].strip() != stands[name]]
        if not changed or request.POST.get("step") == "send":
            try:
                propose_change(member, facts, note=note, by=person(request))
            except ValidationError as error:
                refuse(form, error)
            else:
                messages.success(request, _("Your proposal is with the secretariat."))
                return redirect("portal:data")
        elif request.POST.get("step") == "check":
            return show(
                request,
                "portal/facts_check.html",
                form=form,
                rows=[
                    (form.fields[name].label, shown(name, stands[name]), shown(name, facts[name]))
                    for name in changed
                ],
                effect=effect_of(member, kind=facts["kind"]) if "kind" in changed else None,
            )
    return show(request, "portal/facts.html", form, form=form)


def shown(name: str, value: str) -> str:
    """A value as the form's choices call it."""
    if name == "country_code":
        return Member(country_code=value).country
    return str(dict(Kind.choices).get(value, value)) if name == "kind" else value or "–"


def effect_of(member: Member, **wanted: object) -> object:
    """What a change would make of the next invoice; None when nobody can say."""
    answers = questions.ask("next invoice", member, on=seoul.today(), **wanted)
    return next(iter(answers), None)


@portal_page(acts=True)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a proposal; one of a figure alone is the finance contact's affair too."""
    proposal = get_object_or_404(own_member(request).proposals, pk=pk)
    figures_only = set(proposal.changes) == {"figure"}
    if request.method == "POST":
        refuse_without(request, Right.FIGURES if figures_only else Right.DATA)
        try:
            take_back_proposal(proposal, by=person(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The proposal is taken back."))
    return redirect("portal:data")
