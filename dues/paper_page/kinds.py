"""The kinds of papers and who says what each prints: one small module a kind, named here.

A kind is a function of a `Writer`, which knows the printed facts and the language, to a `Body`.
Like the page itself it is pure: no clock, no database, no reader's language.
"""

from collections.abc import Callable

from dues.paper_page.arrears import arrears
from dues.paper_page.blocks import Body
from dues.paper_page.credit_note import credit_note
from dues.paper_page.receipt import receipt
from dues.paper_page.reminder import reminder
from dues.paper_page.statement import statement
from dues.paper_page.use_of_fees import use_of_fees
from members.letter_page.writer import Writer

BODIES: dict[str, Callable[[Writer], Body]] = {
    "credit_note": credit_note,
    "receipt": receipt,
    "reminder": reminder,
    "statement": statement,
    "arrears_paper": arrears,
    "use_of_fees_paper": use_of_fees,
}
