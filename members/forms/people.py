"""What staff type about people: who they are, what they may do, whom to invite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import AffiliationRole, Language, Member, Role, User
from members.persons import refuse_last_administrator
from wego.outbox import Mailbox

if TYPE_CHECKING:
    _UserForm = forms.ModelForm[User]
else:
    _UserForm = forms.ModelForm

NOBODY = [("", "–")]


def one_mailbox(email: str, full_name: str = "") -> str:
    """The address in lower case, so that capitals make nobody else (S9)."""
    return Mailbox(email.strip().lower(), full_name).email


class PersonForm(_UserForm):
    """A person who signs in; only an administrator gets here."""

    class Meta:
        model = User
        fields = ("email", "full_name", "language", "role", "is_active")

    def clean_email(self) -> str:
        """Exactly one mailbox."""
        return one_mailbox(str(self.cleaned_data["email"]))

    def clean_full_name(self) -> str:
        """One line, since it stands in headers of mails."""
        name = str(self.cleaned_data["full_name"])
        Mailbox("nobody@wego.example", name)
        return name

    def clean(self) -> dict[str, Any]:
        """Somebody must remain who can give out roles."""
        cleaned: dict[str, Any] = super().clean() or {}
        stays = cleaned.get("role") == Role.ADMINISTRATOR and cleaned.get("is_active")
        if self.instance.pk and not stays:
            refuse_last_administrator(User.objects.get(pk=self.instance.pk))
        return cleaned


class InviteForm(forms.Form):
    """Whom to invite, to do what."""

    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=gettext_lazy("The person's own, not shared: the link is for them alone."),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mail"), choices=Language.choices
    )
    member = forms.ModelChoiceField(
        label=gettext_lazy("To act for the member"),
        queryset=Member.objects.none(),
        required=False,
        empty_label="–",
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role for the member"),
        choices=[*NOBODY, *AffiliationRole.choices],
        required=False,
        help_text=gettext_lazy(
            "An administrator does everything for the member, also invites colleagues."
        ),
    )
    staff_role = forms.ChoiceField(
        label=gettext_lazy("Or to join the staff as (staff role)"),
        choices=[*NOBODY, *[pair for pair in Role.choices if pair[0]]],
        required=False,
    )

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        members = self.fields["member"]
        if isinstance(members, forms.ModelChoiceField):
            members.queryset = Member.objects.order_by("name_en", "pk")
        if not staff:
            del self.fields["staff_role"]
            members.required = self.fields["role"].required = True

    def clean_email(self) -> str:
        """Exactly one mailbox."""
        return one_mailbox(str(self.cleaned_data["email"]))

    def clean(self) -> dict[str, Any]:
        """Either for a member or for the staff."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned.setdefault("staff_role", "")
        if self.errors:
            return cleaned
        if bool(cleaned["member"]) == bool(cleaned["staff_role"]):
            raise ValidationError(
                _("Choose either a member and a role for it, or a staff role."), code="role"
            )
        if cleaned["member"] and not cleaned.get("role"):
            self.add_error("role", _("Choose what the person may do for the member."))
        return cleaned
