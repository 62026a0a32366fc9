from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MunicipalityConfig(AppConfig):
    name = "samspill.web.municipality"
    label = "municipality"

    def ready(self) -> None:
        autodiscover_modules("holdings")
