"""The score sheets of a call: who scores, and what each scorer gave."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.admin.around.pages import REFUSED, add_refusal, show, typed
from events.forms.hosting import ScoreForm, ScorerForm
from events.hosting.scores import add_scorer, record_scores, standing_bids
from events.models import BidScorer, HostCall
from members.access import person
from wego import seoul
from wego.admin.pages import tell

COUNT = Count("bids", filter=Q(bids__submitted_on__isnull=False, bids__withdrawn_on__isnull=True))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more scorer."""
    call = get_object_or_404(HostCall, pk=pk)
    form = ScorerForm(request.POST, on=seoul.today())
    if not form.is_valid():
        messages.error(request, _("Enter the name of the scorer."))
    else:
        facts = form.cleaned_data
        said = _("%(name)s scores the bids.") % {"name": facts["full_name"]}
        tell(
            request,
            lambda: add_scorer(
                call, facts["full_name"], member=facts["member"], by=person(request)
            ),
            said,
        )
    return redirect("admin:events_hostcall_change", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """One scorer's sheet; empty places are not scored yet."""
    rows = BidScorer.objects.select_related("call__meeting", "member")
    scorer = get_object_or_404(rows, pk=pk)
    criteria = list(scorer.call.criteria.all())
    form = ScoreForm(
        typed(request), scorer=scorer, bids=standing_bids(scorer.call), criteria=criteria
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_scores(scorer, form.marks(), on=seoul.today(), by=person(request))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The scores of %(name)s are kept.") % {"name": scorer})
            return redirect("admin:events_hostcall_change", scorer.call_id)
    return show(
        request,
        "score",
        title=_("Scores of %(name)s") % {"name": scorer},
        scorer=scorer,
        call=scorer.call,
        criteria=criteria,
        form=form,
        status=REFUSED if form.is_bound and form.errors else 200,
    )
