"""What the secretariat types to change what a member is called, what it is, or that it is two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.fields import WIDE, day_field
from members.forms.leaving import ReasonForm, text_field
from members.models import Kind, Member

LONGEST_NAME, LONGEST_LEVEL = 200, 40


class RenameForm(forms.Form):
    """A new name in both scripts, from a day on."""

    name_en = forms.CharField(
        label=gettext_lazy("New name in English"), max_length=LONGEST_NAME, widget=WIDE
    )
    name_ko = forms.CharField(
        label=gettext_lazy("New name in Korean"),
        max_length=LONGEST_NAME,
        required=False,
        widget=WIDE,
    )
    used_from = day_field(
        gettext_lazy("Called so from"),
        help_text=gettext_lazy("The day the new name holds from; the old one ends the day before."),
    )
    reason = text_field(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("What it rests on, for example: letter of 17 Sep 2022."),
    )


class KindForm(forms.Form):
    """Another kind or level."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Kind.choices, widget=forms.RadioSelect
    )
    level = forms.CharField(
        label=gettext_lazy("Level"),
        max_length=LONGEST_LEVEL,
        required=False,
        help_text=gettext_lazy("For example: city, province, district, ministry."),
    )
    reason = text_field(gettext_lazy("Reason"))

    def __init__(self, data: QueryDict | None = None, *, member: Member) -> None:
        super().__init__(data, initial={"kind": member.kind, "level": member.level})
        self.member = member

    def clean(self) -> dict[str, Any]:
        """Something is to change."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.changes(cleaned):
            raise ValidationError(_("Nothing is different from what stands here."), code="already")
        return cleaned

    def changes(self, cleaned: dict[str, Any]) -> bool:
        """Whether kind or level is another than it was."""
        return bool(cleaned["kind"] != self.member.kind or cleaned["level"] != self.member.level)


class MergeForm(ReasonForm):
    """Which of two members stays, and why they are one."""

    keep = forms.TypedChoiceField(
        label=gettext_lazy("Which one stays?"), coerce=int, widget=forms.RadioSelect
    )
    reason = text_field(
        gettext_lazy("Why are they one?"),
        help_text=gettext_lazy("How it is known, for example: the city wrote so on 3 May 2026."),
    )
    field_order = ("keep", "reason")

    def __init__(self, data: QueryDict | None = None, *, pair: tuple[Member, Member]) -> None:
        super().__init__(data, initial={"keep": pair[0].pk})
        field = self.fields["keep"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (member.pk, _("%(member)s stays") % {"member": member}) for member in pair
            ]
