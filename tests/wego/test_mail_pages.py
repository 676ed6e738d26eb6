"""The staff pages of mails and their wording."""

import pytest
from django.core import mail as sent_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wego import outbox, rewording, storage, wording
from wego.models import AuditEntry, Mail, MailWording
from wego.outbox import Mailbox

pytestmark = pytest.mark.django_db

LIST = "/admin/wego/mail/"
WORDINGS = "/admin/wego/mailwording/"
KINDS = (
    wording.MailKind(
        "probe",
        "Welcome mail",
        {"member": "name of the member", "link": "address of the portal"},
        samples={"member": "Almaty"},
    ),
    wording.MailKind("secret", "Code to sign in", {"link": "address that opens"}, private=True),
)


@pytest.fixture(autouse=True)
def _probe_kinds(monkeypatch):
    kinds = {kind.name: kind for kind in KINDS}
    words = {
        "probe": wording.Words("Welcome, {member}", "Dear {member},\n\nYour portal: {link}"),
        "secret": wording.Words("Sign in", "Open\n\n{link}"),
    }
    monkeypatch.setattr(wording, "declared_kinds", lambda: kinds)
    monkeypatch.setattr("wego.rewording.default_words", lambda kind, language: words[kind])


@pytest.fixture
def desk(client, secretariat):
    client.force_login(secretariat)
    return client


def post(member="Goyang", *, address="mayor@goyang.example", language="en", **changes):
    state = changes.pop("state", None)
    mail = outbox.post_mail(
        "probe",
        to=Mailbox(address, f"Mayor of {member}", language),
        facts={"member": member, "link": "https://wego.example/portal/"},
        **changes,
    )
    if state:
        Mail.objects.filter(pk=mail.pk).update(state=state, error="550 unknown")
    return mail


def post_secret():
    to = Mailbox("mayor@goyang.example", "", "en")
    return outbox.post_mail("secret", to=to, facts={"link": "https://wego.example/in/abc"})


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("page", [LIST, WORDINGS, f"{WORDINGS}probe/en/"])
@pytest.mark.parametrize(
    ("role", "status"), [("secretariat", 200), ("administrator", 200), ("finance", 403)]
)
def test_pages_are_for_the_secretariat(client, request, page, role, status):
    client.force_login(request.getfixturevalue(role))

    assert client.get(page).status_code == status


def test_empty_list_says_what_would_be_here(desk):
    assert "No mail yet" in text_of(desk.get(LIST))


def test_list_shows_states_with_counts_and_finds_by_any_word(desk):
    post("Goyang")
    post("Almaty", address="akim@almaty.example", state="failed")

    page = desk.get(LIST)
    counts = {str(chip.label): chip.count for chip in page.context["chips"]}
    failed = desk.get(LIST, {"state": "failed"})
    found = desk.get(LIST, {"q": "mayor goyang.example"})

    assert counts == {"All": 2, "Queued": 1, "Failed": 1}
    assert [mail.to_email for mail in failed.context["listing"].page] == ["akim@almaty.example"]
    assert "550 unknown" in text_of(failed)
    assert [mail.to_email for mail in found.context["listing"].page] == ["mayor@goyang.example"]
    assert "No mail matches" in text_of(desk.get(LIST, {"q": "Kathmandu"}))


def test_odd_addresses_of_the_list_are_no_errors(desk):
    post()

    for query in ({"state": "x"}, {"page": "-1"}, {"page": "x"}):
        assert desk.get(LIST, query).status_code == 200


def test_list_and_front_page_cost_the_same_for_any_number(desk):
    def queries_of(page):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert desk.get(page).status_code == 200
        return len(seen)

    for number in range(10):
        post(f"City {number}", state="failed")
    desk.get("/admin/")  # what the front page remembers from its first showing
    few = [queries_of(page) for page in (LIST, "/admin/", WORDINGS)]
    for number in range(60):
        post(f"Town {number}", state="failed")
    many = [queries_of(page) for page in (LIST, "/admin/", WORDINGS)]

    assert few == many
    assert many[0] <= 8


def test_mail_page_shows_words_as_text_and_never_as_markup(desk):
    mail = post("<script>alert(1)</script>")

    words = text_of(desk.get(f"{LIST}{mail.pk}/"))

    assert "<script>alert(1)" not in words
    assert "Dear &lt;script&gt;alert(1)&lt;/script&gt;," in words
    assert '<a class="button" href="https://wego.example/portal/">Your portal</a>' in words
    assert "mayor@goyang.example" in words


def test_mail_page_leads_to_the_file_it_is_on(desk):
    from tests.register import add_member

    goyang = add_member("Goyang")
    mail = post(file=goyang)

    assert f'<a href="/admin/members/member/{goyang.pk}/change/">Goyang</a>' in text_of(
        desk.get(f"{LIST}{mail.pk}/")
    )


def test_private_mail_is_hidden_where_mails_leave(desk, settings):
    settings.MAILS_LEAVE = True
    mail = post_secret()

    page, listing = desk.get(f"{LIST}{mail.pk}/"), desk.get(LIST)

    assert "in/abc" not in text_of(page)
    assert "only its reader sees it" in text_of(page)
    assert "Code to sign in" in text_of(listing)
    assert "Sign in<" not in text_of(listing)
    assert "No mail matches" in text_of(desk.get(LIST, {"q": "Sign"}))


def test_private_mail_opens_in_a_house_without_a_mail_server(desk, settings):
    settings.MAILS_LEAVE = False
    mail = post_secret()

    assert 'href="https://wego.example/in/abc"' in text_of(desk.get(f"{LIST}{mail.pk}/"))


def test_failed_mail_is_tried_again(desk, secretariat):
    mail = post(state="failed")
    assert "Retry" in text_of(desk.get(f"{LIST}{mail.pk}/"))

    response = desk.post(f"{LIST}{mail.pk}/retry/", follow=True)

    assert response.redirect_chain == [(f"{LIST}{mail.pk}/", 302)]
    mail.refresh_from_db()
    assert mail.state == "queued"
    assert AuditEntry.objects.get(act="mail.retried").by == secretariat
    assert outbox.send_pending().sent == 1


def test_unconfirmed_mail_is_marked_as_sent(desk):
    mail = post(state="unconfirmed")
    assert "Did this mail arrive?" in text_of(desk.get(f"{LIST}{mail.pk}/"))

    desk.post(f"{LIST}{mail.pk}/confirm/")

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert mail.sent_at <= timezone.now()
    assert sent_mail.outbox == []


@pytest.mark.parametrize("act", ["retry", "confirm"])
def test_settled_mail_stays_as_it_is(desk, act):
    mail = post(state="sent")

    response = desk.post(f"{LIST}{mail.pk}/{act}/", follow=True)

    assert "nothing is to be settled" in text_of(response)
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert desk.get(f"{LIST}{mail.pk}/{act}/").status_code == 405
    assert desk.post(f"{LIST}999999/{act}/").status_code == 404


def test_attachment_opens_as_it_was_stored(desk):
    stored = storage.store_file("letters/7.pdf", b"%PDF-1.7")
    document = {"name": "편지.pdf", "path": stored.path, "sha256": stored.sha256, "type": "x/y"}
    mail = post(attachments=[document])

    response = desk.get(f"{LIST}{mail.pk}/attachments/0/")

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert desk.get(f"{LIST}{mail.pk}/attachments/1/").status_code == 404


def test_front_page_counts_what_a_person_must_settle(desk, client, finance):
    assert "mails-today-title" not in text_of(desk.get("/admin/"))
    post(state="failed")
    post(state="unconfirmed")
    post(state="unconfirmed")

    words = text_of(desk.get("/admin/"))

    assert f"{LIST}?state=failed" in words
    assert "mails unconfirmed" in words
    client.force_login(finance)
    assert "mails-today-title" not in text_of(client.get("/admin/"))


def test_wordings_are_listed_with_their_placeholders(desk):
    assert "Welcome mail" in text_of(desk.get(WORDINGS))

    words = text_of(desk.get(f"{WORDINGS}probe/ko/"))

    assert "<code>{member}</code>" in words
    assert "name of the member" in words
    assert "Welcome, Almaty" in words  # the sample
    assert "[address of the portal]" in words


def test_preview_uses_the_last_mail_of_the_kind(desk):
    post("Kathmandu")

    page = desk.post(f"{WORDINGS}probe/en/", {"subject": "Hi {member}", "body": "x", "preview": 1})

    assert "Hi Kathmandu" in text_of(page)
    assert page.context["real"] is True
    assert not MailWording.objects.exists()


def test_saved_words_are_sent_and_audited_and_set_back(desk, secretariat):
    typed = {"subject": "Hi {member}", "body": "Go:\r\n\r\n{link}", "save": "1"}

    response = desk.post(f"{WORDINGS}probe/en/", typed)

    assert response.status_code == 302
    assert post().subject == "Hi Goyang"
    assert post(language="ko").subject == "Welcome, Goyang"
    changed = AuditEntry.objects.get(act="mail wording.changed")
    assert changed.by == secretariat
    assert changed.facts["subject"] == ["Welcome, {member}", "Hi {member}"]

    desk.post(f"{WORDINGS}probe/en/default/")

    assert post().subject == "Welcome, Goyang"
    assert AuditEntry.objects.get(act="mail wording.restored").facts["subject"] == [
        "Hi {member}",
        "Welcome, {member}",
    ]
    rewording.restore_words(KINDS[0], "en", by=secretariat)
    assert AuditEntry.objects.filter(act="mail wording.restored").count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"subject": "", "body": "x"}, "subject", "This field is required."),
        ({"subject": "x", "body": ""}, "body", "This field is required."),
        (
            {"subject": "{secret_key}", "body": "x"},
            "subject",
            "This mail has no {secret_key}. Choose from the list of placeholders.",
        ),
        (
            {"subject": "x", "body": "{membr}"},
            "body",
            "This mail has no {membr}. Choose from the list of placeholders.",
        ),
        ({"subject": "a\u2028b", "body": "x"}, "subject", "Write a subject of one line."),
    ],
)
def test_refused_words_are_kept_in_the_form_and_written_nowhere(desk, typed, field, sentence):
    page = desk.post(f"{WORDINGS}probe/en/", typed | {"save": "1"})

    assert page.status_code == 422
    assert page.context["form"].errors == {field: [sentence]}
    assert "<title>Error:" in text_of(page)
    assert not MailWording.objects.exists()
    assert not AuditEntry.objects.exists()


def test_test_mail_goes_to_whoever_asks(desk, secretariat):
    typed = {"subject": "Hi {member}", "body": "Go: {link}", "test": "1"}

    page = desk.post(f"{WORDINGS}probe/en/", typed)

    assert "A test is on its way to kim@wego.example." in text_of(page)
    (mail,) = Mail.objects.all()
    assert (mail.to_email, mail.subject, mail.facts) == (
        "kim@wego.example",
        "[Test] Hi Almaty",
        {},
    )
    assert AuditEntry.objects.get().act == "mail wording.tested"
    assert not MailWording.objects.exists()


@pytest.mark.parametrize("address", ["nobody/en/", "probe/fr/", "probe/en/default/x/"])
def test_unknown_wordings_are_not_found(desk, address):
    assert desk.get(f"{WORDINGS}{address}").status_code == 404
