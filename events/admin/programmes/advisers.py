"""The advisory committee at the secretariat's desk (R34)."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.programmes.offices import TABS
from events.admin.programmes.pages import ListAdmin, badge, run_act, typed
from events.forms.programmes import AdviserForm, LastDayForm
from events.models import Adviser
from events.partners import advisers
from members.access import person
from wego import seoul
from wego.templatetags.ui import day

CHANGE = "events.change_adviser"
LIST = ("admin:events_adviser_changelist", ())


def name(request: HttpRequest) -> HttpResponse:
    """Somebody joins."""
    form = AdviserForm(typed(request)[0], initial={"since": seoul.today()})
    return run_act(
        request,
        form,
        lambda facts: advisers.name_adviser(**facts, on=seoul.today(), by=person(request)) and None,
        title=_("Name an adviser"),
        button=_("Name"),
        done=_("The adviser is named."),
        back=LIST,
    )


def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves."""
    adviser = get_object_or_404(Adviser, pk=pk)
    return run_act(
        request,
        LastDayForm(typed(request)[0], initial={"until": seoul.today()}),
        lambda facts: (
            advisers.release_adviser(
                adviser, until=facts["until"], on=seoul.today(), by=person(request)
            )
            and None
        ),
        title=_("An adviser leaves"),
        lead=f"{adviser}, {adviser.affiliation}",
        button=_("Record the last day"),
        done=_("The last day is recorded."),
        back=LIST,
    )


@admin.register(Adviser)
class AdviserAdmin(ListAdmin):
    """The committee, by name; a name leads to the last day."""

    list_display = ("name", "affiliation", "serves", "state")
    list_display_links = ("name",)
    search_fields = ("full_name", "name_ko", "affiliation")
    search_help_text = gettext_lazy("Name in either script, or affiliation")
    empty_text = gettext_lazy("Name the experts who advise the organisation.")
    tabs = TABS
    offers = ((gettext_lazy("Name an adviser"), "admin:events_adviser_name"),)
    pages = (
        ("name/", name, "events_adviser_name", CHANGE),
        ("<int:pk>/change/", release, "events_adviser_change", CHANGE),
    )

    @admin.display(description=gettext_lazy("Name"), ordering="full_name")
    def name(self, row: Adviser) -> str:
        """In the reader's language."""
        return str(row)

    @admin.display(description=gettext_lazy("Serves"))
    def serves(self, row: Adviser) -> str:
        """From when to when, or on which day a source saw it."""
        if row.since is None and row.seen_on:
            return _("known on %(day)s") % {"day": day(row.seen_on)}
        return f"{day(row.since)} – {day(row.until) if row.until else ''}"

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: Adviser) -> str:
        """A badge."""
        return badge("quiet", _("Left")) if row.until else badge("ok", _("Serves"))
