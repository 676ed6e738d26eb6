"""The list of invoices by how they stand: chips over the list, computed from the ledger."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dues.models import Invoice
from wego import seoul

STANDS = Q(("credited_cents__lt", F("amount_cents")))
OPEN = Q(("open_cents__gt", 0))
NOT_MONEY = Q(("waived_cents__gt", 0)) | Q(("written_off_cents__gt", 0))


class StateFilter(admin.SimpleListFilter):
    """Open, overdue, part paid, paid, closed without money, void."""

    title = gettext_lazy("State")
    parameter_name = "state"
    template = "admin/dues/state_chips.html"

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        model_admin: Any,  # noqa: ANN401, ARG002 Django's signature
    ) -> list[tuple[str, str]]:
        """The chips."""
        return [
            ("open", pgettext("invoice", "Open")),
            ("overdue", _("Overdue")),
            ("part_paid", _("Part paid")),
            ("paid", _("Paid")),
            ("closed", _("Waived or written off")),
            ("void", _("Void")),
        ]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        queryset: QuerySet[Invoice],
    ) -> QuerySet[Invoice]:
        """The invoices of the chosen chip; read by `with_state`."""
        wanted = {
            "open": OPEN,
            "overdue": OPEN & Q(due_on__lt=seoul.today()),
            "part_paid": OPEN & Q(("paid_cents__gt", 0)),
            "paid": STANDS & ~OPEN & ~NOT_MONEY,
            "closed": STANDS & ~OPEN & NOT_MONEY,
            "void": ~STANDS,
        }.get(self.value() or "")
        return queryset.filter(wanted) if wanted is not None else queryset
