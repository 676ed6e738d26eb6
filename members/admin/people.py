"""People who sign in, and their roles: for administrators only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from members.forms import AddPersonForm, PersonForm, PersonPasswordForm
from members.models import Affiliation, User

if TYPE_CHECKING:
    _AffiliationInline = admin.TabularInline[Affiliation, User]
    _UserAdmin = UserAdmin[Any]
else:
    _UserAdmin = UserAdmin
    _AffiliationInline = admin.TabularInline


class AffiliationInline(_AffiliationInline):
    """For which members a person acts."""

    model = Affiliation
    extra = 0
    autocomplete_fields = ("member",)


@admin.register(User)
class PersonAdmin(_UserAdmin):
    """One person, one address, one role; nobody is deleted, since their acts carry their name."""

    form = PersonForm
    add_form = AddPersonForm
    change_password_form = PersonPasswordForm
    inlines = (AffiliationInline,)
    list_display = ("full_name", "email", "role", "language", "is_active", "last_login")
    list_filter = ("role", "is_active", "language")
    search_fields = ("full_name", "email", "affiliations__member__name_en")
    ordering = ("full_name", "pk")
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined_at")
    actions = None
    fieldsets = (
        (None, {"fields": ("email", "full_name", "language", "password")}),
        (gettext_lazy("What the person may do"), {"fields": ("role", "is_active")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "joined_at")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "email",
                    "full_name",
                    "language",
                    "role",
                    "usable_password",
                    "password1",
                    "password2",
                )
            },
        ),
    )

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: User | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Take away the right to sign in instead."""
        return False
