"""The addresses of dues for programs."""

from django.urls import path

from dues.api import fees, invoices, payments, standing

urlpatterns = [
    path("fee-schedules", fees.FeeSchedules.as_view(), name="api-fee-schedules"),
    path("quotes", fees.Quotes.as_view(), name="api-quotes"),
    path("invoices", invoices.Invoices.as_view(), name="api-invoices"),
    path("invoices/<slug:number>", invoices.OneInvoice.as_view(), name="api-invoice"),
    path("invoices/<slug:number>/pdf", invoices.InvoicePDF.as_view(), name="api-invoice-pdf"),
    path("payments", payments.Payments.as_view(), name="api-payments"),
    path("payments/<slug:number>", payments.OnePayment.as_view(), name="api-payment"),
    path("standing", standing.Standings.as_view(), name="api-standings"),
    path("members/<int:pk>/standing", standing.OneStanding.as_view(), name="api-standing"),
]
