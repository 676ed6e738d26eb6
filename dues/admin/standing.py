"""Good standing of every member on a day: who votes, who may stand, and why not (S9-S11)."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from dues.admin.preview_page import address, known, page_address
from dues.admin.register import private
from dues.forms.money import day_field
from dues.standing import Answer, Standing, standings_of
from members.access import person
from members.models import Kind, Member
from wego import audit, seoul, spreadsheet
from wego.admin.pages import show
from wego.spreadsheet import Column, Value
from wego.templatetags.ui import Chip

PER_PAGE = 100
# What the list can be narrowed to: which of the answers, and whether it is yes.
ANSWERS: dict[str, tuple[str, bool]] = {
    "votes": ("voting", True),
    "votes_not": ("voting", False),
    "stands": ("candidacy", True),
    "arrears": ("good", False),
}


class DayForm(forms.Form):
    """The day that is asked about."""

    on = day_field(gettext_lazy("On"), required=False)


@require_safe
def show_standing(request: HttpRequest) -> HttpResponse:
    """The members of the roster of a day with their three answers, by name; or all as CSV."""
    query, form = request.GET, DayForm(request.GET)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or seoul.today()
    kind = known(query.get("kind", ""), Kind.values)
    members = Member.objects.on_roster(on).order_by("name_en", "pk")
    everybody = standings_of(members.filter(kind=kind) if kind else members, on=on)
    wanted = known(query.get("answer", ""), ANSWERS)
    found = [each for each in everybody if matches(each, wanted)] if wanted else everybody
    if "csv" in query:
        return send_csv(request, found, on.isoformat())
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    return show(
        request,
        "admin/dues/standing.html",
        title=_("Good standing"),
        form=DayForm(initial={"on": on}),
        on=on,
        page=page,
        filters=filter_rows(everybody, query),
        previous_url=page_address(query, "page", page.number - 1),
        next_url=page_address(query, "page", page.number + 1),
        csv_url=address(query, "csv", "1"),
    )


def matches(standing: Standing, wanted: str) -> bool:
    """Whether a member's answer is the one that the list is narrowed to."""
    name, is_yes = ANSWERS[wanted]
    answer: Answer = getattr(standing, name)
    return answer.is_yes is is_yes


def filter_rows(everybody: list[Standing], query: QueryDict) -> list[dict[str, object]]:
    """The filters as rows of links with their counts."""
    words = {
        "votes": _("May vote"),
        "votes_not": _("May not vote"),
        "stands": _("May stand for office"),
        "arrears": _("Not in good standing"),
    }
    chosen, kind = query.get("answer", ""), query.get("kind", "")
    answers = [Chip(_("All"), address(query, "answer", None), len(everybody), not chosen)]
    answers += [
        Chip(
            label,
            address(query, "answer", name),
            sum(matches(each, name) for each in everybody),
            name == chosen,
        )
        for name, label in words.items()
    ]
    kinds = [Chip(_("All"), address(query, "kind", None), None, not kind)]
    kinds += [
        Chip(str(label), address(query, "kind", value), None, value == kind)
        for value, label in Kind.choices
    ]
    return [{"label": _("Answer"), "chips": answers}, {"label": _("Kind"), "chips": kinds}]


def send_csv(request: HttpRequest, found: Iterable[Standing], day: str) -> HttpResponse:
    """The list for programs: English, ISO dates; who took it is noted."""
    stream = io.BytesIO()
    with override("en"):
        spreadsheet.write_csv(stream, columns(), [row_of(each, day) for each in found])
    audit.record_act("dues.downloaded", by=person(request), facts={"what": "standing", "on": day})
    response = HttpResponse(stream.getvalue(), content_type=spreadsheet.CSV_TYPE)
    name = f"wego-standing-{day}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    private(response)
    return response


def columns() -> list[Column]:
    """The columns of the list."""
    names = (
        "on",
        "member",
        "name_ko",
        "kind",
        "country",
        "status",
        "good_standing",
        "vote",
        "candidacy",
        "open_usd",
        "why",
        "why_no_vote",
        "why_no_candidacy",
    )
    return [Column(name, name, "money" if name == "open_usd" else "text") for name in names]


def row_of(standing: Standing, day: str) -> list[Value]:
    """One member; the reasons are those of its three answers."""
    member = standing.member
    answers = (standing.good, standing.voting, standing.candidacy)
    return [
        day,
        member.name_en,
        member.name_ko,
        member.kind,
        member.country_code,
        standing.status or "",
        *("yes" if answer.is_yes else "no" for answer in answers),
        standing.open_cents,
        *(answer.why for answer in answers),
    ]
