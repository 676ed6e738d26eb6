"""What a member has of programmes: a certificate, a request, an office, a partner."""

from events.models import EventPaper, EventPaperDocument, TrainingCertificate
from tests.dues.builders import one_page_pdf
from tests.events.programmes import TODAY, rows_of
from wego import storage


def things_of_programmes(member, user, number):
    """By word, as addresses name them."""
    rows = rows_of(member, user, number)
    paper = EventPaper.objects.create(
        kind="training",
        reference=f"WEGO-CT-{number}",
        language="en",
        issued_on=TODAY,
        member=member,
        snapshot={},
    )
    stored = storage.store_file(f"event-papers/{paper.reference}.pdf", one_page_pdf())
    EventPaperDocument.objects.create(
        paper=paper,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        renderer="tests",
    )
    TrainingCertificate.objects.create(nomination=rows["nomination"], paper=paper)
    return {word: row.pk for word, row in rows.items()} | {
        "certificate_reference": paper.reference,
        "wish": "consulting",
        "move": "withdraw",
        "file_kind": "agreement",
        "row": rows["memorandum"].pk,
    }
