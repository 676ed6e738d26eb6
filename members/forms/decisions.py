"""What the secretariat types of a sitting and of each member it decided on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.fields import WIDE, day_field
from members.forms.leaving import text_field
from members.models import Body, Outcome
from members.policies import Policies
from members.switches import FullOn

LONGEST_MEETING, LONGEST_REFERENCE, LONGEST_REASON = 200, 120, 300
MANY = 50
LEAVE_OUT = ""
# What may be chosen of whom, the usual answer first.
ANSWERS: dict[str, tuple[str, ...]] = {
    Outcome.APPROVE: (Outcome.APPROVE, Outcome.REJECT, Outcome.DEFER, LEAVE_OUT),
    Outcome.NOTE: (Outcome.NOTE, LEAVE_OUT),
    Outcome.SUSPEND: (LEAVE_OUT, Outcome.SUSPEND),
    Outcome.EXPEL: (LEAVE_OUT, Outcome.EXPEL),
    Outcome.LIFT: (LEAVE_OUT, Outcome.LIFT),
    Outcome.WAIVE: (LEAVE_OUT, Outcome.WAIVE),
}
VERBS = {
    LEAVE_OUT: gettext_lazy("leave out"),
    Outcome.APPROVE: gettext_lazy("approve"),
    Outcome.REJECT: gettext_lazy("reject"),
    Outcome.DEFER: gettext_lazy("defer"),
    Outcome.NOTE: gettext_lazy("note the withdrawal"),
    Outcome.SUSPEND: gettext_lazy("suspend"),
    Outcome.EXPEL: gettext_lazy("expel"),
    Outcome.LIFT: gettext_lazy("lift the suspension"),
    Outcome.WAIVE: gettext_lazy("waive the arrears"),
}


class SittingForm(forms.Form):
    """Who decided, when, at which meeting, and where it is written."""

    body = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=Body.choices)
    decided_on = day_field(
        gettext_lazy("Decided on"),
        help_text=gettext_lazy("The day of the decision, as in the memorandum."),
    )
    meeting = forms.CharField(
        label=gettext_lazy("Meeting"),
        max_length=LONGEST_MEETING,
        widget=WIDE,
        help_text=gettext_lazy("For example: 11th EXCOM, Seongnam."),
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=LONGEST_REFERENCE,
        help_text=gettext_lazy("Item or number, for example: agenda item 3."),
    )
    meeting_ended_on = day_field(gettext_lazy("Last day of the meeting"))
    memorandum_on = day_field(gettext_lazy("Date of the memorandum"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        policies: Policies,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        if policies.full_on != FullOn.MEETING_END:
            del self.fields["meeting_ended_on"]
        if policies.full_on != FullOn.MEMORANDUM:
            del self.fields["memorandum_on"]


class WishForm(forms.Form):
    """What was decided of one member."""

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
        usual: bool = True,
    ) -> None:
        answers = ANSWERS[ask]
        super().__init__(
            data, prefix=prefix, initial={"outcome": answers[0] if usual else LEAVE_OUT}
        )
        field = self.fields["outcome"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(answer, VERBS[answer]) for answer in answers]
        field.label = _("Decision on %(member)s") % {"member": name}
        self.fields["reason"].label = _("Reason, %(member)s") % {"member": name}


class RecordForm(forms.Form):
    """The last look before a decision is recorded: for many, their number typed."""

    typed_count = forms.IntegerField()

    def __init__(self, data: QueryDict | None = None, *, count: int) -> None:
        super().__init__(data)
        self.count = count
        if count <= MANY:
            del self.fields["typed_count"]
        else:
            self.fields["typed_count"].label = _("Type %(count)s to confirm") % {"count": count}

    def clean_typed_count(self) -> int:
        """The number shown, typed."""
        typed = int(self.cleaned_data["typed_count"])
        if typed != self.count:
            raise forms.ValidationError(
                _("This is not the number of members: %(count)s.") % {"count": self.count}
            )
        return typed


class CorrectionForm(forms.Form):
    """The decision that corrects one, and what was wrong."""

    body = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=Body.choices)
    decided_on = day_field(gettext_lazy("Decided on"))
    meeting = forms.CharField(
        label=gettext_lazy("Meeting"), max_length=LONGEST_MEETING, widget=WIDE
    )
    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=LONGEST_REFERENCE)
    reason = text_field(
        gettext_lazy("What was wrong"), help_text=gettext_lazy("The member reads this.")
    )


def outcomes_in_order(found: Sequence[str]) -> list[str]:
    """Outcomes as a memorandum lists them."""
    return [outcome for outcome in Outcome.values if outcome in found]
