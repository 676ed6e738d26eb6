"""A dues year of so many members: ready to be issued, being issued, or issued with people around.

python -m tests.harness.year_house register MEMBERS
python -m tests.harness.year_house issue
python -m tests.harness.year_house people MEMBERS
"""

import json
import sys

STAFF, PASSWORD = "staff@load.example", "correct horse battery"


def register(members):
    """The register and somebody of staff; nothing is issued."""
    from members.models import User
    from tests.benchmarks import issuing

    issuing.fill(members)
    User.objects.create_user(STAFF, PASSWORD, full_name="Staff", role="administrator")
    return {"staff": STAFF, "password": PASSWORD}


def people(members):
    """The register, its invoices, people of members, and tokens."""
    from django.utils import timezone

    from dues.invoicing import issue_dues
    from tests.benchmarks import issuing
    from tests.harness.crowded_house import fill_register

    issuing.fill(members)
    issue_dues(2020, by=None)
    return fill_register(timezone.now())


def issue():
    """Issue the year and ask the workers for its documents, as the page does that issues one."""
    from dues.invoicing import issue_dues
    from dues.tasks import render_pending_documents

    issue_dues(2020, by=None)
    render_pending_documents.delay()
    return {}


if __name__ == "__main__":
    import django

    django.setup()
    acts = {
        "register": lambda: register(int(sys.argv[2])),
        "people": lambda: people(int(sys.argv[2])),
        "issue": issue,
    }
    print(json.dumps(acts[sys.argv[1]]()))
