"""The mails of awards; their words stand in templates/mail/<name>.<language>.txt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wego.wording import MailKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EDITION = _("name of the edition")
PROJECT = _("title of the project")
REFERENCE = _("reference of the entry")
LINK = _("private link to the entry")
CATEGORY = _("name of the category")
SAMPLES = {
    "edition": "WeGO Awards 2020",
    "project": "Green Connectivity",
    "reference": "AW-2020-7K3Q9",
    "category": "Mobility",
    "prize": "Gold",
    "name": "Ana Costa",
}


def mail(
    name: str,
    label: StrOrPromise,
    placeholders: Mapping[str, StrOrPromise],
    *,
    private: bool = False,
) -> MailKind:
    """A kind of mail with the samples of its own placeholders."""
    samples = {key: value for key, value in SAMPLES.items() if key in placeholders}
    return MailKind(name, label, placeholders, private=private, samples=samples)


AWARDS = (
    mail(
        "award_link",
        _("Private link to an entry"),
        {
            "edition": EDITION,
            "reference": REFERENCE,
            "link": LINK,
            "deadline": _("last moment to submit"),
        },
        private=True,
    ),
    mail(
        "award_none",
        _("No entry under this address"),
        {"link": _("address of the awards")},
    ),
    mail(
        "award_entered",
        _("Entry received"),
        {
            "edition": EDITION,
            "project": PROJECT,
            "reference": REFERENCE,
            "link": LINK,
            "category": CATEGORY,
            "deadline": _("last moment to change it"),
        },
        private=True,
    ),
    mail(
        "award_ineligible",
        _("Entry not eligible"),
        {
            "edition": EDITION,
            "project": PROJECT,
            "reference": REFERENCE,
            "reason": _("the reason"),
        },
    ),
    mail(
        "award_juror",
        _("Invitation to a jury"),
        {
            "name": _("name of the juror"),
            "edition": EDITION,
            "email": _("address to sign in with"),
            "link": _("address of the jury pages"),
        },
    ),
    mail(
        "award_round",
        _("Round of a jury begun"),
        {
            "name": _("name of the juror"),
            "edition": EDITION,
            "round": _("number of the round"),
            "count": _("how many entries"),
            "until": _("until when"),
            "link": _("address of the jury pages"),
        },
    ),
    mail(
        "award_won",
        _("Winner notified, under embargo"),
        {
            "edition": EDITION,
            "project": PROJECT,
            "prize": _("gold, silver or bronze"),
            "category": CATEGORY,
            "embargo": _("day of the announcement"),
            "link": LINK,
        },
        private=True,
    ),
    mail(
        "award_announced",
        _("Certificate for a winner"),
        {
            "edition": EDITION,
            "project": PROJECT,
            "prize": _("gold, silver or bronze"),
            "category": CATEGORY,
            "link": _("page of the winners"),
        },
    ),
    mail(
        "award_result",
        _("Result for the other entrants"),
        {
            "edition": EDITION,
            "project": PROJECT,
            "link": _("page of the winners"),
        },
    ),
)
