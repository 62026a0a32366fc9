from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StudiesConfig(AppConfig):
    name = "samspill.web.studies"
    label = "studies"

    def ready(self) -> None:
        autodiscover_modules("steps")
