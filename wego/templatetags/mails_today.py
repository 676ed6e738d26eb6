"""What the outbox has to say on the front page: mails that a person must settle."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Q
from django.urls import reverse

from wego.models import Mail, MailState

register = template.Library()


@register.inclusion_tag("wego/mails_today.html", takes_context=True)
def mails_today(context: dict[str, Any]) -> dict[str, Any]:
    """How many mails failed or are in doubt, in one query; nothing for who may not see mails."""
    if not context["request"].user.has_perm("wego.view_mail"):
        return {}
    page = reverse("admin:wego_mail_changelist")
    counts: dict[str, Any] = Mail.objects.filter(
        state__in=[MailState.FAILED, MailState.UNCONFIRMED]
    ).aggregate(
        failed=Count("pk", filter=Q(state=MailState.FAILED)),
        unconfirmed=Count("pk", filter=Q(state=MailState.UNCONFIRMED)),
    )
    return {
        **counts,
        "failed_url": f"{page}?state={MailState.FAILED}",
        "unconfirmed_url": f"{page}?state={MailState.UNCONFIRMED}",
    }
