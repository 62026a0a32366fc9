"""Addresses of a study's fieldwork."""

from django.urls import path

from samspill.web.fieldwork.views import collections

app_name = "fieldwork"
urlpatterns = [
    path("", collections.overview, name="overview"),
]
