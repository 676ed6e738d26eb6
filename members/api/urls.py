"""The addresses of the register for programs."""

from django.urls import path

from members.api import figures, members, report

urlpatterns = [
    path("members", members.Members.as_view(), name="api-members"),
    path("members/<int:pk>", members.OneMember.as_view(), name="api-member"),
    path("figures", figures.Figures.as_view(), name="api-figures"),
    path("country-figures", figures.CountryFigures.as_view(), name="api-country-figures"),
    path("membership-report", report.MembershipReport.as_view(), name="api-membership-report"),
]
