from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "samspill.web.organisation"
    label = "organisation"
