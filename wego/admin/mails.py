"""Mails: what was sent to whom, what waits, what failed; a person settles what is in doubt."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wego import outbox, storage, wording
from wego.admin.pages import PagesAdmin, address, find_file, list_page, person, show, task_page
from wego.kept import BRIEFLY, keep
from wego.models import Mail, MailState
from wego.templatetags.ui import Chip, moment

VIEW, CHANGE = "wego.view_mail", "wego.change_mail"
TONES: dict[str, str] = {
    MailState.QUEUED: "info",
    MailState.SENDING: "info",
    MailState.SENT: "ok",
    MailState.UNCONFIRMED: "warn",
    MailState.FAILED: "bad",
}


def show_mails(request: HttpRequest) -> HttpResponse:
    """Every mail, newest first; by state, address and subject."""
    query = request.GET
    found = find_mails(query)
    counts = keep(
        "mails.states", count_states, size=lambda counts: sum(counts.values()), seconds=BRIEFLY
    )
    kinds = wording.declared_kinds()
    listing = list_page(found, query)
    for mail in listing.page:
        mail.kind_label = label_of(mail.kind, kinds)
        mail.tone = TONES[mail.state]
        mail.shown_error = error_of(mail)
        mail.shown_subject = mail.subject if may_read(mail) else mail.kind_label
    return show(
        request,
        "admin/wego/mails.html",
        title=_("Mails"),
        listing=listing,
        chips=state_chips(query, counts),
        chosen=query.get("state", ""),
        q=query.get("q", ""),
        any_mail=bool(counts),
        leave=settings.MAILS_LEAVE,
    )


def count_states() -> dict[str, int]:
    """How many mails are in every state, in one query."""
    return dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))


def find_mails(query: QueryDict) -> QuerySet[Mail]:
    """The mails an address asks for; a private one is found by its address only."""
    found = Mail.objects.defer("text", "html", "attachments", "facts").order_by("-pk")
    if query.get("state") in MailState.values:
        found = found.filter(state=query["state"])
    for word in query.get("q", "").replace("\x00", "").split():
        subject = Q(subject__icontains=word)
        if settings.MAILS_LEAVE:
            subject &= Q(private=False)
        found = found.filter(Q(to_email__icontains=word) | Q(to_name__icontains=word) | subject)
    return found


def state_chips(query: QueryDict, counts: dict[str, int]) -> list[Chip]:
    """The states as filters, each with how many mails are in it."""
    chosen = query.get("state", "")
    chips = [Chip(_("All"), address(query, state=None), sum(counts.values()), not chosen)]
    chips += [
        Chip(label, address(query, state=state), counts[state], state == chosen)
        for state, label in MailState.choices
        if counts.get(state)
    ]
    return chips


def label_of(kind: str, kinds: dict[str, wording.MailKind]) -> str:
    """What a kind of mail is called; one that is no longer declared is read as written."""
    return str(kinds[kind].label) if kind in kinds else kind


def error_of(mail: Mail) -> str:
    """What failed: our own sentences in the reader's language, the server's as it said them."""
    return _(mail.error) if mail.error else ""


def may_read(mail: Mail) -> bool:
    """A private mail opens something: where mails leave, only its reader sees it."""
    return not (mail.private and settings.MAILS_LEAVE)


def show_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One mail: to whom, how far it is, what it says."""
    mail = get_object_or_404(Mail, pk=mail_id)
    kind = label_of(mail.kind, wording.declared_kinds())
    readable = may_read(mail)
    file_label, file_url = find_file(mail.file)
    return show(
        request,
        "admin/wego/mail.html",
        title=mail.subject if readable else kind,
        mail=mail,
        tone=TONES[mail.state],
        error=error_of(mail),
        pairs=facts_of(mail, kind),
        file_label=file_label,
        file_url=file_url,
        readable=readable,
        paragraphs=wording.paragraphs_as_sent(mail.text) if readable else [],
        unsettled=mail.state in outbox.UNSETTLED and request.user.has_perm(CHANGE),
        doubtful=mail.state == MailState.UNCONFIRMED,
    )


def facts_of(mail: Mail, kind: str) -> list[tuple[str, object]]:
    """The mail's facts for readers; what is empty is left out."""
    languages = dict(settings.LANGUAGES)
    pairs: list[tuple[str, Any]] = [
        (_("To"), f"{mail.to_name} <{mail.to_email}>" if mail.to_name else mail.to_email),
        (_("Kind of mail"), kind),
        (_("Language"), languages.get(mail.language, mail.language)),
        (_("Written"), moment(mail.queued_at)),
        (_("Sent"), moment(mail.sent_at) if mail.sent_at else ""),
        (_("Tries"), mail.attempts or ""),
        (_("Next try not before"), moment(mail.not_before) if waits_for_time(mail) else ""),
        (_("Waits for a document"), mail.waits_for),
        (_("Message number"), mail.message_id),
    ]
    return [(name, value) for name, value in pairs if value != ""]


def waits_for_time(mail: Mail) -> bool:
    """Whether a later try is arranged."""
    return mail.state == MailState.QUEUED and mail.not_before is not None


def open_attachment(
    request: HttpRequest,  # noqa: ARG001 Django's signature
    mail_id: int,
    place: int,
) -> HttpResponseBase:
    """An attached document, as it was or will be sent."""
    mail = get_object_or_404(Mail, pk=mail_id)
    if place >= len(mail.attachments) or not may_read(mail):
        raise Http404
    chosen = mail.attachments[place]
    try:
        content = storage.read_file(chosen["path"], sha256=chosen["sha256"])
    except storage.StorageError as error:
        raise Http404(str(error)) from error
    response = FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=chosen["name"],
        content_type="application/octet-stream",
    )
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def retry(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Queue a failed or doubtful mail again."""
    mail = get_object_or_404(Mail, pk=mail_id)
    try:
        outbox.retry_mail(mail, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The mail is queued again and leaves within a minute."))
    return redirect("admin:wego_mail_change", mail.pk)


@require_POST
def confirm(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Note that a doubtful mail did arrive."""
    mail = get_object_or_404(Mail, pk=mail_id)
    try:
        outbox.confirm_sent(mail, by=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The mail is marked as sent."))
    return redirect("admin:wego_mail_change", mail.pk)


@admin.register(Mail)
class MailAdmin(PagesAdmin):
    """Mails are written by rules and never changed by hand."""

    pages = (
        path("", task_page(show_mails, permission=VIEW), name="wego_mail_changelist"),
        path("<int:mail_id>/", task_page(show_mail, permission=VIEW), name="wego_mail_change"),
        path(
            "<int:mail_id>/attachments/<int:place>/",
            task_page(open_attachment, permission=VIEW),
            name="wego_mail_attachment",
        ),
        path("<int:mail_id>/retry/", task_page(retry, permission=CHANGE), name="wego_mail_retry"),
        path(
            "<int:mail_id>/confirm/",
            task_page(confirm, permission=CHANGE),
            name="wego_mail_confirm",
        ),
    )
