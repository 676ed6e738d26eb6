"""What is typed to make a token: what for, whose, what it opens, for how long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from members.models import Member, Role, User
from members.tokens import LONGEST_DAYS
from wego.api.scopes import declared_scopes, reading_scopes

NOBODY = [("", "–")]


class MemberTokenForm(forms.Form):
    """A token of the organisation one acts for: it reads."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=80,
        help_text=gettext_lazy("For example the city's accounting system."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until it runs out"), min_value=1, max_value=LONGEST_DAYS
    )

    offered_to_members = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        names = (
            reading_scopes(of_member=True) if self.offered_to_members else list(declared_scopes())
        )
        choices = [(name, declared_scopes()[name].label) for name in names]
        field = self.fields["scopes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        self.initial.setdefault("days", LONGEST_DAYS)


class StaffTokenForm(MemberTokenForm):
    """A token of any kind, made by an administrator."""

    role = forms.ChoiceField(
        label=gettext_lazy("For the staff role"),
        choices=[*NOBODY, *[pair for pair in Role.choices if pair[0]]],
        required=False,
    )
    member = forms.ModelChoiceField(
        label=gettext_lazy("Or for the member"),
        queryset=Member.objects.none(),
        required=False,
        empty_label="–",
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Of the person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody: a service"),
        help_text=gettext_lazy(
            "What it does is recorded under this name, and it opens nothing once the person lost "
            "the role."
        ),
    )
    field_order = ("name", "role", "member", "person", "scopes", "days")
    offered_to_members = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        offer(self.fields["member"], Member.objects.standing_alone().order_by("name_en", "pk"))
        people = User.objects.filter(is_active=True).order_by("full_name", "pk")
        offer(self.fields["person"], people)


def offer(field: forms.Field, rows: QuerySet[Any]) -> None:
    """The rows a field lets choose."""
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
