"""Applications for tests, as they stand when the secretariat first sees them."""

import datetime as dt

from members.models import Application, ApplicationEntry, ApplicationFile

SUBMITTED_ON = dt.date(2019, 3, 1)
ACCEPTED_ON = dt.date(2019, 3, 5)
PEOPLE = {
    "head": {
        "full_name": "Noh Kwan-kyu",
        "position": "Mayor",
        "email": "mayor@suncheon.example",
        "phone": "",
    },
    "liaison": {
        "full_name": "Kim Min-ji",
        "position": "Smart City Division",
        "email": "kim@suncheon.example",
        "phone": "+82 61 749 5000",
    },
    "finance": {
        "full_name": "Lee Ji-hoon",
        "position": "Accounting",
        "email": "lee@suncheon.example",
        "phone": "",
    },
}
SUNCHEON = {
    "kind": "city",
    "name_en": "Suncheon",
    "name_ko": "순천시",
    "country_code": "KR",
    "level": "city",
    "address": "30 Jangmyeong-ro\nSuncheon-si",
    "language": "ko",
    "figure_value": 278_548,
    "figure_source": "Resident registration",
    "figure_source_year": 2018,
    "contacts": PEOPLE,
    "applicant_email": "kim@suncheon.example",
}


def add_application(*, state="submitted", number=1, signed=True, **fields):
    """An application of Suncheon, or of whoever the fields say, with its steps and signed form."""
    application = Application.objects.create(
        **{
            "reference": f"WA-2019-{number:05}",
            "state": state,
            "submitted_on": SUBMITTED_ON,
            **SUNCHEON,
            **fields,
        }
    )
    ApplicationEntry.objects.create(application=application, state="submitted", on=SUBMITTED_ON)
    if signed:
        ApplicationFile.objects.create(
            application=application,
            name="signed.pdf",
            content_type="application/pdf",
            path="application/x/signed.pdf",
            sha256="0" * 64,
            size=1000,
        )
    return application
