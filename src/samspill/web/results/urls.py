"""Addresses of results. They are shared and cited, so they stay."""

from django.urls import path

from samspill.web.results import views

app_name = "results"
urlpatterns = [
    path("", views.published, name="list"),
    path("<slug:study>/", views.overview, name="overview"),
]
