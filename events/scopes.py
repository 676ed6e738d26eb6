"""What tokens may be allowed to do with meetings and awards."""

from django.utils.translation import gettext_lazy as _

from wego.api.scopes import Scope

SCOPES = (
    Scope("meetings:read", _("Read meetings and their agenda"), of_member=True),
    Scope("decisions:read", _("Read confirmed decisions"), of_member=True),
    Scope("awards:read", _("Read award editions and their winners"), of_member=True),
)
