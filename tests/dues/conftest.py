"""Finance at its desk, the shipped schedules, and printers for what happens around printing."""

import pytest

from dues import documents
from dues.models import FeeSchedule
from tests.harness.instances import prepared
from wego import pdf


@pytest.fixture
def desk(client, finance):
    """Lee's browser, logged in."""
    client.force_login(finance)
    return client


@pytest.fixture
def cities():
    return FeeSchedule.objects.get(kind="city")


@pytest.fixture
def companies():
    return FeeSchedule.objects.get(kind="company")


@pytest.fixture
def refused(monkeypatch):
    """Numbers the printer refuses."""
    numbers = set()
    render = documents.render_invoice

    def refuse(snapshot):
        if snapshot["number"] in numbers:
            raise pdf.RenderError("The text needs 2 pages and has one.")
        return render(snapshot)

    monkeypatch.setattr(documents, "render_invoice", refuse)
    return numbers


@pytest.fixture
def quick(monkeypatch):
    """A printer of one line, for tests of the sweep alone; notes what it printed, in order."""
    printed = []

    def render(snapshot):
        printed.append(snapshot["number"])
        return f"%PDF-1.7 {snapshot['number']}".encode()

    monkeypatch.setattr(documents, "render_invoice", render)
    return printed


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("sqlite", marks=pytest.mark.once),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ],
)
def instance(request, tmp_path_factory):
    """The small roster on each database, ready to be issued again and again."""
    with prepared(request.param, tmp_path_factory.mktemp(request.param)) as instance:
        yield instance
