"""Who is invited: by the secretariat to act for a member, by administrators to join the staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from members.access import person
from members.admin.pages import task_page
from members.forms.people import InviteForm
from members.invitations import invite_person, place_of, resend_invitation, role_of
from members.invitations import revoke_invitation as take_back
from members.models import Invitation
from wego.admin.pages import show, status_of
from wego.grave import recently_signed_in
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _InvitationAdmin = admin.ModelAdmin[Invitation]
else:
    _InvitationAdmin = admin.ModelAdmin

INVITE = "members.add_invitation"
STAFF = "members.add_user"


@admin.register(Invitation)
class InvitationAdmin(_InvitationAdmin):
    """Invitations, the newest first; they are sent again or taken back, never changed."""

    list_display = ("full_name", "email", "place", "role", "state", "invited_on", "invited_by")
    list_display_links = ("full_name",)
    list_select_related = ("member", "invited_by")
    search_fields = ("full_name", "email", "member__name_en", "member__name_ko")
    actions = None
    empty_text = gettext_lazy("Nobody is invited. Invite the person who acts for a member.")
    empty_url_name = "admin:members_invitation_add"
    empty_action = gettext_lazy("Invite a person")
    change_form_template = "admin/members/invitation/change_form.html"
    fields = (
        "full_name",
        "email",
        "place",
        "role",
        "state",
        "invited_on",
        "invited_by",
        "lapses_on",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """Invitations to the staff are the administrators' affair."""
        found = super().get_queryset(request)
        return found if request.user.has_perm(STAFF) else found.filter(staff_role="")

    @admin.display(description=gettext_lazy("Invited to"), ordering="member__name_en")
    def place(self, invitation: Invitation) -> str:
        """The member, or the secretariat."""
        return place_of(invitation)

    @admin.display(description=gettext_lazy("Role"))
    def role(self, invitation: Invitation) -> str:
        """What the person may do."""
        return role_of(invitation)

    @admin.display(description=gettext_lazy("State"))
    def state(self, invitation: Invitation) -> str:
        """A badge: open, accepted, taken back or lapsed."""
        tone, label = state_of(invitation)
        return render_to_string("ui/badge.html", {"tone": tone, "label": label})

    @admin.display(description=gettext_lazy("Invited"), ordering="invited_at")
    def invited_on(self, invitation: Invitation) -> str:
        """The day in Seoul."""
        return day(invitation.invited_at)

    @admin.display(description=gettext_lazy("Lapses"), ordering="expires_at")
    def lapses_on(self, invitation: Invitation) -> str:
        """The day in Seoul."""
        return day(invitation.expires_at)

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Invitation | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Take it back and make another."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Invitation | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was sent stays known."""
        return False

    @method_decorator(recently_signed_in)
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """Invite by the rule."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return invite_by_hand(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show it, with what can still be done."""
        found = self.get_object(request, object_id)
        still = bool(found and not found.accepted_at and not found.revoked_at)
        context = {**(extra_context or {}), "still_open": still}
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        """Sent again, or taken back."""
        acts = (("again", send_again), ("back", revoke))
        own = [
            path(
                f"<int:pk>/{name}/",
                task_page(require_POST(recently_signed_in(act)), permission=INVITE),
                name=f"members_invitation_{name}",
            )
            for name, act in acts
        ]
        return [*own, *super().get_urls()]


def state_of(invitation: Invitation) -> tuple[str, str]:
    """Tone and word."""
    if invitation.accepted_at:
        return "ok", _("Accepted")
    if invitation.revoked_at:
        return "quiet", _("Taken back")
    if invitation.expires_at <= timezone.now():
        return "warn", _("Lapsed")
    return "info", _("Not yet accepted")


def invite_by_hand(request: HttpRequest) -> HttpResponse:
    """The page that invites somebody."""
    staff = request.user.has_perm(STAFF)
    member = request.GET.get("member", "")
    initial = {"language": "en", "member": member if member.isdecimal() else None}
    form = InviteForm(request.POST or None, staff=staff, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_person(
                **form.cleaned_data, by=person(request), on_at=timezone.now()
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(name)s is invited.") % {"name": invitation.full_name})
            return redirect("admin:members_invitation_changelist")
    return show(
        request,
        "admin/members/invitation/add.html",
        title=_("Invite a person"),
        form=form,
        status=status_of(form),
    )


def find(request: HttpRequest, pk: int) -> Invitation:
    """An invitation this reader may see."""
    seen = Invitation.objects.all()
    if not request.user.has_perm(STAFF):
        seen = seen.filter(staff_role="")
    return get_object_or_404(seen, pk=pk)


def send_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mail a new link."""
    invitation = find(request, pk)
    try:
        resend_invitation(invitation, by=person(request), on_at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(
            request, _("A new link was mailed to %(email)s.") % {"email": invitation.email}
        )
    return redirect("admin:members_invitation_change", pk)


def revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take it back."""
    try:
        take_back(find(request, pk), by=person(request), on_at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("The invitation is taken back: its link opens nothing."))
    return redirect("admin:members_invitation_change", pk)
