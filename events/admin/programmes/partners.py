"""Partners and their memoranda at the secretariat's desk (R31)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.programmes.offices import TABS
from events.admin.programmes.pages import ListAdmin, badge, run_act, send_file, show, typed
from events.forms.programmes import MemorandumForm, PartnerForm, ReasonForm
from events.models import Partner, PartnerMemorandum
from events.partners import memoranda
from members.access import person
from wego import seoul
from wego.templatetags.ui import day

VIEW, CHANGE = "events.view_partner", "events.change_partner"
CHANGE_PAGE = "admin:events_partner_change"


def state_of(row: PartnerMemorandum, on: dt.date) -> tuple[str, str]:
    """How a memorandum stands: tone and words."""
    if row.ended_on:
        return "quiet", _("Ended")
    if hasattr(row, "renewed_by"):
        return "quiet", _("Renewed")
    if row.expires_on is None:
        return "ok", _("Holds")
    left = (row.expires_on - on).days
    if left < 0:
        return "bad", _("Expired")
    return ("warn", _("Expires soon")) if left <= memoranda.REMIND_DAYS else ("ok", _("Holds"))


def find(pk: int) -> Partner:
    """The partner of an address."""
    return get_object_or_404(Partner.objects.select_related("member"), pk=pk)


def add(request: HttpRequest) -> HttpResponse:
    """A new partner."""
    return run_act(
        request,
        PartnerForm(typed(request)[0]),
        lambda facts: memoranda.add_partner(**facts, by=person(request)),
        title=_("Add a partner"),
        button=_("Add"),
        done=_("The partner is added. Record the memorandum, if one was signed."),
        back=(CHANGE_PAGE, ()),
    )


def show_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner with its memoranda, the newest first."""
    partner, today = find(pk), seoul.today()
    rows = partner.memoranda.select_related("renewed_by", "recorded_by")
    return show(
        request,
        "partner",
        title=str(partner),
        partner=partner,
        memoranda=[{"row": row, "state": state_of(row, today)} for row in rows],
        may_change=request.user.has_perm(CHANGE),
    )


def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a memorandum."""
    partner = find(pk)
    renewable = partner.memoranda.filter(renewed_by__isnull=True).select_related("partner")
    form = MemorandumForm(*typed(request), renewable=renewable)

    def do(facts: dict[str, Any]) -> object:
        renews = facts.pop("renews")
        return memoranda.sign_memorandum(
            partner,
            memoranda.Signed(**facts),
            renews=renews,
            on=seoul.today(),
            by=person(request),
        )

    return run_act(
        request,
        form,
        do,
        title=_("Record a memorandum"),
        lead=str(partner),
        button=_("Record"),
        done=_("The memorandum is recorded."),
        back=(CHANGE_PAGE, [pk]),
    )


def end(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Note that a memorandum holds no more."""
    memorandum = get_object_or_404(PartnerMemorandum, partner_id=pk, pk=row)
    return run_act(
        request,
        ReasonForm(typed(request)[0]),
        lambda facts: memoranda.end_memorandum(
            memorandum, reason=facts["reason"], on=seoul.today(), by=person(request)
        ),
        title=_("End a memorandum"),
        lead=f"{memorandum}, {day(memorandum.signed_on)}",
        button=_("End it"),
        done=_("The memorandum has ended."),
        back=(CHANGE_PAGE, [pk]),
        danger=True,
    )


def open_file(request: HttpRequest, pk: int, row: int) -> HttpResponse:  # noqa: ARG001 a page is asked by somebody
    """The signed memorandum."""
    found = get_object_or_404(PartnerMemorandum, partner_id=pk, pk=row)
    if not found.file_path:
        raise Http404
    return send_file(found.file_path, found.file_sha256, found.file_name)


@admin.register(Partner)
class PartnerAdmin(ListAdmin):
    """Partners by name."""

    list_display = ("name", "member_name", "signed", "expires", "state")
    list_display_links = ("name",)
    list_select_related = ("member",)
    search_fields = ("name_en", "name_ko")
    search_help_text = gettext_lazy("Name in either script")
    empty_text = gettext_lazy("Add the bodies the organisation works with, and their memoranda.")
    tabs = TABS
    offers = ((gettext_lazy("Add a partner"), "admin:events_partner_new"),)
    pages = (
        ("new/", add, "events_partner_new", CHANGE),
        ("<int:pk>/change/", show_partner, "events_partner_change", VIEW),
        ("<int:pk>/sign/", sign, "events_partner_sign", CHANGE),
        ("<int:pk>/memoranda/<int:row>/end/", end, "events_partner_end", CHANGE),
        ("<int:pk>/memoranda/<int:row>/", open_file, "events_partner_file", VIEW),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """With their memoranda, in one query more."""
        return super().get_queryset(request).prefetch_related("memoranda__renewed_by")

    @admin.display(description=gettext_lazy("Partner"), ordering="name_en")
    def name(self, row: Partner) -> str:
        """In the reader's language."""
        return str(row)

    @admin.display(description=gettext_lazy("Also a member"))
    def member_name(self, row: Partner) -> str:
        """The member, if it is one."""
        return str(row.member or "–")

    @admin.display(description=gettext_lazy("Signed on"))
    def signed(self, row: Partner) -> str:
        """The newest memorandum's day."""
        newest = next(iter(row.memoranda.all()), None)
        if newest is None:
            return _("no memorandum")
        return str(day(newest.signed_on)) if newest.signed_on else _("day not known")

    @admin.display(description=gettext_lazy("Expires on"))
    def expires(self, row: Partner) -> str:
        """The newest memorandum's last day."""
        newest = next(iter(row.memoranda.all()), None)
        return str(day(newest.expires_on)) if newest and newest.expires_on else "–"

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: Partner) -> str:
        """A badge."""
        newest = next(iter(row.memoranda.all()), None)
        return badge(*state_of(newest, seoul.today())) if newest else "–"
