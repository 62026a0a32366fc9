"""Addresses of results. They are shared and cited, so they stay."""

from django.urls import path

from samspill.web.results.views.listing import published
from samspill.web.results.views.overview import overview

app_name = "results"
urlpatterns = [
    path("", published, name="list"),
    path("<slug:study>/", overview, name="overview"),
]
