"""The member's invoices in the portal; their addresses are printed on invoices and must stay."""

from django.urls import path

from dues.portal import claims, invoices, receipts, statement

app_name = "dues"
urlpatterns = [
    path("", invoices.list_invoices, name="invoices"),
    path("paid/", claims.tell_payment, name="claim"),
    path("receipts/<slug:receipt>/pdf/", receipts.download_receipt, name="receipt-pdf"),
    path("statement/", statement.show_statement, name="statement"),
    path("statement/<slug:reference>/pdf/", statement.download_statement, name="statement-pdf"),
    path("<slug:number>/", invoices.show_invoice, name="invoice"),
    path("<slug:number>/pdf/", invoices.download_pdf, name="invoice-pdf"),
    path("<slug:number>/<slug:note>/pdf/", invoices.download_credit_note, name="credit-note"),
]
