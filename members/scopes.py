"""What tokens may be allowed to do with the register."""

from django.utils.translation import gettext_lazy as _

from wego.api.scopes import Scope

SCOPES = (
    Scope("members:read", _("Read members and their status"), of_member=True),
    Scope("members:write", _("Change address, website, language and listing of a member")),
    Scope("figures:read", _("Read figures and their sources"), of_member=True),
    Scope("reports:read", _("Read the membership report")),
)
