"""What an accepted applicant brings: a member, names, people, a figure, and who is asked in.

Parts of one acceptance (`members.admission`), which holds the lock and the transaction.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.applicants import person_of
from members.figures import is_missing, record_figure
from members.invitations import invite_person
from members.lifecycle import add_member, record_status
from members.models import (
    Affiliation,
    AffiliationRole,
    Application,
    Contact,
    ContactRole,
    Kind,
    Measure,
    Member,
    MemberName,
    Region,
    Status,
    User,
)
from members.rows import sameness, squeeze
from members.vetting import Vetting

# Who of the applicant's people is asked into the portal, and as what.
INVITED = (
    (ContactRole.LIAISON, AffiliationRole.ADMINISTRATOR),
    (ContactRole.FINANCE, AffiliationRole.FINANCE),
)


def admit(
    application: Application, vetting: Vetting, *, region: str, on: dt.date, by: User | None
) -> Member:
    """The new associate, or the former member that is one again."""
    reason = f"Application {application.reference}, accepted {on:%Y-%m-%d}"
    day = vetting.associate_from
    if vetting.former:
        member = vetting.former
        record_status(member, Status.ASSOCIATE, on=day, reason=reason, by=by)
        refresh_facts(member, application)
    else:
        if region not in Region.values:
            raise ValidationError(
                _("This is the first member of %(country)s: choose its region.")
                % {"country": application.country},
                code="region",
            )
        facts = {
            name: getattr(application, name)
            for name in ("kind", "name_en", "name_ko", "country_code", "level", "address")
        }
        member = add_member(
            Member(
                **facts,
                region=region,
                website=application.website,
                language=application.language,
            ),
            status=Status.ASSOCIATE,
            on=day,
            reason=reason,
            by=by,
        )
    keep_names(member, application)
    return member


def refresh_facts(member: Member, application: Application) -> None:
    """Where a former member is reached now; its names stay, new ones are kept beside them."""
    member.language = application.language
    for name in ("level", "address", "website"):
        if value := getattr(application, name):
            setattr(member, name, value)
    member.save(update_fields=["language", "level", "address", "website"])


def keep_names(member: Member, application: Application) -> None:
    """Names of the application that the register does not know yet: local script, new spelling."""
    known = {sameness(member.name_en), sameness(member.name_ko)}
    for other in member.other_names.all():
        known |= {sameness(other.name_en), sameness(other.name_ko)}
    note = f"Application {application.reference}"
    wanted = (
        {"name_en": squeeze(application.name_local)},
        {"name_en": squeeze(application.name_en)},
        {"name_ko": squeeze(application.name_ko)},
    )
    for names in wanted:
        (name,) = names.values()
        if name and sameness(name) not in known:
            MemberName.objects.create(member=member, note=note, **names)
            known.add(sameness(name))


def keep_contacts(member: Member, application: Application) -> None:
    """The people of the application, each in place of whoever had the role before."""
    for role in ContactRole.values:
        person = person_of(application, role)
        if person["full_name"] and person["email"]:
            Contact.objects.filter(member=member, role=role).delete()
            Contact.objects.create(member=member, role=role, **person)


def keep_figure(
    member: Member, application: Application, dues_year: int, *, by: User | None
) -> None:
    """The declared population or employees, for the first year dues could be owed."""
    measure = Measure.POPULATION if member.kind == Kind.CITY else Measure.EMPLOYEES
    value = application.figure_value
    if value is None or is_missing(measure, value):
        return
    record_figure(
        member,
        measure,
        year=dues_year,
        value=value,
        source=application.figure_source or f"Application {application.reference}",
        source_year=application.figure_source_year,
        definition="",
        by=by,
    )


def invite_people(
    member: Member, application: Application, *, by: User | None, at: dt.datetime
) -> None:
    """Ask the liaison and the finance contact into the portal, each address once."""
    acting = Affiliation.objects.filter(member=member).values_list("user__email", flat=True)
    asked = {email.lower() for email in acting}
    for contact, role in INVITED:
        person = person_of(application, contact)
        email = person["email"].lower()
        if email and email not in asked:
            asked.add(email)
            invite_person(
                email=email,
                full_name=person["full_name"],
                language=application.language,
                member=member,
                role=role,
                by=by,
                on_at=at,
            )
