"""Who may stand for office (P2): a full member city, fully paid, that says so a month before.

What the register and the invoices answer; calls, ballots and results are in `events.balloting`.
"""

import datetime as dt

from dues.standing import standing_of
from members.models import Member
from wego import seoul


def candidacy_deadline(assembly_on: dt.date) -> dt.date:
    """The last day to stand: one calendar month before, clipped at the month's end (P2, A17).

    For an assembly on 31 March it is the last day of February.
    """
    return seoul.shift_months(assembly_on, -1)


def find_refusal_to_stand(member: Member, *, on: dt.date) -> str:
    """Why a member may not stand on a day, with each open invoice; "" when it may (A18)."""
    candidacy = standing_of(member, on=on).candidacy
    return "" if candidacy.is_yes else candidacy.why
