"""Addresses of a municipality's public desk."""

from django.urls import path

from samspill.web.organisation.views import (
    public,
    public_files,
    public_grants,
    public_organisations,
)

app_name = "public_desk"
urlpatterns = [
    path("", public.desk, name="desk"),
    path("organisations/", public_organisations.organisations, name="organisations"),
    path(
        "organisations/<slug:organisation>/", public_organisations.organisation, name="organisation"
    ),
    path("contacts/", public.contacts, name="contacts"),
    path("bodies/", public.bodies, name="bodies"),
    path("now/", public.now, name="now"),
    path("grants/", public_grants.grants, name="grants"),
    path("grants.csv", public_grants.grants_file, name="grants_file"),
    path("data/", public_files.data, name="data"),
    path("data/<str:name>", public_files.data_file, name="data_file"),
]
