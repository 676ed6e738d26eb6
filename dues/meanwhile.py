"""Two people at one account: the second is told what the first did before anything is done.

A page remembers the newest entry of the account it showed. When there is a newer one, the act of
the page is not done; a second press of the same button finds the work of the first in this way.
"""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from dues.account_words import tell_entries
from dues.ledger import entries_of, lock_account
from members.models import Member
from wego.money import display

MOST_TOLD = 5


def stamp_of(member: Member) -> int:
    """What a page remembers of an account it shows: its newest entry, as a key."""
    newest = entries_of(member).aggregate(newest=Max("pk"))["newest"]
    return int(newest or 0)


def refuse_changed(member: Member, seen: int) -> None:
    """The account is as it was when somebody looked at it; locked from here on.

    Called first in the transaction of the act.

    Raises:
        ValidationError: something was recorded meanwhile; it says what and by whom.
    """
    lock_account(member)
    newer = entries_of(member).filter(pk__gt=seen).order_by("-pk")[:MOST_TOLD]
    told = [
        _("%(what)s, %(amount)s, by %(who)s")
        % {
            "what": line.what,
            "amount": display(line.cents),
            "who": line.who or _("the command line"),
        }
        for line in tell_entries(newer)
    ]
    if told:
        raise ValidationError(
            _(
                "Meanwhile this was recorded on the account: %(lines)s. Nothing was done a second "
                "time; what you typed is still here. Look again, then go on."
            )
            % {"lines": "; ".join(told)},
            code="changed",
        )
