"""How the list of members is narrowed: by place, standing, and what is missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from members.admin.pages import year_at_work
from members.figures import lacking_population
from members.models import ON_ROSTER, Member, Status, country_name, level_name
from wego import seoul

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = list[tuple[Any, "StrOrPromise"]]
YES = "yes"


class CountryFilter(admin.SimpleListFilter):
    """Countries that have members, by name."""

    title = gettext_lazy("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ANN401, ARG002 Django's signature
        """One choice per country."""
        codes = Member.objects.order_by().values_list("country_code", flat=True).distinct()
        language = get_language() or "en"
        pairs = [(code, country_name(code, language)) for code in codes]
        return sorted(pairs, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:  # noqa: ARG002 Django's signature
        """Members of the chosen country."""
        return queryset.filter(country_code=self.value()) if self.value() else queryset


class LevelFilter(admin.SimpleListFilter):
    """What an organisation is, by the reader's name for it."""

    title = gettext_lazy("level")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ANN401, ARG002 Django's signature
        """One choice per level members have."""
        levels = Member.objects.order_by().values_list("level", flat=True).distinct()
        pairs = [(level, level_name(level)) for level in levels if level]
        return sorted(pairs, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:  # noqa: ARG002 Django's signature
        """Members of the chosen level."""
        return queryset.filter(level=self.value()) if self.value() else queryset


class StatusFilter(admin.SimpleListFilter):
    """The status of today; "on the roster" is what the report counts."""

    title = gettext_lazy("status")
    parameter_name = "status"
    ROSTER = "roster"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ANN401, ARG002 Django's signature
        """All statuses, and those on the roster together."""
        return [(self.ROSTER, gettext_lazy("On the roster")), *Status.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:  # noqa: ARG002 Django's signature
        """Members with the chosen status, which the list has annotated."""
        value = self.value()
        if not value:
            return queryset
        wanted = ON_ROSTER if value == self.ROSTER else (value,)
        return queryset.filter(Q(("status__in", wanted)))


class OpenQuestionFilter(admin.SimpleListFilter):
    """What somebody has to find out yet."""

    title = gettext_lazy("open question")
    parameter_name = "open"
    CONFIRM, POPULATION = "status", "population"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ANN401, ARG002 Django's signature
        """The questions."""
        return [
            (self.CONFIRM, _("Status to confirm")),
            (
                self.POPULATION,
                _("No population for %(year)s") % {"year": year_at_work(request)},
            ),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:
        """Members with the question."""
        if self.value() == self.CONFIRM:
            return queryset.filter(status_confirmed=False)
        if self.value() == self.POPULATION:
            today: dt.date = seoul.today()
            lacking = lacking_population(year_at_work(request), today)
            return queryset.filter(pk__in=lacking.values("pk"))
        return queryset
