"""People: who acts for the organisation and as what; inviting, handing over, taking leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from members.access import own_member, person
from members.forms.portal import InviteForm, RoleForm
from members.invitations import (
    change_affiliation_role,
    invite_person,
    remove_affiliation,
    resend_invitation,
    revoke_invitation,
)
from members.mandate import Right, role_labels
from members.models import Affiliation, AffiliationRole, Invitation, Member
from members.portal.data import refuse
from members.portal.pages import portal_page, refuse_without, show
from members.rights import may


@portal_page()
def show_people(request: HttpRequest) -> HttpResponse:
    """Who may act for us, and who is invited."""
    member = own_member(request)
    return show(
        request,
        "portal/people.html",
        people=group_people(member),
        invited=list(waiting_invitations(member)),
        now=timezone.now(),
        may_change=may(request, Right.PEOPLE),
    )


def group_people(member: Member) -> list[dict[str, Any]]:
    """Each person once, by name, with all their roles."""
    rows = Affiliation.objects.filter(member=member).select_related("user")
    people: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("user__full_name", "user_id", "pk"):
        found = people.setdefault(row.user_id, {"user": row.user, "rows": []})
        found["rows"].append(row)
    return [
        {**found, "roles": role_labels(row.role for row in found["rows"])}
        for found in people.values()
    ]


def waiting_invitations(member: Member) -> QuerySet[Invitation]:
    """Neither accepted nor taken back; one that lapsed can be sent again."""
    return member.invitations.filter(accepted_at=None, revoked_at=None).order_by("email", "pk")


@portal_page(acts=True, right=Right.PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody by mail to act for us, with an account of their own."""
    refuse_without(request, Right.PEOPLE)
    member = own_member(request)
    given = {"language": member.language, "role": AffiliationRole.READER}
    form = InviteForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_person(
                **form.cleaned_data, member=member, by=person(request), on_at=timezone.now()
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(
                request, _("An invitation is on its way to %(email)s.") % {"email": invitation}
            )
            return redirect("portal:people")
    return show(request, "portal/invite.html", form, form=form)


@portal_page(acts=True, shows=False)
def act_on_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it again, or take it back."""
    invitation = get_object_or_404(waiting_invitations(own_member(request)), pk=pk)
    refuse_without(request, Right.PEOPLE)
    again = request.POST.get("act") == "again"
    rule, sentence = (
        (resend_invitation, _("A new link is on its way to %(email)s."))
        if again
        else (revoke_invitation, _("The invitation to %(email)s is taken back."))
    )
    try:
        rule(invitation, by=person(request), on_at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, sentence % {"email": invitation.email})
    return redirect("portal:people")


@portal_page(acts=True)
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role for somebody, or none any more."""
    own = own_member(request).affiliations.select_related("user")
    affiliation = get_object_or_404(own, pk=pk)
    refuse_without(request, Right.PEOPLE)
    form = RoleForm(
        request.POST if request.method == "POST" and "remove" not in request.POST else None,
        initial={"role": affiliation.role},
    )
    if request.method == "POST":
        response = act_on_person(request, affiliation, form)
        if response:
            return response
    return show(request, "portal/person.html", form, form=form, affiliation=affiliation)


def act_on_person(
    request: HttpRequest, affiliation: Affiliation, form: RoleForm
) -> HttpResponse | None:
    """Remove the person, or change the role; None when the form has to be shown again."""
    name = affiliation.user
    try:
        if "remove" in request.POST:
            remove_affiliation(affiliation, by=person(request))
            messages.success(request, _("%(name)s acts for you no more.") % {"name": name})
            return redirect("portal:home" if name == request.user else "portal:people")
        if form.is_valid():
            change_affiliation_role(affiliation, form.cleaned_data["role"], by=person(request))
            messages.success(request, _("The role of %(name)s is changed.") % {"name": name})
            return redirect("portal:people")
    except ValidationError as error:
        if not form.is_bound:
            messages.error(request, " ".join(error.messages))
            return redirect("portal:person", affiliation.pk)
        refuse(form, error)
    return None
