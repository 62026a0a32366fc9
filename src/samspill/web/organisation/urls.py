"""Addresses of an organisation's pages, for those who have an account."""

from django.urls import include, path

from samspill.web.organisation.pages import PAGES
from samspill.web.organisation.views import links

app_name = "organisation"
urlpatterns = [
    path("links/", links.links, name="links"),
    path("links/<int:link>/withdraw/", links.withdraw, name="withdraw_link"),
    path("", include(PAGES)),
]
