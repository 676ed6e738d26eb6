"""Scoring: a draft of marks, a submitted score that never changes, a recusal (X13).

A juror reaches only the sheets they were given. Whom the rule sets aside is refused here, not only
hidden on the page, also when the conflict became known later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.awards.conflicts import find_conflict
from events.awards.moving import S
from events.awards.ranking import weigh
from events.models import Mark, ScoreSheet, SetAside
from events.models.awards import MOST_POINTS
from members.models import User
from wego import audit

STEP_OF_ROUND = {1: S.ROUND_1, 2: S.ROUND_2}
WHY_NOT = {
    SetAside.COUNTRY: "country",
    SetAside.EMPLOYER: "employer",
    SetAside.PERSONAL: "recused",
}


def may_score(sheet: ScoreSheet) -> bool:
    """Whether a juror may still write on a sheet."""
    return find_refusal(sheet) is None


def find_refusal(sheet: ScoreSheet) -> ValidationError | None:
    """Why a sheet cannot be written on; None when it can."""
    conflict = sheet.set_aside or find_conflict(sheet.juror, sheet.entry)
    sentences = {
        SetAside.COUNTRY: _("This entry is from your own country: others score it."),
        SetAside.EMPLOYER: _("This entry is from your own employer: others score it."),
        SetAside.PERSONAL: _("You have recused yourself of this entry: others score it."),
    }
    if conflict:
        return ValidationError(sentences[SetAside(conflict)], code=WHY_NOT[SetAside(conflict)])
    if sheet.submitted_at:
        return ValidationError(
            _("You have submitted this score: it cannot be changed."), code="submitted"
        )
    if sheet.juror.accepted_on is None:
        return ValidationError(_("Accept the invitation to the jury first."), code="accept")
    if sheet.entry.edition.state != STEP_OF_ROUND[sheet.round]:
        return ValidationError(
            _("Round %(round)s is not open for scoring.") % {"round": sheet.round}, code="round"
        )
    return None


def lock_sheet(sheet: ScoreSheet) -> ScoreSheet:
    """The row while nobody else writes on it."""
    ScoreSheet.objects.select_for_update().get(pk=sheet.pk)
    rows = ScoreSheet.objects.select_related("juror", "entry__edition", "entry__member")
    return rows.get(pk=sheet.pk)


@transaction.atomic
def save_marks(sheet: ScoreSheet, points: Mapping[int, int], *, comment: str) -> ScoreSheet:
    """Keep marks by the primary keys of their criteria; a draft needs not have all.

    Raises:
        ValidationError: `country`, `employer`, `recused`, `submitted`, `accept`, `round`, or
            `points` outside 0 to 10.
    """
    locked = lock_sheet(sheet)
    if refusal := find_refusal(locked):
        raise refusal
    criteria = {each.pk for each in locked.entry.edition.criteria.all()}
    if not points.keys() <= criteria or any(
        not 0 <= given <= MOST_POINTS for given in points.values()
    ):
        raise ValidationError(
            _("Give each criterion a whole number from 0 to %(most)s.") % {"most": MOST_POINTS},
            code="points",
        )
    for criterion, given in points.items():
        Mark.objects.update_or_create(
            sheet=locked, criterion_id=criterion, defaults={"points": given}
        )
    locked.comment = comment.strip()
    locked.save(update_fields=["comment"])
    return locked


@transaction.atomic
def submit_score(sheet: ScoreSheet, *, at: dt.datetime, by: User) -> ScoreSheet:
    """Hand the score in: the weighted sum of all marks, never changed again.

    Raises:
        ValidationError: as for `save_marks`, or `incomplete`.
    """
    locked = lock_sheet(sheet)
    if refusal := find_refusal(locked):
        raise refusal
    weights = {each.pk: each.weight for each in locked.entry.edition.criteria.all()}
    points = dict(locked.marks.values_list("criterion_id", "points"))
    if points.keys() != weights.keys():
        raise ValidationError(_("Give points for every criterion first."), code="incomplete")
    locked.total, locked.submitted_at = weigh(points, weights), at
    locked.save(update_fields=["total", "submitted_at"])
    audit.record_act(
        "award.sheet_submitted",
        by=by,
        subject=locked,
        file=locked.entry.edition,
        facts={"round": locked.round},
    )
    return locked


@transaction.atomic
def recuse_juror(sheet: ScoreSheet, *, why: str, by: User) -> ScoreSheet:
    """The juror will not score this entry; the average is over the others.

    Raises:
        ValidationError: it was submitted already (`submitted`), or no reason is given (`reason`).
    """
    locked = lock_sheet(sheet)
    if locked.submitted_at:
        raise ValidationError(
            _("You have submitted this score: it cannot be changed."), code="submitted"
        )
    if not why.strip():
        raise ValidationError(_("Say in a few words why."), code="reason")
    if locked.set_aside:
        return locked
    locked.marks.all().delete()
    locked.set_aside, locked.set_aside_why = SetAside.PERSONAL, why.strip()
    locked.comment = ""
    locked.save(update_fields=["set_aside", "set_aside_why", "comment"])
    audit.record_act(
        "award.sheet_recused", by=by, subject=locked, file=locked.entry.edition, why=why.strip()
    )
    return locked
