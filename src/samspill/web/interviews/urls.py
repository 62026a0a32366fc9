"""Addresses of the interviews workspace."""

from django.urls import path

from samspill.web.interviews.views import overview

app_name = "interviews"
urlpatterns = [
    path("", overview.overview, name="overview"),
]
