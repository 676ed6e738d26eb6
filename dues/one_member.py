"""The dues of one member for one year, as a run of that member alone would price and issue them.

A year is issued for one member when its invoice is issued anew, or several years ahead. Numbers
come from the year's own series under the same lock as a run's, so they stay gapless.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.assessment import PRICED, Facts, Sourced, assess, lower
from dues.invoicing import check_year, default_days, issue_preview, lock_series
from dues.known import country_rows, known_figures, member_rows
from dues.ledger import credit_of
from dues.models import Invoice, IssuerProfile
from dues.preview import Line, Party, Preview, load_issuer, load_notices, load_terms
from dues.reductions import load_lowerings
from dues.schedules import load_schedules
from members.lifecycle import read_lines
from members.models import Member, User

# Days to pay that are left where a year's own due day has passed.
DAYS_TO_PAY = 30


def preview_member(member: Member, year: int, *, newest: bool = False) -> Preview:
    """One member's place in a dues year, as `preview_dues` would show it if it had no invoice.

    With `newest`, figures that the year lacks are the newest known ones; without, as in a run, it
    is blocked by a figure that the year lacks.

    Raises:
        ValidationError: a schedule in force would price wrongly.
    """
    check_year(year)
    schedules, issuer = load_schedules(), load_issuer()
    terms = load_terms(issuer)
    facts = Facts(
        member.kind,
        read_lines(member),
        read_figures(member, year, newest=newest),
        load_notices(terms, [member.pk]).get(member.pk),
    )
    found = assess(facts, schedules, year, terms.for_year(year))
    party = Party(*(getattr(member, name) for name in Party._fields))
    line = Line(
        party=party,
        assessment=lower(found, load_lowerings(member).get(year)),
        credit_cents=credit_of(member),
    )
    return Preview(year=year, issuer=issuer, lines=[line], schedules=schedules, terms=terms)


def read_figures(member: Member, year: int, *, newest: bool) -> dict[str, Sourced]:
    """The figures that price a member's year, by measure."""
    own, country = member_rows(member), country_rows(member.country_code)
    if not newest:
        own = [row for row in own if row.dues_year == year]
        country = [row for row in country if row.dues_year == year]
    return known_figures(own, country, year).figures


def find_invoice(member: Member, year: int) -> Invoice | None:
    """The invoice that stands for a member's year, a merged duplicate's among them."""
    owner = member.merged_into_id or member.pk
    live = Invoice.objects.live().filter(dues_year=year)
    own = live.filter(member=owner).first()
    return own or live.filter(member__merged_into=owner).first()


def issue_one(preview: Preview, *, due_on: dt.date, on: dt.date, by: User | None) -> Invoice:
    """Issue the invoice of a preview of one member, on the given day; the account is locked.

    Raises:
        ValidationError: it cannot be priced, stands already, or the days make no sense.
    """
    (line,) = preview.lines
    last = lock_series(preview.year)
    refuse_unpriced(preview)
    member = Member.objects.get(pk=line.party.pk)
    if standing := find_invoice(member, preview.year):
        raise ValidationError(
            _("%(number)s stands for %(year)s already. Nothing was issued.")
            % {"number": standing.number, "year": preview.year},
            code="invoiced",
        )
    issue_preview(preview, last=last, by=by, issued_on=on, due_on=due_on, file=member)
    return Invoice.objects.get(dues_year=preview.year, sequence=last + 1)


def refuse_unpriced(preview: Preview) -> None:
    """What owes nothing, or lacks a figure, is not issued; the sentence says what to do.

    Raises:
        ValidationError: it is not priced.
    """
    (line,) = preview.lines
    if line.assessment.outcome != PRICED:
        raise ValidationError(
            _("Dues year %(year)s cannot be invoiced: %(why)s")
            % {"year": preview.year, "why": line.why},
            code="unpriced",
        )


def choose_due_day(
    year: int, wanted: dt.date | None, *, issuer: IssuerProfile, on: dt.date
) -> dt.date:
    """The day wanted, else the year's own due day; 30 days from now where that has passed."""
    due = wanted or default_days(year, issuer)[1]
    return due if due >= on else on + dt.timedelta(days=DAYS_TO_PAY)
