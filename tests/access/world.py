"""Two members with everything a member can have, and a person for every role."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType

from dues.adjustments import waive_invoice
from dues.claims import Claimed, file_claim
from dues.credit_notes import Resolution, credit_reduction
from dues.ledger import open_of
from dues.models import FeeSchedule, IssuerProfile, Paper, PaperDocument, Reduction, Reminder
from dues.payments import standing_allocations
from dues.plans import Instalment, agree_plan
from dues.refunds import pay_out_refund, refund_payment
from members.applying import start_application, token_of
from members.models import (
    Affiliation,
    ApiToken,
    Application,
    ApplicationFile,
    Contact,
    CountryFigure,
    Decision,
    DecisionItem,
    Invitation,
    Letter,
    LetterDocument,
    Member,
    Proceeding,
    Proposal,
    User,
    WithdrawalNotice,
)
from tests.access import doors
from tests.access.meetings_world import meeting_of
from tests.access.world_api import decision_about
from tests.access.world_around import around_of
from tests.access.world_awards import things_of_awards
from tests.access.world_elections import elections_of
from tests.access.world_programmes import things_of_programmes
from tests.dues.bank import line_in
from tests.dues.books import TODAY, pay
from tests.dues.builders import issued_invoice, one_page_pdf
from tests.register import add_figure, add_gdp, add_member
from wego import storage
from wego.models import AuditEntry, Mail, WebhookEndpoint
from wego.uploads import Upload

DAY = dt.date(2019, 11, 15)
NOW = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"
PDF = one_page_pdf()


def build():
    """The world: `things` of our own member and of the other's by word, and a user a role."""
    IssuerProfile.objects.create(pk=1, email="secretariat@wego.example")
    own = add_member("Kathmandu", "NP", name_ko="카트만두", on=dt.date(2012, 9, 1))
    other = add_member("Dhaka North", "BD", on=dt.date(2012, 9, 1))
    add_gdp("NP", "3600")
    users = {role: person(role, own, other) for role in doors.ROLES if role != doors.ANONYMOUS}
    return {
        "users": users,
        "own": things_of(own, users[doors.READER], 1)
        | things_of_awards(own, users[doors.JUROR], 1, PDF),
        "other": things_of(other, users[doors.OTHER], 2)
        | things_of_awards(other, users[doors.OTHER], 2, PDF),
    }


def person(role, own, other):
    """Somebody of this role, by an address that says so."""
    staff = {
        doors.FINANCE: "finance",
        doors.SECRETARIAT: "secretariat",
        doors.ADMINISTRATOR: "administrator",
    }
    user = User.objects.create_user(
        f"{role.replace(' ', '.')}@people.example",
        PASSWORD,
        full_name=role.title(),
        role=staff.get(role, ""),
    )
    acts_for = {
        doors.READER: (own, "reader"),
        doors.FINANCE_CONTACT: (own, "finance"),
        doors.HEAD: (own, "administrator"),
        doors.DELEGATE: (own, "delegate"),
        doors.OTHER: (other, "administrator"),
    }
    if role in acts_for:
        member, may = acts_for[role]
        Affiliation.objects.create(user=user, member=member, role=may)
    return user


def things_of(member, user, number):
    """One row of everything that hangs on a member, by word; values stand in addresses."""
    absent = User.objects.create_user(f"absent{number}@people.example", full_name="Absent")
    secret = f"The Mayor of {member.name_en}"
    invoice = issued_invoice(member, sequence=number, document=PDF)
    note = credit_reduction(
        invoice,
        100,
        resolution=Resolution(DAY, "EXCOM", "EXCOM 2019, item 7"),
        reason="Earthquake",
        on=dt.date(2020, 2, 1),
        by=None,
    )
    line = line_in("7000.00", member.name_en, bank=f"B-10000{number}", on=DAY)
    application = application_of(member, number)
    draft = start_application(
        email="mayor@people.example", kind="city", language="en", on=dt.date(2026, 11, 1)
    )
    decision = Decision.objects.create(
        body="excom", decided_on=DAY, meeting="EXCOM 2019", reference=f"{number}/2019"
    )
    item = DecisionItem.objects.create(
        decision=decision, member=member, outcome="approve", effective_on=DAY
    )
    letter = letter_of(member, item, number)
    rows = {
        "member": member,
        "invoice": invoice,
        "bankstatement": line.statement,
        "bank": line,
        "application": application,
        "applicationfile": file_of(application),
        "decision": decision,
        "decisionitem": item,
        "letter": letter,
        "paper": paper_of(member, number),
        "countryfigure": CountryFigure.objects.first(),
        "feeschedule": FeeSchedule.objects.first(),
        "issuerprofile": IssuerProfile.objects.get(),
        "contact": Contact.objects.create(
            member=member, role="head", full_name=secret, email="mayor@people.example"
        ),
        "reduction": Reduction.objects.create(
            member=member,
            first_year=2022,
            last_year=2022,
            percent=50,
            reason="Earthquake",
            decided_on=DAY,
            decided_by="EXCOM",
            decision_reference="EXCOM 2019, item 7",
        ),
        "apitoken": ApiToken.objects.create(
            name="Accounting",
            digest=f"{number:064d}",
            member=member,
            scopes=["invoices:read"],
            expires_at=NOW + dt.timedelta(days=36500),
        ),
        "webhookendpoint": WebhookEndpoint.objects.create(
            name="City", url="https://x.example", nonce="n", digest="d"
        ),
        "memberfigure": add_figure(member, 1_442_271),
        "proposal": Proposal.objects.create(
            member=member, changes={"level": ["", "city"]}, proposed_by=user
        ),
        "withdrawalnotice": WithdrawalNotice.objects.create(
            member=member, received_on=DAY, effective_on=dt.date(2026, 12, 31)
        ),
        "proceeding": Proceeding.objects.create(
            member=member, outcome="suspend", proposed_on=DAY, heard_until=DAY, reason="Arrears"
        ),
        "affiliation": user.affiliations.get(),
        "invitation": Invitation.objects.create(
            email="new@people.example",
            member=member,
            affiliation_role="reader",
            invited_at=NOW,
            expires_at=NOW + dt.timedelta(days=30),
        ),
        "user": user,
        "authenticator": Authenticator.objects.create(
            user=absent, type="webauthn", data={"name": "Key", "credential": {}}
        ),
        "mail": Mail.objects.create(
            kind="application_link",
            file=f"member:{member.pk}",
            to_email="mayor@people.example",
            language="en",
            subject="Hello",
            text="Hello",
            message_id=f"<{number}@wego.example>",
        ),
        "auditentry": AuditEntry.objects.create(act="member.renamed", file=f"member:{member.pk}"),
    }
    rows |= money_of(member, invoice) | meeting_of(member, number)
    rows |= {"api_decision": decision_about(member, rows["meeting"])}
    return {word: row.pk for word, row in rows.items()} | {
        "number": invoice.number,
        "receipt": rows["payment"].number,
        "note": note.number,
        "reference": application.reference,
        "secret": secret,
        "policy": "hearing_days",
        "notice": rows["withdrawalnotice"].pk,
        "proceeding": rows["proceeding"].pk,
        "file": rows["applicationfile"].pk,
        "mail_id": rows["mail"].pk,
        "letter_reference": letter.reference,
        "statement_reference": paper_of(member, f"{number}-S", "statement").reference,
        "token": token_of(draft),
        "draft_file": file_of(draft).pk,
        "content_type_id": ContentType.objects.get_for_model(Member).pk,
        **elections_of(member, number, PDF),
        **around_of(member, user, number, PDF),
        **things_of_programmes(member, user, number),
    }


def money_of(member, invoice):
    """A payment that settles part of an invoice, a refund of the rest, a waiver, a word."""
    payment = pay(member, "200", parts={invoice: 10_000})
    refund = refund_payment(payment, 5_000, reason="Paid twice", on=TODAY, by=None)
    decided = Resolution(DAY, "EXCOM", "EXCOM 2019, item 3")
    waiver = waive_invoice(invoice, 100, resolution=decided, reason="r", on=TODAY, by=None)
    proof = Upload("proof.pdf", PDF, "application/pdf", ".pdf")
    claim = file_claim(member, Claimed(10_000, DAY, invoice, proof=proof), on=TODAY, by=None)
    plan = agree_plan(
        member,
        [invoice],
        [Instalment(TODAY + dt.timedelta(days=30), open_of(invoice))],
        reason="Budget",
        on=TODAY,
        by=None,
    )
    return {
        "paymentplan": plan,
        "reminder": Reminder.objects.create(
            invoice=invoice,
            kind="notice",
            days=-14,
            sent_on=DAY,
            amount_cents=1,
            to_email="x@people.example",
        ),
        "payment": payment,
        "allocation": standing_allocations(payment)[0],
        "refund": refund,
        "payout": pay_out_refund(refund, paid_on=TODAY, on=TODAY, by=None),
        "adjustment": waiver,
        "paymentclaim": claim,
    }


def application_of(member, number):
    """An application that was accepted and approved."""
    return Application.objects.create(
        reference=f"WA-2019-{number:05d}",
        state="approved",
        applicant_email="mayor@people.example",
        kind="city",
        name_en=member.name_en,
        country_code=member.country_code,
        member=member,
        submitted_on=DAY,
        accepted_on=DAY,
    )


def file_of(application):
    """Its signed form."""
    stored = storage.store_file(f"application/{application.reference}/form.pdf", PDF)
    return ApplicationFile.objects.create(
        application=application,
        name="form.pdf",
        content_type="application/pdf",
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
    )


def letter_of(member, item, number):
    """A certificate with its document."""
    letter = Letter.objects.create(
        kind="certificate",
        reference=f"WEGO-L-{number}",
        language="en",
        issued_on=DAY,
        member=member,
        decision_item=item,
        snapshot={},
    )
    stored = storage.store_file(f"letters/{letter.reference}.pdf", PDF)
    LetterDocument.objects.create(
        letter=letter,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        renderer="tests",
    )
    return letter


def paper_of(member, number, kind="receipt"):
    """A paper with its document."""
    paper = Paper.objects.create(
        kind=kind,
        reference=f"WEGO-P-{number}",
        language="en",
        issued_on=DAY,
        member=member,
        snapshot={},
    )
    stored = storage.store_file(f"papers/{paper.reference}.pdf", PDF)
    PaperDocument.objects.create(
        paper=paper,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        renderer="tests",
    )
    return paper
