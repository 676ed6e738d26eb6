"""Addresses of the public application; everything below a token is one applicant's own."""

from django.urls import path

from members.apply import answering, finishing, papers, signing, starting, status

app_name = "apply"
urlpatterns = [
    path("", starting.show_start, name="start"),
    path("begin/", starting.begin, name="begin"),
    path("link/", starting.ask_link, name="link"),
    path("link/sent/", starting.show_link_sent, name="link-sent"),
    path("<str:token>/", status.show_overview, name="overview"),
    path("<str:token>/organisation/", answering.edit_organisation, name="organisation"),
    path("<str:token>/figures/", answering.edit_figures, name="figures"),
    path("<str:token>/contacts/", answering.edit_contacts, name="contacts"),
    path("<str:token>/form/", signing.upload_form, name="form"),
    path("<str:token>/form/print/", papers.print_form, name="print"),
    path("<str:token>/form/pdf/", papers.download_form, name="form-pdf"),
    path("<str:token>/files/<int:pk>/", papers.download_file, name="file"),
    path("<str:token>/letters/<int:pk>/", papers.download_letter, name="letter"),
    path("<str:token>/check/", finishing.check_answers, name="check"),
    path("<str:token>/submitted/", finishing.show_submitted, name="submitted"),
    path("<str:token>/withdraw/", finishing.withdraw, name="withdraw"),
    path("<str:token>/new-link/", status.renew, name="new-link"),
]
