"""S3: a document reaches no server and no file, whatever stands in a name, address, note or title.

Every text of every kind of document is each of 17 ways to reach for something. All of them are
printed as text, and a process that watches its own connections and files sees none.
"""

import datetime as dt
import json
import os
import subprocess
import sys

import pytest

from events.award_page import page as award_page
from events.awards import results, telling
from events.delegating.papers import write_badge, write_credentials_form, write_visa_letter
from events.models import AwardPaper, EditionState
from members.letters import write_letter
from members.models import Decision, DecisionItem
from tests.attacks.markup import came_to_life
from tests.attacks.poison import poison_leaves
from tests.conftest import ROOT
from tests.dues.books import pay
from tests.dues.builders import issued_invoice
from tests.events import builders as meetings
from tests.events.awards import builders as awards
from tests.members.applicants import add_application
from tests.register import add_figure, add_gdp, add_member

# What is printed comes from a snapshot, which either database keeps the same.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
ON = dt.date(2019, 11, 15)
VECTORS = (
    '<img planted alt="a" src="URL">',
    '<base planted href="URL"><img planted alt="a" src="x.png">',
    '<link planted rel="stylesheet" href="URL">',
    '<link planted rel="attachment" href="URL">',
    "<style planted>@import url(URL);</style>",
    '<p planted style="background: url(URL)">x</p>',
    "<style planted>@font-face { font-family: F; src: url(URL) }</style>",
    '<object planted data="URL"></object>',
    '<embed planted src="URL">',
    '<iframe planted src="URL"></iframe>',
    '<svg planted><image href="URL" width="9" height="9"/></svg>',
    '<svg planted><use xlink:href="URL#x"/></svg>',
    '<svg planted><script href="URL"></script></svg>',
    '<a planted rel="attachment" download href="URL">x</a>',
    '<img planted alt="a" srcset="URL 2x" src="javascript:alert(1)">',
    '<xi:include planted href="URL" parse="text"/>',
    '"><img planted alt="a" src="data:image/svg+xml,%3Cimage href=URL/%3E">',
)


@pytest.fixture
def snapshots(administrator):
    """A document of every kind: {name: (what prints it, its snapshot)}."""
    member = add_member("Suncheon", name_ko="순천시", address="30 Street", on=dt.date(2012, 3, 5))
    add_figure(member, 278_548)
    add_gdp("KR", "42300")
    decision = Decision.objects.create(body="excom", decided_on=ON, meeting="EXCOM", reference="3")
    item = DecisionItem.objects.create(
        decision=decision, member=member, outcome="approve", effective_on=ON
    )
    found = {"invoice": ("dues.documents", issued_invoice(member).snapshot)}
    application = add_application()
    for kind in ("approval", "certificate", "acceptance", "withdrawal", "application_form"):
        letter = write_letter(
            kind,
            member=None if kind == "application_form" else member,
            language="en",
            on=ON,
            by=None,
            item=item,
            application=application,
        )
        found[kind] = ("members.letters", letter.snapshot)
    found["receipt"] = ("dues.papers", pay(member, 100).receipt.paper.snapshot)
    meeting = meetings.add_meeting(host=member, place="Palace of Independence")
    delegate = meetings.add_delegate(meetings.add_delegation(meeting, member), position="Mayor")
    for paper in (
        write_badge(delegate, on=ON, by=None),
        write_visa_letter(delegate, nationality="KR", on=ON, by=None),
        write_credentials_form(delegate.delegation, on=ON, by=None),
    ):
        found[paper.kind] = ("events.papers", paper.snapshot)
    return found | papers_of_awards()


def papers_of_awards():
    """The certificate of a winner and the invitation to the ceremony."""
    cities = ("George Town", "Belo Horizonte", "Almaty", "Seongnam")
    it = awards.judged_edition(points={city: (9 - at,) * 3 for at, city in enumerate(cities)})
    ranks = {it.entries[city].pk: at for at, city in enumerate(cities[:3], start=1)}
    results.decide_winners(it.category, ranks, on=awards.JUDGED, by=it.by)
    for step in (EditionState.DECIDED, EditionState.NOTIFIED):
        it.edition = telling.take_step(it.edition, step, on=awards.JUDGED, by=it.by)
    return {
        f"award {paper.kind}": ("events.awards.papers", paper.snapshot)
        for paper in AwardPaper.objects.all()
    }


def pages_of(page, snapshot):
    """The document as HTML."""
    from dues import invoice_page, paper_page
    from events import paper_page as event_page
    from members import letter_page

    return {
        "dues.documents": invoice_page.invoice_html,
        "members.letters": letter_page.letter_html,
        "dues.papers": paper_page.paper_html,
        "events.papers": event_page.paper_html,
        "events.awards.papers": award_page.paper_html,
    }[page](snapshot)


def test_s3_no_document_reaches_a_server_or_a_file(snapshots, tmp_path):
    canary = tmp_path / "canary.png"
    canary.write_text("canary of the Goyang treasury")
    address = "http://127.0.0.1:9/x"
    given = {
        "clean": snapshots["invoice"],
        "documents": {},
        "control": [address, canary.as_uri()],
    }
    texts = 0
    for turn, (name, (page, snapshot)) in enumerate(snapshots.items()):
        # Servers and files in turn, so that every way reaches for both somewhere.
        ways = ((address, canary.as_uri()) * len(VECTORS))[turn % 2 :]
        text = " ".join(each.replace("URL", way) for each, way in zip(VECTORS, ways, strict=False))
        planted = poison_leaves(snapshot, text)
        if "kind" in snapshot:
            planted["kind"] = snapshot["kind"]
        html = pages_of(page, planted)
        texts += html.count("planted")
        assert came_to_life(html) == [], name
        given["documents"][name] = [page, planted]

    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.printing"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "WEGO_DATA_DIR": str(tmp_path)},
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    found = json.loads(done.stdout)
    control = " ".join(found.pop("control")["reached"])
    print(f"printing: {len(VECTORS)} vectors, {len(snapshots)} kinds, {texts} places")
    print({name: each["outcome"][:90] for name, each in found.items()})
    assert {name: each["reached"] for name, each in found.items() if each["reached"]} == {}
    assert len(VECTORS) == 17
    assert len(found) == len(snapshots) == 11
    assert "127.0.0.1" in control
    assert "canary.png" in control
