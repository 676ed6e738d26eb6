"""The parts of an application that are typed: kept at every step, complete or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.apply.door import applicant_page, show, token_in
from members.apply.forms import ContactsForm, FiguresForm, OrganisationForm
from members.apply.tasks import TITLES, has_begun
from members.applying import (
    CONTACTS,
    FIGURES,
    FORM,
    ORGANISATION,
    SECTIONS,
    find_gaps,
    is_open,
    save_section,
)
from members.models import LEVELS
from wego import seoul

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from members.models import Application

MOST_NAMED = 3


@applicant_page("GET", "POST")
def edit_organisation(request: HttpRequest, application: Application) -> HttpResponse:
    """Who applies."""
    form = OrganisationForm(application, request.POST if request.method == "POST" else None)
    return edit(request, application, ORGANISATION, form, levels=LEVELS)


@applicant_page("GET", "POST")
def edit_figures(request: HttpRequest, application: Application) -> HttpResponse:
    """What the fee is priced from."""
    form = FiguresForm(
        application,
        request.POST if request.method == "POST" else None,
        this_year=seoul.today().year,
    )
    return edit(request, application, FIGURES, form)


@applicant_page("GET", "POST")
def edit_contacts(request: HttpRequest, application: Application) -> HttpResponse:
    """Whom to write to."""
    form = ContactsForm(application, request.POST if request.method == "POST" else None)
    return edit(request, application, CONTACTS, form)


def edit(
    request: HttpRequest,
    application: Application,
    section: str,
    form: forms.Form,
    **more: Any,  # noqa: ANN401 whatever the page shows
) -> HttpResponse:
    """One part: what can be read is kept, even beside something that must be corrected."""
    if not is_open(application):
        return redirect("apply:overview", token_in(request))
    if request.method == "POST" and keep(application, section, form):
        return leave(request, application, section)
    gaps = [gap for gap in find_gaps(application) if gap.section == section]
    return show(
        request,
        f"apply/{section}.html",
        application,
        form=form,
        section=section,
        title=TITLES[section],
        place=SECTIONS.index(section) + 1,
        gaps=gaps if has_begun(application, section) and not form.is_bound else [],
        back_to_check="check" in request.GET,
        **more,
    )


def keep(application: Application, section: str, form: forms.Form) -> bool:
    """Save what can be read; whether that was everything."""
    is_valid = form.is_valid()
    cleaned = {**form.cleaned_data}
    if isinstance(form, ContactsForm):
        cleaned = {CONTACTS: form.contacts()}
    try:
        save_section(application, section, cleaned, on=seoul.today())
    except ValidationError as error:
        known = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in known.items():
            form.add_error(name if name in form.fields else None, errors)
        return False
    application.refresh_from_db()
    return is_valid


def leave(request: HttpRequest, application: Application, section: str) -> HttpResponse:
    """On to where the applicant was going: the check, the list, or the next part to do."""
    token = token_in(request)
    gaps = find_gaps(application)
    own = [gap for gap in gaps if gap.section == section]
    if "check" in request.GET:
        return redirect("apply:check", token)
    if own:
        missing = " ".join(gap.sentence for gap in own[:MOST_NAMED])
        more = " …" if len(own) > MOST_NAMED else ""
        messages.info(request, _("Saved. Still missing:") + f" {missing}{more}")
        return redirect("apply:overview", token)
    if "later" in request.POST:
        messages.success(request, _("Saved. You can close this page and come back by your link."))
        return redirect("apply:overview", token)
    lacking = {gap.section for gap in gaps}
    ahead = [*SECTIONS[SECTIONS.index(section) + 1 :]]
    following = next((part for part in ahead if part in lacking), "")
    if following == FORM and lacking != {FORM}:
        following = ""
    return redirect(f"apply:{following or ('overview' if lacking else 'check')}", token)
