"""Good standing (S9-S11, P2, S18): whether a member may vote and stand for office, and why not.

One answer for everybody who asks: the portal, the lists of finance and the secretariat, elections.
It holds for a day and follows the ledger, the history of the member and the policy switches.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Q, Sum, Value, When
from django.utils.translation import gettext as _

from dues.arrears import is_in_arrears
from dues.ledger import OWNER, RECEIVABLE, by_day, of_accounts
from dues.models import Entry
from dues.plans import Course, Instalment, read_courses
from dues.policies import DuesPolicies, load_policies
from dues.switches import CandidacyStanding, PlanStanding, VotingStanding
from members.history import Entry as Line
from members.history import status_on
from members.lifecycle import words
from members.models import ENTRY_ORDER, Kind, Member, Status, StatusEntry
from wego import money, seoul

# S11, as UNESCO asks: what was paid on the day of the notice or the two before does not count.
LATE_DAYS = dt.timedelta(days=2)


class Unpaid(NamedTuple):
    """An invoice with something left to pay (US cents).

    `counted_cents` is what is left when payments of the last two days do not count.
    """

    pk: int
    number: str
    dues_year: int
    due_on: dt.date
    open_cents: int
    counted_cents: int


class Answer(NamedTuple):
    """Yes or no, the reason in words, and the invoices behind it."""

    is_yes: bool
    why: str
    invoices: tuple[Unpaid, ...] = ()


def yes(why: str) -> Answer:
    """A yes with its reason."""
    return Answer(is_yes=True, why=why)


def no(why: str, invoices: tuple[Unpaid, ...] = ()) -> Answer:
    """A no with its reason and the invoices behind it."""
    return Answer(is_yes=False, why=why, invoices=invoices)


@dataclass(frozen=True)
class Standing:
    """How a member stands on a day; the three answers are computed apart.

    `good` is S9 (nothing in arrears), `voting` S10, `candidacy` S11 with P2; `plan` is a payment
    plan that is kept (S18), `good_by_plan` says that the first answer is yes only through one.
    """

    member: Member
    on: dt.date
    status: str | None
    good: Answer
    voting: Answer
    candidacy: Answer
    unpaid: tuple[Unpaid, ...] = ()
    plan: Course | None = None
    good_by_plan: bool = False

    @property
    def next_instalment(self) -> Instalment | None:
        """What the plan asks for next; None without a plan, or when all of it is paid."""
        return self.plan.find_next(self.on) if self.plan else None

    @property
    def open_cents(self) -> int:
        """What is left to pay of every issued invoice (US cents)."""
        return sum(each.open_cents for each in self.unpaid)


def standing_of(member: Member, *, on: dt.date) -> Standing:
    """Whether a member is in good standing, may vote and may stand for office on a day, and why."""
    return standings_of([member], on=on)[0]


def standings_of(members: Iterable[Member], *, on: dt.date) -> list[Standing]:
    """The same for many, in their order and a constant number of queries.

    A duplicate stands as the member it was merged into owes; its own history decides its status.
    """
    asked = list(members)
    owners = {member.merged_into_id or member.pk for member in asked}
    policies = load_policies()
    lines, unpaid = read_histories(asked), read_unpaid(owners, on)
    courses = read_kept_plans(owners, on)
    return [
        judge(
            member,
            status_on(lines[member.pk], on),
            unpaid[member.merged_into_id or member.pk],
            courses[member.merged_into_id or member.pk],
            policies=policies,
            on=on,
        )
        for member in asked
    ]


def read_histories(members: Collection[Member]) -> dict[int, list[Line]]:
    """The histories of some members, in one query."""
    found: dict[int, list[Line]] = defaultdict(list)
    rows = StatusEntry.objects.filter(member__in=[member.pk for member in members])
    for member, status, day in rows.order_by(*ENTRY_ORDER).values_list(
        "member_id", "status", "effective_on"
    ):
        found[member].append(Line(status, day))
    return found


def read_unpaid(owners: Collection[int], on: dt.date) -> dict[int, tuple[Unpaid, ...]]:
    """What members owe by a day, the oldest first, in one query; the keys are the owners."""
    late = Case(
        When(payment__received_on__gte=on - LATE_DAYS, then=Value(0)),
        default=RECEIVABLE,
        output_field=BigIntegerField(),
    )
    rows = (
        by_day(Entry.objects.filter(of_accounts(owners), invoice__isnull=False), on)
        .order_by("invoice__dues_year", "invoice__sequence")
        .annotate(owner=OWNER)
        .values_list(
            "owner", "invoice_id", "invoice__number", "invoice__dues_year", "invoice__due_on"
        )
        .annotate(open=Sum(RECEIVABLE), counted=Sum(late))
        .filter(Q(open__gt=0) | Q(counted__gt=0))
    )
    found: dict[int, list[Unpaid]] = defaultdict(list)
    for owner, *facts in rows:
        found[owner].append(Unpaid(*facts))
    return defaultdict(tuple, {owner: tuple(each) for owner, each in found.items()})


def read_kept_plans(owners: Collection[int], on: dt.date) -> dict[int, list[Course]]:
    """The plans that are kept on a day; the keys are the owners."""
    found: dict[int, list[Course]] = defaultdict(list)
    for course in read_courses(owners, on):
        if course.is_kept(on):
            member = course.plan.member
            found[member.merged_into_id or member.pk].append(course)
    return found


def judge(
    member: Member,
    status: str | None,
    unpaid: tuple[Unpaid, ...],
    courses: Sequence[Course],
    *,
    policies: DuesPolicies,
    on: dt.date,
) -> Standing:
    """The three answers for one member whose facts are read."""
    kept = policies.plan_standing == PlanStanding.KEEPS
    planned = {key for course in courses for key in course.invoices} if kept else set()
    still = tuple(each for each in unpaid if each.open_cents > 0)
    free = [each for each in still if each.pk not in planned]
    course = courses[0] if courses else None
    has_plan = len(free) < len(still)
    good = judge_good(member, status, free, has_plan=has_plan, policies=policies, on=on)
    return Standing(
        member,
        on,
        status,
        good=good,
        voting=judge_voting(member, status, free, has_plan=has_plan, policies=policies, on=on),
        candidacy=judge_candidacy(member, status, unpaid, policies=policies),
        unpaid=still,
        plan=course,
        good_by_plan=good.is_yes and has_plan,
    )


def judge_good(
    member: Member,
    status: str | None,
    free: Iterable[Unpaid],
    *,
    has_plan: bool,
    policies: DuesPolicies,
    on: dt.date,
) -> Answer:
    """S9: a member or associate of whatever kind with nothing in arrears."""
    found = tuple(
        each
        for each in free
        if is_in_arrears(each.due_on, each.dues_year, on=on, policies=policies)
    )
    if status not in {Status.FULL, Status.ASSOCIATE}:
        return no(say_status(member, status), found)
    if found:
        return no(_("In arrears: %(invoices)s.") % {"invoices": list_unpaid(found)}, found)
    return yes(say_plan() if has_plan else _("Nothing is in arrears."))


def judge_voting(
    member: Member,
    status: str | None,
    free: Iterable[Unpaid],
    *,
    has_plan: bool,
    policies: DuesPolicies,
    on: dt.date,
) -> Answer:
    """S10, S27: a full member city that has paid what the switch asks for."""
    if member.kind != Kind.CITY:
        return no(_("Companies and institutions have no vote in the General Assembly."))
    if status != Status.FULL:
        return no(
            _("%(member)s is %(status)s: only full member cities vote.")
            % name_status(member, status),
        )
    found = tuple(each for each in free if bars_voting(each, policies.voting_standing, on))
    if found:
        return no(say_unpaid_to_vote(policies.voting_standing, found), found)
    if has_plan:
        return yes(say_plan())
    return yes(say_paid_to_vote(policies.voting_standing))


def bars_voting(unpaid: Unpaid, asked: str, on: dt.date) -> bool:
    """Whether an open invoice takes the vote on a day, as the switch says (S10)."""
    if asked == VotingStanding.NOTHING_OVERDUE:
        return unpaid.due_on < on
    if asked == VotingStanding.ONE_YEAR:
        return seoul.shift_months(unpaid.due_on, 12) < on
    return unpaid.dues_year < on.year


def say_unpaid_to_vote(asked: str, found: Sequence[Unpaid]) -> str:
    """Why an unpaid invoice takes the vote."""
    sentences = {
        VotingStanding.NOTHING_OVERDUE: _("Past its due day and not paid: %(invoices)s."),
        VotingStanding.ONE_YEAR: _("More than a year past its due day: %(invoices)s."),
        VotingStanding.PREVIOUS_YEARS: _("Not paid of previous years: %(invoices)s."),
    }
    return sentences[VotingStanding(asked)] % {"invoices": list_unpaid(found)}


def say_paid_to_vote(asked: str) -> str:
    """What has been paid by a member that may vote."""
    sentences = {
        VotingStanding.NOTHING_OVERDUE: _("Everything that is past its due day is paid."),
        VotingStanding.ONE_YEAR: _("Nothing is more than a year past its due day."),
        VotingStanding.PREVIOUS_YEARS: _("Every invoice of previous years is paid."),
    }
    return sentences[VotingStanding(asked)]


def judge_candidacy(
    member: Member, status: str | None, unpaid: Iterable[Unpaid], *, policies: DuesPolicies
) -> Answer:
    """S11, P2: a full member city with nothing open; a plan does not help here."""
    if member.kind != Kind.CITY:
        return no(
            _("%(member)s is no city: only full member cities stand for office.")
            % {"member": member},
        )
    if status != Status.FULL:
        return no(
            _("%(member)s is %(status)s: only full member cities stand for office.")
            % name_status(member, status),
        )
    found = tuple(each for each in unpaid if each.open_cents > 0)
    if found:
        said = {"invoices": list_unpaid(found)}
        return no(_("Fees not fully paid: %(invoices)s.") % said, found)
    late = tuple(each for each in unpaid if each.counted_cents > 0)
    if late and policies.candidacy_standing == CandidacyStanding.PAYMENT_48H:
        return no(
            _("Paid less than 48 hours before: %(invoices)s.") % {"invoices": list_late(late)},
            late,
        )
    return yes(_("Everything that was invoiced is paid."))


def say_status(member: Member, status: str | None) -> str:
    """A status that carries no rights, as a sentence."""
    return _("%(member)s is %(status)s.") % name_status(member, status)


def name_status(member: Member, status: str | None) -> dict[str, object]:
    """A member and its status, for sentences."""
    return {"member": member, "status": words(status) if status else _("not a member")}


def say_plan() -> str:
    """That a plan protects what is open."""
    return _("What is open is in a payment plan that is kept.")


def list_unpaid(found: Iterable[Unpaid]) -> str:
    """Invoices with what is open on each: `WEGO-2026-0001 (USD 6,500.00)`."""
    return ", ".join(f"{each.number} ({money.display(each.open_cents)})" for each in found)


def list_late(found: Iterable[Unpaid]) -> str:
    """Invoices with what of each was paid too late."""
    return ", ".join(f"{each.number} ({money.display(each.counted_cents)})" for each in found)
