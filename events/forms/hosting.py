"""What the secretariat types about hosting: the call, a bid that came by letter, scores, a host."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.fields import SeveralFilesField
from events.hosting.bids import Bidder
from events.hosting.calls import Criterion, Terms
from events.hosting.scores import MOST_POINTS
from events.hosts import HostChoice, Sitting
from events.models import BidCriterion, BidScorer, HostBid, HostCall, Meeting, MeetingState
from members.forms.fields import WIDE, country_choices, day_field
from members.models import Body, Kind, Member, MemberQuerySet

OVER = (MeetingState.HELD, MeetingState.CANCELLED)
LONG = forms.Textarea(attrs={"rows": 6})
MOST_WEIGHT = 100
USUAL_CRITERIA = """Venue and facilities | 회의장과 시설 | 30
Programme and theme | 프로그램과 주제 | 25
Budget and what the city pays for | 예산과 도시 부담 | 25
Access and visas | 접근성과 비자 | 20"""


def cities(on: dt.date) -> MemberQuerySet:
    """Member cities on a day, by name."""
    return Member.objects.on_roster(on).filter(kind=Kind.CITY).order_by("name_en", "pk")


class CallForm(forms.Form):
    """A call for bids: for which meeting, its days, what is asked, how bids are scored."""

    meeting = forms.ModelChoiceField(label=gettext_lazy("Meeting"), queryset=Meeting.objects.none())
    published_on = day_field(gettext_lazy("Published on"))
    interest_by = day_field(
        gettext_lazy("Expressions of interest until"), help_text=gettext_lazy("May be left empty.")
    )
    deadline_on = day_field(
        gettext_lazy("Bids until"), help_text=gettext_lazy("Midnight in Seoul.")
    )
    announced_on = day_field(
        gettext_lazy("Host announced on"), help_text=gettext_lazy("May be left empty.")
    )
    terms_en = forms.CharField(
        label=gettext_lazy("What is asked of a host, in English"),
        max_length=10_000,
        widget=LONG,
        error_messages={"required": gettext_lazy("Say what is asked of a host.")},
    )
    terms_ko = forms.CharField(
        label=gettext_lazy("What is asked of a host, in Korean"),
        required=False,
        max_length=10_000,
        widget=LONG,
    )
    criteria = forms.CharField(
        label=gettext_lazy("How bids are scored"),
        help_text=gettext_lazy("One criterion a line: name | name in Korean | weight."),
        initial=USUAL_CRITERIA,
        max_length=2000,
        widget=LONG,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        for name in ("interest_by", "announced_on"):
            self.fields[name].required = False
        ahead = Meeting.objects.with_stage().exclude(Q(("state__in", OVER)))
        field = self.fields["meeting"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = ahead

    def clean_criteria(self) -> list[Criterion]:
        """Each line a criterion."""
        lines = [line for line in self.cleaned_data["criteria"].splitlines() if line.strip()]
        return [read_criterion(line) for line in lines]

    def terms(self) -> Terms:
        """What the call says."""
        facts = self.cleaned_data
        names = ("published_on", "deadline_on", "terms_en", "terms_ko", "interest_by")
        return Terms(**{name: facts[name] for name in names}, announced_on=facts["announced_on"])


def read_criterion(line: str) -> Criterion:
    """A criterion from its line: `Venue | 회의장 | 3`, or the name alone.

    Raises:
        ValidationError: the weight is none.
    """
    parts = [part.strip() for part in line.split("|")]
    last = parts[-1]
    has_weight = len(parts) > 1 and last.isascii() and last.isdecimal()
    weight = int(last) if has_weight else 1
    names = parts[:-1] if has_weight else parts
    if len(parts) > 3 or not 1 <= weight <= MOST_WEIGHT or (len(parts) == 3 and not has_weight):  # noqa: PLR2004 name, name, weight
        raise ValidationError(
            _("“%(line)s” cannot be read: write it like “Venue | 회의장 | 30”.") % {"line": line}
        )
    return Criterion(names[0], names[1] if len(names) > 1 else "", weight)


class ExtendForm(forms.Form):
    """More time for bidders."""

    deadline_on = day_field(gettext_lazy("Bids until"))
    announced_on = day_field(
        gettext_lazy("Host announced on"), help_text=gettext_lazy("May be left empty.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        self.fields["announced_on"].required = False


class WhyForm(forms.Form):
    """Why, in words that others read."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class StaffBidForm(forms.Form):
    """A bid that came by letter: of a member city, or of another local government by name."""

    member = forms.ModelChoiceField(
        label=gettext_lazy("Member city"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("Another local government, named below"),
    )
    name_en = forms.CharField(
        label=gettext_lazy("Local government"), required=False, max_length=200, widget=WIDE
    )
    name_ko = forms.CharField(
        label=gettext_lazy("Name in Korean"), required=False, max_length=200, widget=WIDE
    )
    country_code = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    contact_name = forms.CharField(label=gettext_lazy("Contact"), max_length=200, widget=WIDE)
    contact_email = forms.EmailField(label=gettext_lazy("E-mail of the contact"), max_length=254)
    received_on = day_field(
        gettext_lazy("Received on"),
        help_text=gettext_lazy("The day on which it arrived decides whether it is in time."),
    )
    proposal = forms.CharField(
        label=gettext_lazy("What is proposed"),
        help_text=gettext_lazy("Empty: the city only says that it means to bid."),
        required=False,
        max_length=10_000,
        widget=LONG,
    )
    documents = SeveralFilesField(
        label=gettext_lazy("Documents"),
        help_text=gettext_lazy("PDF, JPEG or PNG, each at most 10 MB."),
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        self.on = on
        member, country = self.fields["member"], self.fields["country_code"]
        if isinstance(member, forms.ModelChoiceField) and isinstance(country, forms.ChoiceField):
            member.queryset = cities(on)
            country.choices = list(country_choices())

    def clean_received_on(self) -> dt.date:
        """Not a day that is still to come."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > self.on:
            raise ValidationError(_("This day is still to come."))
        return day

    def bidder(self) -> Bidder:
        """Who bids."""
        facts = self.cleaned_data
        names = ("contact_name", "contact_email", "member")
        if facts["member"]:
            return Bidder(**{name: facts[name] for name in names})
        return Bidder(
            **{name: facts[name] for name in (*names, "name_en", "name_ko", "country_code")}
        )


class ScorerForm(forms.Form):
    """Who scores, and of which city if of one."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    member = forms.ModelChoiceField(
        label=gettext_lazy("Of the city"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("Of none"),
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cities(on)


class ScoreForm(forms.Form):
    """One scorer's sheet: points for each bid by each criterion."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 passed on
        scorer: BidScorer,
        bids: list[HostBid],
        criteria: list[BidCriterion],
        **kwargs: Any,  # noqa: ANN401 passed on
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {(each.bid_id, each.criterion_id): each.points for each in scorer.scores.all()}
        self.lines: list[tuple[HostBid, list[str]]] = []
        for bid in bids:
            if scorer.member_id and scorer.member_id == bid.member_id:
                continue
            names = []
            for criterion in criteria:
                name = f"points-{bid.pk}-{criterion.pk}"
                self.fields[name] = forms.IntegerField(
                    label=f"{bid}: {criterion}",
                    required=False,
                    min_value=0,
                    max_value=MOST_POINTS,
                    initial=given.get((bid.pk, criterion.pk)),
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
                names.append(name)
            self.lines.append((bid, names))

    def rows(self) -> list[tuple[HostBid, list[forms.BoundField]]]:
        """The sheet by bid."""
        return [(bid, [self[name] for name in names]) for bid, names in self.lines]

    def marks(self) -> dict[tuple[int, int], int]:
        """The points that were given, by bid and criterion."""
        found = {}
        for name, points in self.cleaned_data.items():
            if points is not None:
                _word, bid, criterion = name.split("-")
                found[int(bid), int(criterion)] = points
        return found


class ProposalForm(forms.Form):
    """Which meeting's host an item of the agenda is about."""

    meeting = forms.ModelChoiceField(
        label=gettext_lazy("Host of which meeting?"), queryset=Meeting.objects.none()
    )
    bid = forms.ModelChoiceField(
        label=gettext_lazy("Proposed bid"),
        help_text=gettext_lazy("Only when one alone is proposed: an approval then chooses it."),
        queryset=HostBid.objects.none(),
        required=False,
        empty_label=gettext_lazy("None: the decision names the city"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        meeting, bid = self.fields["meeting"], self.fields["bid"]
        if isinstance(meeting, forms.ModelChoiceField) and isinstance(bid, forms.ModelChoiceField):
            meeting.queryset = Meeting.objects.with_stage().exclude(Q(("state__in", OVER)))
            standing = HostBid.objects.filter(submitted_on__isnull=False, withdrawn_on__isnull=True)
            bid.queryset = standing.select_related("member").order_by("-call", "pk")


class SittingForm(forms.Form):
    """Which body decided, when, and where it is recorded."""

    body = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=Body.choices)
    decided_on = day_field(gettext_lazy("Decided on"))
    reference = forms.CharField(
        label=gettext_lazy("Where it is recorded"),
        help_text=gettext_lazy("For example: EXCOM 2019, item 5; or the written ballot of a day."),
        max_length=200,
        widget=WIDE,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Asked for when a host is replaced or let go."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def sitting(self) -> Sitting:
        """The decision."""
        facts = self.cleaned_data
        return Sitting(facts["body"], facts["decided_on"], facts["reference"])


class HostForm(SittingForm):
    """Which bid, or which member without a bid, is host."""

    field_order = ("bid", "member", "body", "decided_on", "reference", "reason")
    bid = forms.ModelChoiceField(
        label=gettext_lazy("Bid"),
        queryset=HostBid.objects.none(),
        required=False,
        empty_label=gettext_lazy("None: a member without a bid"),
    )
    member = forms.ModelChoiceField(
        label=gettext_lazy("Member without a bid"),
        queryset=Member.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, call: HostCall, on: dt.date, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        bid, member = self.fields["bid"], self.fields["member"]
        if isinstance(bid, forms.ModelChoiceField) and isinstance(member, forms.ModelChoiceField):
            bid.queryset = call.bids.filter(submitted_on__isnull=False, withdrawn_on__isnull=True)
            member.queryset = cities(on)

    def choice(self) -> HostChoice:
        """Who is chosen."""
        facts = self.cleaned_data
        return HostChoice(facts["bid"], None if facts["bid"] else facts["member"])
