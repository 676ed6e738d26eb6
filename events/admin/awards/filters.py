"""How the list of entries is narrowed: by edition, and by the categories of that edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from events.models import AwardCategory, AwardEdition, AwardEntry
from wego.numbers import read_key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = list[tuple[Any, "StrOrPromise"]]


class EditionFilter(admin.SimpleListFilter):
    """Editions, newest first."""

    title = gettext_lazy("edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ANN401, ARG002 Django's signature
        """One choice an edition, in one query."""
        rows = AwardEdition.objects.select_related("series")
        return [(str(edition.pk), str(edition)) for edition in rows]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        queryset: QuerySet[AwardEntry],
    ) -> QuerySet[AwardEntry]:
        """Entries of the chosen edition."""
        chosen = self.value() or ""
        return queryset.filter(edition_id=read_key(chosen)) if chosen else queryset


class CategoryFilter(admin.SimpleListFilter):
    """The categories of the chosen edition; none before one is chosen."""

    title = gettext_lazy("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # noqa: ANN401, ARG002 Django's signature
        """One choice a category, in one query."""
        edition = read_key(request.GET.get(EditionFilter.parameter_name, ""))
        rows = AwardCategory.objects.filter(edition=edition) if edition else []
        return [(str(category.pk), str(category)) for category in rows]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        queryset: QuerySet[AwardEntry],
    ) -> QuerySet[AwardEntry]:
        """Entries of the chosen category."""
        chosen = self.value() or ""
        return queryset.filter(category=read_key(chosen)) if chosen else queryset
