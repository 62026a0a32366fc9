from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "samspill.web.serving"
    label = "serving"
