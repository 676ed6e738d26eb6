"""Who may pass which door: the expectation the house is held to, one row an address."""

from typing import NamedTuple

ANONYMOUS = "anonymous"
OTHER = "other member"
READER, FINANCE_CONTACT, HEAD = "own reader", "own finance contact", "own administrator"
DELEGATE = "own delegate"
FINANCE, SECRETARIAT, ADMINISTRATOR = "finance", "secretariat", "administrator"
JUROR = "juror"
ROLES = (
    ANONYMOUS,
    OTHER,
    READER,
    FINANCE_CONTACT,
    HEAD,
    DELEGATE,
    FINANCE,
    SECRETARIAT,
    ADMINISTRATOR,
    JUROR,
)

NOBODY = frozenset()
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {ANONYMOUS}
STAFF = frozenset({FINANCE, SECRETARIAT, ADMINISTRATOR})
OFFICERS = frozenset({SECRETARIAT, ADMINISTRATOR})
# Who moves money; the secretariat only looks on.
TREASURERS = frozenset({FINANCE, ADMINISTRATOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
OWN = frozenset({READER, FINANCE_CONTACT, HEAD, DELEGATE})
PERSONS = OWN | {OTHER}
DEPENDS = frozenset({"passed", "refused", "login"})


class Row(NamedTuple):
    """Who may look (GET) and who may act (POST) at an address.

    `own` says that the address names something of one member: the same address with another
    member's thing is then tried too, and is nobody's but that member's. `may_answer` is what a
    look may amount to where the page depends on more than who asks (a code that was asked for).
    """

    look: frozenset
    act: frozenset = NOBODY
    own: bool = False
    may_answer: frozenset = frozenset({"passed"})


def rows_of_table(name, *, look, add=NOBODY, change=NOBODY, delete=NOBODY, history=None):
    """The addresses Django's admin gives every registered table."""
    text = f"admin/{name.replace('_', '/', 1)}/<path:object_id>/"
    return {
        f"admin:{name}_changelist": Row(look, look),
        f"admin:{name}_add": Row(add, add),
        f"admin:{name}_history": Row(look if history is None else history),
        f"admin:{name}_delete": Row(delete, delete),
        f"admin:{name}_change": Row(look, change),
        text: Row(STAFF, STAFF),  # only sends on to the change page, which looks for itself
    }
