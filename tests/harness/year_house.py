"""A dues year issued for so many members, and nobody has made a document yet.

python -m tests.harness.year_house fill MEMBERS
python -m tests.harness.year_house start
"""

import json
import sys

STAFF, PASSWORD = "staff@load.example", "correct horse battery"


def fill(members):
    """The register, its invoices, and somebody of staff."""
    from dues.invoicing import issue_dues
    from members.models import User
    from tests.benchmarks import issuing

    issuing.fill(members)
    issue_dues(2020, by=None)
    User.objects.create_user(STAFF, PASSWORD, full_name="Staff", role="administrator")
    return {"staff": STAFF, "password": PASSWORD}


def people(members):
    """The same with people of members, and tokens."""
    from django.utils import timezone

    from dues.invoicing import issue_dues
    from tests.benchmarks import issuing
    from tests.harness.crowded_house import fill_register

    issuing.fill(members)
    issue_dues(2020, by=None)
    return fill_register(timezone.now())


def start():
    """Ask the workers for the documents, as the page does that issues a year."""
    from dues.tasks import render_pending_documents

    render_pending_documents.delay()
    return {}


if __name__ == "__main__":
    import django

    django.setup()
    acts = {
        "fill": lambda: fill(int(sys.argv[2])),
        "people": lambda: people(int(sys.argv[2])),
        "start": start,
    }
    print(json.dumps(acts[sys.argv[1]]()))
