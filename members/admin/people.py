"""People who sign in, and their roles: for administrators only. Everybody comes by invitation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from members.access import FACTORS, person
from members.admin.pages import task_page
from members.forms.people import PersonForm
from members.invitations import change_affiliation_role, give_affiliation, remove_affiliation
from members.models import Affiliation, User
from members.persons import (
    allow_sign_in,
    change_person,
    change_role,
    end_sessions,
    remove_factors,
)
from wego.grave import recently_signed_in

if TYPE_CHECKING:
    _AffiliationInline = admin.TabularInline[Affiliation, User]
    _UserAdmin = admin.ModelAdmin[User]
else:
    _AffiliationInline = admin.TabularInline
    _UserAdmin = admin.ModelAdmin


class AffiliationInline(_AffiliationInline):
    """For which members a person acts."""

    model = Affiliation
    extra = 0
    autocomplete_fields = ("member",)


@admin.register(User)
class PersonAdmin(_UserAdmin):
    """One person, one address, one role; nobody is deleted, since their acts carry their name."""

    form = PersonForm
    inlines = (AffiliationInline,)
    list_display = ("full_name", "email", "role", "language", "guarded", "is_active", "last_login")
    list_filter = ("role", "is_active", "language")
    search_fields = ("full_name", "email", "affiliations__member__name_en")
    ordering = ("full_name", "pk")
    readonly_fields = ("guarded", "last_login", "joined_at")
    actions = None
    change_form_template = "admin/members/user/change_form.html"
    change_list_template = "admin/members/user/change_list.html"
    fieldsets = (
        (None, {"fields": ("email", "full_name", "language")}),
        (gettext_lazy("What the person may do"), {"fields": ("role", "is_active")}),
        (gettext_lazy("Signing in"), {"fields": ("guarded", "last_login", "joined_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """People, and whether they have a second factor."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        return super().get_queryset(request).annotate(factor=Exists(factors))

    @admin.display(description=gettext_lazy("Second factor"), boolean=True)
    def guarded(self, user: Any) -> bool:  # noqa: ANN401 annotated by the queryset
        """Whether more than a password opens the account."""
        return bool(getattr(user, "factor", False))

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """People are invited, so that nobody knows another's password."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: User | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Take away the right to sign in instead."""
        return False

    @method_decorator(recently_signed_in)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A grave act; a rule that refuses says so on the page."""
        try:
            response: HttpResponse = super().changeform_view(
                request, object_id, form_url, extra_context
            )
        except ValidationError as refused:
            for sentence in refused.messages:
                messages.error(request, sentence)
            return redirect(request.path)
        return response

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:  # noqa: ARG002 Django's signature
        """By the rules, each noted on the trail."""
        by, new = person(request), form.cleaned_data
        facts = {name: new[name] for name in ("email", "full_name", "language")}
        change_person(obj, **facts, by=by)
        if new["is_active"]:
            allow_sign_in(obj, allowed=True, by=by)
        change_role(obj, new["role"], by=by)
        if not new["is_active"]:
            allow_sign_in(obj, allowed=False, by=by)

    def save_formset(
        self,
        request: HttpRequest,
        form: PersonForm,  # noqa: ARG002 Django's signature
        formset: BaseModelFormSet[Affiliation, Any],
        change: bool,  # noqa: ARG002 Django's signature
    ) -> None:
        """What a person does for members: given, changed and taken by the rules."""
        by = person(request)
        formset.save(commit=False)
        for gone in formset.deleted_objects:
            remove_affiliation(gone, by=by)
        for changed, fields in formset.changed_objects:
            before = Affiliation.objects.get(pk=changed.pk)
            if "member" in fields:
                remove_affiliation(before, by=by)
                give_affiliation(changed.user, changed.member, changed.role, by=by)
            else:
                change_affiliation_role(before, changed.role, by=by)
        for given in formset.new_objects:
            give_affiliation(given.user, given.member, given.role, by=by)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No list tells, letter by letter, how a password begins."""
        if lookup.startswith("password"):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        """Acts on how a person signs in."""
        acts = (("sessions", sign_out_everywhere), ("factors", take_factors))
        own = [
            path(
                f"<int:pk>/{name}/",
                task_page(require_POST(recently_signed_in(act)), permission="members.change_user"),
                name=f"members_user_{name}",
            )
            for name, act in acts
        ]
        return [*own, *super().get_urls()]


def sign_out_everywhere(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End all sessions of a person."""
    user = get_object_or_404(User, pk=pk)
    count = end_sessions(user, by=person(request))
    sentence = ngettext("%(count)s session ended.", "%(count)s sessions ended.", count)
    messages.success(request, sentence % {"count": count})
    return back_to(user)


def take_factors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For somebody who lost phone and recovery codes."""
    user = get_object_or_404(User, pk=pk)
    return say(
        request,
        user,
        lambda: remove_factors(user, by=person(request)),
        _("The second factors of %(name)s are removed; they set up new ones at the next sign-in."),
    )


def say(
    request: HttpRequest, user: User, act: Callable[[], object], sentence: str
) -> HttpResponseBase:
    """Do it, and say what was done or why not."""
    try:
        act()
    except PermissionDenied:
        raise
    except ValidationError as refused:
        for reason in refused.messages:
            messages.error(request, reason)
    else:
        messages.success(request, sentence % {"name": user})
    return back_to(user)


def back_to(user: User) -> HttpResponseBase:
    """The person's page."""
    return redirect("admin:members_user_change", user.pk)
