"""Closed books: through which day, since when, by whom and why; closing and opening them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from dues.admin.act_page import REFUSED
from dues.admin.pages import task_page, typed
from dues.forms.money import LockForm, UnlockForm
from dues.ledger import locked_through
from dues.models import PeriodLock
from dues.periods import lock_period, unlock_period
from members.access import person
from wego import seoul
from wego.admin.pages import PagesAdmin, list_page, show
from wego.grave import recently_signed_in
from wego.templatetags.ui import day

VIEW, LOCK, UNLOCK = "dues.view_periodlock", "dues.add_periodlock", "dues.delete_periodlock"
FIELD_OF = {"reason": "reason", "future": "through", "already": "through", "not_locked": "through"}
LIST = "admin:dues_periodlock_changelist"


def show_locks(request: HttpRequest) -> HttpResponse:
    """Through which day the books are closed, and every time that was changed."""
    rows = PeriodLock.objects.select_related("recorded_by").order_by("-pk")
    through = locked_through()
    return show(
        request,
        "admin/dues/period/list.html",
        title=_("Closed books"),
        through=through,
        listing=list_page(rows, request.GET),
        may_lock=request.user.has_perm(LOCK),
        may_unlock=request.user.has_perm(UNLOCK) and through is not None,
    )


def close(request: HttpRequest) -> HttpResponse:
    """Close the books through a day."""
    form = LockForm(typed(request))
    return change(
        request,
        form,
        lock_period,
        title=_("Close the books"),
        button=_("Close the books through %(day)s"),
        sentence=_(
            "Nothing can be posted on %(day)s or before any more. What comes late is posted on the "
            "first day after it. Only an administrator opens the books again."
        ),
    )


def reopen(request: HttpRequest) -> HttpResponse:
    """Open closed books again, wholly or after a day."""
    form = UnlockForm(typed(request))
    return change(
        request,
        form,
        unlock_period,
        title=_("Open the books again"),
        button=_("Keep the books closed through %(day)s only"),
        sentence=_(
            "What was reported of the days that are opened may change. Your name and the reason "
            "stay in the history."
        ),
    )


def change(
    request: HttpRequest,
    form: Form,
    rule: Callable[..., PeriodLock],
    *,
    title: str,
    button: str,
    sentence: str,
) -> HttpResponse:
    """Type, look once more, do it; not when somebody else changed the lock meanwhile."""
    step = request.POST.get("step", "")
    newest = PeriodLock.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    context: dict[str, Any] = {
        "title": title,
        "form": form,
        "through": locked_through(),
        "seen": newest,
    }
    if request.method == "POST" and step != "change" and form.is_valid():
        wanted = form.cleaned_data["through"]
        words = {"day": day(wanted)}
        if wanted is None:
            button = _("Open the books wholly")
        if step == "do":
            try:
                lock = carry_out(request, form, rule, seen=newest)
            except ValidationError as error:
                code = getattr(error, "code", "") or ""
                form.add_error(FIELD_OF.get(code), error.messages)
            else:
                messages.success(request, say_done(lock))
                return redirect(LIST)
        else:
            return show(
                request,
                "admin/dues/period/check.html",
                **context,
                button=button % words if wanted else button,
                sentence=sentence % words,
            )
    return show(
        request,
        "admin/dues/period/change.html",
        **context,
        status=REFUSED if form.errors and step != "change" else 200,
    )


@transaction.atomic
def carry_out(
    request: HttpRequest, form: Form, rule: Callable[..., PeriodLock], *, seen: int
) -> PeriodLock:
    """Change the lock, if it is the one that was shown.

    Raises:
        ValidationError: somebody else changed it meanwhile, or the rule refuses.
    """
    if request.POST.get("seen") != str(seen):
        raise ValidationError(
            _("Somebody else closed or opened the books meanwhile. Look again, then go on."),
            code="changed",
        )
    facts = form.cleaned_data
    return rule(facts["through"], reason=facts["reason"], on=seoul.today(), by=person(request))


def say_done(lock: PeriodLock) -> str:
    """Through which day the books are closed now."""
    if lock.through is None:
        return _("The books are open.")
    return _("The books are closed through %(day)s.") % {"day": day(lock.through)}


@admin.register(PeriodLock)
class PeriodLockAdmin(PagesAdmin):
    """The history, and the two acts."""

    pages = (
        path("", task_page(show_locks, permission=VIEW), name="dues_periodlock_changelist"),
        path(
            "close/",
            task_page(recently_signed_in(close), permission=LOCK),
            name="dues_periodlock_close",
        ),
        path(
            "reopen/",
            task_page(recently_signed_in(reopen), permission=UNLOCK),
            name="dues_periodlock_reopen",
        ),
    )
