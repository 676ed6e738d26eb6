"""Several years ahead: the invoices of the next dues years for one member, at once (S19).

Each year is priced at today's known figures and schedule, without a discount, and stays at that
price: an issued invoice never changes. It takes its number from its own year's series, and the
yearly run finds the member invoiced already.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues.assessment import FULL, NOT_DUE, WAIVED
from dues.ledger import lock_account
from dues.models import Invoice
from dues.one_member import (
    choose_due_day,
    find_invoice,
    issue_one,
    preview_member,
    refuse_unpriced,
)
from dues.preview import Line, Preview
from members.history import status_on
from members.lifecycle import read_lines
from members.models import Member, User

MOST_YEARS = 5
# Years that are passed over: nothing is due for them, and others after them are.
PASSED_OVER = frozenset({"not_yet_due", WAIVED})


class Ahead(NamedTuple):
    """The years that would be issued, each with its line and due day."""

    previews: list[Preview]
    due_days: list[dt.date]

    @property
    def rows(self) -> list[tuple[int, Line, dt.date]]:
        """Year, line, due day."""
        return [
            (preview.year, preview.lines[0], due)
            for preview, due in zip(self.previews, self.due_days, strict=True)
        ]

    @property
    def total_cents(self) -> int:
        """What all of them come to (US cents)."""
        return sum(preview.total_cents for preview in self.previews)

    @property
    def hash(self) -> str:
        """Over everything that decides an amount or is printed."""
        digest = hashlib.sha256()
        for preview in self.previews:
            digest.update(preview.hash.encode())
        return digest.hexdigest()


def foresee_ahead(member: Member, count: int, *, on: dt.date) -> Ahead:
    """What the next dues years of a member would be: `count` of them, from this year on.

    Years invoiced already are passed over, and those for which nothing is due: before the first
    one, or waived.

    Raises:
        ValidationError: not 1 to 5 years, not a full member, or a year that cannot be priced.
    """
    if not 1 <= count <= MOST_YEARS:
        raise ValidationError(_("Choose 1 to %(most)s years.") % {"most": MOST_YEARS}, code="years")
    refuse_unless_full(member, on)
    previews: list[Preview] = []
    year = on.year
    while len(previews) < count:
        if year > on.year + 2 * MOST_YEARS:
            raise ValidationError(
                _("There are not %(count)s years left to invoice: see the invoices of this member.")
                % {"count": count},
                code="none_left",
            )
        preview = preview_member(member, year, newest=True)
        if not find_invoice(member, year) and not is_passed_over(preview):
            refuse_unpriced(preview)
            previews.append(preview)
        year += 1
    days = [choose_due_day(each.year, None, issuer=each.issuer, on=on) for each in previews]
    return Ahead(previews, days)


def is_passed_over(preview: Preview) -> bool:
    """Whether nothing is due for the year, though for later ones it is."""
    found = preview.lines[0].assessment
    return found.outcome == NOT_DUE and found.reason in PASSED_OVER


def refuse_unless_full(member: Member, on: dt.date) -> None:
    """Only full members, standing alone, are invoiced ahead.

    Raises:
        ValidationError: it is none.
    """
    if member.merged_into_id:
        raise ValidationError(
            _("%(member)s was merged into %(survivor)s: invoice that member.")
            % {"member": member, "survivor": member.merged_into},
            code="merged",
        )
    if status_on(read_lines(member), on) != FULL:
        raise ValidationError(
            _("%(member)s is not a full member: years ahead are for full members.")
            % {"member": member},
            code="not_full",
        )


@transaction.atomic
def issue_ahead(
    member: Member,
    count: int,
    *,
    on: dt.date,
    by: User | None,
    expected_hash: str = "",
    due_days: Sequence[dt.date] = (),
) -> list[Invoice]:
    """Issue the invoices of the next dues years of a member, the oldest first; all or none (S19).

    `due_days` are one a year, each year's own due day where left out. `expected_hash` is that of
    what a person saw.

    Raises:
        ValidationError: as `foresee_ahead`; the world changed since it was shown; or a due day lies
            before today.
    """
    held = lock_account(member)
    ahead = foresee_ahead(held if held.pk == member.pk else member, count, on=on)
    if expected_hash and expected_hash != ahead.hash:
        raise ValidationError(
            _(
                "Something changed since these amounts were shown, or the invoices were issued "
                "meanwhile. Nothing was issued: look at them again."
            ),
            code="world_changed",
        )
    chosen = list(due_days) or ahead.due_days
    if len(chosen) != count:
        raise ValidationError(_("Choose a due day for each year."), code="due_days")
    return [
        issue_one(preview, due_on=due_on, on=on, by=by)
        for preview, due_on in zip(ahead.previews, chosen, strict=True)
    ]
