from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "samspill.web.api"
    label = "api"
