"""The member's portal; its invoices are mounted beside these by the house."""

from django.urls import path

from members.portal import (
    contacts,
    data,
    documents,
    figures,
    home,
    leaving,
    people,
    switching,
    tokens,
)

app_name = "portal"
urlpatterns = [
    path("", home.show_home, name="home"),
    path("data/", data.show_data, name="data"),
    path("data/details/", data.edit_details, name="details"),
    path("data/names/", data.propose_facts, name="facts"),
    path("data/proposals/<int:pk>/", data.take_back, name="proposal"),
    path("data/contacts/add/<slug:role>/", contacts.add, name="contact-add"),
    path("data/contacts/<int:pk>/", contacts.edit, name="contact"),
    path("figures/", figures.show_figures, name="figures"),
    path("people/", people.show_people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<int:pk>/", people.act_on_invitation, name="invitation"),
    path("people/<int:pk>/", people.edit_person, name="person"),
    path("tokens/", tokens.show_tokens, name="tokens"),
    path("tokens/add/", tokens.add_token, name="token-add"),
    path("tokens/<int:pk>/", tokens.revoke, name="token"),
    path("leave/", leaving.leave, name="leave"),
    path("hearings/<int:pk>/", leaving.hearing, name="hearing"),
    path("documents/", documents.show_documents, name="documents"),
    path("documents/<slug:reference>/", documents.download_letter, name="letter"),
    path("switch/", switching.switch_member, name="switch"),
]
