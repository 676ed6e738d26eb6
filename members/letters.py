"""Letters and certificates (workflows of admission and leaving): written once, printed once.

Writing a letter is a row in the caller's transaction, with every printed fact in it; the press of
the frame prints it and hands it to the mails that wait.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from members import letter_page
from members.letter_facts import take_snapshot
from members.models import (
    Application,
    DecisionItem,
    Letter,
    LetterDocument,
    LetterKind,
    Member,
    ParkedLetter,
    User,
)
from wego import pdf, press
from wego.condition.lines import Waiting
from wego.papers import find_reference
from wego.press import Press, PressReport

# What it is, in a letter's reference.
LETTER_OF: dict[str, str] = {
    LetterKind.APPLICATION_FORM: "F",
    LetterKind.ACCEPTANCE: "A",
    LetterKind.APPROVAL: "P",
    LetterKind.REJECTION: "R",
    LetterKind.CERTIFICATE: "C",
    LetterKind.WITHDRAWAL: "W",
}
WAITS_FOR = "letter:"
# Sent in one mail.
TOGETHER = (LetterKind.APPROVAL, LetterKind.CERTIFICATE)


@transaction.atomic
def write_letter(
    kind: str,
    *,
    member: Member | None = None,
    application: Application | None = None,
    item: DecisionItem | None = None,
    language: str,
    on: dt.date,
    by: User | None,
) -> Letter:
    """A letter with everything it prints; the worker makes its PDF.

    The form of an application is the same letter as long as its answers are the same.

    Raises:
        ValidationError: it would be to nobody, or a certificate without a decision (never).
    """
    if member is None and application is None:
        raise ValidationError(_("A letter is written to somebody."), code="nobody")
    if kind == LetterKind.CERTIFICATE and item is None:
        raise ValidationError(
            _("A certificate rests on a decision: record the decision first."), code="no_decision"
        )
    with translation.override(language):
        facts = take_snapshot(kind, member=member, application=application, item=item, on=on)
    snapshot = {"layout": letter_page.LAYOUT, "language": language, **facts}
    if kind == LetterKind.APPLICATION_FORM and (same := find_same_form(application, snapshot)):
        return same
    reference = find_reference(Letter.objects, LETTER_OF[kind], on)
    return Letter.objects.create(
        kind=kind,
        reference=reference,
        language=language,
        issued_on=on,
        member=member,
        application=application,
        decision_item=item,
        snapshot={"reference": reference, **snapshot},
        created_by=by,
    )


def find_same_form(application: Application | None, snapshot: dict[str, object]) -> Letter | None:
    """The newest form of an application, if nothing but the day differs."""
    newest = Letter.objects.filter(
        application=application, kind=LetterKind.APPLICATION_FORM
    ).first()
    dated = {"reference", "issued_on"}
    wanted = {key: value for key, value in snapshot.items() if key not in dated}
    if newest and {key: newest.snapshot.get(key) for key in wanted} == wanted:
        return newest
    return None


def make_pdf(letter: Letter) -> bytes:
    """The PDF of a letter's snapshot: same snapshot, same bytes. Raises wego.pdf.RenderError."""
    snapshot = letter.snapshot
    return pdf.render_pdf(
        letter_page.letter_html(snapshot),
        css=letter_page.stylesheet(letter.kind),
        identifier=letter.reference,
        assets=letter_page.assets(),
        limits=letter_page.limits(letter.kind),
    )


def choose_bundle(letter: Letter) -> list[Letter]:
    """What goes in one mail with a letter: a certificate goes with the letter of approval."""
    if not letter.decision_item_id or letter.kind not in TOGETHER:
        return [letter]
    together = Letter.objects.filter(decision_item=letter.decision_item_id, kind__in=TOGETHER)
    return list(together.order_by("pk"))


PRESS = Press(
    papers=Letter.objects,
    documents=LetterDocument.objects,
    parked=ParkedLetter.objects,
    link="letter",
    render=make_pdf,
    layout=lambda _letter: letter_page.LAYOUT,
    folder="letters",
    mail_key=WAITS_FOR,
    bundle=choose_bundle,
)


def render_letters(*, limit: int | None = None) -> PressReport:
    """Make the PDFs of letters that are missing, at most `limit` of them."""
    return press.print_waiting(PRESS, limit=limit)


def retry_letters(*, by: User | None) -> int:
    """Give parked letters another chance; returns how many. The next sweep takes them up."""
    return press.retry_parked(PRESS, by=by)


def read_letter(letter: Letter) -> bytes:
    """The stored PDF of a letter, if it still is what was stored; nothing is rendered again.

    Raises:
        ValidationError: there is none yet (`document_missing`), or the file is gone or was altered
            (`document_damaged`).
    """
    return press.read_paper(PRESS, letter)


def tell_waiting() -> list[Waiting]:
    """What the register answers the frame that asks which documents wait."""
    page = "admin:members_letter_changelist"
    return [Waiting("letters", _("Letters"), *press.count_waiting(PRESS), page)]
