"""Addresses of the awards; everything below a token is one entrant's own."""

from django.urls import path

from events.public.awards import editions, finishing, writing

app_name = "awards"
urlpatterns = [
    path("", editions.show_editions, name="list"),
    path("link/", editions.ask_link, name="link"),
    path("pictures/<int:pk>/", editions.show_picture, name="picture"),
    path("entry/<str:token>/", writing.show_entry, name="entry"),
    path("entry/<str:token>/who/", writing.edit_who, name="who"),
    path("entry/<str:token>/project/", writing.edit_project, name="project"),
    path("entry/<str:token>/files/", writing.upload_files, name="files"),
    path("entry/<str:token>/files/<int:pk>/", finishing.download_file, name="file"),
    path("entry/<str:token>/files/<int:pk>/remove/", writing.drop_file, name="remove-file"),
    path("entry/<str:token>/check/", finishing.check_entry, name="check"),
    path("entry/<str:token>/reopen/", finishing.reopen, name="reopen"),
    path("entry/<str:token>/withdraw/", finishing.withdraw, name="withdraw"),
    path("entry/<str:token>/new-link/", finishing.renew, name="new-link"),
    path("entry/<str:token>/papers/<int:pk>/", finishing.download_paper, name="paper"),
    path("<slug:code>/", editions.show_edition, name="edition"),
    path("<slug:code>/enter/", editions.begin, name="begin"),
]
