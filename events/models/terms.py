"""Terms of office: which city, or person, holds what from when to when (R22, C8, C9)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting, Precision
from members.models import Member
from wego import reader
from wego.records import Recorded


class Office(models.TextChoices):
    """What can be held; every office but the last belongs to a city."""

    PRESIDENT = "president", _("President City")
    EXECUTIVE = "executive", _("Executive Vice President City")
    VICE = "vice", _("Vice President City")
    EXCOM = "excom", _("EXCOM city")
    SECRETARY = "secretary", _("Secretary General")


# Whoever presides sits in the EXCOM by that office, without an election to it (C15).
EX_OFFICIO = (Office.PRESIDENT, Office.EXECUTIVE, Office.VICE)
SEATED = (*EX_OFFICIO, Office.EXCOM)


class Seat(models.TextChoices):
    """The body in which an office is held (C8)."""

    EXCOM = "excom", _("EXCOM")
    SECRETARIAT = "secretariat", _("Secretariat")


class Basis(models.TextChoices):
    """How somebody came to an office."""

    ELECTED = "elected", _("Elected by the General Assembly")
    HOST = "host", _("Host of the next General Assembly")
    APPOINTED = "appointed", _("Appointed by the President")
    RECORDED = "recorded", _("Taken from a record")


class TermQuerySet(models.QuerySet["Term"]):
    """Questions about terms."""

    def with_end(self) -> TermQuerySet:
        """`until`: the last day, which a later record may have brought forward."""
        ended = F("ending__ended_on")
        return self.annotate(
            until=Case(
                When(ending__isnull=False, then=Least(ended, F("ends_on"))),
                default=F("ends_on"),
                output_field=models.DateField(),
            )
        )

    def running_on(self, day: dt.date) -> TermQuerySet:
        """Those that hold on a day, with their `until`."""
        rows = self.filter(starts_on__lte=day, ends_on__gte=day).with_end()
        return rows.exclude(ending__ended_on__lt=day)


class Term(Recorded):
    """One office held from a day to a day; the last day is always known (R17).

    The office belongs to the city, who speaks for it is an `OfficeHolder`; the Secretary General
    alone is a person here. `label` is free text ("6th term") and nothing is computed from it (C8).
    `override_reason` is why it stands against a limit (X14, X15). Never changed: an early end is
    another row.
    """

    body = models.CharField(_("body"), max_length=12, choices=Seat.choices, default=Seat.EXCOM)
    office = models.CharField(_("office"), max_length=12, choices=Office.choices)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("city"),
    )
    person_en = models.CharField(_("name in English"), max_length=200, blank=True)
    person_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    precision = models.CharField(
        _("known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    label = models.CharField(_("label"), max_length=120, blank=True)
    basis = models.CharField(_("came to it"), max_length=12, choices=Basis.choices)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("meeting"),
    )
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)
    override_reason = models.TextField(_("why it stands against a limit"), blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("-starts_on", "pk")
        indexes: ClassVar = [models.Index(fields=["starts_on", "ends_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="known_office"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="known_basis"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(office="secretary", body="secretariat", member__isnull=True)
                & ~Q(person_en="")
                | ~Q(office="secretary") & Q(body="excom", member__isnull=False, person_en=""),
                name="office_of_a_city_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}: {self.who}"

    @property
    def who(self) -> str:
        """The city, or the person, in the reader's language."""
        return str(self.member) if self.member else reader.choose(self.person_en, self.person_ko)

    @property
    def is_ex_officio(self) -> bool:
        """Whether it seats its city in the EXCOM without an election to it (C15)."""
        return self.office in EX_OFFICIO


class TermEnd(Recorded):
    """A term ended before its time: `ended_on` is its last day, the day before it began if never.

    Nothing of the term itself changes.
    """

    term = models.OneToOneField(Term, models.PROTECT, related_name="ending", verbose_name=_("term"))
    ended_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("early end of a term")
        verbose_name_plural = _("early ends of terms")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.term} {self.ended_on:%Y-%m-%d}"


class OfficeHolder(Recorded):
    """The person at the head of a city from a day on, whatever office the city holds (R22)."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="holders", verbose_name=_("city")
    )
    person_en = models.CharField(_("name in English"), max_length=200)
    person_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    since_on = models.DateField(_("since"))
    precision = models.CharField(
        _("known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("office holder")
        verbose_name_plural = _("office holders")
        ordering = ("member", "since_on", "pk")

    def __str__(self) -> str:
        return reader.choose(self.person_en, self.person_ko)


class Board(models.Model):
    """One row a body, locked while its seats change, so that two people cannot fill the last."""

    body = models.CharField(_("body"), max_length=12, choices=Seat.choices, unique=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.get_body_display()
