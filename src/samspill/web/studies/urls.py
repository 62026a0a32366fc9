"""Addresses of studies."""

from django.urls import path

from samspill.web.studies import views

app_name = "studies"
urlpatterns = [
    path("", views.mine, name="list"),
    path("<slug:study>/", views.overview, name="overview"),
]
