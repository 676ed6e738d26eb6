"""What every page of dues does first: see who asks, and show a refusal of the rules as a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.invoicing import check_year
from wego.admin.pages import show

STEPS = (
    (gettext_lazy("Preview"), "admin:dues_year"),
    (gettext_lazy("Check and issue"), "admin:dues_year_check"),
    (gettext_lazy("Documents"), "admin:dues_year_documents"),
    (gettext_lazy("Invoices and downloads"), "admin:dues_year_invoices"),
    (gettext_lazy("Paid and open"), "admin:dues_year_board"),
)
View = Callable[..., HttpResponseBase]
REFUSED = 409


def task_page(view: View, *, permission: str = "dues.view_invoice") -> View:
    """A staff page for those who hold the permission; a `year` in its address is checked.

    Strangers are sent to the login page, people without the role get 403 with a sentence, and a
    rule that refuses becomes a page that says why.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(say_denied(request))
        if isinstance(year := kwargs.get("year"), int):
            refuse_odd_year(year)
        try:
            return view(request, *args, **kwargs)
        except ValidationError as error:
            return show_refusal(request, error)

    return admin.site.admin_view(checked)


def say_denied(request: HttpRequest) -> str:
    """Who may open a page, and who gives that role."""
    if request.user.has_perm("dues.view_invoice"):
        return _("Money is moved by finance. An administrator can give you that role.")
    return _(
        "The pages of dues are for finance and the secretariat. "
        "An administrator can give you that role."
    )


def refuse_odd_year(year: int) -> None:
    """No page stands at the address of a year that cannot be a dues year."""
    try:
        check_year(year)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error


def show_refusal(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The sentence of a rule that would not go on, and where to go from here."""
    return show(
        request,
        "admin/dues/refused.html",
        title=_("This cannot be done yet"),
        sentences=error.messages,
        status=REFUSED,
    )


def steps_of(year: int, current: int) -> dict[str, Any]:
    """The steps of a dues year, each a link, and where the reader is (counted from 1)."""
    steps = [
        {"number": number, "label": label, "url": reverse(name, args=[year])}
        for number, (label, name) in enumerate(STEPS, start=1)
    ]
    return {"year": year, "steps": steps, "step": current}


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even when that is nothing; None where it is only looked at."""
    return request.POST if request.method == "POST" else None
