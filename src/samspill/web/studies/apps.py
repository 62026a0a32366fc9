from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "samspill.web.studies"
    label = "studies"
