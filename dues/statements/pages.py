"""Pages of one statement become one statement, and balances are held against the lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from dues.statements.lines import Statement
from wego.money import display


@dataclass(frozen=True, slots=True)
class Page:
    """A statement, or a part of one: whether it is the first and the last part."""

    statement: Statement
    number: int | None = None
    starts: bool = True
    ends: bool = True


def join_pages(pages: Iterable[Page]) -> list[Statement]:
    """Whole statements, each in the place of its first page.

    A statement whose other pages are not in the file stays what it is, names its pages and warns.
    """
    groups: list[list[Page]] = []
    for page in pages:
        if groups and follows(groups[-1][-1], page):
            groups[-1].append(page)
        else:
            groups.append([page])
    return [join(group) for group in groups]


def follows(before: Page, page: Page) -> bool:
    """Whether a page is the next of the same statement."""
    if before.ends or page.starts:
        return False
    one, two = before.statement, page.statement
    if (one.account, one.currency) != (two.account, two.currency):
        return False
    if (one.statement_id, one.number) == (two.statement_id, two.number):
        return None in {before.number, page.number} or page.number == (before.number or 0) + 1
    return meets(one, two)


def meets(one: Statement, two: Statement) -> bool:
    """Whether the second opens with what the first closed with."""
    return (
        one.closing is not None
        and two.opening is not None
        and one.closing.amount_cents == two.opening.amount_cents
    )


def join(group: list[Page]) -> Statement:
    """The statement that a run of pages makes up."""
    first, last = group[0], group[-1]
    statements = [page.statement for page in group]
    warnings = [warning for one in statements for warning in one.warnings]
    for one, two in pairwise(statements):
        if one.closing and two.opening and not meets(one, two):
            warnings.append(
                _("A page closes with %(closing)s, and the next opens with %(opening)s.")
                % {
                    "closing": display(one.closing.amount_cents, one.currency),
                    "opening": display(two.opening.amount_cents, two.currency),
                }
            )
    page = ""
    if not (first.starts and last.ends):
        numbers = sorted({str(first.number or "?"), str(last.number or "?")})
        page = "-".join(numbers)
        warnings.append(
            _("The file holds only page %(page)s of this statement. Import the other pages too.")
            % {"page": page}
        )
    return replace(
        first.statement,
        page=page,
        closing=last.statement.closing,
        lines=tuple(line for one in statements for line in one.lines),
        warnings=tuple(warnings),
    )


def check_balances(statement: Statement) -> Statement:
    """The statement, with a warning when opening and lines do not make the closing balance."""
    warnings = list(statement.warnings)
    foreign = sorted(
        {line.currency for line in statement.lines if line.currency != statement.currency}
    )
    if foreign:
        warnings.append(
            _("Some entries are in %(currencies)s on an account in %(currency)s.")
            % {"currencies": ", ".join(foreign), "currency": statement.currency}
        )
    elif statement.opening and statement.closing:
        due = statement.opening.amount_cents + statement.movement_cents
        if due != statement.closing.amount_cents:
            warnings.append(
                _(
                    "The opening balance %(opening)s and the entries make %(sum)s, but the"
                    " statement closes with %(closing)s. Entries may be missing from the file."
                )
                % {
                    "opening": display(statement.opening.amount_cents, statement.currency),
                    "sum": display(due, statement.currency),
                    "closing": display(statement.closing.amount_cents, statement.currency),
                }
            )
    return replace(statement, warnings=tuple(warnings))
