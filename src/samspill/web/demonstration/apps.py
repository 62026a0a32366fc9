from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "samspill.web.demonstration"
    label = "demonstration"
