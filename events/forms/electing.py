"""Forms of terms, candidacies and votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.balloting.calling import Vacancy
from events.balloting.tallying import Tally
from events.models import CameBy, Office, RoundCandidate, VoteManner
from members.forms.fields import WIDE, day_field
from members.models import Kind, Member

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_LINE, LONGEST_REASON, LONGEST_STATEMENT = 200, 1000, 2000
LONG_TEXT = forms.Textarea(attrs={"rows": 3, "cols": 60})


def cities() -> QuerySet[Member]:
    """Member cities by name."""
    return Member.objects.filter(kind=Kind.CITY, merged_into__isnull=True).order_by("name_en")


def city_field() -> forms.ModelChoiceField[Member]:
    """One of the member cities."""
    return forms.ModelChoiceField(
        queryset=Member.objects.none(),
        label=_("City"),
        empty_label=_("Choose a city"),
        error_messages={"required": _("Choose a city.")},
    )


def line_field(
    label: StrOrPromise,
    *,
    required: bool = True,
    help_text: StrOrPromise = "",
    longest: int = LONGEST_LINE,
) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, required=required, max_length=longest, widget=WIDE, help_text=help_text
    )


def reason_field(
    label: StrOrPromise, *, help_text: StrOrPromise = "", required: bool = True
) -> forms.CharField:
    """A written reason."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_REASON,
        widget=LONG_TEXT,
        error_messages={"required": _("Give the reason in writing.")},
    )


def override_field() -> forms.CharField:
    """The reason that lets an act go against a limit."""
    return reason_field(
        _("Reason for an exception"),
        required=False,
        help_text=_(
            "Only to go against a limit: more cities than allowed, or an associate. Kept with the "
            "term; an administrator gives it."
        ),
    )


class CityForm(forms.Form):
    """A form that asks for a city offers them all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's signature
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = cities()  # type: ignore[attr-defined]


class TermForm(CityForm):
    """A term of a city, taken from a record."""

    office = forms.ChoiceField(
        label=_("Office"),
        choices=[(office.value, office.label) for office in Office if office != Office.SECRETARY],
    )
    member = city_field()
    starts_on = day_field(_("From"))
    ends_on = day_field(
        _("Until"), help_text=_("A term always has a last day; usually 31 December.")
    )
    label = line_field(
        _("Label"), required=False, longest=120, help_text=_("As people call it: 7th term.")
    )
    source = line_field(_("Where this is recorded"), help_text=_("A memorandum, a letter."))
    override_reason = override_field()


class SecretaryForm(forms.Form):
    """The Secretary General, whom the President appoints (P5)."""

    person_en = line_field(_("Name in English"))
    person_ko = line_field(_("Name in Korean"), required=False)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    reference = line_field(_("Letter of the President"))


class EndForm(forms.Form):
    """The early end of a term."""

    ended_on = day_field(_("Last day"))
    reason = line_field(_("Reason"), longest=300)


class HolderForm(CityForm):
    """Who is at the head of a city (R22)."""

    member = city_field()
    person_en = line_field(_("Name in English"))
    person_ko = line_field(_("Name in Korean"), required=False)
    position = line_field(_("Position"), required=False, longest=120)
    since_on = day_field(_("Since"))
    source = line_field(_("Where this is known from"), required=False)


class NominationForm(CityForm):
    """EXCOM nominates a Vice President (P3)."""

    member = city_field()
    nominated_on = day_field(_("Nominated on"))
    reference = line_field(_("Meeting and item"), help_text=_("17th EXCOM, item 4."))


class AppointmentForm(forms.Form):
    """The President appoints a nominated city (P3)."""

    appointed_on = day_field(_("Appointed on"))
    ends_on = day_field(_("Until"))
    reference = line_field(_("Letter of the President"))
    label = line_field(_("Label"), required=False, longest=120)
    override_reason = override_field()


class CallForm(forms.Form):
    """The call: which offices, since when, and the record date of the voters."""

    called_on = day_field(_("Called on"))
    record_on = day_field(
        _("Record date of the voters"),
        help_text=_("As cities stand on this day, they may vote or not."),
    )
    president = forms.BooleanField(label=_("Elect the President City"), required=False)
    excom_seats = forms.IntegerField(
        label=_("EXCOM cities to elect"), min_value=0, max_value=60, required=False, initial=0
    )
    fills_free = forms.BooleanField(
        label=_("Only free seats: those who hold one stay"), required=False
    )
    notice_reason = reason_field(_("Why at shorter notice"), required=False)

    def vacancies(self) -> list[Vacancy]:
        """What is to be elected."""
        data = self.cleaned_data
        found = [Vacancy(Office.PRESIDENT, 1)] if data["president"] else []
        if data["excom_seats"]:
            replaces = not data["fills_free"]
            found.append(Vacancy(Office.EXCOM, data["excom_seats"], replaces_running=replaces))
        return found


class CandidacyForm(CityForm):
    """A notice of candidacy that reached the secretariat."""

    member = city_field()
    received_on = day_field(_("Received on"))
    statement = forms.CharField(
        label=_("What the city says"),
        required=False,
        max_length=LONGEST_STATEMENT,
        widget=LONG_TEXT,
    )
    came_by = CameBy.LETTER


class StandForm(forms.Form):
    """Our own notice of candidacy."""

    statement = forms.CharField(
        label=_("Why we stand"),
        help_text=_("A few sentences for the other cities; you may leave it empty."),
        required=False,
        max_length=LONGEST_STATEMENT,
        widget=LONG_TEXT,
    )
    agreed = forms.BooleanField(
        label=_("This notice is given with the authority of the head of our city."),
        error_messages={"required": _("Confirm that you may give this notice.")},
    )


class ReasonForm(forms.Form):
    """One written reason."""

    reason = reason_field(_("Reason"))


class MannerForm(forms.Form):
    """How a round is voted."""

    manner = forms.ChoiceField(
        label=_("How it is voted"), choices=VoteManner.choices, widget=forms.RadioSelect
    )


class KeysForm(forms.Form):
    """Both tellers' keys; the browser keeps neither."""

    first_code = forms.CharField(label=_("Key of teller 1"), max_length=60)
    second_code = forms.CharField(label=_("Key of teller 2"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's signature
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.TextInput(
                attrs={"size": 44, "autocomplete": "off", "spellcheck": "false"}
            )
            field.error_messages["required"] = _("Type this key.")


class PaperCountForm(forms.Form):
    """What the tellers counted in the room."""

    cast = forms.IntegerField(label=_("Ballots cast"), min_value=1, max_value=9999)
    blank = forms.IntegerField(label=_("Blank"), min_value=0, max_value=9999, initial=0)
    invalid = forms.IntegerField(label=_("Invalid"), min_value=0, max_value=9999, initial=0)
    note = line_field(_("Note"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 Django's signature
        candidates: Sequence[RoundCandidate],
        **kwargs: Any,  # noqa: ANN401 Django's signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [each.code for each in candidates]
        for each in candidates:
            self.fields[f"votes_{each.code}"] = forms.IntegerField(
                label=str(each), min_value=0, max_value=9999
            )

    def tally(self) -> Tally:
        """The votes by the candidates' codes."""
        data = self.cleaned_data
        votes = {code: data[f"votes_{code}"] for code in self.codes}
        return Tally(votes, data["blank"], data["invalid"])


class AcclaimForm(forms.Form):
    """Elected unanimously, without a count."""

    present = forms.IntegerField(
        label=_("Voters there or represented"), min_value=1, max_value=9999
    )
    note = line_field(_("How it was established"), help_text=_("By acclaim; by show of hands."))


class ConfirmForm(forms.Form):
    """The terms that follow from a result."""

    starts_on = day_field(_("Terms from"))
    ends_on = day_field(_("Terms until"))
    label = line_field(_("Label"), required=False, longest=120)
    leaves_free = forms.BooleanField(
        label=_("Seats that nobody was elected to stay free"), required=False
    )
    override_reason = override_field()


class DayForm(forms.Form):
    """The page of another day."""

    on = day_field(_("As of"))

    def day_or(self, today: dt.date) -> dt.date:
        """The day asked for, or today."""
        day: dt.date = self.cleaned_data["on"] if self.is_valid() else today
        return day
