"""What the awards answer about people and members (see `wego.questions`)."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from events.awards.results import prize_name
from events.models import ENTERED, AwardEntry
from members.answers import Happening
from members.models import Member, User
from wego import seoul


def tell_happenings(member: Member) -> list[Happening]:
    """The entries of a member, and what they won, in one query."""
    rows = AwardEntry.objects.filter(member=member, state__in=ENTERED)
    read = rows.select_related("edition__series", "category", "prize", "prize__decided_by")
    return [line for entry in read for line in tell_entry(entry)]


def tell_entry(entry: AwardEntry) -> list[Happening]:
    """A submitted entry as a line, and its prize as another."""
    url = reverse("admin:events_awardentry_change", args=[entry.pk])
    words = {"edition": entry.edition, "project": entry.title}
    lines = []
    if entry.submitted_on:
        what = _("%(edition)s: “%(project)s” entered") % words
        at = noon_of(entry.submitted_on)
        lines.append(Happening(at=at, sort="decision", what=what, why=str(entry.category), url=url))
    prize = getattr(entry, "prize", None)
    if prize is not None:
        what = _("%(edition)s: %(prize)s for “%(project)s”") % {
            **words,
            "prize": prize_name(prize.rank),
        }
        lines.append(
            Happening(
                at=noon_of(prize.decided_on),
                sort="decision",
                what=what,
                who=str(prize.decided_by or ""),
                why=str(entry.category),
                url=url,
            )
        )
    return lines


def noon_of(day: dt.date) -> dt.datetime:
    """An instant for what is known to the day: noon in Seoul."""
    return dt.datetime.combine(day, dt.time(12), seoul.SEOUL)


def find_home(user: User) -> str:
    """Where a juror's work is, who has no other home here; "" for everybody else."""
    if user.affiliations.exists() or not user.juries.exists():
        return ""
    return reverse("jury:home")
