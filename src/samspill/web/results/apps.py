from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "samspill.web.results"
    label = "results"
