"""What worker processes are asked to do for the register: print letters, ask for figures."""

from celery import shared_task

from members import agenda, asking, letters
from wego import seoul


@shared_task(name="members.tasks.render_letters")
def render_letters() -> None:
    """Make the PDF of every letter that has none."""
    letters.render_letters()


@shared_task(name="members.tasks.ask_for_figures")
def ask_for_figures() -> None:
    """In autumn, ask the members that nobody has asked yet."""
    asking.ask_for_figures(on=seoul.today())


@shared_task(name="members.tasks.close_excom_year")
def close_excom_year() -> None:
    """After New Year, carry over or lapse what no EXCOM of the old year decided on (S3)."""
    today = seoul.today()
    agenda.close_excom_year(today.year - 1, on=today, by=None)
