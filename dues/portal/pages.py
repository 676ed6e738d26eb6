"""What every page of dues in the portal does first: find what is the reader's own."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dues.arrears import invoices_of
from dues.models import Invoice
from dues.states import with_state
from members.access import own_member


def own_invoice(request: HttpRequest, number: str) -> Invoice:
    """An invoice of the reader's own organisation; another's is not found, as if there were none.

    Raises:
        Http404: theirs is no such invoice.
    """
    rows = invoices_of(own_member(request)).select_related("document", "schedule", "member")
    own = with_state(rows)
    return get_object_or_404(own, number=number)
