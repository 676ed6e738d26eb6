"""What every page of dues in the portal does first: find what is the reader's own."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dues.arrears import invoices_of
from dues.models import Invoice
from dues.states import with_state
from members.access import MemberRequest, own_member
from members.mandate import Right, holders_of, may_change


def own_invoice(request: HttpRequest, number: str) -> Invoice:
    """An invoice of the reader's own organisation; another's is not found, as if there were none.

    Raises:
        Http404: theirs is no such invoice.
    """
    rows = invoices_of(own_member(request)).select_related("document", "schedule", "member")
    own = with_state(rows)
    return get_object_or_404(own, number=number)


def may_tell(request: HttpRequest) -> bool:
    """Whether the reader may say for the organisation that it has paid."""
    return may_change(cast("MemberRequest", request).member_roles, Right.PAYMENTS)


def refuse_reader(request: HttpRequest) -> None:
    """Say who may, to somebody who may not.

    Raises:
        PermissionDenied: none of the reader's roles carries the right.
    """
    if may_tell(request):
        return
    member = own_member(request)
    names = ", ".join(str(user) for user in holders_of(member, Right.PAYMENTS))
    if names:
        raise PermissionDenied(
            _("For %(member)s this can be done by: %(names)s.") % {"member": member, "names": names}
        )
    raise PermissionDenied(
        _("Nobody at %(member)s may do this yet: please write to the secretariat.")
        % {"member": member}
    )
