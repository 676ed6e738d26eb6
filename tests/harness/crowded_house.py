"""A house in which many members have lived for years: books, mails, audit trail, people, tokens.

    python -m tests.harness.crowded_house MEMBERS

Two hundred members with twenty-five years of invoices are written row by row by `books_crowd`;
larger houses are copies of those inside the database, with keys, numbers and names of their own.
Prints JSON: how many rows of what, who may sign in, and tokens of the programming interface.
"""

import json
import sys
import time

FIRST_YEAR, YEARS, PROTOTYPE = 2002, 25, 200
STAFF, PASSWORD = "staff@load.example", "correct horse battery"
TOKENS = 40
BATCH = 2_000


def shift(column, span):
    """A key of the copy numbered `copies.k`."""
    return f'"row"."{column}" + copies.k * {span}'


def padded(vendor, number, digits=4):
    """A number with at least so many digits."""
    if vendor == "sqlite":
        return f"printf('%0{digits}d', {number})"
    return f"lpad(({number})::text, greatest({digits}, length(({number})::text)), '0')"


def copy_rows(model, span, copies, changed):
    """Copies of the first `span` rows of a table; `changed` says which columns differ, and how."""
    from django.db import connection

    table = model._meta.db_table
    columns = [each.column for each in model._meta.concrete_fields]
    names = ", ".join(f'"{each}"' for each in columns)
    values = ", ".join(changed.get(each, f'"row"."{each}"') for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) '
            f"WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies "
            f"WHERE k < {copies - 1}) "
            f'SELECT {values} FROM copies CROSS JOIN "{table}" AS "row" WHERE "row".id <= {span}'
        )


def multiply(members):
    """As many members as asked, each with the books of one of the first two hundred."""
    from django.db import connection
    from django.db.models import F

    from dues import models as dues
    from members.models import Member, StatusEntry

    vendor, copies = connection.vendor, members // PROTOTYPE
    tables = (
        *(Member, StatusEntry, dues.Invoice, dues.Payment, dues.CreditNote),
        *(dues.Allocation, dues.Adjustment, dues.Entry),
    )
    spans = {
        model: model.objects.order_by("-pk").values_list("pk", flat=True)[0] for model in tables
    }
    lasts = {
        each.kind: each.last_number for each in dues.NumberSeries.objects.order_by("last_number")
    }

    def keys(model):
        """Its own key, and those of rows that are copied along."""
        return {
            field.column: shift(field.column, spans[field.related_model or model])
            for field in model._meta.concrete_fields
            if field.primary_key or field.related_model in spans
        }

    def place(prefix, year, last):
        number = f'"row".sequence + copies.k * {last}'
        words = f"'{prefix}-' || \"row\".{year} || '-' || {padded(vendor, number)}"
        return {"sequence": number, "number": words}

    city = padded(vendor, f'"row".id - 1 + copies.k * {PROTOTYPE}', 5)
    payer = padded(vendor, f'"row".member_id - 1 + copies.k * {PROTOTYPE}', 5)
    text = {"name_en": f"'City ' || {city}", "name_ko": f"'도시 ' || {city}"}
    numbered = place("WEGO", "dues_year", PROTOTYPE)
    references = {"reference": f"'RF00' || replace({numbered['number']}, '-', '')"}
    # Of years ago, as in a house that has lived: a day's page asks for what was recorded lately.
    long_ago = '"row".posted_on' + (" || ' 00:00:00'" if vendor == "sqlite" else "::timestamptz")
    columns = {
        Member: text,
        dues.Entry: {"recorded_at": long_ago},
        dues.Invoice: numbered | references,
        dues.Payment: place("RC", "year", lasts["receipt"]) | {"payer": f"'City ' || {payer}"},
        dues.CreditNote: place("CN", "year", lasts["credit_note"]),
    }
    for model in tables:
        copy_rows(model, spans[model], copies, keys(model) | columns.get(model, {}))
    dues.DuesRun.objects.update(invoice_count=members)
    dues.InvoiceSeries.objects.update(last_number=members)
    dues.NumberSeries.objects.update(last_number=F("last_number") * copies)
    go_on_counting(tables)


def go_on_counting(tables):
    """Let PostgreSQL go on counting where the rows end."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def fill_frame():
    """A mail and an entry of the audit trail for every invoice, one more for every payment."""
    from django.db import connection

    from wego.models import AuditEntry, Mail

    facts = "'{}'" if connection.vendor == "sqlite" else "'{}'::jsonb"
    files = facts.replace("{}", "[]")
    false = "0" if connection.vendor == "sqlite" else "false"
    statements = [
        "INSERT INTO wego_auditentry (at, act, subject, label, file, why, facts) "
        "SELECT issued_on, 'invoice.issued', 'invoice:' || id, number, 'member:' || member_id, "
        f"'', {facts} FROM dues_invoice",
        "INSERT INTO wego_auditentry (at, act, subject, label, file, why, facts) "
        "SELECT received_on, 'payment.recorded', 'payment:' || id, number, 'member:' || member_id, "
        f"'', {facts} FROM dues_payment",
        "INSERT INTO wego_mail (kind, file, to_email, to_name, language, subject, text, html, "
        "facts, attachments, waits_for, message_id, private, state, attempts, error, queued_at, "
        "sent_at) "
        "SELECT 'invoice', 'member:' || member_id, 'dues' || member_id || '@city.example', "
        "'City ' || member_id, 'en', 'Membership dues ' || dues_year || ': ' || number, "
        f"'Dear city', '', {facts}, {files}, '', '<' || number || '@load.example>', {false}, "
        "'sent', 1, '', issued_on, issued_on FROM dues_invoice",
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    go_on_counting([AuditEntry, Mail])


def fill_register(now):
    """Contacts and figures of every member; the people who sign in, and tokens."""
    from dues.models import FeeSchedule
    from members.models import Affiliation, Contact, CountryFigure, Member, MemberFigure, User
    from members.tokens import make_token
    from tests.harness.books_crowd import REGIONS
    from wego.api.scopes import declared_scopes

    assert FeeSchedule.objects.exists()
    people = list(Member.objects.order_by("pk"))
    Contact.objects.bulk_create(
        (
            Contact(
                member=each,
                role=role,
                full_name=f"Ana {role} {each.pk}",
                email=f"{role}{each.pk}@city.example",
            )
            for each in people
            for role in ("head", "finance")
        ),
        batch_size=BATCH,
    )
    MemberFigure.objects.bulk_create(
        (
            MemberFigure(
                member=each,
                measure="population",
                dues_year=year,
                value=100_000 + each.pk * 997 % 9_000_000,
                source="declared",
            )
            for each in people
            for year in (now.year, now.year + 1)
        ),
        batch_size=BATCH,
    )
    CountryFigure.objects.bulk_create(
        CountryFigure(country_code=code, gdp_cents=1_200_000, dues_year=year, source="IMF WEO")
        for code, _region in REGIONS
        for year in (now.year, now.year + 1)
    )
    User.objects.create_user(STAFF, PASSWORD, full_name="Staff", role="administrator")
    portal = []
    for each in people[:8]:
        user = User.objects.create_user(f"city{each.pk}@load.example", PASSWORD, full_name="Ana")
        Affiliation.objects.create(user=user, member=each, role="administrator")
        portal.append(user.email)
    scopes = list(declared_scopes())
    tokens = [
        make_token("load", scopes=scopes, days=1, at=now, by=None, role="administrator").secret
        for _number in range(TOKENS)
    ]
    return {"staff": STAFF, "portal": portal, "password": PASSWORD, "tokens": tokens}


def fill(members):
    """The whole house; how many rows of what, and who may ask."""
    from django.db import connection, transaction
    from django.utils import timezone

    from dues.guards import GUARDS
    from dues.models import Entry, Invoice
    from members.models import Member
    from tests.harness.books_crowd import write_books
    from wego import guards
    from wego.models import AuditEntry, Mail

    began = time.monotonic()
    for guard in GUARDS:
        guards.run_statements(connection, guard.remove(connection.vendor))
    with transaction.atomic():
        write_books(min(members, PROTOTYPE), YEARS, first_year=FIRST_YEAR, seed=1)
        if members > PROTOTYPE:
            multiply(members)
    guards.install()
    with transaction.atomic():
        fill_frame()
        who = fill_register(timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    rows = {
        each.__name__: each.objects.count() for each in (Member, Invoice, Entry, Mail, AuditEntry)
    }
    return who | {"rows": rows, "seconds": round(time.monotonic() - began, 1)}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
