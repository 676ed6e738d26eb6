"""What a person may do for the organisation they act for, asked by every edge of the portal."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from members.access import MemberRequest, own_member
from members.mandate import Right, holders_of, may_change


def may(request: HttpRequest, right: Right) -> bool:
    """Whether the reader may do it for the organisation they act for."""
    return may_change(cast("MemberRequest", request).member_roles, right)


def refuse_without(request: HttpRequest, right: Right) -> None:
    """Say who may do this, to somebody who may not.

    Raises:
        PermissionDenied: none of the reader's roles carries the right.
    """
    if may(request, right):
        return
    member = own_member(request)
    names = ", ".join(str(user) for user in holders_of(member, right))
    if names:
        raise PermissionDenied(
            _("For %(member)s this can be done by: %(names)s.") % {"member": member, "names": names}
        )
    raise PermissionDenied(
        _("Nobody at %(member)s may do this yet: please write to the secretariat.")
        % {"member": member}
    )
