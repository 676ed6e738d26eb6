"""What makes a line of a statement the same line when it is met again. Pure, no Django.

A movement arrives more than once: the same file twice, the day's statement and then the month's,
two exports that overlap, rows in another order. It must be booked once. And two payments that are
alike in every word must stay two.

1. The bank's own reference names a movement better than any text. When there is one, the identity
   is account, currency, booking day, amount and that reference. The text may change between the
   day's statement and the month's, and between MT940 and CAMT; the reference does not. Day and
   amount are kept in, because some banks use one reference for a payment and its reversal.
   Numbers that only count the lines of a file ("1", "0002"), and words that stand for "none"
   (NONREF), name nothing and are left out altogether: the same line has another number in the
   month's file.
2. Else the content decides: both dates, the time of day when the bank gives one, amount, both
   parties, references and text. Blanks are left out, since banks wrap the same text differently.
3. Lines that are still alike are numbered within their booking day: the first, the second... A
   file that holds a day holds all of it, so whichever days a file covers, and in whatever order,
   the same lines get the same numbers. The position in the file plays no part.

The numbering asks one thing: that equal lines *without* a bank's reference that were booked on one
day do not come in two files. No reader could tell such a pair from one payment exported twice. It
is then taken for one payment: a payment missing is seen in the balances, a payment doubled would
be money invented. Statements inside one file that go on where the last one ended (`Run`) are
numbered through; the same statement twice in a file is not.

A page or an hour may cut a day in two only where lines differ or have references.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dues.statements.lines import Statement, StatementLine

# Raise it when the rules above change, and give the stored lines their new identities with it.
RULES = "1"
NO_REFERENCE = frozenset({"NONREF", "NOREF", "NOTPROVIDED", "NOTAVAILABLE", "UNKNOWN", "KEINE"})
SHORTEST_REFERENCE = 6
SIGNS = re.compile(r"[^0-9A-Za-z]")
DIGIT = re.compile(r"[0-9]")


@dataclass
class Run:
    """Statements of one account in one file, each going on where the last one ended."""

    account: str
    currency: str
    met: Counter[tuple[str, ...]] = field(default_factory=Counter)
    labels: set[tuple[str, str, str]] = field(default_factory=set)
    ends_at_cents: int | None = None

    def goes_on_with(self, statement: Statement) -> bool:
        """Whether this is the next statement, and not one of the run again."""
        return (
            (statement.account, statement.currency) == (self.account, self.currency)
            and statement.opening is not None
            and statement.opening.amount_cents == self.ends_at_cents
            and label_of(statement) not in self.labels
        )

    def take(self, statement: Statement) -> Statement:
        """The statement with its lines named; equal lines are numbered through the run."""
        self.labels.add(label_of(statement))
        self.ends_at_cents = statement.closing.amount_cents if statement.closing else None
        named: dict[int, StatementLine] = {}
        # By content, so that the order of the rows decides nothing.
        order = sorted(range(len(statement.lines)), key=lambda at: content_of(statement.lines[at]))
        for at in order:
            line = statement.lines[at]
            key = key_of(self.account, line)
            self.met[key] += 1
            named[at] = replace(line, identity=fingerprint(key, self.met[key]))
        return replace(statement, lines=tuple(named[at] for at in range(len(named))))


def label_of(statement: Statement) -> tuple[str, str, str]:
    """What a bank calls one statement, or one page of it."""
    return statement.statement_id, statement.number, statement.page


def unspaced(text: str) -> str:
    """The text as identities see it: composed, without blanks."""
    return "".join(unicodedata.normalize("NFC", text).split())


def names_a_movement(reference: str) -> bool:
    """Whether a reference can be a movement's own name: no counter, no word for "none"."""
    letters = SIGNS.sub("", reference).upper()
    return (
        len(letters.lstrip("0")) >= SHORTEST_REFERENCE
        and letters not in NO_REFERENCE
        and DIGIT.search(letters) is not None
    )


def content_of(line: StatementLine) -> list[str]:
    """Everything a line says, position left out."""
    return [
        line.value_on.isoformat() if line.value_on else "",
        line.booked_at.isoformat() if line.booked_at else "",
        unspaced(line.counterparty_name),
        unspaced(line.counterparty_account),
        unspaced(line.on_behalf_of),
        unspaced(line.end_to_end_id),
        unspaced(line.creditor_reference),
        unspaced(line.batch_reference) if names_a_movement(line.batch_reference) else "",
        unspaced(line.text),
    ]


def key_of(account: str, line: StatementLine) -> tuple[str, ...]:
    """What the line shares with itself in every other file, and with its twins."""
    head = [account, line.currency, line.booked_on.isoformat(), str(line.amount_cents)]
    if names_a_movement(line.bank_reference):
        return ("reference", *head, unspaced(line.bank_reference))
    return ("content", *head, *content_of(line))


def fingerprint(key: tuple[str, ...], occurrence: int) -> str:
    """SHA-256 over all parts, none of which can run into the next."""
    parts = json.dumps([RULES, *key, occurrence], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()


def identify(statements: Iterable[Statement]) -> list[Statement]:
    """The statements of one file, every line with its identity."""
    runs: list[Run] = []
    identified = []
    for statement in statements:
        run = next((run for run in runs if run.goes_on_with(statement)), None)
        if run is None:
            run = Run(statement.account, statement.currency)
            runs.append(run)
        identified.append(run.take(statement))
    return identified
