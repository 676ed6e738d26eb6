"""Say what is open on a day, by how long it is past its due day."""

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dues.aging import Aging, read_aging
from dues.ledger import total_balance
from dues.models import Account
from wego.money import USD, display, plain


def day(text: str) -> dt.date:
    """A calendar date as programs write it."""
    return dt.date.fromisoformat(text)


class Command(BaseCommand):
    """The aging of a day, proved against the receivables account; exit 1 when they differ."""

    help = "Aging of open invoices by due day, as of a date; it adds up to receivables."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day, and the form of the answer."""
        parser.add_argument("--on", type=day, required=True, metavar="DATE", help="as of this day")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read both sides and print them."""
        aging = read_aging(options["on"])
        receivables_cents = total_balance(Account.RECEIVABLES, aging.on)
        if options["json"]:
            self.stdout.write(json.dumps(as_data(aging, receivables_cents), ensure_ascii=False))
        else:
            for bucket, cents in aging.cents.items():
                count = aging.counts[bucket]
                self.stdout.write(f"{bucket:<10}{display(cents):>20}  {count:,} invoices")
            self.stdout.write(f"{'total':<10}{display(aging.total_cents):>20}")
        if aging.total_cents != receivables_cents:
            message = (
                f"The aging comes to {display(aging.total_cents)}, receivables to "
                f"{display(receivables_cents)}: run verify_books."
            )
            raise CommandError(message)


def as_data(aging: Aging, receivables_cents: int) -> dict[str, Any]:
    """The aging as JSON: money as text."""
    return {
        "on": aging.on.isoformat(),
        "currency": USD,
        "buckets": {str(bucket): plain(cents) for bucket, cents in aging.cents.items()},
        "total": plain(aging.total_cents),
        "overdue": plain(aging.overdue_cents),
        "receivables": plain(receivables_cents),
        "invoices": len(aging.rows),
        "members": len(aging.members),
    }
