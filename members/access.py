"""Who may do what: one table of roles, asked by every edge through `has_perm`.

Finance sees dues; the secretariat and administrators see all; without a role the web admin stays
shut.
"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from members.models import Member, Role, User

APPS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.SECRETARIAT: frozenset({"members", "dues", "events"}),
    Role.FINANCE: frozenset({"dues"}),
    Role.ADMINISTRATOR: frozenset({"members", "dues", "events"}),
}
# Roles and sign-in rights are given by administrators alone.
ADMINISTRATOR_ONLY = frozenset(
    {f"members.{verb}_user" for verb in ("view", "add", "change", "delete")}
)


def may(role: str, permission: str) -> bool:
    """Whether a role carries a permission such as `dues.view_invoice`."""
    if permission in ADMINISTRATOR_ONLY and role != Role.ADMINISTRATOR:
        return False
    return permission.partition(".")[0] in APPS_OF_ROLE.get(role, frozenset())


class RoleBackend(ModelBackend):
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


def find_member_of(user: User) -> Member | None:
    """The organisation a person acts for; the first by name when there are several."""
    return Member.objects.filter(affiliations__user=user).order_by("name_en", "pk").first()
