"""The addresses of services in the portal."""

from django.urls import path

from events.portal.services import trainings, views

app_name = "services"
urlpatterns = [
    path("", views.home, name="home"),
    path("trainings/<int:pk>/", trainings.nominate, name="training"),
    path("nominations/<int:pk>/<slug:move>/", trainings.move_on, name="nomination"),
    path("certificates/<slug:reference>/", trainings.download_certificate, name="certificate"),
    path("requests/<int:pk>/take-back/", views.take_back, name="request"),
    path("ask/<slug:wish>/", views.ask, name="ask"),
    path("offices/<int:pk>/", views.report, name="office"),
]
