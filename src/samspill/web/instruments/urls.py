"""Addresses of a study's instruments."""

from django.urls import path

from samspill.web.instruments import views

app_name = "instruments"
urlpatterns = [path("", views.overview, name="overview")]
