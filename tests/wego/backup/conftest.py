"""A house worth backing up, in the test's own database."""

import datetime as dt

import pytest

from dues.invoicing import issue_dues
from dues.models import InvoiceDocument
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from tests.register import add_small_roster
from wego import audit, seals, storage
from wego.backup import writing
from wego.models import Mail, PolicyValue

AT = dt.datetime(2020, 12, 31, 14, 30, tzinfo=dt.UTC)


@pytest.fixture
def house(db, monkeypatch, secretariat):
    """Members, invoices, money, a document, text in both scripts, a sealed trail."""
    monkeypatch.setattr(writing, "hold_still", lambda _folder: held())
    add_small_roster()
    goyang = city()
    issued_invoice(goyang, document=b"%PDF-1.7 Goyang")
    pay(goyang, 7600)
    issue_dues(2020, by=None)
    audit.record_act(
        "member.renamed", by=secretariat, facts={"name": ["Ulsan", "울산 \u2028 \\ \" '"]}
    )
    seals.seal_all()
    audit.record_act("member.changed", by=None, facts={"n": [1.5, None], "b": True})
    PolicyValue.objects.create(key="zeta", value="1")
    PolicyValue.objects.create(key="Alpha", value="\u00e9\U0001f600")
    Mail.objects.create(
        kind="k", to_email="a@x.kr", language="ko", subject="안녕", text="x", message_id="1"
    )
    return InvoiceDocument.objects.get()


class held:  # noqa: N801 stands in for a function
    """The test's own transaction is still enough."""

    def __enter__(self):
        return "default"

    def __exit__(self, *_error):
        return False


@pytest.fixture
def backup(house, tmp_path):
    """A backup of that house."""
    path = tmp_path / "wego.zip"
    writing.write_backup(path, at=AT)
    return path


@pytest.fixture
def document(house):
    """The bytes of the stored invoice."""
    return storage.resolve(house.path)
