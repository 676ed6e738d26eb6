"""What waits on Today for a body to decide, and for the secretariat to answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django import template
from django.db.models import CharField, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.hearings import open_proceedings
from members.models import Member, Status, WithdrawalNotice
from wego import seoul

register = template.Library()
ASSOCIATES, NOTICES, HEARD = "associates", "notices", "heard"


@register.inclusion_tag("members/decisions_today.html", takes_context=True)
def decisions_today(context: dict[str, Any]) -> dict[str, Any]:
    """The lines, for who may act on them; one query."""
    if not context["request"].user.has_perm("members.change_member"):
        return {"lines": []}
    counts, notices = count_waiting(context.get("today") or seoul.today())
    return {"lines": [*associate_lines(counts), *notice_lines(notices), *heard_lines(counts)]}


def count_waiting(on: dt.date) -> tuple[Counter[str], list[int]]:
    """How many wait of each sort, and whose notices wait to be acknowledged."""
    associates = (
        Member.objects.standing_alone()
        .with_status(on)
        .filter(Q(("status", Status.ASSOCIATE)), status_confirmed=True)
    )
    notices = WithdrawalNotice.objects.filter(
        acknowledged_on__isnull=True,
        taken_back_on__isnull=True,
        member__merged_into__isnull=True,
    )
    heard = open_proceedings().filter(heard_until__lt=on, member__merged_into__isnull=True)
    rows = label(associates, ASSOCIATES, "pk").union(
        label(notices, NOTICES, "member_id"), label(heard, HEARD, "pk"), all=True
    )
    found = list(rows)
    return Counter(sort for sort, _pk in found), [pk for sort, pk in found if sort == NOTICES]


def label(rows: QuerySet[Any], sort: str, key: str) -> QuerySet[Any]:
    """Rows as pairs of what they are and whose."""
    pairs: QuerySet[Any] = rows.order_by().annotate(sort=Value(sort, CharField()))
    return pairs.values_list("sort", key)


def associate_lines(counts: Counter[str]) -> list[tuple[str, str, str, str]]:
    """Associates that wait for a body."""
    count = counts[ASSOCIATES]
    if not count:
        return []
    words = ngettext(
        "%(count)s associate waits for EXCOM", "%(count)s associates wait for EXCOM", count
    )
    url = reverse("admin:members_decision_record")
    return [(words % {"count": count}, url, "info", _("record a decision"))]


def notice_lines(members: list[int]) -> list[tuple[str, str, str, str]]:
    """Notices nobody has acknowledged; a single one leads to its page."""
    count = len(members)
    if not count:
        return []
    words = ngettext(
        "%(count)s notice of withdrawal",
        "%(count)s notices of withdrawal",
        count,
    )
    url = (
        reverse("admin:members_member_acknowledge", args=members)
        if count == 1
        else reverse("admin:members_decision_record") + "#group-note"
    )
    return [(words % {"count": count}, url, "warn", _("to acknowledge"))]


def heard_lines(counts: Counter[str]) -> list[tuple[str, str, str, str]]:
    """Proposals whose hearing has ended."""
    count = counts[HEARD]
    if not count:
        return []
    words = ngettext(
        "%(count)s proposal whose hearing has ended",
        "%(count)s proposals whose hearing has ended",
        count,
    )
    url = reverse("admin:members_decision_record")
    return [(words % {"count": count}, url, "warn", _("to decide"))]
