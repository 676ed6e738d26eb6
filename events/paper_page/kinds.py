"""The kinds of papers and who says what each prints: one small module a kind, named here.

A kind is a function of a `Writer`, which knows the printed facts and the language, to a `Body`.
Like the page itself it is pure: no clock, no database, no reader's language.
"""

from collections.abc import Callable

from dues.paper_page.blocks import Body
from events.paper_page.delegates import credentials, visa
from events.paper_page.memorandum import memorandum
from members.letter_page.writer import Writer

BODIES: dict[str, Callable[[Writer], Body]] = {
    "memorandum": memorandum,
    "credentials": credentials,
    "visa": visa,
}
