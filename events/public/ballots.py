"""Published ballots, for everybody: find one's own by its receipt, and count all of them anew.

Nobody sends a receipt here, so no log learns who looked for which.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.balloting.counting import published_file
from events.balloting.rounds import result_of
from events.models import Round, RoundState, VoteManner
from wego.templatetags.charts import Bar

app_name = "ballots"


def find_round(pk: int) -> Round:
    """A counted round whose ballots are published. Raises Http404 for any other."""
    rows = Round.objects.filter(state=RoundState.COUNTED, manner=VoteManner.ELECTRONIC)
    return get_object_or_404(rows.select_related("election__call__meeting", "count"), pk=pk)


@require_safe
@cache_control(private=True, no_store=True)
def show_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The result, every ballot by its receipt, and how to count them anew."""
    row = find_round(pk)
    names = {each.code: str(each) for each in row.candidates.select_related("candidacy__member")}
    votes = sorted(row.count.votes.items(), key=lambda pair: -pair[1])
    return render(
        request,
        "public/elections/round.html",
        {
            "row": row,
            "result": result_of(row),
            "bars": [Bar(names[code], number) for code, number in votes],
            "ballots": [
                (each.receipt, [names[code] for code in each.choices])
                for each in row.ballots.order_by("receipt")
            ],
        },
    )


@require_safe
@cache_control(private=True, no_store=True)
def download_round(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 Django's signature
    """The same as a file, for `count_ballots` or anybody's own program."""
    row = find_round(pk)
    content = json.dumps(published_file(row), ensure_ascii=False, indent=1)
    name = f"ballots-{row.election_id}-{row.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


urlpatterns = [
    path("rounds/<int:pk>/", show_round, name="round"),
    path("rounds/<int:pk>/ballots.json", download_round, name="file"),
]
