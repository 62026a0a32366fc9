from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samspill.web.access"
    label = "access"
