"""People: who signs in, what they may do, for which organisations they act."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Language, Member


class Role(models.TextChoices):
    """What a person of the secretariat may do; without a role nobody enters the web admin."""

    NONE = "", _("No staff role")
    SECRETARIAT = "secretariat", _("Secretariat")
    FINANCE = "finance", _("Finance")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """People sign in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person; without a password they cannot sign in by password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """An administrator, as `manage.py createsuperuser` makes them."""
        fields.setdefault("role", Role.ADMINISTRATOR)
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Addresses are kept in lower case, so capitals typed at sign-in do not matter."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: staff by `role`, a member's person by an affiliation."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    role = models.CharField(
        _("staff role"), max_length=20, choices=Role.choices, default=Role.NONE, blank=True
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("added"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the web admin's door opens at all."""
        return bool(self.role)


class AffiliationRole(models.TextChoices):
    """What a person may do for a member organisation."""

    ADMINISTRATOR = "administrator", _("Administrator")
    FINANCE = "finance", _("Finance contact")
    DELEGATE = "delegate", _("Delegate")
    READER = "reader", _("Reader")


class Affiliation(models.Model):
    """A person acts for a member; several people a member, several members a person."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="affiliations", verbose_name=_("person")
    )
    member = models.ForeignKey(
        Member, models.CASCADE, related_name="affiliations", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=16, choices=AffiliationRole.choices)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "member", "role"], name="one_affiliation_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Invitation(models.Model):
    """One address asked to act for a member, or to join the staff; used once, or it lapses.

    The link that accepts it is signed over `pk` and `version`, so nothing in the row opens it; a
    new link is a higher version.
    """

    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    member = models.ForeignKey(
        Member,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("member"),
    )
    affiliation_role = models.CharField(
        _("role"), max_length=16, choices=AffiliationRole.choices, blank=True
    )
    staff_role = models.CharField(_("staff role"), max_length=20, choices=Role.choices, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("lapses"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-invited_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) & ~Q(affiliation_role="") & Q(staff_role="")
                | Q(member__isnull=True) & Q(affiliation_role="") & ~Q(staff_role=""),
                name="invitation_to_a_member_or_the_staff",
            )
        ]

    def __str__(self) -> str:
        return self.email
