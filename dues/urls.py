"""The member's portal: its dues."""

from django.urls import path

from dues import portal

app_name = "portal"
urlpatterns = [
    path("", portal.show_home, name="home"),
    path("invoices/<slug:number>/", portal.show_invoice, name="invoice"),
    path("invoices/<slug:number>/pdf/", portal.download_pdf, name="invoice-pdf"),
]
