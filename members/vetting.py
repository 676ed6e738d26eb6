"""What the secretariat looks at before it accepts an application (workflows of admission).

Complete? Known already? Owing something from before (S16)? Which EXCOM (S3, C4)? Which fee later?
The page of an application shows these answers; accepting asks them again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.answers import Arrear, FeeQuote
from members.completeness import find_gaps
from members.duplicates import Twin, find_duplicates
from members.history import ended_on, first_dues_year
from members.lifecycle import read_lines
from members.models import (
    ON_ROSTER,
    Application,
    Body,
    Decision,
    Member,
)
from members.policies import load_policies
from members.switches import AssociateFrom, Policies, Readmission
from wego import questions
from wego.seoul import shift_months

MONTHS_UNTIL_FREE = 36
# When in its year an EXCOM usually meets.
EXCOM_MONTH = 11


@dataclass(frozen=True)
class Vetting:
    """Every answer about one application on a day.

    `gaps` stop nobody but `blocks` do, in sentences; `former` is the organisation's own earlier
    membership, `standing` the members and applications that are certainly the same.
    """

    gaps: tuple[str, ...]
    blocks: tuple[str, ...]
    twins: tuple[Twin, ...]
    former: Member | None
    arrears: tuple[Arrear, ...]
    excom_year: int
    region: str
    associate_from: dt.date
    dues_year: int
    quote: FeeQuote | None

    @property
    def likenesses(self) -> tuple[Twin, ...]:
        """What merely looks like it, for a person to judge."""
        return tuple(twin for twin in self.twins if not twin.certain)


def vet_application(application: Application, *, on: dt.date) -> Vetting:
    """Look at an application as it stands on a day."""
    policies = load_policies()
    twins = find_twins(application)
    standing = find_standing(twins, application, on)
    former = find_former(twins, application, standing)
    arrears = find_debts(former, policies, on) if former else ()
    excom_year = application.target_excom_year or next_excom_year(on)
    dues_year = first_dues_year(dt.date(excom_year, EXCOM_MONTH, 1), policies.first_dues)
    return Vetting(
        gaps=tuple(gap.sentence for gap in find_gaps(application)),
        blocks=tuple(find_blocks(application, standing, former, arrears)),
        twins=twins,
        former=former,
        arrears=arrears,
        excom_year=excom_year,
        region=application.region or find_region(application.country_code),
        associate_from=first_day(application, former, policies, on),
        dues_year=dues_year,
        quote=quote_fee(application, dues_year, on),
    )


def find_twins(application: Application) -> tuple[Twin, ...]:
    """What may be the same organisation, without the member this application made."""
    found = find_duplicates(
        application.name_en,
        application.name_ko,
        name_local=application.name_local,
        country_code=application.country_code,
        kind=application.kind,
        apart_from=application,
    )
    made = application.member if application.accepted_on else None
    return tuple(twin for twin in found if made is None or twin.found != made)


def find_standing(twins: tuple[Twin, ...], application: Application, on: dt.date) -> list[Twin]:
    """Certain twins that are members today or are being admitted already."""
    keys = [twin.found.pk for twin in twins if isinstance(twin.found, Member)]
    own = None if application.accepted_on else application.member
    if own:
        keys.append(own.pk)
    on_roster = set(
        Member.objects.with_status(on)
        .filter(("status__in", ON_ROSTER), pk__in=keys)
        .values_list("pk", flat=True)
    )
    named = [
        twin
        for twin in twins
        if twin.certain and (not isinstance(twin.found, Member) or twin.found.pk in on_roster)
    ]
    if own and own.pk in on_roster and all(twin.found != own for twin in named):
        named.append(Twin(own, "", certain=True))
    return named


def find_former(
    twins: tuple[Twin, ...], application: Application, standing: list[Twin]
) -> Member | None:
    """The organisation's own earlier membership, when it has ended."""
    if application.accepted_on:
        return None
    if application.member:
        return application.member
    taken = [twin.found for twin in standing]
    former = [
        twin.found
        for twin in twins
        if twin.certain and isinstance(twin.found, Member) and twin.found not in taken
    ]
    return former[0] if former else None


def find_debts(former: Member, policies: Policies, on: dt.date) -> tuple[Arrear, ...]:
    """What a former member still owes: neither paid nor waived by decision (S16)."""
    left = ended_on(read_lines(former), on)
    if (
        policies.readmission == Readmission.FREE_LATER
        and left
        and left <= shift_months(on, -MONTHS_UNTIL_FREE)
    ):
        return ()
    answers = questions.ask("open arrears", former, on=on)
    return tuple(arrear for answer in answers for arrear in answer)


def find_blocks(
    application: Application,
    standing: list[Twin],
    former: Member | None,
    arrears: tuple[Arrear, ...],
) -> list[str]:
    """Why it cannot be accepted, each with what would help."""
    blocks = []
    if not (application.kind and application.name_en.strip() and application.country_code):
        blocks.append(_("Kind, English name and country are needed: return the application."))
    for twin in standing:
        if isinstance(twin.found, Member):
            blocks.append(_("%(name)s is a member already.") % {"name": twin.found})
        else:
            blocks.append(
                _("%(name)s has another open application: %(reference)s.")
                % {"name": twin.found, "reference": twin.found.reference}
            )
    if arrears:
        owed = ", ".join(arrear.label for arrear in arrears)
        blocks.append(
            _(
                "%(name)s still owes from before: %(owed)s. "
                "It can be accepted when that is paid, or waived by a recorded decision."
            )
            % {"name": former, "owed": owed}
        )
    return blocks


def next_excom_year(on: dt.date) -> int:
    """This year's EXCOM; next year's once this year's has decided something (S3, C4)."""
    has_met = Decision.objects.filter(
        body=Body.EXCOM, decided_on__year=on.year, decided_on__lte=on
    ).exists()
    return on.year + 1 if has_met else on.year


def find_region(country_code: str) -> str:
    """Where the roster puts the members of a country; "" for a country without any."""
    regions = Member.objects.filter(country_code=country_code).values_list("region", flat=True)
    counted = Counter(regions).most_common(1)
    return counted[0][0] if counted else ""


def first_day(
    application: Application, former: Member | None, policies: Policies, on: dt.date
) -> dt.date:
    """From which day an accepted applicant is an associate (S1), never before it left."""
    day = on
    if policies.associate_from == AssociateFrom.SUBMISSION and application.submitted_on:
        day = application.submitted_on
    lines = read_lines(former) if former else []
    return max([day, *(line.effective_on for line in lines if line.effective_on <= on)])


def quote_fee(application: Application, dues_year: int, on: dt.date) -> FeeQuote | None:
    """What the dues of a year would be, as far as anybody can say."""
    if not application.kind or not application.country_code:
        return None
    asked = (application.kind, application.country_code, application.figure_value)
    answers = questions.ask("fee quotes", [asked], on=on, year=dues_year)
    return answers[0][0] if answers else None
