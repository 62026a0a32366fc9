from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "samspill.web.design"
    label = "design"

    def ready(self) -> None:
        from samspill.web.design.informants import coverage_of
        from samspill.web.interviews.resting import told_by

        told_by(coverage_of)
