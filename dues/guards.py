"""What the database itself refuses about money, whatever way it comes (SQLite and PostgreSQL)."""

from wego.guards import Guard, InsertGuard

INVOICE_MESSAGE = "an issued invoice never changes: correct it with a credit note"
APPEND_ONLY = "the ledger is append-only: answer a mistake with a reversing entry"

# What is open on an invoice and what is left of a payment, as the entries before say.
OPEN_ON_INVOICE = (
    "(SELECT COALESCE(SUM(CASE WHEN debit = 'receivables' THEN amount_cents "
    "WHEN credit = 'receivables' THEN -amount_cents ELSE 0 END), 0) "
    "FROM dues_entry WHERE invoice_id = NEW.invoice_id)"
)
LEFT_OF_PAYMENT = (
    "(SELECT COALESCE(SUM(CASE WHEN credit = 'credit' THEN amount_cents "
    "WHEN debit = 'credit' THEN -amount_cents ELSE 0 END), 0) "
    "FROM dues_entry WHERE payment_id = NEW.payment_id)"
)
REPLACES_A_LIVE_ONE = (
    "NEW.replaces_id IS NOT NULL AND (SELECT COALESCE(SUM(amount_cents), 0) "
    "FROM dues_creditnote WHERE invoice_id = NEW.replaces_id) < "
    "(SELECT amount_cents FROM dues_invoice WHERE id = NEW.replaces_id)"
)
LINE_FACTS = (
    "statement_id",
    "position",
    "identity",
    "booked_on",
    "value_on",
    "amount",
    "currency",
    "is_reversal",
    "party",
    "party_account",
    "bank_reference",
    "end_to_end",
    "creditor_reference",
    "text",
    "original",
)
CLAIM_FACTS = (
    "member_id",
    "invoice_id",
    "paid_on",
    "amount_cents",
    "message",
    "file_name",
    "file_path",
    "file_sha256",
    "claimed_on",
)
REDUCTION_FACTS = (
    "member_id",
    "first_year",
    "last_year",
    "amount_cents",
    "percent",
    "reason",
    "decided_on",
    "decided_by",
    "decision_reference",
)

GUARDS: tuple[Guard | InsertGuard, ...] = (
    Guard("dues_invoice", INVOICE_MESSAGE),
    Guard("dues_invoicedocument", "a stored document never changes"),
    Guard("dues_paper", "a paper that was written never changes: write another"),
    Guard("dues_paperdocument", "a stored document never changes"),
    Guard("dues_duesrun", "a run that was issued never changes"),
    Guard(
        "dues_feeschedule",
        "a fee schedule that priced an invoice is frozen: draft a new one",
        when="EXISTS (SELECT 1 FROM dues_invoice WHERE dues_invoice.schedule_id = OLD.id)",
    ),
    InsertGuard(
        "dues_invoice",
        "replaces",
        "the invoice to replace is not voided: credit it in full first",
        REPLACES_A_LIVE_ONE,
    ),
    *(
        Guard(f"dues_{table}", APPEND_ONLY)
        for table in (
            "entry",
            "reversal",
            "payment",
            "allocation",
            "refund",
            "payout",
            "creditnote",
            "adjustment",
            "paymentplan",
            "paymentplan_invoices",
            "planinstalment",
            "planend",
            "periodlock",
        )
    ),
    InsertGuard(
        "dues_entry",
        "locked",
        "nothing is posted in a locked period: post it after the lock, or unlock the period",
        "NEW.posted_on <= (SELECT through FROM dues_periodlock ORDER BY id DESC LIMIT 1)",
    ),
    InsertGuard(
        "dues_entry",
        "overdrawn",
        "more than is open on the invoice or left of the payment",
        f"(NEW.credit = 'receivables' AND NEW.amount_cents > {OPEN_ON_INVOICE}) "
        f"OR (NEW.debit = 'credit' AND NEW.amount_cents > {LEFT_OF_PAYMENT})",
    ),
    *(
        Guard(f"dues_{table}", "what was written to a member stays as it was")
        for table in ("receipt", "invoicemailing", "reminder", "reminderpause")
    ),
    Guard("dues_bankstatement", "an imported statement never changes"),
    Guard("dues_bankline", "a line of a statement never changes", frozen=LINE_FACTS),
    Guard("dues_paymentclaim", "what a member said never changes", frozen=CLAIM_FACTS),
    Guard("dues_reduction", "a decided reduction never changes", frozen=REDUCTION_FACTS),
)
