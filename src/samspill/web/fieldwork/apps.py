from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "samspill.web.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from samspill.web.fieldwork.messages import tracking, work  # noqa: F401
