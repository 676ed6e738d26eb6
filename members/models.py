"""The register's rows: organisations, their names, their dated status, their figures, people."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from babel import Locale
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from wego import reader

# Groupings and test codes among the territories are no countries.
TWO_LETTERS = re.compile(r"(?!EU|EZ|UN|QO|ZZ|XA|XB|XK)[A-Z]{2}")
ENTRY_ORDER = ("effective_on", "pk")


class Kind(models.TextChoices):
    """The three kinds of member (R1)."""

    CITY = "city", _("City")
    INSTITUTION = "institution", _("Institution")
    COMPANY = "company", _("Company")


class Region(models.TextChoices):
    """Regions as the roster groups them (R32)."""

    ASIA = "asia", _("Asia")
    OCEANIA = "oceania", _("Oceania")
    AMERICAS = "americas", _("Americas")
    EUROPE = "europe", _("Europe")
    MIDDLE_EAST = "middle_east", _("Middle East")
    AFRICA = "africa", _("Africa")


class Status(models.TextChoices):
    """Where a member stands in its life (R3, R4, workflows of leaving)."""

    ASSOCIATE = "associate", _("Associate")
    FULL = "full", _("Full member")
    SUSPENDED = "suspended", _("Suspended")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPELLED = "expelled", _("Expelled")


# Counted on the roster; the other statuses have left it or never stood on it.
ON_ROSTER = (Status.ASSOCIATE, Status.FULL, Status.SUSPENDED)


class Language(models.TextChoices):
    """Languages of pages, letters and invoices."""

    ENGLISH = "en", _("English")
    KOREAN = "ko", _("Korean")


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


class MemberQuerySet(models.QuerySet["Member"]):
    """Questions about members, with the date as an argument."""

    def with_status(self, on: dt.date) -> MemberQuerySet:
        """Adds `status` and `status_since`: the latest entry effective on or before `on`."""
        latest = StatusEntry.objects.filter(member=OuterRef("pk"), effective_on__lte=on).order_by(
            *(f"-{field}" for field in ENTRY_ORDER)
        )
        return self.annotate(
            status=Subquery(latest.values("status")[:1]),
            status_since=Subquery(latest.values("effective_on")[:1]),
        )

    def on_roster(self, on: dt.date) -> MemberQuerySet:
        """Those who are associate, full or suspended on the date (R32)."""
        return self.with_status(on).filter(Q(("status__in", ON_ROSTER)))


class Member(models.Model):
    """An organisation: a city (or province, district …), an institution or a company.

    Nested territories are members of their own (C22): `level` says what the organisation is.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=12, choices=Region.choices)
    is_capital = models.BooleanField(_("capital, as printed"), default=False)
    level = models.CharField(_("level"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    language = models.CharField(
        _("language of letters and invoices"),
        max_length=2,
        choices=Language.choices,
        default=Language.ENGLISH,
    )
    status_confirmed = models.BooleanField(_("status confirmed"), default=True)
    name_confidence = models.CharField(_("confidence of the name"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("name_en", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "country_code", "name_en"], name="one_member_per_name"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="known_kind"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="known_region"),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)

    @property
    def country(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country_code, reader.language())


class MemberName(models.Model):
    """Another name of a member: an earlier one with its dates (X10), or a spelling seen (C19)."""

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="other_names", verbose_name=_("member")
    )
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    used_from = models.DateField(_("used from"), null=True, blank=True)
    used_until = models.DateField(_("used until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name_en="") | ~Q(name_ko=""), name="other_name_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(used_from__isnull=True)
                | Q(used_until__isnull=True)
                | Q(used_until__gte=models.F("used_from")),
                name="other_name_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_ko


class StatusEntry(models.Model):
    """One dated line of a member's life; append-only, the status of a date is computed from it."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="status_entries", verbose_name=_("member")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("status entry")
        verbose_name_plural = _("status history")
        ordering = ENTRY_ORDER
        indexes: ClassVar = [models.Index(fields=["member", "effective_on", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="known_status")
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.effective_on:%Y-%m-%d}"


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


class Measure(models.TextChoices):
    """What a member's figure counts."""

    POPULATION = "population", _("Population (persons)")
    EMPLOYEES = "employees", _("Employees")


class Figure(models.Model):
    """A figure for a dues year with its source; append-only, the newest row of a subject wins."""

    dues_year = models.PositiveSmallIntegerField(_("dues year"))
    source = models.CharField(_("source"), max_length=300)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    definition = models.CharField(_("definition"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        abstract = True


class MemberFigure(Figure):
    """Population (persons) or employees of one member for a dues year."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="figures", verbose_name=_("member")
    )
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices)
    value = models.BigIntegerField(_("value"))

    class Meta:
        verbose_name = _("member figure")
        verbose_name_plural = _("member figures")
        indexes: ClassVar = [models.Index(fields=["dues_year", "member", "measure", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gte=0), name="member_figure_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.dues_year}: {self.value:,}"


class CountryFigure(Figure):
    """GDP per capita (PPP) of a country in US cents, for a dues year (S24)."""

    country_code = models.CharField(_("country"), max_length=2)
    gdp_cents = models.BigIntegerField(_("GDP per capita, PPP (US cents)"))

    class Meta:
        verbose_name = _("country figure")
        verbose_name_plural = _("country figures")
        indexes: ClassVar = [models.Index(fields=["dues_year", "country_code", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gdp_cents__gte=0), name="country_figure_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country_code} {self.dues_year}: {self.gdp_cents / 100:,.2f}"


def country_names(language: str) -> dict[str, str]:
    """ISO 3166 codes and the names people use for them."""
    territories = Locale.parse(language[:2]).territories
    return {code: name for code, name in territories.items() if is_country(code)}


def country_name(code: str, language: str) -> str:
    """A country's name, or the code itself when there is none."""
    return str(Locale.parse(language[:2]).territories.get(code, code))


def is_country(code: str) -> bool:
    """Whether the code is a country of ISO 3166 (and not a grouping such as EU)."""
    return bool(TWO_LETTERS.fullmatch(code)) and code in Locale("en").territories
