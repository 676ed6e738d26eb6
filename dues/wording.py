"""The answers of the pure rules in words, in the reader's language."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.assessment import MONTHS, WAIVED, Assessment, Schedule
from dues.fees import Band, SentenceError
from wego import reader
from wego.money import display

REASON_LABELS = {
    "population_missing": gettext_lazy("Population missing"),
    "gdp_missing": gettext_lazy("GDP missing"),
    "employees_missing": gettext_lazy("Number of employees missing"),
    "associate": gettext_lazy("Associate"),
    "not_yet_due": gettext_lazy("Not yet due"),
    "no_fee_schedule": gettext_lazy("No fee table"),
    "ended": gettext_lazy("Membership ended"),
    "cancelled": gettext_lazy("Leaving year cancelled"),
    "waived": gettext_lazy("Waived by decision"),
}


def say(error: SentenceError) -> str:
    """A refusal of the fee rules, translated with the words it names."""
    params = {
        name: _(value) if isinstance(value, str) and name in {"measure", "axis"} else value
        for name, value in error.params.items()
    }
    return _(error.template).format(**params)


def band_words(measure: str, band: Band) -> str:
    """A band as people say it: `300,000 to 599,999 persons`, `USD 20,000 or more`."""
    lower, upper = band
    if measure == "gdp_ppp_per_capita":
        if upper is None:
            return _("USD %(lower)s or more") % {"lower": f"{lower:,}"}
        return _("USD %(lower)s to under %(upper)s") % {
            "lower": f"{lower:,}",
            "upper": f"{upper:,}",
        }
    unit = _("persons") if measure == "population" else _("employees")
    if upper is None:
        return _("%(lower)s %(unit)s or more") % {"lower": f"{lower:,}", "unit": unit}
    return _("%(lower)s to %(last)s %(unit)s") % {
        "lower": f"{lower:,}",
        "last": f"{upper - 1:,}",
        "unit": unit,
    }


def explain(assessment: Assessment) -> str:
    """Why a member is priced as it is, or is not billed: one or two sentences."""
    if assessment.reason:
        return explain_reason(assessment)
    parts = (explain_cell, explain_months, explain_lowering)
    return " ".join(filter(None, (part(assessment) for part in parts)))


def explain_months(assessment: Assessment) -> str:
    """That only a part of the year is owed, and what that comes to; "" for a whole year."""
    if assessment.months == MONTHS:
        return ""
    return _("%(months)s of 12 months are owed: %(amount)s.") % {
        "months": assessment.months,
        "amount": display(assessment.fee_cents),
    }


def explain_lowering(assessment: Assessment) -> str:
    """That a decision lowers the fee, by how much, and what is left; "" where none does (S17)."""
    lowering = assessment.lowering
    if lowering is None:
        return ""
    return _("Reduced by %(off)s by %(decision)s: %(amount)s is due. %(reason)s") % {
        "off": say_off(assessment.off_cents, lowering.percent),
        "decision": say_decision(lowering.decided_by, lowering.decided_on, lowering.reference),
        "amount": display(assessment.amount_cents),
        "reason": lowering.reason,
    }


def say_off(cents: int, percent: int | None) -> str:
    """`USD 4,250.00 (50 %)`, or the amount alone."""
    if percent is None:
        return display(cents)
    return _("%(amount)s (%(percent)s %%)") % {"amount": display(cents), "percent": percent}


def say_decision(body: str, day: dt.date, reference: str) -> str:
    """A recorded decision in words: whose, of which day, where it is written."""
    return _("decision of %(body)s of %(day)s (%(reference)s)") % {
        "body": body,
        "day": date_format(day),
        "reference": reference,
    }


def explain_cell(assessment: Assessment) -> str:
    """The figures, their bands and the fee of a whole year."""
    column, cell, schedule = assessment.column, assessment.cell, assessment.schedule
    if column is None or cell is None or schedule is None:
        return ""
    facts = {
        "column": figure_words(schedule.table.column_measure, column.value),
        "column_band": band_words(schedule.table.column_measure, cell.column_band),
        "amount": display(cell.amount_cents),
        "schedule": name_of(schedule),
    }
    if assessment.row is None or cell.row_band is None:
        return _("%(column)s (band %(column_band)s) gives %(amount)s in %(schedule)s.") % facts
    facts["row"] = figure_words(schedule.table.row_measure, assessment.row.value)
    facts["row_band"] = band_words(schedule.table.row_measure, cell.row_band)
    return (
        _(
            "%(column)s (band %(column_band)s) and %(row)s (band %(row_band)s) "
            "give %(amount)s in %(schedule)s."
        )
        % facts
    )


def name_of(schedule: Schedule) -> str:
    """A schedule's name in the reader's language."""
    return reader.choose(schedule.name_en, schedule.name_ko)


def figure_words(measure: str, value: object) -> str:
    """A figure with what it counts."""
    templates = {
        "population": _("Population %(value)s"),
        "employees": _("%(value)s employees"),
        "gdp_ppp_per_capita": _("GDP per capita (PPP) USD %(value)s"),
    }
    return templates[measure] % {"value": f"{value:,}"}


def explain_reason(assessment: Assessment) -> str:
    """Why a member is blocked or owes nothing, and what to do about it."""
    lowering = assessment.lowering
    if assessment.reason == WAIVED and lowering is not None:
        return _("Nothing is due: waived by %(decision)s. %(reason)s") % {
            "decision": say_decision(lowering.decided_by, lowering.decided_on, lowering.reference),
            "reason": lowering.reason,
        }
    since = date_format(assessment.since) if assessment.since else ""
    if assessment.reason == "not_yet_due" and assessment.since is None:
        return _("No approval is recorded yet.")
    sentences = {
        "population_missing": _("The population is missing. Enter it with its source and year."),
        "gdp_missing": _("The GDP per capita of the country is missing. Load the GDP edition."),
        "employees_missing": _("The number of employees is missing. Ask the company for it."),
        "associate": _("Associate since %(since)s: associates pay no dues before EXCOM approval."),
        "not_yet_due": _("Full member since %(since)s: dues begin with the year %(year)s."),
        "no_fee_schedule": _("There is no fee table for this kind of member."),
        "ended": _("The membership ended on %(since)s."),
        "cancelled": _(
            "The notice of withdrawal of %(since)s came before the due day: "
            "the dues of the leaving year are cancelled."
        ),
    }
    return sentences[assessment.reason] % {"since": since, "year": assessment.first_dues_year}
