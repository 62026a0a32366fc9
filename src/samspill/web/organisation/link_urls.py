"""Addresses of an organisation's pages by personal link; the token is the key."""

from django.urls import include, path

from samspill.web.organisation.pages import PAGES

app_name = "organisation_link"
urlpatterns = [path("<str:token>/", include(PAGES))]
