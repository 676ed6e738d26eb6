"""What a juror types: points for each criterion, a comment, a recusal, who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Juror, ScoreSheet
from events.models.awards import MOST_POINTS
from members.forms.fields import country_choices

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_COMMENT = 2000


class AcceptForm(forms.Form):
    """What conflicts are found by."""

    employer = forms.CharField(
        label=gettext_lazy("Your employer"),
        max_length=200,
        help_text=gettext_lazy("Entries of your own employer and country are scored by others."),
    )
    country_code = forms.ChoiceField(label=gettext_lazy("Your country"), choices=country_choices)

    def __init__(self, juror: Juror, data: QueryDict | None = None) -> None:
        super().__init__(
            data, initial={"employer": juror.employer, "country_code": juror.country_code}
        )


class ScoreForm(forms.Form):
    """Points from 0 to 10 by criterion; a draft needs not have all."""

    def __init__(self, sheet: ScoreSheet, data: QueryDict | None = None) -> None:
        super().__init__(data)
        given = dict(sheet.marks.values_list("criterion_id", "points"))
        self.criteria = list(sheet.entry.edition.criteria.all())
        for criterion in self.criteria:
            self.fields[f"c{criterion.pk}"] = forms.IntegerField(
                label=str(criterion),
                required=False,
                min_value=0,
                max_value=MOST_POINTS,
                initial=given.get(criterion.pk),
                help_text=_("Weight %(weight)s %%") % {"weight": criterion.weight},
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "1"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"),
                    _("Enter a whole number from 0 to %(most)s.") % {"most": MOST_POINTS},
                ),
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment for the secretariat"),
            required=False,
            max_length=LONGEST_COMMENT,
            initial=sheet.comment,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def points(self) -> dict[int, int]:
        """What was given, by the primary key of the criterion."""
        typed = {each.pk: self.cleaned_data.get(f"c{each.pk}") for each in self.criteria}
        return {pk: value for pk, value in typed.items() if value is not None}


class RecuseForm(forms.Form):
    """Why a juror will not score an entry."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say in a few words why.")},
    )
