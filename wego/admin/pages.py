"""What every page of the frame does first: see who asks, and show a list a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils.translation import gettext as _

from wego.kept import KeptPaginator

if TYPE_CHECKING:
    _PagesAdmin = admin.ModelAdmin[Any]
else:
    _PagesAdmin = admin.ModelAdmin

PER_PAGE = 50
View = Callable[..., HttpResponseBase]


class PagesAdmin(_PagesAdmin):
    """A register whose pages are its own: Django's forms and delete pages have no address."""

    pages: tuple[URLPattern, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        """Only these."""
        return list(self.pages)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Rows are written by rules."""
        return False


@dataclass(frozen=True)
class Listing:
    """One page of a list, with the addresses of its neighbours."""

    page: Page[Any]
    previous_url: str
    next_url: str


def task_page(view: View, *, permission: str) -> View:
    """A staff page for those who hold the permission; strangers are sent to the login page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(
                _("Your role does not open this page. An administrator can give you another role.")
            )
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def show(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> TemplateResponse:
    """A staff page with its navigation."""
    return TemplateResponse(
        request, template, {**admin.site.each_context(request), **context}, status=status
    )


def status_of(*forms: BaseForm) -> int:
    """422 for a page that shows a refused form, so that programs can tell."""
    return 422 if any(form.errors for form in forms) else 200


def tell(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do something that one button asks for: say that it is done, or why not."""
    try:
        act()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return False
    messages.success(request, done)
    return True


def person(request: HttpRequest) -> AbstractBaseUser:
    """Who acts; every page of this package has checked that somebody of staff does."""
    if not isinstance(request.user, AbstractBaseUser):
        raise PermissionDenied
    return request.user


def list_page(rows: QuerySet[Any], query: QueryDict, *, count: int | None = None) -> Listing:
    """The page of a list that the address asks for; an odd number is the nearest page.

    `count` is how many rows there are, where that is known already.
    """
    paginator = KeptPaginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = count
    page = paginator.get_page(query.get("page"))
    return Listing(
        page,
        address(query, page=str(page.number - 1)),
        address(query, page=str(page.number + 1)),
    )


def address(query: QueryDict, **changes: str | None) -> str:
    """The query string with some parameters changed; None takes one out."""
    changed = query.copy()
    if "page" not in changes:
        changed.pop("page", None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def find_file(file: str) -> tuple[str, str]:
    """What a file such as `member:12` is called, and its page; ("", "") when there is neither."""
    name, _colon, key = file.partition(":")
    for config in apps.get_app_configs():
        model: type[Model] | None = config.models.get(name) if config.models else None
        if model is not None and key.isdecimal():
            found = model._default_manager.filter(pk=key).first()  # noqa: SLF001 Django's own door
            return (str(found), _page_of(config.label, name, key)) if found else ("", "")
    return "", ""


def _page_of(app: str, model: str, key: str) -> str:
    try:
        return reverse(f"admin:{app}_{model}_change", args=[key])
    except NoReverseMatch:
        return ""
