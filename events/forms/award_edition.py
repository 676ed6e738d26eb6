"""What the secretariat types about an edition: itself, its dates, its jury, prizes and ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.awards.editions import CategoryLine, CriterionLine, Defaults
from events.awards.results import prize_name
from events.forms.award_entry import mail_field
from events.models import AwardCategory, AwardEdition, AwardEntry, Juror
from events.models.awards import WHOLE
from members.forms.fields import country_choices, day_field
from members.models import Language

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_REASON = 1000
FEWEST_PARTS, MOST_PARTS = 3, 4
USUAL_CRITERIA = (
    "Innovation | 혁신성 | 40",
    "Impact | 영향력 | 40",
    "Replicability | 확산 가능성 | 20",
)
INDIVIDUALS = ("individuals", "individual", "개인")


def optional_day(label: Any) -> forms.DateField:  # noqa: ANN401 a lazy text
    """A day that may be said later."""
    field = day_field(label)
    field.required = False
    return field


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An edition before its call, with categories and criteria a line each."""

    call_on = day_field(gettext_lazy("Call"))
    deadline_on = day_field(
        gettext_lazy("Deadline"), help_text=gettext_lazy("Until the end of this day in Seoul.")
    )
    result_on = optional_day(gettext_lazy("Result"))
    ceremony_on = optional_day(gettext_lazy("Ceremony"))
    categories = forms.CharField(
        label=gettext_lazy("Categories"),
        help_text=gettext_lazy(
            "A line each: name in English | name in Korean | prizes. Add “| individuals” to a "
            "category for individuals only."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    criteria = forms.CharField(
        label=gettext_lazy("Criteria"),
        help_text=gettext_lazy(
            "A line each: name in English | name in Korean | weight. The weights add up to 100."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = AwardEdition
        fields: ClassVar = [
            *("series", "number", "year", "call_on", "deadline_on", "result_on", "ceremony_on"),
            *("ceremony_place", "meeting", "entries_per_city", "takes_organisations", "recusal"),
            *("introduction_en", "introduction_ko"),
        ]
        widgets: ClassVar = {
            "introduction_en": forms.Textarea(attrs={"rows": 3}),
            "introduction_ko": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: QueryDict | None = None, *, defaults: Defaults, **more: Any) -> None:  # noqa: ANN401 Django's
        edition = more.get("instance")
        initial: dict[str, Any] = {
            "entries_per_city": defaults.entries_per_city,
            "recusal": defaults.recusal,
            "takes_organisations": True,
            "criteria": "\n".join(USUAL_CRITERIA),
        }
        if edition is not None and edition.pk:
            initial = {
                "categories": "\n".join(map(write_category, edition.categories.all())),
                "criteria": "\n".join(
                    f"{each.name_en} | {each.name_ko} | {each.weight}"
                    for each in edition.criteria.all()
                ),
            }
        super().__init__(data, initial=initial, **more)
        self.defaults = defaults

    def clean_categories(self) -> list[CategoryLine]:
        """The lines, each with its number of prizes."""
        lines = []
        for words in parts_of(self.cleaned_data["categories"]):
            individual = len(words) == MOST_PARTS and words[3].lower() in INDIVIDUALS
            if len(words) > MOST_PARTS or (len(words) == MOST_PARTS and not individual):
                raise ValidationError(refuse_line(words), code="line")
            name_en, name_ko, number = (*words[:3], "", "")[:3]
            prizes = read_number(number, words) if number else self.defaults.prizes
            lines.append(CategoryLine(name_en[:120], name_ko[:120], prizes, individual))
        return lines

    def clean_criteria(self) -> list[CriterionLine]:
        """The lines, whose weights are a hundred."""
        lines = []
        for words in parts_of(self.cleaned_data["criteria"]):
            if len(words) != FEWEST_PARTS:
                raise ValidationError(refuse_line(words), code="line")
            lines.append(
                CriterionLine(words[0][:120], words[1][:120], read_number(words[2], words))
            )
        total = sum(line.weight for line in lines)
        if total != WHOLE:
            raise ValidationError(
                _("The weights of the criteria add up to %(sum)s: they must be 100.")
                % {"sum": total},
                code="weights",
            )
        return lines

    def clean(self) -> dict[str, Any]:
        """The four days in their order."""
        cleaned: dict[str, Any] = super().clean() or {}
        call, deadline = cleaned.get("call_on"), cleaned.get("deadline_on")
        if call and deadline and deadline < call:
            self.add_error("deadline_on", _("The deadline is before the call."))
        for name in ("result_on", "ceremony_on"):
            when = cleaned.get(name)
            if when and deadline and when < deadline:
                self.add_error(name, _("This day is before the deadline."))
        return cleaned


def write_category(category: AwardCategory) -> str:
    """A category as its line."""
    parts = [category.name_en, category.name_ko, str(category.prizes)]
    return " | ".join([*parts, "individuals"] if category.for_individuals else parts)


def parts_of(text: str) -> list[list[str]]:
    """The parts of every line that says something."""
    return [
        [part.strip() for part in line.split("|")] for line in text.splitlines() if line.strip()
    ]


def refuse_line(words: list[str]) -> str:
    """What is wrong with a line."""
    return _("This line cannot be read: “%(line)s”.") % {"line": " | ".join(words)}


def read_number(text: str, words: list[str]) -> int:
    """A whole number from 1 to 100.

    Raises:
        ValidationError: it is none.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= WHOLE:
        raise ValidationError(refuse_line(words), code="line")
    return int(text)


class DatesForm(forms.Form):
    """Until when the jury scores; when the result is announced, when and where presented."""

    scores_by = optional_day(gettext_lazy("Jury scores by"))
    result_on = optional_day(gettext_lazy("Result"))
    ceremony_on = optional_day(gettext_lazy("Ceremony"))
    ceremony_place = forms.CharField(
        label=gettext_lazy("Place of the ceremony"), required=False, max_length=200
    )


class DeadlineForm(forms.Form):
    """A later deadline, and why."""

    deadline_on = day_field(gettext_lazy("New deadline"))
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=LONGEST_REASON)


class JurorForm(forms.Form):
    """Whom to invite, and what conflicts are found by."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    email = mail_field(gettext_lazy("E-mail"))
    employer = forms.CharField(label=gettext_lazy("Employer"), max_length=200)
    country_code = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)


class AssignForm(forms.Form):
    """Which jurors score which categories."""

    jurors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Jurors"),
        queryset=Juror.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one juror.")},
    )
    categories = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Categories"),
        queryset=AwardCategory.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one category.")},
    )

    def __init__(self, edition: AwardEdition, data: QueryDict | None = None) -> None:
        jurors = edition.jurors.select_related("user")
        categories = edition.categories.all()
        super().__init__(
            data,
            initial={
                "jurors": [juror.pk for juror in jurors],
                "categories": [category.pk for category in categories],
            },
        )
        self.fields["jurors"].queryset = jurors  # type: ignore[attr-defined]
        self.fields["categories"].queryset = categories  # type: ignore[attr-defined]


class EligibilityForm(forms.Form):
    """Eligible, or not and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=(("yes", gettext_lazy("Eligible")), ("no", gettext_lazy("Not eligible"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, if it is not eligible"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("The entrant reads it, so write it in their language."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TieForm(forms.Form):
    """Which prize the jury shares, and why."""

    rank = forms.TypedChoiceField(label=gettext_lazy("Prize that is shared"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("The jury’s reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, category: AwardCategory, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["rank"].choices = prize_choices(category)  # type: ignore[attr-defined]


class WinnersForm(forms.Form):
    """A prize, or none, for each finalist; a reason where it goes against the scores."""

    def __init__(
        self,
        category: AwardCategory,
        finalists: list[AwardEntry],
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.finalists = finalists
        for entry in finalists:
            self.fields[f"e{entry.pk}"] = forms.TypedChoiceField(
                label=f"{entry.entrant}: {entry.title}",
                choices=[("", _("No prize")), *prize_choices(category)],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["why"] = forms.CharField(
            label=_("Reason, if the prizes do not follow the scores"),
            required=False,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def ranks(self) -> dict[int, int]:
        """The prizes by the primary key of the entry."""
        typed = {each.pk: self.cleaned_data.get(f"e{each.pk}") for each in self.finalists}
        return {pk: rank for pk, rank in typed.items() if rank}


def prize_choices(category: AwardCategory) -> list[tuple[int, str]]:
    """The prizes of a category by rank."""
    return [(rank, prize_name(rank)) for rank in range(1, category.prizes + 1)]
