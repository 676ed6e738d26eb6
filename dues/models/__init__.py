"""The rows of what is owed, by what they are about."""

from dues.models.banking import BankLine, BankStatement
from dues.models.corrections import (
    Adjustment,
    AdjustmentKind,
    CreditKind,
    CreditNote,
    Reduction,
)
from dues.models.invoices import (
    DuesRun,
    Invoice,
    InvoiceDocument,
    InvoiceSeries,
    IssuerProfile,
    ParkedDocument,
)
from dues.models.ledger import (
    ACCOUNTS_OF,
    DOCUMENT_OF,
    Account,
    Entry,
    EntryKind,
    NumberSeries,
    PeriodLock,
    Reversal,
    Series,
)
from dues.models.papers import OF_THE_HOUSE, Paper, PaperDocument, PaperKind, ParkedPaper
from dues.models.payments import Allocation, Method, Payment, Payout, Refund
from dues.models.plans import PaymentClaim, PaymentPlan, PlanEnd, PlanInstalment
from dues.models.reminders import (
    InvoiceMailing,
    Receipt,
    Reminder,
    ReminderKind,
    ReminderPause,
)
from dues.models.schedules import BandMeasure, FeeSchedule, ScheduleState

__all__ = [
    "ACCOUNTS_OF",
    "DOCUMENT_OF",
    "OF_THE_HOUSE",
    "Account",
    "Adjustment",
    "AdjustmentKind",
    "Allocation",
    "BandMeasure",
    "BankLine",
    "BankStatement",
    "CreditKind",
    "CreditNote",
    "DuesRun",
    "Entry",
    "EntryKind",
    "FeeSchedule",
    "Invoice",
    "InvoiceDocument",
    "InvoiceMailing",
    "InvoiceSeries",
    "IssuerProfile",
    "Method",
    "NumberSeries",
    "Paper",
    "PaperDocument",
    "PaperKind",
    "ParkedDocument",
    "ParkedPaper",
    "Payment",
    "PaymentClaim",
    "PaymentPlan",
    "Payout",
    "PeriodLock",
    "PlanEnd",
    "PlanInstalment",
    "Receipt",
    "Reduction",
    "Refund",
    "Reminder",
    "ReminderKind",
    "ReminderPause",
    "Reversal",
    "ScheduleState",
    "Series",
]
