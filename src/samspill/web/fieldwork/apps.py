from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "samspill.web.fieldwork"
    label = "fieldwork"
