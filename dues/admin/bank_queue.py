"""The bank queue: lines that wait, one in focus with what may be done with it, and why.

Every act is a form with a button, so it works without script; a small script lets keys press the
buttons. What was done stays in reach: the last act on top, the latest ones below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dues.admin.bank_form import BookingDraft, read_draft
from dues.banking import find_waiting
from dues.forms.bank import SetAsideForm
from dues.matching import Confidence
from dues.models import BankLine, Entry, EntryKind, Payment, Payout
from dues.policies import DuesPolicies, load_policies
from dues.proposals import Offer, propose_for, rest_of
from wego.admin.pages import show
from wego.money import USD, display
from wego.templatetags.ui import Chip

MOST_SHOWN = 12
MOST_RECENT = 5
LAST_ACT = "bank_last"
TONES = {Confidence.CERTAIN: "ok", Confidence.LIKELY: "info", Confidence.POSSIBLE: "quiet"}


@dataclass(frozen=True)
class Card:
    """An offer as the page shows it; `key` is the key of the keyboard that accepts it."""

    offer: Offer
    parts: tuple[tuple[str, int], ...]
    key: int
    can_close: bool

    @property
    def tone(self) -> str:
        """How sure it is, as a tone."""
        return TONES[self.offer.confidence]

    @property
    def sureness(self) -> str:
        """How sure it is, in a word."""
        return {
            Confidence.CERTAIN: _("certain"),
            Confidence.LIKELY: _("likely"),
            Confidence.POSSIBLE: _("possible"),
        }[self.offer.confidence]


@dataclass(frozen=True)
class Queue:
    """The lines that wait, one way; which is in focus, and which come before and after it."""

    way: str
    keys: list[int]
    coming: int
    going: int
    place: int

    @property
    def focus(self) -> int | None:
        """The key of the line in focus."""
        return self.keys[self.place] if self.keys else None

    @property
    def number(self) -> int:
        """Its place, counted from one."""
        return self.place + 1

    @property
    def previous(self) -> int | None:
        """The line before."""
        return self.keys[self.place - 1] if self.place else None

    @property
    def next(self) -> int | None:
        """The line after."""
        return self.keys[self.place + 1] if self.place + 1 < len(self.keys) else None


def read_queue(way: str, wanted: str) -> Queue:
    """The queue of money in, or of money out, with the wanted line or the first in focus."""
    rows = list(find_waiting().values_list("pk", "amount"))
    coming = [pk for pk, amount in rows if amount > 0]
    going = [pk for pk, amount in rows if amount < 0]
    way = "out" if way == "out" else "in"
    keys = going if way == "out" else coming
    key = int(wanted) if wanted.isdecimal() else None
    return Queue(way, keys, len(coming), len(going), keys.index(key) if key in keys else 0)


def show_queue(request: HttpRequest) -> HttpResponse:
    """The line in focus; with `member` or `q` the form to book it by hand."""
    return render(request, read_queue(request.GET.get("way", ""), request.GET.get("line", "")))


def render(
    request: HttpRequest, queue: Queue, draft: BookingDraft | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of the queue, with a refused draft as it was typed."""
    around = list_around(queue)
    line = next((each for each in around if each.pk == queue.focus), None)
    policies = load_policies()
    offers = propose_for([line], policies)[line.pk] if line else []
    return show(
        request,
        "admin/dues/bank/queue.html",
        title=_("Bank queue"),
        queue=queue,
        line=line,
        rest_cents=rest_of(line) if line else 0,
        is_foreign=bool(line and line.currency != USD),
        cards=make_cards(offers, policies),
        draft=draft or (read_draft(request, line) if line else None),
        aside=SetAsideForm(),
        ways=chips_of(queue),
        upcoming=around,
        last=request.session.get(LAST_ACT),
        recent=list_recent(request.user),
        status=status,
    )


def chips_of(queue: Queue) -> list[Chip]:
    """Money in and money out, each with how many lines wait."""
    return [
        Chip(_("Money in"), "?", queue.coming, queue.way == "in"),
        Chip(_("Money out"), "?way=out", queue.going, queue.way == "out"),
    ]


def list_around(queue: Queue) -> list[BankLine]:
    """The line in focus and some around it, in the order of the queue."""
    first = max(queue.place - 2, 0)
    rows = find_waiting(BankLine.objects.filter(pk__in=queue.keys[first : first + MOST_SHOWN]))
    return list(rows.select_related("statement")) if queue.keys else []


def make_cards(offers: list[Offer], policies: DuesPolicies) -> list[Card]:
    """The offers as the page shows them, numbered by the keys that accept them."""
    return [
        Card(
            offer,
            tuple((name, part[1]) for name, part in zip(offer.numbers, offer.parts, strict=True)),
            number,
            0 < offer.short_cents <= policies.bank_charge_limit_cents,
        )
        for number, offer in enumerate(offers, start=1)
    ]


def list_recent(user: Any) -> list[dict[str, Any]]:  # noqa: ANN401 whoever is signed in
    """What this person did last with lines and can still be taken back."""
    standing = Entry.objects.standing().filter(kind=EntryKind.PAYMENT).values("payment")
    payments = Payment.objects.filter(
        recorded_by=user, bank_line__isnull=False, pk__in=standing
    ).select_related("member")
    payouts = Payout.objects.filter(
        recorded_by=user, bank_line__isnull=False, entry__reversal_of__isnull=True
    ).select_related("refund__payment__member")
    aside = BankLine.objects.filter(set_aside_by=user).order_by("-set_aside_on", "-pk")
    return [
        *(
            {"what": "payment", "pk": each.pk, "words": payment_words(each)}
            for each in payments.order_by("-pk")[:MOST_RECENT]
        ),
        *(
            {"what": "payout", "pk": each.pk, "words": payout_words(each)}
            for each in payouts.order_by("-pk")[:MOST_RECENT]
        ),
        *(
            {"what": "line", "pk": each.pk, "words": aside_words(each)}
            for each in aside[:MOST_RECENT]
        ),
    ]


def payment_words(payment: Payment) -> str:
    """`Booked: WEGO-R-2020-0001, USD 7,000.00, Goyang`."""
    return _("Booked: %(number)s, %(amount)s, %(member)s") % {
        "number": payment.number,
        "amount": display(payment.amount_cents),
        "member": payment.member,
    }


def payout_words(payout: Payout) -> str:
    """A refund that left the bank with a line."""
    return _("Refund paid out: %(amount)s, %(member)s") % {
        "amount": display(payout.refund.amount_cents),
        "member": payout.refund.payment.member,
    }


def aside_words(line: BankLine) -> str:
    """A line that was set aside, and why."""
    return _("Set aside: %(amount)s, %(why)s") % {
        "amount": display(line.amount, line.currency),
        "why": line.set_aside_why,
    }


def remember(request: HttpRequest, what: str, pk: int, words: str) -> None:
    """What `u` takes back; shown on top of the next page."""
    request.session[LAST_ACT] = {"what": what, "pk": pk, "words": words}
