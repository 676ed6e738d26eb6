"""Who decides: EXCOM, General Assembly, elections, awards.

The top storey. It will ask `dues` who is in good standing and hand `members` what was decided;
nothing below it may import it.
"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Meetings and decisions."""

    name = "events"
    verbose_name = _("Meetings")
