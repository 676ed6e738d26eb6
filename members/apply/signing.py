"""The signed form: what to print, and the scan that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from members.apply.door import TOO_MANY, UPLOADS, applicant_page, show, token_in
from members.apply.forms import UploadForm
from members.apply.tasks import TITLES
from members.applying import FORM, attach_file, find_form, find_gaps, is_open
from wego import seoul
from wego.limits import take_place
from wego.uploads import SizeGuard, refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from members.models import Application


@csrf_exempt  # only until the guard stands: the inner view is protected
def upload_form(request: HttpRequest, token: str) -> HttpResponseBase:
    """Watch the size of what arrives before anything reads it."""
    guard = SizeGuard(request)
    request.upload_handlers = [guard, *request.upload_handlers]
    return take_form(request, token, guard=guard)


@csrf_protect
@applicant_page("GET", "POST")
def take_form(request: HttpRequest, application: Application, *, guard: SizeGuard) -> HttpResponse:
    """Show what to print and sign; keep the scan."""
    if not is_open(application):
        return redirect("apply:overview", token_in(request))
    posted, status = request.method == "POST", 200
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and not take_place(UPLOADS, str(application.pk)):
        form.add_error(None, _("This was asked for too often. Please wait an hour and try again."))
        status = TOO_MANY
    elif posted and keep_scan(application, form, guard):
        messages.success(request, _("The signed form was received."))
        following = "overview" if find_gaps(application) else "check"
        return redirect(f"apply:{following}", token_in(request))
    files = list(application.files.all())
    printed = find_form(application)
    return show(
        request,
        "apply/form.html",
        application,
        status=status,
        form=form,
        section=FORM,
        title=TITLES[FORM],
        place=4,
        files=files,
        printed=printed,
        is_ready=hasattr(printed, "document"),
        lacking=[gap for gap in find_gaps(application) if gap.section != FORM],
        outdated=is_outdated(application),
    )


def keep_scan(application: Application, form: UploadForm, guard: SizeGuard) -> bool:
    """Keep the file if it is one to keep; otherwise the form says why not."""
    if guard.refused:
        form.errors["file"] = form.error_class(refusal("large").messages)
    elif form.is_valid() and form.upload is not None:
        try:
            attach_file(application, form.upload, on=seoul.today())
        except ValidationError as error:
            form.add_error("file", error)
    return not form.errors


def is_outdated(application: Application) -> bool:
    """Whether answers changed after the newest scan came in."""
    newest, printed = application.files.first(), find_form(application)
    return bool(newest and printed and newest.uploaded_at < printed.created_at)
