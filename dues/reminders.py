"""Reminders by schedule (S8): who is due for which step, why some wait, and each sent once.

Days count from the due day: a notice before it, reminders after it; after the last one a letter of
the Secretary General is proposed. After a gap only the latest step is sent. Nothing leaves by
itself: a person looks at the batch and sends it.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dues.arrears import find_open_invoices
from dues.claims import pauses
from dues.correspondence import choose_payers, write_to_payer
from dues.invoice_page import in_fours
from dues.ledger import lock_account, of_account, of_accounts, open_of, owner_of, with_open
from dues.models import (
    Invoice,
    Paper,
    PaperKind,
    PaymentClaim,
    Reminder,
    ReminderKind,
    ReminderPause,
)
from dues.papers import write_paper
from dues.plans import read_courses
from dues.policies import DuesPolicies, load_policies
from dues.statement_papers import write_statement
from dues.switches import ReminderWay
from members.correspondence import say_day
from members.models import Contact, Member, User
from wego import audit, money

# So long after the last reminder the letter of the Secretary General is proposed.
LETTER_AFTER = dt.timedelta(days=30)
LONGEST_PAUSE = dt.timedelta(days=366)
BANK = ("beneficiary", "bank_name", "account", "swift")
MAIL_OF: dict[str, str] = {
    ReminderKind.NOTICE: "dues_notice",
    ReminderKind.REMINDER: "dues_reminder",
    ReminderKind.LETTER: "dues_letter",
}


@dataclass(frozen=True)
class Due:
    """A step that is due for an invoice: what, to whom, and why it waits ("" when it does not)."""

    invoice: Invoice
    owner: Member
    kind: str
    days: int
    contact: Contact | None
    waits: str = ""

    @property
    def label(self) -> str:
        """The step in words: `Reminder, 30 days after the due day`."""
        name = str(ReminderKind(self.kind).label)
        if self.kind == ReminderKind.LETTER:
            return name
        before, after = _("%(name)s, %(days)s days before"), _("%(name)s, %(days)s days after")
        return (before if self.days < 0 else after) % {"name": name, "days": abs(self.days)}

    @property
    def sign(self) -> str:
        """What a person saw of it."""
        return f"{self.invoice.pk}:{self.kind}:{self.days}:{self.invoice.open_cents}:{self.waits}"


def find_due(on: dt.date, *, member: Member | None = None) -> list[Due]:
    """Every step due on a day, by member; the open invoices of all, or of one member's account.

    A constant number of queries.
    """
    policies = load_policies()
    if policies.reminder_way == ReminderWay.OFF:
        return []
    invoices = list(find_reminded(on, policies, member))
    sent = read_sent(invoices)
    steps = [
        (invoice, step)
        for invoice in invoices
        if (step := choose_step(invoice, sent[invoice.pk], policies, on))
    ]
    owners = {owner_of(invoice.member) for invoice, _step in steps}
    contacts, waits = read_contacts(owners), read_waits(owners, policies, on)
    found = []
    for invoice, (kind, days) in steps:
        owner = owner_of(invoice.member)
        contact = next(iter(choose_payers(contacts[owner.pk])), None)
        why = waits.get((owner.pk, invoice.pk)) or waits.get((owner.pk, None), "")
        nobody = "" if contact else _("Nobody to write to: the member has no contact.")
        found.append(Due(invoice, owner, kind, days, contact, why or nobody))
    return sorted(found, key=lambda due: (str(due.owner), due.invoice.number))


def find_reminded(on: dt.date, policies: DuesPolicies, member: Member | None) -> QuerySet[Invoice]:
    """Open invoices whose first step has come."""
    latest = on - dt.timedelta(days=min(policies.reminder_days))
    rows = with_open(Invoice.objects.filter(due_on__lte=latest, issued_on__lte=on), on)
    if member is not None:
        rows = rows.filter(of_account(member.pk))
    return rows.filter(Q(("open_cents__gt", 0))).select_related("member__merged_into")


def read_sent(invoices: Collection[Invoice]) -> dict[int, list[Reminder]]:
    """The steps taken for invoices, in one query."""
    found: dict[int, list[Reminder]] = defaultdict(list)
    for row in Reminder.objects.filter(invoice__in=[invoice.pk for invoice in invoices]):
        found[row.invoice_id].append(row)
    return found


def choose_step(
    invoice: Invoice, sent: Iterable[Reminder], policies: DuesPolicies, on: dt.date
) -> tuple[str, int] | None:
    """The latest step that is due and was not taken, nor a later one; None when there is none."""
    taken = list(sent)
    done = max((row.days for row in taken), default=None)
    past = (on - invoice.due_on).days
    due = [days for days in policies.reminder_days if days <= past]
    if due and (done is None or due[-1] > done):
        return (ReminderKind.NOTICE if due[-1] <= 0 else ReminderKind.REMINDER), due[-1]
    last = policies.reminder_days[-1]
    if last <= 0 or done is None or done < last:
        return None
    if any(row.kind == ReminderKind.LETTER for row in taken):
        return None
    newest = max(row.sent_on for row in taken)
    return (ReminderKind.LETTER, last) if on >= newest + LETTER_AFTER else None


def read_contacts(owners: Iterable[Member]) -> dict[int, list[Contact]]:
    """The contacts of members, in one query."""
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(member__in=owners).order_by("pk"):
        found[contact.member_id].append(contact)
    return found


def read_waits(
    owners: Collection[Member], policies: DuesPolicies, on: dt.date
) -> dict[tuple[int, int | None], str]:
    """Why reminders wait, by member and invoice; without an invoice, for all of the member."""
    found: dict[tuple[int, int | None], str] = {}
    keys = [owner.pk for owner in owners]
    for course in read_courses(keys, on):
        if course.is_kept(on):
            owner = owner_of(course.plan.member).pk
            found |= {(owner, key): _("A payment plan is kept.") for key in course.invoices}
    claims = PaymentClaim.objects.filter(of_accounts(keys), closed_on=None)
    claims = claims.select_related("member__merged_into")
    for claim in claims:
        if pauses(claim, pause_days=policies.claim_pause_days, on=on):
            said = {"day": date_format(claim.claimed_on)}
            why = _("The member said on %(day)s that it paid.") % said
            found[owner_of(claim.member).pk, claim.invoice_id] = why
    paused = ReminderPause.objects.filter(member__in=keys).order_by("pk")
    newest = {pause.member_id: pause for pause in paused}
    for owner, pause in newest.items():
        if on < pause.until:
            said = {"day": date_format(pause.until), "reason": pause.reason}
            found[owner, None] = _("Paused until %(day)s: %(reason)s") % said
    return found


def fingerprint(batch: Iterable[Due]) -> str:
    """What a page remembers of the batch it showed."""
    return hashlib.sha256("\n".join(due.sign for due in batch).encode()).hexdigest()[:24]


def send_batch(*, on: dt.date, by: User | None, seen: str, letters: bool = False) -> list[Reminder]:
    """Send every step that is due and does not wait, or write the letters that are proposed.

    Each is sent in its own transaction: whoever is stopped goes on where they stopped.

    Raises:
        ValidationError: the batch is not the one that was `seen`.
    """
    batch = [due for due in find_due(on) if (due.kind == ReminderKind.LETTER) is letters]
    if fingerprint(batch) != seen:
        raise ValidationError(
            _(
                "Something changed since this list was made: a payment, a pause or another step. "
                "Nothing was sent: look at the new list and send it."
            ),
            code="world_changed",
        )
    return [sent for due in batch if not due.waits if (sent := send_step(due, on=on, by=by))]


@transaction.atomic
def send_step(due: Due, *, on: dt.date, by: User | None) -> Reminder | None:
    """Send one step, unless somebody sent it, it was paid, or it waits by now."""
    owner = lock_account(due.owner)
    still = next((each for each in find_due(on, member=owner) if each.sign == due.sign), None)
    if still is None or still.waits or still.contact is None:
        return None
    paper = write_reminder(still, on=on, by=by) if brings_letter(still) else None
    row = Reminder.objects.create(
        invoice=still.invoice,
        kind=still.kind,
        days=still.days,
        sent_on=on,
        amount_cents=still.invoice.open_cents,
        to_email=still.contact.email,
        paper=paper,
        recorded_by=by,
    )
    write_to_payer(
        MAIL_OF[still.kind],
        owner,
        tell_invoice(still.invoice, owner.language),
        paper=paper,
    )
    facts = {
        "invoice": still.invoice.number,
        "step": still.days,
        "amount": money.display(still.invoice.open_cents),
    }
    audit.record_act("reminder.sent", by=by, subject=row, file=owner, facts=facts)
    return row


def brings_letter(due: Due) -> bool:
    """Whether a step comes with a letter on paper: not a notice, and as the switch says (S8)."""
    if due.kind == ReminderKind.REMINDER:
        return load_policies().reminder_way == ReminderWay.MAIL_AND_LETTER
    return due.kind == ReminderKind.LETTER


def write_reminder(due: Due, *, on: dt.date, by: User | None) -> Paper:
    """The letter of a step, with the member's account since its oldest debt enclosed (S8)."""
    invoice = due.invoice
    bank = invoice.snapshot["bank"]
    facts: dict[str, Any] = {
        "step": due.kind,
        "number": invoice.number,
        "year": invoice.dues_year,
        "due_on": invoice.due_on.isoformat(),
        "amount_cents": invoice.open_cents,
        "reference": in_fours(invoice.reference),
        "bank": ", ".join(bank[name] for name in BANK if bank[name]),
    }
    letter = write_paper(
        PaperKind.REMINDER,
        member=due.owner,
        language=due.owner.language,
        snapshot=facts,
        on=on,
        by=by,
    )
    oldest = find_open_invoices(due.owner, on).first() or invoice
    first = dt.date(min(oldest.issued_on, on).year, 1, 1)
    write_statement(due.owner, first=first, last=on, on=on, by=by, goes_with=letter)
    return letter


def tell_invoice(invoice: Invoice, language: str) -> dict[str, str]:
    """What mails about an invoice say of it."""
    return {
        "number": invoice.number,
        "year": str(invoice.dues_year),
        "amount": money.display(open_of(invoice)),
        "due_on": say_day(invoice.due_on, language),
        "reference": in_fours(invoice.reference),
    }


@transaction.atomic
def pause_reminders(
    member: Member, until: dt.date, *, reason: str, on: dt.date, by: User | None
) -> ReminderPause:
    """Remind a member of nothing before a day; with today, it is reminded again at once.

    Raises:
        ValidationError: the day is past, more than a year ahead, or no reason is given.
    """
    owner = lock_account(member)
    if not reason.strip():
        raise ValidationError(_("Say why reminders pause."), code="reason")
    if not on <= until <= on + LONGEST_PAUSE:
        raise ValidationError(_("Choose a day from today on, within a year."), code="until")
    pause = ReminderPause.objects.create(
        member=owner, until=until, reason=reason.strip(), recorded_by=by
    )
    facts = {"until": until.isoformat()}
    audit.record_act(
        "reminders.paused", by=by, subject=pause, file=owner, why=pause.reason, facts=facts
    )
    return pause
