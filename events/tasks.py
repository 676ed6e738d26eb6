"""What worker processes are asked to do: look for what is missing, and make it."""

from celery import shared_task

from events import papers
from events.awards.papers import render_award_papers as print_award_papers
from events.offices.executive import settle_executive
from events.services import promoting
from wego import seoul


@shared_task(name="events.tasks.render_event_papers")
def render_event_papers() -> None:
    """Make the PDF of every paper around meetings that has none."""
    papers.render_event_papers()


@shared_task(name="events.tasks.follow_hosts")
def follow_hosts() -> None:
    """Let the Executive Vice President follow the host in force, however it was decided (P3)."""
    settle_executive(on=seoul.today(), by=None)


@shared_task(name="events.tasks.render_award_papers")
def render_award_papers() -> None:
    """Make the PDF of every paper of the awards that has none."""
    print_award_papers()


@shared_task(name="events.tasks.tell_members_of_events")
def tell_members_of_events() -> None:
    """Tell every member once of the events that were approved (R29)."""
    promoting.tell_members_of_events(on=seoul.today())
