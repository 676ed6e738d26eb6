"""Money in the house of the journeys: invoices, payments, a refund, an announced payment.

    python -m tests.browser.books

on the house's own folder. Years before the demonstration's figures are used, so that the dues year
in work stays what it is.
"""

import datetime as dt

TODAY = dt.date(2020, 1, 10)
EMAIL = "finance@wego.example"


def fill():
    """Goyang paid late and twice, Sejong too much for what was wrong; the books of 2016 closed."""
    from dues.adjustments import waive_invoice
    from dues.claims import Claimed, file_claim
    from dues.credit_notes import Resolution, void_invoice
    from dues.payments import record_payment, reverse_payment
    from dues.periods import lock_period
    from dues.received import Received
    from dues.refunds import pay_out_refund, refund_payment
    from members.models import Member, User
    from tests.dues.builders import issued_invoice, one_page_pdf
    from wego.uploads import Upload

    goyang, sejong = (Member.objects.get(name_en=name) for name in ("Goyang", "Sejong"))
    lee = User.objects.get(email=EMAIL)
    invoices = [issued_invoice(goyang, year=year) for year in (2017, 2018, 2019)]
    wrong = issued_invoice(sejong, year=2019, sequence=2)

    def pay(member, cents, day, **facts):
        known = {"payer": "GOYANG CITY HALL", "bank_reference": f"NB{day:%Y%m%d}", **facts}
        return record_payment(member, Received(cents, day, **known), on=TODAY, by=lee)

    pay(goyang, 1_200_000, dt.date(2018, 5, 2))
    twice = pay(goyang, 60_000, dt.date(2019, 6, 3), method="cash", bank_reference="")
    reverse_payment(twice, reason="It was counted twice", on=TODAY, by=lee)
    over = pay(sejong, 800_000, dt.date(2019, 4, 1), payer="SEJONG CITY", bank_reference="")
    decided = Resolution(dt.date(2019, 11, 15), "EXCOM", "EXCOM 2019, item 4")
    waive_invoice(invoices[1], 10_000, resolution=decided, reason="Flood", on=TODAY, by=lee)
    void_invoice(wrong, reason="The population was wrong", on=TODAY, by=lee)
    paid = refund_payment(over, 50_000, reason="Paid twice", pay_to="IBAN 1", on=TODAY, by=lee)
    pay_out_refund(paid, paid_on=TODAY, on=TODAY, by=lee)
    refund_payment(over, 25_000, reason="Paid too much", pay_to="IBAN 1", on=TODAY, by=lee)
    proof = Upload("transfer slip.pdf", one_page_pdf(), "application/pdf", ".pdf")
    said = Claimed(750_000, TODAY, invoices[2], "Sent by our bank today.", proof)
    file_claim(goyang, said, on=TODAY, by=None)
    lock_period(dt.date(2016, 12, 31), reason="Reported to EXCOM", on=TODAY, by=lee)


if __name__ == "__main__":
    import django

    django.setup()
    fill()
