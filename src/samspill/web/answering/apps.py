from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    name = "samspill.web.answering"
    label = "answering"
