"""The yearly run before it is final: who would pay what and why, and who would not.

The whole roster is read in a constant number of queries, whatever its size. The preview carries a
hash of everything that decides or is printed, so that issuing can refuse a world that changed.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.assessment import (
    BLOCKED,
    CANCELLED,
    NOT_DUE,
    PRICED,
    Assessment,
    Facts,
    Schedule,
    Sourced,
    Terms,
    assess,
    lower,
)
from dues.booked import Invoiced, load_booked
from dues.known import GDP
from dues.models import IssuerProfile
from dues.schedules import load_schedules
from dues.wording import explain
from members.history import Entry
from members.models import CountryFigure, Member, MemberFigure, StatusEntry, WithdrawalNotice
from members.policies import load_policies
from wego.money import USD, plain

NOT_INVOICED = Invoiced("", 0)


class Party(NamedTuple):
    """The facts of a member that are shown, printed or decide."""

    pk: int
    kind: str
    name_en: str
    name_ko: str
    country_code: str
    region: str
    address: str
    language: str
    status_confirmed: bool


class TermsOf(NamedTuple):
    """The switches S5 and S15 as chosen, and month and day on which a year's dues are due."""

    first_dues: str
    leaving_year: str
    due: tuple[int, int]

    def for_year(self, year: int) -> Terms:
        """What they say of one dues year."""
        return Terms(self.first_dues, self.leaving_year, dt.date(year, *self.due))


@dataclass(frozen=True, slots=True)
class Line:
    """One member's place in a run; `invoice` and `amount_cents` of an issued one are the facts.

    `credit_cents` is the member's credit on account, which lowers no amount (X06).
    """

    party: Party
    assessment: Assessment
    invoice: str = ""
    invoiced_cents: int = 0
    last_year_cents: int | None = None
    credit_cents: int = 0

    @property
    def amount_cents(self) -> int:
        """What was invoiced less what was credited of it, else what would be (US cents)."""
        return self.invoiced_cents if self.invoice else self.assessment.amount_cents

    @property
    def change_cents(self) -> int | None:
        """Difference to last year's invoice; None when there was none."""
        return None if self.last_year_cents is None else self.amount_cents - self.last_year_cents

    @property
    def why(self) -> str:
        """The reason or the working, in words."""
        return explain(self.assessment)


@dataclass
class Preview:
    """A dues year as it stands: lines in the order of member names."""

    year: int
    issuer: IssuerProfile
    lines: list[Line]
    schedules: list[Schedule] = field(default_factory=list)
    terms: TermsOf | None = None

    @cached_property
    def priced(self) -> list[Line]:
        """Members that owe the year: priced now, or invoiced already."""
        return [line for line in self.lines if line.invoice or is_outcome(line, PRICED)]

    @cached_property
    def blocked(self) -> list[Line]:
        """Members that owe the year but whose figure is missing."""
        return [line for line in self.lines if not line.invoice and is_outcome(line, BLOCKED)]

    @cached_property
    def not_due(self) -> list[Line]:
        """Members that owe nothing for the year, each with its reason."""
        return [line for line in self.lines if not line.invoice and is_outcome(line, NOT_DUE)]

    @cached_property
    def to_issue(self) -> list[Line]:
        """Priced and not invoiced yet: what the button would issue."""
        return [line for line in self.priced if not line.invoice]

    @property
    def total_cents(self) -> int:
        """Dues of the year in US cents, issued ones included."""
        return sum(line.amount_cents for line in self.priced)

    @property
    def to_issue_cents(self) -> int:
        """What the button would issue, in US cents."""
        return sum(line.amount_cents for line in self.to_issue)

    @property
    def off_cents(self) -> int:
        """What decided reductions take off what the button would issue, in US cents (S17)."""
        return sum(line.assessment.off_cents for line in self.to_issue)

    @property
    def last_year_cents(self) -> int:
        """Last year's invoices of all members shown, in US cents."""
        return sum(line.last_year_cents or 0 for line in self.lines)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over everything that decides an amount or is printed, reductions among it.

        Not credit on account, which decides nothing: a payment that comes in stops no run.
        """
        digest = hashlib.sha256(f"{self.year}".encode())
        digest.update(repr(issuer_facts(self.issuer)).encode())
        for line in self.lines:
            digest.update(repr((line.party, line.assessment, line.invoice)).encode())
        return digest.hexdigest()

    def warnings(self) -> list[str]:
        """What a careful person would look at before issuing, in words."""
        found = []
        unconfirmed = sum(not line.party.status_confirmed for line in self.priced)
        if unconfirmed:
            found.append(
                ngettext(
                    "%(count)d member to be billed has a status nobody has confirmed: "
                    "it may still be an associate.",
                    "%(count)d members to be billed have a status nobody has confirmed: "
                    "some may still be associates.",
                    unconfirmed,
                )
                % {"count": unconfirmed}
            )
        if not self.issuer.bank_account:
            found.append(
                _("The bank details are empty: invoices will ask the payer to write for them.")
            )
        last = self.last_year_cents
        if last and abs(self.total_cents - last) * 5 > last:
            found.append(_("The total differs from last year's by more than 20 %."))
        return found


def is_outcome(line: Line, outcome: str) -> bool:
    """Whether the assessment came out so."""
    return line.assessment.outcome == outcome


def issuer_facts(issuer: IssuerProfile) -> list[tuple[str, Any]]:
    """Every printed fact of the issuer, in a stable order."""
    return [(f.name, getattr(issuer, f.name)) for f in issuer._meta.concrete_fields]  # noqa: SLF001 Django's documented door


def load_issuer() -> IssuerProfile:
    """The invoice settings, or their defaults before anybody has saved them."""
    return IssuerProfile.objects.filter(pk=1).first() or IssuerProfile(pk=1)


def load_terms(issuer: IssuerProfile | None = None) -> TermsOf:
    """What the policy switches say of dues years (S5, S15), with their due days (S7)."""
    issuer, policies = issuer or load_issuer(), load_policies()
    return TermsOf(policies.first_dues, policies.leaving_year, (issuer.due_month, issuer.due_day))


def load_notices(terms: TermsOf, members: Iterable[int] | None = None) -> dict[int, dt.date]:
    """The day each member's notice of withdrawal came, in one query; none where S15 asks none."""
    if terms.leaving_year != CANCELLED:
        return {}
    notices = WithdrawalNotice.objects.filter(taken_back_on__isnull=True).order_by("pk")
    if members is not None:
        notices = notices.filter(member__in=members)
    return dict(notices.values_list("member_id", "received_on"))


def load_histories() -> dict[int, list[Entry]]:
    """Every member's dated status entries, in one query."""
    histories: dict[int, list[Entry]] = defaultdict(list)
    rows = StatusEntry.objects.order_by("member_id", "effective_on", "pk")
    for member, status, on in rows.values_list("member_id", "status", "effective_on").iterator():
        histories[member].append(Entry(status, on))
    return histories


def load_member_figures(year: int) -> dict[int, dict[str, Sourced]]:
    """The newest figure of each member and measure for a dues year, in one query."""
    figures: dict[int, dict[str, Sourced]] = defaultdict(dict)
    rows = MemberFigure.objects.filter(dues_year=year).order_by("pk")
    fields = ("member_id", "measure", "value", "source", "source_year", "definition")
    for member, measure, value, source, source_year, definition in rows.values_list(*fields):
        figures[member][measure] = Sourced(value, source, source_year, definition)
    return figures


def load_country_figures(year: int) -> dict[str, Sourced]:
    """The newest GDP per capita (USD) of each country for a dues year, in one query."""
    rows = CountryFigure.objects.filter(dues_year=year).order_by("pk")
    fields = ("country_code", "gdp_cents", "source", "source_year", "definition")
    return {
        country: Sourced(Decimal(cents) / 100, source, source_year, definition)
        for country, cents, source, source_year, definition in rows.values_list(*fields)
    }


def assess_roster(year: int, schedules: list[Schedule], terms_of: TermsOf) -> Iterator[Line]:
    """Every member's line, by name; five queries whatever the number of members.

    One more where notices decide (S15), and one where reductions do (S17).
    """
    notices, terms = load_notices(terms_of), terms_of.for_year(year)
    histories, figures = load_histories(), load_member_figures(year)
    countries, booked = load_country_figures(year), load_booked(year, besides=year - 1)
    invoiced, last_year = booked.invoices[year], booked.invoices[year - 1]
    standing = Member.objects.standing_alone().order_by("name_en", "pk")
    for row in standing.values_list(*Party._fields).iterator():
        party = Party(*row)
        own: dict[str, Sourced] = dict(figures.get(party.pk, {}))
        if party.country_code in countries:
            own[GDP] = countries[party.country_code]
        facts = Facts(party.kind, histories.get(party.pk, ()), own, notices.get(party.pk))
        priced = lower(assess(facts, schedules, year, terms), booked.lowerings.get(party.pk))
        number, cents = invoiced.get(party.pk, NOT_INVOICED)
        before = last_year.get(party.pk)
        yield Line(
            party=party,
            assessment=priced,
            invoice=number,
            invoiced_cents=cents,
            last_year_cents=before.cents if before else None,
            credit_cents=booked.credit_cents.get(party.pk, 0),
        )


def preview_dues(year: int) -> Preview:
    """The dues year as it would be issued now; nothing is written.

    Raises:
        ValidationError: a schedule in force would price wrongly.
    """
    schedules, issuer = load_schedules(), load_issuer()
    terms = load_terms(issuer)
    return Preview(
        year=year,
        issuer=issuer,
        lines=list(assess_roster(year, schedules, terms)),
        schedules=schedules,
        terms=terms,
    )


def as_data(preview: Preview) -> dict[str, Any]:
    """The preview as plain data: the JSON of `run_dues`."""
    return {
        "year": preview.year,
        "priced": [priced_data(line) for line in preview.priced],
        "blocked": [reason_data(line) for line in preview.blocked],
        "not_due": [reason_data(line) for line in preview.not_due],
        "total": plain(preview.total_cents),
        "currency": USD,
        "warnings": preview.warnings(),
    }


def member_data(line: Line) -> dict[str, Any]:
    """Who a line is about."""
    party = line.party
    return {
        "member": party.pk,
        "name_en": party.name_en,
        "country_code": party.country_code,
        "kind": party.kind,
    }


def priced_data(line: Line) -> dict[str, Any]:
    """A line that owes, with its working in words and its invoice if there is one."""
    data = member_data(line) | {"amount": plain(line.amount_cents), "why": line.why}
    if line.invoice:
        return data | {"invoice": line.invoice}
    if off := line.assessment.off_cents:
        data |= {"fee": plain(line.assessment.fee_cents), "reduction": plain(off)}
    return data | {"credit_on_account": plain(line.credit_cents)} if line.credit_cents else data


def reason_data(line: Line) -> dict[str, Any]:
    """A line that is not billed, with the reason as a code and in words."""
    return member_data(line) | {"reason": line.assessment.reason, "why": line.why}
