"""Who belongs: organisations, their people, their life in WeGO, their figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from members import acts, mail_kinds
from members.scopes import SCOPES
from wego.guards import Guard
from wego.nav import NavItem


class MembersConfig(AppConfig):
    """The register."""

    name = "members"
    verbose_name = _("Members")
    mails = mail_kinds.KINDS
    acts = {**acts.APPLYING, **acts.LIFE, **acts.ACCESS, **acts.ADMISSION, **acts.TOKENS}  # noqa: RUF012 read as it stands
    switches = "members.switches.SWITCHES"
    answers = {  # noqa: RUF012 read as it stands
        "found": "members.search.find_hits",
        "waiting work": "members.letters.tell_waiting",
        "second factors": "members.access.count_factors",
        "api caller": "members.tokens.find_caller",
    }
    scopes = SCOPES
    happenings = {"member.status_changed": _("Status of a member changed")}  # noqa: RUF012 read as it stands
    nav_group = _("Membership")
    nav = (
        NavItem(
            _("Applications"),
            "admin:members_application_changelist",
            "members.change_application",
            5,
        ),
        NavItem(
            _("Members"),
            "admin:members_member_changelist",
            "members.view_member",
            10,
        ),
        NavItem(_("Proposals"), "admin:members_proposal_changelist", "members.change_proposal", 12),
        NavItem(_("Decisions"), "admin:members_decision_changelist", "members.view_decision", 15),
        NavItem(_("Membership report"), "admin:members_member_report", "members.view_member", 17),
        NavItem(
            _("Figures"),
            "admin:members_memberfigure_changelist",
            "members.view_memberfigure",
            18,
            also=("admin:members_countryfigure_changelist",),
        ),
        NavItem(
            _("People"),
            "admin:members_user_changelist",
            "members.view_user",
            70,
            also=("admin:members_invitation_changelist",),
            group=_("House"),
        ),
        NavItem(
            _("API"),
            "admin:members_apitoken_changelist",
            "members.view_apitoken",
            78,
            also=("admin:wego_webhookendpoint_changelist",),
            group=_("House"),
        ),
    )
    guards = (
        Guard(
            "members_statusentry",
            "status history is append-only: record a correcting entry instead",
        ),
        Guard(
            "members_applicationentry",
            "the steps of an application are append-only: record another step instead",
        ),
        Guard("members_decision", "a decision never changes: correct it with a later one"),
        Guard("members_decisionitem", "a decision never changes: correct it with a later one"),
        Guard("members_letter", "a letter that was written never changes: write another"),
        Guard("members_letterdocument", "a stored document never changes"),
        Guard("members_memberfigure", "figures are append-only: record a newer figure instead"),
        Guard("members_countryfigure", "figures are append-only: record a newer figure instead"),
    )

    def ready(self) -> None:
        """Recovery codes are kept as hashes; every try to sign in is in the log."""
        from members.accounts import noticing, recovery  # noqa: PLC0415 once there are models

        recovery.install()
        noticing.install()
