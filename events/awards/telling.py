"""The steps that speak: winners are notified under embargo, then everybody reads the result."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from events.awards.entering import file_of
from events.awards.links import mailbox_of, private_link
from events.awards.moving import S, move_edition, others_of, winners_of
from events.awards.papers import PRESS, write_award_paper
from events.awards.results import prize_name
from events.models import AwardEdition, AwardEntry, AwardPaperKind, AwardWinner
from members.models import User
from wego import outbox
from wego.templatetags.ui import day

ROUNDS = {S.ROUND_1: 1, S.ROUND_2: 2}


@transaction.atomic
def take_step(edition: AwardEdition, state: str, *, on: dt.date, by: User | None) -> AwardEdition:
    """Take the next step, with the letters and mails that belong to it.

    Raises:
        ValidationError: as for `move_edition`.
    """
    moved = move_edition(edition, state, on=on, by=by)
    if state in ROUNDS:
        call_jury(moved, ROUNDS[S(state)])
    if state == S.NOTIFIED:
        for winner in winners_of(moved):
            notify_winner(winner, on=on, by=by)
    if state == S.ANNOUNCED:
        for winner in winners_of(moved):
            certify_winner(winner, on=on, by=by)
        for entry in others_of(moved):
            tell_result(entry)
    return moved


def call_jury(edition: AwardEdition, number: int) -> None:
    """Tell every juror that was given entries that the round has begun."""
    given = Count("sheets", filter=Q(sheets__round=number, sheets__set_aside=""))
    for juror in edition.jurors.select_related("user").annotate(given=given).filter(given__gt=0):
        user = juror.user
        with override(user.language):
            until = (
                _("by %(day)s") % {"day": day(edition.scores_by)}
                if edition.scores_by
                else _("as soon as you can")
            )
            facts = {
                "name": user.full_name,
                "edition": str(edition),
                "round": str(number),
                "count": ngettext("%(count)s entry", "%(count)s entries", juror.given)
                % {"count": juror.given},
                "until": until,
                "link": f"{settings.PUBLIC_URL}{reverse('jury:home')}",
            }
        to = outbox.Mailbox(user.email, user.full_name, user.language)
        outbox.post_mail("award_round", to=to, facts=facts, file=edition)


def notify_winner(winner: AwardWinner, *, on: dt.date, by: User | None) -> None:
    """Write the invitation, and the mail that asks to keep silent until the day of the result."""
    paper = write_award_paper(winner, AwardPaperKind.INVITATION, on=on, by=by)
    entry, edition = winner.entry, winner.category.edition
    with override(entry.language):
        facts = {
            **facts_of_prize(winner),
            "embargo": day(edition.result_on) if edition.result_on else _("our announcement"),
            "link": private_link(entry),
        }
    post(entry, "award_won", facts, waits_for=PRESS.waits_for(paper))


def certify_winner(winner: AwardWinner, *, on: dt.date, by: User | None) -> None:
    """Write the certificate and send it."""
    paper = write_award_paper(winner, AwardPaperKind.CERTIFICATE, on=on, by=by)
    with override(winner.entry.language):
        facts = {**facts_of_prize(winner), "link": public_link(winner.category.edition)}
    post(winner.entry, "award_announced", facts, waits_for=PRESS.waits_for(paper))


def tell_result(entry: AwardEntry) -> None:
    """Thank an entrant that won nothing, and say who did."""
    with override(entry.language):
        facts = {
            "edition": str(entry.edition),
            "project": entry.title,
            "link": public_link(entry.edition),
        }
    post(entry, "award_result", facts)


def facts_of_prize(winner: AwardWinner) -> dict[str, str]:
    """What was won, in the active language."""
    return {
        "edition": str(winner.category.edition),
        "project": winner.entry.title,
        "prize": prize_name(winner.rank),
        "category": str(winner.category),
    }


def public_link(edition: AwardEdition) -> str:
    """The page of an edition."""
    return f"{settings.PUBLIC_URL}{reverse('awards:edition', args=[edition.code])}"


def post(entry: AwardEntry, kind: str, facts: dict[str, str], *, waits_for: str = "") -> None:
    """One mail to the entrant."""
    outbox.post_mail(
        kind, to=mailbox_of(entry), facts=facts, file=file_of(entry), waits_for=waits_for
    )
