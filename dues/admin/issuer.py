"""The invoice settings: one page for the one row."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.admin.pages import task_page
from dues.forms.issuer import IssuerForm
from dues.models import IssuerProfile
from dues.preview import issuer_facts, load_issuer
from members.access import person
from wego import audit
from wego.admin.pages import show
from wego.grave import recently_signed_in

if TYPE_CHECKING:
    _IssuerAdmin = admin.ModelAdmin[IssuerProfile]
else:
    _IssuerAdmin = admin.ModelAdmin

GROUPS = (
    (
        gettext_lazy("Letterhead"),
        ("name_en", "name_ko", "address_en", "address_ko", "email", "phone", "website"),
    ),
    (
        gettext_lazy("Bank details"),
        ("beneficiary", "bank_name", "bank_address", "bank_account", "bank_swift"),
    ),
    (
        gettext_lazy("Calendar of the dues year"),
        ("issue_month", "issue_day", "due_month", "due_day"),
    ),
    (gettext_lazy("Foot of the invoice"), ("note", "is_demo")),
)


@admin.register(IssuerProfile)
class IssuerAdmin(_IssuerAdmin):
    """The one row, on its own page; it is neither added nor deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """There is one row, made by saving the page."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: IssuerProfile | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """The settings stay."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The list of one is the page itself."""
        page = task_page(recently_signed_in(edit), permission="dues.change_issuerprofile")
        return [path("", page, name="dues_issuerprofile_changelist"), *super().get_urls()]


def edit(request: HttpRequest) -> HttpResponse:
    """What the next invoices print, and when they are issued and due."""
    issuer = load_issuer()
    seen = fingerprint(issuer)
    form = IssuerForm(request.POST or None, instance=issuer)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("seen") == seen:
            return save(request, form)
        form.add_error(None, told_of_others(load_issuer(), form))
    return show(
        request,
        "admin/dues/issuer.html",
        title=_("Invoice settings"),
        form=form,
        seen=seen,
        groups=[(title, [form[name] for name in names]) for title, names in GROUPS],
    )


def save(request: HttpRequest, form: IssuerForm) -> HttpResponse:
    """Store the settings, with who changed which of them in both logs."""
    changed = [str(form[name].label) for name in form.changed_data]
    before = load_issuer()
    with transaction.atomic():
        issuer = form.save()
        model_admin = admin.site.get_model_admin(IssuerProfile)
        model_admin.log_change(request, issuer, [{"changed": {"fields": changed}}])
        audit.record_act(
            "issuer.changed",
            by=person(request),
            subject=issuer,
            facts={
                name: [getattr(before, name), getattr(issuer, name)] for name in form.changed_data
            },
        )
    messages.success(
        request,
        _("The invoice settings are saved. They hold for invoices issued from now on."),
    )
    return redirect("admin:dues_issuerprofile_changelist")


def fingerprint(issuer: IssuerProfile) -> str:
    """What the page remembers of the settings it showed."""
    return hashlib.sha256(repr(issuer_facts(issuer)).encode()).hexdigest()[:16]


def told_of_others(stored: IssuerProfile, form: IssuerForm) -> str:
    """That somebody else saved meanwhile, with what is stored where it differs from the page."""
    differing: list[str] = [
        f"{form[name].label}: {stored_value(stored, name) or '–'}"
        for name in form.fields
        if getattr(stored, name) != form.cleaned_data.get(name)
    ]
    return _(
        "Somebody else saved these settings meanwhile. What you typed is still here; stored are: "
        "%(stored)s. Save again to replace them."
    ) % {"stored": "; ".join(differing) or "–"}


def stored_value(issuer: IssuerProfile, name: str) -> Any:  # noqa: ANN401 a field of any kind
    """A stored setting as the page would show it."""
    value = getattr(issuer, name)
    return " / ".join(value.splitlines()) if isinstance(value, str) else value
