"""The wording of mails: what each kind says in each language, and the secretariat's own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wego import outbox, rewording, wording
from wego.admin.pages import PagesAdmin, person, show, task_page
from wego.models import Mail, MailWording
from wego.wording import MailKind, Words

VIEW, CHANGE = "wego.view_mailwording", "wego.change_mailwording"


class WordsForm(forms.Form):
    """The words of one kind of mail; placeholders are checked against those it has."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. A line such as “Open the portal: {link}” "
            "becomes a button."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "class": "wide"}),
        max_length=10_000,
    )

    def __init__(self, *args: Any, kind: MailKind, **kwargs: Any) -> None:  # noqa: ANN401 Django's signature
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Refuse placeholders that this kind does not have."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            rewording.check_words(self.kind, self.words)
        return cleaned

    @property
    def words(self) -> Words:
        """What was typed."""
        return Words(
            self.cleaned_data["subject"].strip(),
            self.cleaned_data["body"].replace("\r\n", "\n").strip(),
        )


def show_wordings(request: HttpRequest) -> HttpResponse:
    """Every kind of mail and language, and which of them have the secretariat's own words."""
    own = set(MailWording.objects.values_list("kind", "language"))
    rows = [
        {
            "kind": kind,
            "languages": [
                {"code": code, "label": label, "own": (kind.name, code) in own}
                for code, label in settings.LANGUAGES
            ],
        }
        for kind in wording.declared_kinds().values()
    ]
    return show(request, "admin/wego/wordings.html", title=_("Wording of mails"), rows=rows)


def edit(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Change the words, see what they become, send a test; nothing is kept before "Save"."""
    chosen = kind_or_404(kind, language)
    current = rewording.words_of(chosen, language)
    initial = {"subject": current.subject, "body": current.body}
    form = WordsForm(request.POST or None, initial=initial, kind=chosen)
    if request.method == "POST" and form.is_valid():
        if "save" in request.POST:
            rewording.change_words(chosen, language, form.words, by=person(request))
            messages.success(request, _("Saved. Mails written from now on say this."))
            return redirect("admin:wego_mailwording_change", kind, language)
        current = form.words
        if "test" in request.POST:
            send_test(request, chosen, language, current)
    facts, real = facts_for(chosen, language)
    shown = wording.compose(current, facts, language=language)
    with translation.override(language):
        paragraphs = wording.paragraphs_of(current.body, facts)
    return show(
        request,
        "admin/wego/wording.html",
        status=422 if form.errors else 200,
        title=_("%(mail)s, in %(language)s")
        % {"mail": chosen.label, "language": dict(settings.LANGUAGES)[language]},
        form=form,
        kind=chosen,
        language=language,
        other_languages=[each for each in settings.LANGUAGES if each[0] != language],
        placeholders=[(f"{{{name}}}", label) for name, label in chosen.placeholders.items()],
        own=MailWording.objects.filter(kind=kind, language=language).exists(),
        subject=shown.subject,
        paragraphs=paragraphs,
        text=shown.text,
        real=real,
    )


def kind_or_404(kind: str, language: str) -> MailKind:
    """The kind an address names; 404 for one that is not, or a language the house has not."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    try:
        return wording.find_kind(kind)
    except LookupError as error:
        raise Http404(str(error)) from error


def facts_for(kind: MailKind, language: str) -> tuple[dict[str, str], bool]:
    """Facts to show the words with: those of the last mail of the kind, else samples.

    The second value says whether they are real.
    """
    sent = Mail.objects.filter(kind=kind.name).order_by("-pk").values_list("facts", flat=True)
    for facts in [sent.filter(language=language).first(), sent.first()]:
        if facts and facts.keys() == kind.placeholders.keys():
            return facts, True
    with translation.override(language):
        return kind.sample_facts(), False


def send_test(request: HttpRequest, kind: MailKind, language: str, words: Words) -> None:
    """Send the words as typed to whoever typed them."""
    reader: Any = person(request)
    facts, _real = facts_for(kind, language)
    try:
        to = outbox.Mailbox(reader.email, str(reader), language)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    outbox.post_test(kind, words, facts, to=to, by=reader)
    sentence = _("A test is on its way to %(address)s. The words are not saved yet.")
    messages.success(request, sentence % {"address": reader.email})


@require_POST
def restore(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Take the secretariat's own words back."""
    rewording.restore_words(kind_or_404(kind, language), language, by=person(request))
    messages.success(request, _("The mail says again what it came with."))
    return redirect("admin:wego_mailwording_change", kind, language)


@admin.register(MailWording)
class MailWordingAdmin(PagesAdmin):
    """The pages of wording, by kind and language."""

    pages = (
        path("", task_page(show_wordings, permission=VIEW), name="wego_mailwording_changelist"),
        path(
            "<str:kind>/<str:language>/",
            task_page(edit, permission=CHANGE),
            name="wego_mailwording_change",
        ),
        path(
            "<str:kind>/<str:language>/default/",
            task_page(restore, permission=CHANGE),
            name="wego_mailwording_restore",
        ),
    )
