"""What worker processes are asked to do: look for what is missing, and make it."""

from celery import shared_task

from dues import documents, mailing, papers

PARTS = 2


@shared_task(name="dues.tasks.render_pending_documents")
def render_pending_documents() -> None:
    """Have every missing document made; two processes share the work."""
    for part in range(PARTS):
        render_part.delay(part)


@shared_task(name="dues.tasks.render_part")
def render_part(part: int) -> None:
    """Make one share of the missing documents, then help with the rest."""
    documents.render_pending(part=part, parts=PARTS)


@shared_task(name="dues.tasks.render_papers")
def render_papers() -> None:
    """Make the PDF of every paper that has none."""
    papers.render_papers()


@shared_task(name="dues.tasks.mail_invoices")
def mail_invoices() -> None:
    """Mail every issued invoice whose PDF is made and that nobody was sent yet."""
    mailing.mail_invoices()
