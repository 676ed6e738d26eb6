"""What membership would cost the applicant, as the storey above can say."""

from __future__ import annotations

import datetime as dt

from members.answers import FeeQuote
from members.models import Application, ApplicationState
from members.vetting import next_excom_year
from wego import questions

# Decided or over: what is owed then stands in the portal.
SETTLED = (ApplicationState.APPROVED, ApplicationState.REJECTED, ApplicationState.WITHDRAWN)


def excom_year_of(application: Application, on: dt.date) -> int:
    """The year of the EXCOM the application goes to, or would go to."""
    return application.target_excom_year or next_excom_year(on)


def quote_for(application: Application, on: dt.date) -> FeeQuote | None:
    """The yearly fee and its first year, from the EXCOM it goes to (R7).

    None while kind or country are open, once it is settled, or where nobody can say.
    """
    if application.state in SETTLED or not application.kind or not application.country_code:
        return None
    answers = questions.ask(
        "fee quote",
        application.kind,
        country_code=application.country_code,
        value=application.figure_value,
        on=max(on, dt.date(excom_year_of(application, on), 1, 1)),
    )
    return answers[0] if answers else None
