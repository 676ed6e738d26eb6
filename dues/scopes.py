"""What tokens may be allowed to do with dues."""

from django.utils.translation import gettext_lazy as _

from wego.api.scopes import Scope

SCOPES = (
    Scope("fees:read", _("Read fee schedules and ask for quotes"), of_member=True),
    Scope("invoices:read", _("Read invoices and their PDFs"), of_member=True),
    Scope("payments:read", _("Read payments"), of_member=True),
    Scope("payments:write", _("Record payments")),
    Scope("standing:read", _("Read who is in good standing"), of_member=True),
)
