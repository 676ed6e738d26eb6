"""What every staff page of awards does first, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from events.models import AwardEdition

VIEW, CHANGE = "events.view_awardedition", "events.change_awardedition"
GONE = 503
View = Callable[..., HttpResponseBase]


def task_page(view: View, *, permission: str) -> View:
    """A staff page for those who hold the permission."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(
                _("Awards are for the secretariat. An administrator can give you that role.")
            )
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def find_edition(pk: int) -> AwardEdition:
    """The edition of an address."""
    rows = AwardEdition.objects.select_related("series", "meeting")
    return get_object_or_404(rows, pk=pk)


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """A rule's refusal at its field, or on top."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(error.code if error.code in form.fields else None, error.messages)
