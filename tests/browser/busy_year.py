"""A year of money for pictures: invoices of 2020 paid in every way, and a statement to work on.

    python -m tests.browser.busy_year

on a house's own folder, whose year 2020 is issued. Always the same.
"""

import datetime as dt
import random

TODAY = dt.date(2020, 6, 30)
EMAIL = "finance@wego.example"
# Of every hundred invoices: in part, short by bank charges, too much; UNPAID are left alone.
PART, SHORT, OVER, UNPAID = 8, 6, 4, 24
WAITING = ("Ulaanbaatar", "Jakarta", "Moscow", "Istanbul", "Nairobi")


def fill():
    """Pay most invoices, then take in what the bank sent in June."""
    from dues.models import Invoice
    from dues.payments import record_payment
    from dues.received import Received
    from members.models import User

    lee, chance = User.objects.get(email=EMAIL), random.Random(2020)
    invoices = Invoice.objects.filter(dues_year=2020).select_related("member")
    for invoice in invoices.order_by("sequence"):
        if invoice.member.name_en in WAITING:
            continue
        day = dt.date(2020, 1, 20) + dt.timedelta(days=int(chance.triangular(0, 160, 55)))
        if cents := cents_paid(invoice.amount_cents, chance.randrange(100)):
            known = Received(
                cents,
                day,
                payer=f"CITY OF {invoice.member.name_en.upper()}",
                bank_reference=f"FT20{day:%m%d}{invoice.sequence:03d}",
            )
            record_payment(invoice.member, known, on=max(day, TODAY), by=lee)
    take_in(lee, list(invoices.filter(member__name_en__in=WAITING)))


def cents_paid(cents, chance):
    """How much of an amount came in."""
    for share, paid in ((UNPAID, 0), (PART, cents // 2), (SHORT, cents - 2_500)):
        if chance < share:
            return paid
        chance -= share
    return cents + 50_000 if chance < OVER else cents


def take_in(person, invoices):
    """A statement: numbers written badly, a payer known by name, money of nobody."""
    from dues.banking import import_statements
    from dues.statements import Balance, Statement, StatementLine
    from dues.statements.identity import identify

    lines = [
        StatementLine(
            booked_on=dt.date(2020, 6, 10 + place),
            value_on=dt.date(2020, 6, 10 + place),
            amount_cents=invoice.amount_cents - (2_500 if place % 2 else 0),
            currency="USD",
            position=place + 1,
            counterparty_name=f"{invoice.member.name_en.upper()} CITY HALL",
            bank_reference=f"FT2006{place:04d}",
            text="dues " + invoice.number.replace("-", " ").lower() if place % 3 else "MEMBERSHIP",
        )
        for place, invoice in enumerate(invoices)
    ]
    lines.append(
        StatementLine(
            booked_on=dt.date(2020, 6, 24),
            value_on=dt.date(2020, 6, 24),
            amount_cents=123_400,
            currency="USD",
            position=len(lines) + 1,
            counterparty_name="SMART SOLUTIONS GMBH",
            bank_reference="FT20069999",
            text="CONFERENCE FEE",
        )
    )
    total = sum(line.amount_cents for line in lines)
    statement = Statement(
        format="camt.053",
        account="100-032-020201",
        currency="USD",
        statement_id="S-2020-06",
        opening=Balance(0, dt.date(2020, 6, 1)),
        closing=Balance(total, dt.date(2020, 6, 30)),
        lines=tuple(lines),
    )
    import_statements(
        identify((statement,)),
        file_name="june-2020.xml",
        content_sha256="0" * 64,
        on=TODAY,
        by=person,
    )


if __name__ == "__main__":
    import django

    django.setup()
    fill()
