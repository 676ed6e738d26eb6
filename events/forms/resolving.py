"""What the secretariat types of a resolution: verdict, votes, and a line for each member."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.meetings.majorities import Tally
from events.meetings.resolving import Vote
from events.models import Choice, LineOutcome, Manner, Verdict
from members.forms.fields import WIDE, day_field
from members.forms.leaving import text_field
from members.models import Member

LEAVE_OUT = ""
LONGEST_REASON = 300
# What may be resolved of whom, the usual answer first.
ANSWERS: dict[str, tuple[str, ...]] = {
    LineOutcome.APPROVE: (
        LineOutcome.APPROVE,
        LineOutcome.REJECT,
        LineOutcome.DEFER,
        LEAVE_OUT,
    ),
    LineOutcome.NOTE: (LineOutcome.NOTE, LEAVE_OUT),
    LineOutcome.SUSPEND: (LEAVE_OUT, LineOutcome.SUSPEND),
    LineOutcome.EXPEL: (LEAVE_OUT, LineOutcome.EXPEL),
    LineOutcome.WAIVE: (LEAVE_OUT, LineOutcome.WAIVE),
}
VERBS = {
    LEAVE_OUT: gettext_lazy("leave out"),
    LineOutcome.APPROVE: gettext_lazy("approve"),
    LineOutcome.REJECT: gettext_lazy("reject"),
    LineOutcome.DEFER: gettext_lazy("defer"),
    LineOutcome.NOTE: gettext_lazy("note the withdrawal"),
    LineOutcome.SUSPEND: gettext_lazy("suspend"),
    LineOutcome.EXPEL: gettext_lazy("expel"),
    LineOutcome.WAIVE: gettext_lazy("waive the arrears"),
}


class MotionForm(forms.Form):
    """What was resolved and how it was voted."""

    verdict = forms.ChoiceField(label=gettext_lazy("Resolved"), choices=Verdict.choices)
    manner = forms.ChoiceField(label=gettext_lazy("How"), choices=Manner.choices)
    votes_for = forms.IntegerField(label=gettext_lazy("Votes for"), min_value=0, required=False)
    votes_against = forms.IntegerField(
        label=gettext_lazy("Votes against"), min_value=0, required=False
    )
    abstentions = forms.IntegerField(label=gettext_lazy("Abstentions"), min_value=0, required=False)
    resolved_on = day_field(gettext_lazy("Resolved on"))
    effective_on = day_field(
        gettext_lazy("Effective on"),
        help_text=gettext_lazy("Empty: the day it was resolved. Members follow S4."),
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=120,
        help_text=gettext_lazy("Item or number, for example: item 4."),
    )
    city = forms.ModelChoiceField(
        label=gettext_lazy("City that is chosen"),
        queryset=Member.objects.filter(merged_into__isnull=True),
        required=False,
        empty_label="–",
    )
    other = forms.CharField(
        label=gettext_lazy("Or another local government, by name"),
        max_length=200,
        required=False,
        widget=WIDE,
    )
    note = text_field(
        gettext_lazy("Note"), help_text=gettext_lazy("Stands in the memorandum."), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        chooses: bool = False,
        corrects: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["effective_on"].required = False
        if not chooses:
            del self.fields["city"], self.fields["other"]
        if corrects:
            self.fields["note"].required = True
            self.fields["note"].label = _("What was wrong")
            self.fields["note"].help_text = _("Members concerned read this.")

    def vote(self, roll: list[tuple[Member, str]]) -> Vote:
        """The votes as the rule takes them."""
        facts = self.cleaned_data
        tally = None
        if facts["manner"] == Manner.COUNTED and facts.get("votes_for") is not None:
            tally = Tally(
                facts["votes_for"], facts.get("votes_against") or 0, facts.get("abstentions") or 0
            )
        return Vote(facts["manner"], tally, roll if facts["manner"] == Manner.ROLL_CALL else ())


class RulingForm(forms.Form):
    """What is resolved of one member."""

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        prefix: str,
        ask: str,
        name: str,
        usual: str | None = None,
    ) -> None:
        answers = ANSWERS[ask]
        first = answers[0] if usual is None else usual
        super().__init__(data, prefix=prefix, initial={"outcome": first})
        field = self.fields["outcome"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(answer, VERBS[answer]) for answer in answers]
        field.label = _("Decision on %(member)s") % {"member": name}
        self.fields["reason"].label = _("Reason, %(member)s") % {"member": name}


class RollForm(forms.Form):
    """How one city voted."""

    choice = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("no vote")), *Choice.choices]
    )

    def __init__(self, data: QueryDict | None = None, *, prefix: str, name: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["choice"].label = _("Vote of %(member)s") % {"member": name}
