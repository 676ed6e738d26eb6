"""The receipts of a member's payments, as they were printed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dues.ledger import owner_of
from dues.models import PaperDocument
from dues.papers import read_paper
from dues.receipts import receipts_of
from members.access import own_member
from wego.sending import as_file


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def download_receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """The stored PDF, shown in the browser, or saved with `?save`; the list while it is made."""
    own = receipts_of(owner_of(own_member(request)))
    found = get_object_or_404(own, payment__number=receipt)
    if not PaperDocument.objects.filter(paper=found.paper).exists():
        return redirect("dues:invoices")
    content = read_paper(found.paper)
    return as_file(content, "application/pdf", f"{receipt}.pdf", saved="save" in request.GET)
