"""Who decides: EXCOM, General Assembly, elections, awards.

The top storey: it asks `dues` who is in good standing and hands `members` what was decided; nothing
below it may import it.
"""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from events import (
    around_mails,
    award_acts,
    award_mails,
    hosting_acts,
    meeting_acts,
    office_acts,
    programme_acts,
    service_mails,
    service_nav,
)
from events.guards import GUARDS
from events.scopes import SCOPES
from wego.nav import NavItem


class EventsConfig(AppConfig):
    """Meetings and decisions."""

    name = "events"
    verbose_name = _("Meetings")
    guards = GUARDS
    nav_group = _("Governance")
    nav = (
        *service_nav.SERVICES,
        NavItem(_("Meetings"), "admin:events_meeting_changelist", "events.view_meeting", 22),
        NavItem(
            _("Terms & offices"),
            "admin:events_term_changelist",
            "events.view_term",
            23,
            also=("admin:events_election_changelist",),
        ),
        NavItem(
            _("Awards"),
            "admin:events_awardedition_changelist",
            "events.view_awardedition",
            24,
            also=("admin:events_awardentry_changelist",),
        ),
    )
    acts: ClassVar = {
        **award_acts.AWARDS,
        **meeting_acts.MEETINGS,
        **office_acts.OFFICES,
        **hosting_acts.AROUND,
        **programme_acts.PROGRAMMES,
    }
    answers: ClassVar = {
        "happenings": "events.awards.of_member.tell_happenings",
        "home": "events.awards.of_member.find_home",
        "demonstration loaded": "events.history.entering.import_own_history",
        "waiting work": "events.papers.tell_waiting",
    }
    scopes = SCOPES
    happenings: ClassVar = {"decision.confirmed": _("Decision confirmed")}
    switches = "events.switches.SWITCHES"
    mails = (*award_mails.AWARDS, *around_mails.AROUND, *service_mails.SERVICES)
