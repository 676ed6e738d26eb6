"""Addresses of jurors."""

from django.urls import path

from events.jury import pages

app_name = "jury"
urlpatterns = [
    path("", pages.show_home, name="home"),
    path("<int:pk>/accept/", pages.accept, name="accept"),
    path("sheets/<int:pk>/", pages.score, name="score"),
    path("sheets/<int:pk>/recuse/", pages.recuse, name="recuse"),
    path("sheets/<int:pk>/files/<int:file>/", pages.download_file, name="file"),
]
