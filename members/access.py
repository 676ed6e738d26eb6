"""Who may do what: one table of roles, asked by every edge through `has_perm`.

Finance sees dues, and reads whom they are of; the secretariat and administrators see all, but money
is moved by finance and administrators alone; without a role the web admin stays shut.
"""

from typing import cast

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, Model, OuterRef
from django.http import Http404, HttpRequest

from members.models import Affiliation, Member, Role, User
from wego.condition.lines import Factors

APPS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.SECRETARIAT: frozenset({"members", "dues", "events", "wego"}),
    Role.FINANCE: frozenset({"dues"}),
    Role.ADMINISTRATOR: frozenset({"members", "dues", "events", "wego"}),
}
# Finance must be able to read who a debtor is.
READ_BESIDES: dict[str, frozenset[str]] = {Role.FINANCE: frozenset({"members.view_member"})}
# Roles, tokens, policy switches and the audit trail are for administrators alone.
ADMINISTRATOR_ONLY = frozenset(
    {
        f"members.{verb}_{of}"
        for verb in ("view", "add", "change", "delete")
        for of in ("user", "apitoken")
    }
    | {"wego.change_policyvalue", "wego.view_auditentry", "wego.view_operation"}
    | {f"wego.{verb}_webhookendpoint" for verb in ("view", "add", "change", "delete")}
    # Against a rule, or with effect on who holds an office: the Secretary General's own acts.
    | {"events.override_limits", "events.add_electionconfirmation"}
    # Taking a lock of the books away is opening them again.
    | {"dues.delete_periodlock"}
)
# What moves money or says how it moved: the secretariat looks on and changes none of it.
MONEY = (
    "invoice",
    "payment",
    "allocation",
    "refund",
    "payout",
    "creditnote",
    "adjustment",
    "reduction",
    "paymentplan",
    "paymentclaim",
    "bankstatement",
    "bankline",
    "periodlock",
    "reminder",
    "reminderpause",
)
FINANCE_ONLY = frozenset(
    f"dues.{verb}_{of}" for verb in ("add", "change", "delete") for of in MONEY
)


def may(role: str, permission: str) -> bool:
    """Whether a role carries a permission such as `dues.view_invoice`."""
    if permission in ADMINISTRATOR_ONLY and role != Role.ADMINISTRATOR:
        return False
    if permission in FINANCE_ONLY and role == Role.SECRETARIAT:
        return False
    if permission in READ_BESIDES.get(role, frozenset()):
        return True
    return permission.partition(".")[0] in APPS_OF_ROLE.get(role, frozenset())


# Where a session keeps which of their organisations a person acts for now.
CHOSEN_MEMBER = "member"


class MemberRequest(HttpRequest):
    """A request as the portal's pages get it: for which organisation, and with which rights.

    `member` is None, and `member_roles` empty, for strangers and people without an organisation.
    """

    member: Member | None
    member_roles: frozenset[str]


def count_factors() -> Factors:
    """How many of the staff have a second factor, for the frame that asks."""
    staff = User.objects.filter(is_active=True).exclude(role="")
    guarded = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    counts = staff.aggregate(staff=Count("pk"), guarded=Count("pk", filter=Exists(guarded)))
    return Factors(counts["staff"], counts["guarded"])


class RoleBackend(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Signs in by e-mail and password, and answers `has_perm` from the table of roles."""

    def has_perm(
        self,
        user_obj: AbstractBaseUser | AnonymousUser,
        perm: str,
        obj: Model | None = None,  # noqa: ARG002 a role holds for every object of a kind
    ) -> bool:
        """Whether the person's role carries the permission; inactive people have none."""
        return isinstance(user_obj, User) and user_obj.is_active and may(user_obj.role, perm)

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Whether the person's role reaches anything in the app."""
        return (
            isinstance(user_obj, User)
            and user_obj.is_active
            and app_label in APPS_OF_ROLE.get(user_obj.role, frozenset())
        )


def list_affiliations_of(user: User) -> list[Affiliation]:
    """For whom a person acts and as what, by the name of the organisation; one query."""
    found = Affiliation.objects.filter(user=user).select_related("member")
    return list(found.order_by("member__name_en", "member_id", "role"))


def list_members_of(user: User) -> list[Member]:
    """The organisations a person acts for, each once, by name."""
    return list({each.member_id: each.member for each in list_affiliations_of(user)}.values())


def find_member_of(user: User) -> Member | None:
    """The organisation a person acts for; the first by name when there are several."""
    return next(iter(list_members_of(user)), None)


def choose_affiliations(user: User, chosen: object) -> list[Affiliation]:
    """The person's affiliations with the chosen organisation, else with the first by name."""
    mine = list_affiliations_of(user)
    wanted = [each for each in mine if each.member_id == chosen]
    return wanted or [each for each in mine if each.member_id == mine[0].member_id]


FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether an app's code or a passkey guards the account; recovery codes alone do not."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def person(request: HttpRequest) -> User:
    """Who acts on a page that has checked that somebody is signed in.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def own_member(request: HttpRequest) -> Member:
    """The organisation the reader acts for.

    Raises:
        Http404: they act for none.
    """
    member = cast("MemberRequest", request).member
    if member is None:
        raise Http404
    return member
