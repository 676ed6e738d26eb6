"""What an administrator types to change a policy switch: the new answer and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from wego.switches import ChoiceSwitch, NumberSwitch, Switch, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

# As many letters as the database keeps of a value.
LONGEST_LIST = 80
LONGEST_WHY = 1000


class PolicyForm(forms.Form):
    """Another answer to one switch."""

    value = forms.CharField()
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The decision or document this rests on, for example: EXCOM 2026."),
    )

    def __init__(self, data: QueryDict | None = None, *, switch: Switch, chosen: Value) -> None:
        super().__init__(data, initial={"value": switch.write(chosen)})
        self.switch = switch
        self.fields["value"] = field_of(switch)

    def clean_value(self) -> Value:
        """The answer as the rules know it."""
        return self.switch.read(str(self.cleaned_data["value"]))


def field_of(switch: Switch) -> forms.Field:
    """The answers of a switch to choose from, its number, or its numbers."""
    if isinstance(switch, ChoiceSwitch):
        return forms.ChoiceField(
            label=switch.label,
            choices=list(answers_of(switch)),
            widget=forms.RadioSelect,
            help_text=switch.effect,
        )
    if isinstance(switch, NumberSwitch):
        return forms.IntegerField(
            label=switch.label,
            min_value=switch.smallest,
            max_value=switch.largest,
            help_text=switch.effect,
        )
    return forms.CharField(label=switch.label, max_length=LONGEST_LIST, help_text=switch.effect)


def answers_of(switch: ChoiceSwitch) -> Iterator[tuple[str, str]]:
    """Each answer with its words; the default says that it is one."""
    for value, words in switch.choices.items():
        shown = capfirst(str(words))
        is_default = value == switch.default
        yield value, gettext("%(answer)s (default)") % {"answer": shown} if is_default else shown
