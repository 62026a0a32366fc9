"""Addresses of the API."""

from django.urls import path

from samspill.web.api.application import api

urlpatterns = [path("v1/", api.urls)]
