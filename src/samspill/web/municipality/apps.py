from django.apps import AppConfig


class MunicipalityConfig(AppConfig):
    name = "samspill.web.municipality"
    label = "municipality"
