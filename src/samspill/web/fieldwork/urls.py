"""Addresses of a study's fieldwork."""

from django.urls import path

from samspill.web.fieldwork.views import collections, dashboard, entry, exports

app_name = "fieldwork"
urlpatterns = [
    path("", collections.overview, name="overview"),
    path("<slug:collection>/progress/", dashboard.dashboard, name="dashboard"),
    path("<slug:collection>/enter/", entry.enter, name="enter"),
    path("<slug:collection>/answers/", exports.exports, name="exports"),
    path("<slug:collection>/answers/in/", exports.take_in, name="take_in"),
]
