"""Addresses of a study's fieldwork."""

from django.urls import path

from samspill.web.fieldwork import views

app_name = "fieldwork"
urlpatterns = [path("", views.overview, name="overview")]
