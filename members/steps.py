"""The states of an application (workflows of admission) and the one way from one to the next."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.models import Application, ApplicationEntry, ApplicationState, User

State = ApplicationState
NEXT: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.RETURNED, State.ACCEPTED, State.REJECTED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.SUBMITTED, State.REJECTED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.APPROVED, State.REJECTED, State.WITHDRAWN, State.LAPSED}),
    # A decision that was entered wrongly is corrected by a later one (X09).
    State.APPROVED: frozenset({State.ACCEPTED}),
    State.REJECTED: frozenset({State.ACCEPTED}),
    State.WITHDRAWN: frozenset(),
    State.LAPSED: frozenset(),
}


def lock_application(application: Application) -> Application:
    """The application's row, held until the transaction ends."""
    return Application.objects.select_for_update().get(pk=application.pk)


def record_step(
    application: Application, state: str, *, on: dt.date, reason: str = "", by: User | None
) -> ApplicationEntry:
    """Move a locked application on and append the step; the caller holds the lock.

    Raises:
        ValidationError: nothing leads from where it stands to there.
    """
    if state not in NEXT[application.state]:
        raise ValidationError(
            _("This application is “%(now)s”: it cannot become “%(wanted)s”.")
            % {"now": application.get_state_display(), "wanted": State(state).label},
            code="not_allowed",
        )
    application.state = state
    application.save(update_fields=["state", "saved_at"])
    return ApplicationEntry.objects.create(
        application=application, state=state, on=on, reason=reason.strip(), recorded_by=by
    )
