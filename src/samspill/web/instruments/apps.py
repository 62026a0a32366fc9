from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "samspill.web.instruments"
    label = "instruments"
