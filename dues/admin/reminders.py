"""Reminders: looked at before they go out, sent by one button, paused for a member (S8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dues.admin.pages import task_page
from dues.admin.papers import ask_for_papers
from dues.admin.standing import show_standing
from dues.forms.reminder import PauseForm
from dues.ledger import owner_of
from dues.models import Reminder, ReminderKind, ReminderPause
from dues.policies import load_policies
from dues.reminders import Due, find_due, fingerprint, pause_reminders, send_batch
from dues.switches import ReminderWay
from members.access import person
from members.models import Member
from wego import seoul
from wego.admin.pages import show
from wego.money import display

if TYPE_CHECKING:
    _ReminderAdmin = admin.ModelAdmin[Reminder]
else:
    _ReminderAdmin = admin.ModelAdmin

VIEW, SEND, PAUSE = "dues.view_reminder", "dues.add_reminder", "dues.add_reminderpause"
REFUSED = 422


@admin.register(Reminder)
class ReminderAdmin(_ReminderAdmin):
    """What was sent; the batch that is due hangs here too."""

    list_display = ("sent_on", "whom", "invoice_number", "kind", "days", "amount", "to_email")
    list_display_links = None
    list_filter = ("kind", "invoice__dues_year")
    list_select_related = ("invoice__member",)
    search_fields = ("invoice__number", "invoice__member__name_en", "invoice__member__name_ko")
    search_help_text = gettext_lazy("Member in either script, or number")
    list_per_page = 100
    actions = None
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Member"))
    def whom(self, reminder: Reminder) -> str:
        """The member in the reader's language."""
        return str(reminder.invoice.member)

    @admin.display(description=gettext_lazy("Invoice"), ordering="invoice__number")
    def invoice_number(self, reminder: Reminder) -> str:
        """The number of the invoice."""
        return reminder.invoice.number

    @admin.display(description=gettext_lazy("Open then"), ordering="amount_cents")
    def amount(self, reminder: Reminder) -> str:
        """What was open when it was sent."""
        return display(reminder.amount_cents)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """The batch is the only way a reminder comes to be."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Reminder | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was sent stays."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Reminder | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """And is not deleted."""
        return False

    def get_task_urls(self) -> list[URLPattern]:
        """The batch, its button, the pause of one member, and who is in good standing."""
        return [
            path(
                "dues/reminders/",
                task_page(show_batch, permission=VIEW),
                name="dues_reminders",
            ),
            path(
                "dues/reminders/send/",
                task_page(send, permission=SEND),
                name="dues_reminders_send",
            ),
            path(
                "dues/reminders/pause/<int:pk>/",
                task_page(pause, permission=PAUSE),
                name="dues_reminders_pause",
            ),
            path("dues/standing/", task_page(show_standing), name="dues_standing"),
        ]


@require_safe
def show_batch(request: HttpRequest) -> HttpResponse:
    """Who is due for which step today, how much is open, and who waits and why."""
    batch = find_due(seoul.today())
    reminders = [due for due in batch if due.kind != ReminderKind.LETTER]
    letters = [due for due in batch if due.kind == ReminderKind.LETTER]
    return show(
        request,
        "admin/dues/reminders.html",
        title=_("Reminders due"),
        parts=[
            describe_part(reminders, letters=False),
            describe_part(letters, letters=True),
        ],
        off=load_policies().reminder_way == ReminderWay.OFF,
        may_send=request.user.has_perm(SEND),
        may_pause=request.user.has_perm(PAUSE),
    )


def describe_part(batch: list[Due], *, letters: bool) -> dict[str, object]:
    """One list of the page: its rows, how many go out, how much they ask for."""
    going = [due for due in batch if not due.waits]
    button = (
        ngettext("Write %(count)s letter", "Write %(count)s letters", len(going))
        if letters
        else ngettext("Send %(count)s reminder", "Send %(count)s reminders", len(going))
    )
    return {
        "title": _("Letters of the Secretary General, proposed") if letters else _("Reminders"),
        "sort": "letters" if letters else "reminders",
        "rows": batch,
        "going": len(going),
        "total_cents": sum(due.invoice.open_cents for due in going),
        "seen": fingerprint(batch),
        "button": button % {"count": f"{len(going):,}"},
    }


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send what was looked at; a list that changed meanwhile is shown again."""
    letters = request.POST.get("sort") == "letters"
    try:
        sent = send_batch(
            on=seoul.today(),
            by=person(request),
            seen=request.POST.get("seen", ""),
            letters=letters,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("admin:dues_reminders")
    ask_for_papers()
    sentence = ngettext(
        "%(count)s mail is on its way.", "%(count)s mails are on their way.", len(sent)
    )
    messages.success(request, sentence % {"count": f"{len(sent):,}"})
    return redirect("admin:dues_reminders")


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind a member of nothing until a day, with a reason."""
    member = get_object_or_404(Member, pk=pk)
    posted = request.method == "POST"
    form = PauseForm(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            pause_reminders(
                member,
                form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            form.add_error(error.code if error.code in form.fields else None, error)
        else:
            messages.success(request, _("Reminders to %(member)s pause.") % {"member": member})
            return redirect("admin:members_member_change", member.pk)
    return show(
        request,
        "admin/dues/reminder_pause.html",
        title=_("Pause reminders to %(member)s") % {"member": member},
        member=member,
        form=form,
        newest=ReminderPause.objects.filter(member=owner_of(member)).first(),
        status=REFUSED if form.errors else 200,
    )
