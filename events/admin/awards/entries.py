"""Entries for the secretariat: the list, one to read and check, its files and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from events.admin.awards.filters import CategoryFilter, EditionFilter
from events.admin.awards.pages import CHANGE, GONE, VIEW, add_errors, task_page
from events.awards import attaching, eligibility
from events.awards.moving import S
from events.awards.results import prize_name
from events.forms.award_edition import EligibilityForm
from events.forms.award_entry import FileForm
from events.models import AwardEntry, EntryFile, EntryState, FilePurpose
from members.access import person
from wego import seoul
from wego.admin.pages import show, status_of
from wego.sending import as_file
from wego.uploads import SizeGuard, refusal

if TYPE_CHECKING:
    _EntryAdmin = admin.ModelAdmin[AwardEntry]
else:
    _EntryAdmin = admin.ModelAdmin


@admin.register(AwardEntry)
class AwardEntryAdmin(_EntryAdmin):
    """What was entered, newest first; drafts are their entrants' own."""

    list_display = ("project", "who", "in_category", "state_word", "finalist", "reference")
    list_display_links = ("project",)
    list_filter = (EditionFilter, CategoryFilter, "state", "is_finalist")
    list_select_related = ("edition__series", "category", "member")
    search_fields = ("title", "city", "reference", "organisation", "contact_name")
    search_help_text = gettext_lazy("Project, city or reference")
    list_per_page = 100
    show_full_result_count = False
    actions = None
    empty_text = gettext_lazy("Entries appear here when they are submitted.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AwardEntry]:
        """No drafts: they are nobody's business yet."""
        return super().get_queryset(request).exclude(state=EntryState.DRAFT)

    @admin.display(description=gettext_lazy("Project"), ordering="title")
    def project(self, entry: AwardEntry) -> str:
        """Its title."""
        return str(entry)

    @admin.display(description=gettext_lazy("Entrant"), ordering="city")
    def who(self, entry: AwardEntry) -> str:
        """City and country."""
        return f"{entry.entrant}, {entry.country}"

    @admin.display(description=gettext_lazy("Category"), ordering="category__position")
    def in_category(self, entry: AwardEntry) -> str:
        """Where it is entered."""
        return str(entry.category or "–")

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def state_word(self, entry: AwardEntry) -> str:
        """How far it is."""
        return entry.get_state_display()

    @admin.display(description=gettext_lazy("Finalist"), boolean=True, ordering="is_finalist")
    def finalist(self, entry: AwardEntry) -> bool:
        """Whether it goes to the second round."""
        return entry.is_finalist

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Entrants enter by themselves."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: AwardEntry | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """An entry stays on record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own pages."""
        pages = (
            ("<int:pk>/change/", show_entry, "change", VIEW),
            ("<int:pk>/check/", require_POST(check), "check", CHANGE),
            ("<int:pk>/upload/", add_picture, "upload", CHANGE),
            ("file/<int:pk>/", download, "file", VIEW),
        )
        own = [
            path(address, task_page(view, permission=permission), name=f"events_awardentry_{name}")
            for address, view, name, permission in pages
        ]
        return [*own, *super().get_urls()]


def find_entry(pk: int) -> AwardEntry:
    """An entry that was submitted."""
    rows = AwardEntry.objects.exclude(state=EntryState.DRAFT)
    return get_object_or_404(
        rows.select_related("edition__series", "category", "member", "checked_by"), pk=pk
    )


def show_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry to read, with what was found by itself."""
    return show_page(request, find_entry(pk), EligibilityForm(), FileForm())


def show_page(
    request: HttpRequest, entry: AwardEntry, form: EligibilityForm, picture: FileForm
) -> HttpResponse:
    """The page of an entry."""
    prize: Any = getattr(entry, "prize", None)
    return show(
        request,
        "admin/awards/entry.html",
        title=entry.title or entry.reference,
        entry=entry,
        edition=entry.edition,
        points=eligibility.look_over(entry),
        files=attaching.files_of(entry),
        form=form,
        picture=picture,
        prize=prize_name(prize.rank) if prize else "",
        papers=list(prize.papers.select_related("document").order_by("pk")) if prize else [],
        may_check=entry.edition.state == S.ELIGIBILITY
        and entry.state != EntryState.WITHDRAWN
        and request.user.has_perm(CHANGE),
        may_change=request.user.has_perm(CHANGE),
        status=status_of(form, picture),
    )


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether it is eligible; on to the next one that waits."""
    entry = find_entry(pk)
    form = EligibilityForm(request.POST)
    if form.is_valid():
        try:
            eligibility.decide_eligibility(
                entry,
                eligible=form.cleaned_data["outcome"] == "yes",
                reason=form.cleaned_data["reason"],
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return go_on(request, entry)
    return show_page(request, entry, form, FileForm())


def go_on(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """To the next entry that waits, or back to the board."""
    messages.success(request, _("%(reference)s is checked.") % {"reference": entry.reference})
    waiting = entry.edition.entries.filter(state=EntryState.SUBMITTED).order_by("pk")
    if following := waiting.first():
        return redirect("admin:events_awardentry_change", following.pk)
    return redirect("admin:events_awardedition_change", entry.edition_id)


@csrf_exempt  # only until the guard stands: the inner view is protected
def add_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Watch the size of what arrives before anything reads it."""
    guard = SizeGuard(request)
    request.upload_handlers = [guard, *request.upload_handlers]
    return take_picture(request, pk, guard=guard)


@csrf_protect
@require_POST
def take_picture(request: HttpRequest, pk: int, *, guard: SizeGuard) -> HttpResponse:
    """A picture for the page of winners."""
    entry = find_entry(pk)
    form = FileForm({**request.POST.dict(), "purpose": FilePurpose.PICTURE}, request.FILES)
    if guard.refused:
        form.errors["file"] = form.error_class(refusal("large").messages)
    elif form.is_valid() and form.upload is not None:
        try:
            attaching.add_picture(entry, form.upload, by=person(request))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The picture was received."))
            return redirect("admin:events_awardentry_change", pk)
    return show_page(request, entry, EligibilityForm(), form)


def download(_request: HttpRequest, pk: int) -> HttpResponse:
    """A file of an entry: pictures, which we drew ourselves, are shown; others are saved."""
    rows = EntryFile.objects.exclude(entry__state=EntryState.DRAFT)
    file = get_object_or_404(rows, pk=pk)
    try:
        content = attaching.read_entry_file(file)
    except ValidationError as error:
        words = error.messages[0]
        return HttpResponse(words, status=GONE, content_type="text/plain; charset=utf-8")
    return as_file(content, file.content_type, file.name, saved=file.purpose != FilePurpose.PICTURE)
