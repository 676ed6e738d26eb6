"""The press: prints papers that were written, once, and hands them to the mails that wait.

Writing a paper is a row in the caller's transaction, with every printed fact in it. Its PDF is
made by whoever sweeps what the rows say is undone: written, without a document, not parked. The
same snapshot gives the same bytes, so sweeping twice, or again after a kill, ends the same.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Manager, QuerySet
from django.utils.translation import gettext as _

from wego import outbox, pdf, storage
from wego.models import Mail
from wego.papers import AbstractPaper, AbstractPaperDocument

BATCH = 100
logger = logging.getLogger(__name__)
P = TypeVar("P", bound=AbstractPaper)


@dataclass(frozen=True)
class Press(Generic[P]):
    """What one press prints, how, and where it keeps it.

    `link` is the field by which a document, and a parked row, names its paper. `render` gives the
    same bytes for the same snapshot and raises wego.pdf.RenderError; `layout` is the version of
    the page, kept beside the bytes. `folder` is where they lie in the private store. A mail that
    waits for a paper says `mail_key` and its primary key, `letter:7`, and is given the whole
    `bundle`: the papers that go in one mail, in order, the one asked about among them.
    """

    papers: Manager[P]
    documents: Manager[Any]
    parked: Manager[Any]
    link: str
    render: Callable[[P], bytes]
    layout: Callable[[P], str]
    folder: str
    mail_key: str
    bundle: Callable[[P], Sequence[P]]

    def waits_for(self, paper: P) -> str:
        """What a mail says that waits for a paper."""
        return f"{self.mail_key}{paper.pk}"

    def waiting(self) -> QuerySet[P]:
        """Papers without a document that nobody parked, the oldest first."""
        return self.papers.filter(document__isnull=True, parked__isnull=True).order_by("pk")

    def document_of(self, paper: P) -> AbstractPaperDocument | None:
        """The document of a paper, once it is made."""
        document: AbstractPaperDocument | None = self.documents.filter(**{self.link: paper}).first()
        return document


def count_waiting(press: Press[P]) -> tuple[int, int]:
    """How many papers wait for their PDF, and how many could not be printed."""
    return press.waiting().order_by().count(), press.parked.count()


@dataclass
class PressReport:
    """What one sweep did: papers printed, and the references it parked with their reasons."""

    printed: int = 0
    parked: dict[str, str] = field(default_factory=dict)


def print_waiting(press: Press[P], *, limit: int | None = None) -> PressReport:
    """Make the PDFs that are missing, at most `limit` of them.

    A paper that cannot be printed is parked with the reason and stops nobody else; a store or
    database that fails stops the sweep, no paper is to blame.
    """
    report = PressReport()
    free_mails(press)
    last = 0
    while papers := list(press.waiting().filter(pk__gt=last)[:BATCH]):
        for paper in papers:
            if limit is not None and report.printed + len(report.parked) >= limit:
                return report
            print_paper(press, paper, report)
            last = paper.pk
    return report


def print_paper(press: Press[P], paper: P, report: PressReport) -> None:
    """Print one paper outside any transaction, then note it; or park it with the reason."""
    try:
        content = press.render(paper)
    except pdf.PrinterMissingError:
        raise
    except pdf.RenderError as error:
        park_paper(press, paper, str(error), report)
    except Exception as error:
        logger.exception("Paper %s cannot be printed", paper.reference)
        park_paper(press, paper, f"{type(error).__name__}: {error}", report)
    else:
        keep_document(press, paper, content)
        report.printed += 1


def keep_document(press: Press[P], paper: P, content: bytes) -> None:
    """Store a paper's PDF and the row that proves it; somebody else's equal row may stand."""
    name = f"{press.folder}/{paper.issued_on.year}/{paper.reference}.pdf"
    stored = storage.store_file(name, content)
    document = press.documents.model(
        **{press.link: paper},
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        renderer=f"{press.layout(paper)}, {pdf.renderer()}",
    )
    press.documents.bulk_create([document], ignore_conflicts=True)
    hand_to_mails(press, paper)


def hand_to_mails(press: Press[P], paper: P) -> None:
    """Attach a stored paper to the mails that wait for it, once all that goes with it is stored."""
    bundle = press.bundle(paper)
    stored = press.documents.in_bulk([each.pk for each in bundle], field_name=f"{press.link}_id")
    if len(stored) == len(bundle):
        carried = [(each.pk, attachment(each, stored[each.pk])) for each in bundle]
        for each in bundle:
            enclosed = [file for key, file in carried if key != each.pk]
            free_mails_of(press.waits_for(each), dict(carried)[each.pk], enclosed)


def free_mails_of(waits_for: str, own: dict[str, str], enclosed: list[dict[str, str]]) -> None:
    """Let the mails that wait for a paper go, with it and what is enclosed."""
    with transaction.atomic():
        waiting = list(Mail.objects.filter(waits_for=waits_for).values_list("pk", flat=True))
        outbox.attach(waits_for, **own)
        for mail in Mail.objects.select_for_update().filter(pk__in=waiting):
            mail.attachments = [*mail.attachments, *enclosed]
            mail.save(update_fields=["attachments"])


def attachment(paper: AbstractPaper, document: AbstractPaperDocument) -> dict[str, str]:
    """A paper as a mail carries it."""
    return {
        "name": f"{paper.reference}.pdf",
        "path": document.path,
        "sha256": document.sha256,
        "type": "application/pdf",
    }


def free_mails(press: Press[P]) -> None:
    """Let mails go whose paper is stored: the one who stored it was stopped before it said so."""
    waiting = Mail.objects.filter(waits_for__startswith=press.mail_key)
    names = set(waiting.values_list("waits_for", flat=True))
    keys = [name.removeprefix(press.mail_key) for name in names]
    asked = [int(key) for key in keys if key.isdecimal()]
    for paper in press.papers.filter(pk__in=asked, document__isnull=False):
        hand_to_mails(press, paper)


def park_paper(press: Press[P], paper: P, reason: str, report: PressReport) -> None:
    """Set a paper aside with the reason, until somebody retries."""
    parked = press.parked.model(**{press.link: paper}, reason=reason)
    press.parked.bulk_create([parked], ignore_conflicts=True)
    report.parked[paper.reference] = reason


def retry_parked(press: Press[P], *, by: AbstractBaseUser | None) -> int:
    """Give parked papers another chance; returns how many. The next sweep takes them up."""
    count, _rows = press.parked.all().delete()
    logger.info("%s parked papers tried again by person %s", count, by.pk if by else None)
    return count


def read_paper(press: Press[P], paper: P) -> bytes:
    """The stored PDF of a paper, if it still is what was stored; nothing is rendered again.

    Raises:
        ValidationError: there is none yet (`document_missing`), or the file is gone or was altered
            (`document_damaged`).
    """
    document = press.document_of(paper)
    if document is None:
        raise ValidationError(
            _("The PDF of %(paper)s is not made yet.") % {"paper": paper.reference},
            code="document_missing",
        )
    try:
        return storage.read_file(document.path, sha256=document.sha256)
    except storage.StorageError as error:
        logger.exception("A stored paper fails its proof")
        raise ValidationError(
            _("The stored file %(path)s is missing or was altered: restore it from a backup.")
            % {"path": document.path},
            code="document_damaged",
        ) from error
